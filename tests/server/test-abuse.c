/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ahoy-protocol-tables.h"
#include "ahoy-test-call.h"
#include "ahoy-test-wait.h"
#include "ahoy-websocket-frame.h"

#include <arpa/inet.h>
#include <errno.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

/* Whatever a stranger sends: a documented close code, and others do not notice. */

typedef struct
{
  AhoyTestServer *server;
  AhoyTestClient *witness;
} Fixture;

static void
set_up (Fixture      *fixture,
        gconstpointer data)
{
  fixture->server = ahoy_test_server_new (data);
  fixture->witness = ahoy_test_client_new (fixture->server, "witness", NULL);
}

static void
tear_down (Fixture      *fixture,
           gconstpointer data)
{
  ahoy_test_client_flush (fixture->witness);
  ahoy_test_client_free (fixture->witness);
  ahoy_test_server_free (fixture->server);
}

static int
open_socket (Fixture *fixture)
{
  struct sockaddr_in address = {
    .sin_family = AF_INET,
    .sin_port = htons ((guint16) ahoy_test_server_get_port (fixture->server)),
    .sin_addr.s_addr = htonl (INADDR_LOOPBACK),
  };
  struct timeval timeout = { .tv_sec = 10 };
  int fd = socket (AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);

  g_assert_cmpint (connect (fd, (struct sockaddr *) &address, sizeof address), ==, 0);
  setsockopt (fd, SOL_SOCKET, SO_RCVTIMEO, &timeout, sizeof timeout);
  setsockopt (fd, SOL_SOCKET, SO_SNDTIMEO, &timeout, sizeof timeout);

  return fd;
}

static void
upgrade (int fd)
{
  static const char request[] =
    "GET /v1/ws HTTP/1.1\r\nHost: x\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
    "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\n"
    "Sec-WebSocket-Protocol: ahoy.v1\r\n\r\n";
  g_autoptr (GString) answer = g_string_new (NULL);
  char c;

  g_assert_cmpint (send (fd, request, strlen (request), MSG_NOSIGNAL), ==, strlen (request));
  while (!g_str_has_suffix (answer->str, "\r\n\r\n") && recv (fd, &c, 1, 0) == 1)
    g_string_append_c (answer, c);
  g_assert_true (g_str_has_prefix (answer->str, "HTTP/1.1 101"));
}

static gboolean
note_close (AhoyWebsocketOpcode opcode,
            const guint8       *data,
            gsize               length,
            gpointer            user_data)
{
  if (opcode == AHOY_WEBSOCKET_CLOSE)
    *(int *) user_data = ahoy_websocket_get_close_code (data, length);

  return TRUE;
}

/* Reads to the end; returns the code of the close frame, or 0 when none came. */
static int
read_close_code (int fd)
{
  AhoyWebsocketParser parser;
  guint8 buffer[65536];
  int code = 0;
  ssize_t n;

  ahoy_websocket_parser_init (&parser, FALSE, 1 << 24);
  while (code == 0 && (n = recv (fd, buffer, sizeof buffer, 0)) > 0)
    g_assert_cmpint (ahoy_websocket_parser_feed (&parser, buffer, (gsize) n, note_close, &code), ==, 0);
  ahoy_websocket_parser_clear (&parser);

  return code;
}

static void
send_frame (int         fd,
            guint8      opcode,
            const void *data,
            gsize       length)
{
  static const guint8 mask[4] = { 1, 2, 3, 4 };
  g_autoptr (GByteArray) frame = g_byte_array_new ();
  gsize sent = 0;

  ahoy_websocket_append_frame (frame, opcode, data, length, mask);
  while (sent < frame->len)
    {
      ssize_t n = send (fd, frame->data + sent, frame->len - sent, MSG_NOSIGNAL);

      /* The server may have had enough already. */
      if (n < 0)
        break;
      sent += (gsize) n;
    }
}

static void
test_garbage (Fixture      *fixture,
              gconstpointer data)
{
  g_autoptr (GRand) random = g_rand_new_with_seed (4711);

  for (int i = 0; i < 50; i++)
    {
      int fd = open_socket (fixture);
      guint8 junk[4096];

      for (guint j = 0; j < sizeof junk; j++)
        junk[j] = (guint8) g_rand_int_range (random, 0, 256);
      if (i % 2 == 0)
        upgrade (fd);
      send (fd, junk, sizeof junk, MSG_NOSIGNAL);
      shutdown (fd, SHUT_WR);
      /* A close frame or an HTTP error, whatever; but an end. */
      while (recv (fd, junk, sizeof junk, 0) > 0)
        ;
      close (fd);
    }
}

static void
check_text (Fixture    *fixture,
            const char *text,
            gsize       length,
            int         code)
{
  int fd = open_socket (fixture);

  upgrade (fd);
  send_frame (fd, AHOY_WEBSOCKET_TEXT, text, length);
  g_assert_cmpint (read_close_code (fd), ==, code);
  close (fd);
}

static void
test_codes (Fixture      *fixture,
            gconstpointer data)
{
  int fd = open_socket (fixture);

  check_text (fixture, "\xff\xfe", 2, 1007);
  check_text (fixture, "nonsense", 8, 1007);
  check_text (fixture, "{\"t\":\"ping\"}", 12, 1007);
  check_text (fixture, "{\"ack\":1}", 9, 4401);
  upgrade (fd);
  send_frame (fd, AHOY_WEBSOCKET_BINARY, "x", 1);
  g_assert_cmpint (read_close_code (fd), ==, 1003);
  close (fd);
  fd = open_socket (fixture);
  upgrade (fd);
  send (fd, "\x81\x01x", 3, MSG_NOSIGNAL);
  g_assert_cmpint (read_close_code (fd), ==, 1002);
  close (fd);
}

static void
test_deep (Fixture      *fixture,
           gconstpointer data)
{
  g_autoptr (GString) fits = g_string_new ("{\"id\":\"1\",\"t\":\"auth\",\"d\":");
  g_autofree char *deep = g_strnfill (100000, '[');

  /* Deep enough to overflow a stack, and once more within the limit of a frame. */
  check_text (fixture, deep, 100000, 1009);
  for (int i = 0; i < 60000; i++)
    g_string_append_c (fits, '[');
  check_text (fixture, fits->str, fits->len, 1007);
}

static void
test_big (Fixture      *fixture,
          gconstpointer data)
{
  gsize size = 10 * 1024 * 1024;
  g_autofree char *big = g_strnfill (size, ' ');

  check_text (fixture, big, size, 1009);
}

static void
test_trickle (Fixture      *fixture,
              gconstpointer data)
{
  static const guint8 mask[4] = { 9, 8, 7, 6 };
  g_autoptr (GByteArray) frame = g_byte_array_new ();
  int fd = open_socket (fixture);

  /* A byte at a time, and a byte of a handshake that never ends beside it. */
  upgrade (fd);
  ahoy_websocket_append_frame (frame, AHOY_WEBSOCKET_TEXT, "[]", 2, mask);
  for (guint i = 0; i < frame->len; i++)
    g_assert_cmpint (send (fd, frame->data + i, 1, MSG_NOSIGNAL), ==, 1);
  g_assert_cmpint (read_close_code (fd), ==, 1007);
  close (fd);
}

/* Signs in and asks for more and more without ever reading. */
static void
test_never_reads (Fixture      *fixture,
                  gconstpointer data)
{
  g_autofree char *sig = ahoy_test_server_user_sig (fixture->server, "deaf", 86400);
  g_autofree char *auth = NULL;
  int fd = open_socket (fixture);
  g_autoptr (GString) burst = g_string_new (NULL);

  upgrade (fd);
  auth = g_strdup_printf ("{\"id\":\"a\",\"t\":\"auth\",\"d\":{\"appId\":%" G_GUINT64_FORMAT ",\"user\":\"deaf\","
                          "\"sig\":\"%s\",\"device\":\"d\"}}", ahoy_test_server_get_app_id (fixture->server), sig);
  send_frame (fd, AHOY_WEBSOCKET_TEXT, auth, strlen (auth));
  for (int i = 0; i < 100; i++)
    g_string_append_printf (burst, "%s\"user%d\"", i ? "," : "", i);
  for (int i = 0; i < 3000; i++)
    {
      g_autofree char *request = g_strdup_printf ("{\"id\":\"%d\",\"t\":\"profile.get\",\"d\":{\"users\":[%s]}}", i, burst->str);

      send_frame (fd, AHOY_WEBSOCKET_TEXT, request, strlen (request));
    }
  ahoy_test_client_flush (fixture->witness);
  g_assert_cmpint (read_close_code (fd), ==, 4408);
  close (fd);
}

static guint
count_files (Fixture *fixture)
{
  g_autofree char *path = g_strdup_printf ("/proc/%d/fd", ahoy_test_server_get_pid (fixture->server));
  g_autoptr (GDir) dir = g_dir_open (path, 0, NULL);
  guint n = 0;

  while (g_dir_read_name (dir))
    n++;

  return n;
}

typedef struct
{
  Fixture *fixture;
  guint base;
} Files;

static gboolean
are_closed (gpointer user_data)
{
  Files *files = user_data;

  return count_files (files->fixture) <= files->base;
}

/* Comes and goes in every way: nothing of it stays open. */
static void
test_come_and_go (Fixture      *fixture,
                  gconstpointer data)
{
  Files files = { fixture, count_files (fixture) };
  int fds[100];

  for (int round = 0; round < 20; round++)
    {
      for (guint i = 0; i < G_N_ELEMENTS (fds); i++)
        fds[i] = open_socket (fixture);
      for (guint i = 0; i < G_N_ELEMENTS (fds); i++)
        {
          if (i % 4 != 0)
            upgrade (fds[i]);
          if (i % 4 == 1)
            send_frame (fds[i], AHOY_WEBSOCKET_CLOSE, "\x03\xe8", 2);
          if (i % 4 == 2)
            send_frame (fds[i], AHOY_WEBSOCKET_TEXT, "nonsense", 8);
        }
      if (round == 0)
        g_assert_cmpuint (count_files (fixture), >, files.base);
      for (guint i = 0; i < G_N_ELEMENTS (fds); i++)
        close (fds[i]);
    }
  ahoy_test_wait (are_closed, &files, 10000, "the server to close what clients have left");
}

static void
test_flood (Fixture      *fixture,
            gconstpointer data)
{
  g_autoptr (AhoyTestClient) client = ahoy_test_client_new (fixture->server, "noisy", NULL);
  int refused = 0;

  for (int i = 0; i < 20; i++)
    refused += ahoy_test_client_fail (client, "nonsense", "{}") == 60007 ? 1 : 0;
  g_assert_cmpint (refused, >, 0);
  for (int i = 0; i < 400; i++)
    ahoy_test_client_send (client, "{\"id\":\"x\",\"t\":\"ping\"}");
  g_assert_cmpint (ahoy_test_client_wait_close (client), ==, 4429);
}

/* Who has said too much can still leave. */
static void
test_way_out (Fixture      *fixture,
              gconstpointer data)
{
  g_autoptr (AhoyTestClient) client = ahoy_test_client_new (fixture->server, "noisy", NULL);
  g_autoptr (JsonObject) call = NULL;
  g_autoptr (JsonObject) cancelled = NULL;
  int refused = 0;

  call = ahoy_test_client_request (client, "call.invite", "{\"to\":[\"bob\"],\"media\":\"audio\"}");
  for (int i = 0; i < 20; i++)
    refused += ahoy_test_client_fail (client, "nonsense", "{}") == 60007 ? 1 : 0;
  g_assert_cmpint (refused, >, 0);
  cancelled = ahoy_test_client_request (client, "call.cancel", "{\"call\":\"%s\"}",
                                        json_object_get_string_member (call, "call"));
  g_assert_cmpint (ahoy_test_client_fail (client, "nonsense", "{}"), ==, 60007);
}

static void
test_many_invites (Fixture      *fixture,
                   gconstpointer data)
{
  g_autoptr (AhoyTestClient) client = ahoy_test_client_new (fixture->server, "eager", NULL);

  for (int i = 0; i < 2; i++)
    {
      g_autoptr (JsonObject) call = NULL;
      g_autoptr (JsonObject) cancelled = NULL;

      call = ahoy_test_client_request (client, "call.invite", "{\"to\":[\"bob\"],\"media\":\"audio\"}");
      cancelled = ahoy_test_client_request (client, "call.cancel", "{\"call\":\"%s\"}",
                                            json_object_get_string_member (call, "call"));
    }
  g_assert_cmpint (ahoy_test_client_fail (client, "call.invite", "{\"to\":[\"bob\"],\"media\":\"audio\"}"), ==, 60007);
}

static void
test_unknown (Fixture      *fixture,
              gconstpointer data)
{
  static const char *const types[] = { "nonsense", "call.incoming", "", "auth" };
  static const int codes[] = { 60009, 60009, 60009, -1204 };

  for (guint i = 0; i < G_N_ELEMENTS (types); i++)
    g_assert_cmpint (ahoy_test_client_fail (fixture->witness, types[i], "{\"call\":[{}],\"user\":{},\"x\":1e999}"), ==, codes[i]);
}

/* Each request there is, with @call as it is and every kind of wrong value for every other field. */
static void
send_wrong_types (AhoyTestClient *client,
                  const char     *call)
{
  static const char *const values[] = { "null", "1", "-1.5", "true", "\"\"", "[]", "{}", "[null]", "[[1]]", "\"x\"" };
  static const char fields[] =
    "\"to\":?,\"media\":?,\"timeout\":?,\"gen\":?,\"kind\":?,\"sdp\":?,\"cands\":?,\"what\":?,\"why\":?,"
    "\"users\":?,\"user\":?,\"calls\":?,\"device\":?,\"group\":?,\"name\":?,\"members\":?,\"add\":?,"
    "\"remove\":?,\"push\":?,\"room\":?,\"roomNumber\":?,\"recordPolicy\":?,\"blocked\":?,\"enable\":?,"
    "\"after\":?,\"before\":?,\"count\":?,\"from\":?,\"until\":?,\"result\":?,\"all\":?";
  static guint n;

  for (int i = AHOY_MESSAGE_UNKNOWN + 1; i < AHOY_MESSAGE_LAST; i++)
    {
      if (!ahoy_message_type_is_request ((AhoyMessageType) i) || i == AHOY_MESSAGE_BYE ||
          (call && i == AHOY_MESSAGE_CALL_HANGUP))
        continue;

      for (guint j = 0; j < G_N_ELEMENTS (values); j++)
        {
          g_auto (GStrv) parts = g_strsplit (fields, "?", -1);
          g_autofree char *filled = g_strjoinv (values[j], parts);
          g_autofree char *text = NULL;

          text = g_strdup_printf ("{\"id\":\"w%u\",\"t\":\"%s\",\"d\":{\"call\":%s,%s}}", ++n,
                                  ahoy_message_type_get_name ((AhoyMessageType) i), call ? call : values[j], filled);
          ahoy_test_client_send (client, text);
        }
      ahoy_test_client_flush (client);
    }
}

static void
test_wrong_types (Fixture      *fixture,
                  gconstpointer data)
{
  send_wrong_types (fixture->witness, NULL);
}

static void
test_wrong_types_in_call (Fixture      *fixture,
                          gconstpointer data)
{
  g_autoptr (AhoyTestClient) other = ahoy_test_client_new (fixture->server, "other", NULL);
  g_autofree char *call = ahoy_test_client_invite (fixture->witness, "other,third");
  g_autofree char *quoted = g_strdup_printf ("\"%s\"", call);
  g_autoptr (JsonObject) state = NULL;

  ahoy_test_client_act (other, "call.accept", call);
  send_wrong_types (fixture->witness, quoted);
  send_wrong_types (other, quoted);
  /* The call is none the worse for it. */
  state = ahoy_test_client_request (other, "call.sync", "{\"call\":%s}", quoted);
  g_assert_cmpstr (ahoy_test_call_get_status (state, "witness"), ==, "accepted");
  g_assert_cmpstr (ahoy_test_call_get_status (state, "other"), ==, "accepted");
}

int
main (int    argc,
      char **argv)
{
  static const char tight[] = "[limits]\nmessages-per-second=5\nmessages-burst=10\ninvites-per-minute=2\n";

  g_test_init (&argc, &argv, NULL);
#define CASE(name, func, config) g_test_add ("/server/abuse/" name, Fixture, config, set_up, func, tear_down)
  CASE ("garbage", test_garbage, NULL);
  CASE ("codes", test_codes, NULL);
  CASE ("deep", test_deep, NULL);
  CASE ("big", test_big, NULL);
  CASE ("trickle", test_trickle, NULL);
  CASE ("never-reads", test_never_reads, NULL);
  CASE ("come-and-go", test_come_and_go, NULL);
  CASE ("flood", test_flood, tight);
  CASE ("way-out", test_way_out, tight);
  CASE ("many-invites", test_many_invites, tight);
  CASE ("unknown", test_unknown, NULL);
  CASE ("wrong-types", test_wrong_types, NULL);
  CASE ("wrong-types-in-call", test_wrong_types_in_call, NULL);
#undef CASE

  return g_test_run ();
}
