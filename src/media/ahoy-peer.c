/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "ahoy-peer.h"

#include "ahoy-liveness.h"
#include "ahoy-media-private.h"
#include "ahoy-media-problem.h"
#include "ahoy-peer-receive.h"
#include "ahoy-peer-shared.h"
#include "ahoy-peer-stats.h"
#include "ahoy-peer-streaming.h"
#include "ahoy-peer-transport.h"
#include "ahoy-pipeline.h"
#include "ahoy-sdp-check.h"
#include "ahoy-test-hooks.h"
#include "ahoy-video-codec.h"
#include "ahoy-video-track-private.h"

#include <gst/video/video.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define TICK_MS 200
#define TICKS_A_SECOND 5
#define OFFER_GUARD_MS 1000
#define MAX_OFFER_TRIES 4
#define MAX_CANDIDATES 200
#define RECEIVING_US G_USEC_PER_SEC
#define KEY_FRAME_WATCHDOG_US (500 * G_TIME_SPAN_MILLISECOND)

/* Packets wait at most so long for a repair, but nobody waits for them: pictures are shown when they are
 * there, and only a line with a long way makes all of them wait a little. */
#define JITTER_BUFFER_MS 400
#define MIN_LATENCY_MS 20
#define MAX_LATENCY_MS 300

struct _AhoyPeer
{
  GObject parent_instance;

  AhoyMedia *media;           /* (owned) (nullable), until closed */
  AhoyPipeline *pipeline;     /* (owned) (nullable), until closed */
  GstElement *webrtcbin;      /* (owned) (nullable), until closed */
  AhoyPeerShared *shared;     /* (owned) */
  AhoyVideoTrack *track;      /* (owned) */
  char *name;                 /* (owned) */
  GPtrArray *candidates;      /* (owned) of char: came too early, "MLINE TEXT" */
  char *early_offer;          /* (owned) (nullable): came before the pads had their caps */
  AhoyPeerRates rates;
  AhoyLiveness liveness;
  AhoyPeerState state;
  guint tick_source_id;
  guint guard_source_id;      /* an offer, or the caps before an answer, are awaited */
  guint tick_count;
  guint candidate_count;      /* of the far end */
  guint offer_tries;
  guint latency_ms;
  int volume;
  gint64 key_frame_asked_us;
  gboolean is_negotiable;     /* all pads have their caps */
  gboolean is_offerer;
  gboolean has_local;         /* a local description was made */
  gboolean is_remote_given;   /* a remote description was handed to webrtcbin */
  gboolean is_remote_set;
  gboolean has_failed;
  gboolean is_sending;
  gboolean is_echo;
  gboolean is_receiving_audio;
  gboolean is_receiving_video;
};

G_DEFINE_FINAL_TYPE (AhoyPeer, ahoy_peer, G_TYPE_OBJECT)

enum
{
  PROP_0,
  PROP_STATE,
  PROP_VOLUME,
  PROP_VIDEO_TRACK,
  PROP_RECEIVING_AUDIO,
  PROP_RECEIVING_VIDEO,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

enum
{
  SIGNAL_DESCRIPTION,
  SIGNAL_CANDIDATE,
  SIGNAL_FIRST_FRAME,
  SIGNAL_FIRST_AUDIO,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

/* State: always derived from the facts. */

static AhoyPeerState
compute_state (AhoyPeer *self)
{
  AhoyPeerCounters counters;

  if (self->state == AHOY_PEER_CLOSED)
    return AHOY_PEER_CLOSED;
  if (self->has_failed)
    return AHOY_PEER_FAILED;

  ahoy_peer_shared_get_counters (self->shared, &counters);
  switch (ahoy_liveness_judge (&self->liveness, g_get_monotonic_time (), counters.last_packet_us))
    {
    case AHOY_LIVENESS_ALIVE:
      return AHOY_PEER_CONNECTED;

    case AHOY_LIVENESS_LOST:
      return AHOY_PEER_LOST;

    case AHOY_LIVENESS_DEAD:
      self->has_failed = TRUE;
      return AHOY_PEER_FAILED;

    case AHOY_LIVENESS_WAITING:
    default:
      return self->has_local || self->is_remote_given ? AHOY_PEER_CONNECTING : AHOY_PEER_NEW;
    }
}

/* Nothing enters the pipeline before the transport is up: it would wait there and come out as a burst of
 * old media. */
static void
update_gate (AhoyPeer *self)
{
  gboolean open = self->is_sending && self->liveness.connected_us != 0 && self->state != AHOY_PEER_FAILED &&
                  self->state != AHOY_PEER_CLOSED;
  gboolean opens;

  /* A closed one is shut for ever, and a thread lets go of what is shared. */
  if (self->state == AHOY_PEER_CLOSED || self->shared->video_out == NULL)
    return;

  opens = open && !ahoy_outlet_is_open (self->shared->video_out);
  ahoy_outlet_set_open (self->shared->audio_out, open);
  ahoy_outlet_set_open (self->shared->video_out, open);
  if (opens && self->is_echo)
    ahoy_peer_receive_request_key_frame (self->shared);
  else if (opens)
    ahoy_key_frame_request_send_now (self->shared->key_frame);
}

static void
update_state (AhoyPeer *self)
{
  AhoyPeerState state = compute_state (self);

  if (state == self->state)
    return;

  g_debug ("%s: state %d", self->name, state);
  self->state = state;
  update_gate (self);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_STATE]);
}

static void
fail (AhoyPeer   *self,
      const char *why)
{
  g_debug ("%s: failed: %s", self->name, why);
  self->has_failed = TRUE;
  g_clear_handle_id (&self->guard_source_id, g_source_remove);
  update_state (self);
}

static void
begin_connecting (AhoyPeer *self)
{
  if (self->liveness.started_us == 0)
    self->liveness.started_us = g_get_monotonic_time ();
  update_state (self);
}

/* Descriptions. */

static void
create_offer (AhoyPeer *self)
{
  if (self->has_local || self->webrtcbin == NULL || self->has_failed)
    return;

  g_signal_emit_by_name (self->webrtcbin, "create-offer", NULL, ahoy_peer_streaming_promise_description (self->shared));
}

static void
give_remote (AhoyPeer   *self,
             gboolean    is_offer,
             const char *text)
{
  GstSDPMessage *message = ahoy_sdp_check (text);
  GstWebRTCSessionDescription *description;

  if (message == NULL)
    {
      fail (self, "The description is not usable");
      return;
    }

  self->is_remote_given = TRUE;
  begin_connecting (self);
  description = gst_webrtc_session_description_new (is_offer ? GST_WEBRTC_SDP_TYPE_OFFER : GST_WEBRTC_SDP_TYPE_ANSWER,
                                                    message);
  g_signal_emit_by_name (self->webrtcbin, "set-remote-description", description,
                         ahoy_peer_streaming_promise_remote (self->shared));
  gst_webrtc_session_description_free (description);
}

static gboolean
on_guard (gpointer data)
{
  AhoyPeer *self = data;

  if (self->early_offer)
    {
      g_autofree char *offer = g_steal_pointer (&self->early_offer);

      self->guard_source_id = 0;
      give_remote (self, TRUE, offer);
      return G_SOURCE_REMOVE;
    }

  if (self->has_local || self->has_failed)
    {
      self->guard_source_id = 0;
      return G_SOURCE_REMOVE;
    }

  if (++self->offer_tries >= MAX_OFFER_TRIES)
    {
      self->guard_source_id = 0;
      fail (self, "No offer could be made");
      return G_SOURCE_REMOVE;
    }

  create_offer (self);

  return G_SOURCE_CONTINUE;
}

static void
add_candidate (AhoyPeer   *self,
               guint       mline,
               const char *candidate)
{
  g_signal_emit_by_name (self->webrtcbin, "add-ice-candidate", mline, candidate);
}

static void
handle_negotiable (AhoyPeer *self)
{
  self->is_negotiable = TRUE;
  if (self->is_offerer && !self->has_local)
    {
      create_offer (self);
    }
  else if (self->early_offer)
    {
      g_autofree char *offer = g_steal_pointer (&self->early_offer);

      g_clear_handle_id (&self->guard_source_id, g_source_remove);
      give_remote (self, TRUE, offer);
    }
}

static void
handle_local_description (AhoyPeer                    *self,
                          GstWebRTCSessionDescription *description)
{
  g_autofree char *text = NULL;
  gboolean is_offer = description->type == GST_WEBRTC_SDP_TYPE_OFFER;

  /* The guard may have asked for a second offer while the first was on its way. */
  if (self->has_local)
    return;

  self->has_local = TRUE;
  g_clear_handle_id (&self->guard_source_id, g_source_remove);
  text = gst_sdp_message_as_text (description->sdp);
  g_signal_emit_by_name (self->webrtcbin, "set-local-description", description, NULL);
  begin_connecting (self);
  g_signal_emit (self, signals[SIGNAL_DESCRIPTION], 0, is_offer, text);
}

static void
handle_remote_set (AhoyPeer *self)
{
  g_autoptr (GPtrArray) candidates = g_steal_pointer (&self->candidates);

  self->is_remote_set = TRUE;
  self->candidates = g_ptr_array_new_with_free_func (g_free);
  for (guint i = 0; i < candidates->len; i++)
    {
      const char *entry = g_ptr_array_index (candidates, i);

      add_candidate (self, atoi (entry), strchr (entry, ' ') + 1);
    }

  if (!self->is_offerer)
    g_signal_emit_by_name (self->webrtcbin, "create-answer", NULL,
                           ahoy_peer_streaming_promise_description (self->shared));
}

static void
handle_connection_state (AhoyPeer *self,
                         guint     state)
{
  if (state == GST_WEBRTC_PEER_CONNECTION_STATE_CONNECTED && self->liveness.connected_us == 0)
    {
      self->liveness.connected_us = g_get_monotonic_time ();
      ahoy_trace_event ("dtls-connected");
      ahoy_peer_transport_start (self->webrtcbin, self->shared);
      update_gate (self);
    }
  else if (state == GST_WEBRTC_PEER_CONNECTION_STATE_FAILED && self->liveness.connected_us == 0)
    {
      fail (self, "No path was found");
    }
  update_state (self);
}

void
ahoy_peer_handle_post (AhoyPeer     *self,
                       AhoyPeerPost *post)
{
  g_autoptr (AhoyPeer) alive = g_object_ref (self);

  if (alive->state == AHOY_PEER_CLOSED || self->webrtcbin == NULL)
    return;

  switch (post->kind)
    {
    case AHOY_PEER_POST_NEGOTIATION_NEEDED:
      handle_negotiable (self);
      break;

    case AHOY_PEER_POST_LOCAL_DESCRIPTION:
      handle_local_description (self, post->description);
      break;

    case AHOY_PEER_POST_LOCAL_FAILED:
      /* An offer is tried again by the guard. */
      if (!self->is_offerer)
        fail (self, "No answer could be made");
      break;

    case AHOY_PEER_POST_REMOTE_SET:
      handle_remote_set (self);
      break;

    case AHOY_PEER_POST_REMOTE_FAILED:
      fail (self, post->text);
      break;

    case AHOY_PEER_POST_CANDIDATE:
      g_signal_emit (self, signals[SIGNAL_CANDIDATE], 0, post->number, post->text);
      break;

    case AHOY_PEER_POST_GATHERED:
      g_signal_emit (self, signals[SIGNAL_CANDIDATE], 0, 0, "");
      break;

    case AHOY_PEER_POST_ICE_STATE:
      if (post->number == GST_WEBRTC_ICE_CONNECTION_STATE_CONNECTED)
        ahoy_trace_event ("ice-connected");
      break;

    case AHOY_PEER_POST_CONNECTION_STATE:
      handle_connection_state (self, post->number);
      break;

    case AHOY_PEER_POST_FIRST_FRAME:
      ahoy_trace_event ("first-remote-frame");
      g_signal_emit (self, signals[SIGNAL_FIRST_FRAME], 0);
      break;

    case AHOY_PEER_POST_FIRST_AUDIO:
      ahoy_trace_event ("first-remote-audio");
      g_signal_emit (self, signals[SIGNAL_FIRST_AUDIO], 0);
      break;

    default:
      g_assert_not_reached ();
    }
}

AhoyPeerShared *
ahoy_peer_get_shared (AhoyPeer *self)
{
  return self->shared;
}

/* Four times in a second: what changes without an event. */

static void
update_receiving (AhoyPeer               *self,
                  const AhoyPeerCounters *counters,
                  gint64                  now)
{
  gboolean audio = counters->last_audio_us != 0 && now - counters->last_audio_us < RECEIVING_US;
  gboolean video = counters->last_video_us != 0 && now - counters->last_video_us < RECEIVING_US;
  int volume = audio ? g_atomic_int_get (&self->shared->volume) : 0;

  if (audio != self->is_receiving_audio)
    {
      self->is_receiving_audio = audio;
      g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_RECEIVING_AUDIO]);
    }
  if (video != self->is_receiving_video)
    {
      self->is_receiving_video = video;
      g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_RECEIVING_VIDEO]);
    }
  if (volume != self->volume)
    {
      self->volume = volume;
      g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_VOLUME]);
    }
}

/* Packets of pictures come, but no picture: the request for a key frame may have been lost. */
static void
watch_key_frames (AhoyPeer               *self,
                  const AhoyPeerCounters *counters,
                  gint64                  now)
{
  if (counters->last_video_us == 0 || now - counters->last_video_us > KEY_FRAME_WATCHDOG_US ||
      now - counters->last_frame_us < KEY_FRAME_WATCHDOG_US || now - self->key_frame_asked_us < KEY_FRAME_WATCHDOG_US)
    return;

  self->key_frame_asked_us = now;
  ahoy_peer_receive_request_key_frame (self->shared);
}

static void
set_latency (AhoyPeer *self,
             guint     latency_ms)
{
  if (self->latency_ms == latency_ms)
    return;

  self->latency_ms = latency_ms;
  gst_pipeline_set_latency (GST_PIPELINE (ahoy_pipeline_get_bin (self->pipeline)), latency_ms * GST_MSECOND);
  gst_bin_recalculate_latency (ahoy_pipeline_get_bin (self->pipeline));
}

/* A quiet line is played at once; one that loses packets waits for the repair, one that trembles for the
 * slowest. Down in small steps, up at once. */
static void
adapt (AhoyPeer *self)
{
  double rtt_ms = MAX (self->rates.round_trip_time, 0) * 1000;
  double jitter_ms = self->rates.jitter * 1000;
  double loss = self->rates.fraction_lost;
  double wanted = MIN_LATENCY_MS + 2 * jitter_ms + (loss > 0.005 ? rtt_ms + 50 : 0);
  guint latency = CLAMP (wanted, MIN_LATENCY_MS, MAX_LATENCY_MS);

  ahoy_nack_sender_set_copies (self->shared->nack, loss < 0.03 ? 1 : loss < 0.12 ? 2 : loss < 0.25 ? 3 : 4);
  if (g_getenv ("AHOY_TEST_NO_ADAPT"))
    return;

  if (latency > self->latency_ms + 10)
    set_latency (self, latency);
  else if (latency + 20 < self->latency_ms)
    set_latency (self, self->latency_ms - 10);
}

static gboolean
on_tick (gpointer data)
{
  g_autoptr (AhoyPeer) self = g_object_ref (data);
  AhoyPeerCounters counters;
  gint64 now = g_get_monotonic_time ();

  ahoy_peer_shared_get_counters (self->shared, &counters);
  update_receiving (self, &counters, now);
  if (self->state != AHOY_PEER_CLOSED)
    update_state (self);
  if (self->state == AHOY_PEER_CONNECTED)
    watch_key_frames (self, &counters, now);
  if (++self->tick_count % TICKS_A_SECOND == 0 && self->state != AHOY_PEER_CLOSED)
    {
      ahoy_peer_rates_update (&self->rates, self->shared);
      adapt (self);
    }

  return G_SOURCE_CONTINUE;
}

/* Construction. */

static void
on_pipeline_failed (AhoyPipeline *pipeline,
                    GstElement   *source,
                    const GError *error,
                    gpointer      owner)
{
  fail (owner, error->message);
}

static void
make_outlets (AhoyPeer *self)
{
  g_autoptr (GstElement) audio = ahoy_pipeline_get_element (self->pipeline, "audio");
  g_autoptr (GstElement) video = ahoy_pipeline_get_element (self->pipeline, "video");
  g_autoptr (GstPad) pad = gst_element_get_static_pad (video, "src");

  self->shared->audio_out = ahoy_outlet_new (audio, FALSE);
  self->shared->video_out = ahoy_outlet_new (video, TRUE);
  ahoy_peer_streaming_watch_requests (pad, self->shared);
  ahoy_fan_out_add (ahoy_capture_audio_get_fan_out (ahoy_media_get_capture_audio (self->media)), self->shared->audio_out);
  ahoy_fan_out_add (ahoy_capture_video_get_fan_out (ahoy_media_get_capture_video (self->media)), self->shared->video_out);
}

static gboolean
build (AhoyPeer           *self,
       const char *const  *ice_uris,
       gboolean            relay_only,
       GError            **error)
{
  const AhoyVideoCodec *codec = ahoy_video_codec_get ();
  g_autofree char *description = NULL;

  description = g_strdup_printf (
    "webrtcbin name=wb bundle-policy=max-bundle latency=%d "
    "appsrc name=audio is-live=true format=time min-latency=0 max-bytes=0 "
    "caps=audio/x-opus,channel-mapping-family=0,channels=1,rate=48000 ! rtpopuspay ! "
    "capsfilter caps=application/x-rtp,media=audio,encoding-name=OPUS,payload=111,clock-rate=48000,"
    "encoding-params=(string)2 ! wb.sink_0 "
    "appsrc name=video is-live=true format=time min-latency=0 max-bytes=0 caps=%s ! %s ! wb.sink_1",
    JITTER_BUFFER_MS, codec->caps, codec->payloader);
  self->pipeline = ahoy_pipeline_parse (self->name, description, on_pipeline_failed, self, error);
  if (self->pipeline == NULL)
    return FALSE;

  self->webrtcbin = ahoy_pipeline_get_element (self->pipeline, "wb");
  ahoy_peer_transport_watch (GST_ELEMENT (ahoy_pipeline_get_bin (self->pipeline)), self->shared);
  ahoy_peer_streaming_connect (self->webrtcbin, self->shared);
  ahoy_peer_transport_ask_repairs (self->webrtcbin);
  make_outlets (self);
  if (!ahoy_peer_receive_build (ahoy_pipeline_get_bin (self->pipeline), self->webrtcbin, self->shared, error))
    return FALSE;

  set_latency (self, MIN_LATENCY_MS);
  gst_element_set_state (self->webrtcbin, GST_STATE_READY);
  ahoy_peer_transport_setup (self->webrtcbin, ice_uris, relay_only);

  return ahoy_pipeline_start_now (self->pipeline);
}

static gboolean
on_build_failed (gpointer data)
{
  AhoyPeer *self = data;
  g_autoptr (AhoyPeer) alive = g_object_ref (self);

  self->tick_source_id = 0;
  fail (self, "A part of GStreamer is missing");

  return G_SOURCE_REMOVE;
}

static void
ahoy_peer_dispose (GObject *object)
{
  AhoyPeer *self = AHOY_PEER (object);

  ahoy_peer_close (self);

  G_OBJECT_CLASS (ahoy_peer_parent_class)->dispose (object);
}

static void
ahoy_peer_finalize (GObject *object)
{
  AhoyPeer *self = AHOY_PEER (object);

  g_clear_pointer (&self->shared, ahoy_peer_shared_unref);
  g_clear_object (&self->track);
  g_ptr_array_unref (self->candidates);
  g_free (self->early_offer);
  g_free (self->name);

  G_OBJECT_CLASS (ahoy_peer_parent_class)->finalize (object);
}

static void
ahoy_peer_get_property (GObject    *object,
                        guint       prop_id,
                        GValue     *value,
                        GParamSpec *pspec)
{
  AhoyPeer *self = AHOY_PEER (object);

  switch (prop_id)
    {
    case PROP_STATE:
      g_value_set_int (value, self->state);
      break;

    case PROP_VOLUME:
      g_value_set_int (value, self->volume);
      break;

    case PROP_VIDEO_TRACK:
      g_value_set_object (value, self->track);
      break;

    case PROP_RECEIVING_AUDIO:
      g_value_set_boolean (value, self->is_receiving_audio);
      break;

    case PROP_RECEIVING_VIDEO:
      g_value_set_boolean (value, self->is_receiving_video);
      break;

    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
ahoy_peer_class_init (AhoyPeerClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  const GParamFlags flags = G_PARAM_READABLE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY;

  object_class->dispose = ahoy_peer_dispose;
  object_class->finalize = ahoy_peer_finalize;
  object_class->get_property = ahoy_peer_get_property;

  /**
   * AhoyPeer:state:
   *
   * An #AhoyPeerState.
   */
  properties[PROP_STATE] = g_param_spec_int ("state", NULL, NULL, 0, AHOY_PEER_CLOSED, 0, flags);
  /**
   * AhoyPeer:volume:
   *
   * How loud the far end is, 0 to 100.
   */
  properties[PROP_VOLUME] = g_param_spec_int ("volume", NULL, NULL, 0, 100, 0, flags);
  /**
   * AhoyPeer:video-track:
   *
   * The pictures of the far end; the same object from the start.
   */
  properties[PROP_VIDEO_TRACK] = g_param_spec_object ("video-track", NULL, NULL, AHOY_TYPE_VIDEO_TRACK, flags);
  /**
   * AhoyPeer:receiving-audio:
   *
   * Whether packets of sound came within the last second.
   */
  properties[PROP_RECEIVING_AUDIO] = g_param_spec_boolean ("receiving-audio", NULL, NULL, FALSE, flags);
  /**
   * AhoyPeer:receiving-video:
   *
   * Whether packets of pictures came within the last second.
   */
  properties[PROP_RECEIVING_VIDEO] = g_param_spec_boolean ("receiving-video", NULL, NULL, FALSE, flags);

  g_object_class_install_properties (object_class, N_PROPS, properties);

  /**
   * AhoyPeer::description:
   * @is_offer: whether it is an offer, else an answer
   * @sdp: the description, for the far end
   */
  signals[SIGNAL_DESCRIPTION] = g_signal_new ("description", AHOY_TYPE_PEER, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                              G_TYPE_NONE, 2, G_TYPE_BOOLEAN, G_TYPE_STRING);
  /**
   * AhoyPeer::candidate:
   * @mline: the section of the description it belongs to
   * @candidate: the candidate, for the far end; empty after the last
   */
  signals[SIGNAL_CANDIDATE] = g_signal_new ("candidate", AHOY_TYPE_PEER, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                            G_TYPE_NONE, 2, G_TYPE_UINT, G_TYPE_STRING);
  /**
   * AhoyPeer::first-frame:
   *
   * The first picture was decoded while playing.
   */
  signals[SIGNAL_FIRST_FRAME] = g_signal_new ("first-frame", AHOY_TYPE_PEER, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                              G_TYPE_NONE, 0);
  /**
   * AhoyPeer::first-audio:
   *
   * The first sound went to the mixer.
   */
  signals[SIGNAL_FIRST_AUDIO] = g_signal_new ("first-audio", AHOY_TYPE_PEER, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                              G_TYPE_NONE, 0);
}

static void
ahoy_peer_init (AhoyPeer *self)
{
  self->track = ahoy_video_track_new (TRUE);
  self->candidates = g_ptr_array_new_with_free_func (g_free);
  ahoy_peer_rates_init (&self->rates);
}

/**
 * ahoy_peer_new:
 * @media: capture and playback
 * @name: for the log
 * @ice_uris: (nullable) (array zero-terminated=1): servers, `stun:HOST[:PORT]` or `turn:USER:PASSWORD@HOST[:PORT]`
 * @relay_only: whether to hide the own addresses from the far end
 *
 * Returns: (transfer full): a connection that waits for ahoy_peer_start_offer() or an offer
 */
AhoyPeer *
ahoy_peer_new (AhoyMedia         *media,
               const char        *name,
               const char *const *ice_uris,
               gboolean           relay_only)
{
  AhoyPeer *self;
  g_autoptr (GError) error = NULL;

  g_return_val_if_fail (AHOY_IS_MEDIA (media), NULL);

  self = g_object_new (AHOY_TYPE_PEER, NULL);
  self->media = g_object_ref (media);
  self->name = g_strdup_printf ("peer-%s", name ? name : "");
  self->shared = ahoy_peer_shared_new (self, ahoy_video_track_get_mailbox (self->track),
                                       ahoy_capture_video_get_key_frame_request (ahoy_media_get_capture_video (media)));
  ahoy_media_add_peer (media, self);

  if (build (self, ice_uris, relay_only, &error))
    {
      self->tick_source_id = g_timeout_add (TICK_MS, on_tick, self);
    }
  else
    {
      g_autoptr (GError) problem = NULL;

      g_debug ("%s: %s", self->name, error ? error->message : "does not start");
      if (!ahoy_media_check (media, &problem))
        ahoy_media_report_problem (media, problem);
      self->tick_source_id = g_idle_add (on_build_failed, self);
    }

  return self;
}

void
ahoy_peer_start_offer (AhoyPeer *self)
{
  g_return_if_fail (AHOY_IS_PEER (self));

  if (self->is_offerer || self->is_remote_given || self->webrtcbin == NULL || self->state == AHOY_PEER_FAILED)
    return;

  self->is_offerer = TRUE;
  begin_connecting (self);
  if (self->is_negotiable)
    create_offer (self);
  self->guard_source_id = g_timeout_add (OFFER_GUARD_MS, on_guard, self);
}

void
ahoy_peer_take_description (AhoyPeer   *self,
                            gboolean    is_offer,
                            const char *sdp)
{
  g_return_if_fail (AHOY_IS_PEER (self));

  if (self->webrtcbin == NULL || self->state == AHOY_PEER_FAILED || self->state == AHOY_PEER_CLOSED)
    return;

  /* An answer to nothing, or a second description, is out of order. */
  if (is_offer == self->is_offerer || self->is_remote_given || self->early_offer || (!is_offer && !self->has_local))
    {
      fail (self, "A description is out of order");
      return;
    }

  begin_connecting (self);
  if (!is_offer || self->is_negotiable)
    {
      give_remote (self, is_offer, sdp);
      return;
    }

  self->early_offer = g_strdup (sdp ? sdp : "");
  self->guard_source_id = g_timeout_add (OFFER_GUARD_MS, on_guard, self);
}

void
ahoy_peer_take_candidate (AhoyPeer   *self,
                          guint       mline,
                          const char *candidate)
{
  g_return_if_fail (AHOY_IS_PEER (self));

  if (self->webrtcbin == NULL || self->state == AHOY_PEER_FAILED || self->state == AHOY_PEER_CLOSED ||
      candidate == NULL || *candidate == '\0')
    return;

  /* One bad candidate among good ones does no harm. */
  if (mline > 1 || !ahoy_sdp_check_candidate (candidate))
    {
      g_debug ("%s: a candidate is not usable", self->name);
      return;
    }

  /* Each is tried with each of ours. */
  if (++self->candidate_count > MAX_CANDIDATES)
    return;

  if (self->is_remote_set)
    add_candidate (self, mline, candidate);
  else
    g_ptr_array_add (self->candidates, g_strdup_printf ("%u %s", mline, candidate));
}

void
ahoy_peer_set_sending (AhoyPeer *self,
                       gboolean  sending)
{
  g_return_if_fail (AHOY_IS_PEER (self));

  self->is_sending = sending;
  update_gate (self);
}

static void
drop_input (AhoyPeer *self)
{
  g_autoptr (AhoyPlaybackInput) input = NULL;

  g_mutex_lock (&self->shared->mutex);
  input = g_steal_pointer (&self->shared->input);
  g_mutex_unlock (&self->shared->mutex);

  if (input && self->media)
    ahoy_playback_remove_input (ahoy_media_get_playback (self->media), input);
}

void
ahoy_peer_set_playing (AhoyPeer *self,
                       gboolean  playing)
{
  g_return_if_fail (AHOY_IS_PEER (self));

  playing = !!playing;
  if (self->media == NULL || g_atomic_int_get (&self->shared->is_playing) == playing)
    return;

  if (playing && !self->is_echo)
    {
      AhoyPlaybackInput *input = ahoy_playback_add_input (ahoy_media_get_playback (self->media));

      g_mutex_lock (&self->shared->mutex);
      self->shared->input = input;
      g_mutex_unlock (&self->shared->mutex);
    }
  else if (!playing)
    {
      drop_input (self);
      ahoy_video_track_clear (self->track);
    }
  g_atomic_int_set (&self->shared->is_playing, playing);
}

void
ahoy_peer_set_echo (AhoyPeer *self,
                    gboolean  echo)
{
  AhoyFanOut *audio, *video;

  g_return_if_fail (AHOY_IS_PEER (self));

  echo = !!echo;
  if (self->media == NULL || self->is_echo == echo || self->shared->audio_out == NULL)
    return;

  self->is_echo = echo;
  audio = ahoy_capture_audio_get_fan_out (ahoy_media_get_capture_audio (self->media));
  video = ahoy_capture_video_get_fan_out (ahoy_media_get_capture_video (self->media));
  if (echo)
    {
      ahoy_fan_out_remove (audio, self->shared->audio_out);
      ahoy_fan_out_remove (video, self->shared->video_out);
      drop_input (self);
    }
  else
    {
      ahoy_fan_out_add (audio, self->shared->audio_out);
      ahoy_fan_out_add (video, self->shared->video_out);
    }
  g_atomic_int_set (&self->shared->is_echo, echo);
}

AhoyPeerState
ahoy_peer_get_state (AhoyPeer *self)
{
  g_return_val_if_fail (AHOY_IS_PEER (self), AHOY_PEER_CLOSED);

  return self->state;
}

/**
 * ahoy_peer_get_video_track:
 * @self: a connection
 *
 * Returns: (transfer none): the pictures of the far end
 */
AhoyVideoTrack *
ahoy_peer_get_video_track (AhoyPeer *self)
{
  g_return_val_if_fail (AHOY_IS_PEER (self), NULL);

  return self->track;
}

int
ahoy_peer_get_volume (AhoyPeer *self)
{
  g_return_val_if_fail (AHOY_IS_PEER (self), 0);

  return self->volume;
}

void
ahoy_peer_get_stats (AhoyPeer      *self,
                     AhoyPeerStats *stats)
{
  g_return_if_fail (AHOY_IS_PEER (self));
  g_return_if_fail (stats != NULL);

  ahoy_peer_rates_fill_stats (&self->rates, self->shared, stats);
  if (self->media)
    stats->target_bitrate = ahoy_capture_video_get_target_bitrate (ahoy_media_get_capture_video (self->media));
}

/* Here ends what others see and hear of us, and we of them; the threads end by and by. */
static void
tear_down (AhoyPeer *self)
{
  GstElement *pipeline;

  if (self->shared->audio_out)
    {
      ahoy_outlet_set_open (self->shared->audio_out, FALSE);
      ahoy_outlet_set_open (self->shared->video_out, FALSE);
      ahoy_fan_out_remove (ahoy_capture_audio_get_fan_out (ahoy_media_get_capture_audio (self->media)),
                           self->shared->audio_out);
      ahoy_fan_out_remove (ahoy_capture_video_get_fan_out (ahoy_media_get_capture_video (self->media)),
                           self->shared->video_out);
    }
  drop_input (self);
  g_atomic_int_set (&self->shared->is_playing, FALSE);
  ahoy_video_mailbox_shut (self->shared->mailbox);
  ahoy_nack_sender_quit (self->shared->nack);
  if (self->webrtcbin)
    g_signal_handlers_disconnect_matched (self->webrtcbin, G_SIGNAL_MATCH_DATA, 0, 0, NULL, NULL, self->shared);
  pipeline = self->pipeline ? ahoy_pipeline_steal (self->pipeline) : NULL;
  g_clear_object (&self->pipeline);
  ahoy_media_end_peer (self->media,
                       ahoy_peer_remains_new (pipeline, g_steal_pointer (&self->webrtcbin), self->shared));
}

void
ahoy_peer_close (AhoyPeer *self)
{
  g_autoptr (AhoyMedia) media = NULL;

  g_return_if_fail (AHOY_IS_PEER (self));

  if (self->state == AHOY_PEER_CLOSED)
    return;

  self->state = AHOY_PEER_CLOSED;
  g_clear_handle_id (&self->tick_source_id, g_source_remove);
  g_clear_handle_id (&self->guard_source_id, g_source_remove);
  tear_down (self);
  ahoy_media_remove_peer (self->media, self);
  media = g_steal_pointer (&self->media);
  ahoy_video_track_clear (self->track);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_STATE]);
}
