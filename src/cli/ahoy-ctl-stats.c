/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ahoy-ctl-commands.h"
#include "ahoy-ctl-output.h"

#include <glib/gi18n.h>

static double
number (GVariant   *stats,
        const char *key)
{
  double value = 0;

  g_variant_lookup (stats, key, "d", &value);

  return value;
}

static void
print_stats (const char *user,
             GVariant   *stats)
{
  gint32 width = 0;
  gint32 height = 0;

  g_variant_lookup (stats, "frameWidth", "i", &width);
  g_variant_lookup (stats, "frameHeight", "i", &height);

  /* Translators: a person, size and rate of their picture, bit rates, lost packets, time there and back */
  ahoy_ctl_print (_("%s: %d×%d, %.0f pictures/s, %.0f kbit/s in, %.0f kbit/s out, %.1f %% lost, %.0f ms"), user, width,
                  height, number (stats, "framesPerSecond"), number (stats, "receiveBitrate") / 1000,
                  number (stats, "sendBitrate") / 1000, number (stats, "fractionLost") * 100,
                  MAX (number (stats, "roundTripTime"), 0) * 1000);
}

static void
print_stats_json (const char *user,
                  GVariant   *stats)
{
  GVariantDict dict;

  g_variant_dict_init (&dict, stats);
  g_variant_dict_insert (&dict, "user", "s", user);
  ahoy_ctl_print_json (g_variant_dict_end (&dict));
}

AhoyCtlExit
ahoy_ctl_stats (AhoyCtl *ctl,
                int      argc,
                char   **argv)
{
  g_autoptr (AhoyDbusCall) call = NULL;
  g_autoptr (GVariant) everybody = NULL;
  AhoyCtlExit status = AHOY_CTL_OK;
  GError *error = NULL;
  GVariantIter iter;
  GVariant *stats;
  const char *user;

  if (!ahoy_ctl_begin (ctl, NULL, &argc, &argv, 0, 1, &status))
    return status;

  call = ahoy_ctl_find_call (ctl, AHOY_CTL_CALL_LIVE, argv[1], &status);
  if (!call)
    return status;

  if (!ahoy_dbus_call_call_get_stats_sync (call, G_DBUS_CALL_FLAGS_NONE, -1, &everybody, NULL, &error))
    return ahoy_ctl_fail (error);

  g_variant_iter_init (&iter, everybody);
  while (g_variant_iter_loop (&iter, "{&s@a{sv}}", &user, &stats))
    {
      if (ctl->json)
        print_stats_json (user, stats);
      else
        print_stats (user, stats);
    }

  return AHOY_CTL_OK;
}
