/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "call-world.h"

#include "ahoy-error.h"

#include <string.h>

#define CALL_ID "11111111-2222-4333-8444-555555555555"
#define ALONE_S 45

const char *const world_letter_names[N_LETTERS] = {
  "accept", "reject", "ignore", "hang-up", "answer", "fail", "bob-rings", "bob-enters", "bob-leaves", "bob-moves",
  "carol-enters", "carol-leaves", "asked-back", "taken", "time-out", "offline", "welcome", "stale", "offer-1",
  "offer-2", "connect", "lose", "ready", "ring-timer", "alone-timer",
  "leave-timer",
};

void
world_settle (void)
{
  while (g_main_context_iteration (NULL, FALSE))
    ;
}

/* The server. */

gboolean
member_is_in (const Member *member)
{
  return member->is_member && member->status == AHOY_CALL_MEMBER_ACCEPTED;
}

gboolean
member_is_waiting (const Member *member)
{
  return member->is_member && member->status <= AHOY_CALL_MEMBER_RINGING;
}

gboolean
truth_is_here (const Truth *truth)
{
  return member_is_in (&truth->me) && g_str_equal (truth->me.device_id, "here");
}

gboolean
truth_hears (const Truth *truth)
{
  return truth->exists && !truth->is_over && (member_is_waiting (&truth->me) || truth_is_here (truth));
}

static void
add_member (World        *world,
            JsonArray    *array,
            const Member *member)
{
  static const char *const words[] = { "invited", "ringing", "accepted", "lost", "left" };
  gboolean                 in = member_is_in (member);
  JsonObject              *object;

  if (!member->is_member)
    return;

  object = json_object_new ();
  json_object_set_string_member (object, "user", member->user_id);
  json_object_set_string_member (object, "nickname", member->user_id);
  json_object_set_string_member (object, "device", in ? member->device_id : "");
  json_object_set_string_member (object, "by", "");
  json_object_set_string_member (object, "status", words[member->status]);
  json_object_set_int_member (object, "reason", member->reason);
  json_object_set_int_member (object, "entry", in ? member->entry : 0);
  json_object_set_int_member (object, "deadline", member_is_waiting (member) ? member->deadline_ms : 0);
  json_object_set_int_member (object, "joined", in ? g_get_real_time () / 1000 : 0);
  json_object_set_boolean_member (object, "microphone", in);
  json_object_set_boolean_member (object, "camera", in);
  json_array_add_object_element (array, object);
}

static JsonObject *
make_snapshot (World *world)
{
  JsonObject *object = json_object_new ();
  JsonArray  *members = json_array_new ();

  json_object_set_string_member (object, "call", CALL_ID);
  json_object_set_int_member (object, "ver", world->version);
  json_object_set_string_member (object, "media", "video");
  json_object_set_string_member (object, "inviter", world->scenario->beginning == OUTGOING ? "me" : "bob");
  json_object_set_string_member (object, "scene", world->scenario->has_carol ? "multi" : "single");
  json_object_set_int_member (object, "started", world->truth.started_ms);
  json_object_set_int_member (object, "deadline", g_get_real_time () / 1000 + 30000);
  add_member (world, members, &world->truth.me);
  add_member (world, members, &world->truth.bob);
  add_member (world, members, &world->truth.carol);
  json_object_set_array_member (object, "members", members);
  return object;
}

/* (transfer none) */
static JsonObject *
next_snapshot (World *world)
{
  world->version++;
  g_clear_pointer (&world->before, json_object_unref);
  world->before = g_steal_pointer (&world->last);
  world->last = make_snapshot (world);
  world->seen = world->truth;
  return world->last;
}

static void
push_state (World *world)
{
  if (world->is_offline)
    world->version++;
  else if (truth_hears (&world->truth))
    ahoy_call_list_take_push (world->list, "call.state", next_snapshot (world));
}

static void
note_end (World        *world,
          AhoyEndReason reason)
{
  if (world->is_ended)
    return;

  world->is_ended = TRUE;
  world->reason = reason;
}

static void
push_end (World        *world,
          const char   *type,
          AhoyEndReason reason)
{
  g_autoptr (JsonObject) data = json_object_new ();

  world->version++;
  if (world->is_offline)
    return;

  note_end (world, reason);
  json_object_set_string_member (data, "call", CALL_ID);
  json_object_set_int_member (data, "ver", world->version);
  json_object_set_int_member (data, "reason", reason);
  json_object_set_int_member (data, "duration", 0);
  ahoy_call_list_take_push (world->list, type, data);
}

static int
count_in (const Truth *truth)
{
  return member_is_in (&truth->me) + member_is_in (&truth->bob) + member_is_in (&truth->carol);
}

static int
count_waiting (const Truth *truth)
{
  return member_is_waiting (&truth->me) + member_is_waiting (&truth->bob) + member_is_waiting (&truth->carol);
}

static void
enter (World  *world,
       Member *member)
{
  member->is_member = TRUE;
  member->status = AHOY_CALL_MEMBER_ACCEPTED;
  member->entry = ++world->n_entries;
  if (count_in (&world->truth) >= 2 && !world->truth.started_ms)
    world->truth.started_ms = g_get_real_time () / 1000;
}

static void
leave (Member       *member,
       AhoyEndReason reason)
{
  member->status = AHOY_CALL_MEMBER_LEFT;
  member->reason = reason;
}

/* Tells this device how things stand after a change, and whether it is over. */
static void
tell (World        *world,
      gboolean      heard,
      AhoyEndReason reason)
{
  int n_in = count_in (&world->truth);

  if (n_in > 0 && n_in + count_waiting (&world->truth) >= 2)
    {
      push_state (world);
      return;
    }

  world->truth.is_over = TRUE;
  if (heard)
    push_end (world, "call.ended", reason);
}

static void
other_leaves (World  *world,
              Member *member)
{
  gboolean heard = truth_hears (&world->truth);
  gboolean is_cancelled = !world->truth.started_ms && member_is_in (member);

  if (is_cancelled)
    {
      leave (member, AHOY_END_REASON_CANCELED);
      world->truth.is_over = TRUE;
      if (heard)
        push_end (world, "call.ended", AHOY_END_REASON_CANCELED);
      return;
    }

  leave (member, member_is_in (member) ? AHOY_END_REASON_HANG_UP : AHOY_END_REASON_REJECT);
  tell (world, heard, world->truth.started_ms ? AHOY_END_REASON_HANG_UP : AHOY_END_REASON_REJECT);
}

static void
time_out (World *world)
{
  Member  *members[] = { &world->truth.me, &world->truth.bob, &world->truth.carol };
  gboolean heard = truth_hears (&world->truth);
  gboolean was_waiting = member_is_waiting (&world->truth.me);

  for (guint i = 0; i < G_N_ELEMENTS (members); i++)
    {
      if (member_is_waiting (members[i]))
        leave (members[i], AHOY_END_REASON_NO_RESPONSE);
    }
  if (was_waiting)
    push_end (world, "call.ended", AHOY_END_REASON_NO_RESPONSE);
  tell (world, heard && !was_waiting, world->truth.started_ms ? AHOY_END_REASON_HANG_UP : AHOY_END_REASON_NO_RESPONSE);
}

static void
ask_back (World *world)
{
  world->truth.me.status = AHOY_CALL_MEMBER_INVITED;
  world->truth.me.device_id = "here";
  world->truth.me.deadline_ms++;
  world->n_asked_back++;
  ahoy_call_list_take_push (world->list, "call.incoming", next_snapshot (world));
}

static void
welcome (World *world)
{
  g_autoptr (JsonArray) calls = json_array_new ();

  world->is_offline = FALSE;
  fake_session_set_state (world->session, AHOY_SESSION_READY);
  if (truth_hears (&world->truth))
    {
      json_array_add_object_element (calls, make_snapshot (world));
      world->seen = world->truth;
    }
  ahoy_call_list_take_snapshot (world->list, calls);
}

static void
answer_invite (World       *world,
               FakeRequest *request)
{
  world->truth.exists = TRUE;
  enter (world, &world->truth.me);
  world->truth.bob.is_member = TRUE;
  world->truth.carol.is_member = world->scenario->has_carol;
  fake_request_answer (request, json_object_ref (next_snapshot (world)));
}

static void
answer_entry (World       *world,
              FakeRequest *request,
              gboolean     may_enter)
{
  gboolean is_accept = g_str_equal (request->type, "call.accept");

  if (may_enter)
    {
      enter (world, &world->truth.me);
      if (!is_accept && !world->is_ended)
        world->is_accepted = TRUE;
      fake_request_answer (request, json_object_ref (next_snapshot (world)));
      return;
    }

  /* Of what was to be accepted it is not known yet how it ended. */
  if (!is_accept)
    note_end (world, AHOY_END_REASON_UNKNOWN);
  else if (!world->is_ended)
    world->is_leaving = TRUE;
  fake_request_fail (request, AHOY_ERROR_INVITATION_OVER);
}

static void
answer_leaving (World       *world,
                FakeRequest *request)
{
  gboolean is_cancelled;

  if (!truth_hears (&world->truth))
    {
      fake_request_fail (request, AHOY_ERROR_INVITATION_OVER);
      return;
    }

  is_cancelled = !world->truth.started_ms && world->scenario->beginning == OUTGOING;
  leave (&world->truth.me, AHOY_END_REASON_HANG_UP);
  if (is_cancelled)
    world->truth.is_over = TRUE;
  tell (world, FALSE, AHOY_END_REASON_HANG_UP);
  fake_request_answer (request, json_object_new ());
  if (world->is_leaving)
    push_end (world, "call.ended", is_cancelled ? AHOY_END_REASON_CANCELED : AHOY_END_REASON_HANG_UP);
}

void
world_answer (World *world)
{
  FakeRequest *request = fake_session_take (world->session);

  if (g_str_equal (request->type, "call.invite"))
    answer_invite (world, request);
  else if (g_str_equal (request->type, "call.accept"))
    answer_entry (world, request, !world->truth.is_over && member_is_waiting (&world->truth.me));
  else if (g_str_equal (request->type, "call.join"))
    answer_entry (world, request, !world->truth.is_over && !member_is_in (&world->truth.me));
  else if (g_str_equal (request->type, "records.list"))
    {
      /* What has no record is over, unless this device has got into it meanwhile. */
      if (!truth_hears (&world->truth))
        note_end (world, AHOY_END_REASON_OFFLINE);
      fake_request_answer (request, json_object_new ());
    }
  else
    {
      g_assert_true (g_str_equal (request->type, "call.reject") || g_str_equal (request->type, "call.hangup"));
      answer_leaving (world, request);
    }
}

static void
fail (World *world)
{
  FakeRequest *request = fake_session_take (world->session);

  world->has_failed = TRUE;
  if (g_str_equal (request->type, "call.accept") || g_str_equal (request->type, "records.list"))
    note_end (world, AHOY_END_REASON_OFFLINE);
  else if (g_str_equal (request->type, "call.invite") || g_str_equal (request->type, "call.join"))
    note_end (world, AHOY_END_REASON_UNKNOWN);
  fake_request_fail (request, AHOY_ERROR_SIGNALING_SEND_FAILED);
}

/* The line to the others. */

AhoyPeer *
world_find_peer (const char *name)
{
  GPtrArray *peers = fake_peers_get ();

  for (guint i = peers->len; i > 0; i--)
    {
      AhoyPeer *peer = g_ptr_array_index (peers, i - 1);

      if (!name || g_str_equal (fake_peer_get_name (peer), name))
        return peer;
    }
  return NULL;
}

static gint64
get_gen (AhoyPeer *peer)
{
  return GPOINTER_TO_INT (g_object_get_data (G_OBJECT (peer), "gen"));
}

gboolean
peer_is_ready (AhoyPeer *peer)
{
  return g_object_get_data (G_OBJECT (peer), "ready") != NULL;
}

static gboolean
on_request (const char *type,
            JsonObject *data,
            gpointer    user_data)
{
  World *world = user_data;

  if (g_str_equal (type, "sdp"))
    {
      g_autofree char *name = g_strdup_printf ("%s/%s", json_object_get_string_member (data, "to"),
                                               json_object_get_string_member (data, "device"));
      AhoyPeer        *peer = world_find_peer (name);

      world->n_sdp++;
      g_object_set_data (G_OBJECT (peer), "gen", GINT_TO_POINTER ((int) json_object_get_int_member (data, "gen")));
    }
  else if (g_str_equal (type, "peer") && g_str_equal (json_object_get_string_member (data, "what"), "ready"))
    world->n_ready++;
  /* What is answered with nothing changes nothing. */
  return !g_str_equal (type, "records.list") &&
         (!g_str_has_prefix (type, "call.") || g_str_equal (type, "call.media") || g_str_equal (type, "call.ringing"));
}

static void
push_line (World      *world,
           const char *type,
           const char *user_id,
           const char *device_id,
           gint64      gen)
{
  g_autoptr (JsonObject) data = json_object_new ();
  gboolean is_sdp = g_str_equal (type, "sdp");

  json_object_set_string_member (data, "call", CALL_ID);
  json_object_set_string_member (data, "from", user_id);
  json_object_set_string_member (data, "fromDevice", device_id);
  json_object_set_int_member (data, "gen", gen);
  json_object_set_string_member (data, is_sdp ? "kind" : "what", is_sdp ? "offer" : "ready");
  if (is_sdp)
    json_object_set_string_member (data, "sdp", "offer");
  ahoy_call_list_take_push (world->list, type, data);
}

static void
offer (World      *world,
       const char *device_id)
{
  g_autofree char *name = g_strconcat ("bob/", device_id, NULL);
  AhoyPeer        *peer = world_find_peer (name);

  push_line (world, "sdp", "bob", device_id, peer ? get_gen (peer) + 1 : 7);
}

static AhoyPeer *
find_unconnected (void)
{
  GPtrArray *peers = fake_peers_get ();

  for (guint i = peers->len; i > 0; i--)
    {
      AhoyPeer *peer = g_ptr_array_index (peers, i - 1);

      if (ahoy_peer_get_state (peer) != AHOY_PEER_CONNECTED)
        return peer;
    }
  return NULL;
}

static AhoyPeer *
find_connected (void)
{
  GPtrArray *peers = fake_peers_get ();

  for (guint i = 0; i < peers->len; i++)
    {
      if (ahoy_peer_get_state (g_ptr_array_index (peers, i)) == AHOY_PEER_CONNECTED)
        return g_ptr_array_index (peers, i);
    }
  return NULL;
}

static AhoyPeer *
find_unready (void)
{
  AhoyPeer *peer = world_find_peer (NULL);

  return peer && !peer_is_ready (peer) && get_gen (peer) ? peer : NULL;
}

static void
push_ready (World *world)
{
  AhoyPeer *peer = find_unready ();
  g_auto (GStrv) name = g_strsplit (fake_peer_get_name (peer), "/", 2);

  g_object_set_data (G_OBJECT (peer), "ready", GINT_TO_POINTER (1));
  push_line (world, "peer", name[0], name[1], get_gen (peer));
}

/* This side. */

static void
on_answered (GObject      *object,
             GAsyncResult *result,
             gpointer      user_data)
{
  g_autoptr (GError) error = NULL;
  World *world = user_data;

  world->n_answered++;
  if (!AHOY_IS_CALL (object))
    {
      g_autoptr (AhoyCall) call = ahoy_call_list_join_finish (AHOY_CALL_LIST (object), result, &error);

      g_assert_true (call != NULL || error != NULL);
      return;
    }

  /* All of these return the same. */
  ahoy_call_accept_finish (AHOY_CALL (object), result, &error);
  if (error)
    g_assert_cmpuint (error->domain, ==, AHOY_ERROR);
}

gboolean
world_rings_here (World *world)
{
  return world->scenario->beginning == INCOMING && !world->is_accepted && !world->is_ended;
}

static void
act (World *world,
     Letter letter)
{
  world->n_asked++;
  if (letter == ACCEPT)
    {
      world->is_accepted |= world_rings_here (world);
      ahoy_call_accept_async (world->call, TRUE, NULL, on_answered, world);
    }
  else if (letter == HANG_UP)
    {
      if (world_rings_here (world))
        note_end (world, AHOY_END_REASON_REJECT);
      else if (world->scenario->beginning == OUTGOING && !world->is_accepted && !world->is_offline && !world->is_ended)
        world->is_leaving = TRUE;
      else if (!world->is_leaving)
        note_end (world, world->is_accepted ? AHOY_END_REASON_HANG_UP : AHOY_END_REASON_CANCELED);
      ahoy_call_hang_up_async (world->call, NULL, on_answered, world);
    }
  else
    {
      if (world_rings_here (world))
        note_end (world, letter == REJECT ? AHOY_END_REASON_REJECT : AHOY_END_REASON_LINE_BUSY);
      if (letter == REJECT)
        ahoy_call_reject_async (world->call, NULL, on_answered, world);
      else
        ahoy_call_ignore_async (world->call, NULL, on_answered, world);
    }
}

/* Lets a timer of the main context be due. */
static void
fire (guint source_id)
{
  g_source_set_ready_time (g_main_context_find_source_by_id (NULL, source_id), 0);
  world_settle ();
}

static void
fire_alone (World *world)
{
  gboolean is_active = ahoy_call_get_state (world->call) == AHOY_CALL_ACTIVE;

  fake_session_set_state (world->session, AHOY_SESSION_WAITING);
  world->call->alone_s = ALONE_S - 1;
  fire (world->call->tick_id);
  fake_session_set_state (world->session, world->is_offline ? AHOY_SESSION_WAITING : AHOY_SESSION_READY);
  if (!is_active)
    note_end (world, AHOY_END_REASON_OFFLINE);
}

gboolean
world_may_happen (World *world,
                  Letter letter)
{
  gboolean heard = truth_hears (&world->truth);

  switch (letter)
    {
    case ACCEPT:
    case REJECT:
    case IGNORE:
    case HANG_UP:
    case WELCOME:
      return TRUE;
    case OFFLINE:
      return !world->is_offline;
    case ANSWER:
      return !world->is_offline && fake_session_count (world->session) > 0;
    case FAIL:
      return fake_session_count (world->session) > 0;
    case BOB_RINGS:
      return heard && world->truth.bob.is_member && world->truth.bob.status == AHOY_CALL_MEMBER_INVITED;
    case BOB_ENTERS:
      return heard && member_is_waiting (&world->truth.bob);
    case BOB_LEAVES:
      return heard && (member_is_waiting (&world->truth.bob) || member_is_in (&world->truth.bob));
    case BOB_MOVES:
      return heard && world->truth.started_ms && member_is_in (&world->truth.bob);
    case CAROL_ENTERS:
      return heard && !member_is_in (&world->truth.carol);
    case CAROL_LEAVES:
      return heard && (member_is_waiting (&world->truth.carol) || member_is_in (&world->truth.carol));
    case ASKED_BACK:
      return !world->is_offline && world->truth.exists && !world->truth.is_over && world->truth.me.is_member &&
             !heard && world->is_ended && world->n_added == 1;
    case TAKEN:
      return heard && member_is_waiting (&world->truth.me);
    case TIME_OUT:
      return heard && count_waiting (&world->truth) > 0;
    case STALE:
      return !world->is_offline && world->before != NULL;
    case OFFER_1:
    case OFFER_2:
      return !world->is_offline && world->truth.exists;
    case CONNECT:
      return find_unconnected () != NULL;
    case LOSE:
      return find_connected () != NULL;
    case READY:
      return !world->is_offline && find_unready () != NULL;
    case RING_TIMER:
      return world->call->ring_id != 0;
    case ALONE_TIMER:
      return world->call->tick_id != 0;
    case LEAVE_TIMER:
      return world->call->leave_id != 0;
    case N_LETTERS:
    default:
      return FALSE;
    }
}

void
world_happen (World *world,
              Letter letter)
{
  switch (letter)
    {
    case ACCEPT:
    case REJECT:
    case IGNORE:
    case HANG_UP:
      act (world, letter);
      break;
    case ANSWER:
      world_answer (world);
      break;
    case FAIL:
      fail (world);
      break;
    case BOB_RINGS:
      world->truth.bob.status = AHOY_CALL_MEMBER_RINGING;
      push_state (world);
      break;
    case BOB_ENTERS:
      enter (world, &world->truth.bob);
      push_state (world);
      break;
    case BOB_LEAVES:
      other_leaves (world, &world->truth.bob);
      break;
    case BOB_MOVES:
      world->truth.bob.device_id = g_str_equal (world->truth.bob.device_id, "one") ? "two" : "one";
      enter (world, &world->truth.bob);
      push_state (world);
      break;
    case CAROL_ENTERS:
      enter (world, &world->truth.carol);
      push_state (world);
      break;
    case CAROL_LEAVES:
      other_leaves (world, &world->truth.carol);
      break;
    case ASKED_BACK:
      ask_back (world);
      break;
    case TAKEN:
      world->truth.me.device_id = "there";
      enter (world, &world->truth.me);
      push_end (world, "call.taken", AHOY_END_REASON_OTHER_DEVICE_ACCEPTED);
      break;
    case TIME_OUT:
      time_out (world);
      break;
    case OFFLINE:
      world->is_offline = TRUE;
      fake_session_set_state (world->session, AHOY_SESSION_WAITING);
      break;
    case WELCOME:
      welcome (world);
      break;
    case STALE:
      ahoy_call_list_take_push (world->list, "call.state", world->before);
      break;
    case OFFER_1:
      offer (world, "one");
      break;
    case OFFER_2:
      offer (world, "two");
      break;
    case CONNECT:
      fake_peer_set_state (find_unconnected (), AHOY_PEER_CONNECTED);
      break;
    case LOSE:
      fake_peer_set_state (find_connected (), AHOY_PEER_LOST);
      break;
    case READY:
      push_ready (world);
      break;
    case RING_TIMER:
      /* A server that is there decides. */
      if (world->is_offline)
        note_end (world, AHOY_END_REASON_NO_RESPONSE);
      fire (world->call->ring_id);
      break;
    case ALONE_TIMER:
      fire_alone (world);
      break;
    case LEAVE_TIMER:
      note_end (world, world->has_begun ? AHOY_END_REASON_HANG_UP : AHOY_END_REASON_CANCELED);
      fire (world->call->leave_id);
      break;
    case N_LETTERS:
    default:
      g_assert_not_reached ();
    }
  world_settle ();
}

/* One life. */

static void
on_added (World    *world,
          AhoyCall *call)
{
  world->n_added++;
  if (world->n_added == 1)
    world->call = g_object_ref (call);
}

static void
on_list_ended (World    *world,
               AhoyCall *call)
{
  world->n_call_ended += call == world->call;
}

static void
on_event (World *world)
{
  world->n_after_end += world->n_ended;
}

static void
on_begin (World *world)
{
  world->n_begin++;
  on_event (world);
}

static void
on_not_connected (World *world)
{
  world->n_not_connected++;
  on_event (world);
}

static void
on_ended (World *world)
{
  on_event (world);
  world->n_ended++;
}

static void
watch (World *world)
{
  static const struct
  {
    const char *signal;
    void (*callback) (World *world);
  } rows[] = {
    { "begin", on_begin },
    { "not-connected", on_not_connected },
    { "ended", on_ended },
    { "user-rejected", on_event },
    { "user-no-response", on_event },
    { "user-busy", on_event },
    { "user-inviting", on_event },
    { "user-joined", on_event },
    { "user-left", on_event },
    { "user-video-available", on_event },
    { "user-audio-available", on_event },
    { "media-changed", on_event },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    g_signal_connect_swapped (world->call, rows[i].signal, G_CALLBACK (rows[i].callback), world);
}

static Member
make_member (const char *user_id,
             const char *device_id)
{
  Member member = { user_id, device_id, AHOY_CALL_MEMBER_INVITED, AHOY_END_REASON_UNKNOWN, FALSE, 0,
                    g_get_real_time () / 1000 + 30000 };

  return member;
}

static void
begin (World *world)
{
  const char *const several[] = { "bob", "carol", NULL };
  const char *const one[] = { "bob", NULL };
  g_autoptr (AhoyCall) call = NULL;

  world->truth.me = make_member ("me", "here");
  world->truth.bob = make_member ("bob", "one");
  world->truth.carol = make_member ("carol", "c");
  if (world->scenario->beginning == OUTGOING)
    {
      call = ahoy_call_list_place (world->list, world->scenario->has_carol ? several : one, AHOY_CALL_MEDIA_VIDEO,
                                   NULL, NULL);
      /* As long as the server has not answered they are waited for. */
      world->truth.bob.is_member = TRUE;
      world->truth.carol.is_member = world->scenario->has_carol;
      world->seen = world->truth;
      return;
    }

  world->truth.exists = TRUE;
  enter (world, &world->truth.bob);
  if (world->scenario->beginning == INCOMING)
    {
      world->truth.me.is_member = TRUE;
      world->truth.carol.is_member = world->scenario->has_carol;
      ahoy_call_list_take_push (world->list, "call.incoming", next_snapshot (world));
      return;
    }

  enter (world, &world->truth.carol);
  world->n_asked++;
  ahoy_call_list_join_async (world->list, "call.join", CALL_ID, NULL, NULL, on_answered, world);
}

World *
world_new (const Scenario *scenario)
{
  World *world = g_new0 (World, 1);

  world->scenario = scenario;
  world->session = fake_session_new ("me", "here", on_request, world);
  world->media = fake_media_new ();
  world->people = ahoy_people_new (world->session);
  ahoy_people_learn (world->people, "me", "me", NULL);
  if (!scenario->is_stranger)
    ahoy_user_set_contact (ahoy_people_learn (world->people, "bob", "bob", NULL), TRUE, NULL, FALSE);
  world->list = ahoy_call_list_new (world->session, world->media, world->people);
  g_signal_connect_swapped (world->list, "added", G_CALLBACK (on_added), world);
  g_signal_connect_swapped (world->list, "call-ended", G_CALLBACK (on_list_ended), world);
  begin (world);
  g_assert_nonnull (world->call);
  watch (world);
  world_settle ();
  return world;
}

void
world_free (World *world)
{
  g_signal_handlers_disconnect_by_data (world->call, world);
  ahoy_call_list_end_all (world->list, AHOY_END_REASON_UNKNOWN);
  world_settle ();
  while (fake_session_count (world->session) > 0)
    {
      fake_request_fail (fake_session_take (world->session), AHOY_ERROR_SIGNALING_SEND_FAILED);
      world_settle ();
    }
  g_assert_cmpuint (fake_peers_get ()->len, ==, 0);
  g_assert_false (fake_media_is_capturing (world->media));
  g_signal_handlers_disconnect_by_data (world->list, world);
  g_assert_finalize_object (world->list);
  g_assert_finalize_object (world->call);
  g_object_unref (world->people);
  g_object_unref (world->session);
  g_object_unref (world->media);
  g_clear_pointer (&world->before, json_object_unref);
  g_clear_pointer (&world->last, json_object_unref);
  g_free (world);
}

static void
describe_member (GString      *text,
                 const Member *member)
{
  if (member->is_member)
    g_string_append_printf (text, "%s%d%s ", member->user_id, member->status,
                            member_is_in (member) ? member->device_id : "");
}

static void
describe_truth (GString     *text,
                const Truth *truth)
{
  describe_member (text, &truth->me);
  describe_member (text, &truth->bob);
  describe_member (text, &truth->carol);
}

char *
world_describe (World *world)
{
  GString   *text = g_string_new (NULL);
  GPtrArray *peers = fake_peers_get ();
  const Truth *truth = &world->truth;

  g_string_append_printf (text, "%d%d%d%d%d%d%d ", world->is_offline, truth->exists, truth->is_over,
                          truth->started_ms != 0, truth->me.entry > truth->bob.entry,
                          truth->me.entry > truth->carol.entry, world->before != NULL);
  describe_truth (text, &world->truth);
  describe_truth (text, &world->seen);
  g_string_append_printf (text, "%d%d%d%d%d%d %s ", world->is_accepted, world->is_ended, world->has_rung,
                          world->has_begun, world->was_linked, world->has_failed,
                          ahoy_call_phase_get_name (world->call->phase));
  g_string_append_printf (text, "%d%u%d%d%d%d ", world->reason, world->n_added, world->call->entry != 0,
                          world->call->version != 0, world->is_leaving, world->call->leave_id != 0);
  for (guint i = 0; i < fake_session_count (world->session); i++)
    g_string_append_printf (text, "%s ", fake_session_get_type_of (world->session, i));
  for (guint i = 0; i < peers->len; i++)
    {
      AhoyPeer *peer = g_ptr_array_index (peers, i);

      g_string_append_printf (text, "%s%d%d%d%d%d ", fake_peer_get_name (peer), ahoy_peer_get_state (peer),
                              peer_is_ready (peer), fake_peer_is_sending (peer), fake_peer_is_playing (peer),
                              fake_peer_is_offering (peer));
    }
  return g_string_free (text, FALSE);
}
