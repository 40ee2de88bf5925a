/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "ahoy-video-frame.h"

G_BEGIN_DECLS

/**
 * AhoyVideoTrack:
 *
 * A stream of pictures for whoever paints them. Pictures are made only while somebody watches. Main context only.
 */
#define AHOY_TYPE_VIDEO_TRACK (ahoy_video_track_get_type ())
G_DECLARE_FINAL_TYPE (AhoyVideoTrack, ahoy_video_track, AHOY, VIDEO_TRACK, GObject)

/* A stream of pictures for whoever paints them. Main context only.
 *
 * Properties (read only): "frame" (AhoyVideoFrame, boxed, nullable; notify fires once for each new
 * picture, newest wins), "width", "height" (int, of the last picture), "active" (gboolean: pictures are
 * flowing), "rotation" (int, degrees clockwise to turn when painting), "frame-count" (guint64, no notify).
 *
 * Pictures are converted only while somebody watches: ahoy_video_track_watch () from map, unwatch from
 * unmap. @format is what the last watcher asked for. */
AhoyVideoFrame *ahoy_video_track_get_frame       (AhoyVideoTrack  *self); /* (transfer none) (nullable) */
gboolean        ahoy_video_track_get_active      (AhoyVideoTrack  *self);
int             ahoy_video_track_get_rotation    (AhoyVideoTrack  *self);
guint64         ahoy_video_track_get_frame_count (AhoyVideoTrack  *self);
void            ahoy_video_track_watch           (AhoyVideoTrack  *self,
                                                  AhoyPixelFormat  format);
void            ahoy_video_track_unwatch         (AhoyVideoTrack  *self);
/* The widget tells that the current frame went to the toolkit: writes the R line of AHOY_TEST_TRACE. */
void            ahoy_video_track_frame_shown     (AhoyVideoTrack  *self);

G_END_DECLS
