/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "ahoy-beauty-filter.h"

#include "ahoy-box-filter.h"
#include "ahoy-row-scaler.h"

/* Smoothing is worked out in a picture of a quarter of the size. */
#define SHRINK 4
#define RADIUS 4
#define EPSILON 0.004f
#define MAX_STRENGTH 0.8f

/* Where skin lies in the plane of colours, whatever its darkness; how far it reaches, and where it fades out. */
#define SKIN_U 108.f
#define SKIN_V 152.f
#define SKIN_U_REACH 22.f
#define SKIN_V_REACH 18.f
#define SKIN_EDGE 1.6f
#define DARKEST_SKIN 50
#define SKIN_RADIUS 3

/* Where less than this is to be smoothed nothing is. */
#define LEAST 1e-3f

struct _AhoyBeautyFilter
{
  GstVideoFilter parent_instance;

  int level;               /* atomic */

  /* Of the streaming thread. */
  float *luma;             /* (owned) (nullable): 0–1 */
  float *colours[2];       /* (owned) */
  float *skin;             /* (owned): how much of it is skin, 0–1 */
  float *slope, *base;     /* (owned) */
  float *spare;            /* (owned) */
  guint16 *targets, *weights;       /* (owned): where a brightness is drawn to and how much, 0–255, by small pixel */
  AhoyRowScaler target_scaler, weight_scaler;
  guint16 *target_row, *weight_row; /* (owned) */
  int width, height;       /* of the small picture */
};

G_DEFINE_FINAL_TYPE (AhoyBeautyFilter, ahoy_beauty_filter, GST_TYPE_VIDEO_FILTER)

static GstStaticPadTemplate sink_template =
  GST_STATIC_PAD_TEMPLATE ("sink", GST_PAD_SINK, GST_PAD_ALWAYS, GST_STATIC_CAPS (GST_VIDEO_CAPS_MAKE ("I420")));
static GstStaticPadTemplate src_template =
  GST_STATIC_PAD_TEMPLATE ("src", GST_PAD_SRC, GST_PAD_ALWAYS, GST_STATIC_CAPS (GST_VIDEO_CAPS_MAKE ("I420")));

static void
drop_working_memory (AhoyBeautyFilter *self)
{
  g_clear_pointer (&self->luma, g_free);
  g_clear_pointer (&self->colours[0], g_free);
  g_clear_pointer (&self->colours[1], g_free);
  g_clear_pointer (&self->skin, g_free);
  g_clear_pointer (&self->slope, g_free);
  g_clear_pointer (&self->base, g_free);
  g_clear_pointer (&self->spare, g_free);
  g_clear_pointer (&self->weights, g_free);
  g_clear_pointer (&self->targets, g_free);
  g_clear_pointer (&self->weight_row, g_free);
  g_clear_pointer (&self->target_row, g_free);
  ahoy_row_scaler_clear (&self->weight_scaler);
  ahoy_row_scaler_clear (&self->target_scaler);
}

static void
make_working_memory (AhoyBeautyFilter *self,
                     GstVideoFrame    *frame)
{
  int width = GST_VIDEO_FRAME_WIDTH (frame), height = GST_VIDEO_FRAME_HEIGHT (frame);
  gsize n;

  self->width = MAX (1, width / SHRINK);
  self->height = MAX (1, height / SHRINK);
  n = (gsize) self->width * self->height;
  self->luma = g_new (float, n);
  self->colours[0] = g_new (float, n);
  self->colours[1] = g_new (float, n);
  self->skin = g_new (float, n);
  self->slope = g_new (float, n);
  self->base = g_new (float, n);
  self->spare = g_new (float, AHOY_GUIDED_FILTER_SPARE (self->width, self->height));
  self->weights = g_new (guint16, n);
  self->targets = g_new (guint16, n);
  self->weight_row = g_new (guint16, width);
  self->target_row = g_new (guint16, width);
  ahoy_row_scaler_init (&self->weight_scaler, self->width, self->height, width, height);
  ahoy_row_scaler_init (&self->target_scaler, self->width, self->height, width, height);
}

static void
shrink (AhoyBeautyFilter *self,
        GstVideoFrame    *frame,
        int               component,
        float            *plane)
{
  ahoy_shrink_plane (GST_VIDEO_FRAME_COMP_DATA (frame, component), GST_VIDEO_FRAME_COMP_STRIDE (frame, component),
                     GST_VIDEO_FRAME_COMP_WIDTH (frame, component), GST_VIDEO_FRAME_COMP_HEIGHT (frame, component),
                     plane, self->width, self->height);
}

static void
find_skin (AhoyBeautyFilter *self)
{
  gsize n = (gsize) self->width * self->height;

  for (gsize i = 0; i < n; i++)
    {
      float u = (self->colours[0][i] - SKIN_U) * (1 / SKIN_U_REACH);
      float v = (self->colours[1][i] - SKIN_V) * (1 / SKIN_V_REACH);
      float skin = SKIN_EDGE - u * u - v * v;

      self->skin[i] = self->luma[i] * 255 < DARKEST_SKIN ? 0 : CLAMP (skin, 0, 1);
    }
  ahoy_box_filter (self->skin, self->width, self->height, SKIN_RADIUS, self->spare);
}

/* The guided filter with the picture as its own guide smooths and keeps edges: Y becomes slope × Y + base, which is to be
 * drawn to base / (1 - slope) by 1 - slope. */
static void
find_coefficients (AhoyBeautyFilter *self,
                   float             strength)
{
  gsize n = (gsize) self->width * self->height;

  ahoy_guided_filter (self->luma, self->luma, self->width, self->height, RADIUS, EPSILON, self->slope, self->base,
                      self->spare);
  for (gsize i = 0; i < n; i++)
    {
      float smooth = 1 - self->slope[i];
      float weight = strength * self->skin[i] * smooth;
      float target = self->base[i] / MAX (smooth, LEAST);

      weight = smooth > LEAST ? CLAMP (weight, 0, 1) : 0;
      self->weights[i] = weight * 255 + 0.5f;
      self->targets[i] = CLAMP (target, 0, 1) * 255 + 0.5f;
    }
}

static void
draw_row (guint8        *restrict row,
          const guint16 *restrict target,
          const guint16 *restrict weight,
          int                     width)
{
  for (int x = 0; x < width; x++)
    {
      guint16 parts = weight[x] + (weight[x] >> 7), rest = 256 - parts;

      row[x] = (guint16) (row[x] * rest + target[x] * parts + 128) >> 8;
    }
}

static void
apply (AhoyBeautyFilter *self,
       GstVideoFrame    *frame)
{
  int width = GST_VIDEO_FRAME_WIDTH (frame), height = GST_VIDEO_FRAME_HEIGHT (frame);

  ahoy_row_scaler_reset (&self->target_scaler);
  ahoy_row_scaler_reset (&self->weight_scaler);
  for (int y = 0; y < height; y++)
    {
      guint8 *row = GST_VIDEO_FRAME_PLANE_DATA (frame, 0);

      row += (gsize) y * GST_VIDEO_FRAME_PLANE_STRIDE (frame, 0);
      ahoy_row_scaler_get (&self->target_scaler, self->targets, y, self->target_row);
      ahoy_row_scaler_get (&self->weight_scaler, self->weights, y, self->weight_row);
      draw_row (row, self->target_row, self->weight_row, width);
    }
}

static GstFlowReturn
ahoy_beauty_filter_transform_frame_ip (GstVideoFilter *filter,
                                       GstVideoFrame  *frame)
{
  AhoyBeautyFilter *self = AHOY_BEAUTY_FILTER (filter);
  int level = g_atomic_int_get (&self->level);
  gsize n;

  if (level == 0)
    return GST_FLOW_OK;

  if (self->luma == NULL)
    make_working_memory (self, frame);

  shrink (self, frame, 0, self->luma);
  shrink (self, frame, 1, self->colours[0]);
  shrink (self, frame, 2, self->colours[1]);
  n = (gsize) self->width * self->height;
  for (gsize i = 0; i < n; i++)
    self->luma[i] *= 1 / 255.f;
  find_skin (self);
  find_coefficients (self, MAX_STRENGTH * level / AHOY_BEAUTY_MAX_LEVEL);
  apply (self, frame);

  return GST_FLOW_OK;
}

static gboolean
ahoy_beauty_filter_set_info (GstVideoFilter *filter,
                             GstCaps        *in_caps,
                             GstVideoInfo   *in_info,
                             GstCaps        *out_caps,
                             GstVideoInfo   *out_info)
{
  drop_working_memory (AHOY_BEAUTY_FILTER (filter));

  return TRUE;
}

static gboolean
ahoy_beauty_filter_stop (GstBaseTransform *transform)
{
  drop_working_memory (AHOY_BEAUTY_FILTER (transform));

  return TRUE;
}

static void
ahoy_beauty_filter_finalize (GObject *object)
{
  drop_working_memory (AHOY_BEAUTY_FILTER (object));

  G_OBJECT_CLASS (ahoy_beauty_filter_parent_class)->finalize (object);
}

static void
ahoy_beauty_filter_class_init (AhoyBeautyFilterClass *klass)
{
  GstElementClass *element_class = GST_ELEMENT_CLASS (klass);
  GstVideoFilterClass *filter_class = GST_VIDEO_FILTER_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = ahoy_beauty_filter_finalize;
  GST_BASE_TRANSFORM_CLASS (klass)->stop = ahoy_beauty_filter_stop;
  filter_class->set_info = ahoy_beauty_filter_set_info;
  filter_class->transform_frame_ip = ahoy_beauty_filter_transform_frame_ip;

  gst_element_class_add_static_pad_template (element_class, &sink_template);
  gst_element_class_add_static_pad_template (element_class, &src_template);
  gst_element_class_set_static_metadata (element_class, "Beauty", "Filter/Effect/Video",
                                         "Smooths skin and keeps edges", "The Ahoy project");
}

static void
ahoy_beauty_filter_init (AhoyBeautyFilter *self)
{
  gst_base_transform_set_in_place (GST_BASE_TRANSFORM (self), TRUE);
  gst_base_transform_set_passthrough (GST_BASE_TRANSFORM (self), TRUE);
}

GstElement *
ahoy_beauty_filter_new (const char *name)
{
  return g_object_new (AHOY_TYPE_BEAUTY_FILTER, "name", name, NULL);
}

void
ahoy_beauty_filter_set_level (AhoyBeautyFilter *self,
                              int               level)
{
  g_return_if_fail (AHOY_IS_BEAUTY_FILTER (self));

  level = CLAMP (level, 0, AHOY_BEAUTY_MAX_LEVEL);
  g_atomic_int_set (&self->level, level);
  gst_base_transform_set_passthrough (GST_BASE_TRANSFORM (self), level == 0);
}
