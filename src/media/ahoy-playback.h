/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <gst/gst.h>

G_BEGIN_DECLS

#define AHOY_TYPE_PLAYBACK (ahoy_playback_get_type ())
G_DECLARE_FINAL_TYPE (AhoyPlayback, ahoy_playback, AHOY, PLAYBACK, GObject)

/* One voice of the mixer. The handle outlives pipelines that come and go underneath. */
typedef struct _AhoyPlaybackInput AhoyPlaybackInput;

/* All that this process plays, through one mixer into one stream, past the probe of the echo canceller.
 * Without a sound server it plays into nothing and tries again every 2 s.
 *
 * Signals: "problem" (GError), "problem-solved" (int code), "rebuilt" (): the probe is another one. */
AhoyPlayback      *ahoy_playback_new            (void);
const char        *ahoy_playback_get_probe_name (AhoyPlayback *self);
/* Counted. */
void               ahoy_playback_start          (AhoyPlayback *self);
void               ahoy_playback_stop           (AhoyPlayback *self);
void               ahoy_playback_set_device     (AhoyPlayback *self,
                                                 const char   *device);
AhoyPlaybackInput *ahoy_playback_add_input      (AhoyPlayback *self);
void               ahoy_playback_remove_input   (AhoyPlayback      *self,
                                                 AhoyPlaybackInput *input);
/* Forgets it but leaves it to the caller to call ahoy_playback_input_detach (), which waits for a thread. Nothing can
 * be pushed into it any more. */
void               ahoy_playback_leave_input    (AhoyPlayback      *self,
                                                 AhoyPlaybackInput *input);
guint              ahoy_playback_play_tone      (AhoyPlayback *self,
                                                 GBytes       *pcm,
                                                 gboolean      loop,
                                                 guint         pause_ms);
void               ahoy_playback_stop_tone      (AhoyPlayback *self,
                                                 guint         tone_id);

AhoyPlaybackInput *ahoy_playback_input_ref            (AhoyPlaybackInput *self);
void               ahoy_playback_input_unref          (AhoyPlaybackInput *self);
/* By whoever owns it alone. */
void               ahoy_playback_input_detach         (AhoyPlaybackInput *self);
/* 48 kHz mono S16LE; a PTS that is not set means now. */
void               ahoy_playback_input_push_streaming (AhoyPlaybackInput *self,
                                                       GstBuffer         *buffer);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (AhoyPlaybackInput, ahoy_playback_input_unref)

G_END_DECLS
