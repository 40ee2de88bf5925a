/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "ahoy-peer.h"

#include "ahoy-liveness.h"
#include "ahoy-media-private.h"
#include "ahoy-media-problem.h"
#include "ahoy-peer-negotiation.h"
#include "ahoy-peer-receive.h"
#include "ahoy-peer-send.h"
#include "ahoy-peer-shared.h"
#include "ahoy-peer-stats.h"
#include "ahoy-peer-streaming.h"
#include "ahoy-peer-transport.h"
#include "ahoy-peer-upkeep.h"
#include "ahoy-pipeline.h"
#include "ahoy-sound-level.h"
#include "ahoy-test-hooks.h"
#include "ahoy-video-track-private.h"

#define RECEIVING_US G_USEC_PER_SEC
#define SILENT_TICKS 2

/* Packets wait at most so long for a repair, but nobody waits for them. */
#define JITTER_BUFFER_MS 400

struct _AhoyPeer
{
  GObject parent_instance;

  AhoyMedia *media;           /* (owned) (nullable), until closed */
  AhoyPipeline *pipeline;     /* (owned) (nullable), until closed */
  GstElement *webrtcbin;      /* (owned) (nullable), until closed */
  AhoyPeerShared *shared;     /* (owned) */
  AhoyVideoTrack *track;      /* (owned) */
  AhoyPeerNegotiation *negotiation; /* (owned) (nullable), when it could be built */
  char *name;                 /* (owned) */
  AhoyPeerRates rates;
  AhoyPeerUpkeep upkeep;
  AhoyLiveness liveness;
  AhoyPeerState state;
  guint failed_source_id;     /* it could not be built: told from the main loop */
  int volume;
  guint silent_ticks;         /* in a row, in which nothing was heard */
  double heard_energy;        /* at the last tick */
  double heard_seconds;       /* likewise */
  gboolean has_failed;
  gboolean is_sending;
  gboolean is_video_wanted;   /* by the far end */
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
      return self->negotiation && ahoy_peer_negotiation_has_begun (self->negotiation) ? AHOY_PEER_CONNECTING
                                                                                      : AHOY_PEER_NEW;
    }
}

/* Nothing enters the pipeline before the transport is up: it would wait there and come out as a burst of
 * old media. */
static void
update_gate (AhoyPeer *self)
{
  gboolean open = self->is_sending && self->liveness.connected_us != 0 && self->state != AHOY_PEER_FAILED;
  gboolean video_open = open && self->is_video_wanted;
  gboolean opens;

  /* A closed one is shut for ever, and a thread lets go of what is shared. */
  if (self->state == AHOY_PEER_CLOSED || self->shared->video_out == NULL)
    return;

  opens = video_open && !ahoy_outlet_is_open (self->shared->video_out);
  ahoy_outlet_set_open (self->shared->audio_out, open);
  ahoy_outlet_set_open (self->shared->video_out, video_open);
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
  if (self->negotiation)
    ahoy_peer_negotiation_stop (self->negotiation);
  update_state (self);
}

/* What the negotiation tells. */

static void
on_begun (gpointer owner)
{
  AhoyPeer *self = owner;

  if (self->liveness.started_us == 0)
    self->liveness.started_us = g_get_monotonic_time ();
  update_state (self);
}

static void
on_described (gpointer    owner,
              gboolean    is_offer,
              const char *sdp)
{
  g_signal_emit (owner, signals[SIGNAL_DESCRIPTION], 0, is_offer, sdp);
}

static void
on_negotiation_failed (gpointer    owner,
                       const char *why)
{
  fail (owner, why);
}

static const AhoyPeerNegotiationEvents negotiation_events = {
  .begun = on_begun,
  .described = on_described,
  .failed = on_negotiation_failed,
};

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

  if (alive->state == AHOY_PEER_CLOSED || self->webrtcbin == NULL ||
      ahoy_peer_negotiation_handle_post (self->negotiation, post))
    return;

  switch ((guint) post->kind)
    {
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

/* Some times a second: what changes without an event. */

/* Of all that was heard since the last tick; a packet that is late is no silence, but who is silent may send none. */
static int
compute_volume (AhoyPeer               *self,
                const AhoyPeerCounters *counters)
{
  double energy = counters->audio_energy - self->heard_energy;
  double seconds = counters->audio_seconds - self->heard_seconds;

  if (seconds <= 0)
    return ++self->silent_ticks < SILENT_TICKS ? self->volume : 0;

  self->silent_ticks = 0;
  self->heard_energy = counters->audio_energy;
  self->heard_seconds = counters->audio_seconds;

  return ahoy_sound_level_of_power (energy / seconds);
}

static void
update_receiving (AhoyPeer               *self,
                  const AhoyPeerCounters *counters,
                  gint64                  now)
{
  gboolean audio = counters->last_audio_us != 0 && now - counters->last_audio_us < RECEIVING_US;
  gboolean video = counters->last_video_us != 0 && now - counters->last_video_us < RECEIVING_US;
  int volume = audio ? compute_volume (self, counters) : 0;

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

void
ahoy_peer_tick (AhoyPeer *self)
{
  AhoyPeerCounters counters;
  gint64 now = g_get_monotonic_time ();

  /* Any of these may be heard by somebody who closes it. */
  ahoy_peer_shared_get_counters (self->shared, &counters);
  if (self->state != AHOY_PEER_CLOSED)
    update_receiving (self, &counters, now);
  if (self->state != AHOY_PEER_CLOSED)
    update_state (self);
  if (self->state == AHOY_PEER_CONNECTED)
    ahoy_peer_upkeep_watch_key_frames (&self->upkeep, &counters, self->shared, now);
  if (now - self->rates.last_us >= G_USEC_PER_SEC && self->state != AHOY_PEER_CLOSED && self->pipeline)
    {
      ahoy_peer_rates_update (&self->rates, self->shared);
      ahoy_peer_upkeep_adapt (&self->upkeep, &self->rates, self->shared);
    }
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

static gboolean
build (AhoyPeer           *self,
       const char *const  *ice_uris,
       gboolean            relay_only,
       GError            **error)
{
  g_autofree char *description = ahoy_peer_send_describe (JITTER_BUFFER_MS);
  GstBin *bin;

  self->pipeline = ahoy_pipeline_parse (self->name, description, on_pipeline_failed, self, error);
  if (self->pipeline == NULL)
    return FALSE;

  bin = ahoy_pipeline_get_bin (self->pipeline);
  self->webrtcbin = ahoy_pipeline_get_element (self->pipeline, "wb");
  self->negotiation = ahoy_peer_negotiation_new (self->webrtcbin, self->shared, self->name, &negotiation_events,
                                                 G_OBJECT (self));
  ahoy_peer_transport_watch (GST_ELEMENT (bin), self->shared);
  ahoy_peer_streaming_connect (self->webrtcbin, self->shared);
  ahoy_peer_transport_ask_repairs (self->webrtcbin);
  ahoy_peer_send_build (bin, self->shared);
  ahoy_peer_send_attach (self->media, self->shared);
  if (!ahoy_peer_receive_build (bin, self->webrtcbin, self->shared, error))
    return FALSE;

  ahoy_peer_upkeep_init (&self->upkeep, GST_ELEMENT (bin));
  gst_element_set_state (self->webrtcbin, GST_STATE_READY);
  ahoy_peer_transport_setup (self->webrtcbin, ice_uris, relay_only);

  return ahoy_pipeline_start_now (self->pipeline);
}

static gboolean
on_build_failed (gpointer data)
{
  AhoyPeer *self = data;
  g_autoptr (AhoyPeer) alive = g_object_ref (self);

  self->failed_source_id = 0;
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

  g_clear_pointer (&self->negotiation, ahoy_peer_negotiation_free);
  g_clear_pointer (&self->shared, ahoy_peer_shared_unref);
  g_clear_object (&self->track);
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
   * How loud the far end is, 0 to 100; eight times a second while it changes.
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
  self->is_video_wanted = TRUE;
  ahoy_peer_rates_init (&self->rates);
}

static AhoyVideoEncoder *
get_encoder (AhoyMedia *media)
{
  return ahoy_capture_video_get_encoder (ahoy_media_get_capture_video (media));
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
                                       ahoy_video_encoder_get_key_frame_request (get_encoder (media)));

  if (build (self, ice_uris, relay_only, &error))
    {
      ahoy_peer_list_add (ahoy_media_get_peers (media), self);
    }
  else
    {
      g_autoptr (GError) problem = NULL;

      g_debug ("%s: %s", self->name, error ? error->message : "does not start");
      if (!ahoy_media_check (media, &problem))
        ahoy_media_report_problem (media, problem);
      self->failed_source_id = g_idle_add (on_build_failed, self);
    }

  return self;
}

void
ahoy_peer_start_offer (AhoyPeer *self)
{
  g_return_if_fail (AHOY_IS_PEER (self));

  if (self->negotiation)
    ahoy_peer_negotiation_start_offer (self->negotiation);
}

void
ahoy_peer_take_description (AhoyPeer   *self,
                            gboolean    is_offer,
                            const char *sdp)
{
  g_return_if_fail (AHOY_IS_PEER (self));

  if (self->negotiation)
    ahoy_peer_negotiation_take_description (self->negotiation, is_offer, sdp);
}

void
ahoy_peer_take_candidate (AhoyPeer   *self,
                          guint       mline,
                          const char *candidate)
{
  g_return_if_fail (AHOY_IS_PEER (self));

  if (self->negotiation)
    ahoy_peer_negotiation_take_candidate (self->negotiation, mline, candidate);
}

void
ahoy_peer_set_sending (AhoyPeer *self,
                       gboolean  sending)
{
  g_return_if_fail (AHOY_IS_PEER (self));

  self->is_sending = sending;
  update_gate (self);
}

void
ahoy_peer_set_video_wanted (AhoyPeer *self,
                            gboolean  wanted)
{
  g_return_if_fail (AHOY_IS_PEER (self));

  self->is_video_wanted = wanted;
  update_gate (self);
}

static AhoyPlaybackInput *
steal_input (AhoyPeer *self)
{
  AhoyPlaybackInput *input;

  g_mutex_lock (&self->shared->mutex);
  input = g_steal_pointer (&self->shared->input);
  g_mutex_unlock (&self->shared->mutex);

  return input;
}

static void
drop_input (AhoyPeer *self)
{
  g_autoptr (AhoyPlaybackInput) input = steal_input (self);

  if (input)
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
  /* Whoever will watch begins to in a moment. */
  if (playing)
    ahoy_video_mailbox_expect (self->shared->mailbox);
  g_atomic_int_set (&self->shared->is_playing, playing);
}

void
ahoy_peer_set_echo (AhoyPeer *self,
                    gboolean  echo)
{
  g_return_if_fail (AHOY_IS_PEER (self));

  echo = !!echo;
  if (self->media == NULL || self->is_echo == echo || self->shared->audio_out == NULL)
    return;

  self->is_echo = echo;
  if (echo)
    {
      ahoy_peer_send_detach (self->media, self->shared);
      drop_input (self);
    }
  else
    {
      ahoy_peer_send_attach (self->media, self->shared);
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
    stats->target_bitrate = ahoy_video_encoder_get_bitrate (get_encoder (self->media));
}

/* Here ends what others see and hear of us, and we of them; the threads end by and by. */
static void
tear_down (AhoyPeer *self)
{
  AhoyPlaybackInput *input = steal_input (self);
  GstElement *pipeline;

  if (self->shared->audio_out)
    {
      ahoy_outlet_set_open (self->shared->audio_out, FALSE);
      ahoy_outlet_set_open (self->shared->video_out, FALSE);
      ahoy_peer_send_detach (self->media, self->shared);
    }
  if (input)
    ahoy_playback_leave_input (ahoy_media_get_playback (self->media), input);
  g_atomic_int_set (&self->shared->is_playing, FALSE);
  ahoy_video_mailbox_shut (self->shared->mailbox);
  ahoy_nack_sender_quit (self->shared->nack);
  if (self->negotiation)
    ahoy_peer_negotiation_stop (self->negotiation);
  if (self->webrtcbin)
    g_signal_handlers_disconnect_matched (self->webrtcbin, G_SIGNAL_MATCH_DATA, 0, 0, NULL, NULL, self->shared);
  pipeline = self->pipeline ? ahoy_pipeline_steal (self->pipeline) : NULL;
  g_clear_object (&self->pipeline);
  ahoy_media_end_peer (self->media,
                       ahoy_peer_remains_new (pipeline, g_steal_pointer (&self->webrtcbin), input, self->shared));
}

void
ahoy_peer_close (AhoyPeer *self)
{
  g_autoptr (AhoyMedia) media = NULL;

  g_return_if_fail (AHOY_IS_PEER (self));

  if (self->state == AHOY_PEER_CLOSED)
    return;

  self->state = AHOY_PEER_CLOSED;
  g_clear_handle_id (&self->failed_source_id, g_source_remove);
  tear_down (self);
  ahoy_peer_list_remove (ahoy_media_get_peers (self->media), self);
  media = g_steal_pointer (&self->media);
  ahoy_video_track_clear (self->track);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_STATE]);
}
