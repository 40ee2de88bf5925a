/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ahoy-registry.h"

#include <string.h>

/* Presence: so many changes are told at once, and so many a second; the others wait and go together. */
static const AhoyThrottleLimits presence_limits = { .rate = 1, .burst = 5 };

/* A connection that comes back at once is no news to those who watch. */
#define OFFLINE_GRACE_US (3 * G_USEC_PER_SEC)

typedef struct
{
  char *uid;
  GPtrArray *sessions; /* of AhoySession (owned) */
  GPtrArray *watchers; /* (nullable) of AhoySession, which leave before they die */
  const char *told;    /* the presence that watchers know */
  AhoyThrottle invites;
  const AhoyThrottleLimits *invite_limits; /* (nullable) set with the first invitation */
} User;

struct _AhoyRegistry
{
  GHashTable *sessions; /* sid hash -> AhoySession */
  GHashTable *users;    /* uid -> User (owned) */
  GHashTable *leaving;  /* set of uids that may be offline soon, (owned) */
  GHashTable *owing;    /* set of uids that are known for what they have invited only, (owned) */
  AhoyRegistryBusyFunc is_busy;
  AhoyRegistryExpired on_expired;
  AhoyRegistryExpired on_lapsed;
  gpointer user_data;
  gint64 session_ttl_us;
};

static void
user_free (gpointer data)
{
  User *user = data;

  g_free (user->uid);
  g_ptr_array_unref (user->sessions);
  g_clear_pointer (&user->watchers, g_ptr_array_unref);
  g_free (user);
}

AhoyRegistry *
ahoy_registry_new (AhoyRegistryBusyFunc is_busy,
                   AhoyRegistryExpired  on_expired,
                   AhoyRegistryExpired  on_lapsed,
                   gpointer             user_data,
                   guint                session_ttl_s)
{
  AhoyRegistry *self = g_new0 (AhoyRegistry, 1);

  self->sessions = g_hash_table_new (g_str_hash, g_str_equal);
  self->users = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, user_free);
  self->leaving = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->owing = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->is_busy = is_busy;
  self->on_expired = on_expired;
  self->on_lapsed = on_lapsed;
  self->user_data = user_data;
  self->session_ttl_us = session_ttl_s * G_USEC_PER_SEC;

  return self;
}

void
ahoy_registry_free (AhoyRegistry *self)
{
  g_hash_table_unref (self->sessions);
  g_hash_table_unref (self->users);
  g_hash_table_unref (self->leaving);
  g_hash_table_unref (self->owing);
  g_free (self);
}

static User *
get_user (AhoyRegistry *self,
          const char   *uid)
{
  User *user = g_hash_table_lookup (self->users, uid);

  if (!user)
    {
      user = g_new0 (User, 1);
      user->uid = g_strdup (uid);
      user->sessions = g_ptr_array_new_with_free_func ((GDestroyNotify) ahoy_session_unref);
      user->told = "offline";
      g_hash_table_insert (self->users, user->uid, user);
    }

  return user;
}

static gboolean
is_empty (User *user)
{
  return user->sessions->len == 0 && (!user->watchers || user->watchers->len == 0);
}

/* Signing out and in again must not make more invitations of few. */
static gboolean
owes (User *user)
{
  return user->invite_limits &&
         ahoy_throttle_fill (&user->invites, user->invite_limits, g_get_monotonic_time ()) < user->invite_limits->burst;
}

static void
drop_user_when_empty (AhoyRegistry *self,
                      User         *user)
{
  if (!is_empty (user))
    return;

  if (owes (user))
    g_hash_table_add (self->owing, g_strdup (user->uid));
  else
    g_hash_table_remove (self->users, user->uid);
}

void
ahoy_registry_add (AhoyRegistry *self,
                   AhoySession  *session)
{
  g_ptr_array_add (get_user (self, session->uid)->sessions, ahoy_session_ref (session));
  g_hash_table_insert (self->sessions, session->sid_hash, session);
}

static void
stop_watching (AhoyRegistry *self,
               AhoySession  *session)
{
  for (guint i = 0; session->watched && i < session->watched->len; i++)
    {
      User *user = g_hash_table_lookup (self->users, g_ptr_array_index (session->watched, i));

      if (user && user->watchers && g_ptr_array_remove_fast (user->watchers, session))
        drop_user_when_empty (self, user);
    }
  g_clear_pointer (&session->watched, g_ptr_array_unref);
  g_clear_pointer (&session->news, g_hash_table_unref);
}

void
ahoy_registry_remove (AhoyRegistry *self,
                      AhoySession  *session)
{
  g_autoptr (AhoySession) hold = ahoy_session_ref (session);
  User *user = g_hash_table_lookup (self->users, session->uid);

  if (session->is_removed)
    return;

  session->is_removed = TRUE;
  stop_watching (self, session);
  g_hash_table_remove (self->sessions, session->sid_hash);
  g_ptr_array_remove (user->sessions, session);
  ahoy_registry_update_presence (self, session->uid);
  drop_user_when_empty (self, user);
}

AhoySession *
ahoy_registry_find (AhoyRegistry *self,
                    const char   *sid_hash)
{
  return g_hash_table_lookup (self->sessions, sid_hash);
}

AhoySession *
ahoy_registry_find_device (AhoyRegistry *self,
                           const char   *uid,
                           const char   *device)
{
  User *user = g_hash_table_lookup (self->users, uid);

  for (guint i = 0; user && i < user->sessions->len; i++)
    {
      AhoySession *session = g_ptr_array_index (user->sessions, i);

      if (strcmp (session->device, device) == 0)
        return session;
    }

  return NULL;
}

GPtrArray *
ahoy_registry_list (AhoyRegistry *self,
                    const char   *uid)
{
  GPtrArray *list = g_ptr_array_new_with_free_func ((GDestroyNotify) ahoy_session_unref);
  User *user = g_hash_table_lookup (self->users, uid);

  for (guint i = 0; user && i < user->sessions->len; i++)
    g_ptr_array_add (list, ahoy_session_ref (g_ptr_array_index (user->sessions, i)));

  return list;
}

guint
ahoy_registry_get_n (AhoyRegistry *self)
{
  return g_hash_table_size (self->sessions);
}

void
ahoy_registry_push (AhoyRegistry   *self,
                    const char     *uid,
                    const char     *device,
                    const char     *but,
                    AhoyMessageType type,
                    JsonObject     *data)
{
  User *user = g_hash_table_lookup (self->users, uid);

  for (guint i = 0; user && i < user->sessions->len; i++)
    {
      AhoySession *session = g_ptr_array_index (user->sessions, i);

      if (device && strcmp (session->device, device) != 0)
        continue;
      if (but && strcmp (session->device, but) == 0)
        continue;

      ahoy_session_push (session, type, data);
    }
}

void
ahoy_registry_push_all (AhoyRegistry   *self,
                        AhoyMessageType type,
                        JsonObject     *data)
{
  GHashTableIter iter;
  gpointer session;

  g_hash_table_iter_init (&iter, self->sessions);
  while (g_hash_table_iter_next (&iter, NULL, &session))
    ahoy_session_push (session, type, data);
}

void
ahoy_registry_push_watchers (AhoyRegistry   *self,
                             const char     *uid,
                             AhoyMessageType type,
                             JsonObject     *data)
{
  User *user = g_hash_table_lookup (self->users, uid);

  for (guint i = 0; user && user->watchers && i < user->watchers->len; i++)
    ahoy_session_push (g_ptr_array_index (user->watchers, i), type, data);
}

void
ahoy_registry_watch (AhoyRegistry *self,
                     AhoySession  *session,
                     GPtrArray    *uids)
{
  stop_watching (self, session);
  session->watched = uids;
  ahoy_throttle_init (&session->presence, &presence_limits, g_get_monotonic_time ());
  for (guint i = 0; i < uids->len; i++)
    {
      const char *uid = g_ptr_array_index (uids, i);
      User *user = get_user (self, uid);

      /* Those who watch already must not miss what the new one is told. */
      ahoy_registry_update_presence (self, uid);
      if (!user->watchers)
        user->watchers = g_ptr_array_new ();
      if (!g_ptr_array_find (user->watchers, session, NULL))
        g_ptr_array_add (user->watchers, session);
    }
}

static gboolean
is_here (AhoyRegistry *self,
         User         *user)
{
  gint64 now_us = g_get_monotonic_time ();

  for (guint i = 0; i < user->sessions->len; i++)
    {
      AhoySession *session = g_ptr_array_index (user->sessions, i);

      if (session->connection)
        return TRUE;
      if (now_us - session->lost_us < OFFLINE_GRACE_US)
        {
          if (!g_hash_table_contains (self->leaving, user->uid))
            g_hash_table_add (self->leaving, g_strdup (user->uid));
          return TRUE;
        }
    }

  return FALSE;
}

const char *
ahoy_registry_get_presence (AhoyRegistry *self,
                            const char   *uid)
{
  User *user = g_hash_table_lookup (self->users, uid);

  if (!user || !is_here (self, user))
    return "offline";

  return self->is_busy (uid, self->user_data) ? "busy" : "online";
}

static void
push_news (AhoySession *session)
{
  g_autoptr (GHashTable) news = g_steal_pointer (&session->news);
  g_autoptr (JsonObject) data = json_object_new ();
  JsonObject *users = json_object_new ();
  GHashTableIter iter;
  gpointer user_id;
  gpointer presence;

  g_hash_table_iter_init (&iter, news);
  while (g_hash_table_iter_next (&iter, &user_id, &presence))
    json_object_set_string_member (users, user_id, presence);
  json_object_set_object_member (data, "users", users);
  ahoy_session_push (session, AHOY_MESSAGE_PRESENCE, data);
}

/* @presence is one of the static words. */
static void
tell_presence (AhoySession *session,
               const char  *user_id,
               const char  *presence)
{
  gboolean is_waiting = session->news != NULL;

  if (!is_waiting)
    session->news = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_hash_table_replace (session->news, g_strdup (user_id), (gpointer) presence);
  if (!is_waiting && ahoy_throttle_take (&session->presence, &presence_limits, g_get_monotonic_time ()))
    push_news (session);
}

void
ahoy_registry_update_presence (AhoyRegistry *self,
                               const char   *uid)
{
  User *user = g_hash_table_lookup (self->users, uid);
  const char *presence;

  if (!user)
    return;

  presence = ahoy_registry_get_presence (self, uid);
  if (strcmp (presence, user->told) == 0)
    return;

  user->told = presence;
  for (guint i = 0; user->watchers && i < user->watchers->len; i++)
    tell_presence (g_ptr_array_index (user->watchers, i), strchr (uid, ':') + 1, presence);
}

gboolean
ahoy_registry_take_invite (AhoyRegistry             *self,
                           const char               *uid,
                           const AhoyThrottleLimits *limits)
{
  User *user = get_user (self, uid);
  gint64 now_us = g_get_monotonic_time ();

  if (!user->invite_limits)
    ahoy_throttle_init (&user->invites, limits, now_us);
  user->invite_limits = limits;

  return ahoy_throttle_take (&user->invites, limits, now_us);
}

static void
update_leaving (AhoyRegistry *self)
{
  g_autoptr (GHashTable) leaving = g_steal_pointer (&self->leaving);
  GHashTableIter iter;
  gpointer uid;

  /* Whoever is still within the grace puts itself into the new set. */
  self->leaving = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_hash_table_iter_init (&iter, leaving);
  while (g_hash_table_iter_next (&iter, &uid, NULL))
    ahoy_registry_update_presence (self, uid);
}

static void
update_owing (AhoyRegistry *self)
{
  g_autoptr (GHashTable) owing = g_steal_pointer (&self->owing);
  GHashTableIter iter;
  gpointer uid;

  self->owing = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_hash_table_iter_init (&iter, owing);
  while (g_hash_table_iter_next (&iter, &uid, NULL))
    {
      User *user = g_hash_table_lookup (self->users, uid);

      if (user)
        drop_user_when_empty (self, user);
    }
}

void
ahoy_registry_tick (AhoyRegistry *self)
{
  g_autoptr (GPtrArray) expired = g_ptr_array_new_with_free_func ((GDestroyNotify) ahoy_session_unref);
  g_autoptr (GPtrArray) lapsed = g_ptr_array_new_with_free_func ((GDestroyNotify) ahoy_session_unref);
  gint64 now_us = g_get_monotonic_time ();
  GHashTableIter iter;
  gpointer value;

  update_leaving (self);
  update_owing (self);

  g_hash_table_iter_init (&iter, self->sessions);
  while (g_hash_table_iter_next (&iter, NULL, &value))
    {
      AhoySession *session = value;

      if (!session->connection && now_us - session->lost_us > self->session_ttl_us)
        g_ptr_array_add (expired, ahoy_session_ref (session));
      else if (session->connection && session->expires_us != 0 && now_us > session->expires_us)
        g_ptr_array_add (lapsed, ahoy_session_ref (session));
      if (session->news)
        push_news (session);
    }
  for (guint i = 0; i < expired->len; i++)
    self->on_expired (g_ptr_array_index (expired, i), self->user_data);
  for (guint i = 0; i < lapsed->len; i++)
    self->on_lapsed (g_ptr_array_index (lapsed, i), self->user_data);
}
