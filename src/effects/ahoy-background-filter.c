/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "ahoy-background-filter.h"

#include "ahoy-box-filter.h"
#include "ahoy-person-mask.h"
#include "ahoy-row-scaler.h"

#include <string.h>

#define N_PLANES 3

/* What is blurred is made this small first, whatever its size: one strength looks the same in every resolution. */
#define BLUR_SIZE 160
#define BLUR_PASSES 3

/* A place that is all person has no background of its own: a little of everything keeps the division sound. */
#define LEAST_WEIGHT 0.004f

static const int blur_radiuses[AHOY_BACKGROUND_MAX_BLUR + 1] = { 0, 2, 3, 5 };

struct _AhoyBackgroundFilter
{
  GstVideoFilter parent_instance;

  /* With the object's lock. */
  GstSample *image;        /* (owned) (nullable) */
  int blur;

  /* Of the streaming thread. */
  AhoyPersonMask *mask;    /* (owned) (nullable): from the first picture that needs it */
  guint16 *no_mask;        /* (owned) (nullable): nobody anywhere */
  AhoyRowScaler mask_scalers[2];       /* for brightness and for colour */
  AhoyRowScaler blur_scalers[2];
  guint16 *blurred[N_PLANES];          /* (owned) */
  float *weights, *weight_sums;        /* (owned): how much each place counts, as it is and blurred */
  float *weighted, *spare;             /* (owned): what else blurring needs */
  guint16 *mask_row, *background_row;  /* (owned) */
  int mask_width, mask_height;
  int blur_width, blur_height;
  GstBuffer *picture;      /* (owned) (nullable): the image as big as the frames are */
  GstSample *picture_of;   /* (owned) (nullable): which image that is */
};

G_DEFINE_FINAL_TYPE (AhoyBackgroundFilter, ahoy_background_filter, GST_TYPE_VIDEO_FILTER)

static GstStaticPadTemplate sink_template =
  GST_STATIC_PAD_TEMPLATE ("sink", GST_PAD_SINK, GST_PAD_ALWAYS, GST_STATIC_CAPS (GST_VIDEO_CAPS_MAKE ("I420")));
static GstStaticPadTemplate src_template =
  GST_STATIC_PAD_TEMPLATE ("src", GST_PAD_SRC, GST_PAD_ALWAYS, GST_STATIC_CAPS (GST_VIDEO_CAPS_MAKE ("I420")));

static void
drop_working_memory (AhoyBackgroundFilter *self)
{
  g_clear_pointer (&self->mask, ahoy_person_mask_free);
  g_clear_pointer (&self->no_mask, g_free);
  for (int i = 0; i < 2; i++)
    {
      ahoy_row_scaler_clear (&self->mask_scalers[i]);
      ahoy_row_scaler_clear (&self->blur_scalers[i]);
    }
  for (int i = 0; i < N_PLANES; i++)
    g_clear_pointer (&self->blurred[i], g_free);
  g_clear_pointer (&self->weights, g_free);
  g_clear_pointer (&self->weight_sums, g_free);
  g_clear_pointer (&self->weighted, g_free);
  g_clear_pointer (&self->spare, g_free);
  g_clear_pointer (&self->mask_row, g_free);
  g_clear_pointer (&self->background_row, g_free);
  gst_clear_buffer (&self->picture);
  g_clear_pointer (&self->picture_of, gst_sample_unref);
}

static void
make_working_memory (AhoyBackgroundFilter *self,
                     GstVideoFrame        *frame)
{
  int width = GST_VIDEO_FRAME_WIDTH (frame), height = GST_VIDEO_FRAME_HEIGHT (frame);
  g_autoptr (GError) error = NULL;
  gsize n;

  self->mask = ahoy_person_mask_new (width, height, &error);
  if (self->mask == NULL)
    GST_WARNING_OBJECT (self, "Nobody can be found: %s", error->message);

  self->mask_width = self->mask ? ahoy_person_mask_get_width (self->mask) : 1;
  self->mask_height = self->mask ? ahoy_person_mask_get_height (self->mask) : 1;
  self->no_mask = g_new0 (guint16, (gsize) self->mask_width * self->mask_height);
  self->blur_width = MAX (1, MIN (width, width * BLUR_SIZE / MAX (width, height)));
  self->blur_height = MAX (1, MIN (height, height * BLUR_SIZE / MAX (width, height)));
  for (int i = 0; i < 2; i++)
    {
      int plane_width = GST_VIDEO_FRAME_COMP_WIDTH (frame, i), plane_height = GST_VIDEO_FRAME_COMP_HEIGHT (frame, i);

      ahoy_row_scaler_init (&self->mask_scalers[i], self->mask_width, self->mask_height, plane_width, plane_height);
      ahoy_row_scaler_init (&self->blur_scalers[i], self->blur_width, self->blur_height, plane_width, plane_height);
    }

  n = (gsize) self->blur_width * self->blur_height;
  for (int i = 0; i < N_PLANES; i++)
    self->blurred[i] = g_new (guint16, n);
  self->weights = g_new (float, n);
  self->weight_sums = g_new (float, n);
  self->weighted = g_new (float, n);
  self->spare = g_new (float, n + self->blur_width);
  self->mask_row = g_new (guint16, width);
  self->background_row = g_new (guint16, width);
}

static void
blur_plane (AhoyBackgroundFilter *self,
            float                *plane,
            int                   radius)
{
  for (int i = 0; i < BLUR_PASSES; i++)
    ahoy_box_filter (plane, self->blur_width, self->blur_height, radius, self->spare);
}

/* The person must not bleed into what is behind: it has no weight there. */
static void
weigh (AhoyBackgroundFilter *self,
       const guint16        *mask)
{
  for (int y = 0; y < self->blur_height; y++)
    {
      const guint16 *row = mask + (gsize) (y * self->mask_height / self->blur_height) * self->mask_width;
      float *weights = self->weights + (gsize) y * self->blur_width;

      for (int x = 0; x < self->blur_width; x++)
        weights[x] = LEAST_WEIGHT + (1 - LEAST_WEIGHT) * (255 - row[x * self->mask_width / self->blur_width]) / 255;
    }
}

static void
make_blurred (AhoyBackgroundFilter *self,
              GstVideoFrame        *frame,
              const guint16        *mask,
              int                   radius)
{
  gsize n = (gsize) self->blur_width * self->blur_height;

  weigh (self, mask);
  memcpy (self->weight_sums, self->weights, n * sizeof *self->weights);
  blur_plane (self, self->weight_sums, radius);
  for (int i = 0; i < N_PLANES; i++)
    {
      ahoy_shrink_plane (GST_VIDEO_FRAME_COMP_DATA (frame, i), GST_VIDEO_FRAME_COMP_STRIDE (frame, i),
                         GST_VIDEO_FRAME_COMP_WIDTH (frame, i), GST_VIDEO_FRAME_COMP_HEIGHT (frame, i),
                         self->weighted, self->blur_width, self->blur_height);
      for (gsize k = 0; k < n; k++)
        self->weighted[k] *= self->weights[k];
      blur_plane (self, self->weighted, radius);
      for (gsize k = 0; k < n; k++)
        {
          float value = self->weighted[k] / self->weight_sums[k] + 0.5f;

          self->blurred[i][k] = CLAMP (value, 0, 255);
        }
    }
}

/* 255 of the mask is all person; 256 parts divide faster. */
static void
mix_row (guint8        *restrict row,
         const guint16 *restrict background,
         const guint16 *restrict mask,
         int                     width)
{
  for (int x = 0; x < width; x++)
    {
      guint16 parts = mask[x] + (mask[x] >> 7), rest = 256 - parts;

      row[x] = (guint16) (row[x] * parts + background[x] * rest + 128) >> 8;
    }
}

static void
mix_plane (AhoyBackgroundFilter *self,
           GstVideoFrame        *frame,
           int                   plane,
           const guint16        *mask,
           GstVideoFrame        *picture)
{
  int width = GST_VIDEO_FRAME_COMP_WIDTH (frame, plane), height = GST_VIDEO_FRAME_COMP_HEIGHT (frame, plane);
  AhoyRowScaler *mask_scaler = &self->mask_scalers[plane > 0];
  AhoyRowScaler *blur_scaler = &self->blur_scalers[plane > 0];

  ahoy_row_scaler_reset (mask_scaler);
  ahoy_row_scaler_reset (blur_scaler);
  for (int y = 0; y < height; y++)
    {
      guint8 *row = GST_VIDEO_FRAME_COMP_DATA (frame, plane);

      row += (gsize) y * GST_VIDEO_FRAME_COMP_STRIDE (frame, plane);
      ahoy_row_scaler_get (mask_scaler, mask, y, self->mask_row);
      if (picture)
        {
          const guint8 *picture_row = GST_VIDEO_FRAME_COMP_DATA (picture, plane);

          picture_row += (gsize) y * GST_VIDEO_FRAME_COMP_STRIDE (picture, plane);
          for (int x = 0; x < width; x++)
            self->background_row[x] = picture_row[x];
        }
      else
        {
          ahoy_row_scaler_get (blur_scaler, self->blurred[plane], y, self->background_row);
        }
      mix_row (row, self->background_row, self->mask_row, width);
    }
}

/* Scaled until it covers the picture; what stands over on two sides is cut off in equal parts. */
static GstStructure *
make_cover (const GstVideoInfo *from,
            const GstVideoInfo *to)
{
  gint64 width = from->width, height = from->height;

  if (width * to->height > height * to->width)
    width = MAX (1, height * to->width / to->height);
  else
    height = MAX (1, width * to->height / to->width);

  return gst_structure_new ("cover",
                            GST_VIDEO_CONVERTER_OPT_SRC_X, G_TYPE_INT, (int) (from->width - width) / 2,
                            GST_VIDEO_CONVERTER_OPT_SRC_Y, G_TYPE_INT, (int) (from->height - height) / 2,
                            GST_VIDEO_CONVERTER_OPT_SRC_WIDTH, G_TYPE_INT, (int) width,
                            GST_VIDEO_CONVERTER_OPT_SRC_HEIGHT, G_TYPE_INT, (int) height,
                            NULL);
}

static GstBuffer *
fit_image (AhoyBackgroundFilter *self,
           GstSample            *image,
           GstVideoInfo         *info)
{
  g_autoptr (GstBuffer) buffer = NULL;
  GstVideoConverter *converter;
  GstVideoFrame from, to;
  GstVideoInfo image_info;

  if (!gst_video_info_from_caps (&image_info, gst_sample_get_caps (image)))
    return NULL;

  /* A converter changes no rates, and insists on it. */
  image_info.fps_n = info->fps_n;
  image_info.fps_d = info->fps_d;
  converter = gst_video_converter_new (&image_info, info, make_cover (&image_info, info));
  if (converter == NULL)
    return NULL;

  buffer = gst_buffer_new_allocate (NULL, info->size, NULL);
  if (gst_video_frame_map (&from, &image_info, gst_sample_get_buffer (image), GST_MAP_READ))
    {
      if (gst_video_frame_map (&to, info, buffer, GST_MAP_WRITE))
        {
          gst_video_converter_frame (converter, &from, &to);
          gst_video_frame_unmap (&to);
        }
      gst_video_frame_unmap (&from);
    }
  gst_video_converter_free (converter);

  return g_steal_pointer (&buffer);
}

/* NULL when the image cannot be used: the caller blurs instead. */
static GstBuffer *
get_picture (AhoyBackgroundFilter *self,
             GstSample            *image,
             GstVideoInfo         *info)
{
  if (self->picture_of != image)
    {
      gst_clear_buffer (&self->picture);
      g_clear_pointer (&self->picture_of, gst_sample_unref);
      self->picture_of = gst_sample_ref (image);
      self->picture = fit_image (self, image, info);
    }

  return self->picture;
}

static gboolean
mix_with_picture (AhoyBackgroundFilter *self,
                  GstVideoFrame        *frame,
                  const guint16        *mask,
                  GstSample            *image)
{
  GstBuffer *buffer = get_picture (self, image, &frame->info);
  GstVideoFrame picture;

  if (buffer == NULL || !gst_video_frame_map (&picture, &frame->info, buffer, GST_MAP_READ))
    return FALSE;

  for (int i = 0; i < N_PLANES; i++)
    mix_plane (self, frame, i, mask, &picture);
  gst_video_frame_unmap (&picture);

  return TRUE;
}

static GstFlowReturn
ahoy_background_filter_transform_frame_ip (GstVideoFilter *filter,
                                           GstVideoFrame  *frame)
{
  AhoyBackgroundFilter *self = AHOY_BACKGROUND_FILTER (filter);
  g_autoptr (GstSample) image = NULL;
  const guint16 *mask;
  int blur;

  GST_OBJECT_LOCK (self);
  blur = self->blur;
  image = self->image ? gst_sample_ref (self->image) : NULL;
  GST_OBJECT_UNLOCK (self);
  if (blur == 0 && image == NULL)
    return GST_FLOW_OK;

  if (self->no_mask == NULL)
    make_working_memory (self, frame);
  mask = self->mask ? ahoy_person_mask_update (self->mask, frame) : self->no_mask;

  if (image && mix_with_picture (self, frame, mask, image))
    return GST_FLOW_OK;

  make_blurred (self, frame, mask, blur_radiuses[blur ? blur : AHOY_BACKGROUND_MAX_BLUR]);
  for (int i = 0; i < N_PLANES; i++)
    mix_plane (self, frame, i, mask, NULL);

  return GST_FLOW_OK;
}

static gboolean
ahoy_background_filter_set_info (GstVideoFilter *filter,
                                 GstCaps        *in_caps,
                                 GstVideoInfo   *in_info,
                                 GstCaps        *out_caps,
                                 GstVideoInfo   *out_info)
{
  drop_working_memory (AHOY_BACKGROUND_FILTER (filter));

  return TRUE;
}

static gboolean
ahoy_background_filter_stop (GstBaseTransform *transform)
{
  drop_working_memory (AHOY_BACKGROUND_FILTER (transform));

  return TRUE;
}

static void
ahoy_background_filter_finalize (GObject *object)
{
  AhoyBackgroundFilter *self = AHOY_BACKGROUND_FILTER (object);

  drop_working_memory (self);
  g_clear_pointer (&self->image, gst_sample_unref);

  G_OBJECT_CLASS (ahoy_background_filter_parent_class)->finalize (object);
}

static void
ahoy_background_filter_class_init (AhoyBackgroundFilterClass *klass)
{
  GstElementClass *element_class = GST_ELEMENT_CLASS (klass);
  GstVideoFilterClass *filter_class = GST_VIDEO_FILTER_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = ahoy_background_filter_finalize;
  GST_BASE_TRANSFORM_CLASS (klass)->stop = ahoy_background_filter_stop;
  filter_class->set_info = ahoy_background_filter_set_info;
  filter_class->transform_frame_ip = ahoy_background_filter_transform_frame_ip;

  gst_element_class_add_static_pad_template (element_class, &sink_template);
  gst_element_class_add_static_pad_template (element_class, &src_template);
  gst_element_class_set_static_metadata (element_class, "Background", "Filter/Effect/Video",
                                         "Blurs or replaces what is behind a person", "The Ahoy project");
}

static void
ahoy_background_filter_init (AhoyBackgroundFilter *self)
{
  gst_base_transform_set_in_place (GST_BASE_TRANSFORM (self), TRUE);
  gst_base_transform_set_passthrough (GST_BASE_TRANSFORM (self), TRUE);
}

GstElement *
ahoy_background_filter_new (const char *name)
{
  return g_object_new (AHOY_TYPE_BACKGROUND_FILTER, "name", name, NULL);
}

void
ahoy_background_filter_set (AhoyBackgroundFilter *self,
                            int                   blur,
                            GstSample            *image)
{
  g_return_if_fail (AHOY_IS_BACKGROUND_FILTER (self));

  GST_OBJECT_LOCK (self);
  self->blur = CLAMP (blur, 0, AHOY_BACKGROUND_MAX_BLUR);
  if (self->image != image)
    {
      g_clear_pointer (&self->image, gst_sample_unref);
      self->image = image ? gst_sample_ref (image) : NULL;
    }
  GST_OBJECT_UNLOCK (self);
  gst_base_transform_set_passthrough (GST_BASE_TRANSFORM (self), blur <= 0 && image == NULL);
}
