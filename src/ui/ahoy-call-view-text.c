/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "ahoy-call-view-private.h"
#include "ahoy-ui-private.h"
#include "ahoy-words.h"

#include <glib/gi18n-lib.h>

/* What the call is called and how it is doing, in words. */

#define CONNECTED_US (2 * G_USEC_PER_SEC)
#define STILL_CONNECTING_US (8 * G_USEC_PER_SEC)

AhoyUser *
ahoy_call_view_get_user (AhoyCallView *self)
{
  if (self->peer)
    return ahoy_participant_get_user (self->peer);
  return self->call ? ahoy_call_get_inviter (self->call) : NULL;
}

const char *
ahoy_call_view_get_user_name (AhoyCallView *self)
{
  AhoyUser *user = ahoy_call_view_get_user (self);

  return user ? ahoy_user_get_display_name (user) : "";
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
  if (self->state == AHOY_CALL_RECONNECTING && !ahoy_call_view_is_long_trouble (self))
    return g_strdup (_("The sound will come back by itself"));
  if (self->state == AHOY_CALL_ENDED && error)
    return ahoy_words_error_hint (error);
  return NULL;
}

/* Only when it changes: each setting is told to the screen reader, which would read it out again and again. */
static void
update_spoken_name (AhoyCallView *self,
                    const char   *name)
{
  g_autofree char *who = ahoy_words_isolate (name);
  g_autofree char *call = g_strdup_printf (_("Call with %s"), who);

  if (g_strcmp0 (self->spoken, call) == 0)
    return;
  g_free (self->spoken);
  self->spoken = g_steal_pointer (&call);
  ahoy_ui_set_accessible (GTK_WIDGET (self), self->spoken, NULL);
}

void
ahoy_call_view_update_text (AhoyCallView *self)
{
  const char *name = ahoy_call_view_get_user_name (self);
  g_autofree char *status = status_text (self);
  g_autofree char *detail = detail_text (self);
  g_autofree char *timer = ahoy_words_timer (ahoy_call_get_duration (self->call));

  ahoy_pair_stage_set_texts (self->pair, name, status, detail);
  gtk_label_set_label (self->title_label, name);
  gtk_label_set_label (self->timer_label, timer);
  update_spoken_name (self, name);
  gtk_widget_set_visible (self->title_muted, self->their_microphone_off);
  ahoy_control_bar_set_is_dialling (self->bar, ahoy_call_view_is_dialling (self));
}
