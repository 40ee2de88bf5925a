/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ahoy-groups.h"

#include "ahoy-call-json.h"
#include "ahoy-calls.h"
#include "ahoy-json.h"

#include <string.h>

struct _AhoyGroups
{
  AhoyServer *server;
  GHashTable *groups; /* key -> AhoyGroup (owned) */
  GHashTable *users;  /* uid (owned) -> GPtrArray of AhoyGroup (owned), by id */
};

static void
group_free (gpointer data)
{
  AhoyGroup *group = data;

  g_free (group->key);
  g_free (group->name);
  g_free (group->owner);
  g_ptr_array_unref (group->members);
  g_free (group->told);
  g_free (group);
}

static AhoyGroup *
insert_group (AhoyGroups *self,
              guint64     app_id,
              const char *id,
              const char *name,
              const char *owner)
{
  AhoyGroup *group = g_new0 (AhoyGroup, 1);

  group->key = ahoy_make_uid (app_id, id);
  group->app_id = app_id;
  group->id = strchr (group->key, ':') + 1;
  group->name = g_strdup (name);
  group->owner = g_strdup (owner);
  group->members = g_ptr_array_new_with_free_func (g_free);
  g_hash_table_insert (self->groups, group->key, group);

  return group;
}

static int
compare_groups (gconstpointer a,
                gconstpointer b)
{
  return strcmp ((*(const AhoyGroup *const *) a)->id, (*(const AhoyGroup *const *) b)->id);
}

static void
insert_member (AhoyGroups *self,
               AhoyGroup  *group,
               const char *user_id,
               gint64      position)
{
  g_autofree char *uid = ahoy_make_uid (group->app_id, user_id);
  GPtrArray *groups = g_hash_table_lookup (self->users, uid);

  if (!groups)
    {
      groups = g_ptr_array_new ();
      g_hash_table_insert (self->users, g_steal_pointer (&uid), groups);
    }
  g_ptr_array_add (groups, group);
  g_ptr_array_sort (groups, compare_groups);
  g_ptr_array_add (group->members, g_strdup (user_id));
  group->position = MAX (group->position, position + 1);
}

static void
forget_member (AhoyGroups *self,
               AhoyGroup  *group,
               const char *user_id)
{
  g_autofree char *uid = ahoy_make_uid (group->app_id, user_id);
  GPtrArray *groups = g_hash_table_lookup (self->users, uid);

  if (groups && g_ptr_array_remove (groups, group) && groups->len == 0)
    g_hash_table_remove (self->users, uid);
}

static void
restore_group (guint64     app_id,
               const char *id,
               const char *name,
               const char *owner,
               gpointer    user_data)
{
  insert_group (user_data, app_id, id, name, owner);
}

static void
restore_member (guint64     app_id,
                const char *id,
                const char *user_id,
                gint64      position,
                gpointer    user_data)
{
  AhoyGroup *group = ahoy_groups_find (user_data, app_id, id);

  if (group)
    insert_member (user_data, group, user_id, position);
}

/* (nullable) */
static JsonObject *
call_to_wire (AhoyGroups      *self,
              const AhoyGroup *group)
{
  AhoyCallData *call = ahoy_calls_find_group (self->server->calls, group->app_id, group->id);
  JsonObject *object;

  if (!call)
    return NULL;

  object = json_object_new ();
  json_object_set_string_member (object, "call", call->id);
  json_object_set_string_member (object, "media", call->media);
  json_object_set_string_member (object, "inviter", call->inviter);
  json_object_set_array_member (object, "people", ahoy_call_list_people (call, NULL));

  return object;
}

/* What the members know of the running call, or will once they are told; NULL when there is none. */
static char *
call_to_text (AhoyGroups      *self,
              const AhoyGroup *group)
{
  g_autoptr (JsonObject) object = call_to_wire (self, group);

  return object ? ahoy_json_to_text (object) : NULL;
}

AhoyGroups *
ahoy_groups_new (AhoyServer *server)
{
  AhoyGroups *self = g_new0 (AhoyGroups, 1);
  GHashTableIter iter;
  gpointer group;

  self->server = server;
  self->groups = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, group_free);
  self->users = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify) g_ptr_array_unref);
  ahoy_store_each_group (server->store, restore_group, self);
  ahoy_store_each_group_member (server->store, restore_member, self);

  g_hash_table_iter_init (&iter, self->groups);
  while (g_hash_table_iter_next (&iter, NULL, &group))
    ((AhoyGroup *) group)->told = call_to_text (self, group);

  return self;
}

void
ahoy_groups_free (AhoyGroups *self)
{
  g_hash_table_unref (self->users);
  g_hash_table_unref (self->groups);
  g_free (self);
}

AhoyGroup *
ahoy_groups_find (AhoyGroups *self,
                  guint64     app_id,
                  const char *id)
{
  g_autofree char *key = id ? ahoy_make_uid (app_id, id) : NULL;

  return key ? g_hash_table_lookup (self->groups, key) : NULL;
}

GPtrArray *
ahoy_groups_list (AhoyGroups *self,
                  guint64     app_id,
                  const char *user_id)
{
  g_autofree char *uid = ahoy_make_uid (app_id, user_id);
  GPtrArray *groups = g_hash_table_lookup (self->users, uid);

  return groups ? g_ptr_array_copy (groups, NULL, NULL) : g_ptr_array_new ();
}

guint
ahoy_groups_count (AhoyGroups *self,
                   guint64     app_id,
                   const char *user_id)
{
  g_autofree char *uid = ahoy_make_uid (app_id, user_id);
  GPtrArray *groups = g_hash_table_lookup (self->users, uid);

  return groups ? groups->len : 0;
}

gboolean
ahoy_group_has (const AhoyGroup *group,
                const char      *user_id)
{
  return g_ptr_array_find_with_equal_func (group->members, user_id, g_str_equal, NULL);
}

gboolean
ahoy_group_has_all (const AhoyGroup *group,
                    const GPtrArray *user_ids)
{
  for (guint i = 0; i < user_ids->len; i++)
    {
      if (!ahoy_group_has (group, g_ptr_array_index (user_ids, i)))
        return FALSE;
    }

  return TRUE;
}

AhoyGroup *
ahoy_groups_create (AhoyGroups *self,
                    AhoyBatch  *batch,
                    guint64     app_id,
                    const char *id,
                    const char *name,
                    const char *owner)
{
  AhoyGroup *group = insert_group (self, app_id, id, name, owner);

  ahoy_batch_put_group (batch, app_id, id, name, owner);
  ahoy_groups_add (self, batch, group, owner);

  return group;
}

void
ahoy_groups_set_name (AhoyGroups *self,
                      AhoyBatch  *batch,
                      AhoyGroup  *group,
                      const char *name)
{
  g_free (group->name);
  group->name = g_strdup (name);
  ahoy_batch_put_group (batch, group->app_id, group->id, group->name, group->owner);
}

void
ahoy_groups_add (AhoyGroups *self,
                 AhoyBatch  *batch,
                 AhoyGroup  *group,
                 const char *user_id)
{
  ahoy_batch_put_group_member (batch, group->app_id, group->id, user_id, group->position);
  insert_member (self, group, user_id, group->position);
}

void
ahoy_groups_remove (AhoyGroups *self,
                    AhoyBatch  *batch,
                    AhoyGroup  *group,
                    const char *user_id)
{
  gboolean is_owner = g_str_equal (group->owner, user_id);
  guint index;

  forget_member (self, group, user_id);
  ahoy_batch_remove_group_member (batch, group->app_id, group->id, user_id);
  if (g_ptr_array_find_with_equal_func (group->members, user_id, g_str_equal, &index))
    g_ptr_array_remove_index (group->members, index);
  if (!is_owner || group->members->len == 0)
    return;

  g_free (group->owner);
  group->owner = g_strdup (g_ptr_array_index (group->members, 0));
  ahoy_batch_put_group (batch, group->app_id, group->id, group->name, group->owner);
}

void
ahoy_groups_delete (AhoyGroups *self,
                    AhoyBatch  *batch,
                    AhoyGroup  *group)
{
  for (guint i = 0; i < group->members->len; i++)
    forget_member (self, group, g_ptr_array_index (group->members, i));
  ahoy_batch_remove_group (batch, group->app_id, group->id);
  g_hash_table_remove (self->groups, group->key);
}

JsonObject *
ahoy_groups_to_wire (AhoyGroups      *self,
                     const AhoyGroup *group)
{
  JsonObject *object = json_object_new ();
  JsonObject *call = call_to_wire (self, group);
  JsonArray *members = json_array_new ();

  json_object_set_string_member (object, "group", group->id);
  json_object_set_string_member (object, "name", group->name);
  json_object_set_string_member (object, "owner", group->owner);
  for (guint i = 0; i < group->members->len; i++)
    json_array_add_string_element (members, g_ptr_array_index (group->members, i));
  json_object_set_array_member (object, "members", members);
  if (call)
    json_object_set_object_member (object, "call", call);

  return object;
}

void
ahoy_groups_push (AhoyGroups *self,
                  AhoyGroup  *group,
                  AhoyChange *change)
{
  g_autoptr (JsonObject) object = ahoy_groups_to_wire (self, group);

  g_free (group->told);
  group->told = call_to_text (self, group);
  for (guint i = 0; i < group->members->len; i++)
    {
      g_autofree char *uid = ahoy_make_uid (group->app_id, g_ptr_array_index (group->members, i));

      ahoy_change_push (change, uid, NULL, NULL, AHOY_MESSAGE_GROUP, json_object_ref (object));
    }
}

void
ahoy_groups_push_gone (AhoyGroups      *self,
                       const AhoyGroup *group,
                       const char      *user_id,
                       AhoyChange      *change)
{
  g_autofree char *uid = ahoy_make_uid (group->app_id, user_id);
  JsonObject *object = json_object_new ();

  json_object_set_string_member (object, "group", group->id);
  ahoy_change_push (change, uid, NULL, NULL, AHOY_MESSAGE_GROUP_GONE, object);
}

void
ahoy_groups_follow_call (AhoyGroups         *self,
                         const AhoyCallData *call,
                         AhoyChange         *change)
{
  AhoyGroup *group = *call->group ? ahoy_groups_find (self, call->app_id, call->group) : NULL;
  g_autofree char *text = group ? call_to_text (self, group) : NULL;

  if (group && g_strcmp0 (text, group->told) != 0)
    ahoy_groups_push (self, group, change);
}
