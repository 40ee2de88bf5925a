/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "ahoy-bus-video.h"

#include "ahoy-bus-answer.h"
#include "ahoy-bus-options.h"
#include "ahoy-bus-words.h"

static void
update (AhoyDbusManager   *manager,
        GParamSpec        *pspec,
        AhoyVideoSettings *settings)
{
  GVariantDict dict;

  g_variant_dict_init (&dict, NULL);
  g_variant_dict_insert (&dict, "resolution", "s",
                         ahoy_bus_word_for_resolution (ahoy_video_settings_get_resolution (settings)));
  g_variant_dict_insert (&dict, "orientation", "s",
                         ahoy_bus_word_for_orientation (ahoy_video_settings_get_orientation (settings)));
  g_variant_dict_insert (&dict, "mirror", "b", ahoy_video_settings_get_mirror (settings));
  g_variant_dict_insert (&dict, "width", "i", ahoy_video_settings_get_width (settings));
  g_variant_dict_insert (&dict, "height", "i", ahoy_video_settings_get_height (settings));
  g_variant_dict_insert (&dict, "bitrate", "u", ahoy_video_settings_get_bitrate (settings));

  ahoy_dbus_manager_set_video_settings (manager, g_variant_dict_end (&dict));
}

static gboolean
set (AhoyVideoSettings  *settings,
     GVariant           *values,
     GError            **error)
{
  static const AhoyBusOption known[] = {
    { "resolution", "s" }, { "orientation", "s" }, { "mirror", "b" }, { NULL, NULL },
  };
  AhoyVideoResolution resolution = ahoy_video_settings_get_resolution (settings);
  AhoyVideoOrientation orientation = ahoy_video_settings_get_orientation (settings);
  gboolean mirror = ahoy_video_settings_get_mirror (settings);
  const char *resolution_word = NULL;
  const char *orientation_word = NULL;

  if (!ahoy_bus_options_check (values, known, error))
    return FALSE;

  g_variant_lookup (values, "resolution", "&s", &resolution_word);
  g_variant_lookup (values, "orientation", "&s", &orientation_word);
  g_variant_lookup (values, "mirror", "b", &mirror);
  if ((resolution_word && !ahoy_bus_parse_resolution (resolution_word, &resolution))
      || (orientation_word && !ahoy_bus_parse_orientation (orientation_word, &orientation)))
    {
      g_set_error_literal (error, AHOY_ERROR, AHOY_ERROR_PARAM_INVALID,
                           "A picture has 360p, 540p, 720p or 1080p, and is landscape or portrait");
      return FALSE;
    }

  ahoy_video_settings_set_resolution (settings, resolution);
  ahoy_video_settings_set_orientation (settings, orientation);
  ahoy_video_settings_set_mirror (settings, mirror);

  return TRUE;
}

static gboolean
handle_set_video_settings (AhoyDbusManager       *manager,
                           GDBusMethodInvocation *invocation,
                           GVariant              *values,
                           AhoyEngine            *engine)
{
  AhoyBusAnswer *answer = ahoy_bus_answer_new (manager, invocation);
  GError *error = NULL;

  if (set (ahoy_media_get_video_settings (ahoy_engine_get_media (engine)), values, &error))
    ahoy_bus_answer_return (answer, NULL);
  else
    ahoy_bus_answer_refuse (answer, error);

  return G_DBUS_METHOD_INVOCATION_HANDLED;
}

void
ahoy_bus_video_attach (AhoyDbusManager *manager,
                       AhoyEngine      *engine)
{
  AhoyVideoSettings *settings;

  g_return_if_fail (AHOY_DBUS_IS_MANAGER (manager));
  g_return_if_fail (AHOY_IS_ENGINE (engine));

  settings = ahoy_media_get_video_settings (ahoy_engine_get_media (engine));
  g_signal_connect_object (settings, "notify", G_CALLBACK (update), manager, G_CONNECT_SWAPPED);
  g_signal_connect_object (manager, "handle-set-video-settings", G_CALLBACK (handle_set_video_settings), engine, 0);
  update (manager, NULL, settings);
}
