/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ahoy-call-json.h"
#include "ahoy-limits.h"
#include "ahoy-protocol-tables.h"

/* The rules of calls of several people, one by one, without sockets and clocks. */

typedef struct
{
  AhoyCallData *call;
  GArray *effects; /* of the last event */
} Fixture;

static void
set_up (Fixture      *fixture,
        gconstpointer data)
{
  static const char *const guests[] = { "bob", "carol", "dave" };

  fixture->call = ahoy_call_data_new ("id", 1, "alice");
  fixture->call->media = g_strdup ("video");
  fixture->call->group = g_strdup ("");
  fixture->call->room = g_strdup ("");
  fixture->call->user_data = g_strdup ("");
  fixture->call->is_multi = TRUE;
  fixture->effects = ahoy_effects_new ();
  ahoy_call_data_begin (fixture->call, "a1", "", "", 1000);
  for (guint i = 0; i < G_N_ELEMENTS (guests); i++)
    {
      AhoyInvitee invitee = { guests[i], "", "", AHOY_REASON_NONE };

      ahoy_call_data_invite (fixture->call, &invitee, "alice", 1000, 10000 + i * 1000);
    }
  ahoy_call_logic_start (fixture->call, 1000, fixture->effects);
}

static void
tear_down (Fixture      *fixture,
           gconstpointer data)
{
  ahoy_call_data_free (fixture->call);
  g_array_unref (fixture->effects);
}

static int
apply (Fixture      *fixture,
       AhoyCallEvent event)
{
  g_array_set_size (fixture->effects, 0);

  return ahoy_call_logic_apply (fixture->call, &event, fixture->effects);
}

/* What most events are */
static int
act (Fixture          *fixture,
     AhoyCallEventType type,
     const char       *user,
     const char       *device,
     gint64            now_ms)
{
  return apply (fixture, (AhoyCallEvent) { .type = type, .user = user, .device = device, .now_ms = now_ms,
                                           .reason = type == AHOY_EVENT_REJECT ? AHOY_REASON_REJECT : AHOY_REASON_HANGUP,
                                           .deadline_ms = now_ms + 1000, .nickname = "", .avatar = "" });
}

static int
pass (Fixture *fixture,
      gint64   now_ms)
{
  return apply (fixture, (AhoyCallEvent) { .type = AHOY_EVENT_TIME, .now_ms = now_ms });
}

static int
uninvite (Fixture    *fixture,
          const char *user,
          const char *device,
          const char *target)
{
  return apply (fixture, (AhoyCallEvent) { .type = AHOY_EVENT_UNINVITE, .user = user, .device = device,
                                           .target = target, .now_ms = 5000 });
}

static int
add (Fixture       *fixture,
     const char    *user,
     const char    *device,
     const char    *guest,
     AhoyCallReason reason,
     gint64         now_ms)
{
  g_autoptr (GArray) people = g_array_new (FALSE, FALSE, sizeof (AhoyInvitee));
  AhoyInvitee invitee = { guest, "", "", reason };

  g_array_append_val (people, invitee);

  return apply (fixture, (AhoyCallEvent) { .type = AHOY_EVENT_ADD, .user = user, .device = device, .people = people,
                                           .now_ms = now_ms, .deadline_ms = now_ms + 30000 });
}

static const AhoyMember *
find (Fixture    *fixture,
      const char *user)
{
  return ahoy_call_data_find (fixture->call, user);
}

/* The one effect of this type on @user, or NULL. */
static const AhoyEffect *
find_effect (Fixture       *fixture,
             AhoyEffectType type,
             const char    *user)
{
  const AhoyEffect *found = NULL;

  for (guint i = 0; i < fixture->effects->len; i++)
    {
      const AhoyEffect *effect = &g_array_index (fixture->effects, AhoyEffect, i);

      if (effect->type != type || g_strcmp0 (effect->member ? effect->member->user : NULL, user) != 0)
        continue;

      g_assert_null (found);
      found = effect;
    }

  return found;
}

static void
check_left (Fixture       *fixture,
            const char    *user,
            AhoyCallReason reason,
            const char    *by)
{
  const AhoyEffect *effect = find_effect (fixture, AHOY_EFFECT_ENDED, user);

  g_assert_cmpint (find (fixture, user)->status, ==, AHOY_MEMBER_LEFT);
  g_assert_cmpint (find (fixture, user)->reason, ==, reason);
  g_assert_nonnull (effect);
  g_assert_cmpint (effect->reason, ==, reason);
  g_assert_cmpstr (effect->by, ==, by);
  g_assert_nonnull (find_effect (fixture, AHOY_EFFECT_RECORD, user));
}

static void
test_entries (Fixture      *fixture,
              gconstpointer data)
{
  g_assert_cmpint (find (fixture, "alice")->entry, ==, 1);
  g_assert_cmpint (find (fixture, "bob")->entry, ==, 0);
  g_assert_cmpint (act (fixture, AHOY_EVENT_ACCEPT, "carol", "c1", 2000), ==, 0);
  g_assert_cmpint (find (fixture, "carol")->entry, ==, 2);
  g_assert_cmpint (act (fixture, AHOY_EVENT_ACCEPT, "bob", "b1", 2000), ==, 0);
  g_assert_cmpint (find (fixture, "bob")->entry, ==, 3);
  g_assert_cmpint (act (fixture, AHOY_EVENT_MOVE, "carol", "c2", 3000), ==, 0);
  g_assert_cmpint (find (fixture, "carol")->entry, ==, 4);
  g_assert_cmpint (act (fixture, AHOY_EVENT_LOST, "bob", "b1", 3000), ==, 0);
  g_assert_cmpint (act (fixture, AHOY_EVENT_BACK, "bob", "b1", 3500), ==, 0);
  g_assert_cmpint (find (fixture, "bob")->entry, ==, 3);
  g_assert_cmpint (act (fixture, AHOY_EVENT_HANGUP, "bob", "b1", 4000), ==, 0);
  g_assert_cmpint (find (fixture, "bob")->entry, ==, 0);
  g_assert_cmpint (act (fixture, AHOY_EVENT_JOIN, "bob", "b1", 5000), ==, 0);
  g_assert_cmpint (find (fixture, "bob")->entry, ==, 5);
  g_assert_cmpstr (find (fixture, "bob")->by, ==, "");
}

/* Each has a deadline of its own; that of the call is the last one. */
static void
test_deadlines (Fixture      *fixture,
                gconstpointer data)
{
  g_assert_cmpint (ahoy_call_data_get_ring_deadline (fixture->call), ==, 12000);
  g_assert_cmpint (ahoy_call_logic_deadline (fixture->call), ==, 10000);
  g_assert_cmpint (pass (fixture, 9999), ==, 0);
  g_assert_cmpuint (fixture->effects->len, ==, 0);
  g_assert_cmpint (pass (fixture, 10000), ==, 0);
  check_left (fixture, "bob", AHOY_REASON_NO_RESPONSE, "bob");
  g_assert_cmpint (find (fixture, "carol")->status, ==, AHOY_MEMBER_INVITED);
  g_assert_cmpint (act (fixture, AHOY_EVENT_ACCEPT, "dave", "d1", 10500), ==, 0);
  g_assert_cmpint (ahoy_call_data_get_ring_deadline (fixture->call), ==, 11000);
  g_assert_cmpint (pass (fixture, 11000), ==, 0);
  check_left (fixture, "carol", AHOY_REASON_NO_RESPONSE, "carol");
  g_assert_cmpint (ahoy_call_logic_deadline (fixture->call), ==, 0);
  g_assert_cmpint (fixture->call->phase, ==, AHOY_PHASE_ACTIVE);
}

static void
test_nobody_answers (Fixture      *fixture,
                     gconstpointer data)
{
  g_assert_cmpint (act (fixture, AHOY_EVENT_REJECT, "carol", "c1", 2000), ==, 0);
  g_assert_cmpint (pass (fixture, 10000), ==, 0);
  g_assert_cmpint (fixture->call->phase, ==, AHOY_PHASE_RINGING);
  g_assert_cmpint (pass (fixture, 12000), ==, 0);
  check_left (fixture, "dave", AHOY_REASON_NO_RESPONSE, "dave");
  check_left (fixture, "alice", AHOY_REASON_NO_RESPONSE, "dave");
  g_assert_cmpint (fixture->call->phase, ==, AHOY_PHASE_ENDED);
}

/* The one who calls is lost at the moment at which the last one has rung long enough. */
static void
test_lost_and_unanswered (Fixture      *fixture,
                          gconstpointer data)
{
  g_assert_cmpint (apply (fixture, (AhoyCallEvent) { .type = AHOY_EVENT_LOST, .user = "alice", .device = "a1",
                                                     .now_ms = 2000, .deadline_ms = 10000 }), ==, 0);
  g_assert_cmpint (pass (fixture, 10000), ==, 0);
  check_left (fixture, "alice", AHOY_REASON_OFFLINE, "alice");
  check_left (fixture, "bob", AHOY_REASON_NO_RESPONSE, "bob");
  check_left (fixture, "carol", AHOY_REASON_OFFLINE, "alice");
  g_assert_cmpint (fixture->call->reason, ==, AHOY_REASON_OFFLINE);
}

static void
test_inviter_hangs_up (Fixture      *fixture,
                       gconstpointer data)
{
  g_assert_cmpint (act (fixture, AHOY_EVENT_REJECT, "bob", "b1", 2000), ==, 0);
  g_assert_cmpint (act (fixture, AHOY_EVENT_HANGUP, "alice", "a2", 3000), ==, AHOY_ERROR_REQUEST_REFUSED);
  g_assert_cmpint (act (fixture, AHOY_EVENT_CANCEL, "alice", "a2", 3000), ==, AHOY_ERROR_REQUEST_REFUSED);
  g_assert_cmpint (act (fixture, AHOY_EVENT_CANCEL, "carol", "c1", 3000), ==, AHOY_ERROR_REQUEST_REFUSED);
  g_assert_cmpint (act (fixture, AHOY_EVENT_HANGUP, "alice", "a1", 3000), ==, 0);
  check_left (fixture, "alice", AHOY_REASON_CANCELED, "alice");
  check_left (fixture, "carol", AHOY_REASON_CANCELED, "alice");
  check_left (fixture, "dave", AHOY_REASON_CANCELED, "alice");
  g_assert_cmpint (find (fixture, "bob")->reason, ==, AHOY_REASON_REJECT);
  g_assert_null (find_effect (fixture, AHOY_EFFECT_ENDED, "bob"));
  g_assert_null (find_effect (fixture, AHOY_EFFECT_OVER, "alice"));
}

/* Accepting and cancelling cross: who comes second is told so. */
static void
test_accept_and_cancel (Fixture      *fixture,
                        gconstpointer data)
{
  g_assert_cmpint (act (fixture, AHOY_EVENT_ACCEPT, "bob", "b1", 2000), ==, 0);
  g_assert_cmpint (act (fixture, AHOY_EVENT_CANCEL, "alice", "a1", 2000), ==, AHOY_ERROR_REQUEST_REFUSED);
  g_assert_cmpint (uninvite (fixture, "alice", "a1", "bob"), ==, AHOY_ERROR_REQUEST_REFUSED);
  g_assert_cmpint (uninvite (fixture, "alice", "a1", "carol"), ==, 0);
  check_left (fixture, "carol", AHOY_REASON_CANCELED, "alice");
  g_assert_cmpint (act (fixture, AHOY_EVENT_ACCEPT, "carol", "c1", 5000), ==, AHOY_ERROR_INVITATION_OVER);
  g_assert_cmpint (fixture->call->phase, ==, AHOY_PHASE_ACTIVE);
}

static void
test_uninvite (Fixture      *fixture,
               gconstpointer data)
{
  g_assert_cmpint (act (fixture, AHOY_EVENT_ACCEPT, "bob", "b1", 2000), ==, 0);
  g_assert_cmpint (act (fixture, AHOY_EVENT_ACCEPT, "dave", "d1", 2000), ==, 0);
  /* Not by whoever has not invited that one, from the wrong device, or while only ringing. */
  g_assert_cmpint (uninvite (fixture, "bob", "b1", "carol"), ==, AHOY_ERROR_REQUEST_REFUSED);
  g_assert_cmpint (uninvite (fixture, "alice", "a2", "carol"), ==, AHOY_ERROR_REQUEST_REFUSED);
  g_assert_cmpint (uninvite (fixture, "carol", "c1", "carol"), ==, AHOY_ERROR_REQUEST_REFUSED);
  g_assert_cmpint (uninvite (fixture, "alice", "a1", "erin"), ==, AHOY_ERROR_INVITATION_OVER);

  g_assert_cmpint (add (fixture, "bob", "b1", "erin", AHOY_REASON_NONE, 3000), ==, 0);
  g_assert_cmpint (add (fixture, "bob", "b1", "frank", AHOY_REASON_NONE, 3000), ==, 0);
  g_assert_cmpint (uninvite (fixture, "dave", "d1", "erin"), ==, AHOY_ERROR_REQUEST_REFUSED);
  g_assert_cmpint (uninvite (fixture, "bob", "b1", "erin"), ==, 0);
  check_left (fixture, "erin", AHOY_REASON_CANCELED, "bob");
  g_assert_cmpint (uninvite (fixture, "alice", "a1", "frank"), ==, 0);
  check_left (fixture, "frank", AHOY_REASON_CANCELED, "alice");
  g_assert_cmpint (uninvite (fixture, "alice", "a1", "frank"), ==, AHOY_ERROR_INVITATION_OVER);
}

/* The last invitation taken back is the end, of a call that rings and of one that ran. */
static void
test_uninvite_last (Fixture      *fixture,
                    gconstpointer data)
{
  g_assert_cmpint (uninvite (fixture, "alice", "a1", "bob"), ==, 0);
  g_assert_cmpint (uninvite (fixture, "alice", "a1", "carol"), ==, 0);
  if (data)
    {
      g_assert_cmpint (act (fixture, AHOY_EVENT_ACCEPT, "dave", "d1", 5000), ==, 0);
      g_assert_cmpint (add (fixture, "dave", "d1", "bob", AHOY_REASON_NONE, 6000), ==, 0);
      g_assert_cmpint (act (fixture, AHOY_EVENT_HANGUP, "dave", "d1", 7000), ==, 0);
      g_assert_cmpint (fixture->call->phase, ==, AHOY_PHASE_ACTIVE);
      g_assert_cmpint (uninvite (fixture, "alice", "a1", "bob"), ==, 0);
    }
  else
    {
      g_assert_cmpint (uninvite (fixture, "alice", "a1", "dave"), ==, 0);
    }
  /* Nobody is told "canceled" of a call that took place. */
  check_left (fixture, "alice", data ? AHOY_REASON_HANGUP : AHOY_REASON_CANCELED, "alice");
  check_left (fixture, data ? "bob" : "dave", AHOY_REASON_CANCELED, "alice");
}

/* Who rings when the last one leaves is called no more. */
static void
test_last_leaves (Fixture      *fixture,
                  gconstpointer data)
{
  g_assert_cmpint (act (fixture, AHOY_EVENT_ACCEPT, "bob", "b1", 2000), ==, 0);
  g_assert_cmpint (act (fixture, AHOY_EVENT_HANGUP, "alice", "a1", 3000), ==, 0);
  g_assert_cmpint (fixture->call->phase, ==, AHOY_PHASE_ACTIVE);
  g_assert_cmpint (act (fixture, AHOY_EVENT_HANGUP, "bob", "b1", 4000), ==, 0);
  check_left (fixture, "bob", AHOY_REASON_HANGUP, "bob");
  check_left (fixture, "carol", AHOY_REASON_CANCELED, "bob");
  check_left (fixture, "dave", AHOY_REASON_CANCELED, "bob");
  /* Adding and joining come too late. */
  g_assert_cmpint (add (fixture, "bob", "b1", "erin", AHOY_REASON_NONE, 4000), ==, AHOY_ERROR_INVITATION_OVER);
  g_assert_cmpint (act (fixture, AHOY_EVENT_JOIN, "erin", "e1", 4000), ==, AHOY_ERROR_INVITATION_OVER);
}

static void
test_last_invitation_fails (Fixture      *fixture,
                            gconstpointer data)
{
  AhoyCallEventType how = (AhoyCallEventType) GPOINTER_TO_INT (data);

  g_assert_cmpint (act (fixture, AHOY_EVENT_ACCEPT, "bob", "b1", 2000), ==, 0);
  g_assert_cmpint (act (fixture, AHOY_EVENT_REJECT, "carol", "c1", 2000), ==, 0);
  g_assert_cmpint (act (fixture, AHOY_EVENT_HANGUP, "bob", "b1", 3000), ==, 0);
  g_assert_cmpint (how == AHOY_EVENT_TIME ? pass (fixture, 20000) : act (fixture, how, "dave", "d1", 4000), ==, 0);
  check_left (fixture, "dave", how == AHOY_EVENT_TIME ? AHOY_REASON_NO_RESPONSE : AHOY_REASON_REJECT, "dave");
  check_left (fixture, "alice", AHOY_REASON_HANGUP, "dave");
}

static void
test_join (Fixture      *fixture,
           gconstpointer data)
{
  /* Into one that still rings: that begins it. */
  g_assert_cmpint (act (fixture, AHOY_EVENT_JOIN, "erin", "e1", 2000), ==, 0);
  g_assert_cmpint (fixture->call->phase, ==, AHOY_PHASE_ACTIVE);
  g_assert_cmpint (fixture->call->started_ms, ==, 2000);
  g_assert_nonnull (find_effect (fixture, AHOY_EFFECT_RUNS, "alice"));
  g_assert_nonnull (find_effect (fixture, AHOY_EFFECT_RUNS, "erin"));
  g_assert_null (find_effect (fixture, AHOY_EFFECT_TAKEN, "erin"));
  /* Again, and from another device. */
  g_assert_cmpint (act (fixture, AHOY_EVENT_JOIN, "erin", "e1", 2000), ==, 0);
  g_assert_cmpuint (fixture->effects->len, ==, 0);
  g_assert_cmpint (act (fixture, AHOY_EVENT_JOIN, "erin", "e2", 2000), ==, AHOY_ERROR_REQUEST_REFUSED);
  /* Who is invited accepts by it. */
  g_assert_cmpint (act (fixture, AHOY_EVENT_JOIN, "bob", "b2", 3000), ==, 0);
  g_assert_cmpstr (find_effect (fixture, AHOY_EFFECT_TAKEN, "bob")->device, ==, "b2");
  g_assert_cmpstr (find (fixture, "bob")->by, ==, "alice");
  /* Who declined may think again. */
  g_assert_cmpint (act (fixture, AHOY_EVENT_REJECT, "carol", "c1", 3000), ==, 0);
  g_assert_cmpint (act (fixture, AHOY_EVENT_ACCEPT, "carol", "c1", 3000), ==, AHOY_ERROR_INVITATION_OVER);
  g_assert_cmpint (act (fixture, AHOY_EVENT_JOIN, "carol", "c1", 3000), ==, 0);
  g_assert_cmpint (find (fixture, "carol")->reason, ==, AHOY_REASON_NONE);
}

static void
test_single (Fixture      *fixture,
             gconstpointer data)
{
  g_autoptr (AhoyCallData) call = ahoy_call_data_new ("id", 1, "alice");
  AhoyInvitee bob = { "bob", "", "", AHOY_REASON_NONE };
  Fixture single = { call, fixture->effects };

  call->media = g_strdup ("video");
  call->group = g_strdup ("");
  ahoy_call_data_begin (call, "a1", "", "", 1000);
  ahoy_call_data_invite (call, &bob, "alice", 1000, 10000);
  ahoy_call_logic_start (call, 1000, fixture->effects);
  g_assert_cmpint (apply (&single, (AhoyCallEvent) { .type = AHOY_EVENT_SWITCH, .user = "alice", .device = "a1",
                                                     .media = "audio" }), ==, AHOY_ERROR_REQUEST_REFUSED);
  g_assert_cmpint (act (&single, AHOY_EVENT_JOIN, "carol", "c1", 2000), ==, AHOY_ERROR_SCENE_NOT_SUPPORTED);
  g_assert_cmpint (act (&single, AHOY_EVENT_JOIN, "bob", "b1", 2000), ==, 0);

  g_assert_cmpint (apply (&single, (AhoyCallEvent) { .type = AHOY_EVENT_MEDIA, .user = "bob", .device = "b1",
                                                     .camera = TRUE, .microphone = TRUE }), ==, 0);
  g_assert_cmpint (apply (&single, (AhoyCallEvent) { .type = AHOY_EVENT_SWITCH, .user = "bob", .device = "b2",
                                                     .media = "audio" }), ==, AHOY_ERROR_REQUEST_REFUSED);
  g_assert_cmpint (apply (&single, (AhoyCallEvent) { .type = AHOY_EVENT_SWITCH, .user = "alice", .device = "a1",
                                                     .media = "audio" }), ==, 0);
  g_assert_cmpstr (call->media, ==, "audio");
  g_assert_false (find (&single, "bob")->camera);
  g_assert_true (find (&single, "bob")->microphone);
  g_assert_cmpint (apply (&single, (AhoyCallEvent) { .type = AHOY_EVENT_SWITCH, .user = "bob", .device = "b1",
                                                     .media = "audio" }), ==, 0);
  g_assert_cmpuint (fixture->effects->len, ==, 0);

  /* With a third one it is single no more, whatever becomes of that one. */
  g_assert_cmpint (add (&single, "bob", "b1", "carol", AHOY_REASON_BUSY, 3000), ==, 0);
  g_assert_false (ahoy_call_data_is_single (call));
  g_assert_cmpint (find (&single, "carol")->reason, ==, AHOY_REASON_BUSY);
  g_assert_nonnull (find_effect (&single, AHOY_EFFECT_RECORD, "carol"));
  g_assert_null (find_effect (&single, AHOY_EFFECT_ENDED, "carol"));
  g_assert_cmpint (apply (&single, (AhoyCallEvent) { .type = AHOY_EVENT_SWITCH, .user = "bob", .device = "b1",
                                                     .media = "video" }), ==, AHOY_ERROR_SCENE_NOT_SUPPORTED);
  g_assert_cmpint (act (&single, AHOY_EVENT_JOIN, "dave", "d1", 4000), ==, 0);
}

static void
test_full (Fixture      *fixture,
           gconstpointer data)
{
  static const char *const more[] = { "erin", "frank", "grace", "heidi" };

  for (guint i = 0; i < G_N_ELEMENTS (more); i++)
    g_assert_cmpint (act (fixture, AHOY_EVENT_JOIN, more[i], "x", 2000), ==, 0);
  /* Alice, three who ring, four who joined: one place, for one of two. */
  g_assert_cmpint (act (fixture, AHOY_EVENT_JOIN, "ivan", "i1", 2000), ==, 0);
  g_assert_cmpint (act (fixture, AHOY_EVENT_JOIN, "judy", "j1", 2000), ==, AHOY_ERROR_PARAM_INVALID);
  g_assert_cmpint (add (fixture, "alice", "a1", "judy", AHOY_REASON_NONE, 2000), ==, AHOY_ERROR_PARAM_INVALID);
  /* Who rings has a place; who is there may be named again. */
  g_assert_cmpint (add (fixture, "alice", "a1", "ivan", AHOY_REASON_NONE, 2000), ==, 0);
  g_assert_cmpint (act (fixture, AHOY_EVENT_ACCEPT, "dave", "d1", 2000), ==, 0);
  g_assert_cmpint (act (fixture, AHOY_EVENT_REJECT, "carol", "c1", 2000), ==, 0);
  g_assert_cmpint (act (fixture, AHOY_EVENT_JOIN, "judy", "j1", 2000), ==, 0);
}

/* All stays together are one line of the history, and a missed second invitation does not spoil it. */
static void
test_two_stays (Fixture      *fixture,
                gconstpointer data)
{
  g_autoptr (JsonObject) record = NULL;

  g_assert_cmpint (act (fixture, AHOY_EVENT_ACCEPT, "bob", "b1", 2000), ==, 0);
  g_assert_cmpint (act (fixture, AHOY_EVENT_ACCEPT, "carol", "c1", 2000), ==, 0);
  g_assert_cmpint (act (fixture, AHOY_EVENT_HANGUP, "bob", "b1", 6000), ==, 0);
  g_assert_cmpint (find (fixture, "bob")->stay_ms, ==, 4000);
  g_assert_cmpint (add (fixture, "carol", "c1", "bob", AHOY_REASON_NONE, 7000), ==, 0);
  g_assert_cmpstr (find (fixture, "bob")->by, ==, "carol");
  g_assert_cmpint (act (fixture, AHOY_EVENT_ACCEPT, "bob", "b1", 8000), ==, 0);
  g_assert_cmpint (find (fixture, "bob")->joined_ms, ==, 8000);
  g_assert_cmpint (act (fixture, AHOY_EVENT_HANGUP, "bob", "b1", 11000), ==, 0);
  g_assert_cmpint (find (fixture, "bob")->stay_ms, ==, 3000);
  g_assert_cmpint (add (fixture, "carol", "c1", "bob", AHOY_REASON_NONE, 12000), ==, 0);
  g_assert_cmpint (act (fixture, AHOY_EVENT_REJECT, "bob", "b1", 13000), ==, 0);
  g_assert_cmpint (find (fixture, "bob")->stay_ms, ==, 0);
  g_assert_cmpint (find (fixture, "bob")->reason, ==, AHOY_REASON_REJECT);

  record = ahoy_call_to_record (fixture->call, find (fixture, "bob"));
  g_assert_cmpint (json_object_get_int_member (record, "duration"), ==, 7);
  g_assert_cmpint (json_object_get_int_member (record, "result"), ==, 2);
  g_assert_cmpint (json_object_get_int_member (record, "reason"), ==, AHOY_REASON_HANGUP);
}

/* A server that is replaced by this version finds its calls. */
static void
test_old_row (void)
{
  static const char text[] =
    "{\"call\":\"id\",\"media\":\"audio\",\"inviter\":\"alice\",\"group\":\"\",\"scene\":\"multi\",\"ver\":3,"
    "\"room\":\"\",\"userData\":\"\",\"ephemeral\":false,\"state\":\"active\",\"created\":1000,\"started\":2000,"
    "\"deadline\":9000,\"app\":1,\"ended\":0,\"reason\":0,\"by\":\"\",\"members\":["
    "{\"user\":\"alice\",\"device\":\"a1\",\"nickname\":\"\",\"avatar\":\"\",\"status\":\"accepted\",\"reason\":0,"
    "\"microphone\":true,\"camera\":false,\"screen\":false,\"joined\":1000,\"left\":0,\"deadline\":0},"
    "{\"user\":\"bob\",\"device\":\"b1\",\"nickname\":\"\",\"avatar\":\"\",\"status\":\"accepted\",\"reason\":0,"
    "\"microphone\":true,\"camera\":false,\"screen\":false,\"joined\":2000,\"left\":0,\"deadline\":0},"
    "{\"user\":\"carol\",\"device\":\"\",\"nickname\":\"\",\"avatar\":\"\",\"status\":\"ringing\",\"reason\":0,"
    "\"microphone\":false,\"camera\":false,\"screen\":false,\"joined\":0,\"left\":0,\"deadline\":0}]}";
  g_autoptr (AhoyCallData) call = ahoy_call_from_text (text);
  g_autoptr (GArray) effects = ahoy_effects_new ();
  AhoyCallEvent accept = { .type = AHOY_EVENT_ACCEPT, .user = "carol", .device = "c1", .now_ms = 3000 };

  g_assert_cmpint (ahoy_call_data_find (call, "alice")->entry, ==, 1);
  g_assert_cmpint (ahoy_call_data_find (call, "bob")->entry, ==, 2);
  g_assert_cmpint (ahoy_call_data_find (call, "carol")->deadline_ms, ==, 9000);
  g_assert_true (call->is_multi);
  g_assert_cmpint (ahoy_call_logic_apply (call, &accept, effects), ==, 0);
  g_assert_cmpint (ahoy_call_data_find (call, "carol")->entry, ==, 3);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
#define CASE(name, func, data) g_test_add ("/server/call-rules/" name, Fixture, data, set_up, func, tear_down)
  CASE ("entries", test_entries, NULL);
  CASE ("deadlines", test_deadlines, NULL);
  CASE ("nobody-answers", test_nobody_answers, NULL);
  CASE ("lost-and-unanswered", test_lost_and_unanswered, NULL);
  CASE ("inviter-hangs-up", test_inviter_hangs_up, NULL);
  CASE ("accept-and-cancel", test_accept_and_cancel, NULL);
  CASE ("uninvite", test_uninvite, NULL);
  CASE ("uninvite-last", test_uninvite_last, NULL);
  CASE ("uninvite-last-of-running", test_uninvite_last, "");
  CASE ("last-leaves", test_last_leaves, NULL);
  CASE ("last-declines", test_last_invitation_fails, GINT_TO_POINTER (AHOY_EVENT_REJECT));
  CASE ("last-does-not-answer", test_last_invitation_fails, GINT_TO_POINTER (AHOY_EVENT_TIME));
  CASE ("join", test_join, NULL);
  CASE ("single", test_single, NULL);
  CASE ("full", test_full, NULL);
  CASE ("two-stays", test_two_stays, NULL);
#undef CASE
  g_test_add_func ("/server/call-rules/old-row", test_old_row);

  return g_test_run ();
}
