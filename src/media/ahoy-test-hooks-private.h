/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "ahoy-test-hooks.h"
#include "ahoy-video-frame.h"

G_BEGIN_DECLS

/* Whether AHOY_TEST_TRACE asks for lines at all: reading the strip costs a little. */
gboolean ahoy_trace_is_on       (void);
/* Appends "@kind t counter w h". */
void     ahoy_trace_frame       (char            kind,
                                 guint           counter,
                                 int             width,
                                 int             height);
/* Writes the R line and, every 2 s, the picture itself to AHOY_TEST_DUMP. */
void     ahoy_trace_frame_shown (AhoyVideoFrame *frame);
/* Appends one line to AHOY_TEST_STATS. */
gboolean ahoy_trace_wants_stats (void);
void     ahoy_trace_stats       (const char     *json);

G_END_DECLS
