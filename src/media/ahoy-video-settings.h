/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * AhoyVideoResolution:
 * @AHOY_VIDEO_RESOLUTION_360P: 640 by 360, 500 kbit/s
 * @AHOY_VIDEO_RESOLUTION_540P: 960 by 540, 850 kbit/s
 * @AHOY_VIDEO_RESOLUTION_720P: 1280 by 720, 1200 kbit/s
 * @AHOY_VIDEO_RESOLUTION_1080P: 1920 by 1080, 2000 kbit/s
 *
 * How big the own picture may be when it is sent. Smaller cameras are never scaled up.
 */
typedef enum
{
  AHOY_VIDEO_RESOLUTION_360P = 1,
  AHOY_VIDEO_RESOLUTION_540P = 2,
  AHOY_VIDEO_RESOLUTION_720P = 3,
  AHOY_VIDEO_RESOLUTION_1080P = 4,
} AhoyVideoResolution;

/**
 * AhoyVideoOrientation:
 * @AHOY_VIDEO_ORIENTATION_LANDSCAPE: wider than high
 * @AHOY_VIDEO_ORIENTATION_PORTRAIT: higher than wide
 *
 * The shape of the picture that is sent. What the camera sees to the sides of it is cut off.
 */
typedef enum
{
  AHOY_VIDEO_ORIENTATION_LANDSCAPE = 0,
  AHOY_VIDEO_ORIENTATION_PORTRAIT = 1,
} AhoyVideoOrientation;

/**
 * AhoyFillMode:
 * @AHOY_FILL_MODE_FILL: the picture fills its place, what does not fit is cut off
 * @AHOY_FILL_MODE_FIT: the whole picture is seen, with bars beside it
 *
 * How a picture is painted into a place of another shape.
 */
typedef enum
{
  AHOY_FILL_MODE_FILL = 0,
  AHOY_FILL_MODE_FIT = 1,
} AhoyFillMode;

/**
 * AhoyRotation:
 * @AHOY_ROTATION_0: upright
 * @AHOY_ROTATION_90: a quarter turn clockwise
 * @AHOY_ROTATION_180: upside down
 * @AHOY_ROTATION_270: a quarter turn counterclockwise
 *
 * How a picture is turned when it is painted.
 */
typedef enum
{
  AHOY_ROTATION_0 = 0,
  AHOY_ROTATION_90 = 1,
  AHOY_ROTATION_180 = 2,
  AHOY_ROTATION_270 = 3,
} AhoyRotation;

#define AHOY_TYPE_VIDEO_SETTINGS (ahoy_video_settings_get_type ())
G_DECLARE_FINAL_TYPE (AhoyVideoSettings, ahoy_video_settings, AHOY, VIDEO_SETTINGS, GObject)

AhoyVideoSettings   *ahoy_video_settings_new             (void);
AhoyVideoResolution  ahoy_video_settings_get_resolution  (AhoyVideoSettings    *self);
void                 ahoy_video_settings_set_resolution  (AhoyVideoSettings    *self,
                                                          AhoyVideoResolution   resolution);
AhoyVideoOrientation ahoy_video_settings_get_orientation (AhoyVideoSettings    *self);
void                 ahoy_video_settings_set_orientation (AhoyVideoSettings    *self,
                                                          AhoyVideoOrientation  orientation);
gboolean             ahoy_video_settings_get_mirror      (AhoyVideoSettings    *self);
void                 ahoy_video_settings_set_mirror      (AhoyVideoSettings    *self,
                                                          gboolean              mirror);
int                  ahoy_video_settings_get_width       (AhoyVideoSettings    *self);
int                  ahoy_video_settings_get_height      (AhoyVideoSettings    *self);
guint                ahoy_video_settings_get_bitrate     (AhoyVideoSettings    *self);
int                  ahoy_video_settings_get_beauty      (AhoyVideoSettings    *self);
void                 ahoy_video_settings_set_beauty      (AhoyVideoSettings    *self,
                                                          int                   level);

gboolean ahoy_video_settings_get_background_available    (AhoyVideoSettings    *self);
int      ahoy_video_settings_get_background_blur         (AhoyVideoSettings    *self);
void     ahoy_video_settings_set_background_blur         (AhoyVideoSettings    *self,
                                                          int                   level);
GFile   *ahoy_video_settings_get_background_image        (AhoyVideoSettings    *self);
void     ahoy_video_settings_set_background_image_async  (AhoyVideoSettings    *self,
                                                          GFile                *image,
                                                          GCancellable         *cancellable,
                                                          GAsyncReadyCallback   callback,
                                                          gpointer              user_data);
gboolean ahoy_video_settings_set_background_image_finish (AhoyVideoSettings    *self,
                                                          GAsyncResult         *result,
                                                          GError              **error);

G_END_DECLS
