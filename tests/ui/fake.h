/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "ahoy-engine.h"

G_BEGIN_DECLS

/* A stand-in for the engine and the media layer with the same symbols, chosen by the linker, so that the widgets
 * can be put into any state without a server, a network or devices. Only what the widgets use is here. */

AhoyUser        *fake_user_new             (const char *id,
                                            const char *nickname,
                                            gboolean    is_contact);
void             fake_user_set_nickname    (AhoyUser   *user,
                                            const char *nickname);
void             fake_user_set_avatar      (AhoyUser   *user,
                                            const char *avatar);

AhoyParticipant *fake_participant_new      (AhoyUser        *user);
void             fake_participant_set      (AhoyParticipant *participant,
                                            gboolean         accepted,
                                            gboolean         microphone_on,
                                            gboolean         camera_on);
void             fake_participant_set_quality (AhoyParticipant    *participant,
                                               AhoyNetworkQuality  quality);
void             fake_participant_set_volume  (AhoyParticipant    *participant,
                                               int                 volume);

AhoyVideoTrack  *fake_track_new            (void);
void             fake_track_show           (AhoyVideoTrack *track,
                                            AhoyVideoFrame *frame);
void             fake_track_set_rotation   (AhoyVideoTrack *track,
                                            int             rotation);
int              fake_track_get_watchers   (AhoyVideoTrack *track);
AhoyPixelFormat  fake_track_get_format     (AhoyVideoTrack *track);
guint            fake_track_get_shown      (AhoyVideoTrack *track);

/* The other one is @user; @call is in CALLING or INCOMING according to @role. */
AhoyCall        *fake_call_new             (const char    *id,
                                            AhoyUser      *user,
                                            AhoyCallMedia  media,
                                            AhoyCallRole   role);
void             fake_call_set_state       (AhoyCall      *call,
                                            AhoyCallState  state);
void             fake_call_set_duration    (AhoyCall      *call,
                                            guint          duration);
/* @by: nullable; @error: (transfer full) (nullable) */
void             fake_call_end             (AhoyCall      *call,
                                            AhoyEndReason  reason,
                                            AhoyUser      *by,
                                            GError        *error);
guint            fake_call_get_accepted    (AhoyCall      *call); /* 0 not, 1 with camera, 2 without */
gboolean         fake_call_get_rejected    (AhoyCall      *call);

AhoyEngine      *fake_engine_new           (AhoyUser        *self);
void             fake_engine_set_state     (AhoyEngine      *engine,
                                            AhoyEngineState  state);
/* As if somebody had placed or received it. */
void             fake_engine_add_call      (AhoyEngine      *engine,
                                            AhoyCall        *call);
void             fake_engine_drop_call     (AhoyEngine      *engine,
                                            AhoyCall        *call);
guint            fake_engine_get_n_placed  (AhoyEngine      *engine);

AhoyMedia       *fake_media_new            (void);
void             fake_media_set_level      (AhoyMedia *media,
                                            int        level);
void             fake_media_report         (AhoyMedia *media,
                                            int        code);
void             fake_media_solve          (AhoyMedia *media,
                                            int        code);
guint            fake_media_get_n_looping  (AhoyMedia *media);
guint            fake_media_get_n_played   (AhoyMedia *media);
gsize            fake_media_get_loop_bytes (AhoyMedia *media); /* of the sound that repeats, 0 when none */

void             fake_devices_plug         (AhoyDevices    *devices,
                                            AhoyDeviceKind  kind,
                                            const char     *id,
                                            const char     *name);

/* A made picture of a person in a room, @hue 0–1. */
AhoyVideoFrame  *fake_picture              (int    width,
                                            int    height,
                                            double hue);

AhoyRecord      *fake_record_new           (AhoyCallResult result,
                                            guint          duration);

G_END_DECLS
