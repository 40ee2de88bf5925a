/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "rogue-server.h"

#include "ahoy-envelope.h"
#include "ahoy-limits.h"

#include <libsoup/soup.h>

struct _RogueServer
{
  SoupServer *server;
  SoupWebsocketConnection *connection; /* the last one */
  GHashTable *answers;
  GHashTable *counts;
  guint pushes;
};

static void
on_message (RogueServer *self,
            int          type,
            GBytes      *message)
{
  g_autoptr (AhoyEnvelope) request = NULL;
  g_autofree char *text = NULL;
  const char *answer;
  gsize length;
  const char *data = g_bytes_get_data (message, &length);

  request = ahoy_envelope_parse (data, length, NULL);
  if (!request || request->kind != AHOY_ENVELOPE_REQUEST)
    return;

  g_hash_table_replace (self->counts, g_strdup (request->type),
                        GUINT_TO_POINTER (rogue_server_count (self, request->type) + 1));
  answer = g_hash_table_lookup (self->answers, request->type);
  if (answer && *answer == '!')
    text = g_strdup (answer + 1);
  else
    text = g_strdup_printf ("{\"re\":\"%s\",\"ok\":true,\"d\":%s}", request->id, answer ? answer : "{}");
  rogue_server_send (self, text);
}

static void
on_websocket (SoupServer              *server,
              SoupServerMessage       *message,
              const char              *path,
              SoupWebsocketConnection *connection,
              gpointer                 user_data)
{
  RogueServer *self = user_data;

  if (self->connection)
    g_signal_handlers_disconnect_by_data (self->connection, self);
  g_set_object (&self->connection, connection);
  self->pushes = 0;
  g_signal_connect_swapped (connection, "message", G_CALLBACK (on_message), self);
}

RogueServer *
rogue_server_new (GTlsCertificate *certificate)
{
  RogueServer *self = g_new0 (RogueServer, 1);
  char *protocols[] = { (char *) AHOY_WIRE_PROTOCOL, NULL };
  g_autoptr (GError) error = NULL;

  self->answers = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  self->counts = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->server = soup_server_new ("tls-certificate", certificate, NULL);
  soup_server_add_websocket_handler (self->server, AHOY_WIRE_PATH, NULL, protocols, on_websocket, self, NULL);
  soup_server_listen_local (self->server, 0, SOUP_SERVER_LISTEN_IPV4_ONLY | (certificate ? SOUP_SERVER_LISTEN_HTTPS : 0),
                            &error);
  g_assert_no_error (error);
  return self;
}

void
rogue_server_free (RogueServer *self)
{
  if (self->connection)
    g_signal_handlers_disconnect_by_data (self->connection, self);
  g_clear_object (&self->connection);
  soup_server_disconnect (self->server);
  g_object_unref (self->server);
  g_hash_table_unref (self->answers);
  g_hash_table_unref (self->counts);
  g_free (self);
}

char *
rogue_server_make_uri (RogueServer *self)
{
  GSList *uris = soup_server_get_uris (self->server);
  char *uri = g_uri_to_string (uris->data);

  g_slist_free_full (uris, (GDestroyNotify) g_uri_unref);
  return uri;
}

void
rogue_server_set_answer (RogueServer *self,
                         const char  *type,
                         const char  *data)
{
  g_hash_table_replace (self->answers, g_strdup (type), g_strdup (data));
}

void
rogue_server_send (RogueServer *self,
                   const char  *text)
{
  if (self->connection && soup_websocket_connection_get_state (self->connection) == SOUP_WEBSOCKET_STATE_OPEN)
    soup_websocket_connection_send_text (self->connection, text);
}

void
rogue_server_push (RogueServer *self,
                   const char  *type,
                   const char  *data)
{
  g_autofree char *text = g_strdup_printf ("{\"s\":%u,\"t\":\"%s\",\"d\":%s}", ++self->pushes, type, data);

  rogue_server_send (self, text);
}

guint
rogue_server_count (RogueServer *self,
                    const char  *type)
{
  return GPOINTER_TO_UINT (g_hash_table_lookup (self->counts, type));
}
