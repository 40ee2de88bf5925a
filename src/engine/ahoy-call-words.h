/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "ahoy-enums.h"
#include "ahoy-test-hooks.h"

G_BEGIN_DECLS

/* The words of the wire for the enumerations of a call; what is not known is UNKNOWN or NONE. */

static inline AhoyCallMedia
ahoy_call_media_from_word (const char *word)
{
  if (g_strcmp0 (word, "video") == 0)
    return AHOY_CALL_MEDIA_VIDEO;
  return g_strcmp0 (word, "audio") == 0 ? AHOY_CALL_MEDIA_AUDIO : AHOY_CALL_MEDIA_UNKNOWN;
}

static inline AhoyCallScene
ahoy_call_scene_from_word (const char *word)
{
  if (g_strcmp0 (word, "single") == 0)
    return AHOY_CALL_SCENE_SINGLE;
  if (g_strcmp0 (word, "multi") == 0)
    return AHOY_CALL_SCENE_MULTI;
  return g_strcmp0 (word, "group") == 0 ? AHOY_CALL_SCENE_GROUP : AHOY_CALL_SCENE_NONE;
}

static inline AhoyEndReason
ahoy_end_reason_from_number (gint64 number)
{
  if (number < AHOY_END_REASON_HANG_UP || number > AHOY_END_REASON_END_BY_SERVER)
    return AHOY_END_REASON_UNKNOWN;
  return (AhoyEndReason) number;
}

/* The marks of a measurement that a change of state sets. */
static inline void
ahoy_call_state_trace (AhoyCallState before,
                       AhoyCallState after)
{
  if (before == after)
    return;
  if (after == AHOY_CALL_RINGING)
    ahoy_trace_event ("ringing");
  else if (after == AHOY_CALL_ENDED)
    ahoy_trace_event ("ended");
  else if (before < AHOY_CALL_CONNECTING && after >= AHOY_CALL_CONNECTING)
    ahoy_trace_event ("answered");
}

G_END_DECLS
