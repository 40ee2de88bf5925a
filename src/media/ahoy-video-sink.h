/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "ahoy-video-mailbox.h"

#include <gst/video/gstvideosink.h>

G_BEGIN_DECLS

#define AHOY_TYPE_VIDEO_SINK (ahoy_video_sink_get_type ())
G_DECLARE_FINAL_TYPE (AhoyVideoSink, ahoy_video_sink, AHOY, VIDEO_SINK, GstVideoSink)

/* The end of a pipeline that hands plain pixels to a track. */
GstElement *ahoy_video_sink_new (AhoyVideoMailbox *mailbox);

G_END_DECLS
