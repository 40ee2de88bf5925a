/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "ahoy-media.h"
#include "ahoy-tones.h"

G_BEGIN_DECLS

#define AHOY_TYPE_RINGER (ahoy_ringer_get_type ())
G_DECLARE_FINAL_TYPE (AhoyRinger, ahoy_ringer, AHOY, RINGER, GObject)

/* The sounds of calls: at most one that repeats, and short ones over it. */
AhoyRinger *ahoy_ringer_new      (AhoyMedia  *media);
/* Goes on with what it already does when it is the same tone. */
void        ahoy_ringer_repeat   (AhoyRinger *self,
                                  AhoyTone    tone);
void        ahoy_ringer_stop     (AhoyRinger *self);
void        ahoy_ringer_play     (AhoyRinger *self,
                                  AhoyTone    tone);
gboolean    ahoy_ringer_is_on    (AhoyRinger *self);

G_END_DECLS
