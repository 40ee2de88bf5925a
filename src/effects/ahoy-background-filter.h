/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <gst/video/gstvideofilter.h>
#include <gst/video/video.h>

G_BEGIN_DECLS

/* Blurs or replaces what is behind the person, in place, in I420. While it is asked to hide something the picture never
 * leaves as it came: when nobody is found all of it is hidden. */
#define AHOY_TYPE_BACKGROUND_FILTER (ahoy_background_filter_get_type ())
G_DECLARE_FINAL_TYPE (AhoyBackgroundFilter, ahoy_background_filter, AHOY, BACKGROUND_FILTER, GstVideoFilter)

#define AHOY_BACKGROUND_MAX_BLUR 3

GstElement *ahoy_background_filter_new       (const char           *name);

/* The next picture is treated so; from any thread. @blur: 0 (off) to AHOY_BACKGROUND_MAX_BLUR. @image (nullable): raw
 * video of any format and size; it is put behind the person, scaled until it covers the picture, instead of blur. */
void        ahoy_background_filter_set       (AhoyBackgroundFilter *self,
                                              int                   blur,
                                              GstSample            *image);

G_END_DECLS
