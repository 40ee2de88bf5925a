/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "ahoy-media.h"
#include "ahoy-peer.h"
#include "ahoy-test-wait.h"

G_BEGIN_DECLS

/* Runs the main context until @condition holds; says what was awaited when it does not come true in that time, times
 * the patience. */
#define rig_wait(what, timeout_ms, condition) \
  G_STMT_START { \
    guint rig_limit = (guint) (ahoy_test_patience () * (timeout_ms)); \
    gint64 rig_deadline = g_get_monotonic_time () + rig_limit * G_TIME_SPAN_MILLISECOND; \
    while (!(condition)) \
      { \
        if (g_get_monotonic_time () > rig_deadline) \
          g_error ("%s:%d: %s did not come within %u ms", __FILE__, __LINE__, what, rig_limit); \
        rig_iterate (); \
      } \
  } G_STMT_END

/* One step of the main context, at most 5 ms. */
void rig_iterate (void);
/* Runs the main context for a time in which something must not happen. */
void rig_run     (guint ms);

/* A folder with a clip, and a PulseAudio of our own with the sinks "speaker-a", "speaker-b" and the microphones
 * "mic-a", "mic-b" that hear what is played into "feed-a", "feed-b". Sets the environment. */
void        rig_init        (void);
void        rig_finish      (void);
const char *rig_path        (const char *name); /* (transfer none), until the next call but three */
/* What the cameras of the next call play. */
void        rig_make_clip   (const char *name,
                             const char *size,
                             const char *frames);
void        rig_start_sound (void);
void        rig_stop_sound  (void);

/* What comes out of a sink. */
typedef struct _RigEar RigEar;

RigEar *rig_ear_new   (const char *sink);
void    rig_ear_free  (RigEar     *ear);
/* Seconds of the last @seconds in which the tone was the loudest thing. */
double  rig_ear_tone  (RigEar     *ear,
                       double      frequency,
                       double      seconds);

/* Bursts of a tone into a sink, until the subprocess is killed with rig_voice_free (). */
GSubprocess *rig_voice_new  (const char  *sink,
                             double       frequency);
void         rig_voice_free (GSubprocess *voice);

/* Two people, each with devices of their own, wired to each other. */
typedef struct
{
  AhoyMedia *media_a, *media_b;
  AhoyPeer *a, *b; /* a offers */
  guint first_frames_a, first_frames_b, first_audio_a, first_audio_b;
  guint problems, solved;
  int last_problem;
  gboolean is_cut; /* signalling between them is cut */
} RigCall;

void rig_call_init      (RigCall *call);
void rig_call_connect   (RigCall *call); /* until both are connected */
void rig_call_clear     (RigCall *call);
/* New connections between the same people. */
void rig_call_new_peers (RigCall *call);
/* Both gates open, both play, both cameras are on and watched. */
void rig_call_open      (RigCall *call);

guint64 rig_frames (AhoyPeer *peer);

G_END_DECLS
