/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the effects cost: for each picture of 1280 by 720 against encoding that picture as a call does, and for sound
 * against the time it lasts. Seconds of the processor, not of the clock. */
#include "config.h"

#include "ahoy-background-filter.h"
#include "ahoy-beauty-filter.h"
#include "ahoy-denoiser.h"
#include "ahoy-noise-filter.h"
#include "ahoy-segmenter.h"

#include <gst/check/gstharness.h>
#include <stdio.h>
#include <string.h>
#include <time.h>

#define WIDTH 1280
#define HEIGHT 720
#define N_PICTURES 90
#define N_FRAMES 500

static double
get_cpu_ms (void)
{
  struct timespec now;

  clock_gettime (CLOCK_PROCESS_CPUTIME_ID, &now);

  return now.tv_sec * 1e3 + now.tv_nsec / 1e6;
}

/* The person of the tests, moving a little from picture to picture. */
static GstBuffer *
make_picture (GstBuffer *person,
              guint      i)
{
  GstBuffer *picture = gst_buffer_copy_deep (person);
  GstMapInfo map;

  gst_buffer_map (picture, &map, GST_MAP_READWRITE);
  for (gsize row = 0; row < HEIGHT; row++)
    memmove (map.data + row * WIDTH + i % 8, map.data + row * WIDTH, WIDTH - i % 8);
  gst_buffer_unmap (picture, &map);
  GST_BUFFER_PTS (picture) = i * GST_SECOND / 30;

  return picture;
}

static GstBuffer *
load_person (void)
{
  g_autofree char *path = g_build_filename (g_getenv ("AHOY_SOURCE_ROOT"), "tests", "effects", "person.jpg", NULL);
  g_autofree char *text = g_strdup_printf ("filesrc location=\"%s\" ! jpegdec ! videoconvert ! videoscale ! "
                                           "video/x-raw,format=I420,width=%d,height=%d ! fakesink name=out",
                                           path, WIDTH, HEIGHT);
  g_autoptr (GError) error = NULL;
  g_autoptr (GstElement) pipeline = gst_parse_launch (text, &error);
  g_autoptr (GstElement) out = NULL;
  g_autoptr (GstSample) sample = NULL;
  g_autoptr (GstBus) bus = NULL;
  g_autoptr (GstMessage) message = NULL;
  GstBuffer *person;

  g_assert_no_error (error);
  gst_element_set_state (pipeline, GST_STATE_PLAYING);
  bus = gst_element_get_bus (pipeline);
  message = gst_bus_timed_pop_filtered (bus, 20 * GST_SECOND, GST_MESSAGE_EOS | GST_MESSAGE_ERROR);
  g_assert_nonnull (message);
  out = gst_bin_get_by_name (GST_BIN (pipeline), "out");
  g_object_get (out, "last-sample", &sample, NULL);
  g_assert_nonnull (sample);
  person = gst_buffer_copy_deep (gst_sample_get_buffer (sample));
  gst_element_set_state (pipeline, GST_STATE_NULL);

  return person;
}

static double
measure_video (GstElement *element,
               GstBuffer  *person)
{
  GstHarness *harness = gst_harness_new_with_element (gst_object_ref_sink (element), "sink", "src");
  double start;

  gst_harness_set_src_caps_str (harness, "video/x-raw,format=I420,width=1280,height=720,framerate=30/1");
  gst_harness_push (harness, make_picture (person, 0));
  start = get_cpu_ms ();
  for (guint i = 1; i <= N_PICTURES; i++)
    {
      GstBuffer *out;

      gst_harness_push (harness, make_picture (person, i));
      out = gst_harness_try_pull (harness);
      gst_clear_buffer (&out);
    }
  start = get_cpu_ms () - start;
  gst_harness_teardown (harness);
  gst_object_unref (element);

  return start / N_PICTURES;
}

static double
measure_copy (GstBuffer *person)
{
  double start = get_cpu_ms ();

  for (guint i = 1; i <= N_PICTURES; i++)
    gst_buffer_unref (make_picture (person, i));

  return (get_cpu_ms () - start) / N_PICTURES;
}

static void
print_video (const char *name,
             double      cost,
             double      encoding,
             double      target)
{
  double ratio = cost / encoding;

  printf ("%s: %.2f ms, reference %.2f ms (encoding the same picture), ratio %.2f, target <= %.2f (%s)\n", name, cost,
          encoding, ratio, target, ratio <= target ? "met" : "missed");
}

static void
measure_pictures (void)
{
  g_autoptr (GstBuffer) person = load_person ();
  GstElement *encoder = gst_parse_launch ("vp8enc deadline=1 cpu-used=-6 target-bitrate=1200000 threads=1 "
                                          "end-usage=cbr lag-in-frames=0 keyframe-max-dist=600", NULL);
  GstElement *beauty = ahoy_beauty_filter_new (NULL);
  double copying = measure_copy (person);
  double encoding = measure_video (encoder, person) - copying;

  ahoy_beauty_filter_set_level (AHOY_BEAUTY_FILTER (beauty), AHOY_BEAUTY_MAX_LEVEL);
  print_video ("smooth skin", measure_video (beauty, person) - copying, encoding, 0.75);
  if (ahoy_segmenter_is_available ())
    {
      GstElement *background = ahoy_background_filter_new (NULL);

      ahoy_background_filter_set (AHOY_BACKGROUND_FILTER (background), AHOY_BACKGROUND_MAX_BLUR, NULL);
      print_video ("blurred background", measure_video (background, person) - copying, encoding, 1.0);
    }
}

static void
measure_sound (void)
{
  GstElement *filter = gst_object_ref_sink (ahoy_noise_filter_new (NULL));
  GstHarness *harness = gst_harness_new_with_element (filter, "sink", "src");
  GRand *dice = g_rand_new_with_seed (1);
  double start, cost;

  gst_harness_set_src_caps_str (harness,
                                "audio/x-raw,format=" GST_AUDIO_NE (S16) ",rate=48000,channels=1,layout=interleaved");
  ahoy_noise_filter_set_on (AHOY_NOISE_FILTER (filter), TRUE);
  start = get_cpu_ms ();
  for (guint i = 0; i < N_FRAMES; i++)
    {
      GstBuffer *buffer = gst_buffer_new_allocate (NULL, AHOY_DENOISER_FRAME * 2, NULL);
      GstMapInfo map;

      gst_buffer_map (buffer, &map, GST_MAP_WRITE);
      for (gsize k = 0; k < map.size; k++)
        map.data[k] = g_rand_int (dice);
      gst_buffer_unmap (buffer, &map);
      gst_buffer_unref (gst_harness_push_and_pull (harness, buffer));
    }
  cost = (get_cpu_ms () - start) / N_FRAMES;
  printf ("only the voice: %.2f ms, reference 10.00 ms (how long that sound lasts), ratio %.3f, target <= 0.060 (%s)\n",
          cost, cost / 10, cost <= 0.6 ? "met" : "missed");
  g_rand_free (dice);
  gst_harness_teardown (harness);
  gst_object_unref (filter);
}

int
main (int   argc,
      char *argv[])
{
  gst_init (&argc, &argv);
  measure_pictures ();
  if (ahoy_denoiser_is_available ())
    measure_sound ();

  return 0;
}
