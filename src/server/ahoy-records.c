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

static gboolean
read_number (JsonObject *data,
             const char *name,
             gint64      min,
             gint64      max,
             gint64      fallback,
             gint64     *value,
             GError    **error)
{
  *value = fallback;

  return !ahoy_json_has (data, name) || ahoy_json_need_int (data, name, min, max, value, error);
}

static gboolean
read_filter (JsonObject       *data,
             AhoyRecordFilter *filter,
             GError          **error)
{
  const char *before;
  gint64 until_ms;
  gint64 count;
  gint64 result;

  if (!ahoy_json_take_string (data, "before", AHOY_MAX_CALL_ID + 24, &before, error) ||
      !read_number (data, "count", 1, AHOY_MAX_RECORDS_PAGE, 50, &count, error) ||
      !read_number (data, "result", 0, 3, 0, &result, error) ||
      !read_number (data, "from", 0, G_MAXINT64, 0, &filter->from_ms, error) ||
      !read_number (data, "until", 0, G_MAXINT64, G_MAXINT64, &until_ms, error))
    return FALSE;
  if (!read_cursor (before, &filter->begin_ms, &filter->call_id))
    {
      g_set_error_literal (error, AHOY_ERROR, AHOY_ERROR_INVALID_PARAMETER, "before is invalid");
      return FALSE;
    }

  /* Of those that began at that moment none belongs to it. */
  if (until_ms < filter->begin_ms || (until_ms == filter->begin_ms && until_ms != G_MAXINT64))
    {
      filter->begin_ms = until_ms;
      filter->call_id = "";
    }
  filter->count = (guint) count;
  filter->result = (int) result;

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
  AhoyRecordFilter filter;
  JsonArray *records;

  if (!read_filter (data, &filter, &error))
    {
      ahoy_request_fail_with (request, error);
      return;
    }

  bodies = ahoy_store_list_records (request->server->store, session->app_id, session->user_id, &filter);
  records = json_array_new ();
  cursor = add_records (records, bodies, filter.count);
  answer = json_object_new ();
  json_object_set_array_member (answer, "records", records);
  json_object_set_string_member (answer, "next", cursor ? cursor : "");
  ahoy_request_answer (request, answer);
}

/* Removes those that there are; returns their ids. */
static JsonArray *
remove_records (AhoySession *session,
                AhoyChange  *change,
                GStrv        calls)
{
  g_autoptr (GHashTable) seen = g_hash_table_new (g_str_hash, g_str_equal);
  JsonArray *removed = json_array_new ();

  for (guint i = 0; calls[i]; i++)
    {
      if (!g_hash_table_add (seen, calls[i]))
        continue;

      if (ahoy_store_count_records (change->server->store, session->app_id, session->user_id, calls[i]) > 0)
        json_array_add_string_element (removed, calls[i]);
      ahoy_batch_remove_record (change->batch, session->app_id, session->user_id, calls[i]);
    }

  return removed;
}

void
ahoy_records_handle_delete (AhoyRequest *request,
                            JsonObject  *data)
{
  AhoySession *session = request->session;
  gboolean all = ahoy_json_get_bool (data, "all", FALSE);
  g_auto (GStrv) calls = ahoy_json_get_strings (data, "calls", AHOY_MAX_RECORDS_PAGE, AHOY_MAX_CALL_ID);
  g_autoptr (JsonObject) answer = NULL;
  JsonArray *removed;
  AhoyChange *change;
  guint n;

  if (!all && !calls)
    {
      ahoy_request_fail (request, AHOY_ERROR_INVALID_PARAMETER, "calls is missing or invalid");
      return;
    }

  change = ahoy_change_new (request->server);
  if (all)
    {
      n = ahoy_store_count_records (request->server->store, session->app_id, session->user_id, NULL);
      removed = json_array_new ();
      ahoy_batch_remove_records (change->batch, session->app_id, session->user_id);
    }
  else
    {
      removed = remove_records (session, change, calls);
      n = json_array_get_length (removed);
    }
  answer = json_object_new ();
  json_object_set_int_member (answer, "count", n);
  json_object_set_array_member (answer, "calls", removed);
  ahoy_change_commit (change, request, answer);
}
