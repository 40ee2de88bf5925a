/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "ahoy-participant-private.h"

G_BEGIN_DECLS

/* What the files of AhoyParticipant share with nobody else. */
struct _AhoyParticipant
{
  GObject parent_instance;

  AhoyUser *user;              /* (owned) (not nullable), from construction */
  AhoyVideoTrack *video_track; /* (owned) (nullable), none before a connection exists */
  GVariant *stats;             /* (owned) (nullable) a{sv}, none before a connection exists */
  AhoyParticipantStatus status;
  AhoyNetworkQuality network_quality;
  AhoyEndReason end_reason;
  AhoyFillMode fill_mode;
  AhoyRotation rotation;
  gint64 joined_at;            /* µs, real time of this machine; 0 before */
  int volume;
  gboolean microphone_on;
  gboolean camera_on;
  gboolean screen_on;
  gboolean is_reconnecting;
  gboolean view_on;
  AhoyParticipantFacts facts;
};

G_END_DECLS
