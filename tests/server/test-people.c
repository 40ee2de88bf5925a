/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ahoy-json.h"
#include "ahoy-limits.h"
#include "ahoy-test-call.h"

/* Names, contacts on several devices, presence, and the history. */

static const char config[] =
  "[server]\nseveral-devices=true\n"
  "[limits]\nmessages-per-second=100000\nmessages-burst=100000\ninvites-per-minute=100000\n";

static void
test_profile (void)
{
  g_autoptr (AhoyTestServer) server = ahoy_test_server_new (config);
  g_autoptr (AhoyTestClient) alice = ahoy_test_client_new (server, "alice", NULL);
  g_autoptr (AhoyTestClient) phone = ahoy_test_client_new (server, "alice", "phone");
  g_autoptr (AhoyTestClient) bob = ahoy_test_client_new (server, "bob", NULL);
  g_autoptr (JsonObject) subscribed = ahoy_test_client_request (bob, "presence.sub", "{\"users\":[\"alice\"]}");
  g_autoptr (JsonObject) set = ahoy_test_client_request (alice, "profile.set", "{\"nickname\":\"Älice\"}");
  g_autoptr (JsonObject) push = ahoy_test_client_wait_push (phone, "profile");
  g_autoptr (JsonObject) watched = ahoy_test_client_wait_push (bob, "profile");
  g_autoptr (JsonObject) set_avatar = ahoy_test_client_request (alice, "profile.set", "{\"avatar\":\"https://a/b.png\"}");
  g_autoptr (JsonObject) got = ahoy_test_client_request (bob, "profile.get", "{\"users\":[\"alice\",\"nobody\"]}");
  JsonArray *users = json_object_get_array_member (got, "users");
  g_autofree char *too_long = g_strnfill (501, 'x');
  g_autoptr (JsonObject) call = NULL;

  g_assert_cmpstr (json_object_get_string_member (push, "nickname"), ==, "Älice");
  g_assert_cmpstr (json_object_get_string_member (watched, "id"), ==, "alice");
  g_assert_cmpstr (json_object_get_string_member (json_array_get_object_element (users, 0), "nickname"), ==, "Älice");
  g_assert_cmpstr (json_object_get_string_member (json_array_get_object_element (users, 0), "avatar"), ==, "https://a/b.png");
  g_assert_cmpstr (json_object_get_string_member (json_array_get_object_element (users, 1), "nickname"), ==, "");
  g_assert_cmpint (ahoy_test_client_fail (alice, "profile.set", "{\"nickname\":\"%s\"}", too_long), ==, 6017);
  g_assert_cmpint (ahoy_test_client_fail (alice, "profile.get", "{\"users\":[\"a b\"]}"), ==, 6017);

  call = ahoy_test_client_request (alice, "call.invite", "{\"to\":[\"bob\"],\"media\":\"audio\"}");
  g_assert_cmpstr (json_object_get_string_member (json_array_get_object_element (
                                                    json_object_get_array_member (call, "members"), 0), "nickname"), ==, "Älice");
}

static void
test_contacts (void)
{
  g_autoptr (AhoyTestServer) server = ahoy_test_server_new (config);
  g_autoptr (AhoyTestClient) alice = ahoy_test_client_new (server, "alice", NULL);
  g_autoptr (AhoyTestClient) phone = ahoy_test_client_new (server, "alice", "phone");
  g_autoptr (JsonObject) added = ahoy_test_client_request (alice, "contacts.set", "{\"user\":\"bob\",\"remark\":\"Bobby\"}");
  g_autoptr (JsonObject) push = ahoy_test_client_wait_push (phone, "contacts");
  g_autoptr (JsonObject) changed = ahoy_test_client_request (phone, "contacts.set", "{\"user\":\"bob\",\"favourite\":true}");
  g_autoptr (JsonObject) second = ahoy_test_client_request (phone, "contacts.set", "{\"user\":\"carol\"}");
  g_autoptr (JsonObject) removed = ahoy_test_client_request (phone, "contacts.remove", "{\"user\":\"carol\"}");
  g_autoptr (JsonObject) list = NULL;
  JsonObject *contact;
  JsonArray *contacts;

  g_assert_cmpint (json_object_get_int_member (push, "version"), ==, 1);
  g_assert_cmpstr (json_object_get_string_member (json_object_get_object_member (push, "contact"), "remark"), ==, "Bobby");
  g_assert_cmpstr (json_object_get_string_member (changed, "remark"), ==, "Bobby");

  /* From memory, and once more from the disk. */
  for (int i = 0; i < 2; i++)
    {
      g_clear_pointer (&list, json_object_unref);
      list = ahoy_test_client_request (alice, "contacts.list", "{}");
      contacts = json_object_get_array_member (list, "contacts");
      g_assert_cmpint (json_object_get_int_member (list, "version"), ==, 4);
      g_assert_cmpuint (json_array_get_length (contacts), ==, 1);
      contact = json_array_get_object_element (contacts, 0);
      g_assert_cmpstr (json_object_get_string_member (contact, "user"), ==, "bob");
      g_assert_cmpstr (json_object_get_string_member (contact, "remark"), ==, "Bobby");
      g_assert_true (json_object_get_boolean_member (contact, "favourite"));
      if (i == 0)
        {
          ahoy_test_client_drop (alice);
          ahoy_test_server_kill (server);
          ahoy_test_server_start (server);
          ahoy_test_client_resume (alice);
        }
    }
  g_assert_cmpint (ahoy_test_client_fail (alice, "contacts.set", "{\"user\":\"b b\"}"), ==, 6017);
  g_assert_cmpint (ahoy_test_client_fail (alice, "contacts.remove", "{}"), ==, 6017);
}

/* As many as there may be, with texts as long as they may be: all arrive, and no frame is too long. */
static void
test_many_contacts (void)
{
  g_autoptr (AhoyTestServer) server = ahoy_test_server_new (config);
  g_autoptr (AhoyTestClient) alice = ahoy_test_client_new (server, "alice", NULL);
  g_autofree char *remark = g_strnfill (AHOY_MAX_REMARK, '"');
  g_autofree char *escaped = g_strescape (remark, NULL);
  g_autofree char *after = g_strdup ("");
  guint n = 0;

  for (int i = 0; i < AHOY_MAX_CONTACTS; i++)
    {
      g_autofree char *text = NULL;

      text = g_strdup_printf ("{\"id\":\"c%d\",\"t\":\"contacts.set\",\"d\":{\"user\":\"user%04d\",\"remark\":\"%s\"}}",
                              i, i, i % 10 == 0 ? escaped : "");
      ahoy_test_client_send (alice, text);
      if (i % 100 == 99)
        ahoy_test_client_flush (alice);
    }
  g_assert_cmpint (ahoy_test_client_fail (alice, "contacts.set", "{\"user\":\"one-more\"}"), ==, -1203);

  do
    {
      g_autoptr (JsonObject) page = ahoy_test_client_request (alice, "contacts.list", "{\"after\":\"%s\"}", after);
      JsonArray *contacts = json_object_get_array_member (page, "contacts");

      for (guint i = 0; i < json_array_get_length (contacts); i++)
        {
          g_autofree char *expected = g_strdup_printf ("user%04u", n);
          JsonObject *contact = json_array_get_object_element (contacts, i);

          g_assert_cmpstr (json_object_get_string_member (contact, "user"), ==, expected);
          g_assert_cmpstr (json_object_get_string_member (contact, "remark"), ==, n++ % 10 == 0 ? remark : "");
        }
      g_free (after);
      after = g_strdup (json_object_get_string_member (page, "next"));
    }
  while (*after);
  g_assert_cmpuint (n, ==, AHOY_MAX_CONTACTS);

  g_assert_cmpint (ahoy_test_client_fail (alice, "contacts.list", "{\"count\":501}"), ==, 6017);
  g_assert_cmpint (ahoy_test_client_fail (alice, "contacts.list", "{\"count\":0}"), ==, 6017);
}

static void
test_long_profiles (void)
{
  g_autoptr (AhoyTestServer) server = ahoy_test_server_new (config);
  g_autoptr (AhoyTestClient) alice = ahoy_test_client_new (server, "alice", NULL);
  g_autofree char *quotes = g_strnfill (AHOY_MAX_NICKNAME, '"');
  g_autofree char *escaped = g_strescape (quotes, NULL);
  g_autoptr (GString) users = g_string_new ("\"alice\"");
  g_autoptr (JsonObject) set = NULL;
  g_autoptr (JsonObject) got = NULL;
  guint n;

  set = ahoy_test_client_request (alice, "profile.set", "{\"nickname\":\"%s\",\"avatar\":\"%s\"}", escaped, escaped);
  /* The same long one again and again is as good as many. */
  for (int i = 1; i < AHOY_MAX_PROFILES; i++)
    g_string_append (users, ",\"alice\"");
  got = ahoy_test_client_request (alice, "profile.get", "{\"users\":[%s]}", users->str);
  n = json_array_get_length (json_object_get_array_member (got, "users"));
  g_assert_cmpuint (n, >, 10);
  g_assert_cmpuint (n, <, AHOY_MAX_PROFILES);

  g_assert_cmpint (ahoy_test_client_fail (alice, "profile.set", "{\"nickname\":\"a\\u0001b\"}"), ==, 6017);
  g_assert_cmpint (ahoy_test_client_fail (alice, "contacts.set", "{\"user\":\"bob\",\"remark\":\"a\\nb\"}"), ==, 6017);
}

static void
check_presence (AhoyTestClient *client,
                const char     *user,
                const char     *state)
{
  g_autoptr (JsonObject) push = ahoy_test_client_wait_push (client, "presence");
  JsonObject *users = json_object_get_object_member (push, "users");

  g_assert_cmpuint (json_object_get_size (users), ==, 1);
  g_assert_cmpstr (json_object_get_string_member (users, user), ==, state);
}

static void
test_presence (void)
{
  g_autoptr (AhoyTestServer) server = ahoy_test_server_new (config);
  g_autoptr (AhoyTestClient) alice = ahoy_test_client_new (server, "alice", NULL);
  g_autoptr (JsonObject) first = ahoy_test_client_request (alice, "presence.sub", "{\"users\":[\"bob\",\"carol\"]}");
  g_autoptr (AhoyTestClient) carol = ahoy_test_client_new (server, "carol", NULL);
  g_autoptr (AhoyTestClient) bob = NULL;
  g_autoptr (JsonObject) call = NULL;
  g_autoptr (JsonObject) cancelled = NULL;
  g_autoptr (JsonObject) bye = NULL;
  g_autoptr (JsonObject) second = NULL;

  g_assert_cmpstr (json_object_get_string_member (json_object_get_object_member (first, "users"), "bob"), ==, "offline");
  check_presence (alice, "carol", "online");
  bob = ahoy_test_client_new (server, "bob", NULL);
  check_presence (alice, "bob", "online");
  call = ahoy_test_client_request (bob, "call.invite", "{\"to\":[\"dave\"],\"media\":\"audio\"}");
  check_presence (alice, "bob", "busy");
  cancelled = ahoy_test_client_request (bob, "call.cancel", "{\"call\":\"%s\"}", json_object_get_string_member (call, "call"));
  check_presence (alice, "bob", "online");
  /* Somebody who vanishes is offline after a moment, somebody who comes back at once never was. */
  ahoy_test_client_drop (carol);
  ahoy_test_client_resume (carol);
  ahoy_test_client_drop (bob);
  check_presence (alice, "bob", "offline");
  bye = ahoy_test_client_request (carol, "bye", "{}");
  check_presence (alice, "carol", "offline");
  /* A new list replaces the old one. */
  second = ahoy_test_client_request (alice, "presence.sub", "{\"users\":[]}");
  ahoy_test_client_resume (bob);
  ahoy_test_client_flush (alice);
  g_assert_false (ahoy_test_client_has_push (alice, "presence"));
}

static gint64
get_version (AhoyTestClient *client)
{
  g_autoptr (JsonObject) list = ahoy_test_client_request (client, "contacts.list", "{}");

  return json_object_get_int_member (list, "version");
}

/* A repeat is recognised while it is one of the last thousand. */
static void
test_many_changes (void)
{
  g_autoptr (AhoyTestServer) server = ahoy_test_server_new (config);
  g_autoptr (AhoyTestClient) alice = ahoy_test_client_new (server, "alice", NULL);
  g_autoptr (JsonObject) last = NULL;

  for (int i = 0; i < AHOY_MAX_REMEMBERED; i++)
    {
      g_autofree char *text = NULL;

      text = g_strdup_printf ("{\"id\":\"m%d\",\"t\":\"contacts.set\",\"d\":{\"user\":\"bob\"}}", i);
      ahoy_test_client_send (alice, text);
      if (i % 100 == 0)
        ahoy_test_client_flush (alice);
    }
  /* Answers come in order: with the last all are remembered. */
  last = ahoy_test_client_request (alice, "contacts.set", "{\"user\":\"bob\"}");
  g_assert_cmpint (get_version (alice), ==, AHOY_MAX_REMEMBERED + 1);
  ahoy_test_client_send (alice, "{\"id\":\"m1\",\"t\":\"contacts.set\",\"d\":{\"user\":\"bob\"}}");
  g_assert_cmpint (get_version (alice), ==, AHOY_MAX_REMEMBERED + 1);
  ahoy_test_client_send (alice, "{\"id\":\"m0\",\"t\":\"contacts.set\",\"d\":{\"user\":\"bob\"}}");
  g_assert_cmpint (get_version (alice), ==, AHOY_MAX_REMEMBERED + 2);
}

/* Somebody who begins to watch must not keep the news from those who watch already. */
static void
test_presence_of_two_watchers (void)
{
  g_autoptr (AhoyTestServer) server = ahoy_test_server_new (config);
  g_autoptr (AhoyTestClient) alice = ahoy_test_client_new (server, "alice", NULL);
  g_autoptr (AhoyTestClient) carol = ahoy_test_client_new (server, "carol", NULL);
  g_autoptr (AhoyTestClient) bob = ahoy_test_client_new (server, "bob", NULL);
  g_autoptr (JsonObject) first = ahoy_test_client_request (alice, "presence.sub", "{\"users\":[\"bob\"]}");
  gboolean is_offline = FALSE;

  ahoy_test_client_drop (bob);
  while (!is_offline)
    {
      g_autoptr (JsonObject) seen = ahoy_test_client_request (carol, "presence.sub", "{\"users\":[\"bob\"]}");

      is_offline = g_str_equal (json_object_get_string_member (json_object_get_object_member (seen, "users"), "bob"),
                                "offline");
    }
  check_presence (alice, "bob", "offline");
}

/* Many who come at the same time are told in few pushes, and none is missed. */
static void
test_presence_of_many (void)
{
  g_autoptr (AhoyTestServer) server = ahoy_test_server_new (config);
  g_autoptr (AhoyTestClient) alice = ahoy_test_client_new (server, "alice", NULL);
  g_autoptr (GPtrArray) others = g_ptr_array_new_with_free_func ((GDestroyNotify) ahoy_test_client_free);
  g_autoptr (GHashTable) seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autoptr (GString) users = g_string_new (NULL);
  g_autoptr (JsonObject) subscribed = NULL;
  gint64 began_us;
  guint n_pushes = 0;

  for (int i = 0; i < 40; i++)
    g_string_append_printf (users, "%s\"u%d\"", i ? "," : "", i);
  subscribed = ahoy_test_client_request (alice, "presence.sub", "{\"users\":[%s]}", users->str);
  began_us = g_get_monotonic_time ();
  for (int i = 0; i < 40; i++)
    {
      g_autofree char *user = g_strdup_printf ("u%d", i);

      g_ptr_array_add (others, ahoy_test_client_new (server, user, NULL));
    }

  for (; g_hash_table_size (seen) < 40; n_pushes++)
    {
      g_autoptr (JsonObject) push = ahoy_test_client_wait_push (alice, "presence");
      JsonObject *states = json_object_get_object_member (push, "users");
      g_autoptr (GList) ids = json_object_get_members (states);

      for (GList *l = ids; l; l = l->next)
        {
          g_assert_cmpstr (json_object_get_string_member (states, l->data), ==, "online");
          g_hash_table_add (seen, g_strdup (l->data));
        }
    }
  /* A handful at once, then at most two a second, by the clock of a machine that may be slow. */
  g_assert_cmpuint (n_pushes, <=, 7 + 2 * (g_get_monotonic_time () - began_us) / G_USEC_PER_SEC);
  g_assert_cmpuint (n_pushes, <, 40);
}

static char *
make_missed_call (AhoyTestClient *from,
                  const char     *to)
{
  g_autoptr (JsonObject) call = NULL;
  g_autoptr (JsonObject) cancelled = NULL;
  g_autoptr (JsonObject) record = NULL;

  call = ahoy_test_client_request (from, "call.invite", "{\"to\":[\"%s\"],\"media\":\"audio\"}", to);
  cancelled = ahoy_test_client_request (from, "call.cancel", "{\"call\":\"%s\"}", json_object_get_string_member (call, "call"));
  record = ahoy_test_client_wait_push (from, "record");

  return g_strdup (json_object_get_string_member (call, "call"));
}

static void
test_records (void)
{
  g_autoptr (AhoyTestServer) server = ahoy_test_server_new (config);
  g_autoptr (AhoyTestClient) alice = ahoy_test_client_new (server, "alice", NULL);
  g_autoptr (AhoyTestClient) bob = ahoy_test_client_new (server, "bob", NULL);
  g_autoptr (GPtrArray) ids = g_ptr_array_new_with_free_func (g_free);
  g_autofree char *cursor = g_strdup ("");
  g_autoptr (JsonObject) deleted = NULL;
  g_autoptr (JsonObject) missed = NULL;
  g_autoptr (JsonObject) cleared = NULL;
  g_autoptr (JsonObject) rest = NULL;
  guint n = 0;

  for (int i = 0; i < 7; i++)
    g_ptr_array_add (ids, make_missed_call (alice, "bob"));
  g_ptr_array_add (ids, make_missed_call (bob, "alice"));

  /* Pages of three, newest first. */
  do
    {
      g_autoptr (JsonObject) page = ahoy_test_client_request (bob, "records.list", "{\"count\":3,\"before\":\"%s\"}", cursor);
      JsonArray *records = json_object_get_array_member (page, "records");

      for (guint i = 0; i < json_array_get_length (records); i++)
        g_assert_cmpstr (json_object_get_string_member (json_array_get_object_element (records, i), "call"), ==,
                         g_ptr_array_index (ids, ids->len - 1 - n++));
      g_free (cursor);
      cursor = g_strdup (json_object_get_string_member (page, "next"));
    }
  while (*cursor);
  g_assert_cmpuint (n, ==, 8);

  missed = ahoy_test_client_request (bob, "records.list", "{\"result\":1}");
  g_assert_cmpuint (json_array_get_length (json_object_get_array_member (missed, "records")), ==, 7);

  /* What one side deletes stays with the other. */
  deleted = ahoy_test_client_request (bob, "records.delete", "{\"calls\":[\"%s\",\"nonsense\",\"%s\"]}",
                                      (char *) ids->pdata[0], (char *) ids->pdata[0]);
  g_assert_cmpint (json_object_get_int_member (deleted, "count"), ==, 1);
  ahoy_test_check_strings (deleted, "calls", ids->pdata[0]);
  cleared = ahoy_test_client_request (bob, "records.delete", "{\"all\":true}");
  g_assert_cmpint (json_object_get_int_member (cleared, "count"), ==, 7);
  ahoy_test_check_strings (cleared, "calls", "");
  g_clear_pointer (&missed, json_object_unref);
  missed = ahoy_test_client_request (bob, "records.list", "{}");
  g_assert_cmpuint (json_array_get_length (json_object_get_array_member (missed, "records")), ==, 0);
  rest = ahoy_test_client_request (alice, "records.list", "{}");
  g_assert_cmpuint (json_array_get_length (json_object_get_array_member (rest, "records")), ==, 8);

  g_assert_cmpint (ahoy_test_client_fail (bob, "records.list", "{\"before\":\"x\"}"), ==, 6017);
  g_assert_cmpint (ahoy_test_client_fail (bob, "records.list", "{\"count\":101}"), ==, 6017);
  g_assert_cmpint (ahoy_test_client_fail (bob, "records.delete", "{}"), ==, 6017);
}

static gint64
get_begin (AhoyTestClient *client,
           const char     *call)
{
  g_autoptr (JsonObject) record = ahoy_test_client_get_record (client, call);

  return json_object_get_int_member (record, "begin");
}

/* How many records @filter, the rest of the request, leaves; page by page. */
static guint
count_records (AhoyTestClient *client,
               const char     *filter)
{
  g_autofree char *cursor = g_strdup ("");
  guint n = 0;

  do
    {
      g_autoptr (JsonObject) page = NULL;

      page = ahoy_test_client_request (client, "records.list", "{\"count\":2,\"before\":\"%s\"%s}", cursor, filter);
      n += json_array_get_length (json_object_get_array_member (page, "records"));
      g_free (cursor);
      cursor = g_strdup (json_object_get_string_member (page, "next"));
    }
  while (*cursor);

  return n;
}

static void
test_record_filters (void)
{
  g_autoptr (AhoyTestServer) server = ahoy_test_server_new (config);
  g_autoptr (AhoyTestClient) alice = ahoy_test_client_new (server, "alice", NULL);
  g_autoptr (AhoyTestClient) bob = ahoy_test_client_new (server, "bob", NULL);
  g_autofree char *first = make_missed_call (alice, "bob");
  g_autofree char *second = make_missed_call (alice, "bob");
  g_autofree char *third = ahoy_test_client_invite (alice, "bob");
  g_autofree char *from = NULL;
  g_autofree char *until = NULL;
  g_autofree char *between = NULL;
  gint64 first_ms = get_begin (bob, first);
  gint64 second_ms = get_begin (bob, second);

  ahoy_test_client_act (bob, "call.accept", third);
  ahoy_test_client_act (bob, "call.hangup", third);
  g_assert_cmpuint (count_records (bob, ""), ==, 3);
  g_assert_cmpuint (count_records (bob, ",\"result\":1"), ==, 2);
  g_assert_cmpuint (count_records (bob, ",\"result\":2"), ==, 1);
  g_assert_cmpuint (count_records (bob, ",\"result\":3"), ==, 0);
  g_assert_cmpuint (count_records (alice, ",\"result\":3"), ==, 3);

  /* "from" is part of it, "until" is not. */
  from = g_strdup_printf (",\"from\":%" G_GINT64_FORMAT, second_ms);
  until = g_strdup_printf (",\"until\":%" G_GINT64_FORMAT, second_ms);
  between = g_strdup_printf (",\"from\":%" G_GINT64_FORMAT ",\"until\":%" G_GINT64_FORMAT ",\"result\":1", first_ms,
                             second_ms + 1);
  g_assert_cmpint (first_ms, <, second_ms);
  g_assert_cmpuint (count_records (bob, from), ==, 2);
  g_assert_cmpuint (count_records (bob, until), ==, 1);
  g_assert_cmpuint (count_records (bob, between), ==, 2);
  g_assert_cmpint (ahoy_test_client_fail (bob, "records.list", "{\"from\":-1}"), ==, 6017);
  g_assert_cmpint (ahoy_test_client_fail (bob, "records.list", "{\"until\":\"x\"}"), ==, 6017);
  g_assert_cmpint (ahoy_test_client_fail (bob, "records.list", "{\"result\":4}"), ==, 6017);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/server/people/profile", test_profile);
  g_test_add_func ("/server/people/contacts", test_contacts);
  g_test_add_func ("/server/people/many-contacts", test_many_contacts);
  g_test_add_func ("/server/people/long-profiles", test_long_profiles);
  g_test_add_func ("/server/people/presence", test_presence);
  g_test_add_func ("/server/people/many-changes", test_many_changes);
  g_test_add_func ("/server/people/presence-of-two-watchers", test_presence_of_two_watchers);
  g_test_add_func ("/server/people/presence-of-many", test_presence_of_many);
  g_test_add_func ("/server/people/records", test_records);
  g_test_add_func ("/server/people/record-filters", test_record_filters);

  return g_test_run ();
}
