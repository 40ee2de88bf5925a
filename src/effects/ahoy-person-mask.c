/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "ahoy-person-mask.h"

#include "ahoy-box-filter.h"
#include "ahoy-segmenter.h"

#include <math.h>
#include <string.h>

/* The person is looked for in every second picture; in between the mask follows the edges of the new one. */
#define LOOK_EVERY 2

/* How fast a place changes its side: slowly where the model wavers, at once where it is sure. */
#define SLOW 0.5f
#define FAST 0.9f
#define IS_SURE 0.5f

#define EDGE_RADIUS 3
#define EDGE_EPSILON 1e-3f

struct _AhoyPersonMask
{
  AhoySegmenter *segmenter; /* (owned) */
  float *planes[3];         /* (owned): the small picture, 0–255 */
  float *guide;             /* (owned): its brightness, 0–1 */
  float *smooth;            /* (owned): what the model said, over time */
  float *slope, *base;      /* (owned) */
  float *spare;             /* (owned) */
  guint16 *mask;            /* (owned) */
  int width, height;
  guint n_pictures;
};

AhoyPersonMask *
ahoy_person_mask_new (int      picture_width,
                      int      picture_height,
                      GError **error)
{
  AhoySegmenter *segmenter = ahoy_segmenter_new (picture_width, picture_height, error);
  AhoyPersonMask *self;
  gsize n;

  if (segmenter == NULL)
    return NULL;

  self = g_new0 (AhoyPersonMask, 1);
  self->segmenter = segmenter;
  self->width = ahoy_segmenter_get_width (segmenter);
  self->height = ahoy_segmenter_get_height (segmenter);
  n = (gsize) self->width * self->height;
  for (int i = 0; i < 3; i++)
    self->planes[i] = g_new (float, n);
  self->guide = g_new (float, n);
  self->smooth = g_new0 (float, n);
  self->slope = g_new (float, n);
  self->base = g_new (float, n);
  self->spare = g_new (float, AHOY_GUIDED_FILTER_SPARE (self->width, self->height));
  self->mask = g_new0 (guint16, n);

  return self;
}

void
ahoy_person_mask_free (AhoyPersonMask *self)
{
  ahoy_segmenter_free (self->segmenter);
  for (int i = 0; i < 3; i++)
    g_free (self->planes[i]);
  g_free (self->guide);
  g_free (self->smooth);
  g_free (self->slope);
  g_free (self->base);
  g_free (self->spare);
  g_free (self->mask);
  g_free (self);
}

int
ahoy_person_mask_get_width (AhoyPersonMask *self)
{
  return self->width;
}

int
ahoy_person_mask_get_height (AhoyPersonMask *self)
{
  return self->height;
}

static void
shrink (AhoyPersonMask *self,
        GstVideoFrame  *frame,
        int             component)
{
  ahoy_shrink_plane (GST_VIDEO_FRAME_COMP_DATA (frame, component), GST_VIDEO_FRAME_COMP_STRIDE (frame, component),
                     GST_VIDEO_FRAME_COMP_WIDTH (frame, component), GST_VIDEO_FRAME_COMP_HEIGHT (frame, component),
                     self->planes[component], self->width, self->height);
}

/* ITU-R BT.601, 16–235: the model was trained on pictures of any camera and does not mind a small shift of colour. */
static void
fill_input (AhoyPersonMask *self)
{
  float *input = ahoy_segmenter_get_input (self->segmenter);
  gsize n = (gsize) self->width * self->height;

  for (gsize i = 0; i < n; i++)
    {
      float y = (self->planes[0][i] - 16) * (1 / 219.f);
      float u = (self->planes[1][i] - 128) * (1 / 224.f);
      float v = (self->planes[2][i] - 128) * (1 / 224.f);
      float red = y + 1.402f * v;
      float green = y - 0.344f * u - 0.714f * v;
      float blue = y + 1.772f * u;

      input[3 * i] = CLAMP (red, 0, 1);
      input[3 * i + 1] = CLAMP (green, 0, 1);
      input[3 * i + 2] = CLAMP (blue, 0, 1);
    }
}

static void
look (AhoyPersonMask *self,
      GstVideoFrame  *frame)
{
  gsize n = (gsize) self->width * self->height;
  const float *found;

  shrink (self, frame, 1);
  shrink (self, frame, 2);
  fill_input (self);
  found = ahoy_segmenter_run (self->segmenter);
  if (found == NULL)
    {
      memset (self->smooth, 0, n * sizeof *self->smooth);
      return;
    }

  for (gsize i = 0; i < n; i++)
    {
      float change = found[i] - self->smooth[i];

      self->smooth[i] += (fabsf (change) > IS_SURE || self->n_pictures == 0 ? FAST : SLOW) * change;
    }
}

/* The model's mask is soft and does not end where the person ends: the picture's own edges say where. */
static void
follow_edges (AhoyPersonMask *self)
{
  gsize n = (gsize) self->width * self->height;

  for (gsize i = 0; i < n; i++)
    self->guide[i] = self->planes[0][i] * (1 / 255.f);
  ahoy_guided_filter (self->guide, self->smooth, self->width, self->height, EDGE_RADIUS, EDGE_EPSILON,
                      self->slope, self->base, self->spare);

  for (gsize i = 0; i < n; i++)
    {
      float q = (self->slope[i] * self->guide[i] + self->base[i] - 0.25f) * 2;

      q = CLAMP (q, 0, 1);
      self->mask[i] = q * q * (3 - 2 * q) * 255 + 0.5f;
    }
}

const guint16 *
ahoy_person_mask_update (AhoyPersonMask *self,
                         GstVideoFrame  *frame)
{
  shrink (self, frame, 0);
  if (self->n_pictures % LOOK_EVERY == 0)
    look (self, frame);
  self->n_pictures++;
  follow_edges (self);

  return self->mask;
}
