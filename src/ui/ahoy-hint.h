/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* What the one pill over the control bar says. Pure. */

/**
 * AhoyHint: in the order of importance, own problems before those of others.
 */
typedef enum
{
  AHOY_HINT_NONE,
  AHOY_HINT_YOU_ARE_MUTED,
  AHOY_HINT_YOUR_CONNECTION,
  AHOY_HINT_NO_SERVICE,
  AHOY_HINT_THEIR_CONNECTION,
  AHOY_HINT_THEIR_MICROPHONE,
  AHOY_HINT_THEIR_CAMERA_ON,
  AHOY_HINT_BACK_ONLINE,
} AhoyHint;

/* A condition that must last before it shows, and be gone for a while before it hides. */
typedef struct
{
  gint64 changed_at; /* when @raw last changed, monotonic µs */
  gint64 shown_at;
  guint raw : 1;
  guint is_shown : 1;
} AhoySlowFact;

gboolean    ahoy_slow_fact_update (AhoySlowFact *fact,
                                   gboolean      raw,
                                   gint64        now,
                                   gint64        in_us,
                                   gint64        out_us,
                                   gint64        least_us);
/* (transfer full) (nullable) */
char       *ahoy_hint_text        (AhoyHint      hint,
                                   const char   *name);
const char *ahoy_hint_icon        (AhoyHint      hint); /* (nullable) */

G_END_DECLS
