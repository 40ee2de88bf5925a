/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ahoy-denoiser.h"
#include "ahoy-noise-filter.h"

#include <gst/check/gstharness.h>
#include <math.h>
#include <string.h>

/* People who say where a loudspeaker stands: what alsa-utils tries loudspeakers with. RNNoise takes spoken words that a
 * machine made partly for noise. */
#define FOLDER "/usr/share/sounds/alsa/"
#define WAV_HEADER 44
#define RATE AHOY_DENOISER_RATE

static const char *const words[] = {
  "Front_Center.wav", "Rear_Left.wav", "Side_Right.wav", "Front_Left.wav", "Rear_Center.wav",
};

/* One after the other, with half a second of silence before each and after the last. */
static GArray *
load_voice (void)
{
  GArray *voice = g_array_new (FALSE, TRUE, sizeof (gint16));

  for (guint i = 0; i < G_N_ELEMENTS (words); i++)
    {
      g_autofree char *path = g_strconcat (FOLDER, words[i], NULL);
      g_autofree char *data = NULL;
      g_autoptr (GError) error = NULL;
      gsize size;

      g_file_get_contents (path, &data, &size, &error);
      g_assert_no_error (error);
      g_array_set_size (voice, voice->len + RATE / 2);
      g_array_append_vals (voice, data + WAV_HEADER, (size - WAV_HEADER) / 2);
    }
  g_array_set_size (voice, (voice->len + RATE / 2) / RATE * RATE);

  return voice;
}

static double
get_power (const gint16 *samples,
           gsize         n)
{
  double sum = 0;

  for (gsize i = 0; i < n; i++)
    sum += (double) samples[i] * samples[i];

  return sum / n;
}

/* Even noise, that many dB below the voice as a whole. */
static GArray *
add_noise (GArray *voice,
           double  distance)
{
  GArray *noisy = g_array_copy (voice);
  gint16 *samples = (gint16 *) (gpointer) noisy->data;
  double level = sqrt (get_power (samples, noisy->len) * pow (10, -distance / 10) * 3);
  GRand *dice = g_rand_new_with_seed (5);

  for (guint i = 0; i < noisy->len; i++)
    {
      double value = samples[i] + g_rand_double_range (dice, -level, level);

      samples[i] = CLAMP (value, G_MININT16, G_MAXINT16);
    }
  g_rand_free (dice);

  return noisy;
}

static GArray *
run (GArray  *in,
     gboolean on,
     guint    n_piece)
{
  GstElement *element = gst_object_ref_sink (ahoy_noise_filter_new (NULL));
  GstHarness *harness = gst_harness_new_with_element (element, "sink", "src");
  GArray *out = g_array_new (FALSE, FALSE, sizeof (gint16));

  gst_harness_set_src_caps_str (harness, "audio/x-raw,format=" GST_AUDIO_NE (S16) ",rate=48000,channels=1,layout=interleaved");
  ahoy_noise_filter_set_on (AHOY_NOISE_FILTER (element), on);
  for (guint i = 0; i + n_piece <= in->len; i += n_piece)
    {
      GstBuffer *buffer = gst_buffer_new_memdup (&g_array_index (in, gint16, i), n_piece * sizeof (gint16));
      GstMapInfo map;

      GST_BUFFER_PTS (buffer) = gst_util_uint64_scale (i, GST_SECOND, RATE);
      buffer = gst_harness_push_and_pull (harness, buffer);
      gst_buffer_map (buffer, &map, GST_MAP_READ);
      g_array_append_vals (out, map.data, map.size / sizeof (gint16));
      gst_buffer_unmap (buffer, &map);
      gst_buffer_unref (buffer);
    }
  gst_harness_teardown (harness);
  gst_object_unref (element);

  return out;
}

/* How far what is not the voice lies below it, in dB; the voice being @late samples late in @out. */
static double
get_distance (GArray *voice,
              GArray *out,
              guint   late)
{
  double product = 0, power = 0, rest = 0, gain;

  for (guint i = 0; i + late < out->len; i++)
    {
      double clean = g_array_index (voice, gint16, i);

      product += clean * g_array_index (out, gint16, i + late);
      power += clean * clean;
    }
  gain = product / power;
  for (guint i = 0; i + late < out->len; i++)
    {
      double clean = gain * g_array_index (voice, gint16, i), other = g_array_index (out, gint16, i + late) - clean;

      rest += other * other;
    }

  return 10 * log10 (gain * gain * power / rest);
}

static void
test_off (void)
{
  g_autoptr (GArray) voice = load_voice ();
  g_autoptr (GArray) out = run (voice, FALSE, 480);

  g_assert_cmpmem (voice->data, voice->len * 2, out->data, out->len * 2);
}

static void
test_noise (void)
{
  g_autoptr (GArray) voice = load_voice ();
  const guint pause = RATE / 10, n_pause = RATE / 3;

  for (double distance = 0; distance <= 10; distance += 5)
    {
      g_autoptr (GArray) noisy = add_noise (voice, distance);
      g_autoptr (GArray) out = run (noisy, TRUE, 480);
      double before = get_distance (voice, noisy, 0);
      double after = get_distance (voice, out, AHOY_DENOISER_DELAY);
      double floor_before = get_power (&g_array_index (noisy, gint16, pause), n_pause);
      double floor_after = get_power (&g_array_index (out, gint16, pause + AHOY_DENOISER_DELAY), n_pause);
      double quieter = 10 * log10 (floor_before / MAX (floor_after, 1e-3));

      g_test_message ("Noise %.0f dB below: %.1f dB after, in pauses %.1f dB quieter", before, after, quieter);
      g_assert_cmpfloat (after - before, >, 5);
      g_assert_cmpfloat (quieter, >, 15);
    }
}

/* A voice alone stays what it is, and is late by what is documented. */
static void
test_voice (gconstpointer data)
{
  guint n_piece = GPOINTER_TO_UINT (data), late = AHOY_DENOISER_DELAY + (n_piece % 480 ? 480 : 0);
  g_autoptr (GArray) voice = load_voice ();
  g_autoptr (GArray) out = run (voice, TRUE, n_piece);

  g_test_message ("What is not the voice lies %.1f dB below it", get_distance (voice, out, late));
  g_assert_cmpfloat (get_distance (voice, out, late), >, 10);
  g_assert_cmpfloat (get_distance (voice, out, late + 20), <, get_distance (voice, out, late) - 5);
  g_assert_cmpfloat (get_distance (voice, out, late - 20), <, get_distance (voice, out, late) - 5);
}

static gpointer
run_in_thread (gpointer noisy)
{
  return run (noisy, TRUE, 480);
}

/* Two at once know nothing of each other. */
static void
test_two (void)
{
  g_autoptr (GArray) voice = load_voice ();
  g_autoptr (GArray) noisy = add_noise (voice, 5);
  GThread *threads[2];
  GArray *out[2];

  for (guint i = 0; i < 2; i++)
    threads[i] = g_thread_new ("filter", run_in_thread, noisy);
  for (guint i = 0; i < 2; i++)
    out[i] = g_thread_join (threads[i]);
  g_assert_cmpmem (out[0]->data, out[0]->len * 2, out[1]->data, out[1]->len * 2);
  g_array_unref (out[0]);
  g_array_unref (out[1]);
}

/* Switched in the middle, it begins as if it were new. */
static void
test_switching (void)
{
  g_autoptr (GArray) voice = load_voice ();
  GstElement *element = gst_object_ref_sink (ahoy_noise_filter_new (NULL));
  GstHarness *harness = gst_harness_new_with_element (element, "sink", "src");

  gst_harness_set_src_caps_str (harness, "audio/x-raw,format=" GST_AUDIO_NE (S16) ",rate=48000,channels=1,layout=interleaved");
  for (guint i = 0; i < 40; i++)
    {
      GstBuffer *buffer = gst_buffer_new_memdup (&g_array_index (voice, gint16, RATE / 2 + 480 * i), 960);

      ahoy_noise_filter_set_on (AHOY_NOISE_FILTER (element), i / 10 % 2);
      buffer = gst_harness_push_and_pull (harness, buffer);
      g_assert_cmpuint (gst_buffer_get_size (buffer), ==, 960);
      if (i / 10 % 2 == 0)
        g_assert_cmpint (gst_buffer_memcmp (buffer, 0, &g_array_index (voice, gint16, RATE / 2 + 480 * i), 960), ==, 0);
      gst_buffer_unref (buffer);
    }
  gst_harness_teardown (harness);
  gst_object_unref (element);
}

int
main (int   argc,
      char *argv[])
{
  gst_init (NULL, NULL);
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/noise/off", test_off);
  g_test_add_func ("/noise/noise", test_noise);
  g_test_add_data_func ("/noise/voice/frames", GUINT_TO_POINTER (480), test_voice);
  g_test_add_data_func ("/noise/voice/pieces", GUINT_TO_POINTER (1000), test_voice);
  g_test_add_func ("/noise/two", test_two);
  g_test_add_func ("/noise/switching", test_switching);

  return g_test_run ();
}
