/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "ahoy-video-settings.h"

G_BEGIN_DECLS

/* Takes up the effects that were chosen last, and keeps those that are chosen from now on, as long as both live. */
void ahoy_effects_choice_bind (AhoyVideoSettings *video,
                               GSettings         *settings);

G_END_DECLS
