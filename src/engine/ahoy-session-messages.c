/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "ahoy-session-private.h"

#include "ahoy-envelope.h"
#include "ahoy-error.h"
#include "ahoy-json.h"
#include "ahoy-limits.h"
#include "ahoy-session-ice.h"

/* What a session tells the server of itself, and what the server says. */

static void
take_welcome (AhoySession *self,
              JsonObject  *data)
{
  const char *sid = ahoy_json_get_string (data, "sid", AHOY_MAX_USER_SIG);
  gboolean full = ahoy_json_get_bool (data, "full", TRUE) || !self->sid;

  ahoy_session_learn_time (self, data);
  self->heartbeat_ms = (guint) CLAMP (ahoy_json_get_int (data, "heartbeat", AHOY_HEARTBEAT_S), 1, 300) * 1000;
  if (sid)
    {
      g_free (self->sid);
      self->sid = g_strdup (sid);
    }
  g_clear_pointer (&self->ice_uris, g_strfreev);
  self->ice_uris = ahoy_session_ice_make_uris (ahoy_json_get_array (data, "ice"));
  if (full)
    self->rx = self->acked = 0;

  g_signal_emit (self, ahoy_session_signals[AHOY_SESSION_SIGNAL_WELCOME], 0, data, full);
  ahoy_session_step (self, AHOY_SESSION_EVENT_WELCOME);
}

void
ahoy_session_refuse (AhoySession  *self,
                     const GError *error)
{
  ahoy_session_step (self, AHOY_SESSION_EVENT_STOP);
  g_signal_emit (self, ahoy_session_signals[AHOY_SESSION_SIGNAL_REFUSED], 0, error);
}

static void
take_auth_error (AhoySession        *self,
                 const AhoyEnvelope *answer)
{
  g_autoptr (GError) error = NULL;
  gboolean is_ticket = answer->error_code >= AHOY_ERROR_USER_SIG_EXPIRED &&
                       answer->error_code <= AHOY_ERROR_USER_SIG_TOO_MANY_FAILURES;

  error = g_error_new (AHOY_ERROR, answer->error_code, "%s",
                       answer->error_message ? answer->error_message : "Not signed in");
  g_debug ("Signing in: %s (%d)", error->message, error->code);
  if (answer->error_code == AHOY_ERROR_USER_SIG_EXPIRED && self->was_ready)
    {
      ahoy_session_step (self, AHOY_SESSION_EVENT_HOLD);
      g_signal_emit (self, ahoy_session_signals[AHOY_SESSION_SIGNAL_EXPIRED], 0);
    }
  else if (self->sid && !is_ticket)
    {
      /* The session is gone: a full sign-in follows at once. */
      g_clear_pointer (&self->sid, g_free);
      ahoy_session_reconnect (self);
    }
  else if (answer->error_retry && (self->was_ready || self->keep_trying))
    ahoy_session_step (self, AHOY_SESSION_EVENT_LOST);
  else
    ahoy_session_refuse (self, error);
}

static void
take_answer (AhoySession        *self,
             const AhoyEnvelope *answer)
{
  if (self->state == AHOY_SESSION_AUTHENTICATING && g_strcmp0 (answer->id, "auth") == 0)
    {
      if (answer->ok)
        take_welcome (self, answer->data);
      else
        take_auth_error (self, answer);
    }
  else if (g_strcmp0 (answer->id, "ping") == 0)
    ahoy_session_learn_time (self, answer->data);
  else if (g_strcmp0 (answer->id, "bye") == 0)
    ahoy_session_step (self, AHOY_SESSION_EVENT_STOP);
  else
    ahoy_session_requests_answer (self->requests, answer);
}

void
ahoy_session_kick (AhoySession *self,
                   const char  *why)
{
  g_autofree char *reason = g_strdup (why ? why : "");

  ahoy_session_step (self, AHOY_SESSION_EVENT_STOP);
  g_signal_emit (self, ahoy_session_signals[AHOY_SESSION_SIGNAL_KICKED], 0, reason);
}

static void
take_push (AhoySession        *self,
           const AhoyEnvelope *push)
{
  /* What a resume repeats has been seen before. */
  if (push->seq > 0 && push->seq <= self->rx)
    return;

  if (push->seq > 0)
    self->rx = push->seq;
  ahoy_session_acknowledge (self);

  if (g_strcmp0 (push->type, "kicked") == 0)
    ahoy_session_kick (self, ahoy_json_get_string (push->data, "why", 64));
  else if (g_strcmp0 (push->type, "expired") == 0)
    g_signal_emit (self, ahoy_session_signals[AHOY_SESSION_SIGNAL_EXPIRED], 0);
  else
    g_signal_emit (self, ahoy_session_signals[AHOY_SESSION_SIGNAL_PUSH], 0, push->type, push->data);
}

void
ahoy_session_take_message (AhoySession *self,
                           const char  *text)
{
  g_autoptr (AhoySession) alive = g_object_ref (self);
  g_autoptr (AhoyEnvelope) envelope = NULL;
  g_autoptr (GError) error = NULL;

  ahoy_session_note_life (self);
  envelope = ahoy_envelope_parse (text, strlen (text), &error);
  if (!envelope)
    {
      g_debug ("Message not understood: %s", error->message);
      return;
    }

  if (envelope->kind == AHOY_ENVELOPE_ANSWER)
    take_answer (self, envelope);
  else if (envelope->kind == AHOY_ENVELOPE_PUSH && self->state == AHOY_SESSION_READY)
    take_push (self, envelope);
}

void
ahoy_session_send_auth (AhoySession *self)
{
  g_autoptr (JsonObject) data = json_object_new ();
  g_autofree char *text = NULL;

  json_object_set_int_member (data, "appId", (gint64) self->app_id);
  json_object_set_string_member (data, "user", self->user_id);
  json_object_set_string_member (data, "sig", self->user_sig);
  json_object_set_string_member (data, "device", self->device_id);
  json_object_set_string_member (data, "platform", "linux");
  if (self->sid)
    {
      json_object_set_string_member (data, "sid", self->sid);
      json_object_set_int_member (data, "rx", self->rx);
    }
  text = ahoy_envelope_new_request ("auth", self->sid ? "resume" : "auth", data, 0);
  self->sent_at = g_get_monotonic_time ();
  ahoy_transport_send (self->transport, text);
}
