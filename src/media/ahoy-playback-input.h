/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "ahoy-playback.h"

G_BEGIN_DECLS

AhoyPlaybackInput *ahoy_playback_input_new    (void);
/* Puts the voice into the mixer of a pipeline, or takes it out. Main context only. */
void               ahoy_playback_input_attach (AhoyPlaybackInput *self,
                                               GstBin            *bin,
                                               GstElement        *mixer);
void               ahoy_playback_input_detach (AhoyPlaybackInput *self);

G_END_DECLS
