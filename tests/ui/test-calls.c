/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The screens of a call and the kit that opens them, driven from both ends. */
#include "config.h"

#include "ahoy-test-wait.h"
#include "ahoy-ui.h"
#include "fake.h"

#include <adwaita.h>
#include <string.h>

#define LOOP_HARBOUR (4 * 48000 * 2)
#define LOOP_RINGBACK ((gsize) (1.2f * 48000) * 2)

typedef struct
{
  AhoyUser *me, *ada;
  AhoyEngine *engine;
  AhoyMedia *media;
  AhoyCallKit *kit;
  guint n_incoming, n_over, n_missed;
} Fixture;

static void
on_incoming (Fixture *f)
{
  f->n_incoming++;
}

static void
on_incoming_over (Fixture  *f,
                  AhoyCall *call,
                  gboolean  missed)
{
  f->n_over++;
  f->n_missed += missed;
}

static void
set_up (Fixture       *f,
        gconstpointer  data)
{
  f->me = fake_user_new ("grace", "Grace", FALSE);
  f->ada = fake_user_new ("ada", "Ada", TRUE);
  f->engine = fake_engine_new (f->me);
  f->media = ahoy_engine_get_media (f->engine);
  f->kit = ahoy_call_kit_new (f->engine, NULL);
  g_signal_connect_swapped (f->kit, "incoming", G_CALLBACK (on_incoming), f);
  g_signal_connect_swapped (f->kit, "incoming-over", G_CALLBACK (on_incoming_over), f);
}

static void
tear_down (Fixture       *f,
           gconstpointer  data)
{
  g_assert_finalize_object (f->kit);
  g_assert_cmpuint (fake_media_get_n_looping (f->media), ==, 0);
  g_assert_finalize_object (f->engine);
  g_assert_finalize_object (f->ada);
  g_assert_finalize_object (f->me);
}

static AhoyCall *
add_call (Fixture       *f,
          const char    *id,
          AhoyCallMedia  media,
          AhoyCallRole   role)
{
  AhoyCall *call = fake_call_new (id, f->ada, media, role);

  fake_engine_add_call (f->engine, call);
  return call;
}

static GtkWidget *
find_named (GtkWidget  *widget,
            const char *icon_or_action)
{
  GtkWidget *child;

  if (GTK_IS_ACTIONABLE (widget) &&
      g_strcmp0 (gtk_actionable_get_action_name (GTK_ACTIONABLE (widget)), icon_or_action) == 0)
    return widget;
  for (child = gtk_widget_get_first_child (widget); child; child = gtk_widget_get_next_sibling (child))
    {
      GtkWidget *found = find_named (child, icon_or_action);

      if (found)
        return found;
    }
  return NULL;
}

static gboolean
shows_text (GtkWidget  *widget,
            const char *text)
{
  GtkWidget *child;

  if (!gtk_widget_get_visible (widget))
    return FALSE;
  if (GTK_IS_LABEL (widget) && g_strcmp0 (gtk_label_get_label (GTK_LABEL (widget)), text) == 0)
    return TRUE;
  for (child = gtk_widget_get_first_child (widget); child; child = gtk_widget_get_next_sibling (child))
    if (shows_text (child, text))
      return TRUE;
  return FALSE;
}

static void
click (GtkWindow  *window,
       const char *action)
{
  GtkWidget *button = find_named (GTK_WIDGET (window), action);

  g_assert_nonnull (button);
  g_signal_emit_by_name (button, "clicked");
}

static gboolean
is_mapped (gpointer widget)
{
  return gtk_widget_get_mapped (widget);
}

static AhoyCallView *
view_of (GtkWindow *window)
{
  g_assert_true (AHOY_IS_CALL_WINDOW (window));
  return ahoy_call_window_get_view (AHOY_CALL_WINDOW (window));
}

static void
test_outgoing (Fixture       *f,
               gconstpointer  data)
{
  g_autoptr (AhoyCall) call = add_call (f, "c1", AHOY_CALL_MEDIA_AUDIO, AHOY_CALL_ROLE_CALLER);
  GtkWindow *window = ahoy_call_kit_get_window (f->kit, call);
  guint played;

  /* At once, before the server has said anything. */
  g_assert_true (AHOY_IS_CALL_WINDOW (window));
  g_assert_cmpuint (fake_media_get_n_looping (f->media), ==, 0);
  g_assert_true (shows_text (GTK_WIDGET (window), "Calling…"));
  ahoy_test_wait (is_mapped, window, 5000, "the window of the call");

  fake_call_set_state (call, AHOY_CALL_RINGING);
  g_assert_cmpuint (fake_media_get_loop_bytes (f->media), ==, LOOP_RINGBACK);
  g_assert_true (shows_text (GTK_WIDGET (window), "Ringing…"));
  fake_call_set_state (call, AHOY_CALL_CONNECTING);
  g_assert_cmpuint (fake_media_get_n_looping (f->media), ==, 0);
  g_assert_true (shows_text (GTK_WIDGET (window), "Connecting…"));
  played = fake_media_get_n_played (f->media);
  fake_call_set_state (call, AHOY_CALL_ACTIVE);
  g_assert_cmpuint (fake_media_get_n_played (f->media), ==, played + 1);
  g_assert_true (shows_text (GTK_WIDGET (window), "Connected"));
  fake_call_set_duration (call, 754);
  g_assert_true (shows_text (GTK_WIDGET (window), "12:34"));
  g_assert_cmpstr (gtk_window_get_title (window), ==, "\xe2\x81\xa8" "Ada\xe2\x81\xa9 · 12:34");

  click (window, "call.hang-up");
  g_assert_cmpint (ahoy_call_get_state (call), ==, AHOY_CALL_ENDED);
  g_assert_true (shows_text (GTK_WIDGET (window), "Call ended · 12:34"));
  fake_engine_drop_call (f->engine, call);
}

static void
test_toggles (Fixture       *f,
              gconstpointer  data)
{
  g_autoptr (AhoyCall) call = add_call (f, "c1", AHOY_CALL_MEDIA_VIDEO, AHOY_CALL_ROLE_CALLER);
  GtkWindow *window = ahoy_call_kit_get_window (f->kit, call);
  GtkToggleButton *mute = GTK_TOGGLE_BUTTON (find_named (GTK_WIDGET (window), "call.muted"));
  GtkToggleButton *camera = GTK_TOGGLE_BUTTON (find_named (GTK_WIDGET (window), "call.camera-off"));

  g_assert_false (gtk_toggle_button_get_active (mute));
  g_assert_false (gtk_toggle_button_get_active (camera));
  click (window, "call.muted");
  g_assert_false (ahoy_call_get_microphone_on (call));
  g_assert_true (gtk_toggle_button_get_active (mute));
  g_assert_cmpstr (gtk_widget_get_tooltip_text (GTK_WIDGET (mute)), ==, "Unmute (M)");
  click (window, "call.camera-off");
  g_assert_false (ahoy_call_get_camera_on (call));
  g_assert_true (gtk_toggle_button_get_active (camera));
  /* Changed from elsewhere (keys of a headset, D-Bus): the button follows. */
  ahoy_call_set_microphone_on (call, TRUE);
  g_assert_false (gtk_toggle_button_get_active (mute));
  g_assert_cmpstr (gtk_widget_get_tooltip_text (GTK_WIDGET (mute)), ==, "Mute (M)");
  fake_call_end (call, AHOY_END_REASON_CANCELED, NULL, NULL);
}

static void
test_devices (Fixture       *f,
              gconstpointer  data)
{
  g_autoptr (AhoyCall) call = add_call (f, "c1", AHOY_CALL_MEDIA_VIDEO, AHOY_CALL_ROLE_CALLER);
  GtkWidget *view = GTK_WIDGET (view_of (ahoy_call_kit_get_window (f->kit, call)));
  AhoyDevices *devices = ahoy_engine_get_devices (f->engine);
  g_autofree char *chosen = NULL;
  g_autofree char *automatic = NULL;

  fake_devices_plug (devices, AHOY_DEVICE_MICROPHONE, "usb:1_2", "Desk_Mic");
  gtk_widget_activate_action (view, "call.microphone", "s", "usb:1_2");
  g_assert_cmpstr (ahoy_devices_get_selected (devices, AHOY_DEVICE_MICROPHONE), ==, "usb:1_2");
  g_object_get (view, "microphone", &chosen, NULL);
  g_assert_cmpstr (chosen, ==, "usb:1_2");
  gtk_widget_activate_action (view, "call.microphone", "s", "");
  g_assert_null (ahoy_devices_get_selected (devices, AHOY_DEVICE_MICROPHONE));
  g_object_get (view, "microphone", &automatic, NULL);
  g_assert_cmpstr (automatic, ==, "");
  fake_call_end (call, AHOY_END_REASON_CANCELED, NULL, NULL);
}

static gboolean
large_is_visible (gpointer data)
{
  return gtk_widget_get_opacity (data) > 0.99;
}

static GtkWidget *
find_type (GtkWidget *widget,
           GType      type,
           guint     *skip)
{
  GtkWidget *child;

  if (G_TYPE_CHECK_INSTANCE_TYPE (widget, type) && (*skip)-- == 0)
    return widget;
  for (child = gtk_widget_get_first_child (widget); child; child = gtk_widget_get_next_sibling (child))
    {
      GtkWidget *found = find_type (child, type, skip);

      if (found)
        return found;
    }
  return NULL;
}

/* In the order of the template: preview, large, small. */
static AhoyVideoView *
nth_video (GtkWindow *window,
           guint      n)
{
  return AHOY_VIDEO_VIEW (find_type (GTK_WIDGET (window), AHOY_TYPE_VIDEO_VIEW, &n));
}

static gboolean
bars_are_hidden (gpointer view)
{
  return !ahoy_call_view_get_bars_shown (view);
}

/* What the menu chooses reaches the camera's settings, and the menu follows them. */
static void
test_effects (Fixture       *f,
              gconstpointer  data)
{
  g_autoptr (AhoyCall) call = add_call (f, "c1", AHOY_CALL_MEDIA_VIDEO, AHOY_CALL_ROLE_CALLER);
  GtkWidget *view = GTK_WIDGET (view_of (ahoy_call_kit_get_window (f->kit, call)));
  AhoyVideoSettings *settings = ahoy_engine_get_video_settings (f->engine);
  static const char *const words[] = { "low", "medium", "high", "off" };
  gboolean is_isolating;
  int beauty;

  for (int i = 0; i < 4; i++)
    {
      gtk_widget_activate_action (view, "effects.background", "s", words[i]);
      g_assert_cmpint (ahoy_video_settings_get_background_blur (settings), ==, (i + 1) % 4);
    }
  gtk_widget_activate_action (view, "effects.background", "s", "what nobody knows");
  g_assert_cmpint (ahoy_video_settings_get_background_blur (settings), ==, 0);
  gtk_widget_activate_action (view, "effects.beauty", "i", 6);
  g_object_get (settings, "beauty", &beauty, NULL);
  g_assert_cmpint (beauty, ==, 6);
  gtk_widget_activate_action (view, "effects.voice-isolation", NULL);
  g_object_get (f->media, "voice-isolation", &is_isolating, NULL);
  g_assert_true (is_isolating);

  fake_call_end (call, AHOY_END_REASON_CANCELED, NULL, NULL);
}

static void
test_video (Fixture       *f,
            gconstpointer  data)
{
  g_autoptr (AhoyCall) call = add_call (f, "c1", AHOY_CALL_MEDIA_VIDEO, AHOY_CALL_ROLE_CALLER);
  g_autoptr (AhoyVideoFrame) frame = fake_picture (64, 36, 0.3);
  GtkWindow *window = ahoy_call_kit_get_window (f->kit, call);
  AhoyVideoView *large = nth_video (window, 1), *small = nth_video (window, 2);
  AhoyVideoTrack *own = ahoy_call_get_self_view (call);
  AhoyVideoTrack *theirs = ahoy_participant_get_video_track (ahoy_call_get_peer (call));

  g_assert_true (ahoy_video_view_get_track (nth_video (window, 0)) == own);
  g_assert_true (ahoy_video_view_get_mirror (nth_video (window, 0)));
  fake_track_show (own, frame);
  fake_call_set_state (call, AHOY_CALL_CONNECTING);
  fake_participant_set (ahoy_call_get_peer (call), TRUE, TRUE, TRUE);
  fake_call_set_state (call, AHOY_CALL_ACTIVE);
  ahoy_test_wait (is_mapped, window, 5000, "the window of the call");

  /* Followed from the accept on, shown with the first picture and not before. */
  g_assert_true (ahoy_video_view_get_track (large) == theirs);
  g_assert_cmpint (fake_track_get_watchers (theirs), ==, 1);
  g_assert_cmpfloat (gtk_widget_get_opacity (GTK_WIDGET (large)), ==, 0);
  fake_track_show (theirs, frame);
  ahoy_test_wait (large_is_visible, large, 5000, "the picture of the other person");
  g_assert_false (ahoy_video_view_get_mirror (large));
  g_assert_true (ahoy_video_view_get_track (small) == own);
  g_assert_true (ahoy_video_view_get_mirror (small));

  gtk_widget_activate_action (GTK_WIDGET (view_of (window)), "call.swap", NULL);
  g_assert_true (ahoy_video_view_get_track (large) == own);
  g_assert_true (ahoy_video_view_get_track (small) == theirs);
  g_assert_true (ahoy_video_view_get_mirror (large));
  gtk_widget_activate_action (GTK_WIDGET (view_of (window)), "call.swap", NULL);

  ahoy_test_wait (bars_are_hidden, view_of (window), 8000, "the bars to hide");
  ahoy_call_view_wake (view_of (window));
  g_assert_true (ahoy_call_view_get_bars_shown (view_of (window)));
  /* Never while the line is broken. */
  fake_call_set_state (call, AHOY_CALL_RECONNECTING);
  g_assert_true (ahoy_call_view_get_bars_shown (view_of (window)));
  g_assert_true (shows_text (GTK_WIDGET (window), "Reconnecting…"));
  fake_call_end (call, AHOY_END_REASON_OFFLINE, NULL, NULL);
  g_assert_true (shows_text (GTK_WIDGET (window), "The connection was lost"));
}

static gboolean
is_gone (gpointer data)
{
  return *(gpointer *) data == NULL;
}

static gboolean
is_armed (gpointer view)
{
  return ahoy_incoming_call_view_is_armed (view);
}

static AhoyIncomingCallView *
incoming_view (Fixture  *f,
               AhoyCall *call)
{
  GtkWindow *window = ahoy_call_kit_get_window (f->kit, call);

  g_assert_true (AHOY_IS_INCOMING_CALL_WINDOW (window));
  return ahoy_incoming_call_window_get_view (AHOY_INCOMING_CALL_WINDOW (window));
}

static void
test_answer (Fixture       *f,
             gconstpointer  data)
{
  g_autoptr (AhoyCall) call = add_call (f, "c1", AHOY_CALL_MEDIA_VIDEO, AHOY_CALL_ROLE_CALLED);
  GtkWindow *card = ahoy_call_kit_get_window (f->kit, call);

  g_assert_cmpuint (f->n_incoming, ==, 1);
  g_assert_cmpuint (fake_media_get_loop_bytes (f->media), ==, LOOP_HARBOUR);
  g_object_add_weak_pointer (G_OBJECT (card), (gpointer *) &card);
  ahoy_test_wait (is_mapped, card, 5000, "the card of the call");

  /* Too early: meant for something else. */
  click (card, "incoming.answer");
  click (card, "incoming.decline");
  g_assert_cmpint (ahoy_call_get_state (call), ==, AHOY_CALL_INCOMING);
  ahoy_test_wait (is_armed, incoming_view (f, call), 5000, "the safety delay to end");

  click (card, "incoming.answer");
  g_assert_cmpuint (fake_call_get_accepted (call), ==, 1);
  g_assert_cmpuint (fake_media_get_n_looping (f->media), ==, 0);
  g_assert_cmpuint (f->n_over, ==, 1);
  g_assert_cmpuint (f->n_missed, ==, 0);
  ahoy_test_wait (is_gone, &card, 5000, "the card to go");
  g_assert_true (AHOY_IS_CALL_WINDOW (ahoy_call_kit_get_window (f->kit, call)));
  fake_call_end (call, AHOY_END_REASON_HANG_UP, f->ada, NULL);
  g_assert_true (shows_text (GTK_WIDGET (ahoy_call_kit_get_window (f->kit, call)),
                             "\xe2\x81\xa8" "Ada\xe2\x81\xa9 ended the call"));
}

/* Neither a key nor a screen reader waits for the looks of a button. */
static void
test_answer_at_once (Fixture       *f,
                     gconstpointer  data)
{
  g_autoptr (AhoyCall) call = add_call (f, "c1", AHOY_CALL_MEDIA_VIDEO, AHOY_CALL_ROLE_CALLED);
  GtkWindow *card = ahoy_call_kit_get_window (f->kit, call);

  ahoy_test_wait (is_mapped, card, 5000, "the card of the call");
  ahoy_test_wait (is_armed, incoming_view (f, call), 5000, "the safety delay to end");
  g_assert_true (gtk_widget_activate (find_named (GTK_WIDGET (card), "incoming.answer")));
  g_assert_cmpuint (fake_call_get_accepted (call), ==, 1);
  fake_call_end (call, AHOY_END_REASON_HANG_UP, f->ada, NULL);
}

static void
test_answer_without_camera (Fixture       *f,
                            gconstpointer  data)
{
  g_autoptr (AhoyCall) call = add_call (f, "c1", AHOY_CALL_MEDIA_VIDEO, AHOY_CALL_ROLE_CALLED);

  ahoy_test_wait (is_armed, incoming_view (f, call), 5000, "the safety delay to end");
  click (ahoy_call_kit_get_window (f->kit, call), "incoming.answer-without-camera");
  g_assert_cmpuint (fake_call_get_accepted (call), ==, 2);
  fake_call_end (call, AHOY_END_REASON_HANG_UP, NULL, NULL);
}

static void
test_decline (Fixture       *f,
              gconstpointer  data)
{
  g_autoptr (AhoyCall) call = add_call (f, "c1", AHOY_CALL_MEDIA_AUDIO, AHOY_CALL_ROLE_CALLED);

  ahoy_test_wait (is_armed, incoming_view (f, call), 5000, "the safety delay to end");
  click (ahoy_call_kit_get_window (f->kit, call), "incoming.decline");
  g_assert_true (fake_call_get_rejected (call));
  g_assert_cmpuint (fake_media_get_n_looping (f->media), ==, 0);
  g_assert_null (ahoy_call_kit_get_window (f->kit, call));
  g_assert_cmpuint (f->n_over, ==, 1);
  g_assert_cmpuint (f->n_missed, ==, 0);
}

static void
test_silence (Fixture       *f,
              gconstpointer  data)
{
  g_autoptr (AhoyCall) call = add_call (f, "c1", AHOY_CALL_MEDIA_AUDIO, AHOY_CALL_ROLE_CALLED);
  GtkWindow *card = ahoy_call_kit_get_window (f->kit, call);

  ahoy_test_wait (is_mapped, card, 5000, "the card of the call");
  gtk_widget_activate_action (GTK_WIDGET (incoming_view (f, call)), "incoming.silence", NULL);
  g_assert_cmpuint (fake_media_get_n_looping (f->media), ==, 0);
  g_assert_cmpint (ahoy_call_get_state (call), ==, AHOY_CALL_INCOMING);
  g_assert_true (shows_text (GTK_WIDGET (card), "Silenced"));
  /* Closing is silence too; the notification stays, and its action brings the card back. */
  gtk_window_close (card);
  g_assert_cmpuint (f->n_over, ==, 0);
  g_assert_true (ahoy_call_kit_present (f->kit, "c1"));
  g_assert_true (AHOY_IS_INCOMING_CALL_WINDOW (ahoy_call_kit_get_window (f->kit, call)));
  g_assert_cmpuint (fake_media_get_n_looping (f->media), ==, 0);
  fake_call_end (call, AHOY_END_REASON_CANCELED, f->ada, NULL);
  g_assert_cmpuint (f->n_missed, ==, 1);
}

static void
test_elsewhere (Fixture       *f,
                gconstpointer  data)
{
  g_autoptr (AhoyCall) call = add_call (f, "c1", AHOY_CALL_MEDIA_AUDIO, AHOY_CALL_ROLE_CALLED);
  GtkWindow *card = ahoy_call_kit_get_window (f->kit, call);

  g_object_add_weak_pointer (G_OBJECT (card), (gpointer *) &card);
  fake_call_end (call, AHOY_END_REASON_OTHER_DEVICE_ACCEPTED, NULL, NULL);
  g_assert_cmpuint (fake_media_get_n_looping (f->media), ==, 0);
  g_assert_true (shows_text (GTK_WIDGET (card), "Answered on another device"));
  g_assert_cmpuint (f->n_missed, ==, 0);
  ahoy_test_wait (is_gone, &card, 5000, "the card to go after telling");
}

static void
test_by_id (Fixture       *f,
            gconstpointer  data)
{
  g_autoptr (AhoyCall) call = add_call (f, "c1", AHOY_CALL_MEDIA_AUDIO, AHOY_CALL_ROLE_CALLED);

  g_assert_false (ahoy_call_kit_answer (f->kit, "other", FALSE));
  g_assert_true (ahoy_call_kit_answer (f->kit, "c1", FALSE));
  g_assert_cmpuint (fake_call_get_accepted (call), ==, 2);
  g_assert_false (ahoy_call_kit_decline (f->kit, "c1"));
  fake_call_end (call, AHOY_END_REASON_HANG_UP, NULL, NULL);
  g_assert_false (ahoy_call_kit_present (f->kit, "c1"));
}

static void
test_mute_mode (Fixture       *f,
                gconstpointer  data)
{
  g_autoptr (AhoyCall) call = NULL;

  ahoy_call_kit_set_mute_mode (f->kit, TRUE);
  call = add_call (f, "c1", AHOY_CALL_MEDIA_AUDIO, AHOY_CALL_ROLE_CALLED);
  g_assert_cmpuint (f->n_incoming, ==, 1);
  g_assert_cmpuint (fake_media_get_n_looping (f->media), ==, 0);
  ahoy_call_kit_set_mute_mode (f->kit, FALSE);
  g_assert_cmpuint (fake_media_get_n_looping (f->media), ==, 1);
  fake_call_end (call, AHOY_END_REASON_NO_RESPONSE, NULL, NULL);
  g_assert_cmpuint (f->n_missed, ==, 1);
}

static void
test_style_none (Fixture       *f,
                 gconstpointer  data)
{
  g_autoptr (AhoyCall) call = NULL;

  ahoy_call_kit_set_incoming_style (f->kit, AHOY_INCOMING_STYLE_NONE);
  call = add_call (f, "c1", AHOY_CALL_MEDIA_AUDIO, AHOY_CALL_ROLE_CALLED);
  g_assert_null (ahoy_call_kit_get_window (f->kit, call));
  g_assert_cmpuint (f->n_incoming, ==, 1);
  g_assert_cmpuint (fake_media_get_n_looping (f->media), ==, 1);
  fake_call_end (call, AHOY_END_REASON_CANCELED, NULL, NULL);
}

static void
test_again (Fixture       *f,
            gconstpointer  data)
{
  g_autoptr (AhoyCall) call = add_call (f, "c1", AHOY_CALL_MEDIA_AUDIO, AHOY_CALL_ROLE_CALLER);
  GtkWindow *window = ahoy_call_kit_get_window (f->kit, call);
  AhoyCall *second;

  g_object_add_weak_pointer (G_OBJECT (window), (gpointer *) &window);
  fake_call_end (call, AHOY_END_REASON_LINE_BUSY, f->ada, NULL);
  g_assert_true (shows_text (GTK_WIDGET (window), "\xe2\x81\xa8" "Ada\xe2\x81\xa9 is on another call"));
  click (window, "call.again");
  g_assert_cmpuint (fake_engine_get_n_placed (f->engine), ==, 1);
  ahoy_test_wait (is_gone, &window, 5000, "the old window to go");
  second = ahoy_engine_get_current_call (f->engine);
  g_assert_true (AHOY_IS_CALL_WINDOW (ahoy_call_kit_get_window (f->kit, second)));
  fake_call_end (second, AHOY_END_REASON_CANCELED, NULL, NULL);
}

static guint
n_windows (void)
{
  g_autoptr (GListModel) windows = g_object_ref (gtk_window_get_toplevels ());

  return g_list_model_get_n_items (windows);
}

static void
test_close_asks (Fixture       *f,
                 gconstpointer  data)
{
  g_autoptr (AhoyCall) call = add_call (f, "c1", AHOY_CALL_MEDIA_AUDIO, AHOY_CALL_ROLE_CALLER);
  GtkWindow *window = ahoy_call_kit_get_window (f->kit, call);
  guint before = n_windows ();

  fake_call_set_state (call, AHOY_CALL_ACTIVE);
  gtk_window_close (window);
  g_assert_cmpint (ahoy_call_get_state (call), ==, AHOY_CALL_ACTIVE);
  g_assert_cmpuint (n_windows (), ==, before + 1);
  /* The other one hangs up meanwhile: nothing is left to ask. */
  fake_call_end (call, AHOY_END_REASON_HANG_UP, f->ada, NULL);
  g_assert_cmpuint (n_windows (), ==, before);
}

static void
test_close_cancels (Fixture       *f,
                    gconstpointer  data)
{
  g_autoptr (AhoyCall) call = add_call (f, "c1", AHOY_CALL_MEDIA_AUDIO, AHOY_CALL_ROLE_CALLER);

  fake_call_set_state (call, AHOY_CALL_RINGING);
  gtk_window_close (ahoy_call_kit_get_window (f->kit, call));
  g_assert_cmpint (ahoy_call_get_end_reason (call), ==, AHOY_END_REASON_CANCELED);
  g_assert_cmpuint (fake_media_get_n_looping (f->media), ==, 0);
}

static void
test_hints (Fixture       *f,
            gconstpointer  data)
{
  g_autoptr (AhoyCall) call = add_call (f, "c1", AHOY_CALL_MEDIA_AUDIO, AHOY_CALL_ROLE_CALLER);
  GtkWidget *window = GTK_WIDGET (ahoy_call_kit_get_window (f->kit, call));
  AhoyParticipant *peer = ahoy_call_get_peer (call);

  fake_participant_set (peer, TRUE, TRUE, FALSE);
  fake_call_set_state (call, AHOY_CALL_ACTIVE);
  fake_participant_set (peer, TRUE, FALSE, FALSE);
  g_assert_true (shows_text (window, "\xe2\x81\xa8" "Ada\xe2\x81\xa9's microphone is off"));
  fake_media_report (f->media, AHOY_MEDIA_ERROR_MICROPHONE_MISSING);
  g_assert_true (shows_text (window, "No microphone found\nOthers can't hear you"));
  g_assert_nonnull (strstr (gtk_widget_get_tooltip_text (find_named (window, "call.muted")), "No microphone found"));
  fake_media_solve (f->media, AHOY_MEDIA_ERROR_MICROPHONE_MISSING);
  g_assert_cmpstr (gtk_widget_get_tooltip_text (find_named (window, "call.muted")), ==, "Mute (M)");
  fake_call_set_state (call, AHOY_CALL_RECONNECTING);
  g_assert_true (shows_text (window, "Reconnecting…"));
  fake_call_set_state (call, AHOY_CALL_ACTIVE);
  g_assert_true (shows_text (window, "Back online"));
  fake_call_end (call, AHOY_END_REASON_HANG_UP, NULL, NULL);
}

static gboolean
says_muted (gpointer window)
{
  return shows_text (window, "You are muted – press M to speak");
}

static void
test_talking_while_muted (Fixture       *f,
                          gconstpointer  data)
{
  g_autoptr (AhoyCall) call = add_call (f, "c1", AHOY_CALL_MEDIA_AUDIO, AHOY_CALL_ROLE_CALLER);
  GtkWidget *window = GTK_WIDGET (ahoy_call_kit_get_window (f->kit, call));

  fake_participant_set (ahoy_call_get_peer (call), TRUE, TRUE, FALSE);
  fake_call_set_state (call, AHOY_CALL_ACTIVE);
  fake_media_set_level (f->media, 60);
  ahoy_call_set_microphone_on (call, FALSE);
  fake_media_set_level (f->media, 61);
  ahoy_test_wait (says_muted, window, 5000, "the hint for somebody who talks while muted");
  fake_call_end (call, AHOY_END_REASON_HANG_UP, NULL, NULL);
}

static void
test_own_end_closes (Fixture       *f,
                     gconstpointer  data)
{
  g_autoptr (AhoyCall) call = add_call (f, "c1", AHOY_CALL_MEDIA_AUDIO, AHOY_CALL_ROLE_CALLER);
  GtkWindow *window = ahoy_call_kit_get_window (f->kit, call);

  g_object_add_weak_pointer (G_OBJECT (window), (gpointer *) &window);
  fake_call_set_state (call, AHOY_CALL_ACTIVE);
  click (window, "call.hang-up");
  ahoy_test_wait (is_gone, &window, 8000, "the window to close after an own hang up");
}

#define ADD(name, func) g_test_add ("/calls/" name, Fixture, NULL, set_up, func, tear_down)

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  gtk_init ();
  adw_init ();
  g_object_set (gtk_settings_get_default (), "gtk-enable-animations", FALSE, NULL);
  ADD ("outgoing", test_outgoing);
  ADD ("toggles", test_toggles);
  ADD ("devices", test_devices);
  ADD ("video", test_video);
  ADD ("answer", test_answer);
  ADD ("answer-at-once", test_answer_at_once);
  ADD ("answer-without-camera", test_answer_without_camera);
  ADD ("decline", test_decline);
  ADD ("silence", test_silence);
  ADD ("elsewhere", test_elsewhere);
  ADD ("by-id", test_by_id);
  ADD ("effects", test_effects);
  ADD ("mute-mode", test_mute_mode);
  ADD ("style-none", test_style_none);
  ADD ("again", test_again);
  ADD ("close-asks", test_close_asks);
  ADD ("close-cancels", test_close_cancels);
  ADD ("hints", test_hints);
  ADD ("talking-while-muted", test_talking_while_muted);
  ADD ("own-end-closes", test_own_end_closes);
  return g_test_run ();
}
