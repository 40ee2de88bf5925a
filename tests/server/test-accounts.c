/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ahoy-json.h"
#include "ahoy-limits.h"
#include "ahoy-test-call.h"

/* Several devices of one account, and people who want to hear nothing of each other. */

#define LIMITS \
  "[limits]\nmessages-per-second=100000\nmessages-burst=100000\ninvites-per-minute=100000\nlost-closed=1\n"

static void
set_multi (AhoyTestClient *client,
           gboolean        enable)
{
  g_autoptr (JsonObject) answer = NULL;

  answer = ahoy_test_client_request (client, "devices.multi", "{\"enable\":%s}", enable ? "true" : "false");
}

static gboolean
is_multi (AhoyTestClient *client)
{
  return json_object_get_boolean_member (ahoy_test_client_get_welcome (client), "multi");
}

static void
check_kicked (AhoyTestClient *client,
              const char     *why)
{
  g_autoptr (JsonObject) kicked = ahoy_test_client_wait_push (client, "kicked");

  ahoy_test_check_string (kicked, "why", why);
  g_assert_cmpint (ahoy_test_client_wait_close (client), ==, 4403);
}

static void
restart (AhoyTestServer *server,
         AhoyTestClient *client)
{
  ahoy_test_server_kill (server);
  ahoy_test_client_drop (client);
  ahoy_test_server_start (server);
  ahoy_test_client_resume (client);
}

/* Off until the account asks for it, kept for the account, and off again. */
static void
test_ask (void)
{
  g_autoptr (AhoyTestServer) server = ahoy_test_server_new (LIMITS);
  g_autoptr (AhoyTestClient) first = ahoy_test_client_new (server, "alice", "first");
  g_autoptr (AhoyTestClient) second = ahoy_test_client_new (server, "alice", "second");
  g_autoptr (AhoyTestClient) third = NULL;
  g_autoptr (AhoyTestClient) fourth = NULL;

  check_kicked (first, "login");
  g_assert_false (is_multi (second));
  set_multi (second, TRUE);
  restart (server, second);
  g_assert_true (is_multi (second));

  third = ahoy_test_client_new (server, "alice", "third");
  g_assert_true (is_multi (third));
  ahoy_test_client_flush (second);
  g_assert_false (ahoy_test_client_has_push (second, "kicked"));

  set_multi (third, FALSE);
  check_kicked (second, "devices");
  ahoy_test_client_flush (third);
  fourth = ahoy_test_client_new (server, "alice", "fourth");
  check_kicked (third, "login");
  g_assert_cmpint (ahoy_test_client_fail (fourth, "devices.multi", "{}"), ==, 6017);
  g_assert_cmpint (ahoy_test_client_fail (fourth, "devices.multi", "{\"enable\":1}"), ==, 6017);
}

static void
test_never (gconstpointer config)
{
  g_autoptr (AhoyTestServer) server = ahoy_test_server_new (config);
  g_autoptr (AhoyTestClient) first = ahoy_test_client_new (server, "alice", "first");
  g_autoptr (AhoyTestClient) second = NULL;

  g_assert_false (is_multi (first));
  g_assert_cmpint (ahoy_test_client_fail (first, "devices.multi", "{\"enable\":true}"), ==, -1002);
  set_multi (first, FALSE);
  second = ahoy_test_client_new (server, "alice", "second");
  check_kicked (first, "login");
}

static void
test_always (gconstpointer config)
{
  g_autoptr (AhoyTestServer) server = ahoy_test_server_new (config);
  g_autoptr (AhoyTestClient) first = ahoy_test_client_new (server, "alice", "first");
  g_autoptr (AhoyTestClient) second = ahoy_test_client_new (server, "alice", "second");

  g_assert_true (is_multi (second));
  /* What the account wants does not matter here. */
  set_multi (first, TRUE);
  set_multi (first, FALSE);
  ahoy_test_client_flush (second);
  g_assert_false (ahoy_test_client_has_push (second, "kicked"));
}

/* The call that runs on the device which is kicked is over for that user. */
static void
test_kicked_in_call (void)
{
  g_autoptr (AhoyTestServer) server = ahoy_test_server_new (LIMITS);
  g_autoptr (AhoyTestClient) first = ahoy_test_client_new (server, "alice", "first");
  g_autoptr (AhoyTestClient) bob = ahoy_test_client_new (server, "bob", NULL);
  g_autofree char *call = ahoy_test_client_invite (first, "bob");
  g_autoptr (AhoyTestClient) second = NULL;

  ahoy_test_client_act (bob, "call.accept", call);
  second = ahoy_test_client_new (server, "alice", "second");
  check_kicked (first, "login");
  ahoy_test_client_check_end (bob, call, 4, "alice");
  g_assert_false (json_object_has_member (ahoy_test_client_get_welcome (second), "elsewhere"));
}

static void
check_elsewhere (AhoyTestClient *client,
                 const char     *call,
                 const char     *people,
                 gboolean        is_over)
{
  g_autoptr (JsonObject) elsewhere = ahoy_test_client_wait_push (client, "call.elsewhere");

  ahoy_test_check_string (elsewhere, "call", call);
  ahoy_test_check_string (elsewhere, "media", "audio");
  ahoy_test_check_strings (elsewhere, "people", people);
  g_assert_cmpint (json_object_get_boolean_member (elsewhere, "over"), ==, is_over);
}

typedef struct
{
  AhoyTestServer *server;
  AhoyTestClient *alice;
  AhoyTestClient *alice_phone;
  AhoyTestClient *bob;
  AhoyTestClient *bob_phone;
  char *call;
} Fixture;

static void
set_up (Fixture      *fixture,
        gconstpointer data)
{
  fixture->server = ahoy_test_server_new ("[server]\nseveral-devices=always\n" LIMITS);
  fixture->alice = ahoy_test_client_new (fixture->server, "alice", "desk");
  fixture->alice_phone = ahoy_test_client_new (fixture->server, "alice", "phone");
  fixture->bob = ahoy_test_client_new (fixture->server, "bob", "desk");
  fixture->bob_phone = ahoy_test_client_new (fixture->server, "bob", "phone");
  fixture->call = ahoy_test_client_invite (fixture->alice, "bob");
}

static void
tear_down (Fixture      *fixture,
           gconstpointer data)
{
  ahoy_test_client_free (fixture->alice);
  ahoy_test_client_free (fixture->alice_phone);
  ahoy_test_client_free (fixture->bob);
  ahoy_test_client_free (fixture->bob_phone);
  ahoy_test_server_free (fixture->server);
  g_free (fixture->call);
}

static void
test_elsewhere (Fixture      *fixture,
                gconstpointer data)
{
  g_autoptr (AhoyTestClient) tablet = NULL;
  g_autoptr (AhoyTestClient) late = NULL;

  /* While it only rings it runs nowhere. */
  ahoy_test_client_flush (fixture->alice_phone);
  g_assert_false (ahoy_test_client_has_push (fixture->alice_phone, "call.elsewhere"));

  ahoy_test_client_act (fixture->bob, "call.accept", fixture->call);
  check_elsewhere (fixture->alice_phone, fixture->call, "bob", FALSE);
  check_elsewhere (fixture->bob_phone, fixture->call, "alice", FALSE);
  tablet = ahoy_test_client_new (fixture->server, "bob", "tablet");
  ahoy_test_check_string (ahoy_test_client_get_welcome (tablet), "elsewhere", fixture->call);
  g_assert_cmpuint (json_array_get_length (json_object_get_array_member (ahoy_test_client_get_welcome (tablet), "calls")), ==, 0);

  ahoy_test_client_act (fixture->alice, "call.hangup", fixture->call);
  check_elsewhere (fixture->alice_phone, fixture->call, "", TRUE);
  check_elsewhere (fixture->bob_phone, fixture->call, "", TRUE);
  check_elsewhere (tablet, fixture->call, "", TRUE);
  ahoy_test_client_flush (fixture->bob);
  ahoy_test_client_flush (fixture->alice);
  g_assert_false (ahoy_test_client_has_push (fixture->bob, "call.elsewhere"));
  g_assert_false (ahoy_test_client_has_push (fixture->alice, "call.elsewhere"));
  late = ahoy_test_client_new (fixture->server, "bob", "late");
  g_assert_false (json_object_has_member (ahoy_test_client_get_welcome (late), "elsewhere"));
}

/* A call that never ran is nothing to hear of elsewhere. */
static void
test_not_elsewhere (Fixture      *fixture,
                    gconstpointer data)
{
  ahoy_test_client_act (fixture->alice, data, fixture->call);
  ahoy_test_client_check_end (fixture->bob_phone, fixture->call, 6, "alice");
  ahoy_test_client_flush (fixture->alice_phone);
  ahoy_test_client_flush (fixture->bob_phone);
  g_assert_false (ahoy_test_client_has_push (fixture->alice_phone, "call.elsewhere"));
  g_assert_false (ahoy_test_client_has_push (fixture->bob_phone, "call.elsewhere"));
}

static void
test_move (Fixture      *fixture,
           gconstpointer data)
{
  g_autoptr (JsonObject) muted = NULL;
  g_autoptr (JsonObject) moved = NULL;
  g_autoptr (JsonObject) taken = NULL;
  g_autoptr (JsonObject) state = NULL;
  g_autoptr (JsonObject) record = NULL;
  JsonObject *member;

  /* Only a call that runs can be moved. */
  g_assert_cmpint (ahoy_test_client_try_act (fixture->alice_phone, "call.move", fixture->call), ==, -1203);
  ahoy_test_client_act (fixture->bob, "call.accept", fixture->call);
  muted = ahoy_test_client_request (fixture->bob, "call.media", "{\"call\":\"%s\",\"microphone\":true}", fixture->call);
  g_assert_cmpint (ahoy_test_client_try_act (fixture->bob, "call.move", fixture->call), ==, -1203);
  check_elsewhere (fixture->bob_phone, fixture->call, "alice", FALSE);
  taken = ahoy_test_client_wait_push (fixture->bob_phone, "call.taken");

  moved = ahoy_test_client_request (fixture->bob_phone, "call.move", "{\"call\":\"%s\"}", fixture->call);
  member = ahoy_test_call_find_member (moved, "bob");
  ahoy_test_check_string (member, "device", "phone");
  ahoy_test_check_int (member, "entry", 3);
  /* What was on goes on from the new device. */
  g_assert_true (json_object_get_boolean_member (member, "microphone"));
  g_clear_pointer (&taken, json_object_unref);
  taken = ahoy_test_client_wait_push (fixture->bob, "call.taken");
  ahoy_test_check_int (taken, "reason", 7);
  check_elsewhere (fixture->bob, fixture->call, "alice", FALSE);
  state = ahoy_test_client_wait_status (fixture->alice, "bob", "accepted");
  while (json_object_get_int_member (ahoy_test_call_find_member (state, "bob"), "entry") != 3)
    {
      json_object_unref (state);
      state = ahoy_test_client_wait_status (fixture->alice, "bob", "accepted");
    }
  ahoy_test_client_flush (fixture->bob_phone);
  g_assert_false (ahoy_test_client_has_push (fixture->bob_phone, "call.taken"));
  g_assert_false (ahoy_test_client_has_push (fixture->bob_phone, "call.elsewhere"));

  /* The old device has nothing to say any more, the new one has. */
  g_assert_cmpint (ahoy_test_client_try_act (fixture->bob, "call.hangup", fixture->call), ==, -1203);
  g_assert_cmpint (ahoy_test_client_try_act (fixture->bob, "call.media", fixture->call), ==, -1203);
  ahoy_test_client_act (fixture->bob_phone, "call.hangup", fixture->call);
  ahoy_test_client_check_end (fixture->bob_phone, fixture->call, 1, "bob");
  check_elsewhere (fixture->bob, fixture->call, "", TRUE);
  record = ahoy_test_client_get_record (fixture->bob, fixture->call);
  ahoy_test_check_int (record, "result", 2);
}

/* A device that is lost need not come back for that. */
static void
test_move_lost (Fixture      *fixture,
                gconstpointer data)
{
  g_autoptr (JsonObject) lost = NULL;
  g_autoptr (JsonObject) moved = NULL;
  JsonObject *welcome;

  ahoy_test_client_act (fixture->bob, "call.accept", fixture->call);
  ahoy_test_client_drop (fixture->bob);
  lost = ahoy_test_client_wait_status (fixture->alice, "bob", "lost");
  moved = ahoy_test_client_request (fixture->bob_phone, "call.move", "{\"call\":\"%s\"}", fixture->call);
  g_assert_cmpstr (ahoy_test_call_get_status (moved, "bob"), ==, "accepted");
  welcome = ahoy_test_client_resume (fixture->bob);
  ahoy_test_check_string (welcome, "elsewhere", fixture->call);
  g_assert_cmpuint (json_array_get_length (json_object_get_array_member (welcome, "calls")), ==, 0);
  /* It signs out; the call does not mind. */
  ahoy_test_client_drop (fixture->bob);
  ahoy_test_client_act (fixture->alice, "call.hangup", fixture->call);
  ahoy_test_client_check_end (fixture->bob_phone, fixture->call, 1, "alice");
}

/* Hanging up on one device and moving on the other cross: one of them comes first, the other is told so. */
static void
test_move_and_hang_up (Fixture      *fixture,
                       gconstpointer data)
{
  for (int i = 0; i < 20; i++)
    {
      g_autofree char *call = i == 0 ? g_steal_pointer (&fixture->call) : ahoy_test_client_invite (fixture->alice, "bob");
      g_autofree char *hang_up = g_strdup_printf ("{\"id\":\"h%d\",\"t\":\"call.hangup\",\"d\":{\"call\":\"%s\"}}", i, call);
      g_autoptr (JsonObject) ended = NULL;
      int code;

      ahoy_test_client_act (fixture->bob, "call.accept", call);
      ahoy_test_client_send (fixture->bob, hang_up);
      code = ahoy_test_client_try_act (fixture->bob_phone, "call.move", call);
      ahoy_test_client_flush (fixture->bob);
      if (code == 0)
        {
          g_assert_cmpint (ahoy_test_client_try_act (fixture->alice, "call.sync", call), ==, 0);
          ahoy_test_client_act (fixture->bob_phone, "call.hangup", call);
        }
      else
        {
          g_assert_cmpint (code, ==, 8010);
        }
      ahoy_test_client_check_end (fixture->alice, call, 1, "bob");
    }
}

/* Two devices accept at once: one wins, the other is told so by its answer and by one message. */
static void
test_accept_twice (Fixture      *fixture,
                   gconstpointer data)
{
  for (int i = 0; i < 20; i++)
    {
      g_autofree char *call = i == 0 ? g_steal_pointer (&fixture->call) : ahoy_test_client_invite (fixture->alice, "bob");
      AhoyTestClient *first = i % 2 ? fixture->bob : fixture->bob_phone;
      AhoyTestClient *second = i % 2 ? fixture->bob_phone : fixture->bob;
      g_autofree char *accept = g_strdup_printf ("{\"id\":\"a%d\",\"t\":\"call.accept\",\"d\":{\"call\":\"%s\"}}", i, call);
      g_autoptr (JsonObject) state = NULL;
      g_autoptr (JsonObject) taken = NULL;
      AhoyTestClient *winner;

      ahoy_test_client_send (first, accept);
      winner = ahoy_test_client_try_act (second, "call.accept", call) == 0 ? second : first;
      taken = ahoy_test_client_wait_push (winner == first ? second : first, "call.taken");
      ahoy_test_check_string (taken, "call", call);
      ahoy_test_check_int (taken, "reason", 7);
      state = ahoy_test_client_wait_status (fixture->alice, "bob", "accepted");
      ahoy_test_check_string (ahoy_test_call_find_member (state, "bob"), "device", ahoy_test_client_get_device (winner));
      ahoy_test_client_flush (first);
      ahoy_test_client_flush (second);
      g_assert_false (ahoy_test_client_has_push (winner, "call.taken"));
      ahoy_test_client_act (winner, "call.hangup", call);
      ahoy_test_client_check_end (fixture->alice, call, 1, "bob");
    }
}

static void
set_blocked (AhoyTestClient *client,
             const char     *user,
             gboolean        is_blocked)
{
  g_autoptr (JsonObject) answer = NULL;

  answer = ahoy_test_client_request (client, "blocks.set", "{\"user\":\"%s\",\"blocked\":%s}", user,
                                     is_blocked ? "true" : "false");
}

static void
check_blocks (AhoyTestClient *client,
              const char     *users)
{
  g_autoptr (JsonObject) answer = ahoy_test_client_request (client, "blocks.list", "{}");

  ahoy_test_check_strings (answer, "users", users);
}

static void
test_block_list (void)
{
  g_autoptr (AhoyTestServer) server = ahoy_test_server_new ("[server]\nseveral-devices=always\n" LIMITS);
  g_autoptr (AhoyTestClient) alice = ahoy_test_client_new (server, "alice", NULL);
  g_autoptr (AhoyTestClient) phone = ahoy_test_client_new (server, "alice", "phone");
  g_autoptr (JsonObject) push = NULL;
  g_autoptr (JsonObject) undone = NULL;

  set_blocked (alice, "mallory", TRUE);
  set_blocked (alice, "eve", TRUE);
  set_blocked (alice, "mallory", TRUE);
  push = ahoy_test_client_wait_push (phone, "blocks");
  ahoy_test_check_string (push, "user", "mallory");
  g_assert_true (json_object_get_boolean_member (push, "blocked"));
  check_blocks (phone, "eve,mallory");
  restart (server, alice);
  check_blocks (alice, "eve,mallory");
  g_assert_false (ahoy_test_client_has_push (alice, "blocks"));
  set_blocked (alice, "mallory", FALSE);
  check_blocks (alice, "eve");
  g_assert_cmpint (ahoy_test_client_fail (alice, "blocks.set", "{\"user\":\"alice\",\"blocked\":true}"), ==, -1202);
  g_assert_cmpint (ahoy_test_client_fail (alice, "blocks.set", "{\"user\":\"b b\",\"blocked\":true}"), ==, -1202);
  g_assert_cmpint (ahoy_test_client_fail (alice, "blocks.set", "{\"user\":\"bob\"}"), ==, -1202);
  for (int i = 1; i < AHOY_MAX_BLOCKS; i++)
    {
      g_autofree char *user = g_strdup_printf ("user-%027d", i);

      set_blocked (alice, user, TRUE);
    }
  g_assert_cmpint (ahoy_test_client_fail (alice, "blocks.set", "{\"user\":\"bob\",\"blocked\":true}"), ==, -1203);
  /* All of them are one frame. */
  undone = ahoy_test_client_request (alice, "blocks.list", "{}");
  g_assert_cmpuint (json_array_get_length (json_object_get_array_member (undone, "users")), ==, AHOY_MAX_BLOCKS);
}

static void
test_blocked_call (void)
{
  g_autoptr (AhoyTestServer) server = ahoy_test_server_new (LIMITS);
  g_autoptr (AhoyTestClient) alice = ahoy_test_client_new (server, "alice", NULL);
  g_autoptr (AhoyTestClient) bob = ahoy_test_client_new (server, "bob", NULL);
  g_autofree char *call = NULL;

  set_blocked (bob, "alice", TRUE);
  g_assert_cmpint (ahoy_test_client_fail (alice, "call.invite", "{\"to\":[\"bob\"],\"media\":\"audio\"}"), ==, 20007);
  g_assert_cmpint (ahoy_test_client_fail (bob, "call.invite", "{\"to\":[\"alice\"],\"media\":\"audio\"}"), ==, 20007);
  ahoy_test_client_flush (bob);
  g_assert_false (ahoy_test_client_has_push (bob, "call.incoming"));
  g_assert_false (ahoy_test_client_has_push (bob, "record"));
  set_blocked (bob, "alice", FALSE);
  call = ahoy_test_client_invite (alice, "bob");
  ahoy_test_client_act (bob, "call.accept", call);
}

static gboolean
has_records (AhoyTestClient *client)
{
  g_autoptr (JsonObject) page = ahoy_test_client_request (client, "records.list", "{}");

  return json_array_get_length (json_object_get_array_member (page, "records")) > 0;
}

/* Of several the one who has blocked the caller seems to decline, and hears nothing, then or later. */
static void
test_blocked_of_several (void)
{
  g_autoptr (AhoyTestServer) server = ahoy_test_server_new (LIMITS);
  g_autoptr (AhoyTestClient) alice = ahoy_test_client_new (server, "alice", NULL);
  g_autoptr (AhoyTestClient) bob = ahoy_test_client_new (server, "bob", NULL);
  g_autoptr (AhoyTestClient) carol = ahoy_test_client_new (server, "carol", NULL);
  g_autoptr (JsonObject) call = NULL;
  g_autoptr (JsonObject) again = NULL;
  g_autoptr (JsonObject) added = NULL;
  g_autoptr (JsonObject) incoming = NULL;
  const char *id;

  set_blocked (bob, "alice", TRUE);
  call = ahoy_test_client_request (alice, "call.invite", "{\"to\":[\"bob\",\"carol\"],\"media\":\"audio\"}");
  id = json_object_get_string_member (call, "call");
  g_assert_cmpstr (ahoy_test_call_get_status (call, "bob"), ==, "left");
  ahoy_test_check_int (ahoy_test_call_find_member (call, "bob"), "reason", 2);
  g_assert_cmpint (ahoy_test_client_try_act (bob, "call.sync", id), ==, 8010);
  ahoy_test_client_act (carol, "call.accept", id);

  g_assert_cmpint (ahoy_test_client_fail (alice, "call.add", "{\"call\":\"%s\",\"to\":[\"bob\"]}", id), ==, 20007);
  again = ahoy_test_client_request (alice, "call.add", "{\"call\":\"%s\",\"to\":[\"bob\",\"dave\",\"carol\"]}", id);
  ahoy_test_check_strings (again, "invited", "dave");
  g_assert_false (ahoy_test_client_has_push (bob, "call.incoming"));

  /* Carol may call Bob. */
  added = ahoy_test_client_request (carol, "call.add", "{\"call\":\"%s\",\"to\":[\"bob\"]}", id);
  ahoy_test_check_strings (added, "invited", "bob");
  incoming = ahoy_test_client_wait_push (bob, "call.incoming");
  ahoy_test_check_string (ahoy_test_call_find_member (incoming, "bob"), "by", "carol");
  ahoy_test_client_act (bob, "call.reject", id);
  ahoy_test_client_act (carol, "call.hangup", id);
  ahoy_test_client_act (alice, "call.hangup", id);
  ahoy_test_client_check_end (alice, id, 1, "alice");
  g_assert_true (has_records (bob));
}

static void
test_blocked_hears_nothing (void)
{
  g_autoptr (AhoyTestServer) server = ahoy_test_server_new (LIMITS);
  g_autoptr (AhoyTestClient) alice = ahoy_test_client_new (server, "alice", NULL);
  g_autoptr (AhoyTestClient) bob = ahoy_test_client_new (server, "bob", NULL);
  g_autoptr (AhoyTestClient) carol = ahoy_test_client_new (server, "carol", NULL);
  g_autofree char *call = NULL;

  set_blocked (alice, "bob", TRUE);
  call = ahoy_test_client_invite (alice, "bob,carol");
  ahoy_test_client_act (carol, "call.reject", call);
  ahoy_test_client_check_end (alice, call, 2, "carol");
  ahoy_test_client_flush (bob);
  g_assert_false (ahoy_test_client_has_push (bob, "record"));
  g_assert_false (ahoy_test_client_has_push (bob, "call.ended"));
  g_assert_false (has_records (bob));
  g_assert_true (has_records (carol));
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/server/devices/ask", test_ask);
  g_test_add_data_func ("/server/devices/never", "[server]\nseveral-devices=never\n", test_never);
  g_test_add_data_func ("/server/devices/false", "[server]\nseveral-devices=false\n", test_never);
  g_test_add_data_func ("/server/devices/always", "[server]\nseveral-devices=always\n", test_always);
  g_test_add_data_func ("/server/devices/true", "[server]\nseveral-devices=true\n", test_always);
  g_test_add_func ("/server/devices/kicked-in-call", test_kicked_in_call);
#define CASE(name, func, data) g_test_add ("/server/devices/" name, Fixture, data, set_up, func, tear_down)
  CASE ("elsewhere", test_elsewhere, NULL);
  CASE ("not-elsewhere", test_not_elsewhere, "call.cancel");
  CASE ("move", test_move, NULL);
  CASE ("move-lost", test_move_lost, NULL);
  CASE ("move-and-hang-up", test_move_and_hang_up, NULL);
  CASE ("accept-twice", test_accept_twice, NULL);
#undef CASE
  g_test_add_func ("/server/blocks/list", test_block_list);
  g_test_add_func ("/server/blocks/call", test_blocked_call);
  g_test_add_func ("/server/blocks/several", test_blocked_of_several);
  g_test_add_func ("/server/blocks/hears-nothing", test_blocked_hears_nothing);

  return g_test_run ();
}
