/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "ahoy-session-requests.h"

#include "ahoy-error.h"
#include "ahoy-limits.h"

#include <string.h>

typedef struct
{
  AhoySessionRequests *owner;
  char *id;         /* (owned) */
  char *type;       /* (owned) */
  JsonObject *data; /* (owned) (nullable) */
  GTask *task;      /* (owned) (nullable), NULL once it has returned */
  guint timeout_id;
} Request;

struct _AhoySessionRequests
{
  GQueue queue;      /* of Request, oldest first */
  char *prefix;      /* (owned) makes ids unique over restarts: the server remembers them for ten minutes */
  guint64 last;
};

static void
request_free (Request *request)
{
  g_clear_handle_id (&request->timeout_id, g_source_remove);
  g_clear_pointer (&request->data, json_object_unref);
  g_clear_object (&request->task);
  g_free (request->id);
  g_free (request->type);
  g_free (request);
}

AhoySessionRequests *
ahoy_session_requests_new (void)
{
  AhoySessionRequests *self = g_new0 (AhoySessionRequests, 1);

  self->prefix = g_strdup_printf ("%08x%08x", g_random_int (), g_random_int ());
  return self;
}

void
ahoy_session_requests_free (AhoySessionRequests *self)
{
  if (!self)
    return;

  g_queue_clear_full (&self->queue, (GDestroyNotify) request_free);
  g_free (self->prefix);
  g_free (self);
}

static gboolean
on_timeout (gpointer user_data)
{
  Request *request = user_data;
  g_autoptr (GTask) task = g_steal_pointer (&request->task);

  request->timeout_id = 0;
  g_queue_remove (&request->owner->queue, request);
  g_task_return_new_error (task, AHOY_ERROR, AHOY_ERROR_SIGNALING_SEND_FAILED, "No answer to %s", request->type);
  request_free (request);
  return G_SOURCE_REMOVE;
}

char *
ahoy_session_requests_add (AhoySessionRequests *self,
                           const char          *type,
                           JsonObject          *data,
                           guint                timeout_s,
                           GTask               *task)
{
  g_autofree char *id = g_strdup_printf ("%s-%" G_GUINT64_FORMAT, self->prefix, ++self->last);
  g_autofree char *text = ahoy_envelope_new_request (id, type, data, 0);
  Request *request;

  /* The server closes a connection that brings more, and it would be sent again on the next one. */
  if (strlen (text) > AHOY_WIRE_MAX_FRAME)
    {
      g_task_return_new_error (task, AHOY_ERROR, AHOY_ERROR_PARAM_INVALID, "This is too much for a message");
      g_object_unref (task);
      return NULL;
    }

  request = g_new0 (Request, 1);
  request->owner = self;
  request->id = g_steal_pointer (&id);
  request->type = g_strdup (type);
  request->data = data ? json_object_ref (data) : NULL;
  request->task = task;
  request->timeout_id = g_timeout_add_seconds (timeout_s, on_timeout, request);
  g_queue_push_tail (&self->queue, request);
  return g_steal_pointer (&text);
}

static void
give_answer (Request            *request,
             const AhoyEnvelope *answer)
{
  if (answer->ok)
    g_task_return_pointer (request->task, json_object_ref (answer->data), (GDestroyNotify) json_object_unref);
  else
    g_task_return_new_error (request->task, AHOY_ERROR, answer->error_code, "%s",
                             answer->error_message ? answer->error_message : request->type);
}

void
ahoy_session_requests_answer (AhoySessionRequests *self,
                              const AhoyEnvelope  *answer)
{
  for (GList *link = self->queue.head; link; link = link->next)
    {
      Request *request = link->data;

      if (g_strcmp0 (request->id, answer->id) != 0)
        continue;

      g_queue_delete_link (&self->queue, link);
      give_answer (request, answer);
      request_free (request);
      return;
    }
  /* The answer to what has timed out meanwhile is of no use to anybody. */
}

GPtrArray *
ahoy_session_requests_make_texts (AhoySessionRequests *self)
{
  GPtrArray *texts = g_ptr_array_new_with_free_func (g_free);

  for (GList *link = self->queue.head; link; link = link->next)
    {
      Request *request = link->data;

      g_ptr_array_add (texts, ahoy_envelope_new_request (request->id, request->type, request->data, 0));
    }
  return texts;
}

void
ahoy_session_requests_fail_all (AhoySessionRequests *self,
                                const GError        *error)
{
  GQueue queue = self->queue;
  Request *request;

  /* Callbacks may make new requests. */
  g_queue_init (&self->queue);
  while ((request = g_queue_pop_head (&queue)))
    {
      g_task_return_error (request->task, g_error_copy (error));
      request_free (request);
    }
}
