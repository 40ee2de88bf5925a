/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "ahoy-video-mailbox.h"

G_BEGIN_DECLS

AhoyVideoTrack   *ahoy_video_track_new         (gboolean        is_remote);
AhoyVideoMailbox *ahoy_video_track_get_mailbox (AhoyVideoTrack *self);
void              ahoy_video_track_deliver     (AhoyVideoTrack *self,
                                                AhoyVideoFrame *frame);
/* The source has stopped: forgets the last picture and is not active. */
void              ahoy_video_track_clear       (AhoyVideoTrack *self);

G_END_DECLS
