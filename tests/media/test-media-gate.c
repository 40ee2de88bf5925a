/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "media-rig.h"

#include <string.h>

/* What leaves while the gate is closed: a sign of life of 8 bytes twice a second, reports; no media. */
static void
test_closed_gate (void)
{
  RigCall call;
  AhoyPeerStats before, after;

  rig_call_init (&call);
  ahoy_media_set_camera_on (call.media_a, TRUE);
  ahoy_media_set_camera_on (call.media_b, TRUE);
  ahoy_peer_set_playing (call.a, TRUE);
  ahoy_peer_set_playing (call.b, TRUE);
  rig_call_connect (&call);
  rig_wait ("pictures of the own camera", 15000,
            ahoy_video_track_get_frame_count (ahoy_media_get_self_view (call.media_a)) > 5);
  ahoy_peer_get_stats (call.a, &before);
  rig_run (3500);
  ahoy_peer_get_stats (call.a, &after);

  g_assert_cmpint (ahoy_peer_get_state (call.a), ==, AHOY_PEER_CONNECTED);
  g_assert_cmpint (ahoy_peer_get_state (call.b), ==, AHOY_PEER_CONNECTED);
  g_assert_cmpuint (after.frames_sent, ==, 0);
  g_assert_cmpuint (rig_frames (call.b), ==, 0);
  g_assert_cmpuint (call.first_frames_b + call.first_audio_b, ==, 0);
  /* One encoded second of sound alone is 50 packets and 4,000 bytes. */
  g_assert_cmpuint (after.packets_sent - before.packets_sent, <, 25);
  g_assert_cmpuint (after.bytes_sent - before.bytes_sent, <, 2000);
  g_assert_cmpuint (after.packets_received, >, before.packets_received);

  /* Opened, it runs; closed again, it stands. */
  ahoy_peer_set_sending (call.a, TRUE);
  rig_wait ("a picture behind the open gate", 3000, call.first_frames_b > 0);
  ahoy_peer_set_sending (call.a, FALSE);
  ahoy_peer_get_stats (call.a, &before);
  rig_run (500);
  ahoy_peer_get_stats (call.a, &after);
  g_assert_cmpuint (after.frames_sent, ==, before.frames_sent);
  rig_call_clear (&call);
}

/* Connected while it rings, then accepted: the first picture has no handshake to wait for. */
static void
test_not_playing (void)
{
  RigCall call;

  rig_call_init (&call);
  ahoy_media_set_camera_on (call.media_a, TRUE);
  rig_call_connect (&call);
  ahoy_peer_set_sending (call.a, TRUE);
  rig_wait ("pictures that are not played", 15000, rig_frames (call.b) > 5);
  g_assert_cmpuint (call.first_frames_b, ==, 0);
  g_assert_cmpuint (ahoy_video_track_get_frame_count (ahoy_peer_get_video_track (call.b)), ==, 0);
  ahoy_peer_set_playing (call.b, TRUE);
  rig_wait ("the first picture that is played", 2000, call.first_frames_b == 1);
  rig_wait ("the first sound that is played", 15000, call.first_audio_b == 1);
  rig_call_clear (&call);
}

static void
test_muted (void)
{
  RigCall call;
  GSubprocess *voice;
  RigEar *ear;

  rig_call_init (&call);
  voice = rig_voice_new ("feed-a", 1000);
  ear = rig_ear_new ("speaker-b");
  rig_call_connect (&call);
  rig_call_open (&call);
  rig_wait ("the tone", 20000, rig_ear_tone (ear, 1000, 2) > 0.5);
  rig_wait ("a level at the microphone", 3000, ({ int level; g_object_get (call.media_a, "input-level", &level, NULL); level > 20; }));
  ahoy_media_set_microphone_on (call.media_a, FALSE);
  rig_wait ("silence", 15000, rig_ear_tone (ear, 1000, 1) == 0);
  /* Packets go on: the far end must not take silence for a dead line. */
  rig_run (2500);
  g_assert_cmpint (ahoy_peer_get_state (call.b), ==, AHOY_PEER_CONNECTED);
  g_assert_cmpfloat (rig_ear_tone (ear, 1000, 2), ==, 0);
  ahoy_media_set_microphone_on (call.media_a, TRUE);
  rig_wait ("the tone again", 15000, rig_ear_tone (ear, 1000, 1) > 0.3);

  rig_ear_free (ear);
  rig_voice_free (voice);
  rig_call_clear (&call);
}

static void
test_camera (void)
{
  RigCall call;
  AhoyVideoTrack *track;
  guint64 frames;

  rig_call_init (&call);
  rig_call_connect (&call);
  rig_call_open (&call);
  track = ahoy_peer_get_video_track (call.b);
  for (guint i = 0; i < 3; i++)
    {
      frames = rig_frames (call.b);
      rig_wait ("pictures", 15000, rig_frames (call.b) > frames + 10 && ahoy_video_track_get_active (track));
      ahoy_media_set_camera_on (call.media_a, FALSE);
      rig_wait ("the end of the pictures", 15000, !ahoy_video_track_get_active (track));
      g_assert_cmpint (ahoy_peer_get_state (call.b), ==, AHOY_PEER_CONNECTED);
      g_assert_false (ahoy_video_track_get_active (ahoy_media_get_self_view (call.media_a)));
      ahoy_media_set_camera_on (call.media_a, TRUE);
    }
  rig_call_clear (&call);
}

static guint
count_recorders (void)
{
  g_autoptr (GSubprocess) process = NULL;
  g_autofree char *text = NULL;
  g_auto (GStrv) lines = NULL;
  guint n = 0;

  process = g_subprocess_new (G_SUBPROCESS_FLAGS_STDOUT_PIPE, NULL, "pactl", "list", "short", "source-outputs", NULL);
  g_assert_true (g_subprocess_communicate_utf8 (process, NULL, NULL, &text, NULL, NULL));
  lines = g_strsplit (text, "\n", -1);
  /* The remapped microphones record from their sinks as well, but are no clients. */
  for (guint i = 0; lines[i]; i++)
    n += strstr (lines[i], "protocol-native.c") != NULL;

  return n;
}

static gboolean
clip_is_mapped (void)
{
  g_autofree char *maps = NULL;

  g_assert_true (g_file_get_contents ("/proc/self/maps", &maps, NULL, NULL));

  return strstr (maps, "/clip.y4m") != NULL;
}

/* When a call is over, nobody listens and nobody looks. */
static void
test_closed_devices (void)
{
  RigCall call;

  rig_call_init (&call);
  rig_call_connect (&call);
  rig_call_open (&call);
  rig_wait ("two open microphones", 15000, count_recorders () == 2);
  rig_wait ("pictures", 15000, rig_frames (call.a) > 5 && rig_frames (call.b) > 5);
  g_assert_true (clip_is_mapped ());
  rig_call_clear (&call);
  g_assert_false (clip_is_mapped ());
  rig_wait ("closed microphones", 5000, count_recorders () == 0);

  /* Also when it ends while they are being opened. */
  rig_call_init (&call);
  ahoy_media_set_camera_on (call.media_a, TRUE);
  rig_call_clear (&call);
  rig_wait ("a closed camera", 5000, !clip_is_mapped ());
  rig_wait ("closed microphones", 5000, count_recorders () == 0);
}

/* Opening takes its time in a thread; what comes after the camera was switched off goes nowhere. */
static void
test_camera_off_early (void)
{
  RigCall call;
  guint64 before;
  gint64 end;

  rig_call_init (&call);
  ahoy_media_set_camera_on (call.media_a, TRUE);
  ahoy_media_set_camera_on (call.media_a, FALSE);
  /* On a machine under load there may be pictures of the moment in between, and one is on its way. */
  before = ahoy_video_track_get_frame_count (ahoy_media_get_self_view (call.media_a));
  /* The main context, which would take the camera down, is busy meanwhile. */
  end = g_get_monotonic_time () + 700 * G_TIME_SPAN_MILLISECOND;
  while (g_get_monotonic_time () < end)
    g_thread_yield ();
  g_assert_cmpuint (ahoy_video_track_get_frame_count (ahoy_media_get_self_view (call.media_a)), <=, before + 1);
  rig_wait ("a closed camera", 5000, !clip_is_mapped ());
  ahoy_media_set_camera_on (call.media_a, TRUE);
  rig_wait ("pictures of the camera that is on again", 5000,
            ahoy_video_track_get_frame_count (ahoy_media_get_self_view (call.media_a)) > 0);
  rig_call_clear (&call);
}

/* The threads of a closed connection end by and by; nothing of theirs is seen any more. */
static void
test_closed_peer (void)
{
  RigCall call;
  AhoyVideoTrack *track;
  AhoyPeerStats stats;
  guint64 count;

  rig_call_init (&call);
  rig_call_connect (&call);
  rig_call_open (&call);
  track = ahoy_peer_get_video_track (call.b);
  ahoy_video_track_watch (track, AHOY_PIXEL_FORMAT_BGRX);
  for (guint i = 0; i < 5; i++)
    {
      rig_wait ("a picture to look at", 15000, ahoy_video_track_get_frame (track) != NULL);
      ahoy_peer_close (call.b);
      count = ahoy_video_track_get_frame_count (track);
      g_assert_null (ahoy_video_track_get_frame (track));
      rig_run (200);
      ahoy_peer_get_stats (call.b, &stats);
      g_assert_null (ahoy_video_track_get_frame (track));
      g_assert_false (ahoy_video_track_get_active (track));
      g_assert_cmpuint (ahoy_video_track_get_frame_count (track), ==, count);
      ahoy_video_track_unwatch (track);
      rig_call_new_peers (&call);
      rig_call_connect (&call);
      rig_call_open (&call);
      track = ahoy_peer_get_video_track (call.b);
      ahoy_video_track_watch (track, AHOY_PIXEL_FORMAT_BGRX);
    }
  ahoy_video_track_unwatch (track);
  rig_call_clear (&call);
}

static void
test_echo (void)
{
  RigCall call;
  GSubprocess *voice;
  RigEar *ear;

  rig_call_init (&call);
  voice = rig_voice_new ("feed-a", 700);
  ear = rig_ear_new ("speaker-a");
  rig_call_connect (&call);
  ahoy_peer_set_echo (call.b, TRUE);
  ahoy_peer_set_playing (call.a, TRUE);
  ahoy_peer_set_playing (call.b, TRUE);
  ahoy_media_set_camera_on (call.media_a, TRUE);
  ahoy_peer_set_sending (call.a, TRUE);
  ahoy_peer_set_sending (call.b, TRUE);
  rig_wait ("the own pictures back", 15000, rig_frames (call.a) > 20);
  rig_wait ("the own voice back", 20000, rig_ear_tone (ear, 700, 2) > 0.3);
  g_assert_cmpuint (call.first_frames_b, ==, 1);

  rig_ear_free (ear);
  rig_voice_free (voice);
  rig_call_clear (&call);
}

static void
test_tone (void)
{
  RigCall call;
  RigEar *ear;
  g_autoptr (GByteArray) pcm = g_byte_array_new ();
  g_autoptr (GBytes) bytes = NULL;
  guint id;

  for (guint i = 0; i < 48000 / 2; i++)
    {
      gint16 sample = i / 54 % 2 ? 6000 : -6000; /* about 444 Hz */

      g_byte_array_append (pcm, (const guint8 *) &sample, 2);
    }
  bytes = g_byte_array_free_to_bytes (g_steal_pointer (&pcm));
  rig_call_init (&call);
  ear = rig_ear_new ("speaker-a");
  id = ahoy_media_play_tone (call.media_a, bytes, TRUE, 300);
  g_assert_cmpuint (id, !=, 0);
  rig_wait ("the tone twice", 20000, rig_ear_tone (ear, 444, 3) > 0.9);
  ahoy_media_stop_tone (call.media_a, id);
  rig_wait ("silence", 15000, rig_ear_tone (ear, 444, 1) == 0);
  /* Once, and it ends by itself. */
  ahoy_media_play_tone (call.media_a, bytes, FALSE, 0);
  rig_wait ("the tone once", 15000, rig_ear_tone (ear, 444, 1) > 0.3);
  rig_wait ("silence after it", 15000, rig_ear_tone (ear, 444, 1) == 0);
  ahoy_media_stop_tone (call.media_a, 4711);

  rig_ear_free (ear);
  rig_call_clear (&call);
}

static guint64
count_decoded (AhoyPeer *peer)
{
  AhoyPeerStats stats;

  ahoy_peer_get_stats (peer, &stats);

  return stats.frames_decoded;
}

/* Pictures that nobody looks at are counted, not decoded; the first that somebody does look at comes at once. A view
 * that is moved, and for a moment looks at nothing, costs no key frame. */
static void
test_unwatched (void)
{
  RigCall call;
  AhoyVideoTrack *track;
  AhoyPeerStats stats;
  guint64 decoded, frames;

  rig_call_init (&call);
  rig_call_connect (&call);
  rig_call_open (&call);
  track = ahoy_peer_get_video_track (call.b);
  rig_wait ("the first pictures, which somebody may be about to watch", 15000, count_decoded (call.b) > 5);
  rig_run (3200);
  decoded = count_decoded (call.b);
  frames = rig_frames (call.b);
  rig_wait ("pictures that nobody watches", 15000, rig_frames (call.b) > frames + 20);
  g_assert_cmpuint (count_decoded (call.b), ==, decoded);
  g_assert_true (ahoy_video_track_get_active (track));
  g_assert_null (ahoy_video_track_get_frame (track));
  ahoy_peer_get_stats (call.b, &stats);
  g_assert_cmpint (stats.frame_width, ==, 640);
  g_assert_cmpint (stats.frame_height, ==, 360);

  ahoy_video_track_watch (track, AHOY_PIXEL_FORMAT_BGRX);
  rig_wait ("a picture for who begins to watch", 2000, ahoy_video_track_get_frame (track) != NULL);
  rig_run (1000);
  ahoy_peer_get_stats (call.b, &stats);
  for (guint i = 0; i < 4; i++)
    {
      AhoyPeerStats later;

      ahoy_video_track_unwatch (track);
      rig_run (300);
      ahoy_video_track_watch (track, AHOY_PIXEL_FORMAT_BGRX);
      decoded = count_decoded (call.b);
      rig_wait ("pictures in another view", 2000, count_decoded (call.b) > decoded + 3);
      ahoy_peer_get_stats (call.b, &later);
      g_assert_cmpuint (later.pli_count, ==, stats.pli_count);
    }
  ahoy_video_track_unwatch (track);
  rig_call_clear (&call);
}

int
main (int   argc,
      char *argv[])
{
  int status;

  g_test_init (&argc, &argv, NULL);
  rig_init ();
  g_test_add_func ("/media/gate/closed", test_closed_gate);
  g_test_add_func ("/media/gate/not-playing", test_not_playing);
  g_test_add_func ("/media/gate/unwatched", test_unwatched);
  g_test_add_func ("/media/gate/muted", test_muted);
  g_test_add_func ("/media/gate/camera", test_camera);
  g_test_add_func ("/media/gate/closed-devices", test_closed_devices);
  g_test_add_func ("/media/gate/camera-off-early", test_camera_off_early);
  g_test_add_func ("/media/gate/closed-peer", test_closed_peer);
  g_test_add_func ("/media/gate/echo", test_echo);
  g_test_add_func ("/media/gate/tone", test_tone);
  status = g_test_run ();
  rig_finish ();

  return status;
}
