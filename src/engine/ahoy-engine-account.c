/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "ahoy-engine-private.h"

#include "ahoy-error.h"
#include "ahoy-json.h"
#include "ahoy-limits.h"
#include "ahoy-request.h"
#include "ahoy-user-sig.h"

/* What belongs to the account: profile, devices, blocked people. */

static void
on_self_info (GTask      *task,
              JsonObject *answer)
{
  AhoyEngine *self = g_task_get_source_object (task);
  JsonObject *data = g_task_get_task_data (task);

  if (self->self_user)
    ahoy_user_set_profile (self->self_user, ahoy_json_get_string (data, "nickname", AHOY_MAX_NICKNAME),
                           ahoy_json_get_string (data, "avatar", AHOY_MAX_AVATAR));
  g_task_return_boolean (task, TRUE);
}

/**
 * ahoy_engine_set_self_info_async:
 * @self: an engine
 * @nickname: (nullable): at most 500 bytes, or %NULL to leave it as it is
 * @avatar: (nullable): the address of a picture, at most 500 bytes, or %NULL to leave it as it is
 * @cancellable: (nullable): a #GCancellable
 * @callback: (nullable) (scope async): called at the answer of the server
 * @user_data: data for @callback
 *
 * Changes how the others see this person. The task fails with -1201 when nobody is signed in, with -1202 for what is too
 * long or has control characters, and with -1406 when the server is not reached.
 */
void
ahoy_engine_set_self_info_async (AhoyEngine          *self,
                                 const char          *nickname,
                                 const char          *avatar,
                                 GCancellable        *cancellable,
                                 GAsyncReadyCallback  callback,
                                 gpointer             user_data)
{
  JsonObject *data;
  GTask *task;

  g_return_if_fail (AHOY_IS_ENGINE (self));

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, ahoy_engine_set_self_info_async);
  data = json_object_new ();
  if (nickname)
    json_object_set_string_member (data, "nickname", nickname);
  if (avatar)
    json_object_set_string_member (data, "avatar", avatar);
  g_task_set_task_data (task, data, (GDestroyNotify) json_object_unref);
  if ((nickname && strlen (nickname) > AHOY_MAX_NICKNAME) || (avatar && strlen (avatar) > AHOY_MAX_AVATAR))
    {
      ahoy_request_refuse (task, AHOY_ERROR_PARAM_INVALID, "Name or picture address too long");
      return;
    }
  ahoy_request_send (self->session, "profile.set", data, cancellable, task, on_self_info);
}

/**
 * ahoy_engine_set_self_info_finish:
 * @self: an engine
 * @result: what the callback was given
 * @error: return location for an error
 *
 * Returns: whether it is changed
 */
gboolean
ahoy_engine_set_self_info_finish (AhoyEngine    *self,
                                  GAsyncResult  *result,
                                  GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}

static void
on_multi_device (GTask      *task,
                 JsonObject *answer)
{
  ahoy_engine_take_multi_device (g_task_get_source_object (task), GPOINTER_TO_INT (g_task_get_task_data (task)));
  g_task_return_boolean (task, TRUE);
}

/**
 * ahoy_engine_set_multi_device_async:
 * @self: an engine
 * @enable: whether this person may be signed in on several devices at once
 * @cancellable: (nullable): a #GCancellable
 * @callback: (nullable) (scope async): called at the answer of the server
 * @user_data: data for @callback
 *
 * With several devices a call rings on all of them and the first to act wins; without, whoever signs in last throws
 * the others out. The server keeps it for the account. The task fails with -1002 when the server does not allow it.
 */
void
ahoy_engine_set_multi_device_async (AhoyEngine          *self,
                                    gboolean             enable,
                                    GCancellable        *cancellable,
                                    GAsyncReadyCallback  callback,
                                    gpointer             user_data)
{
  g_autoptr (JsonObject) data = json_object_new ();
  GTask *task;

  g_return_if_fail (AHOY_IS_ENGINE (self));

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, ahoy_engine_set_multi_device_async);
  g_task_set_task_data (task, GINT_TO_POINTER (!!enable), NULL);
  json_object_set_boolean_member (data, "enable", !!enable);
  ahoy_request_send (self->session, "devices.multi", data, cancellable, task, on_multi_device);
}

/**
 * ahoy_engine_set_multi_device_finish:
 * @self: an engine
 * @result: what the callback was given
 * @error: return location for an error
 *
 * Returns: whether it is changed
 */
gboolean
ahoy_engine_set_multi_device_finish (AhoyEngine    *self,
                                     GAsyncResult  *result,
                                     GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}

void
ahoy_engine_take_blocked (AhoyEngine *self,
                          JsonObject *data)
{
  const char *user_id = ahoy_json_get_string (data, "user", AHOY_MAX_USER_ID);

  if (user_id && *user_id)
    g_signal_emit (self, ahoy_engine_signals[AHOY_ENGINE_SIGNAL_BLOCKED_CHANGED], 0, user_id,
                   ahoy_json_get_bool (data, "blocked", FALSE));
}

static void
on_blocked (GTask      *task,
            JsonObject *answer)
{
  /* The other devices are told by the server. */
  ahoy_engine_take_blocked (g_task_get_source_object (task), g_task_get_task_data (task));
  g_task_return_boolean (task, TRUE);
}

/**
 * ahoy_engine_set_blocked_async:
 * @self: an engine
 * @user_id: somebody
 * @blocked: whether the two are not to reach each other
 * @cancellable: (nullable): a #GCancellable
 * @callback: (nullable) (scope async): called at the answer of the server
 * @user_data: data for @callback
 *
 * Blocks somebody, or lets them in again: calls between the two are refused with 20007. The task fails with -1202 for
 * an id that is none, and for the own one.
 */
void
ahoy_engine_set_blocked_async (AhoyEngine          *self,
                               const char          *user_id,
                               gboolean             blocked,
                               GCancellable        *cancellable,
                               GAsyncReadyCallback  callback,
                               gpointer             user_data)
{
  JsonObject *data;
  GTask *task;

  g_return_if_fail (AHOY_IS_ENGINE (self));

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, ahoy_engine_set_blocked_async);
  if (!user_id || !ahoy_user_id_is_valid (user_id) ||
      g_strcmp0 (user_id, ahoy_session_get_user_id (self->session)) == 0)
    {
      ahoy_request_refuse (task, AHOY_ERROR_PARAM_INVALID, "Nobody who can be blocked");
      return;
    }

  data = json_object_new ();
  json_object_set_string_member (data, "user", user_id);
  json_object_set_boolean_member (data, "blocked", !!blocked);
  g_task_set_task_data (task, data, (GDestroyNotify) json_object_unref);
  ahoy_request_send (self->session, "blocks.set", data, cancellable, task, on_blocked);
}

/**
 * ahoy_engine_set_blocked_finish:
 * @self: an engine
 * @result: what the callback was given
 * @error: return location for an error
 *
 * Returns: whether it is changed
 */
gboolean
ahoy_engine_set_blocked_finish (AhoyEngine    *self,
                                GAsyncResult  *result,
                                GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}

static void
on_blocked_listed (GTask      *task,
                   JsonObject *answer)
{
  GStrv users;

  users = ahoy_json_get_strings (answer, "users", AHOY_MAX_BLOCKS, AHOY_MAX_USER_ID);
  g_task_return_pointer (task, users ? users : g_new0 (char *, 1), (GDestroyNotify) g_strfreev);
}

/**
 * ahoy_engine_list_blocked_async:
 * @self: an engine
 * @cancellable: (nullable): a #GCancellable
 * @callback: (nullable) (scope async): called at the answer of the server
 * @user_data: data for @callback
 *
 * Asks whom this person has blocked. The task fails with -1201 when nobody is signed in, and with -1406 when the server
 * is not reached.
 */
void
ahoy_engine_list_blocked_async (AhoyEngine          *self,
                                GCancellable        *cancellable,
                                GAsyncReadyCallback  callback,
                                gpointer             user_data)
{
  GTask *task;

  g_return_if_fail (AHOY_IS_ENGINE (self));

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, ahoy_engine_list_blocked_async);
  ahoy_request_send (self->session, "blocks.list", NULL, cancellable, task, on_blocked_listed);
}

/**
 * ahoy_engine_list_blocked_finish:
 * @self: an engine
 * @result: what the callback was given
 * @error: return location for an error
 *
 * Returns: (transfer full) (array zero-terminated=1): their ids, or %NULL with @error set
 */
char **
ahoy_engine_list_blocked_finish (AhoyEngine    *self,
                                 GAsyncResult  *result,
                                 GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}
