/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ahoy-contact-list.h"

#include "ahoy-list-diff.h"
#include "ahoy-section.h"
#include "ahoy-user.h"

#include <glib/gi18n.h>
#include <string.h>

struct _AhoyContactList
{
  GObject parent_instance;

  GListModel *users;       /* (owned) */
  GPtrArray *watched;      /* (owned) of AhoyUser: those whose names are followed, same order as users */
  GPtrArray *items;        /* (owned) of GObject: what is shown */
  GHashTable *sections;    /* (owned) title → AhoySection, so that a heading stays the same object */
  char *search;            /* (owned) (nullable) folded for comparing */
  guint n_people;
  guint rebuild_source_id; /* 0 when nothing changed */
};

static void list_model_init (GListModelInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (AhoyContactList, ahoy_contact_list, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (G_TYPE_LIST_MODEL, list_model_init))

/* One person with everything that sorting needs, computed once a rebuild. */
typedef struct
{
  AhoyUser *user;
  char *letter;   /* (owned) heading it stands under, NULL for favourites */
  char *key;      /* (owned) */
} Entry;

static void
entry_clear (gpointer data)
{
  Entry *entry = data;

  g_free (entry->letter);
  g_free (entry->key);
}

/* The letter without its accents, as the dictionary has it; "#" for what is no letter. */
static char *
dup_letter (const char *name)
{
  g_autofree char *plain = g_utf8_normalize (name, -1, G_NORMALIZE_ALL);
  char buffer[7] = { 0 };
  gunichar first;

  if (!plain || *plain == '\0')
    return g_strdup ("#");

  first = g_unichar_toupper (g_utf8_get_char (plain));
  if (!g_unichar_isalpha (first))
    return g_strdup ("#");

  g_unichar_to_utf8 (first, buffer);
  return g_strdup (buffer);
}

static int
compare_letters (const char *a,
                 const char *b)
{
  gboolean a_other = g_strcmp0 (a, "#") == 0;
  gboolean b_other = g_strcmp0 (b, "#") == 0;

  if (!a || !b)
    return (a != NULL) - (b != NULL);
  if (a_other != b_other)
    return a_other ? 1 : -1;

  return g_utf8_collate (a, b);
}

static int
compare_entries (gconstpointer a,
                 gconstpointer b)
{
  const Entry *left = a;
  const Entry *right = b;
  int order = compare_letters (left->letter, right->letter);

  if (order == 0)
    order = strcmp (left->key, right->key);
  if (order == 0)
    order = strcmp (ahoy_user_get_id (left->user), ahoy_user_get_id (right->user));

  return order;
}

static char *
dup_folded (const char *text)
{
  g_autofree char *normal = g_utf8_normalize (text, -1, G_NORMALIZE_ALL);
  GString *plain;
  g_autofree char *joined = NULL;

  if (!normal)
    return g_strdup ("");

  /* Without accents, so that "zoe" finds Zoë. */
  plain = g_string_new (NULL);
  for (const char *p = normal; *p; p = g_utf8_next_char (p))
    if (!g_unichar_ismark (g_utf8_get_char (p)))
      g_string_append_unichar (plain, g_utf8_get_char (p));
  joined = g_string_free (plain, FALSE);

  return g_utf8_casefold (joined, -1);
}

static gboolean
text_matches (const char *text,
              const char *search)
{
  g_autofree char *folded = NULL;

  if (!text)
    return FALSE;

  folded = dup_folded (text);
  return strstr (folded, search) != NULL;
}

static gboolean
user_matches (AhoyContactList *self,
              AhoyUser        *user)
{
  return !self->search ||
         text_matches (ahoy_user_get_display_name (user), self->search) ||
         text_matches (ahoy_user_get_nickname (user), self->search) ||
         text_matches (ahoy_user_get_id (user), self->search);
}

static AhoySection *
find_section (AhoyContactList *self,
              const char      *title)
{
  AhoySection *section = g_hash_table_lookup (self->sections, title);

  if (!section)
    {
      section = ahoy_section_new (title);
      g_hash_table_insert (self->sections, g_strdup (title), section);
    }

  return section;
}

static GArray *
collect_entries (AhoyContactList *self)
{
  GArray *entries = g_array_new (FALSE, FALSE, sizeof (Entry));

  g_array_set_clear_func (entries, entry_clear);
  for (guint i = 0; i < self->watched->len; i++)
    {
      AhoyUser *user = g_ptr_array_index (self->watched, i);
      const char *name = ahoy_user_get_display_name (user);
      g_autofree char *folded = NULL;
      Entry entry = { user, NULL, NULL };

      if (!user_matches (self, user))
        continue;

      folded = g_utf8_casefold (name, -1);
      entry.key = g_utf8_collate_key (folded, -1);
      if (self->search)
        entry.letter = g_strdup (_("People"));
      else if (!ahoy_user_get_is_favourite (user))
        entry.letter = dup_letter (name);
      g_array_append_val (entries, entry);
    }

  g_array_sort (entries, compare_entries);
  return entries;
}

static void
rebuild (AhoyContactList *self)
{
  g_autoptr (GArray) entries = collect_entries (self);
  g_autoptr (GPtrArray) old = NULL;
  const char *title = NULL;

  old = g_steal_pointer (&self->items);
  self->items = g_ptr_array_new_full (entries->len + 30, g_object_unref);
  self->n_people = entries->len;

  for (guint i = 0; i < entries->len; i++)
    {
      Entry *entry = &g_array_index (entries, Entry, i);
      const char *letter = entry->letter ? entry->letter : _("Favourites");

      if (g_strcmp0 (letter, title) != 0)
        g_ptr_array_add (self->items, g_object_ref (find_section (self, letter)));
      title = letter;
      g_ptr_array_add (self->items, g_object_ref (entry->user));
    }

  ahoy_list_diff_emit (G_LIST_MODEL (self), old, self->items);
}

static gboolean
on_rebuild_due (gpointer user_data)
{
  AhoyContactList *self = user_data;

  self->rebuild_source_id = 0;
  rebuild (self);
  return G_SOURCE_REMOVE;
}

/* A first synchronization changes a thousand names in one go: they are sorted once. */
static void
queue_rebuild (AhoyContactList *self)
{
  if (self->rebuild_source_id == 0)
    self->rebuild_source_id = g_idle_add_full (G_PRIORITY_HIGH_IDLE, on_rebuild_due, self, NULL);
}

static void
unwatch (AhoyContactList *self,
         guint            position,
         guint            count)
{
  for (guint i = position; i < position + count; i++)
    g_signal_handlers_disconnect_by_func (g_ptr_array_index (self->watched, i), queue_rebuild, self);
  if (count > 0)
    g_ptr_array_remove_range (self->watched, position, count);
}

static void
on_users_changed (AhoyContactList *self,
                  guint            position,
                  guint            removed,
                  guint            added,
                  GListModel      *users)
{
  unwatch (self, position, removed);
  for (guint i = position; i < position + added; i++)
    {
      AhoyUser *user = g_list_model_get_item (users, i);

      g_signal_connect_swapped (user, "notify::display-name", G_CALLBACK (queue_rebuild), self);
      g_signal_connect_swapped (user, "notify::is-favourite", G_CALLBACK (queue_rebuild), self);
      g_ptr_array_insert (self->watched, (int) i, user);
    }

  queue_rebuild (self);
}

static GType
get_item_type (GListModel *model)
{
  return G_TYPE_OBJECT;
}

static guint
get_n_items (GListModel *model)
{
  return AHOY_CONTACT_LIST (model)->items->len;
}

static gpointer
get_item (GListModel *model,
          guint       position)
{
  AhoyContactList *self = AHOY_CONTACT_LIST (model);

  return position < self->items->len ? g_object_ref (g_ptr_array_index (self->items, position)) : NULL;
}

static void
list_model_init (GListModelInterface *iface)
{
  iface->get_item_type = get_item_type;
  iface->get_n_items = get_n_items;
  iface->get_item = get_item;
}

static void
ahoy_contact_list_dispose (GObject *object)
{
  AhoyContactList *self = AHOY_CONTACT_LIST (object);

  g_clear_handle_id (&self->rebuild_source_id, g_source_remove);
  unwatch (self, 0, self->watched->len);
  g_clear_object (&self->users);

  G_OBJECT_CLASS (ahoy_contact_list_parent_class)->dispose (object);
}

static void
ahoy_contact_list_finalize (GObject *object)
{
  AhoyContactList *self = AHOY_CONTACT_LIST (object);

  g_ptr_array_unref (self->watched);
  g_ptr_array_unref (self->items);
  g_hash_table_unref (self->sections);
  g_free (self->search);

  G_OBJECT_CLASS (ahoy_contact_list_parent_class)->finalize (object);
}

static void
ahoy_contact_list_class_init (AhoyContactListClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = ahoy_contact_list_dispose;
  object_class->finalize = ahoy_contact_list_finalize;
}

static void
ahoy_contact_list_init (AhoyContactList *self)
{
  self->watched = g_ptr_array_new_with_free_func (g_object_unref);
  self->items = g_ptr_array_new_with_free_func (g_object_unref);
  self->sections = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_object_unref);
}

AhoyContactList *
ahoy_contact_list_new (GListModel *users)
{
  AhoyContactList *self;

  g_return_val_if_fail (G_IS_LIST_MODEL (users), NULL);

  self = g_object_new (AHOY_TYPE_CONTACT_LIST, NULL);
  self->users = g_object_ref (users);
  g_signal_connect_object (users, "items-changed", G_CALLBACK (on_users_changed), self, G_CONNECT_SWAPPED);
  on_users_changed (self, 0, 0, g_list_model_get_n_items (users), users);
  ahoy_contact_list_flush (self);
  return self;
}

void
ahoy_contact_list_set_search (AhoyContactList *self,
                              const char      *search)
{
  g_autofree char *stripped = NULL;

  g_return_if_fail (AHOY_IS_CONTACT_LIST (self));

  stripped = g_strstrip (g_strdup (search ? search : ""));
  g_clear_pointer (&self->search, g_free);
  if (*stripped)
    self->search = dup_folded (stripped);

  queue_rebuild (self);
  ahoy_contact_list_flush (self);
}

guint
ahoy_contact_list_get_people (AhoyContactList *self)
{
  g_return_val_if_fail (AHOY_IS_CONTACT_LIST (self), 0);

  return self->n_people;
}

void
ahoy_contact_list_flush (AhoyContactList *self)
{
  g_return_if_fail (AHOY_IS_CONTACT_LIST (self));

  if (self->rebuild_source_id == 0)
    return;

  g_clear_handle_id (&self->rebuild_source_id, g_source_remove);
  rebuild (self);
}
