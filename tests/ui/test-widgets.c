/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "ahoy-avatar.h"
#include "ahoy-test-wait.h"
#include "ahoy-video-view.h"
#include "fake.h"

#include <adwaita.h>

static void
test_initials (void)
{
  const struct { const char *name, *initials; } cases[] = {
    { "Ada Lovelace", "AL" }, { "ada", "A" }, { "Ada King Lovelace", "AL" }, { "  ada   lovelace ", "AL" },
    { "émile zola", "ÉZ" }, { "李小龍", "李" }, { "山田 太郎", "山" }, { "🦑", NULL }, { "", NULL }, { NULL, NULL },
    { "🦑 Ada", "A" }, { "ada.lovelace", "AL" }, { "O'Neil", "O" }, { "e\xcc\x81mile", "E\xcc\x81" },
    { "bad \xff name", "BN" },
  };
  guint i;

  for (i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *initials = ahoy_avatar_initials (cases[i].name);

      g_assert_cmpstr (initials, ==, cases[i].initials);
    }
}

static void
test_color (void)
{
  guint seen = 0, i;

  g_assert_cmpuint (ahoy_avatar_color_for_id ("ada"), ==, ahoy_avatar_color_for_id ("ada"));
  for (i = 0; i < 200; i++)
    {
      g_autofree char *id = g_strdup_printf ("user-%u", i);
      guint color = ahoy_avatar_color_for_id (id);

      g_assert_cmpuint (color, >=, 1);
      g_assert_cmpuint (color, <=, AHOY_AVATAR_N_COLORS);
      seen |= 1u << color;
    }
  /* All of them are used. */
  g_assert_cmpuint (seen, ==, ((1u << (AHOY_AVATAR_N_COLORS + 1)) - 1) & ~1u);
  g_assert_cmpuint (ahoy_avatar_color_for_id (NULL), >=, 1);
}

static gboolean
has_image (gpointer avatar)
{
  return gtk_widget_has_css_class (avatar, "image");
}

static void
test_avatar_picture (void)
{
  g_autoptr (AhoyUser) ada = fake_user_new ("ada", "Ada", TRUE);
  GtkWidget *avatar = g_object_ref_sink (ahoy_avatar_new (ada, 64));
  g_autoptr (GdkPixbuf) pixbuf = gdk_pixbuf_new (GDK_COLORSPACE_RGB, FALSE, 8, 32, 16);
  g_autofree char *data = NULL;
  g_autofree char *uri = NULL;
  gsize size;
  int minimum, natural;

  gtk_widget_measure (avatar, GTK_ORIENTATION_HORIZONTAL, -1, &minimum, &natural, NULL, NULL);
  g_assert_cmpint (minimum, ==, 64);
  g_assert_cmpint (natural, ==, 64);

  gdk_pixbuf_fill (pixbuf, 0x336699ff);
  g_assert_true (gdk_pixbuf_save_to_buffer (pixbuf, &data, &size, "png", NULL, NULL));
  {
    g_autofree char *base64 = g_base64_encode ((const guchar *) data, size);

    uri = g_strconcat ("data:image/png;base64,", base64, NULL);
  }
  fake_user_set_avatar (ada, uri);
  ahoy_test_wait (has_image, avatar, 5000, "the picture of the avatar");
  fake_user_set_avatar (ada, NULL);
  g_assert_false (has_image (avatar));
  g_assert_finalize_object (avatar);
}

static gboolean
is_refused (gpointer data)
{
  return *(gboolean *) data;
}

static void
on_avatar_freed (gpointer  data,
                 GObject  *avatar)
{
  *(gboolean *) data = TRUE;
}

/* What may not be opened leaves the initials, and says nothing. */
static void
test_avatar_refusals (void)
{
  const char *const uris[] = {
    "file:///etc/passwd", "data:image/svg+xml;base64,PHN2Zy8+PHN2Zy8+PHN2Zy8+", "data:,x", "data:;base64,AAAA", "nonsense",
    "resource:///org/ahoycall/Ahoy/ui/ahoy-ui.css", NULL,
  };
  guint i;

  for (i = 0; uris[i]; i++)
    {
      g_autoptr (AhoyUser) ada = fake_user_new ("ada", "Ada", TRUE);
      GtkWidget *avatar = g_object_ref_sink (ahoy_avatar_new (ada, 64));
      gboolean is_freed = FALSE;

      fake_user_set_avatar (ada, uris[i]);
      g_object_weak_ref (G_OBJECT (avatar), on_avatar_freed, &is_freed);
      g_object_unref (avatar);
      /* The loading holds the last reference; its end is that of the avatar. */
      ahoy_test_wait (is_refused, &is_freed, 5000, "the refusal of a picture");
    }
}

static GtkWindow *
window_with (GtkWidget *child)
{
  GtkWindow *window = GTK_WINDOW (gtk_window_new ());

  gtk_window_set_decorated (window, FALSE);
  gtk_window_set_default_size (window, 320, 180);
  gtk_window_set_child (window, child);
  gtk_window_present (window);
  return window;
}

static gboolean
was_shown (gpointer track)
{
  return fake_track_get_shown (track) > 0;
}

static gboolean
is_mapped (gpointer widget)
{
  return gtk_widget_get_mapped (widget);
}

static void
count (guint *n)
{
  (*n)++;
}

static void
test_video (void)
{
  g_autoptr (AhoyVideoTrack) track = fake_track_new ();
  g_autoptr (AhoyVideoFrame) frame = fake_picture (160, 90, 0.3);
  GtkWidget *view = g_object_ref_sink (ahoy_video_view_new ());
  GtkWindow *window;
  guint n_told = 0;
  int minimum, natural;

  g_signal_connect_swapped (view, "notify::has-picture", G_CALLBACK (count), &n_told);
  ahoy_video_view_set_track (AHOY_VIDEO_VIEW (view), track);
  g_assert_cmpint (fake_track_get_watchers (track), ==, 0);
  window = window_with (view);
  ahoy_test_wait (is_mapped, view, 5000, "the view to be mapped");
  g_assert_cmpint (fake_track_get_watchers (track), ==, 1);
  /* The tests run with the cairo renderer. */
  g_assert_cmpint (fake_track_get_format (track), ==, AHOY_PIXEL_FORMAT_RGB);

  fake_track_show (track, frame);
  g_assert_cmpuint (n_told, ==, 1);
  ahoy_test_wait (was_shown, track, 5000, "the picture to be painted");
  g_assert_cmpuint (fake_track_get_shown (track), ==, 1);
  g_assert_cmpfloat_with_epsilon (ahoy_video_view_get_aspect (AHOY_VIDEO_VIEW (view)), 16 / 9.0, 1e-9);
  fake_track_set_rotation (track, 90);
  g_assert_cmpfloat_with_epsilon (ahoy_video_view_get_aspect (AHOY_VIDEO_VIEW (view)), 9 / 16.0, 1e-9);

  gtk_widget_measure (view, GTK_ORIENTATION_HORIZONTAL, -1, &minimum, &natural, NULL, NULL);
  g_assert_cmpint (natural, ==, 0);
  gtk_widget_hide (view);
  g_assert_cmpint (fake_track_get_watchers (track), ==, 0);
  gtk_widget_show (view);
  ahoy_video_view_set_track (AHOY_VIDEO_VIEW (view), NULL);
  g_assert_cmpint (fake_track_get_watchers (track), ==, 0);
  g_assert_cmpuint (n_told, ==, 2);
  g_assert_false (ahoy_video_view_get_has_picture (AHOY_VIDEO_VIEW (view)));
  gtk_window_destroy (window);
  g_assert_finalize_object (view);
}

/* What the view paints, without waiting for the next frame. */
static cairo_surface_t *
picture_of (GtkWidget *view)
{
  GtkSnapshot *snapshot = gtk_snapshot_new ();
  cairo_surface_t *surface = cairo_image_surface_create (CAIRO_FORMAT_ARGB32, 320, 180);
  cairo_t *cr = cairo_create (surface);
  GskRenderNode *node;

  g_assert_cmpint (gtk_widget_get_width (view), ==, 320);
  g_assert_cmpint (gtk_widget_get_height (view), ==, 180);
  GTK_WIDGET_GET_CLASS (view)->snapshot (view, snapshot);
  node = gtk_snapshot_free_to_node (snapshot);
  g_assert_nonnull (node);
  gsk_render_node_draw (node, cr);
  gsk_render_node_unref (node);
  cairo_destroy (cr);
  cairo_surface_flush (surface);
  return surface;
}

static guint32
pixel (cairo_surface_t *surface,
       int              x,
       int              y)
{
  const guint8 *row = cairo_image_surface_get_data (surface) + y * cairo_image_surface_get_stride (surface);

  return ((const guint32 *) (gconstpointer) row)[x] & 0xffffff;
}

/* Left half red, right half blue. */
static AhoyVideoFrame *
two_halves (void)
{
  guint8 *rgb = g_malloc0 (32 * 18 * 3);
  g_autoptr (GBytes) bytes = NULL;
  int i;

  for (i = 0; i < 32 * 18; i++)
    rgb[i * 3 + (i % 32 < 16 ? 0 : 2)] = 0xff;
  bytes = g_bytes_new_take (rgb, 32 * 18 * 3);
  return ahoy_video_frame_new (32, 18, 32 * 3, AHOY_PIXEL_FORMAT_RGB, bytes, 0);
}

static void
test_video_pixels (void)
{
  g_autoptr (AhoyVideoTrack) track = fake_track_new ();
  g_autoptr (AhoyVideoFrame) frame = two_halves ();
  GtkWidget *view = ahoy_video_view_new ();
  GtkWindow *window = window_with (view);
  cairo_surface_t *shot;

  ahoy_video_view_set_track (AHOY_VIDEO_VIEW (view), track);
  fake_track_show (track, frame);
  ahoy_test_wait (was_shown, track, 5000, "the picture to be painted");
  shot = picture_of (view);
  g_assert_cmphex (pixel (shot, 40, 90), ==, 0xff0000);
  g_assert_cmphex (pixel (shot, 280, 90), ==, 0x0000ff);
  cairo_surface_destroy (shot);

  ahoy_video_view_set_mirror (AHOY_VIDEO_VIEW (view), TRUE);
  shot = picture_of (view);
  g_assert_cmphex (pixel (shot, 40, 90), ==, 0x0000ff);
  g_assert_cmphex (pixel (shot, 280, 90), ==, 0xff0000);
  cairo_surface_destroy (shot);

  /* A quarter turn clockwise brings left to the top; the mirror does not change that. */
  fake_track_set_rotation (track, 90);
  shot = picture_of (view);
  g_assert_cmphex (pixel (shot, 160, 20), ==, 0xff0000);
  g_assert_cmphex (pixel (shot, 160, 160), ==, 0x0000ff);
  cairo_surface_destroy (shot);

  /* Upright in a wide area: all of it is shown, the sides stay free. */
  ahoy_video_view_set_fit (AHOY_VIDEO_VIEW (view), AHOY_VIDEO_FIT_CONTAIN);
  shot = picture_of (view);
  g_assert_cmphex (pixel (shot, 160, 20), ==, 0xff0000);
  g_assert_cmphex (pixel (shot, 20, 20), ==, 0);
  cairo_surface_destroy (shot);
  gtk_window_destroy (window);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  gtk_init ();
  adw_init ();
  g_test_add_func ("/avatar/initials", test_initials);
  g_test_add_func ("/avatar/color", test_color);
  g_test_add_func ("/avatar/picture", test_avatar_picture);
  g_test_add_func ("/avatar/refusals", test_avatar_refusals);
  g_test_add_func ("/video-view/life", test_video);
  g_test_add_func ("/video-view/pixels", test_video_pixels);
  return g_test_run ();
}
