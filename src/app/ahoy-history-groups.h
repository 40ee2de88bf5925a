/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Newest first: @records of AhoyRecord as rows of AhoySection (a day) and AhoyHistoryEntry. Calls of one kind
 * with one person less than an hour apart share a row. @missed_only leaves out the others. @hidden is a set of
 * call ids that are not shown (nullable). (transfer full) */
GPtrArray *ahoy_history_group (GPtrArray  *records,
                               gint64      now,
                               gboolean    missed_only,
                               GHashTable *hidden);

G_END_DECLS
