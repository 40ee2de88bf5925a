/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "ahoy-noise-filter.h"

#include "ahoy-denoiser.h"

#include <string.h>

#define N AHOY_DENOISER_FRAME
#define N_LATE (AHOY_DENOISER_DELAY / AHOY_DENOISER_FRAME)

/* So much of the sound as it was is left: a voice among voices is not muted, and a room not dead. */
#define LEFT 0.1f

struct _AhoyNoiseFilter
{
  GstAudioFilter parent_instance;

  int is_on;               /* atomic */
  int is_stale;            /* atomic: what it remembers is of another time */

  /* Of the streaming thread. */
  AhoyDenoiser *denoiser;  /* (owned) (nullable) */
  gint16 late[N_LATE][N];  /* what came in, as late as what comes out */
  guint late_frame;
  gint16 in[N], out[N];    /* for pieces that are not whole frames */
  int n_in;
  gboolean is_in_pieces;
};

G_DEFINE_FINAL_TYPE (AhoyNoiseFilter, ahoy_noise_filter, GST_TYPE_AUDIO_FILTER)

#define CAPS "audio/x-raw,format=" GST_AUDIO_NE (S16) ",rate=48000,channels=1,layout=interleaved"

static void
start_anew (AhoyNoiseFilter *self)
{
  g_clear_pointer (&self->denoiser, ahoy_denoiser_free);
  self->denoiser = ahoy_denoiser_new ();
  memset (self->late, 0, sizeof self->late);
  memset (self->out, 0, sizeof self->out);
  self->n_in = 0;
  self->is_in_pieces = FALSE;
}

static void
process_frame (AhoyNoiseFilter *self,
               const gint16    *in,
               gint16          *out)
{
  gint16 *late = self->late[self->late_frame];
  float samples[N];

  for (int i = 0; i < N; i++)
    samples[i] = in[i];
  ahoy_denoiser_process (self->denoiser, samples);
  for (int i = 0; i < N; i++)
    {
      float value = (1 - LEFT) * samples[i] + LEFT * late[i];

      late[i] = in[i];
      out[i] = CLAMP (value, G_MININT16, G_MAXINT16);
    }
  self->late_frame = (self->late_frame + 1) % N_LATE;
}

static void
process_pieces (AhoyNoiseFilter *self,
                gint16          *samples,
                gsize            n)
{
  for (gsize i = 0; i < n; i++)
    {
      gint16 sample = samples[i];

      samples[i] = self->out[self->n_in];
      self->in[self->n_in++] = sample;
      if (self->n_in == N)
        {
          process_frame (self, self->in, self->out);
          self->n_in = 0;
        }
    }
}

static GstFlowReturn
ahoy_noise_filter_transform_ip (GstBaseTransform *transform,
                                GstBuffer        *buffer)
{
  AhoyNoiseFilter *self = AHOY_NOISE_FILTER (transform);
  GstMapInfo map;
  gint16 *samples;
  gsize n;

  if (!g_atomic_int_get (&self->is_on))
    return GST_FLOW_OK;

  if (GST_BUFFER_IS_DISCONT (buffer))
    g_atomic_int_set (&self->is_stale, TRUE);
  if (g_atomic_int_compare_and_exchange (&self->is_stale, TRUE, FALSE))
    start_anew (self);
  if (self->denoiser == NULL || !gst_buffer_map (buffer, &map, GST_MAP_READWRITE))
    return GST_FLOW_OK;

  samples = (gint16 *) (gpointer) map.data;
  n = map.size / sizeof *samples;
  /* Once in pieces, for ever in pieces: going back would lose some. */
  self->is_in_pieces |= n % N != 0;
  if (self->is_in_pieces)
    process_pieces (self, samples, n);
  else
    for (gsize i = 0; i < n; i += N)
      process_frame (self, samples + i, samples + i);
  gst_buffer_unmap (buffer, &map);

  return GST_FLOW_OK;
}

static gboolean
ahoy_noise_filter_stop (GstBaseTransform *transform)
{
  AhoyNoiseFilter *self = AHOY_NOISE_FILTER (transform);

  g_clear_pointer (&self->denoiser, ahoy_denoiser_free);
  g_atomic_int_set (&self->is_stale, TRUE);

  return TRUE;
}

static void
ahoy_noise_filter_finalize (GObject *object)
{
  g_clear_pointer (&AHOY_NOISE_FILTER (object)->denoiser, ahoy_denoiser_free);

  G_OBJECT_CLASS (ahoy_noise_filter_parent_class)->finalize (object);
}

static void
ahoy_noise_filter_class_init (AhoyNoiseFilterClass *klass)
{
  GstElementClass *element_class = GST_ELEMENT_CLASS (klass);
  GstBaseTransformClass *transform_class = GST_BASE_TRANSFORM_CLASS (klass);
  g_autoptr (GstCaps) caps = gst_caps_from_string (CAPS);

  G_OBJECT_CLASS (klass)->finalize = ahoy_noise_filter_finalize;
  transform_class->transform_ip = ahoy_noise_filter_transform_ip;
  transform_class->transform_ip_on_passthrough = FALSE;
  transform_class->stop = ahoy_noise_filter_stop;

  gst_audio_filter_class_add_pad_templates (GST_AUDIO_FILTER_CLASS (klass), caps);
  gst_element_class_set_static_metadata (element_class, "Noise", "Filter/Effect/Audio",
                                         "Takes away what is no voice", "The Ahoy project");
}

static void
ahoy_noise_filter_init (AhoyNoiseFilter *self)
{
  self->is_stale = TRUE;
  gst_base_transform_set_in_place (GST_BASE_TRANSFORM (self), TRUE);
  gst_base_transform_set_passthrough (GST_BASE_TRANSFORM (self), TRUE);
}

GstElement *
ahoy_noise_filter_new (const char *name)
{
  return g_object_new (AHOY_TYPE_NOISE_FILTER, "name", name, NULL);
}

void
ahoy_noise_filter_set_on (AhoyNoiseFilter *self,
                          gboolean         on)
{
  g_return_if_fail (AHOY_IS_NOISE_FILTER (self));

  on = on && ahoy_denoiser_is_available ();
  if (on == g_atomic_int_get (&self->is_on))
    return;

  g_atomic_int_set (&self->is_stale, TRUE);
  g_atomic_int_set (&self->is_on, on);
  gst_base_transform_set_passthrough (GST_BASE_TRANSFORM (self), !on);
}
