/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "ahoy-websocket-transport.h"

#include "ahoy-error.h"
#include "ahoy-limits.h"

#include <libsoup/soup.h>

struct _AhoyWebsocketTransport
{
  GObject parent_instance;

  char *address;                       /* (owned) (not nullable) */
  GTlsDatabase *trust;                 /* (owned) (nullable), NULL: that of the system */
  SoupSession *soup;                   /* (owned) (nullable), while the connection is made */
  SoupMessage *request;                /* (owned) (nullable), likewise */
  SoupWebsocketConnection *connection; /* (owned) (nullable), while it stands */
  GInetAddress *local_address;         /* (owned) (nullable), of the connection */
  GCancellable *cancellable;           /* (owned) (not nullable) */
  guint connect_timeout_ms;
  guint timeout_id;
  gboolean timed_out;
  gboolean is_closed;
};

static void ahoy_websocket_transport_iface_init (AhoyTransportInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (AhoyWebsocketTransport, ahoy_websocket_transport, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (AHOY_TYPE_TRANSPORT, ahoy_websocket_transport_iface_init))

static void
on_connection_message (AhoyWebsocketTransport *self,
                       int                     type,
                       GBytes                 *message)
{
  gsize length;
  const char *text = g_bytes_get_data (message, &length);

  /* libsoup has checked the encoding and ends the data with a NUL; one inside ends it early, which is then
   * no JSON. */
  if (type == SOUP_WEBSOCKET_DATA_TEXT && text)
    ahoy_transport_emit_message (AHOY_TRANSPORT (self), text);
}

static void
drop_connection (AhoyWebsocketTransport *self)
{
  g_autoptr (SoupWebsocketConnection) connection = g_steal_pointer (&self->connection);

  if (!connection)
    return;

  g_signal_handlers_disconnect_by_data (connection, self);
  g_io_stream_close_async (soup_websocket_connection_get_io_stream (connection),
                           G_PRIORITY_DEFAULT, NULL, NULL, NULL);
}

static void
finish (AhoyWebsocketTransport *self,
        guint                   code,
        GError                 *error)
{
  g_autoptr (AhoyWebsocketTransport) alive = g_object_ref (self);

  if (self->is_closed)
    return;

  self->is_closed = TRUE;
  g_clear_handle_id (&self->timeout_id, g_source_remove);
  drop_connection (self);
  ahoy_transport_emit_closed (AHOY_TRANSPORT (self), code, error);
}

static void
on_connection_closed (AhoyWebsocketTransport *self)
{
  finish (self, soup_websocket_connection_get_close_code (self->connection), NULL);
}

static GError *
explain (AhoyWebsocketTransport *self,
         const GError           *error)
{
  guint status = soup_message_get_status (self->request);

  if (self->timed_out)
    return g_error_new (AHOY_ERROR, AHOY_ERROR_SIGNALING_SEND_FAILED, "No answer from the server in %u ms",
                        self->connect_timeout_ms);
  /* The certificate is told apart: trying again does not help, and a person has to decide. */
  if (error->domain == G_TLS_ERROR)
    return g_error_copy (error);
  if (status >= 300)
    return g_error_new (AHOY_ERROR, AHOY_ERROR_SIGNALING_SEND_FAILED, "The server answered with HTTP %u", status);

  return g_error_new (AHOY_ERROR, AHOY_ERROR_SIGNALING_SEND_FAILED, "%s", error->message);
}

static void
on_connected (GObject      *object,
              GAsyncResult *result,
              gpointer      user_data)
{
  g_autoptr (AhoyWebsocketTransport) self = user_data;
  g_autoptr (SoupWebsocketConnection) connection = NULL;
  g_autoptr (GError) error = NULL;

  connection = soup_session_websocket_connect_finish (SOUP_SESSION (object), result, &error);
  g_clear_handle_id (&self->timeout_id, g_source_remove);
  if (!connection)
    {
      g_autoptr (GError) reason = explain (self, error);

      finish (self, 0, reason);
      return;
    }
  if (self->is_closed)
    {
      g_io_stream_close_async (soup_websocket_connection_get_io_stream (connection),
                               G_PRIORITY_DEFAULT, NULL, NULL, NULL);
      return;
    }

  self->connection = g_steal_pointer (&connection);
  soup_websocket_connection_set_max_incoming_payload_size (self->connection, AHOY_WIRE_MAX_FRAME);
  g_signal_connect_swapped (self->connection, "message", G_CALLBACK (on_connection_message), self);
  g_signal_connect_swapped (self->connection, "closed", G_CALLBACK (on_connection_closed), self);
  ahoy_transport_emit_opened (AHOY_TRANSPORT (self));
}

/* The only moment at which libsoup shows the socket. */
static void
on_network_event (AhoyWebsocketTransport *self,
                  GSocketClientEvent      event,
                  GIOStream              *stream)
{
  g_autoptr (GSocketAddress) address = NULL;

  if (event != G_SOCKET_CLIENT_CONNECTED || !G_IS_SOCKET_CONNECTION (stream))
    return;

  address = g_socket_connection_get_local_address (G_SOCKET_CONNECTION (stream), NULL);
  if (G_IS_INET_SOCKET_ADDRESS (address))
    g_set_object (&self->local_address, g_inet_socket_address_get_address (G_INET_SOCKET_ADDRESS (address)));
}

static gboolean
on_connect_timeout (gpointer user_data)
{
  AhoyWebsocketTransport *self = user_data;

  self->timeout_id = 0;
  self->timed_out = TRUE;
  g_cancellable_cancel (self->cancellable);
  return G_SOURCE_REMOVE;
}

static void
ahoy_websocket_transport_open (AhoyTransport *transport)
{
  AhoyWebsocketTransport *self = AHOY_WEBSOCKET_TRANSPORT (transport);
  static const char *const protocols[] = { AHOY_WIRE_PROTOCOL, NULL };

  g_return_if_fail (self->soup == NULL);

  self->request = soup_message_new (SOUP_METHOD_GET, self->address);
  g_signal_connect_object (self->request, "network-event", G_CALLBACK (on_network_event), self, G_CONNECT_SWAPPED);
  self->soup = soup_session_new_with_options ("user-agent", "Ahoy/" AHOY_VERSION, NULL);
  if (self->trust)
    soup_session_set_tls_database (self->soup, self->trust);
  self->timeout_id = g_timeout_add (self->connect_timeout_ms, on_connect_timeout, self);
  soup_session_websocket_connect_async (self->soup, self->request, NULL, (char **) protocols,
                                        G_PRIORITY_DEFAULT, self->cancellable,
                                        on_connected, g_object_ref (self));
}

static void
ahoy_websocket_transport_send (AhoyTransport *transport,
                               const char    *text)
{
  AhoyWebsocketTransport *self = AHOY_WEBSOCKET_TRANSPORT (transport);

  if (self->connection &&
      soup_websocket_connection_get_state (self->connection) == SOUP_WEBSOCKET_STATE_OPEN)
    soup_websocket_connection_send_text (self->connection, text);
}

/* Keeps the connection until the far end has closed it too, or libsoup has waited long enough. */
static void
on_orderly_closed (SoupWebsocketConnection *connection)
{
  g_signal_handlers_disconnect_by_func (connection, on_orderly_closed, NULL);
  g_object_unref (connection);
}

static void
ahoy_websocket_transport_close (AhoyTransport *transport,
                                gboolean       orderly)
{
  AhoyWebsocketTransport *self = AHOY_WEBSOCKET_TRANSPORT (transport);

  if (self->is_closed)
    return;

  self->is_closed = TRUE;
  g_clear_handle_id (&self->timeout_id, g_source_remove);
  g_cancellable_cancel (self->cancellable);
  if (orderly && self->connection &&
      soup_websocket_connection_get_state (self->connection) == SOUP_WEBSOCKET_STATE_OPEN)
    {
      SoupWebsocketConnection *connection = g_steal_pointer (&self->connection);

      g_signal_handlers_disconnect_by_data (connection, self);
      g_signal_connect (connection, "closed", G_CALLBACK (on_orderly_closed), NULL);
      soup_websocket_connection_close (connection, SOUP_WEBSOCKET_CLOSE_NORMAL, NULL);
      return;
    }
  drop_connection (self);
}

static GInetAddress *
ahoy_websocket_transport_get_local_address (AhoyTransport *transport)
{
  AhoyWebsocketTransport *self = AHOY_WEBSOCKET_TRANSPORT (transport);

  return self->local_address ? g_object_ref (self->local_address) : NULL;
}

static void
ahoy_websocket_transport_dispose (GObject *object)
{
  AhoyWebsocketTransport *self = AHOY_WEBSOCKET_TRANSPORT (object);

  ahoy_websocket_transport_close (AHOY_TRANSPORT (self), FALSE);
  g_clear_object (&self->request);
  g_clear_object (&self->local_address);
  g_clear_object (&self->soup);
  g_clear_object (&self->trust);

  G_OBJECT_CLASS (ahoy_websocket_transport_parent_class)->dispose (object);
}

static void
ahoy_websocket_transport_finalize (GObject *object)
{
  AhoyWebsocketTransport *self = AHOY_WEBSOCKET_TRANSPORT (object);

  g_object_unref (self->cancellable);
  g_free (self->address);

  G_OBJECT_CLASS (ahoy_websocket_transport_parent_class)->finalize (object);
}

static void
ahoy_websocket_transport_iface_init (AhoyTransportInterface *iface)
{
  iface->open = ahoy_websocket_transport_open;
  iface->send = ahoy_websocket_transport_send;
  iface->close = ahoy_websocket_transport_close;
  iface->get_local_address = ahoy_websocket_transport_get_local_address;
}

static void
ahoy_websocket_transport_class_init (AhoyWebsocketTransportClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = ahoy_websocket_transport_dispose;
  object_class->finalize = ahoy_websocket_transport_finalize;
}

static void
ahoy_websocket_transport_init (AhoyWebsocketTransport *self)
{
  self->cancellable = g_cancellable_new ();
}

char *
ahoy_websocket_transport_make_address (const char  *server_uri,
                                       GError     **error)
{
  g_autoptr (GUri) uri = NULL;
  g_autoptr (GUri) address = NULL;
  const char *scheme = NULL;
  const char *path;

  if (server_uri)
    uri = g_uri_parse (server_uri, G_URI_FLAGS_ENCODED, NULL);
  if (uri && (g_str_equal (g_uri_get_scheme (uri), "http") || g_str_equal (g_uri_get_scheme (uri), "ws")))
    scheme = "ws";
  else if (uri && (g_str_equal (g_uri_get_scheme (uri), "https") || g_str_equal (g_uri_get_scheme (uri), "wss")))
    scheme = "wss";
  if (!scheme || !g_uri_get_host (uri) || !*g_uri_get_host (uri))
    {
      g_set_error (error, AHOY_ERROR, AHOY_ERROR_PARAM_INVALID, "Not the address of a server: %s",
                   server_uri ? server_uri : "");
      return NULL;
    }

  path = g_uri_get_path (uri);
  if (!*path || g_str_equal (path, "/"))
    path = AHOY_WIRE_PATH;
  address = g_uri_build (G_URI_FLAGS_ENCODED, scheme, NULL, g_uri_get_host (uri), g_uri_get_port (uri),
                         path, NULL, NULL);
  return g_uri_to_string (address);
}

AhoyTransport *
ahoy_websocket_transport_new (const char   *address,
                              GTlsDatabase *trust,
                              guint         connect_timeout_ms)
{
  AhoyWebsocketTransport *self = g_object_new (AHOY_TYPE_WEBSOCKET_TRANSPORT, NULL);

  self->address = g_strdup (address);
  g_set_object (&self->trust, trust);
  self->connect_timeout_ms = connect_timeout_ms;
  return AHOY_TRANSPORT (self);
}
