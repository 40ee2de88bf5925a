/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "ahoy-capture-audio.h"

#include "ahoy-device-probe.h"
#include "ahoy-media-problem.h"
#include "ahoy-noise-filter.h"
#include "ahoy-pipeline.h"
#include "ahoy-sound-level.h"

#include <gst/app/gstappsink.h>
#include <string.h>

#define RETRY_MS 2000
#define LEVEL_MS 100

/* In silence the encoder gives packets of so many bytes, which say no more than that. */
#define SILENT_PACKET 2
/* From so many listeners on silence is not sent: of nine people eight are silent, and the packets of each would be
 * most of the work of all. With fewer the noise of the room, made up from those packets, tells that somebody is there. */
#define MANY_LISTENERS 3

/* What the streaming thread may touch. */
typedef struct
{
  AhoyFanOut *fan_out; /* (owned) */
  int level;           /* atomic */
  int has_samples;     /* atomic: some came since the pipeline was built */
  int is_muted;        /* atomic */
} Shared;

struct _AhoyCaptureAudio
{
  GObject parent_instance;

  AhoyPipeline *pipeline;    /* (owned) (nullable), while started */
  Shared *shared;            /* (owned) */
  GCancellable *cancellable; /* (owned) (nullable): of a probe under way */
  char *probe_name;          /* (owned) */
  char *device;              /* (owned) (nullable) */
  int problem;               /* the code that was told and not yet solved, else 0 */
  int level;
  guint retry_source_id;
  guint level_source_id;
  gboolean is_started;
  gboolean is_muted;
  gboolean is_isolating;
  gboolean is_fallback;      /* sends silence */
};

G_DEFINE_FINAL_TYPE (AhoyCaptureAudio, ahoy_capture_audio, G_TYPE_OBJECT)

enum
{
  SIGNAL_PROBLEM,
  SIGNAL_PROBLEM_SOLVED,
  SIGNAL_LEVEL,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

static void build (AhoyCaptureAudio *self,
                   gboolean          fallback);

static void
shared_free (gpointer data)
{
  Shared *shared = data;

  ahoy_fan_out_unref (shared->fan_out);
}

static void
shared_unref (gpointer data)
{
  g_atomic_rc_box_release_full (data, shared_free);
}

static void
set_problem (AhoyCaptureAudio *self,
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
on_probed (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr (GError) error = NULL;
  gboolean opened = ahoy_device_probe_finish (result, &error);
  AhoyCaptureAudio *self = user_data;

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;

  g_clear_object (&self->cancellable);
  /* The problem is solved when samples come: the server may be there and the device not. */
  if (opened && self->pipeline && self->is_fallback)
    build (self, FALSE);
}

static gboolean
on_retry (gpointer data)
{
  AhoyCaptureAudio *self = data;

  if (!self->is_fallback || self->pipeline == NULL)
    {
      self->retry_source_id = 0;
      return G_SOURCE_REMOVE;
    }

  if (self->cancellable == NULL)
    {
      self->cancellable = g_cancellable_new ();
      ahoy_device_probe_async ("pulsesrc", self->device, self->cancellable, on_probed, self);
    }

  return G_SOURCE_CONTINUE;
}

static void
on_failed (AhoyPipeline *pipeline,
           GstElement   *source,
           const GError *error,
           gpointer      owner)
{
  AhoyCaptureAudio *self = owner;
  g_autoptr (GError) problem = NULL;
  AhoyMediaError code = AHOY_MEDIA_ERROR_MICROPHONE_FAILED;

  if (self->is_fallback)
    return;

  if (ahoy_media_problem_is_no_server (error))
    code = AHOY_MEDIA_ERROR_NO_SOUND_SERVER;
  else if (g_error_matches (error, GST_RESOURCE_ERROR, GST_RESOURCE_ERROR_NOT_FOUND) ||
           g_str_has_suffix (error->message, ": No such entity"))
    code = AHOY_MEDIA_ERROR_MICROPHONE_MISSING;
  else if (g_error_matches (error, GST_RESOURCE_ERROR, GST_RESOURCE_ERROR_BUSY))
    code = AHOY_MEDIA_ERROR_MICROPHONE_BUSY;
  else if (g_error_matches (error, GST_RESOURCE_ERROR, GST_RESOURCE_ERROR_NOT_AUTHORIZED))
    code = AHOY_MEDIA_ERROR_MICROPHONE_NOT_AUTHORIZED;

  problem = g_error_new_literal (AHOY_MEDIA_ERROR, code, error->message);
  build (self, TRUE);
  set_problem (self, problem);
}

static GstPadProbeReturn
on_samples_streaming (GstPad          *pad,
                      GstPadProbeInfo *info,
                      gpointer         data)
{
  Shared *shared = data;
  GstMapInfo map;

  g_atomic_int_set (&shared->has_samples, TRUE);
  if (gst_buffer_map (GST_PAD_PROBE_INFO_BUFFER (info), &map, GST_MAP_READ))
    {
      g_atomic_int_set (&shared->level, ahoy_sound_level ((const gint16 *) (gpointer) map.data, map.size / 2));
      gst_buffer_unmap (GST_PAD_PROBE_INFO_BUFFER (info), &map);
    }

  return GST_PAD_PROBE_OK;
}

static gboolean
is_needless (Shared    *shared,
             GstBuffer *packet)
{
  return gst_buffer_get_size (packet) <= SILENT_PACKET &&
         (g_atomic_int_get (&shared->is_muted) || ahoy_fan_out_count_open (shared->fan_out) >= MANY_LISTENERS);
}

static GstFlowReturn
on_encoded_streaming (GstAppSink *sink,
                      gpointer    data)
{
  Shared *shared = data;
  g_autoptr (GstSample) sample = gst_app_sink_pull_sample (sink);

  if (sample && !is_needless (shared, gst_sample_get_buffer (sample)))
    ahoy_fan_out_push_streaming (shared->fan_out, gst_sample_get_buffer (sample));

  return GST_FLOW_OK;
}

/* The canceller needs at least 10 ms at a time, else it is silent without a word. */
static char *
describe (AhoyCaptureAudio *self,
          gboolean          fallback)
{
  g_autoptr (GstElementFactory) dsp = gst_element_factory_find ("webrtcdsp");
  g_autofree char *source = NULL;

  if (fallback)
    source = g_strdup ("audiotestsrc wave=silence is-live=true samplesperbuffer=480");
  else
    source = g_strdup ("pulsesrc name=source client-name=Ahoy buffer-time=200000 latency-time=10000 "
                       "stream-properties=\"props,media.role=phone\"");

  /* A source that cancels the echo itself must not go through a second canceller. */
  return g_strdup_printf ("%s ! audio/x-raw,format=S16LE,rate=48000,channels=1 ! %s%s%sidentity name=heard silent=true "
                          "volume name=mute ! opusenc audio-type=voice frame-size=20 bitrate=32000 dtx=true ! "
                          "appsink name=out sync=false async=false",
                          source,
                          dsp && !fallback ? "webrtcdsp name=dsp noise-suppression=true gain-control=false "
                                             "echo-suppression-level=moderate probe=" : "",
                          dsp && !fallback ? self->probe_name : "",
                          dsp && !fallback ? (self->device && strstr (self->device, "echo-cancel")
                                              ? " echo-cancel=false ! " : " ! ") : "");
}

/* After the canceller, which must hear the room as it is. */
static void
add_noise_filter (AhoyCaptureAudio *self)
{
  g_autoptr (GstElement) heard = ahoy_pipeline_get_element (self->pipeline, "heard");
  g_autoptr (GstElement) mute = ahoy_pipeline_get_element (self->pipeline, "mute");
  GstElement *filter = ahoy_noise_filter_new ("noise");

  gst_bin_add (ahoy_pipeline_get_bin (self->pipeline), filter);
  gst_element_link_many (heard, filter, mute, NULL);
  ahoy_noise_filter_set_on (AHOY_NOISE_FILTER (filter), self->is_isolating);
}

static void
build (AhoyCaptureAudio *self,
       gboolean          fallback)
{
  GstAppSinkCallbacks callbacks = { .new_sample = on_encoded_streaming };
  g_autofree char *description = describe (self, fallback);
  g_autoptr (GError) error = NULL;
  g_autoptr (GstElement) source = NULL;
  g_autoptr (GstElement) mute = NULL;
  g_autoptr (GstElement) out = NULL;
  g_autoptr (GstPad) pad = NULL;

  if (self->pipeline)
    ahoy_pipeline_stop (self->pipeline);
  g_clear_object (&self->pipeline);

  g_atomic_int_set (&self->shared->has_samples, FALSE);
  self->is_fallback = fallback;
  self->pipeline = ahoy_pipeline_parse ("microphone", description, on_failed, self, &error);
  if (self->pipeline == NULL)
    {
      g_autoptr (GError) problem = ahoy_media_problem_new_missing (fallback ? "opusenc" : "pulsesrc");

      g_debug ("No microphone: %s", error->message);
      if (!fallback)
        build (self, TRUE);
      set_problem (self, problem);
      return;
    }

  add_noise_filter (self);
  source = ahoy_pipeline_get_element (self->pipeline, "source");
  if (source && self->device)
    g_object_set (source, "device", self->device, NULL);
  mute = ahoy_pipeline_get_element (self->pipeline, "mute");
  g_object_set (mute, "mute", self->is_muted, NULL);
  pad = gst_element_get_static_pad (mute, "sink");
  gst_pad_add_probe (pad, GST_PAD_PROBE_TYPE_BUFFER, on_samples_streaming,
                     g_atomic_rc_box_acquire (self->shared), shared_unref);
  out = ahoy_pipeline_get_element (self->pipeline, "out");
  gst_app_sink_set_callbacks (GST_APP_SINK (out), &callbacks, g_atomic_rc_box_acquire (self->shared), shared_unref);

  ahoy_pipeline_start (self->pipeline);
  if (fallback && self->retry_source_id == 0)
    self->retry_source_id = g_timeout_add (RETRY_MS, on_retry, self);
}

static gboolean
on_level (gpointer data)
{
  AhoyCaptureAudio *self = data;
  int level = self->is_muted ? 0 : g_atomic_int_get (&self->shared->level);

  if (self->problem && !self->is_fallback && g_atomic_int_get (&self->shared->has_samples))
    set_problem (self, NULL);
  if (level != self->level)
    {
      self->level = level;
      g_signal_emit (self, signals[SIGNAL_LEVEL], 0, level);
    }

  return G_SOURCE_CONTINUE;
}

static void
ahoy_capture_audio_dispose (GObject *object)
{
  ahoy_capture_audio_stop (AHOY_CAPTURE_AUDIO (object));

  G_OBJECT_CLASS (ahoy_capture_audio_parent_class)->dispose (object);
}

static void
ahoy_capture_audio_finalize (GObject *object)
{
  AhoyCaptureAudio *self = AHOY_CAPTURE_AUDIO (object);

  shared_unref (self->shared);
  g_free (self->probe_name);
  g_free (self->device);

  G_OBJECT_CLASS (ahoy_capture_audio_parent_class)->finalize (object);
}

static void
ahoy_capture_audio_class_init (AhoyCaptureAudioClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GType type = G_TYPE_FROM_CLASS (klass);

  object_class->dispose = ahoy_capture_audio_dispose;
  object_class->finalize = ahoy_capture_audio_finalize;

  signals[SIGNAL_PROBLEM] = g_signal_new ("problem", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                          G_TYPE_NONE, 1, G_TYPE_ERROR);
  signals[SIGNAL_PROBLEM_SOLVED] = g_signal_new ("problem-solved", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                                 G_TYPE_NONE, 1, G_TYPE_INT);
  signals[SIGNAL_LEVEL] = g_signal_new ("level", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                        G_TYPE_NONE, 1, G_TYPE_INT);
}

static void
ahoy_capture_audio_init (AhoyCaptureAudio *self)
{
  self->shared = g_atomic_rc_box_new0 (Shared);
  self->shared->fan_out = ahoy_fan_out_new ();
}

AhoyCaptureAudio *
ahoy_capture_audio_new (const char *probe_name)
{
  AhoyCaptureAudio *self = g_object_new (AHOY_TYPE_CAPTURE_AUDIO, NULL);

  self->probe_name = g_strdup (probe_name);

  return self;
}

AhoyFanOut *
ahoy_capture_audio_get_fan_out (AhoyCaptureAudio *self)
{
  return self->shared->fan_out;
}

void
ahoy_capture_audio_start (AhoyCaptureAudio *self)
{
  if (self->is_started)
    return;

  self->is_started = TRUE;
  build (self, FALSE);
  self->level_source_id = g_timeout_add (LEVEL_MS, on_level, self);
}

void
ahoy_capture_audio_stop (AhoyCaptureAudio *self)
{
  if (!self->is_started)
    return;

  self->is_started = FALSE;
  g_clear_handle_id (&self->retry_source_id, g_source_remove);
  g_clear_handle_id (&self->level_source_id, g_source_remove);
  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  if (self->pipeline)
    ahoy_pipeline_stop (self->pipeline);
  g_clear_object (&self->pipeline);
  g_atomic_int_set (&self->shared->level, 0);
  on_level (self);
  set_problem (self, NULL);
}

void
ahoy_capture_audio_rebuild (AhoyCaptureAudio *self)
{
  if (self->is_started)
    build (self, self->is_fallback);
}

void
ahoy_capture_audio_set_voice_isolation (AhoyCaptureAudio *self,
                                        gboolean          on)
{
  g_autoptr (GstElement) filter = NULL;

  self->is_isolating = on;
  if (self->pipeline == NULL)
    return;

  filter = ahoy_pipeline_get_element (self->pipeline, "noise");
  ahoy_noise_filter_set_on (AHOY_NOISE_FILTER (filter), on);
}

void
ahoy_capture_audio_set_muted (AhoyCaptureAudio *self,
                              gboolean          muted)
{
  g_autoptr (GstElement) mute = NULL;

  self->is_muted = muted;
  g_atomic_int_set (&self->shared->is_muted, muted);
  if (self->pipeline == NULL)
    return;

  mute = ahoy_pipeline_get_element (self->pipeline, "mute");
  g_object_set (mute, "mute", muted, NULL);
}

void
ahoy_capture_audio_set_device (AhoyCaptureAudio *self,
                               const char       *device)
{
  g_autoptr (GstElement) source = NULL;

  if (g_strcmp0 (self->device, device) == 0)
    return;

  g_free (self->device);
  self->device = g_strdup (device);
  if (self->pipeline == NULL)
    return;

  source = ahoy_pipeline_get_element (self->pipeline, "source");
  if (source)
    g_object_set (source, "device", device, NULL);
}
