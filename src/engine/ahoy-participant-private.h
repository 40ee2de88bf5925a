/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "ahoy-participant.h"

G_BEGIN_DECLS

/* What a call remembers of a participant and shows nobody. */
typedef struct
{
  char *device_id;          /* (owned) (nullable) the device that is in the call */
  char *by;                 /* (owned) (nullable) who invited this one */
  gint64 entry;             /* which entry into the call this is, 0 while not in it */
  gboolean was_linked;      /* a media connection stood since the entry into the call */
  gboolean announced;       /* "user-joined" was emitted and "user-left" not yet */
  gboolean announced_audio; /* what "user-audio-available" said last */
  gboolean announced_video;
} AhoyParticipantFacts;

AhoyParticipant      *ahoy_participant_new                 (AhoyUser              *user);
AhoyParticipantFacts *ahoy_participant_get_facts           (AhoyParticipant       *self);
void                  ahoy_participant_set_status          (AhoyParticipant       *self,
                                                            AhoyParticipantStatus  status);
void                  ahoy_participant_set_microphone_on   (AhoyParticipant       *self,
                                                            gboolean               on);
void                  ahoy_participant_set_camera_on       (AhoyParticipant       *self,
                                                            gboolean               on);
void                  ahoy_participant_set_screen_on       (AhoyParticipant       *self,
                                                            gboolean               on);
void                  ahoy_participant_set_volume          (AhoyParticipant       *self,
                                                            int                    volume);
void                  ahoy_participant_set_network_quality (AhoyParticipant       *self,
                                                            AhoyNetworkQuality     quality);
void                  ahoy_participant_set_video_track     (AhoyParticipant       *self,
                                                            AhoyVideoTrack        *track);
void                  ahoy_participant_set_is_reconnecting (AhoyParticipant       *self,
                                                            gboolean               is_reconnecting);
void                  ahoy_participant_set_view_on         (AhoyParticipant       *self,
                                                            gboolean               on);
void                  ahoy_participant_set_end_reason      (AhoyParticipant       *self,
                                                            AhoyEndReason          reason);
void                  ahoy_participant_set_joined_at       (AhoyParticipant       *self,
                                                            gint64                 joined_at);
/* @stats: (transfer floating) a{sv} */
void                  ahoy_participant_take_stats          (AhoyParticipant       *self,
                                                            GVariant              *stats);

G_END_DECLS
