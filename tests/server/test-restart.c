/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ahoy-json.h"
#include "ahoy-test-client.h"

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

  return g_test_run ();
}
