/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "ahoy-media.h"

G_BEGIN_DECLS

/**
 * AhoyPeerState:
 * @AHOY_PEER_NEW: nothing has been negotiated
 * @AHOY_PEER_CONNECTING: descriptions or candidates are under way
 * @AHOY_PEER_CONNECTED: ICE and DTLS are up and packets arrive
 * @AHOY_PEER_LOST: was connected, no packet for 2 s; may come back by itself
 * @AHOY_PEER_FAILED: cannot connect (no path in 15 s, or an error); make another peer
 * @AHOY_PEER_CLOSED: ahoy_peer_close () was called; final
 */
typedef enum
{
  AHOY_PEER_NEW,
  AHOY_PEER_CONNECTING,
  AHOY_PEER_CONNECTED,
  AHOY_PEER_LOST,
  AHOY_PEER_FAILED,
  AHOY_PEER_CLOSED,
} AhoyPeerState;

/* Counters for one direction or both; names of W3C webrtc-stats where they exist. All since the start. */
typedef struct
{
  guint64 bytes_sent, bytes_received;
  guint64 packets_sent, packets_received;
  gint64 packets_lost;
  guint64 audio_packets_received, video_packets_received;
  guint64 frames_sent, frames_received; /* pictures encoded for this peer / that arrived whole */
  guint64 frames_decoded;               /* only while somebody watches */
  double audio_energy, audio_seconds;   /* of the sound received: power (full scale is 1) summed over time, and the time */
  int frame_width, frame_height;        /* received */
  double frames_per_second;             /* received, last second */
  double send_bitrate, receive_bitrate; /* bit/s, last second */
  double round_trip_time;               /* s, < 0 unknown */
  double jitter;                        /* s */
  double fraction_lost;                 /* 0–1, received, last seconds */
  guint nack_count, pli_count;
  double target_bitrate;                /* bit/s of the video encoder */
  const char *path;                     /* "host", "srflx", "relay" or NULL */
} AhoyPeerStats;

#define AHOY_TYPE_PEER (ahoy_peer_get_type ())
G_DECLARE_FINAL_TYPE (AhoyPeer, ahoy_peer, AHOY, PEER, GObject)

/* One connection to one device of one person; its own pipeline and webrtcbin. Made unusable by close.
 *
 * Properties (r): "state", "volume" (int 0–100 of the received sound, eight times a second),
 * "video-track" (AhoyVideoTrack, exists from the start), "receiving-audio", "receiving-video" (gboolean:
 * packets came within the last second).
 * Signals, all on the main context:
 *  "description" (gboolean is_offer, const char *sdp): to be sent to the other end
 *  "candidate" (guint mline, const char *candidate): likewise; empty string ends them
 *  "first-frame" (), "first-audio" (): handed to display / playback, once a peer */
AhoyPeer       *ahoy_peer_new              (AhoyMedia   *media,
                                            const char  *name,          /* for logs */
                                            const char *const *ice_uris,  /* stun:… turn:user:pass@…, NULL ended, nullable */
                                            gboolean     relay_only);
void            ahoy_peer_start_offer      (AhoyPeer    *self);
/* Both queue what comes too early and never fail on garbage: a bad one ends in AHOY_PEER_FAILED. */
void            ahoy_peer_take_description (AhoyPeer    *self,
                                            gboolean     is_offer,
                                            const char  *sdp);
void            ahoy_peer_take_candidate   (AhoyPeer    *self,
                                            guint        mline,
                                            const char  *candidate);
/* The gate. Closed at first: not one packet of sound or picture leaves. Opening forces a key frame. */
void            ahoy_peer_set_sending      (AhoyPeer    *self,
                                            gboolean     sending);
/* Whether the far end looks at our picture; TRUE at first. FALSE sends it no packet of a picture, TRUE begins again
 * with a key frame. When nobody looks, nothing is encoded. */
void            ahoy_peer_set_video_wanted (AhoyPeer    *self,
                                            gboolean     wanted);
/* Whether what arrives is played and shown; FALSE at first. */
void            ahoy_peer_set_playing      (AhoyPeer    *self,
                                            gboolean     playing);
/* Sends back what arrives, encoded as it came, instead of microphone and camera. */
void            ahoy_peer_set_echo         (AhoyPeer    *self,
                                            gboolean     echo);
AhoyPeerState   ahoy_peer_get_state        (AhoyPeer    *self);
AhoyVideoTrack *ahoy_peer_get_video_track  (AhoyPeer    *self);
int             ahoy_peer_get_volume       (AhoyPeer    *self);
void            ahoy_peer_get_stats        (AhoyPeer      *self,
                                            AhoyPeerStats *stats);
void            ahoy_peer_close            (AhoyPeer    *self);

G_END_DECLS
