/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "ahoy-call-private.h"
#include "ahoy-json.h"
#include "engine-fixture.h"
#include "rogue-server.h"

#include <glib/gstdio.h>

/* Nothing that a server says may reach an assertion: every member of every message is replaced by what does not
 * belong there. Warnings are fatal in tests, so that surviving is the proof. */

#define WELCOME \
  "{\"sid\":\"s\",\"ttl\":120,\"time\":1700000000000,\"heartbeat\":10,\"full\":true,\"user\":{\"id\":\"alice\"," \
  "\"nickname\":\"A\",\"avatar\":\"\"},\"calls\":[],\"expires\":600,\"limits\":{\"people\":9}," \
  "\"ice\":[{\"urls\":[\"stun:127.0.0.1:9\",\"turn:127.0.0.1:9\"],\"username\":\"u\",\"credential\":\"c\"}]}"
#define CALL(id, status) \
  "{\"call\":\"" id "\",\"ver\":1,\"media\":\"video\",\"inviter\":\"bob\",\"group\":\"\",\"room\":\"\",\"userData\":\"x\"," \
  "\"ephemeral\":false,\"scene\":\"single\",\"state\":\"ringing\",\"created\":1700000000000,\"started\":0," \
  "\"deadline\":1700000030000,\"members\":[{\"user\":\"bob\",\"device\":\"device-b\",\"nickname\":\"B\",\"avatar\":\"\"," \
  "\"status\":\"accepted\",\"reason\":0,\"microphone\":true,\"camera\":true,\"screen\":false}," \
  "{\"user\":\"alice\",\"device\":\"\",\"nickname\":\"A\",\"avatar\":\"\",\"status\":\"" status "\",\"reason\":0," \
  "\"microphone\":false,\"camera\":false,\"screen\":false}]}"

static const struct
{
  const char *type;
  const char *data;
} pushes[] = {
  { "call.incoming", CALL ("c1", "invited") },
  { "call.state", CALL ("c1", "ringing") },
  { "sdp", "{\"call\":\"c1\",\"from\":\"bob\",\"fromDevice\":\"device-b\",\"gen\":1,\"kind\":\"answer\",\"sdp\":\"v=0\"}" },
  { "ice", "{\"call\":\"c1\",\"from\":\"bob\",\"fromDevice\":\"device-b\",\"gen\":1,"
           "\"cands\":[{\"mline\":0,\"cand\":\"candidate:1 1 UDP 1 127.0.0.1 9 typ host\"}]}" },
  { "peer", "{\"call\":\"c1\",\"from\":\"bob\",\"fromDevice\":\"device-b\",\"gen\":1,\"what\":\"rebuild\"}" },
  { "presence", "{\"users\":{\"bob\":\"online\",\"carol\":7}}" },
  { "expired", "{}" },
  { "profile", "{\"id\":\"bob\",\"nickname\":\"Bob\",\"avatar\":\"http://x\"}" },
  { "contacts", "{\"version\":5,\"contact\":{\"user\":\"bob\",\"remark\":\"r\",\"favourite\":true,\"nickname\":\"n\","
                "\"avatar\":\"\"}}" },
  { "contacts", "{\"version\":6,\"removed\":\"bob\"}" },
  { "record", "{\"call\":\"c0\",\"inviter\":\"bob\",\"invitees\":[\"alice\"],\"group\":\"\",\"media\":\"audio\","
              "\"scene\":\"single\",\"role\":2,\"result\":1,\"begin\":1700000000000,\"duration\":0,\"reason\":3,"
              "\"nicknames\":{\"bob\":\"B\"}}" },
  { "drain", "{\"after\":3}" },
  { "unheard.of", "{\"x\":[1,2,3]}" },
  { "call.taken", "{\"call\":\"c1\",\"reason\":7}" },
  { "call.ended", "{\"call\":\"c1\",\"reason\":1,\"by\":\"bob\",\"duration\":5,\"ver\":9}" },
};

static const struct
{
  const char *type;
  const char *data;
} answers[] = {
  { "contacts.list", "{\"version\":4,\"contacts\":[{\"user\":\"bob\",\"remark\":\"r\",\"favourite\":true,"
                     "\"nickname\":\"n\",\"avatar\":\"\"}]}" },
  { "presence.sub", "{\"users\":{\"bob\":\"busy\"}}" },
  { "profile.get", "{\"users\":[{\"id\":\"bob\",\"nickname\":\"B\",\"avatar\":\"\"}]}" },
  { "call.invite", CALL ("c2", "accepted") },
};

static const char *const odd[] = {
  "null", "true", "-1", "0", "9223372036854775807", "-9223372036854775808", "1e300", "\"\"", "\"\\u0000\"",
  "\"\\ud83d\\ude00 a rather long text with spaces and / slashes\"", "[]", "{}", "[null]", "[[]]", "[{}]", "{\"a\":{}}",
};

/* Writes @node with its @position-th value replaced; counts down. */
static JsonNode *
replace (JsonNode   *node,
         int        *position,
         const char *value)
{
  if ((*position)-- == 0)
    {
      JsonNode *odd_node = json_from_string (value, NULL);

      return odd_node ? odd_node : json_node_new (JSON_NODE_NULL);
    }
  if (JSON_NODE_HOLDS_OBJECT (node))
    {
      JsonObject *copy = json_object_new ();
      JsonNode *result = json_node_new (JSON_NODE_OBJECT);
      JsonObjectIter iter;
      const char *name;
      JsonNode *member;

      json_object_iter_init (&iter, json_node_get_object (node));
      while (json_object_iter_next (&iter, &name, &member))
        json_object_set_member (copy, name, replace (member, position, value));
      json_node_take_object (result, copy);
      return result;
    }
  if (JSON_NODE_HOLDS_ARRAY (node))
    {
      JsonArray *copy = json_array_new ();
      JsonNode *result = json_node_new (JSON_NODE_ARRAY);

      for (guint i = 0; i < json_array_get_length (json_node_get_array (node)); i++)
        json_array_add_element (copy, replace (json_array_get_element (json_node_get_array (node), i), position, value));
      json_node_take_array (result, copy);
      return result;
    }
  return json_node_copy (node);
}

/* NULL when there are fewer values than that. */
static char *
mutate (const char *text,
        int         position,
        const char *value)
{
  g_autoptr (JsonNode) node = json_from_string (text, NULL);
  g_autoptr (JsonNode) changed = NULL;

  g_assert_nonnull (node);
  changed = replace (node, &position, value);
  return position >= 0 ? NULL : json_to_string (changed, FALSE);
}

typedef struct
{
  RogueServer *server;
  const char *type;
  guint target;
} Count;

static gboolean
has_come (gpointer data)
{
  Count *count = data;

  return rogue_server_count (count->server, count->type) >= count->target;
}

/* What was said before has been read when this is answered. */
static void
flush (RogueServer *server,
       AhoyEngine  *engine)
{
  Count count = { server, "ping", rogue_server_count (server, "ping") + 1 };

  ahoy_engine_try_now (engine);
  ahoy_test_wait (has_come, &count, 5000, "a ping");
  settle ();
}

static AhoyEngine *
sign_in (RogueServer *server)
{
  AhoyEngine *engine = engine_new ("device-a");
  g_autofree char *uri = rogue_server_make_uri (server);
  g_autoptr (GError) error = NULL;

  error = engine_try_login (engine, uri, 1400000000, "alice", "ticket");
  g_assert_no_error (error);
  return engine;
}

static void
test_pushes (void)
{
  RogueServer *server = rogue_server_new (NULL);
  AhoyEngine *engine;
  guint said = 0;

  rogue_server_set_answer (server, "auth", WELCOME);
  rogue_server_set_answer (server, "contacts.list", answers[0].data);
  engine = sign_in (server);
  ahoy_engine_get_user (engine, "bob");

  for (guint i = 0; i < G_N_ELEMENTS (pushes); i++)
    {
      for (guint j = 0; j < G_N_ELEMENTS (odd); j++)
        {
          g_autofree char *text = NULL;

          for (int position = 0; (text = mutate (pushes[i].data, position, odd[j])); position++)
            {
              rogue_server_push (server, pushes[i].type, text);
              g_clear_pointer (&text, g_free);
              said++;
            }
        }
      rogue_server_push (server, pushes[i].type, pushes[i].data);
      flush (server, engine);
    }
  g_test_message ("%u odd pushes", said);
  g_assert_cmpuint (said, >, 1000);
  g_assert_cmpint (ahoy_engine_get_state (engine), ==, AHOY_ENGINE_ONLINE);
  rogue_server_set_answer (server, "bye", "{}");
  engine_free (engine);
  rogue_server_free (server);
}

static void
test_frames (void)
{
  static const char *const frames[] = {
    "", "x", "{", "[]", "null", "{}", "{\"re\":1}", "{\"re\":\"r\"}", "{\"re\":\"auth\",\"ok\":true,\"d\":{}}",
    "{\"re\":\"ping\",\"ok\":false}", "{\"re\":\"ping\",\"ok\":true,\"d\":[]}", "{\"s\":\"1\",\"t\":\"x\"}",
    "{\"s\":-5,\"t\":\"call.incoming\"}", "{\"s\":1,\"t\":5,\"d\":{}}", "{\"s\":1}", "{\"ack\":\"x\"}", "{\"ack\":9}",
    "{\"id\":\"r\",\"t\":\"call.invite\",\"d\":{}}", "{\"s\":9223372036854775807,\"t\":\"presence\",\"d\":{}}",
  };
  RogueServer *server = rogue_server_new (NULL);
  g_autofree char *deep = g_strnfill (60000, '[');
  AhoyEngine *engine;

  rogue_server_set_answer (server, "auth", WELCOME);
  engine = sign_in (server);
  for (guint i = 0; i < G_N_ELEMENTS (frames); i++)
    rogue_server_send (server, frames[i]);
  rogue_server_send (server, deep);
  flush (server, engine);
  g_assert_cmpint (ahoy_engine_get_state (engine), ==, AHOY_ENGINE_ONLINE);
  engine_free (engine);
  rogue_server_free (server);
}

static void
test_welcomes (void)
{
  RogueServer *server = rogue_server_new (NULL);
  static const char *const with_calls = "{\"sid\":\"s\",\"time\":1700000000000,\"heartbeat\":10,\"full\":true,"
                                        "\"user\":{\"id\":\"alice\"},\"calls\":[" CALL ("c3", "invited") "]}";
  static const char *const welcomes[] = { WELCOME, with_calls };

  for (guint i = 0; i < G_N_ELEMENTS (welcomes); i++)
    {
      for (guint j = 0; j < G_N_ELEMENTS (odd); j += i + 1)
        {
          g_autofree char *text = NULL;

          for (int position = 1; (text = mutate (welcomes[i], position, odd[j])); position += 2 + (int) i)
            {
              AhoyEngine *engine;

              rogue_server_set_answer (server, "auth", text);
              engine = sign_in (server);
              engine_free (engine);
              g_clear_pointer (&text, g_free);
            }
        }
    }
  rogue_server_free (server);
}

static void
test_answers (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (answers); i++)
    {
      RogueServer *server = rogue_server_new (NULL);
      AhoyEngine *engine;

      rogue_server_set_answer (server, "auth", WELCOME);
      for (guint j = 0; j < G_N_ELEMENTS (answers); j++)
        rogue_server_set_answer (server, answers[j].type, answers[j].data);
      for (guint j = 0; j < G_N_ELEMENTS (odd); j += 3)
        {
          g_autofree char *text = NULL;

          for (int position = (int) j % 4; (text = mutate (answers[i].data, position, odd[j])); position += 4)
            {
              rogue_server_set_answer (server, answers[i].type, text);
              engine = sign_in (server);
              ahoy_engine_get_user (engine, "bob");
              if (g_str_equal (answers[i].type, "call.invite"))
                {
                  g_autoptr (AhoyCall) call = engine_place (engine, "bob", AHOY_CALL_MEDIA_AUDIO, 30);

                  flush (server, engine);
                  if (ahoy_call_get_state (call) != AHOY_CALL_ENDED)
                    ahoy_call_hang_up_async (call, NULL, NULL, NULL);
                }
              flush (server, engine);
              engine_free (engine);
              g_clear_pointer (&text, g_free);
            }
        }
      rogue_server_free (server);
    }
}

/* A certificate that nobody vouches for is told apart; with the right authority it is good. */
static void
test_certificate (void)
{
  g_autofree char *folder = g_dir_make_tmp ("ahoy-tls-XXXXXX", NULL);
  g_autofree char *key = g_build_filename (folder, "key.pem", NULL);
  g_autofree char *certificate = g_build_filename (folder, "cert.pem", NULL);
  g_autofree char *uri = NULL;
  g_autoptr (GTlsCertificate) tls = NULL;
  g_autoptr (GTlsDatabase) trust = NULL;
  g_autoptr (GSubprocess) openssl = NULL;
  g_autoptr (GError) error = NULL;
  RogueServer *server;
  AhoyEngine *engine;

  openssl = g_subprocess_new (G_SUBPROCESS_FLAGS_STDERR_SILENCE, &error, "openssl", "req", "-x509", "-newkey", "ec",
                              "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-days", "2", "-subj",
                              "/CN=Ahoy test", "-addext", "subjectAltName=IP:127.0.0.1", "-keyout", key, "-out",
                              certificate, NULL);
  if (!openssl)
    {
      g_test_skip ("openssl is not installed");
      return;
    }
  g_assert_true (g_subprocess_wait_check (openssl, NULL, &error));
  tls = g_tls_certificate_new_from_files (certificate, key, &error);
  g_assert_no_error (error);
  server = rogue_server_new (tls);
  rogue_server_set_answer (server, "auth", WELCOME);
  uri = rogue_server_make_uri (server);

  engine = engine_new ("device-a");
  ahoy_engine_set_keep_trying (engine, TRUE);
  error = engine_try_login (engine, uri, 1400000000, "alice", "ticket");
  g_assert_error (error, G_TLS_ERROR, G_TLS_ERROR_BAD_CERTIFICATE);
  g_assert_cmpint (ahoy_engine_get_state (engine), ==, AHOY_ENGINE_SIGNED_OUT);
  g_clear_error (&error);

  trust = g_tls_file_database_new (certificate, &error);
  g_assert_no_error (error);
  g_object_set (engine, "trust", trust, NULL);
  error = engine_try_login (engine, uri, 1400000000, "alice", "ticket");
  g_assert_no_error (error);
  engine_free (engine);
  rogue_server_free (server);
  g_unlink (key);
  g_unlink (certificate);
  g_rmdir (folder);
}

/* Whoever calls does not get a connection, and with it this machine's addresses, by offering one while it rings. */
static void
test_offer_while_ringing (void)
{
  RogueServer *server = rogue_server_new (NULL);
  g_autofree char *uri = rogue_server_make_uri (server);
  AhoyEngine *engine = engine_new ("device-a");
  g_autoptr (GError) error = NULL;
  AhoyCall *call;

  rogue_server_set_answer (server, "auth", WELCOME);
  error = engine_try_login (engine, uri, 1400000001, "alice", "ticket");
  g_assert_no_error (error);
  rogue_server_push (server, "call.incoming", CALL ("c1", "invited"));
  rogue_server_push (server, "sdp", "{\"call\":\"c1\",\"from\":\"bob\",\"fromDevice\":\"device-b\",\"gen\":1,"
                                    "\"kind\":\"offer\",\"sdp\":\"v=0\"}");
  flush (server, engine);
  call = ahoy_engine_find_call (engine, "c1");
  g_assert_nonnull (call);
  g_assert_cmpint (ahoy_call_get_state (call), ==, AHOY_CALL_INCOMING);
  g_assert_null (ahoy_call_peers_find_user (ahoy_call_get_peers (call), "bob"));
  g_assert_cmpuint (rogue_server_count (server, "sdp"), ==, 0);
  engine_free (engine);
  rogue_server_free (server);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/engine/rogue/frames", test_frames);
  g_test_add_func ("/engine/rogue/pushes", test_pushes);
  g_test_add_func ("/engine/rogue/welcomes", test_welcomes);
  g_test_add_func ("/engine/rogue/answers", test_answers);
  g_test_add_func ("/engine/rogue/offer-while-ringing", test_offer_while_ringing);
  g_test_add_func ("/engine/rogue/certificate", test_certificate);
  return g_test_run ();
}
