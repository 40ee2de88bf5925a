/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "ahoy-talk-level.h"

#include <math.h>

#define THRESHOLD_IN 10
#define THRESHOLD_OUT 6
#define HOLD_US 400000

void
ahoy_talk_level_set (AhoyTalkLevel *self,
                     int            level,
                     gint64         now_us)
{
  self->level = CLAMP (level, 0, 100);
  if (self->level > THRESHOLD_IN && !self->since)
    self->since = now_us;
  if (self->level > (self->since ? THRESHOLD_OUT : THRESHOLD_IN))
    self->heard_at = now_us;
}

gboolean
ahoy_talk_level_tick (AhoyTalkLevel *self,
                      gint64         now_us)
{
  double passed_ms = self->ticked_at ? (double) (now_us - self->ticked_at) / 1000 : 66;
  double target;

  if (self->since && self->level < THRESHOLD_OUT && now_us - self->heard_at > HOLD_US)
    self->since = 0;
  target = self->since ? MAX (self->level, THRESHOLD_OUT) / 100.0 : 0;
  self->shown += (target - self->shown) * (1 - exp (-passed_ms / (target > self->shown ? 40 : 150)));
  self->ticked_at = now_us;
  if (self->since || self->shown > 0.01)
    return TRUE;
  self->shown = 0;
  self->ticked_at = 0;
  return FALSE;
}

gboolean
ahoy_talk_level_is_speaking (AhoyTalkLevel *self)
{
  return self->since != 0;
}
