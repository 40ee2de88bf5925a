/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "ahoy-video-settings-private.h"

#include "ahoy-background-filter.h"
#include "ahoy-background-image.h"
#include "ahoy-beauty-filter.h"
#include "ahoy-media-enum-types.h"
#include "ahoy-segmenter.h"
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
  int beauty;
  int background_blur;
  GFile *background_image;       /* (owned) (nullable) */
  GstSample *background_picture; /* (owned) (nullable): what is in it */
  GCancellable *loading;         /* (owned) (nullable): while an image is read */
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
  PROP_BEAUTY,
  PROP_BACKGROUND_AVAILABLE,
  PROP_BACKGROUND_BLUR,
  PROP_BACKGROUND_IMAGE,
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

    case PROP_BEAUTY:
      g_value_set_int (value, self->beauty);
      break;

    case PROP_BACKGROUND_AVAILABLE:
      g_value_set_boolean (value, ahoy_video_settings_get_background_available (self));
      break;

    case PROP_BACKGROUND_BLUR:
      g_value_set_int (value, self->background_blur);
      break;

    case PROP_BACKGROUND_IMAGE:
      g_value_set_object (value, self->background_image);
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

    case PROP_BEAUTY:
      ahoy_video_settings_set_beauty (self, g_value_get_int (value));
      break;

    case PROP_BACKGROUND_BLUR:
      ahoy_video_settings_set_background_blur (self, g_value_get_int (value));
      break;

    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
stop_loading (AhoyVideoSettings *self)
{
  g_cancellable_cancel (self->loading);
  g_clear_object (&self->loading);
}

static void
ahoy_video_settings_dispose (GObject *object)
{
  AhoyVideoSettings *self = AHOY_VIDEO_SETTINGS (object);

  stop_loading (self);
  g_clear_object (&self->background_image);
  g_clear_pointer (&self->background_picture, gst_sample_unref);

  G_OBJECT_CLASS (ahoy_video_settings_parent_class)->dispose (object);
}

static void
ahoy_video_settings_class_init (AhoyVideoSettingsClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  const GParamFlags readable = G_PARAM_READABLE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY;
  const GParamFlags writable = readable | G_PARAM_WRITABLE;

  object_class->dispose = ahoy_video_settings_dispose;
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
  /**
   * AhoyVideoSettings:beauty:
   *
   * How much skin is smoothed, 0 (not at all) to 9. Edges stay as they are.
   */
  properties[PROP_BEAUTY] = g_param_spec_int ("beauty", NULL, NULL, 0, AHOY_BEAUTY_MAX_LEVEL, 0, writable);
  /**
   * AhoyVideoSettings:background-available:
   *
   * Whether what is behind the person can be blurred or replaced: it can unless Ahoy was built without that, or the
   * processor is too old for it.
   */
  properties[PROP_BACKGROUND_AVAILABLE] = g_param_spec_boolean ("background-available", NULL, NULL, FALSE, readable);
  /**
   * AhoyVideoSettings:background-blur:
   *
   * How much what is behind the person is blurred, 0 (not at all) to 3. As long as it is blurred no picture leaves the
   * machine, and none is shown, as the camera took it: where nobody is found all of it is blurred.
   *
   * Blur and an image exclude each other; the later one counts. Without
   * [property@Ahoy.VideoSettings:background-available] it stays 0.
   */
  properties[PROP_BACKGROUND_BLUR] = g_param_spec_int ("background-blur", NULL, NULL, 0, AHOY_BACKGROUND_MAX_BLUR, 0,
                                                       writable);
  /**
   * AhoyVideoSettings:background-image:
   *
   * The picture that is put behind the person, scaled until it covers everything.
   *
   * See [method@Ahoy.VideoSettings.set_background_image_async].
   */
  properties[PROP_BACKGROUND_IMAGE] = g_param_spec_object ("background-image", NULL, NULL, G_TYPE_FILE, readable);

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

/**
 * ahoy_video_settings_get_beauty:
 * @self: the settings
 *
 * Returns: how much skin is smoothed, 0 to 9
 */
int
ahoy_video_settings_get_beauty (AhoyVideoSettings *self)
{
  g_return_val_if_fail (AHOY_IS_VIDEO_SETTINGS (self), 0);

  return self->beauty;
}

/**
 * ahoy_video_settings_set_beauty:
 * @self: the settings
 * @level: how much skin is smoothed, 0 to 9
 *
 * The own picture is shown as it is sent.
 */
void
ahoy_video_settings_set_beauty (AhoyVideoSettings *self,
                                int                level)
{
  g_return_if_fail (AHOY_IS_VIDEO_SETTINGS (self));
  g_return_if_fail (level >= 0 && level <= AHOY_BEAUTY_MAX_LEVEL);

  if (self->beauty == level)
    return;

  self->beauty = level;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_BEAUTY]);
}

/**
 * ahoy_video_settings_get_background_available:
 * @self: the settings
 *
 * Returns: whether what is behind the person can be blurred or replaced
 */
gboolean
ahoy_video_settings_get_background_available (AhoyVideoSettings *self)
{
  g_return_val_if_fail (AHOY_IS_VIDEO_SETTINGS (self), FALSE);

  return ahoy_segmenter_is_available ();
}

static void
set_image (AhoyVideoSettings *self,
           GFile             *image,
           GstSample         *picture)
{
  if (self->background_image == image && self->background_picture == picture)
    return;

  g_set_object (&self->background_image, image);
  g_clear_pointer (&self->background_picture, gst_sample_unref);
  self->background_picture = picture ? gst_sample_ref (picture) : NULL;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_BACKGROUND_IMAGE]);
}

static void
set_blur (AhoyVideoSettings *self,
          int                level)
{
  if (self->background_blur == level)
    return;

  self->background_blur = level;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_BACKGROUND_BLUR]);
}

/**
 * ahoy_video_settings_get_background_blur:
 * @self: the settings
 *
 * Returns: how much what is behind the person is blurred, 0 to 3
 */
int
ahoy_video_settings_get_background_blur (AhoyVideoSettings *self)
{
  g_return_val_if_fail (AHOY_IS_VIDEO_SETTINGS (self), 0);

  return self->background_blur;
}

/**
 * ahoy_video_settings_set_background_blur:
 * @self: the settings
 * @level: how much what is behind the person is blurred, 0 to 3
 *
 * Takes the place of a background image, also of one that is still being read; 0 shows what is there.
 */
void
ahoy_video_settings_set_background_blur (AhoyVideoSettings *self,
                                         int                level)
{
  g_return_if_fail (AHOY_IS_VIDEO_SETTINGS (self));
  g_return_if_fail (level >= 0 && level <= AHOY_BACKGROUND_MAX_BLUR);

  if (!ahoy_segmenter_is_available ())
    return;

  stop_loading (self);
  /* Blur first: in between nothing may be seen. */
  if (level > 0)
    set_blur (self, level);
  set_image (self, NULL, NULL);
  set_blur (self, level);
}

/**
 * ahoy_video_settings_get_background_image:
 * @self: the settings
 *
 * Returns: (transfer none) (nullable): the picture that is put behind the person
 */
GFile *
ahoy_video_settings_get_background_image (AhoyVideoSettings *self)
{
  g_return_val_if_fail (AHOY_IS_VIDEO_SETTINGS (self), NULL);

  return self->background_image;
}

static void
on_image_loaded (GObject      *source,
                 GAsyncResult *result,
                 gpointer      data)
{
  g_autoptr (GTask) task = data;
  AhoyVideoSettings *self = g_task_get_source_object (task);
  g_autoptr (GstSample) picture = NULL;
  GError *error = NULL;

  picture = ahoy_background_image_load_finish (result, &error);
  if (self->loading == g_task_get_cancellable (task))
    g_clear_object (&self->loading);
  if (picture == NULL)
    {
      g_task_return_error (task, error);
      return;
    }

  set_image (self, g_task_get_task_data (task), picture);
  set_blur (self, 0);
  g_task_return_boolean (task, TRUE);
}

static void
on_caller_cancelled (GCancellable *caller,
                     GCancellable *loading)
{
  g_cancellable_cancel (loading);
}

/**
 * ahoy_video_settings_set_background_image_async:
 * @self: the settings
 * @image: (nullable): a picture file of any kind that the desktop knows, or %NULL for no image
 * @cancellable: (nullable): stops reading
 * @callback: (scope async): called when the image is in use or cannot be used
 * @user_data: for @callback
 *
 * Puts a picture behind the person, instead of blur. Until it is read everything stays as it is; it is read once, and
 * may be deleted afterwards. The task fails with an error of GIO when the file cannot be read or nothing can be put
 * behind anybody, and with one of GdkPixbuf when it holds no picture.
 */
void
ahoy_video_settings_set_background_image_async (AhoyVideoSettings   *self,
                                                GFile               *image,
                                                GCancellable        *cancellable,
                                                GAsyncReadyCallback  callback,
                                                gpointer             user_data)
{
  g_autoptr (GTask) task = NULL;

  g_return_if_fail (AHOY_IS_VIDEO_SETTINGS (self));
  g_return_if_fail (image == NULL || G_IS_FILE (image));
  g_return_if_fail (cancellable == NULL || G_IS_CANCELLABLE (cancellable));

  /* A later wish ends an earlier one that is still being read. */
  stop_loading (self);
  self->loading = g_cancellable_new ();
  if (cancellable)
    g_signal_connect_object (cancellable, "cancelled", G_CALLBACK (on_caller_cancelled), self->loading, 0);
  task = g_task_new (self, self->loading, callback, user_data);
  g_task_set_source_tag (task, ahoy_video_settings_set_background_image_async);
  if (image == NULL)
    {
      g_clear_object (&self->loading);
      set_image (self, NULL, NULL);
      g_task_return_boolean (task, TRUE);
      return;
    }

  if (!ahoy_segmenter_is_available ())
    {
      g_clear_object (&self->loading);
      g_task_return_new_error (task, G_IO_ERROR, G_IO_ERROR_NOT_SUPPORTED,
                               "What is behind a person cannot be replaced here");
      return;
    }

  g_task_set_task_data (task, g_object_ref (image), g_object_unref);
  ahoy_background_image_load_async (image, self->loading, on_image_loaded, g_steal_pointer (&task));
}

/**
 * ahoy_video_settings_set_background_image_finish:
 * @self: the settings
 * @result: what the callback was given
 * @error: where to say why it is not used: of GIO when the file cannot be read, of GdkPixbuf when it holds no picture
 *
 * Returns: whether the image is in use
 */
gboolean
ahoy_video_settings_set_background_image_finish (AhoyVideoSettings  *self,
                                                 GAsyncResult       *result,
                                                 GError            **error)
{
  g_return_val_if_fail (AHOY_IS_VIDEO_SETTINGS (self), FALSE);
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}

GstSample *
ahoy_video_settings_get_background_picture (AhoyVideoSettings *self)
{
  return self->background_picture;
}
