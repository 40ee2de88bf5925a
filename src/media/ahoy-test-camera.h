/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <gst/base/gstpushsrc.h>

G_BEGIN_DECLS

#define AHOY_TYPE_TEST_CAMERA (ahoy_test_camera_get_type ())
G_DECLARE_FINAL_TYPE (AhoyTestCamera, ahoy_test_camera, AHOY, TEST_CAMERA, GstPushSrc)

/* A camera whose pictures come from a YUV4MPEG2 file (8 bit, 4:2:0), looped at its rate by the clock. */
GstElement *ahoy_test_camera_new (const char *path);

G_END_DECLS
