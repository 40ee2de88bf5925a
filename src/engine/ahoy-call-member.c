/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "ahoy-call-member.h"

#include "ahoy-call-words.h"
#include "ahoy-items.h"
#include "ahoy-limits.h"

static gboolean
read_status (const char           *word,
             AhoyCallMemberStatus *status)
{
  static const char *const words[] = {
    [AHOY_CALL_MEMBER_INVITED] = "invited",
    [AHOY_CALL_MEMBER_RINGING] = "ringing",
    [AHOY_CALL_MEMBER_ACCEPTED] = "accepted",
    [AHOY_CALL_MEMBER_LOST] = "lost",
    [AHOY_CALL_MEMBER_LEFT] = "left",
  };

  for (guint i = 0; i < G_N_ELEMENTS (words); i++)
    {
      if (g_strcmp0 (words[i], word) == 0)
        {
          *status = (AhoyCallMemberStatus) i;
          return TRUE;
        }
    }
  return FALSE;
}

static const char *
read_text (JsonObject *object,
           const char *name,
           gsize       max_bytes)
{
  const char *text = ahoy_json_get_string (object, name, max_bytes);

  return text ? text : "";
}

gboolean
ahoy_call_member_read (JsonArray      *members,
                       guint           index,
                       AhoyCallMember *member)
{
  JsonObject *object = ahoy_items_object (members, index);

  if (!object)
    return FALSE;

  member->user_id = read_text (object, "user", AHOY_MAX_USER_ID);
  member->device_id = read_text (object, "device", AHOY_MAX_DEVICE_ID);
  member->by = read_text (object, "by", AHOY_MAX_USER_ID);
  member->nickname = ahoy_json_get_string (object, "nickname", AHOY_MAX_NICKNAME);
  member->avatar = ahoy_json_get_string (object, "avatar", AHOY_MAX_AVATAR);
  member->reason = ahoy_end_reason_from_number (ahoy_json_get_int (object, "reason", 0));
  member->entry = CLAMP (ahoy_json_get_int (object, "entry", 0), 0, G_MAXINT32);
  member->joined_ms = CLAMP (ahoy_json_get_int (object, "joined", 0), 0, G_MAXINT64 / 2000);
  member->deadline_ms = CLAMP (ahoy_json_get_int (object, "deadline", 0), 0, G_MAXINT64 / 2000);
  member->microphone = ahoy_json_get_bool (object, "microphone", FALSE);
  member->camera = ahoy_json_get_bool (object, "camera", FALSE);
  member->screen = ahoy_json_get_bool (object, "screen", FALSE);
  return *member->user_id && read_status (ahoy_json_get_string (object, "status", 16), &member->status);
}

gboolean
ahoy_call_member_find (JsonArray      *members,
                       const char     *user_id,
                       AhoyCallMember *member)
{
  for (guint i = 0; i < ahoy_items_length (members); i++)
    {
      if (ahoy_call_member_read (members, i, member) && g_strcmp0 (member->user_id, user_id) == 0)
        return TRUE;
    }
  return FALSE;
}
