/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ahoy-history-entry.h"

#include "ahoy-times.h"

#include <glib/gi18n.h>

struct _AhoyHistoryEntry
{
  GObject parent_instance;

  GPtrArray *records; /* (owned) of AhoyRecord, newest first, never empty */
};

G_DEFINE_FINAL_TYPE (AhoyHistoryEntry, ahoy_history_entry, G_TYPE_OBJECT)

static void
ahoy_history_entry_finalize (GObject *object)
{
  AhoyHistoryEntry *self = AHOY_HISTORY_ENTRY (object);

  g_ptr_array_unref (self->records);

  G_OBJECT_CLASS (ahoy_history_entry_parent_class)->finalize (object);
}

static void
ahoy_history_entry_class_init (AhoyHistoryEntryClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = ahoy_history_entry_finalize;
}

static void
ahoy_history_entry_init (AhoyHistoryEntry *self)
{
  self->records = g_ptr_array_new_with_free_func (g_object_unref);
}

AhoyHistoryEntry *
ahoy_history_entry_new (AhoyRecord *newest)
{
  AhoyHistoryEntry *self;

  g_return_val_if_fail (AHOY_IS_RECORD (newest), NULL);

  self = g_object_new (AHOY_TYPE_HISTORY_ENTRY, NULL);
  g_ptr_array_add (self->records, g_object_ref (newest));
  return self;
}

void
ahoy_history_entry_add (AhoyHistoryEntry *self,
                        AhoyRecord       *older)
{
  g_return_if_fail (AHOY_IS_HISTORY_ENTRY (self));
  g_return_if_fail (AHOY_IS_RECORD (older));

  g_ptr_array_add (self->records, g_object_ref (older));
}

AhoyRecord *
ahoy_history_entry_get_first (AhoyHistoryEntry *self)
{
  g_return_val_if_fail (AHOY_IS_HISTORY_ENTRY (self), NULL);

  return g_ptr_array_index (self->records, 0);
}

guint
ahoy_history_entry_get_count (AhoyHistoryEntry *self)
{
  g_return_val_if_fail (AHOY_IS_HISTORY_ENTRY (self), 0);

  return self->records->len;
}

AhoyUser *
ahoy_history_entry_get_user (AhoyHistoryEntry *self)
{
  AhoyRecord *record;

  g_return_val_if_fail (AHOY_IS_HISTORY_ENTRY (self), NULL);

  record = g_ptr_array_index (self->records, 0);
  return ahoy_record_get_peer (record) ? ahoy_record_get_peer (record) : ahoy_record_get_inviter (record);
}

gboolean
ahoy_history_entry_is_missed (AhoyHistoryEntry *self)
{
  g_return_val_if_fail (AHOY_IS_HISTORY_ENTRY (self), FALSE);

  return ahoy_record_get_result (g_ptr_array_index (self->records, 0)) == AHOY_CALL_RESULT_MISSED;
}

char **
ahoy_history_entry_dup_ids (AhoyHistoryEntry *self)
{
  char **ids;

  g_return_val_if_fail (AHOY_IS_HISTORY_ENTRY (self), NULL);

  ids = g_new0 (char *, self->records->len + 1);
  for (guint i = 0; i < self->records->len; i++)
    ids[i] = g_strdup (ahoy_record_get_call_id (g_ptr_array_index (self->records, i)));

  return ids;
}

static const char *
words_for_result (AhoyCallResult result,
                  gboolean       is_video)
{
  switch (result)
    {
    case AHOY_CALL_RESULT_MISSED:
      return is_video ? _("Missed video call") : _("Missed call");
    case AHOY_CALL_RESULT_INCOMING:
      return is_video ? _("Incoming video call") : _("Incoming call");
    case AHOY_CALL_RESULT_OUTGOING:
      return is_video ? _("Outgoing video call") : _("Outgoing call");
    case AHOY_CALL_RESULT_UNKNOWN:
    default:
      return is_video ? _("Video call") : _("Call");
    }
}

char *
ahoy_history_entry_dup_words (AhoyHistoryEntry *self)
{
  AhoyRecord *record;
  const char *result;
  guint duration;

  g_return_val_if_fail (AHOY_IS_HISTORY_ENTRY (self), NULL);

  record = g_ptr_array_index (self->records, 0);
  result = words_for_result (ahoy_record_get_result (record),
                             ahoy_record_get_media (record) == AHOY_CALL_MEDIA_VIDEO);
  duration = ahoy_record_get_duration (record);

  if (duration > 0)
    {
      g_autofree char *timer = ahoy_times_format_duration (duration);

      /* Translators: a call and how long it took, "Outgoing call · 12:34" */
      return g_strdup_printf (_("%s · %s"), result, timer);
    }

  return g_strdup (result);
}
