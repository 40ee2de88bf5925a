/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "ahoy-call-internal.h"

#include "ahoy-enum-types.h"

/* What can be read of a call, and the two things that can be set. */

static GParamSpec *properties[AHOY_CALL_N_PROPS];

void
ahoy_call_notify (AhoyCall     *self,
                  AhoyCallProp  prop)
{
  g_object_notify_by_pspec (G_OBJECT (self), properties[prop]);
}

void
ahoy_call_set_media (AhoyCall      *self,
                     AhoyCallMedia  media)
{
  AhoyCallMedia before = self->media;

  if (media == before || media == AHOY_CALL_MEDIA_UNKNOWN)
    return;

  self->media = media;
  ahoy_call_notify (self, AHOY_CALL_PROP_MEDIA);
  if (before == AHOY_CALL_MEDIA_UNKNOWN)
    return;

  if (media == AHOY_CALL_MEDIA_AUDIO)
    ahoy_call_capture_set_camera_on (self->capture, FALSE);
  ahoy_call_queue_media (self, before, media);
}

static void
ahoy_call_get_property (GObject    *object,
                        guint       prop_id,
                        GValue     *value,
                        GParamSpec *pspec)
{
  AhoyCall *self = AHOY_CALL (object);

  switch ((AhoyCallProp) prop_id)
    {
    case AHOY_CALL_PROP_ID:
      g_value_set_string (value, self->id);
      break;
    case AHOY_CALL_PROP_MEDIA:
      g_value_set_enum (value, self->media);
      break;
    case AHOY_CALL_PROP_ROLE:
      g_value_set_enum (value, self->role);
      break;
    case AHOY_CALL_PROP_SCENE:
      g_value_set_enum (value, self->scene);
      break;
    case AHOY_CALL_PROP_STATE:
      g_value_set_enum (value, ahoy_call_get_state (self));
      break;
    case AHOY_CALL_PROP_INVITER:
      g_value_set_object (value, self->inviter);
      break;
    case AHOY_CALL_PROP_PARTICIPANTS:
      g_value_set_object (value, self->participants);
      break;
    case AHOY_CALL_PROP_STARTED_AT:
      g_value_set_int64 (value, self->started_at);
      break;
    case AHOY_CALL_PROP_DURATION:
      g_value_set_uint (value, self->duration);
      break;
    case AHOY_CALL_PROP_END_REASON:
      g_value_set_enum (value, self->end_reason);
      break;
    case AHOY_CALL_PROP_ENDED_BY:
      g_value_set_object (value, self->ended_by);
      break;
    case AHOY_CALL_PROP_ERROR:
      g_value_set_boxed (value, self->error);
      break;
    case AHOY_CALL_PROP_USER_DATA:
      g_value_set_string (value, self->user_data);
      break;
    case AHOY_CALL_PROP_GROUP_ID:
      g_value_set_string (value, self->group_id);
      break;
    case AHOY_CALL_PROP_ROOM:
      g_value_set_string (value, self->room);
      break;
    case AHOY_CALL_PROP_ROOM_NUMBER:
      g_value_set_int (value, self->room_number);
      break;
    case AHOY_CALL_PROP_EPHEMERAL:
      g_value_set_boolean (value, self->ephemeral);
      break;
    case AHOY_CALL_PROP_RECORD_POLICY:
      g_value_set_enum (value, self->record_policy);
      break;
    case AHOY_CALL_PROP_NETWORK_QUALITY:
      g_value_set_enum (value, self->network_quality);
      break;
    case AHOY_CALL_PROP_PUSH_TITLE:
      g_value_set_string (value, self->push_title);
      break;
    case AHOY_CALL_PROP_PUSH_TEXT:
      g_value_set_string (value, self->push_text);
      break;
    case AHOY_CALL_PROP_MICROPHONE_ON:
      g_value_set_boolean (value, ahoy_call_get_microphone_on (self));
      break;
    case AHOY_CALL_PROP_CAMERA_ON:
      g_value_set_boolean (value, ahoy_call_get_camera_on (self));
      break;
    case AHOY_CALL_PROP_SELF_VIEW:
      g_value_set_object (value, ahoy_call_get_self_view (self));
      break;
    case AHOY_CALL_PROP_STATS:
      g_value_set_variant (value, self->stats);
      break;
    case AHOY_CALL_PROP_0:
    case AHOY_CALL_N_PROPS:
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
ahoy_call_set_property (GObject      *object,
                        guint         prop_id,
                        const GValue *value,
                        GParamSpec   *pspec)
{
  AhoyCall *self = AHOY_CALL (object);

  if (prop_id == AHOY_CALL_PROP_MICROPHONE_ON)
    ahoy_call_set_microphone_on (self, g_value_get_boolean (value));
  else if (prop_id == AHOY_CALL_PROP_CAMERA_ON)
    ahoy_call_set_camera_on (self, g_value_get_boolean (value));
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
}

void
ahoy_call_install_properties (GObjectClass *object_class)
{
  GParamFlags flags = G_PARAM_READABLE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY;

  object_class->get_property = ahoy_call_get_property;
  object_class->set_property = ahoy_call_set_property;

  /**
   * AhoyCall:id:
   *
   * The id that the server gave it, %NULL until it has answered.
   */
  properties[AHOY_CALL_PROP_ID] = g_param_spec_string ("id", NULL, NULL, NULL, flags);

  /**
   * AhoyCall:media:
   *
   * Sound, or sound and picture. See [method@Call.switch_media_async].
   */
  properties[AHOY_CALL_PROP_MEDIA] = g_param_spec_enum ("media", NULL, NULL,
                                                        AHOY_TYPE_CALL_MEDIA, AHOY_CALL_MEDIA_UNKNOWN, flags);

  /**
   * AhoyCall:role:
   *
   * Whether this person placed the call. Who joined was called.
   */
  properties[AHOY_CALL_PROP_ROLE] = g_param_spec_enum ("role", NULL, NULL,
                                                       AHOY_TYPE_CALL_ROLE, AHOY_CALL_ROLE_NONE, flags);

  /**
   * AhoyCall:scene:
   *
   * Two people, several, or those of a group.
   */
  properties[AHOY_CALL_PROP_SCENE] = g_param_spec_enum ("scene", NULL, NULL,
                                                        AHOY_TYPE_CALL_SCENE, AHOY_CALL_SCENE_NONE, flags);

  /**
   * AhoyCall:state:
   *
   * How far it is. A call of several people is active when at least one connection stands.
   */
  properties[AHOY_CALL_PROP_STATE] = g_param_spec_enum ("state", NULL, NULL,
                                                        AHOY_TYPE_CALL_STATE, AHOY_CALL_CALLING, flags);

  /**
   * AhoyCall:inviter:
   *
   * Who began it.
   */
  properties[AHOY_CALL_PROP_INVITER] = g_param_spec_object ("inviter", NULL, NULL, AHOY_TYPE_USER, flags);

  /**
   * AhoyCall:participants:
   *
   * The others, of [class@Participant]. In a call of several people somebody who has left, or will not come, is taken
   * out after the signal that says so; in a call of two the other side stays.
   */
  properties[AHOY_CALL_PROP_PARTICIPANTS] = g_param_spec_object ("participants", NULL, NULL, G_TYPE_LIST_MODEL, flags);

  /**
   * AhoyCall:started-at:
   *
   * When this person was connected, in microseconds of g_get_real_time(); 0 before.
   */
  properties[AHOY_CALL_PROP_STARTED_AT] = g_param_spec_int64 ("started-at", NULL, NULL, 0, G_MAXINT64, 0, flags);

  /**
   * AhoyCall:duration:
   *
   * For how many seconds this person has been in the call; notified each second.
   */
  properties[AHOY_CALL_PROP_DURATION] = g_param_spec_uint ("duration", NULL, NULL, 0, G_MAXUINT, 0, flags);

  /**
   * AhoyCall:end-reason:
   *
   * Why it is over.
   */
  properties[AHOY_CALL_PROP_END_REASON] = g_param_spec_enum ("end-reason", NULL, NULL,
                                                             AHOY_TYPE_END_REASON, AHOY_END_REASON_UNKNOWN, flags);

  /**
   * AhoyCall:ended-by:
   *
   * Who ended it.
   */
  properties[AHOY_CALL_PROP_ENDED_BY] = g_param_spec_object ("ended-by", NULL, NULL, AHOY_TYPE_USER, flags);

  /**
   * AhoyCall:error:
   *
   * Why it could not be placed or joined.
   */
  properties[AHOY_CALL_PROP_ERROR] = g_param_spec_boxed ("error", NULL, NULL, G_TYPE_ERROR, flags);

  /**
   * AhoyCall:user-data:
   *
   * What the caller gave along for those who are called.
   */
  properties[AHOY_CALL_PROP_USER_DATA] = g_param_spec_string ("user-data", NULL, NULL, NULL, flags);

  /**
   * AhoyCall:group-id:
   *
   * The group it belongs to.
   */
  properties[AHOY_CALL_PROP_GROUP_ID] = g_param_spec_string ("group-id", NULL, NULL, NULL, flags);

  /**
   * AhoyCall:room:
   *
   * The name of its room, when it has a name.
   */
  properties[AHOY_CALL_PROP_ROOM] = g_param_spec_string ("room", NULL, NULL, NULL, flags);

  /**
   * AhoyCall:room-number:
   *
   * The number of its room, 0 when it has a name.
   */
  properties[AHOY_CALL_PROP_ROOM_NUMBER] = g_param_spec_int ("room-number", NULL, NULL, 0, G_MAXINT, 0, flags);

  /**
   * AhoyCall:ephemeral:
   *
   * Whether it leaves no record in the history.
   */
  properties[AHOY_CALL_PROP_EPHEMERAL] = g_param_spec_boolean ("ephemeral", NULL, NULL, FALSE, flags);

  /**
   * AhoyCall:record-policy:
   *
   * Whether the server records it.
   */
  properties[AHOY_CALL_PROP_RECORD_POLICY] = g_param_spec_enum ("record-policy", NULL, NULL,
                                                                AHOY_TYPE_RECORD_POLICY, AHOY_RECORD_POLICY_FOLLOW, flags);

  /**
   * AhoyCall:network-quality:
   *
   * How good the own network is: as good as the best connection.
   */
  properties[AHOY_CALL_PROP_NETWORK_QUALITY] = g_param_spec_enum ("network-quality", NULL, NULL,
                                                                  AHOY_TYPE_NETWORK_QUALITY, AHOY_NETWORK_QUALITY_UNKNOWN, flags);

  /**
   * AhoyCall:push-title:
   *
   * What the notification of an incoming call is to be titled.
   */
  properties[AHOY_CALL_PROP_PUSH_TITLE] = g_param_spec_string ("push-title", NULL, NULL, NULL, flags);

  /**
   * AhoyCall:push-text:
   *
   * What the notification of an incoming call is to say.
   */
  properties[AHOY_CALL_PROP_PUSH_TEXT] = g_param_spec_string ("push-text", NULL, NULL, NULL, flags);

  /**
   * AhoyCall:microphone-on:
   *
   * Whether the own microphone is on.
   */
  properties[AHOY_CALL_PROP_MICROPHONE_ON] = g_param_spec_boolean ("microphone-on", NULL, NULL,
                                                                   FALSE, flags | G_PARAM_WRITABLE);

  /**
   * AhoyCall:camera-on:
   *
   * Whether the own camera is on.
   */
  properties[AHOY_CALL_PROP_CAMERA_ON] = g_param_spec_boolean ("camera-on", NULL, NULL,
                                                               FALSE, flags | G_PARAM_WRITABLE);

  /**
   * AhoyCall:self-view:
   *
   * The own picture.
   */
  properties[AHOY_CALL_PROP_SELF_VIEW] = g_param_spec_object ("self-view", NULL, NULL, AHOY_TYPE_VIDEO_TRACK, flags);

  /**
   * AhoyCall:stats:
   *
   * An `a{sv}` of numbers of the connection to the first of the others, named as in webrtc-stats; notified each second.
   * Each participant has its own.
   */
  properties[AHOY_CALL_PROP_STATS] = g_param_spec_variant ("stats", NULL, NULL, G_VARIANT_TYPE_VARDICT, NULL, flags);

  g_object_class_install_properties (object_class, AHOY_CALL_N_PROPS, properties);
}

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
