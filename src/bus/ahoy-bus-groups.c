/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "ahoy-bus-groups.h"

#include "ahoy-bus-answer.h"
#include "ahoy-bus-variant.h"
#include "ahoy-bus-words.h"

static GVariant *
group_to_variant (gpointer group,
                  gpointer data)
{
  GVariantDict dict;

  g_variant_dict_init (&dict, NULL);
  ahoy_bus_insert_text (&dict, "group", ahoy_group_get_id (group));
  ahoy_bus_insert_text (&dict, "name", ahoy_group_get_name (group));
  ahoy_bus_insert_text (&dict, "owner", ahoy_group_get_owner (group));
  ahoy_bus_insert_texts (&dict, "members", ahoy_group_get_member_ids (group));
  ahoy_bus_insert_text (&dict, "call", ahoy_group_get_call_id (group));
  ahoy_bus_insert_text (&dict, "media",
                        ahoy_group_get_call_id (group) ? ahoy_bus_word_for_media (ahoy_group_get_call_media (group))
                                                       : NULL);
  ahoy_bus_insert_texts (&dict, "people", ahoy_group_get_call_people (group));

  return g_variant_dict_end (&dict);
}

static gboolean
handle_list_groups (AhoyDbusManager       *manager,
                    GDBusMethodInvocation *invocation,
                    AhoyEngine            *engine)
{
  return ahoy_bus_answer_list (engine, invocation, G_LIST_MODEL (ahoy_engine_get_groups (engine)), group_to_variant);
}

static void
on_created (GObject      *source,
            GAsyncResult *result,
            gpointer      user_data)
{
  g_autoptr (AhoyGroup) group = NULL;
  g_autofree char *id = NULL;
  GError *error = NULL;

  group = ahoy_groups_create_finish (AHOY_GROUPS (source), result, &error);
  if (!group)
    {
      ahoy_bus_answer_refuse (user_data, error);
      return;
    }

  id = ahoy_bus_text (ahoy_group_get_id (group));
  ahoy_bus_answer_return (user_data, g_variant_new ("(s)", id));
}

static gboolean
handle_create_group (AhoyDbusManager       *manager,
                     GDBusMethodInvocation *invocation,
                     const char            *id,
                     const char            *name,
                     const char *const     *members,
                     AhoyEngine            *engine)
{
  ahoy_groups_create_async (ahoy_engine_get_groups (engine), *id ? id : NULL, name, members, NULL, on_created,
                            ahoy_bus_answer_new (manager, invocation));

  return G_DBUS_METHOD_INVOCATION_HANDLED;
}

static gboolean
handle_rename_group (AhoyDbusManager       *manager,
                     GDBusMethodInvocation *invocation,
                     const char            *id,
                     const char            *name,
                     AhoyEngine            *engine)
{
  ahoy_groups_rename_async (ahoy_engine_get_groups (engine), id, name, NULL, ahoy_bus_answer_ready,
                            ahoy_bus_answer_await (manager, invocation, ahoy_groups_rename_finish));

  return G_DBUS_METHOD_INVOCATION_HANDLED;
}

static gboolean
handle_add_group_members (AhoyDbusManager       *manager,
                          GDBusMethodInvocation *invocation,
                          const char            *id,
                          const char *const     *members,
                          AhoyEngine            *engine)
{
  ahoy_groups_add_members_async (ahoy_engine_get_groups (engine), id, members, NULL, ahoy_bus_answer_ready,
                                 ahoy_bus_answer_await (manager, invocation, ahoy_groups_add_members_finish));

  return G_DBUS_METHOD_INVOCATION_HANDLED;
}

static gboolean
handle_remove_group_members (AhoyDbusManager       *manager,
                             GDBusMethodInvocation *invocation,
                             const char            *id,
                             const char *const     *members,
                             AhoyEngine            *engine)
{
  ahoy_groups_remove_members_async (ahoy_engine_get_groups (engine), id, members, NULL, ahoy_bus_answer_ready,
                                    ahoy_bus_answer_await (manager, invocation, ahoy_groups_remove_members_finish));

  return G_DBUS_METHOD_INVOCATION_HANDLED;
}

static gboolean
handle_leave_group (AhoyDbusManager       *manager,
                    GDBusMethodInvocation *invocation,
                    const char            *id,
                    AhoyEngine            *engine)
{
  ahoy_groups_leave_async (ahoy_engine_get_groups (engine), id, NULL, ahoy_bus_answer_ready,
                           ahoy_bus_answer_await (manager, invocation, ahoy_groups_leave_finish));

  return G_DBUS_METHOD_INVOCATION_HANDLED;
}

static gboolean
handle_delete_group (AhoyDbusManager       *manager,
                     GDBusMethodInvocation *invocation,
                     const char            *id,
                     AhoyEngine            *engine)
{
  ahoy_groups_delete_async (ahoy_engine_get_groups (engine), id, NULL, ahoy_bus_answer_ready,
                            ahoy_bus_answer_await (manager, invocation, ahoy_groups_delete_finish));

  return G_DBUS_METHOD_INVOCATION_HANDLED;
}

static gboolean
handle_set_blocked (AhoyDbusManager       *manager,
                    GDBusMethodInvocation *invocation,
                    const char            *user,
                    gboolean               blocked,
                    AhoyEngine            *engine)
{
  ahoy_engine_set_blocked_async (engine, user, blocked, NULL, ahoy_bus_answer_ready,
                                 ahoy_bus_answer_await (manager, invocation, ahoy_engine_set_blocked_finish));

  return G_DBUS_METHOD_INVOCATION_HANDLED;
}

static void
on_blocked_listed (GObject      *source,
                   GAsyncResult *result,
                   gpointer      user_data)
{
  g_auto (GStrv) users = NULL;
  GError *error = NULL;

  users = ahoy_engine_list_blocked_finish (AHOY_ENGINE (source), result, &error);
  if (users)
    ahoy_bus_answer_return (user_data, g_variant_new ("(^as)", users));
  else
    ahoy_bus_answer_refuse (user_data, error);
}

static gboolean
handle_list_blocked (AhoyDbusManager       *manager,
                     GDBusMethodInvocation *invocation,
                     AhoyEngine            *engine)
{
  ahoy_engine_list_blocked_async (engine, NULL, on_blocked_listed, ahoy_bus_answer_new (manager, invocation));

  return G_DBUS_METHOD_INVOCATION_HANDLED;
}

static void
on_blocked_changed (AhoyDbusManager *manager,
                    const char      *user_id,
                    gboolean         blocked,
                    AhoyEngine      *engine)
{
  g_autofree char *user = ahoy_bus_text (user_id);

  ahoy_dbus_manager_emit_blocked_changed (manager, user, blocked);
}

static void
on_group_notify (AhoyDbusManager *manager)
{
  ahoy_dbus_manager_emit_groups_changed (manager);
}

static void
on_groups_changed (AhoyDbusManager *manager,
                   guint            position,
                   guint            removed,
                   guint            added,
                   GListModel      *groups)
{
  for (guint i = 0; i < added; i++)
    {
      g_autoptr (AhoyGroup) group = g_list_model_get_item (groups, position + i);

      g_signal_connect_object (group, "notify", G_CALLBACK (on_group_notify), manager, G_CONNECT_SWAPPED);
    }

  ahoy_dbus_manager_emit_groups_changed (manager);
}

void
ahoy_bus_groups_attach (AhoyDbusManager *manager,
                        AhoyEngine      *engine)
{
  static const AhoyBusMethod methods[] = {
    { "handle-list-groups", G_CALLBACK (handle_list_groups) },
    { "handle-create-group", G_CALLBACK (handle_create_group) },
    { "handle-rename-group", G_CALLBACK (handle_rename_group) },
    { "handle-add-group-members", G_CALLBACK (handle_add_group_members) },
    { "handle-remove-group-members", G_CALLBACK (handle_remove_group_members) },
    { "handle-leave-group", G_CALLBACK (handle_leave_group) },
    { "handle-delete-group", G_CALLBACK (handle_delete_group) },
    { "handle-set-blocked", G_CALLBACK (handle_set_blocked) },
    { "handle-list-blocked", G_CALLBACK (handle_list_blocked) },
    { NULL, NULL },
  };
  GListModel *groups;

  g_return_if_fail (AHOY_DBUS_IS_MANAGER (manager));
  g_return_if_fail (AHOY_IS_ENGINE (engine));

  ahoy_bus_connect_methods (manager, methods, engine);

  groups = G_LIST_MODEL (ahoy_engine_get_groups (engine));
  g_signal_connect_object (groups, "items-changed", G_CALLBACK (on_groups_changed), manager, G_CONNECT_SWAPPED);
  g_signal_connect_object (engine, "blocked-changed", G_CALLBACK (on_blocked_changed), manager, G_CONNECT_SWAPPED);
}
