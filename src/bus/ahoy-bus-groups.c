/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "ahoy-bus-groups.h"

#include "ahoy-bus-answer.h"
#include "ahoy-bus-words.h"

/* Everybody signed out has the same empty list; saying so would hide the reason. */
static gboolean
refuse_when_signed_out (AhoyEngine    *engine,
                        AhoyBusAnswer *answer)
{
  if (ahoy_engine_get_self (engine))
    return FALSE;

  ahoy_bus_answer_refuse (answer, g_error_new_literal (AHOY_ERROR, AHOY_ERROR_INIT_FAILED, "Not signed in"));

  return TRUE;
}

static void
insert_text (GVariantDict *dict,
             const char   *key,
             const char   *text)
{
  g_autofree char *valid = ahoy_bus_text (text);

  g_variant_dict_insert (dict, key, "s", valid);
}

static void
insert_texts (GVariantDict      *dict,
              const char        *key,
              const char *const *texts)
{
  GVariantBuilder builder;

  g_variant_builder_init (&builder, G_VARIANT_TYPE_STRING_ARRAY);
  for (guint i = 0; texts && texts[i]; i++)
    {
      g_autofree char *valid = ahoy_bus_text (texts[i]);

      g_variant_builder_add (&builder, "s", valid);
    }

  g_variant_dict_insert_value (dict, key, g_variant_builder_end (&builder));
}

static GVariant *
group_to_variant (AhoyGroup *group)
{
  GVariantDict dict;

  g_variant_dict_init (&dict, NULL);
  insert_text (&dict, "group", ahoy_group_get_id (group));
  insert_text (&dict, "name", ahoy_group_get_name (group));
  insert_text (&dict, "owner", ahoy_group_get_owner (group));
  insert_texts (&dict, "members", ahoy_group_get_member_ids (group));
  insert_text (&dict, "call", ahoy_group_get_call_id (group));
  insert_text (&dict, "media", ahoy_group_get_call_id (group)
                                   ? ahoy_bus_word_for_media (ahoy_group_get_call_media (group)) : NULL);
  insert_texts (&dict, "people", ahoy_group_get_call_people (group));

  return g_variant_dict_end (&dict);
}

static gboolean
handle_list_groups (AhoyDbusManager       *manager,
                    GDBusMethodInvocation *invocation,
                    AhoyEngine            *engine)
{
  AhoyBusAnswer *answer = ahoy_bus_answer_new (manager, invocation);
  GListModel *groups = G_LIST_MODEL (ahoy_engine_get_groups (engine));
  GVariantBuilder builder;

  if (refuse_when_signed_out (engine, answer))
    return G_DBUS_METHOD_INVOCATION_HANDLED;

  g_variant_builder_init (&builder, G_VARIANT_TYPE ("aa{sv}"));
  for (guint i = 0; i < g_list_model_get_n_items (groups); i++)
    {
      g_autoptr (AhoyGroup) group = g_list_model_get_item (groups, i);

      g_variant_builder_add_value (&builder, group_to_variant (group));
    }

  ahoy_bus_answer_return (answer, g_variant_new ("(aa{sv})", &builder));

  return G_DBUS_METHOD_INVOCATION_HANDLED;
}

typedef gboolean (*FinishFunc) (AhoyGroups    *groups,
                                GAsyncResult  *result,
                                GError       **error);

static void
answer_with (GObject       *source,
             GAsyncResult  *result,
             FinishFunc     finish,
             AhoyBusAnswer *answer)
{
  GError *error = NULL;

  if (finish (AHOY_GROUPS (source), result, &error))
    ahoy_bus_answer_return (answer, NULL);
  else
    ahoy_bus_answer_refuse (answer, error);
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

static void
on_renamed (GObject      *source,
            GAsyncResult *result,
            gpointer      user_data)
{
  answer_with (source, result, ahoy_groups_rename_finish, user_data);
}

static gboolean
handle_rename_group (AhoyDbusManager       *manager,
                     GDBusMethodInvocation *invocation,
                     const char            *id,
                     const char            *name,
                     AhoyEngine            *engine)
{
  ahoy_groups_rename_async (ahoy_engine_get_groups (engine), id, name, NULL, on_renamed,
                            ahoy_bus_answer_new (manager, invocation));

  return G_DBUS_METHOD_INVOCATION_HANDLED;
}

static void
on_members_added (GObject      *source,
                  GAsyncResult *result,
                  gpointer      user_data)
{
  answer_with (source, result, ahoy_groups_add_members_finish, user_data);
}

static gboolean
handle_add_group_members (AhoyDbusManager       *manager,
                          GDBusMethodInvocation *invocation,
                          const char            *id,
                          const char *const     *members,
                          AhoyEngine            *engine)
{
  ahoy_groups_add_members_async (ahoy_engine_get_groups (engine), id, members, NULL, on_members_added,
                                 ahoy_bus_answer_new (manager, invocation));

  return G_DBUS_METHOD_INVOCATION_HANDLED;
}

static void
on_members_removed (GObject      *source,
                    GAsyncResult *result,
                    gpointer      user_data)
{
  answer_with (source, result, ahoy_groups_remove_members_finish, user_data);
}

static gboolean
handle_remove_group_members (AhoyDbusManager       *manager,
                             GDBusMethodInvocation *invocation,
                             const char            *id,
                             const char *const     *members,
                             AhoyEngine            *engine)
{
  ahoy_groups_remove_members_async (ahoy_engine_get_groups (engine), id, members, NULL, on_members_removed,
                                    ahoy_bus_answer_new (manager, invocation));

  return G_DBUS_METHOD_INVOCATION_HANDLED;
}

static void
on_left (GObject      *source,
         GAsyncResult *result,
         gpointer      user_data)
{
  answer_with (source, result, ahoy_groups_leave_finish, user_data);
}

static gboolean
handle_leave_group (AhoyDbusManager       *manager,
                    GDBusMethodInvocation *invocation,
                    const char            *id,
                    AhoyEngine            *engine)
{
  ahoy_groups_leave_async (ahoy_engine_get_groups (engine), id, NULL, on_left,
                           ahoy_bus_answer_new (manager, invocation));

  return G_DBUS_METHOD_INVOCATION_HANDLED;
}

static void
on_deleted (GObject      *source,
            GAsyncResult *result,
            gpointer      user_data)
{
  answer_with (source, result, ahoy_groups_delete_finish, user_data);
}

static gboolean
handle_delete_group (AhoyDbusManager       *manager,
                     GDBusMethodInvocation *invocation,
                     const char            *id,
                     AhoyEngine            *engine)
{
  ahoy_groups_delete_async (ahoy_engine_get_groups (engine), id, NULL, on_deleted,
                            ahoy_bus_answer_new (manager, invocation));

  return G_DBUS_METHOD_INVOCATION_HANDLED;
}

static void
on_blocked_set (GObject      *source,
                GAsyncResult *result,
                gpointer      user_data)
{
  GError *error = NULL;

  if (ahoy_engine_set_blocked_finish (AHOY_ENGINE (source), result, &error))
    ahoy_bus_answer_return (user_data, NULL);
  else
    ahoy_bus_answer_refuse (user_data, error);
}

static gboolean
handle_set_blocked (AhoyDbusManager       *manager,
                    GDBusMethodInvocation *invocation,
                    const char            *user,
                    gboolean               blocked,
                    AhoyEngine            *engine)
{
  ahoy_engine_set_blocked_async (engine, user, blocked, NULL, on_blocked_set,
                                 ahoy_bus_answer_new (manager, invocation));

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
  static const struct
  {
    const char *signal;
    GCallback handler;
  } methods[] = {
    { "handle-list-groups", G_CALLBACK (handle_list_groups) },
    { "handle-create-group", G_CALLBACK (handle_create_group) },
    { "handle-rename-group", G_CALLBACK (handle_rename_group) },
    { "handle-add-group-members", G_CALLBACK (handle_add_group_members) },
    { "handle-remove-group-members", G_CALLBACK (handle_remove_group_members) },
    { "handle-leave-group", G_CALLBACK (handle_leave_group) },
    { "handle-delete-group", G_CALLBACK (handle_delete_group) },
    { "handle-set-blocked", G_CALLBACK (handle_set_blocked) },
    { "handle-list-blocked", G_CALLBACK (handle_list_blocked) },
  };
  GListModel *groups;

  g_return_if_fail (AHOY_DBUS_IS_MANAGER (manager));
  g_return_if_fail (AHOY_IS_ENGINE (engine));

  for (guint i = 0; i < G_N_ELEMENTS (methods); i++)
    g_signal_connect_object (manager, methods[i].signal, methods[i].handler, engine, 0);

  groups = G_LIST_MODEL (ahoy_engine_get_groups (engine));
  g_signal_connect_object (groups, "items-changed", G_CALLBACK (on_groups_changed), manager, G_CONNECT_SWAPPED);
  g_signal_connect_object (engine, "blocked-changed", G_CALLBACK (on_blocked_changed), manager, G_CONNECT_SWAPPED);
}
