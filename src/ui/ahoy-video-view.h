/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "ahoy-video-track.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

/**
 * AhoyVideoFit:
 * @AHOY_VIDEO_FIT_COVER: fills the area, edges may be cut off
 * @AHOY_VIDEO_FIT_CONTAIN: shows all of it, bars may stay free
 * @AHOY_VIDEO_FIT_AUTO: cover, but contain when the shapes differ by more than 1.6
 */
typedef enum
{
  AHOY_VIDEO_FIT_COVER,
  AHOY_VIDEO_FIT_CONTAIN,
  AHOY_VIDEO_FIT_AUTO,
} AhoyVideoFit;

#define AHOY_TYPE_VIDEO_FIT (ahoy_video_fit_get_type ())
GType         ahoy_video_fit_get_type        (void);

#define AHOY_TYPE_VIDEO_VIEW (ahoy_video_view_get_type ())
G_DECLARE_FINAL_TYPE (AhoyVideoView, ahoy_video_view, AHOY, VIDEO_VIEW, GtkWidget)

/* Paints a track. Its size never depends on the picture. Properties: "track" (AhoyVideoTrack, nullable), "fit"
 * (AhoyVideoFit), "mirror" (gboolean), "radius" (int, CSS pixels), "dim" (double 0–1: darker and greyer),
 * "has-picture" (r: there is something to paint). The last picture stays until another comes or the track
 * becomes NULL. */
GtkWidget      *ahoy_video_view_new             (void);
AhoyVideoTrack *ahoy_video_view_get_track       (AhoyVideoView  *self);
void            ahoy_video_view_set_track       (AhoyVideoView  *self,
                                                 AhoyVideoTrack *track);
AhoyVideoFit    ahoy_video_view_get_fit         (AhoyVideoView  *self);
void            ahoy_video_view_set_fit         (AhoyVideoView  *self,
                                                 AhoyVideoFit    fit);
gboolean        ahoy_video_view_get_mirror      (AhoyVideoView  *self);
void            ahoy_video_view_set_mirror      (AhoyVideoView  *self,
                                                 gboolean        mirror);
int             ahoy_video_view_get_radius      (AhoyVideoView  *self);
void            ahoy_video_view_set_radius      (AhoyVideoView  *self,
                                                 int             radius);
double          ahoy_video_view_get_dim         (AhoyVideoView  *self);
void            ahoy_video_view_set_dim         (AhoyVideoView  *self,
                                                 double          dim);
gboolean        ahoy_video_view_get_has_picture (AhoyVideoView  *self);
/* Width divided by height as painted, 0 while there is no picture. */
double          ahoy_video_view_get_aspect      (AhoyVideoView  *self);

G_END_DECLS
