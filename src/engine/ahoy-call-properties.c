/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "ahoy-call-internal.h"

#include "ahoy-enum-types.h"
#include "ahoy-field.h"

/* What can be read of a call, and the two things that can be set. */

#define READABLE (G_PARAM_READABLE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY)

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

/* Where the properties are that are no more than a field. */
static const gsize fields[] = {
  [AHOY_CALL_PROP_ID] = G_STRUCT_OFFSET (AhoyCall, id),
  [AHOY_CALL_PROP_MEDIA] = G_STRUCT_OFFSET (AhoyCall, media),
  [AHOY_CALL_PROP_ROLE] = G_STRUCT_OFFSET (AhoyCall, role),
  [AHOY_CALL_PROP_SCENE] = G_STRUCT_OFFSET (AhoyCall, scene),
  [AHOY_CALL_PROP_INVITER] = G_STRUCT_OFFSET (AhoyCall, inviter),
  [AHOY_CALL_PROP_PARTICIPANTS] = G_STRUCT_OFFSET (AhoyCall, participants),
  [AHOY_CALL_PROP_STARTED_AT] = G_STRUCT_OFFSET (AhoyCall, started_at),
  [AHOY_CALL_PROP_DURATION] = G_STRUCT_OFFSET (AhoyCall, duration),
  [AHOY_CALL_PROP_END_REASON] = G_STRUCT_OFFSET (AhoyCall, end_reason),
  [AHOY_CALL_PROP_ENDED_BY] = G_STRUCT_OFFSET (AhoyCall, ended_by),
  [AHOY_CALL_PROP_ERROR] = G_STRUCT_OFFSET (AhoyCall, error),
  [AHOY_CALL_PROP_USER_DATA] = G_STRUCT_OFFSET (AhoyCall, user_data),
  [AHOY_CALL_PROP_GROUP_ID] = G_STRUCT_OFFSET (AhoyCall, group_id),
  [AHOY_CALL_PROP_ROOM] = G_STRUCT_OFFSET (AhoyCall, room),
  [AHOY_CALL_PROP_ROOM_NUMBER] = G_STRUCT_OFFSET (AhoyCall, room_number),
  [AHOY_CALL_PROP_EPHEMERAL] = G_STRUCT_OFFSET (AhoyCall, ephemeral),
  [AHOY_CALL_PROP_RECORD_POLICY] = G_STRUCT_OFFSET (AhoyCall, record_policy),
  [AHOY_CALL_PROP_NETWORK_QUALITY] = G_STRUCT_OFFSET (AhoyCall, network_quality),
  [AHOY_CALL_PROP_PUSH_TITLE] = G_STRUCT_OFFSET (AhoyCall, push_title),
  [AHOY_CALL_PROP_PUSH_TEXT] = G_STRUCT_OFFSET (AhoyCall, push_text),
  [AHOY_CALL_PROP_STATS] = G_STRUCT_OFFSET (AhoyCall, stats),
};

static void
ahoy_call_get_property (GObject    *object,
                        guint       prop_id,
                        GValue     *value,
                        GParamSpec *pspec)
{
  AhoyCall *self = AHOY_CALL (object);

  if (prop_id == AHOY_CALL_PROP_STATE)
    g_value_set_enum (value, ahoy_call_get_state (self));
  else if (prop_id == AHOY_CALL_PROP_MICROPHONE_ON)
    g_value_set_boolean (value, ahoy_call_get_microphone_on (self));
  else if (prop_id == AHOY_CALL_PROP_CAMERA_ON)
    g_value_set_boolean (value, ahoy_call_get_camera_on (self));
  else if (prop_id == AHOY_CALL_PROP_SELF_VIEW)
    g_value_set_object (value, ahoy_call_get_self_view (self));
  else if (!ahoy_field_get (object, fields, G_N_ELEMENTS (fields), prop_id, value))
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
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

/* Which call it is, and whose. */
static void
install_people (void)
{
  /**
   * AhoyCall:id:
   *
   * The id that the server gave it, %NULL until it has answered.
   */
  properties[AHOY_CALL_PROP_ID] = g_param_spec_string ("id", NULL, NULL, NULL, READABLE);

  /**
   * AhoyCall:media:
   *
   * Sound, or sound and picture. See [method@Call.switch_media_async].
   */
  properties[AHOY_CALL_PROP_MEDIA] = g_param_spec_enum ("media", NULL, NULL,
                                                        AHOY_TYPE_CALL_MEDIA, AHOY_CALL_MEDIA_UNKNOWN, READABLE);

  /**
   * AhoyCall:role:
   *
   * Whether this person placed the call. Who joined was called.
   */
  properties[AHOY_CALL_PROP_ROLE] = g_param_spec_enum ("role", NULL, NULL,
                                                       AHOY_TYPE_CALL_ROLE, AHOY_CALL_ROLE_NONE, READABLE);

  /**
   * AhoyCall:scene:
   *
   * Two people, several, or those of a group.
   */
  properties[AHOY_CALL_PROP_SCENE] = g_param_spec_enum ("scene", NULL, NULL,
                                                        AHOY_TYPE_CALL_SCENE, AHOY_CALL_SCENE_NONE, READABLE);

  /**
   * AhoyCall:inviter:
   *
   * Who began it.
   */
  properties[AHOY_CALL_PROP_INVITER] = g_param_spec_object ("inviter", NULL, NULL, AHOY_TYPE_USER, READABLE);

  /**
   * AhoyCall:participants:
   *
   * The others, of [class@Participant]. In a call of several people somebody who has left, or will not come, is taken
   * out after the signal that says so; in a call of two the other side stays.
   */
  properties[AHOY_CALL_PROP_PARTICIPANTS] = g_param_spec_object ("participants", NULL, NULL,
                                                                 G_TYPE_LIST_MODEL, READABLE);
}

/* What the caller asked for. */
static void
install_options (void)
{
  /**
   * AhoyCall:user-data:
   *
   * What the caller gave along for those who are called.
   */
  properties[AHOY_CALL_PROP_USER_DATA] = g_param_spec_string ("user-data", NULL, NULL, NULL, READABLE);

  /**
   * AhoyCall:group-id:
   *
   * The group it belongs to.
   */
  properties[AHOY_CALL_PROP_GROUP_ID] = g_param_spec_string ("group-id", NULL, NULL, NULL, READABLE);

  /**
   * AhoyCall:room:
   *
   * The name of its room, when it has a name.
   */
  properties[AHOY_CALL_PROP_ROOM] = g_param_spec_string ("room", NULL, NULL, NULL, READABLE);

  /**
   * AhoyCall:room-number:
   *
   * The number of its room, 0 when it has a name.
   */
  properties[AHOY_CALL_PROP_ROOM_NUMBER] = g_param_spec_int ("room-number", NULL, NULL, 0, G_MAXINT, 0, READABLE);

  /**
   * AhoyCall:ephemeral:
   *
   * Whether it leaves no record in the history.
   */
  properties[AHOY_CALL_PROP_EPHEMERAL] = g_param_spec_boolean ("ephemeral", NULL, NULL, FALSE, READABLE);

  /**
   * AhoyCall:record-policy:
   *
   * Whether the server records it.
   */
  properties[AHOY_CALL_PROP_RECORD_POLICY] = g_param_spec_enum ("record-policy", NULL, NULL, AHOY_TYPE_RECORD_POLICY,
                                                                AHOY_RECORD_POLICY_FOLLOW, READABLE);

  /**
   * AhoyCall:push-title:
   *
   * What the notification of an incoming call is to be titled.
   */
  properties[AHOY_CALL_PROP_PUSH_TITLE] = g_param_spec_string ("push-title", NULL, NULL, NULL, READABLE);

  /**
   * AhoyCall:push-text:
   *
   * What the notification of an incoming call is to say.
   */
  properties[AHOY_CALL_PROP_PUSH_TEXT] = g_param_spec_string ("push-text", NULL, NULL, NULL, READABLE);
}

/* How far it is, and how it ended. */
static void
install_course (void)
{
  /**
   * AhoyCall:state:
   *
   * How far it is. A call of several people is active when at least one connection stands.
   */
  properties[AHOY_CALL_PROP_STATE] = g_param_spec_enum ("state", NULL, NULL,
                                                        AHOY_TYPE_CALL_STATE, AHOY_CALL_CALLING, READABLE);

  /**
   * AhoyCall:started-at:
   *
   * When this person was connected, in microseconds of g_get_real_time(); 0 before.
   */
  properties[AHOY_CALL_PROP_STARTED_AT] = g_param_spec_int64 ("started-at", NULL, NULL, 0, G_MAXINT64, 0, READABLE);

  /**
   * AhoyCall:duration:
   *
   * For how many seconds this person has been in the call; notified each second.
   */
  properties[AHOY_CALL_PROP_DURATION] = g_param_spec_uint ("duration", NULL, NULL, 0, G_MAXUINT, 0, READABLE);

  /**
   * AhoyCall:end-reason:
   *
   * Why it is over.
   */
  properties[AHOY_CALL_PROP_END_REASON] = g_param_spec_enum ("end-reason", NULL, NULL,
                                                             AHOY_TYPE_END_REASON, AHOY_END_REASON_UNKNOWN, READABLE);

  /**
   * AhoyCall:ended-by:
   *
   * Who ended it.
   */
  properties[AHOY_CALL_PROP_ENDED_BY] = g_param_spec_object ("ended-by", NULL, NULL, AHOY_TYPE_USER, READABLE);

  /**
   * AhoyCall:error:
   *
   * Why it could not be placed or joined.
   */
  properties[AHOY_CALL_PROP_ERROR] = g_param_spec_boxed ("error", NULL, NULL, G_TYPE_ERROR, READABLE);
}

/* What is sent from here, and how well it goes. */
static void
install_media (void)
{
  /**
   * AhoyCall:microphone-on:
   *
   * Whether the own microphone is on.
   */
  properties[AHOY_CALL_PROP_MICROPHONE_ON] = g_param_spec_boolean ("microphone-on", NULL, NULL,
                                                                   FALSE, READABLE | G_PARAM_WRITABLE);

  /**
   * AhoyCall:camera-on:
   *
   * Whether the own camera is on.
   */
  properties[AHOY_CALL_PROP_CAMERA_ON] = g_param_spec_boolean ("camera-on", NULL, NULL,
                                                               FALSE, READABLE | G_PARAM_WRITABLE);

  /**
   * AhoyCall:self-view:
   *
   * The own picture.
   */
  properties[AHOY_CALL_PROP_SELF_VIEW] = g_param_spec_object ("self-view", NULL, NULL, AHOY_TYPE_VIDEO_TRACK, READABLE);

  /**
   * AhoyCall:network-quality:
   *
   * How good the own network is: as good as the best connection.
   */
  properties[AHOY_CALL_PROP_NETWORK_QUALITY] = g_param_spec_enum ("network-quality", NULL, NULL,
                                                                  AHOY_TYPE_NETWORK_QUALITY,
                                                                  AHOY_NETWORK_QUALITY_UNKNOWN, READABLE);

  /**
   * AhoyCall:stats:
   *
   * An `a{sv}` of numbers of the connection to the first of the others, named as in webrtc-stats; notified each second.
   * Each participant has its own.
   */
  properties[AHOY_CALL_PROP_STATS] = g_param_spec_variant ("stats", NULL, NULL, G_VARIANT_TYPE_VARDICT, NULL, READABLE);
}

void
ahoy_call_install_properties (GObjectClass *object_class)
{
  object_class->get_property = ahoy_call_get_property;
  object_class->set_property = ahoy_call_set_property;

  install_people ();
  install_options ();
  install_course ();
  install_media ();
  g_object_class_install_properties (object_class, AHOY_CALL_N_PROPS, properties);
}
