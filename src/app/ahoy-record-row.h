/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>
#include "ahoy-history-entry.h"

G_BEGIN_DECLS

#define AHOY_TYPE_RECORD_ROW (ahoy_record_row_get_type ())
G_DECLARE_FINAL_TYPE (AhoyRecordRow, ahoy_record_row, AHOY, RECORD_ROW, GtkWidget)

/* A call of the past in a list. Property "compact" (construct only): without picture and name, for the page
 * of one person. */
GtkWidget        *ahoy_record_row_new       (gboolean          is_compact);
void              ahoy_record_row_set_entry (AhoyRecordRow    *self,
                                             AhoyHistoryEntry *entry);
AhoyHistoryEntry *ahoy_record_row_get_entry (AhoyRecordRow    *self);
/* What is read for the whole row. (transfer full) */
char             *ahoy_record_row_describe  (AhoyHistoryEntry *entry);

G_END_DECLS
