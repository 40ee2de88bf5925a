/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "ahoy-liveness.h"

AhoyLivenessVerdict
ahoy_liveness_judge (const AhoyLiveness *self,
                     gint64              now_us,
                     gint64              last_packet_us)
{
  gint64 last_us;

  if (self->connected_us == 0)
    return self->started_us != 0 && now_us - self->started_us >= AHOY_LIVENESS_DEAD_US ? AHOY_LIVENESS_DEAD
                                                                                      : AHOY_LIVENESS_WAITING;

  /* Being connected counts as a sign of life: the handshake has just been answered. */
  last_us = MAX (self->connected_us, last_packet_us);
  if (now_us - last_us >= AHOY_LIVENESS_DEAD_US)
    return AHOY_LIVENESS_DEAD;
  if (now_us - last_us >= AHOY_LIVENESS_LOST_US)
    return AHOY_LIVENESS_LOST;

  return AHOY_LIVENESS_ALIVE;
}
