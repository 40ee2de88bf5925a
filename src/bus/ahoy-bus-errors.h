/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* The name on the bus (org.ahoycall.Ahoy1.Error.…) of any error the engine gives. Never NULL. */
const char *ahoy_bus_error_name  (const GError          *error);
/* Refuses with that name; consumes the invocation. */
void        ahoy_bus_return_error (GDBusMethodInvocation *invocation,
                                   const GError          *error);
/* Likewise, with an AHOY_ERROR of ours. */
void        ahoy_bus_refuse       (GDBusMethodInvocation *invocation,
                                   int                    code,
                                   const char            *message);

G_END_DECLS
