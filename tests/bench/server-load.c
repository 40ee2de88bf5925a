/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ahoy-test-server.h"
#include "ahoy-user-sig.h"
#include "ahoy-websocket-frame.h"

#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <sqlite3.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

/*
 * What many idle connections cost a busy server: the CPU time of a routed message with thousands
 * of them against the same with a few, in turns, and the memory of each. The reference is the
 * same server in the same run, so that the machine and its neighbours drop out.
 */

#define FEW 50
#define MANY 5000
#define PAIRS 20
#define RATE 2000
#define SECONDS 3
#define ROUNDS 3
/* Connecting is work for the server; so many are under way at a time. */
#define WINDOW 100

typedef enum
{
  CLIENT_UPGRADING,
  CLIENT_SIGNING_IN,
  CLIENT_READY,
} ClientState;

typedef struct
{
  int fd;
  guint index;
  ClientState state;
  GString *http;
  AhoyWebsocketParser parser;
  char *call; /* (nullable) */
} Client;

typedef struct
{
  AhoyTestServer *server;
  guint64 app_id;
  char *secret;
  int epoll_fd;
  Client *clients;
  guint n_clients;
  guint n_ready;
  guint n_calls;
  guint64 n_routed;
} Load;

static gint64
get_cpu_us (int pid)
{
  struct timespec time;
  clockid_t clock;

  g_assert_cmpint (clock_getcpuclockid (pid, &clock), ==, 0);
  g_assert_cmpint (clock_gettime (clock, &time), ==, 0);

  return time.tv_sec * G_USEC_PER_SEC + time.tv_nsec / 1000;
}

static gint64
get_rss_kb (int pid)
{
  g_autofree char *path = g_strdup_printf ("/proc/%d/status", pid);
  g_autofree char *text = NULL;
  const char *line;

  g_assert_true (g_file_get_contents (path, &text, NULL, NULL));
  line = strstr (text, "VmRSS:");
  g_assert_nonnull (line);

  return g_ascii_strtoll (line + strlen ("VmRSS:"), NULL, 10);
}

static char *
read_secret (const char *data_dir)
{
  g_autofree char *path = g_build_filename (data_dir, "ahoy.sqlite", NULL);
  sqlite3_stmt *statement = NULL;
  sqlite3 *database = NULL;
  char *secret;

  g_assert_cmpint (sqlite3_open_v2 (path, &database, SQLITE_OPEN_READONLY, NULL), ==, SQLITE_OK);
  g_assert_cmpint (sqlite3_prepare_v2 (database, "SELECT secret FROM app", -1, &statement, NULL), ==, SQLITE_OK);
  g_assert_cmpint (sqlite3_step (statement), ==, SQLITE_ROW);
  secret = g_strdup ((const char *) sqlite3_column_text (statement, 0));
  sqlite3_finalize (statement);
  sqlite3_close (database);

  return secret;
}

static void
send_all (int         fd,
          const void *data,
          gsize       length)
{
  /* Small frames to a server that reads: the socket always has room for one. */
  g_assert_cmpint (send (fd, data, length, MSG_NOSIGNAL), ==, length);
}

static void
send_text (Client     *client,
           const char *text)
{
  static const guint8 mask[4] = { 1, 2, 3, 4 };
  g_autoptr (GByteArray) frame = g_byte_array_new ();

  ahoy_websocket_append_frame (frame, AHOY_WEBSOCKET_TEXT, text, strlen (text), mask);
  send_all (client->fd, frame->data, frame->len);
}

static void
start_client (Load  *self,
              guint  index)
{
  static const char request[] =
    "GET /v1/ws HTTP/1.1\r\nHost: x\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
    "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\n"
    "Sec-WebSocket-Protocol: ahoy.v1\r\n\r\n";
  Client *client = &self->clients[index];
  struct epoll_event event = { .events = EPOLLIN, .data.ptr = client };
  struct sockaddr_in address = {
    .sin_family = AF_INET,
    .sin_port = htons ((guint16) ahoy_test_server_get_port (self->server)),
    .sin_addr.s_addr = htonl (INADDR_LOOPBACK),
  };

  client->index = index;
  client->state = CLIENT_UPGRADING;
  client->http = g_string_new (NULL);
  ahoy_websocket_parser_init (&client->parser, FALSE, 1 << 20);
  client->fd = socket (AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  g_assert_cmpint (connect (client->fd, (struct sockaddr *) &address, sizeof address), ==, 0);
  g_assert_cmpint (fcntl (client->fd, F_SETFL, O_NONBLOCK), ==, 0);
  g_assert_cmpint (epoll_ctl (self->epoll_fd, EPOLL_CTL_ADD, client->fd, &event), ==, 0);
  send_all (client->fd, request, strlen (request));
}

static void
sign_in (Load   *self,
         Client *client)
{
  g_autofree char *user = g_strdup_printf ("u%u", client->index);
  g_autofree char *sig = NULL;
  g_autofree char *text = NULL;

  sig = ahoy_user_sig_make (self->app_id, self->secret, user, g_get_real_time () / G_USEC_PER_SEC, 86400, NULL, NULL);
  text = g_strdup_printf ("{\"id\":\"a\",\"t\":\"auth\",\"d\":{\"appId\":%" G_GUINT64_FORMAT ",\"user\":\"%s\","
                          "\"sig\":\"%s\",\"device\":\"d%u\"}}", self->app_id, user, sig, client->index);
  client->state = CLIENT_SIGNING_IN;
  send_text (client, text);
}

static char *
find_call (const char *text)
{
  const char *start = strstr (text, "\"call\":\"");

  return start ? g_strndup (start + strlen ("\"call\":\""), 36) : NULL;
}

typedef struct
{
  Load *load;
  Client *client;
} Reading;

static gboolean
on_frame (AhoyWebsocketOpcode opcode,
          const guint8       *data,
          gsize               length,
          gpointer            user_data)
{
  Reading *reading = user_data;
  Client *client = reading->client;
  g_autofree char *text = NULL;

  g_assert_cmpint (opcode, ==, AHOY_WEBSOCKET_TEXT);
  if (client->state == CLIENT_READY && client->call)
    {
      /* What matters in the measured time: relayed candidates. */
      if (g_strstr_len ((const char *) data, MIN ((gssize) length, 60), "\"t\":\"ice\""))
        reading->load->n_routed++;
      return TRUE;
    }

  text = g_strndup ((const char *) data, length);
  if (client->state == CLIENT_SIGNING_IN)
    {
      g_assert_nonnull (strstr (text, "\"ok\":true"));
      client->state = CLIENT_READY;
      reading->load->n_ready++;
    }
  else if (strstr (text, "call.incoming") || strstr (text, "\"re\":\"i\""))
    {
      client->call = find_call (text);
      g_assert_nonnull (client->call);
      reading->load->n_calls++;
    }

  return TRUE;
}

static void
read_client (Load   *self,
             Client *client)
{
  Reading reading = { self, client };
  guint8 buffer[65536];
  ssize_t n = recv (client->fd, buffer, sizeof buffer, 0);
  gsize at = 0;

  if (n < 0 && errno == EAGAIN)
    return;
  g_assert_cmpint (n, >, 0);

  while (client->state == CLIENT_UPGRADING && at < (gsize) n)
    {
      g_string_append_c (client->http, (char) buffer[at++]);
      if (!g_str_has_suffix (client->http->str, "\r\n\r\n"))
        continue;
      g_assert_true (g_str_has_prefix (client->http->str, "HTTP/1.1 101"));
      sign_in (self, client);
    }
  if (at < (gsize) n)
    g_assert_cmpint (ahoy_websocket_parser_feed (&client->parser, buffer + at, (gsize) n - at, on_frame, &reading), ==, 0);
}

static void
read_for (Load *self,
          int   timeout_ms)
{
  struct epoll_event events[256];
  int n = epoll_wait (self->epoll_fd, events, G_N_ELEMENTS (events), timeout_ms);

  for (int i = 0; i < n; i++)
    read_client (self, events[i].data.ptr);
}

static void
connect_all (Load *self,
             guint n)
{
  gint64 deadline_us = g_get_monotonic_time () + 120 * G_USEC_PER_SEC;

  while (self->n_ready < n)
    {
      g_assert_cmpint (g_get_monotonic_time (), <, deadline_us);
      while (self->n_clients < n && self->n_clients < self->n_ready + WINDOW)
        start_client (self, self->n_clients++);
      read_for (self, 100);
    }
}

static void
start_calls (Load *self)
{
  gint64 deadline_us = g_get_monotonic_time () + 30 * G_USEC_PER_SEC;

  for (guint i = 0; i < PAIRS; i++)
    {
      g_autofree char *text = g_strdup_printf ("{\"id\":\"i\",\"t\":\"call.invite\",\"d\":{\"to\":[\"u%u\"],"
                                               "\"media\":\"video\",\"timeout\":600}}", 2 * i + 1);

      send_text (&self->clients[2 * i], text);
    }
  while (self->n_calls < 2 * PAIRS)
    {
      g_assert_cmpint (g_get_monotonic_time (), <, deadline_us);
      read_for (self, 100);
    }
}

static void
send_candidate (Load  *self,
                guint  count)
{
  guint from = count % (2 * PAIRS);
  Client *client = &self->clients[from];
  g_autofree char *text = NULL;

  text = g_strdup_printf ("{\"id\":\"m%u\",\"t\":\"ice\",\"d\":{\"call\":\"%s\",\"to\":\"u%u\",\"device\":\"d%u\",\"gen\":1,"
                          "\"cands\":[{\"mline\":0,\"cand\":\"candidate:842163049 1 udp 1677729535 203.0.113.77 "
                          "46154 typ srflx raddr 10.0.0.17 rport 46154 generation 0 ufrag EEtu network-cost 999\"}]}}",
                          count, client->call, from ^ 1, from ^ 1);
  send_text (client, text);
}

/* Returns the server's CPU time of one routed message, in µs. */
static double
route (Load *self)
{
  int pid = ahoy_test_server_get_pid (self->server);
  gint64 start_us = g_get_monotonic_time ();
  gint64 cpu_us = get_cpu_us (pid);
  guint64 routed = self->n_routed;
  guint n_sent = 0;

  while (n_sent < RATE * SECONDS)
    {
      guint due = (guint) ((g_get_monotonic_time () - start_us) * RATE / G_USEC_PER_SEC);

      for (; n_sent < MIN (due, RATE * SECONDS); n_sent++)
        send_candidate (self, n_sent);
      read_for (self, 1);
    }
  while (self->n_routed - routed < n_sent)
    {
      g_assert_cmpint (g_get_monotonic_time (), <, start_us + 60 * G_USEC_PER_SEC);
      read_for (self, 10);
    }

  return (double) (get_cpu_us (pid) - cpu_us) / n_sent;
}

static void
measure (guint   n,
         double *cpu_us,
         double *kb_each)
{
  Load self = { 0 };
  gint64 rss_kb;
  int pid;

  self.server = ahoy_test_server_new ("[limits]\nmessages-per-second=1000000\nmessages-burst=1000000\n"
                                      "invites-per-minute=1000\nheartbeat=3600\n");
  self.app_id = ahoy_test_server_get_app_id (self.server);
  self.secret = read_secret (ahoy_test_server_get_data_dir (self.server));
  self.epoll_fd = epoll_create1 (EPOLL_CLOEXEC);
  self.clients = g_new0 (Client, n);
  pid = ahoy_test_server_get_pid (self.server);

  connect_all (&self, FEW);
  start_calls (&self);
  rss_kb = get_rss_kb (pid);
  connect_all (&self, n);
  *kb_each = n > FEW ? (double) (get_rss_kb (pid) - rss_kb) / (n - FEW) : 0;
  *cpu_us = route (&self);

  for (guint i = 0; i < n; i++)
    {
      close (self.clients[i].fd);
      g_string_free (self.clients[i].http, TRUE);
      ahoy_websocket_parser_clear (&self.clients[i].parser);
      g_free (self.clients[i].call);
    }
  close (self.epoll_fd);
  ahoy_test_server_free (self.server);
  g_free (self.clients);
  g_free (self.secret);
}

static int
compare (gconstpointer a,
         gconstpointer b)
{
  return *(const double *) a < *(const double *) b ? -1 : 1;
}

static double
median (double values[ROUNDS])
{
  qsort (values, ROUNDS, sizeof (double), compare);

  return values[ROUNDS / 2];
}

int
main (int    argc,
      char **argv)
{
  struct rlimit limit;
  double few[ROUNDS];
  double many[ROUNDS];
  double kb[ROUNDS];
  double none;
  double ratio;

  g_assert_cmpint (getrlimit (RLIMIT_NOFILE, &limit), ==, 0);
  limit.rlim_cur = limit.rlim_max;
  g_assert_cmpint (setrlimit (RLIMIT_NOFILE, &limit), ==, 0);

  for (int i = 0; i < ROUNDS; i++)
    {
      measure (FEW, &few[i], &none);
      measure (MANY, &many[i], &kb[i]);
    }

  ratio = median (many) / median (few);
  g_print ("server: %.1f us CPU a routed message with %d connections, reference %.1f us (the same with %d), "
           "ratio %.2f, target <= 2.00 (%s)\n", median (many), MANY, median (few), FEW, ratio, ratio <= 2 ? "met" : "missed");
  g_print ("server: %.1f kB memory an idle connection, reference 64.0 kB (its largest frame), ratio %.2f, "
           "target <= 0.25 (%s)\n", median (kb), median (kb) / 64, median (kb) <= 16 ? "met" : "missed");

  return 0;
}
