/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "media-rig.h"

#include "ahoy-counter-strip.h"

static guint shown_counters;
static int last_counter = -1;
static guint steps_forward;

/* Reads the number that is burnt into the picture, as somebody who looks at it would. */
static void
on_frame (AhoyVideoTrack *track)
{
  AhoyVideoFrame *frame = ahoy_video_track_get_frame (track);
  gsize size;
  const guint8 *pixels;
  guint counter;
  int step;

  if (frame == NULL)
    return;

  ahoy_video_track_frame_shown (track);
  step = ahoy_video_frame_get_format (frame) == AHOY_PIXEL_FORMAT_RGB ? 3 : 4;
  pixels = g_bytes_get_data (ahoy_video_frame_get_pixels (frame), &size);
  if (!ahoy_counter_strip_read (pixels, size, ahoy_video_frame_get_width (frame), ahoy_video_frame_get_height (frame),
                                ahoy_video_frame_get_stride (frame), step, 1, &counter))
    return;

  shown_counters++;
  if (last_counter >= 0 && ((int) counter - last_counter + 90) % 90 <= 5)
    steps_forward++;
  last_counter = counter;
}

static void
watch (AhoyPeer        *peer,
       AhoyPixelFormat  format)
{
  AhoyVideoTrack *track = ahoy_peer_get_video_track (peer);

  shown_counters = steps_forward = 0;
  last_counter = -1;
  g_signal_connect (track, "notify::frame", G_CALLBACK (on_frame), NULL);
  ahoy_video_track_watch (track, format);
}

static void
unwatch (AhoyPeer *peer)
{
  AhoyVideoTrack *track = ahoy_peer_get_video_track (peer);

  g_signal_handlers_disconnect_by_func (track, on_frame, NULL);
  ahoy_video_track_unwatch (track);
}

static void
test_call (void)
{
  RigCall call;
  AhoyPeerStats stats;
  RigEar *ear_a, *ear_b;
  GSubprocess *voice_a, *voice_b;

  rig_call_init (&call);
  voice_a = rig_voice_new ("feed-a", 1000);
  voice_b = rig_voice_new ("feed-b", 1500);
  ear_a = rig_ear_new ("speaker-a");
  ear_b = rig_ear_new ("speaker-b");
  rig_call_connect (&call);
  watch (call.b, AHOY_PIXEL_FORMAT_RGB);
  rig_call_open (&call);

  rig_wait ("the first picture and sound of both", 15000,
            call.first_frames_a && call.first_frames_b && call.first_audio_a && call.first_audio_b);
  rig_wait ("40 numbered pictures", 20000, shown_counters >= 40);
  /* A loaded machine may skip a few. */
  g_assert_cmpuint (steps_forward, >=, 25);
  rig_wait ("a's tone at b's loudspeaker", 20000, rig_ear_tone (ear_b, 1000, 3) > 0.5);
  rig_wait ("b's tone at a's loudspeaker", 20000, rig_ear_tone (ear_a, 1500, 3) > 0.5);
  g_assert_cmpfloat (rig_ear_tone (ear_a, 1000, 3), <, 0.2);
  g_assert_cmpint (ahoy_peer_get_volume (call.b), >=, 0);
  g_assert_true (ahoy_video_track_get_active (ahoy_peer_get_video_track (call.b)));

  ahoy_peer_get_stats (call.b, &stats);
  g_assert_cmpint (stats.frame_width, ==, 640);
  g_assert_cmpint (stats.frame_height, ==, 360);
  g_assert_cmpuint (stats.bytes_received, >, 50000);
  g_assert_cmpuint (stats.frames_sent, >, 20);
  g_assert_cmpstr (stats.path, ==, "host");
  g_assert_cmpuint (call.first_frames_a, ==, 1);
  g_assert_cmpuint (call.first_audio_b, ==, 1);
  g_assert_cmpuint (call.problems, ==, 0);

  unwatch (call.b);
  rig_ear_free (ear_a);
  rig_ear_free (ear_b);
  rig_voice_free (voice_a);
  rig_voice_free (voice_b);
  rig_call_clear (&call);
}

int
main (int   argc,
      char *argv[])
{
  int status;

  g_test_init (&argc, &argv, NULL);
  rig_init ();
  g_test_add_func ("/media/call", test_call);
  status = g_test_run ();
  rig_finish ();

  return status;
}
