/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Tells for each place of a small picture how likely it belongs to a person. For one thread at a time. */
typedef struct _AhoySegmenter AhoySegmenter;

/* Whether this build has the models and this processor can compute them. */
gboolean       ahoy_segmenter_is_available (void);

/* Which of the two models fits a picture of this shape: wide, or square. NULL and @error when it cannot be computed. */
AhoySegmenter *ahoy_segmenter_new          (int             picture_width,
                                            int             picture_height,
                                            GError        **error);
void           ahoy_segmenter_free         (AhoySegmenter  *self);

int            ahoy_segmenter_get_width    (AhoySegmenter  *self);
int            ahoy_segmenter_get_height   (AhoySegmenter  *self);

/* Red, green and blue of each place, 0 to 1, row by row: to be filled before ahoy_segmenter_run (). */
float         *ahoy_segmenter_get_input    (AhoySegmenter  *self);

/* 0 to 1 for each place; (nullable) when it could not be computed. Valid until the next run. */
const float   *ahoy_segmenter_run          (AhoySegmenter  *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (AhoySegmenter, ahoy_segmenter_free)

G_END_DECLS
