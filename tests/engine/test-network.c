/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "ahoy-network.h"
#include "ahoy-server-clock.h"
#include "ahoy-test-wait.h"

#include <errno.h>
#include <fcntl.h>
#include <sched.h>
#include <unistd.h>

/* Whether this machine is where it was, in a network of its own; and what time it is at the server. */

#define SECOND ((gint64) G_USEC_PER_SEC)
#define HOUR (3600 * SECOND)

static gboolean has_own_network;

static void
put (const char *path,
     const char *text)
{
  int fd = open (path, O_WRONLY | O_CLOEXEC);

  if (fd < 0)
    return;
  if (write (fd, text, strlen (text)) < 0)
    g_printerr ("# %s: %s\n", path, g_strerror (errno));
  close (fd);
}

/* Before there are threads. Whoever is not root is root in there. */
static void
enter_own_network (void)
{
  g_autofree char *uids = g_strdup_printf ("0 %d 1", getuid ());
  g_autofree char *gids = g_strdup_printf ("0 %d 1", getgid ());

  if (getuid () == 0)
    {
      has_own_network = unshare (CLONE_NEWNET) == 0;
      return;
    }
  has_own_network = unshare (CLONE_NEWUSER | CLONE_NEWNET) == 0;
  if (!has_own_network)
    return;
  put ("/proc/self/setgroups", "deny");
  put ("/proc/self/uid_map", uids);
  put ("/proc/self/gid_map", gids);
}

static void
run_ip (const char *words)
{
  g_autofree char *line = g_strdup_printf ("ip %s", words);
  g_autoptr (GError) error = NULL;
  int status = -1;

  g_spawn_command_line_sync (line, NULL, NULL, &status, &error);
  g_assert_no_error (error);
  g_assert_cmpint (status, ==, 0);
}

static void
count (guint *n)
{
  (*n)++;
}

static gboolean
is_counted (gpointer data)
{
  return *(guint *) data > 0;
}

static gboolean
is_past (gpointer data)
{
  return g_get_monotonic_time () > *(gint64 *) data;
}

static void
let_settle (void)
{
  gint64 until = g_get_monotonic_time () + SECOND / 2;

  ahoy_test_wait (is_past, &until, 5000, "the network to settle");
}

static gboolean
has (const char *text)
{
  g_autoptr (GInetAddress) address = g_inet_address_new_from_string (text);

  return ahoy_network_has_address (address);
}

static void
test_moves (void)
{
  GNetworkMonitor *monitor = g_network_monitor_get_default ();
  AhoyNetwork *network;
  guint n = 0;

  if (!has_own_network)
    {
      g_test_skip ("there is no network of its own to be had");
      return;
    }

  run_ip ("link set lo up");
  run_ip ("link add one type veth peer name far-one");
  run_ip ("link set far-one up");
  run_ip ("link set one up");
  run_ip ("addr add 10.1.0.2/24 dev one");
  network = ahoy_network_new ();
  g_signal_connect_swapped (network, "changed", G_CALLBACK (count), &n);
  let_settle ();
  n = 0;

  /* Noise. */
  for (guint i = 0; i < 20; i++)
    g_signal_emit_by_name (monitor, "network-changed", TRUE);
  run_ip ("route add 10.9.0.0/16 via 10.1.0.1");
  run_ip ("route del 10.9.0.0/16 via 10.1.0.1");
  let_settle ();
  g_assert_cmpuint (n, ==, 0);
  g_assert_true (has ("10.1.0.2"));
  g_assert_false (has ("10.1.0.3"));

  /* Another address, in a burst that is one change. */
  run_ip ("addr del 10.1.0.2/24 dev one");
  run_ip ("addr add 10.1.0.3/24 dev one");
  ahoy_test_wait (is_counted, &n, 3000, "the change of address");
  let_settle ();
  g_assert_cmpuint (n, <=, 2);
  g_assert_false (has ("10.1.0.2"));
  g_assert_true (has ("10.1.0.3"));

  /* Another way out, with all addresses as they were. */
  run_ip ("link add two type veth peer name far-two");
  run_ip ("link set far-two up");
  run_ip ("link set two up");
  run_ip ("addr add 10.2.0.2/24 dev two");
  run_ip ("route add default via 10.1.0.1");
  let_settle ();
  n = 0;
  run_ip ("route del default via 10.1.0.1");
  run_ip ("route add default via 10.2.0.1");
  ahoy_test_wait (is_counted, &n, 3000, "the change of route");
  g_assert_finalize_object (network);
}

static void
say_sleep (GDBusConnection *bus,
           gboolean         begins)
{
  g_autoptr (GError) error = NULL;

  g_dbus_connection_emit_signal (bus, NULL, "/org/freedesktop/login1", "org.freedesktop.login1.Manager",
                                 "PrepareForSleep", g_variant_new ("(b)", begins), &error);
  g_assert_no_error (error);
}

static gboolean
is_heard (gpointer data)
{
  gpointer *pair = data;

  /* Whether the bus is listened to yet cannot be seen. */
  say_sleep (pair[0], FALSE);
  return *(guint *) pair[1] > 0;
}

static void
test_sleeps (void)
{
  g_autoptr (GTestDBus) daemon = g_test_dbus_new (G_TEST_DBUS_NONE);
  g_autoptr (GDBusConnection) logind = NULL;
  g_autoptr (GVariant) answer = NULL;
  g_autoptr (GError) error = NULL;
  AhoyNetwork *network;
  guint n = 0;

  g_test_dbus_up (daemon);
  g_setenv ("DBUS_SYSTEM_BUS_ADDRESS", g_test_dbus_get_bus_address (daemon), TRUE);
  logind = g_dbus_connection_new_for_address_sync (g_test_dbus_get_bus_address (daemon),
                                                   G_DBUS_CONNECTION_FLAGS_AUTHENTICATION_CLIENT |
                                                     G_DBUS_CONNECTION_FLAGS_MESSAGE_BUS_CONNECTION,
                                                   NULL, NULL, &error);
  g_assert_no_error (error);
  answer = g_dbus_connection_call_sync (logind, "org.freedesktop.DBus", "/org/freedesktop/DBus",
                                        "org.freedesktop.DBus", "RequestName",
                                        g_variant_new ("(su)", "org.freedesktop.login1", 0), NULL, 0, -1, NULL, &error);
  g_assert_no_error (error);

  network = ahoy_network_new ();
  g_signal_connect_swapped (network, "changed", G_CALLBACK (count), &n);
  ahoy_test_wait (is_heard, (gpointer[]) { logind, &n }, 5000, "the end of sleep to be heard of");
  let_settle ();
  n = 0;
  say_sleep (logind, TRUE);
  let_settle ();
  g_assert_cmpuint (n, ==, 0);
  say_sleep (logind, FALSE);
  ahoy_test_wait (is_counted, &n, 3000, "the machine to be awake");
  g_assert_cmpuint (n, ==, 1);

  /* The bus goes away, the program does not. */
  g_test_dbus_stop (daemon);
  let_settle ();
  g_assert_finalize_object (network);
}

/* Read at @now, what is an hour and more ahead. */
static gint64
read_clock (AhoyServerClock *clock,
            gint64           now_us)
{
  return ahoy_server_clock_read (clock, now_us, 5) / 1000;
}

static void
test_clock (void)
{
  AhoyServerClock clock = { 0 };
  const gint64 base_ms = 1700000000000;

  /* Nothing is known but what the clock here says. */
  g_assert_cmpint (ahoy_server_clock_read (&clock, 7, 5), ==, 5);
  ahoy_server_clock_learn (&clock, -1, 0, 10);
  ahoy_server_clock_learn (&clock, G_MAXINT64, 0, 10);
  g_assert_cmpint (ahoy_server_clock_read (&clock, 7, 5), ==, 5);

  /* Half of the way was the answer's. */
  ahoy_server_clock_learn (&clock, base_ms, 10 * SECOND, 10 * SECOND + 20000);
  g_assert_cmpint (read_clock (&clock, 10 * SECOND + 20000), ==, base_ms + 10);
  g_assert_cmpint (read_clock (&clock, 20 * SECOND + 20000), ==, base_ms + 10010);

  /* One that took longer is worse, */
  ahoy_server_clock_learn (&clock, base_ms + 10000, 20 * SECOND, 20 * SECOND + 300000);
  g_assert_cmpint (read_clock (&clock, 20 * SECOND + 20000), ==, base_ms + 10010);
  /* and a faster one is better. */
  ahoy_server_clock_learn (&clock, base_ms + 11000, 21 * SECOND, 21 * SECOND + 2000);
  g_assert_cmpint (read_clock (&clock, 21 * SECOND + 2000), ==, base_ms + 11001);

  /* An hour more or less is no matter of how long it took. */
  ahoy_server_clock_learn (&clock, base_ms + 12000 + HOUR / 1000, 22 * SECOND, 22 * SECOND + 400000);
  g_assert_cmpint (read_clock (&clock, 22 * SECOND + 400000), ==, base_ms + 12200 + HOUR / 1000);
  ahoy_server_clock_learn (&clock, base_ms + 13000, 23 * SECOND, 23 * SECOND + 900000);
  g_assert_cmpint (read_clock (&clock, 23 * SECOND + 900000), ==, base_ms + 13450);
}

int
main (int   argc,
      char *argv[])
{
  enter_own_network ();
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/engine/network/clock", test_clock);
  g_test_add_func ("/engine/network/moves", test_moves);
  g_test_add_func ("/engine/network/sleeps", test_sleeps);
  return g_test_run ();
}
