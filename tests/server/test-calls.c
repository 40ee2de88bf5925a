/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ahoy-json.h"
#include "ahoy-test-call.h"

/* Every way that a call can go, between real connections. */

typedef struct
{
  AhoyTestServer *server;
  AhoyTestClient *alice;
  AhoyTestClient *bob;
  char *call;
} Fixture;

static const char several_devices[] =
  "[server]\nseveral-devices=true\n"
  "[limits]\nmessages-per-second=100000\nmessages-burst=100000\ninvites-per-minute=100000\n"
  "lost-closed=1\nlost-silent=1\n";

static void
set_up (Fixture      *fixture,
        gconstpointer data)
{
  fixture->server = ahoy_test_server_new (several_devices);
  fixture->alice = ahoy_test_client_new (fixture->server, "alice", NULL);
  fixture->bob = ahoy_test_client_new (fixture->server, "bob", NULL);
}

static void
tear_down (Fixture      *fixture,
           gconstpointer data)
{
  ahoy_test_client_free (fixture->alice);
  ahoy_test_client_free (fixture->bob);
  ahoy_test_server_free (fixture->server);
  g_free (fixture->call);
}

static void
invite (Fixture *fixture)
{
  g_autoptr (JsonObject) call = NULL;
  g_autoptr (JsonObject) incoming = NULL;

  call = ahoy_test_client_request (fixture->alice, "call.invite",
                                   "{\"to\":[\"bob\"],\"media\":\"video\",\"userData\":\"hello\"}");
  ahoy_test_check_string (call, "state", "ringing");
  ahoy_test_check_string (call, "scene", "single");
  ahoy_test_check_int (call, "ver", 1);
  fixture->call = g_strdup (json_object_get_string_member (call, "call"));

  incoming = ahoy_test_client_wait_push (fixture->bob, "call.incoming");
  ahoy_test_check_string (incoming, "call", fixture->call);
  ahoy_test_check_string (incoming, "inviter", "alice");
  ahoy_test_check_string (incoming, "media", "video");
  ahoy_test_check_string (incoming, "userData", "hello");
}

static void
connect_call (Fixture *fixture)
{
  g_autoptr (JsonObject) call = NULL;
  g_autoptr (JsonObject) state = NULL;

  invite (fixture);
  call = ahoy_test_client_request (fixture->bob, "call.accept", "{\"call\":\"%s\"}", fixture->call);
  ahoy_test_check_string (call, "state", "active");
  g_assert_cmpint (ahoy_json_get_int (call, "started", 0), >, 0);
  state = ahoy_test_client_wait_state (fixture->alice, "active");
  g_assert_cmpstr (ahoy_test_call_get_status (state, "bob"), ==, "accepted");
}

static void
check_idle (Fixture *fixture)
{
  g_assert_cmpint (ahoy_test_client_fail (fixture->alice, "call.sync", "{\"call\":\"%s\"}", fixture->call), ==, 8010);
  g_assert_cmpint (ahoy_test_client_fail (fixture->bob, "call.accept", "{\"call\":\"%s\"}", fixture->call), ==, 8010);
}

static void
test_hang_up (Fixture      *fixture,
              gconstpointer data)
{
  g_autoptr (JsonObject) state = NULL;

  invite (fixture);
  ahoy_test_client_act (fixture->bob, "call.ringing", fixture->call);
  state = ahoy_test_client_wait_state (fixture->alice, "ringing");
  g_assert_cmpstr (ahoy_test_call_get_status (state, "bob"), ==, "ringing");
  ahoy_test_client_act (fixture->bob, "call.accept", fixture->call);
  ahoy_test_client_act (fixture->alice, "call.hangup", fixture->call);
  ahoy_test_client_check_end (fixture->alice, fixture->call, 1, "alice");
  ahoy_test_client_check_end (fixture->bob, fixture->call, 1, "alice");
  ahoy_test_client_check_record (fixture->alice, fixture->call, 1, 3, 1);
  ahoy_test_client_check_record (fixture->bob, fixture->call, 2, 2, 1);
  check_idle (fixture);
}

/* Whose program was killed says so when it is back: it did not hang up. */
static void
test_leave_offline (Fixture      *fixture,
                    gconstpointer data)
{
  g_autoptr (JsonObject) answer = NULL;

  connect_call (fixture);
  g_assert_cmpint (ahoy_test_client_fail (fixture->bob, "call.hangup", "{\"call\":\"%s\",\"why\":\"bored\"}",
                                          fixture->call), ==, 6017);
  answer = ahoy_test_client_request (fixture->bob, "call.hangup", "{\"call\":\"%s\",\"why\":\"offline\"}",
                                     fixture->call);
  ahoy_test_client_check_end (fixture->alice, fixture->call, 4, "bob");
  ahoy_test_client_check_record (fixture->alice, fixture->call, 1, 3, 4);
  ahoy_test_client_check_record (fixture->bob, fixture->call, 2, 2, 4);
}

static void
test_reject (Fixture      *fixture,
             gconstpointer data)
{
  invite (fixture);
  ahoy_test_client_act (fixture->bob, "call.reject", fixture->call);
  ahoy_test_client_check_end (fixture->alice, fixture->call, 2, "bob");
  ahoy_test_client_check_end (fixture->bob, fixture->call, 2, "bob");
  ahoy_test_client_check_record (fixture->alice, fixture->call, 1, 3, 2);
  ahoy_test_client_check_record (fixture->bob, fixture->call, 2, 2, 2);
  check_idle (fixture);
}

static void
test_ignore (Fixture      *fixture,
             gconstpointer data)
{
  g_autoptr (JsonObject) answer = NULL;

  invite (fixture);
  answer = ahoy_test_client_request (fixture->bob, "call.reject", "{\"call\":\"%s\",\"why\":\"ignore\"}", fixture->call);
  ahoy_test_client_check_end (fixture->alice, fixture->call, 5, "bob");
  ahoy_test_client_check_record (fixture->alice, fixture->call, 1, 3, 5);
  ahoy_test_client_check_record (fixture->bob, fixture->call, 2, 1, 5);
}

static void
test_cancel (Fixture      *fixture,
             gconstpointer data)
{
  invite (fixture);
  /* A hang-up while it rings is the same as a cancel. */
  ahoy_test_client_act (fixture->alice, data, fixture->call);
  ahoy_test_client_check_end (fixture->alice, fixture->call, 6, "alice");
  ahoy_test_client_check_end (fixture->bob, fixture->call, 6, "alice");
  ahoy_test_client_check_record (fixture->alice, fixture->call, 1, 3, 6);
  ahoy_test_client_check_record (fixture->bob, fixture->call, 2, 1, 6);
  check_idle (fixture);
}

static void
test_busy (Fixture      *fixture,
           gconstpointer data)
{
  g_autoptr (AhoyTestClient) carol = ahoy_test_client_new (fixture->server, "carol", NULL);
  g_autoptr (JsonObject) call = NULL;
  g_autofree char *id = NULL;

  connect_call (fixture);
  call = ahoy_test_client_request (carol, "call.invite", "{\"to\":[\"bob\"],\"media\":\"audio\"}");
  id = g_strdup (json_object_get_string_member (call, "call"));
  ahoy_test_check_string (call, "state", "ended");
  ahoy_test_client_check_end (carol, id, 5, "bob");
  ahoy_test_client_check_record (carol, id, 1, 3, 5);
  ahoy_test_client_check_record (fixture->bob, id, 2, 1, 5);
  g_assert_false (ahoy_test_client_has_push (fixture->bob, "call.incoming"));
  /* And who is in a call cannot start another. */
  g_assert_cmpint (ahoy_test_client_fail (fixture->bob, "call.invite", "{\"to\":[\"carol\"],\"media\":\"audio\"}"), ==, -1203);
}

static void
test_no_answer (Fixture      *fixture,
                gconstpointer data)
{
  g_autoptr (JsonObject) call = NULL;

  call = ahoy_test_client_request (fixture->alice, "call.invite",
                                   "{\"to\":[\"bob\"],\"media\":\"audio\",\"timeout\":10}");
  fixture->call = g_strdup (json_object_get_string_member (call, "call"));
  ahoy_test_client_check_end (fixture->bob, fixture->call, 3, "bob");
  ahoy_test_client_check_end (fixture->alice, fixture->call, 3, "bob");
  ahoy_test_client_check_record (fixture->alice, fixture->call, 1, 3, 3);
  ahoy_test_client_check_record (fixture->bob, fixture->call, 2, 1, 3);
}

static void
test_lost (Fixture      *fixture,
           gconstpointer data)
{
  g_autoptr (JsonObject) state = NULL;

  connect_call (fixture);
  ahoy_test_client_drop (fixture->bob);
  state = ahoy_test_client_wait_state (fixture->alice, "active");
  g_assert_cmpstr (ahoy_test_call_get_status (state, "bob"), ==, "lost");
  ahoy_test_client_check_end (fixture->alice, fixture->call, 4, "bob");
  ahoy_test_client_check_record (fixture->alice, fixture->call, 1, 3, 4);
}

static void
test_lost_and_back (Fixture      *fixture,
                    gconstpointer data)
{
  g_autoptr (JsonObject) lost = NULL;
  g_autoptr (JsonObject) back = NULL;
  JsonObject *welcome;

  connect_call (fixture);
  ahoy_test_client_drop (fixture->bob);
  lost = ahoy_test_client_wait_state (fixture->alice, "active");
  g_assert_cmpstr (ahoy_test_call_get_status (lost, "bob"), ==, "lost");
  welcome = ahoy_test_client_resume (fixture->bob);
  g_assert_cmpuint (json_array_get_length (json_object_get_array_member (welcome, "calls")), ==, 1);
  back = ahoy_test_client_wait_state (fixture->alice, "active");
  g_assert_cmpstr (ahoy_test_call_get_status (back, "bob"), ==, "accepted");
  ahoy_test_client_act (fixture->bob, "call.hangup", fixture->call);
  ahoy_test_client_check_end (fixture->alice, fixture->call, 1, "bob");
}

static void
test_glare (Fixture      *fixture,
            gconstpointer data)
{
  g_autoptr (JsonObject) call = NULL;
  g_autoptr (JsonObject) state = NULL;

  invite (fixture);
  call = ahoy_test_client_request (fixture->bob, "call.invite", "{\"to\":[\"alice\"],\"media\":\"audio\"}");
  ahoy_test_check_string (call, "call", fixture->call);
  ahoy_test_check_string (call, "state", "active");
  ahoy_test_check_string (call, "inviter", "alice");
  state = ahoy_test_client_wait_state (fixture->alice, "active");
  ahoy_test_check_string (state, "call", fixture->call);
  g_assert_false (ahoy_test_client_has_push (fixture->alice, "call.incoming"));
}

static void
test_taken (Fixture      *fixture,
            gconstpointer data)
{
  g_autoptr (AhoyTestClient) tablet = ahoy_test_client_new (fixture->server, "bob", "tablet");
  g_autoptr (JsonObject) incoming = NULL;
  g_autoptr (JsonObject) taken = NULL;

  invite (fixture);
  incoming = ahoy_test_client_wait_push (tablet, "call.incoming");
  ahoy_test_client_act (fixture->bob, data, fixture->call);
  taken = ahoy_test_client_wait_push (tablet, "call.taken");
  ahoy_test_check_string (taken, "call", fixture->call);
  ahoy_test_check_int (taken, "reason", g_str_equal (data, "call.accept") ? 7 : 8);
  g_assert_cmpint (ahoy_test_client_fail (tablet, "call.accept", "{\"call\":\"%s\"}", fixture->call), ==, 8010);
  ahoy_test_client_flush (fixture->bob);
  g_assert_false (ahoy_test_client_has_push (fixture->bob, "call.taken"));
}

static void
test_relay (Fixture      *fixture,
            gconstpointer data)
{
  g_autoptr (JsonObject) offered = NULL;
  g_autoptr (JsonObject) trickled = NULL;
  g_autoptr (JsonObject) readied = NULL;
  g_autoptr (JsonObject) hidden = NULL;
  g_autoptr (JsonObject) hide = NULL;
  g_autoptr (JsonObject) sdp = NULL;
  g_autoptr (JsonObject) ice = NULL;
  g_autoptr (JsonObject) peer = NULL;
  g_autofree char *control = g_strnfill (20000, 0x7f);
  JsonObject *candidate;

  /* A callee offers while it rings; the inviter answers to that device. */
  invite (fixture);
  offered = ahoy_test_client_request (fixture->bob, "sdp",
                                         "{\"call\":\"%s\",\"to\":\"alice\",\"gen\":1,\"kind\":\"offer\","
                                         "\"sdp\":\"v=0\\r\\n\",\"strange\":true}", fixture->call);
  sdp = ahoy_test_client_wait_push (fixture->alice, "sdp");
  ahoy_test_check_string (sdp, "from", "bob");
  ahoy_test_check_string (sdp, "fromDevice", "bob-device");
  ahoy_test_check_string (sdp, "sdp", "v=0\r\n");
  ahoy_test_check_string (sdp, "kind", "offer");
  ahoy_test_check_int (sdp, "gen", 1);
  g_assert_false (json_object_has_member (sdp, "strange"));

  trickled = ahoy_test_client_request (fixture->alice, "ice",
                                         "{\"call\":\"%s\",\"to\":\"bob\",\"device\":\"bob-device\",\"gen\":1,"
                                         "\"cands\":[{\"mline\":1,\"cand\":\"candidate:1\"}]}", fixture->call);
  ice = ahoy_test_client_wait_push (fixture->bob, "ice");
  candidate = json_array_get_object_element (json_object_get_array_member (ice, "cands"), 0);
  ahoy_test_check_string (candidate, "cand", "candidate:1");
  ahoy_test_check_int (candidate, "mline", 1);

  ahoy_test_client_act (fixture->bob, "call.accept", fixture->call);
  hidden = ahoy_test_client_request (fixture->alice, "peer",
                                     "{\"call\":\"%s\",\"to\":\"bob\",\"gen\":1,\"what\":\"hide\"}", fixture->call);
  hide = ahoy_test_client_wait_push (fixture->bob, "peer");
  ahoy_test_check_string (hide, "what", "hide");
  readied = ahoy_test_client_request (fixture->alice, "peer",
                                         "{\"call\":\"%s\",\"to\":\"bob\",\"gen\":1,\"what\":\"ready\"}", fixture->call);
  peer = ahoy_test_client_wait_push (fixture->bob, "peer");
  ahoy_test_check_string (peer, "what", "ready");

  g_assert_cmpint (ahoy_test_client_fail (fixture->alice, "sdp", "{\"call\":\"%s\",\"to\":\"bob\",\"gen\":1,"
                                          "\"kind\":\"nonsense\",\"sdp\":\"\"}", fixture->call), ==, 6017);
  /* One byte here, six when it is passed on. */
  g_assert_cmpint (ahoy_test_client_fail (fixture->alice, "sdp", "{\"call\":\"%s\",\"to\":\"bob\",\"gen\":1,"
                                          "\"kind\":\"offer\",\"sdp\":\"%s\"}", fixture->call, control), ==, 6017);
  g_assert_cmpint (ahoy_test_client_fail (fixture->alice, "ice", "{\"call\":\"%s\",\"to\":\"bob\",\"gen\":1,"
                                          "\"cands\":[1]}", fixture->call), ==, 6017);
  g_assert_cmpint (ahoy_test_client_fail (fixture->alice, "peer", "{\"call\":\"%s\",\"to\":\"carol\",\"gen\":1,"
                                          "\"what\":\"ready\"}", fixture->call), ==, 6017);
}

static void
test_stranger (Fixture      *fixture,
               gconstpointer data)
{
  g_autoptr (AhoyTestClient) carol = ahoy_test_client_new (fixture->server, "carol", NULL);

  connect_call (fixture);
  g_assert_cmpint (ahoy_test_client_fail (carol, "call.sync", "{\"call\":\"%s\"}", fixture->call), ==, 8010);
  g_assert_cmpint (ahoy_test_client_fail (carol, "call.hangup", "{\"call\":\"%s\"}", fixture->call), ==, 8010);
  g_assert_cmpint (ahoy_test_client_fail (carol, "peer", "{\"call\":\"%s\",\"to\":\"bob\",\"gen\":1,\"what\":\"close\"}",
                                          fixture->call), ==, 8010);
  ahoy_test_client_flush (fixture->bob);
  g_assert_false (ahoy_test_client_has_push (fixture->bob, "peer"));
}

static void
test_media (Fixture      *fixture,
            gconstpointer data)
{
  g_autoptr (JsonObject) answer = NULL;
  g_autoptr (JsonObject) state = NULL;
  JsonObject *member;

  connect_call (fixture);
  answer = ahoy_test_client_request (fixture->bob, "call.media", "{\"call\":\"%s\",\"microphone\":true}", fixture->call);
  state = ahoy_test_client_wait_state (fixture->alice, "active");
  member = json_array_get_object_element (json_object_get_array_member (state, "members"), 1);
  g_assert_true (json_object_get_boolean_member (member, "microphone"));
  g_assert_false (json_object_get_boolean_member (member, "camera"));
}

static void
test_bad_invitation (Fixture      *fixture,
                     gconstpointer data)
{
  static const char *const bad[] = {
    "{}", "{\"to\":[],\"media\":\"audio\"}", "{\"to\":\"bob\",\"media\":\"audio\"}",
    "{\"to\":[\"alice\"],\"media\":\"audio\"}", "{\"to\":[\"b b\"],\"media\":\"audio\"}",
    "{\"to\":[1],\"media\":\"audio\"}", "{\"to\":[\"bob\"],\"media\":\"smell\"}",
    "{\"to\":[\"bob\"],\"media\":\"audio\",\"timeout\":9}", "{\"to\":[\"bob\"],\"media\":\"audio\",\"timeout\":601}",
    "{\"to\":[\"1\",\"2\",\"3\",\"4\",\"5\",\"6\",\"7\",\"8\",\"9\"],\"media\":\"audio\"}",
  };

  static const char *const bad_fields[] = {
    "\"room\":\"a/b\"", "\"room\":\"tab\\t\"", "\"room\":\"ä\"", "\"room\":7",
    "\"room\":\"12345678901234567890123456789012345678901234567890123456789012345\"", "\"roomNumber\":-1",
    "\"roomNumber\":2147483648", "\"roomNumber\":\"1\"", "\"recordPolicy\":3", "\"recordPolicy\":\"on\"",
    "\"push\":\"hello\"", "\"push\":{\"title\":3}", "\"push\":{\"text\":\"a\\nb\"}",
  };

  for (guint i = 0; i < G_N_ELEMENTS (bad); i++)
    g_assert_cmpint (ahoy_test_client_fail (fixture->alice, "call.invite", "%s", bad[i]), ==, -1202);
  for (guint i = 0; i < G_N_ELEMENTS (bad_fields); i++)
    g_assert_cmpint (ahoy_test_client_fail (fixture->alice, "call.invite", "{\"to\":[\"bob\"],\"media\":\"audio\",%s}",
                                            bad_fields[i]), ==, -1202);
  g_assert_cmpint (ahoy_test_client_fail (fixture->alice, "call.invite", "{\"to\":[\"bob\"],\"media\":3}"), ==, 6017);
  ahoy_test_client_flush (fixture->bob);
  g_assert_false (ahoy_test_client_has_push (fixture->bob, "call.incoming"));
}

/* What the caller gives along, and who gets it. */
static void
test_fields (Fixture      *fixture,
             gconstpointer data)
{
  static const char *const rooms[][3] = {
    { "\"room\":\"My room: {1}~,\"", "My room: {1}~,", "0" },
    { "\"room\":\"lost\",\"roomNumber\":42", "", "42" },
    { "\"roomNumber\":2147483647", "", "2147483647" },
  };
  g_autoptr (JsonObject) plain = NULL;
  g_autoptr (JsonObject) call = NULL;
  g_autoptr (JsonObject) incoming = NULL;
  g_autoptr (JsonObject) accepted = NULL;
  g_autoptr (JsonObject) state = NULL;
  g_autofree char *id = NULL;
  JsonObject *push;

  for (guint i = 0; i < G_N_ELEMENTS (rooms); i++)
    {
      g_autoptr (JsonObject) with_room = NULL;

      with_room = ahoy_test_client_request (fixture->alice, "call.invite", "{\"to\":[\"bob\"],\"media\":\"audio\",%s}",
                                            rooms[i][0]);
      ahoy_test_check_string (with_room, "room", rooms[i][1]);
      ahoy_test_check_int (with_room, "roomNumber", g_ascii_strtoll (rooms[i][2], NULL, 10));
      ahoy_test_client_act (fixture->alice, "call.cancel", json_object_get_string_member (with_room, "call"));
    }

  plain = ahoy_test_client_request (fixture->alice, "call.invite", "{\"to\":[\"carol\"],\"media\":\"audio\"}");
  ahoy_test_check_string (plain, "room", "");
  ahoy_test_check_int (plain, "recordPolicy", 0);
  g_assert_cmpint (json_object_get_int_member (plain, "roomNumber"), >, 0);
  g_assert_cmpint (json_object_get_int_member (plain, "roomNumber"), <=, 2147483647);
  ahoy_test_client_act (fixture->alice, "call.cancel", json_object_get_string_member (plain, "call"));

  for (guint i = 0; i < G_N_ELEMENTS (rooms); i++)
    {
      g_autoptr (JsonObject) earlier = ahoy_test_client_wait_push (fixture->bob, "call.incoming");

      g_assert_false (json_object_has_member (earlier, "push"));
    }
  call = ahoy_test_client_request (fixture->alice, "call.invite",
                                   "{\"to\":[\"bob\"],\"media\":\"audio\",\"recordPolicy\":2,"
                                   "\"push\":{\"title\":\"Door\",\"text\":\"Somebody rings\",\"off\":true}}");
  id = g_strdup (json_object_get_string_member (call, "call"));
  ahoy_test_check_int (call, "recordPolicy", 2);
  g_assert_false (json_object_has_member (call, "push"));
  incoming = ahoy_test_client_wait_push (fixture->bob, "call.incoming");
  push = json_object_get_object_member (incoming, "push");
  ahoy_test_check_string (push, "title", "Door");
  ahoy_test_check_string (push, "text", "Somebody rings");
  ahoy_test_check_string (push, "sound", "");
  g_assert_true (json_object_get_boolean_member (push, "off"));
  accepted = ahoy_test_client_request (fixture->bob, "call.accept", "{\"call\":\"%s\"}", id);
  g_assert_false (json_object_has_member (accepted, "push"));
  state = ahoy_test_client_wait_state (fixture->alice, "active");
  g_assert_false (json_object_has_member (state, "push"));
}

static void
test_ephemeral (Fixture      *fixture,
                gconstpointer data)
{
  g_autoptr (JsonObject) call = NULL;
  g_autoptr (JsonObject) page = NULL;

  call = ahoy_test_client_request (fixture->alice, "call.invite",
                                   "{\"to\":[\"bob\"],\"media\":\"audio\",\"ephemeral\":true}");
  ahoy_test_client_act (fixture->bob, "call.reject", json_object_get_string_member (call, "call"));
  ahoy_test_client_check_end (fixture->alice, json_object_get_string_member (call, "call"), 2, "bob");
  page = ahoy_test_client_request (fixture->alice, "records.list", "{}");
  g_assert_cmpuint (json_array_get_length (json_object_get_array_member (page, "records")), ==, 0);
  g_assert_false (ahoy_test_client_has_push (fixture->alice, "record"));
}

static void
test_late_device (Fixture      *fixture,
                  gconstpointer data)
{
  g_autoptr (JsonObject) call = NULL;
  g_autoptr (AhoyTestClient) dave = NULL;
  JsonArray *calls;

  /* Nobody is there yet; who signs in while it rings hears of it. */
  call = ahoy_test_client_request (fixture->alice, "call.invite", "{\"to\":[\"dave\"],\"media\":\"audio\"}");
  dave = ahoy_test_client_new (fixture->server, "dave", NULL);
  calls = json_object_get_array_member (ahoy_test_client_get_welcome (dave), "calls");
  g_assert_cmpuint (json_array_get_length (calls), ==, 1);
  ahoy_test_client_act (dave, "call.accept", json_object_get_string_member (call, "call"));
}

static void
test_bye (Fixture      *fixture,
          gconstpointer data)
{
  g_autoptr (JsonObject) answer = NULL;

  connect_call (fixture);
  answer = ahoy_test_client_request (fixture->bob, "bye", "{}");
  g_assert_cmpint (ahoy_test_client_wait_close (fixture->bob), ==, 1000);
  ahoy_test_client_check_end (fixture->alice, fixture->call, 1, "bob");
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

#define CASE(name, func, data) g_test_add ("/server/calls/" name, Fixture, data, set_up, func, tear_down)
  CASE ("hang-up", test_hang_up, NULL);
  CASE ("reject", test_reject, NULL);
  CASE ("ignore", test_ignore, NULL);
  CASE ("cancel", test_cancel, "call.cancel");
  CASE ("leave-offline", test_leave_offline, NULL);
  CASE ("cancel-by-hang-up", test_cancel, "call.hangup");
  CASE ("busy", test_busy, NULL);
  CASE ("no-answer", test_no_answer, NULL);
  CASE ("lost", test_lost, NULL);
  CASE ("lost-and-back", test_lost_and_back, NULL);
  CASE ("glare", test_glare, NULL);
  CASE ("taken", test_taken, "call.accept");
  CASE ("rejected-elsewhere", test_taken, "call.reject");
  CASE ("relay", test_relay, NULL);
  CASE ("stranger", test_stranger, NULL);
  CASE ("media", test_media, NULL);
  CASE ("bad-invitation", test_bad_invitation, NULL);
  CASE ("fields", test_fields, NULL);
  CASE ("ephemeral", test_ephemeral, NULL);
  CASE ("late-device", test_late_device, NULL);
  CASE ("bye", test_bye, NULL);
#undef CASE

  return g_test_run ();
}
