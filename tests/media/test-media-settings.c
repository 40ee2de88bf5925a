/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "media-rig.h"

#include "ahoy-counter-strip.h"

static void
count_description (AhoyPeer   *peer,
                   gboolean    is_offer,
                   const char *sdp,
                   guint      *count)
{
  *count += 1;
}

static gboolean
has_size (AhoyPeer *peer,
          int       width,
          int       height)
{
  AhoyPeerStats stats;

  ahoy_peer_get_stats (peer, &stats);

  return stats.frame_width == width && stats.frame_height == height;
}

/* 9 by 16 at most that high; the camera's own pixels do not always allow it to the last one. */
static gboolean
is_portrait (int width,
             int height,
             int max_height)
{
  return height <= max_height && height >= max_height - 8 && ABS (width * 16 - height * 9) <= 64;
}

static gboolean
has_portrait (AhoyPeer *peer,
              int       max_height)
{
  AhoyPeerStats stats;

  ahoy_peer_get_stats (peer, &stats);

  return is_portrait (stats.frame_width, stats.frame_height, max_height);
}

static gboolean
shows_portrait (AhoyVideoTrack *track,
                int             max_height)
{
  AhoyVideoFrame *frame = ahoy_video_track_get_frame (track);

  return frame && is_portrait (ahoy_video_frame_get_width (frame), ahoy_video_frame_get_height (frame), max_height);
}

static double
get_bitrate (AhoyPeer *peer)
{
  AhoyPeerStats stats;

  ahoy_peer_get_stats (peer, &stats);

  return stats.target_bitrate;
}

/* The strip is as wide as the picture: it can be read when all of the picture is there, also when it is squeezed. */
static gboolean
has_strip (AhoyVideoTrack *track)
{
  AhoyVideoFrame *frame = ahoy_video_track_get_frame (track);
  const guint8 *pixels;
  gsize size;
  guint counter;

  pixels = g_bytes_get_data (ahoy_video_frame_get_pixels (frame), &size);

  return ahoy_counter_strip_read (pixels, size, ahoy_video_frame_get_width (frame), ahoy_video_frame_get_height (frame),
                                  ahoy_video_frame_get_stride (frame), 4, 1, &counter);
}

static gboolean
shows (AhoyVideoTrack *track,
       int             width,
       int             height)
{
  AhoyVideoFrame *frame = ahoy_video_track_get_frame (track);

  return frame && ahoy_video_frame_get_width (frame) == width && ahoy_video_frame_get_height (frame) == height;
}

/* Size and shape change in the middle of the pictures, with nothing said to the far end. */
static void
test_live (void)
{
  RigCall call;
  AhoyVideoSettings *settings;
  AhoyVideoTrack *track, *self_view;
  guint descriptions = 0;

  rig_make_clip ("big.y4m", "1280x720", "45");
  rig_call_init (&call);
  settings = ahoy_media_get_video_settings (call.media_a);
  track = ahoy_peer_get_video_track (call.b);
  self_view = ahoy_media_get_self_view (call.media_a);
  ahoy_video_track_watch (track, AHOY_PIXEL_FORMAT_BGRX);
  ahoy_video_track_watch (self_view, AHOY_PIXEL_FORMAT_BGRX);
  rig_call_connect (&call);
  g_signal_connect (call.a, "description", G_CALLBACK (count_description), &descriptions);
  g_signal_connect (call.b, "description", G_CALLBACK (count_description), &descriptions);
  rig_call_open (&call);
  rig_wait ("the size of the camera", 15000, has_size (call.b, 1280, 720) && shows (track, 1280, 720));
  g_assert_cmpfloat (get_bitrate (call.a), ==, 1200000);

  ahoy_video_settings_set_resolution (settings, AHOY_VIDEO_RESOLUTION_360P);
  rig_wait ("small pictures", 5000, has_size (call.b, 640, 360) && shows (track, 640, 360));
  g_assert_cmpfloat (get_bitrate (call.a), ==, 500000);
  g_assert_true (has_strip (track));

  ahoy_video_settings_set_orientation (settings, AHOY_VIDEO_ORIENTATION_PORTRAIT);
  rig_wait ("high pictures", 5000, has_portrait (call.b, 640) && shows_portrait (track, 640));
  rig_wait ("the own high picture", 5000, shows_portrait (self_view, 640));
  g_assert_false (has_strip (track));

  ahoy_video_settings_set_resolution (settings, AHOY_VIDEO_RESOLUTION_540P);
  rig_wait ("bigger high pictures", 5000, has_portrait (call.b, 720));

  /* The camera has no more than 720 rows. */
  ahoy_video_settings_set_resolution (settings, AHOY_VIDEO_RESOLUTION_1080P);
  ahoy_video_settings_set_orientation (settings, AHOY_VIDEO_ORIENTATION_LANDSCAPE);
  rig_wait ("all of the camera", 5000, has_size (call.b, 1280, 720) && shows (track, 1280, 720));
  g_assert_true (has_strip (track));
  g_assert_cmpuint (descriptions, ==, 0);
  g_assert_cmpuint (call.problems, ==, 0);

  /* What was set before the camera is on holds as well. */
  ahoy_media_set_camera_on (call.media_a, FALSE);
  ahoy_video_settings_set_resolution (settings, AHOY_VIDEO_RESOLUTION_360P);
  ahoy_media_set_camera_on (call.media_a, TRUE);
  rig_wait ("small pictures of a new camera", 15000, has_size (call.b, 640, 360));
  ahoy_video_track_unwatch (self_view);
  ahoy_video_track_unwatch (track);
  rig_call_clear (&call);
}

/* Whom the far end has hidden is sent no picture, but is heard; shown again, it begins with a key frame. */
static void
test_wanted (void)
{
  RigCall call;
  AhoyPeerStats before, after;
  guint64 frames;
  gboolean audio;

  rig_make_clip ("clip.y4m", "640x360", "90");
  rig_call_init (&call);
  rig_call_connect (&call);
  rig_call_open (&call);
  rig_wait ("pictures of both", 15000, rig_frames (call.a) > 10 && rig_frames (call.b) > 10);
  for (guint i = 0; i < 3; i++)
    {
      ahoy_peer_set_video_wanted (call.a, FALSE);
      ahoy_peer_get_stats (call.a, &before);
      frames = rig_frames (call.a);
      rig_run (2500);
      ahoy_peer_get_stats (call.a, &after);
      g_assert_cmpuint (after.frames_sent, ==, before.frames_sent);
      /* Sound is about 9 kB a second with its headers, and 60 kB with pictures. */
      g_assert_cmpuint (after.bytes_sent - before.bytes_sent, <, 60000);
      g_assert_cmpint (ahoy_peer_get_state (call.b), ==, AHOY_PEER_CONNECTED);
      g_object_get (call.b, "receiving-audio", &audio, NULL);
      g_assert_true (audio);
      g_assert_false (ahoy_video_track_get_active (ahoy_peer_get_video_track (call.b)));
      /* The other direction is another matter. */
      rig_wait ("pictures the other way", 5000, rig_frames (call.a) > frames + 10);

      frames = rig_frames (call.b);
      ahoy_peer_set_video_wanted (call.a, TRUE);
      rig_wait ("pictures again", 2000, rig_frames (call.b) > frames + 5);
    }

  /* It opens no gate that is closed for another reason. */
  ahoy_peer_set_sending (call.a, FALSE);
  ahoy_peer_set_video_wanted (call.a, FALSE);
  ahoy_peer_set_video_wanted (call.a, TRUE);
  ahoy_peer_get_stats (call.a, &before);
  rig_run (500);
  ahoy_peer_get_stats (call.a, &after);
  g_assert_cmpuint (after.frames_sent, ==, before.frames_sent);
  rig_call_clear (&call);
}

static void
on_image_set (GObject      *source,
              GAsyncResult *result,
              gpointer      data)
{
  GError **error = data;

  *error = NULL;
  if (ahoy_video_settings_set_background_image_finish (AHOY_VIDEO_SETTINGS (source), result, error))
    *error = g_error_new_literal (G_IO_ERROR, G_IO_ERROR_FAILED, "it is in use");
}

/* What became of it; that it is in use too. */
static GError *
set_image (AhoyVideoSettings *settings,
           const char        *path)
{
  g_autoptr (GFile) file = g_file_new_for_path (path);
  GError *error = NULL;

  ahoy_video_settings_set_background_image_async (settings, file, NULL, on_image_set, &error);
  rig_wait ("the image to be read", 5000, error != NULL);

  return error;
}

/* The strip at the top of the picture is behind everybody: where it can be read, the picture is as the camera took it. */
static void
test_effects (void)
{
  RigCall call;
  AhoyVideoSettings *settings;
  AhoyVideoTrack *track, *self_view;
  g_autoptr (GError) no_picture = NULL;
  g_autoptr (GError) no_file = NULL;
  g_autoptr (GError) in_use = NULL;
  g_autofree char *person = g_build_filename (g_getenv ("AHOY_SOURCE_ROOT"), "tests", "effects", "person.jpg", NULL);

  rig_make_clip ("effects.y4m", "640x360", "45");
  rig_call_init (&call);
  settings = ahoy_media_get_video_settings (call.media_a);
  if (!ahoy_video_settings_get_background_available (settings))
    {
      g_test_skip ("built without the models");
      rig_call_clear (&call);
      return;
    }

  track = ahoy_peer_get_video_track (call.b);
  self_view = ahoy_media_get_self_view (call.media_a);
  ahoy_video_track_watch (track, AHOY_PIXEL_FORMAT_BGRX);
  ahoy_video_track_watch (self_view, AHOY_PIXEL_FORMAT_BGRX);

  /* Asked for before the first picture: not one leaves as it was taken. */
  ahoy_video_settings_set_background_blur (settings, 3);
  rig_call_connect (&call);
  rig_call_open (&call);
  rig_wait ("pictures", 15000, shows (track, 640, 360) && shows (self_view, 640, 360));
  for (guint i = 0; i < 60; i++)
    {
      guint64 frames = rig_frames (call.b);

      rig_wait ("another picture", 5000, rig_frames (call.b) > frames);
      g_assert_false (has_strip (track));
      g_assert_false (has_strip (self_view));
    }

  ahoy_video_settings_set_background_blur (settings, 0);
  rig_wait ("the room", 5000, has_strip (track) && has_strip (self_view));

  no_picture = set_image (settings, rig_path ("effects.y4m"));
  g_assert_cmpstr (no_picture->message, !=, "it is in use");
  no_file = set_image (settings, "/nowhere/at-all.png");
  g_assert_error (no_file, G_IO_ERROR, G_IO_ERROR_NOT_FOUND);
  g_assert_null (ahoy_video_settings_get_background_image (settings));
  in_use = set_image (settings, person);
  g_assert_cmpstr (in_use->message, ==, "it is in use");
  rig_wait ("no room", 5000, !has_strip (track) && !has_strip (self_view));

  ahoy_video_settings_set_beauty (settings, 9);
  ahoy_video_settings_set_background_image_async (settings, NULL, NULL, NULL, NULL);
  rig_wait ("the room again", 5000, has_strip (track) && has_strip (self_view));
  g_assert_cmpuint (call.problems, ==, 0);
  rig_call_clear (&call);
}

typedef struct
{
  guint changes, rises;
  int last;
} Volumes;

static void
on_volume (AhoyPeer   *peer,
           GParamSpec *pspec,
           Volumes    *volumes)
{
  int volume = ahoy_peer_get_volume (peer);

  volumes->changes++;
  volumes->rises += volume > volumes->last + 5;
  volumes->last = volume;
}

/* Bursts twice a second: each is seen, and nobody is told more often than ten times a second. */
static void
test_volume (void)
{
  RigCall call;
  GSubprocess *voice;
  Volumes volumes = { 0 };

  rig_call_init (&call);
  voice = rig_voice_new ("feed-a", 1000);
  rig_call_connect (&call);
  rig_call_open (&call);
  rig_wait ("a voice", 20000, ahoy_peer_get_volume (call.b) > 20);
  g_signal_connect (call.b, "notify::volume", G_CALLBACK (on_volume), &volumes);
  rig_run (4000);
  g_assert_cmpuint (volumes.rises, >=, 5);
  /* One that falls between two of our looks rises in two or three steps. */
  g_assert_cmpuint (volumes.rises, <=, 24);
  g_assert_cmpuint (volumes.changes, <=, 40);
  rig_voice_free (voice);
  rig_wait ("silence", 5000, ahoy_peer_get_volume (call.b) == 0);
  rig_call_clear (&call);
}

int
main (int   argc,
      char *argv[])
{
  int status;

  g_test_init (&argc, &argv, NULL);
  rig_init ();
  g_test_add_func ("/media/settings/live", test_live);
  g_test_add_func ("/media/settings/wanted", test_wanted);
  g_test_add_func ("/media/settings/effects", test_effects);
  g_test_add_func ("/media/settings/volume", test_volume);
  status = g_test_run ();
  rig_finish ();

  return status;
}
