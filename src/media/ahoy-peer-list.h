/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "ahoy-peer.h"

G_BEGIN_DECLS

/* So often a connection looks after itself: volume, signs of life, key frames. */
#define AHOY_PEER_TICK_MS 125

/* The connections of a process, with one timer for all of them. Main context only. */
typedef struct _AhoyPeerList AhoyPeerList;

AhoyPeerList *ahoy_peer_list_new     (void);
void          ahoy_peer_list_free    (AhoyPeerList *self);
/* Not owned: a peer takes itself out when it is closed. */
void          ahoy_peer_list_add     (AhoyPeerList *self,
                                      AhoyPeer     *peer);
void          ahoy_peer_list_remove  (AhoyPeerList *self,
                                      AhoyPeer     *peer);

/* In ahoy-peer.c. */
void          ahoy_peer_tick         (AhoyPeer     *peer);

G_END_DECLS
