/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* What the gallery shows: how a call gets into each of its states. */
#include "config.h"

#include "ui-gallery-screens.h"

static gboolean
on_enough (gpointer data)
{
  *(gboolean *) data = TRUE;
  return G_SOURCE_REMOVE;
}

void
gallery_settle (guint milliseconds)
{
  gboolean is_enough = FALSE;

  g_timeout_add (milliseconds, on_enough, &is_enough);
  while (!is_enough)
    g_main_context_iteration (NULL, TRUE);
}

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

/* Others in a group call, beside the first. */
static const struct
{
  const char *id, *name;
} people[] = {
  { "bo", "Bo Chen" }, { "chen", "Chen" }, { "dora", "Dora Maar" }, { "emil", "Émile Zola-Durand de la Rochefoucauld" },
  { "fay", "Fay" }, { "gus", "Gus Johnson" }, { "hana", "花子" }, { "ivo", "Ivo Andrić" },
};

void
gallery_invite_others (Scene *scene,
                       guint  n)
{
  guint i;

  for (i = 0; i < n; i++)
    {
      g_autoptr (AhoyUser) user = fake_user_new (people[i].id, people[i].name, TRUE);

      fake_call_add (scene->call, user);
    }
}

static AhoyParticipant *
nth (Scene *scene,
     guint  n)
{
  g_autoptr (AhoyParticipant) participant = g_list_model_get_item (ahoy_call_get_participants (scene->call), n);

  return participant;
}

static guint
n_others (Scene *scene)
{
  return g_list_model_get_n_items (ahoy_call_get_participants (scene->call));
}

static AhoyCallView *
view_of (Scene *scene)
{
  return ahoy_call_window_get_view (AHOY_CALL_WINDOW (scene->window));
}

static void
act_group (Scene *scene)
{
  gboolean is_video = ahoy_call_get_media (scene->call) == AHOY_CALL_MEDIA_VIDEO;
  guint i;

  if (is_video)
    show_own (scene);
  fake_call_set_state (scene->call, AHOY_CALL_RINGING);
  fake_call_set_state (scene->call, AHOY_CALL_CONNECTING);
  for (i = 0; i < n_others (scene); i++)
    {
      g_autoptr (AhoyVideoFrame) frame = fake_picture (640, 360, 0.1 + 0.11 * i);
      gboolean has_camera = is_video && i % 4 != 2;

      fake_participant_set (nth (scene, i), TRUE, i % 3 != 1, has_camera);
      if (has_camera)
        fake_track_show (ahoy_participant_get_video_track (nth (scene, i)), frame);
    }
  fake_call_set_state (scene->call, AHOY_CALL_ACTIVE);
  fake_call_set_duration (scene->call, 3723);
  if (n_others (scene) > 1)
    fake_participant_set_quality (nth (scene, 1), AHOY_NETWORK_QUALITY_BAD);
  fake_participant_set_volume (nth (scene, 0), 60);
}

static void
act_group_ringing (Scene *scene)
{
  if (ahoy_call_get_media (scene->call) == AHOY_CALL_MEDIA_VIDEO)
    show_own (scene);
  fake_call_set_state (scene->call, AHOY_CALL_RINGING);
}

static void
act_group_mixed (Scene *scene)
{
  AhoyParticipant *last = nth (scene, n_others (scene) - 1);

  act_group (scene);
  fake_participant_set (last, FALSE, TRUE, FALSE);
  fake_participant_set_reconnecting (nth (scene, 0), TRUE);
  fake_call_remove (scene->call, last);
}

static void
act_group_waiting (Scene *scene)
{
  act_group (scene);
  fake_participant_set (nth (scene, n_others (scene) - 1), FALSE, TRUE, FALSE);
}

static void
act_group_pinned (Scene *scene)
{
  act_group (scene);
  gallery_settle (20);
  gtk_widget_activate_action (GTK_WIDGET (view_of (scene)), "call.pin", "i", 2);
}

static void
act_group_speaker (Scene *scene)
{
  act_group (scene);
  g_object_set (view_of (scene), "layout", AHOY_CALL_LAYOUT_SPEAKER, NULL);
}

static void
act_group_square (Scene *scene)
{
  act_group (scene);
  g_object_set (view_of (scene), "grid-style", AHOY_GRID_STYLE_SQUARE, NULL);
}

static void
act_group_square_pinned (Scene *scene)
{
  act_group_square (scene);
  gtk_widget_activate_action (GTK_WIDGET (view_of (scene)), "call.pin", "i", 5);
}

static void
act_group_ended (Scene *scene)
{
  act_group (scene);
  fake_call_end (scene->call, AHOY_END_REASON_HANG_UP, NULL, NULL);
}

static void
act_pair_grid (Scene *scene)
{
  act_active (scene);
  g_object_set (view_of (scene), "layout", AHOY_CALL_LAYOUT_GRID, NULL);
}

const Screen gallery_screens[] = {
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
  { "video-side-by-side", AHOY_CALL_MEDIA_VIDEO, AHOY_CALL_ROLE_CALLER, act_pair_grid },
  { "group-3", AHOY_CALL_MEDIA_VIDEO, AHOY_CALL_ROLE_CALLER, act_group, 1 },
  { "group-4", AHOY_CALL_MEDIA_VIDEO, AHOY_CALL_ROLE_CALLER, act_group, 2 },
  { "group-5", AHOY_CALL_MEDIA_VIDEO, AHOY_CALL_ROLE_CALLER, act_group, 3 },
  { "group-6", AHOY_CALL_MEDIA_VIDEO, AHOY_CALL_ROLE_CALLER, act_group, 4 },
  { "group-7", AHOY_CALL_MEDIA_VIDEO, AHOY_CALL_ROLE_CALLER, act_group, 5 },
  { "group-8", AHOY_CALL_MEDIA_VIDEO, AHOY_CALL_ROLE_CALLER, act_group, 6 },
  { "group-9", AHOY_CALL_MEDIA_VIDEO, AHOY_CALL_ROLE_CALLER, act_group, 7 },
  { "group-audio", AHOY_CALL_MEDIA_AUDIO, AHOY_CALL_ROLE_CALLER, act_group, 3 },
  { "group-audio-9", AHOY_CALL_MEDIA_AUDIO, AHOY_CALL_ROLE_CALLER, act_group, 7 },
  { "group-ringing", AHOY_CALL_MEDIA_VIDEO, AHOY_CALL_ROLE_CALLER, act_group_ringing, 4 },
  { "group-waiting", AHOY_CALL_MEDIA_VIDEO, AHOY_CALL_ROLE_CALLER, act_group_waiting, 3 },
  { "group-mixed", AHOY_CALL_MEDIA_VIDEO, AHOY_CALL_ROLE_CALLER, act_group_mixed, 5 },
  { "group-pinned", AHOY_CALL_MEDIA_VIDEO, AHOY_CALL_ROLE_CALLER, act_group_pinned, 7 },
  { "group-speaker", AHOY_CALL_MEDIA_VIDEO, AHOY_CALL_ROLE_CALLER, act_group_speaker, 3 },
  { "group-square", AHOY_CALL_MEDIA_VIDEO, AHOY_CALL_ROLE_CALLER, act_group_square, 5 },
  { "group-square-pinned", AHOY_CALL_MEDIA_VIDEO, AHOY_CALL_ROLE_CALLER, act_group_square_pinned, 7 },
  { "group-ended", AHOY_CALL_MEDIA_VIDEO, AHOY_CALL_ROLE_CALLER, act_group_ended, 3 },
  { "incoming-video", AHOY_CALL_MEDIA_VIDEO, AHOY_CALL_ROLE_CALLED, act_calling },
  { "incoming-preview", AHOY_CALL_MEDIA_VIDEO, AHOY_CALL_ROLE_CALLED, act_preview },
  { "incoming-audio", AHOY_CALL_MEDIA_AUDIO, AHOY_CALL_ROLE_CALLED, act_calling },
  { "incoming-silenced", AHOY_CALL_MEDIA_AUDIO, AHOY_CALL_ROLE_CALLED, act_silenced },
  { "incoming-elsewhere", AHOY_CALL_MEDIA_AUDIO, AHOY_CALL_ROLE_CALLED, act_elsewhere },
};

const guint gallery_n_screens = G_N_ELEMENTS (gallery_screens);
