/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "ahoy-grid-geometry.h"

#include <math.h>

#define NARROW 600
#define WIDE 900
#define TOP 46    /* the header */
#define BOTTOM 76 /* the control bar */
#define EMPTY_COST 0.03
#define CLEARLY_BETTER 1.08

static gboolean
is_upright (int width,
            int height)
{
  return width < 1.05 * height;
}

/* A tile is neither a slot nor a ribbon. */
static void
limit_aspect (double  *width,
              double  *height,
              gboolean upright)
{
  const double narrowest = upright ? 3.0 / 4 : 4.0 / 3, widest = 16.0 / 9;

  if (*width < *height * narrowest)
    *height = *width / narrowest;
  else if (*width > *height * widest)
    *width = *height * widest;
}

static AhoyGridShape
shape_for (int     width,
           int     height,
           int     gap,
           guint   n,
           int     columns,
           double *score)
{
  AhoyGridShape shape = { columns, ((int) n + columns - 1) / columns, 0, 0 };
  double w = (width - (shape.columns - 1) * gap) / (double) shape.columns;
  double h = (height - (shape.rows - 1) * gap) / (double) shape.rows;
  int empty = shape.columns * shape.rows - (int) n;

  w = MAX (w, 1);
  h = MAX (h, 1);
  limit_aspect (&w, &h, is_upright (width, height));
  *score = w * h * (1 - EMPTY_COST * empty);
  shape.cell_width = (int) floor (w);
  shape.cell_height = (int) floor (h);
  return shape;
}

AhoyGridShape
ahoy_grid_choose (int   width,
                  int   height,
                  int   gap,
                  guint n,
                  int   columns)
{
  AhoyGridShape best = { 0 }, kept = { 0 };
  double best_score = -1, kept_score = -1, score;
  int c;

  for (c = 1; c <= (int) n; c++)
    {
      const int rows = ((int) n + c - 1) / c;
      AhoyGridShape shape;

      /* As many columns as those rows need: more would be empty from top to bottom. */
      if (c != ((int) n + rows - 1) / rows)
        continue;
      shape = shape_for (width, height, gap, n, c, &score);
      if (score > best_score)
        {
          best = shape;
          best_score = score;
        }
      if (c == columns)
        {
          kept = shape;
          kept_score = score;
        }
    }
  return kept_score > 0 && best_score < kept_score * CLEARLY_BETTER ? kept : best;
}

static void
mirror (AhoyStageRect *places,
        guint          n,
        int            width)
{
  guint i;

  for (i = 0; i < n; i++)
    places[i].x = width - places[i].x - places[i].width;
}

void
ahoy_grid_place (int            width,
                 int            height,
                 int            gap,
                 guint          n,
                 int            columns,
                 gboolean       is_rtl,
                 AhoyStageRect *places)
{
  AhoyGridShape shape = ahoy_grid_choose (width, height, gap, n, columns);
  const int block_height = shape.rows * (shape.cell_height + gap) - gap;
  guint i;

  for (i = 0; i < n; i++)
    {
      int row = (int) i / shape.columns, column = (int) i % shape.columns;
      int in_row = MIN (shape.columns, (int) n - row * shape.columns);
      int row_width = in_row * (shape.cell_width + gap) - gap;

      places[i].x = (width - row_width) / 2 + column * (shape.cell_width + gap);
      places[i].y = (height - block_height) / 2 + row * (shape.cell_height + gap);
      places[i].width = shape.cell_width;
      places[i].height = shape.cell_height;
    }
  if (is_rtl)
    mirror (places, n, width);
}

static void
put (AhoyStageRect *place,
     double         left,
     double         top,
     double         x,
     double         y,
     double         side)
{
  /* Edges, not sizes, are rounded: neighbours meet without a seam. */
  place->x = (int) round (left + x);
  place->y = (int) round (top + y);
  place->width = (int) round (left + x + side) - place->x;
  place->height = (int) round (top + y + side) - place->y;
}

/* One on top as wide as all, the others in thirds below. */
static void
place_few_enlarged (double         left,
                    double         top,
                    double         w,
                    guint          n,
                    guint          enlarged,
                    AhoyStageRect *places)
{
  double x = (w - (n - 1) * w / 3) / 2;
  guint i;

  for (i = 0; i < n; i++)
    {
      if (i == enlarged)
        {
          put (&places[i], left, top, 0, 0, w);
          continue;
        }
      put (&places[i], left, top, x, w, w / 3);
      x += w / 3;
    }
}

/* Thirds, and in the row of the enlarged one two thirds with its neighbours on one side. */
static void
place_many (double         left,
            double         top,
            double         w,
            guint          n,
            int            enlarged,
            AhoyStageRect *places)
{
  const double third = w / 3;
  double y = 0;
  guint row, i, beside;

  for (row = 0; row * 3 < n; row++)
    {
      const guint end = MIN (n, row * 3 + 3);
      const gboolean is_row = enlarged >= (int) (row * 3) && enlarged < (int) end;
      const gboolean is_first = enlarged == (int) (row * 3);

      beside = 0;
      for (i = row * 3; i < end; i++)
        {
          if ((int) i == enlarged)
            put (&places[i], left, top, is_first ? 0 : third, y, 2 * third);
          else if (is_row)
            put (&places[i], left, top, is_first ? 2 * third : 0, y + third * beside++, third);
          else
            put (&places[i], left, top, third * (i % 3), y, third);
        }
      y += is_row ? 2 * third : third;
    }
}

static void
place_few (double         left,
           double         top,
           double         w,
           guint          n,
           AhoyStageRect *places)
{
  const double side = n == 1 ? w : w / 2;
  guint i;

  for (i = 0; i < n; i++)
    put (&places[i], left, top, n == 3 && i == 2 ? w / 4 : side * (i % 2), side * (i / 2), side);
}

void
ahoy_grid_place_squares (int            width,
                         int            height,
                         guint          n,
                         int            enlarged,
                         gboolean       is_rtl,
                         AhoyStageRect *places)
{
  const gboolean has_enlarged = enlarged >= 0 && enlarged < (int) n && n > 1;
  double w = width > height ? 0.6 * height : width;
  double thirds, left, top;

  /* The height in thirds of the width. */
  if (n <= 4)
    thirds = has_enlarged ? 4 : n == 2 ? 1.5 : 3;
  else
    thirds = (n + 2) / 3 + (has_enlarged ? 1 : 0);
  w = MIN (w, height * 3 / thirds);
  left = (width - w) / 2;
  top = (height - w * thirds / 3) / 2;

  if (n > 4)
    place_many (left, top, w, n, has_enlarged ? enlarged : -1, places);
  else if (has_enlarged)
    place_few_enlarged (left, top, w, n, (guint) enlarged, places);
  else
    place_few (left, top, w, n, places);
  if (is_rtl)
    mirror (places, n, width);
}

static AhoyStageRect
centred_main (int x,
              int y,
              int width,
              int height)
{
  double w = MAX (width, 1), h = MAX (height, 1);
  AhoyStageRect main = { 0 };

  limit_aspect (&w, &h, is_upright (width, height));
  main.width = (int) floor (w);
  main.height = (int) floor (h);
  main.x = x + (width - main.width) / 2;
  main.y = y + (height - main.height) / 2;
  return main;
}

static void
place_strip_below (int               width,
                   int               height,
                   int               gap,
                   guint             n,
                   guint             main,
                   int               scroll,
                   AhoyStageRect    *places,
                   AhoySpeakerShape *shape)
{
  const int side = MIN (CLAMP (height / 5, 96, 144), MAX (height / 3, 48));
  const int others = (int) n - 1;
  const int length = others * (side + gap) - gap;
  int start, at = 0;
  guint i;

  shape->is_below = TRUE;
  shape->furthest = MAX (length - width, 0);
  start = shape->furthest ? -CLAMP (scroll, 0, shape->furthest) : (width - length) / 2;
  places[main] = centred_main (0, 0, width, height - side - gap);
  for (i = 0; i < n; i++)
    {
      AhoyStageRect place = { start + at * (side + gap), height - side, side, side };

      if (i == main)
        continue;
      at++;
      if (place.x + side <= 0 || place.x >= width)
        place.width = 0;
      else
        shape->n_shown++;
      places[i] = place;
    }
}

static void
place_strip_beside (int               width,
                    int               height,
                    int               gap,
                    guint             n,
                    guint             main,
                    AhoyStageRect    *places,
                    AhoySpeakerShape *shape)
{
  const int w = MIN (CLAMP (width / 5, 160, 240), MAX (width / 3, 80)), h = w * 10 / 16;
  const int others = (int) n - 1;
  const int fit = MAX ((height + gap) / (h + gap), 1);
  int top, at = 0;
  guint i;

  shape->n_shown = (guint) MIN (others, fit);
  shape->n_more = others > fit ? (guint) (others - fit + 1) : 0;
  top = (height - ((int) shape->n_shown * (h + gap) - gap)) / 2;
  places[main] = centred_main (0, 0, width - w - gap, height);
  for (i = 0; i < n; i++)
    {
      AhoyStageRect place = { width - w, top + at * (h + gap), w, h };

      if (i == main)
        continue;
      if (at >= fit)
        place.width = 0;
      places[i] = place;
      at++;
    }
}

AhoySpeakerShape
ahoy_grid_place_speaker (int            width,
                         int            height,
                         int            gap,
                         guint          n,
                         guint          main,
                         int            scroll,
                         gboolean       is_rtl,
                         AhoyStageRect *places)
{
  AhoySpeakerShape shape = { 0 };

  g_return_val_if_fail (main < n, shape);

  if (n == 1)
    places[0] = centred_main (0, 0, width, height);
  else if (is_upright (width, height))
    place_strip_below (width, height, gap, n, main, scroll, places, &shape);
  else
    place_strip_beside (width, height, gap, n, main, places, &shape);
  if (is_rtl)
    mirror (places, n, width);
  return shape;
}

AhoyStageRect
ahoy_grid_area (int      view_width,
                int      view_height,
                gboolean is_fullscreen,
                int     *gap)
{
  const int margin = view_width < NARROW ? 8 : 12;
  AhoyStageRect area = { margin, margin, view_width - 2 * margin, view_height - 2 * margin };

  if (!is_fullscreen)
    {
      area.y = TOP;
      area.height = view_height - TOP - BOTTOM;
    }
  area.width = MAX (area.width, 1);
  area.height = MAX (area.height, 1);
  if (gap)
    *gap = view_width < WIDE ? 8 : 12;
  return area;
}

AhoyStageRect
ahoy_grid_between (AhoyStageRect from,
                   AhoyStageRect to,
                   double        progress)
{
  AhoyStageRect at;

  at.x = (int) round (from.x + (to.x - from.x) * progress);
  at.y = (int) round (from.y + (to.y - from.y) * progress);
  at.width = (int) round (from.width + (to.width - from.width) * progress);
  at.height = (int) round (from.height + (to.height - from.height) * progress);
  return at;
}

guint
ahoy_grid_step (const AhoyStageRect *places,
                guint                n,
                guint                from,
                int                  dx,
                int                  dy)
{
  const AhoyStageRect *a = &places[from];
  double best = G_MAXDOUBLE;
  guint found = from, i;

  for (i = 0; i < n; i++)
    {
      const AhoyStageRect *b = &places[i];
      double x = b->x + b->width / 2.0 - a->x - a->width / 2.0;
      double y = b->y + b->height / 2.0 - a->y - a->height / 2.0;
      double ahead = x * dx + y * dy, aside = fabs (x * dy) + fabs (y * dx);

      if (i == from || b->width <= 0 || ahead < 1)
        continue;
      /* Straight ahead first: a tile aside counts as further away. */
      if (ahead + 2 * aside < best)
        {
          best = ahead + 2 * aside;
          found = i;
        }
    }
  return found;
}
