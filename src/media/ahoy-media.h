/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "ahoy-device.h"
#include "ahoy-video-settings.h"
#include "ahoy-video-track.h"

G_BEGIN_DECLS

/**
 * AhoyMediaError:
 * @AHOY_MEDIA_ERROR_CAMERA_FAILED: the camera cannot be opened, or gives no pictures
 * @AHOY_MEDIA_ERROR_CAMERA_NOT_AUTHORIZED: this person may not use the camera
 * @AHOY_MEDIA_ERROR_CAMERA_BUSY: another program has the camera
 * @AHOY_MEDIA_ERROR_CAMERA_MISSING: there is no camera
 * @AHOY_MEDIA_ERROR_MICROPHONE_FAILED: the microphone cannot be opened, or gives no sound
 * @AHOY_MEDIA_ERROR_MICROPHONE_NOT_AUTHORIZED: this person may not use the microphone
 * @AHOY_MEDIA_ERROR_MICROPHONE_BUSY: another program has the microphone
 * @AHOY_MEDIA_ERROR_MICROPHONE_MISSING: there is no microphone
 * @AHOY_MEDIA_ERROR_NO_SOUND_SERVER: the sound server is not reached
 * @AHOY_MEDIA_ERROR_SPEAKER_FAILED: no sound can be played
 * @AHOY_MEDIA_ERROR_PLUGIN_MISSING: part of GStreamer is not installed; the message names the element and its package
 *
 * What is missing or broken on this machine. The interface words it. The values follow the RTC layer numbers of the
 * reference.
 */
typedef enum
{
  AHOY_MEDIA_ERROR_CAMERA_FAILED = -1301,
  AHOY_MEDIA_ERROR_CAMERA_NOT_AUTHORIZED = -1314,
  AHOY_MEDIA_ERROR_CAMERA_BUSY = -1316,
  AHOY_MEDIA_ERROR_CAMERA_MISSING = -1103,
  AHOY_MEDIA_ERROR_MICROPHONE_FAILED = -1302,
  AHOY_MEDIA_ERROR_MICROPHONE_NOT_AUTHORIZED = -1317,
  AHOY_MEDIA_ERROR_MICROPHONE_BUSY = -1319,
  AHOY_MEDIA_ERROR_MICROPHONE_MISSING = -1107,
  AHOY_MEDIA_ERROR_NO_SOUND_SERVER = -1401,
  AHOY_MEDIA_ERROR_SPEAKER_FAILED = -1402,
  AHOY_MEDIA_ERROR_PLUGIN_MISSING = -1403, /* message: name of the element and of its package */
} AhoyMediaError;

#define AHOY_MEDIA_ERROR (ahoy_media_error_quark ())
/**
 * ahoy_media_error_quark:
 *
 * Returns: the domain of the errors of devices
 */
GQuark ahoy_media_error_quark (void);

typedef struct _AhoyPeer AhoyPeer;

/**
 * AhoyMedia:
 *
 * The microphone, the camera and the speakers of this process, as its calls use them. Main context only.
 */
#define AHOY_TYPE_MEDIA (ahoy_media_get_type ())
G_DECLARE_FINAL_TYPE (AhoyMedia, ahoy_media, AHOY, MEDIA, GObject)

/* Capture and playback of this process; makes peers. Everything on the main context.
 *
 * Properties: "microphone-on" (rw: captured sound is sent; FALSE sends silence or nothing),
 * "camera-on" (rw: opens and closes the camera), "input-level" (r, 0–100, ten times a second while
 * the microphone runs), "self-view" (r, AhoyVideoTrack, same object for ever), "devices" (r),
 * "video-settings" (r, AhoyVideoSettings, same object for ever), "voice-isolation" (rw: everything
 * but the voice is taken out of the captured sound), "voice-isolation-available" (r).
 * Signals: "problem" (GError *error: AHOY_MEDIA_ERROR; a device failed or vanished; the call goes on),
 * "problem-solved" (int code).
 *
 * Capture of sound starts with ahoy_media_start () and ends with ahoy_media_stop () (counted);
 * nothing is open before. */
AhoyMedia      *ahoy_media_new               (void);
AhoyDevices    *ahoy_media_get_devices       (AhoyMedia *self);
AhoyVideoTrack *ahoy_media_get_self_view     (AhoyMedia *self);
AhoyVideoSettings *ahoy_media_get_video_settings (AhoyMedia *self);
void            ahoy_media_start             (AhoyMedia *self);
void            ahoy_media_stop              (AhoyMedia *self);
void            ahoy_media_set_microphone_on (AhoyMedia *self,
                                              gboolean   on);
gboolean        ahoy_media_get_microphone_on (AhoyMedia *self);
void            ahoy_media_set_voice_isolation (AhoyMedia *self,
                                                gboolean   on);
gboolean        ahoy_media_get_voice_isolation (AhoyMedia *self);
gboolean        ahoy_media_get_voice_isolation_available (AhoyMedia *self);
void            ahoy_media_set_camera_on     (AhoyMedia *self,
                                              gboolean   on);
gboolean        ahoy_media_get_camera_on     (AhoyMedia *self);
/* NULL when everything needed is installed; else AHOY_MEDIA_ERROR_PLUGIN_MISSING, once per start. */
gboolean        ahoy_media_check             (AhoyMedia *self,
                                              GError   **error);
/* Loads in a thread what a call needs, so that the first connection is made as fast as later ones. To be called once
 * when there is time; opens no device and sends nothing. */
void            ahoy_media_warm_up           (AhoyMedia *self);

/* Short sounds (ringback, connected, ended) through the playback mixer, so that the echo canceller hears
 * them: @pcm is 48 kHz mono S16LE. @loop with @pause_ms of silence between. Returns an id for stop. */
guint           ahoy_media_play_tone         (AhoyMedia *self,
                                              GBytes    *pcm,
                                              gboolean   loop,
                                              guint      pause_ms);
void            ahoy_media_stop_tone         (AhoyMedia *self,
                                              guint      tone_id);

G_END_DECLS
