/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "ahoy-call-private.h"

#include "ahoy-error.h"

/* What a person does to a call: each is shown at once and told to the server, whose answer ends the task. */

static void
on_action_answered (GObject      *object,
                    GAsyncResult *result,
                    gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonObject) answer = ahoy_session_request_finish (AHOY_SESSION (object), result, &error);

  if (answer)
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, g_steal_pointer (&error));
}

static void
send_action (AhoyCall   *self,
             const char *type,
             const char *why,
             GTask      *task)
{
  g_autoptr (JsonObject) data = json_object_new ();

  json_object_set_string_member (data, "call", ahoy_call_get_id (self));
  if (why)
    json_object_set_string_member (data, "why", why);
  ahoy_session_request_async (ahoy_call_get_session (self), type, data, NULL, on_action_answered, task);
}

static void
refuse_action (GTask *task)
{
  g_task_return_new_error (task, AHOY_ERROR, AHOY_ERROR_REQUEST_REFUSED, "The call is in another state");
  g_object_unref (task);
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

  /* The push that says who was first usually comes before this answer, and then nothing happens here. */
  ahoy_call_finish (self,
                    g_error_matches (error, AHOY_ERROR, AHOY_ERROR_INVITATION_OVER) ? AHOY_END_REASON_CANCELED
                                                                                    : AHOY_END_REASON_OFFLINE,
                    FALSE);
  g_task_return_error (task, g_steal_pointer (&error));
}

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
  if (!ahoy_call_phase_can_accept (ahoy_call_get_phase (self)))
    {
      refuse_action (task);
      return;
    }

  data = json_object_new ();
  json_object_set_string_member (data, "call", ahoy_call_get_id (self));
  ahoy_session_request_async (ahoy_call_get_session (self), "call.accept", data, NULL, on_accepted, task);
  ahoy_call_accepted_here (self, with_camera);
}

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
  if (!ahoy_call_phase_can_accept (ahoy_call_get_phase (self)))
    {
      refuse_action (task);
      return;
    }

  send_action (self, "call.reject", why, task);
  ahoy_call_finish (self, g_str_equal (why, "ignore") ? AHOY_END_REASON_LINE_BUSY : AHOY_END_REASON_REJECT, TRUE);
}

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

gboolean
ahoy_call_reject_finish (AhoyCall      *self,
                         GAsyncResult  *result,
                         GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}

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

gboolean
ahoy_call_ignore_finish (AhoyCall      *self,
                         GAsyncResult  *result,
                         GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}

void
ahoy_call_hang_up_async (AhoyCall            *self,
                         GCancellable        *cancellable,
                         GAsyncReadyCallback  callback,
                         gpointer             user_data)
{
  AhoyEndReason reason = AHOY_END_REASON_HANG_UP;
  const char *type = "call.hangup";
  GTask *task;

  g_return_if_fail (AHOY_IS_CALL (self));

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, ahoy_call_hang_up_async);
  if (!ahoy_call_phase_is_live (ahoy_call_get_phase (self)))
    {
      refuse_action (task);
      return;
    }
  if (ahoy_call_phase_can_accept (ahoy_call_get_phase (self)))
    {
      decline (self, "reject", task);
      return;
    }
  if (ahoy_call_phase_can_cancel (ahoy_call_get_phase (self)))
    {
      reason = AHOY_END_REASON_CANCELED;
      type = "call.cancel";
    }

  /* Without an id the invitation is still under way: it is taken back when it is answered. */
  if (ahoy_call_get_id (self))
    send_action (self, type, NULL, task);
  else
    {
      g_task_return_boolean (task, TRUE);
      g_object_unref (task);
    }
  ahoy_call_finish (self, reason, TRUE);
}

gboolean
ahoy_call_hang_up_finish (AhoyCall      *self,
                          GAsyncResult  *result,
                          GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}

void
ahoy_call_take_resumed (AhoyCall   *self,
                        JsonObject *data)
{
  g_autoptr (AhoyCall) alive = g_object_ref (self);
  AhoyCallPeers *peers;

  ahoy_call_take_snapshot (self, data);
  peers = ahoy_call_get_peers (self);
  if (peers)
    ahoy_call_peers_repeat (peers);
}
