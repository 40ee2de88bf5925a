/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "ahoy-announce.h"

#include <dlfcn.h>

#define REPEAT_US (2 * G_USEC_PER_SEC)
#define PAUSE_MS 1500

typedef void (*AnnounceFunc) (gpointer    accessible,
                              const char *text,
                              int         priority);

/* Of one label, kept as its data. */
typedef struct
{
  GtkLabel *alert; /* (unowned): owns this */
  GQueue texts;    /* of char * */
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
speaker_for (GtkLabel *alert)
{
  Speaker *speaker = g_object_get_data (G_OBJECT (alert), "ahoy-speaker");

  if (speaker)
    return speaker;
  speaker = g_new0 (Speaker, 1);
  speaker->alert = alert;
  g_queue_init (&speaker->texts);
  g_object_set_data_full (G_OBJECT (alert), "ahoy-speaker", speaker, speaker_free);
  return speaker;
}

static void
say (GtkLabel   *alert,
     const char *text)
{
  AnnounceFunc announce = (AnnounceFunc) dlsym (RTLD_DEFAULT, "gtk_accessible_announce");

  if (announce)
    {
      announce (alert, text, 1);
      return;
    }
  /* Before GTK 4.14: an alert that appears is spoken, so it goes away and comes back with the new text. */
  gtk_widget_set_visible (GTK_WIDGET (alert), FALSE);
  gtk_label_set_label (alert, text);
  gtk_widget_set_visible (GTK_WIDGET (alert), TRUE);
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
  say (speaker->alert, text);
  g_free (speaker->last);
  speaker->last = text;
  speaker->last_time = g_get_monotonic_time ();
  return G_SOURCE_CONTINUE;
}

void
ahoy_announce (GtkLabel   *alert,
               const char *text,
               gboolean    is_urgent)
{
  Speaker *speaker;

  g_return_if_fail (GTK_IS_LABEL (alert));

  if (!text || !*text)
    return;
  speaker = speaker_for (alert);
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
