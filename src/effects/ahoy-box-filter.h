/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Means over squares: what blurring and the guided filter are made of. Planes are tight: @width values a row. */

/* Replaces each value by the mean of those at most @radius away; @spare is as big as @plane and one row. */
void ahoy_box_filter        (float       *plane,
                             int          width,
                             int          height,
                             int          radius,
                             float       *spare);

/* How many values ahoy_guided_filter () needs to work with. */
#define AHOY_GUIDED_FILTER_SPARE(width, height) ((gsize) 5 * (width) * (height) + (width))

/* The straight line by which @plane follows @guide around each place, smoothed: the filtered plane is
 * @slope × @guide + @base. Where @guide varies much more than @epsilon its edges are kept.
 * (K. He, J. Sun, X. Tang: Guided Image Filtering, 2010.) @plane and @guide may be the same. */
void ahoy_guided_filter     (const float *guide,
                             const float *plane,
                             int          width,
                             int          height,
                             int          radius,
                             float        epsilon,
                             float       *slope,
                             float       *base,
                             float       *spare);

/* Each value of @small becomes the mean of the pixels it stands for. */
void ahoy_shrink_plane      (const guint8 *plane,
                             int           stride,
                             int           width,
                             int           height,
                             float        *small_plane,
                             int           small_width,
                             int           small_height);

G_END_DECLS
