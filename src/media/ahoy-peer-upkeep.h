/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "ahoy-peer-stats.h"

G_BEGIN_DECLS

/* What a connection needs while it runs: a latency that fits the line, enough copies of each request for a repair,
 * and a key frame when pictures come but none can be decoded. Main context only. */
typedef struct
{
  GstElement *pipeline; /* (unowned) */
  guint latency_ms;
  gint64 key_frame_asked_us;
} AhoyPeerUpkeep;

void ahoy_peer_upkeep_init             (AhoyPeerUpkeep         *self,
                                        GstElement             *pipeline);
/* Once a second. */
void ahoy_peer_upkeep_adapt            (AhoyPeerUpkeep         *self,
                                        const AhoyPeerRates    *rates,
                                        AhoyPeerShared         *shared);
/* Some times a second. */
void ahoy_peer_upkeep_watch_key_frames (AhoyPeerUpkeep         *self,
                                        const AhoyPeerCounters *counters,
                                        AhoyPeerShared         *shared,
                                        gint64                  now_us);

G_END_DECLS
