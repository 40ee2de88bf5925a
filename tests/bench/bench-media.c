/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How long until the first picture of the far end can be painted: from the start of the offer, and from the moment
 * the gate opens on a connection that was made while it rang. The reference is webrtcbin as it comes, in the same
 * process, between two live test sources. */
#include "config.h"

#include "media-rig.h"

#include <gst/gst.h>
#include <gst/webrtc/webrtc.h>

#include <stdio.h>
#include <stdlib.h>

#define ROUNDS 10

typedef struct
{
  GstElement *pipelines[2];
  GstElement *bins[2];
  int is_done; /* atomic */
} Reference;

static int
compare_doubles (gconstpointer a,
                 gconstpointer b)
{
  double left = *(const double *) a, right = *(const double *) b;

  return left < right ? -1 : left > right;
}

static double
median (double *values)
{
  qsort (values, ROUNDS, sizeof *values, compare_doubles);

  return (values[ROUNDS / 2 - 1] + values[ROUNDS / 2]) / 2;
}

static int
other (Reference  *reference,
       GstElement *bin)
{
  return bin == reference->bins[0] ? 1 : 0;
}

static void
on_answer (GstPromise *promise,
           gpointer    data)
{
  Reference *reference = data;
  GstWebRTCSessionDescription *answer = NULL;

  gst_structure_get (gst_promise_get_reply (promise), "answer", GST_TYPE_WEBRTC_SESSION_DESCRIPTION, &answer, NULL);
  gst_promise_unref (promise);
  g_signal_emit_by_name (reference->bins[1], "set-local-description", answer, NULL);
  g_signal_emit_by_name (reference->bins[0], "set-remote-description", answer, NULL);
  gst_webrtc_session_description_free (answer);
}

static void
on_offer (GstPromise *promise,
          gpointer    data)
{
  Reference *reference = data;
  GstWebRTCSessionDescription *offer = NULL;

  gst_structure_get (gst_promise_get_reply (promise), "offer", GST_TYPE_WEBRTC_SESSION_DESCRIPTION, &offer, NULL);
  gst_promise_unref (promise);
  g_signal_emit_by_name (reference->bins[0], "set-local-description", offer, NULL);
  g_signal_emit_by_name (reference->bins[1], "set-remote-description", offer, NULL);
  gst_webrtc_session_description_free (offer);
  g_signal_emit_by_name (reference->bins[1], "create-answer", NULL,
                         gst_promise_new_with_change_func (on_answer, reference, NULL));
}

static void
on_negotiation_needed (GstElement *bin,
                       Reference  *reference)
{
  if (bin == reference->bins[0])
    g_signal_emit_by_name (bin, "create-offer", NULL, gst_promise_new_with_change_func (on_offer, reference, NULL));
}

static void
on_candidate (GstElement *bin,
              guint       mline,
              const char *candidate,
              Reference  *reference)
{
  g_signal_emit_by_name (reference->bins[other (reference, bin)], "add-ice-candidate", mline, candidate);
}

static GstPadProbeReturn
on_picture (GstPad          *pad,
            GstPadProbeInfo *info,
            gpointer         data)
{
  Reference *reference = data;

  g_atomic_int_set (&reference->is_done, 1);

  return GST_PAD_PROBE_OK;
}

static void
on_pad_added (GstElement *bin,
              GstPad     *pad,
              Reference  *reference)
{
  g_autoptr (GstObject) pipeline = gst_object_get_parent (GST_OBJECT (bin));
  GstElement *chain;
  g_autoptr (GstElement) sink = NULL;
  g_autoptr (GstPad) entry = NULL;
  g_autoptr (GstPad) end = NULL;

  if (GST_PAD_DIRECTION (pad) != GST_PAD_SRC)
    return;

  chain = gst_parse_bin_from_description ("rtpvp8depay ! vp8dec ! videoconvert ! video/x-raw,format=RGB ! "
                                          "fakesink name=sink sync=true", TRUE, NULL);
  gst_bin_add (GST_BIN (pipeline), chain);
  sink = gst_bin_get_by_name (GST_BIN (chain), "sink");
  end = gst_element_get_static_pad (sink, "sink");
  if (bin == reference->bins[1])
    gst_pad_add_probe (end, GST_PAD_PROBE_TYPE_BUFFER, on_picture, reference, NULL);
  gst_element_sync_state_with_parent (chain);
  entry = gst_element_get_static_pad (chain, "sink");
  gst_pad_link (pad, entry);
}

/* It would ask the router for ports, which is no part of what is measured. */
static void
keep_off_the_router (GstElement *bin)
{
  g_autoptr (GObject) ice = NULL;
  g_autoptr (GObject) agent = NULL;

  g_object_get (bin, "ice-agent", &ice, NULL);
  g_object_get (ice, "agent", &agent, NULL);
  g_object_set (agent, "upnp", FALSE, NULL);
}

static double
measure_reference (void)
{
  Reference reference = { { NULL } };
  gint64 start = g_get_monotonic_time ();

  for (guint i = 0; i < 2; i++)
    {
      reference.pipelines[i] = gst_parse_launch (
        "webrtcbin name=wb bundle-policy=max-bundle videotestsrc is-live=true pattern=ball ! "
        "video/x-raw,width=640,height=360,framerate=30/1 ! vp8enc deadline=1 cpu-used=8 threads=1 ! rtpvp8pay ! "
        "application/x-rtp,media=video,encoding-name=VP8,payload=96 ! wb.", NULL);
      reference.bins[i] = gst_bin_get_by_name (GST_BIN (reference.pipelines[i]), "wb");
      keep_off_the_router (reference.bins[i]);
      g_signal_connect (reference.bins[i], "on-negotiation-needed", G_CALLBACK (on_negotiation_needed), &reference);
      g_signal_connect (reference.bins[i], "on-ice-candidate", G_CALLBACK (on_candidate), &reference);
      g_signal_connect (reference.bins[i], "pad-added", G_CALLBACK (on_pad_added), &reference);
    }
  gst_element_set_state (reference.pipelines[1], GST_STATE_PLAYING);
  gst_element_set_state (reference.pipelines[0], GST_STATE_PLAYING);
  rig_wait ("the reference's first picture", 20000, g_atomic_int_get (&reference.is_done));
  start = g_get_monotonic_time () - start;
  for (guint i = 0; i < 2; i++)
    {
      gst_element_set_state (reference.pipelines[i], GST_STATE_NULL);
      gst_object_unref (reference.bins[i]);
      gst_object_unref (reference.pipelines[i]);
    }

  return start / 1000.0;
}

/* Until the picture has reached the main context, converted for painting. */
static double
wait_for_picture (RigCall *call,
                  gint64   start)
{
  AhoyVideoTrack *track = ahoy_peer_get_video_track (call->b);

  rig_wait ("the first picture", 20000, ahoy_video_track_get_frame (track) != NULL);

  return (g_get_monotonic_time () - start) / 1000.0;
}

static void
prepare (RigCall *call)
{
  rig_call_new_peers (call);
  ahoy_video_track_watch (ahoy_peer_get_video_track (call->b), AHOY_PIXEL_FORMAT_RGB);
  ahoy_peer_set_playing (call->b, TRUE);
}

int
main (int   argc,
      char *argv[])
{
  double cold[ROUNDS], warm[ROUNDS], reference[ROUNDS], swap[ROUNDS];
  double cold_ms, warm_ms, reference_ms;
  RigCall call;
  gint64 start;

  rig_init ();
  rig_call_init (&call);
  ahoy_media_set_camera_on (call.media_a, TRUE);
  rig_wait ("the camera", 20000, ahoy_video_track_get_frame_count (ahoy_media_get_self_view (call.media_a)) > 5);

  for (guint i = 0; i < ROUNDS; i++)
    {
      reference[i] = measure_reference ();

      start = g_get_monotonic_time ();
      prepare (&call);
      ahoy_peer_set_sending (call.a, TRUE);
      ahoy_peer_start_offer (call.a);
      cold[i] = wait_for_picture (&call, start);

      swap[i] = g_get_monotonic_time ();
      prepare (&call);
      swap[i] = (g_get_monotonic_time () - swap[i]) / 2000;
      rig_call_connect (&call);
      rig_run (300);
      start = g_get_monotonic_time ();
      ahoy_peer_set_sending (call.a, TRUE);
      warm[i] = wait_for_picture (&call, start);
    }

  cold_ms = median (cold);
  warm_ms = median (warm);
  reference_ms = median (reference);
  printf ("offer to first picture: %.0f ms, reference %.0f ms (webrtcbin as it comes), ratio %.2f, target under 200 ms (%s)\n",
          cold_ms, reference_ms, cold_ms / reference_ms, cold_ms < 200 ? "met" : "missed");
  printf ("gate open to first picture: %.0f ms, reference %.0f ms (webrtcbin as it comes), ratio %.2f, "
          "target under 100 ms (%s)\n",
          warm_ms, reference_ms, warm_ms / reference_ms, warm_ms < 100 ? "met" : "missed");
  printf ("the main context stands still for %.1f ms while a connection is closed and another is made\n", median (swap));
  rig_call_clear (&call);
  rig_finish ();

  return 0;
}
