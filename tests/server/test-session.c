/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ahoy-json.h"
#include "ahoy-limits.h"
#include "ahoy-test-client.h"
#include "ahoy-test-wait.h"

#include <glib/gstdio.h>
#include <libsoup/soup.h>
#include <signal.h>
#include <string.h>

/* Signing in, coming back, being sent away, and the commands of the program. */

static int
fail_to_sign_in (AhoyTestServer *server,
                 AhoyTestClient *client,
                 guint64         app_id,
                 const char     *user,
                 const char     *sig)
{
  return ahoy_test_client_fail (client, "auth",
                                "{\"appId\":%" G_GUINT64_FORMAT ",\"user\":\"%s\",\"sig\":\"%s\",\"device\":\"d\"}",
                                app_id, user, sig);
}

static int
try_to_sign_in (AhoyTestServer *server,
                const char     *user,
                const char     *sig)
{
  g_autoptr (AhoyTestClient) client = ahoy_test_client_new_plain (server);

  return ahoy_test_client_try (client, "auth",
                               "{\"appId\":%" G_GUINT64_FORMAT ",\"user\":\"%s\",\"sig\":\"%s\",\"device\":\"d\"}",
                               ahoy_test_server_get_app_id (server), user, sig);
}

typedef struct
{
  AhoyTestServer *server;
  const char *sig;
} RightTicket;

static gboolean
right_ticket_is_taken (gpointer user_data)
{
  RightTicket *right = user_data;

  return try_to_sign_in (right->server, "alice", right->sig) == 0;
}

static void
test_wrong_tickets (void)
{
  g_autoptr (AhoyTestServer) server = ahoy_test_server_new ("[limits]\nwrong-tickets-per-minute=40\n");
  g_autoptr (AhoyTestClient) witness = ahoy_test_client_new (server, "witness", NULL);
  g_autofree char *right = ahoy_test_server_user_sig (server, "alice", 600);
  g_autofree char *other = ahoy_test_server_user_sig (server, "bob", 600);
  RightTicket ticket = { server, right };
  int n = 0;

  while (try_to_sign_in (server, "alice", other) == 70013)
    n++;
  /* The time that the attempts took gave some more. */
  g_assert_cmpint (n, >=, 40);
  g_assert_cmpint (n, <, 60);
  g_assert_cmpint (try_to_sign_in (server, "alice", other), ==, 70050);

  /* Whoever is in stays in, and the right ticket opens again after a moment. */
  ahoy_test_client_flush (witness);
  ahoy_test_wait (right_ticket_is_taken, &ticket, 5000, "the right ticket to be taken");
}

static gboolean
clock_is_past (gpointer user_data)
{
  return g_get_real_time () / G_USEC_PER_SEC > *(gint64 *) user_data;
}

static void
test_many_devices (void)
{
  g_autoptr (AhoyTestServer) server = ahoy_test_server_new ("[server]\nseveral-devices=true\n");
  g_autoptr (GPtrArray) clients = g_ptr_array_new_with_free_func ((GDestroyNotify) ahoy_test_client_free);

  for (int i = 0; i <= AHOY_MAX_DEVICES; i++)
    {
      g_autofree char *device = g_strdup_printf ("device-%d", i);

      g_ptr_array_add (clients, ahoy_test_client_new (server, "alice", device));
    }
  g_assert_cmpint (ahoy_test_client_wait_close (g_ptr_array_index (clients, 0)), ==, 4403);
  for (int i = 1; i <= AHOY_MAX_DEVICES; i++)
    ahoy_test_client_flush (g_ptr_array_index (clients, i));
}

/* A ticket that lapses soon, but not before a slow machine has made use of it. */
#define SOON_S ((gint64) (2 * ahoy_test_patience ()))

static AhoyTestClient *
sign_in_for (AhoyTestServer *server,
             const char     *user,
             gint64          expire_s)
{
  AhoyTestClient *client = ahoy_test_client_new_plain (server);
  g_autofree char *sig = ahoy_test_server_user_sig (server, user, expire_s);
  g_autoptr (JsonObject) welcome = NULL;

  welcome = ahoy_test_client_request (client, "auth",
                                      "{\"appId\":%" G_GUINT64_FORMAT ",\"user\":\"%s\",\"sig\":\"%s\",\"device\":\"d\"}",
                                      ahoy_test_server_get_app_id (server), user, sig);
  g_assert_cmpint (json_object_get_int_member (welcome, "expires"), <=, expire_s);

  return client;
}

/* A ticket that lapses on a connection: the call goes on, nothing new begins, and then it is over. */
static void
test_lapsed (void)
{
  g_autoptr (AhoyTestServer) server = ahoy_test_server_new ("[limits]\nlapsed=1\n");
  g_autoptr (AhoyTestClient) alice = ahoy_test_client_new (server, "alice", NULL);
  g_autoptr (AhoyTestClient) bob = sign_in_for (server, "bob", SOON_S);
  g_autoptr (JsonObject) call = ahoy_test_client_request (alice, "call.invite", "{\"to\":[\"bob\"],\"media\":\"audio\"}");
  const char *id = json_object_get_string_member (call, "call");
  g_autoptr (JsonObject) accepted = ahoy_test_client_request (bob, "call.accept", "{\"call\":\"%s\"}", id);
  g_autoptr (JsonObject) expired = ahoy_test_client_wait_push (bob, "expired");
  g_autoptr (JsonObject) muted = NULL;
  g_autofree char *hang_up = g_strdup_printf ("{\"id\":\"h\",\"t\":\"call.hangup\",\"d\":{\"call\":\"%s\"}}", id);
  gint64 until = g_get_real_time () / G_USEC_PER_SEC + 3;

  /* The grace is over now and then some; whoever is in a call stays. */
  ahoy_test_wait (clock_is_past, &until, 10000, "the grace to be over");
  muted = ahoy_test_client_request (bob, "call.media", "{\"call\":\"%s\",\"microphone\":false}", id);
  g_assert_false (ahoy_test_client_has_push (bob, "expired"));
  /* Both in one go: with the call the connection is over as well, a moment later. */
  ahoy_test_client_send (bob, hang_up);
  g_assert_cmpint (ahoy_test_client_try (bob, "call.invite", "{\"to\":[\"alice\"],\"media\":\"audio\"}"), ==, 70001);
  g_assert_cmpint (ahoy_test_client_wait_close (bob), ==, 4401);
}

static void
test_renew (void)
{
  g_autoptr (AhoyTestServer) server = ahoy_test_server_new ("[limits]\nlapsed=1\n");
  g_autoptr (AhoyTestClient) bob = sign_in_for (server, "bob", SOON_S);
  g_autoptr (AhoyTestClient) carol = sign_in_for (server, "carol", SOON_S);
  g_autofree char *fresh = ahoy_test_server_user_sig (server, "bob", 600);
  g_autoptr (JsonObject) renewed = ahoy_test_client_request (bob, "renew", "{\"sig\":\"%s\"}", fresh);
  g_autoptr (JsonObject) expired = NULL;

  g_assert_cmpint (json_object_get_int_member (renewed, "expires"), >, 500);
  g_assert_cmpint (ahoy_test_client_fail (carol, "renew", "{\"sig\":\"%s\"}", fresh), ==, 70013);
  g_assert_cmpint (ahoy_test_client_fail (carol, "renew", "{}"), ==, 6017);

  expired = ahoy_test_client_wait_push (carol, "expired");
  g_assert_cmpint (ahoy_test_client_wait_close (carol), ==, 4401);
  ahoy_test_client_flush (bob);
  g_assert_false (ahoy_test_client_has_push (bob, "expired"));
}

static void
test_welcome (void)
{
  g_autoptr (AhoyTestServer) server = ahoy_test_server_new ("[ice]\nurls=stun:h:3478;turn:h:3478\nturn-secret=S\n");
  g_autoptr (AhoyTestClient) client = ahoy_test_client_new (server, "alice", NULL);
  JsonObject *welcome = ahoy_test_client_get_welcome (client);
  JsonObject *limits = json_object_get_object_member (welcome, "limits");
  JsonArray *ice = json_object_get_array_member (welcome, "ice");
  JsonObject *turn = json_array_get_object_element (ice, 1);
  g_autofree char *credential = NULL;
  const char *name;

  g_assert_cmpuint (strlen (json_object_get_string_member (welcome, "sid")), ==, 32);
  g_assert_true (json_object_get_boolean_member (welcome, "full"));
  g_assert_cmpint (json_object_get_int_member (welcome, "ttl"), ==, 120);
  g_assert_cmpint (json_object_get_int_member (welcome, "expires"), >, 86000);
  g_assert_cmpint (json_object_get_int_member (limits, "people"), ==, 9);
  g_assert_cmpint (json_object_get_int_member (limits, "timeoutMax"), ==, 600);
  g_assert_cmpstr (json_object_get_string_member (json_object_get_object_member (welcome, "user"), "id"), ==, "alice");

  g_assert_false (json_object_has_member (json_array_get_object_element (ice, 0), "credential"));
  name = json_object_get_string_member (turn, "username");
  g_assert_true (g_str_has_suffix (name, ":alice"));
  g_assert_cmpint (g_ascii_strtoll (name, NULL, 10), >, g_get_real_time () / G_USEC_PER_SEC + 86000);
  credential = g_compute_hmac_for_string (G_CHECKSUM_SHA1, (const guchar *) "S", 1, name, -1);
  g_assert_cmpuint (strlen (json_object_get_string_member (turn, "credential")), ==, 28);
}

static void
test_refused (void)
{
  g_autoptr (AhoyTestServer) server = ahoy_test_server_new (NULL);
  g_autofree char *sig = ahoy_test_server_user_sig (server, "alice", 86400);
  g_autofree char *lapsed = ahoy_test_server_user_sig (server, "alice", 1);
  gint64 end = g_get_real_time () / G_USEC_PER_SEC + 2;
  guint64 app_id = ahoy_test_server_get_app_id (server);
  const struct
  {
    guint64 app_id;
    const char *user;
    const char *sig;
    int code;
  } cases[] = {
    { app_id, "bob", sig, 70013 },
    { app_id, "alice", "", 70002 },
    { app_id, "alice", "nonsense", 70004 },
    { app_id, "alice", "non-sense!!!", 70003 },
    { app_id, "alice", lapsed, 70001 },
    { app_id + 1, "alice", sig, 70020 },
  };

  ahoy_test_wait (clock_is_past, &end, 5000, "the ticket to lapse");
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (AhoyTestClient) client = ahoy_test_client_new_plain (server);

      g_assert_cmpint (fail_to_sign_in (server, client, cases[i].app_id, cases[i].user, cases[i].sig), ==, cases[i].code);
      g_assert_cmpint (ahoy_test_client_wait_close (client), ==, 4401);
    }
}

static void
test_first_frame (void)
{
  g_autoptr (AhoyTestServer) server = ahoy_test_server_new (NULL);
  g_autoptr (AhoyTestClient) hasty = ahoy_test_client_new_plain (server);
  g_autoptr (AhoyTestClient) silent = ahoy_test_client_new_plain (server);

  g_assert_cmpint (ahoy_test_client_fail (hasty, "call.invite", "{\"to\":[\"bob\"],\"media\":\"audio\"}"), ==, 6014);
  g_assert_cmpint (ahoy_test_client_wait_close (hasty), ==, 4401);
  g_assert_cmpint (ahoy_test_client_wait_close (silent), ==, 4401);
}

static void
test_replay (void)
{
  g_autoptr (AhoyTestServer) server = ahoy_test_server_new (NULL);
  g_autoptr (AhoyTestClient) alice = ahoy_test_client_new (server, "alice", NULL);
  g_autoptr (AhoyTestClient) bob = ahoy_test_client_new (server, "bob", NULL);
  g_autoptr (JsonObject) call = NULL;
  g_autoptr (JsonObject) incoming = NULL;
  g_autoptr (JsonObject) ended = NULL;
  JsonObject *welcome;

  ahoy_test_client_drop (bob);
  call = ahoy_test_client_request (alice, "call.invite", "{\"to\":[\"bob\"],\"media\":\"audio\"}");
  ended = ahoy_test_client_request (alice, "call.cancel", "{\"call\":\"%s\"}", json_object_get_string_member (call, "call"));

  /* All that happened meanwhile comes, in order, and nothing twice (the client checks numbers). */
  welcome = ahoy_test_client_resume (bob);
  g_assert_false (json_object_get_boolean_member (welcome, "full"));
  incoming = ahoy_test_client_wait_push (bob, "call.incoming");
  json_object_unref (ended);
  ended = ahoy_test_client_wait_push (bob, "call.ended");
  g_assert_cmpint (json_object_get_int_member (ended, "reason"), ==, 6);

  ahoy_test_client_drop (bob);
  welcome = ahoy_test_client_resume (bob);
  g_assert_false (json_object_get_boolean_member (welcome, "full"));
  ahoy_test_client_flush (bob);
  g_assert_false (ahoy_test_client_has_push (bob, "call.incoming"));
}

static void
test_replay_overrun (void)
{
  g_autoptr (AhoyTestServer) server = ahoy_test_server_new (NULL);
  g_autoptr (AhoyTestClient) alice = ahoy_test_client_new (server, "alice", NULL);
  g_autoptr (AhoyTestClient) bob = ahoy_test_client_new (server, "bob", NULL);
  g_autoptr (JsonObject) call = NULL;
  JsonObject *welcome;

  call = ahoy_test_client_request (alice, "call.invite", "{\"to\":[\"bob\"],\"media\":\"audio\"}");
  ahoy_test_client_drop (bob);
  for (int i = 0; i < 300; i++)
    {
      g_autoptr (JsonObject) answer = NULL;

      answer = ahoy_test_client_request (alice, "peer", "{\"call\":\"%s\",\"to\":\"bob\",\"gen\":%d,\"what\":\"close\"}",
                                         json_object_get_string_member (call, "call"), i);
    }
  welcome = ahoy_test_client_resume (bob);
  g_assert_true (json_object_get_boolean_member (welcome, "full"));
  g_assert_cmpuint (json_array_get_length (json_object_get_array_member (welcome, "calls")), ==, 1);
}

static void
test_session_gone (void)
{
  g_autoptr (AhoyTestServer) server = ahoy_test_server_new (NULL);
  g_autoptr (AhoyTestClient) alice = ahoy_test_client_new (server, "alice", NULL);
  g_autofree char *sig = ahoy_test_server_user_sig (server, "alice", 86400);
  g_autoptr (JsonObject) answer = NULL;

  answer = ahoy_test_client_request (alice, "bye", "{}");
  g_assert_cmpint (ahoy_test_client_wait_close (alice), ==, 1000);
  ahoy_test_client_reconnect (alice);
  g_assert_cmpint (ahoy_test_client_fail (alice, "resume", "{\"appId\":%" G_GUINT64_FORMAT ",\"user\":\"alice\","
                                          "\"sig\":\"%s\",\"device\":\"alice-device\",\"sid\":\"%s\",\"rx\":0}",
                                          ahoy_test_server_get_app_id (server), sig,
                                          json_object_get_string_member (ahoy_test_client_get_welcome (alice), "sid")),
                   ==, 6014);
  g_assert_cmpint (ahoy_test_client_wait_close (alice), ==, 4410);
}

static void
test_stolen_sid (void)
{
  g_autoptr (AhoyTestServer) server = ahoy_test_server_new (NULL);
  g_autoptr (AhoyTestClient) alice = ahoy_test_client_new (server, "alice", NULL);
  g_autoptr (AhoyTestClient) mallory = ahoy_test_client_new_plain (server);
  g_autofree char *sig = ahoy_test_server_user_sig (server, "mallory", 86400);

  g_assert_cmpint (ahoy_test_client_fail (mallory, "resume", "{\"appId\":%" G_GUINT64_FORMAT ",\"user\":\"mallory\","
                                          "\"sig\":\"%s\",\"device\":\"alice-device\",\"sid\":\"%s\",\"rx\":0}",
                                          ahoy_test_server_get_app_id (server), sig,
                                          json_object_get_string_member (ahoy_test_client_get_welcome (alice), "sid")),
                   ==, 6014);
  ahoy_test_client_flush (alice);
}

static void
test_kicked (void)
{
  g_autoptr (AhoyTestServer) server = ahoy_test_server_new (NULL);
  g_autoptr (AhoyTestClient) first = ahoy_test_client_new (server, "alice", "one");
  g_autoptr (AhoyTestClient) second = ahoy_test_client_new (server, "alice", "two");
  g_autoptr (JsonObject) kicked = ahoy_test_client_wait_push (first, "kicked");

  g_assert_cmpstr (json_object_get_string_member (kicked, "why"), ==, "login");
  g_assert_cmpint (ahoy_test_client_wait_close (first), ==, 4403);
  ahoy_test_client_flush (second);
}

static void
test_heartbeat (void)
{
  g_autoptr (AhoyTestServer) server = ahoy_test_server_new ("[limits]\nheartbeat=1\nlost-silent=1\nmessages-per-second=100000\nmessages-burst=100000\n");
  g_autoptr (AhoyTestClient) alice = ahoy_test_client_new (server, "alice", NULL);
  gint64 until_us = g_get_monotonic_time () + 4 * G_USEC_PER_SEC;
  g_autoptr (AhoyTestClient) silent = ahoy_test_client_new (server, "bob", NULL);
  g_autoptr (JsonObject) call = NULL;
  g_autoptr (JsonObject) accepted = NULL;
  g_autoptr (JsonObject) ended = NULL;

  call = ahoy_test_client_request (alice, "call.invite", "{\"to\":[\"bob\"],\"media\":\"audio\"}");
  accepted = ahoy_test_client_request (silent, "call.accept", "{\"call\":\"%s\"}", json_object_get_string_member (call, "call"));
  /* One pings, the other says nothing. */
  while (g_get_monotonic_time () < until_us || !ahoy_test_client_has_push (alice, "call.ended"))
    {
      g_assert_cmpint (g_get_monotonic_time (), <, until_us + 6 * G_USEC_PER_SEC);
      ahoy_test_client_flush (alice);
    }
  ended = ahoy_test_client_wait_push (alice, "call.ended");
  g_assert_cmpint (json_object_get_int_member (ended, "reason"), ==, 4);
  g_assert_cmpstr (json_object_get_string_member (ended, "by"), ==, "bob");
}

static JsonObject *
get_health (AhoyTestServer *server)
{
  g_autofree char *uri = g_strdup_printf ("http://127.0.0.1:%u/v1/health", ahoy_test_server_get_port (server));
  g_autoptr (SoupSession) soup = soup_session_new ();
  g_autoptr (SoupMessage) message = soup_message_new ("GET", uri);
  g_autoptr (GBytes) body = soup_session_send_and_read (soup, message, NULL, NULL);

  g_assert_cmpuint (soup_message_get_status (message), ==, 200);

  return ahoy_json_parse_object (g_bytes_get_data (body, NULL), g_bytes_get_size (body), 4, NULL);
}

static void
test_health (void)
{
  g_autoptr (AhoyTestServer) server = ahoy_test_server_new (NULL);
  g_autoptr (AhoyTestClient) alice = ahoy_test_client_new (server, "alice", NULL);
  g_autoptr (JsonObject) health = get_health (server);

  g_assert_cmpstr (ahoy_json_get_string (health, "status", 10), ==, "ok");
  g_assert_cmpint (ahoy_json_get_int (health, "sessions", 0), ==, 1);
  g_assert_cmpint (ahoy_json_get_int (health, "connections", 0), ==, 1);
}

static gboolean
has_no_session (gpointer user_data)
{
  g_autoptr (JsonObject) health = get_health (user_data);

  return ahoy_json_get_int (health, "sessions", -1) == 0;
}

/* A session outlives its connection for a while, and no longer; not on the disk either. */
static void
test_expired (void)
{
  g_autoptr (AhoyTestServer) server = ahoy_test_server_new ("[limits]\nsession-ttl=1\n");
  g_autoptr (AhoyTestClient) alice = ahoy_test_client_new (server, "alice", NULL);

  ahoy_test_client_drop (alice);
  ahoy_test_wait (has_no_session, server, 10000, "the session to be forgotten");
  ahoy_test_server_stop (server);
  ahoy_test_server_start (server);
  g_assert_true (has_no_session (server));
}

static void
test_commands (void)
{
  g_autoptr (AhoyTestServer) server = ahoy_test_server_new (NULL);
  const char *data = ahoy_test_server_get_data_dir (server);
  const char *const again[] = { "init", "--data", data, NULL };
  const char *const version[] = { "--version", NULL };
  const char *const nonsense[] = { "nonsense", NULL };
  const char *const bad_user[] = { "user-sig", "a b", "--data", data, NULL };
  const char *const no_data[] = { "run", "--data", "/nonexistent", NULL };
  const char *const link[] = { "login-link", "alice", "--server", "wss://a.example/x?y", "--data", data, NULL };
  g_autofree char *version_text = NULL;
  g_autofree char *link_text = NULL;
  g_autofree char *start = NULL;
  g_autofree char *path = g_build_filename (data, "ahoy.sqlite", NULL);
  GStatBuf status;

  g_assert_cmpint (ahoy_test_server_run_command (again, NULL), ==, 73);
  g_assert_cmpint (ahoy_test_server_run_command (version, &version_text), ==, 0);
  g_assert_cmpstr (version_text, ==, "ahoy-server " AHOY_VERSION "\n");
  g_assert_cmpint (ahoy_test_server_run_command (nonsense, NULL), ==, 64);
  g_assert_cmpint (ahoy_test_server_run_command (bad_user, NULL), ==, 65);
  g_assert_cmpint (ahoy_test_server_run_command (no_data, NULL), ==, 78);
  g_assert_cmpint (ahoy_test_server_run_command (link, &link_text), ==, 0);
  start = g_strdup_printf ("ahoy://login?server=wss%%3A%%2F%%2Fa.example%%2Fx%%3Fy&app=%" G_GUINT64_FORMAT "&user=alice&sig=eJ",
                           ahoy_test_server_get_app_id (server));
  g_assert_true (g_str_has_prefix (link_text, start));
  g_assert_cmpint (g_stat (path, &status), ==, 0);
  g_assert_cmpint (status.st_mode & 0777, ==, 0600);
}

static void
test_stop (void)
{
  g_autoptr (AhoyTestServer) server = ahoy_test_server_new (NULL);
  g_autoptr (AhoyTestClient) alice = ahoy_test_client_new (server, "alice", NULL);
  g_autoptr (JsonObject) drain = NULL;

  ahoy_test_server_stop (server);
  drain = ahoy_test_client_wait_push (alice, "drain");
  g_assert_cmpint (ahoy_test_client_wait_close (alice), ==, 1012);
}

static void
test_tls (void)
{
  g_autofree char *cert = g_test_build_filename (G_TEST_DIST, "tls", "cert.pem", NULL);
  g_autofree char *key = g_test_build_filename (G_TEST_DIST, "tls", "key.pem", NULL);
  g_autoptr (AhoyTestServer) server = ahoy_test_server_new_tls (cert, key);
  g_autoptr (AhoyTestClient) alice = ahoy_test_client_new (server, "alice", NULL);
  g_autoptr (AhoyTestClient) bob = NULL;
  g_autoptr (JsonObject) call = NULL;
  g_autoptr (JsonObject) incoming = NULL;

  /* A reload neither harms connections that are open nor refuses new ones. */
  g_assert_cmpint (kill (ahoy_test_server_get_pid (server), SIGHUP), ==, 0);
  bob = ahoy_test_client_new (server, "bob", NULL);
  call = ahoy_test_client_request (alice, "call.invite", "{\"to\":[\"bob\"],\"media\":\"audio\"}");
  incoming = ahoy_test_client_wait_push (bob, "call.incoming");
  /* Many frames in one record: what TLS holds back is read all the same. */
  for (int i = 0; i < 500; i++)
    ahoy_test_client_send (alice, "{\"id\":\"p\",\"t\":\"ping\"}");
  ahoy_test_client_flush (alice);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/server/session/many-devices", test_many_devices);
  g_test_add_func ("/server/ticket/lapsed", test_lapsed);
  g_test_add_func ("/server/ticket/renew", test_renew);
  g_test_add_func ("/server/ticket/wrong-tickets", test_wrong_tickets);
  g_test_add_func ("/server/session/welcome", test_welcome);
  g_test_add_func ("/server/session/refused", test_refused);
  g_test_add_func ("/server/session/first-frame", test_first_frame);
  g_test_add_func ("/server/session/replay", test_replay);
  g_test_add_func ("/server/session/replay-overrun", test_replay_overrun);
  g_test_add_func ("/server/session/gone", test_session_gone);
  g_test_add_func ("/server/session/stolen-sid", test_stolen_sid);
  g_test_add_func ("/server/session/kicked", test_kicked);
  g_test_add_func ("/server/session/heartbeat", test_heartbeat);
  g_test_add_func ("/server/session/health", test_health);
  g_test_add_func ("/server/ticket/expired", test_expired);
  g_test_add_func ("/server/session/commands", test_commands);
  g_test_add_func ("/server/session/stop", test_stop);
  g_test_add_func ("/server/session/tls", test_tls);

  return g_test_run ();
}
