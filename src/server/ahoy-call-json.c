/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ahoy-call-json.h"

#include "ahoy-json.h"
#include "ahoy-limits.h"

#include <string.h>

static const char *const phases[] = {
  [AHOY_PHASE_RINGING] = "ringing",
  [AHOY_PHASE_ACTIVE] = "active",
  [AHOY_PHASE_ENDED] = "ended",
};

static const char *const statuses[] = {
  [AHOY_MEMBER_INVITED] = "invited",
  [AHOY_MEMBER_RINGING] = "ringing",
  [AHOY_MEMBER_ACCEPTED] = "accepted",
  [AHOY_MEMBER_LOST] = "lost",
  [AHOY_MEMBER_LEFT] = "left",
};

static int
find_word (const char *const *words,
           int                n_words,
           const char        *word)
{
  for (int i = 0; i < n_words; i++)
    {
      if (g_strcmp0 (words[i], word) == 0)
        return i;
    }

  return 0;
}

static const char *
get_scene (const AhoyCallData *call)
{
  if (*call->group)
    return "group";

  return call->members->len > 2 ? "multi" : "single";
}

static JsonObject *
member_to_wire (const AhoyMember *member)
{
  JsonObject *object = json_object_new ();

  json_object_set_string_member (object, "user", member->user);
  json_object_set_string_member (object, "device", member->device);
  json_object_set_string_member (object, "nickname", member->nickname);
  json_object_set_string_member (object, "avatar", member->avatar);
  json_object_set_string_member (object, "status", statuses[member->status]);
  json_object_set_int_member (object, "reason", member->reason);
  json_object_set_boolean_member (object, "microphone", member->microphone);
  json_object_set_boolean_member (object, "camera", member->camera);
  json_object_set_boolean_member (object, "screen", member->screen);

  return object;
}

static void
set_head (JsonObject         *object,
          const AhoyCallData *call)
{
  json_object_set_string_member (object, "call", call->id);
  json_object_set_string_member (object, "media", call->media);
  json_object_set_string_member (object, "inviter", call->inviter);
  json_object_set_string_member (object, "group", call->group);
  json_object_set_string_member (object, "scene", get_scene (call));
}

JsonObject *
ahoy_call_to_wire (const AhoyCallData *call)
{
  JsonObject *object = json_object_new ();
  JsonArray *members = json_array_new ();

  set_head (object, call);
  json_object_set_int_member (object, "ver", call->ver);
  json_object_set_string_member (object, "room", call->room);
  json_object_set_string_member (object, "userData", call->user_data);
  json_object_set_boolean_member (object, "ephemeral", call->ephemeral);
  json_object_set_string_member (object, "state", phases[call->phase]);
  json_object_set_int_member (object, "created", call->created_ms);
  json_object_set_int_member (object, "started", call->started_ms);
  json_object_set_int_member (object, "deadline", call->deadline_ms);
  for (guint i = 0; i < call->members->len; i++)
    json_array_add_object_element (members, member_to_wire (g_ptr_array_index (call->members, i)));
  json_object_set_array_member (object, "members", members);

  return object;
}

static gint64
get_duration_s (const AhoyCallData *call,
                const AhoyMember   *member)
{
  if (call->started_ms == 0 || member->joined_ms == 0)
    return 0;

  return MAX (member->left_ms - MAX (call->started_ms, member->joined_ms), 0) / 1000;
}

JsonObject *
ahoy_call_to_ended (const AhoyCallData *call,
                    const AhoyMember   *member,
                    AhoyCallReason      reason)
{
  JsonObject *object = json_object_new ();

  json_object_set_string_member (object, "call", call->id);
  json_object_set_int_member (object, "reason", reason);
  json_object_set_string_member (object, "by", call->phase == AHOY_PHASE_ENDED ? call->ended_by : member->user);
  json_object_set_int_member (object, "duration", get_duration_s (call, member));
  json_object_set_int_member (object, "ver", call->ver);

  return object;
}

int
ahoy_call_get_result (const AhoyCallData *call,
                      const AhoyMember   *member)
{
  if (g_strcmp0 (member->user, call->inviter) == 0)
    return 3;

  /* Whoever declined has seen the call; only what went by unseen is missed. */
  return member->joined_ms != 0 || member->reason == AHOY_REASON_REJECT ? 2 : 1;
}

JsonObject *
ahoy_call_to_record (const AhoyCallData *call,
                     const AhoyMember   *member)
{
  JsonObject *object = json_object_new ();
  JsonArray *invitees = json_array_new ();
  JsonObject *nicknames = json_object_new ();
  gboolean is_caller = g_strcmp0 (member->user, call->inviter) == 0;

  for (guint i = 0; i < call->members->len; i++)
    {
      const AhoyMember *other = g_ptr_array_index (call->members, i);

      if (g_strcmp0 (other->user, call->inviter) != 0)
        json_array_add_string_element (invitees, other->user);
      json_object_set_string_member (nicknames, other->user, other->nickname);
    }

  set_head (object, call);
  json_object_set_array_member (object, "invitees", invitees);
  json_object_set_int_member (object, "role", is_caller ? 1 : 2);
  json_object_set_int_member (object, "result", ahoy_call_get_result (call, member));
  json_object_set_int_member (object, "begin", call->created_ms);
  json_object_set_int_member (object, "duration", get_duration_s (call, member));
  json_object_set_int_member (object, "reason", member->reason);
  json_object_set_object_member (object, "nicknames", nicknames);

  return object;
}

char *
ahoy_call_to_text (const AhoyCallData *call)
{
  g_autoptr (JsonObject) object = ahoy_call_to_wire (call);
  JsonArray *members = json_object_get_array_member (object, "members");

  json_object_set_int_member (object, "app", (gint64) call->app_id);
  json_object_set_int_member (object, "ended", call->ended_ms);
  json_object_set_int_member (object, "reason", call->reason);
  json_object_set_string_member (object, "by", call->ended_by);
  for (guint i = 0; i < call->members->len; i++)
    {
      const AhoyMember *member = g_ptr_array_index (call->members, i);
      JsonObject *row = json_array_get_object_element (members, i);

      json_object_set_int_member (row, "joined", member->joined_ms);
      json_object_set_int_member (row, "left", member->left_ms);
      json_object_set_int_member (row, "deadline", member->deadline_ms);
    }

  return ahoy_json_to_text (object);
}

static char *
dup_string (JsonObject *object,
            const char *name)
{
  const char *text = ahoy_json_get_string (object, name, AHOY_WIRE_MAX_FRAME);

  return g_strdup (text ? text : "");
}

static void
read_member (AhoyCallData *call,
             JsonObject   *row)
{
  g_autofree char *user = dup_string (row, "user");
  g_autofree char *nickname = dup_string (row, "nickname");
  g_autofree char *avatar = dup_string (row, "avatar");
  g_autofree char *status = dup_string (row, "status");
  AhoyMember *member = ahoy_call_data_add (call, user, nickname, avatar);

  g_free (member->device);
  member->device = dup_string (row, "device");
  member->status = (AhoyMemberStatus) find_word (statuses, G_N_ELEMENTS (statuses), status);
  member->reason = (AhoyCallReason) ahoy_json_get_int (row, "reason", 0);
  member->joined_ms = ahoy_json_get_int (row, "joined", 0);
  member->left_ms = ahoy_json_get_int (row, "left", 0);
  member->deadline_ms = ahoy_json_get_int (row, "deadline", 0);
  member->microphone = ahoy_json_get_bool (row, "microphone", FALSE);
  member->camera = ahoy_json_get_bool (row, "camera", FALSE);
  member->screen = ahoy_json_get_bool (row, "screen", FALSE);
}

AhoyCallData *
ahoy_call_from_text (const char *text)
{
  g_autoptr (JsonObject) object = ahoy_json_parse_object (text, strlen (text), AHOY_WIRE_MAX_DEPTH, NULL);
  g_autofree char *id = NULL;
  g_autofree char *inviter = NULL;
  g_autofree char *phase = NULL;
  AhoyCallData *call;
  JsonArray *members;

  members = object ? ahoy_json_get_array (object, "members") : NULL;
  if (!members)
    return NULL;

  id = dup_string (object, "call");
  inviter = dup_string (object, "inviter");
  phase = dup_string (object, "state");
  call = ahoy_call_data_new (id, (guint64) ahoy_json_get_int (object, "app", 0), inviter);
  call->ver = ahoy_json_get_int (object, "ver", 0);
  call->media = dup_string (object, "media");
  call->group = dup_string (object, "group");
  call->room = dup_string (object, "room");
  call->user_data = dup_string (object, "userData");
  call->ephemeral = ahoy_json_get_bool (object, "ephemeral", FALSE);
  call->phase = (AhoyCallPhase) find_word (phases, G_N_ELEMENTS (phases), phase);
  call->created_ms = ahoy_json_get_int (object, "created", 0);
  call->started_ms = ahoy_json_get_int (object, "started", 0);
  call->ended_ms = ahoy_json_get_int (object, "ended", 0);
  call->reason = (AhoyCallReason) ahoy_json_get_int (object, "reason", 0);
  g_free (call->ended_by);
  call->ended_by = dup_string (object, "by");
  call->deadline_ms = ahoy_json_get_int (object, "deadline", 0);
  for (guint i = 0; i < json_array_get_length (members); i++)
    {
      JsonNode *row = json_array_get_element (members, i);

      if (JSON_NODE_HOLDS_OBJECT (row))
        read_member (call, json_node_get_object (row));
    }

  return call;
}
