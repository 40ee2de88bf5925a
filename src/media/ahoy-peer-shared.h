/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "ahoy-fan-out.h"
#include "ahoy-key-frame-request.h"
#include "ahoy-nack-sender.h"
#include "ahoy-peer.h"
#include "ahoy-playback.h"
#include "ahoy-video-mailbox.h"

#include <gst/webrtc/webrtc.h>

G_BEGIN_DECLS

/* What happened on a streaming thread, on its way to the main context. */
typedef enum
{
  AHOY_PEER_POST_NEGOTIATION_NEEDED,
  AHOY_PEER_POST_LOCAL_DESCRIPTION, /* description */
  AHOY_PEER_POST_LOCAL_FAILED,      /* text */
  AHOY_PEER_POST_REMOTE_SET,
  AHOY_PEER_POST_REMOTE_FAILED,     /* text */
  AHOY_PEER_POST_CANDIDATE,         /* number, text */
  AHOY_PEER_POST_GATHERED,
  AHOY_PEER_POST_ICE_STATE,         /* number */
  AHOY_PEER_POST_CONNECTION_STATE,  /* number */
  AHOY_PEER_POST_FIRST_FRAME,
  AHOY_PEER_POST_FIRST_AUDIO,
} AhoyPeerPostKind;

typedef struct
{
  guint64 bytes_sent, bytes_received;
  guint64 packets_sent, packets_received;
  guint64 audio_bytes, video_bytes;     /* received, without headers of the network */
  guint64 audio_packets, video_packets; /* received */
  guint64 frames_received;
  guint64 frames_decoded;
  guint64 pictures_in;                  /* handed to the decoder */
  guint pli_count;
  guint freeze_count;
  gint64 freezes_us;                    /* total length of the freezes */
  double audio_energy, audio_seconds;   /* of what was decoded, as totalAudioEnergy of webrtc-stats */
  gint64 mean_gap_us;                   /* between pictures, about the last 30 */
  gint64 last_packet_us;                /* anything at all */
  gint64 last_audio_us, last_video_us, last_frame_us;
  int frame_width, frame_height;
} AhoyPeerCounters;

/* What the streaming threads of one peer may touch. Reference counted, any thread. */
typedef struct
{
  GWeakRef peer;                /* AhoyPeer */
  GMutex mutex;
  AhoyPeerCounters counters;    /* (mutex mutex) */
  AhoyPlaybackInput *input;     /* (owned) (nullable) (mutex mutex), while playing */
  AhoyOutlet *audio_out;        /* (owned) (nullable), until cleared */
  AhoyOutlet *video_out;        /* (owned) (nullable), until cleared */
  GstPad *audio_in;             /* (owned) (nullable): where received packets enter */
  GstPad *video_in;             /* (owned) (nullable) */
  AhoyVideoMailbox *mailbox;    /* (owned) */
  AhoyKeyFrameRequest *key_frame; /* (owned) */
  AhoyNackSender *nack;         /* (owned) */
  GObject *rtp_session;         /* (owned) (nullable) (mutex mutex) */
  GstElement *audio_buffer;     /* (owned) (nullable) (mutex mutex): jitter buffer */
  GstElement *video_buffer;     /* (owned) (nullable) (mutex mutex) */
  gint64 last_samples_us;       /* thread of received sound */
  gint64 key_frame_asked_us;    /* thread of received pictures */
  gboolean is_decoding;         /* likewise: the decoder has all that it needs for the next picture */
  int is_playing;               /* atomic */
  int is_echo;                  /* atomic */
  int has_first_frame;          /* atomic */
  int has_first_audio;          /* atomic */
  int path;                     /* atomic: type of the local candidate in use + 1, 0 unknown */
} AhoyPeerShared;

typedef struct
{
  AhoyPeerShared *shared; /* (owned) */
  AhoyPeerPostKind kind;
  guint number;
  char *text;                               /* (owned) (nullable) */
  GstWebRTCSessionDescription *description; /* (owned) (nullable) */
} AhoyPeerPost;

AhoyPeerShared *ahoy_peer_shared_new          (AhoyPeer                    *peer,
                                               AhoyVideoMailbox            *mailbox,
                                               AhoyKeyFrameRequest         *key_frame);
AhoyPeerShared *ahoy_peer_shared_ref          (AhoyPeerShared              *self);
void            ahoy_peer_shared_unref        (AhoyPeerShared              *self);
/* For closures and probes. */
void            ahoy_peer_shared_unref_notify (gpointer                     data,
                                               GClosure                    *closure);
/* Lets go of all elements, once the pipeline is down. */
void            ahoy_peer_shared_clear        (AhoyPeerShared              *self);
void            ahoy_peer_shared_post         (AhoyPeerShared              *self,
                                               AhoyPeerPostKind             kind,
                                               guint                        number,
                                               const char                  *text,
                                               GstWebRTCSessionDescription *description);
void            ahoy_peer_shared_get_counters (AhoyPeerShared              *self,
                                               AhoyPeerCounters            *counters);

AhoyPeerShared *ahoy_peer_get_shared          (AhoyPeer                    *peer);
/* The other end of a post, in ahoy-peer.c. */
void            ahoy_peer_handle_post         (AhoyPeer                    *peer,
                                               AhoyPeerPost                *post);

G_END_DECLS
