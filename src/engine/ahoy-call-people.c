/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "ahoy-call-internal.h"

#include "ahoy-call-ids.h"
#include "ahoy-call-words.h"
#include "ahoy-error.h"
#include "ahoy-items.h"
#include "ahoy-limits.h"
#include "ahoy-request.h"

/* Who else is in a call, and what passes between them. */

static gboolean
is_in (AhoyCall *self)
{
  /* The caller is in it from the start. */
  return self->version &&
         (ahoy_call_phase_may_send (self->phase) || ahoy_call_phase_can_cancel (self->phase));
}

static GTask *
new_task (AhoyCall            *self,
          gpointer             tag,
          GCancellable        *cancellable,
          GAsyncReadyCallback  callback,
          gpointer             user_data)
{
  GTask *task = g_task_new (self, cancellable, callback, user_data);

  g_task_set_source_tag (task, tag);
  return task;
}

static JsonObject *
new_request (AhoyCall *self)
{
  JsonObject *data = json_object_new ();

  json_object_set_string_member (data, "call", self->id);
  return data;
}

/* Who was busy before and is so again looks the same in the two messages, but was asked twice. */
static void
forget_gone (AhoyCall *self,
             GStrv     asked,
             GStrv     invited)
{
  for (guint i = 0; asked[i]; i++)
    {
      if (!g_strv_contains ((const char *const *) invited, asked[i]))
        g_hash_table_remove (self->gone, asked[i]);
    }
}

static void
on_invited (GTask      *task,
            JsonObject *answer)
{
  AhoyCall *self = g_task_get_source_object (task);
  g_auto (GStrv) invited = NULL;

  invited = ahoy_json_get_strings (answer, "invited", AHOY_MAX_PEOPLE, AHOY_MAX_USER_ID);
  if (!invited)
    invited = g_new0 (char *, 1);
  forget_gone (self, g_task_get_task_data (task), invited);
  ahoy_call_take_snapshot (self, answer);
  g_task_return_pointer (task, g_steal_pointer (&invited), (GDestroyNotify) g_strfreev);
}

/**
 * ahoy_call_invite_async:
 * @self: a call
 * @user_ids: (array zero-terminated=1): whom to invite
 * @timeout_s: how long it rings there, 10 to 600 seconds, or 0 for 30
 * @cancellable: (nullable): a #GCancellable
 * @callback: (nullable) (scope async): called at the answer of the server
 * @user_data: data for @callback
 *
 * Invites more people to the call; whoever is in it may. A call of two becomes one of several. Those who are in it or
 * are rung for already are left out, and somebody who has left is invited again.
 *
 * The task fails with -1202 for ids that are none and when there would be more than nine people, with -1203 when this
 * person is not in the call, and with 20007 when all of them are blocked.
 */
void
ahoy_call_invite_async (AhoyCall            *self,
                        const char *const   *user_ids,
                        guint                timeout_s,
                        GCancellable        *cancellable,
                        GAsyncReadyCallback  callback,
                        gpointer             user_data)
{
  g_autoptr (JsonObject) data = NULL;
  JsonArray *to;
  GStrv ids;
  GTask *task;

  g_return_if_fail (AHOY_IS_CALL (self));

  task = new_task (self, ahoy_call_invite_async, cancellable, callback, user_data);
  ids = ahoy_call_ids_tidy (user_ids, ahoy_session_get_user_id (self->session));
  g_task_set_task_data (task, ids, (GDestroyNotify) g_strfreev);
  if (!ids || (timeout_s && (timeout_s < AHOY_RING_TIMEOUT_MIN_S || timeout_s > AHOY_RING_TIMEOUT_MAX_S)))
    {
      ahoy_request_refuse (task, AHOY_ERROR_PARAM_INVALID, "Nobody who can be invited");
      return;
    }
  if (!is_in (self))
    {
      ahoy_request_refuse (task, AHOY_ERROR_REQUEST_REFUSED, "Not in the call");
      return;
    }

  data = new_request (self);
  to = json_array_new ();
  for (guint i = 0; ids[i]; i++)
    json_array_add_string_element (to, ids[i]);
  json_object_set_array_member (data, "to", to);
  if (timeout_s)
    json_object_set_int_member (data, "timeout", timeout_s);
  ahoy_request_send (self->session, "call.add", data, cancellable, task, on_invited);
}

/**
 * ahoy_call_invite_finish:
 * @self: a call
 * @result: what the callback was given
 * @error: return location for an error
 *
 * Returns: (transfer full) (array zero-terminated=1): the ids of those who are rung for now, or %NULL with @error set
 */
char **
ahoy_call_invite_finish (AhoyCall      *self,
                         GAsyncResult  *result,
                         GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

/**
 * ahoy_call_cancel_invitation_async:
 * @self: a call
 * @user_id: somebody who is rung for
 * @cancellable: (nullable): a #GCancellable
 * @callback: (nullable) (scope async): called at the answer of the server
 * @user_data: data for @callback
 *
 * Takes one invitation back, without ending the call for the others. The one who began the call may, and the one who
 * has invited that person.
 *
 * The task fails with -1203 when that person is not rung for, or was invited by somebody else.
 */
void
ahoy_call_cancel_invitation_async (AhoyCall            *self,
                                   const char          *user_id,
                                   GCancellable        *cancellable,
                                   GAsyncReadyCallback  callback,
                                   gpointer             user_data)
{
  g_autoptr (JsonObject) data = NULL;
  AhoyParticipant *participant;
  GTask *task;

  g_return_if_fail (AHOY_IS_CALL (self));
  g_return_if_fail (user_id != NULL);

  task = new_task (self, ahoy_call_cancel_invitation_async, cancellable, callback, user_data);
  participant = ahoy_call_roster_find (self->participants, user_id);
  if (!is_in (self) || !participant || ahoy_participant_get_status (participant) != AHOY_PARTICIPANT_WAITING)
    {
      ahoy_request_refuse (task, AHOY_ERROR_REQUEST_REFUSED, "Nobody who is rung for");
      return;
    }

  data = new_request (self);
  json_object_set_string_member (data, "user", user_id);
  ahoy_request_send (self->session, "call.cancel", data, cancellable, task, NULL);
}

/**
 * ahoy_call_cancel_invitation_finish:
 * @self: a call
 * @result: what the callback was given
 * @error: return location for an error
 *
 * Returns: whether it was taken back
 */
gboolean
ahoy_call_cancel_invitation_finish (AhoyCall      *self,
                                    GAsyncResult  *result,
                                    GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}

static void
on_switched (GTask      *task,
             JsonObject *answer)
{
  AhoyCall *self = g_task_get_source_object (task);

  /* The message that tells everybody may come after the answer. */
  ahoy_call_set_media (self, (AhoyCallMedia) GPOINTER_TO_INT (g_task_get_task_data (task)));
  ahoy_call_emit_queued (self);
  g_task_return_boolean (task, TRUE);
}

/**
 * ahoy_call_switch_media_async:
 * @self: a call
 * @media: %AHOY_CALL_MEDIA_AUDIO or %AHOY_CALL_MEDIA_VIDEO
 * @cancellable: (nullable): a #GCancellable
 * @callback: (nullable) (scope async): called at the answer of the server
 * @user_data: data for @callback
 *
 * Makes a call with pictures one without, which switches the cameras off on both sides, or the other way round, which
 * leaves them off until they are switched on. Only in a call of two.
 *
 * The task fails with -1202 for another @media, with -1205 in a call of several people, and with -1203 before the call
 * has begun.
 */
void
ahoy_call_switch_media_async (AhoyCall            *self,
                              AhoyCallMedia        media,
                              GCancellable        *cancellable,
                              GAsyncReadyCallback  callback,
                              gpointer             user_data)
{
  g_autoptr (JsonObject) data = NULL;
  GTask *task;

  g_return_if_fail (AHOY_IS_CALL (self));

  task = new_task (self, ahoy_call_switch_media_async, cancellable, callback, user_data);
  g_task_set_task_data (task, GINT_TO_POINTER ((int) media), NULL);
  if (media != AHOY_CALL_MEDIA_AUDIO && media != AHOY_CALL_MEDIA_VIDEO)
    ahoy_request_refuse (task, AHOY_ERROR_PARAM_INVALID, "Neither audio nor video");
  else if (ahoy_call_has_several (self))
    ahoy_request_refuse (task, AHOY_ERROR_SCENE_NOT_SUPPORTED, "Not in a call of several people");
  else if (!ahoy_call_phase_may_send (self->phase) || !self->has_begun)
    ahoy_request_refuse (task, AHOY_ERROR_REQUEST_REFUSED, "The call has not begun");
  else
    {
      data = new_request (self);
      json_object_set_string_member (data, "media", media == AHOY_CALL_MEDIA_VIDEO ? "video" : "audio");
      ahoy_request_send (self->session, "call.switch", data, cancellable, task, on_switched);
    }
}

/**
 * ahoy_call_switch_media_finish:
 * @self: a call
 * @result: what the callback was given
 * @error: return location for an error
 *
 * Returns: whether it was switched
 */
gboolean
ahoy_call_switch_media_finish (AhoyCall      *self,
                               GAsyncResult  *result,
                               GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}

/**
 * ahoy_call_set_remote_view:
 * @self: a call
 * @user_id: one of the others
 * @on: whether their picture is wanted
 *
 * With %FALSE that person's picture stops coming, which saves the network of both, until it is asked for again. What
 * they send to the others, and their sound, is not touched. Does nothing when that person is not in the call.
 */
void
ahoy_call_set_remote_view (AhoyCall   *self,
                           const char *user_id,
                           gboolean    on)
{
  AhoyParticipant *participant;

  g_return_if_fail (AHOY_IS_CALL (self));

  participant = ahoy_call_roster_find (self->participants, user_id);
  if (!participant || !ahoy_call_phase_is_live (self->phase))
    return;

  ahoy_participant_set_view_on (participant, !!on);
  if (self->peers)
    ahoy_call_peers_set_hidden (self->peers, user_id, !on);
}

/**
 * ahoy_call_get_remote_view:
 * @self: a call
 * @user_id: one of the others
 *
 * Returns: whether that person's picture is asked for
 */
gboolean
ahoy_call_get_remote_view (AhoyCall   *self,
                           const char *user_id)
{
  AhoyParticipant *participant;

  g_return_val_if_fail (AHOY_IS_CALL (self), FALSE);

  participant = ahoy_call_roster_find (self->participants, user_id);
  return participant && ahoy_participant_get_view_on (participant);
}
