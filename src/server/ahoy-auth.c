/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ahoy-auth.h"

#include "ahoy-accounts.h"
#include "ahoy-calls.h"
#include "ahoy-error.h"
#include "ahoy-json.h"
#include "ahoy-limits.h"
#include "ahoy-people.h"
#include "ahoy-user-sig.h"

#include <string.h>
#include <sys/random.h>

/* What the first frame claims, believed once the userSig fits. */
typedef struct
{
  guint64 app_id;
  gint64 rx;
  gint64 expires_s; /* seconds that the userSig is still good for */
  const char *user_id;
  const char *device;
  const char *platform;
  const char *sid;  /* (nullable) */
} Claim;

static void
refuse (AhoyConnection *connection,
        AhoyEnvelope   *envelope,
        int             error_code,
        const char     *message,
        int             close_code)
{
  g_autofree char *text = NULL;

  if (envelope->kind == AHOY_ENVELOPE_REQUEST)
    {
      text = ahoy_envelope_new_error (envelope->id, error_code,
                                      message ? message : ahoy_error_code_get_message (error_code),
                                      error_code == AHOY_ERROR_USER_SIG_TOO_MANY_FAILURES);
      ahoy_connection_send_text (connection, text);
    }
  g_message ("event=auth-refused code=%d", error_code);
  ahoy_connection_close (connection, close_code);
}

static gboolean
is_device_id (const char *device)
{
  gsize length = device ? strlen (device) : 0;

  return length > 0 &&
         strspn (device, "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789._:-") == length;
}

/* An expired ticket is no guess: its signature was right. */
static void
count_failure (AhoyServer *server,
               const char *source,
               Claim      *claim,
               GError    **error)
{
  g_autofree char *uid = NULL;

  if (g_error_matches (*error, AHOY_ERROR, AHOY_ERROR_USER_SIG_EXPIRED))
    return;

  uid = ahoy_make_uid (claim->app_id, claim->user_id);
  if (ahoy_guard_note_failure (server->guard, source, uid))
    {
      g_clear_error (error);
      ahoy_error_set_code (error, AHOY_ERROR_USER_SIG_TOO_MANY_FAILURES);
    }
}

static gboolean
check_sig (AhoyServer *server,
           const char *sig,
           Claim      *claim,
           GError    **error)
{
  AhoyStoredApp *app = ahoy_server_find_app (server, claim->app_id);
  gint64 now_s = ahoy_now_ms () / 1000;
  g_autoptr (AhoyUserSigClaims) claims = NULL;

  if (!app)
    {
      ahoy_error_set_code (error, AHOY_ERROR_USER_SIG_UNKNOWN_APP);
      return FALSE;
    }

  claims = ahoy_user_sig_check (sig, app->id, app->secret, claim->user_id, now_s, error);
  if (!claims)
    return FALSE;
  /* A room ticket is no ticket to sign in with. */
  if (claims->userbuf)
    {
      ahoy_error_set_code (error, AHOY_ERROR_USER_SIG_BAD_CONTENT);
      return FALSE;
    }
  claim->expires_s = claims->time - now_s + MIN (claims->expire, G_MAXINT32);

  return TRUE;
}

static gboolean
guard_sig (AhoyServer     *server,
           AhoyConnection *connection,
           const char     *sig,
           Claim          *claim,
           GError        **error)
{
  g_autofree char *source = ahoy_guard_make_source (connection->fd);

  if (ahoy_guard_is_source_blocked (server->guard, source))
    {
      ahoy_error_set_code (error, AHOY_ERROR_USER_SIG_TOO_MANY_FAILURES);
      return FALSE;
    }
  if (check_sig (server, sig, claim, error))
    return TRUE;

  count_failure (server, source, claim, error);

  return FALSE;
}

static gboolean
read_claim (AhoyServer     *server,
            AhoyConnection *connection,
            JsonObject     *data,
            gboolean        is_resume,
            Claim          *claim,
            GError        **error)
{
  const char *sig;
  gint64 app_id;

  if (!ahoy_json_need_int (data, "appId", 1, G_MAXINT64, &app_id, error) ||
      !ahoy_json_need_string (data, "user", AHOY_MAX_USER_ID, &claim->user_id, error) ||
      !ahoy_json_need_string (data, "sig", AHOY_MAX_USER_SIG, &sig, error) ||
      !ahoy_json_need_string (data, "device", AHOY_MAX_DEVICE_ID, &claim->device, error) ||
      !ahoy_json_take_string (data, "platform", 32, &claim->platform, error))
    return FALSE;
  if (is_resume && (!ahoy_json_need_string (data, "sid", 64, &claim->sid, error) ||
                    !ahoy_json_need_int (data, "rx", 0, G_MAXINT64 / 2, &claim->rx, error)))
    return FALSE;
  if (!is_device_id (claim->device))
    {
      g_set_error_literal (error, AHOY_ERROR, AHOY_ERROR_INVALID_PARAMETER, "device is invalid");
      return FALSE;
    }
  claim->app_id = (guint64) app_id;
  claim->platform = claim->platform ? claim->platform : "";

  return guard_sig (server, connection, sig, claim, error);
}

static void
set_expiry (AhoySession *session,
            const Claim *claim)
{
  /* On the clock that does not jump. */
  session->expires_us = g_get_monotonic_time () + claim->expires_s * G_USEC_PER_SEC;
  session->is_lapsed = FALSE;
}

void
ahoy_auth_handle_renew (AhoyRequest *request,
                        JsonObject  *data)
{
  AhoySession *session = request->session;
  Claim claim = { .app_id = session->app_id, .user_id = session->user_id };
  g_autoptr (JsonObject) answer = NULL;
  g_autoptr (GError) error = NULL;
  const char *sig;

  if (!ahoy_json_need_string (data, "sig", AHOY_MAX_USER_SIG, &sig, &error) ||
      !guard_sig (request->server, session->connection, sig, &claim, &error))
    {
      ahoy_request_fail_with (request, error);
      return;
    }

  set_expiry (session, &claim);
  answer = json_object_new ();
  json_object_set_int_member (answer, "expires", claim.expires_s);
  ahoy_request_answer (request, answer);
}

void
ahoy_auth_lapse (AhoyServer  *server,
                 AhoySession *session)
{
  gint64 grace_us = server->config->lapsed_s * G_USEC_PER_SEC;

  if (!session->is_lapsed)
    {
      g_autoptr (JsonObject) data = json_object_new ();

      session->is_lapsed = TRUE;
      ahoy_session_push (session, AHOY_MESSAGE_EXPIRED, data);
    }
  else if (g_get_monotonic_time () - session->expires_us > grace_us &&
           !ahoy_calls_find_user (server->calls, session->uid))
    {
      g_message ("event=lapsed user=%s", session->user_id);
      ahoy_connection_close (session->connection, AHOY_CLOSE_NOT_AUTHENTICATED);
    }
}

static char *
make_sid (void)
{
  guint8 bytes[16];
  GString *sid = g_string_sized_new (33);

  /* Never fails for so few bytes once the system is up. */
  if (getrandom (bytes, sizeof bytes, 0) != sizeof bytes)
    g_error ("no random numbers");
  for (guint i = 0; i < sizeof bytes; i++)
    g_string_append_printf (sid, "%02x", bytes[i]);

  return g_string_free (sid, FALSE);
}

static JsonObject *
make_limits (void)
{
  JsonObject *limits = json_object_new ();

  json_object_set_int_member (limits, "people", AHOY_MAX_PEOPLE);
  json_object_set_int_member (limits, "userData", AHOY_MAX_USER_DATA);
  json_object_set_int_member (limits, "timeoutMin", AHOY_RING_TIMEOUT_MIN_S);
  json_object_set_int_member (limits, "timeoutMax", AHOY_RING_TIMEOUT_MAX_S);

  return limits;
}

static JsonObject *
make_welcome (AhoyServer  *server,
              AhoySession *session,
              const Claim *claim,
              const char  *sid,
              gboolean     is_full)
{
  JsonObject *welcome = json_object_new ();
  AhoyCallData *elsewhere = ahoy_calls_find_elsewhere (server->calls, session);
  gint64 now_ms = ahoy_now_ms ();

  json_object_set_string_member (welcome, "sid", sid);
  json_object_set_int_member (welcome, "ttl", server->config->session_ttl_s);
  json_object_set_int_member (welcome, "time", ahoy_calls_now_ms (server->calls));
  json_object_set_int_member (welcome, "heartbeat", server->config->heartbeat_s);
  json_object_set_boolean_member (welcome, "full", is_full);
  json_object_set_object_member (welcome, "user",
                                 ahoy_people_to_wire (server->people, session->app_id, session->user_id));
  json_object_set_array_member (welcome, "calls", ahoy_calls_to_wire (server->calls, session));
  json_object_set_boolean_member (welcome, "multi",
                                  ahoy_accounts_may_be_on_several (server->accounts, session->app_id, session->user_id));
  if (elsewhere)
    json_object_set_string_member (welcome, "elsewhere", elsewhere->id);
  json_object_set_int_member (welcome, "expires", claim->expires_s);
  json_object_set_object_member (welcome, "limits", make_limits ());
  json_object_set_array_member (welcome, "ice", ahoy_config_make_ice (server->config, session->user_id, now_ms / 1000));

  return welcome;
}

void
ahoy_auth_end_session (AhoyServer  *server,
                       AhoySession *session,
                       int          reason)
{
  AhoyChange *change = ahoy_change_new (server);

  ahoy_batch_remove_session (change->batch, session->sid_hash);
  ahoy_calls_leave (server->calls, session, (AhoyCallReason) reason);
  ahoy_registry_remove (server->registry, session);
  ahoy_change_commit (change, NULL, NULL);
}

/* @why is NULL for a session whose own device is back with a new one. */
static void
kick (AhoyServer  *server,
      AhoySession *session,
      const char  *why)
{
  AhoyConnection *connection = session->connection;

  if (why)
    {
      g_autoptr (JsonObject) data = json_object_new ();

      json_object_set_string_member (data, "why", why);
      ahoy_session_push (session, AHOY_MESSAGE_KICKED, data);
    }
  ahoy_auth_end_session (server, session, AHOY_REASON_OFFLINE);
  if (connection && session->connection)
    {
      ahoy_session_detach (session);
      ahoy_connection_close (connection, AHOY_CLOSE_KICKED);
    }
}

void
ahoy_auth_kick_others (AhoyServer  *server,
                       AhoySession *session,
                       const char  *why)
{
  g_autoptr (GPtrArray) sessions = ahoy_registry_list (server->registry, session->uid);

  for (guint i = 0; i < sessions->len; i++)
    {
      if (g_ptr_array_index (sessions, i) != session)
        kick (server, g_ptr_array_index (sessions, i), why);
    }
}

/* A new session takes the place of one of the same device, and of all others when there may be
 * only one. Whoever was in a call there is out of it: that process knows no more of its media. */
static void
replace_sessions (AhoyServer  *server,
                  AhoySession *newcomer)
{
  g_autoptr (GPtrArray) sessions = ahoy_registry_list (server->registry, newcomer->uid);
  gboolean may_stay = ahoy_accounts_may_be_on_several (server->accounts, newcomer->app_id, newcomer->user_id);

  for (guint i = 0; i < sessions->len; i++)
    {
      AhoySession *session = g_ptr_array_index (sessions, i);
      gboolean is_same = g_strcmp0 (session->device, newcomer->device) == 0;

      /* With the new one there are no more than may be; the oldest go first. */
      if (!is_same && may_stay && i + AHOY_MAX_DEVICES > sessions->len)
        continue;

      kick (server, session, is_same ? NULL : "login");
    }
}

static void
start_session (AhoyServer     *server,
               AhoyConnection *connection,
               AhoyEnvelope   *envelope,
               const Claim    *claim)
{
  g_autofree char *sid = make_sid ();
  g_autofree char *sid_hash = ahoy_hash_sid (sid);
  g_autoptr (AhoySession) session = NULL;
  g_autoptr (JsonObject) welcome = NULL;
  AhoyChange *change;

  session = ahoy_session_new (sid_hash, claim->app_id, claim->user_id, claim->device, claim->platform);
  set_expiry (session, claim);
  replace_sessions (server, session);
  ahoy_registry_add (server->registry, session);
  ahoy_session_attach (session, connection, 0);
  ahoy_registry_update_presence (server->registry, session->uid);

  welcome = make_welcome (server, session, claim, sid, TRUE);
  change = ahoy_change_new (server);
  change->is_welcome = TRUE;
  ahoy_batch_put_session (change->batch, sid_hash, claim->app_id, claim->user_id, claim->device, claim->platform);
  ahoy_change_commit (change, ahoy_requests_begin (server->requests, session, envelope->id, FALSE), welcome);
  g_message ("event=auth app=%" G_GUINT64_FORMAT " user=%s platform=%s", claim->app_id, claim->user_id,
             *claim->platform ? claim->platform : "-");
}

static void
resume_session (AhoyServer     *server,
                AhoyConnection *connection,
                AhoyEnvelope   *envelope,
                const Claim    *claim)
{
  g_autofree char *sid_hash = ahoy_hash_sid (claim->sid);
  AhoySession *session = ahoy_registry_find (server->registry, sid_hash);
  g_autoptr (JsonObject) welcome = NULL;
  g_autofree char *text = NULL;
  gboolean is_full;

  if (!session || session->app_id != claim->app_id || g_strcmp0 (session->user_id, claim->user_id) != 0 ||
      g_strcmp0 (session->device, claim->device) != 0)
    {
      refuse (connection, envelope, AHOY_ERROR_NOT_LOGGED_IN, "the session is gone", AHOY_CLOSE_SESSION_GONE);
      return;
    }

  if (session->connection)
    {
      AhoyConnection *old = session->connection;

      /* The client knows that this one is dead; the server did not notice yet. */
      ahoy_session_detach (session);
      ahoy_connection_close (old, AHOY_CLOSE_GOING_AWAY);
    }

  set_expiry (session, claim);
  is_full = !ahoy_session_can_replay (session, claim->rx);
  ahoy_session_attach (session, connection, claim->rx);
  ahoy_calls_regain (server->calls, session);
  ahoy_registry_update_presence (server->registry, session->uid);

  welcome = make_welcome (server, session, claim, claim->sid, is_full);
  text = ahoy_envelope_new_answer (envelope->id, welcome);
  ahoy_session_welcome (session, text);
  g_message ("event=resume app=%" G_GUINT64_FORMAT " user=%s full=%d", claim->app_id, claim->user_id, is_full);
}

void
ahoy_auth_first_frame (AhoyServer     *server,
                       AhoyConnection *connection,
                       AhoyEnvelope   *envelope)
{
  AhoyMessageType type = ahoy_message_type_from_name (envelope->type);
  g_autoptr (GError) error = NULL;
  Claim claim = { 0 };

  if (envelope->kind != AHOY_ENVELOPE_REQUEST || (type != AHOY_MESSAGE_AUTH && type != AHOY_MESSAGE_RESUME))
    {
      refuse (connection, envelope, AHOY_ERROR_NOT_LOGGED_IN, NULL, AHOY_CLOSE_NOT_AUTHENTICATED);
      return;
    }
  if (!read_claim (server, connection, envelope->data, type == AHOY_MESSAGE_RESUME, &claim, &error))
    {
      refuse (connection, envelope, error->code, error->message, AHOY_CLOSE_NOT_AUTHENTICATED);
      return;
    }

  if (type == AHOY_MESSAGE_RESUME)
    resume_session (server, connection, envelope, &claim);
  else
    start_session (server, connection, envelope, &claim);
}
