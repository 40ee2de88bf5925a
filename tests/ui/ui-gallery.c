/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Writes a picture of each screen in each of its states: ui-gallery FOLDER [--high-contrast] [NAME…].
 * Needs a display; draws in process, so the pictures show the windows alone. */
#include "config.h"

#include "ahoy-ui.h"
#include "fake.h"

#include <adwaita.h>
#include <string.h>

typedef struct
{
  AhoyEngine *engine;
  AhoyUser *me;
  AhoyUser *other;
  AhoyCall *call;
  GtkWindow *window;
} Scene;

typedef struct
{
  const char *name;
  AhoyCallMedia media;
  AhoyCallRole role;
  void (*act) (Scene *scene);
} Screen;

typedef struct
{
  const char *name;
  int video_width, video_height;
  int audio_width, audio_height;
  gboolean is_dark, is_rtl;
  double text_scale;
  const char *person; /* NULL: Ada Lovelace */
} Look;

static const Look looks[] = {
  { "light", 960, 640, 440, 600, FALSE, FALSE, 1, NULL },
  { "dark", 960, 640, 440, 600, TRUE, FALSE, 1, NULL },
  { "narrow", 360, 640, 360, 640, TRUE, FALSE, 1, NULL },
  { "short", 480, 320, 360, 300, TRUE, FALSE, 1, NULL },
  { "wide", 1800, 1000, 1800, 1000, TRUE, FALSE, 1, NULL },
  { "rtl", 960, 640, 440, 600, FALSE, TRUE, 1, "ليلى الخطيب" },
  { "large-text", 360, 640, 360, 640, FALSE, FALSE, 1.5, NULL },
  { "long-name", 640, 560, 440, 600, FALSE, FALSE, 1,
    "Wolfeschlegelsteinhausenbergerdorff Maximiliana von und zu Hohenfels 🦑 二〇二六" },
};

static AhoyParticipant *
peer (Scene *scene)
{
  return ahoy_call_get_peer (scene->call);
}

static void
show_own (Scene *scene)
{
  g_autoptr (AhoyVideoFrame) frame = fake_picture (640, 360, 0.08);

  fake_track_show (ahoy_call_get_self_view (scene->call), frame);
}

static void
show_theirs (Scene *scene)
{
  g_autoptr (AhoyVideoFrame) frame = fake_picture (1280, 720, 0.55);

  fake_track_show (ahoy_participant_get_video_track (peer (scene)), frame);
}

static void
act_calling (Scene *scene)
{
}

static void
act_ringing (Scene *scene)
{
  if (ahoy_call_get_media (scene->call) == AHOY_CALL_MEDIA_VIDEO)
    show_own (scene);
  fake_call_set_state (scene->call, AHOY_CALL_RINGING);
}

static void
act_connecting (Scene *scene)
{
  act_ringing (scene);
  fake_call_set_state (scene->call, AHOY_CALL_CONNECTING);
}

static void
act_active (Scene *scene)
{
  gboolean is_video = ahoy_call_get_media (scene->call) == AHOY_CALL_MEDIA_VIDEO;

  act_connecting (scene);
  fake_participant_set (peer (scene), TRUE, TRUE, is_video);
  if (is_video)
    show_theirs (scene);
  fake_call_set_state (scene->call, AHOY_CALL_ACTIVE);
  fake_call_set_duration (scene->call, 754);
}

static void
act_talking (Scene *scene)
{
  act_active (scene);
  fake_participant_set_volume (peer (scene), 60);
  fake_media_set_level (ahoy_engine_get_media (scene->engine), 55);
}

static void
act_muted (Scene *scene)
{
  act_active (scene);
  ahoy_call_set_microphone_on (scene->call, FALSE);
  fake_participant_set (peer (scene), TRUE, FALSE, ahoy_participant_get_camera_on (peer (scene)));
}

static void
act_camera_off (Scene *scene)
{
  act_active (scene);
  fake_track_show (ahoy_call_get_self_view (scene->call), NULL);
  ahoy_call_set_camera_on (scene->call, FALSE);
}

static void
act_their_camera_off (Scene *scene)
{
  act_active (scene);
  fake_participant_set (peer (scene), TRUE, TRUE, FALSE);
}

static void
act_swapped (Scene *scene)
{
  act_active (scene);
  gtk_widget_activate_action (GTK_WIDGET (ahoy_call_window_get_view (AHOY_CALL_WINDOW (scene->window))), "call.swap",
                              NULL);
}

static void
act_problem (Scene *scene)
{
  act_active (scene);
  fake_media_report (ahoy_engine_get_media (scene->engine), AHOY_MEDIA_ERROR_MICROPHONE_MISSING);
}

static void
act_reconnecting (Scene *scene)
{
  act_active (scene);
  fake_call_set_state (scene->call, AHOY_CALL_RECONNECTING);
}

static void
act_declined (Scene *scene)
{
  act_ringing (scene);
  fake_call_end (scene->call, AHOY_END_REASON_REJECT, scene->other, NULL);
}

static void
act_hung_up (Scene *scene)
{
  act_active (scene);
  fake_call_end (scene->call, AHOY_END_REASON_HANG_UP, scene->other, NULL);
}

static void
act_refused (Scene *scene)
{
  fake_call_end (scene->call, AHOY_END_REASON_UNKNOWN, NULL,
                 g_error_new_literal (AHOY_ERROR, -1406, "no server"));
}

static void
act_silenced (Scene *scene)
{
  ahoy_incoming_call_view_silence (ahoy_incoming_call_window_get_view (AHOY_INCOMING_CALL_WINDOW (scene->window)));
}

static void
act_elsewhere (Scene *scene)
{
  fake_call_end (scene->call, AHOY_END_REASON_OTHER_DEVICE_ACCEPTED, NULL, NULL);
}

static void
act_preview (Scene *scene)
{
  show_own (scene);
  g_object_set (ahoy_incoming_call_window_get_view (AHOY_INCOMING_CALL_WINDOW (scene->window)), "show-preview", TRUE,
                NULL);
}

static const Screen screens[] = {
  { "audio-calling", AHOY_CALL_MEDIA_AUDIO, AHOY_CALL_ROLE_CALLER, act_calling },
  { "audio-ringing", AHOY_CALL_MEDIA_AUDIO, AHOY_CALL_ROLE_CALLER, act_ringing },
  { "audio-connecting", AHOY_CALL_MEDIA_AUDIO, AHOY_CALL_ROLE_CALLER, act_connecting },
  { "audio-active", AHOY_CALL_MEDIA_AUDIO, AHOY_CALL_ROLE_CALLER, act_talking },
  { "audio-muted", AHOY_CALL_MEDIA_AUDIO, AHOY_CALL_ROLE_CALLER, act_muted },
  { "audio-reconnecting", AHOY_CALL_MEDIA_AUDIO, AHOY_CALL_ROLE_CALLER, act_reconnecting },
  { "audio-ended", AHOY_CALL_MEDIA_AUDIO, AHOY_CALL_ROLE_CALLER, act_hung_up },
  { "video-ringing", AHOY_CALL_MEDIA_VIDEO, AHOY_CALL_ROLE_CALLER, act_ringing },
  { "video-active", AHOY_CALL_MEDIA_VIDEO, AHOY_CALL_ROLE_CALLER, act_active },
  { "video-muted", AHOY_CALL_MEDIA_VIDEO, AHOY_CALL_ROLE_CALLER, act_muted },
  { "video-camera-off", AHOY_CALL_MEDIA_VIDEO, AHOY_CALL_ROLE_CALLER, act_camera_off },
  { "video-their-camera-off", AHOY_CALL_MEDIA_VIDEO, AHOY_CALL_ROLE_CALLER, act_their_camera_off },
  { "video-swapped", AHOY_CALL_MEDIA_VIDEO, AHOY_CALL_ROLE_CALLER, act_swapped },
  { "video-problem", AHOY_CALL_MEDIA_VIDEO, AHOY_CALL_ROLE_CALLER, act_problem },
  { "video-reconnecting", AHOY_CALL_MEDIA_VIDEO, AHOY_CALL_ROLE_CALLER, act_reconnecting },
  { "video-declined", AHOY_CALL_MEDIA_VIDEO, AHOY_CALL_ROLE_CALLER, act_declined },
  { "video-refused", AHOY_CALL_MEDIA_VIDEO, AHOY_CALL_ROLE_CALLER, act_refused },
  { "incoming-video", AHOY_CALL_MEDIA_VIDEO, AHOY_CALL_ROLE_CALLED, act_calling },
  { "incoming-preview", AHOY_CALL_MEDIA_VIDEO, AHOY_CALL_ROLE_CALLED, act_preview },
  { "incoming-audio", AHOY_CALL_MEDIA_AUDIO, AHOY_CALL_ROLE_CALLED, act_calling },
  { "incoming-silenced", AHOY_CALL_MEDIA_AUDIO, AHOY_CALL_ROLE_CALLED, act_silenced },
  { "incoming-elsewhere", AHOY_CALL_MEDIA_AUDIO, AHOY_CALL_ROLE_CALLED, act_elsewhere },
};

static gboolean
on_enough (gpointer data)
{
  *(gboolean *) data = TRUE;
  return G_SOURCE_REMOVE;
}

static void
settle (guint milliseconds)
{
  gboolean is_enough = FALSE;

  g_timeout_add (milliseconds, on_enough, &is_enough);
  while (!is_enough)
    g_main_context_iteration (NULL, TRUE);
}

static gboolean
save (GtkWindow  *window,
      const char *path)
{
  g_autoptr (GdkPaintable) paintable = gtk_widget_paintable_new (GTK_WIDGET (window));
  GtkSnapshot *snapshot = gtk_snapshot_new ();
  GskRenderNode *node;
  g_autoptr (GdkTexture) texture = NULL;
  int width = gtk_widget_get_width (GTK_WIDGET (window));
  int height = gtk_widget_get_height (GTK_WIDGET (window));

  gdk_paintable_snapshot (paintable, snapshot, width, height);
  node = gtk_snapshot_free_to_node (snapshot);
  if (!node)
    return FALSE;
  texture = gsk_renderer_render_texture (gtk_native_get_renderer (GTK_NATIVE (window)), node,
                                         &GRAPHENE_RECT_INIT (0, 0, width, height));
  gsk_render_node_unref (node);
  return gdk_texture_save_to_png (texture, path);
}

static void
scene_clear (Scene *scene)
{
  gtk_window_destroy (scene->window);
  g_clear_object (&scene->call);
  g_clear_object (&scene->engine);
  g_clear_object (&scene->me);
  g_clear_object (&scene->other);
}

static gboolean
shoot (const Screen *screen,
       const Look   *look,
       const char   *folder,
       const char   *suffix)
{
  Scene scene = { 0 };
  g_autofree char *path = g_strdup_printf ("%s/%s-%s%s.png", folder, screen->name, look->name, suffix);
  gboolean is_video = screen->media == AHOY_CALL_MEDIA_VIDEO;
  gboolean ok;
  guint tries;

  scene.me = fake_user_new ("grace", "Grace Hopper", FALSE);
  scene.other = fake_user_new ("ada", look->person ? look->person : "Ada Lovelace",
                               strcmp (screen->name, "incoming-audio") != 0);
  scene.engine = fake_engine_new (scene.me);
  scene.call = fake_call_new ("c1", scene.other, screen->media, screen->role);
  if (screen->role == AHOY_CALL_ROLE_CALLED)
    scene.window = GTK_WINDOW (ahoy_incoming_call_window_new (scene.call));
  else
    scene.window = GTK_WINDOW (ahoy_call_window_new (scene.call, scene.engine));
  if (screen->role == AHOY_CALL_ROLE_CALLED && look->video_width >= 440)
    gtk_window_set_default_size (scene.window, 400, 600);
  else
    gtk_window_set_default_size (scene.window, is_video ? look->video_width : look->audio_width,
                                 is_video ? look->video_height : look->audio_height);
  gtk_window_present (scene.window);
  settle (60);
  screen->act (&scene);
  settle (screen->role == AHOY_CALL_ROLE_CALLED ? 900 : 160);
  ok = save (scene.window, path);
  /* A busy machine paints late. */
  for (tries = 0; !ok && tries < 50; tries++)
    {
      settle (100);
      ok = save (scene.window, path);
    }
  if (!ok)
    g_printerr ("ui-gallery: %s could not be written\n", path);
  scene_clear (&scene);
  settle (20);
  return ok;
}

static void
apply_look (const Look *look)
{
  GtkSettings *settings = gtk_settings_get_default ();

  gtk_widget_set_default_direction (look->is_rtl ? GTK_TEXT_DIR_RTL : GTK_TEXT_DIR_LTR);
  adw_style_manager_set_color_scheme (adw_style_manager_get_default (),
                                      look->is_dark ? ADW_COLOR_SCHEME_FORCE_DARK : ADW_COLOR_SCHEME_FORCE_LIGHT);
  /* Without motion each state is drawn at once as it ends up. */
  g_object_set (settings, "gtk-enable-animations", FALSE, "gtk-xft-dpi", (int) (96 * 1024 * look->text_scale), NULL);
}

static gboolean
is_wanted (char      **names,
           const char *screen,
           const char *look)
{
  guint i;

  if (!names || !names[0])
    return TRUE;
  for (i = 0; names[i]; i++)
    if (strcmp (names[i], screen) == 0 || strcmp (names[i], look) == 0)
      return TRUE;
  return FALSE;
}

int
main (int    argc,
      char **argv)
{
  gboolean high_contrast = FALSE, ok = TRUE;
  g_auto (GStrv) rest = NULL;
  const GOptionEntry options[] = {
    { "high-contrast", 0, 0, G_OPTION_ARG_NONE, &high_contrast, "Draw in high contrast", NULL },
    { G_OPTION_REMAINING, 0, 0, G_OPTION_ARG_STRING_ARRAY, &rest, NULL, "FOLDER [NAME…]" },
    { NULL }
  };
  g_autoptr (GOptionContext) context = g_option_context_new (NULL);
  g_autoptr (GError) error = NULL;
  guint i, j;

  g_option_context_add_main_entries (context, options, NULL);
  if (!g_option_context_parse (context, &argc, &argv, &error) || !rest)
    {
      g_printerr ("ui-gallery: %s\n", error ? error->message : "which folder?");
      return 2;
    }
  if (high_contrast)
    g_setenv ("ADW_DEBUG_HIGH_CONTRAST", "1", TRUE);
  if (g_mkdir_with_parents (rest[0], 0755) != 0 || !gtk_init_check ())
    {
      g_printerr ("ui-gallery: no folder or no display\n");
      return 1;
    }
  adw_init ();
  for (j = 0; j < G_N_ELEMENTS (looks); j++)
    {
      apply_look (&looks[j]);
      for (i = 0; i < G_N_ELEMENTS (screens); i++)
        if (is_wanted (rest + 1, screens[i].name, looks[j].name))
          ok = shoot (&screens[i], &looks[j], rest[0], high_contrast ? "-contrast" : "") && ok;
    }
  return ok ? 0 : 1;
}
