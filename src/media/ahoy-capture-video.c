/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "ahoy-capture-video.h"

#include "ahoy-background-filter.h"
#include "ahoy-beauty-filter.h"
#include "ahoy-counter-strip.h"
#include "ahoy-media-problem.h"
#include "ahoy-pipeline.h"
#include "ahoy-test-hooks-private.h"
#include "ahoy-video-codec.h"
#include "ahoy-video-encoder.h"
#include "ahoy-video-settings-private.h"
#include "ahoy-video-sink.h"
#include "ahoy-video-track-private.h"

#include <gst/app/gstappsink.h>
#include <gst/video/video.h>
#include <stdio.h>

#define RETRY_MS 2000

/* What the streaming threads may touch. */
typedef struct
{
  AhoyVideoEncoder *encoder;  /* (owned) */
  AhoyVideoMailbox *mailbox;  /* (owned): of the own picture */
  int is_open;                /* atomic: what comes while it is not was captured against the person's wish */
  int is_portrait;            /* atomic: the wanted shape */
} Shared;

struct _AhoyCaptureVideo
{
  GObject parent_instance;

  AhoyPipeline *camera;           /* (owned) (nullable), while open */
  Shared *shared;                 /* (owned) */
  AhoyVideoTrack *self_view;      /* (owned) */
  AhoyVideoSettings *settings;    /* (owned) */
  AhoyDevice *device;             /* (owned) (nullable) */
  int problem;                    /* the code that was told and not yet solved, else 0 */
  int source_limit;               /* the longer side that was asked of the open camera */
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

  ahoy_video_encoder_unref (shared->encoder);
  ahoy_video_mailbox_unref (shared->mailbox);
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

  ahoy_video_encoder_push_streaming (shared->encoder, sample, info.width, info.height);

  return GST_FLOW_OK;
}

/* A camera of another shape than the wanted one loses its sides; one of the same is left whole, whether it is 16 by 9
 * or 4 by 3. */
static void
fit_shape (Shared     *shared,
           GstElement *crop,
           GstCaps    *caps)
{
  gboolean portrait = g_atomic_int_get (&shared->is_portrait);
  gboolean wanted;
  int width = 0, height = 0;

  gst_structure_get_int (gst_caps_get_structure (caps, 0), "width", &width);
  gst_structure_get_int (gst_caps_get_structure (caps, 0), "height", &height);
  wanted = portrait != (height > width);
  if (wanted)
    g_object_set (crop, "aspect-ratio", portrait ? 9 : 16, portrait ? 16 : 9, NULL);
  else
    g_object_set (crop, "aspect-ratio", 0, 1, NULL);
}

static GstPadProbeReturn
on_camera_caps_streaming (GstPad          *pad,
                          GstPadProbeInfo *info,
                          gpointer         data)
{
  GstEvent *event = GST_PAD_PROBE_INFO_EVENT (info);
  g_autoptr (GstElement) crop = NULL;
  GstCaps *caps;

  if (GST_EVENT_TYPE (event) != GST_EVENT_CAPS)
    return GST_PAD_PROBE_OK;

  gst_event_parse_caps (event, &caps);
  crop = gst_pad_get_parent_element (pad);
  if (crop)
    fit_shape (data, crop, caps);

  return GST_PAD_PROBE_OK;
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
start_encoder (AhoyCaptureVideo *self)
{
  const AhoyVideoCodec *codec = ahoy_video_codec_get ();
  g_autoptr (GError) error = NULL;
  g_autoptr (GError) problem = NULL;
  const char *missing;

  if (ahoy_video_encoder_start (self->shared->encoder, on_encoder_failed, self, &error))
    return TRUE;

  g_debug ("No encoder: %s", error->message);
  missing = ahoy_media_problem_find_missing (codec->elements);
  problem = ahoy_media_problem_new_missing (missing ? missing : codec->name);
  set_problem (self, problem);

  return FALSE;
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

/* A picture that is smaller is sent as it is. Halves of pixels cannot be encoded. */
static GstCaps *
make_size_caps (AhoyCaptureVideo *self)
{
  const char *fixed = g_getenv ("AHOY_TEST_CAPTURE_SIZE");
  g_autofree char *text = NULL;
  int width = 0, height = 0;

  if (fixed && sscanf (fixed, "%dx%d", &width, &height) == 2 && width >= 16 && height >= 16)
    text = g_strdup_printf ("video/x-raw,format=I420,width=%d,height=%d,pixel-aspect-ratio=1/1", width, height);
  else
    text = g_strdup_printf ("video/x-raw,format=I420,width=(int)[16,%d,2],height=(int)[16,%d,2],pixel-aspect-ratio=1/1",
                            ahoy_video_settings_get_width (self->settings),
                            ahoy_video_settings_get_height (self->settings));

  return gst_caps_from_string (text);
}

/* From the first picture on, the camera is known to work. */
static void
on_self_view_active (AhoyCaptureVideo *self)
{
  if (self->camera && ahoy_video_track_get_active (self->self_view))
    set_problem (self, NULL);
}

static int
get_source_limit (AhoyCaptureVideo *self)
{
  return MAX (ahoy_video_settings_get_width (self->settings), ahoy_video_settings_get_height (self->settings));
}

/* Left alone, many cameras offer their largest picture first, at a few frames a second. */
static void
link_camera (AhoyCaptureVideo *self,
             GstElement       *source,
             GstElement       *decode)
{
  int width = self->source_limit, height = width * 9 / 16;
  g_autofree char *text = NULL;
  g_autoptr (GstCaps) caps = NULL;

  text = g_strdup_printf ("video/x-raw,width=(int)[320,%d],height=(int)[180,%d],framerate=(fraction)[15/1,60/1];"
                          "image/jpeg,width=(int)[320,%d],height=(int)[180,%d],framerate=(fraction)[15/1,60/1];"
                          "video/x-raw;image/jpeg", width, height, width, height);
  caps = gst_caps_from_string (text);
  if (!gst_element_link_filtered (source, decode, caps))
    gst_element_link (source, decode);
}

/* Cropped before it is scaled, scaled before it is shown: what is not sent costs nothing. Effects come in between, so
 * that nobody is shown anything else than is sent. */
#define FIT \
  "aspectratiocrop name=crop ! videoscale ! capsfilter name=size tee name=t " \
  "t. ! appsink name=out sync=false async=false max-buffers=2 drop=true " \
  "t. ! queue leaky=downstream max-size-buffers=2 max-size-bytes=0 max-size-time=0 ! videoconvert name=preview"
#define CAMERA "decodebin name=decode ! videorate drop-only=true max-rate=30 ! videoconvert ! video/x-raw,format=I420 ! " FIT

static gboolean
parse_camera (AhoyCaptureVideo *self)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GError) problem = NULL;

  self->camera = ahoy_pipeline_parse ("camera", ahoy_device_is_test_camera (self->device) ? FIT : CAMERA,
                                      on_camera_failed, self, &error);
  if (self->camera)
    return TRUE;

  g_debug ("No camera: %s", error->message);
  problem = ahoy_media_problem_new_missing ("aspectratiocrop");
  set_problem (self, problem);

  return FALSE;
}

static void
add_camera_probe (AhoyCaptureVideo    *self,
                  const char          *element_name,
                  GstPadProbeType      type,
                  GstPadProbeCallback  callback)
{
  g_autoptr (GstElement) element = ahoy_pipeline_get_element (self->camera, element_name);
  g_autoptr (GstPad) pad = gst_element_get_static_pad (element, "sink");

  gst_pad_add_probe (pad, type, callback, g_atomic_rc_box_acquire (self->shared), shared_unref);
}

static void
link_self_view (AhoyCaptureVideo *self)
{
  g_autoptr (GstElement) preview = ahoy_pipeline_get_element (self->camera, "preview");
  GstElement *sink = ahoy_video_sink_new (self->shared->mailbox);

  g_object_set (sink, "sync", FALSE, NULL);
  gst_bin_add (ahoy_pipeline_get_bin (self->camera), sink);
  gst_element_link (preview, sink);
  add_camera_probe (self, "preview", GST_PAD_PROBE_TYPE_BUFFER, on_self_view_streaming);
}

static void
add_effects (AhoyCaptureVideo *self)
{
  g_autoptr (GstElement) size = ahoy_pipeline_get_element (self->camera, "size");
  g_autoptr (GstElement) tee = ahoy_pipeline_get_element (self->camera, "t");
  GstElement *beauty = ahoy_beauty_filter_new ("beauty");
  GstElement *background = ahoy_background_filter_new ("background");

  gst_bin_add_many (ahoy_pipeline_get_bin (self->camera), beauty, background, NULL);
  gst_element_link_many (size, beauty, background, tee, NULL);
}

static void
apply_effects (AhoyCaptureVideo *self)
{
  g_autoptr (GstElement) beauty = NULL;
  g_autoptr (GstElement) background = NULL;

  if (self->camera == NULL)
    return;

  beauty = ahoy_pipeline_get_element (self->camera, "beauty");
  background = ahoy_pipeline_get_element (self->camera, "background");
  ahoy_beauty_filter_set_level (AHOY_BEAUTY_FILTER (beauty), ahoy_video_settings_get_beauty (self->settings));
  ahoy_background_filter_set (AHOY_BACKGROUND_FILTER (background),
                              ahoy_video_settings_get_background_blur (self->settings),
                              ahoy_video_settings_get_background_picture (self->settings));
}

/* The size of the picture and the side that is cut off, also while the camera runs. */
static void
apply_settings (AhoyCaptureVideo *self)
{
  g_autoptr (GstElement) size = ahoy_pipeline_get_element (self->camera, "size");
  g_autoptr (GstElement) crop = ahoy_pipeline_get_element (self->camera, "crop");
  g_autoptr (GstPad) pad = gst_element_get_static_pad (crop, "sink");
  g_autoptr (GstCaps) current = gst_pad_get_current_caps (pad);
  g_autoptr (GstCaps) caps = make_size_caps (self);

  g_atomic_int_set (&self->shared->is_portrait,
                    ahoy_video_settings_get_orientation (self->settings) == AHOY_VIDEO_ORIENTATION_PORTRAIT);
  g_object_set (size, "caps", caps, NULL);
  if (current)
    fit_shape (self->shared, crop, current);
}

static gboolean
open_camera (AhoyCaptureVideo *self)
{
  GstAppSinkCallbacks callbacks = { .new_sample = on_captured_streaming };
  gboolean is_test = ahoy_device_is_test_camera (self->device);
  g_autoptr (GstElement) entry = NULL;
  g_autoptr (GstElement) out = NULL;
  GstElement *source;

  if (!start_encoder (self) || !parse_camera (self))
    return FALSE;

  source = ahoy_device_create_source (self->device);
  if (source == NULL)
    {
      close_camera (self);
      return FALSE;
    }

  self->source_limit = get_source_limit (self);
  gst_bin_add (ahoy_pipeline_get_bin (self->camera), source);
  entry = ahoy_pipeline_get_element (self->camera, is_test ? "crop" : "decode");
  if (is_test)
    gst_element_link (source, entry);
  else
    link_camera (self, source, entry);
  add_camera_probe (self, "crop", GST_PAD_PROBE_TYPE_EVENT_DOWNSTREAM, on_camera_caps_streaming);
  add_effects (self);
  apply_settings (self);
  apply_effects (self);
  link_self_view (self);
  out = ahoy_pipeline_get_element (self->camera, "out");
  gst_app_sink_set_callbacks (GST_APP_SINK (out), &callbacks, g_atomic_rc_box_acquire (self->shared), shared_unref);

  g_atomic_int_set (&self->shared->is_open, TRUE);
  ahoy_pipeline_start (self->camera);

  return TRUE;
}

static void
on_settings_changed (AhoyCaptureVideo *self)
{
  if (self->camera == NULL)
    return;

  if (get_source_limit (self) <= self->source_limit || ahoy_device_is_test_camera (self->device))
    {
      apply_settings (self);
      return;
    }

  /* A camera that was asked for small pictures has to be opened again for bigger ones. */
  close_camera (self);
  open_camera (self);
}

static void
ahoy_capture_video_dispose (GObject *object)
{
  AhoyCaptureVideo *self = AHOY_CAPTURE_VIDEO (object);

  g_clear_handle_id (&self->retry_source_id, g_source_remove);
  if (self->self_view)
    close_camera (self);
  ahoy_video_encoder_stop (self->shared->encoder);
  g_clear_object (&self->device);
  g_clear_object (&self->self_view);
  g_clear_object (&self->settings);

  G_OBJECT_CLASS (ahoy_capture_video_parent_class)->dispose (object);
}

static void
ahoy_capture_video_finalize (GObject *object)
{
  AhoyCaptureVideo *self = AHOY_CAPTURE_VIDEO (object);

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
  self->shared = g_atomic_rc_box_new0 (Shared);
  self->shared->encoder = ahoy_video_encoder_new ();
  self->shared->mailbox = ahoy_video_mailbox_ref (ahoy_video_track_get_mailbox (self->self_view));
  g_signal_connect_object (self->self_view, "notify::active", G_CALLBACK (on_self_view_active), self, G_CONNECT_SWAPPED);
}

AhoyCaptureVideo *
ahoy_capture_video_new (AhoyVideoSettings *settings)
{
  AhoyCaptureVideo *self = g_object_new (AHOY_TYPE_CAPTURE_VIDEO, NULL);

  self->settings = g_object_ref (settings);
  g_signal_connect_object (settings, "notify::resolution", G_CALLBACK (on_settings_changed), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (settings, "notify::orientation", G_CALLBACK (on_settings_changed), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (settings, "notify::beauty", G_CALLBACK (apply_effects), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (settings, "notify::background-blur", G_CALLBACK (apply_effects), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (settings, "notify::background-image", G_CALLBACK (apply_effects), self, G_CONNECT_SWAPPED);

  return self;
}

AhoyVideoTrack *
ahoy_capture_video_get_self_view (AhoyCaptureVideo *self)
{
  return self->self_view;
}

AhoyVideoEncoder *
ahoy_capture_video_get_encoder (AhoyCaptureVideo *self)
{
  return self->shared->encoder;
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
