/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "ahoy-announce.h"
#include "ahoy-call-view-private.h"
#include "ahoy-ui-private.h"
#include "ahoy-words.h"

/* The one pill over the control bar: what is wrong, and what has just happened. */

#define EVENT_US (3 * G_USEC_PER_SEC)

static gboolean
is_camera_code (int code)
{
  switch (code)
    {
    case AHOY_MEDIA_ERROR_CAMERA_FAILED:
    case AHOY_MEDIA_ERROR_CAMERA_NOT_AUTHORIZED:
    case AHOY_MEDIA_ERROR_CAMERA_BUSY:
    case AHOY_MEDIA_ERROR_CAMERA_MISSING:
      return TRUE;
    default:
      return FALSE;
    }
}

void
ahoy_call_view_on_media_level (AhoyCallView *self)
{
  int level = 0;
  gboolean is_muted = self->call && !ahoy_call_get_microphone_on (self->call);

  g_object_get (self->media, "input-level", &level, NULL);
  ahoy_control_bar_set_level (self->bar, level);
  if (!is_muted || level < 20)
    self->talking_since = 0;
  else if (!self->talking_since)
    self->talking_since = g_get_monotonic_time ();
}

void
ahoy_call_view_on_media_problem (AhoyCallView *self,
                                 const GError *error)
{
  g_autofree char *title = ahoy_words_error (error);
  g_autofree char *hint = ahoy_words_error_hint (error);
  g_autofree char *both = hint ? g_strdup_printf ("%s\n%s", title, hint) : g_strdup (title);
  char **slot = is_camera_code (error->code) ? &self->camera_problem : &self->microphone_problem;

  g_free (*slot);
  *slot = g_steal_pointer (&title);
  ahoy_call_view_tell (self, AHOY_HINT_NO_SERVICE, both);
  ahoy_call_view_update (self);
}

void
ahoy_call_view_on_media_solved (AhoyCallView *self,
                                int           code)
{
  g_clear_pointer (is_camera_code (code) ? &self->camera_problem : &self->microphone_problem, g_free);
  ahoy_call_view_update (self);
}

void
ahoy_call_view_tell (AhoyCallView *self,
                     AhoyHint      hint,
                     const char   *text)
{
  g_free (self->event_text);
  self->event_text = text ? g_strdup (text) : ahoy_hint_text (hint, ahoy_call_view_get_user_name (self));
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
    text = ahoy_hint_text (hint, ahoy_call_view_get_user_name (self));
  ahoy_ui_reveal (self->hint_revealer, text != NULL);
  if (!text)
    return;
  icon = ahoy_hint_icon (hint);
  gtk_label_set_label (self->hint_label, text);
  gtk_image_set_from_icon_name (self->hint_image, icon ? icon : "dialog-information-symbolic");
  gtk_widget_set_visible (GTK_WIDGET (self->hint_image), icon != NULL);
}
