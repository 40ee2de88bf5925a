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
  GFile *image = ahoy_video_settings_get_background_image (settings);
  g_autofree char *image_uri = image ? g_file_get_uri (image) : g_strdup ("");
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
  g_variant_dict_insert (&dict, "beauty", "i", ahoy_video_settings_get_beauty (settings));
  g_variant_dict_insert (&dict, "background-available", "b", ahoy_video_settings_get_background_available (settings));
  g_variant_dict_insert (&dict, "background-blur", "i", ahoy_video_settings_get_background_blur (settings));
  g_variant_dict_insert (&dict, "background-image", "s", image_uri);

  ahoy_dbus_manager_set_video_settings (manager, g_variant_dict_end (&dict));
}

/* What a caller wants, checked as a whole before any of it counts. */
typedef struct
{
  AhoyVideoResolution resolution;
  AhoyVideoOrientation orientation;
  gboolean mirror;
  int beauty;
  int blur;
  gboolean has_blur;
  gboolean has_image;
  GFile *image; /* (owned) (nullable): with has_image, NULL for none */
} Wish;

static void
wish_clear (Wish *wish)
{
  g_clear_object (&wish->image);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Wish, wish_clear)

static gboolean
refuse (GError     **error,
        const char  *message)
{
  g_set_error_literal (error, AHOY_ERROR, AHOY_ERROR_PARAM_INVALID, message);

  return FALSE;
}

static gboolean
parse_picture (Wish      *wish,
               GVariant  *values,
               GError   **error)
{
  const char *resolution = NULL;
  const char *orientation = NULL;

  g_variant_lookup (values, "resolution", "&s", &resolution);
  g_variant_lookup (values, "orientation", "&s", &orientation);
  g_variant_lookup (values, "mirror", "b", &wish->mirror);
  if ((resolution && !ahoy_bus_parse_resolution (resolution, &wish->resolution))
      || (orientation && !ahoy_bus_parse_orientation (orientation, &wish->orientation)))
    return refuse (error, "A picture has 360p, 540p, 720p or 1080p, and is landscape or portrait");

  return TRUE;
}

static gboolean
parse_effects (Wish               *wish,
               AhoyVideoSettings  *settings,
               GVariant           *values,
               GError            **error)
{
  const char *image = NULL;

  g_variant_lookup (values, "beauty", "i", &wish->beauty);
  wish->has_blur = g_variant_lookup (values, "background-blur", "i", &wish->blur);
  wish->has_image = g_variant_lookup (values, "background-image", "&s", &image);
  if (wish->beauty < 0 || wish->beauty > 9)
    return refuse (error, "Beauty is 0 to 9");
  if (wish->blur < 0 || wish->blur > 3)
    return refuse (error, "A background is blurred 0 to 3");
  if (image && *image && wish->blur > 0)
    return refuse (error, "A background is blurred or replaced, not both");

  /* A relative path would be one of this program's folder, not of the caller's. */
  if (image && *image)
    {
      wish->image = g_path_is_absolute (image) ? g_file_new_for_path (image) : NULL;
      if (wish->image == NULL && g_uri_is_valid (image, G_URI_FLAGS_NONE, NULL))
        wish->image = g_file_new_for_uri (image);
      if (wish->image == NULL)
        return refuse (error, "A background image is a whole path or a URI");
    }

  if ((wish->blur > 0 || wish->image) && !ahoy_video_settings_get_background_available (settings))
    {
      g_set_error_literal (error, AHOY_ERROR, AHOY_ERROR_PACKAGE_NOT_SUPPORTED,
                           "What is behind a person cannot be blurred or replaced here");
      return FALSE;
    }

  return TRUE;
}

static gboolean
parse (Wish               *wish,
       AhoyVideoSettings  *settings,
       GVariant           *values,
       GError            **error)
{
  static const AhoyBusOption known[] = {
    { "resolution", "s" }, { "orientation", "s" }, { "mirror", "b" }, { "beauty", "i" },
    { "background-blur", "i" }, { "background-image", "s" }, { NULL, NULL },
  };

  wish->resolution = ahoy_video_settings_get_resolution (settings);
  wish->orientation = ahoy_video_settings_get_orientation (settings);
  wish->mirror = ahoy_video_settings_get_mirror (settings);
  wish->beauty = ahoy_video_settings_get_beauty (settings);

  return ahoy_bus_options_check (values, known, error)
         && parse_picture (wish, values, error)
         && parse_effects (wish, settings, values, error);
}

static void
on_image_set (GObject      *source,
              GAsyncResult *result,
              gpointer      data)
{
  AhoyBusAnswer *answer = data;
  g_autoptr (GError) error = NULL;

  if (ahoy_video_settings_set_background_image_finish (AHOY_VIDEO_SETTINGS (source), result, &error))
    ahoy_bus_answer_return (answer, NULL);
  else if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    ahoy_bus_answer_refuse (answer, g_steal_pointer (&error));
  else
    ahoy_bus_answer_refuse (answer, g_error_new (AHOY_ERROR, AHOY_ERROR_PARAM_INVALID, "The image cannot be used: %s",
                                                 error->message));
}

static gboolean
handle_set_video_settings (AhoyDbusManager       *manager,
                           GDBusMethodInvocation *invocation,
                           GVariant              *values,
                           AhoyEngine            *engine)
{
  AhoyVideoSettings *settings = ahoy_engine_get_video_settings (engine);
  AhoyBusAnswer *answer = ahoy_bus_answer_new (manager, invocation);
  g_auto (Wish) wish = { 0 };
  GError *error = NULL;

  if (!parse (&wish, settings, values, &error))
    {
      ahoy_bus_answer_refuse (answer, error);
      return G_DBUS_METHOD_INVOCATION_HANDLED;
    }

  ahoy_video_settings_set_resolution (settings, wish.resolution);
  ahoy_video_settings_set_orientation (settings, wish.orientation);
  ahoy_video_settings_set_mirror (settings, wish.mirror);
  ahoy_video_settings_set_beauty (settings, wish.beauty);
  if (wish.has_blur)
    ahoy_video_settings_set_background_blur (settings, wish.blur);
  if (wish.has_image && wish.blur == 0)
    ahoy_video_settings_set_background_image_async (settings, wish.image, NULL, on_image_set, answer);
  else
    ahoy_bus_answer_return (answer, NULL);

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
