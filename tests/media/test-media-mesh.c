/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "mesh-rig.h"

/* The longest time that the main context was not asked, in ms, while @action was done and for a while after it. */
static double
measure_stall (RigMesh *mesh,
               void   (*action) (RigMesh *mesh))
{
  gint64 last = g_get_monotonic_time (), longest = 0, end;

  action (mesh);
  end = g_get_monotonic_time () + G_USEC_PER_SEC;
  while (last < end)
    {
      gint64 now;

      rig_iterate ();
      now = g_get_monotonic_time ();
      longest = MAX (longest, now - last);
      last = now;
    }

  return longest / 1000.0;
}

static void
close_all (RigMesh *mesh)
{
  for (guint i = 0; i < mesh->n; i++)
    for (guint k = 0; k < mesh->n; k++)
      if (i != k)
        ahoy_peer_close (mesh->members[i].peers[k]);
}

/* Over each connection that is still there @more pictures came since @before was taken. */
static gboolean
all_have_frames (RigMesh *mesh,
                 guint64  before[RIG_MESH_MAX][RIG_MESH_MAX],
                 guint64  more)
{
  for (guint i = 0; i < mesh->n; i++)
    for (guint k = 0; k < mesh->n; k++)
      if (i != k && ahoy_peer_get_state (mesh->members[i].peers[k]) != AHOY_PEER_CLOSED &&
          rig_frames (mesh->members[i].peers[k]) < before[i][k] + more)
        return FALSE;

  return TRUE;
}

static void
count_frames (RigMesh *mesh,
              guint64  frames[RIG_MESH_MAX][RIG_MESH_MAX])
{
  for (guint i = 0; i < mesh->n; i++)
    for (guint k = 0; k < mesh->n; k++)
      if (i != k)
        frames[i][k] = rig_frames (mesh->members[i].peers[k]);
}

static void
test_four (void)
{
  RigMesh mesh;
  guint64 frames[RIG_MESH_MAX][RIG_MESH_MAX];
  guint64 hidden;

  rig_mesh_init (&mesh, 4);
  rig_mesh_watch (&mesh, TRUE);
  rig_mesh_connect (&mesh);
  rig_mesh_open (&mesh);
  rig_wait ("pictures from all at all", 20000, rig_mesh_frames (&mesh) > 10);

  /* One does not want to see another; that is between the two. */
  ahoy_peer_set_video_wanted (mesh.members[0].peers[1], FALSE);
  rig_run (500);
  hidden = rig_frames (mesh.members[1].peers[0]);
  count_frames (&mesh, frames);
  frames[1][0] -= 15;
  rig_wait ("pictures at all the others", 20000, all_have_frames (&mesh, frames, 15));
  g_assert_cmpuint (rig_frames (mesh.members[1].peers[0]), ==, hidden);
  ahoy_peer_set_video_wanted (mesh.members[0].peers[1], TRUE);
  rig_wait ("pictures again", 5000, rig_frames (mesh.members[1].peers[0]) > hidden + 5);

  /* One leaves; the others see no gap. */
  for (guint k = 1; k < 4; k++)
    {
      ahoy_peer_close (mesh.members[0].peers[k]);
      ahoy_peer_close (mesh.members[k].peers[0]);
    }
  count_frames (&mesh, frames);
  rig_wait ("pictures at those who stay", 5000, all_have_frames (&mesh, frames, 30));
  rig_mesh_watch (&mesh, FALSE);
  rig_mesh_clear (&mesh);
}

static guint64
count_audio (AhoyPeer *peer)
{
  AhoyPeerStats stats;

  ahoy_peer_get_stats (peer, &stats);

  return stats.audio_packets_received;
}

static gboolean
is_receiving_audio (AhoyPeer *peer)
{
  gboolean audio;

  g_object_get (peer, "receiving-audio", &audio, NULL);

  return audio;
}

/* The first talks and the last listens. All share one microphone and one loudspeaker: else each would take the voice of
 * the others for an echo of its own, and what is played several times at once may cancel itself. */
static void
let_first_talk_to_last (RigMesh *mesh)
{
  for (guint i = 0; i < mesh->n; i++)
    {
      ahoy_media_set_microphone_on (mesh->members[i].media, i == 0);
      for (guint k = 0; k < mesh->n; k++)
        if (i != k && (i != mesh->n - 1 || k != 0))
          ahoy_peer_set_playing (mesh->members[i].peers[k], FALSE);
    }
}

/* Of many people few talk: who is silent sends next to nothing, and is heard at once when there is something to hear. */
static void
test_silence (void)
{
  RigMesh mesh;
  GSubprocess *voice;
  RigEar *ear;
  AhoyPeer *peer;
  guint64 packets;

  rig_mesh_init (&mesh, 4);
  rig_mesh_connect (&mesh);
  rig_mesh_open (&mesh);
  let_first_talk_to_last (&mesh);
  peer = mesh.members[3].peers[0];
  rig_wait ("a sign of sound", 15000, is_receiving_audio (peer));
  rig_run (2000);
  packets = count_audio (peer);
  rig_run (3000);
  /* 150 were as many as there are when somebody talks. */
  g_assert_cmpuint (count_audio (peer) - packets, <, 40);
  g_assert_cmpuint (count_audio (peer) - packets, >, 0);
  g_assert_true (is_receiving_audio (peer));
  g_assert_cmpint (ahoy_peer_get_volume (peer), ==, 0);
  g_assert_cmpint (ahoy_peer_get_state (peer), ==, AHOY_PEER_CONNECTED);

  ear = rig_ear_new ("speaker-a");
  voice = rig_voice_new ("feed-a", 1000);
  rig_wait ("a voice", 5000, ahoy_peer_get_volume (peer) > 20);
  rig_wait ("its sound", 15000, rig_ear_tone (ear, 1000, 3) > 0.5);
  packets = count_audio (peer);
  rig_run (3000);
  g_assert_cmpuint (count_audio (peer) - packets, >, 80);
  rig_voice_free (voice);
  rig_wait ("silence", 5000, ahoy_peer_get_volume (peer) == 0);
  rig_ear_free (ear);
  rig_mesh_clear (&mesh);
}

/* As many as a call may have, all on this machine. */
static void
test_nine (void)
{
  RigMesh mesh;
  guint64 frames[RIG_MESH_MAX][RIG_MESH_MAX];
  double stall;

  rig_make_clip ("small.y4m", "320x180", "60");
  rig_mesh_init (&mesh, RIG_MESH_MAX);
  rig_mesh_connect (&mesh);
  rig_mesh_open (&mesh);
  rig_wait ("pictures from all at all", 30000, rig_mesh_frames (&mesh) > 5);
  count_frames (&mesh, frames);
  rig_wait ("pictures that go on", 10000, all_have_frames (&mesh, frames, 15));
  stall = measure_stall (&mesh, close_all);
  g_test_message ("the main context stood still for at most %.0f ms while 72 connections were closed", stall);
  g_assert_cmpfloat (stall, <, 500 * ahoy_test_patience ());
  rig_mesh_clear (&mesh);
}

int
main (int   argc,
      char *argv[])
{
  int status;

  g_test_init (&argc, &argv, NULL);
  rig_init ();
  g_test_add_func ("/media/mesh/four", test_four);
  g_test_add_func ("/media/mesh/silence", test_silence);
  g_test_add_func ("/media/mesh/nine", test_nine);
  status = g_test_run ();
  rig_finish ();

  return status;
}
