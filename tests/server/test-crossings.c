/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ahoy-json.h"
#include "ahoy-test-call.h"

/*
 * Two people do something at the same moment, again and again and a little apart: there is one
 * outcome, all are told the same, and so says the history.
 */

#define N_TIMES 200
#define MAX_APART_US 4000

typedef struct
{
  AhoyTestServer *server;
  AhoyTestClient *alice;
  AhoyTestClient *bob;
  AhoyTestClient *phone; /* Bob's too */
  AhoyTestClient *carol;
  GRand *random;
} Fixture;

static void
set_up (Fixture      *fixture,
        gconstpointer data)
{
  fixture->server = ahoy_test_server_new ("[server]\nseveral-devices=always\n[limits]\nmessages-per-second=100000\n"
                                          "messages-burst=100000\ninvites-per-minute=100000\n");
  fixture->alice = ahoy_test_client_new (fixture->server, "alice", NULL);
  fixture->bob = ahoy_test_client_new (fixture->server, "bob", NULL);
  fixture->phone = ahoy_test_client_new (fixture->server, "bob", "phone");
  fixture->carol = ahoy_test_client_new (fixture->server, "carol", NULL);
  fixture->random = g_rand_new_with_seed (7);
}

static void
tear_down (Fixture      *fixture,
           gconstpointer data)
{
  ahoy_test_client_free (fixture->alice);
  ahoy_test_client_free (fixture->bob);
  ahoy_test_client_free (fixture->phone);
  ahoy_test_client_free (fixture->carol);
  ahoy_test_server_free (fixture->server);
  g_rand_free (fixture->random);
}

static gboolean
on_apart (gpointer user_data)
{
  *(gboolean *) user_data = TRUE;

  return G_SOURCE_REMOVE;
}

static void
stand_apart (Fixture *fixture)
{
  int apart_us = g_rand_int_range (fixture->random, 0, MAX_APART_US);
  gboolean is_past = apart_us < 1000;

  if (!is_past)
    g_timeout_add ((guint) apart_us / 1000, on_apart, &is_past);
  while (!is_past)
    g_main_context_iteration (NULL, TRUE);
}

typedef struct
{
  AhoyTestClient *client;
  const char *type;
  const char *data;
  int code;
  JsonObject *answer;
} Side;

/* Both requests are under way at the same time, in this or the other order. */
static void
cross (Fixture *fixture,
       Side    *first,
       Side    *second)
{
  gboolean is_swapped = g_rand_boolean (fixture->random);
  Side *a = is_swapped ? second : first;
  Side *b = is_swapped ? first : second;
  g_autofree char *a_id = ahoy_test_client_begin (a->client, a->type, "%s", a->data);
  g_autofree char *b_id = NULL;

  stand_apart (fixture);
  b_id = ahoy_test_client_begin (b->client, b->type, "%s", b->data);
  a->code = ahoy_test_client_finish (a->client, a_id, &a->answer);
  b->code = ahoy_test_client_finish (b->client, b_id, &b->answer);
}

static void
clear (Side *side)
{
  g_clear_pointer (&side->answer, json_object_unref);
}

/* Both have one line about it, which says the same reason. */
static void
check_records (Fixture    *fixture,
               const char *call,
               int         reason)
{
  g_autoptr (JsonObject) of_alice = ahoy_test_client_get_record (fixture->alice, call);
  g_autoptr (JsonObject) of_bob = ahoy_test_client_get_record (fixture->bob, call);

  ahoy_test_check_int (of_alice, "reason", reason);
  ahoy_test_check_int (of_bob, "reason", reason);
  ahoy_test_client_forget (fixture->alice);
  ahoy_test_client_forget (fixture->bob);
  ahoy_test_client_forget (fixture->phone);
}

static void
test_glare (Fixture      *fixture,
            gconstpointer data)
{
  for (int i = 0; i < N_TIMES; i++)
    {
      Side alice = { fixture->alice, "call.invite", "{\"to\":[\"bob\"],\"media\":\"audio\"}" };
      Side bob = { fixture->bob, "call.invite", "{\"to\":[\"alice\"],\"media\":\"audio\"}" };
      g_autofree char *call = NULL;

      cross (fixture, &alice, &bob);
      g_assert_cmpint (alice.code, ==, 0);
      g_assert_cmpint (bob.code, ==, 0);
      call = g_strdup (json_object_get_string_member (alice.answer, "call"));
      ahoy_test_check_string (bob.answer, "call", call);
      ahoy_test_client_act (fixture->alice, "call.hangup", call);
      ahoy_test_client_check_end (fixture->bob, call, 1, "alice");
      check_records (fixture, call, 1);
      clear (&alice);
      clear (&bob);
    }
}

static void
test_accept_and_cancel (Fixture      *fixture,
                        gconstpointer data)
{
  guint n_accepted = 0;

  for (int i = 0; i < N_TIMES; i++)
    {
      g_autofree char *call = ahoy_test_client_invite (fixture->alice, "bob");
      g_autofree char *text = g_strdup_printf ("{\"call\":\"%s\"}", call);
      Side alice = { fixture->alice, "call.cancel", text };
      Side bob = { fixture->bob, "call.accept", text };

      cross (fixture, &alice, &bob);
      if (bob.code == 0)
        {
          n_accepted++;
          g_assert_cmpint (alice.code, ==, -1203);
          ahoy_test_client_act (fixture->alice, "call.hangup", call);
        }
      else
        {
          g_assert_cmpint (alice.code, ==, 0);
          g_assert_cmpint (bob.code, ==, 8010);
        }
      ahoy_test_client_check_end (fixture->alice, call, bob.code == 0 ? 1 : 6, "alice");
      ahoy_test_client_check_end (fixture->bob, call, bob.code == 0 ? 1 : 6, "alice");
      check_records (fixture, call, bob.code == 0 ? 1 : 6);
      clear (&alice);
      clear (&bob);
    }
  g_assert_cmpuint (n_accepted, >, 0);
  g_assert_cmpuint (n_accepted, <, N_TIMES);
}

/* Answered on one device, and answered or declined on the other. */
static void
test_two_devices (Fixture      *fixture,
                  gconstpointer data)
{
  guint n_first = 0;

  for (int i = 0; i < N_TIMES; i++)
    {
      g_autofree char *call = ahoy_test_client_invite (fixture->alice, "bob");
      g_autofree char *text = g_strdup_printf ("{\"call\":\"%s\"}", call);
      Side bob = { fixture->bob, "call.accept", text };
      Side phone = { fixture->phone, data, text };
      g_autoptr (JsonObject) taken = NULL;
      gboolean is_accepted;

      cross (fixture, &bob, &phone);
      g_assert_cmpint (bob.code == 0, !=, phone.code == 0);
      is_accepted = bob.code == 0 || g_str_equal (data, "call.accept");
      /* An answered call cannot be declined, a declined one is over. */
      if (bob.code != 0)
        g_assert_cmpint (bob.code, ==, 8010);
      else
        g_assert_cmpint (phone.code, ==, g_str_equal (data, "call.accept") ? 8010 : -1203);
      n_first += bob.code == 0 ? 1 : 0;

      taken = ahoy_test_client_wait_push (bob.code == 0 ? fixture->phone : fixture->bob, "call.taken");
      ahoy_test_check_int (taken, "reason", is_accepted ? 7 : 8);
      if (is_accepted)
        ahoy_test_client_act (bob.code == 0 ? fixture->bob : fixture->phone, "call.hangup", call);
      ahoy_test_client_check_end (fixture->alice, call, is_accepted ? 1 : 2, "bob");
      check_records (fixture, call, is_accepted ? 1 : 2);
      clear (&bob);
      clear (&phone);
    }
  g_assert_cmpuint (n_first, >, 0);
  g_assert_cmpuint (n_first, <, N_TIMES);
}

/* Bob hangs up with Carol while Alice calls him: he is busy, or it rings. */
static void
test_invite_and_hang_up (Fixture      *fixture,
                         gconstpointer data)
{
  guint n_busy = 0;

  for (int i = 0; i < N_TIMES; i++)
    {
      g_autofree char *other = ahoy_test_client_invite (fixture->carol, "bob");
      g_autofree char *text = g_strdup_printf ("{\"call\":\"%s\"}", other);
      Side bob = { fixture->bob, "call.hangup", text };
      Side alice = { fixture->alice, "call.invite", "{\"to\":[\"bob\"],\"media\":\"audio\"}" };
      g_autofree char *call = NULL;
      gboolean is_busy;

      ahoy_test_client_act (fixture->bob, "call.accept", other);
      ahoy_test_client_forget (fixture->bob);
      cross (fixture, &bob, &alice);
      g_assert_cmpint (bob.code, ==, 0);
      g_assert_cmpint (alice.code, ==, 0);
      call = g_strdup (json_object_get_string_member (alice.answer, "call"));
      is_busy = g_str_equal (json_object_get_string_member (alice.answer, "state"), "ended");
      n_busy += is_busy ? 1 : 0;
      ahoy_test_client_check_end (fixture->bob, other, 1, "bob");
      ahoy_test_client_flush (fixture->bob);
      g_assert_cmpint (ahoy_test_client_has_push (fixture->bob, "call.incoming"), ==, !is_busy);
      if (!is_busy)
        ahoy_test_client_act (fixture->alice, "call.cancel", call);
      check_records (fixture, call, is_busy ? 5 : 6);
      clear (&bob);
      clear (&alice);
    }
  g_assert_cmpuint (n_busy, >, 0);
  g_assert_cmpuint (n_busy, <, N_TIMES);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
#define CASE(name, func, data) g_test_add ("/server/crossings/" name, Fixture, data, set_up, func, tear_down)
  CASE ("glare", test_glare, NULL);
  CASE ("accept-and-cancel", test_accept_and_cancel, NULL);
  CASE ("accept-twice", test_two_devices, "call.accept");
  CASE ("accept-and-reject", test_two_devices, "call.reject");
  CASE ("invite-and-hang-up", test_invite_and_hang_up, NULL);
#undef CASE

  return g_test_run ();
}
