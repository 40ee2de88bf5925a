/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "ahoy-video-encoder.h"

#include "ahoy-video-codec.h"

#include <gst/app/gstappsink.h>
#include <gst/app/gstappsrc.h>

struct _AhoyVideoEncoder
{
  AhoyPipeline *pipeline;         /* (owned) (nullable), while it runs; main context */
  AhoyFanOut *fan_out;            /* (owned) */
  AhoyKeyFrameRequest *key_frame; /* (owned) */
  const AhoyVideoCodec *codec;
  GMutex mutex;
  GstElement *encoder;            /* (owned) (nullable) (mutex mutex), while it runs */
  GstElement *in;                 /* (owned) (nullable) (mutex mutex), while it runs */
  int width, height;              /* (mutex mutex): of the last picture */
  int bitrate;                    /* atomic: what the encoder was told */
};

AhoyVideoEncoder *
ahoy_video_encoder_new (void)
{
  AhoyVideoEncoder *self = g_atomic_rc_box_new0 (AhoyVideoEncoder);

  g_mutex_init (&self->mutex);
  self->fan_out = ahoy_fan_out_new ();
  self->key_frame = ahoy_key_frame_request_new ();
  self->codec = ahoy_video_codec_get ();

  return self;
}

AhoyVideoEncoder *
ahoy_video_encoder_ref (AhoyVideoEncoder *self)
{
  return g_atomic_rc_box_acquire (self);
}

static void
video_encoder_free (gpointer data)
{
  AhoyVideoEncoder *self = data;

  gst_clear_object (&self->encoder);
  gst_clear_object (&self->in);
  ahoy_fan_out_unref (self->fan_out);
  ahoy_key_frame_request_unref (self->key_frame);
  g_mutex_clear (&self->mutex);
}

void
ahoy_video_encoder_unref (AhoyVideoEncoder *self)
{
  g_atomic_rc_box_release_full (self, video_encoder_free);
}

static GstFlowReturn
on_encoded_streaming (GstAppSink *sink,
                      gpointer    data)
{
  AhoyVideoEncoder *self = data;
  g_autoptr (GstSample) sample = gst_app_sink_pull_sample (sink);

  if (sample && !ahoy_fan_out_push_streaming (self->fan_out, gst_sample_get_buffer (sample)))
    ahoy_key_frame_request_send (self->key_frame);

  return GST_FLOW_OK;
}

static void
take_elements (AhoyVideoEncoder *self)
{
  GstAppSinkCallbacks callbacks = { .new_sample = on_encoded_streaming };
  g_autoptr (GstElement) out = ahoy_pipeline_get_element (self->pipeline, "out");

  g_mutex_lock (&self->mutex);
  self->encoder = ahoy_pipeline_get_element (self->pipeline, "encoder");
  self->in = ahoy_pipeline_get_element (self->pipeline, "in");
  self->width = self->height = 0;
  g_mutex_unlock (&self->mutex);
  gst_app_sink_set_callbacks (GST_APP_SINK (out), &callbacks, ahoy_video_encoder_ref (self),
                              (GDestroyNotify) ahoy_video_encoder_unref);
  ahoy_key_frame_request_set_sink (self->key_frame, out);
}

gboolean
ahoy_video_encoder_start (AhoyVideoEncoder    *self,
                          AhoyPipelineFailed   failed,
                          gpointer             owner,
                          GError             **error)
{
  g_autofree char *description = NULL;

  if (self->pipeline)
    return TRUE;

  description = g_strdup_printf ("appsrc name=in is-live=true format=time max-buffers=2 max-bytes=0 "
                                 "leaky-type=downstream min-latency=0 ! %s ! appsink name=out sync=false async=false",
                                 self->codec->encoder);
  self->pipeline = ahoy_pipeline_parse ("encoder", description, failed, owner, error);
  if (self->pipeline == NULL)
    return FALSE;

  take_elements (self);
  ahoy_pipeline_start_now (self->pipeline);

  return TRUE;
}

void
ahoy_video_encoder_stop (AhoyVideoEncoder *self)
{
  if (self->pipeline == NULL)
    return;

  ahoy_pipeline_stop (self->pipeline);
  g_mutex_lock (&self->mutex);
  gst_clear_object (&self->encoder);
  gst_clear_object (&self->in);
  g_mutex_unlock (&self->mutex);
  g_clear_object (&self->pipeline);
  ahoy_key_frame_request_set_sink (self->key_frame, NULL);
}

AhoyFanOut *
ahoy_video_encoder_get_fan_out (AhoyVideoEncoder *self)
{
  return self->fan_out;
}

AhoyKeyFrameRequest *
ahoy_video_encoder_get_key_frame_request (AhoyVideoEncoder *self)
{
  return self->key_frame;
}

guint
ahoy_video_encoder_get_bitrate (AhoyVideoEncoder *self)
{
  return g_atomic_int_get (&self->bitrate);
}

static void
set_size_locked (AhoyVideoEncoder *self,
                 int               width,
                 int               height)
{
  guint bitrate = ahoy_video_codec_target_bitrate (width, height);

  self->width = width;
  self->height = height;
  g_atomic_int_set (&self->bitrate, bitrate);
  g_object_set (self->encoder, self->codec->bitrate_name, bitrate / self->codec->bitrate_unit, NULL);
}

void
ahoy_video_encoder_push_streaming (AhoyVideoEncoder *self,
                                   GstSample        *sample,
                                   int               width,
                                   int               height)
{
  if (ahoy_fan_out_count_open (self->fan_out) == 0)
    return;

  g_mutex_lock (&self->mutex);
  if (self->in)
    {
      if (width != self->width || height != self->height)
        set_size_locked (self, width, height);
      gst_app_src_push_sample (GST_APP_SRC (self->in), sample);
    }
  g_mutex_unlock (&self->mutex);
}
