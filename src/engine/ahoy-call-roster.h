/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "ahoy-call-member.h"
#include "ahoy-call-peers.h"
#include "ahoy-participant-private.h"
#include "ahoy-people.h"

G_BEGIN_DECLS

/* The other people of a call: a list of AhoyParticipant that messages keep true. */
AhoyParticipant    *ahoy_call_roster_get           (GListStore           *roster,
                                                    guint                 index);
guint               ahoy_call_roster_count         (GListStore           *roster);
guint               ahoy_call_roster_count_in      (GListStore           *roster);
AhoyParticipant    *ahoy_call_roster_find          (GListStore           *roster,
                                                    const char           *user_id);
/* Added when new. (transfer none) */
AhoyParticipant    *ahoy_call_roster_ensure        (GListStore           *roster,
                                                    AhoyUser             *user);
/* Those that are neither in the call nor rung for go. */
void                ahoy_call_roster_remove_gone   (GListStore           *roster);
/* @joined_at: µs of this machine's real time, 0 before */
void                ahoy_call_roster_take_member   (GListStore           *roster,
                                                    AhoyPeople           *people,
                                                    const AhoyCallMember *member,
                                                    gint64                joined_at);
/* What the connection to that person shows and sounds; @link NULL: there is none. */
void                ahoy_call_roster_take_link     (GListStore           *roster,
                                                    const char           *user_id,
                                                    AhoyCallLink         *link);
/* Rates everybody's connection. The statistics of the first one. (transfer full) (nullable) */
GVariant           *ahoy_call_roster_rate          (GListStore           *roster,
                                                    AhoyCallPeers        *peers);
/* The own network is as good as the best connection: what ails one alone is that one's fault. */
AhoyNetworkQuality  ahoy_call_roster_get_own_quality (GListStore         *roster);

static inline const char *
ahoy_participant_get_id (AhoyParticipant *self)
{
  return ahoy_user_get_id (ahoy_participant_get_user (self));
}

static inline gboolean
ahoy_participant_is_in (AhoyParticipant *self)
{
  return ahoy_participant_get_status (self) == AHOY_PARTICIPANT_ACCEPTED;
}

G_END_DECLS
