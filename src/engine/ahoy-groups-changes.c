/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "ahoy-groups-private.h"

#include "ahoy-error.h"
#include "ahoy-request.h"

/* What a person does to groups. Their list changes at the answer of the server. */

static void
on_changed (GTask      *task,
            JsonObject *answer)
{
  ahoy_groups_learn (g_task_get_source_object (task), answer);
  g_task_return_boolean (task, TRUE);
}

/* The group is no longer one of this person's. */
static void
on_left (GTask      *task,
         JsonObject *answer)
{
  ahoy_groups_drop (g_task_get_source_object (task), g_task_get_task_data (task));
  g_task_return_boolean (task, TRUE);
}

static void
on_created (GTask      *task,
            JsonObject *answer)
{
  AhoyGroup *group = ahoy_groups_learn (g_task_get_source_object (task), answer);

  if (group)
    g_task_return_pointer (task, g_object_ref (group), g_object_unref);
  else
    g_task_return_new_error (task, AHOY_ERROR, AHOY_ERROR_INTERNAL, "The server has made no group");
}

static void
set_ids (JsonObject        *data,
         const char        *name,
         const char *const *ids)
{
  JsonArray *array = json_array_new ();

  for (guint i = 0; ids && ids[i]; i++)
    json_array_add_string_element (array, ids[i]);
  json_object_set_array_member (data, name, array);
}

/* The task of one of the functions below; @tag: that function. */
static GTask *
change_new (AhoyGroups          *self,
            gpointer             tag,
            const char          *group_id,
            GCancellable        *cancellable,
            GAsyncReadyCallback  callback,
            gpointer             user_data)
{
  GTask *task = g_task_new (self, cancellable, callback, user_data);

  g_task_set_source_tag (task, tag);
  g_task_set_task_data (task, g_strdup (group_id), g_free);
  return task;
}

/* Both (transfer full), the data nullable: what is to change beside the id. */
static void
send_change (GTask           *task,
             const char      *type,
             JsonObject      *data,
             AhoyRequestFunc  answered)
{
  g_autoptr (JsonObject) owned = data ? data : json_object_new ();
  const char *group_id = g_task_get_task_data (task);

  if (group_id)
    json_object_set_string_member (owned, "group", group_id);
  ahoy_request_send (ahoy_groups_get_session (g_task_get_source_object (task)), type, owned,
                     g_task_get_cancellable (task), task, answered);
}

static void
send_members (GTask             *task,
              const char        *change,
              const char *const *member_ids)
{
  JsonObject *data = json_object_new ();

  set_ids (data, change, member_ids);
  send_change (task, "group.set", data, on_changed);
}

/**
 * ahoy_groups_create_async:
 * @self: the groups
 * @group_id: (nullable): the id, at most 64 letters, digits, `-` and `_`; %NULL for one that the server makes
 * @name: at most 100 bytes
 * @member_ids: (nullable) (array zero-terminated=1): who else belongs to it
 * @cancellable: (nullable): a #GCancellable
 * @callback: (nullable) (scope async): called at the answer of the server
 * @user_data: data for @callback
 *
 * Makes a group, which this person owns and belongs to. The task fails with -1202 when the id is taken or one of the
 * arguments is out of range.
 */
void
ahoy_groups_create_async (AhoyGroups          *self,
                          const char          *group_id,
                          const char          *name,
                          const char *const   *member_ids,
                          GCancellable        *cancellable,
                          GAsyncReadyCallback  callback,
                          gpointer             user_data)
{
  JsonObject *data;

  g_return_if_fail (AHOY_IS_GROUPS (self));

  data = json_object_new ();
  json_object_set_string_member (data, "name", name ? name : "");
  set_ids (data, "members", member_ids);
  send_change (change_new (self, ahoy_groups_create_async, group_id, cancellable, callback, user_data),
               "group.create", data, on_created);
}

/**
 * ahoy_groups_create_finish:
 * @self: the groups
 * @result: what the callback was given
 * @error: return location for an error
 *
 * Returns: (transfer full): the group, or %NULL with @error set
 */
AhoyGroup *
ahoy_groups_create_finish (AhoyGroups    *self,
                           GAsyncResult  *result,
                           GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

/**
 * ahoy_groups_rename_async:
 * @self: the groups
 * @group_id: the id of a group
 * @name: at most 100 bytes
 * @cancellable: (nullable): a #GCancellable
 * @callback: (nullable) (scope async): called at the answer of the server
 * @user_data: data for @callback
 *
 * Gives a group another name. The task fails with -1203 for who does not own it.
 */
void
ahoy_groups_rename_async (AhoyGroups          *self,
                          const char          *group_id,
                          const char          *name,
                          GCancellable        *cancellable,
                          GAsyncReadyCallback  callback,
                          gpointer             user_data)
{
  JsonObject *data;

  g_return_if_fail (AHOY_IS_GROUPS (self));
  g_return_if_fail (group_id != NULL);

  data = json_object_new ();
  json_object_set_string_member (data, "name", name ? name : "");
  send_change (change_new (self, ahoy_groups_rename_async, group_id, cancellable, callback, user_data),
               "group.set", data, on_changed);
}

/**
 * ahoy_groups_rename_finish:
 * @self: the groups
 * @result: what the callback was given
 * @error: return location for an error
 *
 * Returns: whether it is done
 */
gboolean
ahoy_groups_rename_finish (AhoyGroups    *self,
                           GAsyncResult  *result,
                           GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}

/**
 * ahoy_groups_add_members_async:
 * @self: the groups
 * @group_id: the id of a group
 * @member_ids: (array zero-terminated=1): who is to belong to it
 * @cancellable: (nullable): a #GCancellable
 * @callback: (nullable) (scope async): called at the answer of the server
 * @user_data: data for @callback
 *
 * Adds people to a group; every member may. The task fails with -1202 when there would be more than 200.
 */
void
ahoy_groups_add_members_async (AhoyGroups          *self,
                               const char          *group_id,
                               const char *const   *member_ids,
                               GCancellable        *cancellable,
                               GAsyncReadyCallback  callback,
                               gpointer             user_data)
{
  g_return_if_fail (AHOY_IS_GROUPS (self));
  g_return_if_fail (group_id != NULL);

  send_members (change_new (self, ahoy_groups_add_members_async, group_id, cancellable, callback, user_data),
                "add", member_ids);
}

/**
 * ahoy_groups_add_members_finish:
 * @self: the groups
 * @result: what the callback was given
 * @error: return location for an error
 *
 * Returns: whether it is done
 */
gboolean
ahoy_groups_add_members_finish (AhoyGroups    *self,
                                GAsyncResult  *result,
                                GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}

/**
 * ahoy_groups_remove_members_async:
 * @self: the groups
 * @group_id: the id of a group
 * @member_ids: (array zero-terminated=1): who is to belong to it no more
 * @cancellable: (nullable): a #GCancellable
 * @callback: (nullable) (scope async): called at the answer of the server
 * @user_data: data for @callback
 *
 * Takes people out of a group. The task fails with -1203 for who does not own it.
 */
void
ahoy_groups_remove_members_async (AhoyGroups          *self,
                                  const char          *group_id,
                                  const char *const   *member_ids,
                                  GCancellable        *cancellable,
                                  GAsyncReadyCallback  callback,
                                  gpointer             user_data)
{
  g_return_if_fail (AHOY_IS_GROUPS (self));
  g_return_if_fail (group_id != NULL);

  send_members (change_new (self, ahoy_groups_remove_members_async, group_id, cancellable, callback, user_data),
                "remove", member_ids);
}

/**
 * ahoy_groups_remove_members_finish:
 * @self: the groups
 * @result: what the callback was given
 * @error: return location for an error
 *
 * Returns: whether it is done
 */
gboolean
ahoy_groups_remove_members_finish (AhoyGroups    *self,
                                   GAsyncResult  *result,
                                   GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}

/**
 * ahoy_groups_leave_async:
 * @self: the groups
 * @group_id: the id of a group
 * @cancellable: (nullable): a #GCancellable
 * @callback: (nullable) (scope async): called at the answer of the server
 * @user_data: data for @callback
 *
 * Leaves a group. When the owner does, the next member owns it; an empty group is gone. The task fails with -1202 for a
 * group that this person does not belong to.
 */
void
ahoy_groups_leave_async (AhoyGroups          *self,
                         const char          *group_id,
                         GCancellable        *cancellable,
                         GAsyncReadyCallback  callback,
                         gpointer             user_data)
{
  g_return_if_fail (AHOY_IS_GROUPS (self));
  g_return_if_fail (group_id != NULL);

  send_change (change_new (self, ahoy_groups_leave_async, group_id, cancellable, callback, user_data),
               "group.leave", NULL, on_left);
}

/**
 * ahoy_groups_leave_finish:
 * @self: the groups
 * @result: what the callback was given
 * @error: return location for an error
 *
 * Returns: whether it is done
 */
gboolean
ahoy_groups_leave_finish (AhoyGroups    *self,
                          GAsyncResult  *result,
                          GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}

/**
 * ahoy_groups_delete_async:
 * @self: the groups
 * @group_id: the id of a group
 * @cancellable: (nullable): a #GCancellable
 * @callback: (nullable) (scope async): called at the answer of the server
 * @user_data: data for @callback
 *
 * Deletes a group for all of its members. The task fails with -1203 for who does not own it.
 */
void
ahoy_groups_delete_async (AhoyGroups          *self,
                          const char          *group_id,
                          GCancellable        *cancellable,
                          GAsyncReadyCallback  callback,
                          gpointer             user_data)
{
  g_return_if_fail (AHOY_IS_GROUPS (self));
  g_return_if_fail (group_id != NULL);

  send_change (change_new (self, ahoy_groups_delete_async, group_id, cancellable, callback, user_data),
               "group.delete", NULL, on_left);
}

/**
 * ahoy_groups_delete_finish:
 * @self: the groups
 * @result: what the callback was given
 * @error: return location for an error
 *
 * Returns: whether it is done
 */
gboolean
ahoy_groups_delete_finish (AhoyGroups    *self,
                           GAsyncResult  *result,
                           GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}
