/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "ahoy-media-private.h"
#include "ahoy-peer.h"

#include <gst/gst.h>

/* A process of its own: what is loaded once stays loaded. */

static gboolean
is_loaded (const char *plugin_name)
{
  g_autoptr (GstPlugin) plugin = gst_registry_find_plugin (gst_registry_get (), plugin_name);

  g_assert_nonnull (plugin);

  return gst_plugin_is_loaded (plugin);
}

static gboolean
on_beat (gpointer data)
{
  return G_SOURCE_CONTINUE;
}

/* The longest time between two rounds of the main loop until the warm-up is done, in ms. */
static double
run_until_warm (AhoyMedia *media)
{
  gint64 start = g_get_monotonic_time (), last = start, longest = 0;
  guint beat = g_timeout_add (1, on_beat, NULL);

  while (!ahoy_media_is_warm (media))
    {
      gint64 now;

      g_main_context_iteration (NULL, TRUE);
      now = g_get_monotonic_time ();
      longest = MAX (longest, now - last);
      last = now;
      if (now - start > 60 * G_USEC_PER_SEC)
        g_error ("The warm-up did not end within 60 s");
    }
  g_source_remove (beat);

  return longest / 1000.0;
}

static void
test_loads (void)
{
  static const char *const plugins[] = { "webrtc", "dtls", "nice", "srtp", "rtpmanager", "rtp", "vpx", "opus",
                                         "pulseaudio", "webrtcdsp" };
  g_autoptr (AhoyMedia) media = ahoy_media_new ();
  gint64 start;

  g_assert_false (is_loaded ("webrtc"));
  g_assert_false (is_loaded ("dtls"));
  start = g_get_monotonic_time ();
  ahoy_media_warm_up (media);
  ahoy_media_warm_up (media);
  g_test_message ("started in %.1f ms", (g_get_monotonic_time () - start) / 1000.0);
  g_test_message ("the main loop was held up for at most %.1f ms", run_until_warm (media));
  g_test_message ("took %.0f ms", (g_get_monotonic_time () - start) / 1000.0);
  for (guint i = 0; i < G_N_ELEMENTS (plugins); i++)
    g_assert_true (is_loaded (plugins[i]));
}

/* A call that comes while it warms up, and an end of the program in the middle of it. */
static void
test_interrupted (void)
{
  AhoyMedia *media = ahoy_media_new ();
  AhoyPeer *peer;

  ahoy_media_warm_up (media);
  peer = ahoy_peer_new (media, "early", NULL, FALSE);
  g_assert_cmpint (ahoy_peer_get_state (peer), ==, AHOY_PEER_NEW);
  ahoy_peer_close (peer);
  g_object_unref (peer);
  g_object_run_dispose (G_OBJECT (media));
  g_assert_false (ahoy_media_is_warm (media));
  g_object_unref (media);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/media/warm-up/loads", test_loads);
  g_test_add_func ("/media/warm-up/interrupted", test_interrupted);

  return g_test_run ();
}
