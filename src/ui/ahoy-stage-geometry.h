/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Where things stand on the stage. Pure functions, all in CSS pixels, start and end already told apart. */

typedef enum
{
  AHOY_CORNER_TOP_START,
  AHOY_CORNER_TOP_END,
  AHOY_CORNER_BOTTOM_START,
  AHOY_CORNER_BOTTOM_END,
} AhoyCorner;

typedef struct
{
  int x, y, width, height;
} AhoyStageRect;

/* By how much a picture of @pw × @ph is scaled to fill (or, @contain, to fit) an area of @aw × @ah. @automatic:
 * fill, unless the shapes differ so much that too much would be cut off. */
double        ahoy_stage_picture_scale   (double         pw,
                                          double         ph,
                                          double         aw,
                                          double         ah,
                                          gboolean       contain,
                                          gboolean       automatic);
/* @aspect: of the camera's picture, ≤ 0 when not known. */
void          ahoy_stage_self_view_size  (int            stage_width,
                                          int            stage_height,
                                          double         aspect,
                                          int           *width,
                                          int           *height);
AhoyStageRect ahoy_stage_self_view_place (int            stage_width,
                                          int            stage_height,
                                          double         aspect,
                                          AhoyCorner     corner,
                                          gboolean       is_rtl);
/* The corner a view thrown from (@x, @y: its middle) with a speed (px/s) lands in. */
AhoyCorner    ahoy_stage_corner_for      (int            stage_width,
                                          int            stage_height,
                                          double         x,
                                          double         y,
                                          double         speed_x,
                                          double         speed_y,
                                          gboolean       is_rtl);
/* The corner an arrow key leads to; @dx and @dy are −1, 0 or 1 as seen on the screen. */
AhoyCorner    ahoy_stage_corner_step     (AhoyCorner     corner,
                                          int            dx,
                                          int            dy,
                                          gboolean       is_rtl);

G_END_DECLS
