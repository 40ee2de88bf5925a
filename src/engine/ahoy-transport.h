/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

#define AHOY_TYPE_TRANSPORT (ahoy_transport_get_type ())
G_DECLARE_INTERFACE (AhoyTransport, ahoy_transport, AHOY, TRANSPORT, GObject)

/* One connection that carries text messages. It is opened once, and "closed" is its last signal; a new
 * connection is a new object.
 * Signals: "opened" (), "message" (const char *text), "closed" (guint code, GError *error): @code is the close
 * code of the far end, 0 when it gave none; @error is NULL after a close that both ends agreed on. */
struct _AhoyTransportInterface
{
  GTypeInterface parent_interface;

  void (*open)  (AhoyTransport *self);
  void (*send)  (AhoyTransport *self,
                 const char    *text);
  void (*close) (AhoyTransport *self,
                 gboolean       orderly);
  GInetAddress *(*get_local_address) (AhoyTransport *self);
};

void ahoy_transport_open         (AhoyTransport *self);
/* Before "opened" and after "closed" the text is lost. */
void ahoy_transport_send         (AhoyTransport *self,
                                  const char    *text);
/* No signal comes afterwards. @orderly: what was sent still goes out, and the far end is told. */
void ahoy_transport_close        (AhoyTransport *self,
                                  gboolean       orderly);
/* (transfer full) (nullable): this machine's end, where there is such a thing. */
GInetAddress *ahoy_transport_get_local_address (AhoyTransport *self);
/* For implementations. */
void ahoy_transport_emit_opened  (AhoyTransport *self);
void ahoy_transport_emit_message (AhoyTransport *self,
                                  const char    *text);
void ahoy_transport_emit_closed  (AhoyTransport *self,
                                  guint          code,
                                  GError        *error);

G_END_DECLS
