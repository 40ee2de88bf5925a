/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "ahoy-session-private.h"

#include "ahoy-envelope.h"
#include "ahoy-error.h"
#include "ahoy-limits.h"
#include "ahoy-protocol-tables.h"
#include "ahoy-websocket-transport.h"

#define REQUEST_TIMEOUT_S 20
#define END_TIMEOUT_S 60
#define AUTH_TIMEOUT_MS 6000
#define SIGN_OUT_TIMEOUT_MS 2000
#define BACKOFF_FIRST_MS 300
#define BACKOFF_LAST_MS 15000

static const AhoySessionPace calm = { 8000, 0, 4000, BACKOFF_LAST_MS };
static const AhoySessionPace hurried = { 2500, 2000, 2500, 1500 };

G_DEFINE_FINAL_TYPE (AhoySession, ahoy_session, G_TYPE_OBJECT)

guint ahoy_session_signals[AHOY_SESSION_N_SIGNALS];

const AhoySessionPace *
ahoy_session_get_pace (AhoySession *self)
{
  return self->hurry ? &hurried : &calm;
}

static void
set_state (AhoySession      *self,
           AhoySessionState  state)
{
  if (self->state == state)
    return;

  self->state = state;
  g_signal_emit (self, ahoy_session_signals[AHOY_SESSION_SIGNAL_STATE_CHANGED], 0);
}

static void
set_retry_at (AhoySession *self,
              gint64       retry_at)
{
  if (self->retry_at == retry_at)
    return;

  self->retry_at = retry_at;
  g_signal_emit (self, ahoy_session_signals[AHOY_SESSION_SIGNAL_RETRY_CHANGED], 0);
}

void
ahoy_session_reconnect (AhoySession *self)
{
  g_autoptr (AhoySession) alive = g_object_ref (self);

  ahoy_session_step (self, AHOY_SESSION_EVENT_LOST);
  /* Whoever heard of it may have signed out. */
  if (self->state == AHOY_SESSION_WAITING)
    ahoy_session_step (self, AHOY_SESSION_EVENT_START);
}

static void
finish_sign_out (AhoySession *self)
{
  g_autoptr (GTask) task = g_steal_pointer (&self->sign_out);

  g_clear_handle_id (&self->sign_out_id, g_source_remove);
  if (task)
    g_task_return_boolean (task, TRUE);
}

static void
on_transport_opened (AhoySession *self)
{
  ahoy_session_step (self, AHOY_SESSION_EVENT_OPENED);
}

static void
on_transport_closed (AhoySession  *self,
                     guint         code,
                     const GError *error)
{
  g_autoptr (GError) reason = NULL;

  g_debug ("Connection closed (%u): %s", code, error ? error->message : "by the server");
  if (code == AHOY_CLOSE_KICKED)
    {
      ahoy_session_kick (self, "login");
      return;
    }
  if (code == AHOY_CLOSE_SESSION_GONE)
    g_clear_pointer (&self->sid, g_free);

  if (self->was_ready || self->sign_out)
    {
      ahoy_session_step (self, AHOY_SESSION_EVENT_LOST);
      return;
    }

  reason = error ? g_error_copy (error)
                 : g_error_new (AHOY_ERROR, AHOY_ERROR_SIGNALING_SEND_FAILED,
                                "The server closed the connection (%u)", code);
  /* A certificate does not mend itself. */
  if (!self->keep_trying || reason->domain == G_TLS_ERROR)
    {
      ahoy_session_refuse (self, reason);
      return;
    }
  ahoy_session_step (self, AHOY_SESSION_EVENT_LOST);
  if (self->failures == 1)
    g_signal_emit (self, ahoy_session_signals[AHOY_SESSION_SIGNAL_UNREACHABLE], 0, reason);
}

static gboolean
on_auth_timeout (gpointer user_data)
{
  AhoySession *self = user_data;
  g_autoptr (GError) error = NULL;

  self->auth_id = 0;
  error = g_error_new_literal (AHOY_ERROR, AHOY_ERROR_SIGNALING_SEND_FAILED, "The server does not answer");
  on_transport_closed (self, 0, error);
  return G_SOURCE_REMOVE;
}

static void
drop_transport (AhoySession *self,
                gboolean     orderly)
{
  g_autoptr (AhoyTransport) transport = g_steal_pointer (&self->transport);

  g_clear_handle_id (&self->retry_id, g_source_remove);
  g_clear_handle_id (&self->auth_id, g_source_remove);
  ahoy_session_stop_liveness (self);
  if (!transport)
    return;

  g_signal_handlers_disconnect_by_data (transport, self);
  ahoy_transport_close (transport, orderly);
}

static void
open_transport (AhoySession *self)
{
  drop_transport (self, FALSE);
  self->transport = ahoy_websocket_transport_new (self->address, self->trust,
                                                  ahoy_session_get_pace (self)->connect_timeout_ms);
  g_signal_connect_swapped (self->transport, "opened", G_CALLBACK (on_transport_opened), self);
  g_signal_connect_swapped (self->transport, "message", G_CALLBACK (ahoy_session_take_message), self);
  g_signal_connect_swapped (self->transport, "closed", G_CALLBACK (on_transport_closed), self);
  ahoy_transport_open (self->transport);
}

static gboolean
on_retry_due (gpointer user_data)
{
  AhoySession *self = user_data;

  self->retry_id = 0;
  ahoy_session_step (self, AHOY_SESSION_EVENT_START);
  return G_SOURCE_REMOVE;
}

static void
schedule_retry (AhoySession *self)
{
  guint last = ahoy_session_get_pace (self)->backoff_last_ms;
  guint delay = BACKOFF_FIRST_MS << MIN (self->failures, 8);

  self->failures++;
  delay = MIN (delay, last);
  /* After a restart of the server everybody comes back: not at the same moment. */
  delay = (guint) (delay * g_random_double_range (0.7, 1.3));
  self->retry_id = g_timeout_add (delay, on_retry_due, self);
  set_retry_at (self, g_get_monotonic_time () + (gint64) delay * 1000);
}

static void
send_pending (AhoySession *self)
{
  g_autoptr (GPtrArray) texts = ahoy_session_requests_make_texts (self->requests);

  for (guint i = 0; i < texts->len && self->transport; i++)
    ahoy_transport_send (self->transport, g_ptr_array_index (texts, i));
}

static void
forget_account (AhoySession *self)
{
  g_autoptr (GError) error = g_error_new_literal (AHOY_ERROR, AHOY_ERROR_INIT_FAILED, "Not signed in");

  g_clear_pointer (&self->sid, g_free);
  g_clear_pointer (&self->user_sig, g_free);
  self->rx = self->acked = 0;
  self->clock.error_us = 0;
  self->was_ready = FALSE;
  self->failures = 0;
  ahoy_session_requests_fail_all (self->requests, error);
}

void
ahoy_session_step (AhoySession *self,
                   AhoySessionEvent  event)
{
  g_autoptr (AhoySession) alive = g_object_ref (self);

  switch (event)
    {
    case AHOY_SESSION_EVENT_START:
      if (self->state != AHOY_SESSION_STOPPED && self->state != AHOY_SESSION_WAITING &&
          self->state != AHOY_SESSION_HELD)
        return;
      set_retry_at (self, 0);
      open_transport (self);
      set_state (self, AHOY_SESSION_CONNECTING);
      break;

    case AHOY_SESSION_EVENT_OPENED:
      if (self->state != AHOY_SESSION_CONNECTING)
        return;
      self->auth_id = g_timeout_add (AUTH_TIMEOUT_MS, on_auth_timeout, self);
      ahoy_session_send_auth (self);
      set_state (self, AHOY_SESSION_AUTHENTICATING);
      break;

    case AHOY_SESSION_EVENT_WELCOME:
      if (self->state != AHOY_SESSION_AUTHENTICATING)
        return;
      g_clear_handle_id (&self->auth_id, g_source_remove);
      self->was_ready = TRUE;
      self->failures = 0;
      ahoy_session_start_heartbeat (self);
      send_pending (self);
      set_state (self, AHOY_SESSION_READY);
      break;

    case AHOY_SESSION_EVENT_LOST:
      if (self->state == AHOY_SESSION_STOPPED)
        return;
      drop_transport (self, FALSE);
      if (self->sign_out)
        {
          ahoy_session_step (self, AHOY_SESSION_EVENT_STOP);
          return;
        }
      schedule_retry (self);
      set_state (self, AHOY_SESSION_WAITING);
      break;

    case AHOY_SESSION_EVENT_HOLD:
      drop_transport (self, FALSE);
      set_retry_at (self, 0);
      set_state (self, AHOY_SESSION_HELD);
      break;

    case AHOY_SESSION_EVENT_STOP:
      if (self->state == AHOY_SESSION_STOPPED)
        return;
      drop_transport (self, TRUE);
      set_retry_at (self, 0);
      set_state (self, AHOY_SESSION_STOPPED);
      forget_account (self);
      finish_sign_out (self);
      break;

    default:
      g_assert_not_reached ();
    }
}

static void
ahoy_session_dispose (GObject *object)
{
  AhoySession *self = AHOY_SESSION (object);

  drop_transport (self, FALSE);
  self->state = AHOY_SESSION_STOPPED;
  if (self->requests)
    forget_account (self);
  finish_sign_out (self);
  g_clear_pointer (&self->requests, ahoy_session_requests_free);
  g_clear_object (&self->trust);

  G_OBJECT_CLASS (ahoy_session_parent_class)->dispose (object);
}

static void
ahoy_session_finalize (GObject *object)
{
  AhoySession *self = AHOY_SESSION (object);

  g_free (self->address);
  g_free (self->user_id);
  g_free (self->user_sig);
  g_free (self->device_id);
  g_free (self->sid);
  g_strfreev (self->ice_uris);

  G_OBJECT_CLASS (ahoy_session_parent_class)->finalize (object);
}

static void
install_signal (AhoySessionSignal  signal,
                const char        *name,
                guint              n_params,
                GType              first,
                GType              second)
{
  ahoy_session_signals[signal] = g_signal_new (name, AHOY_TYPE_SESSION, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                               G_TYPE_NONE, n_params, first, second);
}

static void
ahoy_session_class_init (AhoySessionClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  const GType none = G_TYPE_NONE;

  object_class->dispose = ahoy_session_dispose;
  object_class->finalize = ahoy_session_finalize;

  install_signal (AHOY_SESSION_SIGNAL_STATE_CHANGED, "state-changed", 0, none, none);
  install_signal (AHOY_SESSION_SIGNAL_RETRY_CHANGED, "retry-changed", 0, none, none);
  install_signal (AHOY_SESSION_SIGNAL_WELCOME, "welcome", 2, JSON_TYPE_OBJECT, G_TYPE_BOOLEAN);
  install_signal (AHOY_SESSION_SIGNAL_PUSH, "push", 2, G_TYPE_STRING, JSON_TYPE_OBJECT);
  install_signal (AHOY_SESSION_SIGNAL_REFUSED, "refused", 1, G_TYPE_ERROR, none);
  install_signal (AHOY_SESSION_SIGNAL_UNREACHABLE, "unreachable", 1, G_TYPE_ERROR, none);
  install_signal (AHOY_SESSION_SIGNAL_KICKED, "kicked", 1, G_TYPE_STRING, none);
  install_signal (AHOY_SESSION_SIGNAL_EXPIRED, "expired", 0, none, none);
}

static void
ahoy_session_init (AhoySession *self)
{
  self->requests = ahoy_session_requests_new ();
  self->heartbeat_ms = AHOY_HEARTBEAT_S * 1000;
}

AhoySession *
ahoy_session_new (void)
{
  return g_object_new (AHOY_TYPE_SESSION, NULL);
}

void
ahoy_session_set_trust (AhoySession  *self,
                        GTlsDatabase *trust)
{
  g_return_if_fail (AHOY_IS_SESSION (self));

  g_set_object (&self->trust, trust);
}

static void
replace (char       **field,
         const char  *value)
{
  g_free (*field);
  *field = g_strdup (value);
}

void
ahoy_session_start (AhoySession              *self,
                    const AhoySessionAccount *account)
{
  g_return_if_fail (AHOY_IS_SESSION (self));
  g_return_if_fail (self->state == AHOY_SESSION_STOPPED);

  replace (&self->address, account->address);
  replace (&self->user_id, account->user_id);
  replace (&self->user_sig, account->user_sig);
  replace (&self->device_id, account->device_id);
  self->app_id = account->app_id;
  self->keep_trying = account->keep_trying;
  ahoy_session_step (self, AHOY_SESSION_EVENT_START);
}

void
ahoy_session_stop (AhoySession *self)
{
  g_return_if_fail (AHOY_IS_SESSION (self));

  ahoy_session_step (self, AHOY_SESSION_EVENT_STOP);
}

static gboolean
on_sign_out_timeout (gpointer user_data)
{
  AhoySession *self = user_data;

  self->sign_out_id = 0;
  ahoy_session_step (self, AHOY_SESSION_EVENT_STOP);
  return G_SOURCE_REMOVE;
}

void
ahoy_session_sign_out_async (AhoySession         *self,
                             GAsyncReadyCallback  callback,
                             gpointer             user_data)
{
  g_autoptr (GTask) task = g_task_new (self, NULL, callback, user_data);
  g_autofree char *text = ahoy_envelope_new_request ("bye", "bye", NULL, 0);

  g_return_if_fail (AHOY_IS_SESSION (self));

  g_task_set_source_tag (task, ahoy_session_sign_out_async);
  if (self->state == AHOY_SESSION_STOPPED || self->sign_out)
    {
      g_task_return_boolean (task, TRUE);
      return;
    }

  self->sign_out = g_steal_pointer (&task);
  if (self->state != AHOY_SESSION_READY)
    {
      ahoy_session_step (self, AHOY_SESSION_EVENT_STOP);
      return;
    }
  self->sign_out_id = g_timeout_add (SIGN_OUT_TIMEOUT_MS, on_sign_out_timeout, self);
  ahoy_transport_send (self->transport, text);
}

gboolean
ahoy_session_sign_out_finish (AhoySession   *self,
                              GAsyncResult  *result,
                              GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}

void
ahoy_session_try_now (AhoySession *self)
{
  g_return_if_fail (AHOY_IS_SESSION (self));

  if (self->state == AHOY_SESSION_WAITING)
    ahoy_session_step (self, AHOY_SESSION_EVENT_START);
  else if (self->state == AHOY_SESSION_READY)
    ahoy_session_send_ping (self);
}

void
ahoy_session_change_network (AhoySession *self)
{
  g_return_if_fail (AHOY_IS_SESSION (self));

  switch (self->state)
    {
    case AHOY_SESSION_WAITING:
      ahoy_session_step (self, AHOY_SESSION_EVENT_START);
      break;
    case AHOY_SESSION_CONNECTING:
    case AHOY_SESSION_AUTHENTICATING:
      /* Over the network that is gone. */
      ahoy_session_reconnect (self);
      break;
    case AHOY_SESSION_READY:
      ahoy_session_doubt (self);
      break;
    case AHOY_SESSION_STOPPED:
    case AHOY_SESSION_HELD:
    default:
      break;
    }
}

void
ahoy_session_set_hurry (AhoySession *self,
                        gboolean     hurry)
{
  g_return_if_fail (AHOY_IS_SESSION (self));

  if (self->hurry == hurry)
    return;

  self->hurry = hurry;
  if (self->state != AHOY_SESSION_READY)
    return;

  ahoy_session_start_heartbeat (self);
  /* A call needs to know that the connection lives, and what time it is at the server. */
  if (hurry)
    ahoy_session_send_ping (self);
}

AhoySessionState
ahoy_session_get_state (AhoySession *self)
{
  g_return_val_if_fail (AHOY_IS_SESSION (self), AHOY_SESSION_STOPPED);

  return self->state;
}

gboolean
ahoy_session_is_started (AhoySession *self)
{
  g_return_val_if_fail (AHOY_IS_SESSION (self), FALSE);

  return self->state != AHOY_SESSION_STOPPED;
}

gint64
ahoy_session_get_retry_at (AhoySession *self)
{
  g_return_val_if_fail (AHOY_IS_SESSION (self), 0);

  return self->retry_at;
}

const char *
ahoy_session_get_user_id (AhoySession *self)
{
  g_return_val_if_fail (AHOY_IS_SESSION (self), NULL);

  return self->user_id;
}

const char *
ahoy_session_get_user_sig (AhoySession *self)
{
  g_return_val_if_fail (AHOY_IS_SESSION (self), NULL);

  return self->user_sig;
}

const char *
ahoy_session_get_device_id (AhoySession *self)
{
  g_return_val_if_fail (AHOY_IS_SESSION (self), NULL);

  return self->device_id;
}

gint64
ahoy_session_get_server_time (AhoySession *self)
{
  g_return_val_if_fail (AHOY_IS_SESSION (self), 0);

  return ahoy_server_clock_read (&self->clock, g_get_monotonic_time (), g_get_real_time ());
}

const char *const *
ahoy_session_get_ice_uris (AhoySession *self)
{
  g_return_val_if_fail (AHOY_IS_SESSION (self), NULL);

  return (const char *const *) self->ice_uris;
}

void
ahoy_session_request_async (AhoySession         *self,
                            const char          *type,
                            JsonObject          *data,
                            GCancellable        *cancellable,
                            GAsyncReadyCallback  callback,
                            gpointer             user_data)
{
  g_autofree char *text = NULL;
  GTask *task;
  gboolean ends;

  g_return_if_fail (AHOY_IS_SESSION (self));
  g_return_if_fail (type != NULL);

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, ahoy_session_request_async);
  if (self->state == AHOY_SESSION_STOPPED)
    {
      g_task_return_new_error (task, AHOY_ERROR, AHOY_ERROR_INIT_FAILED, "Not signed in");
      g_object_unref (task);
      return;
    }

  /* What ends a call has to arrive, or the other side keeps sitting in it. */
  ends = g_str_equal (type, "call.hangup") || g_str_equal (type, "call.cancel") || g_str_equal (type, "call.reject");
  text = ahoy_session_requests_add (self->requests, type, data, ends ? END_TIMEOUT_S : REQUEST_TIMEOUT_S, task);
  if (text && self->state == AHOY_SESSION_READY)
    ahoy_transport_send (self->transport, text);
}

JsonObject *
ahoy_session_request_finish (AhoySession   *self,
                             GAsyncResult  *result,
                             GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

void
ahoy_session_set_user_sig (AhoySession *self,
                           const char  *user_sig)
{
  replace (&self->user_sig, user_sig);
  if (self->state == AHOY_SESSION_HELD)
    ahoy_session_step (self, AHOY_SESSION_EVENT_START);
}

void
ahoy_session_tell_refused (AhoySession  *self,
                           const GError *error)
{
  g_signal_emit (self, ahoy_session_signals[AHOY_SESSION_SIGNAL_REFUSED], 0, error);
}
