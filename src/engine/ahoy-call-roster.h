/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "ahoy-call-peers.h"
#include "ahoy-participant-private.h"
#include "ahoy-people.h"

G_BEGIN_DECLS

/* What a message says of a member of a call. The strings belong to the message. */
typedef struct
{
  const char *user_id;
  const char *device_id; /* "" before one has accepted */
  const char *status;
  const char *nickname;
  const char *avatar;
  gboolean microphone;
  gboolean camera;
} AhoyCallMember;

/* FALSE when that element is none. */
gboolean         ahoy_call_member_read         (JsonArray            *members,
                                                guint                 index,
                                                AhoyCallMember       *member);

/* The other people of a call: a list of AhoyParticipant that messages keep true. */
AhoyParticipant *ahoy_call_roster_find         (GListStore           *roster,
                                                const char           *user_id);
/* Added when new. (transfer none) */
AhoyParticipant *ahoy_call_roster_ensure       (GListStore           *roster,
                                                AhoyUser             *user);
void             ahoy_call_roster_take_member  (GListStore           *roster,
                                                AhoyPeople           *people,
                                                const AhoyCallMember *member);
/* What the connection to that person shows and sounds; @link NULL: there is none. */
void             ahoy_call_roster_take_link    (GListStore           *roster,
                                                const char           *user_id,
                                                AhoyCallLink         *link,
                                                gboolean              is_reconnecting);
/* Rates everybody's connection. The statistics of the first one. (transfer full)
 * (nullable) */
GVariant        *ahoy_call_roster_rate         (GListStore           *roster,
                                                AhoyCallPeers        *peers);

G_END_DECLS
