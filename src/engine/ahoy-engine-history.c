/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "ahoy-engine-private.h"

#include "ahoy-error.h"
#include "ahoy-items.h"
#include "ahoy-limits.h"
#include "ahoy-record-private.h"
#include "ahoy-request.h"

/* The history of an account; the server keeps it. */

#define DEFAULT_COUNT 50
#define MAX_CURSOR 256

static void
on_listed (GTask      *task,
           JsonObject *answer)
{
  AhoyEngine *self = g_task_get_source_object (task);
  GPtrArray *records = g_ptr_array_new_with_free_func (g_object_unref);
  JsonArray *list = ahoy_json_get_array (answer, "records");
  const char *next;

  for (guint i = 0; i < ahoy_items_length (list); i++)
    {
      JsonObject *item = ahoy_items_object (list, i);
      g_autoptr (AhoyRecord) record = NULL;

      if (item)
        record = ahoy_record_new_from_json (item, self->people, ahoy_session_get_user_id (self->session));
      if (record)
        g_ptr_array_add (records, g_steal_pointer (&record));
    }

  next = ahoy_json_get_string (answer, "next", MAX_CURSOR);
  if (next && *next)
    g_task_set_task_data (task, g_strdup (next), g_free);
  g_task_return_pointer (task, records, (GDestroyNotify) g_ptr_array_unref);
}

/**
 * ahoy_engine_query_history_async:
 * @self: an engine
 * @result: missed, incoming or outgoing calls, %AHOY_CALL_RESULT_UNKNOWN for all
 * @cursor: (nullable): what the page before has returned, %NULL for the newest
 * @count: how many at most, up to 100; 0 for 50
 * @cancellable: (nullable): a #GCancellable
 * @callback: (nullable) (scope async): called at the answer of the server
 * @user_data: data for @callback
 *
 * Asks for a page of the history, newest first. The task fails with -1201 when nobody is signed in, with -1202 for a
 * cursor that is none, and with -1406 when the server is not reached.
 */
void
ahoy_engine_query_history_async (AhoyEngine          *self,
                                 AhoyCallResult       result,
                                 const char          *cursor,
                                 guint                count,
                                 GCancellable        *cancellable,
                                 GAsyncReadyCallback  callback,
                                 gpointer             user_data)
{
  ahoy_engine_query_history_full_async (self, result, 0, 0, cursor, count, cancellable, callback, user_data);
}

/**
 * ahoy_engine_query_history_full_async:
 * @self: an engine
 * @result: missed, incoming or outgoing calls, %AHOY_CALL_RESULT_UNKNOWN for all
 * @begin_ms: calls that began then or later, in milliseconds since 1970; 0 for no limit
 * @end_ms: calls that began before then; 0 for no limit
 * @cursor: (nullable): what the page before has returned, %NULL for the newest
 * @count: how many at most, up to 100; 0 for 50
 * @cancellable: (nullable): a #GCancellable
 * @callback: (nullable) (scope async): called at the answer of the server
 * @user_data: data for @callback
 *
 * Asks for a page of the history within a time, newest first; ends with [method@Engine.query_history_finish]. The task
 * fails with -1202 when the time ends before it begins.
 */
void
ahoy_engine_query_history_full_async (AhoyEngine          *self,
                                      AhoyCallResult       result,
                                      gint64               begin_ms,
                                      gint64               end_ms,
                                      const char          *cursor,
                                      guint                count,
                                      GCancellable        *cancellable,
                                      GAsyncReadyCallback  callback,
                                      gpointer             user_data)
{
  g_autoptr (JsonObject) data = json_object_new ();
  GTask *task;

  g_return_if_fail (AHOY_IS_ENGINE (self));

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, ahoy_engine_query_history_full_async);
  if (begin_ms < 0 || end_ms < 0 || (end_ms && end_ms < begin_ms))
    {
      g_task_return_new_error (task, AHOY_ERROR, AHOY_ERROR_PARAM_INVALID, "Not a time");
      g_object_unref (task);
      return;
    }

  if (cursor && *cursor)
    json_object_set_string_member (data, "before", cursor);
  json_object_set_int_member (data, "count", count ? MIN (count, AHOY_MAX_RECORDS_PAGE) : DEFAULT_COUNT);
  json_object_set_int_member (data, "result", result);
  if (begin_ms)
    json_object_set_int_member (data, "from", begin_ms);
  if (end_ms)
    json_object_set_int_member (data, "until", end_ms);
  ahoy_request_send (self->session, "records.list", data, cancellable, task, on_listed);
}

/**
 * ahoy_engine_query_history_finish:
 * @self: an engine
 * @result: what the callback was given
 * @next_cursor: (out) (optional) (nullable) (transfer full): where the next page begins, %NULL at the end
 * @error: return location for an error
 *
 * Returns: (transfer full) (element-type AhoyRecord): the records, or %NULL with @error set
 */
GPtrArray *
ahoy_engine_query_history_finish (AhoyEngine    *self,
                                  GAsyncResult  *result,
                                  char         **next_cursor,
                                  GError       **error)
{
  GPtrArray *records;

  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  records = g_task_propagate_pointer (G_TASK (result), error);
  if (next_cursor)
    *next_cursor = records ? g_strdup (g_task_get_task_data (G_TASK (result))) : NULL;
  return records;
}

static void
on_deleted (GTask      *task,
            JsonObject *answer)
{
  g_task_set_task_data (task, ahoy_json_get_strings (answer, "calls", AHOY_MAX_RECORDS_PAGE, AHOY_MAX_CALL_ID),
                        (GDestroyNotify) g_strfreev);
  g_task_return_boolean (task, TRUE);
  /* It is not known what all of them were. */
  g_signal_emit (g_task_get_source_object (task), ahoy_engine_signals[AHOY_ENGINE_SIGNAL_HISTORY_CHANGED], 0, NULL);
}

/**
 * ahoy_engine_delete_history_async:
 * @self: an engine
 * @call_ids: (nullable) (array zero-terminated=1): the ids of calls, at most 100; %NULL for all of them
 * @cancellable: (nullable): a #GCancellable
 * @callback: (nullable) (scope async): called at the answer of the server
 * @user_data: data for @callback
 *
 * Deletes records of this person; the others keep theirs. The task fails with -1201 when nobody is signed in, with -1202
 * for more than 100 ids, and with -1406 when the server is not reached.
 */
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
  ahoy_request_send (self->session, "records.delete", data, cancellable, task, on_deleted);
}

/**
 * ahoy_engine_delete_history_finish:
 * @self: an engine
 * @result: what the callback was given
 * @deleted: (out) (optional) (nullable) (transfer full) (array zero-terminated=1): the ids of the calls whose record is
 *   gone; empty when all of them were to go
 * @error: return location for an error
 *
 * Returns: whether it is done
 */
gboolean
ahoy_engine_delete_history_finish (AhoyEngine     *self,
                                   GAsyncResult   *result,
                                   char         ***deleted,
                                   GError        **error)
{
  gboolean is_done;

  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  is_done = g_task_propagate_boolean (G_TASK (result), error);
  if (deleted)
    *deleted = is_done ? g_strdupv (g_task_get_task_data (G_TASK (result))) : NULL;
  return is_done;
}
