/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <gst/gst.h>

G_BEGIN_DECLS

/* Asks an encoder for key frames. Any thread; may outlive the encoder. */
typedef struct _AhoyKeyFrameRequest AhoyKeyFrameRequest;

AhoyKeyFrameRequest *ahoy_key_frame_request_new      (void);
AhoyKeyFrameRequest *ahoy_key_frame_request_ref      (AhoyKeyFrameRequest *self);
void                 ahoy_key_frame_request_unref    (AhoyKeyFrameRequest *self);
/* @sink: (nullable): the element behind the encoder */
void                 ahoy_key_frame_request_set_sink (AhoyKeyFrameRequest *self,
                                                      GstElement          *sink);
/* For requests from outside: one that comes too soon is dropped. */
void                 ahoy_key_frame_request_send     (AhoyKeyFrameRequest *self);
/* For somebody who has just been let in. */
void                 ahoy_key_frame_request_send_now (AhoyKeyFrameRequest *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (AhoyKeyFrameRequest, ahoy_key_frame_request_unref)

G_END_DECLS
