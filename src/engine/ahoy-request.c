/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "ahoy-request.h"

#include "ahoy-error.h"

typedef struct
{
  GTask *task; /* (owned) */
  AhoyRequestFunc func;
} Request;

static void
on_answered (GObject      *object,
             GAsyncResult *result,
             gpointer      user_data)
{
  g_autofree Request *request = user_data;
  g_autoptr (GTask) task = request->task;
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonObject) answer = ahoy_session_request_finish (AHOY_SESSION (object), result, &error);

  if (!answer)
    g_task_return_error (task, g_steal_pointer (&error));
  else if (request->func)
    request->func (task, answer);
  else
    g_task_return_boolean (task, TRUE);
}

void
ahoy_request_send (AhoySession     *session,
                   const char      *type,
                   JsonObject      *data,
                   GCancellable    *cancellable,
                   GTask           *task,
                   AhoyRequestFunc  func)
{
  Request *request = g_new0 (Request, 1);

  request->task = task;
  request->func = func;
  ahoy_session_request_async (session, type, data, cancellable, on_answered, request);
}

void
ahoy_request_refuse (GTask      *task,
                     int         code,
                     const char *message)
{
  g_task_return_new_error (task, AHOY_ERROR, code, "%s", message);
  g_object_unref (task);
}

static void
on_told (GObject      *object,
         GAsyncResult *result,
         gpointer      user_data)
{
  const char *type = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonObject) answer = ahoy_session_request_finish (AHOY_SESSION (object), result, &error);

  if (!answer)
    g_debug ("%s: %s", type, error->message);
}

void
ahoy_request_tell (AhoySession *session,
                   const char  *type,
                   JsonObject  *data)
{
  ahoy_session_request_async (session, type, data, NULL, on_told, (gpointer) g_intern_string (type));
}
