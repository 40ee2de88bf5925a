/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "ahoy-announce.h"
#include "ahoy-call-view-private.h"
#include "ahoy-ui-private.h"
#include "ahoy-words.h"

/* Where the call is, and what follows from that: one update () derives everything that is seen. */

#define CLOSE_OWN_MS 1000
#define CLOSE_MS 6000
#define LONG_TROUBLE_US (20 * G_USEC_PER_SEC)

static gboolean
on_close_due (gpointer data)
{
  AhoyCallView *self = data;
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));
  GtkWidget *focus = root ? gtk_root_get_focus (root) : NULL;

  /* Whoever points at the buttons or has gone to them is still deciding. */
  if (!self->was_own_end &&
      (self->pointer_over_end || focus == self->again_button || focus == self->close_button))
    return G_SOURCE_CONTINUE;
  self->close_id = 0;
  g_signal_emit_by_name (self, "close");
  return G_SOURCE_REMOVE;
}

static void
schedule_close (AhoyCallView *self)
{
  AhoyUser *by = ahoy_call_get_ended_by (self->call);

  if (self->close_id || self->no_auto_close)
    return;
  self->was_own_end = ahoy_call_get_end_reason (self->call) == AHOY_END_REASON_HANG_UP &&
                      by != ahoy_call_view_get_user (self);
  self->close_id = g_timeout_add (self->was_own_end ? CLOSE_OWN_MS : CLOSE_MS, on_close_due, self);
}

/* A hand that moves means somebody reads: the clock of the last page starts again. */
void
ahoy_call_view_delay_close (AhoyCallView *self)
{
  if (!self->close_id || self->was_own_end)
    return;
  g_clear_handle_id (&self->close_id, g_source_remove);
  self->close_id = g_timeout_add (CLOSE_MS, on_close_due, self);
}

static void
announce_state (AhoyCallView *self)
{
  g_autofree char *text = NULL;

  switch (self->state)
    {
    case AHOY_CALL_CALLING:
      text = ahoy_words_window_title (self->call);
      ahoy_announce (self->alert, text, FALSE);
      break;
    case AHOY_CALL_ENDED:
      text = ahoy_words_call_ended (self->call);
      ahoy_announce (self->alert, text, TRUE);
      break;
    case AHOY_CALL_RECONNECTING:
      ahoy_announce (self->alert, ahoy_words_state (self->state), TRUE);
      break;
    case AHOY_CALL_RINGING:
    case AHOY_CALL_ACTIVE:
      ahoy_announce (self->alert, ahoy_words_state (self->state), FALSE);
      break;
    case AHOY_CALL_INCOMING:
    case AHOY_CALL_CONNECTING:
    default:
      break;
    }
}

void
ahoy_call_view_enter_state (AhoyCallView  *self,
                            AhoyCallState  state)
{
  AhoyCallState before = self->state;

  self->state = state;
  self->state_since = g_get_monotonic_time ();
  self->keep_trying_since = 0;
  announce_state (self);
  if (before == AHOY_CALL_RECONNECTING && state == AHOY_CALL_ACTIVE)
    ahoy_call_view_tell (self, AHOY_HINT_BACK_ONLINE, NULL);
  if (state == AHOY_CALL_ACTIVE)
    self->was_active = TRUE;
  if (state == AHOY_CALL_ENDED)
    schedule_close (self);
}

/* What the other person switched is told once, when it happens during the call. */
static void
follow_peer (AhoyCallView *self)
{
  gboolean microphone_off, camera_on;
  gboolean is_active = self->state == AHOY_CALL_ACTIVE && self->was_active;

  if (!self->peer || ahoy_participant_get_status (self->peer) != AHOY_PARTICIPANT_ACCEPTED)
    return;
  microphone_off = !ahoy_participant_get_microphone_on (self->peer);
  camera_on = ahoy_participant_get_camera_on (self->peer);
  if (is_active && microphone_off && !self->their_microphone_off)
    ahoy_call_view_tell (self, AHOY_HINT_THEIR_MICROPHONE, NULL);
  if (is_active && camera_on && !self->their_camera_on && ahoy_call_get_media (self->call) == AHOY_CALL_MEDIA_AUDIO)
    ahoy_call_view_tell (self, AHOY_HINT_THEIR_CAMERA_ON, NULL);
  self->their_microphone_off = microphone_off;
  self->their_camera_on = camera_on;
}

static gboolean
on_second (gpointer data)
{
  AhoyCallView *self = data;

  ahoy_call_view_update (self);
  return G_SOURCE_CONTINUE;
}

static void
update_clock (AhoyCallView *self)
{
  gboolean is_needed = self->call && self->state != AHOY_CALL_ENDED;

  if (is_needed && !self->tick_id)
    self->tick_id = g_timeout_add (500, on_second, self);
  else if (!is_needed)
    g_clear_handle_id (&self->tick_id, g_source_remove);
}

void
ahoy_call_view_set_peer (AhoyCallView    *self,
                         AhoyParticipant *peer)
{
  AhoyUser *user;

  if (self->peer == peer)
    return;
  if (self->peer)
    {
      g_signal_handlers_disconnect_by_data (self->peer, self);
      user = ahoy_participant_get_user (self->peer);
      if (user)
        g_signal_handlers_disconnect_by_data (user, self);
    }
  g_set_object (&self->peer, peer);
  if (!peer)
    return;
  g_signal_connect_swapped (peer, "notify", G_CALLBACK (ahoy_call_view_update), self);
  user = ahoy_participant_get_user (peer);
  if (user)
    g_signal_connect_swapped (user, "notify::display-name", G_CALLBACK (ahoy_call_view_update), self);
}

gboolean
ahoy_call_view_is_long_trouble (AhoyCallView *self)
{
  return self->state == AHOY_CALL_RECONNECTING &&
         g_get_monotonic_time () - MAX (self->state_since, self->keep_trying_since) > LONG_TROUBLE_US;
}

static void
update_stage (AhoyCallView *self)
{
  gboolean has_ended = self->state == AHOY_CALL_ENDED;

  ahoy_pair_stage_set_own_user (self->pair, self->engine ? ahoy_engine_get_self (self->engine) : NULL);
  ahoy_pair_stage_set_mirror (self->pair, !self->no_mirror);
  ahoy_pair_stage_set_contain (self->pair, self->contain);
  ahoy_pair_stage_set_self_view (self->pair, !self->no_self_view);
  ahoy_pair_stage_set_is_long_trouble (self->pair, ahoy_call_view_is_long_trouble (self));
  ahoy_pair_stage_update (self->pair);
  self->is_picture_shown = ahoy_pair_stage_get_has_picture (self->pair);
  ahoy_ui_set_class (GTK_WIDGET (self), "covered", ahoy_pair_stage_get_is_covered (self->pair));
  gtk_widget_set_visible (self->show_self_button,
                          self->no_self_view && ahoy_pair_stage_get_wants_self_view (self->pair));
  gtk_widget_set_visible (self->title_box, self->is_picture_shown);
  ahoy_ui_reveal (self->ended_revealer, has_ended);
  gtk_widget_set_can_target (GTK_WIDGET (self->ended_revealer), has_ended);
  gtk_widget_set_visible (self->again_button,
                          self->call && ahoy_call_get_end_reason (self->call) != AHOY_END_REASON_OTHER_DEVICE_ACCEPTED);
}

void
ahoy_call_view_update (AhoyCallView *self)
{
  if (!self->call || !self->overlay)
    return;

  ahoy_call_view_set_peer (self, ahoy_call_get_peer (self->call));
  if (self->state != ahoy_call_get_state (self->call))
    ahoy_call_view_enter_state (self, ahoy_call_get_state (self->call));
  follow_peer (self);
  update_stage (self);
  ahoy_call_view_update_text (self);
  ahoy_call_view_update_hint (self);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "call.swap",
                                 self->is_picture_shown && ahoy_call_get_camera_on (self->call));
  ahoy_control_bar_set_microphone_problem (self->bar, self->microphone_problem);
  ahoy_control_bar_set_camera_problem (self->bar, self->camera_problem);
  ahoy_call_view_schedule_hide (self);
  update_clock (self);
}
