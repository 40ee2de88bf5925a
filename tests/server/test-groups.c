/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ahoy-json.h"
#include "ahoy-limits.h"
#include "ahoy-test-call.h"

/* Groups: who may do what, who is told, and the calls of a group. */

typedef struct
{
  AhoyTestServer *server;
  AhoyTestClient *alice;
  AhoyTestClient *bob;
  AhoyTestClient *carol;
} Fixture;

static void
set_up (Fixture      *fixture,
        gconstpointer data)
{
  fixture->server = ahoy_test_server_new (data);
  fixture->alice = ahoy_test_client_new (fixture->server, "alice", NULL);
  fixture->bob = ahoy_test_client_new (fixture->server, "bob", NULL);
  fixture->carol = ahoy_test_client_new (fixture->server, "carol", NULL);
}

static void
tear_down (Fixture      *fixture,
           gconstpointer data)
{
  ahoy_test_client_free (fixture->alice);
  ahoy_test_client_free (fixture->bob);
  ahoy_test_client_free (fixture->carol);
  ahoy_test_server_free (fixture->server);
}

static void
create (AhoyTestClient *client,
        const char     *id,
        const char     *members)
{
  g_autoptr (JsonObject) group = NULL;

  group = ahoy_test_client_request (client, "group.create", "{\"group\":\"%s\",\"name\":\"Ducks\",\"members\":[%s]}",
                                    id, members);
  ahoy_test_check_string (group, "group", id);
  ahoy_test_check_string (group, "owner", ahoy_test_client_get_user (client));
}

/* The next push about a group has these members. */
static void
check_push (AhoyTestClient *client,
            const char     *id,
            const char     *owner,
            const char     *members)
{
  g_autoptr (JsonObject) group = ahoy_test_client_wait_push (client, "group");

  ahoy_test_check_string (group, "group", id);
  ahoy_test_check_string (group, "owner", owner);
  ahoy_test_check_strings (group, "members", members);
}

static void
check_gone (AhoyTestClient *client,
            const char     *id)
{
  g_autoptr (JsonObject) gone = ahoy_test_client_wait_push (client, "group.gone");

  ahoy_test_check_string (gone, "group", id);
}

/* @ids: with commas between them */
static void
check_list (AhoyTestClient *client,
            const char     *ids)
{
  g_autoptr (JsonObject) answer = ahoy_test_client_request (client, "group.list", "{}");
  JsonArray *groups = json_object_get_array_member (answer, "groups");
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; i < json_array_get_length (groups); i++)
    g_string_append_printf (text, "%s%s", i > 0 ? "," : "",
                            json_object_get_string_member (json_array_get_object_element (groups, i), "group"));
  g_assert_cmpstr (text->str, ==, ids);
  ahoy_test_check_string (answer, "next", "");
}

static void
test_create (Fixture      *fixture,
             gconstpointer data)
{
  g_autoptr (JsonObject) generated = NULL;
  static const char *const bad[] = {
    "{\"group\":\"a b\",\"name\":\"x\"}", "{\"group\":\"\",\"name\":\"x\"}", "{\"group\":3,\"name\":\"x\"}",
    "{\"group\":\"ok\",\"name\":\"a\\nb\"}", "{\"group\":\"ok\",\"name\":4}", "{\"name\":\"x\",\"members\":[\"a b\"]}",
    "{\"name\":\"x\",\"members\":\"bob\"}", "{\"group\":\"ducks\",\"name\":\"taken\"}",
  };
  g_autofree char *long_name = g_strnfill (AHOY_MAX_GROUP_NAME + 1, 'x');
  g_autofree char *long_id = g_strnfill (AHOY_MAX_GROUP_ID + 1, 'x');

  create (fixture->alice, "ducks", "\"bob\",\"bob\",\"alice\"");
  check_push (fixture->alice, "ducks", "alice", "alice,bob");
  check_push (fixture->bob, "ducks", "alice", "alice,bob");
  for (guint i = 0; i < G_N_ELEMENTS (bad); i++)
    g_assert_cmpint (ahoy_test_client_fail (fixture->carol, "group.create", "%s", bad[i]), ==, -1202);
  g_assert_cmpint (ahoy_test_client_fail (fixture->carol, "group.create", "{\"name\":\"%s\"}", long_name), ==, -1202);
  g_assert_cmpint (ahoy_test_client_fail (fixture->carol, "group.create", "{\"group\":\"%s\"}", long_id), ==, -1202);
  check_list (fixture->carol, "");

  generated = ahoy_test_client_request (fixture->bob, "group.create", "{\"name\":\"Geese\"}");
  g_assert_cmpuint (strlen (json_object_get_string_member (generated, "group")), ==, 36);
  check_list (fixture->alice, "ducks");
}

static void
test_set (Fixture      *fixture,
          gconstpointer data)
{
  g_autoptr (JsonObject) renamed = NULL;
  g_autoptr (JsonObject) added = NULL;
  g_autoptr (JsonObject) again = NULL;
  g_autoptr (JsonObject) removed = NULL;

  create (fixture->alice, "ducks", "\"bob\"");
  check_push (fixture->bob, "ducks", "alice", "alice,bob");
  renamed = ahoy_test_client_request (fixture->alice, "group.set", "{\"group\":\"ducks\",\"name\":\"Swans\"}");
  ahoy_test_check_string (renamed, "name", "Swans");
  check_push (fixture->bob, "ducks", "alice", "alice,bob");
  g_assert_cmpint (ahoy_test_client_fail (fixture->bob, "group.set", "{\"group\":\"ducks\",\"name\":\"Mine\"}"), ==, -1203);
  g_assert_cmpint (ahoy_test_client_fail (fixture->carol, "group.set", "{\"group\":\"ducks\",\"add\":[\"carol\"]}"), ==, -1202);
  g_assert_cmpint (ahoy_test_client_fail (fixture->carol, "group.set", "{\"group\":\"none\",\"add\":[\"carol\"]}"), ==, -1202);

  /* Any member may add, and who is there already is no change. */
  added = ahoy_test_client_request (fixture->bob, "group.set", "{\"group\":\"ducks\",\"add\":[\"alice\",\"carol\"]}");
  ahoy_test_check_strings (added, "members", "alice,bob,carol");
  check_push (fixture->carol, "ducks", "alice", "alice,bob,carol");
  check_push (fixture->bob, "ducks", "alice", "alice,bob,carol");
  again = ahoy_test_client_request (fixture->bob, "group.set", "{\"group\":\"ducks\",\"add\":[\"carol\"]}");
  ahoy_test_client_flush (fixture->bob);
  g_assert_false (ahoy_test_client_has_push (fixture->bob, "group"));

  g_assert_cmpint (ahoy_test_client_fail (fixture->bob, "group.set", "{\"group\":\"ducks\",\"remove\":[\"carol\"]}"), ==, -1203);
  g_assert_cmpint (ahoy_test_client_fail (fixture->alice, "group.set", "{\"group\":\"ducks\",\"remove\":[\"alice\"]}"), ==, -1202);
  removed = ahoy_test_client_request (fixture->alice, "group.set", "{\"group\":\"ducks\",\"remove\":[\"carol\",\"dave\"]}");
  ahoy_test_check_strings (removed, "members", "alice,bob");
  check_gone (fixture->carol, "ducks");
  check_push (fixture->bob, "ducks", "alice", "alice,bob");
  check_list (fixture->carol, "");
}

static void
leave (AhoyTestClient *client,
       const char     *type)
{
  g_autoptr (JsonObject) answer = ahoy_test_client_request (client, type, "{\"group\":\"ducks\"}");
}

static void
test_leave (Fixture      *fixture,
            gconstpointer data)
{
  create (fixture->alice, "ducks", "\"carol\",\"bob\"");
  check_push (fixture->bob, "ducks", "alice", "alice,carol,bob");
  leave (fixture->alice, "group.leave");
  check_gone (fixture->alice, "ducks");
  /* Who was there before the others owns it now. */
  check_push (fixture->bob, "ducks", "carol", "carol,bob");
  g_assert_cmpint (ahoy_test_client_fail (fixture->bob, "group.delete", "{\"group\":\"ducks\"}"), ==, -1203);
  g_assert_cmpint (ahoy_test_client_fail (fixture->alice, "group.leave", "{\"group\":\"ducks\"}"), ==, -1202);
  leave (fixture->carol, "group.leave");
  leave (fixture->bob, "group.leave");
  check_gone (fixture->bob, "ducks");
  /* The id is free again. */
  create (fixture->alice, "ducks", "\"bob\"");
  leave (fixture->alice, "group.delete");
  check_gone (fixture->bob, "ducks");
  check_list (fixture->bob, "");
  check_list (fixture->alice, "");
}

static void
test_devices (Fixture      *fixture,
              gconstpointer data)
{
  g_autoptr (AhoyTestClient) phone = ahoy_test_client_new (fixture->server, "bob", "phone");

  create (fixture->alice, "ducks", "\"bob\"");
  check_push (phone, "ducks", "alice", "alice,bob");
  leave (fixture->bob, "group.leave");
  check_gone (phone, "ducks");
}

/* The longest ids and as many as there may be: every page is a frame. */
static void
test_pages (Fixture      *fixture,
            gconstpointer data)
{
  g_autoptr (GString) members = g_string_new (NULL);
  g_autofree char *next = g_strdup ("");
  guint n = 0;

  for (int i = 1; i < AHOY_MAX_GROUP_MEMBERS; i++)
    g_string_append_printf (members, "%s\"user-%027d\"", i > 1 ? "," : "", i);
  for (int i = 0; i < 12; i++)
    {
      g_autofree char *id = g_strdup_printf ("g%02d", i);

      create (fixture->alice, id, members->str);
    }
  g_assert_cmpint (ahoy_test_client_fail (fixture->alice, "group.set", "{\"group\":\"g00\",\"add\":[\"one-more\"]}"), ==, -1202);

  do
    {
      g_autoptr (JsonObject) page = ahoy_test_client_request (fixture->alice, "group.list", "{\"after\":\"%s\"}", next);
      JsonArray *groups = json_object_get_array_member (page, "groups");

      g_assert_cmpuint (json_array_get_length (groups), >, 0);
      for (guint i = 0; i < json_array_get_length (groups); i++, n++)
        {
          g_autofree char *id = g_strdup_printf ("g%02u", n);

          ahoy_test_check_string (json_array_get_object_element (groups, i), "group", id);
        }
      g_free (next);
      next = g_strdup (json_object_get_string_member (page, "next"));
    }
  while (*next);
  g_assert_cmpuint (n, ==, 12);
}

static void
test_too_many (Fixture      *fixture,
               gconstpointer data)
{
  g_autoptr (JsonObject) page = NULL;

  for (int i = 0; i < AHOY_MAX_GROUPS; i++)
    {
      g_autofree char *id = g_strdup_printf ("g%03d", i);

      create (fixture->alice, id, "");
    }
  g_assert_cmpint (ahoy_test_client_fail (fixture->alice, "group.create", "{\"name\":\"x\"}"), ==, -1203);
  g_assert_cmpint (ahoy_test_client_fail (fixture->bob, "group.create", "{\"name\":\"x\",\"members\":[\"alice\"]}"), ==, -1203);
  page = ahoy_test_client_request (fixture->alice, "group.list", "{\"count\":7,\"after\":\"g009\"}");
  g_assert_cmpuint (json_array_get_length (json_object_get_array_member (page, "groups")), ==, 7);
  ahoy_test_check_string (page, "next", "g016");
}

/* Takes pushes about the group until its running call has these @people, or (NULL) there is none. */
static JsonObject *
wait_people (AhoyTestClient *client,
             const char     *people)
{
  for (;;)
    {
      g_autoptr (JsonObject) group = ahoy_test_client_wait_push (client, "group");
      JsonObject *call = ahoy_json_get_object (group, "call");
      g_auto (GStrv) ids = call ? ahoy_json_get_strings (call, "people", 9, 64) : NULL;
      g_autofree char *text = ids ? g_strjoinv (",", ids) : NULL;

      if (g_strcmp0 (text, people) == 0)
        return g_steal_pointer (&group);
    }
}

static void
drop_people (AhoyTestClient *client,
             const char     *people)
{
  g_autoptr (JsonObject) group = wait_people (client, people);
}

static char *
begin_call (Fixture *fixture)
{
  g_autoptr (JsonObject) call = NULL;

  create (fixture->alice, "ducks", "\"bob\",\"carol\"");
  call = ahoy_test_client_request (fixture->alice, "call.invite",
                                   "{\"to\":[\"bob\"],\"media\":\"video\",\"group\":\"ducks\"}");
  ahoy_test_check_string (call, "scene", "group");

  return g_strdup (json_object_get_string_member (call, "call"));
}

static void
test_call (Fixture      *fixture,
           gconstpointer data)
{
  g_autofree char *id = begin_call (fixture);
  g_autoptr (JsonObject) group = wait_people (fixture->carol, "alice");
  g_autoptr (JsonObject) joined = NULL;
  JsonObject *call = json_object_get_object_member (group, "call");

  ahoy_test_check_string (call, "call", id);
  ahoy_test_check_string (call, "media", "video");
  ahoy_test_check_string (call, "inviter", "alice");
  g_assert_false (ahoy_test_client_has_push (fixture->carol, "call.incoming"));

  ahoy_test_client_act (fixture->bob, "call.accept", id);
  drop_people (fixture->carol, "alice,bob");
  joined = ahoy_test_client_request (fixture->carol, "call.join", "{\"group\":\"ducks\"}");
  ahoy_test_check_string (joined, "call", id);
  g_assert_cmpstr (ahoy_test_call_get_status (joined, "carol"), ==, "accepted");
  drop_people (fixture->bob, "alice,bob,carol");
  ahoy_test_client_act (fixture->alice, "call.hangup", id);
  drop_people (fixture->alice, "bob,carol");
  ahoy_test_client_act (fixture->bob, "call.hangup", id);
  drop_people (fixture->alice, NULL);
  drop_people (fixture->carol, NULL);
  g_assert_cmpint (ahoy_test_client_fail (fixture->alice, "call.join", "{\"group\":\"ducks\"}"), ==, 8010);
}

/* A change that concerns nobody's "3 people are on the call" is no news for the group. */
static void
test_quiet (Fixture      *fixture,
            gconstpointer data)
{
  g_autofree char *id = begin_call (fixture);
  g_autoptr (JsonObject) answer = NULL;

  ahoy_test_client_act (fixture->bob, "call.accept", id);
  drop_people (fixture->carol, "alice,bob");
  answer = ahoy_test_client_request (fixture->bob, "call.media", "{\"call\":\"%s\",\"microphone\":true}", id);
  ahoy_test_client_flush (fixture->carol);
  g_assert_false (ahoy_test_client_has_push (fixture->carol, "group"));
}

static void
test_outsiders (Fixture      *fixture,
                gconstpointer data)
{
  g_autofree char *id = begin_call (fixture);
  g_autoptr (AhoyTestClient) dave = ahoy_test_client_new (fixture->server, "dave", NULL);
  g_autoptr (JsonObject) label = NULL;
  g_autoptr (JsonObject) deleted = NULL;
  g_autoptr (JsonObject) joined = NULL;

  ahoy_test_client_act (fixture->bob, "call.accept", id);
  g_assert_cmpint (ahoy_test_client_fail (fixture->carol, "call.invite",
                                          "{\"to\":[\"bob\",\"dave\"],\"media\":\"audio\",\"group\":\"ducks\"}"), ==, -1202);
  g_assert_cmpint (ahoy_test_client_fail (dave, "call.invite",
                                          "{\"to\":[\"carol\"],\"media\":\"audio\",\"group\":\"ducks\"}"), ==, -1202);
  g_assert_cmpint (ahoy_test_client_fail (fixture->bob, "call.add", "{\"call\":\"%s\",\"to\":[\"dave\"]}", id), ==, -1202);
  g_assert_cmpint (ahoy_test_client_fail (dave, "call.join", "{\"group\":\"ducks\"}"), ==, -1202);
  g_assert_cmpint (ahoy_test_client_fail (dave, "call.join", "{\"call\":\"%s\"}", id), ==, -1203);

  /* A group that the server does not know is a label. */
  label = ahoy_test_client_request (dave, "call.invite", "{\"to\":[\"carol\"],\"media\":\"audio\",\"group\":\"geese\"}");
  ahoy_test_check_string (label, "scene", "group");
  ahoy_test_check_string (label, "group", "geese");
  ahoy_test_client_act (dave, "call.cancel", json_object_get_string_member (label, "call"));

  /* The group goes, its call goes on and is known by its id only. */
  deleted = ahoy_test_client_request (fixture->alice, "group.delete", "{\"group\":\"ducks\"}");
  joined = ahoy_test_client_request (dave, "call.join", "{\"call\":\"%s\"}", id);
  g_assert_cmpstr (ahoy_test_call_get_status (joined, "dave"), ==, "accepted");
}

/* Groups, who owns them, the order of their members and their running call outlive the server. */
static void
test_restart (Fixture      *fixture,
              gconstpointer data)
{
  g_autofree char *id = begin_call (fixture);
  g_autoptr (JsonObject) list = NULL;
  g_autoptr (JsonObject) group = NULL;
  JsonObject *listed;

  ahoy_test_client_act (fixture->bob, "call.accept", id);
  create (fixture->bob, "geese", "\"carol\",\"alice\"");
  leave (fixture->carol, "group.leave");
  ahoy_test_server_kill (fixture->server);
  ahoy_test_client_drop (fixture->alice);
  ahoy_test_client_drop (fixture->bob);
  ahoy_test_client_drop (fixture->carol);
  ahoy_test_server_start (fixture->server);
  ahoy_test_client_resume (fixture->alice);
  ahoy_test_client_resume (fixture->bob);
  ahoy_test_client_resume (fixture->carol);

  list = ahoy_test_client_request (fixture->alice, "group.list", "{}");
  listed = json_array_get_object_element (json_object_get_array_member (list, "groups"), 0);
  ahoy_test_check_string (listed, "group", "ducks");
  ahoy_test_check_strings (listed, "members", "alice,bob");
  ahoy_test_check_strings (json_object_get_object_member (listed, "call"), "people", "alice,bob");
  listed = json_array_get_object_element (json_object_get_array_member (list, "groups"), 1);
  ahoy_test_check_string (listed, "owner", "bob");
  ahoy_test_check_strings (listed, "members", "bob,carol,alice");
  check_list (fixture->carol, "geese");

  /* That the call is over is news although this process has not told of it before. */
  ahoy_test_client_act (fixture->alice, "call.hangup", id);
  group = wait_people (fixture->bob, NULL);
  ahoy_test_check_string (group, "group", "ducks");
}

static void
test_idempotent (Fixture      *fixture,
                 gconstpointer data)
{
  static const char text[] = "{\"name\":\"Ducks\"}";
  g_autoptr (JsonObject) first = ahoy_test_client_request_as (fixture->alice, "same", "group.create", text);
  g_autoptr (JsonObject) second = ahoy_test_client_request_as (fixture->alice, "same", "group.create", text);

  ahoy_test_check_string (second, "group", json_object_get_string_member (first, "group"));
  check_list (fixture->alice, json_object_get_string_member (first, "group"));
}

int
main (int    argc,
      char **argv)
{
  static const char several_devices[] =
    "[server]\nseveral-devices=always\n"
    "[limits]\nmessages-per-second=100000\nmessages-burst=100000\ninvites-per-minute=100000\n";

  g_test_init (&argc, &argv, NULL);
#define CASE(name, func) g_test_add ("/server/groups/" name, Fixture, several_devices, set_up, func, tear_down)
  CASE ("create", test_create);
  CASE ("set", test_set);
  CASE ("leave", test_leave);
  CASE ("devices", test_devices);
  CASE ("pages", test_pages);
  CASE ("too-many", test_too_many);
  CASE ("call", test_call);
  CASE ("quiet", test_quiet);
  CASE ("outsiders", test_outsiders);
  CASE ("restart", test_restart);
  CASE ("idempotent", test_idempotent);
#undef CASE

  return g_test_run ();
}
