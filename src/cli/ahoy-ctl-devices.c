/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ahoy-ctl-commands.h"
#include "ahoy-ctl-output.h"

#include <glib/gi18n.h>

static const char *const kinds[] = { "camera", "microphone", "speaker", NULL };

static void
print_device (AhoyCtl    *ctl,
              const char *kind,
              GVariant   *device)
{
  gboolean selected = FALSE;
  gboolean is_default = FALSE;
  GVariantDict dict;

  if (ctl->json)
    {
      g_variant_dict_init (&dict, device);
      g_variant_dict_insert (&dict, "kind", "s", kind);
      ahoy_ctl_print_json (g_variant_dict_end (&dict));
      return;
    }

  g_variant_lookup (device, "selected", "b", &selected);
  g_variant_lookup (device, "default", "b", &is_default);
  ahoy_ctl_print ("%-10s %s %s  %s%s", kind, selected ? "*" : " ", ahoy_ctl_lookup_text (device, "id"),
                  ahoy_ctl_lookup_text (device, "name"), is_default ? _(" (default)") : "");
}

AhoyCtlExit
ahoy_ctl_devices (AhoyCtl *ctl,
                  int      argc,
                  char   **argv)
{
  AhoyCtlExit status = AHOY_CTL_OK;
  GError *error = NULL;

  if (!ahoy_ctl_begin (ctl, NULL, &argc, &argv, 0, 0, &status))
    return status;

  for (guint i = 0; kinds[i]; i++)
    {
      g_autoptr (GVariant) devices = NULL;
      GVariantIter iter;
      GVariant *device;

      if (!ahoy_dbus_manager_call_list_devices_sync (ctl->manager, kinds[i], G_DBUS_CALL_FLAGS_NONE, -1,
                                                     &devices, NULL, &error))
        return ahoy_ctl_fail (error);

      g_variant_iter_init (&iter, devices);
      while (g_variant_iter_loop (&iter, "@a{sv}", &device))
        print_device (ctl, kinds[i], device);
    }

  return AHOY_CTL_OK;
}

AhoyCtlExit
ahoy_ctl_device (AhoyCtl *ctl,
                 int      argc,
                 char   **argv)
{
  AhoyCtlExit status = AHOY_CTL_OK;
  GError *error = NULL;
  const char *id;

  if (!ahoy_ctl_begin (ctl, NULL, &argc, &argv, 2, 2, &status))
    return status;

  if (!g_utf8_validate (argv[1], -1, NULL) || !g_utf8_validate (argv[2], -1, NULL))
    return ahoy_ctl_usage ("%s", _("An argument is not valid text"));

  id = g_str_equal (argv[2], "auto") ? "" : argv[2];
  if (!ahoy_dbus_manager_call_select_device_sync (ctl->manager, argv[1], id, G_DBUS_CALL_FLAGS_NONE, -1,
                                                  NULL, &error))
    return ahoy_ctl_fail (error);

  return AHOY_CTL_OK;
}

static AhoyCtlExit
set_video (AhoyCtl  *ctl,
           GVariant *settings)
{
  GError *error = NULL;

  if (!ahoy_dbus_manager_call_set_video_settings_sync (ctl->manager, settings, G_DBUS_CALL_FLAGS_NONE, -1, NULL, &error))
    return ahoy_ctl_fail (error);

  return AHOY_CTL_OK;
}

static void
print_video (AhoyCtl *ctl)
{
  GVariant *settings = ahoy_dbus_manager_get_video_settings (ctl->manager);
  int width = 0;
  int height = 0;
  guint bitrate = 0;

  if (!settings)
    return;

  if (ctl->json)
    {
      ahoy_ctl_print_json (settings);
      return;
    }

  g_variant_lookup (settings, "width", "i", &width);
  g_variant_lookup (settings, "height", "i", &height);
  g_variant_lookup (settings, "bitrate", "u", &bitrate);
  /* Translators: 720p landscape, 1280×720, 1200 kbit/s */
  ahoy_ctl_print (_("%s %s, %d×%d, %u kbit/s"), ahoy_ctl_lookup_text (settings, "resolution"),
                  ahoy_ctl_lookup_text (settings, "orientation"), width, height, bitrate / 1000);
}

AhoyCtlExit
ahoy_ctl_resolution (AhoyCtl *ctl,
                     int      argc,
                     char   **argv)
{
  static const char *const resolutions[] = { "360p", "540p", "720p", "1080p", NULL };
  static const char *const orientations[] = { "landscape", "portrait", NULL };
  AhoyCtlExit status = AHOY_CTL_OK;
  GVariantDict settings;

  if (!ahoy_ctl_begin (ctl, NULL, &argc, &argv, 0, 2, &status))
    return status;

  if (argc == 1)
    {
      print_video (ctl);
      return AHOY_CTL_OK;
    }

  g_variant_dict_init (&settings, NULL);
  for (int i = 1; i < argc; i++)
    {
      if (g_strv_contains (resolutions, argv[i]))
        g_variant_dict_insert (&settings, "resolution", "s", argv[i]);
      else if (g_strv_contains (orientations, argv[i]))
        g_variant_dict_insert (&settings, "orientation", "s", argv[i]);
      else
        {
          g_variant_dict_clear (&settings);
          return ahoy_ctl_usage ("%s", _("resolution wants 360p, 540p, 720p or 1080p, and landscape or portrait"));
        }
    }

  return set_video (ctl, g_variant_dict_end (&settings));
}

AhoyCtlExit
ahoy_ctl_mirror (AhoyCtl *ctl,
                 int      argc,
                 char   **argv)
{
  AhoyCtlExit status = AHOY_CTL_OK;
  gboolean on;

  if (!ahoy_ctl_begin (ctl, NULL, &argc, &argv, 1, 1, &status))
    return status;

  on = g_str_equal (argv[1], "on");
  if (!on && !g_str_equal (argv[1], "off"))
    return ahoy_ctl_usage ("%s", _("mirror wants on or off"));

  return set_video (ctl, g_variant_new_parsed ("{'mirror': <%b>}", on));
}

AhoyCtlExit
ahoy_ctl_beauty (AhoyCtl *ctl,
                 int      argc,
                 char   **argv)
{
  AhoyCtlExit status = AHOY_CTL_OK;
  guint64 level;

  if (!ahoy_ctl_begin (ctl, NULL, &argc, &argv, 1, 1, &status))
    return status;

  if (!g_ascii_string_to_unsigned (argv[1], 10, 0, 9, &level, NULL))
    return ahoy_ctl_usage ("%s", _("beauty wants a number from 0 (off) to 9"));

  return set_video (ctl, g_variant_new_parsed ("{'beauty': <%i>}", (int) level));
}

/* A picture is named from where the person stands, and read by a program that stands elsewhere. */
static GVariant *
parse_background (const char *word)
{
  static const char *const blurs[] = { "off", "low", "medium", "high" };
  g_autoptr (GFile) file = NULL;
  g_autofree char *uri = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (blurs); i++)
    if (g_str_equal (word, blurs[i]))
      return g_variant_new_parsed ("{'background-blur': <%i>}", (int) i);

  file = g_file_new_for_commandline_arg (word);
  uri = g_file_get_uri (file);

  return g_variant_new_parsed ("{'background-image': <%s>}", uri);
}

AhoyCtlExit
ahoy_ctl_background (AhoyCtl *ctl,
                     int      argc,
                     char   **argv)
{
  AhoyCtlExit status = AHOY_CTL_OK;

  if (!ahoy_ctl_begin (ctl, NULL, &argc, &argv, 1, 1, &status))
    return status;

  return set_video (ctl, parse_background (argv[1]));
}

AhoyCtlExit
ahoy_ctl_voice_isolation (AhoyCtl *ctl,
                          int      argc,
                          char   **argv)
{
  AhoyCtlExit status = AHOY_CTL_OK;
  GError *error = NULL;
  gboolean on;

  if (!ahoy_ctl_begin (ctl, NULL, &argc, &argv, 1, 1, &status))
    return status;

  on = g_str_equal (argv[1], "on");
  if (!on && !g_str_equal (argv[1], "off"))
    return ahoy_ctl_usage ("%s", _("voice-isolation wants on or off"));

  if (!ahoy_dbus_manager_call_set_audio_settings_sync (ctl->manager,
                                                       g_variant_new_parsed ("{'voice-isolation': <%b>}", on),
                                                       G_DBUS_CALL_FLAGS_NONE, -1, NULL, &error))
    return ahoy_ctl_fail (error);

  return AHOY_CTL_OK;
}
