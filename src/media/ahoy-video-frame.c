/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "ahoy-video-frame.h"

struct _AhoyVideoFrame
{
  GBytes *pixels; /* (owned) (not nullable) */
  gint64 time_us;
  int width;
  int height;
  int stride;
  AhoyPixelFormat format;
};

G_DEFINE_BOXED_TYPE (AhoyVideoFrame, ahoy_video_frame, ahoy_video_frame_ref, ahoy_video_frame_unref)

static void
video_frame_free (gpointer data)
{
  AhoyVideoFrame *self = data;

  g_bytes_unref (self->pixels);
}

/**
 * ahoy_video_frame_new:
 * @width: pixels in a row
 * @height: rows
 * @stride: bytes from one row to the next
 * @format: how a pixel is stored
 * @pixels: the rows, the topmost first
 * @time_us: when the picture was made, on the monotonic clock, in microseconds
 *
 * Wraps pixels that nobody will change any more.
 *
 * Returns: (transfer full): the picture
 */
AhoyVideoFrame *
ahoy_video_frame_new (int              width,
                      int              height,
                      int              stride,
                      AhoyPixelFormat  format,
                      GBytes          *pixels,
                      gint64           time_us)
{
  AhoyVideoFrame *self;

  g_return_val_if_fail (width > 0 && height > 0, NULL);
  g_return_val_if_fail (pixels != NULL, NULL);

  self = g_atomic_rc_box_new0 (AhoyVideoFrame);
  self->width = width;
  self->height = height;
  self->stride = stride;
  self->format = format;
  self->pixels = g_bytes_ref (pixels);
  self->time_us = time_us;

  return self;
}

/**
 * ahoy_video_frame_ref:
 * @self: a picture
 *
 * Returns: (transfer full): the same picture
 */
AhoyVideoFrame *
ahoy_video_frame_ref (AhoyVideoFrame *self)
{
  return g_atomic_rc_box_acquire (self);
}

/**
 * ahoy_video_frame_unref:
 * @self: a picture
 *
 * Lets go of a reference. Any thread.
 */
void
ahoy_video_frame_unref (AhoyVideoFrame *self)
{
  g_atomic_rc_box_release_full (self, video_frame_free);
}

/**
 * ahoy_video_frame_get_width:
 * @self: a picture
 *
 * Returns: in pixels
 */
int
ahoy_video_frame_get_width (AhoyVideoFrame *self)
{
  return self->width;
}

/**
 * ahoy_video_frame_get_height:
 * @self: a picture
 *
 * Returns: in pixels
 */
int
ahoy_video_frame_get_height (AhoyVideoFrame *self)
{
  return self->height;
}

/**
 * ahoy_video_frame_get_stride:
 * @self: a picture
 *
 * Returns: bytes from one row to the next
 */
int
ahoy_video_frame_get_stride (AhoyVideoFrame *self)
{
  return self->stride;
}

/**
 * ahoy_video_frame_get_format:
 * @self: a picture
 *
 * Returns: how the pixels lie
 */
AhoyPixelFormat
ahoy_video_frame_get_format (AhoyVideoFrame *self)
{
  return self->format;
}

/**
 * ahoy_video_frame_get_pixels:
 * @self: a picture
 *
 * Returns: (transfer none): the rows
 */
GBytes *
ahoy_video_frame_get_pixels (AhoyVideoFrame *self)
{
  return self->pixels;
}

/**
 * ahoy_video_frame_get_time:
 * @self: a picture
 *
 * Returns: monotonic time of the picture, in microseconds
 */
gint64
ahoy_video_frame_get_time (AhoyVideoFrame *self)
{
  return self->time_us;
}
