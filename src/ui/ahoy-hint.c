/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "ahoy-hint.h"
#include "ahoy-words.h"

#include <glib/gi18n-lib.h>

gboolean
ahoy_slow_fact_update (AhoySlowFact *fact,
                       gboolean      raw,
                       gint64        now,
                       gint64        in_us,
                       gint64        out_us,
                       gint64        least_us)
{
  if (fact->raw != !!raw)
    {
      fact->raw = !!raw;
      fact->changed_at = now;
    }
  if (!fact->is_shown && fact->raw && now - fact->changed_at >= in_us)
    {
      fact->is_shown = TRUE;
      fact->shown_at = now;
    }
  else if (fact->is_shown && !fact->raw && now - fact->changed_at >= out_us && now - fact->shown_at >= least_us)
    {
      fact->is_shown = FALSE;
    }
  return fact->is_shown;
}

char *
ahoy_hint_text (AhoyHint    hint,
                const char *name)
{
  g_autofree char *who = ahoy_words_isolate (name);

  switch (hint)
    {
    case AHOY_HINT_YOU_ARE_MUTED:
      return g_strdup (_("You are muted – press M to speak"));
    case AHOY_HINT_YOUR_CONNECTION:
      return g_strdup (_("Your connection is weak"));
    case AHOY_HINT_NO_SERVICE:
      return g_strdup (_("The service can't be reached – the call goes on"));
    case AHOY_HINT_THEIR_CONNECTION:
      /* Only the way between the two is measured, not whose end it is. */
      return g_strdup_printf (_("The connection to %s is weak"), who);
    case AHOY_HINT_THEIR_MICROPHONE:
      return g_strdup_printf (_("%s's microphone is off"), who);
    case AHOY_HINT_THEIR_CAMERA_ON:
      return g_strdup_printf (_("%s turned the camera on"), who);
    case AHOY_HINT_BACK_ONLINE:
      return g_strdup (_("Back online"));
    case AHOY_HINT_NONE:
    default:
      return NULL;
    }
}

const char *
ahoy_hint_icon (AhoyHint hint)
{
  switch (hint)
    {
    case AHOY_HINT_YOU_ARE_MUTED:
    case AHOY_HINT_THEIR_MICROPHONE:
      return "microphone-disabled-symbolic";
    case AHOY_HINT_YOUR_CONNECTION:
    case AHOY_HINT_THEIR_CONNECTION:
      return "network-cellular-signal-weak-symbolic";
    case AHOY_HINT_NO_SERVICE:
      return "dialog-warning-symbolic";
    case AHOY_HINT_THEIR_CAMERA_ON:
      return "camera-video-symbolic";
    case AHOY_HINT_NONE:
    case AHOY_HINT_BACK_ONLINE:
    default:
      return NULL;
    }
}
