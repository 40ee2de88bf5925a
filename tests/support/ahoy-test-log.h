/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Warnings are fatal in a test, but for a few known words of GStreamer that say nothing of us. To be called in each test
 * with real media, as the test framework forgets it at the end of one. */
void ahoy_test_forgive_gstreamer (void);

G_END_DECLS
