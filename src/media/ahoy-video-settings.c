/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "ahoy-video-settings.h"

#include "ahoy-media-enum-types.h"
#include "ahoy-video-codec.h"

/**
 * AhoyVideoSettings:
 *
 * How the own camera's picture is sent and shown.
 *
 * Changes take effect at once, also in the middle of a call: the far ends see the new size with the next picture and
 * need to do nothing for it.
 */
struct _AhoyVideoSettings
{
  GObject parent_instance;

  AhoyVideoResolution resolution;
  AhoyVideoOrientation orientation;
  gboolean is_mirrored;
};

G_DEFINE_FINAL_TYPE (AhoyVideoSettings, ahoy_video_settings, G_TYPE_OBJECT)

enum
{
  PROP_0,
  PROP_RESOLUTION,
  PROP_ORIENTATION,
  PROP_MIRROR,
  PROP_WIDTH,
  PROP_HEIGHT,
  PROP_BITRATE,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

/* Landscape, by AhoyVideoResolution. */
static const struct
{
  int width, height;
} sizes[] = {
  [AHOY_VIDEO_RESOLUTION_360P] = { 640, 360 },
  [AHOY_VIDEO_RESOLUTION_540P] = { 960, 540 },
  [AHOY_VIDEO_RESOLUTION_720P] = { 1280, 720 },
  [AHOY_VIDEO_RESOLUTION_1080P] = { 1920, 1080 },
};

static void
ahoy_video_settings_get_property (GObject    *object,
                                  guint       prop_id,
                                  GValue     *value,
                                  GParamSpec *pspec)
{
  AhoyVideoSettings *self = AHOY_VIDEO_SETTINGS (object);

  switch (prop_id)
    {
    case PROP_RESOLUTION:
      g_value_set_enum (value, self->resolution);
      break;

    case PROP_ORIENTATION:
      g_value_set_enum (value, self->orientation);
      break;

    case PROP_MIRROR:
      g_value_set_boolean (value, self->is_mirrored);
      break;

    case PROP_WIDTH:
      g_value_set_int (value, ahoy_video_settings_get_width (self));
      break;

    case PROP_HEIGHT:
      g_value_set_int (value, ahoy_video_settings_get_height (self));
      break;

    case PROP_BITRATE:
      g_value_set_uint (value, ahoy_video_settings_get_bitrate (self));
      break;

    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
ahoy_video_settings_set_property (GObject      *object,
                                  guint         prop_id,
                                  const GValue *value,
                                  GParamSpec   *pspec)
{
  AhoyVideoSettings *self = AHOY_VIDEO_SETTINGS (object);

  switch (prop_id)
    {
    case PROP_RESOLUTION:
      ahoy_video_settings_set_resolution (self, g_value_get_enum (value));
      break;

    case PROP_ORIENTATION:
      ahoy_video_settings_set_orientation (self, g_value_get_enum (value));
      break;

    case PROP_MIRROR:
      ahoy_video_settings_set_mirror (self, g_value_get_boolean (value));
      break;

    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
ahoy_video_settings_class_init (AhoyVideoSettingsClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  const GParamFlags readable = G_PARAM_READABLE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY;
  const GParamFlags writable = readable | G_PARAM_WRITABLE;

  object_class->get_property = ahoy_video_settings_get_property;
  object_class->set_property = ahoy_video_settings_set_property;

  /**
   * AhoyVideoSettings:resolution:
   *
   * How big the picture may be when it is sent; [enum@Ahoy.VideoResolution.720P] at first.
   */
  properties[PROP_RESOLUTION] = g_param_spec_enum ("resolution", NULL, NULL, AHOY_TYPE_VIDEO_RESOLUTION,
                                                   AHOY_VIDEO_RESOLUTION_720P, writable);
  /**
   * AhoyVideoSettings:orientation:
   *
   * The shape of the picture that is sent.
   */
  properties[PROP_ORIENTATION] = g_param_spec_enum ("orientation", NULL, NULL, AHOY_TYPE_VIDEO_ORIENTATION,
                                                    AHOY_VIDEO_ORIENTATION_LANDSCAPE, writable);
  /**
   * AhoyVideoSettings:mirror:
   *
   * Whether the own picture is painted as in a mirror. The far ends see it unmirrored in any case.
   */
  properties[PROP_MIRROR] = g_param_spec_boolean ("mirror", NULL, NULL, TRUE, writable);
  /**
   * AhoyVideoSettings:width:
   *
   * Pixels in a row of the biggest picture that is sent; follows from resolution and orientation.
   */
  properties[PROP_WIDTH] = g_param_spec_int ("width", NULL, NULL, 0, 1920, 1280, readable);
  /**
   * AhoyVideoSettings:height:
   *
   * Rows of the biggest picture that is sent; follows from resolution and orientation.
   */
  properties[PROP_HEIGHT] = g_param_spec_int ("height", NULL, NULL, 0, 1920, 720, readable);
  /**
   * AhoyVideoSettings:bitrate:
   *
   * The rate that goes with the resolution, in bit/s. A smaller camera gets less.
   */
  properties[PROP_BITRATE] = g_param_spec_uint ("bitrate", NULL, NULL, 0, G_MAXUINT, 1200000, readable);

  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
ahoy_video_settings_init (AhoyVideoSettings *self)
{
  self->resolution = AHOY_VIDEO_RESOLUTION_720P;
  self->orientation = AHOY_VIDEO_ORIENTATION_LANDSCAPE;
  self->is_mirrored = TRUE;
}

/**
 * ahoy_video_settings_new:
 *
 * Returns: (transfer full): settings of a camera that sends 720p, landscape, and is mirrored
 */
AhoyVideoSettings *
ahoy_video_settings_new (void)
{
  return g_object_new (AHOY_TYPE_VIDEO_SETTINGS, NULL);
}

/* Followers of one of the properties see the others changed as well. */
static void
notify_size (AhoyVideoSettings *self,
             guint              prop_id)
{
  g_object_freeze_notify (G_OBJECT (self));
  g_object_notify_by_pspec (G_OBJECT (self), properties[prop_id]);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_WIDTH]);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_HEIGHT]);
  if (prop_id == PROP_RESOLUTION)
    g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_BITRATE]);
  g_object_thaw_notify (G_OBJECT (self));
}

/**
 * ahoy_video_settings_get_resolution:
 * @self: the settings
 *
 * Returns: how big the picture may be
 */
AhoyVideoResolution
ahoy_video_settings_get_resolution (AhoyVideoSettings *self)
{
  g_return_val_if_fail (AHOY_IS_VIDEO_SETTINGS (self), AHOY_VIDEO_RESOLUTION_360P);

  return self->resolution;
}

/**
 * ahoy_video_settings_set_resolution:
 * @self: the settings
 * @resolution: how big the picture may be
 *
 * Sets the size and, with it, the bit rate.
 */
void
ahoy_video_settings_set_resolution (AhoyVideoSettings   *self,
                                    AhoyVideoResolution  resolution)
{
  g_return_if_fail (AHOY_IS_VIDEO_SETTINGS (self));
  g_return_if_fail (resolution >= AHOY_VIDEO_RESOLUTION_360P && resolution <= AHOY_VIDEO_RESOLUTION_1080P);

  if (self->resolution == resolution)
    return;

  self->resolution = resolution;
  notify_size (self, PROP_RESOLUTION);
}

/**
 * ahoy_video_settings_get_orientation:
 * @self: the settings
 *
 * Returns: the shape of the picture
 */
AhoyVideoOrientation
ahoy_video_settings_get_orientation (AhoyVideoSettings *self)
{
  g_return_val_if_fail (AHOY_IS_VIDEO_SETTINGS (self), AHOY_VIDEO_ORIENTATION_LANDSCAPE);

  return self->orientation;
}

/**
 * ahoy_video_settings_set_orientation:
 * @self: the settings
 * @orientation: the shape of the picture
 *
 * A camera of the other shape loses what is at its sides.
 */
void
ahoy_video_settings_set_orientation (AhoyVideoSettings    *self,
                                     AhoyVideoOrientation  orientation)
{
  g_return_if_fail (AHOY_IS_VIDEO_SETTINGS (self));
  g_return_if_fail (orientation == AHOY_VIDEO_ORIENTATION_LANDSCAPE || orientation == AHOY_VIDEO_ORIENTATION_PORTRAIT);

  if (self->orientation == orientation)
    return;

  self->orientation = orientation;
  notify_size (self, PROP_ORIENTATION);
}

/**
 * ahoy_video_settings_get_mirror:
 * @self: the settings
 *
 * Returns: whether the own picture is painted as in a mirror
 */
gboolean
ahoy_video_settings_get_mirror (AhoyVideoSettings *self)
{
  g_return_val_if_fail (AHOY_IS_VIDEO_SETTINGS (self), FALSE);

  return self->is_mirrored;
}

/**
 * ahoy_video_settings_set_mirror:
 * @self: the settings
 * @mirror: whether the own picture is painted as in a mirror
 *
 * For whoever paints the own picture; what is sent does not change.
 */
void
ahoy_video_settings_set_mirror (AhoyVideoSettings *self,
                                gboolean           mirror)
{
  g_return_if_fail (AHOY_IS_VIDEO_SETTINGS (self));

  mirror = !!mirror;
  if (self->is_mirrored == mirror)
    return;

  self->is_mirrored = mirror;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_MIRROR]);
}

/**
 * ahoy_video_settings_get_width:
 * @self: the settings
 *
 * Returns: pixels in a row of the biggest picture that is sent
 */
int
ahoy_video_settings_get_width (AhoyVideoSettings *self)
{
  g_return_val_if_fail (AHOY_IS_VIDEO_SETTINGS (self), 0);

  return self->orientation == AHOY_VIDEO_ORIENTATION_PORTRAIT ? sizes[self->resolution].height
                                                              : sizes[self->resolution].width;
}

/**
 * ahoy_video_settings_get_height:
 * @self: the settings
 *
 * Returns: rows of the biggest picture that is sent
 */
int
ahoy_video_settings_get_height (AhoyVideoSettings *self)
{
  g_return_val_if_fail (AHOY_IS_VIDEO_SETTINGS (self), 0);

  return self->orientation == AHOY_VIDEO_ORIENTATION_PORTRAIT ? sizes[self->resolution].width
                                                              : sizes[self->resolution].height;
}

/**
 * ahoy_video_settings_get_bitrate:
 * @self: the settings
 *
 * Returns: the rate that goes with the resolution, in bit/s
 */
guint
ahoy_video_settings_get_bitrate (AhoyVideoSettings *self)
{
  g_return_val_if_fail (AHOY_IS_VIDEO_SETTINGS (self), 0);

  return ahoy_video_codec_target_bitrate (sizes[self->resolution].width, sizes[self->resolution].height);
}
