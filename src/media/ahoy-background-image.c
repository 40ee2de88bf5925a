/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "ahoy-background-image.h"

#include <gdk-pixbuf/gdk-pixbuf.h>
#include <gst/video/video.h>

/* As big as the biggest picture that is sent, lying or standing. */
#define MAX_LENGTH 1920

static GstSample *
make_sample (GdkPixbuf *pixbuf)
{
  gsize offsets[GST_VIDEO_MAX_PLANES] = { 0 };
  int strides[GST_VIDEO_MAX_PLANES] = { gdk_pixbuf_get_rowstride (pixbuf) };
  GstVideoFormat format = gdk_pixbuf_get_has_alpha (pixbuf) ? GST_VIDEO_FORMAT_RGBA : GST_VIDEO_FORMAT_RGB;
  g_autoptr (GBytes) pixels = gdk_pixbuf_read_pixel_bytes (pixbuf);
  g_autoptr (GstBuffer) buffer = gst_buffer_new_wrapped_bytes (pixels);
  g_autoptr (GstCaps) caps = NULL;
  GstVideoInfo info;

  gst_video_info_set_format (&info, format, gdk_pixbuf_get_width (pixbuf), gdk_pixbuf_get_height (pixbuf));
  caps = gst_video_info_to_caps (&info);
  gst_buffer_add_video_meta_full (buffer, GST_VIDEO_FRAME_FLAG_NONE, format, info.width, info.height, 1,
                                  offsets, strides);

  return gst_sample_new (buffer, caps, NULL, NULL);
}

static void
load_in_thread (GTask        *task,
                gpointer      source,
                gpointer      data,
                GCancellable *cancellable)
{
  g_autoptr (GFileInputStream) stream = NULL;
  g_autoptr (GdkPixbuf) pixbuf = NULL;
  g_autoptr (GdkPixbuf) upright = NULL;
  GError *error = NULL;

  stream = g_file_read (data, cancellable, &error);
  if (stream)
    pixbuf = gdk_pixbuf_new_from_stream_at_scale (G_INPUT_STREAM (stream), MAX_LENGTH, MAX_LENGTH, TRUE, cancellable,
                                                  &error);
  if (pixbuf == NULL)
    {
      g_task_return_error (task, error);
      return;
    }

  upright = gdk_pixbuf_apply_embedded_orientation (pixbuf);
  g_task_return_pointer (task, make_sample (upright ? upright : pixbuf), (GDestroyNotify) gst_sample_unref);
}

void
ahoy_background_image_load_async (GFile               *file,
                                  GCancellable        *cancellable,
                                  GAsyncReadyCallback  callback,
                                  gpointer             user_data)
{
  g_autoptr (GTask) task = g_task_new (NULL, cancellable, callback, user_data);

  g_task_set_source_tag (task, ahoy_background_image_load_async);
  g_task_set_task_data (task, g_object_ref (file), g_object_unref);
  g_task_run_in_thread (task, load_in_thread);
}

GstSample *
ahoy_background_image_load_finish (GAsyncResult  *result,
                                   GError       **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}
