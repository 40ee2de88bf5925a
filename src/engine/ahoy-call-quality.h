/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "ahoy-enums.h"
#include "ahoy-peer.h"

G_BEGIN_DECLS

/* What a person would call the connection, from loss and delay; the worse of the two counts:
 *
 *   EXCELLENT  loss < 1 %   and round trip < 150 ms
 *   GOOD            < 3 %                  < 250 ms
 *   POOR            < 8 %                  < 400 ms
 *   BAD             < 20 %                 < 800 ms
 *   VERY_BAD   otherwise
 *   DOWN       no packets
 */
AhoyNetworkQuality ahoy_call_quality_rate  (gboolean             is_connected,
                                            double               fraction_lost,
                                            double               round_trip_s);
/* a{sv} with W3C names; floating. */
GVariant          *ahoy_call_quality_stats (const AhoyPeerStats *stats);

G_END_DECLS
