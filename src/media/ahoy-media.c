/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "ahoy-media-private.h"

#include "ahoy-denoiser.h"
#include "ahoy-device-private.h"
#include "ahoy-media-problem.h"
#include "ahoy-peer-list.h"
#include "ahoy-peer-remains.h"
#include "ahoy-video-codec.h"
#include "ahoy-warm-up.h"

#define MAX_ENDERS 4

struct _AhoyMedia
{
  GObject parent_instance;

  AhoyDevices *devices;            /* (owned) */
  AhoyPlayback *playback;          /* (owned) */
  AhoyCaptureAudio *capture_audio; /* (owned) */
  AhoyCaptureVideo *capture_video; /* (owned) */
  AhoyVideoSettings *video_settings; /* (owned) */
  AhoyPeerList *peers;             /* (owned) */
  GHashTable *problems;            /* code → how many parts have it */
  AhoyWarmUp *warm_up;             /* (owned) (nullable), once it was asked for */
  GThreadPool *enders;             /* (owned) (nullable), from the first use: lets go of AhoyPeerRemains */
  int start_count;
  int input_level;
  gboolean is_microphone_on;
  gboolean is_isolating;
  gboolean is_camera_on;
};

G_DEFINE_FINAL_TYPE (AhoyMedia, ahoy_media, G_TYPE_OBJECT)

enum
{
  PROP_0,
  PROP_MICROPHONE_ON,
  PROP_CAMERA_ON,
  PROP_INPUT_LEVEL,
  PROP_SELF_VIEW,
  PROP_DEVICES,
  PROP_VIDEO_SETTINGS,
  PROP_VOICE_ISOLATION,
  PROP_VOICE_ISOLATION_AVAILABLE,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

enum
{
  SIGNAL_PROBLEM,
  SIGNAL_PROBLEM_SOLVED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

/* Microphone and loudspeaker may have the same trouble: it is told once, and solved when neither has it. */
static int
add_to_problem (AhoyMedia *self,
                int        code,
                int        change)
{
  int count = GPOINTER_TO_INT (g_hash_table_lookup (self->problems, GINT_TO_POINTER (code))) + change;

  g_hash_table_insert (self->problems, GINT_TO_POINTER (code), GINT_TO_POINTER (count));

  return count;
}

static void
on_problem (AhoyMedia *self,
            GError    *error)
{
  if (add_to_problem (self, error->code, 1) > 1)
    return;

  g_debug ("Problem %d: %s", error->code, error->message);
  g_signal_emit (self, signals[SIGNAL_PROBLEM], 0, error);
}

static void
on_problem_solved (AhoyMedia *self,
                   int        code)
{
  if (add_to_problem (self, code, -1) > 0)
    return;

  if (code == AHOY_MEDIA_ERROR_NO_SOUND_SERVER && self->start_count > 0)
    ahoy_devices_refresh (self->devices);

  g_signal_emit (self, signals[SIGNAL_PROBLEM_SOLVED], 0, code);
}

static void
on_level (AhoyMedia *self,
          int        level)
{
  self->input_level = level;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_INPUT_LEVEL]);
}

static void
on_cameras_changed (AhoyMedia *self)
{
  ahoy_capture_video_set_camera (self->capture_video, self->is_camera_on,
                                 ahoy_devices_get_current (self->devices, AHOY_DEVICE_CAMERA));
}

/* Without a choice the sound server decides, so that its own rules and the environment hold. */
static void
on_microphone_selected (AhoyMedia *self)
{
  ahoy_capture_audio_set_device (self->capture_audio,
                                 ahoy_devices_get_selected (self->devices, AHOY_DEVICE_MICROPHONE));
}

static void
on_speaker_selected (AhoyMedia *self)
{
  ahoy_playback_set_device (self->playback, ahoy_devices_get_selected (self->devices, AHOY_DEVICE_SPEAKER));
}

static void
ahoy_media_constructed (GObject *object)
{
  AhoyMedia *self = AHOY_MEDIA (object);
  GObject *parts[3];

  G_OBJECT_CLASS (ahoy_media_parent_class)->constructed (object);

  gst_init (NULL, NULL);
  self->devices = ahoy_devices_new ();
  self->playback = ahoy_playback_new ();
  self->capture_audio = ahoy_capture_audio_new (ahoy_playback_get_probe_name (self->playback));
  self->capture_video = ahoy_capture_video_new (self->video_settings);

  parts[0] = G_OBJECT (self->playback);
  parts[1] = G_OBJECT (self->capture_audio);
  parts[2] = G_OBJECT (self->capture_video);
  for (guint i = 0; i < G_N_ELEMENTS (parts); i++)
    {
      g_signal_connect_object (parts[i], "problem", G_CALLBACK (on_problem), self, G_CONNECT_SWAPPED);
      g_signal_connect_object (parts[i], "problem-solved", G_CALLBACK (on_problem_solved), self, G_CONNECT_SWAPPED);
    }
  g_signal_connect_object (self->playback, "rebuilt", G_CALLBACK (ahoy_capture_audio_rebuild), self->capture_audio,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->capture_audio, "level", G_CALLBACK (on_level), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (ahoy_devices_get_cameras (self->devices), "items-changed", G_CALLBACK (on_cameras_changed),
                           self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->devices, "notify::camera", G_CALLBACK (on_cameras_changed), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->devices, "notify::microphone", G_CALLBACK (on_microphone_selected), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->devices, "notify::speaker", G_CALLBACK (on_speaker_selected), self, G_CONNECT_SWAPPED);
}

static void
ahoy_media_dispose (GObject *object)
{
  AhoyMedia *self = AHOY_MEDIA (object);

  g_clear_pointer (&self->warm_up, ahoy_warm_up_free);
  if (self->enders)
    g_thread_pool_free (g_steal_pointer (&self->enders), FALSE, TRUE);
  if (self->capture_audio)
    g_object_run_dispose (G_OBJECT (self->capture_audio));
  if (self->capture_video)
    g_object_run_dispose (G_OBJECT (self->capture_video));
  if (self->playback)
    g_object_run_dispose (G_OBJECT (self->playback));
  if (self->devices)
    g_object_run_dispose (G_OBJECT (self->devices));

  G_OBJECT_CLASS (ahoy_media_parent_class)->dispose (object);
}

static void
ahoy_media_finalize (GObject *object)
{
  AhoyMedia *self = AHOY_MEDIA (object);

  g_clear_object (&self->capture_audio);
  g_clear_object (&self->capture_video);
  g_clear_object (&self->video_settings);
  g_clear_object (&self->playback);
  g_clear_object (&self->devices);
  ahoy_peer_list_free (self->peers);
  g_hash_table_unref (self->problems);

  G_OBJECT_CLASS (ahoy_media_parent_class)->finalize (object);
}

static void
ahoy_media_get_property (GObject    *object,
                         guint       prop_id,
                         GValue     *value,
                         GParamSpec *pspec)
{
  AhoyMedia *self = AHOY_MEDIA (object);

  switch (prop_id)
    {
    case PROP_MICROPHONE_ON:
      g_value_set_boolean (value, self->is_microphone_on);
      break;

    case PROP_CAMERA_ON:
      g_value_set_boolean (value, self->is_camera_on);
      break;

    case PROP_INPUT_LEVEL:
      g_value_set_int (value, self->input_level);
      break;

    case PROP_SELF_VIEW:
      g_value_set_object (value, ahoy_media_get_self_view (self));
      break;

    case PROP_DEVICES:
      g_value_set_object (value, self->devices);
      break;

    case PROP_VIDEO_SETTINGS:
      g_value_set_object (value, self->video_settings);
      break;

    case PROP_VOICE_ISOLATION:
      g_value_set_boolean (value, self->is_isolating);
      break;

    case PROP_VOICE_ISOLATION_AVAILABLE:
      g_value_set_boolean (value, ahoy_media_get_voice_isolation_available (self));
      break;

    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
ahoy_media_set_property (GObject      *object,
                         guint         prop_id,
                         const GValue *value,
                         GParamSpec   *pspec)
{
  AhoyMedia *self = AHOY_MEDIA (object);

  switch (prop_id)
    {
    case PROP_MICROPHONE_ON:
      ahoy_media_set_microphone_on (self, g_value_get_boolean (value));
      break;

    case PROP_CAMERA_ON:
      ahoy_media_set_camera_on (self, g_value_get_boolean (value));
      break;

    case PROP_VOICE_ISOLATION:
      ahoy_media_set_voice_isolation (self, g_value_get_boolean (value));
      break;

    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
ahoy_media_class_init (AhoyMediaClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  const GParamFlags readable = G_PARAM_READABLE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY;
  const GParamFlags writable = readable | G_PARAM_WRITABLE;

  object_class->constructed = ahoy_media_constructed;
  object_class->dispose = ahoy_media_dispose;
  object_class->finalize = ahoy_media_finalize;
  object_class->get_property = ahoy_media_get_property;
  object_class->set_property = ahoy_media_set_property;

  /**
   * AhoyMedia:microphone-on:
   *
   * Whether what the microphone hears is sent; else silence is.
   */
  properties[PROP_MICROPHONE_ON] = g_param_spec_boolean ("microphone-on", NULL, NULL, TRUE, writable);
  /**
   * AhoyMedia:camera-on:
   *
   * Opens and closes the camera.
   */
  properties[PROP_CAMERA_ON] = g_param_spec_boolean ("camera-on", NULL, NULL, FALSE, writable);
  /**
   * AhoyMedia:input-level:
   *
   * How loud the microphone is, 0 to 100, ten times a second while it runs.
   */
  properties[PROP_INPUT_LEVEL] = g_param_spec_int ("input-level", NULL, NULL, 0, 100, 0, readable);
  /**
   * AhoyMedia:self-view:
   *
   * The own picture, not mirrored.
   */
  properties[PROP_SELF_VIEW] = g_param_spec_object ("self-view", NULL, NULL, AHOY_TYPE_VIDEO_TRACK, readable);
  /**
   * AhoyMedia:devices:
   *
   * The cameras, microphones and loudspeakers of this machine.
   */
  properties[PROP_DEVICES] = g_param_spec_object ("devices", NULL, NULL, AHOY_TYPE_DEVICES, readable);
  /**
   * AhoyMedia:video-settings:
   *
   * How the own picture is sent; the same object for ever.
   */
  properties[PROP_VIDEO_SETTINGS] = g_param_spec_object ("video-settings", NULL, NULL, AHOY_TYPE_VIDEO_SETTINGS,
                                                         readable);
  /**
   * AhoyMedia:voice-isolation:
   *
   * Whether everything but the voice is taken out of what the microphone hears: fans, keyboards, traffic. It costs some
   * 4 % of a processor's core, and the sound is 20 ms later. Even noise is softened without it as well.
   */
  properties[PROP_VOICE_ISOLATION] = g_param_spec_boolean ("voice-isolation", NULL, NULL, FALSE, writable);
  /**
   * AhoyMedia:voice-isolation-available:
   *
   * Whether this build of Ahoy can do that.
   */
  properties[PROP_VOICE_ISOLATION_AVAILABLE] = g_param_spec_boolean ("voice-isolation-available", NULL, NULL, FALSE,
                                                                     readable);

  g_object_class_install_properties (object_class, N_PROPS, properties);

  /**
   * AhoyMedia::problem:
   * @self: the media of this process
   * @error: an error of #AHOY_MEDIA_ERROR
   *
   * A device failed or is not there. The call goes on without it, and it is tried again.
   */
  signals[SIGNAL_PROBLEM] = g_signal_new ("problem", AHOY_TYPE_MEDIA, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                          G_TYPE_NONE, 1, G_TYPE_ERROR);
  /**
   * AhoyMedia::problem-solved:
   * @self: the media of this process
   * @code: an #AhoyMediaError that was told before
   *
   * What [signal@Media::problem] said is over.
   */
  signals[SIGNAL_PROBLEM_SOLVED] = g_signal_new ("problem-solved", AHOY_TYPE_MEDIA, G_SIGNAL_RUN_LAST, 0,
                                                 NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_INT);
}

static void
ahoy_media_init (AhoyMedia *self)
{
  self->is_microphone_on = TRUE;
  self->video_settings = ahoy_video_settings_new ();
  self->peers = ahoy_peer_list_new ();
  self->problems = g_hash_table_new (NULL, NULL);
}

/**
 * ahoy_media_new:
 *
 * Opens nothing yet.
 *
 * Returns: (transfer full): capture and playback
 */
AhoyMedia *
ahoy_media_new (void)
{
  return g_object_new (AHOY_TYPE_MEDIA, NULL);
}

/**
 * ahoy_media_warm_up:
 * @self: the media of this process
 *
 * Loads in a thread what a call needs, so that the first connection is made as fast as later ones. To be called
 * once when there is time; opens no device and sends nothing.
 */
void
ahoy_media_warm_up (AhoyMedia *self)
{
  g_return_if_fail (AHOY_IS_MEDIA (self));

  if (self->warm_up == NULL)
    self->warm_up = ahoy_warm_up_new ();
}

/**
 * ahoy_media_get_devices:
 * @self: the media of this process
 *
 * Returns: (transfer none): the cameras, microphones and loudspeakers of this machine
 */
AhoyDevices *
ahoy_media_get_devices (AhoyMedia *self)
{
  g_return_val_if_fail (AHOY_IS_MEDIA (self), NULL);

  return self->devices;
}

/**
 * ahoy_media_get_self_view:
 * @self: the media of this process
 *
 * Returns: (transfer none): the own picture, for ever the same object
 */
AhoyVideoTrack *
ahoy_media_get_self_view (AhoyMedia *self)
{
  g_return_val_if_fail (AHOY_IS_MEDIA (self), NULL);

  return ahoy_capture_video_get_self_view (self->capture_video);
}

/**
 * ahoy_media_get_video_settings:
 * @self: capture and playback
 *
 * Returns: (transfer none): how the own picture is sent; changes take effect while the camera runs
 */
AhoyVideoSettings *
ahoy_media_get_video_settings (AhoyMedia *self)
{
  g_return_val_if_fail (AHOY_IS_MEDIA (self), NULL);

  return self->video_settings;
}

/**
 * ahoy_media_start:
 * @self: the media of this process
 *
 * Begins to capture sound. Counted: it runs until as many stops.
 */
void
ahoy_media_start (AhoyMedia *self)
{
  g_return_if_fail (AHOY_IS_MEDIA (self));

  if (self->start_count++ > 0)
    return;

  /* Playback first: the echo canceller looks for its probe when it starts. */
  ahoy_playback_start (self->playback);
  ahoy_capture_audio_start (self->capture_audio);
}

/**
 * ahoy_media_stop:
 * @self: the media of this process
 *
 * Takes one [method@Media.start] back.
 */
void
ahoy_media_stop (AhoyMedia *self)
{
  g_return_if_fail (AHOY_IS_MEDIA (self));
  g_return_if_fail (self->start_count > 0);

  if (--self->start_count > 0)
    return;

  ahoy_capture_audio_stop (self->capture_audio);
  ahoy_playback_stop (self->playback);
}

/**
 * ahoy_media_set_microphone_on:
 * @self: the media of this process
 * @on: whether captured sound is sent
 *
 * Switches the microphone on or off for all connections: while it is off nothing that it hears is sent.
 */
void
ahoy_media_set_microphone_on (AhoyMedia *self,
                              gboolean   on)
{
  g_return_if_fail (AHOY_IS_MEDIA (self));

  on = !!on;
  if (self->is_microphone_on == on)
    return;

  self->is_microphone_on = on;
  ahoy_capture_audio_set_muted (self->capture_audio, !on);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_MICROPHONE_ON]);
}

/**
 * ahoy_media_get_microphone_on:
 * @self: the media of this process
 *
 * Returns: whether captured sound is sent
 */
gboolean
ahoy_media_get_microphone_on (AhoyMedia *self)
{
  g_return_val_if_fail (AHOY_IS_MEDIA (self), FALSE);

  return self->is_microphone_on;
}

/**
 * ahoy_media_set_camera_on:
 * @self: the media of this process
 * @on: whether the camera is open
 *
 * Opens or closes the camera.
 */
void
ahoy_media_set_camera_on (AhoyMedia *self,
                          gboolean   on)
{
  g_return_if_fail (AHOY_IS_MEDIA (self));

  on = !!on;
  if (self->is_camera_on == on)
    return;

  self->is_camera_on = on;
  on_cameras_changed (self);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_CAMERA_ON]);
}

/**
 * ahoy_media_get_camera_on:
 * @self: the media of this process
 *
 * Returns: whether the camera is to be open
 */
gboolean
ahoy_media_get_camera_on (AhoyMedia *self)
{
  g_return_val_if_fail (AHOY_IS_MEDIA (self), FALSE);

  return self->is_camera_on;
}

/**
 * ahoy_media_check:
 * @self: capture and playback
 * @error: return location for an error
 *
 * Returns: whether everything a call needs is installed; else @error is
 * %AHOY_MEDIA_ERROR_PLUGIN_MISSING and names the element and its package
 */
gboolean
ahoy_media_check (AhoyMedia  *self,
                  GError    **error)
{
  static const char *const needed[] = {
    "webrtcbin", "nicesrc", "dtlsdec", "srtpdec", "rtpbin",
    "appsrc", "appsink", "audiomixer", "audioconvert", "volume", "videoconvert", "videoscale", "videorate", "aspectratiocrop",
    "opusenc", "opusdec", "rtpopuspay", "rtpopusdepay",
    "pulsesrc", "pulsesink", "webrtcdsp", "webrtcechoprobe",
    NULL
  };
  const char *missing;

  g_return_val_if_fail (AHOY_IS_MEDIA (self), FALSE);

  missing = ahoy_media_problem_find_missing (needed);
  if (missing == NULL)
    missing = ahoy_media_problem_find_missing (ahoy_video_codec_get ()->elements);
  if (missing == NULL)
    return TRUE;

  g_propagate_error (error, ahoy_media_problem_new_missing (missing));

  return FALSE;
}

/**
 * ahoy_media_play_tone:
 * @self: the media of this process
 * @pcm: 48 kHz mono S16LE
 * @loop: whether to begin again at the end
 * @pause_ms: silence between two rounds, in ms
 *
 * Plays a short sound through the playback mixer, so that the echo canceller hears it.
 *
 * Returns: an id for [method@Media.stop_tone]
 */
guint
ahoy_media_play_tone (AhoyMedia *self,
                      GBytes    *pcm,
                      gboolean   loop,
                      guint      pause_ms)
{
  g_return_val_if_fail (AHOY_IS_MEDIA (self), 0);
  g_return_val_if_fail (pcm != NULL && g_bytes_get_size (pcm) >= 2, 0);

  return ahoy_playback_play_tone (self->playback, pcm, loop, pause_ms);
}

/**
 * ahoy_media_stop_tone:
 * @self: the media of this process
 * @tone_id: what play_tone gave
 *
 * Ends a tone; one that has ended already is none.
 */
void
ahoy_media_stop_tone (AhoyMedia *self,
                      guint      tone_id)
{
  g_return_if_fail (AHOY_IS_MEDIA (self));

  ahoy_playback_stop_tone (self->playback, tone_id);
}

gboolean
ahoy_media_is_warm (AhoyMedia *self)
{
  return self->warm_up && ahoy_warm_up_is_done (self->warm_up);
}

AhoyCaptureAudio *
ahoy_media_get_capture_audio (AhoyMedia *self)
{
  return self->capture_audio;
}

AhoyCaptureVideo *
ahoy_media_get_capture_video (AhoyMedia *self)
{
  return self->capture_video;
}

AhoyPlayback *
ahoy_media_get_playback (AhoyMedia *self)
{
  return self->playback;
}

AhoyPeerList *
ahoy_media_get_peers (AhoyMedia *self)
{
  return self->peers;
}

static void
end_in_thread (gpointer data,
               gpointer user_data)
{
  ahoy_peer_remains_free (data);
}

void
ahoy_media_end_peer (AhoyMedia       *self,
                     AhoyPeerRemains *remains)
{
  if (self->enders == NULL)
    self->enders = g_thread_pool_new (end_in_thread, NULL, MAX_ENDERS, FALSE, NULL);
  g_thread_pool_push (self->enders, remains, NULL);
}

void
ahoy_media_report_problem (AhoyMedia *self,
                           GError    *error)
{
  on_problem (self, error);
}

/**
 * ahoy_media_set_voice_isolation:
 * @self: the media of this process
 * @on: whether everything but the voice is taken out of the captured sound
 *
 * Counts at once, also in a call. Without [property@Ahoy.Media:voice-isolation-available] it stays off.
 */
void
ahoy_media_set_voice_isolation (AhoyMedia *self,
                                gboolean   on)
{
  g_return_if_fail (AHOY_IS_MEDIA (self));

  on = on && ahoy_denoiser_is_available ();
  if (self->is_isolating == on)
    return;

  self->is_isolating = on;
  ahoy_capture_audio_set_voice_isolation (self->capture_audio, on);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_VOICE_ISOLATION]);
}

/**
 * ahoy_media_get_voice_isolation:
 * @self: the media of this process
 *
 * Returns: whether everything but the voice is taken out of the captured sound
 */
gboolean
ahoy_media_get_voice_isolation (AhoyMedia *self)
{
  g_return_val_if_fail (AHOY_IS_MEDIA (self), FALSE);

  return self->is_isolating;
}

/**
 * ahoy_media_get_voice_isolation_available:
 * @self: the media of this process
 *
 * Returns: whether this build of Ahoy can do that
 */
gboolean
ahoy_media_get_voice_isolation_available (AhoyMedia *self)
{
  g_return_val_if_fail (AHOY_IS_MEDIA (self), FALSE);

  return ahoy_denoiser_is_available ();
}
