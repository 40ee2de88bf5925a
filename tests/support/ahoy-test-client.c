/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "ahoy-test-client.h"

#include "ahoy-envelope.h"
#include "ahoy-json.h"
#include "ahoy-limits.h"
#include "ahoy-test-wait.h"

#include <libsoup/soup.h>
#include <string.h>
#include <sys/socket.h>

#define TIMEOUT_MS 5000

struct _AhoyTestClient
{
  AhoyTestServer *server;
  SoupSession *soup;
  SoupWebsocketConnection *connection; /* (nullable) */
  char *user_id;
  char *device;
  char *sig;
  char *sid;
  JsonObject *welcome;
  GPtrArray *frames; /* of AhoyEnvelope that nobody has taken */
  gint64 rx;
  gboolean is_closed;
  gboolean has_failed; /* connecting */
};

typedef struct
{
  AhoyTestClient *client;
  const char *id;
  const char *type;
} Wanted;

static void
on_message (SoupWebsocketConnection *connection,
            int                      type,
            GBytes                  *message,
            gpointer                 user_data)
{
  AhoyTestClient *self = user_data;
  g_autoptr (GError) error = NULL;
  AhoyEnvelope *envelope;
  gsize length;
  const char *text = g_bytes_get_data (message, &length);

  g_assert_cmpuint (length, <=, AHOY_WIRE_MAX_FRAME);
  envelope = ahoy_envelope_parse (text, length, &error);
  g_assert_no_error (error);
  if (envelope->kind == AHOY_ENVELOPE_PUSH)
    {
      g_assert_cmpint (envelope->seq, >, self->rx);
      self->rx = envelope->seq;
    }
  g_ptr_array_add (self->frames, envelope);
}

static void
on_closed (SoupWebsocketConnection *connection,
           gpointer                 user_data)
{
  AhoyTestClient *self = user_data;

  self->is_closed = TRUE;
}

static void
on_connected (GObject      *source,
              GAsyncResult *result,
              gpointer      user_data)
{
  AhoyTestClient *self = user_data;

  self->connection = soup_session_websocket_connect_finish (SOUP_SESSION (source), result, NULL);
  self->has_failed = self->connection == NULL;
  if (self->has_failed)
    return;

  soup_websocket_connection_set_max_incoming_payload_size (self->connection, 0);
  g_signal_connect (self->connection, "message", G_CALLBACK (on_message), self);
  g_signal_connect (self->connection, "closed", G_CALLBACK (on_closed), self);
}

static gboolean
is_connected (gpointer user_data)
{
  AhoyTestClient *self = user_data;

  return self->connection || self->has_failed;
}

void
ahoy_test_client_reconnect (AhoyTestClient *self)
{
  g_autofree char *uri = g_strconcat (ahoy_test_server_get_uri (self->server), AHOY_WIRE_PATH, NULL);
  g_autoptr (SoupMessage) message = soup_message_new ("GET", uri);
  char *protocols[] = { (char *) AHOY_WIRE_PROTOCOL, NULL };

  g_assert_null (self->connection);
  self->is_closed = FALSE;
  self->has_failed = FALSE;
  soup_session_websocket_connect_async (self->soup, message, NULL, protocols, G_PRIORITY_DEFAULT, NULL,
                                        on_connected, self);
  ahoy_test_wait (is_connected, self, TIMEOUT_MS, "the WebSocket to open");
  g_assert_false (self->has_failed);
}

AhoyTestClient *
ahoy_test_client_new_plain (AhoyTestServer *server)
{
  AhoyTestClient *self = g_new0 (AhoyTestClient, 1);

  self->server = server;
  self->soup = soup_session_new ();
  if (ahoy_test_server_get_cert (server))
    {
      g_autoptr (GTlsDatabase) trust = g_tls_file_database_new (ahoy_test_server_get_cert (server), NULL);

      g_assert_nonnull (trust);
      soup_session_set_tls_database (self->soup, trust);
    }
  self->frames = g_ptr_array_new_with_free_func ((GDestroyNotify) ahoy_envelope_free);
  ahoy_test_client_reconnect (self);

  return self;
}

static void
take_welcome (AhoyTestClient *self,
              JsonObject     *welcome)
{
  g_clear_pointer (&self->welcome, json_object_unref);
  self->welcome = welcome;
  g_free (self->sid);
  self->sid = g_strdup (json_object_get_string_member (welcome, "sid"));
}

AhoyTestClient *
ahoy_test_client_new (AhoyTestServer *server,
                      const char     *user_id,
                      const char     *device)
{
  AhoyTestClient *self = ahoy_test_client_new_plain (server);

  self->user_id = g_strdup (user_id);
  self->device = device ? g_strdup (device) : g_strconcat (user_id, "-device", NULL);
  self->sig = ahoy_test_server_user_sig (server, user_id, 86400);
  take_welcome (self, ahoy_test_client_request (self, "auth",
                                                "{\"appId\":%" G_GUINT64_FORMAT ",\"user\":\"%s\",\"sig\":\"%s\","
                                                "\"device\":\"%s\",\"platform\":\"test\"}",
                                                ahoy_test_server_get_app_id (server), user_id, self->sig,
                                                self->device));

  return self;
}

void
ahoy_test_client_drop (AhoyTestClient *self)
{
  if (!self->connection)
    return;

  g_signal_handlers_disconnect_by_data (self->connection, self);
  /* No close frame: only the socket goes. */
  g_io_stream_close (soup_websocket_connection_get_io_stream (self->connection), NULL, NULL);
  g_clear_object (&self->connection);
}

void
ahoy_test_client_free (AhoyTestClient *self)
{
  ahoy_test_client_drop (self);
  soup_session_abort (self->soup);
  g_object_unref (self->soup);
  g_clear_pointer (&self->welcome, json_object_unref);
  g_ptr_array_unref (self->frames);
  g_free (self->user_id);
  g_free (self->device);
  g_free (self->sig);
  g_free (self->sid);
  g_free (self);
}

JsonObject *
ahoy_test_client_resume (AhoyTestClient *self)
{
  ahoy_test_client_reconnect (self);
  take_welcome (self, ahoy_test_client_request (self, "resume",
                                                "{\"appId\":%" G_GUINT64_FORMAT ",\"user\":\"%s\",\"sig\":\"%s\","
                                                "\"device\":\"%s\",\"sid\":\"%s\",\"rx\":%" G_GINT64_FORMAT "}",
                                                ahoy_test_server_get_app_id (self->server), self->user_id,
                                                self->sig, self->device, self->sid, self->rx));

  return self->welcome;
}

void
ahoy_test_client_send (AhoyTestClient *self,
                       const char     *text)
{
  soup_websocket_connection_send_text (self->connection, text);
}

static AhoyEnvelope *
find_frame (Wanted *wanted)
{
  GPtrArray *frames = wanted->client->frames;

  for (guint i = 0; i < frames->len; i++)
    {
      AhoyEnvelope *frame = g_ptr_array_index (frames, i);

      if (wanted->id && frame->kind == AHOY_ENVELOPE_ANSWER && g_strcmp0 (frame->id, wanted->id) == 0)
        return frame;
      if (wanted->type && frame->kind == AHOY_ENVELOPE_PUSH && g_strcmp0 (frame->type, wanted->type) == 0)
        return frame;
    }

  return NULL;
}

static gboolean
has_frame (gpointer user_data)
{
  return find_frame (user_data) != NULL;
}

static AhoyEnvelope *
wait_frame (AhoyTestClient *self,
            const char     *id,
            const char     *type)
{
  Wanted wanted = { self, id, type };
  g_autofree char *what = g_strdup_printf ("%s to get %s %s", self->user_id ? self->user_id : "a client",
                                           id ? "the answer to" : "the push", id ? id : type);
  AhoyEnvelope *frame;
  guint index = 0;

  ahoy_test_wait (has_frame, &wanted, id ? TIMEOUT_MS : 3 * TIMEOUT_MS, what);
  frame = find_frame (&wanted);
  g_ptr_array_find (self->frames, frame, &index);

  return g_ptr_array_steal_index (self->frames, index);
}

static AhoyEnvelope *
exchange (AhoyTestClient *self,
          const char     *id,
          const char     *type,
          const char     *data)
{
  g_autofree char *text = g_strdup_printf ("{\"id\":\"%s\",\"t\":\"%s\",\"d\":%s}", id, type, data);

  ahoy_test_client_send (self, text);

  return wait_frame (self, id, NULL);
}

JsonObject *
ahoy_test_client_request_as (AhoyTestClient *self,
                             const char     *id,
                             const char     *type,
                             const char     *data)
{
  g_autoptr (AhoyEnvelope) answer = exchange (self, id, type, data);

  if (!answer->ok)
    g_error ("%s was answered with %d: %s", type, answer->error_code, answer->error_message);

  return json_object_ref (answer->data);
}

/* Unique in the whole run, as the server remembers ids of a user over connections. */
static char *
make_id (AhoyTestClient *self)
{
  static guint n;

  return g_strdup_printf ("t%u", ++n);
}

JsonObject *
ahoy_test_client_request (AhoyTestClient *self,
                          const char     *type,
                          const char     *format,
                          ...)
{
  g_autofree char *id = make_id (self);
  g_autofree char *data = NULL;
  va_list args;

  va_start (args, format);
  data = g_strdup_vprintf (format, args);
  va_end (args);

  return ahoy_test_client_request_as (self, id, type, data);
}

int
ahoy_test_client_fail (AhoyTestClient *self,
                       const char     *type,
                       const char     *format,
                       ...)
{
  g_autoptr (AhoyEnvelope) answer = NULL;
  g_autofree char *id = make_id (self);
  g_autofree char *data = NULL;
  va_list args;

  va_start (args, format);
  data = g_strdup_vprintf (format, args);
  va_end (args);
  answer = exchange (self, id, type, data);
  g_assert_false (answer->ok);
  g_assert_nonnull (answer->error_message);

  return answer->error_code;
}

int
ahoy_test_client_try (AhoyTestClient *self,
                      const char     *type,
                      const char     *format,
                      ...)
{
  g_autoptr (AhoyEnvelope) answer = NULL;
  g_autofree char *id = make_id (self);
  g_autofree char *data = NULL;
  va_list args;

  va_start (args, format);
  data = g_strdup_vprintf (format, args);
  va_end (args);
  answer = exchange (self, id, type, data);

  return answer->ok ? 0 : answer->error_code;
}

char *
ahoy_test_client_begin (AhoyTestClient *self,
                        const char     *type,
                        const char     *format,
                        ...)
{
  char *id = make_id (self);
  g_autofree char *data = NULL;
  g_autofree char *text = NULL;
  va_list args;

  va_start (args, format);
  data = g_strdup_vprintf (format, args);
  va_end (args);
  text = g_strdup_printf ("{\"id\":\"%s\",\"t\":\"%s\",\"d\":%s}", id, type, data);
  ahoy_test_client_send (self, text);

  return id;
}

int
ahoy_test_client_finish (AhoyTestClient *self,
                         const char     *id,
                         JsonObject    **data)
{
  g_autoptr (AhoyEnvelope) answer = wait_frame (self, id, NULL);

  if (data)
    *data = answer->ok ? json_object_ref (answer->data) : NULL;

  return answer->ok ? 0 : answer->error_code;
}

JsonObject *
ahoy_test_client_wait_push (AhoyTestClient *self,
                            const char     *type)
{
  g_autoptr (AhoyEnvelope) push = wait_frame (self, NULL, type);

  return json_object_ref (push->data);
}

JsonObject *
ahoy_test_client_wait_state (AhoyTestClient *self,
                             const char     *state)
{
  for (;;)
    {
      g_autoptr (JsonObject) call = ahoy_test_client_wait_push (self, "call.state");

      if (g_strcmp0 (json_object_get_string_member (call, "state"), state) == 0)
        return g_steal_pointer (&call);
    }
}

gboolean
ahoy_test_client_has_push (AhoyTestClient *self,
                           const char     *type)
{
  Wanted wanted = { self, NULL, type };

  return find_frame (&wanted) != NULL;
}

void
ahoy_test_client_forget (AhoyTestClient *self)
{
  g_ptr_array_set_size (self->frames, 0);
}

gint64
ahoy_test_client_get_rx (AhoyTestClient *self)
{
  return self->rx;
}

static gboolean
is_closed (gpointer user_data)
{
  AhoyTestClient *self = user_data;

  return self->is_closed;
}

int
ahoy_test_client_wait_close (AhoyTestClient *self)
{
  int code;

  ahoy_test_wait (is_closed, self, 3 * TIMEOUT_MS, "the server to close the connection");
  code = soup_websocket_connection_get_close_code (self->connection);
  g_signal_handlers_disconnect_by_data (self->connection, self);
  g_clear_object (&self->connection);

  return code;
}

void
ahoy_test_client_flush (AhoyTestClient *self)
{
  g_autoptr (JsonObject) answer = ahoy_test_client_request (self, "ping", "{}");

  g_assert_cmpint (json_object_get_int_member (answer, "time"), >, 0);
}

const char *
ahoy_test_client_get_user (AhoyTestClient *self)
{
  return self->user_id;
}

const char *
ahoy_test_client_get_device (AhoyTestClient *self)
{
  return self->device;
}

JsonObject *
ahoy_test_client_get_welcome (AhoyTestClient *self)
{
  return self->welcome;
}
