/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "fake.h"

struct _AhoyUser
{
  GObject parent_instance;
  char *id, *nickname, *avatar;
  gboolean is_contact;
};

G_DEFINE_FINAL_TYPE (AhoyUser, ahoy_user, G_TYPE_OBJECT)

enum
{
  USER_DISPLAY_NAME = 1,
  USER_AVATAR,
};

static void
ahoy_user_finalize (GObject *object)
{
  AhoyUser *self = AHOY_USER (object);

  g_free (self->id);
  g_free (self->nickname);
  g_free (self->avatar);
  G_OBJECT_CLASS (ahoy_user_parent_class)->finalize (object);
}

static void
ahoy_user_get_property (GObject    *object,
                        guint       id,
                        GValue     *value,
                        GParamSpec *pspec)
{
  AhoyUser *self = AHOY_USER (object);

  if (id == USER_AVATAR)
    g_value_set_string (value, self->avatar);
  else
    g_value_set_string (value, ahoy_user_get_display_name (self));
}

static void
ahoy_user_class_init (AhoyUserClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->finalize = ahoy_user_finalize;
  object_class->get_property = ahoy_user_get_property;
  g_object_class_install_property (object_class, USER_DISPLAY_NAME,
                                   g_param_spec_string ("display-name", NULL, NULL, NULL, G_PARAM_READABLE));
  g_object_class_install_property (object_class, USER_AVATAR,
                                   g_param_spec_string ("avatar", NULL, NULL, NULL, G_PARAM_READABLE));
}

static void
ahoy_user_init (AhoyUser *self)
{
}

AhoyUser *
fake_user_new (const char *id,
               const char *nickname,
               gboolean    is_contact)
{
  AhoyUser *self = g_object_new (AHOY_TYPE_USER, NULL);

  self->id = g_strdup (id);
  self->nickname = g_strdup (nickname);
  self->is_contact = is_contact;
  return self;
}

void
fake_user_set_nickname (AhoyUser   *self,
                        const char *nickname)
{
  g_free (self->nickname);
  self->nickname = g_strdup (nickname);
  g_object_notify (G_OBJECT (self), "display-name");
}

void
fake_user_set_avatar (AhoyUser   *self,
                      const char *avatar)
{
  g_free (self->avatar);
  self->avatar = g_strdup (avatar);
  g_object_notify (G_OBJECT (self), "avatar");
}

const char *
ahoy_user_get_id (AhoyUser *self)
{
  return self->id;
}

const char *
ahoy_user_get_avatar (AhoyUser *self)
{
  return self->avatar;
}

const char *
ahoy_user_get_display_name (AhoyUser *self)
{
  return self->nickname ? self->nickname : self->id;
}

gboolean
ahoy_user_get_is_contact (AhoyUser *self)
{
  return self->is_contact;
}

struct _AhoyParticipant
{
  GObject parent_instance;
  AhoyUser *user;
  AhoyVideoTrack *track;
  AhoyParticipantStatus status;
  AhoyNetworkQuality quality;
  gboolean microphone_on, camera_on;
  int volume;
};

G_DEFINE_FINAL_TYPE (AhoyParticipant, ahoy_participant, G_TYPE_OBJECT)

static void
ahoy_participant_finalize (GObject *object)
{
  AhoyParticipant *self = AHOY_PARTICIPANT (object);

  g_object_unref (self->user);
  g_object_unref (self->track);
  G_OBJECT_CLASS (ahoy_participant_parent_class)->finalize (object);
}

static void
ahoy_participant_get_property (GObject    *object,
                               guint       id,
                               GValue     *value,
                               GParamSpec *pspec)
{
  g_value_set_boolean (value, AHOY_PARTICIPANT (object)->camera_on);
}

static void
ahoy_participant_class_init (AhoyParticipantClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->finalize = ahoy_participant_finalize;
  object_class->get_property = ahoy_participant_get_property;
  g_object_class_install_property (object_class, 1,
                                   g_param_spec_boolean ("camera-on", NULL, NULL, FALSE, G_PARAM_READABLE));
}

static void
ahoy_participant_init (AhoyParticipant *self)
{
  self->status = AHOY_PARTICIPANT_WAITING;
  self->microphone_on = TRUE;
  self->track = fake_track_new ();
}

AhoyParticipant *
fake_participant_new (AhoyUser *user)
{
  AhoyParticipant *self = g_object_new (AHOY_TYPE_PARTICIPANT, NULL);

  self->user = g_object_ref (user);
  return self;
}

void
fake_participant_set (AhoyParticipant *self,
                      gboolean         accepted,
                      gboolean         microphone_on,
                      gboolean         camera_on)
{
  self->status = accepted ? AHOY_PARTICIPANT_ACCEPTED : AHOY_PARTICIPANT_WAITING;
  self->microphone_on = microphone_on;
  self->camera_on = camera_on;
  g_object_notify (G_OBJECT (self), "camera-on");
}

void
fake_participant_set_quality (AhoyParticipant    *self,
                              AhoyNetworkQuality  quality)
{
  self->quality = quality;
  g_object_notify (G_OBJECT (self), "camera-on");
}

void
fake_participant_set_volume (AhoyParticipant *self,
                             int              volume)
{
  self->volume = volume;
  g_object_notify (G_OBJECT (self), "camera-on");
}

AhoyUser *
ahoy_participant_get_user (AhoyParticipant *self)
{
  return self->user;
}

AhoyParticipantStatus
ahoy_participant_get_status (AhoyParticipant *self)
{
  return self->status;
}

gboolean
ahoy_participant_get_microphone_on (AhoyParticipant *self)
{
  return self->microphone_on;
}

gboolean
ahoy_participant_get_camera_on (AhoyParticipant *self)
{
  return self->camera_on;
}

int
ahoy_participant_get_volume (AhoyParticipant *self)
{
  return self->volume;
}

AhoyNetworkQuality
ahoy_participant_get_network_quality (AhoyParticipant *self)
{
  return self->quality;
}

AhoyVideoTrack *
ahoy_participant_get_video_track (AhoyParticipant *self)
{
  return self->track;
}
