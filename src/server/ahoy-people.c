/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ahoy-people.h"

#include "ahoy-error.h"
#include "ahoy-json.h"
#include "ahoy-limits.h"
#include "ahoy-user-sig.h"

#include <string.h>

#define MAX_CACHED 20000
/* Names of fields and punctuation of one row */
#define ROW_BYTES 96

typedef struct
{
  char *remark;
  gboolean is_favourite;
} Contact;

typedef struct
{
  gint64 version;
  GTree *contacts; /* user id -> Contact (owned), in the order of the pages */
} ContactList;

struct _AhoyPeople
{
  AhoyServer *server;
  GHashTable *profiles; /* uid -> AhoyStoredProfile (owned) */
  GHashTable *lists;    /* uid -> ContactList (owned) */
  gint64 changed_us;    /* when something was written last */
};

static void
profile_free (gpointer data)
{
  AhoyStoredProfile *profile = data;

  g_free (profile->nickname);
  g_free (profile->avatar);
  g_free (profile);
}

static void
contact_free (gpointer data)
{
  Contact *contact = data;

  g_free (contact->remark);
  g_free (contact);
}

static void
list_free (gpointer data)
{
  ContactList *list = data;

  g_tree_unref (list->contacts);
  g_free (list);
}

AhoyPeople *
ahoy_people_new (AhoyServer *server)
{
  AhoyPeople *self = g_new0 (AhoyPeople, 1);

  self->server = server;
  self->profiles = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, profile_free);
  self->lists = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, list_free);

  return self;
}

void
ahoy_people_free (AhoyPeople *self)
{
  g_hash_table_unref (self->profiles);
  g_hash_table_unref (self->lists);
  g_free (self);
}

/* Only what is on the disk for sure may be forgotten, so a while after the last change. */
void
ahoy_people_trim (AhoyPeople *self)
{
  if (g_get_monotonic_time () - self->changed_us < 10 * G_USEC_PER_SEC)
    return;

  if (g_hash_table_size (self->profiles) > MAX_CACHED)
    g_hash_table_remove_all (self->profiles);
  if (g_hash_table_size (self->lists) > MAX_CACHED / 10)
    g_hash_table_remove_all (self->lists);
}

static AhoyStoredProfile *
get_profile (AhoyPeople *self,
             guint64     app_id,
             const char *user_id)
{
  g_autofree char *uid = ahoy_make_uid (app_id, user_id);
  AhoyStoredProfile *profile = g_hash_table_lookup (self->profiles, uid);

  if (!profile)
    {
      profile = g_new0 (AhoyStoredProfile, 1);
      ahoy_store_get_profile (self->server->store, app_id, user_id, profile);
      g_hash_table_insert (self->profiles, g_steal_pointer (&uid), profile);
    }

  return profile;
}

const AhoyStoredProfile *
ahoy_people_get_profile (AhoyPeople *self,
                         guint64     app_id,
                         const char *user_id)
{
  return get_profile (self, app_id, user_id);
}

JsonObject *
ahoy_people_to_wire (AhoyPeople *self,
                     guint64     app_id,
                     const char *user_id)
{
  AhoyStoredProfile *profile = get_profile (self, app_id, user_id);
  JsonObject *object = json_object_new ();

  json_object_set_string_member (object, "id", user_id);
  json_object_set_string_member (object, "nickname", profile->nickname);
  json_object_set_string_member (object, "avatar", profile->avatar);

  return object;
}

/* NULL, and the request is ended, when one of them cannot be a user. */
static GStrv
need_users (AhoyRequest *request,
            JsonObject  *data,
            guint        max)
{
  g_auto (GStrv) users = ahoy_json_get_strings (data, "users", max, AHOY_MAX_USER_ID);

  for (guint i = 0; users && users[i]; i++)
    {
      if (!ahoy_user_id_is_valid (users[i]))
        g_clear_pointer (&users, g_strfreev);
      if (!users)
        break;
    }
  if (!users)
    ahoy_request_fail (request, AHOY_ERROR_INVALID_PARAMETER, "users is missing or invalid");

  return g_steal_pointer (&users);
}

static gsize
get_row_size (const char              *user_id,
              const AhoyStoredProfile *profile,
              const char              *remark)
{
  return strlen (user_id) + ahoy_json_escaped_length (profile->nickname) +
         ahoy_json_escaped_length (profile->avatar) + ahoy_json_escaped_length (remark) + ROW_BYTES;
}

void
ahoy_people_handle_profile_get (AhoyRequest *request,
                                JsonObject  *data)
{
  AhoyPeople *self = request->server->people;
  g_autoptr (JsonObject) answer = NULL;
  g_auto (GStrv) users = need_users (request, data, AHOY_MAX_PROFILES);
  JsonArray *array;
  gsize size = 0;

  if (!users)
    return;

  array = json_array_new ();
  for (guint i = 0; users[i]; i++)
    {
      const AhoyStoredProfile *profile = get_profile (self, request->session->app_id, users[i]);

      size += get_row_size (users[i], profile, "");
      if (i > 0 && size > AHOY_WIRE_MAX_PAGE)
        break;

      json_array_add_object_element (array, ahoy_people_to_wire (self, request->session->app_id, users[i]));
    }
  answer = json_object_new ();
  json_object_set_array_member (answer, "users", array);
  ahoy_request_answer (request, answer);
}

void
ahoy_people_handle_profile_set (AhoyRequest *request,
                                JsonObject  *data)
{
  AhoyPeople *self = request->server->people;
  AhoySession *session = request->session;
  g_autoptr (GError) error = NULL;
  AhoyStoredProfile *profile;
  AhoyChange *change;
  const char *nickname;
  const char *avatar;

  if (!ahoy_json_take_line (data, "nickname", AHOY_MAX_NICKNAME, &nickname, &error) ||
      !ahoy_json_take_line (data, "avatar", AHOY_MAX_AVATAR, &avatar, &error))
    {
      ahoy_request_fail_with (request, error);
      return;
    }

  profile = get_profile (self, session->app_id, session->user_id);
  if (nickname)
    {
      g_free (profile->nickname);
      profile->nickname = g_strdup (nickname);
    }
  if (avatar)
    {
      g_free (profile->avatar);
      profile->avatar = g_strdup (avatar);
    }
  self->changed_us = g_get_monotonic_time ();

  change = ahoy_change_new (self->server);
  ahoy_batch_put_profile (change->batch, session->app_id, session->user_id, profile->nickname, profile->avatar);
  ahoy_change_push (change, session->uid, NULL, NULL, AHOY_MESSAGE_PROFILE,
                    ahoy_people_to_wire (self, session->app_id, session->user_id));
  ahoy_change_commit (change, request, NULL);
}

/* Contacts */

static Contact *
put_contact (ContactList *list,
             const char  *user_id,
             const char  *remark,
             gboolean     is_favourite)
{
  Contact *contact = g_new0 (Contact, 1);

  contact->remark = g_strdup (remark);
  contact->is_favourite = is_favourite;
  g_tree_insert (list->contacts, g_strdup (user_id), contact);

  return contact;
}

static void
take_stored (const char *user_id,
             const char *remark,
             gboolean    is_favourite,
             gpointer    user_data)
{
  put_contact (user_data, user_id, remark, is_favourite);
}

static int
compare_ids (gconstpointer a,
             gconstpointer b,
             gpointer      user_data)
{
  return strcmp (a, b);
}

static ContactList *
get_list (AhoyPeople  *self,
          AhoySession *session)
{
  ContactList *list = g_hash_table_lookup (self->lists, session->uid);

  if (!list)
    {
      list = g_new0 (ContactList, 1);
      list->contacts = g_tree_new_full (compare_ids, NULL, g_free, contact_free);
      list->version = ahoy_store_each_contact (self->server->store, session->app_id, session->user_id,
                                               take_stored, list);
      g_hash_table_insert (self->lists, g_strdup (session->uid), list);
    }

  return list;
}

static JsonObject *
contact_to_wire (AhoyPeople    *self,
                 guint64        app_id,
                 const char    *user_id,
                 const Contact *contact)
{
  AhoyStoredProfile *profile = get_profile (self, app_id, user_id);
  JsonObject *object = json_object_new ();

  json_object_set_string_member (object, "user", user_id);
  json_object_set_string_member (object, "remark", contact->remark);
  json_object_set_boolean_member (object, "favourite", contact->is_favourite);
  json_object_set_string_member (object, "nickname", profile->nickname);
  json_object_set_string_member (object, "avatar", profile->avatar);

  return object;
}

/* Returns the id of the last one when there are more, else "". */
static const char *
add_contacts (AhoyPeople  *self,
              guint64      app_id,
              ContactList *list,
              const char  *after,
              gint64       count,
              JsonArray   *contacts)
{
  GTreeNode *node = after ? g_tree_upper_bound (list->contacts, after) : g_tree_node_first (list->contacts);
  const char *last = "";
  gsize size = 0;

  for (; node && count > 0; node = g_tree_node_next (node), count--)
    {
      const char *user_id = g_tree_node_key (node);
      const Contact *contact = g_tree_node_value (node);

      size += get_row_size (user_id, get_profile (self, app_id, user_id), contact->remark);
      if (*last && size > AHOY_WIRE_MAX_PAGE)
        break;

      json_array_add_object_element (contacts, contact_to_wire (self, app_id, user_id, contact));
      last = user_id;
    }

  return node ? last : "";
}

void
ahoy_people_handle_contacts_list (AhoyRequest *request,
                                  JsonObject  *data)
{
  AhoyPeople *self = request->server->people;
  ContactList *list = get_list (self, request->session);
  g_autoptr (JsonObject) answer = NULL;
  g_autoptr (GError) error = NULL;
  gint64 count = AHOY_MAX_CONTACTS_PAGE;
  JsonArray *contacts;
  const char *after;
  const char *next;

  if (!ahoy_json_take_string (data, "after", AHOY_MAX_USER_ID, &after, &error) ||
      (ahoy_json_has (data, "count") &&
       !ahoy_json_need_int (data, "count", 1, AHOY_MAX_CONTACTS_PAGE, &count, &error)))
    {
      ahoy_request_fail_with (request, error);
      return;
    }

  contacts = json_array_new ();
  next = add_contacts (self, request->session->app_id, list, after, count, contacts);
  answer = json_object_new ();
  json_object_set_int_member (answer, "version", list->version);
  json_object_set_array_member (answer, "contacts", contacts);
  json_object_set_string_member (answer, "next", next);
  ahoy_request_answer (request, answer);
}

static const char *
need_user (AhoyRequest *request,
           JsonObject  *data)
{
  const char *user_id = ahoy_json_get_string (data, "user", AHOY_MAX_USER_ID);

  if (ahoy_user_id_is_valid (user_id))
    return user_id;

  ahoy_request_fail (request, AHOY_ERROR_INVALID_PARAMETER, "user is missing or invalid");

  return NULL;
}

void
ahoy_people_handle_contacts_set (AhoyRequest *request,
                                 JsonObject  *data)
{
  AhoyPeople *self = request->server->people;
  AhoySession *session = request->session;
  ContactList *list = get_list (self, session);
  const char *user_id = need_user (request, data);
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonObject) answer = NULL;
  AhoyChange *change;
  JsonObject *push;
  Contact *contact;
  const char *remark;

  if (!user_id)
    return;
  if (!ahoy_json_take_line (data, "remark", AHOY_MAX_REMARK, &remark, &error))
    {
      ahoy_request_fail_with (request, error);
      return;
    }

  contact = g_tree_lookup (list->contacts, user_id);
  if (!contact && g_tree_nnodes (list->contacts) >= AHOY_MAX_CONTACTS)
    {
      ahoy_request_fail (request, AHOY_ERROR_REQUEST_REFUSED, "too many contacts");
      return;
    }
  if (!contact)
    contact = put_contact (list, user_id, "", FALSE);
  if (remark)
    {
      g_free (contact->remark);
      contact->remark = g_strdup (remark);
    }
  contact->is_favourite = ahoy_json_get_bool (data, "favourite", contact->is_favourite);
  list->version++;
  self->changed_us = g_get_monotonic_time ();

  answer = contact_to_wire (self, session->app_id, user_id, contact);
  push = json_object_new ();
  json_object_set_int_member (push, "version", list->version);
  json_object_set_object_member (push, "contact", json_object_ref (answer));
  change = ahoy_change_new (self->server);
  ahoy_batch_put_contact (change->batch, session->app_id, session->user_id, user_id, contact->remark,
                          contact->is_favourite, list->version);
  ahoy_change_push (change, session->uid, NULL, NULL, AHOY_MESSAGE_CONTACTS, push);
  ahoy_change_commit (change, request, answer);
}

void
ahoy_people_handle_contacts_remove (AhoyRequest *request,
                                    JsonObject  *data)
{
  AhoyPeople *self = request->server->people;
  AhoySession *session = request->session;
  ContactList *list = get_list (self, session);
  const char *user_id = need_user (request, data);
  AhoyChange *change;
  JsonObject *push;

  if (!user_id)
    return;

  g_tree_remove (list->contacts, user_id);
  list->version++;
  self->changed_us = g_get_monotonic_time ();

  push = json_object_new ();
  json_object_set_int_member (push, "version", list->version);
  json_object_set_string_member (push, "removed", user_id);
  change = ahoy_change_new (self->server);
  ahoy_batch_remove_contact (change->batch, session->app_id, session->user_id, user_id, list->version);
  ahoy_change_push (change, session->uid, NULL, NULL, AHOY_MESSAGE_CONTACTS, push);
  ahoy_change_commit (change, request, NULL);
}

void
ahoy_people_handle_presence_sub (AhoyRequest *request,
                                 JsonObject  *data)
{
  AhoyRegistry *registry = request->server->registry;
  g_auto (GStrv) users = need_users (request, data, AHOY_MAX_PRESENCE);
  g_autoptr (JsonObject) answer = NULL;
  JsonObject *states;
  GPtrArray *uids;

  if (!users)
    return;

  uids = g_ptr_array_new_with_free_func (g_free);
  states = json_object_new ();
  for (guint i = 0; users[i]; i++)
    {
      char *uid = ahoy_make_uid (request->session->app_id, users[i]);

      g_ptr_array_add (uids, uid);
      json_object_set_string_member (states, users[i], ahoy_registry_get_presence (registry, uid));
    }
  ahoy_registry_watch (registry, request->session, uids);
  answer = json_object_new ();
  json_object_set_object_member (answer, "users", states);
  ahoy_request_answer (request, answer);
}
