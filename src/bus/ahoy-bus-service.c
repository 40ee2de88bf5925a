/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "ahoy-bus-service.h"

#include "ahoy-bus-account.h"
#include "ahoy-bus-answer.h"
#include "ahoy-bus-audio.h"
#include "ahoy-bus-call-options.h"
#include "ahoy-bus-call.h"
#include "ahoy-bus-errors.h"
#include "ahoy-bus-groups.h"
#include "ahoy-bus-lists.h"
#include "ahoy-bus-video.h"
#include "ahoy-bus-words.h"

struct _AhoyBusService
{
  GObject parent_instance;

  AhoyEngine *engine;                /* (owned), from construction */
  GDBusObjectManagerServer *objects; /* (owned) */
  AhoyDbusManager *manager;          /* (owned) */
  GPtrArray *calls;                  /* (owned) of AhoyBusCall, oldest first */
  guint64 last_number;               /* of a call's path; never used twice */
};

G_DEFINE_FINAL_TYPE (AhoyBusService, ahoy_bus_service, G_TYPE_OBJECT)

static void
flush (AhoyBusService *self)
{
  g_dbus_interface_skeleton_flush (G_DBUS_INTERFACE_SKELETON (self->manager));
}

static void
update_calls (AhoyBusService *self)
{
  g_autoptr (GPtrArray) paths = g_ptr_array_new ();

  for (guint i = 0; i < self->calls->len; i++)
    g_ptr_array_add (paths, (char *) ahoy_bus_call_get_path (g_ptr_array_index (self->calls, i)));
  g_ptr_array_add (paths, NULL);

  ahoy_dbus_manager_set_calls (self->manager, (const char *const *) paths->pdata);
}

static AhoyBusCall *
find (AhoyBusService *self,
      AhoyCall       *call)
{
  for (guint i = 0; i < self->calls->len; i++)
    {
      AhoyBusCall *bus_call = g_ptr_array_index (self->calls, i);

      if (ahoy_bus_call_get_call (bus_call) == call)
        return bus_call;
    }

  return NULL;
}

/* The engine's list and its signals may speak of a new call in any order: whoever is first exports it. */
static AhoyBusCall *
ensure (AhoyBusService *self,
        AhoyCall       *call)
{
  AhoyBusCall *bus_call = find (self, call);
  g_autofree char *path = NULL;

  if (bus_call)
    return bus_call;

  path = g_strdup_printf (AHOY_BUS_PATH "/Call/%" G_GUINT64_FORMAT, ++self->last_number);
  bus_call = ahoy_bus_call_new (call, path);
  g_ptr_array_add (self->calls, bus_call);
  g_dbus_object_manager_server_export (self->objects, ahoy_bus_call_get_object (bus_call));
  update_calls (self);

  return bus_call;
}

static gboolean
model_has (GListModel *model,
           AhoyCall   *call)
{
  for (guint i = 0; i < g_list_model_get_n_items (model); i++)
    {
      g_autoptr (AhoyCall) other = g_list_model_get_item (model, i);

      if (other == call)
        return TRUE;
    }

  return FALSE;
}

static void
on_calls_changed (AhoyBusService *self,
                  guint           position,
                  guint           removed,
                  guint           added,
                  GListModel     *model)
{
  for (guint i = self->calls->len; i > 0; i--)
    {
      AhoyBusCall *bus_call = g_ptr_array_index (self->calls, i - 1);

      if (model_has (model, ahoy_bus_call_get_call (bus_call)))
        continue;

      ahoy_bus_call_flush (bus_call);
      g_dbus_object_manager_server_unexport (self->objects, ahoy_bus_call_get_path (bus_call));
      g_ptr_array_remove_index (self->calls, i - 1);
    }

  for (guint i = 0; i < added; i++)
    {
      g_autoptr (AhoyCall) call = g_list_model_get_item (model, position + i);

      ensure (self, call);
    }

  update_calls (self);
}

static void
on_call_added (AhoyBusService *self,
               AhoyCall       *call,
               AhoyEngine     *engine)
{
  ensure (self, call);
}

static void
on_incoming_call (AhoyBusService *self,
                  AhoyCall       *call,
                  AhoyEngine     *engine)
{
  AhoyBusCall *bus_call = ensure (self, call);

  ahoy_bus_call_flush (bus_call);
  flush (self);
  ahoy_dbus_manager_emit_incoming_call (self->manager, ahoy_bus_call_get_path (bus_call));
}

static void
on_call_ended (AhoyBusService *self,
               AhoyCall       *call,
               AhoyEngine     *engine)
{
  AhoyBusCall *bus_call = ensure (self, call);

  ahoy_bus_call_flush (bus_call);
  flush (self);
  ahoy_dbus_manager_emit_call_ended (self->manager,
                                     ahoy_bus_call_get_path (bus_call),
                                     ahoy_bus_call_end_details (bus_call));
}

static gboolean
handle_call (AhoyBusService        *self,
             GDBusMethodInvocation *invocation,
             const char *const     *users,
             const char            *media_word,
             GVariant              *options)
{
  g_autoptr (AhoyCallOptions) parsed = NULL;
  g_autoptr (AhoyCall) call = NULL;
  g_autoptr (GError) error = NULL;
  AhoyCallMedia media;
  AhoyBusCall *bus_call;

  if (!ahoy_bus_parse_media (media_word, &media))
    g_set_error (&error, AHOY_ERROR, AHOY_ERROR_PARAM_INVALID, "“%s” is neither audio nor video", media_word);
  else if ((parsed = ahoy_bus_call_options_parse (options, &error)))
    call = ahoy_engine_place_call (self->engine, users, media, parsed, &error);

  if (!call)
    {
      ahoy_bus_return_error (invocation, error);
      return G_DBUS_METHOD_INVOCATION_HANDLED;
    }

  bus_call = ensure (self, call);
  flush (self);
  ahoy_dbus_manager_complete_call (self->manager, invocation, ahoy_bus_call_get_path (bus_call));

  return G_DBUS_METHOD_INVOCATION_HANDLED;
}

typedef struct
{
  AhoyBusService *service; /* (owned) */
  AhoyBusAnswer *answer;   /* (owned) until it is given */
  AhoyCall *(*finish) (AhoyEngine    *engine,
                       GAsyncResult  *result,
                       GError       **error);
} Entering;

static Entering *
entering_new (AhoyBusService        *self,
              GDBusMethodInvocation *invocation,
              AhoyCall *(*finish) (AhoyEngine *engine, GAsyncResult *result, GError **error))
{
  Entering *entering = g_new0 (Entering, 1);

  entering->service = g_object_ref (self);
  entering->answer = ahoy_bus_answer_new (self->manager, invocation);
  entering->finish = finish;

  return entering;
}

static void
on_entered (GObject      *source,
            GAsyncResult *result,
            gpointer      user_data)
{
  g_autofree Entering *entering = user_data;
  g_autoptr (AhoyBusService) self = entering->service;
  g_autoptr (AhoyCall) call = NULL;
  GError *error = NULL;

  call = entering->finish (AHOY_ENGINE (source), result, &error);
  if (call)
    ahoy_bus_answer_return (entering->answer, g_variant_new ("(o)", ahoy_bus_call_get_path (ensure (self, call))));
  else
    ahoy_bus_answer_refuse (entering->answer, error);
}

static gboolean
handle_join_call (AhoyBusService        *self,
                  GDBusMethodInvocation *invocation,
                  const char            *id)
{
  ahoy_engine_join_call_async (self->engine, id, NULL, on_entered,
                               entering_new (self, invocation, ahoy_engine_join_call_finish));

  return G_DBUS_METHOD_INVOCATION_HANDLED;
}

static gboolean
handle_join_group (AhoyBusService        *self,
                   GDBusMethodInvocation *invocation,
                   const char            *id)
{
  ahoy_engine_join_group_async (self->engine, id, NULL, on_entered,
                                entering_new (self, invocation, ahoy_engine_join_group_finish));

  return G_DBUS_METHOD_INVOCATION_HANDLED;
}

static gboolean
handle_take_over (AhoyBusService        *self,
                  GDBusMethodInvocation *invocation,
                  const char            *id)
{
  ahoy_engine_take_over_async (self->engine, *id ? id : NULL, NULL, on_entered,
                               entering_new (self, invocation, ahoy_engine_take_over_finish));

  return G_DBUS_METHOD_INVOCATION_HANDLED;
}

static void
on_after_call (AhoyBusService *self,
               AhoyCall       *call,
               AhoyEngine     *engine)
{
  ahoy_dbus_manager_emit_after_call (self->manager, ahoy_bus_call_get_path (ensure (self, call)));
}

static void
export_manager (AhoyBusService *self)
{
  g_autoptr (AhoyDbusObjectSkeleton) object = ahoy_dbus_object_skeleton_new (AHOY_BUS_PATH "/Manager");

  ahoy_dbus_object_skeleton_set_manager (object, self->manager);
  g_dbus_object_manager_server_export (self->objects, G_DBUS_OBJECT_SKELETON (object));
}

static void
ahoy_bus_service_dispose (GObject *object)
{
  AhoyBusService *self = AHOY_BUS_SERVICE (object);

  if (self->objects)
    g_dbus_object_manager_server_set_connection (self->objects, NULL);

  g_ptr_array_set_size (self->calls, 0);
  g_clear_object (&self->objects);
  g_clear_object (&self->manager);
  g_clear_object (&self->engine);

  G_OBJECT_CLASS (ahoy_bus_service_parent_class)->dispose (object);
}

static void
ahoy_bus_service_finalize (GObject *object)
{
  AhoyBusService *self = AHOY_BUS_SERVICE (object);

  g_ptr_array_unref (self->calls);

  G_OBJECT_CLASS (ahoy_bus_service_parent_class)->finalize (object);
}

static void
ahoy_bus_service_class_init (AhoyBusServiceClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = ahoy_bus_service_dispose;
  object_class->finalize = ahoy_bus_service_finalize;
}

static void
ahoy_bus_service_init (AhoyBusService *self)
{
  self->manager = ahoy_dbus_manager_skeleton_new ();
  self->objects = g_dbus_object_manager_server_new (AHOY_BUS_PATH);
  self->calls = g_ptr_array_new_with_free_func (g_object_unref);
}

AhoyBusService *
ahoy_bus_service_new (AhoyEngine *engine)
{
  AhoyBusService *self;
  GListModel *calls;

  g_return_val_if_fail (AHOY_IS_ENGINE (engine), NULL);

  self = g_object_new (AHOY_TYPE_BUS_SERVICE, NULL);
  self->engine = g_object_ref (engine);

  ahoy_bus_account_attach (self->manager, engine);
  ahoy_bus_lists_attach (self->manager, engine);
  ahoy_bus_groups_attach (self->manager, engine);
  ahoy_bus_audio_attach (self->manager, engine);
  ahoy_bus_video_attach (self->manager, engine);
  g_signal_connect_object (self->manager, "handle-call", G_CALLBACK (handle_call), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->manager, "handle-join-call", G_CALLBACK (handle_join_call), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->manager, "handle-join-group", G_CALLBACK (handle_join_group), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->manager, "handle-take-over", G_CALLBACK (handle_take_over), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (engine, "after-call", G_CALLBACK (on_after_call), self, G_CONNECT_SWAPPED);
  export_manager (self);

  calls = ahoy_engine_get_calls (engine);
  g_signal_connect_object (calls, "items-changed", G_CALLBACK (on_calls_changed), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (engine, "call-added", G_CALLBACK (on_call_added), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (engine, "incoming-call", G_CALLBACK (on_incoming_call), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (engine, "call-ended", G_CALLBACK (on_call_ended), self, G_CONNECT_SWAPPED);
  on_calls_changed (self, 0, 0, g_list_model_get_n_items (calls), calls);

  return self;
}

gboolean
ahoy_bus_service_export (AhoyBusService  *self,
                         GDBusConnection *connection,
                         GError         **error)
{
  g_return_val_if_fail (AHOY_IS_BUS_SERVICE (self), FALSE);
  g_return_val_if_fail (G_IS_DBUS_CONNECTION (connection), FALSE);

  if (g_dbus_connection_is_closed (connection))
    {
      g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_CLOSED, "The connection to the bus is closed");
      return FALSE;
    }

  g_dbus_object_manager_server_set_connection (self->objects, connection);

  return TRUE;
}

void
ahoy_bus_service_unexport (AhoyBusService *self)
{
  g_return_if_fail (AHOY_IS_BUS_SERVICE (self));

  g_dbus_object_manager_server_set_connection (self->objects, NULL);
}
