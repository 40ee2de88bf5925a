/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "ahoy-error.h"
#include "engine-fixture.h"

#include <string.h>

/* What belongs to an account beside its calls: groups, blocked people, several devices, the history; what a call may
 * be given; and the numbers of what goes wrong. Real engines and a real server. */

#define CONNECT_MS 15000

/* The number of the error of an asynchronous function, 0 for none. */
#define ASK(name, object, ...) \
  G_STMT_START { \
    g_autoptr (GAsyncResult) result_ = NULL; \
    GError *error_ = NULL; \
\
    name##_async (object, __VA_ARGS__, NULL, engine_on_result, &result_); \
    engine_await_result (&result_); \
    name##_finish (object, result_, &error_); \
    code = engine_take_code (error_); \
  } G_STMT_END

typedef struct
{
  AhoyTestServer *server;
  AhoyEngine *alice, *bob, *carol;
} Fixture;

static void
set_up (Fixture       *fixture,
        gconstpointer  config)
{
  fixture->server = ahoy_test_server_new (config);
  fixture->alice = engine_new_online (fixture->server, "alice", "device-a");
  fixture->bob = engine_new_online (fixture->server, "bob", "device-b");
  fixture->carol = engine_new_online (fixture->server, "carol", "device-c");
}

static void
tear_down (Fixture       *fixture,
           gconstpointer  config)
{
  engine_free (fixture->alice);
  engine_free (fixture->bob);
  engine_free (fixture->carol);
  ahoy_test_server_free (fixture->server);
}

static void
accept (AhoyCall *call)
{
  g_autoptr (GError) error = call_accept (call);

  g_assert_no_error (error);
}

static void
check_end (AhoyCall      *call,
           AhoyEndReason  reason)
{
  call_await_state (call, AHOY_CALL_ENDED, 5000);
  g_assert_cmpint (ahoy_call_get_end_reason (call), ==, reason);
}

/* Groups. */

/* "name owner member,member call-person,call-person", or "" for none. */
static char *
describe_group (AhoyEngine *engine,
                const char *id)
{
  AhoyGroup *group = ahoy_groups_find (ahoy_engine_get_groups (engine), id);
  const char *const *people;
  g_autofree char *members = NULL;
  g_autofree char *inside = NULL;

  if (!group)
    return g_strdup ("");

  people = ahoy_group_get_call_people (group);
  members = g_strjoinv (",", (char **) ahoy_group_get_member_ids (group));
  inside = people ? g_strjoinv (",", (char **) people) : g_strdup ("");
  return g_strdup_printf ("%s %s %s %s", ahoy_group_get_name (group), ahoy_group_get_owner (group), members, inside);
}

typedef struct
{
  AhoyEngine *engine;
  const char *id;
  const char *expected;
} Group;

static gboolean
group_is (gpointer data)
{
  Group *awaited = data;
  g_autofree char *text = describe_group (awaited->engine, awaited->id);

  return g_str_equal (text, awaited->expected);
}

static void
await_group (AhoyEngine *engine,
             const char *id,
             const char *expected)
{
  Group awaited = { engine, id, expected };

  if (!ahoy_test_wait_for (group_is, &awaited, 5000))
    g_error ("waited in vain for the group “%s”; there was “%s”", expected, describe_group (engine, id));
}

/* The id, or NULL and the number of the error. */
static char *
create_group (AhoyEngine *engine,
              const char *id,
              const char *name,
              const char *members,
              int        *code)
{
  g_auto (GStrv) ids = g_strsplit (members, " ", 0);
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (AhoyGroup) group = NULL;
  GError *error = NULL;

  ahoy_groups_create_async (ahoy_engine_get_groups (engine), id, name, (const char *const *) ids, NULL,
                            engine_on_result, &result);
  engine_await_result (&result);
  group = ahoy_groups_create_finish (ahoy_engine_get_groups (engine), result, &error);
  *code = engine_take_code (error);
  return group ? g_strdup (ahoy_group_get_id (group)) : NULL;
}

static void
test_groups (Fixture       *fixture,
             gconstpointer  config)
{
  AhoyGroups *of_alice = ahoy_engine_get_groups (fixture->alice);
  AhoyGroups *of_bob = ahoy_engine_get_groups (fixture->bob);
  AhoyGroups *of_carol = ahoy_engine_get_groups (fixture->carol);
  const char *const carol[] = { "carol", NULL };
  const char *const alice[] = { "alice", NULL };
  g_autofree char *long_name = g_strnfill (101, 'x');
  g_autofree char *id = create_group (fixture->alice, NULL, "Team", "bob", &(int) { 0 });
  g_autofree char *taken = NULL;
  int code;

  g_assert_nonnull (id);
  await_group (fixture->alice, id, "Team alice alice,bob ");
  await_group (fixture->bob, id, "Team alice alice,bob ");
  g_assert_null (ahoy_groups_find (of_carol, id));

  taken = create_group (fixture->bob, id, "Ours", "carol", &code);
  g_assert_null (taken);
  g_assert_cmpint (code, ==, AHOY_ERROR_PARAM_INVALID);
  ASK (ahoy_groups_rename, of_alice, id, long_name);
  g_assert_cmpint (code, ==, AHOY_ERROR_PARAM_INVALID);
  ASK (ahoy_groups_rename, of_carol, id, "Mine");
  g_assert_cmpint (code, ==, AHOY_ERROR_PARAM_INVALID);
  ASK (ahoy_groups_rename, of_bob, id, "Mine");
  g_assert_cmpint (code, ==, AHOY_ERROR_REQUEST_REFUSED);
  ASK (ahoy_groups_rename, of_alice, id, "Crew");
  g_assert_cmpint (code, ==, 0);
  await_group (fixture->bob, id, "Crew alice alice,bob ");

  ASK (ahoy_groups_add_members, of_bob, id, carol);
  g_assert_cmpint (code, ==, 0);
  await_group (fixture->carol, id, "Crew alice alice,bob,carol ");
  await_group (fixture->alice, id, "Crew alice alice,bob,carol ");
  ASK (ahoy_groups_remove_members, of_bob, id, carol);
  g_assert_cmpint (code, ==, AHOY_ERROR_REQUEST_REFUSED);
  ASK (ahoy_groups_remove_members, of_alice, id, alice);
  g_assert_cmpint (code, ==, AHOY_ERROR_PARAM_INVALID);
  ASK (ahoy_groups_delete, of_bob, id);
  g_assert_cmpint (code, ==, AHOY_ERROR_REQUEST_REFUSED);

  /* Who owned it leaves, and the oldest member owns it. */
  ASK (ahoy_groups_leave, of_alice, id);
  g_assert_cmpint (code, ==, 0);
  g_assert_null (ahoy_groups_find (of_alice, id));
  await_group (fixture->bob, id, "Crew bob bob,carol ");
  ASK (ahoy_groups_remove_members, of_bob, id, carol);
  g_assert_cmpint (code, ==, 0);
  await_group (fixture->carol, id, "");
  ASK (ahoy_groups_add_members, of_bob, id, carol);
  await_group (fixture->carol, id, "Crew bob bob,carol ");
  ASK (ahoy_groups_delete, of_bob, id);
  g_assert_cmpint (code, ==, 0);
  await_group (fixture->bob, id, "");
  await_group (fixture->carol, id, "");
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (of_bob)), ==, 0);
}

/* Members see who is in the call of their group, and come in by the group's id. */
static void
test_group_call (Fixture       *fixture,
                 gconstpointer  config)
{
  g_autoptr (AhoyCallOptions) options = ahoy_call_options_new ();
  g_autoptr (AhoyEngine) dave = engine_new_online (fixture->server, "dave", "device-d");
  g_autoptr (AhoyCall) alices = NULL;
  g_autoptr (AhoyCall) bobs = NULL;
  g_autoptr (AhoyCall) carols = NULL;
  g_autoptr (AhoyCall) outside = NULL;
  g_autofree char *id = NULL;
  int code;

  id = create_group (fixture->alice, "crew_1", "Crew", "bob carol", &code);
  g_assert_cmpstr (id, ==, "crew_1");
  await_group (fixture->carol, id, "Crew alice alice,bob,carol ");
  g_assert_null (engine_join_group (fixture->carol, id, &code));
  g_assert_cmpint (code, ==, AHOY_ERROR_INVITATION_OVER);

  ahoy_call_options_set_group_id (options, id);
  outside = engine_place_many (fixture->alice, "bob dave", AHOY_CALL_MEDIA_AUDIO, options);
  check_end (outside, AHOY_END_REASON_UNKNOWN);
  g_assert_error (ahoy_call_get_error (outside), AHOY_ERROR, AHOY_ERROR_PARAM_INVALID);

  alices = engine_place_many (fixture->alice, "bob", AHOY_CALL_MEDIA_AUDIO, options);
  bobs = engine_await_incoming (fixture->bob);
  g_assert_cmpstr (ahoy_call_get_group_id (bobs), ==, id);
  g_assert_cmpint (ahoy_call_get_scene (bobs), ==, AHOY_CALL_SCENE_GROUP);
  accept (bobs);
  call_await_state (alices, AHOY_CALL_ACTIVE, CONNECT_MS);
  await_group (fixture->carol, id, "Crew alice alice,bob,carol alice,bob");
  g_assert_cmpstr (ahoy_group_get_call_id (ahoy_groups_find (ahoy_engine_get_groups (fixture->carol), id)), ==,
                   ahoy_call_get_id (alices));
  g_assert_cmpint (ahoy_group_get_call_media (ahoy_groups_find (ahoy_engine_get_groups (fixture->carol), id)), ==,
                   AHOY_CALL_MEDIA_AUDIO);

  /* Whoever does not belong to it does not get in, by neither id. */
  g_assert_null (engine_join_group (dave, id, &code));
  g_assert_cmpint (code, ==, AHOY_ERROR_PARAM_INVALID);
  g_assert_null (engine_join (dave, ahoy_call_get_id (alices), &code));
  g_assert_cmpint (code, !=, 0);

  carols = engine_join_group (fixture->carol, id, &code);
  g_assert_cmpint (code, ==, 0);
  g_assert_cmpint (ahoy_call_get_role (carols), ==, AHOY_CALL_ROLE_CALLED);
  call_await_state (carols, AHOY_CALL_ACTIVE, CONNECT_MS);
  call_await_people (alices, "bob+ carol+");
  await_group (fixture->bob, id, "Crew alice alice,bob,carol alice,bob,carol");

  call_hang_up (alices);
  await_group (fixture->alice, id, "Crew alice alice,bob,carol bob,carol");
  call_hang_up (bobs);
  check_end (carols, AHOY_END_REASON_HANG_UP);
  await_group (fixture->alice, id, "Crew alice alice,bob,carol ");
  engine_free (g_steal_pointer (&dave));
}

/* Blocked people. */

static void
on_blocked_changed (AhoyEngine *engine,
                    const char *user_id,
                    gboolean    blocked,
                    GString    *text)
{
  g_string_append_printf (text, "%s%s", blocked ? "+" : "-", user_id);
}

static gboolean
text_has_two (gpointer text)
{
  return strcmp (((GString *) text)->str, "+alice-alice") == 0;
}

static char *
list_blocked (AhoyEngine *engine)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_auto (GStrv) users = NULL;

  ahoy_engine_list_blocked_async (engine, NULL, engine_on_result, &result);
  engine_await_result (&result);
  users = ahoy_engine_list_blocked_finish (engine, result, NULL);
  g_assert_nonnull (users);
  return g_strjoinv (",", users);
}

static void
check_refused (AhoyEngine *engine,
               const char *ids,
               int         code)
{
  g_autoptr (AhoyCall) call = engine_place_many (engine, ids, AHOY_CALL_MEDIA_AUDIO, NULL);

  check_end (call, AHOY_END_REASON_UNKNOWN);
  g_assert_error (ahoy_call_get_error (call), AHOY_ERROR, code);
}

static void
test_blocked (Fixture       *fixture,
              gconstpointer  config)
{
  g_autoptr (AhoyEngine) tablet = engine_new_online (fixture->server, "bob", "device-b2");
  g_autoptr (GString) heard = g_string_new (NULL);
  g_autoptr (GString) heard_there = g_string_new (NULL);
  g_autoptr (AhoyCall) alices = NULL;
  g_autoptr (AhoyCall) carols = NULL;
  g_autoptr (AhoyCall) bobs = NULL;
  g_autofree char *blocked = NULL;
  g_autofree char *invited = NULL;
  int code;

  g_signal_connect (fixture->bob, "blocked-changed", G_CALLBACK (on_blocked_changed), heard);
  g_signal_connect (tablet, "blocked-changed", G_CALLBACK (on_blocked_changed), heard_there);
  g_assert_cmpint (engine_set_blocked (fixture->bob, "bob", TRUE), ==, AHOY_ERROR_PARAM_INVALID);
  g_assert_cmpint (engine_set_blocked (fixture->bob, "", TRUE), ==, AHOY_ERROR_PARAM_INVALID);
  g_assert_cmpint (engine_set_blocked (fixture->bob, "alice", TRUE), ==, 0);
  blocked = list_blocked (tablet);
  g_assert_cmpstr (blocked, ==, "alice");

  /* Neither reaches the other, and of several who are called the blocked one seems to decline. */
  check_refused (fixture->alice, "bob", AHOY_ERROR_BLOCKED);
  check_refused (fixture->bob, "alice", AHOY_ERROR_BLOCKED);
  alices = engine_place_many (fixture->alice, "bob carol", AHOY_CALL_MEDIA_AUDIO, NULL);
  carols = engine_await_incoming (fixture->carol);
  call_await_people (alices, "carol?");
  accept (carols);
  call_await_people (alices, "carol+");
  invited = call_invite (alices, "bob", &code);
  g_assert_true (code == AHOY_ERROR_BLOCKED || g_strcmp0 (invited, "") == 0);
  g_assert_null (ahoy_engine_get_current_call (fixture->bob));
  g_assert_null (ahoy_engine_get_current_call (tablet));
  call_hang_up (alices);

  g_assert_cmpint (engine_set_blocked (tablet, "alice", FALSE), ==, 0);
  ahoy_test_wait (text_has_two, heard, 5000, "both changes on the device that made one");
  ahoy_test_wait (text_has_two, heard_there, 5000, "both changes on the other");
  g_clear_object (&alices);
  alices = engine_place (fixture->alice, "bob", AHOY_CALL_MEDIA_AUDIO, 30);
  bobs = engine_await_incoming (fixture->bob);
  call_hang_up (alices);
  check_end (bobs, AHOY_END_REASON_CANCELED);
  engine_free (g_steal_pointer (&tablet));
}

/* Several devices. */

static gboolean
is_elsewhere (gpointer engine)
{
  return ahoy_engine_get_call_elsewhere (engine) != NULL;
}

static gboolean
is_nowhere (gpointer engine)
{
  return ahoy_engine_get_call_elsewhere (engine) == NULL;
}

static gboolean
is_signed_out (gpointer engine)
{
  return ahoy_engine_get_state (engine) == AHOY_ENGINE_SIGNED_OUT;
}

static void
on_kicked (AhoyEngine *engine,
           const char *why,
           char      **kept)
{
  g_free (*kept);
  *kept = g_strdup (why);
}

/* All ring, the first to act wins, and the others are told what happened. */
static void
test_devices (Fixture       *fixture,
              gconstpointer  config)
{
  g_autoptr (AhoyEngine) tablet = NULL;
  g_autoptr (AhoyCall) placed = NULL;
  g_autoptr (AhoyCall) first = NULL;
  g_autoptr (AhoyCall) second = NULL;
  g_autofree char *why = NULL;
  gint64 accepted_us;
  int code;

  g_assert_false (ahoy_engine_get_multi_device (fixture->bob));
  g_assert_cmpint (engine_set_multi (fixture->bob, TRUE), ==, 0);
  g_assert_true (ahoy_engine_get_multi_device (fixture->bob));
  tablet = engine_new_online (fixture->server, "bob", "device-b2");
  g_assert_true (ahoy_engine_get_multi_device (tablet));

  placed = engine_place (fixture->alice, "bob", AHOY_CALL_MEDIA_AUDIO, 30);
  first = engine_await_incoming (fixture->bob);
  second = engine_await_incoming (tablet);
  ahoy_call_reject_async (second, NULL, NULL, NULL);
  check_end (first, AHOY_END_REASON_OTHER_DEVICE_REJECT);
  check_end (placed, AHOY_END_REASON_REJECT);

  g_clear_object (&placed);
  g_clear_object (&first);
  g_clear_object (&second);
  placed = engine_place (fixture->alice, "bob", AHOY_CALL_MEDIA_VIDEO, 30);
  first = engine_await_incoming (fixture->bob);
  second = engine_await_incoming (tablet);
  accepted_us = g_get_monotonic_time ();
  accept (first);
  check_end (second, AHOY_END_REASON_OTHER_DEVICE_ACCEPTED);
  /* The others stop ringing at once. */
  g_assert_cmpint (g_get_monotonic_time () - accepted_us, <, (gint64) (500000 * ahoy_test_patience ()));
  call_await_state (placed, AHOY_CALL_ACTIVE, CONNECT_MS);
  ahoy_test_wait (is_elsewhere, tablet, 5000, "word of the call on the other device");
  g_assert_cmpstr (ahoy_engine_get_call_elsewhere (tablet), ==, ahoy_call_get_id (placed));

  /* The running call goes over, with sound and picture, and the first device is out of it. */
  g_clear_object (&second);
  g_assert_null (engine_take_over (fixture->bob, NULL, &code));
  g_assert_cmpint (code, !=, 0);
  second = engine_take_over (tablet, NULL, &code);
  g_assert_cmpint (code, ==, 0);
  check_end (first, AHOY_END_REASON_OTHER_DEVICE_ACCEPTED);
  call_await_state (second, AHOY_CALL_ACTIVE, CONNECT_MS);
  call_await_media_of (placed, "bob");
  call_await_media_of (second, "alice");
  g_assert_cmpint (ahoy_call_get_state (placed), ==, AHOY_CALL_ACTIVE);
  ahoy_test_wait (is_nowhere, tablet, 5000, "the call to be elsewhere no more");
  ahoy_test_wait (is_elsewhere, fixture->bob, 5000, "word that the call has moved");
  call_hang_up (second);
  check_end (placed, AHOY_END_REASON_HANG_UP);
  ahoy_test_wait (is_nowhere, fixture->bob, 5000, "word that the call elsewhere is over");

  /* Switched off again, the others are thrown out. */
  g_signal_connect (tablet, "kicked-offline", G_CALLBACK (on_kicked), &why);
  g_assert_cmpint (engine_set_multi (fixture->bob, FALSE), ==, 0);
  ahoy_test_wait (is_signed_out, tablet, 5000, "the other device to be thrown out");
  g_assert_cmpstr (why, ==, "devices");
  g_assert_cmpint (ahoy_engine_get_state (fixture->bob), ==, AHOY_ENGINE_ONLINE);
  engine_free (g_steal_pointer (&tablet));
}

static void
test_devices_never (Fixture       *fixture,
                    gconstpointer  config)
{
  g_assert_cmpint (engine_set_multi (fixture->bob, TRUE), ==, AHOY_ERROR_PACKAGE_NOT_SUPPORTED);
  g_assert_false (ahoy_engine_get_multi_device (fixture->bob));
}

/* Vetoes, and the word after a call. */

typedef struct
{
  GString *kinds;
  gboolean veto;
  guint n_after;
} Watch;

static gboolean
on_before_call (AhoyEngine *engine,
                AhoyCall   *call,
                const char *kind,
                Watch      *watch)
{
  g_assert_cmpint (ahoy_call_get_state (call), !=, AHOY_CALL_ENDED);
  g_string_append_printf (watch->kinds, "%s ", kind);
  return watch->veto;
}

static void
on_after_call (AhoyEngine *engine,
               AhoyCall   *call,
               Watch      *watch)
{
  g_assert_cmpint (ahoy_call_get_state (call), ==, AHOY_CALL_ENDED);
  watch->n_after++;
}

static void
watch_calls (AhoyEngine *engine,
             Watch      *watch)
{
  watch->kinds = g_string_new (NULL);
  g_signal_connect (engine, "before-call", G_CALLBACK (on_before_call), watch);
  g_signal_connect (engine, "after-call", G_CALLBACK (on_after_call), watch);
}

static void
watch_clear (Watch *watch)
{
  g_string_free (watch->kinds, TRUE);
}

static gboolean
had_one (gpointer watch)
{
  return ((Watch *) watch)->n_after == 1;
}

static void
test_veto (Fixture       *fixture,
           gconstpointer  config)
{
  const char *const bob[] = { "bob", NULL };
  const char *const both[] = { "bob", "carol", NULL };
  Watch of_alice = { NULL, TRUE, 0 };
  Watch of_bob = { NULL, TRUE, 0 };
  g_autoptr (GError) error = NULL;
  g_autoptr (AhoyCall) placed = NULL;
  g_autoptr (AhoyCall) incoming = NULL;
  int code;

  watch_calls (fixture->alice, &of_alice);
  watch_calls (fixture->bob, &of_bob);
  g_assert_null (ahoy_engine_place_call (fixture->alice, bob, AHOY_CALL_MEDIA_AUDIO, NULL, &error));
  g_assert_error (error, AHOY_ERROR, AHOY_ERROR_REQUEST_REFUSED);
  g_clear_error (&error);
  g_assert_null (ahoy_engine_place_call (fixture->alice, both, AHOY_CALL_MEDIA_AUDIO, NULL, &error));
  g_assert_null (engine_join (fixture->alice, "11111111-2222-4333-8444-555555555555", &code));
  g_assert_cmpint (code, ==, AHOY_ERROR_REQUEST_REFUSED);
  g_assert_null (ahoy_engine_get_current_call (fixture->alice));
  g_assert_cmpstr (of_alice.kinds->str, ==, "call group-call join ");

  /* It never reached the server: the first that bob hears of is this one, which he does not want. */
  of_alice.veto = FALSE;
  placed = engine_place (fixture->alice, "bob", AHOY_CALL_MEDIA_AUDIO, 30);
  check_end (placed, AHOY_END_REASON_LINE_BUSY);
  g_assert_cmpstr (of_bob.kinds->str, ==, "invited ");
  g_assert_null (ahoy_engine_get_current_call (fixture->bob));
  ahoy_test_wait (had_one, &of_alice, 5000, "the word after the call");
  g_assert_cmpuint (of_bob.n_after, ==, 0);

  of_bob.veto = FALSE;
  g_clear_object (&placed);
  placed = engine_place (fixture->alice, "bob", AHOY_CALL_MEDIA_AUDIO, 30);
  incoming = engine_await_incoming (fixture->bob);
  call_hang_up (placed);
  ahoy_test_wait (had_one, &of_bob, 5000, "the word after the call on the other side");
  g_assert_cmpuint (of_alice.n_after, ==, 2);
  watch_clear (&of_alice);
  watch_clear (&of_bob);
}

/* What a call may be given. */

static void
check_options (AhoyEngine      *engine,
               AhoyCallOptions *options,
               gboolean         good)
{
  const char *const bob[] = { "bob", NULL };
  g_autoptr (GError) error = NULL;
  g_autoptr (AhoyCall) call = ahoy_engine_place_call (engine, bob, AHOY_CALL_MEDIA_AUDIO, options, &error);

  if (!good)
    {
      g_assert_null (call);
      g_assert_error (error, AHOY_ERROR, AHOY_ERROR_PARAM_INVALID);
      return;
    }

  g_assert_no_error (error);
  call_hang_up (call);
  settle ();
}

static void
test_option_limits (Fixture       *fixture,
                    gconstpointer  config)
{
  static const struct
  {
    guint timeout;
    gsize user_data;
    const char *room;
    int room_number;
    gboolean good;
  } rows[] = {
    { 9, 0, NULL, 0, FALSE },       { 10, 0, NULL, 0, TRUE },           { 600, 0, NULL, 0, TRUE },
    { 601, 0, NULL, 0, FALSE },     { 0, 1000, NULL, 0, TRUE },         { 0, 1001, NULL, 0, FALSE },
    { 0, 0, "a room-1 (x)", 0, TRUE }, { 0, 0, "Küche", 0, FALSE },     { 0, 0, "a\nb", 0, FALSE },
    { 0, 0, NULL, 1, TRUE },        { 0, 0, NULL, G_MAXINT32, TRUE },   { 0, 0, NULL, -1, FALSE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (AhoyCallOptions) options = ahoy_call_options_new ();
      g_autofree char *user_data = g_strnfill (rows[i].user_data, 'x');

      g_test_message ("row %u", i);
      if (rows[i].timeout)
        ahoy_call_options_set_timeout (options, rows[i].timeout);
      ahoy_call_options_set_user_data (options, user_data);
      ahoy_call_options_set_room (options, rows[i].room);
      ahoy_call_options_set_room_number (options, rows[i].room_number);
      check_options (fixture->alice, options, rows[i].good);
    }
}

static gboolean
has_id (gpointer call)
{
  return ahoy_call_get_id (call) != NULL;
}

/* What is given along is what the other side gets. */
static void
test_options (Fixture       *fixture,
              gconstpointer  config)
{
  g_autoptr (AhoyCallOptions) options = ahoy_call_options_new ();
  g_autofree char *user_data = g_strnfill (1000, 'y');
  g_autofree char *title = NULL;
  g_autofree char *text = NULL;
  g_autoptr (AhoyCall) placed = NULL;
  g_autoptr (AhoyCall) incoming = NULL;
  g_autoptr (GPtrArray) of_alice = NULL;
  g_autoptr (GPtrArray) of_bob = NULL;

  ahoy_call_options_set_user_data (options, user_data);
  ahoy_call_options_set_room (options, "green room");
  ahoy_call_options_set_ephemeral (options, TRUE);
  ahoy_call_options_set_record_policy (options, AHOY_RECORD_POLICY_OFF);
  ahoy_call_options_set_push (options, "Alice calls", "about the boat", NULL, FALSE);
  placed = engine_place_many (fixture->alice, "bob", AHOY_CALL_MEDIA_AUDIO, options);
  incoming = engine_await_incoming (fixture->bob);
  g_object_get (incoming, "push-title", &title, "push-text", &text, NULL);
  g_assert_cmpstr (ahoy_call_get_user_data (incoming), ==, user_data);
  g_assert_cmpstr (ahoy_call_get_room (incoming), ==, "green room");
  g_assert_cmpint (ahoy_call_get_room_number (incoming), ==, 0);
  g_assert_true (ahoy_call_get_ephemeral (incoming));
  g_assert_cmpint (ahoy_call_get_record_policy (incoming), ==, AHOY_RECORD_POLICY_OFF);
  g_assert_cmpstr (title, ==, "Alice calls");
  g_assert_cmpstr (text, ==, "about the boat");
  accept (incoming);
  call_await_state (placed, AHOY_CALL_ACTIVE, CONNECT_MS);
  call_hang_up (placed);
  check_end (incoming, AHOY_END_REASON_HANG_UP);

  /* It leaves no record, with anybody. */
  of_alice = engine_query (fixture->alice);
  of_bob = engine_query (fixture->bob);
  g_assert_cmpuint (of_alice->len, ==, 0);
  g_assert_cmpuint (of_bob->len, ==, 0);

  /* The number wins over the name, and without either the server draws a number. */
  g_clear_object (&placed);
  g_clear_object (&incoming);
  ahoy_call_options_set_room_number (options, 4711);
  placed = engine_place_many (fixture->alice, "bob", AHOY_CALL_MEDIA_AUDIO, options);
  incoming = engine_await_incoming (fixture->bob);
  g_assert_cmpint (ahoy_call_get_room_number (incoming), ==, 4711);
  g_assert_cmpstr (ahoy_call_get_room (incoming), ==, NULL);
  call_hang_up (placed);
  check_end (incoming, AHOY_END_REASON_CANCELED);
  g_clear_object (&placed);
  g_clear_object (&incoming);
  placed = engine_place (fixture->alice, "bob", AHOY_CALL_MEDIA_AUDIO, 30);
  incoming = engine_await_incoming (fixture->bob);
  ahoy_test_wait (has_id, placed, 5000, "the id of the call");
  g_assert_cmpint (ahoy_call_get_room_number (incoming), >, 0);
  g_assert_cmpint (ahoy_call_get_room_number (incoming), ==, ahoy_call_get_room_number (placed));
  call_hang_up (placed);
}

/* The history. */

/* The ids of a page, separated by blanks, and where the next begins. */
static char *
query (AhoyEngine      *engine,
       AhoyCallResult   wanted,
       gint64           begin_ms,
       gint64           end_ms,
       const char      *cursor,
       guint            count,
       char           **next)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GPtrArray) records = NULL;
  g_autoptr (GError) error = NULL;
  GString *text = g_string_new (NULL);

  ahoy_engine_query_history_full_async (engine, wanted, begin_ms, end_ms, cursor, count, NULL, engine_on_result,
                                        &result);
  engine_await_result (&result);
  records = ahoy_engine_query_history_finish (engine, result, next, &error);
  g_assert_no_error (error);
  for (guint i = 0; i < records->len; i++)
    g_string_append_printf (text, "%s ", ahoy_record_get_call_id (g_ptr_array_index (records, i)));
  return g_string_free (text, FALSE);
}

static void
check_query (AhoyEngine     *engine,
             AhoyCallResult  wanted,
             gint64          begin_ms,
             gint64          end_ms,
             const char     *expected)
{
  g_autofree char *ids = query (engine, wanted, begin_ms, end_ms, NULL, 0, NULL);

  g_assert_cmpstr (ids, ==, expected);
}

static char *
call_and_cancel (AhoyEngine *from,
                 AhoyEngine *to,
                 const char *to_id)
{
  g_autoptr (AhoyCall) placed = engine_place (from, to_id, AHOY_CALL_MEDIA_AUDIO, 30);
  g_autoptr (AhoyCall) incoming = engine_await_incoming (to);

  ahoy_test_wait (has_id, placed, 5000, "the id of the call");
  call_hang_up (placed);
  check_end (incoming, AHOY_END_REASON_CANCELED);
  return g_strdup (ahoy_call_get_id (placed));
}

static char *
delete_history (AhoyEngine        *engine,
                const char *const *ids)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  g_auto (GStrv) deleted = NULL;

  ahoy_engine_delete_history_async (engine, ids, NULL, engine_on_result, &result);
  engine_await_result (&result);
  g_assert_true (ahoy_engine_delete_history_finish (engine, result, &deleted, &error));
  g_assert_no_error (error);
  return deleted ? g_strjoinv (" ", deleted) : g_strdup ("");
}

static void
test_history (Fixture       *fixture,
              gconstpointer  config)
{
  g_autofree char *one = call_and_cancel (fixture->alice, fixture->bob, "bob");
  g_autofree char *two = call_and_cancel (fixture->bob, fixture->alice, "alice");
  g_autofree char *three = call_and_cancel (fixture->alice, fixture->bob, "bob");
  g_autofree char *all = g_strdup_printf ("%s %s %s ", three, two, one);
  g_autofree char *outgoing = g_strdup_printf ("%s %s ", three, one);
  g_autofree char *missed = g_strdup_printf ("%s ", two);
  g_autofree char *without = g_strdup_printf ("%s %s ", three, two);
  g_autofree char *page = NULL;
  g_autofree char *cursor = NULL;
  g_autofree char *rest = NULL;
  g_autofree char *end = NULL;
  g_autofree char *deleted = NULL;
  g_autofree char *cleared = NULL;
  g_autofree char *nothing = NULL;
  const char *const some[] = { one, "11111111-2222-4333-8444-555555555555", NULL };
  gint64 now_ms = g_get_real_time () / 1000;

  check_query (fixture->alice, AHOY_CALL_RESULT_UNKNOWN, 0, 0, all);
  check_query (fixture->alice, AHOY_CALL_RESULT_OUTGOING, 0, 0, outgoing);
  check_query (fixture->alice, AHOY_CALL_RESULT_MISSED, 0, 0, missed);
  check_query (fixture->alice, AHOY_CALL_RESULT_INCOMING, 0, 0, "");
  check_query (fixture->alice, AHOY_CALL_RESULT_UNKNOWN, now_ms - 600000, now_ms + 600000, all);
  check_query (fixture->alice, AHOY_CALL_RESULT_UNKNOWN, now_ms + 600000, 0, "");
  check_query (fixture->alice, AHOY_CALL_RESULT_UNKNOWN, 0, now_ms - 600000, "");

  page = query (fixture->alice, AHOY_CALL_RESULT_UNKNOWN, 0, 0, NULL, 2, &cursor);
  g_assert_nonnull (cursor);
  g_assert_true (g_str_has_prefix (all, page));
  rest = query (fixture->alice, AHOY_CALL_RESULT_UNKNOWN, 0, 0, cursor, 2, &end);
  g_assert_cmpstr (rest, ==, all + strlen (page));
  g_assert_null (end);

  /* One's own history alone, and of the ids only those that were there. */
  deleted = delete_history (fixture->alice, some);
  g_assert_cmpstr (deleted, ==, one);
  check_query (fixture->alice, AHOY_CALL_RESULT_UNKNOWN, 0, 0, without);
  check_query (fixture->bob, AHOY_CALL_RESULT_UNKNOWN, 0, 0, all);
  cleared = delete_history (fixture->alice, NULL);
  check_query (fixture->alice, AHOY_CALL_RESULT_UNKNOWN, 0, 0, "");
  nothing = delete_history (fixture->alice, some);
  g_assert_cmpstr (nothing, ==, "");
}

/* The numbers that a client meets, each where it arises; those of tickets, and of a server that is away, are in
 * test-session. */
static void
test_numbers (Fixture       *fixture,
              gconstpointer  config)
{
  AhoyEngine *nobody = engine_new ("device-n");
  g_autoptr (AhoyCall) alices = NULL;
  g_autoptr (AhoyCall) bobs = NULL;
  g_autofree char *invited = NULL;
  g_autofree char *long_name = g_strnfill (501, 'x');
  g_autofree char *ticket = ahoy_test_server_user_sig (fixture->server, "alice", 600);
  g_autoptr (GError) error = NULL;
  int code;

  /* -1204: is done already. */
  error = engine_try_login (fixture->alice, ahoy_test_server_get_uri (fixture->server),
                            ahoy_test_server_get_app_id (fixture->server), "alice", ticket);
  g_assert_error (error, AHOY_ERROR, AHOY_ERROR_REQUEST_REPEATED);

  /* -1201: nobody is signed in. */
  g_assert_cmpint (engine_set_multi (nobody, TRUE), ==, AHOY_ERROR_INIT_FAILED);
  g_assert_null (engine_join (nobody, "11111111-2222-4333-8444-555555555555", &code));
  g_assert_cmpint (code, ==, AHOY_ERROR_INIT_FAILED);
  g_assert_finalize_object (nobody);

  /* -1202: what cannot be meant. */
  g_assert_null (engine_join (fixture->alice, "", &code));
  g_assert_cmpint (code, ==, AHOY_ERROR_PARAM_INVALID);
  g_assert_null (engine_join_group (fixture->alice, "", &code));
  g_assert_cmpint (code, ==, AHOY_ERROR_PARAM_INVALID);
  ASK (ahoy_engine_set_self_info, fixture->alice, long_name, NULL);
  g_assert_cmpint (code, ==, AHOY_ERROR_PARAM_INVALID);

  /* 8010: no such call, or it is over. */
  g_assert_null (engine_join (fixture->alice, "11111111-2222-4333-8444-555555555555", &code));
  g_assert_cmpint (code, ==, AHOY_ERROR_INVITATION_OVER);

  /* -1203: not now. */
  alices = engine_place (fixture->alice, "bob", AHOY_CALL_MEDIA_AUDIO, 30);
  bobs = engine_await_incoming (fixture->bob);
  ASK (ahoy_call_accept, alices, TRUE);
  g_assert_cmpint (code, ==, AHOY_ERROR_REQUEST_REFUSED);
  g_assert_cmpint (call_cancel_invitation (alices, "carol"), ==, AHOY_ERROR_REQUEST_REFUSED);
  g_assert_cmpint (call_switch_media (alices, AHOY_CALL_MEDIA_VIDEO), ==, AHOY_ERROR_REQUEST_REFUSED);
  g_assert_null (engine_join (fixture->alice, "11111111-2222-4333-8444-555555555555", &code));
  g_assert_cmpint (code, ==, AHOY_ERROR_REQUEST_REFUSED);

  /* -1205: a call of two others is closed. */
  g_assert_null (engine_join (fixture->carol, ahoy_call_get_id (bobs), &code));
  g_assert_cmpint (code, ==, AHOY_ERROR_SCENE_NOT_SUPPORTED);

  /* -1203 again, for what is over. */
  call_hang_up (alices);
  check_end (bobs, AHOY_END_REASON_CANCELED);
  invited = call_invite (alices, "carol", &code);
  g_assert_null (invited);
  g_assert_cmpint (code, ==, AHOY_ERROR_REQUEST_REFUSED);
  ASK (ahoy_call_accept, bobs, TRUE);
  g_assert_cmpint (code, ==, AHOY_ERROR_REQUEST_REFUSED);
}

/* 60007: more invitations than allowed. */
static void
test_too_often (Fixture       *fixture,
                gconstpointer  config)
{
  g_autofree char *one = call_and_cancel (fixture->alice, fixture->bob, "bob");
  g_autofree char *two = call_and_cancel (fixture->alice, fixture->bob, "bob");

  check_refused (fixture->alice, "bob", AHOY_ERROR_TOO_FREQUENT);
}

#define ADD(name, config, function) g_test_add ("/engine/" name, Fixture, config, set_up, function, tear_down)
#define ALWAYS "[server]\nseveral-devices=always\n[limits]\ninvites-per-minute=1000\nmessages-per-second=1000\n"
#define NEVER "[server]\nseveral-devices=never\n"
#define TWO_INVITES "[limits]\ninvites-per-minute=2\n"

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  ADD ("account/groups", NULL, test_groups);
  ADD ("account/group-call", NULL, test_group_call);
  ADD ("account/blocked", ALWAYS, test_blocked);
  ADD ("account/devices", NULL, test_devices);
  ADD ("account/devices-never", NEVER, test_devices_never);
  ADD ("account/veto", NULL, test_veto);
  ADD ("account/option-limits", NULL, test_option_limits);
  ADD ("account/options", NULL, test_options);
  ADD ("account/history", NULL, test_history);
  ADD ("account/numbers", NULL, test_numbers);
  ADD ("account/too-often", TWO_INVITES, test_too_often);
  return g_test_run ();
}
