/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "ahoy-record.h"

G_BEGIN_DECLS

#define AHOY_TYPE_HISTORY_ENTRY (ahoy_history_entry_get_type ())
G_DECLARE_FINAL_TYPE (AhoyHistoryEntry, ahoy_history_entry, AHOY, HISTORY_ENTRY, GObject)

/* A row of the recent calls: one call, or several of the same kind with the same person close together. */
AhoyHistoryEntry *ahoy_history_entry_new       (AhoyRecord       *newest);
void              ahoy_history_entry_add       (AhoyHistoryEntry *self,
                                                AhoyRecord       *older);
AhoyRecord       *ahoy_history_entry_get_first (AhoyHistoryEntry *self);
guint             ahoy_history_entry_get_count (AhoyHistoryEntry *self);
AhoyUser         *ahoy_history_entry_get_user  (AhoyHistoryEntry *self);
gboolean          ahoy_history_entry_is_missed (AhoyHistoryEntry *self);
/* (transfer full): NULL-terminated ids of its calls. */
char            **ahoy_history_entry_dup_ids   (AhoyHistoryEntry *self);
/* "Missed · Video Call", "Outgoing · 12:34". (transfer full) */
char             *ahoy_history_entry_dup_words (AhoyHistoryEntry *self);

G_END_DECLS
