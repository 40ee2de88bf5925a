/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <gio/gio.h>
#include <json-glib/json-glib.h>

G_BEGIN_DECLS

/**
 * AhoySessionState:
 * @AHOY_SESSION_STOPPED: no account; also after the server has refused or kicked
 * @AHOY_SESSION_CONNECTING: the connection is being made
 * @AHOY_SESSION_AUTHENTICATING: it stands, "auth" or "resume" is under way
 * @AHOY_SESSION_READY: welcome
 * @AHOY_SESSION_WAITING: lost; the next attempt is at "retry-at"
 * @AHOY_SESSION_HELD: the userSig has expired; goes on with a new one
 */
typedef enum
{
  AHOY_SESSION_STOPPED,
  AHOY_SESSION_CONNECTING,
  AHOY_SESSION_AUTHENTICATING,
  AHOY_SESSION_READY,
  AHOY_SESSION_WAITING,
  AHOY_SESSION_HELD,
} AhoySessionState;

typedef struct
{
  const char *address; /* ws or wss */
  guint64 app_id;
  const char *user_id;
  const char *user_sig;
  const char *device_id;
  gboolean keep_trying; /* also when the first attempt finds no server */
} AhoySessionAccount;

#define AHOY_TYPE_SESSION (ahoy_session_get_type ())
G_DECLARE_FINAL_TYPE (AhoySession, ahoy_session, AHOY, SESSION, GObject)

/* Am I connected, and who am I. Makes the connection, keeps it, makes it again, and carries requests and pushes.
 *
 * Signals, all on the main context:
 *  "state-changed" (), "retry-changed" ()
 *  "welcome" (JsonObject, gboolean full): before the state becomes READY. @full: what was pushed meanwhile is
 *    lost; the welcome's calls are the truth
 *  "push" (const char *type, JsonObject data)
 *  "refused" (GError): final when the state is STOPPED; else a new userSig was refused, and the old one goes on
 *  "unreachable" (GError): the first attempt of an account with keep_trying failed; it goes on
 *  "kicked" (const char *why): final as well
 *  "expired" (): the userSig; HELD, or still READY for a while */
AhoySession      *ahoy_session_new             (void);
void              ahoy_session_set_trust       (AhoySession              *self,
                                                GTlsDatabase             *trust);
void              ahoy_session_start           (AhoySession              *self,
                                                const AhoySessionAccount *account);
/* At once; the server holds the session for lost. */
void              ahoy_session_stop            (AhoySession              *self);
/* Tells the server first, and waits for its answer for two seconds at most. */
void              ahoy_session_sign_out_async  (AhoySession              *self,
                                                GAsyncReadyCallback       callback,
                                                gpointer                  user_data);
gboolean          ahoy_session_sign_out_finish (AhoySession              *self,
                                                GAsyncResult             *result,
                                                GError                  **error);
void              ahoy_session_try_now         (AhoySession              *self);
/* This machine has another address or has slept: a connection over what is gone is made again at once, any other has a
 * second to show that it lives. */
void              ahoy_session_change_network  (AhoySession              *self);
void              ahoy_session_renew           (AhoySession              *self,
                                                const char               *user_sig);
/* While a call runs a dead connection is noticed within seconds and made again faster. */
void              ahoy_session_set_hurry       (AhoySession              *self,
                                                gboolean                  hurry);

AhoySessionState  ahoy_session_get_state       (AhoySession              *self);
gboolean          ahoy_session_is_started      (AhoySession              *self);
gint64            ahoy_session_get_retry_at    (AhoySession              *self);
const char       *ahoy_session_get_user_id     (AhoySession              *self);
const char       *ahoy_session_get_device_id   (AhoySession              *self);
/* A secret. (nullable) */
const char       *ahoy_session_get_user_sig    (AhoySession              *self);
/* µs of real time as the server's clock has it. */
gint64            ahoy_session_get_server_time (AhoySession              *self);
/* stun: and turn: addresses, NULL ended. */
const char *const *ahoy_session_get_ice_uris   (AhoySession              *self);

/* Answered, repeated after a lost connection until it is, or too old (20 s; messages that end something 60 s).
 * Errors: AHOY_ERROR with the server's number. The data is (transfer full). */
void              ahoy_session_request_async   (AhoySession              *self,
                                                const char               *type,
                                                JsonObject               *data,
                                                GCancellable             *cancellable,
                                                GAsyncReadyCallback       callback,
                                                gpointer                  user_data);
JsonObject       *ahoy_session_request_finish  (AhoySession              *self,
                                                GAsyncResult             *result,
                                                GError                  **error);

G_END_DECLS
