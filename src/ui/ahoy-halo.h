/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "ahoy-avatar.h"

G_BEGIN_DECLS

#define AHOY_TYPE_HALO (ahoy_halo_get_type ())
G_DECLARE_FINAL_TYPE (AhoyHalo, ahoy_halo, AHOY, HALO, GtkWidget)

/* An avatar with rings: of the voice ("level" 0–100), or soft ones that widen while it rings ("ringing"). Takes
 * room for the widest ring, so that nothing moves. */
GtkWidget  *ahoy_halo_new         (void);
AhoyAvatar *ahoy_halo_get_avatar  (AhoyHalo *self);
void        ahoy_halo_set_level   (AhoyHalo *self,
                                   int       level);
void        ahoy_halo_set_ringing (AhoyHalo *self,
                                   gboolean  ringing);

G_END_DECLS
