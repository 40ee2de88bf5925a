/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef enum
{
  AHOY_LIVENESS_WAITING, /* not connected yet */
  AHOY_LIVENESS_ALIVE,
  AHOY_LIVENESS_LOST,    /* was alive, nothing for 2 s */
  AHOY_LIVENESS_DEAD,    /* no path for 15 s */
} AhoyLivenessVerdict;

#define AHOY_LIVENESS_LOST_US (2 * G_USEC_PER_SEC)
#define AHOY_LIVENESS_DEAD_US (15 * G_USEC_PER_SEC)

/* Whether the far end of a connection is there. Pure: all times are given, in microseconds. */
typedef struct
{
  gint64 started_us;   /* when connecting began; 0 before */
  gint64 connected_us; /* when the transport was up; 0 before */
} AhoyLiveness;

/* @last_packet_us: when anything last came, 0 for never */
AhoyLivenessVerdict ahoy_liveness_judge (const AhoyLiveness *self,
                                         gint64              now_us,
                                         gint64              last_packet_us);

G_END_DECLS
