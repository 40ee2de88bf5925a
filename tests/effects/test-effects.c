/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ahoy-background-filter.h"
#include "ahoy-beauty-filter.h"
#include "ahoy-box-filter.h"
#include "ahoy-row-scaler.h"
#include "ahoy-segmenter.h"

#include <gdk-pixbuf/gdk-pixbuf.h>
#include <gst/check/gstharness.h>
#include <math.h>
#include <string.h>

/* Places in the picture of the person, in parts of its width and height. */
#define FACE 0.42, 0.36
#define COLLAR 0.30, 0.90
#define ROCKET 0.84, 0.45
#define FLAG 0.06, 0.40
#define WALL 0.68, 0.30

typedef struct
{
  GstVideoInfo info;
  GstBuffer *buffer; /* (owned) */
} Picture;

static void
picture_clear (Picture *picture)
{
  gst_clear_buffer (&picture->buffer);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Picture, picture_clear)

static GstSample *
load_person (void)
{
  const char *root = g_getenv ("AHOY_SOURCE_ROOT");
  g_autofree char *path = g_build_filename (root, "tests", "effects", "person.jpg", NULL);
  g_autoptr (GdkPixbuf) pixbuf = NULL;
  g_autoptr (GBytes) pixels = NULL;
  g_autoptr (GstBuffer) buffer = NULL;
  g_autoptr (GstCaps) caps = NULL;
  g_autoptr (GError) error = NULL;
  GstVideoInfo info;

  pixbuf = gdk_pixbuf_new_from_file (path, &error);
  g_assert_no_error (error);
  gst_video_info_set_format (&info, GST_VIDEO_FORMAT_RGB, gdk_pixbuf_get_width (pixbuf), gdk_pixbuf_get_height (pixbuf));
  g_assert_cmpint (info.stride[0], ==, gdk_pixbuf_get_rowstride (pixbuf));
  pixels = gdk_pixbuf_read_pixel_bytes (pixbuf);
  buffer = gst_buffer_new_wrapped_bytes (pixels);
  caps = gst_video_info_to_caps (&info);

  return gst_sample_new (buffer, caps, NULL, NULL);
}

static Picture
make_person (int width,
             int height)
{
  g_autoptr (GstSample) sample = load_person ();
  g_autoptr (GstCaps) caps = NULL;
  g_autoptr (GstSample) converted = NULL;
  g_autoptr (GError) error = NULL;
  Picture picture;

  gst_video_info_set_format (&picture.info, GST_VIDEO_FORMAT_I420, width, height);
  picture.info.fps_n = 30;
  caps = gst_video_info_to_caps (&picture.info);
  converted = gst_video_convert_sample (sample, caps, 10 * GST_SECOND, &error);
  g_assert_no_error (error);
  picture.buffer = gst_buffer_copy_deep (gst_sample_get_buffer (converted));

  return picture;
}

static Picture
make_flat (int    width,
           int    height,
           guint8 y,
           guint8 u,
           guint8 v)
{
  const guint8 values[] = { y, u, v };
  GstVideoFrame frame;
  Picture picture;

  gst_video_info_set_format (&picture.info, GST_VIDEO_FORMAT_I420, width, height);
  picture.info.fps_n = 0;
  picture.buffer = gst_buffer_new_allocate (NULL, picture.info.size, NULL);
  g_assert_true (gst_video_frame_map (&frame, &picture.info, picture.buffer, GST_MAP_WRITE));
  for (int i = 0; i < 3; i++)
    memset (GST_VIDEO_FRAME_PLANE_DATA (&frame, i), values[i],
            (gsize) GST_VIDEO_FRAME_PLANE_STRIDE (&frame, i) * GST_VIDEO_FRAME_COMP_HEIGHT (&frame, i));
  gst_video_frame_unmap (&frame);

  return picture;
}

/* The same picture @n times through @element (transfer floating); the last that comes out. */
static Picture
run (GstElement    *element,
     const Picture *picture,
     guint          n)
{
  GstHarness *harness = gst_harness_new_with_element (gst_object_ref_sink (element), "sink", "src");
  Picture out = { .info = picture->info };

  gst_harness_set_src_caps (harness, gst_video_info_to_caps (&picture->info));
  for (guint i = 0; i < n; i++)
    {
      GstBuffer *buffer = gst_buffer_copy_deep (picture->buffer);

      GST_BUFFER_PTS (buffer) = i * GST_SECOND / 30;
      gst_clear_buffer (&out.buffer);
      out.buffer = gst_harness_push_and_pull (harness, buffer);
      g_assert_nonnull (out.buffer);
    }
  gst_harness_teardown (harness);
  gst_object_unref (element);

  return out;
}

typedef struct
{
  double mean;
  double roughness; /* mean difference of neighbours in a row */
} Look;

/* Of a component around a place, a twelfth of the picture wide and high. */
static Look
look_at (const Picture *picture,
         int            component,
         double         at_x,
         double         at_y)
{
  GstVideoFrame frame;
  Look look = { 0 };
  int width, height, n = 0;

  g_assert_true (gst_video_frame_map (&frame, &picture->info, picture->buffer, GST_MAP_READ));
  width = GST_VIDEO_FRAME_COMP_WIDTH (&frame, component);
  height = GST_VIDEO_FRAME_COMP_HEIGHT (&frame, component);
  for (int y = at_y * height - height / 24.; y < at_y * height + height / 24.; y++)
    for (int x = at_x * width - width / 24.; x < at_x * width + width / 24.; x++)
      {
        const guint8 *pixel = GST_VIDEO_FRAME_COMP_DATA (&frame, component);

        pixel += y * GST_VIDEO_FRAME_COMP_STRIDE (&frame, component) + x;
        look.mean += pixel[0];
        look.roughness += abs (pixel[1] - pixel[0]);
        n++;
      }
  gst_video_frame_unmap (&frame);
  look.mean /= n;
  look.roughness /= n;

  return look;
}

static gboolean
is_same (const Picture *a,
         const Picture *b)
{
  GstMapInfo map;
  gboolean same;

  gst_buffer_map (b->buffer, &map, GST_MAP_READ);
  same = gst_buffer_memcmp (a->buffer, 0, map.data, map.size) == 0;
  gst_buffer_unmap (b->buffer, &map);

  return same;
}

static GstElement *
new_background (int        blur,
                GstSample *image)
{
  GstElement *element = ahoy_background_filter_new (NULL);

  ahoy_background_filter_set (AHOY_BACKGROUND_FILTER (element), blur, image);

  return element;
}

static GstElement *
new_beauty (int level)
{
  GstElement *element = ahoy_beauty_filter_new (NULL);

  ahoy_beauty_filter_set_level (AHOY_BEAUTY_FILTER (element), level);

  return element;
}

static gboolean
skip_without_segmenter (void)
{
  if (ahoy_segmenter_is_available ())
    return FALSE;

  g_test_skip ("built without the models");

  return TRUE;
}

static void
test_off (void)
{
  g_auto (Picture) person = make_person (640, 360);
  g_auto (Picture) beauty = run (new_beauty (0), &person, 1);
  g_auto (Picture) background = run (new_background (0, NULL), &person, 1);

  g_assert_true (is_same (&person, &beauty));
  g_assert_true (is_same (&person, &background));
}

/* What is behind loses its detail, the more the higher the level; the person keeps it. */
static void
test_blur (gconstpointer data)
{
  const int *size = data;
  g_auto (Picture) person = make_person (size[0], size[1]);
  Look rocket = look_at (&person, 0, ROCKET), flag = look_at (&person, 0, FLAG);
  Look face = look_at (&person, 0, FACE), collar = look_at (&person, 0, COLLAR);
  const double most_left[] = { 1, 0.7, 0.55, 0.45 };
  double last = 1;

  if (skip_without_segmenter ())
    return;

  for (int level = 1; level <= AHOY_BACKGROUND_MAX_BLUR; level++)
    {
      g_auto (Picture) out = run (new_background (level, NULL), &person, 8);
      double left = look_at (&out, 0, ROCKET).roughness / rocket.roughness;

      g_test_message ("Level %d: of the detail are left: rocket %.3f, flag %.3f, face %.3f, collar %.3f", level, left,
                      look_at (&out, 0, FLAG).roughness / flag.roughness,
                      look_at (&out, 0, FACE).roughness / face.roughness,
                      look_at (&out, 0, COLLAR).roughness / collar.roughness);
      g_assert_cmpfloat (left, <, most_left[level]);
      g_assert_cmpfloat (left, <, last);
      g_assert_cmpfloat (look_at (&out, 0, FLAG).roughness, <, most_left[level] * flag.roughness);
      g_assert_cmpfloat (look_at (&out, 0, FACE).roughness, >, 0.95 * face.roughness);
      g_assert_cmpfloat (fabs (look_at (&out, 0, FACE).mean - face.mean), <, 2);
      g_assert_cmpfloat (look_at (&out, 0, COLLAR).roughness, >, 0.85 * collar.roughness);
      last = left;
    }
}

/* The person stands before the image, in its own colours. */
static void
test_image (void)
{
  g_auto (Picture) person = make_person (640, 360);
  g_auto (Picture) blue = make_flat (300, 300, 60, 200, 90);
  g_autoptr (GstCaps) caps = gst_video_info_to_caps (&blue.info);
  g_autoptr (GstSample) image = gst_sample_new (blue.buffer, caps, NULL, NULL);
  g_auto (Picture) out = { 0 };

  if (skip_without_segmenter ())
    return;

  out = run (new_background (0, image), &person, 8);
  g_assert_cmpfloat (fabs (look_at (&out, 0, WALL).mean - 60), <, 4);
  g_assert_cmpfloat (fabs (look_at (&out, 1, WALL).mean - 200), <, 4);
  g_assert_cmpfloat (fabs (look_at (&out, 2, ROCKET).mean - 90), <, 8);
  g_assert_cmpfloat (fabs (look_at (&out, 0, FACE).mean - look_at (&person, 0, FACE).mean), <, 2);
  g_assert_cmpfloat (fabs (look_at (&out, 2, FACE).mean - look_at (&person, 2, FACE).mean), <, 2);
}

/* An empty room is no reason to show it. */
static void
test_nobody (void)
{
  g_auto (Picture) person = make_person (640, 360);
  g_auto (Picture) out = { 0 };
  GstVideoFrame frame;

  /* Only the part with the rocket, everywhere. */
  g_assert_true (gst_video_frame_map (&frame, &person.info, person.buffer, GST_MAP_READWRITE));
  for (int i = 0; i < 3; i++)
    for (int y = 0; y < GST_VIDEO_FRAME_COMP_HEIGHT (&frame, i); y++)
      {
        guint8 *row = GST_VIDEO_FRAME_COMP_DATA (&frame, i);
        int width = GST_VIDEO_FRAME_COMP_WIDTH (&frame, i);

        row += y * GST_VIDEO_FRAME_COMP_STRIDE (&frame, i);
        for (int x = 0; x < 5 * width / 8; x++)
          row[x] = row[5 * width / 8 + x % (3 * width / 8)];
      }
  gst_video_frame_unmap (&frame);

  if (skip_without_segmenter ())
    return;

  out = run (new_background (AHOY_BACKGROUND_MAX_BLUR, NULL), &person, 8);
  for (double x = 0.1; x < 0.95; x += 0.1)
    g_assert_cmpfloat (look_at (&out, 0, x, 0.5).roughness, <, 0.5 + 0.5 * look_at (&person, 0, x, 0.5).roughness);
}

/* Skin grows smoother with the level, and nothing else changes. */
static void
test_beauty (void)
{
  g_auto (Picture) skin = make_flat (640, 360, 160, 108, 152);
  g_auto (Picture) wall = make_flat (640, 360, 160, 128, 128);
  GRand *dice = g_rand_new_with_seed (7);
  double last;
  GstMapInfo map;

  gst_buffer_map (skin.buffer, &map, GST_MAP_READWRITE);
  for (gsize i = 0; i < 640 * 360; i++)
    map.data[i] += g_rand_int_range (dice, -12, 13);
  gst_buffer_unmap (skin.buffer, &map);
  g_rand_free (dice);

  last = look_at (&skin, 0, 0.5, 0.5).roughness;
  for (int level = 1; level <= AHOY_BEAUTY_MAX_LEVEL; level++)
    {
      g_auto (Picture) out = run (new_beauty (level), &skin, 1);
      g_auto (Picture) same = run (new_beauty (level), &wall, 1);
      Look look = look_at (&out, 0, 0.5, 0.5);

      g_assert_cmpfloat (look.roughness, <, last);
      g_assert_cmpfloat (fabs (look.mean - 160), <, 1.5);
      g_assert_true (is_same (&wall, &same));
      last = look.roughness;
    }
  g_assert_cmpfloat (last, <, 0.45 * look_at (&skin, 0, 0.5, 0.5).roughness);
}

static void
test_beauty_keeps_edges (void)
{
  g_auto (Picture) person = make_person (1280, 720);
  g_auto (Picture) out = run (new_beauty (AHOY_BEAUTY_MAX_LEVEL), &person, 1);
  Look eyes = look_at (&person, 0, 0.44, 0.355), rocket = look_at (&person, 0, ROCKET);

  g_assert_cmpfloat (look_at (&out, 0, 0.44, 0.355).roughness, >, 0.6 * eyes.roughness);
  g_assert_cmpfloat (look_at (&out, 0, ROCKET).roughness, >, 0.85 * rocket.roughness);
}

/* Every plane and row of a picture of any size is inside its memory: what AddressSanitizer is for. */
static void
test_sizes (void)
{
  static const int sizes[][2] = { { 16, 16 }, { 17, 31 }, { 160, 90 }, { 358, 640 }, { 641, 361 }, { 2, 2 }, { 1, 1 } };
  g_auto (Picture) blue = make_flat (5, 3, 60, 200, 90);
  g_autoptr (GstCaps) caps = gst_video_info_to_caps (&blue.info);
  g_autoptr (GstSample) image = gst_sample_new (blue.buffer, caps, NULL, NULL);

  for (guint i = 0; i < G_N_ELEMENTS (sizes); i++)
    {
      g_auto (Picture) flat = make_flat (sizes[i][0], sizes[i][1], 120, 108, 152);
      g_auto (Picture) beauty = run (new_beauty (AHOY_BEAUTY_MAX_LEVEL), &flat, 2);
      g_auto (Picture) blurred = run (new_background (2, NULL), &flat, 3);
      g_auto (Picture) replaced = run (new_background (0, image), &flat, 3);

      g_assert_nonnull (beauty.buffer);
      g_assert_nonnull (blurred.buffer);
      g_assert_nonnull (replaced.buffer);
    }
}

/* Switched while pictures flow, also with a change of size in between. */
static void
test_switching (void)
{
  g_auto (Picture) big = make_person (640, 360);
  g_auto (Picture) small_picture = make_person (320, 180);
  GstElement *element = gst_object_ref_sink (ahoy_background_filter_new (NULL));
  GstHarness *harness = gst_harness_new_with_element (element, "sink", "src");

  for (guint i = 0; i < 24; i++)
    {
      const Picture *picture = i / 6 % 2 ? &small_picture : &big;
      GstBuffer *out;

      if (i % 6 == 0)
        gst_harness_set_src_caps (harness, gst_video_info_to_caps (&picture->info));
      ahoy_background_filter_set (AHOY_BACKGROUND_FILTER (element), i % 4, NULL);
      out = gst_harness_push_and_pull (harness, gst_buffer_copy_deep (picture->buffer));
      g_assert_cmpuint (gst_buffer_get_size (out), ==, picture->info.size);
      gst_buffer_unref (out);
    }
  gst_harness_teardown (harness);
  gst_object_unref (element);
}

static void
test_box_filter (void)
{
  enum { W = 13, H = 9, R = 2 };
  float plane[W * H], wanted[W * H], spare[W * H + W];
  GRand *dice = g_rand_new_with_seed (3);

  for (int i = 0; i < W * H; i++)
    plane[i] = g_rand_double (dice);
  g_rand_free (dice);
  for (int y = 0; y < H; y++)
    for (int x = 0; x < W; x++)
      {
        double sum = 0;
        int n = 0;

        for (int j = MAX (0, y - R); j <= MIN (H - 1, y + R); j++)
          for (int i = MAX (0, x - R); i <= MIN (W - 1, x + R); i++, n++)
            sum += plane[j * W + i];
        wanted[y * W + x] = sum / n;
      }

  ahoy_box_filter (plane, W, H, R, spare);
  for (int i = 0; i < W * H; i++)
    g_assert_cmpfloat_with_epsilon (plane[i], wanted[i], 1e-4);
}

static void
test_row_scaler (void)
{
  guint16 small_plane[4 * 3], row[16];
  AhoyRowScaler scaler = { 0 };

  for (int y = 0; y < 3; y++)
    for (int x = 0; x < 4; x++)
      small_plane[y * 4 + x] = 50 * x + 20 * y;

  ahoy_row_scaler_init (&scaler, 4, 3, 16, 12);
  for (int y = 0; y < 12; y++)
    {
      ahoy_row_scaler_get (&scaler, small_plane, y, row);
      for (int x = 0; x < 16; x++)
        {
          double at_x = CLAMP ((x + 0.5) / 4 - 0.5, 0, 3), at_y = CLAMP ((y + 0.5) / 4 - 0.5, 0, 2);

          g_assert_cmpfloat_with_epsilon (row[x], 50 * at_x + 20 * at_y, 1.1);
        }
    }
  ahoy_row_scaler_clear (&scaler);
}

int
main (int   argc,
      char *argv[])
{
  static const int sizes[][2] = { { 640, 360 }, { 1280, 720 }, { 640, 480 } };

  gst_init (NULL, NULL);
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/effects/box-filter", test_box_filter);
  g_test_add_func ("/effects/row-scaler", test_row_scaler);
  g_test_add_func ("/effects/off", test_off);
  g_test_add_data_func ("/effects/blur/360p", sizes[0], test_blur);
  g_test_add_data_func ("/effects/blur/720p", sizes[1], test_blur);
  g_test_add_data_func ("/effects/blur/4-by-3", sizes[2], test_blur);
  g_test_add_func ("/effects/image", test_image);
  g_test_add_func ("/effects/nobody", test_nobody);
  g_test_add_func ("/effects/beauty/levels", test_beauty);
  g_test_add_func ("/effects/beauty/edges", test_beauty_keeps_edges);
  g_test_add_func ("/effects/sizes", test_sizes);
  g_test_add_func ("/effects/switching", test_switching);

  return g_test_run ();
}
