/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "ahoy-server.h"

G_BEGIN_DECLS

/* HTTP: the upgrade to a WebSocket, whose stream goes to the hub, and the health page. */
AhoyListener *ahoy_listener_new        (AhoyServer              *server,
                                        const AhoyServerOptions *options,
                                        GError                 **error);
void          ahoy_listener_free       (AhoyListener            *self);
/* New connections are refused from now on. */
void          ahoy_listener_stop       (AhoyListener            *self);
/* Reads certificate and key again; keeps the old ones when they are no pair. */
void          ahoy_listener_reload_tls (AhoyListener            *self);
guint         ahoy_listener_get_port   (AhoyListener            *self);

G_END_DECLS
