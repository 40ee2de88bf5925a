/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "ahoy-announce.h"

#include <dlfcn.h>

#define REPEAT_US (2 * G_USEC_PER_SEC)
#define PAUSE_MS 1500

typedef void (*AnnounceFunc) (gpointer    accessible,
                              const char *text,
                              int         priority);

/* Of one window, kept as its data. */
typedef struct
{
  GtkRoot *root; /* (unowned): owns this */
  GQueue texts;  /* of char * */
  char *last;
  gint64 last_time;
  guint source_id;
} Speaker;

static void
speaker_free (gpointer data)
{
  Speaker *speaker = data;

  g_clear_handle_id (&speaker->source_id, g_source_remove);
  g_queue_clear_full (&speaker->texts, g_free);
  g_free (speaker->last);
  g_free (speaker);
}

static Speaker *
speaker_for (GtkRoot *root)
{
  Speaker *speaker = g_object_get_data (G_OBJECT (root), "ahoy-speaker");

  if (speaker)
    return speaker;
  speaker = g_new0 (Speaker, 1);
  speaker->root = root;
  g_queue_init (&speaker->texts);
  g_object_set_data_full (G_OBJECT (root), "ahoy-speaker", speaker, speaker_free);
  return speaker;
}

/* Before GTK 4.14 nothing can be said directly: the name of the window's alert node changes instead, which
 * screen readers follow. */
static void
say_by_description (GtkRoot    *root,
                    const char *text)
{
  gtk_accessible_update_property (GTK_ACCESSIBLE (root), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, text, -1);
}

static void
say (GtkRoot    *root,
     const char *text)
{
  AnnounceFunc announce = (AnnounceFunc) dlsym (RTLD_DEFAULT, "gtk_accessible_announce");

  if (announce)
    announce (root, text, 1);
  else
    say_by_description (root, text);
}

static gboolean
say_next (gpointer data)
{
  Speaker *speaker = data;
  char *text = g_queue_pop_head (&speaker->texts);

  if (!text)
    {
      speaker->source_id = 0;
      return G_SOURCE_REMOVE;
    }
  say (speaker->root, text);
  g_free (speaker->last);
  speaker->last = text;
  speaker->last_time = g_get_monotonic_time ();
  return G_SOURCE_CONTINUE;
}

void
ahoy_announce (GtkWidget  *widget,
               const char *text,
               gboolean    is_urgent)
{
  GtkRoot *root;
  Speaker *speaker;

  g_return_if_fail (GTK_IS_WIDGET (widget));

  root = gtk_widget_get_root (widget);
  if (!root || !text || !*text)
    return;
  speaker = speaker_for (root);
  if (g_strcmp0 (text, speaker->last) == 0 && g_get_monotonic_time () - speaker->last_time < REPEAT_US)
    return;
  if (g_queue_find_custom (&speaker->texts, text, (GCompareFunc) g_strcmp0))
    return;

  if (is_urgent)
    g_queue_push_head (&speaker->texts, g_strdup (text));
  else
    g_queue_push_tail (&speaker->texts, g_strdup (text));
  if (speaker->source_id)
    return;
  if (say_next (speaker))
    speaker->source_id = g_timeout_add (PAUSE_MS, say_next, speaker);
}
