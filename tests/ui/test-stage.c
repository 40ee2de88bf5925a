/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "ahoy-stage-geometry.h"
#include "ahoy-tones.h"

#include <stdlib.h>

static void
test_scale (void)
{
  const double wide_in_square = 1000.0 / 900, square_in_wide = 1600.0 / 900;

  /* Fill cuts off, fit leaves free. */
  g_assert_cmpfloat_with_epsilon (ahoy_stage_picture_scale (1600, 900, 1000, 1000, FALSE, FALSE), wide_in_square, 1e-9);
  g_assert_cmpfloat_with_epsilon (ahoy_stage_picture_scale (1600, 900, 1000, 1000, TRUE, FALSE), 0.625, 1e-9);
  g_assert_cmpfloat_with_epsilon (ahoy_stage_picture_scale (900, 900, 1600, 900, FALSE, FALSE), square_in_wide, 1e-9);
  /* 4:3 in 16:9 fills; upright in 16:9 would lose too much. */
  g_assert_cmpfloat_with_epsilon (ahoy_stage_picture_scale (640, 480, 1280, 720, FALSE, TRUE), 2, 1e-9);
  g_assert_cmpfloat_with_epsilon (ahoy_stage_picture_scale (360, 640, 1280, 720, FALSE, TRUE), 1.125, 1e-9);
  g_assert_cmpfloat (ahoy_stage_picture_scale (0, 0, 10, 10, FALSE, TRUE), ==, 1);
}

static void
test_self_view_size (void)
{
  const struct { int w, h; double aspect; int ew, eh; } cases[] = {
    { 360, 640, 16 / 9.0, 104, 140 },
    { 599, 400, 16 / 9.0, 104, 140 },
    { 600, 800, 16 / 9.0, 144, 81 },
    { 960, 640, 16 / 9.0, 192, 108 },
    { 1920, 1080, 16 / 9.0, 256, 144 },
    { 1920, 1080, 0, 256, 144 },
  };
  guint i;
  int w, h;

  for (i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      ahoy_stage_self_view_size (cases[i].w, cases[i].h, cases[i].aspect, &w, &h);
      g_assert_cmpint (w, ==, cases[i].ew);
      g_assert_cmpint (h, ==, cases[i].eh);
    }
  /* An upright camera is limited by height and keeps its shape. */
  ahoy_stage_self_view_size (1920, 1080, 9 / 16.0, &w, &h);
  g_assert_cmpint (h, ==, 302);
  g_assert_cmpint (abs (w - 170), <=, 1);
}

static void
test_places (void)
{
  const int sizes[][2] = { { 360, 640 }, { 480, 320 }, { 360, 294 }, { 960, 640 }, { 2560, 1440 } };
  AhoyCorner corner;
  guint i;
  int rtl;

  for (i = 0; i < G_N_ELEMENTS (sizes); i++)
    for (corner = AHOY_CORNER_TOP_START; corner <= AHOY_CORNER_BOTTOM_END; corner++)
      for (rtl = 0; rtl < 2; rtl++)
        {
          AhoyStageRect r = ahoy_stage_self_view_place (sizes[i][0], sizes[i][1], 16 / 9.0, corner, rtl);
          gboolean at_end = corner == AHOY_CORNER_TOP_END || corner == AHOY_CORNER_BOTTOM_END;

          g_assert_cmpint (r.x, >=, 12);
          g_assert_cmpint (r.y, >=, 12);
          g_assert_cmpint (r.x + r.width, <=, sizes[i][0] - 12);
          g_assert_cmpint (r.y + r.height, <=, sizes[i][1]);
          g_assert_true ((r.x > sizes[i][0] / 2 - r.width / 2) == (at_end != rtl));
        }
}

static void
test_throws (void)
{
  /* Let go at rest: the nearest corner. */
  g_assert_cmpint (ahoy_stage_corner_for (1000, 600, 800, 100, 0, 0, FALSE), ==, AHOY_CORNER_TOP_END);
  g_assert_cmpint (ahoy_stage_corner_for (1000, 600, 200, 500, 0, 0, FALSE), ==, AHOY_CORNER_BOTTOM_START);
  g_assert_cmpint (ahoy_stage_corner_for (1000, 600, 200, 500, 0, 0, TRUE), ==, AHOY_CORNER_BOTTOM_END);
  /* Thrown: further than it was. */
  g_assert_cmpint (ahoy_stage_corner_for (1000, 600, 600, 100, -3000, 0, FALSE), ==, AHOY_CORNER_TOP_START);
  g_assert_cmpint (ahoy_stage_corner_for (1000, 600, 600, 200, 0, 2000, FALSE), ==, AHOY_CORNER_BOTTOM_END);
}

static void
test_steps (void)
{
  g_assert_cmpint (ahoy_stage_corner_step (AHOY_CORNER_TOP_END, -1, 0, FALSE), ==, AHOY_CORNER_TOP_START);
  g_assert_cmpint (ahoy_stage_corner_step (AHOY_CORNER_TOP_END, 1, 0, FALSE), ==, AHOY_CORNER_TOP_END);
  g_assert_cmpint (ahoy_stage_corner_step (AHOY_CORNER_TOP_END, 0, 1, FALSE), ==, AHOY_CORNER_BOTTOM_END);
  g_assert_cmpint (ahoy_stage_corner_step (AHOY_CORNER_TOP_START, -1, 0, TRUE), ==, AHOY_CORNER_TOP_END);
}

static void
test_tones (void)
{
  const double seconds[AHOY_N_TONES] = { 4.0, 1.2, 0.5, 0.5, 1.0, 0.6, 0.4 };
  AhoyTone tone;

  for (tone = AHOY_TONE_HARBOUR; tone < AHOY_N_TONES; tone++)
    {
      g_autoptr (GBytes) pcm = ahoy_tone_synthesize (tone);
      gsize size, i;
      const gint16 *samples = g_bytes_get_data (pcm, &size);
      int loudest = 0;
      double energy = 0;

      g_assert_cmpuint (size, ==, (gsize) (seconds[tone] * AHOY_TONE_RATE + 0.5) * sizeof (gint16));
      for (i = 0; i < size / 2; i++)
        {
          loudest = MAX (loudest, abs (GINT16_FROM_LE (samples[i])));
          energy += (double) samples[i] * samples[i];
        }
      /* Heard, and under −3 dB of full scale; starts and stops without a click. */
      g_assert_cmpint (loudest, >, 3000);
      g_assert_cmpint (loudest, <, 23198);
      g_assert_cmpfloat (energy / (size / 2), >, 10000);
      g_assert_cmpint (abs (samples[0]), <, 200);
      g_assert_cmpint (abs (samples[size / 2 - 1]), <, 200);
    }
  g_assert_cmpuint (ahoy_tone_pause_ms (AHOY_TONE_RINGBACK), ==, 2800);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/stage/scale", test_scale);
  g_test_add_func ("/stage/self-view-size", test_self_view_size);
  g_test_add_func ("/stage/places", test_places);
  g_test_add_func ("/stage/throws", test_throws);
  g_test_add_func ("/stage/steps", test_steps);
  g_test_add_func ("/tones/all", test_tones);
  return g_test_run ();
}
