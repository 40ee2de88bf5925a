/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "ahoy-peer-shared.h"

G_BEGIN_DECLS

/* Puts the chains that decode sound and picture into the pipeline of a peer and links them to what webrtcbin
 * brings out. They exist before the first packet does, so that it is not kept waiting. */
gboolean ahoy_peer_receive_build             (GstBin         *bin,
                                              GstElement     *webrtcbin,
                                              AhoyPeerShared *shared,
                                              GError        **error);
/* Asks the far end for a key frame. */
void     ahoy_peer_receive_request_key_frame (AhoyPeerShared *shared);

G_END_DECLS
