/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "ahoy-device-private.h"
#include "ahoy-fan-out.h"
#include "ahoy-key-frame-request.h"
#include "ahoy-video-track.h"

G_BEGIN_DECLS

#define AHOY_TYPE_CAPTURE_VIDEO (ahoy_capture_video_get_type ())
G_DECLARE_FINAL_TYPE (AhoyCaptureVideo, ahoy_capture_video, AHOY, CAPTURE_VIDEO, GObject)

/* The camera, encoded once for everybody, and its own picture. The camera and the encoder are pipelines of
 * their own: a camera may come, go and break while the encoder stays.
 *
 * Signals: "problem" (GError), "problem-solved" (int code). */
AhoyCaptureVideo *ahoy_capture_video_new                (void);
AhoyVideoTrack   *ahoy_capture_video_get_self_view      (AhoyCaptureVideo *self);
AhoyFanOut       *ahoy_capture_video_get_fan_out        (AhoyCaptureVideo *self);
/* @device: (nullable): none closes the camera; @wanted: whether there should be one */
void              ahoy_capture_video_set_camera         (AhoyCaptureVideo *self,
                                                         gboolean          wanted,
                                                         AhoyDevice       *device);
guint             ahoy_capture_video_get_target_bitrate (AhoyCaptureVideo *self);

AhoyKeyFrameRequest *ahoy_capture_video_get_key_frame_request (AhoyCaptureVideo *self);

G_END_DECLS
