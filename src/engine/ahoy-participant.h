/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "ahoy-user.h"
#include "ahoy-video-settings.h"
#include "ahoy-video-track.h"

G_BEGIN_DECLS

#define AHOY_TYPE_PARTICIPANT (ahoy_participant_get_type ())
G_DECLARE_FINAL_TYPE (AhoyParticipant, ahoy_participant, AHOY, PARTICIPANT, GObject)

AhoyUser              *ahoy_participant_get_user            (AhoyParticipant *self);
AhoyParticipantStatus  ahoy_participant_get_status          (AhoyParticipant *self);
gboolean               ahoy_participant_get_microphone_on   (AhoyParticipant *self);
gboolean               ahoy_participant_get_camera_on       (AhoyParticipant *self);
gboolean               ahoy_participant_get_screen_on       (AhoyParticipant *self);
int                    ahoy_participant_get_volume          (AhoyParticipant *self);
AhoyNetworkQuality     ahoy_participant_get_network_quality (AhoyParticipant *self);
AhoyVideoTrack        *ahoy_participant_get_video_track     (AhoyParticipant *self);
gboolean               ahoy_participant_get_is_reconnecting (AhoyParticipant *self);
gboolean               ahoy_participant_get_view_on         (AhoyParticipant *self);
AhoyFillMode           ahoy_participant_get_fill_mode       (AhoyParticipant *self);
void                   ahoy_participant_set_fill_mode       (AhoyParticipant *self,
                                                             AhoyFillMode     fill_mode);
AhoyRotation           ahoy_participant_get_rotation        (AhoyParticipant *self);
void                   ahoy_participant_set_rotation        (AhoyParticipant *self,
                                                             AhoyRotation     rotation);
AhoyEndReason          ahoy_participant_get_end_reason      (AhoyParticipant *self);
gint64                 ahoy_participant_get_joined_at       (AhoyParticipant *self);
GVariant              *ahoy_participant_dup_stats           (AhoyParticipant *self);

G_END_DECLS
