/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "ahoy-contacts-cache.h"

#include "ahoy-json.h"

/* The list of the wire nests three deep; a file that somebody else wrote may not. */
#define MAX_DEPTH 8

/* What is on its way to the disk: path → text. Whoever loads meanwhile gets it from here, and of two texts for one
 * path only the newer one is written. */
static GMutex unwritten_lock;
static GHashTable *unwritten; /* (mutex unwritten_lock) */
static GMutex writing_lock;   /* one write at a time, so that an older one does not end last */

static char *
get_unwritten (const char *path,
               gboolean    steal)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&unwritten_lock);
  g_autofree char *key = NULL;
  char *text = NULL;

  if (!unwritten)
    return NULL;
  if (!steal)
    return g_strdup (g_hash_table_lookup (unwritten, path));

  g_hash_table_steal_extended (unwritten, path, (gpointer *) &key, (gpointer *) &text);
  return text;
}

static void
set_unwritten (const char *path,
               char       *text)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&unwritten_lock);

  if (!unwritten)
    unwritten = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  g_hash_table_replace (unwritten, g_strdup (path), text);
}

char *
ahoy_contacts_cache_make_path (guint64     app_id,
                               const char *user_id)
{
  /* A user id may have characters that mean something in a path. */
  g_autofree char *escaped = g_uri_escape_string (user_id, NULL, FALSE);
  g_autofree char *folder = g_strdup_printf ("%" G_GUINT64_FORMAT "-%s", app_id, escaped);

  return g_build_filename (g_get_user_cache_dir (), "ahoy", folder, "contacts.json", NULL);
}

static void
load_in_thread (GTask        *task,
                gpointer      source,
                gpointer      task_data,
                GCancellable *cancellable)
{
  g_autofree char *text = get_unwritten (task_data, FALSE);
  g_autoptr (GError) error = NULL;
  JsonObject *object;

  if (!text)
    {
      g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&writing_lock);

      g_file_get_contents (task_data, &text, NULL, &error);
    }
  if (error)
    {
      g_task_return_error (task, g_steal_pointer (&error));
      return;
    }

  object = ahoy_json_parse_object (text, strlen (text), MAX_DEPTH, &error);
  if (object)
    g_task_return_pointer (task, object, (GDestroyNotify) json_object_unref);
  else
    g_task_return_error (task, g_steal_pointer (&error));
}

void
ahoy_contacts_cache_load_async (const char          *path,
                                GCancellable        *cancellable,
                                GAsyncReadyCallback  callback,
                                gpointer             user_data)
{
  g_autoptr (GTask) task = g_task_new (NULL, cancellable, callback, user_data);

  g_task_set_source_tag (task, ahoy_contacts_cache_load_async);
  g_task_set_task_data (task, g_strdup (path), g_free);
  g_task_run_in_thread (task, load_in_thread);
}

JsonObject *
ahoy_contacts_cache_load_finish (GAsyncResult  *result,
                                 GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, NULL), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

static void
store_in_thread (GTask        *task,
                 gpointer      source,
                 gpointer      task_data,
                 GCancellable *cancellable)
{
  const char *path = task_data;
  g_autofree char *folder = g_path_get_dirname (path);
  g_autofree char *text = NULL;
  g_autoptr (GError) error = NULL;

  g_mutex_lock (&writing_lock);
  text = get_unwritten (path, TRUE);
  g_mkdir_with_parents (folder, 0700);
  if (text && !g_file_set_contents_full (path, text, -1, G_FILE_SET_CONTENTS_CONSISTENT, 0600, &error))
    g_debug ("Contacts are not kept for offline use: %s", error->message);
  g_mutex_unlock (&writing_lock);
  g_task_return_boolean (task, TRUE);
}

void
ahoy_contacts_cache_store (const char *path,
                           JsonObject *contacts)
{
  g_autoptr (GTask) task = g_task_new (NULL, NULL, NULL, NULL);

  set_unwritten (path, ahoy_json_to_text (contacts));
  g_task_set_source_tag (task, ahoy_contacts_cache_store);
  g_task_set_task_data (task, g_strdup (path), g_free);
  g_task_run_in_thread (task, store_in_thread);
}
