/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "ahoy-video-settings.h"

#include <gst/gst.h>

G_BEGIN_DECLS

/* Raw video; (nullable) when there is no background image. Changes with notify::background-image. */
GstSample *ahoy_video_settings_get_background_picture (AhoyVideoSettings *self);

G_END_DECLS
