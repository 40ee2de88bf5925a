/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "ahoy-fan-out.h"

G_BEGIN_DECLS

#define AHOY_TYPE_CAPTURE_AUDIO (ahoy_capture_audio_get_type ())
G_DECLARE_FINAL_TYPE (AhoyCaptureAudio, ahoy_capture_audio, AHOY, CAPTURE_AUDIO, GObject)

/* The microphone, cleaned and encoded once for everybody. Without one, silence is sent and the real one
 * is tried every 2 s.
 *
 * Signals: "problem" (GError), "problem-solved" (int code), "level" (int 0–100, ten times a second). */
AhoyCaptureAudio *ahoy_capture_audio_new         (const char       *probe_name);
AhoyFanOut       *ahoy_capture_audio_get_fan_out (AhoyCaptureAudio *self);
void              ahoy_capture_audio_start       (AhoyCaptureAudio *self);
void              ahoy_capture_audio_stop        (AhoyCaptureAudio *self);
/* The echo probe is another one now. */
/* Whether everything but the voice is taken away. */
void              ahoy_capture_audio_set_voice_isolation (AhoyCaptureAudio *self,
                                                          gboolean          on);
void              ahoy_capture_audio_rebuild     (AhoyCaptureAudio *self);
void              ahoy_capture_audio_set_muted   (AhoyCaptureAudio *self,
                                                  gboolean          muted);
void              ahoy_capture_audio_set_device  (AhoyCaptureAudio *self,
                                                  const char       *device);

G_END_DECLS
