/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "ahoy-picture-private.h"

#define SIDE 32
#define REACH 3       /* of the blur, in pixels of the small picture */
#define BRIGHT 0.5f   /* white text stands on it */

typedef float Small[SIDE][SIDE][3];

/* The mean of each field of the largest square in the middle, over the colour of a tile where it is clear. */
static void
shrink (const guint8 *data,
        int           width,
        int           height,
        Small         out)
{
  const float ground[3] = { 0x1d, 0x29, 0x35 };
  const int side = MIN (width, height), left = (width - side) / 2, top = (height - side) / 2;
  int x, y, i, j, c;

  for (y = 0; y < SIDE; y++)
    for (x = 0; x < SIDE; x++)
      {
        const int x0 = left + x * side / SIDE, x1 = MAX (left + (x + 1) * side / SIDE, x0 + 1);
        const int y0 = top + y * side / SIDE, y1 = MAX (top + (y + 1) * side / SIDE, y0 + 1);
        float sum[4] = { 0 };

        for (j = y0; j < MIN (y1, height); j++)
          for (i = x0; i < MIN (x1, width); i++)
            {
              guint32 pixel = ((const guint32 *) (gconstpointer) (data + (gsize) j * width * 4))[i];

              sum[0] += (pixel >> 16) & 0xff;
              sum[1] += (pixel >> 8) & 0xff;
              sum[2] += pixel & 0xff;
              sum[3] += pixel >> 24;
            }
        for (c = 0; c < 3; c++)
          {
            float n = (float) MAX ((MIN (x1, width) - x0) * (MIN (y1, height) - y0), 1);

            out[y][x][c] = sum[c] / n + ground[c] * (1 - sum[3] / (255 * n));
          }
      }
}

static void
soften (Small from,
        Small to,
        int   dx,
        int   dy)
{
  int x, y, c, k;

  for (y = 0; y < SIDE; y++)
    for (x = 0; x < SIDE; x++)
      for (c = 0; c < 3; c++)
        {
          float sum = 0;

          for (k = -REACH; k <= REACH; k++)
            sum += from[CLAMP (y + k * dy, 0, SIDE - 1)][CLAMP (x + k * dx, 0, SIDE - 1)][c];
          to[y][x][c] = sum / (2 * REACH + 1);
        }
}

GdkTexture *
ahoy_picture_blur (GdkTexture *picture)
{
  const int width = gdk_texture_get_width (picture), height = gdk_texture_get_height (picture);
  g_autofree guint8 *data = g_malloc ((gsize) width * height * 4);
  guint8 *rgb = g_malloc (SIDE * SIDE * 3);
  g_autoptr (GBytes) bytes = g_bytes_new_take (rgb, SIDE * SIDE * 3);
  Small a, b;
  int x, y, c, pass;

  gdk_texture_download (picture, data, (gsize) width * 4);
  shrink (data, width, height, a);
  for (pass = 0; pass < 2; pass++)
    {
      soften (a, b, 1, 0);
      soften (b, a, 0, 1);
    }
  for (y = 0; y < SIDE; y++)
    for (x = 0; x < SIDE; x++)
      for (c = 0; c < 3; c++)
        rgb[(y * SIDE + x) * 3 + c] = (guint8) CLAMP (a[y][x][c] * BRIGHT, 0, 255);
  return gdk_memory_texture_new (SIDE, SIDE, GDK_MEMORY_R8G8B8, bytes, SIDE * 3);
}
