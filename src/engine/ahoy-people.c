/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "ahoy-people.h"

#include "ahoy-items.h"
#include "ahoy-limits.h"

/* Names are asked for together: a history of fifty lines is one request. */
#define GATHER_MS 15

struct _AhoyPeople
{
  GObject parent_instance;

  AhoySession *session;      /* (owned) (not nullable) until dispose */
  GHashTable *users;         /* (owned) id → AhoyUser */
  GHashTable *wanted;        /* (owned) set of ids whose profile nobody has asked for yet */
  GCancellable *cancellable; /* (owned) */
  guint gather_id;
};

G_DEFINE_FINAL_TYPE (AhoyPeople, ahoy_people, G_TYPE_OBJECT)

typedef struct
{
  AhoyPeople *self; /* alive as long as its cancellable is not cancelled */
  JsonArray *ids;   /* (owned) */
} Asked;

static void
asked_free (Asked *asked)
{
  json_array_unref (asked->ids);
  g_free (asked);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Asked, asked_free)

static gboolean on_gathered (gpointer user_data);

static void
want (AhoyPeople *self,
      const char *user_id)
{
  g_hash_table_add (self->wanted, g_strdup (user_id));
  if (!self->gather_id)
    self->gather_id = g_timeout_add (GATHER_MS, on_gathered, self);
}

/* The server answers the first of those asked for when all do not fit into a frame. */
static void
want_rest (AhoyPeople *self,
           JsonArray  *ids,
           guint       n_answered)
{
  if (n_answered == 0)
    return;

  for (guint i = n_answered; i < json_array_get_length (ids); i++)
    want (self, json_array_get_string_element (ids, i));
}

static void
on_profiles (GObject      *object,
             GAsyncResult *result,
             gpointer      user_data)
{
  g_autoptr (Asked) asked = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonObject) answer = ahoy_session_request_finish (AHOY_SESSION (object), result, &error);
  AhoyPeople *self = asked->self;
  JsonArray *list;

  if (!answer)
    {
      /* A name is a nicety; the id is shown, and the next get () of that person asks again. */
      g_debug ("Profiles: %s", error->message);
      return;
    }

  list = ahoy_json_get_array (answer, "users");
  for (guint i = 0; i < ahoy_items_length (list); i++)
    {
      JsonObject *profile = ahoy_items_object (list, i);
      const char *id = profile ? ahoy_json_get_string (profile, "id", AHOY_MAX_USER_ID) : NULL;
      AhoyUser *user = id ? g_hash_table_lookup (self->users, id) : NULL;

      if (user)
        ahoy_user_set_profile (user, ahoy_json_get_string (profile, "nickname", AHOY_MAX_NICKNAME),
                               ahoy_json_get_string (profile, "avatar", AHOY_MAX_AVATAR));
    }
  want_rest (self, asked->ids, ahoy_items_length (list));
}

static gboolean
on_gathered (gpointer user_data)
{
  AhoyPeople *self = user_data;
  g_autoptr (JsonObject) data = json_object_new ();
  JsonArray *ids = json_array_new ();
  Asked *asked = g_new0 (Asked, 1);
  GHashTableIter iter;
  gpointer id;

  self->gather_id = 0;
  g_hash_table_iter_init (&iter, self->wanted);
  while (json_array_get_length (ids) < AHOY_MAX_PROFILES && g_hash_table_iter_next (&iter, &id, NULL))
    {
      json_array_add_string_element (ids, id);
      g_hash_table_iter_remove (&iter);
    }
  json_object_set_array_member (data, "users", ids);
  asked->self = self;
  asked->ids = json_array_ref (ids);
  ahoy_session_request_async (self->session, "profile.get", data, self->cancellable, on_profiles, asked);

  if (g_hash_table_size (self->wanted) > 0)
    self->gather_id = g_timeout_add (GATHER_MS, on_gathered, self);
  return G_SOURCE_REMOVE;
}

static void
ahoy_people_dispose (GObject *object)
{
  AhoyPeople *self = AHOY_PEOPLE (object);

  g_clear_handle_id (&self->gather_id, g_source_remove);
  if (self->cancellable)
    g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_clear_object (&self->session);
  g_clear_pointer (&self->wanted, g_hash_table_unref);
  g_clear_pointer (&self->users, g_hash_table_unref);

  G_OBJECT_CLASS (ahoy_people_parent_class)->dispose (object);
}

static void
ahoy_people_class_init (AhoyPeopleClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = ahoy_people_dispose;
}

static void
ahoy_people_init (AhoyPeople *self)
{
  self->users = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, g_object_unref);
  self->wanted = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->cancellable = g_cancellable_new ();
}

AhoyPeople *
ahoy_people_new (AhoySession *session)
{
  AhoyPeople *self = g_object_new (AHOY_TYPE_PEOPLE, NULL);

  self->session = g_object_ref (session);
  return self;
}

static AhoyUser *
ensure (AhoyPeople *self,
        const char *user_id)
{
  AhoyUser *user = g_hash_table_lookup (self->users, user_id);

  if (!user)
    {
      user = ahoy_user_new (user_id);
      g_hash_table_insert (self->users, (gpointer) ahoy_user_get_id (user), user);
    }
  return user;
}

AhoyUser *
ahoy_people_get (AhoyPeople *self,
                 const char *user_id)
{
  AhoyUser *user;

  g_return_val_if_fail (AHOY_IS_PEOPLE (self), NULL);
  g_return_val_if_fail (user_id != NULL, NULL);

  user = ensure (self, user_id);
  if (!ahoy_user_get_nickname (user) && ahoy_session_is_started (self->session))
    want (self, user_id);
  return user;
}

AhoyUser *
ahoy_people_learn (AhoyPeople *self,
                   const char *user_id,
                   const char *nickname,
                   const char *avatar)
{
  AhoyUser *user;

  g_return_val_if_fail (AHOY_IS_PEOPLE (self), NULL);
  g_return_val_if_fail (user_id != NULL, NULL);

  user = ensure (self, user_id);
  ahoy_user_set_profile (user, nickname, avatar);
  return user;
}

void
ahoy_people_set_presence (AhoyPeople *self,
                          const char *user_id,
                          const char *state)
{
  AhoyUser *user;

  g_return_if_fail (AHOY_IS_PEOPLE (self));
  g_return_if_fail (user_id != NULL);

  user = g_hash_table_lookup (self->users, user_id);
  if (!user)
    return;

  if (g_strcmp0 (state, "online") == 0)
    ahoy_user_set_presence (user, AHOY_PRESENCE_ONLINE);
  else if (g_strcmp0 (state, "busy") == 0)
    ahoy_user_set_presence (user, AHOY_PRESENCE_BUSY);
  else if (g_strcmp0 (state, "offline") == 0)
    ahoy_user_set_presence (user, AHOY_PRESENCE_OFFLINE);
  else
    ahoy_user_set_presence (user, AHOY_PRESENCE_UNKNOWN);
}

void
ahoy_people_take_presence (AhoyPeople *self,
                           JsonObject *users)
{
  g_autoptr (GList) ids = users ? json_object_get_members (users) : NULL;

  for (GList *link = ids; link; link = link->next)
    ahoy_people_set_presence (self, link->data, ahoy_json_get_string (users, link->data, 16));
}

void
ahoy_people_forget_presence (AhoyPeople *self)
{
  GHashTableIter iter;
  gpointer user;

  g_return_if_fail (AHOY_IS_PEOPLE (self));

  g_hash_table_iter_init (&iter, self->users);
  while (g_hash_table_iter_next (&iter, NULL, &user))
    ahoy_user_set_presence (user, AHOY_PRESENCE_UNKNOWN);
}
