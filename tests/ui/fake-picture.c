/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "fake.h"

#include <gtk/gtk.h>

static void
set_hue (cairo_t *cr,
         double   hue,
         double   saturation,
         double   value)
{
  float r, g, b;

  gtk_hsv_to_rgb ((float) hue, (float) saturation, (float) value, &r, &g, &b);
  cairo_set_source_rgb (cr, r, g, b);
}

static void
ellipse (cairo_t *cr,
         double   x,
         double   y,
         double   rx,
         double   ry)
{
  cairo_save (cr);
  cairo_translate (cr, x, y);
  cairo_scale (cr, rx, ry);
  cairo_arc (cr, 0, 0, 1, 0, 2 * G_PI);
  cairo_restore (cr);
  cairo_fill (cr);
}

static void
paint_person (cairo_t *cr,
              double   w,
              double   h,
              double   hue)
{
  set_hue (cr, hue, 0.25, 0.80);
  cairo_paint (cr);
  set_hue (cr, hue + 0.02, 0.15, 0.95);
  cairo_rectangle (cr, w * 0.08, h * 0.10, w * 0.24, h * 0.42); /* a window, to the left: shows mirroring */
  cairo_fill (cr);
  set_hue (cr, hue < 0.5 ? hue + 0.5 : hue - 0.5, 0.5, 0.45);
  ellipse (cr, w * 0.5, h * 1.06, h * 0.42, h * 0.40);
  cairo_set_source_rgb (cr, 0.82, 0.62, 0.50);
  cairo_rectangle (cr, w * 0.5 - h * 0.06, h * 0.55, h * 0.12, h * 0.16);
  cairo_fill (cr);
  ellipse (cr, w * 0.5, h * 0.43, h * 0.145, h * 0.19);
  cairo_set_source_rgb (cr, 0.24, 0.15, 0.11);
  ellipse (cr, w * 0.5, h * 0.29, h * 0.15, h * 0.09);
  ellipse (cr, w * 0.5 - h * 0.055, h * 0.42, h * 0.014, h * 0.014);
  ellipse (cr, w * 0.5 + h * 0.055, h * 0.42, h * 0.014, h * 0.014);
  cairo_set_line_width (cr, h * 0.012);
  cairo_arc (cr, w * 0.5, h * 0.48, h * 0.05, 0.2 * G_PI, 0.8 * G_PI);
  cairo_stroke (cr);
}

AhoyVideoFrame *
fake_picture (int    width,
              int    height,
              double hue)
{
  cairo_surface_t *surface = cairo_image_surface_create (CAIRO_FORMAT_RGB24, width, height);
  cairo_t *cr = cairo_create (surface);
  guint8 *rgb = g_malloc ((gsize) width * height * 3);
  g_autoptr (GBytes) bytes = NULL;
  const guint8 *data;
  int stride, x, y;

  paint_person (cr, width, height, hue);
  cairo_destroy (cr);
  cairo_surface_flush (surface);
  data = cairo_image_surface_get_data (surface);
  stride = cairo_image_surface_get_stride (surface);
  for (y = 0; y < height; y++)
    for (x = 0; x < width; x++)
      {
        rgb[(y * width + x) * 3 + 0] = data[y * stride + x * 4 + 2];
        rgb[(y * width + x) * 3 + 1] = data[y * stride + x * 4 + 1];
        rgb[(y * width + x) * 3 + 2] = data[y * stride + x * 4 + 0];
      }
  cairo_surface_destroy (surface);
  bytes = g_bytes_new_take (rgb, (gsize) width * height * 3);
  return ahoy_video_frame_new (width, height, width * 3, AHOY_PIXEL_FORMAT_RGB, bytes, 0);
}
