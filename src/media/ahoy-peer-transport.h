/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "ahoy-peer-shared.h"

G_BEGIN_DECLS

/* Tunes the elements that webrtcbin makes inside itself as they appear, and counts what goes through. */
void ahoy_peer_transport_watch (GstElement     *pipeline,
                                AhoyPeerShared *shared);
/* Gives webrtcbin its ICE servers and settings, before it starts. */
void ahoy_peer_transport_setup (GstElement        *webrtcbin,
                                const char *const *ice_uris,
                                gboolean           relay_only);
/* Once connected: feedback and signs of life. */
void ahoy_peer_transport_start (GstElement     *webrtcbin,
                                AhoyPeerShared *shared);

/* "stun:host" and "turn:user:password@host" in the form that webrtcbin wants; NULL for anything else. */
char *ahoy_peer_transport_convert_uri (const char *uri,
                                       gboolean   *is_turn);

/* Repairs on request for the picture; Chromium refuses them for the sound. */
void ahoy_peer_transport_ask_repairs (GstElement *webrtcbin);

G_END_DECLS
