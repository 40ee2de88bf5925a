/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "ahoy-groups-private.h"

#include "ahoy-error.h"
#include "ahoy-group-private.h"
#include "ahoy-item-list.h"
#include "ahoy-items.h"
#include "ahoy-limits.h"
#include "ahoy-request.h"

#define PAGE_SIZE 50
#define MAX_CURSOR 256

/**
 * AhoyGroups:
 *
 * The groups that this person belongs to: a list of [class@Group] that follows the server. A group that somebody else
 * makes with this person in it appears by itself, and so does the call that runs in it.
 */
struct _AhoyGroups
{
  GObject parent_instance;

  AhoySession *session;      /* (owned) (not nullable) until dispose */
  GPtrArray *groups;         /* of AhoyGroup, see ahoy_item_list_attach () */
  GHashTable *listed;        /* (owned) (nullable) set of the ids that the list so far has, while it is fetched */
  GCancellable *cancellable; /* (owned) (not nullable), of the account that is signed in */
  gboolean loaded;
};

G_DEFINE_FINAL_TYPE_WITH_CODE (AhoyGroups, ahoy_groups, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (G_TYPE_LIST_MODEL, ahoy_item_list_init_interface))

enum
{
  PROP_0,
  PROP_LOADED,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

static void
set_loaded (AhoyGroups *self,
            gboolean    loaded)
{
  if (self->loaded == loaded)
    return;

  self->loaded = loaded;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_LOADED]);
}

static void
drop (AhoyGroups *self,
      const char *group_id)
{
  for (guint i = self->groups->len; i > 0; i--)
    {
      if (g_strcmp0 (ahoy_group_get_id (g_ptr_array_index (self->groups, i - 1)), group_id) == 0)
        ahoy_item_list_remove (self, i - 1);
    }
}

/* (transfer none) (nullable): NULL when @data is no group */
static AhoyGroup *
learn (AhoyGroups *self,
       JsonObject *data)
{
  const char *id = ahoy_json_get_string (data, "group", AHOY_MAX_GROUP_ID);
  g_autoptr (AhoyGroup) added = NULL;
  AhoyGroup *group;

  if (!id || !*id)
    return NULL;

  group = ahoy_groups_find (self, id);
  if (group)
    {
      ahoy_group_take (group, data);
      return group;
    }

  added = ahoy_group_new (id);
  ahoy_group_take (added, data);
  ahoy_item_list_append (self, added);
  return added; /* the list keeps it */
}

static void fetch (AhoyGroups *self,
                   const char *after);

static void
end_fetch (AhoyGroups *self)
{
  g_autoptr (GHashTable) listed = g_steal_pointer (&self->listed);

  for (guint i = self->groups->len; listed && i > 0; i--)
    {
      if (!g_hash_table_contains (listed, ahoy_group_get_id (g_ptr_array_index (self->groups, i - 1))))
        ahoy_item_list_remove (self, i - 1);
    }
  set_loaded (self, TRUE);
}

static void
on_listed (GObject      *object,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr (AhoyGroups) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonObject) answer = ahoy_session_request_finish (AHOY_SESSION (object), result, &error);
  JsonArray *groups;
  const char *next;

  if (!answer || !self->listed)
    {
      g_debug ("Groups: %s", error ? error->message : "signed out");
      return;
    }

  groups = ahoy_json_get_array (answer, "groups");
  for (guint i = 0; i < ahoy_items_length (groups); i++)
    {
      JsonObject *data = ahoy_items_object (groups, i);
      AhoyGroup *group = data ? learn (self, data) : NULL;

      if (group)
        g_hash_table_add (self->listed, g_strdup (ahoy_group_get_id (group)));
    }

  next = ahoy_json_get_string (answer, "next", MAX_CURSOR);
  if (next && *next && g_hash_table_size (self->listed) <= AHOY_MAX_GROUPS)
    fetch (self, next);
  else
    end_fetch (self);
}

static void
fetch (AhoyGroups *self,
       const char *after)
{
  g_autoptr (JsonObject) data = json_object_new ();

  if (after)
    json_object_set_string_member (data, "after", after);
  json_object_set_int_member (data, "count", PAGE_SIZE);
  ahoy_session_request_async (self->session, "group.list", data, self->cancellable, on_listed, g_object_ref (self));
}

static void
ahoy_groups_dispose (GObject *object)
{
  AhoyGroups *self = AHOY_GROUPS (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->session);

  G_OBJECT_CLASS (ahoy_groups_parent_class)->dispose (object);
}

static void
ahoy_groups_finalize (GObject *object)
{
  AhoyGroups *self = AHOY_GROUPS (object);

  g_clear_pointer (&self->listed, g_hash_table_unref);
  g_object_unref (self->cancellable);

  G_OBJECT_CLASS (ahoy_groups_parent_class)->finalize (object);
}

static void
ahoy_groups_get_property (GObject    *object,
                          guint       prop_id,
                          GValue     *value,
                          GParamSpec *pspec)
{
  AhoyGroups *self = AHOY_GROUPS (object);

  if (prop_id == PROP_LOADED)
    g_value_set_boolean (value, self->loaded);
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
}

static void
ahoy_groups_class_init (AhoyGroupsClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GParamFlags flags = G_PARAM_READABLE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY;

  object_class->dispose = ahoy_groups_dispose;
  object_class->finalize = ahoy_groups_finalize;
  object_class->get_property = ahoy_groups_get_property;

  /**
   * AhoyGroups:loaded:
   *
   * Whether the server has told of all of them since this person signed in.
   */
  properties[PROP_LOADED] = g_param_spec_boolean ("loaded", NULL, NULL, FALSE, flags);
  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
ahoy_groups_init (AhoyGroups *self)
{
  self->groups = ahoy_item_list_attach (self, AHOY_TYPE_GROUP);
  self->cancellable = g_cancellable_new ();
}

AhoyGroups *
ahoy_groups_new (AhoySession *session)
{
  AhoyGroups *self = g_object_new (AHOY_TYPE_GROUPS, NULL);

  self->session = g_object_ref (session);
  return self;
}

void
ahoy_groups_close (AhoyGroups *self)
{
  g_cancellable_cancel (self->cancellable);
  g_object_unref (self->cancellable);
  self->cancellable = g_cancellable_new ();
  g_clear_pointer (&self->listed, g_hash_table_unref);
  ahoy_item_list_clear (self);
  set_loaded (self, FALSE);
}

void
ahoy_groups_refresh (AhoyGroups *self,
                     gboolean    full)
{
  if (!full && (self->loaded || self->listed))
    return;

  g_clear_pointer (&self->listed, g_hash_table_unref);
  self->listed = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  fetch (self, NULL);
}

void
ahoy_groups_take_push (AhoyGroups *self,
                       const char *type,
                       JsonObject *data)
{
  AhoyGroup *group;

  if (g_str_equal (type, "group.gone"))
    {
      drop (self, ahoy_json_get_string (data, "group", AHOY_MAX_GROUP_ID));
      return;
    }

  group = learn (self, data);
  /* One that was made while the list is on its way. */
  if (group && self->listed)
    g_hash_table_add (self->listed, g_strdup (ahoy_group_get_id (group)));
}

/**
 * ahoy_groups_get_loaded:
 * @self: the groups
 *
 * Returns: whether the server has told of all of them
 */
gboolean
ahoy_groups_get_loaded (AhoyGroups *self)
{
  g_return_val_if_fail (AHOY_IS_GROUPS (self), FALSE);

  return self->loaded;
}

/**
 * ahoy_groups_find:
 * @self: the groups
 * @group_id: an id
 *
 * Returns: (transfer none) (nullable): the group of that id
 */
AhoyGroup *
ahoy_groups_find (AhoyGroups *self,
                  const char *group_id)
{
  g_return_val_if_fail (AHOY_IS_GROUPS (self), NULL);

  for (guint i = 0; i < self->groups->len; i++)
    {
      AhoyGroup *group = g_ptr_array_index (self->groups, i);

      if (g_strcmp0 (ahoy_group_get_id (group), group_id) == 0)
        return group;
    }
  return NULL;
}

static void
on_changed (GTask      *task,
            JsonObject *answer)
{
  learn (g_task_get_source_object (task), answer);
  g_task_return_boolean (task, TRUE);
}

/* The group is no longer one of this person's. */
static void
on_left (GTask      *task,
         JsonObject *answer)
{
  drop (g_task_get_source_object (task), g_task_get_task_data (task));
  g_task_return_boolean (task, TRUE);
}

static void
on_created (GTask      *task,
            JsonObject *answer)
{
  AhoyGroup *group = learn (g_task_get_source_object (task), answer);

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

static void
change (AhoyGroups          *self,
        gpointer             tag,
        const char          *type,
        const char          *group_id,
        JsonObject          *data,
        AhoyRequestFunc      answered,
        GCancellable        *cancellable,
        GAsyncReadyCallback  callback,
        gpointer             user_data)
{
  GTask *task = g_task_new (self, cancellable, callback, user_data);

  g_task_set_source_tag (task, tag);
  g_task_set_task_data (task, g_strdup (group_id), g_free);
  if (group_id)
    json_object_set_string_member (data, "group", group_id);
  ahoy_request_send (self->session, type, data, cancellable, task, answered);
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
  g_autoptr (JsonObject) data = json_object_new ();

  g_return_if_fail (AHOY_IS_GROUPS (self));

  json_object_set_string_member (data, "name", name ? name : "");
  set_ids (data, "members", member_ids);
  change (self, ahoy_groups_create_async, "group.create", group_id, data, on_created, cancellable, callback,
          user_data);
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
  g_autoptr (JsonObject) data = json_object_new ();

  g_return_if_fail (AHOY_IS_GROUPS (self));
  g_return_if_fail (group_id != NULL);

  json_object_set_string_member (data, "name", name ? name : "");
  change (self, ahoy_groups_rename_async, "group.set", group_id, data, on_changed, cancellable, callback,
          user_data);
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
  g_autoptr (JsonObject) data = json_object_new ();

  g_return_if_fail (AHOY_IS_GROUPS (self));
  g_return_if_fail (group_id != NULL);

  set_ids (data, "add", member_ids);
  change (self, ahoy_groups_add_members_async, "group.set", group_id, data, on_changed, cancellable, callback,
          user_data);
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
  g_autoptr (JsonObject) data = json_object_new ();

  g_return_if_fail (AHOY_IS_GROUPS (self));
  g_return_if_fail (group_id != NULL);

  set_ids (data, "remove", member_ids);
  change (self, ahoy_groups_remove_members_async, "group.set", group_id, data, on_changed, cancellable, callback,
          user_data);
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
  g_autoptr (JsonObject) data = json_object_new ();

  g_return_if_fail (AHOY_IS_GROUPS (self));
  g_return_if_fail (group_id != NULL);

  change (self, ahoy_groups_leave_async, "group.leave", group_id, data, on_left, cancellable, callback,
          user_data);
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
  g_autoptr (JsonObject) data = json_object_new ();

  g_return_if_fail (AHOY_IS_GROUPS (self));
  g_return_if_fail (group_id != NULL);

  change (self, ahoy_groups_delete_async, "group.delete", group_id, data, on_left, cancellable, callback,
          user_data);
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
