/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "fake.h"

struct _AhoyEngine
{
  GObject parent_instance;
  AhoyUser *self;
  AhoyMedia *media;
  AhoyDevices *devices;
  AhoyVideoSettings *video_settings;
  GListStore *calls;
  AhoyEngineState state;
  guint n_placed;
};

G_DEFINE_FINAL_TYPE (AhoyEngine, ahoy_engine, G_TYPE_OBJECT)

static guint added_signal, incoming_signal;

static void
ahoy_engine_get_property (GObject    *object,
                          guint       id,
                          GValue     *value,
                          GParamSpec *pspec)
{
  g_value_set_int (value, (int) AHOY_ENGINE (object)->state);
}

static void
ahoy_engine_finalize (GObject *object)
{
  AhoyEngine *self = AHOY_ENGINE (object);

  g_clear_object (&self->self);
  g_clear_object (&self->media);
  g_clear_object (&self->devices);
  g_clear_object (&self->video_settings);
  g_clear_object (&self->calls);
  G_OBJECT_CLASS (ahoy_engine_parent_class)->finalize (object);
}

static void
ahoy_engine_class_init (AhoyEngineClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->finalize = ahoy_engine_finalize;
  object_class->get_property = ahoy_engine_get_property;
  g_object_class_install_property (object_class, 1,
                                   g_param_spec_int ("state", NULL, NULL, 0, 100, 0, G_PARAM_READABLE));
  added_signal = g_signal_new ("call-added", AHOY_TYPE_ENGINE, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1,
                               AHOY_TYPE_CALL);
  incoming_signal = g_signal_new ("incoming-call", AHOY_TYPE_ENGINE, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                  G_TYPE_NONE, 1, AHOY_TYPE_CALL);
}

static void
ahoy_engine_init (AhoyEngine *self)
{
  self->state = AHOY_ENGINE_ONLINE;
  self->calls = g_list_store_new (AHOY_TYPE_CALL);
  self->media = fake_media_new ();
  self->devices = g_object_new (AHOY_TYPE_DEVICES, NULL);
  self->video_settings = g_object_new (AHOY_TYPE_VIDEO_SETTINGS, NULL);
}

AhoyEngine *
fake_engine_new (AhoyUser *user)
{
  AhoyEngine *self = g_object_new (AHOY_TYPE_ENGINE, NULL);

  self->self = g_object_ref (user);
  return self;
}

void
fake_engine_set_state (AhoyEngine      *self,
                       AhoyEngineState  state)
{
  self->state = state;
  g_object_notify (G_OBJECT (self), "state");
}

void
fake_engine_add_call (AhoyEngine *self,
                      AhoyCall   *call)
{
  g_list_store_append (self->calls, call);
  g_signal_emit (self, added_signal, 0, call);
  if (ahoy_call_get_state (call) == AHOY_CALL_INCOMING)
    g_signal_emit (self, incoming_signal, 0, call);
}

void
fake_engine_drop_call (AhoyEngine *self,
                       AhoyCall   *call)
{
  guint position;

  g_assert_true (g_list_store_find (self->calls, call, &position));
  g_list_store_remove (self->calls, position);
}

guint
fake_engine_get_n_placed (AhoyEngine *self)
{
  return self->n_placed;
}

AhoyEngineState
ahoy_engine_get_state (AhoyEngine *self)
{
  return self->state;
}

AhoyUser *
ahoy_engine_get_self (AhoyEngine *self)
{
  return self->self;
}

GListModel *
ahoy_engine_get_calls (AhoyEngine *self)
{
  return G_LIST_MODEL (self->calls);
}

static AhoyCall *
find (AhoyEngine *self,
      const char *call_id)
{
  guint i;

  for (i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (self->calls)); i++)
    {
      g_autoptr (AhoyCall) call = g_list_model_get_item (G_LIST_MODEL (self->calls), i);

      if (call_id ? g_strcmp0 (ahoy_call_get_id (call), call_id) == 0
                  : ahoy_call_get_state (call) != AHOY_CALL_ENDED)
        return call;
    }
  return NULL;
}

AhoyCall *
ahoy_engine_get_current_call (AhoyEngine *self)
{
  return find (self, NULL);
}

AhoyCall *
ahoy_engine_find_call (AhoyEngine *self,
                       const char *call_id)
{
  return find (self, call_id);
}

AhoyMedia *
ahoy_engine_get_media (AhoyEngine *self)
{
  return self->media;
}

AhoyVideoSettings *
ahoy_engine_get_video_settings (AhoyEngine *self)
{
  return self->video_settings;
}

AhoyDevices *
ahoy_engine_get_devices (AhoyEngine *self)
{
  return self->devices;
}

AhoyCall *
ahoy_engine_place_call (AhoyEngine         *self,
                        const char *const  *user_ids,
                        AhoyCallMedia       media,
                        AhoyCallOptions    *options,
                        GError            **error)
{
  g_autofree char *id = g_strdup_printf ("placed-%u", ++self->n_placed);
  g_autoptr (AhoyUser) user = fake_user_new (user_ids[0], NULL, FALSE);
  AhoyCall *call = fake_call_new (id, user, media, AHOY_CALL_ROLE_CALLER);

  fake_engine_add_call (self, call);
  return call;
}
