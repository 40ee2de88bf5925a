/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Whether somebody speaks, from how loud they are: in above 10 of 100, out below 6 for 400 ms, so that the pause
 * between two words is none. And how strongly to show it, eased: up in 80 ms, down in 300. */
typedef struct
{
  int level;       /* 0–100, as told last */
  double shown;    /* 0–1 */
  gint64 heard_at; /* when the level was last high enough, monotonic µs */
  gint64 since;    /* when the speaking began, 0 while silent */
  gint64 ticked_at;
} AhoyTalkLevel;

void     ahoy_talk_level_set         (AhoyTalkLevel *self,
                                      int            level,
                                      gint64         now_us);
/* TRUE while something still moves. */
gboolean ahoy_talk_level_tick        (AhoyTalkLevel *self,
                                      gint64         now_us);
gboolean ahoy_talk_level_is_speaking (AhoyTalkLevel *self);

G_END_DECLS
