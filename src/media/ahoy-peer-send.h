/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "ahoy-media-private.h"
#include "ahoy-peer-shared.h"

G_BEGIN_DECLS

/* The pipeline of a peer as far as it sends: webrtcbin "wb", and the two sources of encoded sound and picture. */
char *ahoy_peer_send_describe (guint           jitter_buffer_ms);
/* Makes the outlets of the two sources. */
void  ahoy_peer_send_build    (GstBin         *bin,
                               AhoyPeerShared *shared);
/* Whether what microphone and camera give goes to this peer. */
void  ahoy_peer_send_attach   (AhoyMedia      *media,
                               AhoyPeerShared *shared);
void  ahoy_peer_send_detach   (AhoyMedia      *media,
                               AhoyPeerShared *shared);

G_END_DECLS
