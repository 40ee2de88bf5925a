/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "ahoy-call-roster.h"

#include "ahoy-call-quality.h"
#include "ahoy-items.h"
#include "ahoy-limits.h"

gboolean
ahoy_call_member_read (JsonArray      *members,
                       guint           index,
                       AhoyCallMember *member)
{
  JsonObject *object = ahoy_items_object (members, index);

  if (!object)
    return FALSE;

  member->user_id = ahoy_json_get_string (object, "user", AHOY_MAX_USER_ID);
  member->device_id = ahoy_json_get_string (object, "device", AHOY_MAX_DEVICE_ID);
  member->status = ahoy_json_get_string (object, "status", 16);
  member->nickname = ahoy_json_get_string (object, "nickname", AHOY_MAX_NICKNAME);
  member->avatar = ahoy_json_get_string (object, "avatar", AHOY_MAX_AVATAR);
  member->microphone = ahoy_json_get_bool (object, "microphone", FALSE);
  member->camera = ahoy_json_get_bool (object, "camera", FALSE);
  if (!member->device_id)
    member->device_id = "";
  return member->user_id && *member->user_id && member->status;
}

AhoyParticipant *
ahoy_call_roster_find (GListStore *roster,
                       const char *user_id)
{
  guint n = g_list_model_get_n_items (G_LIST_MODEL (roster));

  for (guint i = 0; i < n; i++)
    {
      g_autoptr (AhoyParticipant) participant = g_list_model_get_item (G_LIST_MODEL (roster), i);

      if (g_strcmp0 (ahoy_user_get_id (ahoy_participant_get_user (participant)), user_id) == 0)
        return participant; /* the list keeps it */
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
ahoy_call_roster_take_member (GListStore           *roster,
                              AhoyPeople           *people,
                              const AhoyCallMember *member)
{
  AhoyParticipant *participant;
  AhoyParticipantStatus status = AHOY_PARTICIPANT_NONE;
  AhoyUser *user;

  user = ahoy_people_learn (people, member->user_id, member->nickname, member->avatar);
  participant = ahoy_call_roster_ensure (roster, user);
  if (g_str_equal (member->status, "invited") || g_str_equal (member->status, "ringing"))
    status = AHOY_PARTICIPANT_WAITING;
  else if (g_str_equal (member->status, "accepted") || g_str_equal (member->status, "lost"))
    status = AHOY_PARTICIPANT_ACCEPTED;

  ahoy_participant_set_status (participant, status);
  ahoy_participant_set_microphone_on (participant, member->microphone);
  ahoy_participant_set_camera_on (participant, member->camera);
}

void
ahoy_call_roster_take_link (GListStore   *roster,
                            const char   *user_id,
                            AhoyCallLink *link,
                            gboolean      is_reconnecting)
{
  AhoyParticipant *participant = ahoy_call_roster_find (roster, user_id);
  AhoyPeer *peer = link ? ahoy_call_link_get_peer (link) : NULL;

  if (!participant)
    return;

  ahoy_participant_set_video_track (participant, peer ? ahoy_peer_get_video_track (peer) : NULL);
  ahoy_participant_set_volume (participant, peer ? ahoy_peer_get_volume (peer) : 0);
  ahoy_participant_set_is_reconnecting (participant,
                                        is_reconnecting && link && !ahoy_call_link_is_connected (link));
}

GVariant *
ahoy_call_roster_rate (GListStore    *roster,
                       AhoyCallPeers *peers)
{
  guint n = g_list_model_get_n_items (G_LIST_MODEL (roster));
  GVariant *first = NULL;

  for (guint i = 0; i < n; i++)
    {
      g_autoptr (AhoyParticipant) participant = g_list_model_get_item (G_LIST_MODEL (roster), i);
      const char *user_id = ahoy_user_get_id (ahoy_participant_get_user (participant));
      AhoyCallLink *link = ahoy_call_peers_find_user (peers, user_id);
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
