/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* A token bucket that knows nothing of what it limits. */
typedef struct
{
  double rate;  /* tokens a second */
  double burst; /* tokens when full */
} AhoyThrottleLimits;

typedef struct
{
  double tokens;
  gint64 filled_us;
} AhoyThrottle;

void     ahoy_throttle_init (AhoyThrottle             *self,
                             const AhoyThrottleLimits *limits,
                             gint64                    now_us);
/* What comes with time; returns how many tokens there are. */
double   ahoy_throttle_fill (AhoyThrottle             *self,
                             const AhoyThrottleLimits *limits,
                             gint64                    now_us);
/* Takes one token; FALSE when there is none. */
gboolean ahoy_throttle_take (AhoyThrottle             *self,
                             const AhoyThrottleLimits *limits,
                             gint64                    now_us);

G_END_DECLS
