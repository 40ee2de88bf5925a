/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* "0:07", "12:34", "1:02:03". (transfer full) */
char *ahoy_times_format_duration (guint      seconds);
/* "14:03" as the locale writes it. @real_time in µs. (transfer full) */
char *ahoy_times_format_clock    (gint64     real_time);
/* "Today", "Yesterday", "Monday", "3 May", "3 May 2024". (transfer full) */
char *ahoy_times_format_day      (gint64     real_time,
                                  gint64     now);
/* Whole days from the one of @real_time to the one of @now, in local time; negative for the future. */
int   ahoy_times_days_between    (gint64     real_time,
                                  gint64     now);

G_END_DECLS
