/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "ahoy-capture-video.h"

#include "ahoy-counter-strip.h"
#include "ahoy-media-problem.h"
#include "ahoy-pipeline.h"
#include "ahoy-test-hooks-private.h"
#include "ahoy-video-codec.h"
#include "ahoy-video-sink.h"
#include "ahoy-video-track-private.h"

#include <gst/app/gstappsink.h>
#include <gst/app/gstappsrc.h>
#include <gst/video/video.h>
#include <stdio.h>

#define RETRY_MS 2000
#define DEFAULT_SIZE "width=(int)[16,1280],height=(int)[16,720]"

/* What the streaming threads may touch. */
typedef struct
{
  AhoyFanOut *fan_out;        /* (owned) */
  AhoyVideoMailbox *mailbox;  /* (owned): of the own picture */
  AhoyKeyFrameRequest *key_frame; /* (owned) */
  const AhoyVideoCodec *codec;
  GstElement *encoder;        /* (owned) (nullable), while the encoder's pipeline runs */
  GstElement *encoder_in;     /* (owned) (nullable) */
  int width, height;          /* camera thread: what the encoder was told */
  int target_bitrate;         /* atomic */
  int is_open;                /* atomic: what comes while it is not was captured against the person's wish */
} Shared;

struct _AhoyCaptureVideo
{
  GObject parent_instance;

  AhoyPipeline *camera;           /* (owned) (nullable), while open */
  AhoyPipeline *encoder;          /* (owned) (nullable), from the first camera on */
  Shared *shared;                 /* (owned) */
  AhoyVideoTrack *self_view;      /* (owned) */
  AhoyKeyFrameRequest *key_frame; /* (owned) */
  AhoyDevice *device;             /* (owned) (nullable) */
  int problem;                    /* the code that was told and not yet solved, else 0 */
  guint retry_source_id;
  gboolean is_wanted;
};

G_DEFINE_FINAL_TYPE (AhoyCaptureVideo, ahoy_capture_video, G_TYPE_OBJECT)

enum
{
  SIGNAL_PROBLEM,
  SIGNAL_PROBLEM_SOLVED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

static void
shared_free (gpointer data)
{
  Shared *shared = data;

  gst_clear_object (&shared->encoder);
  gst_clear_object (&shared->encoder_in);
  ahoy_fan_out_unref (shared->fan_out);
  ahoy_video_mailbox_unref (shared->mailbox);
  ahoy_key_frame_request_unref (shared->key_frame);
}

static void
shared_unref (gpointer data)
{
  g_atomic_rc_box_release_full (data, shared_free);
}

static void
set_problem (AhoyCaptureVideo *self,
             GError           *error)
{
  int solved = self->problem;

  if (error && self->problem == error->code)
    return;

  self->problem = error ? error->code : 0;
  if (solved)
    g_signal_emit (self, signals[SIGNAL_PROBLEM_SOLVED], 0, solved);
  if (error)
    g_signal_emit (self, signals[SIGNAL_PROBLEM], 0, error);
}

static void
trace_captured (GstBuffer          *buffer,
                const GstVideoInfo *info)
{
  GstVideoFrame frame;
  guint counter;

  if (!gst_video_frame_map (&frame, info, buffer, GST_MAP_READ))
    return;

  if (ahoy_counter_strip_read (GST_VIDEO_FRAME_PLANE_DATA (&frame, 0),
                               (gsize) GST_VIDEO_FRAME_PLANE_STRIDE (&frame, 0) * GST_VIDEO_FRAME_HEIGHT (&frame),
                               GST_VIDEO_FRAME_WIDTH (&frame), GST_VIDEO_FRAME_HEIGHT (&frame),
                               GST_VIDEO_FRAME_PLANE_STRIDE (&frame, 0), 1, 0, &counter))
    ahoy_trace_frame ('C', counter, GST_VIDEO_FRAME_WIDTH (&frame), GST_VIDEO_FRAME_HEIGHT (&frame));
  gst_video_frame_unmap (&frame);
}

/* Pictures nobody looks at are not converted. */
static GstPadProbeReturn
on_self_view_streaming (GstPad          *pad,
                        GstPadProbeInfo *info,
                        gpointer         data)
{
  Shared *shared = data;

  return g_atomic_int_get (&shared->is_open) && ahoy_video_mailbox_is_watched (shared->mailbox) ? GST_PAD_PROBE_OK
                                                                                                : GST_PAD_PROBE_DROP;
}

static GstFlowReturn
on_captured_streaming (GstAppSink *sink,
                       gpointer    data)
{
  Shared *shared = data;
  g_autoptr (GstSample) sample = gst_app_sink_pull_sample (sink);
  GstVideoInfo info;

  if (!g_atomic_int_get (&shared->is_open))
    return GST_FLOW_OK;

  if (sample == NULL || !gst_video_info_from_caps (&info, gst_sample_get_caps (sample)))
    return GST_FLOW_OK;

  if (ahoy_trace_is_on ())
    trace_captured (gst_sample_get_buffer (sample), &info);
  ahoy_video_mailbox_note_streaming (shared->mailbox, GST_VIDEO_INFO_WIDTH (&info), GST_VIDEO_INFO_HEIGHT (&info));

  if (!ahoy_fan_out_is_wanted (shared->fan_out))
    return GST_FLOW_OK;

  if (info.width != shared->width || info.height != shared->height)
    {
      guint bitrate = ahoy_video_codec_target_bitrate (info.width, info.height);

      shared->width = info.width;
      shared->height = info.height;
      g_atomic_int_set (&shared->target_bitrate, bitrate);
      g_object_set (shared->encoder, shared->codec->bitrate_name, bitrate / shared->codec->bitrate_unit, NULL);
    }
  gst_app_src_push_sample (GST_APP_SRC (shared->encoder_in), sample);

  return GST_FLOW_OK;
}

static GstFlowReturn
on_encoded_streaming (GstAppSink *sink,
                      gpointer    data)
{
  Shared *shared = data;
  g_autoptr (GstSample) sample = gst_app_sink_pull_sample (sink);

  if (sample && !ahoy_fan_out_push_streaming (shared->fan_out, gst_sample_get_buffer (sample)))
    ahoy_key_frame_request_send (shared->key_frame);

  return GST_FLOW_OK;
}

static void
on_encoder_failed (AhoyPipeline *pipeline,
                   GstElement   *source,
                   const GError *error,
                   gpointer      owner)
{
  AhoyCaptureVideo *self = owner;
  g_autoptr (GError) problem = g_error_new_literal (AHOY_MEDIA_ERROR, AHOY_MEDIA_ERROR_CAMERA_FAILED, error->message);

  set_problem (self, problem);
}

static gboolean
build_encoder (AhoyCaptureVideo *self)
{
  GstAppSinkCallbacks callbacks = { .new_sample = on_encoded_streaming };
  g_autofree char *description = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (GstElement) out = NULL;

  if (self->encoder)
    return TRUE;

  description = g_strdup_printf ("appsrc name=in is-live=true format=time max-buffers=2 max-bytes=0 "
                                 "leaky-type=downstream min-latency=0 ! %s ! appsink name=out sync=false async=false",
                                 self->shared->codec->encoder);
  self->encoder = ahoy_pipeline_parse ("encoder", description, on_encoder_failed, self, &error);
  if (self->encoder == NULL)
    {
      const char *missing = ahoy_media_problem_find_missing (self->shared->codec->elements);
      g_autoptr (GError) problem = ahoy_media_problem_new_missing (missing ? missing : self->shared->codec->name);

      g_debug ("No encoder: %s", error->message);
      set_problem (self, problem);
      return FALSE;
    }

  self->shared->encoder = ahoy_pipeline_get_element (self->encoder, "encoder");
  self->shared->encoder_in = ahoy_pipeline_get_element (self->encoder, "in");
  out = ahoy_pipeline_get_element (self->encoder, "out");
  gst_app_sink_set_callbacks (GST_APP_SINK (out), &callbacks, g_atomic_rc_box_acquire (self->shared), shared_unref);
  ahoy_key_frame_request_set_sink (self->key_frame, out);

  return ahoy_pipeline_start_now (self->encoder);
}

static void
close_camera (AhoyCaptureVideo *self)
{
  /* One that is still being opened goes on until its thread is done. */
  g_atomic_int_set (&self->shared->is_open, FALSE);
  if (self->camera)
    ahoy_pipeline_stop (self->camera);
  g_clear_object (&self->camera);
  ahoy_video_track_clear (self->self_view);
}

static gboolean open_camera (AhoyCaptureVideo *self);

static gboolean
on_retry (gpointer data)
{
  AhoyCaptureVideo *self = data;

  self->retry_source_id = 0;
  if (self->is_wanted && self->device && self->camera == NULL)
    open_camera (self);

  return G_SOURCE_REMOVE;
}

static void
on_camera_failed (AhoyPipeline *pipeline,
                  GstElement   *source,
                  const GError *error,
                  gpointer      owner)
{
  AhoyCaptureVideo *self = owner;
  AhoyMediaError code = AHOY_MEDIA_ERROR_CAMERA_FAILED;
  g_autoptr (GError) problem = NULL;

  if (g_error_matches (error, GST_RESOURCE_ERROR, GST_RESOURCE_ERROR_BUSY))
    code = AHOY_MEDIA_ERROR_CAMERA_BUSY;
  else if (g_error_matches (error, GST_RESOURCE_ERROR, GST_RESOURCE_ERROR_NOT_AUTHORIZED))
    code = AHOY_MEDIA_ERROR_CAMERA_NOT_AUTHORIZED;
  else if (g_error_matches (error, GST_RESOURCE_ERROR, GST_RESOURCE_ERROR_NOT_FOUND))
    code = AHOY_MEDIA_ERROR_CAMERA_MISSING;

  problem = g_error_new_literal (AHOY_MEDIA_ERROR, code, error->message);
  close_camera (self);
  if (self->retry_source_id == 0)
    self->retry_source_id = g_timeout_add (RETRY_MS, on_retry, self);
  set_problem (self, problem);
}

static char *
describe_size (void)
{
  const char *size = g_getenv ("AHOY_TEST_CAPTURE_SIZE");
  int width = 0, height = 0;

  if (size && sscanf (size, "%dx%d", &width, &height) == 2 && width >= 16 && height >= 16)
    return g_strdup_printf ("width=%d,height=%d", width, height);

  return g_strdup (DEFAULT_SIZE);
}

/* From the first picture on, the camera is known to work. */
static void
on_self_view_active (AhoyCaptureVideo *self)
{
  if (self->camera && ahoy_video_track_get_active (self->self_view))
    set_problem (self, NULL);
}

/* Left alone, many cameras offer their largest picture first, at a few frames a second. */
static void
link_camera (GstElement *source,
             GstElement *decode)
{
  g_autoptr (GstCaps) caps = gst_caps_from_string (
    "video/x-raw,width=(int)[320,1280],height=(int)[180,720],framerate=(fraction)[15/1,60/1];"
    "image/jpeg,width=(int)[320,1280],height=(int)[180,720],framerate=(fraction)[15/1,60/1];"
    "video/x-raw;image/jpeg");

  if (!gst_element_link_filtered (source, decode, caps))
    gst_element_link (source, decode);
}

static gboolean
open_camera (AhoyCaptureVideo *self)
{
  GstAppSinkCallbacks callbacks = { .new_sample = on_captured_streaming };
  g_autofree char *size = describe_size ();
  g_autofree char *description = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (GstElement) convert = NULL;
  g_autoptr (GstElement) preview = NULL;
  g_autoptr (GstElement) out = NULL;
  g_autoptr (GstPad) pad = NULL;
  GstElement *source, *sink;
  GstBin *bin;

  if (!build_encoder (self))
    return FALSE;

  source = ahoy_device_create_source (self->device);
  if (source == NULL)
    return FALSE;

  description = g_strdup_printf (
    "decodebin name=decode ! videoconvert name=convert ! videoscale ! videorate drop-only=true max-rate=30 ! "
    "video/x-raw,format=I420,%s,pixel-aspect-ratio=1/1 ! tee name=t "
    "t. ! appsink name=out sync=false async=false max-buffers=2 drop=true "
    "t. ! queue leaky=downstream max-size-buffers=2 max-size-bytes=0 max-size-time=0 ! videoconvert name=preview", size);
  if (ahoy_device_is_test_camera (self->device))
    description = (g_free (description), g_strdup_printf (
      "videoscale name=convert ! video/x-raw,format=I420,%s,pixel-aspect-ratio=1/1 ! tee name=t "
      "t. ! appsink name=out sync=false async=false max-buffers=2 drop=true "
      "t. ! queue leaky=downstream max-size-buffers=2 max-size-bytes=0 max-size-time=0 ! videoconvert name=preview", size));

  self->camera = ahoy_pipeline_parse ("camera", description, on_camera_failed, self, &error);
  if (self->camera == NULL)
    {
      g_autoptr (GError) problem = ahoy_media_problem_new_missing ("videoscale");

      g_debug ("No camera: %s", error->message);
      gst_object_unref (gst_object_ref_sink (source));
      set_problem (self, problem);
      return FALSE;
    }

  bin = ahoy_pipeline_get_bin (self->camera);
  sink = ahoy_video_sink_new (self->shared->mailbox);
  g_object_set (sink, "sync", FALSE, NULL);
  gst_bin_add_many (bin, source, sink, NULL);
  convert = ahoy_pipeline_get_element (self->camera, ahoy_device_is_test_camera (self->device) ? "convert" : "decode");
  preview = ahoy_pipeline_get_element (self->camera, "preview");
  if (ahoy_device_is_test_camera (self->device))
    gst_element_link (source, convert);
  else
    link_camera (source, convert);
  gst_element_link (preview, sink);
  pad = gst_element_get_static_pad (preview, "sink");
  gst_pad_add_probe (pad, GST_PAD_PROBE_TYPE_BUFFER, on_self_view_streaming,
                     g_atomic_rc_box_acquire (self->shared), shared_unref);
  out = ahoy_pipeline_get_element (self->camera, "out");
  gst_app_sink_set_callbacks (GST_APP_SINK (out), &callbacks, g_atomic_rc_box_acquire (self->shared), shared_unref);

  g_atomic_int_set (&self->shared->is_open, TRUE);
  ahoy_pipeline_start (self->camera);

  return TRUE;
}

static void
ahoy_capture_video_dispose (GObject *object)
{
  AhoyCaptureVideo *self = AHOY_CAPTURE_VIDEO (object);

  g_clear_handle_id (&self->retry_source_id, g_source_remove);
  if (self->self_view)
    close_camera (self);
  if (self->encoder)
    ahoy_pipeline_stop (self->encoder);
  g_clear_object (&self->encoder);
  ahoy_key_frame_request_set_sink (self->key_frame, NULL);
  g_clear_object (&self->device);
  g_clear_object (&self->self_view);

  G_OBJECT_CLASS (ahoy_capture_video_parent_class)->dispose (object);
}

static void
ahoy_capture_video_finalize (GObject *object)
{
  AhoyCaptureVideo *self = AHOY_CAPTURE_VIDEO (object);

  ahoy_key_frame_request_unref (self->key_frame);
  shared_unref (self->shared);

  G_OBJECT_CLASS (ahoy_capture_video_parent_class)->finalize (object);
}

static void
ahoy_capture_video_class_init (AhoyCaptureVideoClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GType type = G_TYPE_FROM_CLASS (klass);

  object_class->dispose = ahoy_capture_video_dispose;
  object_class->finalize = ahoy_capture_video_finalize;

  signals[SIGNAL_PROBLEM] = g_signal_new ("problem", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                          G_TYPE_NONE, 1, G_TYPE_ERROR);
  signals[SIGNAL_PROBLEM_SOLVED] = g_signal_new ("problem-solved", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                                 G_TYPE_NONE, 1, G_TYPE_INT);
}

static void
ahoy_capture_video_init (AhoyCaptureVideo *self)
{
  self->self_view = ahoy_video_track_new (FALSE);
  self->key_frame = ahoy_key_frame_request_new ();
  self->shared = g_atomic_rc_box_new0 (Shared);
  self->shared->fan_out = ahoy_fan_out_new ();
  self->shared->key_frame = ahoy_key_frame_request_ref (self->key_frame);
  self->shared->mailbox = ahoy_video_mailbox_ref (ahoy_video_track_get_mailbox (self->self_view));
  self->shared->codec = ahoy_video_codec_get ();
  g_signal_connect_object (self->self_view, "notify::active", G_CALLBACK (on_self_view_active), self, G_CONNECT_SWAPPED);
}

AhoyCaptureVideo *
ahoy_capture_video_new (void)
{
  return g_object_new (AHOY_TYPE_CAPTURE_VIDEO, NULL);
}

AhoyVideoTrack *
ahoy_capture_video_get_self_view (AhoyCaptureVideo *self)
{
  return self->self_view;
}

AhoyFanOut *
ahoy_capture_video_get_fan_out (AhoyCaptureVideo *self)
{
  return self->shared->fan_out;
}

AhoyKeyFrameRequest *
ahoy_capture_video_get_key_frame_request (AhoyCaptureVideo *self)
{
  return self->key_frame;
}

void
ahoy_capture_video_set_camera (AhoyCaptureVideo *self,
                               gboolean          wanted,
                               AhoyDevice       *device)
{
  gboolean is_same = self->device == device && self->is_wanted == wanted;

  if (is_same && (!wanted || self->camera))
    return;

  self->is_wanted = wanted;
  g_set_object (&self->device, device);
  close_camera (self);
  if (wanted && device)
    {
      open_camera (self);
    }
  else if (wanted)
    {
      g_autoptr (GError) problem = g_error_new_literal (AHOY_MEDIA_ERROR, AHOY_MEDIA_ERROR_CAMERA_MISSING,
                                                        "There is no camera");

      set_problem (self, problem);
    }
  else
    {
      set_problem (self, NULL);
    }
}

guint
ahoy_capture_video_get_target_bitrate (AhoyCaptureVideo *self)
{
  return g_atomic_int_get (&self->shared->target_bitrate);
}
