/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "ahoy-groups-private.h"

#include "ahoy-group-private.h"
#include "ahoy-item-list.h"
#include "ahoy-items.h"
#include "ahoy-limits.h"

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

void
ahoy_groups_drop (AhoyGroups *self,
                  const char *group_id)
{
  for (guint i = self->groups->len; i > 0; i--)
    {
      if (g_strcmp0 (ahoy_group_get_id (g_ptr_array_index (self->groups, i - 1)), group_id) == 0)
        ahoy_item_list_remove (self, i - 1);
    }
}

AhoyGroup *
ahoy_groups_learn (AhoyGroups *self,
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
      AhoyGroup *group = data ? ahoy_groups_learn (self, data) : NULL;

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

AhoySession *
ahoy_groups_get_session (AhoyGroups *self)
{
  return self->session;
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
      ahoy_groups_drop (self, ahoy_json_get_string (data, "group", AHOY_MAX_GROUP_ID));
      return;
    }

  group = ahoy_groups_learn (self, data);
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
