/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <gst/video/video.h>

G_BEGIN_DECLS

/* Where the person is, from one picture to the next. For one thread at a time. */
typedef struct _AhoyPersonMask AhoyPersonMask;

AhoyPersonMask *ahoy_person_mask_new        (int               picture_width,
                                             int               picture_height,
                                             GError          **error);
void            ahoy_person_mask_free       (AhoyPersonMask   *self);

int             ahoy_person_mask_get_width  (AhoyPersonMask   *self);
int             ahoy_person_mask_get_height (AhoyPersonMask   *self);

/* For an I420 picture of the size that was named: 0 (not the person) to 255 for each place of the mask, row by row.
 * When nobody is found, and when finding fails, it is all 0. Valid until the next call. */
const guint16  *ahoy_person_mask_update     (AhoyPersonMask   *self,
                                             GstVideoFrame    *frame);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (AhoyPersonMask, ahoy_person_mask_free)

G_END_DECLS
