/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "ahoy-call-roster.h"

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
