/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "ahoy-capture-audio.h"
#include "ahoy-capture-video.h"
#include "ahoy-media.h"
#include "ahoy-peer-list.h"
#include "ahoy-peer-remains.h"
#include "ahoy-playback.h"

G_BEGIN_DECLS

AhoyCaptureAudio *ahoy_media_get_capture_audio (AhoyMedia *self);
AhoyCaptureVideo *ahoy_media_get_capture_video (AhoyMedia *self);
AhoyPlayback     *ahoy_media_get_playback      (AhoyMedia *self);
AhoyPeerList     *ahoy_media_get_peers         (AhoyMedia *self);
/* Whether ahoy_media_warm_up () has come to its end. */
gboolean          ahoy_media_is_warm           (AhoyMedia *self);
/* (transfer full): of a peer that was closed. They end in a thread, which a media that is disposed waits for. */
void              ahoy_media_end_peer          (AhoyMedia       *self,
                                                AhoyPeerRemains *remains);
void              ahoy_media_report_problem    (AhoyMedia *self,
                                                GError    *error);

G_END_DECLS
