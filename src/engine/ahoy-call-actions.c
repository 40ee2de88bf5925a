/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "ahoy-call-internal.h"

#include "ahoy-error.h"
#include "ahoy-request.h"

/* What a person does to a call: each is shown at once and told to the server, whose answer ends the task. */

static void
send_action (AhoyCall   *self,
             const char *type,
             const char *why,
             GTask      *task)
{
  g_autoptr (JsonObject) data = json_object_new ();

  json_object_set_string_member (data, "call", self->id);
  if (why)
    json_object_set_string_member (data, "why", why);
  ahoy_request_send (self->session, type, data, NULL, task, NULL);
}

static void
refuse_action (GTask *task)
{
  ahoy_request_refuse (task, AHOY_ERROR_REQUEST_REFUSED, "The call is in another state");
}

static void
on_accepted (GObject      *object,
             GAsyncResult *result,
             gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonObject) answer = ahoy_session_request_finish (AHOY_SESSION (object), result, &error);
  AhoyCall *self = g_task_get_source_object (task);

  if (answer)
    {
      ahoy_call_take_snapshot (self, answer);
      g_task_return_boolean (task, TRUE);
      return;
    }

  /* The push that says who was first, and with what, may come before this answer or after it. */
  if (g_error_matches (error, AHOY_ERROR, AHOY_ERROR_INVITATION_OVER))
    ahoy_call_await_end (self);
  else
    ahoy_call_finish (self, AHOY_END_REASON_OFFLINE, FALSE);
  g_task_return_error (task, g_steal_pointer (&error));
}

/**
 * ahoy_call_accept_async:
 * @self: a call
 * @with_camera: whether a video call begins with the own camera on
 * @cancellable: (nullable): a #GCancellable
 * @callback: (nullable) (scope async): called at the answer of the server
 * @user_data: data for @callback
 *
 * Answers a call that rings here. The state changes at once, not at the answer.
 *
 * The task fails with -1203 when it does not ring, and with 8010 when it is over or another device was faster.
 */
void
ahoy_call_accept_async (AhoyCall            *self,
                        gboolean             with_camera,
                        GCancellable        *cancellable,
                        GAsyncReadyCallback  callback,
                        gpointer             user_data)
{
  g_autoptr (JsonObject) data = NULL;
  GTask *task;

  g_return_if_fail (AHOY_IS_CALL (self));

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, ahoy_call_accept_async);
  if (!ahoy_call_phase_can_accept (self->phase))
    {
      refuse_action (task);
      return;
    }

  data = json_object_new ();
  json_object_set_string_member (data, "call", self->id);
  ahoy_session_request_async (self->session, "call.accept", data, NULL, on_accepted, task);
  ahoy_call_accepted_here (self, with_camera);
}

/**
 * ahoy_call_accept_finish:
 * @self: a call
 * @result: what the callback was given
 * @error: return location for an error
 *
 * Returns: whether the server has taken it
 */
gboolean
ahoy_call_accept_finish (AhoyCall      *self,
                         GAsyncResult  *result,
                         GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}

static void
decline (AhoyCall   *self,
         const char *why,
         GTask      *task)
{
  if (!ahoy_call_phase_can_accept (self->phase))
    {
      refuse_action (task);
      return;
    }

  send_action (self, "call.reject", why, task);
  ahoy_call_finish (self, g_str_equal (why, "ignore") ? AHOY_END_REASON_LINE_BUSY : AHOY_END_REASON_REJECT, TRUE);
}

/**
 * ahoy_call_reject_async:
 * @self: a call
 * @cancellable: (nullable): a #GCancellable
 * @callback: (nullable) (scope async): called at the answer of the server
 * @user_data: data for @callback
 *
 * Declines a call that rings here, for all devices of this person. The call ends at once.
 *
 * The task fails with -1203 when it does not ring.
 */
void
ahoy_call_reject_async (AhoyCall            *self,
                        GCancellable        *cancellable,
                        GAsyncReadyCallback  callback,
                        gpointer             user_data)
{
  GTask *task;

  g_return_if_fail (AHOY_IS_CALL (self));

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, ahoy_call_reject_async);
  decline (self, "reject", task);
}

/**
 * ahoy_call_reject_finish:
 * @self: a call
 * @result: what the callback was given
 * @error: return location for an error
 *
 * Returns: whether the server has taken it
 */
gboolean
ahoy_call_reject_finish (AhoyCall      *self,
                         GAsyncResult  *result,
                         GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}

/**
 * ahoy_call_ignore_async:
 * @self: a call
 * @cancellable: (nullable): a #GCancellable
 * @callback: (nullable) (scope async): called at the answer of the server
 * @user_data: data for @callback
 *
 * Lets a call that rings here go by: the caller is told that the line is busy. The call ends at once.
 *
 * The task fails with -1203 when it does not ring.
 */
void
ahoy_call_ignore_async (AhoyCall            *self,
                        GCancellable        *cancellable,
                        GAsyncReadyCallback  callback,
                        gpointer             user_data)
{
  GTask *task;

  g_return_if_fail (AHOY_IS_CALL (self));

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, ahoy_call_ignore_async);
  decline (self, "ignore", task);
}

/**
 * ahoy_call_ignore_finish:
 * @self: a call
 * @result: what the callback was given
 * @error: return location for an error
 *
 * Returns: whether the server has taken it
 */
gboolean
ahoy_call_ignore_finish (AhoyCall      *self,
                         GAsyncResult  *result,
                         GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}

/**
 * ahoy_call_hang_up_async:
 * @self: a call
 * @cancellable: (nullable): a #GCancellable
 * @callback: (nullable) (scope async): called at the answer of the server
 * @user_data: data for @callback
 *
 * Cancels a call while it rings there, declines it while it rings here, leaves it when it runs. It ends at once for
 * this person, whatever becomes of the task; a call of several people goes on for the others.
 *
 * A call that is cancelled ends with the answer of the server, after two seconds at most: perhaps somebody accepts at
 * this moment, and everybody's history has the one outcome that the server has seen. Camera and microphone are off at
 * once.
 *
 * The task fails with -1203 when the call is over, or being cancelled.
 */
void
ahoy_call_hang_up_async (AhoyCall            *self,
                         GCancellable        *cancellable,
                         GAsyncReadyCallback  callback,
                         gpointer             user_data)
{
  gboolean is_early;
  GTask *task;

  g_return_if_fail (AHOY_IS_CALL (self));

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, ahoy_call_hang_up_async);
  if (!ahoy_call_phase_is_live (self->phase) || self->leave_id)
    {
      refuse_action (task);
      return;
    }
  if (ahoy_call_phase_can_accept (self->phase))
    {
      decline (self, "reject", task);
      return;
    }
  if (ahoy_call_phase_can_cancel (self->phase) && ahoy_session_get_state (self->session) == AHOY_SESSION_READY)
    {
      ahoy_call_take_back (self, task);
      return;
    }

  /* Without a message of the server the invitation is still under way: it is taken back when it is answered. */
  is_early = ahoy_call_phase_can_cancel (self->phase) || self->phase == AHOY_CALL_PHASE_JOINING;
  if (self->version)
    send_action (self, "call.hangup", NULL, task);
  else
    {
      g_task_return_boolean (task, TRUE);
      g_object_unref (task);
    }
  ahoy_call_finish (self, is_early ? AHOY_END_REASON_CANCELED : AHOY_END_REASON_HANG_UP, TRUE);
}

/**
 * ahoy_call_hang_up_finish:
 * @self: a call
 * @result: what the callback was given
 * @error: return location for an error
 *
 * Returns: whether the server has taken it
 */
gboolean
ahoy_call_hang_up_finish (AhoyCall      *self,
                          GAsyncResult  *result,
                          GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}
