/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "fake-line.h"

#include "ahoy-error.h"

/* The session. */

struct _AhoySession
{
  GObject parent_instance;

  GQueue requests; /* of FakeRequest */
  char *user_id;   /* (owned) */
  char *device_id; /* (owned) */
  FakeRequestFunc func;
  gpointer user_data;
  AhoySessionState state;
};

G_DEFINE_FINAL_TYPE (AhoySession, ahoy_session, G_TYPE_OBJECT)

static void
request_free (FakeRequest *self)
{
  g_object_unref (self->task);
  json_object_unref (self->data);
  g_free (self->type);
  g_free (self);
}

static void
ahoy_session_finalize (GObject *object)
{
  AhoySession *self = AHOY_SESSION (object);

  g_assert_cmpuint (self->requests.length, ==, 0);
  g_free (self->user_id);
  g_free (self->device_id);

  G_OBJECT_CLASS (ahoy_session_parent_class)->finalize (object);
}

static void
ahoy_session_class_init (AhoySessionClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = ahoy_session_finalize;
}

static void
ahoy_session_init (AhoySession *self)
{
  g_queue_init (&self->requests);
  self->state = AHOY_SESSION_READY;
}

AhoySession *
fake_session_new (const char      *user_id,
                  const char      *device_id,
                  FakeRequestFunc  func,
                  gpointer         user_data)
{
  AhoySession *self = g_object_new (AHOY_TYPE_SESSION, NULL);

  self->user_id = g_strdup (user_id);
  self->device_id = g_strdup (device_id);
  self->func = func;
  self->user_data = user_data;
  return self;
}

void
fake_session_set_state (AhoySession      *self,
                        AhoySessionState  state)
{
  self->state = state;
}

guint
fake_session_count (AhoySession *self)
{
  return self->requests.length;
}

FakeRequest *
fake_session_take (AhoySession *self)
{
  return g_queue_pop_head (&self->requests);
}

const char *
fake_session_get_type_of (AhoySession *self,
                          guint        position)
{
  FakeRequest *request = g_queue_peek_nth (&self->requests, position);

  return request ? request->type : NULL;
}

void
fake_request_answer (FakeRequest *request,
                     JsonObject  *answer)
{
  g_task_return_pointer (request->task, answer, (GDestroyNotify) json_object_unref);
  request_free (request);
}

void
fake_request_fail (FakeRequest *request,
                   int          code)
{
  g_task_return_new_error (request->task, AHOY_ERROR, code, "As the test wants it");
  request_free (request);
}

void
ahoy_session_request_async (AhoySession         *self,
                            const char          *type,
                            JsonObject          *data,
                            GCancellable        *cancellable,
                            GAsyncReadyCallback  callback,
                            gpointer             user_data)
{
  FakeRequest *request = g_new0 (FakeRequest, 1);

  request->task = g_task_new (self, cancellable, callback, user_data);
  request->type = g_strdup (type);
  request->data = data ? json_object_ref (data) : json_object_new ();
  if (self->func (type, request->data, self->user_data))
    fake_request_answer (request, json_object_new ());
  else
    g_queue_push_tail (&self->requests, request);
}

JsonObject *
ahoy_session_request_finish (AhoySession   *self,
                             GAsyncResult  *result,
                             GError       **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

AhoySessionState
ahoy_session_get_state (AhoySession *self)
{
  return self->state;
}

gboolean
ahoy_session_is_started (AhoySession *self)
{
  return TRUE;
}

void
ahoy_session_set_hurry (AhoySession *self,
                        gboolean     hurry)
{
}

const char *
ahoy_session_get_user_id (AhoySession *self)
{
  return self->user_id;
}

const char *
ahoy_session_get_device_id (AhoySession *self)
{
  return self->device_id;
}

gint64
ahoy_session_get_server_time (AhoySession *self)
{
  return g_get_real_time ();
}

const char *const *
ahoy_session_get_ice_uris (AhoySession *self)
{
  return NULL;
}

/* The media. */

struct _AhoyMedia
{
  GObject parent_instance;

  int n_users;
  gboolean microphone_on;
  gboolean camera_on;
};

G_DEFINE_FINAL_TYPE (AhoyMedia, ahoy_media, G_TYPE_OBJECT)

enum
{
  MEDIA_PROP_0,
  MEDIA_PROP_INPUT_LEVEL,
  MEDIA_PROP_MICROPHONE_ON,
  MEDIA_PROP_CAMERA_ON,
};

static void
ahoy_media_get_property (GObject    *object,
                         guint       prop_id,
                         GValue     *value,
                         GParamSpec *pspec)
{
  AhoyMedia *self = AHOY_MEDIA (object);

  if (prop_id == MEDIA_PROP_MICROPHONE_ON)
    g_value_set_boolean (value, self->microphone_on);
  else if (prop_id == MEDIA_PROP_CAMERA_ON)
    g_value_set_boolean (value, self->camera_on);
}

static void
ahoy_media_class_init (AhoyMediaClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GParamFlags flags = G_PARAM_READABLE | G_PARAM_STATIC_STRINGS;

  object_class->get_property = ahoy_media_get_property;
  g_object_class_install_property (object_class, MEDIA_PROP_INPUT_LEVEL,
                                   g_param_spec_int ("input-level", NULL, NULL, 0, 100, 0, flags));
  g_object_class_install_property (object_class, MEDIA_PROP_MICROPHONE_ON,
                                   g_param_spec_boolean ("microphone-on", NULL, NULL, FALSE, flags));
  g_object_class_install_property (object_class, MEDIA_PROP_CAMERA_ON,
                                   g_param_spec_boolean ("camera-on", NULL, NULL, FALSE, flags));
}

static void
ahoy_media_init (AhoyMedia *self)
{
}

AhoyMedia *
fake_media_new (void)
{
  return g_object_new (AHOY_TYPE_MEDIA, NULL);
}

gboolean
fake_media_is_capturing (AhoyMedia *self)
{
  g_assert_cmpint (self->n_users, >=, 0);
  g_assert_cmpint (self->n_users, <=, 1);
  return self->n_users > 0;
}

void
ahoy_media_start (AhoyMedia *self)
{
  self->n_users++;
}

void
ahoy_media_stop (AhoyMedia *self)
{
  self->n_users--;
}

void
ahoy_media_set_microphone_on (AhoyMedia *self,
                              gboolean   on)
{
  self->microphone_on = on;
}

gboolean
ahoy_media_get_microphone_on (AhoyMedia *self)
{
  return self->microphone_on;
}

void
ahoy_media_set_camera_on (AhoyMedia *self,
                          gboolean   on)
{
  self->camera_on = on;
}

gboolean
ahoy_media_get_camera_on (AhoyMedia *self)
{
  return self->camera_on;
}

AhoyVideoTrack *
ahoy_media_get_self_view (AhoyMedia *self)
{
  return NULL;
}

/* The peers. */

struct _AhoyPeer
{
  GObject parent_instance;

  char *name; /* (owned) */
  AhoyPeerState state;
  gboolean is_sending;
  gboolean is_playing;
  gboolean is_offering;
};

G_DEFINE_FINAL_TYPE (AhoyPeer, ahoy_peer, G_TYPE_OBJECT)

enum
{
  PEER_PROP_0,
  PEER_PROP_STATE,
  PEER_PROP_VOLUME,
  PEER_PROP_RECEIVING_AUDIO,
  PEER_PROP_RECEIVING_VIDEO,
};

static GPtrArray *peers;
static guint signal_description;

static void
ahoy_peer_get_property (GObject    *object,
                        guint       prop_id,
                        GValue     *value,
                        GParamSpec *pspec)
{
  if (prop_id == PEER_PROP_STATE)
    g_value_set_int (value, AHOY_PEER (object)->state);
}

static void
ahoy_peer_finalize (GObject *object)
{
  AhoyPeer *self = AHOY_PEER (object);

  g_assert_cmpint (self->state, ==, AHOY_PEER_CLOSED);
  g_free (self->name);

  G_OBJECT_CLASS (ahoy_peer_parent_class)->finalize (object);
}

static void
ahoy_peer_class_init (AhoyPeerClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GParamFlags flags = G_PARAM_READABLE | G_PARAM_STATIC_STRINGS;

  object_class->get_property = ahoy_peer_get_property;
  object_class->finalize = ahoy_peer_finalize;
  g_object_class_install_property (object_class, PEER_PROP_STATE,
                                   g_param_spec_int ("state", NULL, NULL, 0, AHOY_PEER_CLOSED, 0, flags));
  g_object_class_install_property (object_class, PEER_PROP_VOLUME,
                                   g_param_spec_int ("volume", NULL, NULL, 0, 100, 0, flags));
  g_object_class_install_property (object_class, PEER_PROP_RECEIVING_AUDIO,
                                   g_param_spec_boolean ("receiving-audio", NULL, NULL, FALSE, flags));
  g_object_class_install_property (object_class, PEER_PROP_RECEIVING_VIDEO,
                                   g_param_spec_boolean ("receiving-video", NULL, NULL, FALSE, flags));
  signal_description = g_signal_new ("description", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                     G_TYPE_NONE, 2, G_TYPE_BOOLEAN, G_TYPE_STRING);
  g_signal_new ("candidate", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                G_TYPE_NONE, 2, G_TYPE_UINT, G_TYPE_STRING);
}

static void
ahoy_peer_init (AhoyPeer *self)
{
}

GPtrArray *
fake_peers_get (void)
{
  if (!peers)
    peers = g_ptr_array_new ();
  return peers;
}

AhoyPeer *
ahoy_peer_new (AhoyMedia         *media,
               const char        *name,
               const char *const *ice_uris,
               gboolean           relay_only)
{
  AhoyPeer *self = g_object_new (AHOY_TYPE_PEER, NULL);

  self->name = g_strdup (name);
  g_ptr_array_add (fake_peers_get (), self);
  return self;
}

void
ahoy_peer_close (AhoyPeer *self)
{
  g_ptr_array_remove (fake_peers_get (), self);
  self->state = AHOY_PEER_CLOSED;
}

const char *
fake_peer_get_name (AhoyPeer *self)
{
  return self->name;
}

gboolean
fake_peer_is_sending (AhoyPeer *self)
{
  return self->is_sending;
}

gboolean
fake_peer_is_playing (AhoyPeer *self)
{
  return self->is_playing;
}

gboolean
fake_peer_is_offering (AhoyPeer *self)
{
  return self->is_offering;
}

void
fake_peer_set_state (AhoyPeer      *self,
                     AhoyPeerState  state)
{
  self->state = state;
  g_object_notify (G_OBJECT (self), "state");
}

void
ahoy_peer_start_offer (AhoyPeer *self)
{
  self->is_offering = TRUE;
  g_signal_emit (self, signal_description, 0, TRUE, "offer");
}

void
ahoy_peer_take_description (AhoyPeer   *self,
                            gboolean    is_offer,
                            const char *sdp)
{
  if (is_offer)
    g_signal_emit (self, signal_description, 0, FALSE, "answer");
}

void
ahoy_peer_take_candidate (AhoyPeer   *self,
                          guint       mline,
                          const char *candidate)
{
}

void
ahoy_peer_set_sending (AhoyPeer *self,
                       gboolean  sending)
{
  self->is_sending = sending;
}

void
ahoy_peer_set_playing (AhoyPeer *self,
                       gboolean  playing)
{
  self->is_playing = playing;
}

void
ahoy_peer_set_video_wanted (AhoyPeer *self,
                            gboolean  wanted)
{
}

void
ahoy_peer_set_echo (AhoyPeer *self,
                    gboolean  echo)
{
}

AhoyPeerState
ahoy_peer_get_state (AhoyPeer *self)
{
  return self->state;
}

AhoyVideoTrack *
ahoy_peer_get_video_track (AhoyPeer *self)
{
  return NULL;
}

int
ahoy_peer_get_volume (AhoyPeer *self)
{
  return 0;
}

void
ahoy_peer_get_stats (AhoyPeer      *self,
                     AhoyPeerStats *stats)
{
  *stats = (AhoyPeerStats) { 0 };
}
