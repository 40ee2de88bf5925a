/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The kit and the widgets over the real engine, with nobody signed in. Whole calls are tests/e2e. */
#include "config.h"

#include "ahoy-test-wait.h"
#include "ahoy-ui.h"

#include <adwaita.h>

static gboolean
is_mapped (gpointer widget)
{
  return gtk_widget_get_mapped (widget);
}

static void
test_kit (void)
{
  AhoyEngine *engine = ahoy_engine_new ();
  AhoyCallKit *kit = ahoy_call_kit_new (engine, NULL);
  const char *ids[] = { "ada", NULL };
  g_autoptr (GError) error = NULL;
  g_autofree char *words = NULL;

  g_assert_null (ahoy_engine_place_call (engine, ids, AHOY_CALL_MEDIA_AUDIO, NULL, &error));
  g_assert_error (error, AHOY_ERROR, -1201);
  words = ahoy_words_error (error);
  g_assert_cmpstr (words, ==, "You are not signed in");
  g_assert_false (ahoy_call_kit_answer (kit, "no-such-call", TRUE));
  g_assert_false (ahoy_call_kit_present (kit, NULL));
  g_assert_finalize_object (kit);
  g_assert_finalize_object (engine);
}

static void
test_self_view (void)
{
  AhoyEngine *engine = ahoy_engine_new ();
  AhoyVideoTrack *own = ahoy_media_get_self_view (ahoy_engine_get_media (engine));
  GtkWidget *view = ahoy_video_view_new ();
  GtkWindow *window = GTK_WINDOW (gtk_window_new ());

  ahoy_video_view_set_track (AHOY_VIDEO_VIEW (view), own);
  gtk_window_set_child (window, view);
  gtk_window_present (window);
  ahoy_test_wait (is_mapped, view, 5000, "the view to be mapped");
  /* No camera was turned on by looking. */
  g_assert_false (ahoy_media_get_camera_on (ahoy_engine_get_media (engine)));
  g_assert_false (ahoy_video_view_get_has_picture (AHOY_VIDEO_VIEW (view)));
  gtk_window_destroy (window);
  g_assert_finalize_object (engine);
}

static void
test_view_without_call (void)
{
  AhoyEngine *engine = ahoy_engine_new ();
  GtkWidget *view = ahoy_call_view_new (NULL, engine);
  GtkWindow *window = GTK_WINDOW (gtk_window_new ());

  gtk_window_set_child (window, view);
  gtk_window_present (window);
  ahoy_test_wait (is_mapped, view, 5000, "the view to be mapped");
  gtk_widget_activate_action (view, "call.hang-up", NULL);
  gtk_widget_activate_action (view, "call.muted", NULL);
  gtk_widget_activate_action (view, "call.escape", NULL);
  g_assert_null (ahoy_call_view_get_call (AHOY_CALL_VIEW (view)));
  gtk_window_destroy (window);
  g_assert_finalize_object (engine);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  gtk_init ();
  adw_init ();
  g_test_add_func ("/engine/kit", test_kit);
  g_test_add_func ("/engine/self-view", test_self_view);
  g_test_add_func ("/engine/view-without-call", test_view_without_call);
  return g_test_run ();
}
