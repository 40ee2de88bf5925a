/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "ahoy-call-private.h"
#include "engine-fixture.h"

/* From the answer to the first remote picture that is handed to the display, on loopback, with both sides in one
 * process; the reference is the same call with a connection that is made only after the answer. */

#define ROUNDS 10
#define TARGET_MS 200

typedef struct
{
  AhoyCall *call;
  AhoyVideoTrack *track;
  gint64 first;
} Watch;

static void
on_frame (Watch *watch)
{
  if (!watch->first)
    watch->first = g_get_monotonic_time ();
}

static void
drop_track (Watch *watch)
{
  if (!watch->track)
    return;

  g_signal_handlers_disconnect_by_data (watch->track, watch);
  ahoy_video_track_unwatch (watch->track);
  g_clear_object (&watch->track);
}

static void
on_track (Watch *watch)
{
  drop_track (watch);
  g_set_object (&watch->track, ahoy_participant_get_video_track (ahoy_call_get_peer (watch->call)));
  if (!watch->track)
    return;

  ahoy_video_track_watch (watch->track, AHOY_PIXEL_FORMAT_RGB);
  g_signal_connect_swapped (watch->track, "notify::frame", G_CALLBACK (on_frame), watch);
}

static gboolean
is_linked (gpointer data)
{
  return ahoy_call_get_phase (data) == AHOY_CALL_PHASE_INCOMING_LINKED;
}

static gboolean
has_frame (gpointer data)
{
  return ((Watch *) data)->first > 0;
}

static double
measure (AhoyEngine *alice,
         AhoyEngine *bob,
         gboolean    preconnect)
{
  g_autoptr (AhoyCall) placed = NULL;
  g_autoptr (AhoyCall) incoming = NULL;
  Watch watch = { 0 };
  gint64 answered;

  g_object_set (bob, "preconnect", preconnect, NULL);
  placed = engine_place (alice, "bob", AHOY_CALL_MEDIA_VIDEO, 30);
  incoming = engine_await_incoming (bob);
  call_await_state (placed, AHOY_CALL_RINGING, 5000);
  if (preconnect)
    ahoy_test_wait (is_linked, incoming, 10000, "the connection made ahead");

  watch.call = incoming;
  on_track (&watch);
  g_signal_connect_swapped (ahoy_call_get_peer (incoming), "notify::video-track", G_CALLBACK (on_track), &watch);
  answered = g_get_monotonic_time ();
  ahoy_call_accept_async (incoming, TRUE, NULL, NULL, NULL);
  ahoy_test_wait (has_frame, &watch, 15000, "the first picture");

  g_signal_handlers_disconnect_by_data (ahoy_call_get_peer (incoming), &watch);
  drop_track (&watch);
  call_hang_up (incoming);
  call_await_state (placed, AHOY_CALL_ENDED, 5000);
  return (watch.first - answered) / 1000.0;
}

static int
compare (gconstpointer a,
         gconstpointer b)
{
  double one = *(const double *) a, other = *(const double *) b;

  return (one > other) - (one < other);
}

static double
find_median (double *values)
{
  qsort (values, ROUNDS, sizeof (double), compare);
  return (values[ROUNDS / 2 - 1] + values[ROUNDS / 2]) / 2;
}

int
main (int   argc,
      char *argv[])
{
  g_autofree char *clip = g_build_filename (g_getenv ("AHOY_BUILD_ROOT"), "tests/engine/engine-clip.y4m", NULL);
  AhoyTestServer *server;
  AhoyEngine *alice, *bob;
  double ahead[ROUNDS], cold[ROUNDS];
  double median, reference;

  g_setenv ("AHOY_TEST_CAMERA", clip, FALSE);
  server = ahoy_test_server_new (NULL);
  alice = engine_new_online (server, "alice", "device-a");
  bob = engine_new_online (server, "bob", "device-b");
  engine_add_contact (bob, "alice");
  /* Plugins are loaded once; that is not what is measured. */
  measure (alice, bob, TRUE);
  for (guint i = 0; i < ROUNDS; i++)
    {
      ahead[i] = measure (alice, bob, TRUE);
      cold[i] = measure (alice, bob, FALSE);
      g_print ("round %u: %.0f ms, connecting after the answer %.0f ms\n", i + 1, ahead[i], cold[i]);
    }
  median = find_median (ahead);
  reference = find_median (cold);
  g_print ("engine-answer: %.0f ms, reference %.0f ms (connecting after the answer), ratio %.2f, "
           "target under %d ms (%s)\n",
           median, reference, median / reference, TARGET_MS, median < TARGET_MS ? "met" : "missed");

  engine_free (alice);
  engine_free (bob);
  ahoy_test_server_free (server);
  return 0;
}
