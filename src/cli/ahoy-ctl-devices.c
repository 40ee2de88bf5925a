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
