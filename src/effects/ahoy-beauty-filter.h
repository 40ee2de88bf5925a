/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <gst/video/gstvideofilter.h>
#include <gst/video/video.h>

G_BEGIN_DECLS

/* Smooths what has the colour of skin and keeps every edge, in place, in I420. */
#define AHOY_TYPE_BEAUTY_FILTER (ahoy_beauty_filter_get_type ())
G_DECLARE_FINAL_TYPE (AhoyBeautyFilter, ahoy_beauty_filter, AHOY, BEAUTY_FILTER, GstVideoFilter)

#define AHOY_BEAUTY_MAX_LEVEL 9

GstElement *ahoy_beauty_filter_new       (const char       *name);
/* 0 (off) to AHOY_BEAUTY_MAX_LEVEL; from any thread. */
void        ahoy_beauty_filter_set_level (AhoyBeautyFilter *self,
                                          int               level);

G_END_DECLS
