/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "ahoy-peer-shared.h"

G_BEGIN_DECLS

/* Rates of the last second, beside the counters. */
typedef struct
{
  AhoyPeerCounters last;
  gint64 last_us;
  double frames_per_second;
  double send_bitrate, receive_bitrate;
  double round_trip_time;
  double jitter;
  double fraction_lost;
  gint64 packets_lost;
  guint64 expected, lost; /* at the beginning of the window of fraction_lost */
} AhoyPeerRates;

void  ahoy_peer_rates_init   (AhoyPeerRates  *self);
/* Once a second. */
void  ahoy_peer_rates_update (AhoyPeerRates  *self,
                              AhoyPeerShared *shared);
/* All but the target bit rate, which belongs to the encoder. */
void  ahoy_peer_rates_fill_stats (const AhoyPeerRates *self,
                                  AhoyPeerShared      *shared,
                                  AhoyPeerStats       *stats);
/* One JSON object about all peers (of AhoyPeer), with the names of W3C webrtc-stats. */
char *ahoy_peer_stats_to_json (GPtrArray     *peers);

G_END_DECLS
