/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Makes a small plane as big as a picture, row by row from the top, without keeping the big one: bilinear, between the
 * middles of the pixels. Values are 0 to 255: so everything fits into 16 bits, of which a processor takes many at once. */
typedef struct
{
  int small_width, small_height;
  int width, height;
  guint16 *places;     /* (owned): for each column the small one left of it */
  guint16 *fractions;  /* (owned): and how far it is to the next, of 256 */
  guint16 *rows[2];    /* (owned): small rows made wide */
  int row_numbers[2];  /* which, -1 for none */
} AhoyRowScaler;

void           ahoy_row_scaler_init  (AhoyRowScaler *self,
                                      int            small_width,
                                      int            small_height,
                                      int            width,
                                      int            height);
void           ahoy_row_scaler_clear (AhoyRowScaler *self);
/* To be called when the small plane has changed. */
void           ahoy_row_scaler_reset (AhoyRowScaler *self);
/* Row @y of the big plane into @out. */
void           ahoy_row_scaler_get   (AhoyRowScaler *self,
                                      const guint16 *small_plane,
                                      int            y,
                                      guint16       *out);

G_END_DECLS
