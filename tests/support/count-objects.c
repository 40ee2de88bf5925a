/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <glib-object.h>
#include <glib-unix.h>
#include <malloc.h>

/*
 * Loaded into a program by LD_PRELOAD: counts its objects, class by class. Debian's GLib cannot (it is built without
 * the counts of GOBJECT_DEBUG), but every object is made by the constructor of GObject and goes through its finalize.
 * At SIGUSR2 the file AHOY_TEST_OBJECTS gets the bytes of heap in use, and a line for each class.
 */

static GObject *(*make) (GType, guint, GObjectConstructParam *);
static void (*finalize) (GObject *);
static GHashTable *counts; /* of GType to number */
static GMutex mutex;

static void
count (GType type,
       int   by)
{
  gpointer key = GSIZE_TO_POINTER (type);

  g_mutex_lock (&mutex);
  g_hash_table_insert (counts, key, GINT_TO_POINTER (GPOINTER_TO_INT (g_hash_table_lookup (counts, key)) + by));
  g_mutex_unlock (&mutex);
}

static GObject *
make_and_count (GType                  type,
                guint                  n_properties,
                GObjectConstructParam *properties)
{
  GObject *object = make (type, n_properties, properties);

  count (type, 1);

  return object;
}

static void
finalize_and_count (GObject *object)
{
  count (G_OBJECT_TYPE (object), -1);
  finalize (object);
}

static gboolean
on_asked (gpointer data)
{
  const char *path = data;
  struct mallinfo2 heap = mallinfo2 ();
  g_autoptr (GString) text = g_string_new (NULL);
  GHashTableIter iter;
  gpointer key, value;

  g_string_append_printf (text, "heap %zu\n", heap.uordblks + heap.hblkhd);
  g_mutex_lock (&mutex);
  g_hash_table_iter_init (&iter, counts);
  while (g_hash_table_iter_next (&iter, &key, &value))
    g_string_append_printf (text, "%s %d\n", g_type_name (GPOINTER_TO_SIZE (key)), GPOINTER_TO_INT (value));
  g_mutex_unlock (&mutex);
  g_file_set_contents (path, text->str, -1, NULL);

  return G_SOURCE_CONTINUE;
}

__attribute__ ((constructor)) static void
begin (void)
{
  const char *path = g_getenv ("AHOY_TEST_OBJECTS");
  GObjectClass *klass;

  if (!path)
    return;

  /* Classes take these over from their parent when they are made, and none but this one is yet. */
  klass = g_type_class_ref (G_TYPE_OBJECT);
  counts = g_hash_table_new (NULL, NULL);
  make = klass->constructor;
  finalize = klass->finalize;
  klass->constructor = make_and_count;
  klass->finalize = finalize_and_count;
  g_unix_signal_add (SIGUSR2, on_asked, g_strdup (path));
}
