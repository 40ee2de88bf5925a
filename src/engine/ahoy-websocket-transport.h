/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "ahoy-transport.h"

G_BEGIN_DECLS

#define AHOY_TYPE_WEBSOCKET_TRANSPORT (ahoy_websocket_transport_get_type ())
G_DECLARE_FINAL_TYPE (AhoyWebsocketTransport, ahoy_websocket_transport, AHOY, WEBSOCKET_TRANSPORT, GObject)

/* http, https, ws or wss, with or without a path (none: that of the wire). Returns the ws or wss address, or
 * NULL with @error (-1202). */
char          *ahoy_websocket_transport_make_address (const char   *server_uri,
                                                      GError      **error);
AhoyTransport *ahoy_websocket_transport_new          (const char   *address,
                                                      GTlsDatabase *trust,
                                                      guint         connect_timeout_ms);

G_END_DECLS
