/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "ahoy-bus-words.h"

#include <string.h>

static const char *const engine_states[] = { "signed-out", "signing-in", "online", "offline" };
static const char *const medias[] = { "unknown", "audio", "video" };
static const char *const roles[] = { "none", "caller", "called" };
static const char *const scenes[] = { "none", "group", "multi", "single" };
static const char *const call_states[] = {
  "calling", "ringing", "incoming", "connecting", "active", "reconnecting", "ended",
};
static const char *const reasons[] = {
  "unknown",
  "hang-up",
  "reject",
  "no-response",
  "offline",
  "line-busy",
  "canceled",
  "other-device-accepted",
  "other-device-reject",
  "end-by-server",
};
static const char *const statuses[] = { "none", "waiting", "accepted" };
static const char *const presences[] = { "unknown", "offline", "online", "busy" };
/* The first word is what a query says; a record always has one of the others. */
static const char *const results[] = { "all", "missed", "incoming", "outgoing" };
static const char *const qualities[] = { "unknown", "excellent", "good", "poor", "bad", "very-bad", "down" };
static const char *const record_policies[] = { "follow", "on", "off" };
static const char *const fill_modes[] = { "fill", "fit" };
static const char *const resolutions[] = { "unknown", "360p", "540p", "720p", "1080p" };
static const char *const orientations[] = { "landscape", "portrait" };
static const char *const device_kinds[] = { "camera", "microphone", "speaker" };

static const char *
word (const char *const *words,
      guint              n_words,
      guint              value)
{
  return words[value < n_words ? value : 0];
}

static gboolean
parse (const char *const *words,
       guint              first,
       guint              n_words,
       const char        *text,
       int               *value)
{
  for (guint i = first; i < n_words; i++)
    {
      if (strcmp (words[i], text) == 0)
        {
          *value = i;
          return TRUE;
        }
    }

  return FALSE;
}

#define WORD(words, value) word ((words), G_N_ELEMENTS (words), (guint) (value))

const char *
ahoy_bus_word_for_engine_state (AhoyEngineState state)
{
  return WORD (engine_states, state);
}

const char *
ahoy_bus_word_for_media (AhoyCallMedia media)
{
  return WORD (medias, media);
}

const char *
ahoy_bus_word_for_role (AhoyCallRole role)
{
  return WORD (roles, role);
}

const char *
ahoy_bus_word_for_scene (AhoyCallScene scene)
{
  return WORD (scenes, scene);
}

const char *
ahoy_bus_word_for_call_state (AhoyCallState state)
{
  return WORD (call_states, state);
}

const char *
ahoy_bus_word_for_reason (AhoyEndReason reason)
{
  return WORD (reasons, reason);
}

const char *
ahoy_bus_word_for_status (AhoyParticipantStatus status)
{
  return WORD (statuses, status);
}

const char *
ahoy_bus_word_for_presence (AhoyPresence presence)
{
  return WORD (presences, presence);
}

const char *
ahoy_bus_word_for_result (AhoyCallResult result)
{
  return WORD (results, result);
}

const char *
ahoy_bus_word_for_quality (AhoyNetworkQuality quality)
{
  return WORD (qualities, quality);
}

const char *
ahoy_bus_word_for_record_policy (AhoyRecordPolicy policy)
{
  return WORD (record_policies, policy);
}

const char *
ahoy_bus_word_for_fill_mode (AhoyFillMode fill_mode)
{
  return WORD (fill_modes, fill_mode);
}

const char *
ahoy_bus_word_for_resolution (AhoyVideoResolution resolution)
{
  return WORD (resolutions, resolution);
}

const char *
ahoy_bus_word_for_orientation (AhoyVideoOrientation orientation)
{
  return WORD (orientations, orientation);
}

gboolean
ahoy_bus_parse_media (const char    *text,
                      AhoyCallMedia *media)
{
  int value;

  if (!parse (medias, AHOY_CALL_MEDIA_AUDIO, G_N_ELEMENTS (medias), text, &value))
    return FALSE;

  *media = (AhoyCallMedia) value;
  return TRUE;
}

gboolean
ahoy_bus_parse_result (const char     *text,
                       AhoyCallResult *result)
{
  int value;

  if (!parse (results, 0, G_N_ELEMENTS (results), text, &value))
    return FALSE;

  *result = (AhoyCallResult) value;
  return TRUE;
}

gboolean
ahoy_bus_parse_record_policy (const char       *text,
                              AhoyRecordPolicy *policy)
{
  int value;

  if (!parse (record_policies, 0, G_N_ELEMENTS (record_policies), text, &value))
    return FALSE;

  *policy = (AhoyRecordPolicy) value;
  return TRUE;
}

gboolean
ahoy_bus_parse_fill_mode (const char   *text,
                          AhoyFillMode *fill_mode)
{
  int value;

  if (!parse (fill_modes, 0, G_N_ELEMENTS (fill_modes), text, &value))
    return FALSE;

  *fill_mode = (AhoyFillMode) value;
  return TRUE;
}

gboolean
ahoy_bus_parse_resolution (const char          *text,
                           AhoyVideoResolution *resolution)
{
  int value;

  if (!parse (resolutions, AHOY_VIDEO_RESOLUTION_360P, G_N_ELEMENTS (resolutions), text, &value))
    return FALSE;

  *resolution = (AhoyVideoResolution) value;
  return TRUE;
}

gboolean
ahoy_bus_parse_orientation (const char           *text,
                            AhoyVideoOrientation *orientation)
{
  int value;

  if (!parse (orientations, 0, G_N_ELEMENTS (orientations), text, &value))
    return FALSE;

  *orientation = (AhoyVideoOrientation) value;
  return TRUE;
}

gboolean
ahoy_bus_parse_device_kind (const char     *text,
                            AhoyDeviceKind *kind)
{
  int value;

  if (!parse (device_kinds, 0, G_N_ELEMENTS (device_kinds), text, &value))
    return FALSE;

  *kind = (AhoyDeviceKind) value;
  return TRUE;
}

char *
ahoy_bus_text (const char *text)
{
  return text ? g_utf8_make_valid (text, -1) : g_strdup ("");
}
