/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ahoy-groups.h"

#include "ahoy-error.h"
#include "ahoy-json.h"
#include "ahoy-limits.h"
#include "ahoy-user-sig.h"

#include <string.h>

/* Names of fields, the running call and punctuation of one group */
#define GROUP_BYTES 768

static gboolean
refuse (GError    **error,
        int         code,
        const char *why)
{
  g_set_error_literal (error, AHOY_ERROR, code, why);

  return FALSE;
}

static gsize
get_size (const AhoyGroup *group)
{
  gsize size = ahoy_json_escaped_length (group->name) + GROUP_BYTES;

  for (guint i = 0; i < group->members->len; i++)
    size += strlen (g_ptr_array_index (group->members, i)) + 3;

  return size;
}

void
ahoy_groups_handle_list (AhoyRequest *request,
                         JsonObject  *data)
{
  AhoyGroups *self = request->server->groups;
  g_autoptr (GPtrArray) groups = NULL;
  g_autoptr (JsonObject) answer = NULL;
  g_autoptr (GError) error = NULL;
  JsonArray *array;
  const char *after;
  const char *next = "";
  gint64 count = AHOY_MAX_GROUPS;
  gsize size = 0;

  if (!ahoy_json_take_string (data, "after", AHOY_MAX_GROUP_ID, &after, &error) ||
      (ahoy_json_has (data, "count") && !ahoy_json_need_int (data, "count", 1, AHOY_MAX_GROUPS, &count, &error)))
    {
      ahoy_request_fail_with (request, error);
      return;
    }

  groups = ahoy_groups_list (self, request->session->app_id, request->session->user_id);
  array = json_array_new ();
  for (guint i = 0; i < groups->len; i++)
    {
      AhoyGroup *group = g_ptr_array_index (groups, i);

      if (after && strcmp (group->id, after) <= 0)
        continue;
      size += get_size (group);
      if (json_array_get_length (array) == count || (json_array_get_length (array) > 0 && size > AHOY_WIRE_MAX_PAGE))
        break;

      json_array_add_object_element (array, ahoy_groups_to_wire (self, group));
      next = i + 1 < groups->len ? group->id : "";
    }
  answer = json_object_new ();
  json_object_set_array_member (answer, "groups", array);
  json_object_set_string_member (answer, "next", next);
  ahoy_request_answer (request, answer);
}

/* Ids under @name without repeats; none when it is missing, NULL when it is no list of users. */
static GPtrArray *
read_users (JsonObject *data,
            const char *name,
            GError    **error)
{
  g_auto (GStrv) users = ahoy_json_get_strings (data, name, AHOY_MAX_GROUP_MEMBERS, AHOY_MAX_USER_ID);
  g_autoptr (GPtrArray) list = g_ptr_array_new_with_free_func (g_free);
  gboolean is_valid = users || !ahoy_json_has (data, name);

  for (guint i = 0; is_valid && users && users[i]; i++)
    {
      is_valid = ahoy_user_id_is_valid (users[i]);
      if (!g_ptr_array_find_with_equal_func (list, users[i], g_str_equal, NULL))
        g_ptr_array_add (list, g_strdup (users[i]));
    }
  if (!is_valid)
    {
      g_set_error (error, AHOY_ERROR, AHOY_ERROR_PARAM_INVALID, "%s has too many, or an invalid id", name);
      return NULL;
    }

  return g_steal_pointer (&list);
}

/* Drops those from @users who are in @group (nullable) already; FALSE when the others cannot be added. */
static gboolean
check_new_members (AhoyGroups  *self,
                   guint64      app_id,
                   AhoyGroup   *group,
                   GPtrArray   *users,
                   guint        n_others,
                   GError     **error)
{
  for (guint i = users->len; i-- > 0;)
    {
      if (group && ahoy_group_has (group, g_ptr_array_index (users, i)))
        g_ptr_array_remove_index (users, i);
      else if (ahoy_groups_count (self, app_id, g_ptr_array_index (users, i)) >= AHOY_MAX_GROUPS)
        return refuse (error, AHOY_ERROR_REQUEST_REFUSED, "somebody is in too many groups");
    }
  if (n_others + users->len > AHOY_MAX_GROUP_MEMBERS)
    return refuse (error, AHOY_ERROR_PARAM_INVALID, "too many members");

  return TRUE;
}

static gboolean
take_name (JsonObject  *data,
           const char **name,
           GError     **error)
{
  if (!ahoy_json_take_line (data, "name", AHOY_MAX_GROUP_NAME, name, NULL))
    return refuse (error, AHOY_ERROR_PARAM_INVALID, "name is too long or invalid");

  return TRUE;
}

static gboolean
take_id (AhoyGroups *self,
         guint64     app_id,
         JsonObject *data,
         char      **id,
         GError    **error)
{
  static const char letters[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_-";
  const char *text = ahoy_json_get_string (data, "group", AHOY_MAX_GROUP_ID);

  if (!ahoy_json_has (data, "group"))
    {
      *id = g_uuid_string_random ();
      return TRUE;
    }
  if (!text || !*text || text[strspn (text, letters)] != '\0')
    return refuse (error, AHOY_ERROR_PARAM_INVALID, "group is too long or has a character that may not be in it");
  if (ahoy_groups_find (self, app_id, text))
    return refuse (error, AHOY_ERROR_PARAM_INVALID, "the id is taken");

  *id = g_strdup (text);

  return TRUE;
}

/* What is new of a group: its members are told, and the answer is the group. */
static void
commit_group (AhoyRequest *request,
              AhoyGroup   *group,
              AhoyChange  *change)
{
  AhoyGroups *self = request->server->groups;
  g_autoptr (JsonObject) answer = ahoy_groups_to_wire (self, group);

  ahoy_groups_push (self, group, change);
  ahoy_change_commit (change, request, answer);
}

void
ahoy_groups_handle_create (AhoyRequest *request,
                           JsonObject  *data)
{
  AhoyGroups *self = request->server->groups;
  AhoySession *session = request->session;
  g_autoptr (GPtrArray) members = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *id = NULL;
  AhoyChange *change;
  AhoyGroup *group;
  const char *name;

  members = read_users (data, "members", &error);
  if (members && !g_ptr_array_find_with_equal_func (members, session->user_id, g_str_equal, NULL))
    g_ptr_array_add (members, g_strdup (session->user_id));
  if (!members || !take_name (data, &name, &error) || !take_id (self, session->app_id, data, &id, &error) ||
      !check_new_members (self, session->app_id, NULL, members, 0, &error))
    {
      ahoy_request_fail_with (request, error);
      return;
    }

  change = ahoy_change_new (request->server);
  group = ahoy_groups_create (self, change->batch, session->app_id, id, name ? name : "", session->user_id);
  for (guint i = 0; i < members->len; i++)
    {
      if (!ahoy_group_has (group, g_ptr_array_index (members, i)))
        ahoy_groups_add (self, change->batch, group, g_ptr_array_index (members, i));
    }
  commit_group (request, group, change);
}

/* NULL, and the request is ended, when this user is in no such group. */
static AhoyGroup *
need_group (AhoyRequest *request,
            JsonObject  *data)
{
  AhoySession *session = request->session;
  const char *id = ahoy_json_get_string (data, "group", AHOY_MAX_GROUP_ID);
  AhoyGroup *group = ahoy_groups_find (request->server->groups, session->app_id, id);

  if (group && ahoy_group_has (group, session->user_id))
    return group;

  ahoy_request_fail (request, AHOY_ERROR_PARAM_INVALID, "not a member of such a group");

  return NULL;
}

static gboolean
check_removed (AhoyGroup *group,
               GPtrArray *users,
               GError   **error)
{
  for (guint i = users->len; i-- > 0;)
    {
      if (g_str_equal (g_ptr_array_index (users, i), group->owner))
        return refuse (error, AHOY_ERROR_PARAM_INVALID, "the owner leaves or deletes the group");
      if (!ahoy_group_has (group, g_ptr_array_index (users, i)))
        g_ptr_array_remove_index (users, i);
    }

  return TRUE;
}

static void
change_group (AhoyRequest *request,
              AhoyGroup   *group,
              const char  *name,
              GPtrArray   *added,
              GPtrArray   *removed)
{
  AhoyGroups *self = request->server->groups;
  AhoyChange *change = ahoy_change_new (request->server);

  if (name)
    ahoy_groups_set_name (self, change->batch, group, name);
  for (guint i = 0; i < removed->len; i++)
    {
      ahoy_groups_remove (self, change->batch, group, g_ptr_array_index (removed, i));
      ahoy_groups_push_gone (self, group, g_ptr_array_index (removed, i), change);
    }
  for (guint i = 0; i < added->len; i++)
    ahoy_groups_add (self, change->batch, group, g_ptr_array_index (added, i));
  commit_group (request, group, change);
}

void
ahoy_groups_handle_set (AhoyRequest *request,
                        JsonObject  *data)
{
  AhoyGroups *self = request->server->groups;
  AhoyGroup *group = need_group (request, data);
  g_autoptr (GPtrArray) added = NULL;
  g_autoptr (GPtrArray) removed = NULL;
  g_autoptr (GError) error = NULL;
  const char *name = NULL;

  if (!group)
    return;

  added = read_users (data, "add", &error);
  removed = added ? read_users (data, "remove", &error) : NULL;
  if (!removed || !take_name (data, &name, &error) || !check_removed (group, removed, &error) ||
      !check_new_members (self, group->app_id, group, added, group->members->len - removed->len, &error))
    {
      ahoy_request_fail_with (request, error);
      return;
    }
  if ((name || removed->len > 0) && !g_str_equal (group->owner, request->session->user_id))
    {
      ahoy_request_fail (request, AHOY_ERROR_REQUEST_REFUSED, "only the owner may do this");
      return;
    }
  if ((!name || g_str_equal (name, group->name)) && added->len == 0 && removed->len == 0)
    {
      g_autoptr (JsonObject) answer = ahoy_groups_to_wire (self, group);

      ahoy_request_answer (request, answer);
      return;
    }

  change_group (request, group, name, added, removed);
}

void
ahoy_groups_handle_leave (AhoyRequest *request,
                          JsonObject  *data)
{
  AhoyGroups *self = request->server->groups;
  AhoySession *session = request->session;
  AhoyGroup *group = need_group (request, data);
  AhoyChange *change;

  if (!group)
    return;

  change = ahoy_change_new (request->server);
  ahoy_groups_push_gone (self, group, session->user_id, change);
  ahoy_groups_remove (self, change->batch, group, session->user_id);
  if (group->members->len == 0)
    ahoy_groups_delete (self, change->batch, group);
  else
    ahoy_groups_push (self, group, change);
  ahoy_change_commit (change, request, NULL);
}

void
ahoy_groups_handle_delete (AhoyRequest *request,
                           JsonObject  *data)
{
  AhoyGroups *self = request->server->groups;
  AhoyGroup *group = need_group (request, data);
  AhoyChange *change;

  if (!group)
    return;
  if (!g_str_equal (group->owner, request->session->user_id))
    {
      ahoy_request_fail (request, AHOY_ERROR_REQUEST_REFUSED, "only the owner may do this");
      return;
    }

  change = ahoy_change_new (request->server);
  for (guint i = 0; i < group->members->len; i++)
    ahoy_groups_push_gone (self, group, g_ptr_array_index (group->members, i), change);
  ahoy_groups_delete (self, change->batch, group);
  ahoy_change_commit (change, request, NULL);
}
