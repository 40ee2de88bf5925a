/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "fake.h"

struct _AhoyCall
{
  GObject parent_instance;
  char *id;
  AhoyUser *user, *ended_by;
  AhoyParticipant *peer;
  GListStore *participants;
  AhoyVideoTrack *self_view;
  AhoyCallMedia media;
  AhoyCallRole role;
  AhoyCallState state;
  AhoyEndReason reason;
  GError *error;
  guint duration, accepted;
  gboolean microphone_on, camera_on, rejected;
};

G_DEFINE_FINAL_TYPE (AhoyCall, ahoy_call, G_TYPE_OBJECT)

static const char *const names[] = { "state", "duration", "microphone-on", "camera-on" };

static void
ahoy_call_get_property (GObject    *object,
                        guint       id,
                        GValue     *value,
                        GParamSpec *pspec)
{
  g_value_set_int (value, 0);
}

static void
ahoy_call_finalize (GObject *object)
{
  AhoyCall *self = AHOY_CALL (object);

  g_free (self->id);
  g_clear_object (&self->user);
  g_clear_object (&self->ended_by);
  g_clear_object (&self->peer);
  g_clear_object (&self->participants);
  g_clear_object (&self->self_view);
  g_clear_error (&self->error);
  G_OBJECT_CLASS (ahoy_call_parent_class)->finalize (object);
}

static void
ahoy_call_class_init (AhoyCallClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  guint i;

  object_class->finalize = ahoy_call_finalize;
  object_class->get_property = ahoy_call_get_property;
  for (i = 0; i < G_N_ELEMENTS (names); i++)
    g_object_class_install_property (object_class, i + 1,
                                     g_param_spec_int (names[i], NULL, NULL, 0, 100, 0, G_PARAM_READABLE));
}

static void
ahoy_call_init (AhoyCall *self)
{
  self->participants = g_list_store_new (AHOY_TYPE_PARTICIPANT);
  self->self_view = fake_track_new ();
  self->microphone_on = TRUE;
}

AhoyCall *
fake_call_new (const char    *id,
               AhoyUser      *user,
               AhoyCallMedia  media,
               AhoyCallRole   role)
{
  AhoyCall *self = g_object_new (AHOY_TYPE_CALL, NULL);

  self->id = g_strdup (id);
  self->user = g_object_ref (user);
  self->peer = fake_participant_new (user);
  g_list_store_append (self->participants, self->peer);
  self->media = media;
  self->role = role;
  self->camera_on = media == AHOY_CALL_MEDIA_VIDEO;
  self->state = role == AHOY_CALL_ROLE_CALLED ? AHOY_CALL_INCOMING : AHOY_CALL_CALLING;
  return self;
}

void
fake_call_set_state (AhoyCall      *self,
                     AhoyCallState  state)
{
  self->state = state;
  g_object_notify (G_OBJECT (self), "state");
}

void
fake_call_set_duration (AhoyCall *self,
                        guint     duration)
{
  self->duration = duration;
  g_object_notify (G_OBJECT (self), "duration");
}

void
fake_call_end (AhoyCall      *self,
               AhoyEndReason  reason,
               AhoyUser      *by,
               GError        *error)
{
  self->reason = reason;
  g_set_object (&self->ended_by, by);
  self->error = error;
  fake_call_set_state (self, AHOY_CALL_ENDED);
}

guint
fake_call_get_accepted (AhoyCall *self)
{
  return self->accepted;
}

gboolean
fake_call_get_rejected (AhoyCall *self)
{
  return self->rejected;
}

const char *
ahoy_call_get_id (AhoyCall *self)
{
  return self->id;
}

AhoyCallMedia
ahoy_call_get_media (AhoyCall *self)
{
  return self->media;
}

AhoyCallRole
ahoy_call_get_role (AhoyCall *self)
{
  return self->role;
}

AhoyCallState
ahoy_call_get_state (AhoyCall *self)
{
  return self->state;
}

AhoyUser *
ahoy_call_get_inviter (AhoyCall *self)
{
  return self->role == AHOY_CALL_ROLE_CALLED ? self->user : NULL;
}

GListModel *
ahoy_call_get_participants (AhoyCall *self)
{
  return G_LIST_MODEL (self->participants);
}

AhoyParticipant *
ahoy_call_get_peer (AhoyCall *self)
{
  return self->peer;
}

guint
ahoy_call_get_duration (AhoyCall *self)
{
  return self->duration;
}

AhoyEndReason
ahoy_call_get_end_reason (AhoyCall *self)
{
  return self->reason;
}

AhoyUser *
ahoy_call_get_ended_by (AhoyCall *self)
{
  return self->ended_by;
}

const GError *
ahoy_call_get_error (AhoyCall *self)
{
  return self->error;
}

gboolean
ahoy_call_get_microphone_on (AhoyCall *self)
{
  return self->microphone_on;
}

void
ahoy_call_set_microphone_on (AhoyCall *self,
                             gboolean  on)
{
  self->microphone_on = on;
  g_object_notify (G_OBJECT (self), "microphone-on");
}

gboolean
ahoy_call_get_camera_on (AhoyCall *self)
{
  return self->camera_on;
}

void
ahoy_call_set_camera_on (AhoyCall *self,
                         gboolean  on)
{
  self->camera_on = on;
  g_object_notify (G_OBJECT (self), "camera-on");
}

AhoyVideoTrack *
ahoy_call_get_self_view (AhoyCall *self)
{
  return self->self_view;
}

void
ahoy_call_accept_async (AhoyCall            *self,
                        gboolean             with_camera,
                        GCancellable        *cancellable,
                        GAsyncReadyCallback  callback,
                        gpointer             user_data)
{
  self->accepted = with_camera ? 1 : 2;
  self->camera_on = with_camera;
  fake_call_set_state (self, AHOY_CALL_CONNECTING);
}

void
ahoy_call_reject_async (AhoyCall            *self,
                        GCancellable        *cancellable,
                        GAsyncReadyCallback  callback,
                        gpointer             user_data)
{
  self->rejected = TRUE;
  fake_call_end (self, AHOY_END_REASON_REJECT, NULL, NULL);
}

void
ahoy_call_hang_up_async (AhoyCall            *self,
                         GCancellable        *cancellable,
                         GAsyncReadyCallback  callback,
                         gpointer             user_data)
{
  gboolean is_dialling = self->state == AHOY_CALL_CALLING || self->state == AHOY_CALL_RINGING;

  fake_call_end (self, is_dialling ? AHOY_END_REASON_CANCELED : AHOY_END_REASON_HANG_UP, NULL, NULL);
}

struct _AhoyRecord
{
  GObject parent_instance;
  AhoyCallResult result;
  guint duration;
};

G_DEFINE_FINAL_TYPE (AhoyRecord, ahoy_record, G_TYPE_OBJECT)

static void
ahoy_record_class_init (AhoyRecordClass *klass)
{
}

static void
ahoy_record_init (AhoyRecord *self)
{
}

AhoyRecord *
fake_record_new (AhoyCallResult result,
                 guint          duration)
{
  AhoyRecord *self = g_object_new (AHOY_TYPE_RECORD, NULL);

  self->result = result;
  self->duration = duration;
  return self;
}

AhoyCallResult
ahoy_record_get_result (AhoyRecord *self)
{
  return self->result;
}

guint
ahoy_record_get_duration (AhoyRecord *self)
{
  return self->duration;
}
