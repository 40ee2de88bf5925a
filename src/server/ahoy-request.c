/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ahoy-request.h"

#include "ahoy-envelope.h"
#include "ahoy-error.h"
#include "ahoy-limits.h"

struct _AhoyRequests
{
  AhoyServer *server;
  GHashTable *known; /* key -> Known (owned) */
  GHashTable *order; /* uid -> GQueue of keys (owned), oldest first, of those answered since the start */
};

typedef struct
{
  char *answer;         /* NULL while the request is under way */
  gint64 expires_s;
  AhoyRequest *pending; /* (nullable) */
} Known;

typedef struct
{
  char *uid;
  char *device;
  char *but;
  AhoyMessageType type;
  JsonObject *data;
} Push;

static void
known_free (gpointer data)
{
  Known *known = data;

  g_free (known->answer);
  g_free (known);
}

static void
queue_free (gpointer data)
{
  g_queue_free_full (data, g_free);
}

static void
restore (const char *key,
         gint64      expires_s,
         const char *answer,
         gpointer    user_data)
{
  AhoyRequests *self = user_data;
  Known *known = g_new0 (Known, 1);

  known->answer = g_strdup (answer);
  known->expires_s = expires_s;
  g_hash_table_insert (self->known, g_strdup (key), known);
}

AhoyRequests *
ahoy_requests_new (AhoyServer *server)
{
  AhoyRequests *self = g_new0 (AhoyRequests, 1);

  self->server = server;
  self->known = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, known_free);
  self->order = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, queue_free);
  ahoy_store_each_request (server->store, restore, self);

  return self;
}

void
ahoy_requests_free (AhoyRequests *self)
{
  g_hash_table_unref (self->known);
  g_hash_table_unref (self->order);
  g_free (self);
}

void
ahoy_requests_shift (AhoyRequests *self,
                     gint64        by_s)
{
  GHashTableIter iter;
  gpointer value;

  g_hash_table_iter_init (&iter, self->known);
  while (g_hash_table_iter_next (&iter, NULL, &value))
    ((Known *) value)->expires_s += by_s;
}

void
ahoy_requests_purge (AhoyRequests *self)
{
  gint64 now_s = ahoy_now_ms () / 1000;
  GHashTableIter iter;
  gpointer value;

  g_hash_table_iter_init (&iter, self->known);
  while (g_hash_table_iter_next (&iter, NULL, &value))
    {
      Known *known = value;

      if (!known->pending && known->expires_s < now_s)
        g_hash_table_iter_remove (&iter);
    }

  g_hash_table_iter_init (&iter, self->order);
  while (g_hash_table_iter_next (&iter, NULL, &value))
    {
      while (!g_queue_is_empty (value) && !g_hash_table_contains (self->known, g_queue_peek_head (value)))
        g_free (g_queue_pop_head (value));
      if (g_queue_is_empty (value))
        g_hash_table_iter_remove (&iter);
    }
}

static void
request_free (AhoyRequest *self)
{
  ahoy_session_unref (self->session);
  g_free (self->id);
  g_free (self->key);
  g_free (self);
}

/* TRUE when @key is known: the answer is sent, or will be when it is there. */
static gboolean
see_to_repeat (AhoyRequests *self,
               AhoySession  *session,
               const char   *key)
{
  Known *known = g_hash_table_lookup (self->known, key);

  if (!known)
    return FALSE;

  if (known->pending)
    {
      ahoy_session_ref (session);
      ahoy_session_unref (known->pending->session);
      known->pending->session = session;
    }
  else
    {
      ahoy_session_send (session, known->answer);
    }

  return TRUE;
}

AhoyRequest *
ahoy_requests_begin (AhoyRequests *self,
                     AhoySession  *session,
                     const char   *id,
                     gboolean      is_change)
{
  g_autofree char *key = is_change ? g_strconcat (session->uid, ":", id, NULL) : NULL;
  AhoyRequest *request;

  if (key && see_to_repeat (self, session, key))
    return NULL;

  request = g_new0 (AhoyRequest, 1);
  request->server = self->server;
  request->session = ahoy_session_ref (session);
  request->id = g_strdup (id);
  if (key)
    {
      Known *known = g_new0 (Known, 1);

      known->pending = request;
      g_hash_table_insert (self->known, g_strdup (key), known);
      request->key = g_steal_pointer (&key);
    }

  return request;
}

/* What changed nothing need not be remembered. */
static void
finish (AhoyRequest *self,
        const char  *text)
{
  if (self->key)
    g_hash_table_remove (self->server->requests->known, self->key);
  ahoy_session_send (self->session, text);
  request_free (self);
}

void
ahoy_request_answer (AhoyRequest *self,
                     JsonObject  *data)
{
  g_autofree char *text = ahoy_envelope_new_answer (self->id, data);

  finish (self, text);
}

void
ahoy_request_fail (AhoyRequest *self,
                   int          code,
                   const char  *message)
{
  g_autofree char *text = NULL;

  text = ahoy_envelope_new_error (self->id, code, message ? message : ahoy_error_code_get_message (code),
                                  code == AHOY_ERROR_TOO_FREQUENT || code == AHOY_ERROR_INTERNAL ||
                                  code == AHOY_ERROR_USER_SIG_TOO_MANY_FAILURES);
  finish (self, text);
}

void
ahoy_request_fail_with (AhoyRequest  *self,
                        const GError *error)
{
  ahoy_request_fail (self, error->code, error->message);
}

static void
push_free (gpointer data)
{
  Push *push = data;

  g_free (push->uid);
  g_free (push->device);
  g_free (push->but);
  json_object_unref (push->data);
  g_free (push);
}

AhoyChange *
ahoy_change_new (AhoyServer *server)
{
  AhoyChange *self = g_new0 (AhoyChange, 1);

  self->server = server;
  self->batch = ahoy_batch_new ();
  self->pushes = g_ptr_array_new_with_free_func (push_free);

  return self;
}

void
ahoy_change_push (AhoyChange     *self,
                  const char     *uid,
                  const char     *device,
                  const char     *but,
                  AhoyMessageType type,
                  JsonObject     *data)
{
  Push *push = g_new0 (Push, 1);

  push->uid = g_strdup (uid);
  push->device = g_strdup (device);
  push->but = g_strdup (but);
  push->type = type;
  push->data = data;
  g_ptr_array_add (self->pushes, push);
}

/* A user who changes things without end must not fill the memory. */
static void
put_in_order (AhoyRequests *self,
              AhoyRequest  *request)
{
  GQueue *queue = g_hash_table_lookup (self->order, request->session->uid);

  if (!queue)
    {
      queue = g_queue_new ();
      g_hash_table_insert (self->order, g_strdup (request->session->uid), queue);
    }
  g_queue_push_tail (queue, g_strdup (request->key));
  if (g_queue_get_length (queue) > AHOY_MAX_REMEMBERED)
    {
      g_autofree char *oldest = g_queue_pop_head (queue);

      g_hash_table_remove (self->known, oldest);
    }
}

static void
remember (AhoyRequest *request,
          const char  *answer)
{
  Known *known = g_hash_table_lookup (request->server->requests->known, request->key);

  known->pending = NULL;
  known->answer = g_strdup (answer);
  known->expires_s = ahoy_now_ms () / 1000 + AHOY_REQUEST_TTL_S;
  put_in_order (request->server->requests, request);
}

static void
on_stored (gpointer user_data)
{
  AhoyChange *self = user_data;

  if (self->request)
    {
      if (self->request->key)
        remember (self->request, self->answer);
      if (self->is_welcome)
        ahoy_session_welcome (self->request->session, self->answer);
      else
        ahoy_session_send (self->request->session, self->answer);
      request_free (self->request);
    }

  for (guint i = 0; i < self->pushes->len; i++)
    {
      Push *push = g_ptr_array_index (self->pushes, i);

      if (push->type == AHOY_MESSAGE_PROFILE)
        ahoy_registry_push_watchers (self->server->registry, push->uid, push->type, push->data);
      ahoy_registry_push (self->server->registry, push->uid, push->device, push->but, push->type, push->data);
    }

  g_ptr_array_unref (self->pushes);
  g_free (self->answer);
  g_free (self);
}

void
ahoy_change_commit (AhoyChange  *self,
                    AhoyRequest *request,
                    JsonObject  *answer)
{
  self->request = request;
  if (request)
    self->answer = ahoy_envelope_new_answer (request->id, answer);
  if (request && request->key)
    ahoy_batch_put_request (self->batch, request->key, ahoy_now_ms () / 1000 + AHOY_REQUEST_TTL_S, self->answer);

  ahoy_store_commit (self->server->store, g_steal_pointer (&self->batch), on_stored, self);
}
