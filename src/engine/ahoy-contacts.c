/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "ahoy-contacts-private.h"

#include "ahoy-contacts-cache.h"
#include "ahoy-contacts-fetch.h"
#include "ahoy-item-list.h"
#include "ahoy-items.h"
#include "ahoy-limits.h"

#define PRESENCE_AFTER_MS 50
#define STORE_AFTER_MS 300

/**
 * AhoyContacts:
 *
 * The people of an account. The server keeps the list; this is a copy of it that runs ahead by what was changed here
 * and is not answered yet.
 */
struct _AhoyContacts
{
  GObject parent_instance;

  AhoySession *session;      /* (owned) (not nullable) until dispose */
  AhoyPeople *people;        /* (owned) (not nullable) until dispose */
  GPtrArray *users;          /* of AhoyUser, see ahoy_item_list_attach () */
  GCancellable *cancellable; /* (owned) (nullable), of the account that is signed in */
  char *path;                /* (owned) (nullable) of the cache */
  gint64 version;
  guint presence_id;
  guint store_id;
  gboolean loaded;
  gboolean from_server;
};

G_DEFINE_FINAL_TYPE_WITH_CODE (AhoyContacts, ahoy_contacts, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (G_TYPE_LIST_MODEL, ahoy_item_list_init_interface))

enum
{
  PROP_0,
  PROP_LOADED,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

static JsonObject *
make_cache (AhoyContacts *self)
{
  JsonObject *object = json_object_new ();
  JsonArray *contacts = json_array_new ();

  for (guint i = 0; i < self->users->len; i++)
    {
      AhoyUser *user = g_ptr_array_index (self->users, i);
      JsonObject *contact = json_object_new ();

      json_object_set_string_member (contact, "user", ahoy_user_get_id (user));
      json_object_set_boolean_member (contact, "favourite", ahoy_user_get_is_favourite (user));
      if (ahoy_user_get_remark (user))
        json_object_set_string_member (contact, "remark", ahoy_user_get_remark (user));
      if (ahoy_user_get_nickname (user))
        json_object_set_string_member (contact, "nickname", ahoy_user_get_nickname (user));
      if (ahoy_user_get_avatar (user))
        json_object_set_string_member (contact, "avatar", ahoy_user_get_avatar (user));
      json_array_add_object_element (contacts, contact);
    }
  json_object_set_int_member (object, "version", self->version);
  json_object_set_array_member (object, "contacts", contacts);
  return object;
}

static void
store_now (AhoyContacts *self)
{
  g_autoptr (JsonObject) object = NULL;

  g_clear_handle_id (&self->store_id, g_source_remove);
  if (!self->path)
    return;

  object = make_cache (self);
  ahoy_contacts_cache_store (self->path, object);
}

static gboolean
on_store_due (gpointer user_data)
{
  AhoyContacts *self = user_data;

  self->store_id = 0;
  store_now (self);
  return G_SOURCE_REMOVE;
}

void
ahoy_contacts_store_later (AhoyContacts *self)
{
  if (!self->store_id)
    self->store_id = g_timeout_add (STORE_AFTER_MS, on_store_due, self);
}

static void
on_presence (GObject      *object,
             GAsyncResult *result,
             gpointer      user_data)
{
  AhoyContacts *self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonObject) answer = ahoy_session_request_finish (AHOY_SESSION (object), result, &error);

  if (answer)
    ahoy_people_take_presence (self->people, ahoy_json_get_object (answer, "users"));
  else
    g_debug ("Presence: %s", error->message);
}

static gboolean
on_presence_due (gpointer user_data)
{
  AhoyContacts *self = user_data;
  g_autoptr (JsonObject) data = json_object_new ();
  JsonArray *ids = json_array_new ();

  self->presence_id = 0;
  for (guint i = 0; i < MIN (self->users->len, AHOY_MAX_PRESENCE); i++)
    json_array_add_string_element (ids, ahoy_user_get_id (g_ptr_array_index (self->users, i)));
  json_object_set_array_member (data, "users", ids);
  ahoy_session_request_async (self->session, "presence.sub", data, self->cancellable, on_presence, self);
  return G_SOURCE_REMOVE;
}

static void
subscribe_later (AhoyContacts *self)
{
  if (!self->presence_id && ahoy_session_is_started (self->session))
    self->presence_id = g_timeout_add (PRESENCE_AFTER_MS, on_presence_due, self);
}

void
ahoy_contacts_add_user (AhoyContacts *self,
                        AhoyUser     *user)
{
  if (g_ptr_array_find (self->users, user, NULL))
    return;

  ahoy_item_list_append (self, user);
  subscribe_later (self);
}

void
ahoy_contacts_remove_user (AhoyContacts *self,
                           AhoyUser     *user)
{
  g_autoptr (AhoyUser) alive = g_object_ref (user);
  guint position;

  ahoy_user_set_contact (user, FALSE, NULL, FALSE);
  if (!g_ptr_array_find (self->users, user, &position))
    return;

  ahoy_item_list_remove (self, position);
  subscribe_later (self);
}

/* (transfer none) (nullable): not in the list yet */
static AhoyUser *
learn_contact (AhoyContacts *self,
              JsonObject   *contact)
{
  const char *id = ahoy_json_get_string (contact, "user", AHOY_MAX_USER_ID);
  AhoyUser *user;

  if (!id || !*id)
    return NULL;

  user = ahoy_people_learn (self->people, id, ahoy_json_get_string (contact, "nickname", AHOY_MAX_NICKNAME),
                            ahoy_json_get_string (contact, "avatar", AHOY_MAX_AVATAR));
  ahoy_user_set_contact (user, TRUE, ahoy_json_get_string (contact, "remark", AHOY_MAX_REMARK),
                         ahoy_json_get_bool (contact, "favourite", FALSE));
  return user;
}

static void
set_loaded (AhoyContacts *self,
            gboolean      loaded)
{
  if (self->loaded == loaded)
    return;

  self->loaded = loaded;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_LOADED]);
}

static void
take_list (AhoyContacts *self,
           JsonObject   *object)
{
  g_autoptr (GHashTable) kept = g_hash_table_new (NULL, NULL);
  g_autoptr (GPtrArray) added = g_ptr_array_new ();
  JsonArray *contacts = ahoy_json_get_array (object, "contacts");

  for (guint i = 0; i < MIN (ahoy_items_length (contacts), AHOY_MAX_CONTACTS); i++)
    {
      JsonObject *contact = ahoy_items_object (contacts, i);
      AhoyUser *user = contact ? learn_contact (self, contact) : NULL;

      if (user && g_hash_table_add (kept, user) && !g_ptr_array_find (self->users, user, NULL))
        g_ptr_array_add (added, user);
    }
  ahoy_item_list_append_all (self, added);
  if (added->len > 0)
    subscribe_later (self);
  for (guint i = self->users->len; i > 0; i--)
    {
      AhoyUser *user = g_ptr_array_index (self->users, i - 1);

      if (!g_hash_table_contains (kept, user))
        ahoy_contacts_remove_user (self, user);
    }
  self->version = ahoy_json_get_int (object, "version", 0);
  set_loaded (self, TRUE);
}

static void
on_listed (GObject      *object,
           GAsyncResult *result,
           gpointer      user_data)
{
  AhoyContacts *self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonObject) list = ahoy_contacts_fetch_finish (AHOY_SESSION (object), result, &error);

  if (!list)
    {
      g_debug ("Contacts: %s", error->message);
      return;
    }

  self->from_server = TRUE;
  take_list (self, list);
  ahoy_contacts_store_later (self);
}

static void
request_list (AhoyContacts *self)
{
  ahoy_contacts_fetch_async (self->session, self->cancellable, on_listed, self);
}

static void
on_cache_loaded (GObject      *object,
                 GAsyncResult *result,
                 gpointer      user_data)
{
  AhoyContacts *self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonObject) cached = ahoy_contacts_cache_load_finish (result, &error);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  if (!cached)
    g_debug ("No contacts on disk: %s", error->message);
  else if (!self->from_server)
    take_list (self, cached);
}

static void
stop_pending (AhoyContacts *self)
{
  g_clear_handle_id (&self->presence_id, g_source_remove);
  if (self->store_id)
    store_now (self);
  if (self->cancellable)
    g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_clear_pointer (&self->path, g_free);
}

static void
ahoy_contacts_dispose (GObject *object)
{
  AhoyContacts *self = AHOY_CONTACTS (object);

  stop_pending (self);
  g_clear_object (&self->people);
  g_clear_object (&self->session);

  G_OBJECT_CLASS (ahoy_contacts_parent_class)->dispose (object);
}

static void
ahoy_contacts_get_property (GObject    *object,
                            guint       prop_id,
                            GValue     *value,
                            GParamSpec *pspec)
{
  AhoyContacts *self = AHOY_CONTACTS (object);

  switch (prop_id)
    {
    case PROP_LOADED:
      g_value_set_boolean (value, self->loaded);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
ahoy_contacts_class_init (AhoyContactsClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = ahoy_contacts_dispose;
  object_class->get_property = ahoy_contacts_get_property;

  /**
   * AhoyContacts:loaded:
   *
   * Whether the list is known: from the server, or from what was kept of the last time.
   */
  properties[PROP_LOADED] = g_param_spec_boolean ("loaded", NULL, NULL, FALSE,
                                                  G_PARAM_READABLE | G_PARAM_STATIC_STRINGS |
                                                  G_PARAM_EXPLICIT_NOTIFY);
  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
ahoy_contacts_init (AhoyContacts *self)
{
  self->users = ahoy_item_list_attach (self, AHOY_TYPE_USER);
}

AhoyContacts *
ahoy_contacts_new (AhoySession *session,
                   AhoyPeople  *people)
{
  AhoyContacts *self = g_object_new (AHOY_TYPE_CONTACTS, NULL);

  self->session = g_object_ref (session);
  self->people = g_object_ref (people);
  return self;
}

AhoySession *
ahoy_contacts_get_session (AhoyContacts *self)
{
  return self->session;
}

AhoyPeople *
ahoy_contacts_get_people (AhoyContacts *self)
{
  return self->people;
}

gboolean
ahoy_contacts_is_open (AhoyContacts *self)
{
  return self->cancellable != NULL;
}

void
ahoy_contacts_open (AhoyContacts *self,
                    guint64       app_id,
                    const char   *user_id)
{
  g_return_if_fail (AHOY_IS_CONTACTS (self));

  ahoy_contacts_close (self);
  self->cancellable = g_cancellable_new ();
  self->path = ahoy_contacts_cache_make_path (app_id, user_id);
  ahoy_contacts_cache_load_async (self->path, self->cancellable, on_cache_loaded, self);
}

void
ahoy_contacts_close (AhoyContacts *self)
{
  g_return_if_fail (AHOY_IS_CONTACTS (self));

  stop_pending (self);
  while (self->users->len > 0)
    ahoy_contacts_remove_user (self, g_ptr_array_index (self->users, self->users->len - 1));
  g_clear_handle_id (&self->presence_id, g_source_remove);
  self->from_server = FALSE;
  self->version = 0;
  set_loaded (self, FALSE);
}

void
ahoy_contacts_refresh (AhoyContacts *self,
                       gboolean      full)
{
  g_return_if_fail (AHOY_IS_CONTACTS (self));

  if (full || !self->from_server)
    request_list (self);
  subscribe_later (self);
}

void
ahoy_contacts_take_push (AhoyContacts *self,
                         JsonObject   *data)
{
  gint64 version = ahoy_json_get_int (data, "version", 0);
  JsonObject *contact = ahoy_json_get_object (data, "contact");
  const char *removed = ahoy_json_get_string (data, "removed", AHOY_MAX_USER_ID);

  g_return_if_fail (AHOY_IS_CONTACTS (self));

  if (!self->from_server || version <= self->version)
    return;
  if (version > self->version + 1)
    {
      /* A change was missed. */
      request_list (self);
      return;
    }

  self->version = version;
  if (contact)
    {
      AhoyUser *user = learn_contact (self, contact);

      if (user)
        ahoy_contacts_add_user (self, user);
    }
  else if (removed && *removed)
    ahoy_contacts_remove_user (self, ahoy_people_learn (self->people, removed, NULL, NULL));
  ahoy_contacts_store_later (self);
}
