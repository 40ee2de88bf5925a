/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ahoy-json.h"
#include "ahoy-limits.h"
#include "ahoy-test-call.h"

/* Calls of several people between real connections: who is asked, who is told, who is refused. */

typedef struct
{
  AhoyTestServer *server;
  AhoyTestClient *alice;
  AhoyTestClient *bob;
  AhoyTestClient *carol;
  AhoyTestClient *dave;
} Fixture;

#define LIMITS \
  "[server]\nseveral-devices=always\n" \
  "[limits]\nmessages-per-second=100000\nmessages-burst=100000\nlost-closed=1\nlost-silent=3\n"

static void
set_up (Fixture      *fixture,
        gconstpointer data)
{
  fixture->server = ahoy_test_server_new (data ? data : LIMITS "invites-per-minute=100000\n");
  fixture->alice = ahoy_test_client_new (fixture->server, "alice", NULL);
  fixture->bob = ahoy_test_client_new (fixture->server, "bob", NULL);
  fixture->carol = ahoy_test_client_new (fixture->server, "carol", NULL);
  fixture->dave = ahoy_test_client_new (fixture->server, "dave", NULL);
}

static void
tear_down (Fixture      *fixture,
           gconstpointer data)
{
  ahoy_test_client_free (fixture->alice);
  ahoy_test_client_free (fixture->bob);
  ahoy_test_client_free (fixture->carol);
  ahoy_test_client_free (fixture->dave);
  ahoy_test_server_free (fixture->server);
}

static void
check_incoming (AhoyTestClient *client,
                const char     *call,
                const char     *by)
{
  g_autoptr (JsonObject) incoming = ahoy_test_client_wait_push (client, "call.incoming");

  ahoy_test_check_string (incoming, "call", call);
  ahoy_test_check_string (ahoy_test_call_find_member (incoming, ahoy_test_client_get_user (client)), "by", by);
}

static void
await (AhoyTestClient *client,
       const char     *user,
       const char     *status)
{
  g_autoptr (JsonObject) call = ahoy_test_client_wait_status (client, user, status);
}

static void
await_left (AhoyTestClient *client,
            const char     *user,
            int             reason)
{
  g_autoptr (JsonObject) call = ahoy_test_client_wait_status (client, user, "left");

  ahoy_test_check_int (ahoy_test_call_find_member (call, user), "reason", reason);
}

static JsonObject *
add (AhoyTestClient *client,
     const char     *call,
     const char     *to)
{
  return ahoy_test_client_request (client, "call.add", "{\"call\":\"%s\",\"to\":[%s]}", call, to);
}

static int
fail_to_add (AhoyTestClient *client,
             const char     *call,
             const char     *to)
{
  return ahoy_test_client_fail (client, "call.add", "{\"call\":\"%s\",\"to\":[%s]}", call, to);
}

/* The way of most calls of several: one accepts, one declines, one comes later, and they leave one by one. */
static void
test_whole (Fixture      *fixture,
            gconstpointer data)
{
  g_autofree char *call = ahoy_test_client_invite (fixture->alice, "bob,carol,dave");
  g_autoptr (JsonObject) joined = NULL;
  g_autoptr (JsonObject) record = NULL;

  check_incoming (fixture->bob, call, "alice");
  check_incoming (fixture->carol, call, "alice");
  check_incoming (fixture->dave, call, "alice");
  ahoy_test_client_act (fixture->bob, "call.accept", call);
  await (fixture->alice, "bob", "accepted");
  await (fixture->carol, "bob", "accepted");
  ahoy_test_client_act (fixture->carol, "call.reject", call);
  ahoy_test_client_check_end (fixture->carol, call, 2, "carol");
  await_left (fixture->alice, "carol", 2);
  await_left (fixture->bob, "carol", 2);
  await_left (fixture->dave, "carol", 2);
  ahoy_test_client_act (fixture->dave, "call.accept", call);
  await (fixture->bob, "dave", "accepted");
  ahoy_test_client_act (fixture->bob, "call.hangup", call);
  ahoy_test_client_check_end (fixture->bob, call, 1, "bob");
  await_left (fixture->alice, "bob", 1);
  await_left (fixture->dave, "bob", 1);

  joined = ahoy_test_client_request (fixture->carol, "call.join", "{\"call\":\"%s\"}", call);
  ahoy_test_check_int (ahoy_test_call_find_member (joined, "carol"), "entry", 4);
  ahoy_test_client_act (fixture->alice, "call.hangup", call);
  await_left (fixture->carol, "alice", 1);
  ahoy_test_client_act (fixture->dave, "call.hangup", call);
  ahoy_test_client_check_end (fixture->dave, call, 1, "dave");
  ahoy_test_client_check_end (fixture->carol, call, 1, "dave");
  g_assert_cmpint (ahoy_test_client_try_act (fixture->carol, "call.join", call), ==, 8010);
  ahoy_test_client_flush (fixture->bob);
  g_assert_false (ahoy_test_client_has_push (fixture->bob, "call.ended"));
  record = ahoy_test_client_get_record (fixture->carol, call);
  ahoy_test_check_int (record, "result", 2);
  ahoy_test_check_int (record, "reason", 1);
}

static void
test_add (Fixture      *fixture,
          gconstpointer data)
{
  g_autofree char *call = ahoy_test_client_invite (fixture->alice, "bob");
  g_autoptr (JsonObject) added = NULL;
  g_autoptr (JsonObject) again = NULL;
  g_autoptr (JsonObject) state = NULL;
  JsonObject *member;

  g_assert_cmpint (fail_to_add (fixture->bob, call, "\"carol\""), ==, -1203);
  g_assert_cmpint (fail_to_add (fixture->carol, call, "\"dave\""), ==, 8010);
  ahoy_test_client_act (fixture->bob, "call.accept", call);
  g_assert_cmpint (ahoy_test_client_try_act (fixture->carol, "call.join", call), ==, -1205);
  g_assert_cmpint (fail_to_add (fixture->bob, call, ""), ==, -1202);
  g_assert_cmpint (fail_to_add (fixture->bob, call, "\"bob\""), ==, -1202);
  g_assert_cmpint (fail_to_add (fixture->bob, call, "\"c c\""), ==, -1202);
  g_assert_cmpint (ahoy_test_client_fail (fixture->bob, "call.add", "{\"call\":\"%s\",\"to\":[\"carol\"],\"timeout\":9}",
                                          call), ==, -1202);

  added = add (fixture->bob, call, "\"alice\",\"carol\"");
  ahoy_test_check_string (added, "scene", "multi");
  ahoy_test_check_strings (added, "invited", "carol");
  member = ahoy_test_call_find_member (added, "carol");
  ahoy_test_check_string (member, "by", "bob");
  ahoy_test_check_string (member, "status", "invited");
  g_assert_cmpint (json_object_get_int_member (member, "deadline"), ==, json_object_get_int_member (added, "deadline"));
  check_incoming (fixture->carol, call, "bob");
  state = ahoy_test_client_wait_status (fixture->alice, "carol", "invited");
  ahoy_test_check_string (state, "scene", "multi");
  /* Who is told of the call by this is not told twice. */
  ahoy_test_client_flush (fixture->carol);
  g_assert_false (ahoy_test_client_has_push (fixture->carol, "call.state"));

  again = add (fixture->alice, call, "\"carol\",\"bob\"");
  ahoy_test_check_strings (again, "invited", "");
  g_assert_cmpint (json_object_get_int_member (again, "ver"), ==, json_object_get_int_member (added, "ver"));
}

static void
test_add_busy (Fixture      *fixture,
               gconstpointer data)
{
  g_autofree char *call = ahoy_test_client_invite (fixture->alice, "bob");
  g_autofree char *other = NULL;
  g_autoptr (AhoyTestClient) erin = ahoy_test_client_new (fixture->server, "erin", NULL);
  g_autoptr (JsonObject) added = NULL;
  g_autoptr (JsonObject) record = NULL;

  ahoy_test_client_act (fixture->bob, "call.accept", call);
  other = ahoy_test_client_invite (fixture->carol, "dave");
  check_incoming (fixture->dave, other, "carol");
  added = add (fixture->alice, call, "\"dave\",\"erin\"");
  ahoy_test_check_strings (added, "invited", "erin");
  ahoy_test_check_int (ahoy_test_call_find_member (added, "dave"), "reason", 5);
  await_left (fixture->bob, "dave", 5);
  record = ahoy_test_client_get_record (fixture->dave, call);
  ahoy_test_check_int (record, "result", 1);
  ahoy_test_client_flush (fixture->dave);
  g_assert_false (ahoy_test_client_has_push (fixture->dave, "call.incoming"));

  /* From one call into another goes only who has left the first; and a busy one is in no call that may be joined. */
  g_assert_cmpint (ahoy_test_client_try_act (fixture->carol, "call.join", call), ==, -1203);
  ahoy_test_client_act (fixture->carol, "call.hangup", other);
  ahoy_test_client_act (fixture->carol, "call.join", call);
  ahoy_test_client_act (fixture->dave, "call.join", call);
  await (fixture->bob, "dave", "accepted");
}

static void
test_uninvite (Fixture      *fixture,
               gconstpointer data)
{
  g_autofree char *call = ahoy_test_client_invite (fixture->alice, "bob,carol");
  g_autoptr (JsonObject) cancelled = NULL;
  g_autoptr (JsonObject) added = NULL;
  g_autoptr (AhoyTestClient) phone = ahoy_test_client_new (fixture->server, "carol", "phone");

  ahoy_test_client_act (fixture->bob, "call.accept", call);
  g_assert_cmpint (ahoy_test_client_fail (fixture->bob, "call.cancel", "{\"call\":\"%s\",\"user\":\"carol\"}", call), ==, -1203);
  g_assert_cmpint (ahoy_test_client_fail (fixture->alice, "call.cancel", "{\"call\":\"%s\",\"user\":\"bob\"}", call), ==, -1203);
  g_assert_cmpint (ahoy_test_client_fail (fixture->alice, "call.cancel", "{\"call\":\"%s\",\"user\":\"dave\"}", call), ==, 8010);
  g_assert_cmpint (ahoy_test_client_fail (fixture->alice, "call.cancel", "{\"call\":\"%s\",\"user\":7}", call), ==, 6017);
  g_assert_cmpint (ahoy_test_client_try_act (fixture->alice, "call.cancel", call), ==, -1203);
  cancelled = ahoy_test_client_request (fixture->alice, "call.cancel", "{\"call\":\"%s\",\"user\":\"carol\"}", call);
  ahoy_test_client_check_end (fixture->carol, call, 6, "alice");
  ahoy_test_client_check_end (phone, call, 6, "alice");
  ahoy_test_client_check_record (fixture->carol, call, 2, 1, 6);
  await_left (fixture->bob, "carol", 6);
  g_assert_cmpint (ahoy_test_client_try_act (fixture->carol, "call.accept", call), ==, 8010);

  g_clear_pointer (&cancelled, json_object_unref);
  added = add (fixture->bob, call, "\"dave\"");
  cancelled = ahoy_test_client_request (fixture->bob, "call.cancel", "{\"call\":\"%s\",\"user\":\"dave\"}", call);
  ahoy_test_client_check_end (fixture->dave, call, 6, "bob");
}

/* While nobody has come the inviter's hang-up is the end for all; a call of several dies of the last "no" too. */
static void
test_nobody_comes (Fixture      *fixture,
                   gconstpointer data)
{
  g_autofree char *first = ahoy_test_client_invite (fixture->alice, "bob,carol");
  g_autofree char *second = NULL;

  ahoy_test_client_act (fixture->bob, "call.reject", first);
  await_left (fixture->alice, "bob", 2);
  ahoy_test_client_act (fixture->alice, "call.hangup", first);
  ahoy_test_client_check_end (fixture->alice, first, 6, "alice");
  ahoy_test_client_check_end (fixture->bob, first, 2, "bob");
  ahoy_test_client_check_end (fixture->carol, first, 6, "alice");

  second = ahoy_test_client_invite (fixture->alice, "bob,carol");
  ahoy_test_client_act (fixture->carol, "call.reject", second);
  ahoy_test_client_act (fixture->bob, "call.reject", second);
  ahoy_test_client_check_end (fixture->alice, second, 2, "bob");
  g_assert_cmpint (ahoy_test_client_try_act (fixture->carol, "call.join", second), ==, 8010);
}

/* Each rings as long as was said for that one. */
static void
test_own_deadlines (Fixture      *fixture,
                    gconstpointer data)
{
  g_autoptr (JsonObject) call = NULL;
  g_autoptr (JsonObject) added = NULL;
  const char *id;

  call = ahoy_test_client_request (fixture->alice, "call.invite", "{\"to\":[\"bob\",\"carol\"],\"media\":\"audio\",\"timeout\":10}");
  id = json_object_get_string_member (call, "call");
  ahoy_test_client_act (fixture->bob, "call.accept", id);
  added = ahoy_test_client_request (fixture->bob, "call.add", "{\"call\":\"%s\",\"to\":[\"dave\"],\"timeout\":60}", id);
  ahoy_test_client_check_end (fixture->carol, id, 3, "carol");
  await_left (fixture->alice, "carol", 3);
  ahoy_test_client_flush (fixture->dave);
  g_assert_false (ahoy_test_client_has_push (fixture->dave, "call.ended"));
  ahoy_test_client_act (fixture->dave, "call.accept", id);
  await (fixture->alice, "dave", "accepted");
}

static void
test_join_errors (Fixture      *fixture,
                  gconstpointer data)
{
  g_assert_cmpint (ahoy_test_client_fail (fixture->alice, "call.join", "{}"), ==, -1202);
  g_assert_cmpint (ahoy_test_client_fail (fixture->alice, "call.join", "{\"call\":\"\"}"), ==, -1202);
  g_assert_cmpint (ahoy_test_client_fail (fixture->alice, "call.join", "{\"call\":4}"), ==, -1202);
  g_assert_cmpint (ahoy_test_client_fail (fixture->alice, "call.join", "{\"group\":\"none\"}"), ==, -1202);
  g_assert_cmpint (ahoy_test_client_fail (fixture->alice, "call.join", "{\"call\":\"none\"}"), ==, 8010);
}

/* Nine are in or ring; two want the ninth place, one gets it. */
static void
test_ninth_place (Fixture      *fixture,
                  gconstpointer data)
{
  g_autofree char *call = ahoy_test_client_invite (fixture->alice, "bob,1,2,3,4,5,6");

  ahoy_test_client_act (fixture->bob, "call.accept", call);
  for (int i = 0; i < 10; i++)
    {
      g_autofree char *join = g_strdup_printf ("{\"id\":\"j%d\",\"t\":\"call.join\",\"d\":{\"call\":\"%s\"}}", i, call);
      AhoyTestClient *winner;
      int code;

      ahoy_test_client_send (fixture->carol, join);
      code = ahoy_test_client_try_act (fixture->dave, "call.join", call);
      ahoy_test_client_flush (fixture->carol);
      winner = code == 0 ? fixture->dave : fixture->carol;
      if (code != 0)
        g_assert_cmpint (code, ==, -1202);
      g_assert_cmpint (fail_to_add (fixture->alice, call, "\"7\""), ==, -1202);
      g_assert_cmpint (ahoy_test_client_try_act (winner == fixture->dave ? fixture->carol : fixture->dave, "call.join", call), ==, -1202);
      ahoy_test_client_act (winner, "call.hangup", call);
    }
}

static gboolean
is_over (AhoyTestClient *client,
         const char     *call)
{
  return ahoy_test_client_try_act (client, "call.sync", call) == 8010;
}

/* Somebody is added, or joins, while the last other leaves: in either order everybody knows the same. */
static void
cross (Fixture *fixture,
       gboolean is_join)
{
  for (int i = 0; i < 20; i++)
    {
      g_autofree char *call = ahoy_test_client_invite (fixture->alice, "bob,carol");
      g_autofree char *hang_up = g_strdup_printf ("{\"id\":\"x%d\",\"t\":\"call.hangup\",\"d\":{\"call\":\"%s\"}}", i, call);
      int code;

      ahoy_test_client_act (fixture->bob, "call.accept", call);
      ahoy_test_client_act (fixture->carol, "call.reject", call);
      ahoy_test_client_send (fixture->bob, hang_up);
      code = is_join ? ahoy_test_client_try_act (fixture->dave, "call.join", call)
             : ahoy_test_client_try (fixture->alice, "call.add", "{\"call\":\"%s\",\"to\":[\"dave\"]}", call);
      ahoy_test_client_flush (fixture->bob);
      ahoy_test_client_check_end (fixture->bob, call, 1, "bob");
      if (code != 0)
        {
          g_assert_cmpint (code, ==, 8010);
          g_assert_true (is_over (fixture->alice, call));
          ahoy_test_client_check_end (fixture->alice, call, 1, "bob");
        }
      else
        {
          g_assert_false (is_over (fixture->alice, call));
          ahoy_test_client_act (fixture->alice, "call.hangup", call);
          ahoy_test_client_check_end (fixture->alice, call, 1, "alice");
          ahoy_test_client_check_end (fixture->dave, call, is_join ? 1 : 6, "alice");
        }
      ahoy_test_client_check_end (fixture->carol, call, 2, "carol");
    }
}

static void
test_add_and_leave (Fixture      *fixture,
                    gconstpointer data)
{
  cross (fixture, FALSE);
}

static void
test_join_and_leave (Fixture      *fixture,
                     gconstpointer data)
{
  cross (fixture, TRUE);
}

/* One is lost while another is added; the loss is a matter of that one alone. */
static void
test_lost (Fixture      *fixture,
           gconstpointer data)
{
  g_autofree char *call = ahoy_test_client_invite (fixture->alice, "bob,carol");
  g_autoptr (JsonObject) added = NULL;
  g_autoptr (JsonObject) state = NULL;
  g_autoptr (JsonObject) back = NULL;

  ahoy_test_client_act (fixture->bob, "call.accept", call);
  ahoy_test_client_act (fixture->carol, "call.accept", call);
  ahoy_test_client_drop (fixture->bob);
  added = add (fixture->alice, call, "\"dave\"");
  await (fixture->carol, "bob", "lost");
  await_left (fixture->carol, "bob", 4);
  ahoy_test_client_act (fixture->dave, "call.accept", call);
  /* It comes back too late, is told so, and joins. */
  ahoy_test_client_resume (fixture->bob);
  ahoy_test_client_check_end (fixture->bob, call, 4, "bob");
  back = ahoy_test_client_request (fixture->bob, "call.join", "{\"call\":\"%s\"}", call);
  state = ahoy_test_client_wait_status (fixture->dave, "bob", "accepted");
  ahoy_test_check_int (ahoy_test_call_find_member (state, "bob"), "entry", 5);
}

/* Everybody's line of the history names everybody, also who came when the one had gone, unless it was deleted. */
static void
test_records (Fixture      *fixture,
              gconstpointer data)
{
  g_autofree char *call = ahoy_test_client_invite (fixture->alice, "bob,carol");
  g_autoptr (JsonObject) early = NULL;
  g_autoptr (JsonObject) complete = NULL;
  g_autoptr (JsonObject) late = NULL;
  g_autoptr (JsonObject) deleted = NULL;
  g_autoptr (JsonObject) page = NULL;

  ahoy_test_client_act (fixture->bob, "call.accept", call);
  ahoy_test_client_act (fixture->carol, "call.accept", call);
  ahoy_test_client_act (fixture->bob, "call.hangup", call);
  early = ahoy_test_client_get_record (fixture->bob, call);
  ahoy_test_check_strings (early, "invitees", "bob,carol");
  ahoy_test_client_act (fixture->dave, "call.join", call);
  ahoy_test_client_act (fixture->alice, "call.hangup", call);
  deleted = ahoy_test_client_request (fixture->alice, "records.delete", "{\"calls\":[\"%s\"]}", call);
  ahoy_test_check_int (deleted, "count", 1);
  ahoy_test_client_act (fixture->dave, "call.hangup", call);

  complete = ahoy_test_client_get_record (fixture->bob, call);
  ahoy_test_check_strings (complete, "invitees", "bob,carol,dave");
  g_assert_true (json_object_has_member (json_object_get_object_member (complete, "nicknames"), "dave"));
  ahoy_test_check_int (complete, "begin", json_object_get_int_member (early, "begin"));
  late = ahoy_test_client_get_record (fixture->dave, call);
  ahoy_test_check_strings (late, "invitees", "bob,carol,dave");
  g_assert_cmpint (json_object_get_int_member (late, "begin"), >, json_object_get_int_member (early, "begin"));
  page = ahoy_test_client_request (fixture->alice, "records.list", "{}");
  g_assert_cmpuint (json_array_get_length (json_object_get_array_member (page, "records")), ==, 0);
}

static void
test_switch (Fixture      *fixture,
             gconstpointer data)
{
  g_autoptr (JsonObject) call = NULL;
  g_autoptr (JsonObject) on = NULL;
  g_autoptr (JsonObject) to_audio = NULL;
  g_autoptr (JsonObject) to_video = NULL;
  g_autoptr (JsonObject) state = NULL;
  g_autoptr (JsonObject) added = NULL;
  const char *id;

  call = ahoy_test_client_request (fixture->alice, "call.invite", "{\"to\":[\"bob\"],\"media\":\"video\"}");
  id = json_object_get_string_member (call, "call");
  g_assert_cmpint (ahoy_test_client_fail (fixture->alice, "call.switch", "{\"call\":\"%s\",\"media\":\"audio\"}", id), ==, -1203);
  ahoy_test_client_act (fixture->bob, "call.accept", id);
  on = ahoy_test_client_request (fixture->alice, "call.media", "{\"call\":\"%s\",\"camera\":true}", id);
  g_assert_cmpint (ahoy_test_client_fail (fixture->bob, "call.switch", "{\"call\":\"%s\",\"media\":\"smell\"}", id), ==, -1202);
  to_audio = ahoy_test_client_request (fixture->bob, "call.switch", "{\"call\":\"%s\",\"media\":\"audio\"}", id);
  do
    {
      g_clear_pointer (&state, json_object_unref);
      state = ahoy_test_client_wait_push (fixture->alice, "call.state");
    }
  while (!g_str_equal (json_object_get_string_member (state, "media"), "audio"));
  g_assert_false (json_object_get_boolean_member (ahoy_test_call_find_member (state, "alice"), "camera"));
  to_video = ahoy_test_client_request (fixture->alice, "call.switch", "{\"call\":\"%s\",\"media\":\"video\"}", id);
  added = add (fixture->alice, id, "\"carol\"");
  ahoy_test_check_string (added, "media", "video");
  g_assert_cmpint (ahoy_test_client_fail (fixture->bob, "call.switch", "{\"call\":\"%s\",\"media\":\"audio\"}", id), ==, -1205);
}

/* Of two calls of several that cross, the second caller is busy. */
static void
test_no_glare (Fixture      *fixture,
               gconstpointer data)
{
  g_autofree char *call = ahoy_test_client_invite (fixture->alice, "bob,carol");
  g_autofree char *single = NULL;

  g_assert_cmpint (ahoy_test_client_fail (fixture->bob, "call.invite", "{\"to\":[\"alice\"],\"media\":\"audio\"}"), ==, -1203);
  ahoy_test_client_act (fixture->alice, "call.cancel", call);
  single = ahoy_test_client_invite (fixture->alice, "bob");
  g_assert_cmpint (ahoy_test_client_fail (fixture->bob, "call.invite", "{\"to\":[\"alice\",\"carol\"],\"media\":\"audio\"}"), ==, -1203);
  g_assert_cmpint (ahoy_test_client_fail (fixture->bob, "call.invite", "{\"to\":[\"alice\"],\"media\":\"audio\",\"group\":\"g\"}"), ==, -1203);
}

static void
test_rate (Fixture      *fixture,
           gconstpointer data)
{
  g_autofree char *call = ahoy_test_client_invite (fixture->alice, "bob,carol");
  g_autoptr (JsonObject) added = NULL;
  g_autoptr (JsonObject) again = NULL;

  ahoy_test_client_act (fixture->bob, "call.accept", call);
  added = add (fixture->alice, call, "\"dave\"");
  again = add (fixture->alice, call, "\"dave\"");
  g_assert_cmpint (fail_to_add (fixture->alice, call, "\"dave\""), ==, 60007);
  ahoy_test_client_act (fixture->alice, "call.hangup", call);
  g_assert_cmpint (ahoy_test_client_fail (fixture->alice, "call.invite", "{\"to\":[\"erin\"],\"media\":\"audio\"}"), ==, 60007);
  /* Signing out and in again does not make more of it, and the others have their own. */
  ahoy_test_client_act (fixture->bob, "bye", "");
  ahoy_test_client_free (fixture->alice);
  fixture->alice = ahoy_test_client_new (fixture->server, "alice", NULL);
  g_assert_cmpint (ahoy_test_client_fail (fixture->alice, "call.invite", "{\"to\":[\"erin\"],\"media\":\"audio\"}"), ==, 60007);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
#define CASE(name, func, data) g_test_add ("/server/call-members/" name, Fixture, data, set_up, func, tear_down)
  CASE ("whole", test_whole, NULL);
  CASE ("add", test_add, NULL);
  CASE ("add-busy", test_add_busy, NULL);
  CASE ("uninvite", test_uninvite, NULL);
  CASE ("nobody-comes", test_nobody_comes, NULL);
  CASE ("own-deadlines", test_own_deadlines, NULL);
  CASE ("join-errors", test_join_errors, NULL);
  CASE ("ninth-place", test_ninth_place, NULL);
  CASE ("add-and-leave", test_add_and_leave, NULL);
  CASE ("join-and-leave", test_join_and_leave, NULL);
  CASE ("lost", test_lost, NULL);
  CASE ("records", test_records, NULL);
  CASE ("switch", test_switch, NULL);
  CASE ("no-glare", test_no_glare, NULL);
  CASE ("rate", test_rate, LIMITS "invites-per-minute=3\n");
#undef CASE

  return g_test_run ();
}
