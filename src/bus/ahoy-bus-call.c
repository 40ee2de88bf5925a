/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "ahoy-bus-call.h"

#include "ahoy-bus-call-methods.h"
#include "ahoy-bus-call-signals.h"
#include "ahoy-bus-errors.h"
#include "ahoy-bus-lists.h"
#include "ahoy-bus-variant.h"
#include "ahoy-bus-words.h"

/* Volume changes ten times a second; nobody on the bus needs more than this. */
#define LEVELS_INTERVAL_MS 1000

struct _AhoyBusCall
{
  GObject parent_instance;

  AhoyCall *call;                /* (owned), from construction */
  AhoyDbusObjectSkeleton *object; /* (owned) */
  AhoyDbusCall *skeleton;        /* (owned) */
  GPtrArray *participants;       /* (owned) of AhoyParticipant, mirrors the model while it changes */
  guint levels_source_id;        /* 0 when no change of volume or quality waits */
  gboolean end_announced;
};

G_DEFINE_FINAL_TYPE (AhoyBusCall, ahoy_bus_call, G_TYPE_OBJECT)

static GVariant *
participant_to_variant (gpointer participant,
                        gpointer data)
{
  return ahoy_bus_participant_to_variant (participant);
}

static void
update_participants (AhoyBusCall *self)
{
  GListModel *model = ahoy_call_get_participants (self->call);

  ahoy_dbus_call_set_participants (self->skeleton,
                                   ahoy_bus_list_to_variant (model, "aa{sv}", participant_to_variant, NULL));
}

static void
update (AhoyBusCall *self)
{
  AhoyUser *inviter = ahoy_call_get_inviter (self->call);
  AhoyUser *ended_by = ahoy_call_get_ended_by (self->call);
  g_autofree char *id = ahoy_bus_text (ahoy_call_get_id (self->call));
  g_autofree char *inviter_id = ahoy_bus_text (inviter ? ahoy_user_get_id (inviter) : NULL);
  g_autofree char *ended_by_id = ahoy_bus_text (ended_by ? ahoy_user_get_id (ended_by) : NULL);
  g_autofree char *user_data = ahoy_bus_text (ahoy_call_get_user_data (self->call));

  ahoy_dbus_call_set_id (self->skeleton, id);
  ahoy_dbus_call_set_media (self->skeleton, ahoy_bus_word_for_media (ahoy_call_get_media (self->call)));
  ahoy_dbus_call_set_role (self->skeleton, ahoy_bus_word_for_role (ahoy_call_get_role (self->call)));
  ahoy_dbus_call_set_scene (self->skeleton, ahoy_bus_word_for_scene (ahoy_call_get_scene (self->call)));
  ahoy_dbus_call_set_state (self->skeleton, ahoy_bus_word_for_call_state (ahoy_call_get_state (self->call)));
  ahoy_dbus_call_set_inviter (self->skeleton, inviter_id);
  ahoy_dbus_call_set_started_at (self->skeleton, ahoy_call_get_started_at (self->call) / 1000);
  ahoy_dbus_call_set_duration (self->skeleton, ahoy_call_get_duration (self->call));
  ahoy_dbus_call_set_end_reason (self->skeleton,
                                 ahoy_bus_word_for_reason (ahoy_call_get_end_reason (self->call)));
  ahoy_dbus_call_set_ended_by (self->skeleton, ended_by_id);
  ahoy_dbus_call_set_microphone_on (self->skeleton, ahoy_call_get_microphone_on (self->call));
  ahoy_dbus_call_set_camera_on (self->skeleton, ahoy_call_get_camera_on (self->call));
  ahoy_dbus_call_set_user_data (self->skeleton, user_data);
}

/* What is said once, with the call. */
static void
update_frame (AhoyBusCall *self)
{
  g_autofree char *group_id = ahoy_bus_text (ahoy_call_get_group_id (self->call));
  g_autofree char *room = ahoy_bus_text (ahoy_call_get_room (self->call));
  g_autofree char *push_title = ahoy_bus_text (ahoy_call_get_push_title (self->call));
  g_autofree char *push_text = ahoy_bus_text (ahoy_call_get_push_text (self->call));

  ahoy_dbus_call_set_group_id (self->skeleton, group_id);
  ahoy_dbus_call_set_room (self->skeleton, room);
  ahoy_dbus_call_set_room_number (self->skeleton, (guint) MAX (ahoy_call_get_room_number (self->call), 0));
  ahoy_dbus_call_set_ephemeral (self->skeleton, ahoy_call_get_ephemeral (self->call));
  ahoy_dbus_call_set_record_policy (self->skeleton,
                                    ahoy_bus_word_for_record_policy (ahoy_call_get_record_policy (self->call)));
  ahoy_dbus_call_set_push_title (self->skeleton, push_title);
  ahoy_dbus_call_set_push_text (self->skeleton, push_text);
  ahoy_dbus_call_set_network_quality (self->skeleton,
                                      ahoy_bus_word_for_quality (ahoy_call_get_network_quality (self->call)));
}

static void
update_all (AhoyBusCall *self)
{
  update (self);
  update_frame (self);
}

static void
update_stats (AhoyBusCall *self)
{
  g_autoptr (GVariant) stats = ahoy_call_dup_stats (self->call);

  if (!stats || !g_variant_is_of_type (stats, G_VARIANT_TYPE_VARDICT))
    ahoy_dbus_call_set_stats (self->skeleton, g_variant_new ("a{sv}", NULL));
  else
    ahoy_dbus_call_set_stats (self->skeleton, stats);
}

static void
flush_properties (AhoyBusCall *self)
{
  g_dbus_interface_skeleton_flush (G_DBUS_INTERFACE_SKELETON (self->skeleton));
}

static void
on_call_notify (AhoyBusCall *self,
                GParamSpec  *pspec)
{
  if (g_str_equal (pspec->name, "stats"))
    update_stats (self);
  else
    update_all (self);
}

static gboolean
on_levels_due (gpointer data)
{
  AhoyBusCall *self = data;

  self->levels_source_id = 0;
  update_participants (self);

  return G_SOURCE_REMOVE;
}

static void
announce_participant (AhoyBusCall     *self,
                      AhoyParticipant *participant)
{
  g_autofree char *user = ahoy_bus_text (ahoy_user_get_id (ahoy_participant_get_user (participant)));

  flush_properties (self);
  ahoy_dbus_call_emit_participant_changed (self->skeleton, user, ahoy_bus_participant_to_variant (participant));
}

static void
on_participant_notify (AhoyBusCall     *self,
                       GParamSpec      *pspec,
                       AhoyParticipant *participant)
{
  static const char *const told[] = {
    "status", "microphone-on", "camera-on", "screen-on", "view-on", "fill-mode", "rotation", "is-reconnecting", NULL,
  };
  static const char *const loud[] = { "volume", "network-quality", NULL };

  if (g_strv_contains (told, pspec->name))
    {
      update_participants (self);
      announce_participant (self, participant);
      return;
    }

  if (g_strv_contains (loud, pspec->name) && self->levels_source_id == 0)
    self->levels_source_id = g_timeout_add (LEVELS_INTERVAL_MS, on_levels_due, self);
}

static void
on_user_name_notify (AhoyBusCall *self,
                     GParamSpec  *pspec,
                     AhoyUser    *user)
{
  update_participants (self);

  for (guint i = 0; i < self->participants->len; i++)
    {
      AhoyParticipant *participant = g_ptr_array_index (self->participants, i);

      if (ahoy_participant_get_user (participant) == user)
        announce_participant (self, participant);
    }
}

static void
watch_participant (AhoyBusCall     *self,
                   AhoyParticipant *participant)
{
  g_signal_connect_object (participant, "notify",
                           G_CALLBACK (on_participant_notify), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (ahoy_participant_get_user (participant), "notify::display-name",
                           G_CALLBACK (on_user_name_notify), self, G_CONNECT_SWAPPED);
}

static void
unwatch_participant (AhoyBusCall     *self,
                     AhoyParticipant *participant)
{
  g_signal_handlers_disconnect_by_data (participant, self);
  g_signal_handlers_disconnect_by_data (ahoy_participant_get_user (participant), self);
}

static void
on_participants_changed (AhoyBusCall *self,
                         guint        position,
                         guint        removed,
                         guint        added,
                         GListModel  *model)
{
  g_autoptr (GPtrArray) gone = g_ptr_array_new_with_free_func (g_object_unref);

  for (guint i = 0; i < removed; i++)
    {
      AhoyParticipant *participant = g_ptr_array_index (self->participants, position);

      unwatch_participant (self, participant);
      g_ptr_array_add (gone, g_object_ref (participant));
      g_ptr_array_remove_index (self->participants, position);
    }

  for (guint i = 0; i < added; i++)
    {
      AhoyParticipant *participant = g_list_model_get_item (model, position + i);

      g_ptr_array_insert (self->participants, position + i, participant);
      watch_participant (self, participant);
    }

  update_participants (self);
  flush_properties (self);

  for (guint i = 0; i < gone->len; i++)
    {
      AhoyParticipant *participant = g_ptr_array_index (gone, i);
      g_autofree char *user = ahoy_bus_text (ahoy_user_get_id (ahoy_participant_get_user (participant)));

      ahoy_dbus_call_emit_participant_left (self->skeleton, user);
    }

  for (guint i = 0; i < added; i++)
    announce_participant (self, g_ptr_array_index (self->participants, position + i));
}

static void
ahoy_bus_call_dispose (GObject *object)
{
  AhoyBusCall *self = AHOY_BUS_CALL (object);

  g_clear_handle_id (&self->levels_source_id, g_source_remove);

  for (guint i = 0; i < self->participants->len; i++)
    unwatch_participant (self, g_ptr_array_index (self->participants, i));
  g_ptr_array_set_size (self->participants, 0);

  g_clear_object (&self->skeleton);
  g_clear_object (&self->object);
  g_clear_object (&self->call);

  G_OBJECT_CLASS (ahoy_bus_call_parent_class)->dispose (object);
}

static void
ahoy_bus_call_finalize (GObject *object)
{
  AhoyBusCall *self = AHOY_BUS_CALL (object);

  g_ptr_array_unref (self->participants);

  G_OBJECT_CLASS (ahoy_bus_call_parent_class)->finalize (object);
}

static void
ahoy_bus_call_class_init (AhoyBusCallClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = ahoy_bus_call_dispose;
  object_class->finalize = ahoy_bus_call_finalize;
}

static void
ahoy_bus_call_init (AhoyBusCall *self)
{
  self->skeleton = ahoy_dbus_call_skeleton_new ();
  self->participants = g_ptr_array_new_with_free_func (g_object_unref);
}

AhoyBusCall *
ahoy_bus_call_new (AhoyCall   *call,
                   const char *path)
{
  AhoyBusCall *self;
  GListModel *participants;

  g_return_val_if_fail (AHOY_IS_CALL (call), NULL);
  g_return_val_if_fail (g_variant_is_object_path (path), NULL);

  self = g_object_new (AHOY_TYPE_BUS_CALL, NULL);
  self->call = g_object_ref (call);
  self->object = ahoy_dbus_object_skeleton_new (path);
  ahoy_dbus_object_skeleton_set_call (self->object, self->skeleton);

  participants = ahoy_call_get_participants (call);
  for (guint i = 0; i < g_list_model_get_n_items (participants); i++)
    {
      AhoyParticipant *participant = g_list_model_get_item (participants, i);

      g_ptr_array_add (self->participants, participant);
      watch_participant (self, participant);
    }

  update_all (self);
  update_stats (self);
  update_participants (self);
  ahoy_bus_call_methods_attach (self->skeleton, call);
  ahoy_bus_call_signals_attach (self->skeleton, call);

  g_signal_connect_object (call, "notify", G_CALLBACK (on_call_notify), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (call, "ended", G_CALLBACK (ahoy_bus_call_flush), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (participants, "items-changed",
                           G_CALLBACK (on_participants_changed), self, G_CONNECT_SWAPPED);

  return self;
}

AhoyCall *
ahoy_bus_call_get_call (AhoyBusCall *self)
{
  g_return_val_if_fail (AHOY_IS_BUS_CALL (self), NULL);

  return self->call;
}

const char *
ahoy_bus_call_get_path (AhoyBusCall *self)
{
  g_return_val_if_fail (AHOY_IS_BUS_CALL (self), NULL);

  return g_dbus_object_get_object_path (G_DBUS_OBJECT (self->object));
}

GDBusObjectSkeleton *
ahoy_bus_call_get_object (AhoyBusCall *self)
{
  g_return_val_if_fail (AHOY_IS_BUS_CALL (self), NULL);

  return G_DBUS_OBJECT_SKELETON (self->object);
}

void
ahoy_bus_call_flush (AhoyBusCall *self)
{
  g_return_if_fail (AHOY_IS_BUS_CALL (self));

  update_all (self);
  flush_properties (self);

  if (self->end_announced || ahoy_call_get_state (self->call) != AHOY_CALL_ENDED)
    return;

  self->end_announced = TRUE;
  ahoy_dbus_call_emit_ended (self->skeleton,
                             ahoy_dbus_call_get_end_reason (self->skeleton),
                             ahoy_dbus_call_get_ended_by (self->skeleton),
                             ahoy_call_get_duration (self->call));
}

GVariant *
ahoy_bus_call_end_details (AhoyBusCall *self)
{
  const GError *error;
  AhoyParticipant *peer;
  GVariantDict dict;
  g_autofree char *peer_id = NULL;

  g_return_val_if_fail (AHOY_IS_BUS_CALL (self), NULL);

  error = ahoy_call_get_error (self->call);
  peer = ahoy_call_get_peer (self->call);
  peer_id = ahoy_bus_text (peer ? ahoy_user_get_id (ahoy_participant_get_user (peer)) : NULL);

  g_variant_dict_init (&dict, NULL);
  g_variant_dict_insert (&dict, "call_id", "s", ahoy_dbus_call_get_id (self->skeleton));
  g_variant_dict_insert (&dict, "reason", "s", ahoy_dbus_call_get_end_reason (self->skeleton));
  g_variant_dict_insert (&dict, "by", "s", ahoy_dbus_call_get_ended_by (self->skeleton));
  g_variant_dict_insert (&dict, "duration", "u", ahoy_call_get_duration (self->call));
  g_variant_dict_insert (&dict, "media", "s", ahoy_dbus_call_get_media (self->skeleton));
  g_variant_dict_insert (&dict, "role", "s", ahoy_dbus_call_get_role (self->skeleton));
  g_variant_dict_insert (&dict, "peer", "s", peer_id);
  if (error)
    {
      g_autofree char *message = ahoy_bus_text (error->message);

      g_variant_dict_insert (&dict, "error", "s", ahoy_bus_error_name (error));
      g_variant_dict_insert (&dict, "message", "s", message);
    }

  return g_variant_dict_end (&dict);
}
