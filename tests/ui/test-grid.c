/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "ahoy-grid-geometry.h"

#define MANY 16

typedef struct
{
  int width, height;
  gboolean is_fullscreen;
  int stage_width, stage_height, gap;
  int shapes[9][4]; /* columns, rows, width, height for 1–9 people */
} Row;

static const Row table[] = {
  { 360, 640, FALSE, 344, 518, 8,
    { { 1, 1, 344, 458 }, { 1, 2, 344, 255 }, { 1, 3, 297, 167 }, { 2, 2, 168, 224 }, { 2, 3, 168, 167 },
      { 2, 3, 168, 167 }, { 2, 4, 168, 123 }, { 2, 4, 168, 123 }, { 3, 3, 109, 145 } } },
  { 600, 720, FALSE, 576, 598, 8,
    { { 1, 1, 576, 598 }, { 1, 2, 524, 295 }, { 2, 2, 284, 295 }, { 2, 2, 284, 295 }, { 2, 3, 284, 194 },
      { 2, 3, 284, 194 }, { 2, 4, 255, 143 }, { 2, 4, 255, 143 }, { 3, 3, 186, 194 } } },
  { 960, 640, FALSE, 936, 518, 12,
    { { 1, 1, 920, 518 }, { 2, 1, 462, 346 }, { 2, 2, 449, 253 }, { 2, 2, 449, 253 }, { 3, 2, 304, 228 },
      { 3, 2, 304, 228 }, { 3, 3, 292, 164 }, { 3, 3, 292, 164 }, { 3, 3, 292, 164 } } },
  { 1280, 800, FALSE, 1256, 678, 12,
    { { 1, 1, 1205, 678 }, { 2, 1, 622, 466 }, { 2, 2, 592, 333 }, { 2, 2, 592, 333 }, { 3, 2, 410, 308 },
      { 3, 2, 410, 308 }, { 3, 3, 387, 218 }, { 3, 3, 387, 218 }, { 3, 3, 387, 218 } } },
  { 1920, 1080, TRUE, 1896, 1056, 12,
    { { 1, 1, 1877, 1056 }, { 2, 1, 942, 706 }, { 2, 2, 928, 522 }, { 2, 2, 928, 522 }, { 3, 2, 624, 468 },
      { 3, 2, 624, 468 }, { 3, 3, 611, 344 }, { 3, 3, 611, 344 }, { 3, 3, 611, 344 } } },
};

static void
test_area (void)
{
  guint i;
  int gap;

  for (i = 0; i < G_N_ELEMENTS (table); i++)
    {
      AhoyStageRect area = ahoy_grid_area (table[i].width, table[i].height, table[i].is_fullscreen, &gap);

      g_assert_cmpint (area.width, ==, table[i].stage_width);
      g_assert_cmpint (area.height, ==, table[i].stage_height);
      g_assert_cmpint (gap, ==, table[i].gap);
    }
}

static void
test_shapes (void)
{
  guint i, n;

  for (i = 0; i < G_N_ELEMENTS (table); i++)
    for (n = 1; n <= 9; n++)
      {
        const int *expected = table[i].shapes[n - 1];
        AhoyGridShape shape = ahoy_grid_choose (table[i].stage_width, table[i].stage_height, table[i].gap, n, 0);

        g_test_message ("%u people in %d × %d: %d × %d of %d × %d", n, table[i].width, table[i].height, shape.columns,
                        shape.rows, shape.cell_width, shape.cell_height);
        g_assert_cmpint (shape.columns, ==, expected[0]);
        g_assert_cmpint (shape.rows, ==, expected[1]);
        g_assert_cmpint (shape.cell_width, ==, expected[2]);
        g_assert_cmpint (shape.cell_height, ==, expected[3]);
      }
}

static gboolean
overlap (const AhoyStageRect *a,
         const AhoyStageRect *b)
{
  return a->width > 0 && b->width > 0 && a->x < b->x + b->width && b->x < a->x + a->width &&
         a->y < b->y + b->height && b->y < a->y + a->height;
}

/* Whatever the layout: nobody outside, nobody on top of somebody else. */
static void
check_places (const AhoyStageRect *places,
              guint                n,
              int                  width,
              int                  height)
{
  guint i, j;

  for (i = 0; i < n; i++)
    {
      if (places[i].width <= 0)
        continue;
      g_assert_cmpint (places[i].x, >=, 0);
      g_assert_cmpint (places[i].y, >=, 0);
      g_assert_cmpint (places[i].x + places[i].width, <=, width);
      g_assert_cmpint (places[i].y + places[i].height, <=, height);
      g_assert_cmpint (places[i].height, >, 0);
      for (j = 0; j < i; j++)
        g_assert_false (overlap (&places[i], &places[j]));
    }
}

static void
test_places (void)
{
  AhoyStageRect places[MANY], mirrored[MANY];
  guint i, n, k;

  for (i = 0; i < G_N_ELEMENTS (table); i++)
    for (n = 1; n <= MANY; n++)
      {
        const int w = table[i].stage_width, h = table[i].stage_height;

        ahoy_grid_place (w, h, table[i].gap, n, 0, FALSE, places);
        check_places (places, n, w, h);
        ahoy_grid_place (w, h, table[i].gap, n, 0, TRUE, mirrored);
        for (k = 0; k < n; k++)
          {
            g_assert_cmpint (mirrored[k].x, ==, w - places[k].x - places[k].width);
            g_assert_cmpint (mirrored[k].y, ==, places[k].y);
          }
        /* The last row is in the middle: as much room on one side as on the other. */
        for (k = n - 1; k > 0 && places[k - 1].y == places[n - 1].y; k--)
          ;
        g_assert_cmpint (ABS (places[k].x - (w - places[n - 1].x - places[n - 1].width)), <=, 1);
      }
}

static void
test_keeps_columns (void)
{
  int w, columns = 0, changes = 0, c;

  /* Widened pixel by pixel and back: each change of columns happens at two different widths. */
  for (w = 500; w < 1100; w++)
    {
      c = ahoy_grid_choose (w, 600, 12, 7, columns).columns;
      changes += c != columns;
      columns = c;
    }
  g_assert_cmpint (changes, >=, 2);
  g_assert_cmpint (changes, <=, 4);
  for (w = 1100; w > 500; w--)
    {
      c = ahoy_grid_choose (w, 600, 12, 7, columns).columns;
      if (c != columns)
        {
          g_assert_cmpint (ahoy_grid_choose (w, 600, 12, 7, c).columns, ==, c);
          g_assert_cmpint (ahoy_grid_choose (w + 1, 600, 12, 7, c).columns, ==, c);
        }
      columns = c;
    }
}

static void
assert_place (const AhoyStageRect *place,
              int                  x,
              int                  y,
              int                  side)
{
  g_assert_cmpint (place->x, ==, x);
  g_assert_cmpint (place->y, ==, y);
  g_assert_cmpint (place->width, ==, side);
  g_assert_cmpint (place->height, ==, side);
}

static void
test_squares (void)
{
  AhoyStageRect p[9];

  /* Upright, 300 wide and 600 high. */
  ahoy_grid_place_squares (300, 600, 1, -1, FALSE, p);
  assert_place (&p[0], 0, 150, 300);
  ahoy_grid_place_squares (300, 600, 2, -1, FALSE, p);
  assert_place (&p[0], 0, 225, 150);
  assert_place (&p[1], 150, 225, 150);
  ahoy_grid_place_squares (300, 600, 3, -1, FALSE, p);
  assert_place (&p[1], 150, 150, 150);
  assert_place (&p[2], 75, 300, 150);
  ahoy_grid_place_squares (300, 600, 4, -1, FALSE, p);
  assert_place (&p[3], 150, 300, 150);
  ahoy_grid_place_squares (300, 600, 5, -1, FALSE, p);
  assert_place (&p[0], 0, 200, 100);
  assert_place (&p[2], 200, 200, 100);
  assert_place (&p[4], 100, 300, 100);
  ahoy_grid_place_squares (300, 600, 9, -1, FALSE, p);
  assert_place (&p[8], 200, 350, 100);

  /* Landscape: 0.6 of the height, in the middle. */
  ahoy_grid_place_squares (1000, 500, 4, -1, FALSE, p);
  assert_place (&p[0], 350, 100, 150);
}

static void
test_squares_enlarged (void)
{
  AhoyStageRect p[9];
  guint n, i;

  ahoy_grid_place_squares (300, 600, 2, 1, FALSE, p);
  assert_place (&p[1], 0, 100, 300);
  assert_place (&p[0], 100, 400, 100);
  ahoy_grid_place_squares (300, 600, 3, 0, FALSE, p);
  assert_place (&p[0], 0, 100, 300);
  assert_place (&p[1], 50, 400, 100);
  assert_place (&p[2], 150, 400, 100);
  ahoy_grid_place_squares (300, 600, 4, 2, FALSE, p);
  assert_place (&p[2], 0, 100, 300);
  assert_place (&p[3], 200, 400, 100);

  /* The first of its three stands left, the others right of their neighbours. */
  ahoy_grid_place_squares (300, 600, 6, 0, FALSE, p);
  assert_place (&p[0], 0, 150, 200);
  assert_place (&p[1], 200, 150, 100);
  assert_place (&p[2], 200, 250, 100);
  assert_place (&p[3], 0, 350, 100);
  ahoy_grid_place_squares (300, 600, 6, 4, FALSE, p);
  assert_place (&p[0], 0, 150, 100);
  assert_place (&p[4], 100, 250, 200);
  assert_place (&p[3], 0, 250, 100);
  assert_place (&p[5], 0, 350, 100);
  ahoy_grid_place_squares (300, 600, 6, 2, FALSE, p);
  assert_place (&p[2], 100, 150, 200);
  assert_place (&p[1], 0, 250, 100);

  for (n = 1; n <= 9; n++)
    for (i = 0; i < n; i++)
      {
        ahoy_grid_place_squares (344, 518, n, (int) i, FALSE, p);
        check_places (p, n, 344, 518);
        ahoy_grid_place_squares (936, 518, n, (int) i, TRUE, p);
        check_places (p, n, 936, 518);
      }
}

static void
test_speaker (void)
{
  AhoyStageRect p[9];
  AhoySpeakerShape shape;
  guint i, k, n, main, shown;

  /* At the end: as many as fit, the last one stands for the rest. */
  shape = ahoy_grid_place_speaker (936, 518, 12, 9, 0, 0, FALSE, p);
  g_assert_false (shape.is_below);
  g_assert_cmpuint (shape.n_shown, ==, 4);
  g_assert_cmpuint (shape.n_more, ==, 5);
  g_assert_cmpint (p[1].width, ==, 187);
  g_assert_cmpint (p[1].x + p[1].width, ==, 936);
  g_assert_cmpint (p[0].x + p[0].width, <=, 936 - 187 - 12);
  g_assert_cmpint (p[5].width, ==, 0);
  shape = ahoy_grid_place_speaker (936, 518, 12, 5, 4, 0, TRUE, p);
  g_assert_cmpuint (shape.n_more, ==, 0);
  g_assert_cmpint (p[0].x, ==, 0);

  /* Below: it scrolls, from end to end. */
  shape = ahoy_grid_place_speaker (344, 518, 8, 9, 2, 0, FALSE, p);
  g_assert_true (shape.is_below);
  g_assert_cmpint (p[0].width, ==, 103);
  g_assert_cmpint (p[0].x, ==, 0);
  g_assert_cmpint (p[0].y + p[0].height, ==, 518);
  g_assert_cmpint (shape.furthest, ==, 8 * 111 - 8 - 344);
  g_assert_cmpint (p[8].width, ==, 0);
  ahoy_grid_place_speaker (344, 518, 8, 9, 2, 100000, FALSE, p);
  g_assert_cmpint (p[8].x + p[8].width, ==, 344);

  for (i = 0; i < G_N_ELEMENTS (table); i++)
    for (n = 1; n <= 9; n++)
      for (main = 0; main < n; main++)
        {
          shape = ahoy_grid_place_speaker (table[i].stage_width, table[i].stage_height, table[i].gap, n, main, 0,
                                           FALSE, p);
          if (!shape.is_below)
            check_places (p, n, table[i].stage_width, table[i].stage_height);
          g_assert_cmpint (p[main].width, >, 0);
          for (shown = k = 0; k < n; k++)
            shown += k != main && p[k].width > 0;
          g_assert_cmpuint (shown, ==, shape.n_shown);
        }
}

static void
test_step (void)
{
  AhoyStageRect p[9];

  ahoy_grid_place (936, 518, 12, 7, 0, FALSE, p); /* three, three and one in the middle */
  g_assert_cmpuint (ahoy_grid_step (p, 7, 0, 1, 0), ==, 1);
  g_assert_cmpuint (ahoy_grid_step (p, 7, 0, -1, 0), ==, 0);
  g_assert_cmpuint (ahoy_grid_step (p, 7, 1, 0, 1), ==, 4);
  g_assert_cmpuint (ahoy_grid_step (p, 7, 4, 0, 1), ==, 6);
  g_assert_cmpuint (ahoy_grid_step (p, 7, 3, 0, 1), ==, 6);
  g_assert_cmpuint (ahoy_grid_step (p, 7, 6, 0, -1), ==, 4);
  g_assert_cmpuint (ahoy_grid_step (p, 7, 6, 0, 1), ==, 6);
}

static void
test_between (void)
{
  const AhoyStageRect from = { 0, 10, 100, 50 }, to = { 200, 20, 300, 150 };
  AhoyStageRect at = ahoy_grid_between (from, to, 0.5);

  g_assert_cmpint (at.x, ==, 100);
  g_assert_cmpint (at.y, ==, 15);
  g_assert_cmpint (at.width, ==, 200);
  g_assert_cmpint (at.height, ==, 100);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/grid/area", test_area);
  g_test_add_func ("/grid/shapes", test_shapes);
  g_test_add_func ("/grid/places", test_places);
  g_test_add_func ("/grid/keeps-columns", test_keeps_columns);
  g_test_add_func ("/grid/squares", test_squares);
  g_test_add_func ("/grid/squares-enlarged", test_squares_enlarged);
  g_test_add_func ("/grid/speaker", test_speaker);
  g_test_add_func ("/grid/step", test_step);
  g_test_add_func ("/grid/between", test_between);
  return g_test_run ();
}
