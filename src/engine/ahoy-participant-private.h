/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "ahoy-participant.h"

G_BEGIN_DECLS

AhoyParticipant *ahoy_participant_new                 (AhoyUser              *user);
void             ahoy_participant_set_status          (AhoyParticipant       *self,
                                                       AhoyParticipantStatus  status);
void             ahoy_participant_set_microphone_on   (AhoyParticipant       *self,
                                                       gboolean               on);
void             ahoy_participant_set_camera_on       (AhoyParticipant       *self,
                                                       gboolean               on);
void             ahoy_participant_set_volume          (AhoyParticipant       *self,
                                                       int                    volume);
void             ahoy_participant_set_network_quality (AhoyParticipant       *self,
                                                       AhoyNetworkQuality     quality);
void             ahoy_participant_set_video_track     (AhoyParticipant       *self,
                                                       AhoyVideoTrack        *track);
void             ahoy_participant_set_is_reconnecting (AhoyParticipant       *self,
                                                       gboolean               is_reconnecting);
/* @stats: (transfer floating) a{sv} */
void             ahoy_participant_take_stats          (AhoyParticipant       *self,
                                                       GVariant              *stats);

G_END_DECLS
