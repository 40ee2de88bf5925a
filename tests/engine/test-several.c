/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "ahoy-call-private.h"
#include "ahoy-test-client.h"
#include "engine-fixture.h"

/* Calls of several people with real media over a real server. */

#define CONNECT_MS 15000

typedef struct
{
  AhoyTestServer *server;
  AhoyEngine *alice, *bob, *carol, *dave;
} Fixture;

static void
set_up (Fixture       *fixture,
        gconstpointer  data)
{
  fixture->server = ahoy_test_server_new (NULL);
  fixture->alice = engine_new_online (fixture->server, "alice", "device-a");
  fixture->bob = engine_new_online (fixture->server, "bob", "device-b");
  fixture->carol = engine_new_online (fixture->server, "carol", "device-c");
  fixture->dave = engine_new_online (fixture->server, "dave", "device-d");
}

static void
tear_down (Fixture       *fixture,
           gconstpointer  data)
{
  engine_free (fixture->alice);
  engine_free (fixture->bob);
  engine_free (fixture->carol);
  engine_free (fixture->dave);
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

/* A call of alice with those two, all in it. */
static AhoyCall *
begin_three (Fixture       *fixture,
             AhoyCallMedia  media,
             AhoyCall     **bobs,
             AhoyCall     **carols)
{
  AhoyCall *call = engine_place_many (fixture->alice, "bob carol", media, NULL);

  *bobs = engine_await_incoming (fixture->bob);
  *carols = engine_await_incoming (fixture->carol);
  accept (*bobs);
  accept (*carols);
  call_await_people (call, "bob+ carol+");
  call_await_people (*bobs, "alice+ carol+");
  call_await_people (*carols, "alice+ bob+");
  return call;
}

/* Four people, of whom one declines; they come and go, and whoever is in it hears and sees all who are. */
static void
test_mesh (Fixture       *fixture,
           gconstpointer  data)
{
  g_autoptr (AhoyCall) alices = engine_place_many (fixture->alice, "bob carol dave", AHOY_CALL_MEDIA_VIDEO, NULL);
  g_autoptr (CallLog) log = call_log_new (alices);
  g_autoptr (AhoyCall) bobs = engine_await_incoming (fixture->bob);
  g_autoptr (AhoyCall) carols = engine_await_incoming (fixture->carol);
  g_autoptr (AhoyCall) daves = engine_await_incoming (fixture->dave);
  g_autoptr (CallLog) bobs_log = call_log_new (bobs);
  int code;

  g_assert_cmpint (ahoy_call_get_scene (bobs), ==, AHOY_CALL_SCENE_MULTI);
  call_await_people (bobs, "alice+ carol? dave?");
  accept (carols);
  call_await_state (alices, AHOY_CALL_ACTIVE, CONNECT_MS);
  call_await_state (carols, AHOY_CALL_ACTIVE, CONNECT_MS);
  g_assert_cmpint (ahoy_call_get_state (bobs), ==, AHOY_CALL_INCOMING);
  call_log_await (log, "audio carol 1");
  call_log_assert (log, "begin, user-joined carol, video carol 1, audio carol 1");

  ahoy_call_reject_async (daves, NULL, NULL, NULL);
  check_end (daves, AHOY_END_REASON_REJECT);
  call_log_await (log, "user-rejected dave");
  call_log_await (bobs_log, "user-rejected dave");
  call_await_people (alices, "bob? carol+");
  accept (bobs);
  call_await_state (bobs, AHOY_CALL_ACTIVE, CONNECT_MS);
  call_log_await (bobs_log, "begin");
  call_await_media_of (alices, "bob carol");
  call_await_media_of (bobs, "alice carol");
  call_await_media_of (carols, "alice bob");

  /* Who began it leaves, and it goes on. */
  call_log_clear (bobs_log);
  call_hang_up (alices);
  call_await_people (bobs, "carol+");
  call_await_people (carols, "bob+");
  call_log_assert (bobs_log, "user-left alice");
  g_assert_cmpint (ahoy_call_get_state (bobs), ==, AHOY_CALL_ACTIVE);

  /* And comes back, with the same device and so another entry. */
  g_clear_pointer (&log, call_log_free);
  g_object_unref (alices);
  alices = engine_join (fixture->alice, ahoy_call_get_id (bobs), &code);
  g_assert_cmpint (code, ==, 0);
  log = call_log_new (alices);
  call_await_state (alices, AHOY_CALL_ACTIVE, CONNECT_MS);
  g_assert_false (ahoy_call_get_camera_on (alices));
  ahoy_call_set_camera_on (alices, TRUE);
  call_await_media_of (alices, "bob carol");
  call_await_media_of (bobs, "alice carol");
  call_await_media_of (carols, "alice bob");
  call_log_await (bobs_log, "video alice 1");

  call_hang_up (carols);
  call_await_people (alices, "bob+");
  call_hang_up (bobs);
  check_end (alices, AHOY_END_REASON_HANG_UP);
  call_log_assert (log, "user-left carol, user-left bob, ended");
  check_end (bobs, AHOY_END_REASON_HANG_UP);
}

/* A call of two grows; whoever is in it invites, and only some may take an invitation back. */
static void
test_invite (Fixture       *fixture,
             gconstpointer  data)
{
  g_autoptr (AhoyCall) alices = engine_place (fixture->alice, "bob", AHOY_CALL_MEDIA_AUDIO, 30);
  g_autoptr (AhoyCall) bobs = engine_await_incoming (fixture->bob);
  g_autoptr (CallLog) log = call_log_new (alices);
  g_autoptr (AhoyCall) carols = NULL;
  g_autoptr (AhoyCall) daves = NULL;
  g_autofree char *invited = NULL;
  g_autofree char *again = NULL;
  g_autofree char *nobody = NULL;
  int code;

  nobody = call_invite (bobs, "carol", &code);
  g_assert_cmpint (code, ==, AHOY_ERROR_REQUEST_REFUSED);
  accept (bobs);
  call_await_state (alices, AHOY_CALL_ACTIVE, CONNECT_MS);
  g_assert_cmpint (ahoy_call_get_scene (alices), ==, AHOY_CALL_SCENE_SINGLE);

  invited = call_invite (bobs, "carol alice bob carol", &code);
  g_assert_cmpint (code, ==, 0);
  g_assert_cmpstr (invited, ==, "carol");
  call_log_await (log, "user-inviting carol");
  g_assert_cmpint (ahoy_call_get_scene (alices), ==, AHOY_CALL_SCENE_MULTI);
  carols = engine_await_incoming (fixture->carol);
  call_await_people (carols, "alice+ bob+");
  accept (carols);
  call_log_await (log, "user-joined carol");
  call_await_state (carols, AHOY_CALL_ACTIVE, CONNECT_MS);

  /* Carol invites dave: bob may not take that back, alice, who began the call, may. */
  again = call_invite (carols, "dave", &code);
  g_assert_cmpstr (again, ==, "dave");
  daves = engine_await_incoming (fixture->dave);
  call_await_people (bobs, "alice+ carol+ dave?");
  call_await_people (alices, "bob+ carol+ dave?");
  g_assert_cmpint (call_cancel_invitation (bobs, "dave"), ==, AHOY_ERROR_REQUEST_REFUSED);
  g_assert_cmpint (call_cancel_invitation (alices, "carol"), ==, AHOY_ERROR_REQUEST_REFUSED);
  g_assert_cmpint (call_cancel_invitation (alices, "dave"), ==, 0);
  check_end (daves, AHOY_END_REASON_CANCELED);
  call_await_people (bobs, "alice+ carol+");
  g_assert_cmpint (ahoy_call_get_state (alices), ==, AHOY_CALL_ACTIVE);
  call_hang_up (alices);
  call_hang_up (bobs);
  check_end (carols, AHOY_END_REASON_HANG_UP);
}

/* The call goes on with one who waits for another, without anything to be mended. */
static void
test_alone (Fixture       *fixture,
            gconstpointer  data)
{
  g_autoptr (AhoyCall) alices = engine_place_many (fixture->alice, "bob carol", AHOY_CALL_MEDIA_AUDIO, NULL);
  g_autoptr (AhoyCall) bobs = engine_await_incoming (fixture->bob);
  g_autoptr (AhoyCall) carols = engine_await_incoming (fixture->carol);
  g_autoptr (CallLog) log = call_log_new (alices);

  accept (bobs);
  call_await_state (alices, AHOY_CALL_ACTIVE, CONNECT_MS);
  call_hang_up (bobs);
  call_await_people (alices, "carol?");
  g_assert_cmpint (ahoy_call_get_state (alices), ==, AHOY_CALL_CONNECTING);
  accept (carols);
  call_await_state (alices, AHOY_CALL_ACTIVE, CONNECT_MS);
  call_hang_up (carols);
  check_end (alices, AHOY_END_REASON_HANG_UP);
  call_log_assert (log, "begin, user-joined bob, audio bob 1, user-left bob, user-joined carol, audio carol 1, "
                        "user-left carol, ended");
}

/* Nobody comes: what the caller is told, and in which order. */
static void
test_nobody (Fixture       *fixture,
             gconstpointer  data)
{
  g_autoptr (AhoyCall) alices = engine_place_many (fixture->alice, "bob carol", AHOY_CALL_MEDIA_AUDIO, NULL);
  g_autoptr (AhoyCall) bobs = engine_await_incoming (fixture->bob);
  g_autoptr (AhoyCall) carols = engine_await_incoming (fixture->carol);
  g_autoptr (CallLog) log = call_log_new (alices);
  g_autoptr (CallLog) bobs_log = call_log_new (bobs);
  g_autoptr (CallLog) carols_log = call_log_new (carols);

  ahoy_call_ignore_async (bobs, NULL, NULL, NULL);
  call_log_await (log, "user-busy bob");
  call_await_people (alices, "carol?");
  ahoy_call_reject_async (carols, NULL, NULL, NULL);
  check_end (alices, AHOY_END_REASON_REJECT);
  call_log_assert (log, "user-busy bob, not-connected 2 alice, user-rejected carol, ended");
  call_log_assert (bobs_log, "not-connected 5 bob, ended");
  call_log_assert (carols_log, "not-connected 2 carol, ended");
}

/* What a call of two tells each side for each way in which it may fail. */
static void
test_not_connected (Fixture       *fixture,
                    gconstpointer  data)
{
  static const struct
  {
    const char *what;
    const char *callers;
    const char *called;
  } rows[] = {
    { "cancel", "not-connected 6 alice, ended", "not-connected 6 alice, ended" },
    { "reject", "not-connected 2 alice, user-rejected bob, ended", "not-connected 2 bob, ended" },
    { "ignore", "not-connected 5 alice, user-busy bob, ended", "not-connected 5 bob, ended" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (AhoyCall) placed = engine_place (fixture->alice, "bob", AHOY_CALL_MEDIA_AUDIO, 30);
      g_autoptr (AhoyCall) incoming = engine_await_incoming (fixture->bob);
      g_autoptr (CallLog) callers = call_log_new (placed);
      g_autoptr (CallLog) called = call_log_new (incoming);

      g_test_message ("%s", rows[i].what);
      if (g_str_equal (rows[i].what, "cancel"))
        call_hang_up (placed);
      else if (g_str_equal (rows[i].what, "reject"))
        ahoy_call_reject_async (incoming, NULL, NULL, NULL);
      else
        ahoy_call_ignore_async (incoming, NULL, NULL, NULL);
      call_await_state (placed, AHOY_CALL_ENDED, 5000);
      call_await_state (incoming, AHOY_CALL_ENDED, 5000);
      call_log_assert (callers, rows[i].callers);
      call_log_assert (called, rows[i].called);
    }
}

static gboolean
is_full (gpointer data)
{
  GListModel *model = ahoy_call_get_participants (data);

  return g_list_model_get_n_items (model) == 8;
}

/* Nine people fit into a call, a tenth does not, by whatever way. */
static void
test_tenth (Fixture       *fixture,
            gconstpointer  data)
{
  g_autoptr (GPtrArray) clients = g_ptr_array_new_with_free_func ((GDestroyNotify) ahoy_test_client_free);
  g_autoptr (AhoyCall) alices = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *invited = NULL;
  const char *nine[] = { "m1", "m2", "m3", "m4", "m5", "m6", "m7", "m8", "m9", NULL };
  int code;

  for (guint i = 1; i <= 8; i++)
    {
      g_autofree char *user = g_strdup_printf ("m%u", i);

      g_ptr_array_add (clients, ahoy_test_client_new (fixture->server, user, NULL));
    }
  g_assert_null (ahoy_engine_place_call (fixture->alice, nine, AHOY_CALL_MEDIA_AUDIO, NULL, &error));
  g_assert_error (error, AHOY_ERROR, AHOY_ERROR_PARAM_INVALID);

  alices = engine_place_many (fixture->alice, "m1 m2 m3 m4 m5 m6 m7 m8", AHOY_CALL_MEDIA_AUDIO, NULL);
  for (guint i = 0; i < clients->len; i++)
    {
      g_autoptr (JsonObject) incoming = ahoy_test_client_wait_push (g_ptr_array_index (clients, i), "call.incoming");
      g_autoptr (JsonObject) answer = NULL;

      answer = ahoy_test_client_request (g_ptr_array_index (clients, i), "call.accept", "{\"call\":\"%s\"}",
                                         json_object_get_string_member (incoming, "call"));
    }
  ahoy_test_wait (is_full, alices, 5000, "nine people");
  g_assert_null (engine_join (fixture->bob, ahoy_call_get_id (alices), &code));
  g_assert_cmpint (code, ==, AHOY_ERROR_PARAM_INVALID);
  g_assert_null (ahoy_engine_get_current_call (fixture->bob));
  invited = call_invite (alices, "bob", &code);
  g_assert_cmpint (code, ==, AHOY_ERROR_PARAM_INVALID);
  call_hang_up (alices);
}

static gboolean
is_camera_off (gpointer data)
{
  return !ahoy_call_get_camera_on (data);
}

static void
test_switch (Fixture       *fixture,
             gconstpointer  data)
{
  g_autoptr (AhoyCall) alices = engine_place (fixture->alice, "bob", AHOY_CALL_MEDIA_VIDEO, 30);
  g_autoptr (AhoyCall) bobs = engine_await_incoming (fixture->bob);
  g_autoptr (CallLog) log = call_log_new (alices);
  g_autoptr (CallLog) bobs_log = call_log_new (bobs);
  g_autofree char *invited = NULL;
  int code;

  g_assert_cmpint (call_switch_media (alices, AHOY_CALL_MEDIA_AUDIO), ==, AHOY_ERROR_REQUEST_REFUSED);
  accept (bobs);
  call_await_state (alices, AHOY_CALL_ACTIVE, CONNECT_MS);
  call_await_state (bobs, AHOY_CALL_ACTIVE, CONNECT_MS);
  call_await_media_of (alices, "bob");
  g_assert_cmpint (call_switch_media (alices, AHOY_CALL_MEDIA_UNKNOWN), ==, AHOY_ERROR_PARAM_INVALID);

  g_assert_cmpint (call_switch_media (bobs, AHOY_CALL_MEDIA_AUDIO), ==, 0);
  call_log_await (log, "media-changed 2 1");
  call_log_await (bobs_log, "media-changed 2 1");
  ahoy_test_wait (is_camera_off, alices, 5000, "the camera of one side to go off");
  ahoy_test_wait (is_camera_off, bobs, 5000, "the camera of the other side to go off");
  call_log_await (log, "video bob 0");
  g_assert_cmpint (ahoy_call_get_media (alices), ==, AHOY_CALL_MEDIA_AUDIO);

  g_assert_cmpint (call_switch_media (alices, AHOY_CALL_MEDIA_VIDEO), ==, 0);
  call_log_await (bobs_log, "media-changed 1 2");
  g_assert_false (ahoy_call_get_camera_on (alices));
  g_assert_false (ahoy_call_get_camera_on (bobs));
  ahoy_call_set_camera_on (bobs, TRUE);
  call_await_media_of (alices, "bob");

  invited = call_invite (alices, "carol", &code);
  g_assert_cmpint (code, ==, 0);
  g_assert_cmpint (call_switch_media (alices, AHOY_CALL_MEDIA_AUDIO), ==, AHOY_ERROR_SCENE_NOT_SUPPORTED);
  call_hang_up (alices);
}

typedef struct
{
  AhoyCall *call;
  const char *user_id;
  guint64 packets;
  gint64 since;
} Silence;

/* A second without a packet of pictures, while sound goes on. */
static gboolean
is_silent (gpointer data)
{
  Silence *silence = data;
  guint64 packets = call_get_number (silence->call, silence->user_id, "videoPacketsReceived");

  if (packets != silence->packets)
    {
      silence->packets = packets;
      silence->since = g_get_monotonic_time ();
    }
  return g_get_monotonic_time () - silence->since > 2500 * G_TIME_SPAN_MILLISECOND;
}

static gboolean
has_levels (gpointer data)
{
  CallLog *log = data;

  return call_log_count_qualities (log) >= 2 && call_log_get_quality (log, "bob") > 0 &&
         call_log_get_quality (log, "carol") > 0 && call_log_get_quality (log, "alice") > 0;
}

/* A call of dave to two who do not answer for as long as it rings: ten seconds, for which other things are tried. */
static AhoyCall *
begin_unanswered (Fixture        *fixture,
                  AhoyTestClient *erin,
                  AhoyTestClient *frank)
{
  g_autoptr (AhoyCallOptions) options = ahoy_call_options_new ();
  g_autoptr (JsonObject) one = NULL;
  g_autoptr (JsonObject) two = NULL;
  AhoyCall *call;

  ahoy_call_options_set_timeout (options, 10);
  call = engine_place_many (fixture->dave, "erin frank", AHOY_CALL_MEDIA_AUDIO, options);
  one = ahoy_test_client_wait_push (erin, "call.incoming");
  two = ahoy_test_client_wait_push (frank, "call.incoming");
  return call;
}

/* Whom one does not want to see stops sending to that one, and to nobody else; also over a connection that is made
 * anew. Meanwhile everybody's network is rated, the own one as well, and somebody else waits for an answer in vain. */
static void
test_remote_view (Fixture       *fixture,
                  gconstpointer  data)
{
  g_autoptr (AhoyCall) bobs = NULL;
  g_autoptr (AhoyCall) carols = NULL;
  g_autoptr (AhoyCall) alices = begin_three (fixture, AHOY_CALL_MEDIA_VIDEO, &bobs, &carols);
  g_autoptr (CallLog) log = call_log_new (alices);
  g_autoptr (AhoyTestClient) erin = ahoy_test_client_new (fixture->server, "erin", NULL);
  g_autoptr (AhoyTestClient) frank = ahoy_test_client_new (fixture->server, "frank", NULL);
  g_autoptr (AhoyCall) daves = begin_unanswered (fixture, erin, frank);
  g_autoptr (CallLog) daves_log = call_log_new (daves);
  Silence silence = { alices, "bob", 0, g_get_monotonic_time () };
  AhoyCallLink *link;

  call_await_media_of (alices, "bob carol");
  call_await_media_of (carols, "alice bob");
  g_assert_true (ahoy_call_get_remote_view (alices, "bob"));
  ahoy_call_set_remote_view (alices, "bob", FALSE);
  g_assert_false (ahoy_call_get_remote_view (alices, "bob"));
  ahoy_test_wait (is_silent, &silence, 10000, "pictures of bob to stop");
  call_await_media_of (carols, "alice bob");
  call_await_media_of (alices, "carol");

  /* The connection is made anew, and bob remembers. */
  link = ahoy_call_peers_find_user (ahoy_call_get_peers (alices), "bob");
  ahoy_call_link_refresh (link);
  silence.since = g_get_monotonic_time ();
  ahoy_test_wait (is_silent, &silence, 15000, "the new connection to have no pictures");

  ahoy_call_set_remote_view (alices, "bob", TRUE);
  call_await_media_of (alices, "bob");
  ahoy_test_wait (has_levels, log, 5000, "qualities of all three");
  g_assert_cmpint (ahoy_call_get_network_quality (alices), ==, call_log_get_quality (log, "alice"));
  call_hang_up (alices);
  call_hang_up (bobs);
  check_end (carols, AHOY_END_REASON_HANG_UP);

  call_await_state (daves, AHOY_CALL_ENDED, 15000);
  call_log_assert (daves_log, "not-connected 3 dave, user-no-response erin, user-no-response frank, ended");
}

#define ADD(name, function) g_test_add ("/engine/" name, Fixture, NULL, set_up, function, tear_down)

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  ADD ("several/mesh", test_mesh);
  ADD ("several/invite", test_invite);
  ADD ("several/alone", test_alone);
  ADD ("several/nobody", test_nobody);
  ADD ("several/not-connected", test_not_connected);
  ADD ("several/tenth", test_tenth);
  ADD ("several-long/switch", test_switch);
  ADD ("several-long/remote-view", test_remote_view);
  return g_test_run ();
}
