/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "ahoy-box-filter.h"

#include <string.h>

static void
filter_row (const float *row,
            float       *out,
            int          width,
            int          radius)
{
  float sum = 0;
  int n = 0;

  for (int x = 0; x < MIN (radius, width); x++, n++)
    sum += row[x];

  for (int x = 0; x < width; x++)
    {
      if (x + radius < width)
        {
          sum += row[x + radius];
          n++;
        }
      if (x - radius - 1 >= 0)
        {
          sum -= row[x - radius - 1];
          n--;
        }
      out[x] = sum / n;
    }
}

static void
add_row (float       *restrict sums,
         const float *restrict row,
         int                   width,
         float                 sign)
{
  for (int x = 0; x < width; x++)
    sums[x] += sign * row[x];
}

static void
scale_row (float       *restrict out,
           const float *restrict sums,
           int                   width,
           float                 scale)
{
  for (int x = 0; x < width; x++)
    out[x] = sums[x] * scale;
}

void
ahoy_box_filter (float *plane,
                 int    width,
                 int    height,
                 int    radius,
                 float *spare)
{
  float *sums = spare + (gsize) width * height;
  int n = 0;

  for (int y = 0; y < height; y++)
    filter_row (plane + (gsize) y * width, spare + (gsize) y * width, width, radius);

  memset (sums, 0, width * sizeof *sums);
  for (int y = 0; y < MIN (radius, height); y++, n++)
    add_row (sums, spare + (gsize) y * width, width, 1);

  for (int y = 0; y < height; y++)
    {
      float *out = plane + (gsize) y * width;
      float scale;

      if (y + radius < height)
        {
          add_row (sums, spare + (gsize) (y + radius) * width, width, 1);
          n++;
        }
      if (y - radius - 1 >= 0)
        {
          add_row (sums, spare + (gsize) (y - radius - 1) * width, width, -1);
          n--;
        }
      scale = 1.f / n;
      scale_row (out, sums, width, scale);
    }
}

void
ahoy_guided_filter (const float *guide,
                    const float *plane,
                    int          width,
                    int          height,
                    int          radius,
                    float        epsilon,
                    float       *slope,
                    float       *base,
                    float       *spare)
{
  gsize n = (gsize) width * height;
  float *guide_mean = spare, *plane_mean = spare + n, *squares = spare + 2 * n, *products = spare + 3 * n;
  float *rest = spare + 4 * n;

  memcpy (guide_mean, guide, n * sizeof *guide);
  memcpy (plane_mean, plane, n * sizeof *plane);
  for (gsize i = 0; i < n; i++)
    {
      squares[i] = guide[i] * guide[i];
      products[i] = guide[i] * plane[i];
    }
  ahoy_box_filter (guide_mean, width, height, radius, rest);
  ahoy_box_filter (plane_mean, width, height, radius, rest);
  ahoy_box_filter (squares, width, height, radius, rest);
  ahoy_box_filter (products, width, height, radius, rest);

  for (gsize i = 0; i < n; i++)
    {
      float variance = squares[i] - guide_mean[i] * guide_mean[i];
      float covariance = products[i] - guide_mean[i] * plane_mean[i];

      slope[i] = covariance / (MAX (variance, 0) + epsilon);
      base[i] = plane_mean[i] - slope[i] * guide_mean[i];
    }
  ahoy_box_filter (slope, width, height, radius, rest);
  ahoy_box_filter (base, width, height, radius, rest);
}

/* So many rows add up in 16 bits. */
#define MAX_ROWS 256

static void
add_pixels (guint16      *restrict sums,
            const guint8 *restrict row,
            int                    width)
{
  for (int x = 0; x < width; x++)
    sums[x] += row[x];
}

/* Rows are added up first, which a compiler turns into a few wide instructions. */
void
ahoy_shrink_plane (const guint8 *plane,
                   int           stride,
                   int           width,
                   int           height,
                   float        *small_plane,
                   int           small_width,
                   int           small_height)
{
  g_autofree guint16 *sums = g_new (guint16, width);
  g_autofree int *bounds = g_new (int, small_width + 1);

  for (int i = 0; i <= small_width; i++)
    bounds[i] = i * width / small_width;

  for (int j = 0; j < small_height; j++)
    {
      int first_row = j * height / small_height;
      int last_row = CLAMP ((j + 1) * height / small_height, first_row + 1, first_row + MAX_ROWS);

      memset (sums, 0, width * sizeof *sums);
      for (int y = first_row; y < last_row; y++)
        add_pixels (sums, plane + (gsize) y * stride, width);

      for (int i = 0; i < small_width; i++)
        {
          int first = bounds[i], last = MAX (bounds[i + 1], first + 1);
          guint32 sum = 0;

          for (int x = first; x < last; x++)
            sum += sums[x];
          small_plane[(gsize) j * small_width + i] = (float) sum / ((last - first) * (last_row - first_row));
        }
    }
}
