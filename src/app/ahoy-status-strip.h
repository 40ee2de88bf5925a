/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>
#include "ahoy-identity.h"

G_BEGIN_DECLS

#define AHOY_TYPE_STATUS_STRIP (ahoy_status_strip_get_type ())
G_DECLARE_FINAL_TYPE (AhoyStatusStrip, ahoy_status_strip, AHOY, STATUS_STRIP, AdwBin)

/* A line under the header for what must be known now, the most urgent thing only: signed out elsewhere,
 * offline, in a call. Its button activates "win.sign-in-again", "win.try-now" or "app.show-call". */
GtkWidget *ahoy_status_strip_new          (void);
void       ahoy_status_strip_set_identity (AhoyStatusStrip *self,
                                           AhoyIdentity    *identity);

G_END_DECLS
