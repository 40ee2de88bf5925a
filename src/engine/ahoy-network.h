/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

#define AHOY_TYPE_NETWORK (ahoy_network_get_type ())
G_DECLARE_FINAL_TYPE (AhoyNetwork, ahoy_network, AHOY, NETWORK, GObject)

/* Whether this machine is where it was.
 * Signals: "changed" (): it has other addresses, or another way out, or it has slept. What was open may be dead
 * without showing it. */
AhoyNetwork *ahoy_network_new         (void);
/* Whether @address is one of this machine at this moment. */
gboolean     ahoy_network_has_address (GInetAddress *address);

G_END_DECLS
