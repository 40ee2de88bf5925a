/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "ahoy-participant-internal.h"

/* The values of a participant by functions. */

/**
 * ahoy_participant_get_user:
 * @self: a participant
 *
 * Returns: (transfer none): who it is
 */
AhoyUser *
ahoy_participant_get_user (AhoyParticipant *self)
{
  g_return_val_if_fail (AHOY_IS_PARTICIPANT (self), NULL);

  return self->user;
}

/**
 * ahoy_participant_get_status:
 * @self: a participant
 *
 * Returns: rung for, in the call, or neither any more
 */
AhoyParticipantStatus
ahoy_participant_get_status (AhoyParticipant *self)
{
  g_return_val_if_fail (AHOY_IS_PARTICIPANT (self), AHOY_PARTICIPANT_NONE);

  return self->status;
}

/**
 * ahoy_participant_get_microphone_on:
 * @self: a participant
 *
 * Returns: whether their microphone is on
 */
gboolean
ahoy_participant_get_microphone_on (AhoyParticipant *self)
{
  g_return_val_if_fail (AHOY_IS_PARTICIPANT (self), FALSE);

  return self->microphone_on;
}

/**
 * ahoy_participant_get_camera_on:
 * @self: a participant
 *
 * Returns: whether their camera is on
 */
gboolean
ahoy_participant_get_camera_on (AhoyParticipant *self)
{
  g_return_val_if_fail (AHOY_IS_PARTICIPANT (self), FALSE);

  return self->camera_on;
}

/**
 * ahoy_participant_get_screen_on:
 * @self: a participant
 *
 * Returns: whether they show their screen
 */
gboolean
ahoy_participant_get_screen_on (AhoyParticipant *self)
{
  g_return_val_if_fail (AHOY_IS_PARTICIPANT (self), FALSE);

  return self->screen_on;
}

/**
 * ahoy_participant_get_volume:
 * @self: a participant
 *
 * Returns: how loud they are, 0 to 100
 */
int
ahoy_participant_get_volume (AhoyParticipant *self)
{
  g_return_val_if_fail (AHOY_IS_PARTICIPANT (self), 0);

  return self->volume;
}

/**
 * ahoy_participant_get_network_quality:
 * @self: a participant
 *
 * Returns: how good the connection to them is
 */
AhoyNetworkQuality
ahoy_participant_get_network_quality (AhoyParticipant *self)
{
  g_return_val_if_fail (AHOY_IS_PARTICIPANT (self), AHOY_NETWORK_QUALITY_UNKNOWN);

  return self->network_quality;
}

/**
 * ahoy_participant_get_video_track:
 * @self: a participant
 *
 * Returns: (transfer none) (nullable): their picture
 */
AhoyVideoTrack *
ahoy_participant_get_video_track (AhoyParticipant *self)
{
  g_return_val_if_fail (AHOY_IS_PARTICIPANT (self), NULL);

  return self->video_track;
}

/**
 * ahoy_participant_get_is_reconnecting:
 * @self: a participant
 *
 * Returns: whether the connection to them is being mended
 */
gboolean
ahoy_participant_get_is_reconnecting (AhoyParticipant *self)
{
  g_return_val_if_fail (AHOY_IS_PARTICIPANT (self), FALSE);

  return self->is_reconnecting;
}

/**
 * ahoy_participant_get_view_on:
 * @self: a participant
 *
 * Returns: whether their picture is asked for
 */
gboolean
ahoy_participant_get_view_on (AhoyParticipant *self)
{
  g_return_val_if_fail (AHOY_IS_PARTICIPANT (self), TRUE);

  return self->view_on;
}

/**
 * ahoy_participant_get_end_reason:
 * @self: a participant
 *
 * Returns: why they are not in the call any more
 */
AhoyEndReason
ahoy_participant_get_end_reason (AhoyParticipant *self)
{
  g_return_val_if_fail (AHOY_IS_PARTICIPANT (self), AHOY_END_REASON_UNKNOWN);

  return self->end_reason;
}

/**
 * ahoy_participant_get_joined_at:
 * @self: a participant
 *
 * Returns: when they entered the call, µs of real time, 0 before
 */
gint64
ahoy_participant_get_joined_at (AhoyParticipant *self)
{
  g_return_val_if_fail (AHOY_IS_PARTICIPANT (self), 0);

  return self->joined_at;
}

/**
 * ahoy_participant_dup_stats:
 * @self: a participant
 *
 * Returns: (transfer full) (nullable): an `a{sv}`, %NULL before there is a connection
 */
GVariant *
ahoy_participant_dup_stats (AhoyParticipant *self)
{
  g_return_val_if_fail (AHOY_IS_PARTICIPANT (self), NULL);

  return self->stats ? g_variant_ref (self->stats) : NULL;
}

/**
 * ahoy_participant_get_fill_mode:
 * @self: a participant
 *
 * Returns: how their picture is to be painted
 */
AhoyFillMode
ahoy_participant_get_fill_mode (AhoyParticipant *self)
{
  g_return_val_if_fail (AHOY_IS_PARTICIPANT (self), AHOY_FILL_MODE_FILL);

  return self->fill_mode;
}

/**
 * ahoy_participant_get_rotation:
 * @self: a participant
 *
 * Returns: how their picture is to be turned
 */
AhoyRotation
ahoy_participant_get_rotation (AhoyParticipant *self)
{
  g_return_val_if_fail (AHOY_IS_PARTICIPANT (self), AHOY_ROTATION_0);

  return self->rotation;
}
