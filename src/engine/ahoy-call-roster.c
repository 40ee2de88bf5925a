/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "ahoy-call-roster.h"

#include "ahoy-call-quality.h"

guint
ahoy_call_roster_count (GListStore *roster)
{
  return g_list_model_get_n_items (G_LIST_MODEL (roster));
}

AhoyParticipant *
ahoy_call_roster_get (GListStore *roster,
                      guint       index)
{
  g_autoptr (AhoyParticipant) participant = g_list_model_get_item (G_LIST_MODEL (roster), index);

  return participant; /* the list keeps it */
}

guint
ahoy_call_roster_count_in (GListStore *roster)
{
  guint n_in = 0;

  for (guint i = 0; i < ahoy_call_roster_count (roster); i++)
    n_in += ahoy_participant_is_in (ahoy_call_roster_get (roster, i)) ? 1 : 0;
  return n_in;
}

AhoyParticipant *
ahoy_call_roster_find (GListStore *roster,
                       const char *user_id)
{
  for (guint i = 0; i < ahoy_call_roster_count (roster); i++)
    {
      AhoyParticipant *participant = ahoy_call_roster_get (roster, i);

      if (g_strcmp0 (ahoy_participant_get_id (participant), user_id) == 0)
        return participant;
    }
  return NULL;
}

AhoyParticipant *
ahoy_call_roster_ensure (GListStore *roster,
                         AhoyUser   *user)
{
  AhoyParticipant *participant = ahoy_call_roster_find (roster, ahoy_user_get_id (user));

  if (!participant)
    {
      g_autoptr (AhoyParticipant) added = ahoy_participant_new (user);

      g_list_store_append (roster, added);
      participant = added;
    }
  return participant;
}

void
ahoy_call_roster_remove_gone (GListStore *roster)
{
  for (guint i = ahoy_call_roster_count (roster); i > 0; i--)
    {
      if (ahoy_participant_get_status (ahoy_call_roster_get (roster, i - 1)) == AHOY_PARTICIPANT_NONE)
        g_list_store_remove (roster, i - 1);
    }
}

static void
take_facts (AhoyParticipantFacts *facts,
            const AhoyCallMember *member)
{
  gint64 entry = ahoy_call_member_is_in (member) ? member->entry : 0;

  /* A device that takes over is another end of the line, but the same person in the same call. */
  if (entry == 0)
    facts->was_linked = FALSE;
  facts->entry = entry;
  g_free (facts->device_id);
  facts->device_id = entry && *member->device_id ? g_strdup (member->device_id) : NULL;
  g_free (facts->by);
  facts->by = *member->by ? g_strdup (member->by) : NULL;
}

void
ahoy_call_roster_take_member (GListStore           *roster,
                              AhoyPeople           *people,
                              const AhoyCallMember *member,
                              gint64                joined_at)
{
  AhoyParticipant *participant;
  AhoyParticipantStatus status = AHOY_PARTICIPANT_NONE;
  gboolean is_in = ahoy_call_member_is_in (member);
  AhoyUser *user;

  user = ahoy_people_learn (people, member->user_id, member->nickname, member->avatar);
  participant = ahoy_call_roster_ensure (roster, user);
  if (is_in)
    status = AHOY_PARTICIPANT_ACCEPTED;
  else if (ahoy_call_member_is_waiting (member))
    status = AHOY_PARTICIPANT_WAITING;

  take_facts (ahoy_participant_get_facts (participant), member);
  ahoy_participant_set_end_reason (participant,
                                   status == AHOY_PARTICIPANT_NONE ? member->reason : AHOY_END_REASON_UNKNOWN);
  ahoy_participant_set_joined_at (participant, joined_at);
  ahoy_participant_set_status (participant, status);
  ahoy_participant_set_microphone_on (participant, is_in && member->microphone);
  ahoy_participant_set_camera_on (participant, is_in && member->camera);
  ahoy_participant_set_screen_on (participant, is_in && member->screen);
}

void
ahoy_call_roster_take_link (GListStore   *roster,
                            const char   *user_id,
                            AhoyCallLink *link)
{
  AhoyParticipant *participant = ahoy_call_roster_find (roster, user_id);
  AhoyPeer *peer = link ? ahoy_call_link_get_peer (link) : NULL;
  gboolean is_connected = link && ahoy_call_link_is_connected (link);
  AhoyParticipantFacts *facts;

  if (!participant)
    return;

  facts = ahoy_participant_get_facts (participant);
  facts->was_linked |= is_connected && ahoy_participant_is_in (participant);
  ahoy_participant_set_video_track (participant, peer ? ahoy_peer_get_video_track (peer) : NULL);
  ahoy_participant_set_volume (participant, peer ? ahoy_peer_get_volume (peer) : 0);
  ahoy_participant_set_is_reconnecting (participant, facts->was_linked && !is_connected &&
                                                       ahoy_participant_is_in (participant));
}

GVariant *
ahoy_call_roster_rate (GListStore    *roster,
                       AhoyCallPeers *peers)
{
  GVariant *first = NULL;

  for (guint i = 0; i < ahoy_call_roster_count (roster); i++)
    {
      AhoyParticipant *participant = ahoy_call_roster_get (roster, i);
      AhoyCallLink *link = ahoy_call_peers_find_user (peers, ahoy_participant_get_id (participant));
      AhoyPeer *peer = link ? ahoy_call_link_get_peer (link) : NULL;
      g_autoptr (GVariant) numbers = NULL;
      AhoyPeerStats stats;

      if (!peer)
        continue;

      ahoy_peer_get_stats (peer, &stats);
      ahoy_participant_set_network_quality (participant,
                                            ahoy_call_quality_rate (ahoy_call_link_is_connected (link),
                                                                    stats.fraction_lost, stats.round_trip_time));
      numbers = g_variant_ref_sink (ahoy_call_quality_stats (&stats));
      ahoy_participant_take_stats (participant, numbers);
      if (!first)
        first = g_steal_pointer (&numbers);
    }
  return first;
}

AhoyNetworkQuality
ahoy_call_roster_get_own_quality (GListStore *roster)
{
  AhoyNetworkQuality best = AHOY_NETWORK_QUALITY_UNKNOWN;

  for (guint i = 0; i < ahoy_call_roster_count (roster); i++)
    {
      AhoyParticipant *participant = ahoy_call_roster_get (roster, i);
      AhoyNetworkQuality quality = ahoy_participant_get_network_quality (participant);

      if (!ahoy_participant_is_in (participant) || quality == AHOY_NETWORK_QUALITY_UNKNOWN)
        continue;
      if (best == AHOY_NETWORK_QUALITY_UNKNOWN || quality < best)
        best = quality;
    }
  return best;
}
