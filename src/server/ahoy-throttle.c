/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ahoy-throttle.h"

void
ahoy_throttle_init (AhoyThrottle             *self,
                    const AhoyThrottleLimits *limits,
                    gint64                    now_us)
{
  self->tokens = limits->burst;
  self->filled_us = now_us;
}

double
ahoy_throttle_fill (AhoyThrottle             *self,
                    const AhoyThrottleLimits *limits,
                    gint64                    now_us)
{
  double passed_s = MAX (now_us - self->filled_us, 0) / (double) G_USEC_PER_SEC;

  self->tokens = MIN (self->tokens + passed_s * limits->rate, limits->burst);
  self->filled_us = now_us;

  return self->tokens;
}

gboolean
ahoy_throttle_take (AhoyThrottle             *self,
                    const AhoyThrottleLimits *limits,
                    gint64                    now_us)
{
  if (ahoy_throttle_fill (self, limits, now_us) < 1)
    return FALSE;

  self->tokens -= 1;

  return TRUE;
}
