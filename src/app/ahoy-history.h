/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "ahoy-engine.h"
#include "ahoy-history-entry.h"

G_BEGIN_DECLS

#define AHOY_TYPE_HISTORY (ahoy_history_get_type ())
G_DECLARE_FINAL_TYPE (AhoyHistory, ahoy_history, AHOY, HISTORY, GObject)

/* The recent calls as the list shows them: a GListModel of AhoySection and AhoyHistoryEntry, page by page from
 * the server, new ones on top. Properties (notify): "missed-only" (rw), "loaded" (r), "is-loading" (r),
 * "n-missed" (r, missed calls since "seen" µs), "seen" (rw, gint64). Signal: "failed" (GError). */
AhoyHistory *ahoy_history_new             (AhoyEngine        *engine);
gboolean     ahoy_history_get_loaded      (AhoyHistory       *self);
gboolean     ahoy_history_get_missed_only (AhoyHistory       *self);
void         ahoy_history_set_missed_only (AhoyHistory       *self,
                                           gboolean           missed_only);
guint        ahoy_history_get_n_missed    (AhoyHistory       *self);
void         ahoy_history_set_seen        (AhoyHistory       *self,
                                           gint64             seen);
void         ahoy_history_load_more       (AhoyHistory       *self);
/* Takes @entry off the list but not yet off the server: "restore" undoes it, "forget" makes it final. */
void         ahoy_history_hide            (AhoyHistory       *self,
                                           const char *const *call_ids);
void         ahoy_history_restore         (AhoyHistory       *self,
                                           const char *const *call_ids);
void         ahoy_history_forget          (AhoyHistory       *self,
                                           const char *const *call_ids);
void         ahoy_history_clear           (AhoyHistory       *self);
/* The newest @count calls with one person, (transfer full) of AhoyHistoryEntry without days. */
GPtrArray   *ahoy_history_dup_with        (AhoyHistory       *self,
                                           AhoyUser          *user,
                                           guint              count);

G_END_DECLS
