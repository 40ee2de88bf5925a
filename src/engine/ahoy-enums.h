/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <glib-object.h>

G_BEGIN_DECLS

/**
 * AhoyEngineState:
 * @AHOY_ENGINE_SIGNED_OUT: no account; nothing is connected
 * @AHOY_ENGINE_SIGNING_IN: the first connection is being made
 * @AHOY_ENGINE_ONLINE: calls can come and go
 * @AHOY_ENGINE_OFFLINE: signed in, connection lost, trying again by itself
 *
 * Whether somebody is signed in, and whether the server is reached.
 */
typedef enum
{
  AHOY_ENGINE_SIGNED_OUT,
  AHOY_ENGINE_SIGNING_IN,
  AHOY_ENGINE_ONLINE,
  AHOY_ENGINE_OFFLINE,
} AhoyEngineState;

/**
 * AhoyCallMedia:
 * @AHOY_CALL_MEDIA_UNKNOWN: not known yet
 * @AHOY_CALL_MEDIA_AUDIO: sound only
 * @AHOY_CALL_MEDIA_VIDEO: sound and picture
 *
 * What a call is made of; the numbers of the reference.
 */
typedef enum
{
  AHOY_CALL_MEDIA_UNKNOWN = 0,
  AHOY_CALL_MEDIA_AUDIO = 1,
  AHOY_CALL_MEDIA_VIDEO = 2,
} AhoyCallMedia;

/**
 * AhoyCallRole:
 * @AHOY_CALL_ROLE_NONE: not in a call
 * @AHOY_CALL_ROLE_CALLER: this person placed the call
 * @AHOY_CALL_ROLE_CALLED: this person was invited
 *
 * On which side of a call this person is; the numbers of the reference.
 */
typedef enum
{
  AHOY_CALL_ROLE_NONE = 0,
  AHOY_CALL_ROLE_CALLER = 1,
  AHOY_CALL_ROLE_CALLED = 2,
} AhoyCallRole;

/**
 * AhoyCallScene:
 * @AHOY_CALL_SCENE_NONE: not known
 * @AHOY_CALL_SCENE_GROUP: belongs to a group
 * @AHOY_CALL_SCENE_MULTI: several people, no group
 * @AHOY_CALL_SCENE_SINGLE: two people
 *
 * For how many people a call is; the numbers of the reference. A call of two becomes one of several for good when
 * somebody is invited.
 */
typedef enum
{
  AHOY_CALL_SCENE_NONE = 0,
  AHOY_CALL_SCENE_GROUP = 1,
  AHOY_CALL_SCENE_MULTI = 2,
  AHOY_CALL_SCENE_SINGLE = 3,
} AhoyCallScene;

/**
 * AhoyCallState:
 * @AHOY_CALL_CALLING: placed, the other side does not ring yet (caller)
 * @AHOY_CALL_RINGING: the other side rings (caller)
 * @AHOY_CALL_INCOMING: rings here (called)
 * @AHOY_CALL_CONNECTING: accepted, no media yet
 * @AHOY_CALL_ACTIVE: accepted and media flows
 * @AHOY_CALL_RECONNECTING: was active, the media path is broken and being mended
 * @AHOY_CALL_ENDED: over, for ever; see "end-reason"
 *
 * How far a call is.
 */
typedef enum
{
  AHOY_CALL_CALLING,
  AHOY_CALL_RINGING,
  AHOY_CALL_INCOMING,
  AHOY_CALL_CONNECTING,
  AHOY_CALL_ACTIVE,
  AHOY_CALL_RECONNECTING,
  AHOY_CALL_ENDED,
} AhoyCallState;

/**
 * AhoyEndReason:
 * @AHOY_END_REASON_UNKNOWN: not over, or it could not be placed or joined: see [property@Call:error]
 * @AHOY_END_REASON_HANG_UP: somebody hung up
 * @AHOY_END_REASON_REJECT: declined
 * @AHOY_END_REASON_NO_RESPONSE: nobody answered in time
 * @AHOY_END_REASON_OFFLINE: the network is gone, here or there
 * @AHOY_END_REASON_LINE_BUSY: in another call, or ignored
 * @AHOY_END_REASON_CANCELED: taken back before anybody answered
 * @AHOY_END_REASON_OTHER_DEVICE_ACCEPTED: another device of this person goes on with it
 * @AHOY_END_REASON_OTHER_DEVICE_REJECT: declined on another device of this person
 * @AHOY_END_REASON_END_BY_SERVER: ended by the server
 *
 * Why a call ended; the numbers of the reference.
 */
typedef enum
{
  AHOY_END_REASON_UNKNOWN = 0,
  AHOY_END_REASON_HANG_UP = 1,
  AHOY_END_REASON_REJECT = 2,
  AHOY_END_REASON_NO_RESPONSE = 3,
  AHOY_END_REASON_OFFLINE = 4,
  AHOY_END_REASON_LINE_BUSY = 5,
  AHOY_END_REASON_CANCELED = 6,
  AHOY_END_REASON_OTHER_DEVICE_ACCEPTED = 7,
  AHOY_END_REASON_OTHER_DEVICE_REJECT = 8,
  AHOY_END_REASON_END_BY_SERVER = 9,
} AhoyEndReason;

/**
 * AhoyParticipantStatus:
 * @AHOY_PARTICIPANT_NONE: left, declined or never came
 * @AHOY_PARTICIPANT_WAITING: invited, may be ringing
 * @AHOY_PARTICIPANT_ACCEPTED: in the call
 *
 * How somebody stands to a call.
 */
typedef enum
{
  AHOY_PARTICIPANT_NONE = 0,
  AHOY_PARTICIPANT_WAITING = 1,
  AHOY_PARTICIPANT_ACCEPTED = 2,
} AhoyParticipantStatus;

/**
 * AhoyRecordPolicy:
 * @AHOY_RECORD_POLICY_FOLLOW: as the server is configured
 * @AHOY_RECORD_POLICY_ON: the call is recorded
 * @AHOY_RECORD_POLICY_OFF: it is not
 *
 * Whether the server keeps sound and picture of a call.
 */
typedef enum
{
  AHOY_RECORD_POLICY_FOLLOW = 0,
  AHOY_RECORD_POLICY_ON = 1,
  AHOY_RECORD_POLICY_OFF = 2,
} AhoyRecordPolicy;

/**
 * AhoyPresence:
 * @AHOY_PRESENCE_UNKNOWN: not a contact, or there is no connection to the server
 * @AHOY_PRESENCE_OFFLINE: signed in nowhere
 * @AHOY_PRESENCE_ONLINE: can be called
 * @AHOY_PRESENCE_BUSY: in a call
 *
 * Whether a contact can be reached.
 */
typedef enum
{
  AHOY_PRESENCE_UNKNOWN,
  AHOY_PRESENCE_OFFLINE,
  AHOY_PRESENCE_ONLINE,
  AHOY_PRESENCE_BUSY,
} AhoyPresence;

/**
 * AhoyCallResult:
 * @AHOY_CALL_RESULT_UNKNOWN: not known; as a filter: all
 * @AHOY_CALL_RESULT_MISSED: this person was called and did not answer
 * @AHOY_CALL_RESULT_INCOMING: this person was called and answered, or declined
 * @AHOY_CALL_RESULT_OUTGOING: this person called
 *
 * What became of a call for the person whose history it is in.
 */
typedef enum
{
  AHOY_CALL_RESULT_UNKNOWN = 0,
  AHOY_CALL_RESULT_MISSED = 1,
  AHOY_CALL_RESULT_INCOMING = 2,
  AHOY_CALL_RESULT_OUTGOING = 3,
} AhoyCallResult;

/**
 * AhoyNetworkQuality:
 * @AHOY_NETWORK_QUALITY_UNKNOWN: not measured yet
 * @AHOY_NETWORK_QUALITY_EXCELLENT: nothing is noticed
 * @AHOY_NETWORK_QUALITY_GOOD: hardly anything is noticed
 * @AHOY_NETWORK_QUALITY_POOR: noticed at times
 * @AHOY_NETWORK_QUALITY_BAD: disturbing
 * @AHOY_NETWORK_QUALITY_VERY_BAD: hardly usable
 * @AHOY_NETWORK_QUALITY_DOWN: no connection
 *
 * How good a connection is, from what is lost and how long packets take; the numbers of the reference.
 */
typedef enum
{
  AHOY_NETWORK_QUALITY_UNKNOWN = 0,
  AHOY_NETWORK_QUALITY_EXCELLENT = 1,
  AHOY_NETWORK_QUALITY_GOOD = 2,
  AHOY_NETWORK_QUALITY_POOR = 3,
  AHOY_NETWORK_QUALITY_BAD = 4,
  AHOY_NETWORK_QUALITY_VERY_BAD = 5,
  AHOY_NETWORK_QUALITY_DOWN = 6,
} AhoyNetworkQuality;

G_END_DECLS
