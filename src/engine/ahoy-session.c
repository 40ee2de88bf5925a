/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "ahoy-session-private.h"

#include "ahoy-envelope.h"
#include "ahoy-error.h"
#include "ahoy-items.h"
#include "ahoy-limits.h"
#include "ahoy-network.h"
#include "ahoy-protocol-tables.h"
#include "ahoy-server-clock.h"
#include "ahoy-session-ice.h"
#include "ahoy-session-requests.h"
#include "ahoy-websocket-transport.h"

#define REQUEST_TIMEOUT_S 20
#define END_TIMEOUT_S 60
#define AUTH_TIMEOUT_MS 6000
#define SIGN_OUT_TIMEOUT_MS 2000
/* A timer that comes later than this says that the process was held up, not the network. */
#define HELD_UP_MS 300
/* After a change of the network a connection has so long to show that it lives. */
#define PROOF_MS 1000
#define ACK_AFTER_MS 1000
#define ACK_EVERY 16
#define BACKOFF_FIRST_MS 300
#define BACKOFF_LAST_MS 15000

/* What differs while a call runs. */
typedef struct
{
  guint connect_timeout_ms;
  guint ping_interval_ms; /* 0: what the server asks for */
  guint pong_timeout_ms;
  guint backoff_last_ms;
} Pace;

static const Pace calm = { 8000, 0, 4000, BACKOFF_LAST_MS };
static const Pace hurried = { 2500, 2000, 2500, 1500 };

typedef enum
{
  EVENT_START,   /* an account, the time of an attempt, or somebody who will not wait */
  EVENT_OPENED,
  EVENT_WELCOME,
  EVENT_LOST,
  EVENT_HOLD,
  EVENT_STOP,
} Event;

struct _AhoySession
{
  GObject parent_instance;

  AhoyTransport *transport;      /* (owned) (nullable), the present connection */
  AhoySessionRequests *requests; /* (owned) (not nullable) */
  GTlsDatabase *trust;           /* (owned) (nullable) */

  char *address;                 /* (owned) (nullable) the account, while started */
  char *user_id;                 /* (owned) (nullable) */
  char *user_sig;                /* (owned) (nullable) secret */
  char *device_id;               /* (owned) (nullable) */
  guint64 app_id;
  gboolean keep_trying;

  char *sid;                     /* (owned) (nullable) secret; what resume goes on with */
  GStrv ice_uris;                /* (owned) (nullable) */
  gint64 rx;                     /* number of the last push */
  gint64 acked;
  AhoyServerClock clock;
  guint heartbeat_ms;

  AhoySessionState state;        /* changed only by step () */
  gboolean was_ready;            /* since start */
  gboolean hurry;
  guint failures;                /* attempts in a row */
  gint64 retry_at;
  gint64 sent_at;                /* of auth or the last ping */
  gint64 pong_due;               /* when its answer is missing */
  gboolean is_doubted;           /* the connection may be dead: no time to lose when it is */

  guint retry_id;
  guint auth_id;
  guint ping_id;
  guint pong_id;
  guint ack_id;
  guint sign_out_id;
  GTask *sign_out;               /* (owned) (nullable) */
};

G_DEFINE_FINAL_TYPE (AhoySession, ahoy_session, G_TYPE_OBJECT)

enum
{
  SIGNAL_STATE_CHANGED,
  SIGNAL_RETRY_CHANGED,
  SIGNAL_WELCOME,
  SIGNAL_PUSH,
  SIGNAL_REFUSED,
  SIGNAL_UNREACHABLE,
  SIGNAL_KICKED,
  SIGNAL_EXPIRED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

static void step (AhoySession *self,
                  Event        event);

static const Pace *
get_pace (AhoySession *self)
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
  g_signal_emit (self, signals[SIGNAL_STATE_CHANGED], 0);
}

static void
set_retry_at (AhoySession *self,
              gint64       retry_at)
{
  if (self->retry_at == retry_at)
    return;

  self->retry_at = retry_at;
  g_signal_emit (self, signals[SIGNAL_RETRY_CHANGED], 0);
}

static void
send_ack (AhoySession *self)
{
  g_autofree char *text = ahoy_envelope_new_ack (self->rx);

  g_clear_handle_id (&self->ack_id, g_source_remove);
  self->acked = self->rx;
  if (self->transport)
    ahoy_transport_send (self->transport, text);
}

static gboolean
on_ack_due (gpointer user_data)
{
  AhoySession *self = user_data;

  self->ack_id = 0;
  send_ack (self);
  return G_SOURCE_REMOVE;
}

static void
learn_time (AhoySession *self,
            JsonObject  *data)
{
  ahoy_server_clock_learn (&self->clock, ahoy_json_get_int (data, "time", 0), self->sent_at, g_get_monotonic_time ());
}

/* Does not wait until the next attempt is due. */
static void
reconnect (AhoySession *self)
{
  g_autoptr (AhoySession) alive = g_object_ref (self);

  step (self, EVENT_LOST);
  /* Whoever heard of it may have signed out. */
  if (self->state == AHOY_SESSION_WAITING)
    step (self, EVENT_START);
}

static gboolean
on_pong_missing (gpointer user_data)
{
  AhoySession *self = user_data;
  gint64 late_us = g_get_monotonic_time () - self->pong_due;

  self->pong_id = 0;
  if (late_us > HELD_UP_MS * 1000)
    {
      /* The answer may lie unread in the socket. */
      self->pong_due = g_get_monotonic_time () + HELD_UP_MS * 1000;
      self->pong_id = g_timeout_add (HELD_UP_MS, on_pong_missing, self);
      return G_SOURCE_REMOVE;
    }

  g_debug ("No sign of life from the server");
  if (self->is_doubted)
    reconnect (self);
  else
    step (self, EVENT_LOST);
  return G_SOURCE_REMOVE;
}

static void
send_ping (AhoySession *self)
{
  g_autofree char *text = ahoy_envelope_new_request ("ping", "ping", NULL, self->rx);

  /* An unanswered ping is waited for, or its age would never count. */
  if (self->pong_id)
    return;

  self->sent_at = g_get_monotonic_time ();
  self->acked = self->rx;
  g_clear_handle_id (&self->ack_id, g_source_remove);
  ahoy_transport_send (self->transport, text);
  self->pong_due = self->sent_at + get_pace (self)->pong_timeout_ms * 1000;
  self->pong_id = g_timeout_add (get_pace (self)->pong_timeout_ms, on_pong_missing, self);
}

/* The network is another one. That the socket still stands says nothing; that its address is gone says enough. */
static void
doubt (AhoySession *self)
{
  g_autoptr (GInetAddress) address = ahoy_transport_get_local_address (self->transport);

  if (address && !ahoy_network_has_address (address))
    {
      g_debug ("The address of the connection is gone");
      reconnect (self);
      return;
    }

  send_ping (self);
  g_clear_handle_id (&self->pong_id, g_source_remove);
  self->is_doubted = TRUE;
  self->pong_due = g_get_monotonic_time () + PROOF_MS * 1000;
  self->pong_id = g_timeout_add (PROOF_MS, on_pong_missing, self);
}

static gboolean
on_ping_due (gpointer user_data)
{
  send_ping (user_data);
  return G_SOURCE_CONTINUE;
}

static void
start_heartbeat (AhoySession *self)
{
  guint interval = get_pace (self)->ping_interval_ms;

  g_clear_handle_id (&self->ping_id, g_source_remove);
  self->ping_id = g_timeout_add (interval ? MIN (interval, self->heartbeat_ms) : self->heartbeat_ms,
                                 on_ping_due, self);
}

static void
take_welcome (AhoySession *self,
              JsonObject  *data)
{
  const char *sid = ahoy_json_get_string (data, "sid", AHOY_MAX_USER_SIG);
  gboolean full = ahoy_json_get_bool (data, "full", TRUE) || !self->sid;

  learn_time (self, data);
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

  g_signal_emit (self, signals[SIGNAL_WELCOME], 0, data, full);
  step (self, EVENT_WELCOME);
}

static void
refuse (AhoySession  *self,
        const GError *error)
{
  step (self, EVENT_STOP);
  g_signal_emit (self, signals[SIGNAL_REFUSED], 0, error);
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
      step (self, EVENT_HOLD);
      g_signal_emit (self, signals[SIGNAL_EXPIRED], 0);
    }
  else if (self->sid && !is_ticket)
    {
      /* The session is gone: a full sign-in follows at once. */
      g_clear_pointer (&self->sid, g_free);
      reconnect (self);
    }
  else if (answer->error_retry && (self->was_ready || self->keep_trying))
    step (self, EVENT_LOST);
  else
    refuse (self, error);
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
    learn_time (self, answer->data);
  else if (g_strcmp0 (answer->id, "bye") == 0)
    step (self, EVENT_STOP);
  else
    ahoy_session_requests_answer (self->requests, answer);
}

static void
kick (AhoySession *self,
      const char  *why)
{
  g_autofree char *reason = g_strdup (why ? why : "");

  step (self, EVENT_STOP);
  g_signal_emit (self, signals[SIGNAL_KICKED], 0, reason);
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
  if (self->rx - self->acked >= ACK_EVERY)
    send_ack (self);
  else if (!self->ack_id)
    self->ack_id = g_timeout_add (ACK_AFTER_MS, on_ack_due, self);

  if (g_strcmp0 (push->type, "kicked") == 0)
    kick (self, ahoy_json_get_string (push->data, "why", 64));
  else if (g_strcmp0 (push->type, "expired") == 0)
    g_signal_emit (self, signals[SIGNAL_EXPIRED], 0);
  else
    g_signal_emit (self, signals[SIGNAL_PUSH], 0, push->type, push->data);
}

static void
on_transport_message (AhoySession *self,
                      const char  *text)
{
  g_autoptr (AhoySession) alive = g_object_ref (self);
  g_autoptr (AhoyEnvelope) envelope = NULL;
  g_autoptr (GError) error = NULL;

  g_clear_handle_id (&self->pong_id, g_source_remove);
  self->is_doubted = FALSE;
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

static void
send_auth (AhoySession *self)
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

static void
on_transport_opened (AhoySession *self)
{
  step (self, EVENT_OPENED);
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
      kick (self, "login");
      return;
    }
  if (code == AHOY_CLOSE_SESSION_GONE)
    g_clear_pointer (&self->sid, g_free);

  if (self->was_ready || self->sign_out)
    {
      step (self, EVENT_LOST);
      return;
    }

  reason = error ? g_error_copy (error)
                 : g_error_new (AHOY_ERROR, AHOY_ERROR_SIGNALING_SEND_FAILED,
                                "The server closed the connection (%u)", code);
  /* A certificate does not mend itself. */
  if (!self->keep_trying || reason->domain == G_TLS_ERROR)
    {
      refuse (self, reason);
      return;
    }
  step (self, EVENT_LOST);
  if (self->failures == 1)
    g_signal_emit (self, signals[SIGNAL_UNREACHABLE], 0, reason);
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
  g_clear_handle_id (&self->ping_id, g_source_remove);
  g_clear_handle_id (&self->pong_id, g_source_remove);
  g_clear_handle_id (&self->ack_id, g_source_remove);
  self->is_doubted = FALSE;
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
                                                  get_pace (self)->connect_timeout_ms);
  g_signal_connect_swapped (self->transport, "opened", G_CALLBACK (on_transport_opened), self);
  g_signal_connect_swapped (self->transport, "message", G_CALLBACK (on_transport_message), self);
  g_signal_connect_swapped (self->transport, "closed", G_CALLBACK (on_transport_closed), self);
  ahoy_transport_open (self->transport);
}

static gboolean
on_retry_due (gpointer user_data)
{
  AhoySession *self = user_data;

  self->retry_id = 0;
  step (self, EVENT_START);
  return G_SOURCE_REMOVE;
}

static void
schedule_retry (AhoySession *self)
{
  guint last = get_pace (self)->backoff_last_ms;
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

/* The one place where the state changes. An event that does not fit the state is late and means nothing. */
static void
step (AhoySession *self,
      Event        event)
{
  g_autoptr (AhoySession) alive = g_object_ref (self);

  switch (event)
    {
    case EVENT_START:
      if (self->state != AHOY_SESSION_STOPPED && self->state != AHOY_SESSION_WAITING &&
          self->state != AHOY_SESSION_HELD)
        return;
      set_retry_at (self, 0);
      open_transport (self);
      set_state (self, AHOY_SESSION_CONNECTING);
      break;

    case EVENT_OPENED:
      if (self->state != AHOY_SESSION_CONNECTING)
        return;
      self->auth_id = g_timeout_add (AUTH_TIMEOUT_MS, on_auth_timeout, self);
      send_auth (self);
      set_state (self, AHOY_SESSION_AUTHENTICATING);
      break;

    case EVENT_WELCOME:
      if (self->state != AHOY_SESSION_AUTHENTICATING)
        return;
      g_clear_handle_id (&self->auth_id, g_source_remove);
      self->was_ready = TRUE;
      self->failures = 0;
      start_heartbeat (self);
      send_pending (self);
      set_state (self, AHOY_SESSION_READY);
      break;

    case EVENT_LOST:
      if (self->state == AHOY_SESSION_STOPPED)
        return;
      drop_transport (self, FALSE);
      if (self->sign_out)
        {
          step (self, EVENT_STOP);
          return;
        }
      schedule_retry (self);
      set_state (self, AHOY_SESSION_WAITING);
      break;

    case EVENT_HOLD:
      drop_transport (self, FALSE);
      set_retry_at (self, 0);
      set_state (self, AHOY_SESSION_HELD);
      break;

    case EVENT_STOP:
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
ahoy_session_class_init (AhoySessionClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GType type = G_TYPE_FROM_CLASS (klass);

  object_class->dispose = ahoy_session_dispose;
  object_class->finalize = ahoy_session_finalize;

  signals[SIGNAL_STATE_CHANGED] = g_signal_new ("state-changed", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                                G_TYPE_NONE, 0);
  signals[SIGNAL_RETRY_CHANGED] = g_signal_new ("retry-changed", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                                G_TYPE_NONE, 0);
  signals[SIGNAL_WELCOME] = g_signal_new ("welcome", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                          G_TYPE_NONE, 2, JSON_TYPE_OBJECT, G_TYPE_BOOLEAN);
  signals[SIGNAL_PUSH] = g_signal_new ("push", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                       G_TYPE_NONE, 2, G_TYPE_STRING, JSON_TYPE_OBJECT);
  signals[SIGNAL_REFUSED] = g_signal_new ("refused", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                          G_TYPE_NONE, 1, G_TYPE_ERROR);
  signals[SIGNAL_UNREACHABLE] = g_signal_new ("unreachable", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                              G_TYPE_NONE, 1, G_TYPE_ERROR);
  signals[SIGNAL_KICKED] = g_signal_new ("kicked", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                         G_TYPE_NONE, 1, G_TYPE_STRING);
  signals[SIGNAL_EXPIRED] = g_signal_new ("expired", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                          G_TYPE_NONE, 0);
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
  step (self, EVENT_START);
}

void
ahoy_session_stop (AhoySession *self)
{
  g_return_if_fail (AHOY_IS_SESSION (self));

  step (self, EVENT_STOP);
}

static gboolean
on_sign_out_timeout (gpointer user_data)
{
  AhoySession *self = user_data;

  self->sign_out_id = 0;
  step (self, EVENT_STOP);
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
      step (self, EVENT_STOP);
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
    step (self, EVENT_START);
  else if (self->state == AHOY_SESSION_READY)
    send_ping (self);
}

void
ahoy_session_change_network (AhoySession *self)
{
  g_return_if_fail (AHOY_IS_SESSION (self));

  switch (self->state)
    {
    case AHOY_SESSION_WAITING:
      step (self, EVENT_START);
      break;
    case AHOY_SESSION_CONNECTING:
    case AHOY_SESSION_AUTHENTICATING:
      /* Over the network that is gone. */
      reconnect (self);
      break;
    case AHOY_SESSION_READY:
      doubt (self);
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

  start_heartbeat (self);
  /* A call needs to know that the connection lives, and what time it is at the server. */
  if (hurry)
    send_ping (self);
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
    step (self, EVENT_START);
}

void
ahoy_session_tell_refused (AhoySession  *self,
                           const GError *error)
{
  g_signal_emit (self, signals[SIGNAL_REFUSED], 0, error);
}
