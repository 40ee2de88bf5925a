/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "ahoy-stage-geometry.h"

G_BEGIN_DECLS

/* Where the people of a call stand, up to nine and more. Pure functions, all in CSS pixels, relative to the stage's
 * area; for right-to-left the places are mirrored. */

typedef struct
{
  int columns, rows;
  int cell_width, cell_height;
} AhoyGridShape;

/* The columns that give people the largest tiles without many holes. @columns: what is shown now, 0 for none; it is
 * kept until something is clearly better, so that resizing does not flicker. */
AhoyGridShape ahoy_grid_choose        (int            width,
                                       int            height,
                                       int            gap,
                                       guint          n,
                                       int            columns);
/* @places has room for @n. */
void          ahoy_grid_place         (int            width,
                                       int            height,
                                       int            gap,
                                       guint          n,
                                       int            columns,
                                       gboolean       is_rtl,
                                       AhoyStageRect *places);
/* The geometry of mobile kits: squares without gaps, and at most one (@enlarged, −1 for none) that is larger. */
void          ahoy_grid_place_squares (int            width,
                                       int            height,
                                       guint          n,
                                       int            enlarged,
                                       gboolean       is_rtl,
                                       AhoyStageRect *places);

/* How large one and how small the others are when somebody is @main. */
typedef struct
{
  gboolean is_below;   /* the strip is below, and scrolls; else it is at the end, and shows what fits */
  guint n_shown;       /* places of the strip that are in sight; at the end side the last may stand for more */
  guint n_more;        /* how many that last place stands for, 0 when all fit */
  int furthest;        /* how far the strip below may be scrolled */
} AhoySpeakerShape;

/* @scroll: of a strip below, 0 at its start. A place that is not shown has no width. */
AhoySpeakerShape ahoy_grid_place_speaker (int            width,
                                          int            height,
                                          int            gap,
                                          guint          n,
                                          guint          main,
                                          int            scroll,
                                          gboolean       is_rtl,
                                          AhoyStageRect *places);

/* The part of a view that people may stand in, and the gap between them. */
AhoyStageRect    ahoy_grid_area          (int            view_width,
                                          int            view_height,
                                          gboolean       is_fullscreen,
                                          int           *gap);
/* From one place to another, @progress 0–1. */
AhoyStageRect    ahoy_grid_between       (AhoyStageRect  from,
                                          AhoyStageRect  to,
                                          double         progress);
/* The place an arrow key leads to; @dx and @dy are −1, 0 or 1 as seen on the screen; @from itself when there is
 * nothing on that side. Places without width are passed over. */
guint            ahoy_grid_step          (const AhoyStageRect *places,
                                          guint                n,
                                          guint                from,
                                          int                  dx,
                                          int                  dy);

G_END_DECLS
