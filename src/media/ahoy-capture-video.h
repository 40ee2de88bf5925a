/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "ahoy-device-private.h"
#include "ahoy-video-encoder.h"
#include "ahoy-video-settings.h"
#include "ahoy-video-track.h"

G_BEGIN_DECLS

#define AHOY_TYPE_CAPTURE_VIDEO (ahoy_capture_video_get_type ())
G_DECLARE_FINAL_TYPE (AhoyCaptureVideo, ahoy_capture_video, AHOY, CAPTURE_VIDEO, GObject)

/* The camera, its own picture, and the encoder for everybody. Each is a pipeline of its own: a camera may come, go and
 * break while the encoder stays.
 *
 * Signals: "problem" (GError), "problem-solved" (int code). */
AhoyCaptureVideo *ahoy_capture_video_new           (AhoyVideoSettings *settings);
AhoyVideoTrack   *ahoy_capture_video_get_self_view (AhoyCaptureVideo  *self);
AhoyVideoEncoder *ahoy_capture_video_get_encoder   (AhoyCaptureVideo  *self);
/* @device: (nullable): none closes the camera; @wanted: whether there should be one */
void              ahoy_capture_video_set_camera    (AhoyCaptureVideo  *self,
                                                    gboolean           wanted,
                                                    AhoyDevice        *device);

G_END_DECLS
