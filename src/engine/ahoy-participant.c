/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "ahoy-participant-private.h"

#include "ahoy-enum-types.h"

/**
 * AhoyParticipant:
 *
 * Somebody else in a call: what the server says of them and what arrives from them.
 */
struct _AhoyParticipant
{
  GObject parent_instance;

  AhoyUser *user;              /* (owned) (not nullable), from construction */
  AhoyVideoTrack *video_track; /* (owned) (nullable), none before a connection exists */
  GVariant *stats;             /* (owned) (nullable) a{sv}, none before a connection exists */
  AhoyParticipantStatus status;
  AhoyNetworkQuality network_quality;
  int volume;
  gboolean microphone_on;
  gboolean camera_on;
  gboolean is_reconnecting;
};

G_DEFINE_FINAL_TYPE (AhoyParticipant, ahoy_participant, G_TYPE_OBJECT)

enum
{
  PROP_0,
  PROP_USER,
  PROP_STATUS,
  PROP_MICROPHONE_ON,
  PROP_CAMERA_ON,
  PROP_VOLUME,
  PROP_NETWORK_QUALITY,
  PROP_VIDEO_TRACK,
  PROP_IS_RECONNECTING,
  PROP_STATS,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

static void
ahoy_participant_dispose (GObject *object)
{
  AhoyParticipant *self = AHOY_PARTICIPANT (object);

  g_clear_object (&self->video_track);
  g_clear_object (&self->user);

  G_OBJECT_CLASS (ahoy_participant_parent_class)->dispose (object);
}

static void
ahoy_participant_finalize (GObject *object)
{
  AhoyParticipant *self = AHOY_PARTICIPANT (object);

  g_clear_pointer (&self->stats, g_variant_unref);

  G_OBJECT_CLASS (ahoy_participant_parent_class)->finalize (object);
}

static void
ahoy_participant_get_property (GObject    *object,
                               guint       prop_id,
                               GValue     *value,
                               GParamSpec *pspec)
{
  AhoyParticipant *self = AHOY_PARTICIPANT (object);

  switch (prop_id)
    {
    case PROP_USER:
      g_value_set_object (value, self->user);
      break;
    case PROP_STATUS:
      g_value_set_enum (value, self->status);
      break;
    case PROP_MICROPHONE_ON:
      g_value_set_boolean (value, self->microphone_on);
      break;
    case PROP_CAMERA_ON:
      g_value_set_boolean (value, self->camera_on);
      break;
    case PROP_VOLUME:
      g_value_set_int (value, self->volume);
      break;
    case PROP_NETWORK_QUALITY:
      g_value_set_enum (value, self->network_quality);
      break;
    case PROP_VIDEO_TRACK:
      g_value_set_object (value, self->video_track);
      break;
    case PROP_IS_RECONNECTING:
      g_value_set_boolean (value, self->is_reconnecting);
      break;
    case PROP_STATS:
      g_value_set_variant (value, self->stats);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
ahoy_participant_class_init (AhoyParticipantClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GParamFlags flags = G_PARAM_READABLE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY;

  object_class->dispose = ahoy_participant_dispose;
  object_class->finalize = ahoy_participant_finalize;
  object_class->get_property = ahoy_participant_get_property;

  properties[PROP_USER] = g_param_spec_object ("user", NULL, NULL, AHOY_TYPE_USER, flags);
  properties[PROP_STATUS] = g_param_spec_enum ("status", NULL, NULL, AHOY_TYPE_PARTICIPANT_STATUS,
                                               AHOY_PARTICIPANT_NONE, flags);
  properties[PROP_MICROPHONE_ON] = g_param_spec_boolean ("microphone-on", NULL, NULL, FALSE, flags);
  properties[PROP_CAMERA_ON] = g_param_spec_boolean ("camera-on", NULL, NULL, FALSE, flags);
  properties[PROP_VOLUME] = g_param_spec_int ("volume", NULL, NULL, 0, 100, 0, flags);
  properties[PROP_NETWORK_QUALITY] = g_param_spec_enum ("network-quality", NULL, NULL,
                                                        AHOY_TYPE_NETWORK_QUALITY,
                                                        AHOY_NETWORK_QUALITY_UNKNOWN, flags);
  properties[PROP_VIDEO_TRACK] = g_param_spec_object ("video-track", NULL, NULL,
                                                      AHOY_TYPE_VIDEO_TRACK, flags);
  properties[PROP_IS_RECONNECTING] = g_param_spec_boolean ("is-reconnecting", NULL, NULL, FALSE, flags);
  /**
   * AhoyParticipant:stats:
   *
   * Numbers of the connection to this person, named as in webrtc-stats where those have a name; notified each
   * second. They begin anew when the connection is rebuilt.
   */
  properties[PROP_STATS] = g_param_spec_variant ("stats", NULL, NULL, G_VARIANT_TYPE_VARDICT, NULL, flags);
  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
ahoy_participant_init (AhoyParticipant *self)
{
}

AhoyParticipant *
ahoy_participant_new (AhoyUser *user)
{
  AhoyParticipant *self;

  g_return_val_if_fail (AHOY_IS_USER (user), NULL);

  self = g_object_new (AHOY_TYPE_PARTICIPANT, NULL);
  self->user = g_object_ref (user);
  return self;
}

void
ahoy_participant_set_status (AhoyParticipant       *self,
                             AhoyParticipantStatus  status)
{
  g_return_if_fail (AHOY_IS_PARTICIPANT (self));

  if (self->status == status)
    return;

  self->status = status;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_STATUS]);
}

void
ahoy_participant_set_microphone_on (AhoyParticipant *self,
                                    gboolean         microphone_on)
{
  g_return_if_fail (AHOY_IS_PARTICIPANT (self));

  if (self->microphone_on == microphone_on)
    return;

  self->microphone_on = microphone_on;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_MICROPHONE_ON]);
}

void
ahoy_participant_set_camera_on (AhoyParticipant *self,
                                gboolean         camera_on)
{
  g_return_if_fail (AHOY_IS_PARTICIPANT (self));

  if (self->camera_on == camera_on)
    return;

  self->camera_on = camera_on;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_CAMERA_ON]);
}

void
ahoy_participant_set_volume (AhoyParticipant *self,
                             int              volume)
{
  g_return_if_fail (AHOY_IS_PARTICIPANT (self));

  volume = CLAMP (volume, 0, 100);
  if (self->volume == volume)
    return;

  self->volume = volume;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_VOLUME]);
}

void
ahoy_participant_set_network_quality (AhoyParticipant    *self,
                                      AhoyNetworkQuality  network_quality)
{
  g_return_if_fail (AHOY_IS_PARTICIPANT (self));

  if (self->network_quality == network_quality)
    return;

  self->network_quality = network_quality;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_NETWORK_QUALITY]);
}

void
ahoy_participant_set_is_reconnecting (AhoyParticipant *self,
                                      gboolean         is_reconnecting)
{
  g_return_if_fail (AHOY_IS_PARTICIPANT (self));

  if (self->is_reconnecting == is_reconnecting)
    return;

  self->is_reconnecting = is_reconnecting;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_IS_RECONNECTING]);
}

void
ahoy_participant_set_video_track (AhoyParticipant *self,
                                  AhoyVideoTrack  *track)
{
  g_return_if_fail (AHOY_IS_PARTICIPANT (self));

  if (g_set_object (&self->video_track, track))
    g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_VIDEO_TRACK]);
}

void
ahoy_participant_take_stats (AhoyParticipant *self,
                             GVariant        *stats)
{
  g_return_if_fail (AHOY_IS_PARTICIPANT (self));

  g_clear_pointer (&self->stats, g_variant_unref);
  self->stats = g_variant_ref_sink (stats);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_STATS]);
}

AhoyUser *
ahoy_participant_get_user (AhoyParticipant *self)
{
  g_return_val_if_fail (AHOY_IS_PARTICIPANT (self), NULL);

  return self->user;
}

AhoyParticipantStatus
ahoy_participant_get_status (AhoyParticipant *self)
{
  g_return_val_if_fail (AHOY_IS_PARTICIPANT (self), AHOY_PARTICIPANT_NONE);

  return self->status;
}

gboolean
ahoy_participant_get_microphone_on (AhoyParticipant *self)
{
  g_return_val_if_fail (AHOY_IS_PARTICIPANT (self), FALSE);

  return self->microphone_on;
}

gboolean
ahoy_participant_get_camera_on (AhoyParticipant *self)
{
  g_return_val_if_fail (AHOY_IS_PARTICIPANT (self), FALSE);

  return self->camera_on;
}

int
ahoy_participant_get_volume (AhoyParticipant *self)
{
  g_return_val_if_fail (AHOY_IS_PARTICIPANT (self), 0);

  return self->volume;
}

AhoyNetworkQuality
ahoy_participant_get_network_quality (AhoyParticipant *self)
{
  g_return_val_if_fail (AHOY_IS_PARTICIPANT (self), AHOY_NETWORK_QUALITY_UNKNOWN);

  return self->network_quality;
}

AhoyVideoTrack *
ahoy_participant_get_video_track (AhoyParticipant *self)
{
  g_return_val_if_fail (AHOY_IS_PARTICIPANT (self), NULL);

  return self->video_track;
}

gboolean
ahoy_participant_get_is_reconnecting (AhoyParticipant *self)
{
  g_return_val_if_fail (AHOY_IS_PARTICIPANT (self), FALSE);

  return self->is_reconnecting;
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
