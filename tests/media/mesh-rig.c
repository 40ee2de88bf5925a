/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "mesh-rig.h"

#include "ahoy-test-log.h"

#include <malloc.h>
#include <stdio.h>
#include <string.h>
#include <sys/resource.h>
#include <unistd.h>

/* The far end of a connection. */
static AhoyPeer *
find_other (RigMesh  *mesh,
            AhoyPeer *peer)
{
  for (guint i = 0; i < mesh->n; i++)
    for (guint k = 0; k < mesh->n; k++)
      if (mesh->members[i].peers[k] == peer)
        return mesh->members[k].peers[i];

  g_assert_not_reached ();
}

static void
on_description (AhoyPeer   *peer,
                gboolean    is_offer,
                const char *sdp,
                RigMesh    *mesh)
{
  ahoy_peer_take_description (find_other (mesh, peer), is_offer, sdp);
}

static void
on_candidate (AhoyPeer   *peer,
              guint       mline,
              const char *candidate,
              RigMesh    *mesh)
{
  ahoy_peer_take_candidate (find_other (mesh, peer), mline, candidate);
}

static void
for_each (RigMesh *mesh,
          void (*function) (AhoyPeer *peer))
{
  for (guint i = 0; i < mesh->n; i++)
    for (guint k = 0; k < mesh->n; k++)
      if (i != k)
        function (mesh->members[i].peers[k]);
}

void
rig_mesh_init (RigMesh *mesh,
               guint    n)
{
  ahoy_test_forgive_gstreamer ();
  memset (mesh, 0, sizeof *mesh);
  mesh->n = n;
  for (guint i = 0; i < n; i++)
    {
      mesh->members[i].media = ahoy_media_new ();
      ahoy_media_start (mesh->members[i].media);
    }
  for (guint i = 0; i < n; i++)
    for (guint k = 0; k < n; k++)
      {
        g_autofree char *name = g_strdup_printf ("%u-%u", i, k);

        if (i == k)
          continue;
        mesh->members[i].peers[k] = ahoy_peer_new (mesh->members[i].media, name, NULL, FALSE);
        g_signal_connect (mesh->members[i].peers[k], "description", G_CALLBACK (on_description), mesh);
        g_signal_connect (mesh->members[i].peers[k], "candidate", G_CALLBACK (on_candidate), mesh);
      }
}

static guint
count_connected (RigMesh *mesh)
{
  guint count = 0;

  for (guint i = 0; i < mesh->n; i++)
    for (guint k = 0; k < mesh->n; k++)
      count += i != k && ahoy_peer_get_state (mesh->members[i].peers[k]) == AHOY_PEER_CONNECTED;

  return count;
}

void
rig_mesh_connect (RigMesh *mesh)
{
  for (guint i = 0; i < mesh->n; i++)
    for (guint k = 0; k < i; k++)
      ahoy_peer_start_offer (mesh->members[i].peers[k]);
  rig_wait ("connections of all with all", 20000, count_connected (mesh) == mesh->n * (mesh->n - 1));
}

static void
open_peer (AhoyPeer *peer)
{
  ahoy_peer_set_playing (peer, TRUE);
  ahoy_peer_set_sending (peer, TRUE);
}

void
rig_mesh_open (RigMesh *mesh)
{
  for (guint i = 0; i < mesh->n; i++)
    ahoy_media_set_camera_on (mesh->members[i].media, TRUE);
  for_each (mesh, open_peer);
}

static void
watch_peer (AhoyPeer *peer)
{
  ahoy_video_track_watch (ahoy_peer_get_video_track (peer), AHOY_PIXEL_FORMAT_BGRX);
}

static void
unwatch_peer (AhoyPeer *peer)
{
  ahoy_video_track_unwatch (ahoy_peer_get_video_track (peer));
}

void
rig_mesh_watch (RigMesh  *mesh,
                gboolean  watch)
{
  for_each (mesh, watch ? watch_peer : unwatch_peer);
}

void
rig_mesh_clear (RigMesh *mesh)
{
  for_each (mesh, ahoy_peer_close);
  for (guint i = 0; i < mesh->n; i++)
    {
      gpointer media = mesh->members[i].media;

      for (guint k = 0; k < mesh->n; k++)
        if (i != k)
          {
            gpointer peer = mesh->members[i].peers[k];

            g_object_add_weak_pointer (peer, &peer);
            g_clear_object (&mesh->members[i].peers[k]);
            rig_wait ("the end of a connection", 15000, peer == NULL);
          }
      g_object_add_weak_pointer (media, &media);
      ahoy_media_set_camera_on (mesh->members[i].media, FALSE);
      ahoy_media_stop (mesh->members[i].media);
      g_clear_object (&mesh->members[i].media);
      rig_wait ("the end of the media of a member", 15000, media == NULL);
    }
}

guint64
rig_mesh_frames (RigMesh *mesh)
{
  guint64 fewest = G_MAXUINT64;

  for (guint i = 0; i < mesh->n; i++)
    for (guint k = 0; k < mesh->n; k++)
      if (i != k)
        fewest = MIN (fewest, rig_frames (mesh->members[i].peers[k]));

  return fewest;
}

static guint
count_entries (const char *folder)
{
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  guint count = 0;

  while (dir && g_dir_read_name (dir))
    count++;

  return count;
}

void
rig_usage_get (RigUsage *usage)
{
  struct rusage times;
  struct mallinfo2 heap = mallinfo2 ();
  g_autofree char *statm = NULL;
  gulong pages = 0;

  getrusage (RUSAGE_SELF, &times);
  usage->cpu_s = times.ru_utime.tv_sec + times.ru_stime.tv_sec + (times.ru_utime.tv_usec + times.ru_stime.tv_usec) / 1e6;
  usage->threads = count_entries ("/proc/self/task");
  usage->files = count_entries ("/proc/self/fd");
  g_assert_true (g_file_get_contents ("/proc/self/statm", &statm, NULL, NULL));
  g_assert_cmpint (sscanf (statm, "%*u %lu", &pages), ==, 1);
  usage->memory_mb = pages * (double) sysconf (_SC_PAGESIZE) / 1e6;
  usage->heap_mb = (heap.uordblks + heap.hblkhd) / 1e6;
}

typedef struct
{
  char *name;
  guint count;
  double cpu_s;
} Threads;

static void
threads_free (gpointer data)
{
  Threads *threads = data;

  g_free (threads->name);
  g_free (threads);
}

static int
compare_threads (gconstpointer a,
                 gconstpointer b)
{
  double left = (*(Threads *const *) a)->cpu_s, right = (*(Threads *const *) b)->cpu_s;

  return left < right ? 1 : left > right ? -1 : 0;
}

static void
add_thread (GHashTable *table,
            const char *id)
{
  g_autofree char *path = g_build_filename ("/proc/self/task", id, "stat", NULL);
  g_autofree char *text = NULL;
  g_autofree char *name = NULL;
  gulong user = 0, kernel = 0;
  Threads *threads;
  char *end;

  if (!g_file_get_contents (path, &text, NULL, NULL) || (end = strrchr (text, ')')) == NULL ||
      sscanf (end + 2, "%*c %*d %*d %*d %*d %*d %*u %*u %*u %*u %*u %lu %lu", &user, &kernel) != 2)
    return;

  *end = '\0';
  name = g_strdup (strchr (text, '(') + 1);
  for (char *c = name; *c; c++)
    if (g_ascii_isdigit (*c))
      *c = 'N';
  threads = g_hash_table_lookup (table, name);
  if (threads == NULL)
    {
      threads = g_new0 (Threads, 1);
      threads->name = g_strdup (name);
      g_hash_table_insert (table, threads->name, threads);
    }
  threads->count++;
  threads->cpu_s += (user + kernel) / (double) sysconf (_SC_CLK_TCK);
}

char *
rig_usage_list (void)
{
  g_autoptr (GHashTable) table = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, threads_free);
  g_autoptr (GPtrArray) sorted = g_ptr_array_new ();
  g_autoptr (GDir) dir = g_dir_open ("/proc/self/task", 0, NULL);
  GString *text = g_string_new (NULL);
  GHashTableIter iter;
  gpointer value;
  const char *id;

  while (dir && (id = g_dir_read_name (dir)))
    add_thread (table, id);
  g_hash_table_iter_init (&iter, table);
  while (g_hash_table_iter_next (&iter, NULL, &value))
    g_ptr_array_add (sorted, value);
  g_ptr_array_sort (sorted, compare_threads);
  for (guint i = 0; i < sorted->len; i++)
    {
      Threads *threads = g_ptr_array_index (sorted, i);

      g_string_append_printf (text, "%s %u %.2f\n", threads->name, threads->count, threads->cpu_s);
    }

  return g_string_free (text, FALSE);
}
