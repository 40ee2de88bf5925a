/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "ahoy-media-problem.h"

#include <string.h>

G_DEFINE_QUARK (ahoy-media-error-quark, ahoy_media_error)

static const struct
{
  const char *factory;
  const char *package;
} packages[] = {
  { "webrtcbin", "gstreamer1.0-plugins-bad" },
  { "webrtcdsp", "gstreamer1.0-plugins-bad" },
  { "webrtcechoprobe", "gstreamer1.0-plugins-bad" },
  { "dtlsdec", "gstreamer1.0-plugins-bad" },
  { "srtpdec", "gstreamer1.0-plugins-bad" },
  { "openh264enc", "gstreamer1.0-plugins-bad" },
  { "nicesrc", "gstreamer1.0-nice" },
  { "pulsesrc", "gstreamer1.0-pulseaudio" },
  { "pulsesink", "gstreamer1.0-pulseaudio" },
  { "vp8enc", "gstreamer1.0-plugins-good" },
  { "vp8dec", "gstreamer1.0-plugins-good" },
  { "rtpbin", "gstreamer1.0-plugins-good" },
  { "rtpvp8pay", "gstreamer1.0-plugins-good" },
  { "rtpopuspay", "gstreamer1.0-plugins-good" },
  { "v4l2src", "gstreamer1.0-plugins-good" },
  { "x264enc", "gstreamer1.0-plugins-ugly" },
  { "avdec_h264", "gstreamer1.0-libav" },
};

/* The texts of pulsesrc and pulsesink are not translated. Losing a stream of a living server reads
 * "Failed to connect stream". */
gboolean
ahoy_media_problem_is_no_server (const GError *error)
{
  return g_str_has_prefix (error->message, "Failed to connect: ") ||
         g_str_has_prefix (error->message, "Disconnected: ") ||
         g_str_has_suffix (error->message, ": Connection terminated");
}

GError *
ahoy_media_problem_new_missing (const char *factory)
{
  const char *package = "gstreamer1.0-plugins-base";

  for (guint i = 0; i < G_N_ELEMENTS (packages); i++)
    if (strcmp (packages[i].factory, factory) == 0)
      package = packages[i].package;

  return g_error_new (AHOY_MEDIA_ERROR, AHOY_MEDIA_ERROR_PLUGIN_MISSING, "%s (%s)", factory, package);
}

const char *
ahoy_media_problem_find_missing (const char *const *factories)
{
  for (guint i = 0; factories[i]; i++)
    {
      /* Not gst_element_factory_exists (): it compares version numbers, and libnice has its own. */
      g_autoptr (GstElementFactory) factory = gst_element_factory_find (factories[i]);

      if (factory == NULL)
        return factories[i];
    }

  return NULL;
}
