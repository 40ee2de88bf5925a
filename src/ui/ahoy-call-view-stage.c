/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "ahoy-announce.h"
#include "ahoy-call-view-private.h"
#include "ahoy-ui-private.h"
#include "ahoy-words.h"

#include <glib/gi18n-lib.h>

#define CONNECTED_US (2 * G_USEC_PER_SEC)
#define STILL_CONNECTING_US (8 * G_USEC_PER_SEC)
#define LONG_TROUBLE_US (20 * G_USEC_PER_SEC)
#define EVENT_US (3 * G_USEC_PER_SEC)

AhoyUser *
ahoy_call_view_get_user (AhoyCallView *self)
{
  if (self->peer)
    return ahoy_participant_get_user (self->peer);
  return self->call ? ahoy_call_get_inviter (self->call) : NULL;
}

static const char *
user_name (AhoyCallView *self)
{
  AhoyUser *user = ahoy_call_view_get_user (self);

  return user ? ahoy_user_get_display_name (user) : "";
}

/* Gradients under a picture cost more than the picture itself: they are not painted while it hides them. */
static void
update_cover (AhoyCallView *self)
{
  gboolean is_covered = (self->is_picture_shown && !self->fade) ||
                        (gtk_widget_get_visible (self->shade) && !self->is_picture_shown);

  if (is_covered)
    gtk_widget_add_css_class (GTK_WIDGET (self), "covered");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (self), "covered");
}

static void
on_fade_done (AhoyCallView *self)
{
  g_clear_object (&self->fade);
  update_cover (self);
  /* Only now: the last picture stays while it fades away. */
  if (!self->is_picture_shown)
    ahoy_video_view_set_track (self->large_view, NULL);
}

static void
animate (AhoyCallView  *self,
         AdwAnimation **slot,
         GtkWidget     *widget,
         const char    *property,
         double         to,
         guint          milliseconds,
         GCallback      done)
{
  double from = 0;

  g_object_get (widget, property, &from, NULL);
  if (*slot)
    adw_animation_pause (*slot);
  g_clear_object (slot);
  *slot = adw_timed_animation_new (widget, from, to, milliseconds,
                                   adw_property_animation_target_new (G_OBJECT (widget), property));
  if (done)
    g_signal_connect_swapped (*slot, "done", done, self);
  adw_animation_play (*slot);
}

/* The picture takes the place of the person, or gives it back. */
static void
show_picture (AhoyCallView *self,
              gboolean      show)
{
  if (self->is_picture_shown == !!show)
    return;
  self->is_picture_shown = !!show;
  animate (self, &self->fade, GTK_WIDGET (self->large_view), "opacity", show ? 1 : 0, 350, G_CALLBACK (on_fade_done));
}

static void
dim_picture (AhoyCallView *self,
             gboolean      dim)
{
  AdwAnimation *running = self->dimming;
  double to = dim ? 1 : 0;

  if (running && adw_timed_animation_get_value_to (ADW_TIMED_ANIMATION (running)) == to)
    return;
  if (!running && ahoy_video_view_get_dim (self->large_view) == to)
    return;
  animate (self, &self->dimming, GTK_WIDGET (self->large_view), "dim", to, dim ? 500 : 200, NULL);
}

static void
set_tint (AhoyCallView *self)
{
  AhoyUser *user = ahoy_call_view_get_user (self);
  g_autofree char *color = g_strdup_printf ("color%u",
                                            ahoy_avatar_color_for_id (user ? ahoy_user_get_id (user) : NULL));
  const char *classes[] = { "tint", color, NULL };

  gtk_widget_set_css_classes (self->backdrop, (const char **) classes);
}

static void
update_large_view (AhoyCallView *self)
{
  AhoyVideoTrack *own = self->call ? ahoy_call_get_self_view (self->call) : NULL;
  AhoyVideoTrack *theirs = self->peer ? ahoy_participant_get_video_track (self->peer) : NULL;
  gboolean is_connected = ahoy_call_view_is_connected (self);
  gboolean own_on = self->call && ahoy_call_get_camera_on (self->call) && own;
  gboolean theirs_on = self->peer && ahoy_participant_get_camera_on (self->peer) && theirs;
  gboolean swapped = self->is_swapped && own_on;
  AhoyVideoTrack *large = NULL, *small = NULL;

  /* The track is followed from the accept on, so that its first picture is not missed; it is seen when that
   * has come. */
  if (is_connected || self->state == AHOY_CALL_CONNECTING)
    large = swapped ? own : theirs_on ? theirs : NULL;
  if (is_connected)
    small = swapped ? (theirs_on ? theirs : NULL) : own_on ? own : NULL;
  if (large)
    ahoy_video_view_set_track (self->large_view, large);
  ahoy_video_view_set_mirror (self->large_view, swapped && !self->no_mirror);
  ahoy_video_view_set_fit (self->large_view, self->contain ? AHOY_VIDEO_FIT_CONTAIN : AHOY_VIDEO_FIT_AUTO);
  show_picture (self, large && is_connected && ahoy_video_view_get_has_picture (self->large_view));
  dim_picture (self, self->state == AHOY_CALL_RECONNECTING && !swapped);

  ahoy_video_view_set_track (ahoy_self_view_get_video (self->small_view), small);
  ahoy_video_view_set_mirror (ahoy_self_view_get_video (self->small_view), !swapped && !self->no_mirror);
}

static void
update_preview (AhoyCallView *self)
{
  gboolean wanted = self->call && ahoy_call_get_media (self->call) == AHOY_CALL_MEDIA_VIDEO &&
                    ahoy_call_get_camera_on (self->call) &&
                    (ahoy_call_view_is_dialling (self) || self->state == AHOY_CALL_CONNECTING);

  ahoy_video_view_set_track (self->preview_view, wanted ? ahoy_call_get_self_view (self->call) : NULL);
  ahoy_video_view_set_mirror (self->preview_view, !self->no_mirror);
  gtk_widget_set_visible (GTK_WIDGET (self->preview_view), wanted);
  wanted = wanted && ahoy_video_view_get_has_picture (self->preview_view);
  gtk_widget_set_visible (self->shade, wanted);
  /* The own face is in the middle: the other one's name makes room for it. */
  gtk_widget_set_valign (self->person_box, wanted ? GTK_ALIGN_START : GTK_ALIGN_CENTER);
}

static void
update_avatar (AhoyCallView *self)
{
  GtkWidget *widget = GTK_WIDGET (self);
  int size = 160;

  if (gtk_widget_has_css_class (widget, "short"))
    size = 48;
  else if (gtk_widget_get_visible (self->shade))
    size = 96;
  else if (gtk_widget_has_css_class (widget, "narrow"))
    size = 128;
  ahoy_avatar_set_size (ahoy_halo_get_avatar (self->halo), size);
}

static void
update_small_view (AhoyCallView *self)
{
  gboolean is_video = self->is_picture_shown ||
                      (self->call && ahoy_call_get_camera_on (self->call) && ahoy_call_view_is_connected (self));
  AhoyUser *own = self->engine ? ahoy_engine_get_self (self->engine) : NULL;
  gboolean is_wanted = is_video && ahoy_call_view_is_connected (self);

  /* The own picture stays small also when the other person has none: it must never be forgotten. */
  gtk_widget_set_visible (GTK_WIDGET (self->small_view), is_wanted && !self->no_self_view);
  gtk_widget_set_visible (self->show_self_button, is_wanted && self->no_self_view);
  ahoy_self_view_set_user (self->small_view, self->is_swapped ? ahoy_call_view_get_user (self) : own);
  ahoy_self_view_set_muted (self->small_view,
                            self->is_swapped ? self->their_microphone_off
                                             : self->call && !ahoy_call_get_microphone_on (self->call));
}

static void
update_trouble (AhoyCallView *self)
{
  gint64 now = g_get_monotonic_time ();
  gboolean is_lost = self->state == AHOY_CALL_RECONNECTING;
  gboolean is_long = is_lost && now - MAX (self->state_since, self->keep_trying_since) > LONG_TROUBLE_US;

  ahoy_ui_reveal (self->trouble_revealer, is_lost && (self->is_picture_shown || is_long));
  gtk_widget_set_can_target (GTK_WIDGET (self->trouble_revealer), is_long);
  gtk_widget_set_visible (GTK_WIDGET (self->trouble_spinner), self->is_picture_shown);
  gtk_widget_set_visible (GTK_WIDGET (self->trouble_label), self->is_picture_shown);
  gtk_spinner_set_spinning (self->trouble_spinner, is_lost && self->is_picture_shown);
  gtk_widget_set_visible (self->trouble_buttons, is_long);
  /* Over a picture in the middle; under the person when there is none. */
  gtk_widget_set_valign (GTK_WIDGET (self->trouble_revealer),
                         self->is_picture_shown ? GTK_ALIGN_CENTER : GTK_ALIGN_END);
  if (self->is_picture_shown)
    gtk_widget_remove_css_class (self->trouble_box, "low");
  else
    gtk_widget_add_css_class (self->trouble_box, "low");
}

void
ahoy_call_view_update_stage (AhoyCallView *self)
{
  gboolean has_ended = self->state == AHOY_CALL_ENDED;
  AhoyUser *user = ahoy_call_view_get_user (self);

  set_tint (self);
  update_large_view (self);
  update_preview (self);
  update_avatar (self);
  update_small_view (self);
  update_trouble (self);
  update_cover (self);
  ahoy_avatar_set_user (ahoy_halo_get_avatar (self->halo), user);
  ahoy_halo_set_ringing (self->halo, ahoy_call_view_is_dialling (self));
  ahoy_halo_set_level (self->halo, self->peer && self->state == AHOY_CALL_ACTIVE && !self->is_picture_shown
                                       ? ahoy_participant_get_volume (self->peer)
                                       : 0);
  ahoy_ui_reveal (self->person_revealer, !self->is_picture_shown);
  gtk_widget_set_visible (self->title_box, self->is_picture_shown);
  ahoy_ui_reveal (self->ended_revealer, has_ended);
  gtk_widget_set_can_target (GTK_WIDGET (self->ended_revealer), has_ended);
  gtk_widget_set_visible (self->again_button,
                          self->call && ahoy_call_get_end_reason (self->call) != AHOY_END_REASON_OTHER_DEVICE_ACCEPTED);
}

static char *
status_text (AhoyCallView *self)
{
  gint64 lasted = g_get_monotonic_time () - self->state_since;

  switch (self->state)
    {
    case AHOY_CALL_CONNECTING:
      return g_strdup (lasted > STILL_CONNECTING_US ? _("Still connecting…") : ahoy_words_state (self->state));
    case AHOY_CALL_ACTIVE:
      if (lasted < CONNECTED_US && ahoy_call_get_duration (self->call) < 3)
        return g_strdup (ahoy_words_state (self->state));
      return ahoy_words_timer (ahoy_call_get_duration (self->call));
    case AHOY_CALL_ENDED:
      return ahoy_words_call_ended (self->call);
    case AHOY_CALL_CALLING:
    case AHOY_CALL_RINGING:
    case AHOY_CALL_INCOMING:
    case AHOY_CALL_RECONNECTING:
    default:
      return g_strdup (ahoy_words_state (self->state));
    }
}

static char *
detail_text (AhoyCallView *self)
{
  const GError *error = ahoy_call_get_error (self->call);

  if (self->state == AHOY_CALL_CONNECTING &&
      g_get_monotonic_time () - self->state_since > STILL_CONNECTING_US)
    return g_strdup (_("The network may be blocking calls"));
  if (self->state == AHOY_CALL_RECONNECTING && !gtk_widget_get_visible (self->trouble_buttons))
    return g_strdup (_("The sound will come back by itself"));
  if (self->state == AHOY_CALL_ENDED && error)
    return ahoy_words_error_hint (error);
  return NULL;
}

/* Only when they change: each setting is told to the screen reader, which would read it out again and again. */
static void
update_spoken_names (AhoyCallView *self,
                     const char   *name)
{
  g_autofree char *who = ahoy_words_isolate (name);
  g_autofree char *call = g_strdup_printf (_("Call with %s"), who);
  g_autofree char *picture = self->is_swapped ? g_strdup (_("Your Picture"))
                                              : g_strdup_printf (_("Picture of %s"), who);
  g_autofree char *small = self->is_swapped ? g_strdup_printf (_("Picture of %s"), who)
                                            : g_strdup (_("Your Picture"));

  if (g_strcmp0 (self->spoken, picture) == 0)
    return;
  g_free (self->spoken);
  self->spoken = g_strdup (picture);
  ahoy_ui_set_accessible (GTK_WIDGET (self), call, NULL);
  ahoy_ui_set_accessible (GTK_WIDGET (self->large_view), picture, NULL);
  ahoy_ui_set_accessible (GTK_WIDGET (self->small_view), small, "Return");
}

void
ahoy_call_view_update_text (AhoyCallView *self)
{
  const char *name = user_name (self);
  g_autofree char *status = status_text (self);
  g_autofree char *detail = detail_text (self);
  g_autofree char *timer = ahoy_words_timer (ahoy_call_get_duration (self->call));

  gtk_label_set_label (self->name_label, name);
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->name_label), name);
  gtk_label_set_label (self->title_label, name);
  gtk_label_set_label (self->status_label, status);
  /* Never empty: its height is kept, and a label without text is read out by its type. */
  gtk_label_set_label (self->detail_label, detail ? detail : " ");
  gtk_label_set_label (self->timer_label, timer);
  update_spoken_names (self, name);
  gtk_widget_set_visible (self->person_muted, self->their_microphone_off && ahoy_call_view_is_connected (self));
  gtk_widget_set_visible (self->title_muted, self->their_microphone_off);
  ahoy_control_bar_set_is_dialling (self->bar, ahoy_call_view_is_dialling (self));
  if (self->state == AHOY_CALL_ENDED)
    gtk_widget_add_css_class (GTK_WIDGET (self->status_label), "title-4");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (self->status_label), "title-4");
}

void
ahoy_call_view_tell (AhoyCallView *self,
                     AhoyHint      hint,
                     const char   *text)
{
  g_free (self->event_text);
  self->event_text = text ? g_strdup (text) : ahoy_hint_text (hint, user_name (self));
  self->event_hint = hint;
  self->event_until = g_get_monotonic_time () + EVENT_US;
  ahoy_announce (self->alert, self->event_text, FALSE);
}

static gboolean
is_weak (AhoyNetworkQuality quality)
{
  return quality >= AHOY_NETWORK_QUALITY_BAD && quality <= AHOY_NETWORK_QUALITY_DOWN;
}

/* What was true long enough to be worth a word. */
static AhoyHint
lasting_hint (AhoyCallView *self)
{
  gint64 now = g_get_monotonic_time ();
  AhoyEngineState service = self->engine ? ahoy_engine_get_state (self->engine) : AHOY_ENGINE_ONLINE;
  gboolean is_weak_theirs = self->peer && is_weak (ahoy_participant_get_network_quality (self->peer));
  gboolean weak, gone;

  weak = ahoy_slow_fact_update (&self->weak_theirs, is_weak_theirs, now, 3 * G_USEC_PER_SEC, 5 * G_USEC_PER_SEC,
                                4 * G_USEC_PER_SEC);
  gone = ahoy_slow_fact_update (&self->no_service, service == AHOY_ENGINE_OFFLINE, now, 3 * G_USEC_PER_SEC, 0,
                                4 * G_USEC_PER_SEC);
  if (self->talking_since && now - self->talking_since > 700000)
    return AHOY_HINT_YOU_ARE_MUTED;
  /* Both at once: it is this end. */
  if (gone)
    return weak ? AHOY_HINT_YOUR_CONNECTION : AHOY_HINT_NO_SERVICE;
  return weak ? AHOY_HINT_THEIR_CONNECTION : AHOY_HINT_NONE;
}

void
ahoy_call_view_update_hint (AhoyCallView *self)
{
  AhoyHint hint = AHOY_HINT_NONE;
  g_autofree char *text = NULL;
  const char *icon;

  if (self->state == AHOY_CALL_ACTIVE)
    hint = lasting_hint (self);
  if (hint == AHOY_HINT_YOU_ARE_MUTED && !self->has_said_muted)
    {
      text = ahoy_hint_text (hint, NULL);
      ahoy_announce (self->alert, text, TRUE);
      self->has_said_muted = TRUE;
      g_clear_pointer (&text, g_free);
    }
  if (hint == AHOY_HINT_NONE && self->event_text && g_get_monotonic_time () < self->event_until &&
      self->state != AHOY_CALL_ENDED)
    {
      hint = self->event_hint;
      text = g_strdup (self->event_text);
    }
  if (!text)
    text = ahoy_hint_text (hint, user_name (self));
  ahoy_ui_reveal (self->hint_revealer, text != NULL);
  if (!text)
    return;
  icon = ahoy_hint_icon (hint);
  gtk_label_set_label (self->hint_label, text);
  gtk_image_set_from_icon_name (self->hint_image, icon ? icon : "dialog-information-symbolic");
  gtk_widget_set_visible (GTK_WIDGET (self->hint_image), icon != NULL);
}
