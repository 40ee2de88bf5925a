/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ahoy-test-call.h"
#include "ahoy-test-wait.h"

#include <glib/gstdio.h>
#include <unistd.h>

/* Somebody sets the clock of the server's machine by an hour, in the middle of calls: it is no event of any call. */

#define HOUR_S 3600
#define CONFIG "[limits]\nmessages-per-second=1000000\nmessages-burst=1000000\ninvites-per-minute=1000\n" \
               "lost-closed=2\nlost-silent=2\n"

static int clock_fd = -1;
static gint64 ahead_s;

typedef struct
{
  AhoyTestServer *server;
  AhoyTestClient *alice;
  AhoyTestClient *bob;
} Fixture;

/* The program reads it at its next look at the clock. */
static void
set_clock (gint64 seconds)
{
  ahead_s = seconds;
  g_assert_cmpint (pwrite (clock_fd, &ahead_s, sizeof ahead_s, 0), ==, sizeof ahead_s);
}

static void
set_up (Fixture      *fixture,
        gconstpointer data)
{
  set_clock (0);
  fixture->server = ahoy_test_server_new (CONFIG);
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

static gint64
get_server_ms (AhoyTestClient *client)
{
  g_autoptr (JsonObject) answer = ahoy_test_client_request (client, "ping", "{}");

  return json_object_get_int_member (answer, "time");
}

static gboolean
has_followed (gpointer data)
{
  gint64 ahead_ms = get_server_ms (data) - g_get_real_time () / 1000;

  return ABS (ahead_ms - ahead_s * 1000) < 5000;
}

static void
jump (AhoyTestClient *client,
      gint64          seconds)
{
  set_clock (seconds);
  ahoy_test_wait (has_followed, client, 5000, "the server to see that its clock was set");
}

static char *
start_call (Fixture *fixture)
{
  g_autofree char *call = ahoy_test_client_invite (fixture->alice, "bob");

  ahoy_test_client_act (fixture->bob, "call.accept", call);

  return g_steal_pointer (&call);
}

static void
check_record (AhoyTestClient *client,
              const char     *call,
              int             reason,
              gint64          longest_s)
{
  g_autoptr (JsonObject) record = ahoy_test_client_get_record (client, call);
  gint64 duration = json_object_get_int_member (record, "duration");

  ahoy_test_check_int (record, "reason", reason);
  g_assert_cmpint (duration, >=, 0);
  g_assert_cmpint (duration, <=, longest_s);
}

/* It rings on, as long as it was to ring, and what was said at which time stays in order. */
static void
test_rings (Fixture      *fixture,
            gconstpointer data)
{
  const gint64 hours[] = { 1, -1, 0 };
  g_autofree char *call = ahoy_test_client_invite (fixture->alice, "bob");

  for (guint i = 0; i < G_N_ELEMENTS (hours); i++)
    {
      g_autoptr (JsonObject) state = NULL;
      gint64 left_ms;

      jump (fixture->alice, hours[i] * HOUR_S);
      state = ahoy_test_client_request (fixture->bob, "call.sync", "{\"call\":\"%s\"}", call);
      ahoy_test_check_string (state, "state", "ringing");
      left_ms = json_object_get_int_member (state, "deadline") - get_server_ms (fixture->bob);
      g_assert_cmpint (left_ms, >, 0);
      g_assert_cmpint (left_ms, <=, 30 * 1000);
    }

  ahoy_test_client_act (fixture->bob, "call.accept", call);
  ahoy_test_client_act (fixture->alice, "call.hangup", call);
  check_record (fixture->alice, call, 1, 30);
}

/* Both in the same moment, many times: there is no gap between the clock and what was measured by it. */
static void
test_hangs_up (Fixture      *fixture,
               gconstpointer data)
{
  for (guint i = 0; i < 12; i++)
    {
      g_autofree char *call = start_call (fixture);

      set_clock (i % 2 == 0 ? HOUR_S : 0);
      ahoy_test_client_act (fixture->alice, "call.hangup", call);
      check_record (fixture->alice, call, 1, 20);
      check_record (fixture->bob, call, 1, 20);
    }
}

/* Whoever is lost in that moment is waited for as long as always. */
static void
test_loses (Fixture      *fixture,
            gconstpointer data)
{
  for (guint i = 0; i < 3; i++)
    {
      g_autofree char *call = start_call (fixture);

      set_clock (i % 2 == 0 ? HOUR_S : 0);
      ahoy_test_client_drop (fixture->bob);
      ahoy_test_client_check_end (fixture->alice, call, 4, "bob");
      check_record (fixture->alice, call, 4, 30);
      ahoy_test_client_resume (fixture->bob);
    }
}

/* The next process knows nothing of the jump, and need not. */
static void
test_restarts (Fixture      *fixture,
               gconstpointer data)
{
  g_autofree char *call = start_call (fixture);
  g_autoptr (JsonObject) other = NULL;

  jump (fixture->alice, HOUR_S);
  /* What the answer to this tells is stored, and so is everything before it. */
  other = ahoy_test_client_request (fixture->alice, "contacts.set", "{\"user\":\"carol\",\"remark\":\"C\"}");
  ahoy_test_server_kill (fixture->server);
  ahoy_test_client_drop (fixture->alice);
  ahoy_test_client_drop (fixture->bob);
  ahoy_test_server_start (fixture->server);
  ahoy_test_client_resume (fixture->alice);
  ahoy_test_client_resume (fixture->bob);
  ahoy_test_client_act (fixture->alice, "call.hangup", call);
  check_record (fixture->alice, call, 1, 30);
  check_record (fixture->bob, call, 1, 30);
}

#define ADD(name, function) g_test_add ("/server/clock/" name, Fixture, NULL, set_up, function, tear_down)

int
main (int    argc,
      char **argv)
{
  g_autofree char *path = NULL;
  g_autofree char *library = NULL;
  int status;

  g_test_init (&argc, &argv, NULL);
  clock_fd = g_file_open_tmp ("ahoy-clock-XXXXXX", &path, NULL);
  g_assert_cmpint (clock_fd, >=, 0);
  set_clock (0);
  library = g_build_filename (g_getenv ("AHOY_BUILD_ROOT"), "tests", "support", "libclock-shift.so", NULL);
  g_setenv ("AHOY_TEST_CLOCK", path, TRUE);
  g_setenv ("LD_PRELOAD", library, TRUE);

  ADD ("rings", test_rings);
  ADD ("hangs-up", test_hangs_up);
  ADD ("loses", test_loses);
  ADD ("restarts", test_restarts);
  status = g_test_run ();
  g_unlink (path);

  return status;
}
