/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "ahoy-call-internal.h"

/* The values of a call by functions, and the two that can be set. */

/**
 * ahoy_call_get_id:
 * @self: a call
 *
 * Returns: (nullable): the id that the server gave it
 */
const char *
ahoy_call_get_id (AhoyCall *self)
{
  g_return_val_if_fail (AHOY_IS_CALL (self), NULL);

  return self->id;
}

/**
 * ahoy_call_get_media:
 * @self: a call
 *
 * Returns: sound, or sound and picture
 */
AhoyCallMedia
ahoy_call_get_media (AhoyCall *self)
{
  g_return_val_if_fail (AHOY_IS_CALL (self), AHOY_CALL_MEDIA_UNKNOWN);

  return self->media;
}

/**
 * ahoy_call_get_role:
 * @self: a call
 *
 * Returns: whether this person placed it
 */
AhoyCallRole
ahoy_call_get_role (AhoyCall *self)
{
  g_return_val_if_fail (AHOY_IS_CALL (self), AHOY_CALL_ROLE_NONE);

  return self->role;
}

/**
 * ahoy_call_get_scene:
 * @self: a call
 *
 * Returns: two people, several, or those of a group
 */
AhoyCallScene
ahoy_call_get_scene (AhoyCall *self)
{
  g_return_val_if_fail (AHOY_IS_CALL (self), AHOY_CALL_SCENE_NONE);

  return self->scene;
}

/**
 * ahoy_call_get_state:
 * @self: a call
 *
 * Returns: how far it is
 */
AhoyCallState
ahoy_call_get_state (AhoyCall *self)
{
  g_return_val_if_fail (AHOY_IS_CALL (self), AHOY_CALL_ENDED);

  return ahoy_call_phase_to_state (self->phase);
}

/**
 * ahoy_call_get_inviter:
 * @self: a call
 *
 * Returns: (transfer none) (nullable): who began it
 */
AhoyUser *
ahoy_call_get_inviter (AhoyCall *self)
{
  g_return_val_if_fail (AHOY_IS_CALL (self), NULL);

  return self->inviter;
}

/**
 * ahoy_call_get_participants:
 * @self: a call
 *
 * Returns: (transfer none): the others, of [class@Participant]
 */
GListModel *
ahoy_call_get_participants (AhoyCall *self)
{
  g_return_val_if_fail (AHOY_IS_CALL (self), NULL);

  return G_LIST_MODEL (self->participants);
}

/**
 * ahoy_call_get_peer:
 * @self: a call
 *
 * Returns: (transfer none) (nullable): the first of the others
 */
AhoyParticipant *
ahoy_call_get_peer (AhoyCall *self)
{
  g_return_val_if_fail (AHOY_IS_CALL (self), NULL);

  return ahoy_call_roster_count (self->participants) > 0 ? ahoy_call_roster_get (self->participants, 0) : NULL;
}

/**
 * ahoy_call_find_participant:
 * @self: a call
 * @user_id: an id
 *
 * Returns: (transfer none) (nullable): the one of the others who has that id
 */
AhoyParticipant *
ahoy_call_find_participant (AhoyCall   *self,
                            const char *user_id)
{
  g_return_val_if_fail (AHOY_IS_CALL (self), NULL);

  return ahoy_call_roster_find (self->participants, user_id);
}

/**
 * ahoy_call_get_started_at:
 * @self: a call
 *
 * Returns: when this person was connected, µs of real time, 0 before
 */
gint64
ahoy_call_get_started_at (AhoyCall *self)
{
  g_return_val_if_fail (AHOY_IS_CALL (self), 0);

  return self->started_at;
}

/**
 * ahoy_call_get_duration:
 * @self: a call
 *
 * Returns: for how many seconds this person has been in the call
 */
guint
ahoy_call_get_duration (AhoyCall *self)
{
  g_return_val_if_fail (AHOY_IS_CALL (self), 0);

  return self->duration;
}

/**
 * ahoy_call_get_end_reason:
 * @self: a call
 *
 * Returns: why it is over
 */
AhoyEndReason
ahoy_call_get_end_reason (AhoyCall *self)
{
  g_return_val_if_fail (AHOY_IS_CALL (self), AHOY_END_REASON_UNKNOWN);

  return self->end_reason;
}

/**
 * ahoy_call_get_ended_by:
 * @self: a call
 *
 * Returns: (transfer none) (nullable): who ended it
 */
AhoyUser *
ahoy_call_get_ended_by (AhoyCall *self)
{
  g_return_val_if_fail (AHOY_IS_CALL (self), NULL);

  return self->ended_by;
}

/**
 * ahoy_call_get_error:
 * @self: a call
 *
 * Returns: (nullable): why it could not be placed or joined
 */
const GError *
ahoy_call_get_error (AhoyCall *self)
{
  g_return_val_if_fail (AHOY_IS_CALL (self), NULL);

  return self->error;
}

/**
 * ahoy_call_get_user_data:
 * @self: a call
 *
 * Returns: (nullable): what the caller gave along
 */
const char *
ahoy_call_get_user_data (AhoyCall *self)
{
  g_return_val_if_fail (AHOY_IS_CALL (self), NULL);

  return self->user_data;
}

/**
 * ahoy_call_get_group_id:
 * @self: a call
 *
 * Returns: (nullable): the group it belongs to
 */
const char *
ahoy_call_get_group_id (AhoyCall *self)
{
  g_return_val_if_fail (AHOY_IS_CALL (self), NULL);

  return self->group_id;
}

/**
 * ahoy_call_get_room:
 * @self: a call
 *
 * Returns: (nullable): the name of its room
 */
const char *
ahoy_call_get_room (AhoyCall *self)
{
  g_return_val_if_fail (AHOY_IS_CALL (self), NULL);

  return self->room;
}

/**
 * ahoy_call_get_room_number:
 * @self: a call
 *
 * Returns: the number of its room, 0 for none
 */
int
ahoy_call_get_room_number (AhoyCall *self)
{
  g_return_val_if_fail (AHOY_IS_CALL (self), 0);

  return self->room_number;
}

/**
 * ahoy_call_get_ephemeral:
 * @self: a call
 *
 * Returns: whether it leaves no record
 */
gboolean
ahoy_call_get_ephemeral (AhoyCall *self)
{
  g_return_val_if_fail (AHOY_IS_CALL (self), FALSE);

  return self->ephemeral;
}

/**
 * ahoy_call_get_record_policy:
 * @self: a call
 *
 * Returns: whether the server records it
 */
AhoyRecordPolicy
ahoy_call_get_record_policy (AhoyCall *self)
{
  g_return_val_if_fail (AHOY_IS_CALL (self), AHOY_RECORD_POLICY_FOLLOW);

  return self->record_policy;
}

/**
 * ahoy_call_get_network_quality:
 * @self: a call
 *
 * Returns: how good the own network is
 */
AhoyNetworkQuality
ahoy_call_get_network_quality (AhoyCall *self)
{
  g_return_val_if_fail (AHOY_IS_CALL (self), AHOY_NETWORK_QUALITY_UNKNOWN);

  return self->network_quality;
}

/**
 * ahoy_call_get_push_title:
 * @self: a call
 *
 * Returns: (nullable): the title of the notification
 */
const char *
ahoy_call_get_push_title (AhoyCall *self)
{
  g_return_val_if_fail (AHOY_IS_CALL (self), NULL);

  return self->push_title;
}

/**
 * ahoy_call_get_push_text:
 * @self: a call
 *
 * Returns: (nullable): the text of the notification
 */
const char *
ahoy_call_get_push_text (AhoyCall *self)
{
  g_return_val_if_fail (AHOY_IS_CALL (self), NULL);

  return self->push_text;
}

/**
 * ahoy_call_get_microphone_on:
 * @self: a call
 *
 * Returns: whether the own microphone is on
 */
gboolean
ahoy_call_get_microphone_on (AhoyCall *self)
{
  g_return_val_if_fail (AHOY_IS_CALL (self), FALSE);

  return self->capture && ahoy_call_capture_get_microphone_on (self->capture);
}

/**
 * ahoy_call_set_microphone_on:
 * @self: a call
 * @on: whether the others are to hear this person
 *
 * Switches the own microphone on or off, at once and for all of the others, who are told. Before the call is placed or
 * accepted here, and after its end, nothing happens.
 */
void
ahoy_call_set_microphone_on (AhoyCall *self,
                             gboolean  on)
{
  g_return_if_fail (AHOY_IS_CALL (self));

  ahoy_call_capture_set_microphone_on (self->capture, on);
}

/**
 * ahoy_call_get_camera_on:
 * @self: a call
 *
 * Returns: whether the own camera is on
 */
gboolean
ahoy_call_get_camera_on (AhoyCall *self)
{
  g_return_val_if_fail (AHOY_IS_CALL (self), FALSE);

  return self->capture && ahoy_call_capture_get_camera_on (self->capture);
}

/**
 * ahoy_call_set_camera_on:
 * @self: a call
 * @on: whether the others are to see this person
 *
 * Opens or closes the own camera; the others are told. One that cannot be opened is off again at once, and
 * [signal@Media::problem] says why. Before the call is placed or accepted here, and after its end, nothing happens.
 */
void
ahoy_call_set_camera_on (AhoyCall *self,
                         gboolean  on)
{
  g_return_if_fail (AHOY_IS_CALL (self));

  ahoy_call_capture_set_camera_on (self->capture, on);
}

/**
 * ahoy_call_get_self_view:
 * @self: a call
 *
 * Returns: (transfer none) (nullable): the own picture
 */
AhoyVideoTrack *
ahoy_call_get_self_view (AhoyCall *self)
{
  g_return_val_if_fail (AHOY_IS_CALL (self), NULL);

  return self->media_engine ? ahoy_media_get_self_view (self->media_engine) : NULL;
}

/**
 * ahoy_call_dup_stats:
 * @self: a call
 *
 * Returns: (transfer full) (nullable): an `a{sv}` of the connection to the first of the others
 */
GVariant *
ahoy_call_dup_stats (AhoyCall *self)
{
  g_return_val_if_fail (AHOY_IS_CALL (self), NULL);

  return self->stats ? g_variant_ref (self->stats) : NULL;
}
