/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "ahoy-row-scaler.h"

#include <string.h>

/* The small pixel whose middle is left of (above) that of pixel @i, and how far that one is on the way to the next. */
static int
find_place (int  i,
            int  small_length,
            int  length,
            int *fraction)
{
  gint64 at = ((gint64) (2 * i + 1) * small_length * 128) / length - 128;
  gint64 last = (gint64) (small_length - 1) * 256;

  at = CLAMP (at, 0, last);
  *fraction = at & 255;

  return at >> 8;
}

void
ahoy_row_scaler_init (AhoyRowScaler *self,
                      int            small_width,
                      int            small_height,
                      int            width,
                      int            height)
{
  self->small_width = small_width;
  self->small_height = small_height;
  self->width = width;
  self->height = height;
  self->places = g_new (guint16, width);
  self->fractions = g_new (guint16, width);
  self->rows[0] = g_new (guint16, width);
  self->rows[1] = g_new (guint16, width);
  ahoy_row_scaler_reset (self);

  for (int x = 0; x < width; x++)
    {
      int fraction;

      self->places[x] = find_place (x, small_width, width, &fraction);
      self->fractions[x] = fraction;
    }
}

void
ahoy_row_scaler_clear (AhoyRowScaler *self)
{
  g_free (self->places);
  g_free (self->fractions);
  g_free (self->rows[0]);
  g_free (self->rows[1]);
  memset (self, 0, sizeof *self);
}

void
ahoy_row_scaler_reset (AhoyRowScaler *self)
{
  self->row_numbers[0] = self->row_numbers[1] = -1;
}

static const guint16 *
get_wide_row (AhoyRowScaler *self,
              const guint16 *small_plane,
              int            number)
{
  const guint16 *small_row = small_plane + (gsize) number * self->small_width;
  guint16 *row = self->rows[number & 1];

  if (self->row_numbers[number & 1] == number)
    return row;

  self->row_numbers[number & 1] = number;
  for (int x = 0; x < self->width; x++)
    {
      guint32 left = small_row[self->places[x]];
      guint32 right = small_row[MIN (self->places[x] + 1, self->small_width - 1)];

      row[x] = (left * (256 - self->fractions[x]) + right * self->fractions[x] + 128) >> 8;
    }

  return row;
}

/* Apart and without overlap, so that the compiler takes many numbers at once. */
static void
mix_rows (const guint16 *restrict upper,
          const guint16 *restrict lower,
          guint16                 weight,
          int                     width,
          guint16       *restrict out)
{
  guint16 rest = 256 - weight;

  for (int x = 0; x < width; x++)
    out[x] = (guint16) (upper[x] * rest + lower[x] * weight + 128) >> 8;
}

void
ahoy_row_scaler_get (AhoyRowScaler *self,
                     const guint16 *small_plane,
                     int            y,
                     guint16       *out)
{
  int fraction;
  int number = find_place (y, self->small_height, self->height, &fraction);
  const guint16 *upper = get_wide_row (self, small_plane, number);
  const guint16 *lower = get_wide_row (self, small_plane, MIN (number + 1, self->small_height - 1));

  mix_rows (upper, lower, fraction, self->width, out);
}
