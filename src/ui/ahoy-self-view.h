/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "ahoy-avatar.h"
#include "ahoy-stage-geometry.h"
#include "ahoy-video-view.h"

G_BEGIN_DECLS

#define AHOY_TYPE_SELF_VIEW (ahoy_self_view_get_type ())
G_DECLARE_FINAL_TYPE (AhoySelfView, ahoy_self_view, AHOY, SELF_VIEW, GtkWidget)

/* The small picture in a corner of the stage. It is dragged, snaps to the nearest corner, moves with the arrow
 * keys. The parent asks for its place and gives it that. Signal "clicked" (): swap. */
GtkWidget     *ahoy_self_view_new       (void);
AhoyVideoView *ahoy_self_view_get_video (AhoySelfView *self);
/* Shown while there is no picture. */
void           ahoy_self_view_set_user  (AhoySelfView *self,
                                         AhoyUser     *user);
void           ahoy_self_view_set_muted (AhoySelfView *self,
                                         gboolean      muted);
AhoyCorner     ahoy_self_view_get_corner (AhoySelfView *self);
void           ahoy_self_view_set_corner (AhoySelfView *self,
                                          AhoyCorner    corner);
AhoyStageRect  ahoy_self_view_get_place (AhoySelfView *self,
                                         int           stage_width,
                                         int           stage_height);

G_END_DECLS
