/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <gst/sdp/sdp.h>

G_BEGIN_DECLS

/* (transfer full) (nullable): the description, when it has what webrtcbin takes for granted: one sound and
 * one picture section, bundled, each with its mid, its ICE credentials, its fingerprint and its codecs. */
GstSDPMessage *ahoy_sdp_check           (const char *text);
gboolean       ahoy_sdp_check_candidate (const char *text);

G_END_DECLS
