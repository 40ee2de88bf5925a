/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ahoy-json.h"
#include "ahoy-test-call.h"

#include <stdio.h>
#include <unistd.h>

/* A thousand calls in a row: the server is then as it was before them. */

/* Until the caches that have a limit are full: 1,000 answers of each user, above all. */
#define N_WARM_UP 600
#define N_CALLS 1000
/* What it may have grown by, for the pieces that the heap is in by then. */
#define MAX_GROWTH_KB 2048

static guint
count_files (int pid)
{
  g_autofree char *path = g_strdup_printf ("/proc/%d/fd", pid);
  g_autoptr (GDir) dir = g_dir_open (path, 0, NULL);
  guint n = 0;

  g_assert_nonnull (dir);
  while (g_dir_read_name (dir))
    n++;

  return n;
}

static glong
get_resident_kb (int pid)
{
  g_autofree char *path = g_strdup_printf ("/proc/%d/statm", pid);
  g_autofree char *text = NULL;
  long total;
  long resident;

  g_assert_true (g_file_get_contents (path, &text, NULL, NULL));
  g_assert_cmpint (sscanf (text, "%ld %ld", &total, &resident), ==, 2);

  return resident * (sysconf (_SC_PAGESIZE) / 1024);
}

static void
call_one (AhoyTestClient **clients)
{
  g_autofree char *call = ahoy_test_client_invite (clients[0], "bob");

  ahoy_test_client_act (clients[1], "call.accept", call);
  ahoy_test_client_act (clients[0], "call.hangup", call);
  ahoy_test_client_check_end (clients[1], call, 1, "alice");
}

static void
call_several (AhoyTestClient **clients)
{
  g_autoptr (JsonObject) call = NULL;
  g_autoptr (JsonObject) added = NULL;
  const char *id;

  call = ahoy_test_client_request (clients[0], "call.invite", "{\"to\":[\"bob\",\"carol\"],\"media\":\"audio\",\"group\":\"all\"}");
  id = json_object_get_string_member (call, "call");
  ahoy_test_client_act (clients[1], "call.accept", id);
  ahoy_test_client_act (clients[2], "call.reject", id);
  added = ahoy_test_client_request (clients[1], "call.add", "{\"call\":\"%s\",\"to\":[\"dave\"]}", id);
  ahoy_test_client_act (clients[3], "call.accept", id);
  ahoy_test_client_act (clients[1], "call.hangup", id);
  ahoy_test_client_act (clients[1], "call.join", id);
  ahoy_test_client_act (clients[0], "call.hangup", id);
  ahoy_test_client_act (clients[3], "call.hangup", id);
  ahoy_test_client_check_end (clients[3], id, 1, "dave");
}

/* The server must not keep pushes for a client that never says that it has them. */
static void
acknowledge (AhoyTestClient *client)
{
  g_autofree char *ack = g_strdup_printf ("{\"ack\":%" G_GINT64_FORMAT "}", ahoy_test_client_get_rx (client));

  ahoy_test_client_send (client, ack);
  ahoy_test_client_flush (client);
  ahoy_test_client_forget (client);
}

static void
call_many (AhoyTestClient **clients,
           guint            n)
{
  for (guint i = 0; i < n; i++)
    {
      if (i % 4 == 0)
        call_several (clients);
      else
        call_one (clients);
      for (guint j = 0; j < 4; j++)
        acknowledge (clients[j]);
    }
}

static void
test_many_calls (void)
{
  static const char *const names[] = { "alice", "bob", "carol", "dave" };
  g_autoptr (AhoyTestServer) server = ahoy_test_server_new (NULL);
  AhoyTestClient *clients[G_N_ELEMENTS (names)];
  int pid = ahoy_test_server_get_pid (server);
  g_autoptr (JsonObject) group = NULL;
  glong before_kb;
  glong after_kb;
  guint n_files;

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    clients[i] = ahoy_test_client_new (server, names[i], NULL);
  group = ahoy_test_client_request (clients[0], "group.create",
                                    "{\"group\":\"all\",\"name\":\"All\",\"members\":[\"bob\",\"carol\",\"dave\"]}");
  call_many (clients, N_WARM_UP);
  before_kb = get_resident_kb (pid);
  n_files = count_files (pid);
  call_many (clients, N_CALLS);
  after_kb = get_resident_kb (pid);
  g_test_message ("%ld kB before, %ld kB after, %u files", before_kb, after_kb, n_files);
  g_assert_cmpuint (count_files (pid), ==, n_files);
  g_assert_cmpint (after_kb - before_kb, <, MAX_GROWTH_KB);

  /* And nobody is in a call. */
  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autoptr (JsonObject) presence = ahoy_test_client_request (clients[i], "presence.sub", "{\"users\":[\"%s\"]}", names[i]);

      ahoy_test_check_string (json_object_get_object_member (presence, "users"), names[i], "online");
      ahoy_test_client_free (clients[i]);
    }
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/server/many-calls", test_many_calls);

  return g_test_run ();
}
