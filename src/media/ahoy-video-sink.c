/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "ahoy-video-sink.h"

#include <gst/video/video.h>

struct _AhoyVideoSink
{
  GstVideoSink parent_instance;

  AhoyVideoMailbox *mailbox; /* (owned), from construction */
  GstVideoInfo info;         /* streaming thread */
  int format;                /* streaming thread: what was asked of the converter */
};

G_DEFINE_FINAL_TYPE (AhoyVideoSink, ahoy_video_sink, GST_TYPE_VIDEO_SINK)

static GstStaticPadTemplate sink_template =
  GST_STATIC_PAD_TEMPLATE ("sink", GST_PAD_SINK, GST_PAD_ALWAYS,
                           GST_STATIC_CAPS (GST_VIDEO_CAPS_MAKE ("{ RGB, BGRx }")));

typedef struct
{
  GstVideoFrame frame;
} MappedFrame;

static void
unmap_frame (gpointer data)
{
  MappedFrame *mapped = data;

  gst_video_frame_unmap (&mapped->frame);
  g_free (mapped);
}

static GstCaps *
ahoy_video_sink_get_caps (GstBaseSink *base,
                          GstCaps     *filter)
{
  AhoyVideoSink *self = AHOY_VIDEO_SINK (base);
  g_autoptr (GstCaps) caps = NULL;

  caps = gst_caps_from_string (ahoy_video_mailbox_get_format (self->mailbox) == AHOY_PIXEL_FORMAT_RGB
                                 ? GST_VIDEO_CAPS_MAKE ("RGB")
                                 : GST_VIDEO_CAPS_MAKE ("BGRx"));
  if (filter)
    return gst_caps_intersect_full (filter, caps, GST_CAPS_INTERSECT_FIRST);

  return g_steal_pointer (&caps);
}

static gboolean
ahoy_video_sink_set_info (GstVideoSink       *sink,
                          GstCaps            *caps,
                          const GstVideoInfo *info)
{
  AhoyVideoSink *self = AHOY_VIDEO_SINK (sink);

  self->info = *info;
  self->format = GST_VIDEO_INFO_FORMAT (info) == GST_VIDEO_FORMAT_RGB ? AHOY_PIXEL_FORMAT_RGB : AHOY_PIXEL_FORMAT_BGRX;

  return TRUE;
}

static gboolean
ahoy_video_sink_propose_allocation (GstBaseSink *base,
                                    GstQuery    *query)
{
  gst_query_add_allocation_meta (query, GST_VIDEO_META_API_TYPE, NULL);

  return TRUE;
}

static GstFlowReturn
ahoy_video_sink_show_frame (GstVideoSink *sink,
                            GstBuffer    *buffer)
{
  AhoyVideoSink *self = AHOY_VIDEO_SINK (sink);
  MappedFrame *mapped;
  g_autoptr (GBytes) bytes = NULL;
  g_autoptr (AhoyVideoFrame) frame = NULL;
  int stride;

  if (!ahoy_video_mailbox_is_watched (self->mailbox))
    return GST_FLOW_OK;

  /* The watcher wants other pixels than before: asks the converter for the next ones. */
  if (self->format != (int) ahoy_video_mailbox_get_format (self->mailbox))
    gst_pad_push_event (GST_BASE_SINK_PAD (self), gst_event_new_reconfigure ());

  mapped = g_new0 (MappedFrame, 1);
  if (!gst_video_frame_map (&mapped->frame, &self->info, buffer, GST_MAP_READ))
    {
      g_free (mapped);
      return GST_FLOW_OK;
    }

  stride = GST_VIDEO_FRAME_PLANE_STRIDE (&mapped->frame, 0);
  bytes = g_bytes_new_with_free_func (GST_VIDEO_FRAME_PLANE_DATA (&mapped->frame, 0),
                                      (gsize) stride * GST_VIDEO_INFO_HEIGHT (&self->info),
                                      unmap_frame, mapped);
  frame = ahoy_video_frame_new (GST_VIDEO_INFO_WIDTH (&self->info), GST_VIDEO_INFO_HEIGHT (&self->info),
                                stride, self->format, bytes, g_get_monotonic_time ());
  ahoy_video_mailbox_put_streaming (self->mailbox, frame);

  return GST_FLOW_OK;
}

static void
ahoy_video_sink_finalize (GObject *object)
{
  AhoyVideoSink *self = AHOY_VIDEO_SINK (object);

  g_clear_pointer (&self->mailbox, ahoy_video_mailbox_unref);

  G_OBJECT_CLASS (ahoy_video_sink_parent_class)->finalize (object);
}

static void
ahoy_video_sink_class_init (AhoyVideoSinkClass *klass)
{
  GstElementClass *element_class = GST_ELEMENT_CLASS (klass);
  GstBaseSinkClass *base_class = GST_BASE_SINK_CLASS (klass);
  GstVideoSinkClass *sink_class = GST_VIDEO_SINK_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = ahoy_video_sink_finalize;
  base_class->get_caps = ahoy_video_sink_get_caps;
  base_class->propose_allocation = ahoy_video_sink_propose_allocation;
  sink_class->set_info = ahoy_video_sink_set_info;
  sink_class->show_frame = ahoy_video_sink_show_frame;

  gst_element_class_add_static_pad_template (element_class, &sink_template);
  gst_element_class_set_static_metadata (element_class, "Ahoy video sink", "Sink/Video",
                                         "Hands pictures to a track", "The Ahoy authors");
}

static void
ahoy_video_sink_init (AhoyVideoSink *self)
{
  GstBaseSink *base = GST_BASE_SINK (self);

  /* A late picture is still the newest one there is: it is shown, never thrown away. */
  gst_base_sink_set_max_lateness (base, -1);
  gst_base_sink_set_qos_enabled (base, FALSE);
  gst_base_sink_set_async_enabled (base, FALSE);
  gst_base_sink_set_last_sample_enabled (base, FALSE);
  gst_base_sink_set_processing_deadline (base, 0);
}

GstElement *
ahoy_video_sink_new (AhoyVideoMailbox *mailbox)
{
  AhoyVideoSink *self = g_object_new (AHOY_TYPE_VIDEO_SINK, NULL);

  self->mailbox = ahoy_video_mailbox_ref (mailbox);

  return GST_ELEMENT (self);
}
