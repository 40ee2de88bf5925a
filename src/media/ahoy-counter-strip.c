/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "ahoy-counter-strip.h"

#define N_BLOCKS 24
#define FIRST_COUNTER_BLOCK 2
#define FIRST_CHECK_BLOCK 18

/* The mean of the middle 40 % of a block, where neighbours and ringing of the codec do not reach. */
static int
block_mean (const guint8 *pixels,
            int           width,
            int           height,
            int           stride,
            int           pixel_size,
            int           block)
{
  double block_width = width / 40.0;
  double block_height = height * 2 / 45.0;
  int left = (int) ((block + 0.3) * block_width);
  int right = MAX (left + 1, (int) ((block + 0.7) * block_width));
  int top = (int) (0.3 * block_height);
  int bottom = MAX (top + 1, (int) (0.7 * block_height));
  guint sum = 0;

  for (int y = top; y < bottom; y++)
    for (int x = left; x < right; x++)
      sum += pixels[y * stride + x * pixel_size];

  return sum / ((right - left) * (bottom - top));
}

/**
 * ahoy_counter_strip_read:
 * @pixels: the first byte of the picture
 * @size: how many bytes there are
 * @width: pixels in a row
 * @height: rows
 * @stride: bytes from one row to the next
 * @pixel_size: bytes from one pixel to the next, 1 for a luma plane
 * @offset: which byte of a pixel to look at; the strip is grey, so any colour will do
 * @counter: (out): the number
 *
 * Returns: whether a strip with a valid check sum was found
 */
gboolean
ahoy_counter_strip_read (const guint8 *pixels,
                         gsize         size,
                         int           width,
                         int           height,
                         int           stride,
                         int           pixel_size,
                         int           offset,
                         guint        *counter)
{
  int mean[N_BLOCKS];
  int white, black, threshold;
  guint value = 0, check = 0;

  if (width < 160 || height < 45 || stride < width * pixel_size || size < (gsize) stride * (height * 2 / 45 + 1))
    return FALSE;

  for (int i = 0; i < N_BLOCKS; i++)
    mean[i] = block_mean (pixels + offset, width, height, stride, pixel_size, i);

  white = (mean[0] + mean[23]) / 2;
  black = (mean[1] + mean[22]) / 2;
  if (white - black < 40)
    return FALSE;

  threshold = (white + black) / 2;
  if (mean[0] < threshold || mean[23] < threshold || mean[1] > threshold || mean[22] > threshold)
    return FALSE;

  for (int i = 0; i < 16; i++)
    value = value << 1 | (mean[FIRST_COUNTER_BLOCK + i] > threshold);
  for (int i = 0; i < 4; i++)
    check = check << 1 | (mean[FIRST_CHECK_BLOCK + i] > threshold);

  if (check != ((value ^ value >> 4 ^ value >> 8 ^ value >> 12) & 0xf))
    return FALSE;

  *counter = value;
  return TRUE;
}
