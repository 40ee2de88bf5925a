/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "ahoy-playback.h"

G_BEGIN_DECLS

AhoyPlaybackInput *ahoy_playback_input_new    (void);
/* No more is taken from who pushes. */
void               ahoy_playback_input_shut   (AhoyPlaybackInput *self);
/* Puts the voice into the mixer of a pipeline, or takes it out. Main context, or whoever owns it alone. */
void               ahoy_playback_input_attach (AhoyPlaybackInput *self,
                                               GstBin            *bin,
                                               GstElement        *mixer);

G_END_DECLS
