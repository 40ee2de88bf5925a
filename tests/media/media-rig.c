/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "media-rig.h"

#include "ahoy-test-log.h"

#include <gio/gio.h>
#include <glib/gstdio.h>
#include <math.h>
#include <signal.h>
#include <string.h>
#include <sys/prctl.h>

#define RATE 48000
#define WINDOW (RATE / 20)

static char *folder;
static GSubprocess *pulse;

struct _RigEar
{
  GSubprocess *recorder;
  char *path;
};

static gboolean
on_wake_up (gpointer data)
{
  return G_SOURCE_CONTINUE;
}

void
rig_iterate (void)
{
  guint id = g_timeout_add (5, on_wake_up, NULL);

  g_main_context_iteration (NULL, TRUE);
  g_source_remove (id);
}

void
rig_run (guint ms)
{
  gint64 end = g_get_monotonic_time () + ms * G_TIME_SPAN_MILLISECOND;

  while (g_get_monotonic_time () < end)
    rig_iterate ();
}

const char *
rig_path (const char *name)
{
  static char *paths[4];
  static guint next;
  char **slot = &paths[next++ % G_N_ELEMENTS (paths)];

  g_free (*slot);
  *slot = g_build_filename (folder, name, NULL);

  return *slot;
}

static void
die_with_parent (gpointer data)
{
  prctl (PR_SET_PDEATHSIG, SIGKILL);
}

static GSubprocess *
spawn (const char *output,
       ...)
{
  g_autoptr (GSubprocessLauncher) launcher = NULL;
  g_autoptr (GPtrArray) argv = g_ptr_array_new ();
  g_autoptr (GError) error = NULL;
  GSubprocess *process;
  va_list args;

  va_start (args, output);
  for (char *arg = va_arg (args, char *); arg; arg = va_arg (args, char *))
    g_ptr_array_add (argv, arg);
  va_end (args);
  g_ptr_array_add (argv, NULL);

  launcher = g_subprocess_launcher_new (output ? G_SUBPROCESS_FLAGS_NONE : G_SUBPROCESS_FLAGS_STDOUT_SILENCE);
  /* The sanitizers are for us. */
  g_subprocess_launcher_unsetenv (launcher, "LD_PRELOAD");
  g_subprocess_launcher_set_child_setup (launcher, die_with_parent, NULL, NULL);
  if (output)
    g_subprocess_launcher_set_stdout_file_path (launcher, output);
  g_subprocess_launcher_set_stderr_file_path (launcher, rig_path ("stderr"));
  process = g_subprocess_launcher_spawnv (launcher, (const char *const *) argv->pdata, &error);
  g_assert_no_error (error);

  return process;
}

static void
run (GSubprocess *process)
{
  g_autoptr (GError) error = NULL;

  g_subprocess_wait_check (process, NULL, &error);
  g_assert_no_error (error);
  g_object_unref (process);
}

static void
end (GSubprocess **process)
{
  if (*process == NULL)
    return;

  g_subprocess_force_exit (*process);
  g_subprocess_wait (*process, NULL, NULL);
  g_clear_object (process);
}

static gboolean
sound_is_up (void)
{
  g_autoptr (GSubprocess) process = spawn (NULL, "pactl", "info", NULL);

  return g_subprocess_wait_check (process, NULL, NULL);
}

void
rig_start_sound (void)
{
  g_autofree char *script = NULL;
  g_autofree char *socket = g_build_filename (folder, "pulse.socket", NULL);
  g_autoptr (GError) error = NULL;
  GString *text = g_string_new (NULL);

  g_string_append_printf (text, "load-module module-native-protocol-unix auth-anonymous=1 socket=%s\n", socket);
  for (char who = 'a'; who <= 'b'; who++)
    g_string_append_printf (text,
                            "load-module module-null-sink sink_name=speaker-%c rate=48000\n"
                            "load-module module-null-sink sink_name=feed-%c rate=48000\n"
                            "load-module module-remap-source master=feed-%c.monitor source_name=mic-%c\n",
                            who, who, who, who);
  g_string_append (text, "set-default-sink speaker-a\nset-default-source mic-a\n");
  script = g_strdup (rig_path ("pulse.pa"));
  g_file_set_contents (script, text->str, -1, &error);
  g_assert_no_error (error);
  g_string_free (text, TRUE);
  g_unlink (socket);
  pulse = spawn (NULL, "pulseaudio", "-n", "--daemonize=no", "--use-pid-file=no", "--exit-idle-time=-1",
                 "--realtime=no", "--high-priority=no", "--disallow-exit", "-F", script, NULL);
  rig_wait ("the sound server", 20000, sound_is_up ());
}

void
rig_stop_sound (void)
{
  end (&pulse);
}

void
rig_make_clip (const char *name,
               const char *size,
               const char *frames)
{
  const char *root = g_getenv ("AHOY_SOURCE_ROOT");
  g_autofree char *maker = NULL;
  g_autofree char *clip = NULL;

  g_assert_nonnull (root);
  clip = g_strdup (rig_path (name));
  maker = g_build_filename (root, "tests", "support", "make-clip.py", NULL);
  run (spawn (NULL, "/usr/bin/python3", maker, "--size", size, "--frames", frames, clip, NULL));
  g_setenv ("AHOY_TEST_CAMERA", clip, TRUE);
}

void
rig_init (void)
{
  g_autofree char *server = NULL;

  folder = g_dir_make_tmp ("ahoy-media-XXXXXX", NULL);
  g_assert_nonnull (folder);
  server = g_strconcat ("unix:", folder, "/pulse.socket", NULL);
  g_setenv ("PULSE_SERVER", server, TRUE);
  g_setenv ("XDG_RUNTIME_DIR", folder, TRUE);
  g_setenv ("HOME", folder, TRUE);

  rig_make_clip ("clip.y4m", "640x360", "90");
  rig_start_sound ();
}

void
rig_finish (void)
{
  g_autoptr (GDir) dir = NULL;
  const char *name;

  rig_stop_sound ();
  dir = g_dir_open (folder, 0, NULL);
  while (dir && (name = g_dir_read_name (dir)))
    g_unlink (rig_path (name));
  g_rmdir (folder);
}

RigEar *
rig_ear_new (const char *sink)
{
  RigEar *ear = g_new0 (RigEar, 1);
  g_autofree char *device = g_strconcat ("--device=", sink, ".monitor", NULL);
  g_autofree char *name = g_strdup_printf ("ear-%u.raw", g_random_int ());

  ear->path = g_strdup (rig_path (name));
  ear->recorder = spawn (ear->path, "parec", device, "--format=s16le", "--rate=48000", "--channels=1",
                         "--latency-msec=30", NULL);

  return ear;
}

void
rig_ear_free (RigEar *ear)
{
  end (&ear->recorder);
  g_unlink (ear->path);
  g_free (ear->path);
  g_free (ear);
}

/* Whether the tone has more power than everything else in the window together. */
static gboolean
has_tone (const gint16 *samples,
          double        frequency)
{
  double total = 0, best = 0;

  for (guint i = 0; i < WINDOW; i++)
    total += (double) samples[i] * samples[i];
  for (double f = frequency - 10; f <= frequency + 10; f += 10)
    {
      double re = 0, im = 0;

      for (guint i = 0; i < WINDOW; i++)
        {
          re += samples[i] * cos (2 * G_PI * f * i / RATE);
          im += samples[i] * sin (2 * G_PI * f * i / RATE);
        }
      best = MAX (best, 2 * (re * re + im * im) / WINDOW);
    }

  return total > WINDOW * 30.0 * 30.0 && best > total / 2;
}

double
rig_ear_tone (RigEar *ear,
              double  frequency,
              double  seconds)
{
  g_autofree char *data = NULL;
  gsize size = 0, n, first;
  guint found = 0;

  if (!g_file_get_contents (ear->path, &data, &size, NULL))
    return 0;

  n = size / 2;
  first = n > seconds * RATE ? n - seconds * RATE : 0;
  for (gsize at = first; at + WINDOW <= n; at += WINDOW)
    found += has_tone ((const gint16 *) (gpointer) data + at, frequency);

  return (double) found * WINDOW / RATE;
}

GSubprocess *
rig_voice_new (const char *sink,
               double      frequency)
{
  g_autoptr (GByteArray) samples = g_byte_array_new ();
  g_autofree char *device = g_strconcat ("--device=", sink, NULL);
  g_autofree char *name = g_strdup_printf ("voice-%u.raw", g_random_int ());
  g_autofree char *path = g_strdup (rig_path (name));

  /* Bursts of 300 ms twice a second for 40 s. */
  for (guint i = 0; i < 40 * RATE; i++)
    {
      gint16 sample = i % (RATE / 2) < RATE * 3 / 10 ? 10000 * sin (2 * G_PI * frequency * i / RATE) : 0;

      g_byte_array_append (samples, (const guint8 *) &sample, 2);
    }
  g_file_set_contents (path, (const char *) samples->data, samples->len, NULL);

  return spawn (NULL, "pacat", "--playback", device, "--format=s16le", "--rate=48000", "--channels=1",
                "--latency-msec=50", path, NULL);
}

void
rig_voice_free (GSubprocess *voice)
{
  end (&voice);
}

static void
on_description (AhoyPeer   *peer,
                gboolean    is_offer,
                const char *sdp,
                RigCall    *call)
{
  if (!call->is_cut)
    ahoy_peer_take_description (peer == call->a ? call->b : call->a, is_offer, sdp);
}

static void
on_candidate (AhoyPeer   *peer,
              guint       mline,
              const char *candidate,
              RigCall    *call)
{
  if (!call->is_cut)
    ahoy_peer_take_candidate (peer == call->a ? call->b : call->a, mline, candidate);
}

static void
on_first_frame (AhoyPeer *peer,
                RigCall  *call)
{
  *(peer == call->a ? &call->first_frames_a : &call->first_frames_b) += 1;
}

static void
on_first_audio (AhoyPeer *peer,
                RigCall  *call)
{
  *(peer == call->a ? &call->first_audio_a : &call->first_audio_b) += 1;
}

static void
on_problem (AhoyMedia *media,
            GError    *error,
            RigCall   *call)
{
  call->problems++;
  call->last_problem = error->code;
}

static void
on_problem_solved (AhoyMedia *media,
                   int        code,
                   RigCall   *call)
{
  call->solved++;
}

void
rig_call_new_peers (RigCall *call)
{
  AhoyPeer *peers[2];

  if (call->a)
    ahoy_peer_close (call->a);
  if (call->b)
    ahoy_peer_close (call->b);
  g_clear_object (&call->a);
  g_clear_object (&call->b);
  call->first_frames_a = call->first_frames_b = call->first_audio_a = call->first_audio_b = 0;
  call->a = ahoy_peer_new (call->media_a, "a", NULL, FALSE);
  call->b = ahoy_peer_new (call->media_b, "b", NULL, FALSE);
  peers[0] = call->a;
  peers[1] = call->b;
  for (guint i = 0; i < 2; i++)
    {
      g_signal_connect (peers[i], "description", G_CALLBACK (on_description), call);
      g_signal_connect (peers[i], "candidate", G_CALLBACK (on_candidate), call);
      g_signal_connect (peers[i], "first-frame", G_CALLBACK (on_first_frame), call);
      g_signal_connect (peers[i], "first-audio", G_CALLBACK (on_first_audio), call);
    }
}

void
rig_call_init (RigCall *call)
{
  memset (call, 0, sizeof *call);
  ahoy_test_forgive_gstreamer ();
  call->media_a = ahoy_media_new ();
  call->media_b = ahoy_media_new ();
  g_signal_connect (call->media_a, "problem-solved", G_CALLBACK (on_problem_solved), call);
  g_signal_connect (call->media_b, "problem-solved", G_CALLBACK (on_problem_solved), call);
  g_signal_connect (call->media_a, "problem", G_CALLBACK (on_problem), call);
  g_signal_connect (call->media_b, "problem", G_CALLBACK (on_problem), call);
  ahoy_devices_select (ahoy_media_get_devices (call->media_a), AHOY_DEVICE_MICROPHONE, "mic-a");
  ahoy_devices_select (ahoy_media_get_devices (call->media_a), AHOY_DEVICE_SPEAKER, "speaker-a");
  ahoy_devices_select (ahoy_media_get_devices (call->media_b), AHOY_DEVICE_MICROPHONE, "mic-b");
  ahoy_devices_select (ahoy_media_get_devices (call->media_b), AHOY_DEVICE_SPEAKER, "speaker-b");
  ahoy_media_start (call->media_a);
  ahoy_media_start (call->media_b);
  rig_call_new_peers (call);
}

void
rig_call_connect (RigCall *call)
{
  ahoy_peer_start_offer (call->a);
  rig_wait ("a connection of both", 20000,
            ahoy_peer_get_state (call->a) == AHOY_PEER_CONNECTED && ahoy_peer_get_state (call->b) == AHOY_PEER_CONNECTED);
}

void
rig_call_open (RigCall *call)
{
  ahoy_media_set_camera_on (call->media_a, TRUE);
  ahoy_media_set_camera_on (call->media_b, TRUE);
  ahoy_peer_set_playing (call->a, TRUE);
  ahoy_peer_set_playing (call->b, TRUE);
  ahoy_peer_set_sending (call->a, TRUE);
  ahoy_peer_set_sending (call->b, TRUE);
}

static void
assert_gone (gpointer *object)
{
  gpointer watched = *object;

  g_object_add_weak_pointer (watched, &watched);
  g_clear_object (object);
  /* What was posted to the main context may still hold it for a moment. */
  rig_wait ("the end of an object", 15000, watched == NULL);
}

void
rig_call_clear (RigCall *call)
{
  ahoy_peer_close (call->a);
  ahoy_peer_close (call->b);
  assert_gone ((gpointer *) &call->a);
  assert_gone ((gpointer *) &call->b);
  ahoy_media_set_camera_on (call->media_a, FALSE);
  ahoy_media_set_camera_on (call->media_b, FALSE);
  ahoy_media_stop (call->media_a);
  ahoy_media_stop (call->media_b);
  assert_gone ((gpointer *) &call->media_a);
  assert_gone ((gpointer *) &call->media_b);
}

guint64
rig_frames (AhoyPeer *peer)
{
  AhoyPeerStats stats;

  ahoy_peer_get_stats (peer, &stats);

  return stats.frames_received;
}
