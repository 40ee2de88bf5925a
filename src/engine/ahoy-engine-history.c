/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "ahoy-engine-private.h"

#include "ahoy-items.h"
#include "ahoy-limits.h"
#include "ahoy-record-private.h"

/* The history of an account; the server keeps it. */

#define DEFAULT_COUNT 50
#define MAX_CURSOR 256

typedef struct
{
  AhoyCallResult result;
  char *next;         /* (owned) (nullable) */
} Query;

static void
query_free (Query *query)
{
  g_free (query->next);
  g_free (query);
}

static void
on_listed (GObject      *object,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  g_autoptr (GError) error = NULL;
  AhoySession *session = AHOY_SESSION (object);
  g_autoptr (JsonObject) answer = ahoy_session_request_finish (session, result, &error);
  AhoyEngine *self = g_task_get_source_object (task);
  Query *query = g_task_get_task_data (task);
  GPtrArray *records;
  JsonArray *list;
  const char *next;

  if (!answer)
    {
      g_task_return_error (task, g_steal_pointer (&error));
      return;
    }

  records = g_ptr_array_new_with_free_func (g_object_unref);
  list = ahoy_json_get_array (answer, "records");
  for (guint i = 0; i < ahoy_items_length (list); i++)
    {
      JsonObject *item = ahoy_items_object (list, i);
      g_autoptr (AhoyRecord) record = NULL;

      if (item)
        record = ahoy_record_new_from_json (item, ahoy_engine_get_people (self), ahoy_session_get_user_id (session));
      /* The server knows "all" and "missed" only. */
      if (record && (query->result == AHOY_CALL_RESULT_UNKNOWN || query->result == ahoy_record_get_result (record)))
        g_ptr_array_add (records, g_steal_pointer (&record));
    }

  next = ahoy_json_get_string (answer, "next", MAX_CURSOR);
  query->next = next && *next ? g_strdup (next) : NULL;
  g_task_return_pointer (task, records, (GDestroyNotify) g_ptr_array_unref);
}

void
ahoy_engine_query_history_async (AhoyEngine          *self,
                                 AhoyCallResult       result,
                                 const char          *cursor,
                                 guint                count,
                                 GCancellable        *cancellable,
                                 GAsyncReadyCallback  callback,
                                 gpointer             user_data)
{
  g_autoptr (JsonObject) data = json_object_new ();
  Query *query;
  GTask *task;

  g_return_if_fail (AHOY_IS_ENGINE (self));

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, ahoy_engine_query_history_async);
  query = g_new0 (Query, 1);
  query->result = result;
  g_task_set_task_data (task, query, (GDestroyNotify) query_free);

  if (cursor && *cursor)
    json_object_set_string_member (data, "before", cursor);
  json_object_set_int_member (data, "count", count ? MIN (count, AHOY_MAX_RECORDS_PAGE) : DEFAULT_COUNT);
  json_object_set_int_member (data, "result", result == AHOY_CALL_RESULT_MISSED ? 1 : 0);
  ahoy_session_request_async (ahoy_engine_get_session (self), "records.list", data, cancellable, on_listed, task);
}

GPtrArray *
ahoy_engine_query_history_finish (AhoyEngine    *self,
                                  GAsyncResult  *result,
                                  char         **next_cursor,
                                  GError       **error)
{
  GPtrArray *records;
  Query *query;

  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  query = g_task_get_task_data (G_TASK (result));
  records = g_task_propagate_pointer (G_TASK (result), error);
  if (next_cursor)
    *next_cursor = records ? g_steal_pointer (&query->next) : NULL;
  return records;
}

static void
on_deleted (GObject      *object,
            GAsyncResult *result,
            gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonObject) answer = ahoy_session_request_finish (AHOY_SESSION (object), result, &error);

  if (!answer)
    {
      g_task_return_error (task, g_steal_pointer (&error));
      return;
    }

  g_task_return_boolean (task, TRUE);
  ahoy_engine_emit_history_changed (g_task_get_source_object (task));
}

void
ahoy_engine_delete_history_async (AhoyEngine          *self,
                                  const char *const   *call_ids,
                                  GCancellable        *cancellable,
                                  GAsyncReadyCallback  callback,
                                  gpointer             user_data)
{
  g_autoptr (JsonObject) data = json_object_new ();
  GTask *task;

  g_return_if_fail (AHOY_IS_ENGINE (self));

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, ahoy_engine_delete_history_async);
  if (call_ids)
    {
      JsonArray *ids = json_array_new ();

      for (guint i = 0; call_ids[i]; i++)
        json_array_add_string_element (ids, call_ids[i]);
      json_object_set_array_member (data, "calls", ids);
    }
  else
    json_object_set_boolean_member (data, "all", TRUE);
  ahoy_session_request_async (ahoy_engine_get_session (self), "records.delete", data, cancellable, on_deleted,
                              task);
}

gboolean
ahoy_engine_delete_history_finish (AhoyEngine    *self,
                                   GAsyncResult  *result,
                                   GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}
