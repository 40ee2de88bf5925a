/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The far end of a connection in a process of its own, so that a test can stop and kill it. It answers the offer
 * that comes on standard input; lines are "D OFFER BASE64" and "C MLINE CANDIDATE". */
#include "config.h"

#include "ahoy-media.h"
#include "ahoy-peer.h"

#include <gio/gio.h>
#include <gio/gunixinputstream.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

typedef struct
{
  GMainLoop *loop;
  AhoyPeer *peer;
} Far;

static void
on_description (AhoyPeer   *peer,
                gboolean    is_offer,
                const char *sdp,
                Far        *far)
{
  g_autofree char *text = g_base64_encode ((const guchar *) sdp, strlen (sdp));

  printf ("D %d %s\n", is_offer, text);
  fflush (stdout);
}

static void
on_candidate (AhoyPeer   *peer,
              guint       mline,
              const char *candidate,
              Far        *far)
{
  printf ("C %u %s\n", mline, candidate);
  fflush (stdout);
}

static void
take_line (Far        *far,
           const char *line)
{
  if (g_str_has_prefix (line, "D 1 "))
    {
      gsize size;
      g_autofree guchar *data = g_base64_decode (line + 4, &size);
      g_autofree char *sdp = g_strndup ((const char *) data, size);

      ahoy_peer_take_description (far->peer, TRUE, sdp);
    }
  else if (g_str_has_prefix (line, "C "))
    {
      ahoy_peer_take_candidate (far->peer, atoi (line + 2), strchr (line + 2, ' ') + 1);
    }
}

static void
on_line (GObject      *source,
         GAsyncResult *result,
         gpointer      user_data)
{
  Far *far = user_data;
  g_autofree char *line = g_data_input_stream_read_line_finish (G_DATA_INPUT_STREAM (source), result, NULL, NULL);

  if (line == NULL)
    {
      g_main_loop_quit (far->loop);
      return;
    }

  take_line (far, line);
  g_data_input_stream_read_line_async (G_DATA_INPUT_STREAM (source), G_PRIORITY_DEFAULT, NULL, on_line, far);
}

int
main (void)
{
  g_autoptr (GInputStream) input = g_unix_input_stream_new (STDIN_FILENO, FALSE);
  g_autoptr (GDataInputStream) lines = g_data_input_stream_new (input);
  g_autoptr (AhoyMedia) media = ahoy_media_new ();
  Far far = { g_main_loop_new (NULL, FALSE), NULL };

  far.peer = ahoy_peer_new (media, "far", NULL, FALSE);
  g_signal_connect (far.peer, "description", G_CALLBACK (on_description), &far);
  g_signal_connect (far.peer, "candidate", G_CALLBACK (on_candidate), &far);
  ahoy_media_start (media);
  ahoy_media_set_camera_on (media, TRUE);
  ahoy_peer_set_playing (far.peer, TRUE);
  ahoy_peer_set_sending (far.peer, TRUE);
  g_data_input_stream_read_line_async (lines, G_PRIORITY_DEFAULT, NULL, on_line, &far);
  g_main_loop_run (far.loop);
  ahoy_peer_close (far.peer);
  g_object_unref (far.peer);
  ahoy_media_stop (media);
  g_main_loop_unref (far.loop);

  return 0;
}
