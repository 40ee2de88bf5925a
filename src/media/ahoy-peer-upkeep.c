/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "ahoy-peer-upkeep.h"

#include "ahoy-peer-receive.h"

#define KEY_FRAME_WATCHDOG_US (500 * G_TIME_SPAN_MILLISECOND)

/* Pictures are shown when they are there, and only a line with a long way makes all of them wait a little. */
#define MIN_LATENCY_MS 20
#define MAX_LATENCY_MS 300

static void
set_latency (AhoyPeerUpkeep *self,
             guint           latency_ms)
{
  if (self->latency_ms == latency_ms)
    return;

  self->latency_ms = latency_ms;
  gst_pipeline_set_latency (GST_PIPELINE (self->pipeline), latency_ms * GST_MSECOND);
  gst_bin_recalculate_latency (GST_BIN (self->pipeline));
}

void
ahoy_peer_upkeep_init (AhoyPeerUpkeep *self,
                       GstElement     *pipeline)
{
  self->pipeline = pipeline;
  set_latency (self, MIN_LATENCY_MS);
}

/* A quiet line is played at once; one that loses packets waits for the repair, one that trembles for the
 * slowest. Down in small steps, up at once. */
void
ahoy_peer_upkeep_adapt (AhoyPeerUpkeep      *self,
                        const AhoyPeerRates *rates,
                        AhoyPeerShared      *shared)
{
  double rtt_ms = MAX (rates->round_trip_time, 0) * 1000;
  double jitter_ms = rates->jitter * 1000;
  double loss = rates->fraction_lost;
  double wanted = MIN_LATENCY_MS + 2 * jitter_ms + (loss > 0.005 ? rtt_ms + 50 : 0);
  guint latency = CLAMP (wanted, MIN_LATENCY_MS, MAX_LATENCY_MS);

  ahoy_nack_sender_set_copies (shared->nack, loss < 0.03 ? 1 : loss < 0.12 ? 2 : loss < 0.25 ? 3 : 4);
  if (g_getenv ("AHOY_TEST_NO_ADAPT"))
    return;

  if (latency > self->latency_ms + 10)
    set_latency (self, latency);
  else if (latency + 20 < self->latency_ms)
    set_latency (self, self->latency_ms - 10);
}

/* Packets of pictures come, but no picture: the request for a key frame may have been lost. */
void
ahoy_peer_upkeep_watch_key_frames (AhoyPeerUpkeep         *self,
                                   const AhoyPeerCounters *counters,
                                   AhoyPeerShared         *shared,
                                   gint64                  now_us)
{
  if (counters->last_video_us == 0 || now_us - counters->last_video_us > KEY_FRAME_WATCHDOG_US ||
      now_us - counters->last_frame_us < KEY_FRAME_WATCHDOG_US ||
      now_us - self->key_frame_asked_us < KEY_FRAME_WATCHDOG_US)
    return;

  self->key_frame_asked_us = now_us;
  ahoy_peer_receive_request_key_frame (shared);
}
