/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "ahoy-server-clock.h"

/* So far beside what was measured before, the server's clock was set, or this machine has slept. */
#define SET_US (G_USEC_PER_SEC / 2)

void
ahoy_server_clock_learn (AhoyServerClock *self,
                         gint64           server_ms,
                         gint64           asked_us,
                         gint64           now_us)
{
  gint64 round_trip = now_us - asked_us;
  gint64 ahead_us;

  if (server_ms <= 0 || server_ms > G_MAXINT64 / 2000 || round_trip < 0)
    return;

  ahead_us = server_ms * 1000 - (now_us - round_trip / 2);
  /* The best measurement counts; it ages, because clocks drift. */
  self->error_us += self->error_us / 16;
  if (self->error_us && round_trip > self->error_us &&
      ABS (ahead_us - self->ahead_us) < (self->error_us + round_trip) / 2 + SET_US)
    return;

  self->error_us = MAX (round_trip, 1);
  self->ahead_us = ahead_us;
}

gint64
ahoy_server_clock_read (const AhoyServerClock *self,
                        gint64                 now_us,
                        gint64                 real_us)
{
  return self->error_us ? now_us + self->ahead_us : real_us;
}
