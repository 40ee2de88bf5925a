/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "ahoy-engine-private.h"

#include "ahoy-error.h"

/* Calls that begin here. */

/**
 * ahoy_engine_place_call:
 * @self: an engine
 * @user_ids: (array zero-terminated=1): whom to call; the own id and repetitions are taken out
 * @media: sound, or sound and picture
 * @options: (nullable): what else is to be known
 * @error: return location for an error
 *
 * Calls somebody, or several people: each is rung for, and the first who accepts begins the call. Returns at once with
 * a call in state %AHOY_CALL_CALLING that is already in [property@Engine:calls]; what the server refuses ends it with
 * [property@Call:error] set. When the one person dialled is calling here at this moment, that call is answered and
 * returned instead.
 *
 * Errors: -1201 not signed in, -1202 nobody or too many people, ids that are none and options out of range, -1203
 * already in a call, or somebody objected to [signal@Engine::before-call].
 *
 * Returns: (transfer full): the call, or %NULL with @error set
 */
AhoyCall *
ahoy_engine_place_call (AhoyEngine         *self,
                        const char *const  *user_ids,
                        AhoyCallMedia       media,
                        AhoyCallOptions    *options,
                        GError            **error)
{
  g_return_val_if_fail (AHOY_IS_ENGINE (self), NULL);

  return ahoy_call_list_place (self->calls, user_ids, media, options, error);
}

static void
on_joined (GObject      *object,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  g_autoptr (GError) error = NULL;
  AhoyEngine *self = g_task_get_source_object (task);
  AhoyCall *call = ahoy_call_list_join_finish (AHOY_CALL_LIST (object), result, &error);

  if (!call)
    {
      g_task_return_error (task, g_steal_pointer (&error));
      return;
    }

  /* What was taken over runs here now. */
  if (g_strcmp0 (self->call_elsewhere, ahoy_call_get_id (call)) == 0)
    ahoy_engine_set_call_elsewhere (self, NULL);
  g_task_return_pointer (task, call, g_object_unref);
}

static void
join (AhoyEngine          *self,
      gpointer             tag,
      const char          *type,
      const char          *call_id,
      const char          *group_id,
      GCancellable        *cancellable,
      GAsyncReadyCallback  callback,
      gpointer             user_data)
{
  GTask *task = g_task_new (self, cancellable, callback, user_data);

  g_task_set_source_tag (task, tag);
  ahoy_call_list_join_async (self->calls, type, call_id, group_id, cancellable, on_joined, task);
}

/**
 * ahoy_engine_join_call_async:
 * @self: an engine
 * @call_id: the id of a running call of several people
 * @cancellable: (nullable): a #GCancellable
 * @callback: (nullable) (scope async): called when this person is in the call, or not
 * @user_data: data for @callback
 *
 * Enters a running call: whoever knows its id may. The camera is off at first. Who is invited to it accepts by this.
 *
 * The task fails with -1201 when nobody is signed in, with -1202 for an id that is none and when nine people are in it,
 * with -1203 when there is another call already, or somebody objected to [signal@Engine::before-call], with -1205 for a
 * call of two others, and with 8010 when it is over.
 */
void
ahoy_engine_join_call_async (AhoyEngine          *self,
                             const char          *call_id,
                             GCancellable        *cancellable,
                             GAsyncReadyCallback  callback,
                             gpointer             user_data)
{
  g_return_if_fail (AHOY_IS_ENGINE (self));

  join (self, ahoy_engine_join_call_async, "call.join", call_id ? call_id : "", NULL, cancellable, callback, user_data);
}

static AhoyCall *
finish_join (AhoyEngine    *self,
             GAsyncResult  *result,
             GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

/**
 * ahoy_engine_join_call_finish:
 * @self: an engine
 * @result: what the callback was given
 * @error: return location for an error
 *
 * Returns: (transfer full): the call, or %NULL with @error set
 */
AhoyCall *
ahoy_engine_join_call_finish (AhoyEngine    *self,
                              GAsyncResult  *result,
                              GError       **error)
{
  return finish_join (self, result, error);
}

/**
 * ahoy_engine_join_group_async:
 * @self: an engine
 * @group_id: the id of a group that this person belongs to
 * @cancellable: (nullable): a #GCancellable
 * @callback: (nullable) (scope async): called when this person is in the call, or not
 * @user_data: data for @callback
 *
 * Enters the running call of a group. The task fails as that of [method@Engine.join_call_async] does, and with 8010 when
 * no call of the group runs.
 */
void
ahoy_engine_join_group_async (AhoyEngine          *self,
                              const char          *group_id,
                              GCancellable        *cancellable,
                              GAsyncReadyCallback  callback,
                              gpointer             user_data)
{
  g_return_if_fail (AHOY_IS_ENGINE (self));

  join (self, ahoy_engine_join_group_async, "call.join", NULL, group_id ? group_id : "", cancellable, callback,
        user_data);
}

/**
 * ahoy_engine_join_group_finish:
 * @self: an engine
 * @result: what the callback was given
 * @error: return location for an error
 *
 * Returns: (transfer full): the call, or %NULL with @error set
 */
AhoyCall *
ahoy_engine_join_group_finish (AhoyEngine    *self,
                               GAsyncResult  *result,
                               GError       **error)
{
  return finish_join (self, result, error);
}

/**
 * ahoy_engine_take_over_async:
 * @self: an engine
 * @call_id: (nullable): the id of the call; %NULL for [property@Engine:call-elsewhere]
 * @cancellable: (nullable): a #GCancellable
 * @callback: (nullable) (scope async): called when the call goes on here, or not
 * @user_data: data for @callback
 *
 * Goes on here with a call that runs on another device of this person. On that device it ends with
 * %AHOY_END_REASON_OTHER_DEVICE_ACCEPTED, and the others notice nothing but a moment of silence. Microphone and camera
 * are as they were there.
 *
 * The task fails with -1202 when there is no such call, and with -1203 when it does not run on another device.
 */
void
ahoy_engine_take_over_async (AhoyEngine          *self,
                             const char          *call_id,
                             GCancellable        *cancellable,
                             GAsyncReadyCallback  callback,
                             gpointer             user_data)
{
  g_return_if_fail (AHOY_IS_ENGINE (self));

  if (!call_id)
    call_id = self->call_elsewhere;
  join (self, ahoy_engine_take_over_async, "call.move", call_id ? call_id : "", NULL, cancellable, callback, user_data);
}

/**
 * ahoy_engine_take_over_finish:
 * @self: an engine
 * @result: what the callback was given
 * @error: return location for an error
 *
 * Returns: (transfer full): the call, or %NULL with @error set
 */
AhoyCall *
ahoy_engine_take_over_finish (AhoyEngine    *self,
                              GAsyncResult  *result,
                              GError       **error)
{
  return finish_join (self, result, error);
}
