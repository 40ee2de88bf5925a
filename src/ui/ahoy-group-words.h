/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "ahoy-call.h"

G_BEGIN_DECLS

/* Several people in words. All (transfer full). */

/* "Ada", "Ada and Bo", "Ada, Bo and Chen", "Ada, Bo and 3 others"; "" for nobody. */
char *ahoy_words_names       (const char *const *names,
                              guint              n);
/* Of a call: everybody else who is in it or invited. */
char *ahoy_words_call_people (AhoyCall          *call);
char *ahoy_words_joined      (const char *const *names,
                              guint              n);
char *ahoy_words_left        (const char *const *names,
                              guint              n);
/* "Bo declined", "Bo didn't answer", … for who never came in. */
char *ahoy_words_did_not_come (const char        *name,
                               AhoyEndReason      reason);
/* The same on the tile of that person; nullable. */
const char *ahoy_words_tile_gone (AhoyEndReason   reason);

typedef struct
{
  const char *name;
  guint is_own : 1;
  guint is_waiting : 1;
  guint has_video : 1;
  guint is_muted : 1;
  guint is_weak : 1;
  guint is_reconnecting : 1;
  guint is_sharing : 1;
  guint is_pinned : 1;
} AhoyTileFacts;

/* "Ada, video on, muted, weak connection, pinned" */
char *ahoy_words_tile        (const AhoyTileFacts *facts);

G_END_DECLS
