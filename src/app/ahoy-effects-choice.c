/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ahoy-effects-choice.h"

/* While an image is read, and when it cannot be read any more, nobody shall see the room. */
#define BLUR_INSTEAD 3

static void
on_image_changed (AhoyVideoSettings *video,
                  GParamSpec        *pspec,
                  GSettings         *settings)
{
  GFile *image = ahoy_video_settings_get_background_image (video);
  g_autofree char *uri = image ? g_file_get_uri (image) : g_strdup ("");

  g_settings_set_string (settings, "background-image", uri);
}

static void
on_image_set (GObject      *source,
              GAsyncResult *result,
              gpointer      data)
{
  g_autoptr (GSettings) settings = data;
  g_autoptr (GError) error = NULL;

  if (ahoy_video_settings_set_background_image_finish (AHOY_VIDEO_SETTINGS (source), result, &error))
    return;

  g_debug ("The background is blurred instead: %s", error->message);
  if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    g_settings_set_string (settings, "background-image", "");
}

void
ahoy_effects_choice_bind (AhoyVideoSettings *video,
                          GSettings         *settings)
{
  g_autofree char *uri = g_settings_get_string (settings, "background-image");

  g_settings_bind (settings, "beauty", video, "beauty", G_SETTINGS_BIND_DEFAULT);
  g_settings_bind (settings, "background-blur", video, "background-blur", G_SETTINGS_BIND_DEFAULT);
  if (*uri && ahoy_video_settings_get_background_available (video))
    {
      g_autoptr (GFile) image = g_file_new_for_uri (uri);

      ahoy_video_settings_set_background_blur (video, BLUR_INSTEAD);
      ahoy_video_settings_set_background_image_async (video, image, NULL, on_image_set,
                                                      g_object_ref (settings));
    }
  g_signal_connect_object (video, "notify::background-image", G_CALLBACK (on_image_changed), settings, 0);
}
