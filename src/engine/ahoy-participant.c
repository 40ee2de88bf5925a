/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "ahoy-participant-internal.h"

#include "ahoy-enum-types.h"
#include "ahoy-field.h"
#include "ahoy-media-enum-types.h"

/**
 * AhoyParticipant:
 *
 * Somebody else in a call: what the server says of them and what arrives from them.
 */
G_DEFINE_FINAL_TYPE (AhoyParticipant, ahoy_participant, G_TYPE_OBJECT)

enum
{
  PROP_0,
  PROP_USER,
  PROP_STATUS,
  PROP_MICROPHONE_ON,
  PROP_CAMERA_ON,
  PROP_SCREEN_ON,
  PROP_VOLUME,
  PROP_NETWORK_QUALITY,
  PROP_VIDEO_TRACK,
  PROP_IS_RECONNECTING,
  PROP_VIEW_ON,
  PROP_FILL_MODE,
  PROP_ROTATION,
  PROP_END_REASON,
  PROP_JOINED_AT,
  PROP_STATS,
  N_PROPS
};

#define READABLE (G_PARAM_READABLE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY)

static GParamSpec *properties[N_PROPS];

static void
notify (AhoyParticipant *self,
        guint            prop)
{
  g_object_notify_by_pspec (G_OBJECT (self), properties[prop]);
}

static void
set_flag (AhoyParticipant *self,
          gboolean        *field,
          gboolean         value,
          guint            prop)
{
  g_return_if_fail (AHOY_IS_PARTICIPANT (self));

  if (*field == value)
    return;

  *field = value;
  notify (self, prop);
}

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
  g_free (self->facts.device_id);
  g_free (self->facts.by);

  G_OBJECT_CLASS (ahoy_participant_parent_class)->finalize (object);
}

/* Where the properties are that are no more than a field. */
static const gsize fields[] = {
  [PROP_USER] = G_STRUCT_OFFSET (AhoyParticipant, user),
  [PROP_STATUS] = G_STRUCT_OFFSET (AhoyParticipant, status),
  [PROP_MICROPHONE_ON] = G_STRUCT_OFFSET (AhoyParticipant, microphone_on),
  [PROP_CAMERA_ON] = G_STRUCT_OFFSET (AhoyParticipant, camera_on),
  [PROP_SCREEN_ON] = G_STRUCT_OFFSET (AhoyParticipant, screen_on),
  [PROP_VOLUME] = G_STRUCT_OFFSET (AhoyParticipant, volume),
  [PROP_NETWORK_QUALITY] = G_STRUCT_OFFSET (AhoyParticipant, network_quality),
  [PROP_VIDEO_TRACK] = G_STRUCT_OFFSET (AhoyParticipant, video_track),
  [PROP_IS_RECONNECTING] = G_STRUCT_OFFSET (AhoyParticipant, is_reconnecting),
  [PROP_VIEW_ON] = G_STRUCT_OFFSET (AhoyParticipant, view_on),
  [PROP_FILL_MODE] = G_STRUCT_OFFSET (AhoyParticipant, fill_mode),
  [PROP_ROTATION] = G_STRUCT_OFFSET (AhoyParticipant, rotation),
  [PROP_END_REASON] = G_STRUCT_OFFSET (AhoyParticipant, end_reason),
  [PROP_JOINED_AT] = G_STRUCT_OFFSET (AhoyParticipant, joined_at),
  [PROP_STATS] = G_STRUCT_OFFSET (AhoyParticipant, stats),
};

static void
ahoy_participant_get_property (GObject    *object,
                               guint       prop_id,
                               GValue     *value,
                               GParamSpec *pspec)
{
  if (!ahoy_field_get (object, fields, G_N_ELEMENTS (fields), prop_id, value))
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
}

static void
ahoy_participant_set_property (GObject      *object,
                               guint         prop_id,
                               const GValue *value,
                               GParamSpec   *pspec)
{
  AhoyParticipant *self = AHOY_PARTICIPANT (object);

  switch (prop_id)
    {
    case PROP_FILL_MODE:
      ahoy_participant_set_fill_mode (self, g_value_get_enum (value));
      break;
    case PROP_ROTATION:
      ahoy_participant_set_rotation (self, g_value_get_enum (value));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

/* Who it is, and how it stands with them in the call. */
static void
install_person (void)
{
  /**
   * AhoyParticipant:user:
   *
   * Who it is.
   */
  properties[PROP_USER] = g_param_spec_object ("user", NULL, NULL, AHOY_TYPE_USER, READABLE);

  /**
   * AhoyParticipant:status:
   *
   * Rung for, in the call, or neither any more.
   */
  properties[PROP_STATUS] = g_param_spec_enum ("status", NULL, NULL, AHOY_TYPE_PARTICIPANT_STATUS,
                                               AHOY_PARTICIPANT_NONE, READABLE);

  /**
   * AhoyParticipant:is-reconnecting:
   *
   * Whether the connection to them was there and is being mended. In a call of several people the others may be fine.
   */
  properties[PROP_IS_RECONNECTING] = g_param_spec_boolean ("is-reconnecting", NULL, NULL, FALSE, READABLE);

  /**
   * AhoyParticipant:end-reason:
   *
   * Why they are not in the call any more.
   */
  properties[PROP_END_REASON] = g_param_spec_enum ("end-reason", NULL, NULL, AHOY_TYPE_END_REASON,
                                                   AHOY_END_REASON_UNKNOWN, READABLE);

  /**
   * AhoyParticipant:joined-at:
   *
   * When they entered the call, in microseconds of g_get_real_time(); 0 before.
   */
  properties[PROP_JOINED_AT] = g_param_spec_int64 ("joined-at", NULL, NULL, 0, G_MAXINT64, 0, READABLE);
}

/* What comes from them. */
static void
install_media (void)
{
  /**
   * AhoyParticipant:microphone-on:
   *
   * Whether their microphone is on, as they tell.
   */
  properties[PROP_MICROPHONE_ON] = g_param_spec_boolean ("microphone-on", NULL, NULL, FALSE, READABLE);

  /**
   * AhoyParticipant:camera-on:
   *
   * Whether their camera is on, as they tell.
   */
  properties[PROP_CAMERA_ON] = g_param_spec_boolean ("camera-on", NULL, NULL, FALSE, READABLE);

  /**
   * AhoyParticipant:screen-on:
   *
   * Whether they show their screen, as they tell.
   */
  properties[PROP_SCREEN_ON] = g_param_spec_boolean ("screen-on", NULL, NULL, FALSE, READABLE);

  /**
   * AhoyParticipant:volume:
   *
   * How loud what arrives from them is, 0 to 100; changes several times a second.
   */
  properties[PROP_VOLUME] = g_param_spec_int ("volume", NULL, NULL, 0, 100, 0, READABLE);

  /**
   * AhoyParticipant:network-quality:
   *
   * How good the connection to them is.
   */
  properties[PROP_NETWORK_QUALITY] = g_param_spec_enum ("network-quality", NULL, NULL, AHOY_TYPE_NETWORK_QUALITY,
                                                        AHOY_NETWORK_QUALITY_UNKNOWN, READABLE);

  /**
   * AhoyParticipant:video-track:
   *
   * Their picture. There is none before a connection exists, and a connection that is rebuilt has another.
   */
  properties[PROP_VIDEO_TRACK] = g_param_spec_object ("video-track", NULL, NULL, AHOY_TYPE_VIDEO_TRACK, READABLE);

  /**
   * AhoyParticipant:stats:
   *
   * Numbers of the connection to this person, named as in webrtc-stats where those have a name; notified each
   * second. They begin anew when the connection is rebuilt.
   */
  properties[PROP_STATS] = g_param_spec_variant ("stats", NULL, NULL, G_VARIANT_TYPE_VARDICT, NULL, READABLE);
}

/* How they are shown here. */
static void
install_view (void)
{
  /**
   * AhoyParticipant:view-on:
   *
   * Whether their picture is asked for; see [method@Call.set_remote_view].
   */
  properties[PROP_VIEW_ON] = g_param_spec_boolean ("view-on", NULL, NULL, TRUE, READABLE);

  /**
   * AhoyParticipant:fill-mode:
   *
   * How their picture is to be painted into a place of another shape. Kept for whoever paints it.
   */
  properties[PROP_FILL_MODE] = g_param_spec_enum ("fill-mode", NULL, NULL, AHOY_TYPE_FILL_MODE, AHOY_FILL_MODE_FILL,
                                                  READABLE | G_PARAM_WRITABLE);

  /**
   * AhoyParticipant:rotation:
   *
   * How their picture is to be turned. Kept for whoever paints it.
   */
  properties[PROP_ROTATION] = g_param_spec_enum ("rotation", NULL, NULL, AHOY_TYPE_ROTATION, AHOY_ROTATION_0,
                                                 READABLE | G_PARAM_WRITABLE);
}

static void
ahoy_participant_class_init (AhoyParticipantClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = ahoy_participant_dispose;
  object_class->finalize = ahoy_participant_finalize;
  object_class->get_property = ahoy_participant_get_property;
  object_class->set_property = ahoy_participant_set_property;

  install_person ();
  install_media ();
  install_view ();
  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
ahoy_participant_init (AhoyParticipant *self)
{
  self->view_on = TRUE;
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

AhoyParticipantFacts *
ahoy_participant_get_facts (AhoyParticipant *self)
{
  return &self->facts;
}

void
ahoy_participant_set_status (AhoyParticipant       *self,
                             AhoyParticipantStatus  status)
{
  g_return_if_fail (AHOY_IS_PARTICIPANT (self));

  if (self->status == status)
    return;

  self->status = status;
  notify (self, PROP_STATUS);
}

void
ahoy_participant_set_microphone_on (AhoyParticipant *self,
                                    gboolean         microphone_on)
{
  set_flag (self, &self->microphone_on, microphone_on, PROP_MICROPHONE_ON);
}

void
ahoy_participant_set_camera_on (AhoyParticipant *self,
                                gboolean         camera_on)
{
  set_flag (self, &self->camera_on, camera_on, PROP_CAMERA_ON);
}

void
ahoy_participant_set_screen_on (AhoyParticipant *self,
                                gboolean         screen_on)
{
  set_flag (self, &self->screen_on, screen_on, PROP_SCREEN_ON);
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
  notify (self, PROP_VOLUME);
}

void
ahoy_participant_set_network_quality (AhoyParticipant    *self,
                                      AhoyNetworkQuality  network_quality)
{
  g_return_if_fail (AHOY_IS_PARTICIPANT (self));

  if (self->network_quality == network_quality)
    return;

  self->network_quality = network_quality;
  notify (self, PROP_NETWORK_QUALITY);
}

void
ahoy_participant_set_is_reconnecting (AhoyParticipant *self,
                                      gboolean         is_reconnecting)
{
  set_flag (self, &self->is_reconnecting, is_reconnecting, PROP_IS_RECONNECTING);
}

void
ahoy_participant_set_view_on (AhoyParticipant *self,
                              gboolean         view_on)
{
  set_flag (self, &self->view_on, view_on, PROP_VIEW_ON);
}

void
ahoy_participant_set_end_reason (AhoyParticipant *self,
                                 AhoyEndReason    end_reason)
{
  g_return_if_fail (AHOY_IS_PARTICIPANT (self));

  if (self->end_reason == end_reason)
    return;

  self->end_reason = end_reason;
  notify (self, PROP_END_REASON);
}

void
ahoy_participant_set_joined_at (AhoyParticipant *self,
                                gint64           joined_at)
{
  g_return_if_fail (AHOY_IS_PARTICIPANT (self));

  if (self->joined_at == joined_at)
    return;

  self->joined_at = joined_at;
  notify (self, PROP_JOINED_AT);
}

void
ahoy_participant_set_video_track (AhoyParticipant *self,
                                  AhoyVideoTrack  *track)
{
  g_return_if_fail (AHOY_IS_PARTICIPANT (self));

  if (g_set_object (&self->video_track, track))
    notify (self, PROP_VIDEO_TRACK);
}

void
ahoy_participant_take_stats (AhoyParticipant *self,
                             GVariant        *stats)
{
  g_return_if_fail (AHOY_IS_PARTICIPANT (self));

  g_clear_pointer (&self->stats, g_variant_unref);
  self->stats = g_variant_ref_sink (stats);
  notify (self, PROP_STATS);
}

/**
 * ahoy_participant_set_fill_mode:
 * @self: a participant
 * @fill_mode: how it is to be painted
 *
 * Says how the picture of this person is painted into a place of another shape. The engine only keeps it.
 */
void
ahoy_participant_set_fill_mode (AhoyParticipant *self,
                                AhoyFillMode     fill_mode)
{
  g_return_if_fail (AHOY_IS_PARTICIPANT (self));
  g_return_if_fail ((AhoyFillMode) fill_mode <= AHOY_FILL_MODE_FIT);

  if (self->fill_mode == fill_mode)
    return;

  self->fill_mode = fill_mode;
  notify (self, PROP_FILL_MODE);
}

/**
 * ahoy_participant_set_rotation:
 * @self: a participant
 * @rotation: how it is to be turned
 *
 * Says by how many quarters of a turn, clockwise, the picture of this person is turned. The engine only keeps it.
 */
void
ahoy_participant_set_rotation (AhoyParticipant *self,
                               AhoyRotation     rotation)
{
  g_return_if_fail (AHOY_IS_PARTICIPANT (self));
  g_return_if_fail ((AhoyRotation) rotation <= AHOY_ROTATION_270);

  if (self->rotation == rotation)
    return;

  self->rotation = rotation;
  notify (self, PROP_ROTATION);
}
