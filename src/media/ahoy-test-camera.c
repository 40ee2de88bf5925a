/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "ahoy-test-camera.h"

#include <gst/video/video.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct _AhoyTestCamera
{
  GstPushSrc parent_instance;

  char *path;          /* (owned), from construction */
  GMappedFile *file;   /* (owned) (nullable), between start and stop */
  GstVideoInfo info;
  gsize first_offset;  /* of the first "FRAME" */
  gsize frame_size;    /* with its "FRAME" line */
  guint64 n_frames;
  guint64 next;        /* number of the next picture since start */
  GstClockTime start;  /* running time of the first picture */
};

G_DEFINE_FINAL_TYPE (AhoyTestCamera, ahoy_test_camera, GST_TYPE_PUSH_SRC)

#define FRAME_LINE "FRAME\n"
#define FRAME_LINE_SIZE 6

static GstStaticPadTemplate src_template =
  GST_STATIC_PAD_TEMPLATE ("src", GST_PAD_SRC, GST_PAD_ALWAYS, GST_STATIC_CAPS (GST_VIDEO_CAPS_MAKE ("I420")));

static gboolean
parse_header (AhoyTestCamera *self,
              const char     *data,
              gsize           size)
{
  const char *end = memchr (data, '\n', MIN (size, 256));
  g_autofree char *line = NULL;
  g_auto (GStrv) words = NULL;
  int width = 0, height = 0, num = 30, den = 1;

  if (end == NULL || !g_str_has_prefix (data, "YUV4MPEG2 "))
    return FALSE;

  line = g_strndup (data, end - data);
  words = g_strsplit (line, " ", -1);
  for (int i = 1; words[i]; i++)
    {
      if (words[i][0] == 'W')
        width = atoi (words[i] + 1);
      else if (words[i][0] == 'H')
        height = atoi (words[i] + 1);
      else if (words[i][0] == 'F')
        sscanf (words[i] + 1, "%d:%d", &num, &den);
      else if (words[i][0] == 'C' && (!g_str_has_prefix (words[i], "C420") || strstr (words[i], "p1")))
        return FALSE;
    }
  if (width < 16 || height < 16 || width > 8192 || height > 8192 || width % 2 || height % 2 || num <= 0 || den <= 0)
    return FALSE;

  gst_video_info_set_format (&self->info, GST_VIDEO_FORMAT_I420, width, height);
  self->info.fps_n = num;
  self->info.fps_d = den;
  self->first_offset = end - data + 1;
  self->frame_size = FRAME_LINE_SIZE + (gsize) width * height * 3 / 2;
  self->n_frames = (size - self->first_offset) / self->frame_size;

  return self->n_frames > 0;
}

static gboolean
ahoy_test_camera_start (GstBaseSrc *base)
{
  AhoyTestCamera *self = AHOY_TEST_CAMERA (base);
  g_autoptr (GError) error = NULL;

  self->file = g_mapped_file_new (self->path, FALSE, &error);
  if (self->file == NULL)
    {
      GST_ELEMENT_ERROR (self, RESOURCE, NOT_FOUND, ("%s", error->message), (NULL));
      return FALSE;
    }

  if (!parse_header (self, g_mapped_file_get_contents (self->file), g_mapped_file_get_length (self->file)))
    {
      g_clear_pointer (&self->file, g_mapped_file_unref);
      GST_ELEMENT_ERROR (self, RESOURCE, READ, ("The file is no YUV4MPEG2 of 8 bit 4:2:0 pictures"), (NULL));
      return FALSE;
    }

  self->next = 0;
  self->start = GST_CLOCK_TIME_NONE;

  return TRUE;
}

static gboolean
ahoy_test_camera_stop (GstBaseSrc *base)
{
  AhoyTestCamera *self = AHOY_TEST_CAMERA (base);

  g_clear_pointer (&self->file, g_mapped_file_unref);

  return TRUE;
}

static GstCaps *
ahoy_test_camera_get_caps (GstBaseSrc *base,
                           GstCaps    *filter)
{
  AhoyTestCamera *self = AHOY_TEST_CAMERA (base);
  g_autoptr (GstCaps) caps = NULL;

  if (self->file == NULL)
    return gst_pad_get_pad_template_caps (GST_BASE_SRC_PAD (base));

  caps = gst_video_info_to_caps (&self->info);
  if (filter)
    return gst_caps_intersect_full (filter, caps, GST_CAPS_INTERSECT_FIRST);

  return g_steal_pointer (&caps);
}

/* A copy, not the file's own memory: converters expect rows on even addresses, as a camera's driver gives them, and
 * the rows of the file have no padding. */
static GstBuffer *
copy_picture (AhoyTestCamera *self,
              const guint8   *from)
{
  static const GstAllocationParams params = { 0, 31, 0, 0, { NULL } };
  GstBuffer *buffer = gst_buffer_new_allocate (NULL, GST_VIDEO_INFO_SIZE (&self->info), (GstAllocationParams *) &params);
  GstVideoFrame frame;

  gst_video_frame_map (&frame, &self->info, buffer, GST_MAP_WRITE);
  for (guint plane = 0; plane < 3; plane++)
    {
      int width = GST_VIDEO_FRAME_COMP_WIDTH (&frame, plane);
      guint8 *to = GST_VIDEO_FRAME_PLANE_DATA (&frame, plane);

      for (int y = 0; y < GST_VIDEO_FRAME_COMP_HEIGHT (&frame, plane); y++, from += width)
        memcpy (to + y * GST_VIDEO_FRAME_PLANE_STRIDE (&frame, plane), from, width);
    }
  gst_video_frame_unmap (&frame);

  return buffer;
}

static GstFlowReturn
ahoy_test_camera_create (GstPushSrc  *push,
                         GstBuffer  **buffer)
{
  AhoyTestCamera *self = AHOY_TEST_CAMERA (push);
  GstClockTime now = gst_element_get_current_running_time (GST_ELEMENT (self));
  GstClockTime duration = gst_util_uint64_scale_int (GST_SECOND, self->info.fps_d, self->info.fps_n);
  const char *data = g_mapped_file_get_contents (self->file);
  gsize offset;

  if (!GST_CLOCK_TIME_IS_VALID (self->start))
    self->start = GST_CLOCK_TIME_IS_VALID (now) ? now : 0;
  /* Pictures whose time has passed are lost, as with a real camera. */
  if (GST_CLOCK_TIME_IS_VALID (now) && now > self->start)
    self->next = MAX (self->next, (now - self->start) / duration);

  offset = self->first_offset + self->next % self->n_frames * self->frame_size;
  if (memcmp (data + offset, FRAME_LINE, FRAME_LINE_SIZE) != 0)
    {
      GST_ELEMENT_ERROR (self, RESOURCE, READ, ("The file is damaged"), (NULL));
      return GST_FLOW_ERROR;
    }

  *buffer = copy_picture (self, (const guint8 *) data + offset + FRAME_LINE_SIZE);
  GST_BUFFER_PTS (*buffer) = self->start + self->next * duration;
  GST_BUFFER_DURATION (*buffer) = duration;
  self->next++;

  return GST_FLOW_OK;
}

/* The base class waits on the clock until the time of the picture has come. */
static void
ahoy_test_camera_get_times (GstBaseSrc   *base,
                            GstBuffer    *buffer,
                            GstClockTime *start,
                            GstClockTime *end)
{
  *start = GST_BUFFER_PTS (buffer);
  *end = *start + GST_BUFFER_DURATION (buffer);
}

static void
ahoy_test_camera_finalize (GObject *object)
{
  AhoyTestCamera *self = AHOY_TEST_CAMERA (object);

  g_clear_pointer (&self->file, g_mapped_file_unref);
  g_clear_pointer (&self->path, g_free);

  G_OBJECT_CLASS (ahoy_test_camera_parent_class)->finalize (object);
}

static void
ahoy_test_camera_class_init (AhoyTestCameraClass *klass)
{
  GstElementClass *element_class = GST_ELEMENT_CLASS (klass);
  GstBaseSrcClass *base_class = GST_BASE_SRC_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = ahoy_test_camera_finalize;
  base_class->start = ahoy_test_camera_start;
  base_class->stop = ahoy_test_camera_stop;
  base_class->get_caps = ahoy_test_camera_get_caps;
  base_class->get_times = ahoy_test_camera_get_times;
  GST_PUSH_SRC_CLASS (klass)->create = ahoy_test_camera_create;

  gst_element_class_add_static_pad_template (element_class, &src_template);
  gst_element_class_set_static_metadata (element_class, "Ahoy test camera", "Source/Video",
                                         "Plays a file as a camera would", "The Ahoy authors");
}

static void
ahoy_test_camera_init (AhoyTestCamera *self)
{
  gst_base_src_set_live (GST_BASE_SRC (self), TRUE);
  gst_base_src_set_format (GST_BASE_SRC (self), GST_FORMAT_TIME);
}

GstElement *
ahoy_test_camera_new (const char *path)
{
  AhoyTestCamera *self = g_object_new (AHOY_TYPE_TEST_CAMERA, NULL);

  self->path = g_strdup (path);

  return GST_ELEMENT (self);
}
