/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "ahoy-bus-lists.h"

#include "ahoy-bus-answer.h"
#include "ahoy-bus-errors.h"
#include "ahoy-bus-options.h"
#include "ahoy-bus-variant.h"
#include "ahoy-bus-words.h"

#define DEFAULT_COUNT 20
#define MAX_COUNT 100

GVariant *
ahoy_bus_participant_to_variant (AhoyParticipant *participant)
{
  AhoyUser *user = ahoy_participant_get_user (participant);
  GVariantDict dict;

  g_variant_dict_init (&dict, NULL);
  ahoy_bus_insert_text (&dict, "user", ahoy_user_get_id (user));
  ahoy_bus_insert_text (&dict, "name", ahoy_user_get_display_name (user));
  ahoy_bus_insert_text (&dict, "status", ahoy_bus_word_for_status (ahoy_participant_get_status (participant)));
  ahoy_bus_insert_text (&dict, "quality",
                        ahoy_bus_word_for_quality (ahoy_participant_get_network_quality (participant)));
  g_variant_dict_insert (&dict, "microphone", "b", ahoy_participant_get_microphone_on (participant));
  g_variant_dict_insert (&dict, "camera", "b", ahoy_participant_get_camera_on (participant));
  g_variant_dict_insert (&dict, "screen", "b", ahoy_participant_get_screen_on (participant));
  g_variant_dict_insert (&dict, "view", "b", ahoy_participant_get_view_on (participant));
  ahoy_bus_insert_text (&dict, "fill_mode", ahoy_bus_word_for_fill_mode (ahoy_participant_get_fill_mode (participant)));
  g_variant_dict_insert (&dict, "rotation", "u", 90u * (guint) ahoy_participant_get_rotation (participant));
  g_variant_dict_insert (&dict, "joined_at", "x", ahoy_participant_get_joined_at (participant) / 1000);
  g_variant_dict_insert (&dict, "volume", "i", ahoy_participant_get_volume (participant));
  g_variant_dict_insert (&dict, "reconnecting", "b", ahoy_participant_get_is_reconnecting (participant));

  return g_variant_dict_end (&dict);
}

static GVariant *
user_to_id (gpointer user,
            gpointer data)
{
  g_autofree char *id = ahoy_bus_text (ahoy_user_get_id (user));

  return g_variant_new_string (id);
}

static GVariant *
record_to_variant (AhoyRecord *record)
{
  AhoyUser *peer = ahoy_record_get_peer (record);
  AhoyUser *inviter = ahoy_record_get_inviter (record);
  g_autoptr (GListModel) invitees = NULL;
  GVariantDict dict;

  g_object_get (record, "invitees", &invitees, NULL);

  g_variant_dict_init (&dict, NULL);
  ahoy_bus_insert_text (&dict, "call_id", ahoy_record_get_call_id (record));
  ahoy_bus_insert_text (&dict, "peer", peer ? ahoy_user_get_id (peer) : NULL);
  ahoy_bus_insert_text (&dict, "name", peer ? ahoy_user_get_display_name (peer) : NULL);
  ahoy_bus_insert_text (&dict, "inviter", inviter ? ahoy_user_get_id (inviter) : NULL);
  if (invitees)
    g_variant_dict_insert_value (&dict, "invitees", ahoy_bus_list_to_variant (invitees, "as", user_to_id, NULL));
  ahoy_bus_insert_text (&dict, "media", ahoy_bus_word_for_media (ahoy_record_get_media (record)));
  ahoy_bus_insert_text (&dict, "role", ahoy_bus_word_for_role (ahoy_record_get_role (record)));
  ahoy_bus_insert_text (&dict, "result", ahoy_bus_word_for_result (ahoy_record_get_result (record)));
  ahoy_bus_insert_text (&dict, "reason", ahoy_bus_word_for_reason (ahoy_record_get_reason (record)));
  g_variant_dict_insert (&dict, "begin", "x", ahoy_record_get_begin (record) / 1000);
  g_variant_dict_insert (&dict, "duration", "u", ahoy_record_get_duration (record));

  return g_variant_dict_end (&dict);
}

static void
on_history_queried (GObject      *source,
                    GAsyncResult *result,
                    gpointer      user_data)
{
  AhoyBusAnswer *answer = user_data;
  g_autoptr (GPtrArray) records = NULL;
  g_autofree char *next = NULL;
  g_autofree char *next_text = NULL;
  GError *error = NULL;
  GVariantBuilder builder;

  records = ahoy_engine_query_history_finish (AHOY_ENGINE (source), result, &next, &error);
  if (!records)
    {
      ahoy_bus_answer_refuse (answer, error);
      return;
    }

  g_variant_builder_init (&builder, G_VARIANT_TYPE ("aa{sv}"));
  for (guint i = 0; i < records->len; i++)
    g_variant_builder_add_value (&builder, record_to_variant (g_ptr_array_index (records, i)));

  next_text = ahoy_bus_text (next);
  ahoy_bus_answer_return (answer, g_variant_new ("(aa{sv}s)", &builder, next_text));
}

static gboolean
handle_query_history (AhoyDbusManager       *manager,
                      GDBusMethodInvocation *invocation,
                      const char            *result_word,
                      const char            *cursor,
                      guint                  count,
                      AhoyEngine            *engine)
{
  AhoyBusAnswer *answer = ahoy_bus_answer_new (manager, invocation);
  AhoyCallResult result;

  if (!ahoy_bus_parse_result (result_word, &result))
    {
      ahoy_bus_answer_refuse (answer, g_error_new (AHOY_ERROR, AHOY_ERROR_PARAM_INVALID,
                                                   "“%s” is none of all, missed, incoming, outgoing",
                                                   result_word));
      return G_DBUS_METHOD_INVOCATION_HANDLED;
    }

  ahoy_engine_query_history_async (engine, result, *cursor ? cursor : NULL,
                                   count == 0 ? DEFAULT_COUNT : MIN (count, MAX_COUNT),
                                   NULL, on_history_queried, answer);

  return G_DBUS_METHOD_INVOCATION_HANDLED;
}

static gboolean
handle_query_history_filtered (AhoyDbusManager       *manager,
                               GDBusMethodInvocation *invocation,
                               GVariant              *filter,
                               const char            *cursor,
                               guint                  count,
                               AhoyEngine            *engine)
{
  static const AhoyBusOption known[] = { { "result", "s" }, { "begin", "x" }, { "end", "x" }, { NULL, NULL } };
  AhoyBusAnswer *answer = ahoy_bus_answer_new (manager, invocation);
  AhoyCallResult result = AHOY_CALL_RESULT_UNKNOWN;
  const char *word = "all";
  gint64 begin_ms = 0;
  gint64 end_ms = 0;
  GError *error = NULL;

  if (ahoy_bus_options_check (filter, known, &error))
    {
      g_variant_lookup (filter, "result", "&s", &word);
      g_variant_lookup (filter, "begin", "x", &begin_ms);
      g_variant_lookup (filter, "end", "x", &end_ms);
      if (begin_ms < 0 || end_ms < 0 || !ahoy_bus_parse_result (word, &result))
        g_set_error_literal (&error, AHOY_ERROR, AHOY_ERROR_PARAM_INVALID, "This filter cannot be meant");
    }

  if (error)
    ahoy_bus_answer_refuse (answer, error);
  else
    ahoy_engine_query_history_full_async (engine, result, begin_ms, end_ms, *cursor ? cursor : NULL,
                                          count == 0 ? DEFAULT_COUNT : MIN (count, MAX_COUNT), NULL,
                                          on_history_queried, answer);

  return G_DBUS_METHOD_INVOCATION_HANDLED;
}

static void
on_history_deleted (GObject      *source,
                    GAsyncResult *result,
                    gpointer      user_data)
{
  static const char *const none[] = { NULL };
  g_auto (GStrv) deleted = NULL;
  GError *error = NULL;

  if (ahoy_engine_delete_history_finish (AHOY_ENGINE (source), result, &deleted, &error))
    ahoy_bus_answer_return (user_data, g_variant_new ("(^as)", deleted ? (const char *const *) deleted : none));
  else
    ahoy_bus_answer_refuse (user_data, error);
}

static gboolean
handle_delete_history (AhoyDbusManager       *manager,
                       GDBusMethodInvocation *invocation,
                       const char *const     *call_ids,
                       AhoyEngine            *engine)
{
  ahoy_engine_delete_history_async (engine, *call_ids ? call_ids : NULL, NULL, on_history_deleted,
                                    ahoy_bus_answer_new (manager, invocation));

  return G_DBUS_METHOD_INVOCATION_HANDLED;
}

static GVariant *
contact_to_variant (gpointer user,
                    gpointer data)
{
  GVariantDict dict;

  g_variant_dict_init (&dict, NULL);
  ahoy_bus_insert_text (&dict, "user", ahoy_user_get_id (user));
  ahoy_bus_insert_text (&dict, "name", ahoy_user_get_display_name (user));
  ahoy_bus_insert_text (&dict, "nickname", ahoy_user_get_nickname (user));
  ahoy_bus_insert_text (&dict, "remark", ahoy_user_get_remark (user));
  ahoy_bus_insert_text (&dict, "presence", ahoy_bus_word_for_presence (ahoy_user_get_presence (user)));
  g_variant_dict_insert (&dict, "favourite", "b", ahoy_user_get_is_favourite (user));

  return g_variant_dict_end (&dict);
}

static gboolean
handle_list_contacts (AhoyDbusManager       *manager,
                      GDBusMethodInvocation *invocation,
                      AhoyEngine            *engine)
{
  return ahoy_bus_answer_list (engine, invocation, G_LIST_MODEL (ahoy_engine_get_contacts (engine)),
                               contact_to_variant);
}

static gboolean
handle_set_contact (AhoyDbusManager       *manager,
                    GDBusMethodInvocation *invocation,
                    const char            *user,
                    GVariant              *info,
                    AhoyEngine            *engine)
{
  static const AhoyBusOption known[] = { { "remark", "s" }, { "favourite", "b" }, { NULL, NULL } };
  AhoyBusAnswer *answer;
  GError *error = NULL;
  const char *remark = NULL;
  gboolean favourite;
  int new_favourite = -1;

  if (ahoy_bus_refuse_when_signed_out (engine, invocation))
    return G_DBUS_METHOD_INVOCATION_HANDLED;

  answer = ahoy_bus_answer_await (manager, invocation, ahoy_contacts_set_finish);
  if (!ahoy_bus_options_check (info, known, &error))
    {
      ahoy_bus_answer_refuse (answer, error);
      return G_DBUS_METHOD_INVOCATION_HANDLED;
    }

  g_variant_lookup (info, "remark", "&s", &remark);
  if (g_variant_lookup (info, "favourite", "b", &favourite))
    new_favourite = favourite;

  ahoy_contacts_set_async (ahoy_engine_get_contacts (engine), user, remark, new_favourite,
                           NULL, ahoy_bus_answer_ready, answer);

  return G_DBUS_METHOD_INVOCATION_HANDLED;
}

static gboolean
handle_remove_contact (AhoyDbusManager       *manager,
                       GDBusMethodInvocation *invocation,
                       const char            *user,
                       AhoyEngine            *engine)
{
  if (ahoy_bus_refuse_when_signed_out (engine, invocation))
    return G_DBUS_METHOD_INVOCATION_HANDLED;

  ahoy_contacts_remove_async (ahoy_engine_get_contacts (engine), user, NULL, ahoy_bus_answer_ready,
                              ahoy_bus_answer_await (manager, invocation, ahoy_contacts_remove_finish));

  return G_DBUS_METHOD_INVOCATION_HANDLED;
}

static GListModel *
devices_of_kind (AhoyDevices    *devices,
                 AhoyDeviceKind  kind)
{
  switch (kind)
    {
    case AHOY_DEVICE_CAMERA:
      return ahoy_devices_get_cameras (devices);
    case AHOY_DEVICE_MICROPHONE:
      return ahoy_devices_get_microphones (devices);
    case AHOY_DEVICE_SPEAKER:
      return ahoy_devices_get_speakers (devices);
    default:
      g_return_val_if_reached (NULL);
    }
}

static gboolean
parse_kind (GDBusMethodInvocation *invocation,
            const char            *word,
            AhoyDeviceKind        *kind)
{
  g_autoptr (GError) error = NULL;

  if (ahoy_bus_parse_device_kind (word, kind))
    return TRUE;

  g_set_error (&error, AHOY_ERROR, AHOY_ERROR_PARAM_INVALID,
               "“%s” is none of camera, microphone, speaker", word);
  ahoy_bus_return_error (invocation, error);

  return FALSE;
}

static GVariant *
device_to_variant (gpointer device,
                   gpointer selected)
{
  gboolean is_default = FALSE;
  GVariantDict dict;

  g_object_get (device, "is-default", &is_default, NULL);

  g_variant_dict_init (&dict, NULL);
  ahoy_bus_insert_text (&dict, "id", ahoy_device_get_id (device));
  ahoy_bus_insert_text (&dict, "name", ahoy_device_get_name (device));
  g_variant_dict_insert (&dict, "default", "b", is_default);
  g_variant_dict_insert (&dict, "selected", "b", g_strcmp0 (ahoy_device_get_id (device), selected) == 0);

  return g_variant_dict_end (&dict);
}

static gboolean
handle_list_devices (AhoyDbusManager       *manager,
                     GDBusMethodInvocation *invocation,
                     const char            *kind_word,
                     AhoyEngine            *engine)
{
  AhoyDevices *devices = ahoy_engine_get_devices (engine);
  AhoyDeviceKind kind;
  GVariant *list;

  if (!parse_kind (invocation, kind_word, &kind))
    return G_DBUS_METHOD_INVOCATION_HANDLED;

  list = ahoy_bus_list_to_variant (devices_of_kind (devices, kind), "aa{sv}", device_to_variant,
                                   (gpointer) ahoy_devices_get_selected (devices, kind));
  ahoy_dbus_manager_complete_list_devices (manager, invocation, list);

  return G_DBUS_METHOD_INVOCATION_HANDLED;
}

static gboolean
has_device (GListModel *model,
            const char *id)
{
  for (guint i = 0; i < g_list_model_get_n_items (model); i++)
    {
      g_autoptr (AhoyDevice) device = g_list_model_get_item (model, i);

      if (g_strcmp0 (ahoy_device_get_id (device), id) == 0)
        return TRUE;
    }

  return FALSE;
}

static gboolean
handle_select_device (AhoyDbusManager       *manager,
                      GDBusMethodInvocation *invocation,
                      const char            *kind_word,
                      const char            *id,
                      AhoyEngine            *engine)
{
  AhoyDevices *devices = ahoy_engine_get_devices (engine);
  AhoyDeviceKind kind;

  if (!parse_kind (invocation, kind_word, &kind))
    return G_DBUS_METHOD_INVOCATION_HANDLED;

  if (*id && !has_device (devices_of_kind (devices, kind), id))
    {
      g_dbus_method_invocation_return_dbus_error (invocation, "org.ahoycall.Ahoy1.Error.NoSuchDevice",
                                                  "No device has that id");
      return G_DBUS_METHOD_INVOCATION_HANDLED;
    }

  ahoy_devices_select (devices, kind, *id ? id : NULL);
  ahoy_dbus_manager_complete_select_device (manager, invocation);

  return G_DBUS_METHOD_INVOCATION_HANDLED;
}

void
ahoy_bus_lists_attach (AhoyDbusManager *manager,
                       AhoyEngine      *engine)
{
  static const AhoyBusMethod methods[] = {
    { "handle-query-history", G_CALLBACK (handle_query_history) },
    { "handle-query-history-filtered", G_CALLBACK (handle_query_history_filtered) },
    { "handle-delete-history", G_CALLBACK (handle_delete_history) },
    { "handle-list-contacts", G_CALLBACK (handle_list_contacts) },
    { "handle-set-contact", G_CALLBACK (handle_set_contact) },
    { "handle-remove-contact", G_CALLBACK (handle_remove_contact) },
    { "handle-list-devices", G_CALLBACK (handle_list_devices) },
    { "handle-select-device", G_CALLBACK (handle_select_device) },
    { NULL, NULL },
  };

  g_return_if_fail (AHOY_DBUS_IS_MANAGER (manager));
  g_return_if_fail (AHOY_IS_ENGINE (engine));

  ahoy_bus_connect_methods (manager, methods, engine);
}
