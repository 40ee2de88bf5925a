/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ahoy-video-settings.h"

/* The settings of a camera that is not there: what the interface sets it reads again. */
struct _AhoyVideoSettings
{
  GObject parent_instance;

  int beauty;
  int blur;
  GFile *image; /* (owned) (nullable) */
};

G_DEFINE_FINAL_TYPE (AhoyVideoSettings, ahoy_video_settings, G_TYPE_OBJECT)

enum
{
  PROP_BEAUTY = 1,
  PROP_BACKGROUND_BLUR,
  PROP_BACKGROUND_IMAGE,
};

static void
ahoy_video_settings_get_property (GObject    *object,
                                  guint       id,
                                  GValue     *value,
                                  GParamSpec *pspec)
{
  AhoyVideoSettings *self = AHOY_VIDEO_SETTINGS (object);

  if (id == PROP_BEAUTY)
    g_value_set_int (value, self->beauty);
  else if (id == PROP_BACKGROUND_BLUR)
    g_value_set_int (value, self->blur);
  else
    g_value_set_object (value, self->image);
}

static void
ahoy_video_settings_set_property (GObject      *object,
                                  guint         id,
                                  const GValue *value,
                                  GParamSpec   *pspec)
{
  AhoyVideoSettings *self = AHOY_VIDEO_SETTINGS (object);

  if (id == PROP_BEAUTY)
    self->beauty = g_value_get_int (value);
  else
    self->blur = g_value_get_int (value);
}

static void
ahoy_video_settings_finalize (GObject *object)
{
  g_clear_object (&AHOY_VIDEO_SETTINGS (object)->image);

  G_OBJECT_CLASS (ahoy_video_settings_parent_class)->finalize (object);
}

static void
ahoy_video_settings_class_init (AhoyVideoSettingsClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  const GParamFlags rw = G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS;

  object_class->finalize = ahoy_video_settings_finalize;
  object_class->get_property = ahoy_video_settings_get_property;
  object_class->set_property = ahoy_video_settings_set_property;
  g_object_class_install_property (object_class, PROP_BEAUTY, g_param_spec_int ("beauty", NULL, NULL, 0, 9, 0, rw));
  g_object_class_install_property (object_class, PROP_BACKGROUND_BLUR,
                                   g_param_spec_int ("background-blur", NULL, NULL, 0, 3, 0, rw));
  g_object_class_install_property (object_class, PROP_BACKGROUND_IMAGE,
                                   g_param_spec_object ("background-image", NULL, NULL, G_TYPE_FILE,
                                                        G_PARAM_READABLE | G_PARAM_STATIC_STRINGS));
}

static void
ahoy_video_settings_init (AhoyVideoSettings *self)
{
}

gboolean
ahoy_video_settings_get_background_available (AhoyVideoSettings *self)
{
  return TRUE;
}

int
ahoy_video_settings_get_background_blur (AhoyVideoSettings *self)
{
  return self->blur;
}

void
ahoy_video_settings_set_background_blur (AhoyVideoSettings *self,
                                         int                level)
{
  g_clear_object (&self->image);
  g_object_set (self, "background-blur", level, NULL);
  g_object_notify (G_OBJECT (self), "background-image");
}

GFile *
ahoy_video_settings_get_background_image (AhoyVideoSettings *self)
{
  return self->image;
}

void
ahoy_video_settings_set_background_image_async (AhoyVideoSettings   *self,
                                                GFile               *image,
                                                GCancellable        *cancellable,
                                                GAsyncReadyCallback  callback,
                                                gpointer             user_data)
{
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, user_data);

  g_set_object (&self->image, image);
  g_object_notify (G_OBJECT (self), "background-image");
  g_task_return_boolean (task, TRUE);
}

gboolean
ahoy_video_settings_set_background_image_finish (AhoyVideoSettings  *self,
                                                 GAsyncResult       *result,
                                                 GError            **error)
{
  return g_task_propagate_boolean (G_TASK (result), error);
}
