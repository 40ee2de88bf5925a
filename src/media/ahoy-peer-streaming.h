/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "ahoy-peer-shared.h"

G_BEGIN_DECLS

/* What webrtcbin tells on a thread of its own, turned into posts to the main context. */
void        ahoy_peer_streaming_connect             (GstElement     *webrtcbin,
                                                     AhoyPeerShared *shared);
/* @pad: where encoded pictures enter; requests for key frames come out there */
void        ahoy_peer_streaming_watch_requests      (GstPad         *pad,
                                                     AhoyPeerShared *shared);
/* Promises for create-offer and create-answer, and for set-remote-description. */
GstPromise *ahoy_peer_streaming_promise_description (AhoyPeerShared *shared);
GstPromise *ahoy_peer_streaming_promise_remote      (AhoyPeerShared *shared);

G_END_DECLS
