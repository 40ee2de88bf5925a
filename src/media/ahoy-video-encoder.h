/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "ahoy-fan-out.h"
#include "ahoy-key-frame-request.h"
#include "ahoy-pipeline.h"

G_BEGIN_DECLS

/* Pictures in, one encoding for everybody out. It outlives the cameras that come and go before it. Reference counted;
 * main context but where told. */
typedef struct _AhoyVideoEncoder AhoyVideoEncoder;

AhoyVideoEncoder    *ahoy_video_encoder_new                   (void);
AhoyVideoEncoder    *ahoy_video_encoder_ref                   (AhoyVideoEncoder   *self);
void                 ahoy_video_encoder_unref                 (AhoyVideoEncoder   *self);
/* May be called again while it runs. */
gboolean             ahoy_video_encoder_start                 (AhoyVideoEncoder   *self,
                                                               AhoyPipelineFailed  failed,
                                                               gpointer            owner,
                                                               GError            **error);
void                 ahoy_video_encoder_stop                  (AhoyVideoEncoder   *self);
AhoyFanOut          *ahoy_video_encoder_get_fan_out           (AhoyVideoEncoder   *self);
AhoyKeyFrameRequest *ahoy_video_encoder_get_key_frame_request (AhoyVideoEncoder   *self);
/* Any thread: bit/s that it was told, 0 before the first picture. */
guint                ahoy_video_encoder_get_bitrate           (AhoyVideoEncoder   *self);
/* The thread of the camera: encodes it when anybody wants pictures. */
void                 ahoy_video_encoder_push_streaming        (AhoyVideoEncoder   *self,
                                                               GstSample          *sample,
                                                               int                 width,
                                                               int                 height);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (AhoyVideoEncoder, ahoy_video_encoder_unref)

G_END_DECLS
