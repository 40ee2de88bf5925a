/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ahoy-history-groups.h"

#include "ahoy-history-entry.h"
#include "ahoy-section.h"
#include "ahoy-times.h"

#define SAME_ROW_US (G_TIME_SPAN_HOUR)

static int
compare_records (gconstpointer a,
                 gconstpointer b)
{
  gint64 left = ahoy_record_get_begin (*(AhoyRecord *const *) a);
  gint64 right = ahoy_record_get_begin (*(AhoyRecord *const *) b);

  return left < right ? 1 : left > right ? -1 : 0;
}

static gboolean
belongs_to (AhoyRecord *record,
            AhoyRecord *newer)
{
  return ahoy_record_get_peer (record) == ahoy_record_get_peer (newer) &&
         ahoy_record_get_peer (record) != NULL &&
         ahoy_record_get_result (record) == ahoy_record_get_result (newer) &&
         ahoy_record_get_media (record) == ahoy_record_get_media (newer) &&
         ahoy_record_get_begin (newer) - ahoy_record_get_begin (record) < SAME_ROW_US;
}

GPtrArray *
ahoy_history_group (GPtrArray  *records,
                    gint64      now,
                    gboolean    missed_only,
                    GHashTable *hidden)
{
  g_autoptr (GPtrArray) sorted = NULL;
  GPtrArray *items = g_ptr_array_new_with_free_func (g_object_unref);
  AhoyHistoryEntry *entry = NULL;
  AhoyRecord *newer = NULL;
  int day = 0;

  g_return_val_if_fail (records, items);

  sorted = g_ptr_array_copy (records, NULL, NULL);
  g_ptr_array_set_free_func (sorted, NULL);
  g_ptr_array_sort (sorted, compare_records);

  for (guint i = 0; i < sorted->len; i++)
    {
      AhoyRecord *record = g_ptr_array_index (sorted, i);
      int days = MAX (0, ahoy_times_days_between (ahoy_record_get_begin (record), now));

      if (missed_only && ahoy_record_get_result (record) != AHOY_CALL_RESULT_MISSED)
        continue;
      if (hidden && g_hash_table_contains (hidden, ahoy_record_get_call_id (record)))
        continue;

      if (!newer || days != day)
        {
          g_autofree char *title = ahoy_times_format_day (ahoy_record_get_begin (record), now);

          g_ptr_array_add (items, ahoy_section_new (title));
          entry = NULL;
          day = days;
        }

      if (entry && belongs_to (record, newer))
        ahoy_history_entry_add (entry, record);
      else
        {
          entry = ahoy_history_entry_new (record);
          g_ptr_array_add (items, entry);
        }
      newer = record;
    }

  return items;
}
