/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "ahoy-engine-private.h"

#include "ahoy-contacts-private.h"
#include "ahoy-device-id.h"
#include "ahoy-error.h"
#include "ahoy-user-sig.h"
#include "ahoy-websocket-transport.h"

#define EXPIRING_BEFORE_S 3600

/* What login was asked for, while the device's name is read from disk. */
typedef struct
{
  char *address;
  char *user_id;
  char *user_sig;
} Login;

static void
login_free (Login *login)
{
  g_free (login->address);
  g_free (login->user_id);
  g_free (login->user_sig);
  g_free (login);
}

void
ahoy_engine_tell_expired (AhoyEngine *self)
{
  if (self->has_expired)
    return;

  self->has_expired = TRUE;
  g_signal_emit (self, ahoy_engine_signals[AHOY_ENGINE_SIGNAL_USER_SIG_EXPIRED], 0);
}

static gboolean
on_expiry (gpointer user_data)
{
  AhoyEngine *self = user_data;
  gint64 now = ahoy_session_get_server_time (self->session) / G_USEC_PER_SEC;

  self->expiry_id = 0;
  if (now < self->expires || !self->is_warned)
    {
      self->is_warned = TRUE;
      self->expiry_id = g_timeout_add_seconds ((guint) CLAMP (self->expires - now + 1, 1, G_MAXINT32), on_expiry, self);
      g_signal_emit (self, ahoy_engine_signals[AHOY_ENGINE_SIGNAL_USER_SIG_EXPIRING], 0);
    }
  else
    ahoy_engine_tell_expired (self);
  return G_SOURCE_REMOVE;
}

void
ahoy_engine_watch_ticket (AhoyEngine *self)
{
  gint64 now = ahoy_session_get_server_time (self->session) / G_USEC_PER_SEC;
  gint64 before = self->is_warned ? -1 : CLAMP (self->sig_life / 10, 1, EXPIRING_BEFORE_S);

  g_clear_handle_id (&self->expiry_id, g_source_remove);
  if (self->has_expired || self->expires <= now)
    return;

  self->expiry_id = g_timeout_add_seconds ((guint) CLAMP (self->expires - before - now, 1, G_MAXINT32), on_expiry, self);
}

void
ahoy_engine_take_ticket (AhoyEngine *self,
                         const char *user_sig)
{
  g_autoptr (AhoyUserSigClaims) claims = ahoy_user_sig_read (user_sig, NULL);

  self->is_warned = FALSE;
  self->has_expired = FALSE;
  self->expires = claims ? claims->time + claims->expire : 0;
  self->sig_life = claims ? claims->expire : 0;
  ahoy_engine_notify (self, AHOY_ENGINE_PROP_USER_SIG_EXPIRES);
  ahoy_engine_watch_ticket (self);
}

void
ahoy_engine_finish_login (AhoyEngine   *self,
                          const GError *error)
{
  g_autoptr (GTask) task = g_steal_pointer (&self->login);

  ahoy_engine_update_state (self);
  if (!task)
    return;
  if (error)
    g_task_return_error (task, g_error_copy (error));
  else
    g_task_return_boolean (task, TRUE);
}

static void
on_device_id (GObject      *object,
              GAsyncResult *result,
              gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  AhoyEngine *self = g_task_get_source_object (task);
  Login *login = g_task_get_task_data (task);
  AhoySessionAccount account = { 0 };

  if (result)
    {
      g_free (self->device_id);
      self->device_id = ahoy_device_id_load_finish (result);
    }
  /* Signed out again meanwhile. */
  if (self->login != task)
    return;

  account.address = login->address;
  account.app_id = self->app_id;
  account.user_id = login->user_id;
  account.user_sig = login->user_sig;
  account.device_id = self->device_id;
  account.keep_trying = self->keep_trying;
  if (g_set_object (&self->self_user, ahoy_people_learn (self->people, login->user_id, NULL, NULL)))
    ahoy_engine_notify (self, AHOY_ENGINE_PROP_SELF);
  ahoy_contacts_open (self->contacts, self->app_id, login->user_id);
  ahoy_session_start (self->session, &account);
}

static gboolean
check_login (AhoyEngine *self,
             guint64     app_id,
             const char *user_id,
             const char *user_sig,
             GTask      *task)
{
  if (self->login || ahoy_session_is_started (self->session))
    g_task_return_new_error (task, AHOY_ERROR, AHOY_ERROR_REQUEST_REPEATED, "Already signed in");
  else if (!app_id || app_id > G_MAXUINT32 || !user_id || !ahoy_user_id_is_valid (user_id))
    g_task_return_new_error (task, AHOY_ERROR, AHOY_ERROR_PARAM_INVALID, "Not a user of an application");
  else if (!user_sig || !*user_sig)
    g_task_return_new_error (task, AHOY_ERROR, AHOY_ERROR_USER_SIG_EMPTY, "The userSig is empty");
  else
    return TRUE;
  return FALSE;
}

/**
 * ahoy_engine_login_async:
 * @self: an engine
 * @server_uri: `http(s)://host:port` or `ws(s)://host:port/…`
 * @app_id: the SDKAppID
 * @user_id: who signs in
 * @user_sig: the ticket
 * @cancellable: (nullable): a #GCancellable
 * @callback: (nullable) (scope async): called when signed in, or not
 * @user_data: data for @callback
 *
 * Signs in. A wrong ticket (70001 …), no server (-1406) and a bad certificate (#GTlsError) are told apart. After the
 * first success the engine goes on trying by itself whenever the connection is lost; see also
 * [method@Engine.set_keep_trying].
 *
 * The task fails with -1204 when somebody is signed in, and with -1202 for ids that are none.
 */
void
ahoy_engine_login_async (AhoyEngine          *self,
                         const char          *server_uri,
                         guint64              app_id,
                         const char          *user_id,
                         const char          *user_sig,
                         GCancellable        *cancellable,
                         GAsyncReadyCallback  callback,
                         gpointer             user_data)
{
  g_autoptr (GTask) task = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *address = NULL;
  Login *login;

  g_return_if_fail (AHOY_IS_ENGINE (self));

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, ahoy_engine_login_async);
  if (!check_login (self, app_id, user_id, user_sig, task))
    return;
  address = ahoy_websocket_transport_make_address (server_uri, &error);
  if (!address)
    {
      g_task_return_error (task, g_steal_pointer (&error));
      return;
    }

  login = g_new0 (Login, 1);
  login->address = g_steal_pointer (&address);
  login->user_id = g_strdup (user_id);
  login->user_sig = g_strdup (user_sig);
  g_task_set_task_data (task, login, (GDestroyNotify) login_free);
  self->login = g_object_ref (task);
  self->app_id = app_id;
  g_free (self->server_uri);
  self->server_uri = g_strdup (server_uri);
  ahoy_engine_notify (self, AHOY_ENGINE_PROP_APP_ID);
  ahoy_engine_notify (self, AHOY_ENGINE_PROP_SERVER_URI);
  ahoy_engine_take_ticket (self, user_sig);
  ahoy_engine_update_state (self);

  if (self->device_id)
    on_device_id (NULL, NULL, g_steal_pointer (&task));
  else
    ahoy_device_id_load_async (NULL, on_device_id, g_steal_pointer (&task));
}

/**
 * ahoy_engine_login_finish:
 * @self: an engine
 * @result: what the callback was given
 * @error: return location for an error
 *
 * Returns: whether it is done
 */
gboolean
ahoy_engine_login_finish (AhoyEngine    *self,
                          GAsyncResult  *result,
                          GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}

/**
 * ahoy_engine_set_keep_trying:
 * @self: an engine
 * @keep_trying: whether signing in goes on when the first attempt finds no server
 *
 * For a start without network. Signing in then ends well, in state %AHOY_ENGINE_OFFLINE with
 * [property@Engine:retry-at] set; a later refusal comes as [signal@Engine::error].
 */
void
ahoy_engine_set_keep_trying (AhoyEngine *self,
                             gboolean    keep_trying)
{
  g_return_if_fail (AHOY_IS_ENGINE (self));

  self->keep_trying = keep_trying;
}

/**
 * ahoy_engine_try_now:
 * @self: an engine
 *
 * Does not wait until the next attempt to reach the server is due.
 */
void
ahoy_engine_try_now (AhoyEngine *self)
{
  g_return_if_fail (AHOY_IS_ENGINE (self));

  ahoy_session_try_now (self->session);
}

/**
 * ahoy_engine_renew_user_sig:
 * @self: an engine
 * @user_sig: a new ticket for the same user
 *
 * Replaces the ticket, before or after the old one has lapsed. A running call is not touched. When the server refuses
 * it the old one goes on, and [signal@Engine::error] says so.
 */
void
ahoy_engine_renew_user_sig (AhoyEngine *self,
                            const char *user_sig)
{
  g_return_if_fail (AHOY_IS_ENGINE (self));
  g_return_if_fail (user_sig != NULL);

  if (!ahoy_session_is_started (self->session))
    return;

  ahoy_engine_take_ticket (self, user_sig);
  ahoy_session_renew (self->session, user_sig);
}

static void
on_signed_out (GObject      *object,
               GAsyncResult *result,
               gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;

  ahoy_session_sign_out_finish (AHOY_SESSION (object), result, NULL);
  g_task_return_boolean (task, TRUE);
}

/**
 * ahoy_engine_logout_async:
 * @self: an engine
 * @cancellable: (nullable): a #GCancellable
 * @callback: (nullable) (scope async): called when signed out
 * @user_data: data for @callback
 *
 * Hangs up what runs and signs out. The server is told, but not waited for longer than two seconds. The task does not
 * fail: whatever happens, nobody is signed in afterwards.
 */
void
ahoy_engine_logout_async (AhoyEngine          *self,
                          GCancellable        *cancellable,
                          GAsyncReadyCallback  callback,
                          gpointer             user_data)
{
  g_autoptr (GError) error = NULL;
  GTask *task;

  g_return_if_fail (AHOY_IS_ENGINE (self));

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, ahoy_engine_logout_async);
  if (self->login)
    {
      error = g_error_new_literal (G_IO_ERROR, G_IO_ERROR_CANCELLED, "Signed out");
      ahoy_engine_finish_login (self, error);
    }
  /* The requests that end the calls go out before the one that ends the session. */
  ahoy_call_list_hang_up_all (self->calls);
  ahoy_session_sign_out_async (self->session, on_signed_out, task);
}

/**
 * ahoy_engine_logout_finish:
 * @self: an engine
 * @result: what the callback was given
 * @error: return location for an error
 *
 * Returns: whether it is done
 */
gboolean
ahoy_engine_logout_finish (AhoyEngine    *self,
                           GAsyncResult  *result,
                           GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}
