/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ahoy-call-json.h"

#include "ahoy-json.h"
#include "ahoy-limits.h"

#include <string.h>

/* Names of fields, numbers and punctuation of one member */
#define MEMBER_BYTES 320

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

  return call->is_multi ? "multi" : "single";
}

static JsonObject *
member_to_wire (const AhoyMember *member)
{
  JsonObject *object = json_object_new ();

  json_object_set_string_member (object, "user", member->user);
  json_object_set_string_member (object, "device", member->device);
  json_object_set_string_member (object, "nickname", member->nickname);
  json_object_set_string_member (object, "avatar", member->avatar);
  json_object_set_string_member (object, "by", member->by);
  json_object_set_string_member (object, "status", statuses[member->status]);
  json_object_set_int_member (object, "reason", member->reason);
  json_object_set_int_member (object, "entry", member->entry);
  json_object_set_int_member (object, "joined", ahoy_member_is_in (member) ? member->joined_ms : 0);
  json_object_set_int_member (object, "deadline", ahoy_member_is_waiting (member) ? member->deadline_ms : 0);
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

/* All but the members */
static JsonObject *
call_to_wire (const AhoyCallData *call)
{
  JsonObject *object = json_object_new ();

  set_head (object, call);
  json_object_set_int_member (object, "ver", call->ver);
  json_object_set_string_member (object, "room", call->room);
  json_object_set_int_member (object, "roomNumber", call->room_number);
  json_object_set_string_member (object, "userData", call->user_data);
  json_object_set_boolean_member (object, "ephemeral", call->ephemeral);
  json_object_set_int_member (object, "recordPolicy", call->record_policy);
  json_object_set_string_member (object, "state", phases[call->phase]);
  json_object_set_int_member (object, "created", call->created_ms);
  json_object_set_int_member (object, "started", call->started_ms);
  json_object_set_int_member (object, "deadline", ahoy_call_data_get_ring_deadline (call));

  return object;
}

static JsonObject *
push_to_wire (const AhoyCallPush *push)
{
  JsonObject *object = json_object_new ();

  json_object_set_string_member (object, "title", push->title);
  json_object_set_string_member (object, "text", push->text);
  json_object_set_string_member (object, "sound", push->sound);
  json_object_set_boolean_member (object, "off", push->is_off);

  return object;
}

static gsize
get_size (const AhoyMember *member)
{
  return strlen (member->user) + strlen (member->device) + strlen (member->by) +
         ahoy_json_escaped_length (member->nickname) + ahoy_json_escaped_length (member->avatar) + MEMBER_BYTES;
}

static int
compare_left (gconstpointer a,
              gconstpointer b)
{
  const AhoyMember *first = *(const AhoyMember *const *) a;
  const AhoyMember *second = *(const AhoyMember *const *) b;

  return (first->left_ms < second->left_ms) - (first->left_ms > second->left_ms);
}

/* A frame has room for those who are in the call or ring, and for the last ones who left. */
static GHashTable *
choose_members (const AhoyCallData *call)
{
  GHashTable *chosen = g_hash_table_new (NULL, NULL);
  g_autoptr (GPtrArray) left = g_ptr_array_new ();
  gsize size = 0;

  for (guint i = 0; i < call->members->len; i++)
    {
      AhoyMember *member = g_ptr_array_index (call->members, i);

      if (member->status == AHOY_MEMBER_LEFT && i > 0)
        {
          g_ptr_array_add (left, member);
          continue;
        }
      g_hash_table_add (chosen, member);
      size += get_size (member);
    }

  g_ptr_array_sort (left, compare_left);
  for (guint i = 0; i < left->len; i++)
    {
      size += get_size (g_ptr_array_index (left, i));
      if (size > AHOY_WIRE_MAX_PAGE)
        break;
      g_hash_table_add (chosen, g_ptr_array_index (left, i));
    }

  return chosen;
}

JsonObject *
ahoy_call_to_wire (const AhoyCallData *call,
                   const AhoyMember   *receiver)
{
  JsonObject *object = call_to_wire (call);
  JsonArray *members = json_array_new ();
  g_autoptr (GHashTable) chosen = choose_members (call);

  for (guint i = 0; i < call->members->len; i++)
    {
      if (g_hash_table_contains (chosen, g_ptr_array_index (call->members, i)))
        json_array_add_object_element (members, member_to_wire (g_ptr_array_index (call->members, i)));
    }
  json_object_set_array_member (object, "members", members);
  if (call->push && receiver && ahoy_member_is_waiting (receiver))
    json_object_set_object_member (object, "push", push_to_wire (call->push));

  return object;
}

JsonArray *
ahoy_call_list_people (const AhoyCallData *call,
                       const AhoyMember   *but)
{
  JsonArray *people = json_array_new ();

  for (guint i = 0; i < call->members->len; i++)
    {
      const AhoyMember *member = g_ptr_array_index (call->members, i);

      if (member != but && ahoy_member_is_in (member))
        json_array_add_string_element (people, member->user);
    }

  return people;
}

JsonObject *
ahoy_call_to_elsewhere (const AhoyCallData *call,
                        const AhoyMember   *member,
                        gboolean            is_over)
{
  JsonObject *object = json_object_new ();

  json_object_set_string_member (object, "call", call->id);
  json_object_set_string_member (object, "media", call->media);
  json_object_set_array_member (object, "people", ahoy_call_list_people (call, member));
  json_object_set_boolean_member (object, "over", is_over);

  return object;
}

JsonObject *
ahoy_call_to_ended (const AhoyCallData *call,
                    const AhoyEffect   *effect)
{
  JsonObject *object = json_object_new ();

  json_object_set_string_member (object, "call", call->id);
  json_object_set_int_member (object, "reason", effect->reason);
  json_object_set_string_member (object, "by", effect->by);
  json_object_set_int_member (object, "duration", effect->member->stay_ms / 1000);
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
  return member->joined_ms != 0 || member->record_reason == AHOY_REASON_REJECT ? 2 : 1;
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
  json_object_set_int_member (object, "begin", member->begun_ms);
  json_object_set_int_member (object, "duration", member->talked_ms / 1000);
  json_object_set_int_member (object, "reason", member->record_reason);
  json_object_set_object_member (object, "nicknames", nicknames);

  return object;
}

static JsonObject *
member_to_row (const AhoyMember *member)
{
  JsonObject *row = member_to_wire (member);

  json_object_set_int_member (row, "begun", member->begun_ms);
  json_object_set_int_member (row, "joined", member->joined_ms);
  json_object_set_int_member (row, "left", member->left_ms);
  json_object_set_int_member (row, "talked", member->talked_ms);
  json_object_set_int_member (row, "deadline", member->deadline_ms);
  json_object_set_int_member (row, "recordReason", member->record_reason);
  json_object_set_boolean_member (row, "hidden", member->is_hidden);

  return row;
}

char *
ahoy_call_to_text (const AhoyCallData *call)
{
  g_autoptr (JsonObject) object = call_to_wire (call);
  JsonArray *members = json_array_new ();

  json_object_set_int_member (object, "app", (gint64) call->app_id);
  json_object_set_boolean_member (object, "multi", call->is_multi);
  json_object_set_int_member (object, "lastEntry", call->last_entry);
  json_object_set_int_member (object, "ended", call->ended_ms);
  json_object_set_int_member (object, "reason", call->reason);
  json_object_set_string_member (object, "by", call->ended_by);
  if (call->push)
    json_object_set_object_member (object, "push", push_to_wire (call->push));
  for (guint i = 0; i < call->members->len; i++)
    json_array_add_object_element (members, member_to_row (g_ptr_array_index (call->members, i)));
  json_object_set_array_member (object, "members", members);

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
             JsonObject   *row,
             gint64        ring_deadline_ms)
{
  g_autofree char *user = dup_string (row, "user");
  g_autofree char *nickname = dup_string (row, "nickname");
  g_autofree char *avatar = dup_string (row, "avatar");
  g_autofree char *status = dup_string (row, "status");
  AhoyMember *member = ahoy_call_data_add (call, user, nickname, avatar);

  g_free (member->device);
  member->device = dup_string (row, "device");
  g_free (member->by);
  member->by = dup_string (row, "by");
  member->status = (AhoyMemberStatus) find_word (statuses, G_N_ELEMENTS (statuses), status);
  member->reason = (AhoyCallReason) ahoy_json_get_int (row, "reason", 0);
  member->record_reason = (AhoyCallReason) ahoy_json_get_int (row, "recordReason", member->reason);
  member->entry = ahoy_json_get_int (row, "entry", 0);
  member->begun_ms = ahoy_json_get_int (row, "begun", call->created_ms);
  member->joined_ms = ahoy_json_get_int (row, "joined", 0);
  member->left_ms = ahoy_json_get_int (row, "left", 0);
  member->talked_ms = ahoy_json_get_int (row, "talked", 0);
  member->deadline_ms = ahoy_json_get_int (row, "deadline", 0);
  member->is_hidden = ahoy_json_get_bool (row, "hidden", FALSE);
  member->microphone = ahoy_json_get_bool (row, "microphone", FALSE);
  member->camera = ahoy_json_get_bool (row, "camera", FALSE);
  member->screen = ahoy_json_get_bool (row, "screen", FALSE);

  /* A row of an older version counts no entries and has one deadline for all. */
  if (ahoy_member_is_in (member) && member->entry == 0)
    member->entry = ++call->last_entry;
  if (ahoy_member_is_waiting (member) && member->deadline_ms == 0)
    member->deadline_ms = ring_deadline_ms;
}

static AhoyCallPush *
read_push (JsonObject *row)
{
  AhoyCallPush *push;

  if (!row)
    return NULL;

  push = g_new0 (AhoyCallPush, 1);
  push->title = dup_string (row, "title");
  push->text = dup_string (row, "text");
  push->sound = dup_string (row, "sound");
  push->is_off = ahoy_json_get_bool (row, "off", FALSE);

  return push;
}

static AhoyCallData *
read_call (JsonObject *object)
{
  g_autofree char *id = dup_string (object, "call");
  g_autofree char *inviter = dup_string (object, "inviter");
  g_autofree char *phase = dup_string (object, "state");
  g_autofree char *scene = dup_string (object, "scene");
  AhoyCallData *call = ahoy_call_data_new (id, (guint64) ahoy_json_get_int (object, "app", 0), inviter);

  call->ver = ahoy_json_get_int (object, "ver", 0);
  call->media = dup_string (object, "media");
  call->group = dup_string (object, "group");
  call->room = dup_string (object, "room");
  call->room_number = ahoy_json_get_int (object, "roomNumber", 0);
  call->user_data = dup_string (object, "userData");
  call->record_policy = ahoy_json_get_int (object, "recordPolicy", 0);
  call->push = read_push (ahoy_json_get_object (object, "push"));
  call->ephemeral = ahoy_json_get_bool (object, "ephemeral", FALSE);
  call->is_multi = ahoy_json_get_bool (object, "multi", g_str_equal (scene, "multi"));
  call->phase = (AhoyCallPhase) find_word (phases, G_N_ELEMENTS (phases), phase);
  call->created_ms = ahoy_json_get_int (object, "created", 0);
  call->started_ms = ahoy_json_get_int (object, "started", 0);
  call->ended_ms = ahoy_json_get_int (object, "ended", 0);
  call->last_entry = ahoy_json_get_int (object, "lastEntry", 0);
  call->reason = (AhoyCallReason) ahoy_json_get_int (object, "reason", 0);
  g_free (call->ended_by);
  call->ended_by = dup_string (object, "by");

  return call;
}

AhoyCallData *
ahoy_call_from_text (const char *text)
{
  g_autoptr (JsonObject) object = ahoy_json_parse_object (text, strlen (text), AHOY_WIRE_MAX_DEPTH, NULL);
  JsonArray *members = object ? ahoy_json_get_array (object, "members") : NULL;
  AhoyCallData *call;

  if (!members)
    return NULL;

  call = read_call (object);
  for (guint i = 0; i < json_array_get_length (members); i++)
    {
      JsonNode *row = json_array_get_element (members, i);

      if (JSON_NODE_HOLDS_OBJECT (row))
        read_member (call, json_node_get_object (row), ahoy_json_get_int (object, "deadline", 0));
    }

  return call;
}
