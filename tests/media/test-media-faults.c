/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "media-rig.h"

#include "ahoy-test-log.h"

#include <gio/gio.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>

typedef struct
{
  AhoyMedia *media;
  AhoyPeer *peer;
  GSubprocess *process;
  GDataInputStream *lines;
  GOutputStream *input;
  GCancellable *cancellable;
} FarCall;

static void
on_description (AhoyPeer   *peer,
                gboolean    is_offer,
                const char *sdp,
                FarCall    *call)
{
  g_autofree char *text = g_base64_encode ((const guchar *) sdp, strlen (sdp));

  g_output_stream_printf (call->input, NULL, NULL, NULL, "D %d %s\n", is_offer, text);
}

static void
on_candidate (AhoyPeer   *peer,
              guint       mline,
              const char *candidate,
              FarCall    *call)
{
  g_output_stream_printf (call->input, NULL, NULL, NULL, "C %u %s\n", mline, candidate);
}

static void
on_line (GObject      *source,
         GAsyncResult *result,
         gpointer      user_data)
{
  FarCall *call = user_data;
  g_autoptr (GError) error = NULL;
  g_autofree char *line = g_data_input_stream_read_line_finish (G_DATA_INPUT_STREAM (source), result, NULL, &error);

  if (line == NULL)
    return;

  if (g_str_has_prefix (line, "D 0 "))
    {
      gsize size;
      g_autofree guchar *data = g_base64_decode (line + 4, &size);
      g_autofree char *sdp = g_strndup ((const char *) data, size);

      ahoy_peer_take_description (call->peer, FALSE, sdp);
    }
  else if (g_str_has_prefix (line, "C "))
    {
      ahoy_peer_take_candidate (call->peer, atoi (line + 2), strchr (line + 2, ' ') + 1);
    }
  g_data_input_stream_read_line_async (call->lines, G_PRIORITY_DEFAULT, call->cancellable, on_line, call);
}

static void
far_call_init (FarCall *call)
{
  g_autofree char *program = g_test_build_filename (G_TEST_BUILT, "media-far-peer", NULL);
  g_autoptr (GError) error = NULL;

  memset (call, 0, sizeof *call);
  call->process = g_subprocess_new (G_SUBPROCESS_FLAGS_STDIN_PIPE | G_SUBPROCESS_FLAGS_STDOUT_PIPE, &error, program, NULL);
  g_assert_no_error (error);
  call->cancellable = g_cancellable_new ();
  call->input = g_object_ref (g_subprocess_get_stdin_pipe (call->process));
  call->lines = g_data_input_stream_new (g_subprocess_get_stdout_pipe (call->process));
  ahoy_test_forgive_gstreamer ();
  call->media = ahoy_media_new ();
  call->peer = ahoy_peer_new (call->media, "near", NULL, FALSE);
  g_signal_connect (call->peer, "description", G_CALLBACK (on_description), call);
  g_signal_connect (call->peer, "candidate", G_CALLBACK (on_candidate), call);
  g_data_input_stream_read_line_async (call->lines, G_PRIORITY_DEFAULT, call->cancellable, on_line, call);
  ahoy_media_start (call->media);
  ahoy_media_set_camera_on (call->media, TRUE);
  ahoy_peer_set_playing (call->peer, TRUE);
  ahoy_peer_set_sending (call->peer, TRUE);
  ahoy_peer_start_offer (call->peer);
  rig_wait ("a connection to another process", 15000, ahoy_peer_get_state (call->peer) == AHOY_PEER_CONNECTED);
  rig_wait ("pictures from another process", 15000, rig_frames (call->peer) > 10);
}

static void
far_call_clear (FarCall *call)
{
  g_cancellable_cancel (call->cancellable);
  g_subprocess_force_exit (call->process);
  g_subprocess_wait (call->process, NULL, NULL);
  ahoy_peer_close (call->peer);
  g_assert_finalize_object (call->peer);
  ahoy_media_stop (call->media);
  rig_run (20);
  g_assert_finalize_object (call->media);
  g_object_unref (call->lines);
  g_object_unref (call->input);
  g_object_unref (call->process);
  g_object_unref (call->cancellable);
}

static void
test_stopped_and_back (void)
{
  FarCall call;
  guint64 frames;
  gint64 stopped;

  far_call_init (&call);
  g_subprocess_send_signal (call.process, SIGSTOP);
  stopped = g_get_monotonic_time ();
  rig_wait ("the loss of the far end", 3000, ahoy_peer_get_state (call.peer) == AHOY_PEER_LOST);
  g_assert_cmpint (g_get_monotonic_time () - stopped, >, 1700 * G_TIME_SPAN_MILLISECOND);
  rig_run (2500);
  g_assert_cmpint (ahoy_peer_get_state (call.peer), ==, AHOY_PEER_LOST);

  g_subprocess_send_signal (call.process, SIGCONT);
  rig_wait ("the far end again", 5000, ahoy_peer_get_state (call.peer) == AHOY_PEER_CONNECTED);
  frames = rig_frames (call.peer);
  rig_wait ("pictures again", 15000, rig_frames (call.peer) > frames + 20);
  far_call_clear (&call);
}

static void
test_killed (void)
{
  FarCall call;

  far_call_init (&call);
  g_subprocess_force_exit (call.process);
  rig_wait ("the loss of the far end", 3000, ahoy_peer_get_state (call.peer) == AHOY_PEER_LOST);
  rig_wait ("the failure of the connection", 16000, ahoy_peer_get_state (call.peer) == AHOY_PEER_FAILED);
  far_call_clear (&call);
}

static void
test_garbage (void)
{
  static const char *const descriptions[] = { "", "v=0\r\n", "garbage", "v=0\r\nm=audio\r\n", "{\"a\":1}" };
  static const char *const candidates[] = { "", "x", "candidate:", "candidate:1 1 UDP 1 999.999.1.1 5 typ host",
                                            "candidate:1 1 UDP 1 nowhere.local 5 typ host" };
  g_autoptr (AhoyMedia) media = ahoy_media_new ();

  for (guint i = 0; i < G_N_ELEMENTS (descriptions); i++)
    for (guint offer = 0; offer < 2; offer++)
      {
        AhoyPeer *peer = ahoy_peer_new (media, "garbage", NULL, FALSE);

        if (!offer)
          {
            ahoy_peer_start_offer (peer);
            /* Let it come to its offer in some of the rounds. */
            if (i % 2)
              rig_run (50);
          }
        ahoy_peer_take_candidate (peer, 0, candidates[i]);
        ahoy_peer_take_candidate (peer, 99, candidates[i]);
        ahoy_peer_take_description (peer, offer, descriptions[i]);
        rig_wait ("failure", 3000, ahoy_peer_get_state (peer) == AHOY_PEER_FAILED);
        ahoy_peer_take_description (peer, offer, descriptions[i]);
        ahoy_peer_take_candidate (peer, 0, candidates[i]);
        ahoy_peer_close (peer);
        ahoy_peer_take_description (peer, offer, descriptions[i]);
        ahoy_peer_set_sending (peer, TRUE);
        ahoy_peer_set_playing (peer, TRUE);
        rig_run (5);
        g_assert_finalize_object (peer);
      }
}

static void
test_bad_candidates_do_no_harm (void)
{
  RigCall call;

  rig_call_init (&call);
  ahoy_peer_take_candidate (call.b, 0, "candidate:1 1 UDP 2015363327 999.1.1.1 5 typ host");
  ahoy_peer_take_candidate (call.b, 1, "candidate:1 1 UDP 2015363327 192.0.2.77 5 typ nonsense");
  ahoy_peer_take_candidate (call.b, 7, "candidate:1 1 UDP 2015363327 192.0.2.77 5 typ host");
  rig_call_connect (&call);
  rig_call_clear (&call);
}

/* Somebody who never stops telling addresses: the first ones count. */
static void
test_many_candidates (void)
{
  RigCall call;
  gint64 start;
  guint64 frames;

  rig_call_init (&call);
  rig_call_connect (&call);
  rig_call_open (&call);
  rig_wait ("pictures", 15000, rig_frames (call.b) > 5);
  start = g_get_monotonic_time ();
  for (guint i = 0; i < 50000; i++)
    {
      g_autofree char *text = g_strdup_printf ("candidate:%u 1 UDP 2015363327 192.0.2.%u %u typ host", i, i % 250 + 1,
                                               1024 + i);

      ahoy_peer_take_candidate (call.b, i % 2, text);
    }
  frames = rig_frames (call.b);
  rig_wait ("more pictures", 3000, rig_frames (call.b) > frames + 10);
  g_assert_cmpfloat ((double) (g_get_monotonic_time () - start), <, 6.0 * G_USEC_PER_SEC * ahoy_test_patience ());
  g_assert_cmpint (ahoy_peer_get_state (call.b), ==, AHOY_PEER_CONNECTED);
  rig_call_clear (&call);
}

static void
keep_offer (AhoyPeer   *peer,
            gboolean    is_offer,
            const char *sdp,
            char      **offer)
{
  if (is_offer)
    *offer = g_strdup (sdp);
}

static void
note_answer (AhoyPeer   *peer,
             gboolean    is_offer,
             const char *sdp,
             gboolean   *answered)
{
  *answered = TRUE;
}

/* One line of @lines changed in the way number @how. */
static char *
mutate (char **lines,
        guint  line,
        guint  how)
{
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; lines[i] && *lines[i]; i++)
    {
      const char *value = strpbrk (lines[i], ":=");

      if (i != line)
        g_string_append_printf (text, "%s\r\n", lines[i]);
      else if (how == 1)
        for (guint n = 0; n < 3; n++)
          g_string_append_printf (text, "%s\r\n", lines[i]);
      else if (how == 2)
        g_string_append_printf (text, "%.*s\r\n", (int) (value + 1 - lines[i]), lines[i]);
      else if (how == 3)
        for (const char *c = lines[i]; ; c++)
          {
            if (*c == '\0')
              {
                g_string_append (text, "\r\n");
                break;
              }
            if (g_ascii_isdigit (*c))
              g_string_append (text, "4294967297");
            else
              g_string_append_c (text, *c);
          }
      else if (how == 4)
        g_string_append_printf (text, "%s 127 0 %%s\r\n", lines[i]);
    }

  return g_string_free (g_steal_pointer (&text), FALSE);
}

/* Whatever line of an offer is missing, doubled, empty or out of range: it is refused or answered, without a word
 * of GStreamer's that would be an error here. */
static void
test_mutated_offers (void)
{
  g_autoptr (AhoyMedia) media = ahoy_media_new ();
  AhoyPeer *peer = ahoy_peer_new (media, "offerer", NULL, FALSE);
  g_autofree char *offer = NULL;
  g_auto (GStrv) lines = NULL;
  guint answers = 0;

  g_signal_connect (peer, "description", G_CALLBACK (keep_offer), &offer);
  ahoy_peer_start_offer (peer);
  rig_wait ("an offer", 15000, offer != NULL);
  ahoy_peer_close (peer);
  g_clear_object (&peer);
  lines = g_strsplit (offer, "\r\n", -1);
  for (guint i = 0; i < g_strv_length (lines) - 1; i++)
    for (guint how = 0; how < 5; how++)
      {
        g_autofree char *text = mutate (lines, i, how);
        gboolean answered = FALSE;

        peer = ahoy_peer_new (media, "answerer", NULL, FALSE);
        g_signal_connect (peer, "description", G_CALLBACK (note_answer), &answered);
        ahoy_peer_take_description (peer, TRUE, text);
        rig_wait (lines[i], 10000, answered || ahoy_peer_get_state (peer) == AHOY_PEER_FAILED);
        answers += answered;
        ahoy_peer_close (peer);
        g_clear_object (&peer);
      }
  g_test_message ("%u of %u were answered", answers, 5 * (g_strv_length (lines) - 1));
  g_assert_cmpuint (answers, >, 0);
}

static void
test_no_path (void)
{
  RigCall call;
  gint64 start = g_get_monotonic_time ();

  rig_call_init (&call);
  call.is_cut = TRUE;
  ahoy_peer_start_offer (call.a);
  rig_wait ("connecting", 1000, ahoy_peer_get_state (call.a) == AHOY_PEER_CONNECTING);
  rig_wait ("failure without an answer", 16000, ahoy_peer_get_state (call.a) == AHOY_PEER_FAILED);
  g_assert_cmpint (g_get_monotonic_time () - start, >, 14 * G_USEC_PER_SEC);
  rig_call_clear (&call);
}

/* Opened and closed at every moment of a connection's life. */
static void
test_close_often (void)
{
  RigCall call;

  rig_call_init (&call);
  rig_call_open (&call);
  for (guint i = 0; i < 25; i++)
    {
      rig_call_new_peers (&call);
      ahoy_peer_set_playing (call.a, TRUE);
      ahoy_peer_set_sending (call.a, TRUE);
      ahoy_peer_set_sending (call.b, TRUE);
      ahoy_peer_start_offer (call.a);
      rig_run (i * 7);
    }
  rig_call_new_peers (&call);
  rig_call_connect (&call);
  rig_call_open (&call);
  rig_wait ("a picture in the last of many connections", 15000, call.first_frames_a && call.first_frames_b);
  rig_call_clear (&call);
}

static void
test_no_sound_server (void)
{
  RigCall call;
  RigEar *ear;
  GSubprocess *voice;

  rig_stop_sound ();
  rig_call_init (&call);
  rig_call_connect (&call);
  rig_call_open (&call);
  rig_wait ("a word about the sound server", 15000, call.problems > 0);
  g_assert_cmpint (call.last_problem, ==, AHOY_MEDIA_ERROR_NO_SOUND_SERVER);
  rig_wait ("pictures without a sound server", 15000, rig_frames (call.b) > 20);
  /* Silence is sent in place of the microphone. */
  rig_wait ("packets of sound", 15000, ({ gboolean audio; g_object_get (call.b, "receiving-audio", &audio, NULL); audio; }));

  rig_start_sound ();
  voice = rig_voice_new ("feed-a", 1000);
  ear = rig_ear_new ("speaker-b");
  rig_wait ("the tone, once there is a server", 15000, rig_ear_tone (ear, 1000, 2) > 0.3);

  rig_wait ("the word to both that there is a server", 15000, call.solved == 2);

  /* And it may go and come in a call. */
  rig_ear_free (ear);
  rig_voice_free (voice);
  call.problems = 0;
  rig_stop_sound ();
  rig_wait ("a word about the dead server", 15000, call.problems > 0);
  rig_start_sound ();
  voice = rig_voice_new ("feed-a", 1000);
  ear = rig_ear_new ("speaker-b");
  rig_wait ("the tone from the new server", 15000, rig_ear_tone (ear, 1000, 2) > 0.3);
  g_assert_cmpint (ahoy_peer_get_state (call.b), ==, AHOY_PEER_CONNECTED);
  rig_ear_free (ear);
  rig_voice_free (voice);
  rig_call_clear (&call);
}

static void
test_no_camera (void)
{
  RigCall call;
  g_autofree char *camera = g_strdup (g_getenv ("AHOY_TEST_CAMERA"));

  g_setenv ("AHOY_TEST_CAMERA", "/nonexistent/camera.y4m", TRUE);
  rig_call_init (&call);
  g_setenv ("AHOY_TEST_CAMERA", camera, TRUE);
  rig_call_connect (&call);
  rig_call_open (&call);
  rig_wait ("a word about the camera", 15000, call.problems > 0);
  g_assert_cmpint (call.last_problem, ==, AHOY_MEDIA_ERROR_CAMERA_MISSING);
  rig_wait ("packets of sound", 15000, ({ gboolean audio; g_object_get (call.b, "receiving-audio", &audio, NULL); audio; }));
  g_assert_true (ahoy_media_get_camera_on (call.media_a));
  rig_call_clear (&call);

  g_unsetenv ("AHOY_TEST_CAMERA");
  rig_call_init (&call);
  g_setenv ("AHOY_TEST_CAMERA", camera, TRUE);
  rig_call_open (&call);
  g_assert_cmpuint (call.problems, ==, 2); /* one for each of the two people */
  g_assert_cmpint (call.last_problem, ==, AHOY_MEDIA_ERROR_CAMERA_MISSING);
  rig_call_clear (&call);
}

static void
test_devices (void)
{
  g_autoptr (AhoyMedia) media = ahoy_media_new ();
  AhoyDevices *devices = ahoy_media_get_devices (media);
  GListModel *microphones = ahoy_devices_get_microphones (devices);
  GListModel *speakers = ahoy_devices_get_speakers (devices);
  g_autoptr (AhoyDevice) camera = NULL;
  g_autoptr (GSubprocess) process = NULL;
  g_autofree char *module = NULL;

  rig_wait ("the microphones", 15000, g_list_model_get_n_items (microphones) == 2);
  /* The null sinks' monitors are no microphones; "feed-a" and "feed-b" are loudspeakers as well. */
  g_assert_cmpuint (g_list_model_get_n_items (speakers), ==, 4);
  camera = g_list_model_get_item (ahoy_devices_get_cameras (devices), 0);
  g_assert_cmpint (ahoy_device_get_kind (camera), ==, AHOY_DEVICE_CAMERA);
  g_assert_true (g_str_has_prefix (ahoy_device_get_id (camera), "file:"));

  process = g_subprocess_new (G_SUBPROCESS_FLAGS_STDOUT_PIPE, NULL, "pactl", "load-module", "module-null-sink",
                              "sink_name=plugged", NULL);
  g_assert_true (g_subprocess_communicate_utf8 (process, NULL, NULL, &module, NULL, NULL));
  rig_wait ("the plugged loudspeaker", 15000, g_list_model_get_n_items (speakers) == 5);
  g_clear_object (&process);
  process = g_subprocess_new (G_SUBPROCESS_FLAGS_NONE, NULL, "pactl", "unload-module", g_strstrip (module), NULL);
  g_assert_true (g_subprocess_wait_check (process, NULL, NULL));
  rig_wait ("the loudspeaker gone", 15000, g_list_model_get_n_items (speakers) == 4);
}

static void
test_switch_microphone (void)
{
  RigCall call;
  RigEar *ear;
  GSubprocess *voice_a, *voice_b;

  rig_call_init (&call);
  voice_a = rig_voice_new ("feed-a", 1000);
  voice_b = rig_voice_new ("feed-b", 1500);
  ear = rig_ear_new ("speaker-b");
  rig_call_connect (&call);
  rig_call_open (&call);
  rig_wait ("the tone of the first microphone", 20000, rig_ear_tone (ear, 1000, 2) > 0.3);
  ahoy_devices_select (ahoy_media_get_devices (call.media_a), AHOY_DEVICE_MICROPHONE, "mic-b");
  rig_wait ("the tone of the other microphone", 20000, rig_ear_tone (ear, 1500, 2) > 0.3);
  g_assert_cmpuint (call.problems, ==, 0);
  rig_ear_free (ear);
  rig_voice_free (voice_a);
  rig_voice_free (voice_b);
  rig_call_clear (&call);
}

static void
count_solved (AhoyMedia *media,
              int        code,
              int       *solved)
{
  *solved += code == AHOY_MEDIA_ERROR_MICROPHONE_MISSING;
}

/* A microphone that is not there: told once, silence is sent, and it is over when there is one again. */
static void
test_no_microphone (void)
{
  RigCall call;
  RigEar *ear;
  GSubprocess *voice;
  int solved = 0;

  rig_call_init (&call);
  g_signal_connect (call.media_a, "problem-solved", G_CALLBACK (count_solved), &solved);
  ahoy_media_stop (call.media_a);
  ahoy_devices_select (ahoy_media_get_devices (call.media_a), AHOY_DEVICE_MICROPHONE, "nobody");
  ahoy_media_start (call.media_a);
  rig_wait ("a word about the microphone", 15000, call.problems > 0);
  g_assert_cmpint (call.last_problem, ==, AHOY_MEDIA_ERROR_MICROPHONE_MISSING);
  rig_call_connect (&call);
  rig_call_open (&call);
  rig_wait ("packets of silence", 15000, ({ gboolean audio; g_object_get (call.b, "receiving-audio", &audio, NULL); audio; }));
  rig_run (5000);
  g_assert_cmpuint (call.problems, ==, 1);
  g_assert_cmpint (solved, ==, 0);

  voice = rig_voice_new ("feed-a", 1000);
  ear = rig_ear_new ("speaker-b");
  ahoy_devices_select (ahoy_media_get_devices (call.media_a), AHOY_DEVICE_MICROPHONE, "mic-a");
  rig_wait ("the tone of a microphone that is there", 20000, rig_ear_tone (ear, 1000, 2) > 0.3);
  rig_wait ("the word that all is well", 5000, solved == 1);
  rig_ear_free (ear);
  rig_voice_free (voice);
  rig_call_clear (&call);
}

int
main (int   argc,
      char *argv[])
{
  int status;

  g_test_init (&argc, &argv, NULL);
  rig_init ();
  g_test_add_func ("/media/faults/stopped-and-back", test_stopped_and_back);
  g_test_add_func ("/media/faults/killed", test_killed);
  g_test_add_func ("/media/faults/garbage", test_garbage);
  g_test_add_func ("/media/faults/mutated-offers", test_mutated_offers);
  g_test_add_func ("/media/faults/many-candidates", test_many_candidates);
  g_test_add_func ("/media/faults/bad-candidates", test_bad_candidates_do_no_harm);
  g_test_add_func ("/media/faults/no-path", test_no_path);
  g_test_add_func ("/media/faults/close-often", test_close_often);
  g_test_add_func ("/media/devices/list", test_devices);
  g_test_add_func ("/media/devices/no-sound-server", test_no_sound_server);
  g_test_add_func ("/media/devices/no-microphone", test_no_microphone);
  g_test_add_func ("/media/devices/no-camera", test_no_camera);
  g_test_add_func ("/media/devices/switch-microphone", test_switch_microphone);
  status = g_test_run ();
  rig_finish ();

  return status;
}
