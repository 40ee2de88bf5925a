/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "ahoy-peer-shared.h"

G_BEGIN_DECLS

/* What is left of a peer that was closed: its elements, whose threads take from some milliseconds to a second to
 * come to their end. */
typedef struct _AhoyPeerRemains AhoyPeerRemains;

AhoyPeerRemains *ahoy_peer_remains_new  (GstElement        *pipeline,
                                         GstElement        *webrtcbin,
                                         AhoyPlaybackInput *input,
                                         AhoyPeerShared    *shared);
/* Waits for the threads. To be called from none of them. */
void             ahoy_peer_remains_free (AhoyPeerRemains   *self);

G_END_DECLS
