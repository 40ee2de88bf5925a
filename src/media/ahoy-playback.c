/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "ahoy-playback-input.h"

#include "ahoy-device-probe.h"
#include "ahoy-media-problem.h"
#include "ahoy-pipeline.h"

#define RETRY_MS 2000
#define SAMPLE_RATE 48000
/* So much earlier than its time a repetition of a tone goes to the mixer. */
#define TONE_AHEAD (60 * GST_MSECOND)

typedef struct
{
  AhoyPlayback *playback;   /* (unowned) */
  AhoyPlaybackInput *input; /* (owned) */
  GBytes *pcm;              /* (owned) */
  GstClockTime next;        /* running time of the next repetition */
  GstClockTime period;      /* 0: once */
  GstClockTime length;
  guint id;
  guint source_id;
} Tone;

struct _AhoyPlayback
{
  GObject parent_instance;

  AhoyPipeline *pipeline;    /* (owned) (nullable), while somebody uses it */
  GPtrArray *inputs;         /* (owned) of AhoyPlaybackInput */
  GPtrArray *tones;          /* (owned) of Tone */
  GCancellable *cancellable; /* (owned) (nullable): of a probe under way */
  char *probe_name;          /* (owned) */
  char *device;              /* (owned) (nullable) */
  int problem;               /* the code that was told and not yet solved, else 0 */
  guint retry_source_id;
  guint next_tone_id;
  int start_count;
  gboolean is_fallback;      /* plays into nothing */
};

G_DEFINE_FINAL_TYPE (AhoyPlayback, ahoy_playback, G_TYPE_OBJECT)

enum
{
  SIGNAL_PROBLEM,
  SIGNAL_PROBLEM_SOLVED,
  SIGNAL_REBUILT,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

static void build (AhoyPlayback *self,
                   gboolean      fallback);

static void
set_problem (AhoyPlayback *self,
             GError       *error)
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
  AhoyPlayback *self = user_data;

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;

  g_clear_object (&self->cancellable);
  if (opened && self->pipeline && self->is_fallback)
    build (self, FALSE);
}

static gboolean
on_retry (gpointer data)
{
  AhoyPlayback *self = data;

  /* The problem is solved when the sink has lived for a while: the server may be there and the device not. */
  if (!self->is_fallback || self->pipeline == NULL)
    {
      self->retry_source_id = 0;
      set_problem (self, NULL);
      return G_SOURCE_REMOVE;
    }

  if (self->cancellable == NULL)
    {
      self->cancellable = g_cancellable_new ();
      ahoy_device_probe_async ("pulsesink", self->device, self->cancellable, on_probed, self);
    }

  return G_SOURCE_CONTINUE;
}

static void
on_failed (AhoyPipeline *pipeline,
           GstElement   *source,
           const GError *error,
           gpointer      owner)
{
  AhoyPlayback *self = owner;
  g_autoptr (GError) problem = NULL;

  if (self->is_fallback)
    return;

  problem = g_error_new_literal (AHOY_MEDIA_ERROR,
                                 ahoy_media_problem_is_no_server (error) ? AHOY_MEDIA_ERROR_NO_SOUND_SERVER
                                                                         : AHOY_MEDIA_ERROR_SPEAKER_FAILED,
                                 error->message);
  build (self, TRUE);
  set_problem (self, problem);
}

/* A sink whose server has died does not always come down by itself: it holds the thread of the mixer, for which
 * the pipeline then waits. Flushing lets that thread go first. */
static void
stop_pipeline (AhoyPlayback *self)
{
  g_autoptr (GstElement) sink = NULL;
  g_autoptr (GstPad) pad = NULL;

  if (self->pipeline == NULL)
    return;

  sink = ahoy_pipeline_get_element (self->pipeline, "sink");
  if (sink)
    pad = gst_element_get_static_pad (sink, "sink");
  if (pad)
    gst_pad_send_event (pad, gst_event_new_flush_start ());
  ahoy_pipeline_stop (self->pipeline);
  for (guint i = 0; i < self->inputs->len; i++)
    ahoy_playback_input_detach (g_ptr_array_index (self->inputs, i));
  g_clear_object (&self->pipeline);
}

#define MIXER \
  "audiomixer name=mix force-live=true ignore-inactive-pads=true latency=10000000 output-buffer-duration=10000000 ! " \
  "audio/x-raw,format=S16LE,rate=48000,channels=1,layout=interleaved ! audioconvert ! "
#define SPEAKER \
  "pulsesink name=sink client-name=Ahoy buffer-time=40000 latency-time=10000 drift-tolerance=5000 processing-deadline=0 " \
  "stream-properties=\"props,media.role=phone\""

static void
build (AhoyPlayback *self,
       gboolean      fallback)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GstElement) mixer = NULL;
  g_autoptr (GstElement) sink = NULL;
  g_autofree char *description = NULL;
  g_autofree char *probe = NULL;
  g_autoptr (GstElementFactory) probe_factory = gst_element_factory_find ("webrtcechoprobe");

  stop_pipeline (self);

  if (probe_factory)
    probe = g_strdup_printf ("webrtcechoprobe name=%s ! ", self->probe_name);
  description = g_strconcat (MIXER, probe ? probe : "", fallback ? "fakesink sync=true" : SPEAKER, NULL);
  self->is_fallback = fallback;
  self->pipeline = ahoy_pipeline_parse ("playback", description, on_failed, self, &error);
  if (self->pipeline == NULL)
    {
      g_autoptr (GError) problem = ahoy_media_problem_new_missing (fallback ? "audiomixer" : "pulsesink");

      g_debug ("No playback: %s", error->message);
      if (!fallback)
        build (self, TRUE);
      set_problem (self, problem);
      return;
    }

  sink = ahoy_pipeline_get_element (self->pipeline, "sink");
  if (sink && self->device)
    g_object_set (sink, "device", self->device, NULL);
  mixer = ahoy_pipeline_get_element (self->pipeline, "mix");
  for (guint i = 0; i < self->inputs->len; i++)
    ahoy_playback_input_attach (g_ptr_array_index (self->inputs, i), ahoy_pipeline_get_bin (self->pipeline), mixer);

  ahoy_pipeline_start (self->pipeline);
  if (fallback && self->retry_source_id == 0)
    self->retry_source_id = g_timeout_add (RETRY_MS, on_retry, self);
  g_signal_emit (self, signals[SIGNAL_REBUILT], 0);
}

/* Runs while anybody has started it or has something to play. */
static void
update (AhoyPlayback *self)
{
  gboolean wanted = self->start_count > 0 || self->inputs->len > 0;

  if (wanted && self->pipeline == NULL)
    {
      build (self, FALSE);
    }
  else if (!wanted && self->pipeline)
    {
      g_clear_handle_id (&self->retry_source_id, g_source_remove);
      g_cancellable_cancel (self->cancellable);
      g_clear_object (&self->cancellable);
      stop_pipeline (self);
      set_problem (self, NULL);
    }
}

static void
tone_free (gpointer data)
{
  Tone *tone = data;

  g_clear_handle_id (&tone->source_id, g_source_remove);
  ahoy_playback_remove_input (tone->playback, tone->input);
  ahoy_playback_input_unref (tone->input);
  g_bytes_unref (tone->pcm);
  g_free (tone);
}

static gboolean
on_tone_due (gpointer data)
{
  Tone *tone = data;
  GstBuffer *buffer;
  GstClockTime now = ahoy_pipeline_running_time ();
  GstClockTime wait;

  tone->source_id = 0;
  if (tone->period == 0 && tone->next != GST_CLOCK_TIME_NONE)
    {
      ahoy_playback_stop_tone (tone->playback, tone->id);
      return G_SOURCE_REMOVE;
    }

  if (tone->next == GST_CLOCK_TIME_NONE || tone->next < now)
    tone->next = now + TONE_AHEAD / 2;
  buffer = gst_buffer_new_wrapped_bytes (tone->pcm);
  GST_BUFFER_PTS (buffer) = tone->next;
  GST_BUFFER_DURATION (buffer) = tone->length;
  ahoy_playback_input_push_streaming (tone->input, buffer);
  gst_buffer_unref (buffer);

  tone->next += tone->period ? tone->period : tone->length;
  wait = tone->next + (tone->period ? 0 : 500 * GST_MSECOND) - now - TONE_AHEAD;
  tone->source_id = g_timeout_add (MAX (1, (GstClockTimeDiff) wait / (GstClockTimeDiff) GST_MSECOND), on_tone_due, tone);

  return G_SOURCE_REMOVE;
}

static void
ahoy_playback_dispose (GObject *object)
{
  AhoyPlayback *self = AHOY_PLAYBACK (object);

  if (self->tones)
    {
      g_autoptr (GPtrArray) tones = g_steal_pointer (&self->tones);

      g_ptr_array_set_size (tones, 0);
    }
  self->start_count = 0;
  g_ptr_array_set_size (self->inputs, 0);
  update (self);

  G_OBJECT_CLASS (ahoy_playback_parent_class)->dispose (object);
}

static void
ahoy_playback_finalize (GObject *object)
{
  AhoyPlayback *self = AHOY_PLAYBACK (object);

  g_ptr_array_unref (self->inputs);
  g_free (self->probe_name);
  g_free (self->device);

  G_OBJECT_CLASS (ahoy_playback_parent_class)->finalize (object);
}

static void
ahoy_playback_class_init (AhoyPlaybackClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GType type = G_TYPE_FROM_CLASS (klass);

  object_class->dispose = ahoy_playback_dispose;
  object_class->finalize = ahoy_playback_finalize;

  signals[SIGNAL_PROBLEM] = g_signal_new ("problem", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                          G_TYPE_NONE, 1, G_TYPE_ERROR);
  signals[SIGNAL_PROBLEM_SOLVED] = g_signal_new ("problem-solved", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                                 G_TYPE_NONE, 1, G_TYPE_INT);
  signals[SIGNAL_REBUILT] = g_signal_new ("rebuilt", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
ahoy_playback_init (AhoyPlayback *self)
{
  static int n_playbacks; /* atomic: a probe is found by its name in the whole process */

  self->probe_name = g_strdup_printf ("ahoyprobe%d", g_atomic_int_add (&n_playbacks, 1));
  self->inputs = g_ptr_array_new_with_free_func ((GDestroyNotify) ahoy_playback_input_unref);
  self->tones = g_ptr_array_new_with_free_func (tone_free);
}

AhoyPlayback *
ahoy_playback_new (void)
{
  return g_object_new (AHOY_TYPE_PLAYBACK, NULL);
}

const char *
ahoy_playback_get_probe_name (AhoyPlayback *self)
{
  return self->probe_name;
}

void
ahoy_playback_start (AhoyPlayback *self)
{
  self->start_count++;
  update (self);
}

void
ahoy_playback_stop (AhoyPlayback *self)
{
  g_return_if_fail (self->start_count > 0);

  self->start_count--;
  update (self);
}

void
ahoy_playback_set_device (AhoyPlayback *self,
                          const char   *device)
{
  g_autoptr (GstElement) sink = NULL;

  if (g_strcmp0 (self->device, device) == 0)
    return;

  g_free (self->device);
  self->device = g_strdup (device);
  if (self->pipeline == NULL)
    return;

  /* A running sink moves its stream without a gap; taking it down and up again would leave it silent. */
  sink = ahoy_pipeline_get_element (self->pipeline, "sink");
  if (sink)
    g_object_set (sink, "device", device, NULL);
}

AhoyPlaybackInput *
ahoy_playback_add_input (AhoyPlayback *self)
{
  AhoyPlaybackInput *input = ahoy_playback_input_new ();

  g_ptr_array_add (self->inputs, ahoy_playback_input_ref (input));
  if (self->pipeline)
    {
      g_autoptr (GstElement) mixer = ahoy_pipeline_get_element (self->pipeline, "mix");

      ahoy_playback_input_attach (input, ahoy_pipeline_get_bin (self->pipeline), mixer);
    }
  update (self);

  return input;
}

void
ahoy_playback_remove_input (AhoyPlayback      *self,
                            AhoyPlaybackInput *input)
{
  ahoy_playback_input_detach (input);
  g_ptr_array_remove (self->inputs, input);
  update (self);
}

void
ahoy_playback_leave_input (AhoyPlayback      *self,
                           AhoyPlaybackInput *input)
{
  ahoy_playback_input_shut (input);
  g_ptr_array_remove (self->inputs, input);
  update (self);
}

guint
ahoy_playback_play_tone (AhoyPlayback *self,
                         GBytes       *pcm,
                         gboolean      loop,
                         guint         pause_ms)
{
  Tone *tone = g_new0 (Tone, 1);

  tone->playback = self;
  tone->pcm = g_bytes_ref (pcm);
  tone->input = ahoy_playback_add_input (self);
  tone->next = GST_CLOCK_TIME_NONE;
  tone->length = gst_util_uint64_scale_int (g_bytes_get_size (pcm) / 2, GST_SECOND, SAMPLE_RATE);
  tone->period = loop ? MAX (tone->length + pause_ms * GST_MSECOND, 20 * GST_MSECOND) : 0;
  tone->id = ++self->next_tone_id;
  g_ptr_array_add (self->tones, tone);
  on_tone_due (tone);

  return tone->id;
}

void
ahoy_playback_stop_tone (AhoyPlayback *self,
                         guint         tone_id)
{
  for (guint i = 0; self->tones && i < self->tones->len; i++)
    {
      Tone *tone = g_ptr_array_index (self->tones, i);

      if (tone->id == tone_id)
        {
          g_ptr_array_remove_index (self->tones, i);
          return;
        }
    }
}
