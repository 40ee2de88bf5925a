/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ahoy-listener.h"

#include "ahoy-calls.h"
#include "ahoy-limits.h"

#include <libsoup/soup.h>
#include <string.h>

/* With Soup's own backlog of ten a few hundred clients that come at once hang half open. */
#define BACKLOG 4096
#define HEALTH_PATH "/v1/health"

struct _AhoyListener
{
  AhoyServer *server;
  SoupServer *soup;
  char *cert_path; /* (nullable) */
  char *key_path;  /* (nullable) */
  guint port;
};

static void
on_handshake_written (SoupServerMessage *message,
                      gpointer           user_data)
{
  AhoyListener *self = user_data;
  GIOStream *stream = soup_server_message_steal_connection (message);
  AhoyConnection *connection;

  if (!stream)
    return;

  connection = ahoy_hub_adopt (self->server->hub, stream);
  if (connection)
    ahoy_throttle_init (&connection->throttle, &self->server->config->messages, connection->heard_us);
}

static void
on_websocket (SoupServer        *soup,
              SoupServerMessage *message,
              const char        *path,
              GHashTable        *query,
              gpointer           user_data)
{
  AhoyListener *self = user_data;
  char *protocols[] = { (char *) AHOY_WIRE_PROTOCOL, NULL };
  GList *extensions = NULL;

  if (g_strcmp0 (path, AHOY_WIRE_PATH) != 0)
    {
      soup_server_message_set_status (message, SOUP_STATUS_NOT_FOUND, NULL);
      return;
    }

  if (ahoy_hub_get_n (self->server->hub) >= self->server->max_connections)
    {
      soup_server_message_set_status (message, SOUP_STATUS_SERVICE_UNAVAILABLE, NULL);
      return;
    }

  /* No extensions: compression would cost tens of kilobytes a client. */
  if (soup_websocket_server_process_handshake (message, NULL, protocols, NULL, &extensions))
    g_signal_connect (message, "wrote-informational", G_CALLBACK (on_handshake_written), self);
}

static void
on_health (SoupServer        *soup,
           SoupServerMessage *message,
           const char        *path,
           GHashTable        *query,
           gpointer           user_data)
{
  AhoyListener *self = user_data;
  AhoyServer *server = self->server;
  g_autofree char *text = NULL;

  if (g_strcmp0 (path, HEALTH_PATH) != 0)
    {
      soup_server_message_set_status (message, SOUP_STATUS_NOT_FOUND, NULL);
      return;
    }

  text = g_strdup_printf ("{\"status\":\"%s\",\"version\":\"%s\",\"uptime\":%" G_GINT64_FORMAT
                          ",\"connections\":%u,\"sessions\":%u,\"calls\":%u}\n",
                          server->is_stopping ? "stopping" : "ok", AHOY_VERSION,
                          (g_get_monotonic_time () - server->started_us) / G_USEC_PER_SEC,
                          ahoy_hub_get_n (server->hub), ahoy_registry_get_n (server->registry),
                          ahoy_calls_get_n (server->calls));
  soup_server_message_set_status (message, SOUP_STATUS_OK, NULL);
  soup_server_message_set_response (message, "application/json", SOUP_MEMORY_COPY, text, strlen (text));
}

static GTlsCertificate *
load_certificate (AhoyListener *self,
                  GError      **error)
{
  return g_tls_certificate_new_from_files (self->cert_path, self->key_path, error);
}

static GSocket *
open_socket (const char *address,
             GError    **error)
{
  g_autoptr (GSocketConnectable) connectable = g_network_address_parse (address, 8443, error);
  g_autoptr (GSocketAddressEnumerator) enumerator = NULL;
  g_autoptr (GSocketAddress) found = NULL;
  g_autoptr (GSocket) socket = NULL;

  if (!connectable)
    return NULL;

  enumerator = g_socket_connectable_enumerate (connectable);
  found = g_socket_address_enumerator_next (enumerator, NULL, error);
  if (!found)
    return NULL;

  socket = g_socket_new (g_socket_address_get_family (found), G_SOCKET_TYPE_STREAM, G_SOCKET_PROTOCOL_TCP, error);
  if (!socket)
    return NULL;
  g_socket_set_listen_backlog (socket, BACKLOG);
  if (!g_socket_bind (socket, found, TRUE, error) || !g_socket_listen (socket, error))
    return NULL;

  return g_steal_pointer (&socket);
}

static gboolean
start_listening (AhoyListener            *self,
                 const AhoyServerOptions *options,
                 GError                 **error)
{
  g_autoptr (GSocket) socket = open_socket (options->listen, error);
  g_autoptr (GSocketAddress) address = NULL;

  if (!socket)
    return FALSE;
  if (self->cert_path)
    {
      g_autoptr (GTlsCertificate) certificate = load_certificate (self, error);

      if (!certificate)
        return FALSE;
      soup_server_set_tls_certificate (self->soup, certificate);
    }

  address = g_socket_get_local_address (socket, error);
  if (!address || !soup_server_listen_socket (self->soup, socket,
                                              self->cert_path ? SOUP_SERVER_LISTEN_HTTPS : 0, error))
    return FALSE;
  self->port = g_inet_socket_address_get_port (G_INET_SOCKET_ADDRESS (address));

  return TRUE;
}

AhoyListener *
ahoy_listener_new (AhoyServer              *server,
                   const AhoyServerOptions *options,
                   GError                 **error)
{
  AhoyListener *self = g_new0 (AhoyListener, 1);

  self->server = server;
  self->cert_path = g_strdup (options->tls_cert);
  self->key_path = g_strdup (options->tls_key ? options->tls_key : options->tls_cert);
  self->soup = g_object_new (SOUP_TYPE_SERVER, "server-header", "ahoy-server", NULL);
  soup_server_add_handler (self->soup, AHOY_WIRE_PATH, on_websocket, self, NULL);
  soup_server_add_handler (self->soup, HEALTH_PATH, on_health, self, NULL);
  if (!start_listening (self, options, error))
    {
      ahoy_listener_free (self);
      return NULL;
    }

  return self;
}

void
ahoy_listener_free (AhoyListener *self)
{
  soup_server_disconnect (self->soup);
  g_object_unref (self->soup);
  g_free (self->cert_path);
  g_free (self->key_path);
  g_free (self);
}

void
ahoy_listener_stop (AhoyListener *self)
{
  soup_server_disconnect (self->soup);
}

void
ahoy_listener_reload_tls (AhoyListener *self)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GTlsCertificate) certificate = NULL;

  if (!self->cert_path)
    return;

  certificate = load_certificate (self, &error);
  if (certificate)
    soup_server_set_tls_certificate (self->soup, certificate);
  g_message ("event=tls-reload ok=%d", certificate != NULL);
}

guint
ahoy_listener_get_port (AhoyListener *self)
{
  return self->port;
}
