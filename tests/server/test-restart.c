/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ahoy-json.h"
#include "ahoy-test-call.h"

#include <sqlite3.h>

/* kill -9 of the server: what a client was told is true afterwards. */

typedef struct
{
  AhoyTestServer *server;
  AhoyTestClient *alice;
  AhoyTestClient *bob;
} Fixture;

static void
set_up (Fixture      *fixture,
        gconstpointer data)
{
  fixture->server = ahoy_test_server_new (data);
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
}

static void
kill_and_restart (Fixture *fixture)
{
  ahoy_test_server_kill (fixture->server);
  ahoy_test_client_drop (fixture->alice);
  ahoy_test_client_drop (fixture->bob);
  ahoy_test_server_start (fixture->server);
}

static char *
start_call (Fixture *fixture)
{
  g_autoptr (JsonObject) call = NULL;

  call = ahoy_test_client_request (fixture->alice, "call.invite", "{\"to\":[\"bob\"],\"media\":\"video\"}");

  return g_strdup (json_object_get_string_member (call, "call"));
}

static void
check_resumed (AhoyTestClient *client,
               const char     *call,
               const char     *state)
{
  gint64 rx = ahoy_test_client_get_rx (client);
  JsonObject *welcome = ahoy_test_client_resume (client);
  JsonArray *calls = json_object_get_array_member (welcome, "calls");

  g_assert_true (json_object_get_boolean_member (welcome, "full"));
  g_assert_cmpuint (json_array_get_length (calls), ==, 1);
  g_assert_cmpstr (json_object_get_string_member (json_array_get_object_element (calls, 0), "call"), ==, call);
  g_assert_cmpstr (json_object_get_string_member (json_array_get_object_element (calls, 0), "state"), ==, state);
  g_assert_cmpint (ahoy_test_client_get_rx (client), >=, rx);
}

static void
check_record (AhoyTestClient *client,
              const char     *call,
              int             reason)
{
  g_autoptr (JsonObject) page = ahoy_test_client_request (client, "records.list", "{}");
  JsonArray *records = json_object_get_array_member (page, "records");

  g_assert_cmpuint (json_array_get_length (records), ==, 1);
  g_assert_cmpstr (json_object_get_string_member (json_array_get_object_element (records, 0), "call"), ==, call);
  g_assert_cmpint (json_object_get_int_member (json_array_get_object_element (records, 0), "reason"), ==, reason);
}

static void
test_active (Fixture      *fixture,
             gconstpointer data)
{
  g_autofree char *call = start_call (fixture);
  g_autoptr (JsonObject) accepted = NULL;
  g_autoptr (JsonObject) hung_up = NULL;
  g_autoptr (JsonObject) ended = NULL;

  accepted = ahoy_test_client_request (fixture->bob, "call.accept", "{\"call\":\"%s\"}", call);
  kill_and_restart (fixture);
  check_resumed (fixture->alice, call, "active");
  check_resumed (fixture->bob, call, "active");
  hung_up = ahoy_test_client_request (fixture->bob, "call.hangup", "{\"call\":\"%s\"}", call);
  ended = ahoy_test_client_wait_push (fixture->alice, "call.ended");
  g_assert_cmpint (json_object_get_int_member (ended, "reason"), ==, 1);
  check_record (fixture->alice, call, 1);
  check_record (fixture->bob, call, 1);
}

static void
test_ringing (Fixture      *fixture,
              gconstpointer data)
{
  g_autofree char *call = start_call (fixture);
  g_autoptr (JsonObject) accepted = NULL;
  g_autoptr (JsonObject) state = NULL;

  kill_and_restart (fixture);
  check_resumed (fixture->alice, call, "ringing");
  check_resumed (fixture->bob, call, "ringing");
  accepted = ahoy_test_client_request (fixture->bob, "call.accept", "{\"call\":\"%s\"}", call);
  state = ahoy_test_client_wait_state (fixture->alice, "active");
}

/* Only one comes back: the deadline of the other is rebuilt from the store. */
static void
test_one_stays_away (Fixture      *fixture,
                     gconstpointer data)
{
  g_autofree char *call = start_call (fixture);
  g_autoptr (JsonObject) accepted = NULL;
  g_autoptr (JsonObject) ended = NULL;

  accepted = ahoy_test_client_request (fixture->bob, "call.accept", "{\"call\":\"%s\"}", call);
  kill_and_restart (fixture);
  check_resumed (fixture->alice, call, "active");
  ended = ahoy_test_client_wait_push (fixture->alice, "call.ended");
  g_assert_cmpint (json_object_get_int_member (ended, "reason"), ==, 4);
  g_assert_cmpstr (json_object_get_string_member (ended, "by"), ==, "bob");
  check_record (fixture->alice, call, 4);
}

/* The answer was lost on the way; the repeat gets it, before and after a restart. */
static void
test_idempotent (Fixture      *fixture,
                 gconstpointer data)
{
  static const char invite[] = "{\"to\":[\"bob\"],\"media\":\"audio\"}";
  g_autoptr (JsonObject) first = ahoy_test_client_request_as (fixture->alice, "same", "call.invite", invite);
  g_autoptr (JsonObject) second = ahoy_test_client_request_as (fixture->alice, "same", "call.invite", invite);
  g_autoptr (JsonObject) third = NULL;
  g_autoptr (JsonObject) cancelled = NULL;
  g_autoptr (JsonObject) fourth = NULL;
  g_autofree char *first_text = ahoy_json_to_text (first);
  g_autofree char *second_text = ahoy_json_to_text (second);
  g_autofree char *third_text = NULL;
  g_autofree char *fourth_text = NULL;

  g_assert_cmpstr (second_text, ==, first_text);
  kill_and_restart (fixture);
  ahoy_test_client_resume (fixture->alice);
  third = ahoy_test_client_request_as (fixture->alice, "same", "call.invite", invite);
  third_text = ahoy_json_to_text (third);
  g_assert_cmpstr (third_text, ==, first_text);

  /* The same id of another user is another request. */
  ahoy_test_client_resume (fixture->bob);
  cancelled = ahoy_test_client_request_as (fixture->bob, "same", "call.reject", first_text);
  fourth = ahoy_test_client_request_as (fixture->alice, "same", "call.invite", invite);
  fourth_text = ahoy_json_to_text (fourth);
  g_assert_cmpstr (fourth_text, ==, first_text);
  check_record (fixture->alice, json_object_get_string_member (first, "call"), 2);
}

/* Many changes in flight when it dies: each that was answered is there afterwards. */
static void
test_nothing_lost (Fixture      *fixture,
                   gconstpointer data)
{
  g_autoptr (JsonObject) list = NULL;
  JsonArray *contacts;

  for (int i = 0; i < 200; i++)
    {
      g_autoptr (JsonObject) answer = NULL;

      answer = ahoy_test_client_request (fixture->alice, "contacts.set", "{\"user\":\"u%d\",\"remark\":\"r%d\"}", i, i);
    }
  kill_and_restart (fixture);
  ahoy_test_client_resume (fixture->alice);
  list = ahoy_test_client_request (fixture->alice, "contacts.list", "{}");
  contacts = json_object_get_array_member (list, "contacts");
  g_assert_cmpuint (json_array_get_length (contacts), ==, 200);
  g_assert_cmpint (json_object_get_int_member (list, "version"), ==, 200);
}

typedef struct
{
  AhoyTestServer *server;
  AhoyTestClient *clients[4];
  char *call;
} Several;

static const char *const names[] = { "alice", "bob", "carol", "dave" };

static void
resume_all (Several *several)
{
  for (guint i = 0; i < G_N_ELEMENTS (several->clients); i++)
    {
      if (several->clients[i])
        ahoy_test_client_resume (several->clients[i]);
    }
}

static void
kill_all (Several *several)
{
  ahoy_test_server_kill (several->server);
  for (guint i = 0; i < G_N_ELEMENTS (several->clients); i++)
    {
      if (several->clients[i])
        ahoy_test_client_drop (several->clients[i]);
    }
  ahoy_test_server_start (several->server);
}

static void
set_up_several (Several      *several,
                gconstpointer data)
{
  several->server = ahoy_test_server_new (data);
  for (guint i = 0; i < G_N_ELEMENTS (several->clients); i++)
    several->clients[i] = ahoy_test_client_new (several->server, names[i], NULL);
  several->call = ahoy_test_client_invite (several->clients[0], "bob,carol,dave");
}

static void
tear_down_several (Several      *several,
                   gconstpointer data)
{
  for (guint i = 0; i < G_N_ELEMENTS (several->clients); i++)
    g_clear_pointer (&several->clients[i], ahoy_test_client_free);
  ahoy_test_server_free (several->server);
  g_free (several->call);
}

/* What is left of a call of four that was killed again and again between its steps. */
static void
test_several (Several      *several,
              gconstpointer data)
{
  AhoyTestClient **clients = several->clients;
  const char *call = several->call;
  g_autoptr (JsonObject) before = NULL;
  g_autoptr (JsonObject) after = NULL;
  g_autoptr (JsonObject) rejoined = NULL;
  g_autofree char *before_text = NULL;
  g_autofree char *after_text = NULL;

  ahoy_test_client_act (clients[1], "call.accept", call);
  kill_all (several);
  resume_all (several);
  ahoy_test_client_act (clients[2], "call.reject", call);
  before = ahoy_test_client_request (clients[0], "call.sync", "{\"call\":\"%s\"}", call);
  kill_all (several);
  resume_all (several);
  after = ahoy_test_client_request (clients[0], "call.sync", "{\"call\":\"%s\"}", call);
  before_text = ahoy_json_to_text (before);
  after_text = ahoy_json_to_text (after);
  g_assert_cmpstr (after_text, ==, before_text);

  ahoy_test_client_act (clients[3], "call.accept", call);
  ahoy_test_client_act (clients[1], "call.hangup", call);
  kill_all (several);
  resume_all (several);
  rejoined = ahoy_test_client_request (clients[1], "call.join", "{\"call\":\"%s\"}", call);
  ahoy_test_check_int (ahoy_test_call_find_member (rejoined, "bob"), "entry", 4);
  ahoy_test_client_act (clients[0], "call.hangup", call);
  ahoy_test_client_act (clients[3], "call.hangup", call);
  kill_all (several);
  resume_all (several);
  check_record (clients[0], call, 1);
  check_record (clients[1], call, 1);
  check_record (clients[2], call, 2);
  check_record (clients[3], call, 1);
}

/* Two ring with deadlines of their own while the server is away; each is over when it was to be. */
static void
test_ring_deadlines (Several      *several,
                     gconstpointer data)
{
  AhoyTestClient **clients = several->clients;
  g_autoptr (JsonObject) added = NULL;
  g_autoptr (JsonObject) later = NULL;
  g_autoptr (JsonObject) state = NULL;

  ahoy_test_client_act (clients[1], "call.accept", several->call);
  ahoy_test_client_act (clients[2], "call.reject", several->call);
  added = ahoy_test_client_request (clients[1], "call.add", "{\"call\":\"%s\",\"to\":[\"erin\"],\"timeout\":10}", several->call);
  later = ahoy_test_client_request (clients[1], "call.add", "{\"call\":\"%s\",\"to\":[\"frank\"],\"timeout\":600}", several->call);
  kill_all (several);
  resume_all (several);
  state = ahoy_test_client_wait_status (clients[0], "erin", "left");
  ahoy_test_check_int (ahoy_test_call_find_member (state, "erin"), "reason", 3);
  g_assert_cmpstr (ahoy_test_call_get_status (state, "frank"), ==, "invited");
  ahoy_test_check_int (state, "deadline", json_object_get_int_member (later, "deadline"));
  ahoy_test_check_string (state, "state", "active");
}

/* Two of four do not come back: the others go on. */
static void
test_some_stay_away (Several      *several,
                     gconstpointer data)
{
  AhoyTestClient **clients = several->clients;
  g_autoptr (JsonObject) state = NULL;

  for (guint i = 1; i < 4; i++)
    ahoy_test_client_act (clients[i], "call.accept", several->call);
  kill_all (several);
  g_clear_pointer (&clients[0], ahoy_test_client_free);
  g_clear_pointer (&clients[2], ahoy_test_client_free);
  resume_all (several);
  state = ahoy_test_client_wait_status (clients[1], "alice", "left");
  ahoy_test_check_int (ahoy_test_call_find_member (state, "alice"), "reason", 4);
  g_clear_pointer (&state, json_object_unref);
  state = ahoy_test_client_request (clients[1], "call.sync", "{\"call\":\"%s\"}", several->call);
  g_assert_cmpstr (ahoy_test_call_get_status (state, "carol"), ==, "left");
  g_assert_cmpstr (ahoy_test_call_get_status (state, "dave"), ==, "accepted");
  ahoy_test_client_act (clients[1], "call.hangup", several->call);
  ahoy_test_client_check_end (clients[3], several->call, 1, "bob");
}

static void
run_sql (AhoyTestServer *server,
         const char     *sql)
{
  g_autofree char *path = g_build_filename (ahoy_test_server_get_data_dir (server), "ahoy.sqlite", NULL);
  sqlite3 *handle = NULL;

  g_assert_cmpint (sqlite3_open (path, &handle), ==, SQLITE_OK);
  g_assert_cmpint (sqlite3_exec (handle, sql, NULL, NULL, NULL), ==, SQLITE_OK);
  g_assert_cmpint (sqlite3_close (handle), ==, SQLITE_OK);
}

/* Data of the first version of the schema are taken over. */
static void
test_old_schema (void)
{
  g_autoptr (AhoyTestServer) server = ahoy_test_server_new (NULL);
  g_autoptr (AhoyTestClient) alice = ahoy_test_client_new (server, "alice", NULL);
  g_autoptr (JsonObject) contact = ahoy_test_client_request (alice, "contacts.set", "{\"user\":\"bob\"}");
  g_autoptr (JsonObject) list = NULL;
  g_autoptr (JsonObject) group = NULL;

  ahoy_test_client_drop (alice);
  ahoy_test_server_stop (server);
  run_sql (server, "DROP TABLE account; DROP TABLE block; DROP TABLE user_group; DROP TABLE group_member;"
                   "PRAGMA user_version = 1;");
  ahoy_test_server_start (server);
  ahoy_test_client_resume (alice);
  list = ahoy_test_client_request (alice, "contacts.list", "{}");
  g_assert_cmpuint (json_array_get_length (json_object_get_array_member (list, "contacts")), ==, 1);
  group = ahoy_test_client_request (alice, "group.create", "{\"name\":\"x\"}");
}

int
main (int    argc,
      char **argv)
{
  static const char quick[] = "[limits]\nlost-silent=2\nmessages-burst=1000\n";

  g_test_init (&argc, &argv, NULL);
#define CASE(name, func, config) g_test_add ("/server/restart/" name, Fixture, config, set_up, func, tear_down)
  CASE ("active", test_active, NULL);
  CASE ("ringing", test_ringing, NULL);
  CASE ("one-stays-away", test_one_stays_away, quick);
  CASE ("idempotent", test_idempotent, NULL);
  CASE ("nothing-lost", test_nothing_lost, NULL);
#undef CASE
#define CASE(name, func, config) \
  g_test_add ("/server/restart/" name, Several, config, set_up_several, func, tear_down_several)
  CASE ("several", test_several, NULL);
  CASE ("ring-deadlines", test_ring_deadlines, NULL);
  CASE ("some-stay-away", test_some_stay_away, quick);
#undef CASE
  g_test_add_func ("/server/restart/old-schema", test_old_schema);

  return g_test_run ();
}
