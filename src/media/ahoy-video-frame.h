/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <glib-object.h>

G_BEGIN_DECLS

/**
 * AhoyPixelFormat:
 * @AHOY_PIXEL_FORMAT_RGB: 24 bits a pixel, red first; the cheapest for the cairo renderer
 * @AHOY_PIXEL_FORMAT_BGRX: 32 bits a pixel, blue first, last byte 0xff; the cheapest for GL
 *
 * How the pixels of a picture lie in memory.
 */
typedef enum
{
  AHOY_PIXEL_FORMAT_RGB,
  AHOY_PIXEL_FORMAT_BGRX,
} AhoyPixelFormat;

#define AHOY_TYPE_VIDEO_FRAME (ahoy_video_frame_get_type ())

/**
 * AhoyVideoFrame:
 *
 * A picture of plain pixels, which is counted by reference and never changes.
 */
typedef struct _AhoyVideoFrame AhoyVideoFrame;

GType           ahoy_video_frame_get_type   (void);
AhoyVideoFrame *ahoy_video_frame_new        (int              width,
                                             int              height,
                                             int              stride,
                                             AhoyPixelFormat  format,
                                             GBytes          *pixels,
                                             gint64           time_us);
AhoyVideoFrame *ahoy_video_frame_ref        (AhoyVideoFrame  *self);
void            ahoy_video_frame_unref      (AhoyVideoFrame  *self);
int             ahoy_video_frame_get_width  (AhoyVideoFrame  *self);
int             ahoy_video_frame_get_height (AhoyVideoFrame  *self);
int             ahoy_video_frame_get_stride (AhoyVideoFrame  *self);
AhoyPixelFormat ahoy_video_frame_get_format (AhoyVideoFrame  *self);
GBytes         *ahoy_video_frame_get_pixels (AhoyVideoFrame  *self);
gint64          ahoy_video_frame_get_time   (AhoyVideoFrame  *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (AhoyVideoFrame, ahoy_video_frame_unref)

G_END_DECLS
