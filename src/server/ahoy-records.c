/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ahoy-people.h"

#include "ahoy-error.h"
#include "ahoy-json.h"
#include "ahoy-limits.h"

#include <string.h>

/* A cursor is "begin:call" of the last record of the page before. */
static gboolean
read_cursor (const char  *cursor,
             gint64      *begin_ms,
             const char **call_id)
{
  char *end = NULL;

  *begin_ms = G_MAXINT64;
  *call_id = "";
  if (!cursor || !*cursor)
    return TRUE;

  *begin_ms = g_ascii_strtoll (cursor, &end, 10);
  if (end == cursor || *end != ':')
    return FALSE;
  *call_id = end + 1;

  return TRUE;
}

/* A page must fit into a frame, whatever the nicknames in it are; so it may end early. */
static char *
add_records (JsonArray *records,
             GPtrArray *bodies,
             guint      count)
{
  gboolean is_last = bodies->len < count;
  char *cursor = NULL;
  gsize size = 0;

  for (guint i = 0; i < bodies->len; i++)
    {
      const char *body = g_ptr_array_index (bodies, i);
      JsonObject *record;

      size += strlen (body);
      if (i > 0 && size > AHOY_WIRE_MAX_PAGE)
        return cursor;

      record = ahoy_json_parse_object (body, strlen (body), AHOY_WIRE_MAX_DEPTH, NULL);
      if (!record)
        continue;

      g_free (cursor);
      cursor = g_strdup_printf ("%" G_GINT64_FORMAT ":%s", ahoy_json_get_int (record, "begin", 0),
                                ahoy_json_get_string (record, "call", AHOY_MAX_CALL_ID));
      json_array_add_object_element (records, record);
    }

  if (is_last)
    g_clear_pointer (&cursor, g_free);

  return cursor;
}

void
ahoy_records_handle_list (AhoyRequest *request,
                          JsonObject  *data)
{
  AhoySession *session = request->session;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) bodies = NULL;
  g_autoptr (JsonObject) answer = NULL;
  g_autofree char *cursor = NULL;
  JsonArray *records;
  gint64 count = 50;
  gint64 result = 0;
  gint64 begin_ms;
  const char *before;
  const char *call_id;

  if (!ahoy_json_take_string (data, "before", AHOY_MAX_CALL_ID + 24, &before, &error) ||
      (ahoy_json_has (data, "count") && !ahoy_json_need_int (data, "count", 1, AHOY_MAX_RECORDS_PAGE, &count, &error)) ||
      (ahoy_json_has (data, "result") && !ahoy_json_need_int (data, "result", 0, 3, &result, &error)))
    {
      ahoy_request_fail_with (request, error);
      return;
    }
  if (!read_cursor (before, &begin_ms, &call_id))
    {
      ahoy_request_fail (request, AHOY_ERROR_INVALID_PARAMETER, "before is invalid");
      return;
    }

  bodies = ahoy_store_list_records (request->server->store, session->app_id, session->user_id, begin_ms,
                                    call_id, (int) result, (guint) count);
  records = json_array_new ();
  cursor = add_records (records, bodies, (guint) count);
  answer = json_object_new ();
  json_object_set_array_member (answer, "records", records);
  json_object_set_string_member (answer, "next", cursor ? cursor : "");
  ahoy_request_answer (request, answer);
}

void
ahoy_records_handle_delete (AhoyRequest *request,
                            JsonObject  *data)
{
  AhoySession *session = request->session;
  gboolean all = ahoy_json_get_bool (data, "all", FALSE);
  g_auto (GStrv) calls = ahoy_json_get_strings (data, "calls", AHOY_MAX_RECORDS_PAGE, AHOY_MAX_CALL_ID);
  g_autoptr (JsonObject) answer = NULL;
  AhoyChange *change;
  guint n;

  if (!all && !calls)
    {
      ahoy_request_fail (request, AHOY_ERROR_INVALID_PARAMETER, "calls is missing or invalid");
      return;
    }

  n = ahoy_store_count_records (request->server->store, session->app_id, session->user_id,
                                all ? NULL : (const char *const *) calls);
  change = ahoy_change_new (request->server);
  if (all)
    ahoy_batch_remove_records (change->batch, session->app_id, session->user_id);
  for (guint i = 0; !all && calls[i]; i++)
    ahoy_batch_remove_record (change->batch, session->app_id, session->user_id, calls[i]);
  answer = json_object_new ();
  json_object_set_int_member (answer, "count", n);
  ahoy_change_commit (change, request, answer);
}
