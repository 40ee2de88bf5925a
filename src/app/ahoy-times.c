/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ahoy-times.h"

#include <glib/gi18n.h>

char *
ahoy_times_format_duration (guint seconds)
{
  if (seconds >= 3600)
    return g_strdup_printf ("%u:%02u:%02u", seconds / 3600, seconds / 60 % 60, seconds % 60);

  return g_strdup_printf ("%u:%02u", seconds / 60, seconds % 60);
}

static GDateTime *
new_local (gint64 real_time)
{
  GDateTime *when = g_date_time_new_from_unix_local (real_time / G_USEC_PER_SEC);

  /* A server may send any number; one that is no date counts as long ago. */
  return when ? when : g_date_time_new_from_unix_utc (0);
}

char *
ahoy_times_format_clock (gint64 real_time)
{
  g_autoptr (GDateTime) when = new_local (real_time);

  /* Translators: time of day as your language writes it, see strftime(3); "%-I:%M %p" for twelve hours */
  return g_date_time_format (when, _("%H:%M"));
}

static guint32
julian_day (GDateTime *when)
{
  GDate date;
  int year, month, day;

  g_date_clear (&date, 1);
  g_date_time_get_ymd (when, &year, &month, &day);
  g_date_set_dmy (&date, (GDateDay) day, (GDateMonth) month, (GDateYear) year);
  return g_date_get_julian (&date);
}

int
ahoy_times_days_between (gint64 real_time,
                         gint64 now)
{
  g_autoptr (GDateTime) then = new_local (real_time);
  g_autoptr (GDateTime) today = new_local (now);

  return (int) julian_day (today) - (int) julian_day (then);
}

char *
ahoy_times_format_day (gint64 real_time,
                       gint64 now)
{
  g_autoptr (GDateTime) then = new_local (real_time);
  g_autoptr (GDateTime) today = new_local (now);
  int days = ahoy_times_days_between (real_time, now);

  /* A clock that runs ahead is no reason to speak of tomorrow. */
  if (days <= 0)
    return g_strdup (_("Today"));
  if (days == 1)
    return g_strdup (_("Yesterday"));
  if (days < 7)
    return g_date_time_format (then, "%A");
  if (g_date_time_get_year (then) == g_date_time_get_year (today))
    /* Translators: a day of this year, see strftime(3); "%B %-e" for "May 3" */
    return g_date_time_format (then, _("%-e %B"));

  /* Translators: a day of another year, see strftime(3) */
  return g_date_time_format (then, _("%-e %B %Y"));
}
