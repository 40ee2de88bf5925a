/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* AHOY_TEST_TRACE: appends "E t name", flushed at once; does nothing when the variable is unset. Any thread.
 * Names: ready, ringing, answered, ice-connected, dtls-connected, first-remote-frame, first-remote-audio, ended. */
void ahoy_trace_event (const char *name);

G_END_DECLS
