/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ahoy-engine-private.h"
#include "ahoy-engine.h"
#include "ahoy-history-groups.h"
#include "ahoy-history.h"
#include "ahoy-people.h"
#include "ahoy-record-private.h"
#include "ahoy-section.h"
#include "ahoy-times.h"

#include <json-glib/json-glib.h>

static AhoyEngine *engine;

static AhoyRecord *
new_record (const char *call,
            const char *with,
            int         result,
            const char *media,
            GDateTime  *begin,
            int         duration)
{
  gint64 ms = g_date_time_to_unix (begin) * 1000;
  const char *inviter = result == 3 ? "me" : with;
  const char *invitee = result == 3 ? with : "me";
  g_autofree char *text = g_strdup_printf ("{\"call\":\"%s\",\"inviter\":\"%s\",\"invitees\":[\"%s\"],\"media\":\"%s\","
                                           "\"scene\":\"single\",\"role\":%d,\"result\":%d,\"begin\":%" G_GINT64_FORMAT
                                           ",\"duration\":%d,\"reason\":1}",
                                           call, inviter, invitee, media, result == 3 ? 1 : 2, result, ms, duration);
  g_autoptr (JsonNode) node = json_from_string (text, NULL);
  AhoyRecord *record = ahoy_record_new_from_json (json_node_get_object (node), ahoy_engine_get_people (engine), "me");

  g_assert_nonnull (record);
  return record;
}

static char *
dup_text (GPtrArray *items)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < items->len; i++)
    if (AHOY_IS_SECTION (items->pdata[i]))
      g_string_append_printf (text, "[%s]", ahoy_section_get_title (items->pdata[i]));
    else
      g_string_append_printf (text, " %s×%u%s",
                              ahoy_user_get_id (ahoy_history_entry_get_user (items->pdata[i])),
                              ahoy_history_entry_get_count (items->pdata[i]),
                              ahoy_history_entry_is_missed (items->pdata[i]) ? "!" : "");

  return g_string_free (text, FALSE);
}

static void
test_groups (void)
{
  /* A Wednesday, early: yesterday is only an hour away. */
  g_autoptr (GDateTime) now = g_date_time_new_local (2026, 3, 18, 1, 0, 0);
  gint64 now_us = g_date_time_to_unix (now) * G_USEC_PER_SEC;
  g_autoptr (GPtrArray) records = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (GHashTable) hidden = g_hash_table_new (g_str_hash, g_str_equal);
  g_autoptr (GDateTime) t1 = g_date_time_add_minutes (now, -10);
  g_autoptr (GDateTime) t2 = g_date_time_add_minutes (now, -20);
  g_autoptr (GDateTime) t3 = g_date_time_add_minutes (now, -75);
  g_autoptr (GDateTime) t4 = g_date_time_add_days (now, -2);
  g_autoptr (GDateTime) t5 = g_date_time_add_days (now, -30);
  g_autoptr (GDateTime) t6 = g_date_time_add_years (now, -1);
  g_autoptr (GDateTime) ahead = g_date_time_add_minutes (now, 3);

  g_ptr_array_add (records, new_record ("c6", "bo", 3, "video", t6, 5));
  g_ptr_array_add (records, new_record ("c2", "ada", 1, "audio", t2, 0));
  g_ptr_array_add (records, new_record ("c1", "ada", 1, "audio", t1, 0));
  g_ptr_array_add (records, new_record ("c3", "ada", 1, "audio", t3, 0));
  g_ptr_array_add (records, new_record ("c4", "bo", 2, "audio", t4, 61));
  g_ptr_array_add (records, new_record ("c5", "ada", 3, "audio", t5, 0));
  g_ptr_array_add (records, new_record ("c0", "bo", 3, "audio", ahead, 0));

  {
    g_autoptr (GPtrArray) items = ahoy_history_group (records, now_us, FALSE, NULL);
    g_autofree char *text = dup_text (items);
    g_autofree char *day = g_date_time_format (t4, "%A");
    g_autofree char *expected = g_strdup_printf ("[Today] bo×1 ada×2![Yesterday] ada×1![%s] bo×1"
                                                 "[16 February] ada×1[18 March 2025] bo×1", day);

    g_assert_cmpstr (text, ==, expected);
  }
  {
    g_autoptr (GPtrArray) items = ahoy_history_group (records, now_us, TRUE, NULL);
    g_autofree char *text = dup_text (items);

    g_assert_cmpstr (text, ==, "[Today] ada×2![Yesterday] ada×1!");
  }
  {
    g_autoptr (GPtrArray) items = NULL;
    g_autofree char *text = NULL;

    g_hash_table_add (hidden, (gpointer) "c1");
    g_hash_table_add (hidden, (gpointer) "c3");
    items = ahoy_history_group (records, now_us, TRUE, hidden);
    text = dup_text (items);
    g_assert_cmpstr (text, ==, "[Today] ada×1!");
  }
}

static void
test_model (void)
{
  g_autoptr (AhoyHistory) history = ahoy_history_new (engine);
  g_autoptr (GDateTime) now = g_date_time_new_now_local ();
  g_autoptr (AhoyRecord) missed = new_record ("m1", "ada", 1, "audio", now, 0);
  g_autoptr (AhoyRecord) other = new_record ("m2", "bo", 3, "video", now, 9);
  const char *ids[] = { "m1", NULL };

  ahoy_history_set_seen (history, 1);
  g_signal_emit_by_name (engine, "history-changed", missed);
  g_signal_emit_by_name (engine, "history-changed", other);
  g_signal_emit_by_name (engine, "history-changed", other);
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (history)), ==, 3);
  g_assert_cmpuint (ahoy_history_get_n_missed (history), ==, 1);

  ahoy_history_set_missed_only (history, TRUE);
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (history)), ==, 2);
  ahoy_history_hide (history, ids);
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (history)), ==, 0);
  ahoy_history_restore (history, ids);
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (history)), ==, 2);

  ahoy_history_set_seen (history, g_get_real_time () + G_USEC_PER_SEC);
  g_assert_cmpuint (ahoy_history_get_n_missed (history), ==, 0);
}

static void
test_words (void)
{
  g_autoptr (GDateTime) now = g_date_time_new_now_local ();
  g_autoptr (AhoyRecord) missed = new_record ("w1", "ada", 1, "video", now, 0);
  g_autoptr (AhoyRecord) outgoing = new_record ("w2", "ada", 3, "audio", now, 754);
  g_autoptr (AhoyHistoryEntry) first = ahoy_history_entry_new (missed);
  g_autoptr (AhoyHistoryEntry) second = ahoy_history_entry_new (outgoing);
  g_autofree char *first_words = ahoy_history_entry_dup_words (first);
  g_autofree char *second_words = ahoy_history_entry_dup_words (second);
  g_autofree char *hours = ahoy_times_format_duration (3723);
  g_autofree char *seconds = ahoy_times_format_duration (7);
  g_autofree char *nonsense = ahoy_times_format_day (G_MAXINT64, g_get_real_time ());

  g_assert_cmpstr (first_words, ==, "Missed video call");
  g_assert_cmpstr (second_words, ==, "Outgoing call · 12:34");
  g_assert_cmpstr (hours, ==, "1:02:03");
  g_assert_cmpstr (seconds, ==, "0:07");
  g_assert_nonnull (nonsense);
}

int
main (int   argc,
      char *argv[])
{
  int status;

  g_test_init (&argc, &argv, NULL);
  engine = ahoy_engine_new ();

  g_test_add_func ("/history/groups", test_groups);
  g_test_add_func ("/history/model", test_model);
  g_test_add_func ("/history/words", test_words);

  status = g_test_run ();
  g_assert_finalize_object (engine);
  return status;
}
