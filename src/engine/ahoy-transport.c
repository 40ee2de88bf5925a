/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "ahoy-transport.h"

G_DEFINE_INTERFACE (AhoyTransport, ahoy_transport, G_TYPE_OBJECT)

enum
{
  SIGNAL_OPENED,
  SIGNAL_MESSAGE,
  SIGNAL_CLOSED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

static void
ahoy_transport_default_init (AhoyTransportInterface *iface)
{
  signals[SIGNAL_OPENED] = g_signal_new ("opened", AHOY_TYPE_TRANSPORT, G_SIGNAL_RUN_LAST, 0,
                                         NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[SIGNAL_MESSAGE] = g_signal_new ("message", AHOY_TYPE_TRANSPORT, G_SIGNAL_RUN_LAST, 0,
                                          NULL, NULL, NULL, G_TYPE_NONE, 1,
                                          G_TYPE_STRING | G_SIGNAL_TYPE_STATIC_SCOPE);
  signals[SIGNAL_CLOSED] = g_signal_new ("closed", AHOY_TYPE_TRANSPORT, G_SIGNAL_RUN_LAST, 0,
                                         NULL, NULL, NULL, G_TYPE_NONE, 2, G_TYPE_UINT, G_TYPE_ERROR);
}

void
ahoy_transport_open (AhoyTransport *self)
{
  g_return_if_fail (AHOY_IS_TRANSPORT (self));

  AHOY_TRANSPORT_GET_IFACE (self)->open (self);
}

void
ahoy_transport_send (AhoyTransport *self,
                     const char    *text)
{
  g_return_if_fail (AHOY_IS_TRANSPORT (self));
  g_return_if_fail (text != NULL);

  AHOY_TRANSPORT_GET_IFACE (self)->send (self, text);
}

void
ahoy_transport_close (AhoyTransport *self,
                      gboolean       orderly)
{
  g_return_if_fail (AHOY_IS_TRANSPORT (self));

  AHOY_TRANSPORT_GET_IFACE (self)->close (self, orderly);
}

GInetAddress *
ahoy_transport_get_local_address (AhoyTransport *self)
{
  g_return_val_if_fail (AHOY_IS_TRANSPORT (self), NULL);

  return AHOY_TRANSPORT_GET_IFACE (self)->get_local_address (self);
}

void
ahoy_transport_emit_opened (AhoyTransport *self)
{
  g_signal_emit (self, signals[SIGNAL_OPENED], 0);
}

void
ahoy_transport_emit_message (AhoyTransport *self,
                             const char    *text)
{
  g_signal_emit (self, signals[SIGNAL_MESSAGE], 0, text);
}

void
ahoy_transport_emit_closed (AhoyTransport *self,
                            guint          code,
                            GError        *error)
{
  g_signal_emit (self, signals[SIGNAL_CLOSED], 0, code, error);
}
