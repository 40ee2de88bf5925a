/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* What time it is at the server. Counted by the clock that nobody sets, from the best measurement there is. Pure: all
 * times are given, in microseconds but for the server's. Begins as zeros. */
typedef struct
{
  gint64 ahead_us; /* the server's time, of the monotonic one here */
  gint64 error_us; /* round trip of the measurement, 0 before the first one */
} AhoyServerClock;

/* At @now_us came the answer, of @server_ms, to what was asked at @asked_us. */
void   ahoy_server_clock_learn (AhoyServerClock       *self,
                                gint64                 server_ms,
                                gint64                 asked_us,
                                gint64                 now_us);
/* @real_us: what the clock here says, for as long as nothing is known. */
gint64 ahoy_server_clock_read  (const AhoyServerClock *self,
                                gint64                 now_us,
                                gint64                 real_us);

G_END_DECLS
