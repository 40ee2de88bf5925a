/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "ahoy-user.h"
#include "ahoy-video-track.h"

G_BEGIN_DECLS

#define AHOY_TYPE_PARTICIPANT (ahoy_participant_get_type ())
G_DECLARE_FINAL_TYPE (AhoyParticipant, ahoy_participant, AHOY, PARTICIPANT, GObject)

/* Somebody else in a call. Properties (r, notify): "user", "status", "microphone-on", "camera-on",
 * "volume" (0–100), "network-quality", "video-track" (nullable: none before a peer exists; may be replaced
 * when the connection is rebuilt), "is-reconnecting", "stats" (a{sv} GVariant, nullable, notified each second). */
AhoyUser              *ahoy_participant_get_user            (AhoyParticipant *self);
AhoyParticipantStatus  ahoy_participant_get_status          (AhoyParticipant *self);
gboolean               ahoy_participant_get_microphone_on   (AhoyParticipant *self);
gboolean               ahoy_participant_get_camera_on       (AhoyParticipant *self);
int                    ahoy_participant_get_volume          (AhoyParticipant *self);
AhoyNetworkQuality     ahoy_participant_get_network_quality (AhoyParticipant *self);
AhoyVideoTrack        *ahoy_participant_get_video_track     (AhoyParticipant *self); /* (transfer none) (nullable) */
gboolean               ahoy_participant_get_is_reconnecting (AhoyParticipant *self);
GVariant              *ahoy_participant_dup_stats           (AhoyParticipant *self); /* (transfer full) (nullable) a{sv} */

G_END_DECLS
