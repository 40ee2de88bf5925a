/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "ahoy-call-private.h"
#include "ahoy-engine-private.h"
#include "engine-fixture.h"

/* Calls of two engines with real media over a real server. */

#define RING_MS 5000
#define CONNECT_MS 10000

typedef struct
{
  AhoyTestServer *server;
  AhoyEngine *alice;
  AhoyEngine *bob;
} Fixture;

static void
set_up (Fixture       *fixture,
        gconstpointer  data)
{
  fixture->server = ahoy_test_server_new (NULL);
  fixture->alice = engine_new_online (fixture->server, "alice", "device-a");
  fixture->bob = engine_new_online (fixture->server, "bob", "device-b");
}

static void
tear_down (Fixture       *fixture,
           gconstpointer  data)
{
  engine_free (fixture->alice);
  engine_free (fixture->bob);
  ahoy_test_server_free (fixture->server);
}

static gboolean
has_record (gpointer data)
{
  g_autoptr (GPtrArray) records = engine_query (data);

  return records->len > 0;
}

/* Both histories have one line that says the same. */
static void
check_records (Fixture       *fixture,
               AhoyEndReason  reason,
               AhoyCallResult bobs_result)
{
  g_autoptr (GPtrArray) alices = NULL;
  g_autoptr (GPtrArray) bobs = NULL;
  AhoyRecord *one, *other;

  ahoy_test_wait (has_record, fixture->alice, 5000, "the caller's record");
  ahoy_test_wait (has_record, fixture->bob, 5000, "the called one's record");
  alices = engine_query (fixture->alice);
  bobs = engine_query (fixture->bob);
  g_assert_cmpuint (alices->len, ==, 1);
  g_assert_cmpuint (bobs->len, ==, 1);
  one = g_ptr_array_index (alices, 0);
  other = g_ptr_array_index (bobs, 0);
  g_assert_cmpstr (ahoy_record_get_call_id (one), ==, ahoy_record_get_call_id (other));
  g_assert_cmpint (ahoy_record_get_reason (one), ==, reason);
  g_assert_cmpint (ahoy_record_get_reason (other), ==, reason);
  g_assert_cmpuint (ahoy_record_get_duration (one), ==, ahoy_record_get_duration (other));
  g_assert_cmpint (ahoy_record_get_role (one), ==, AHOY_CALL_ROLE_CALLER);
  g_assert_cmpint (ahoy_record_get_role (other), ==, AHOY_CALL_ROLE_CALLED);
  g_assert_cmpint (ahoy_record_get_result (one), ==, AHOY_CALL_RESULT_OUTGOING);
  g_assert_cmpint (ahoy_record_get_result (other), ==, bobs_result);
  g_assert_cmpstr (ahoy_user_get_id (ahoy_record_get_peer (one)), ==, "bob");
  g_assert_cmpstr (ahoy_user_get_id (ahoy_record_get_peer (other)), ==, "alice");
}

static void
check_end (AhoyCall      *call,
           AhoyEndReason  reason)
{
  call_await_state (call, AHOY_CALL_ENDED, 5000);
  g_assert_cmpint (ahoy_call_get_end_reason (call), ==, reason);
}

static gboolean
lasts_a_second (gpointer data)
{
  return ahoy_call_get_duration (data) >= 1;
}

static gboolean
camera_is_off (gpointer data)
{
  return !ahoy_participant_get_camera_on (data);
}

static gboolean
is_ringing (gpointer data)
{
  return ahoy_call_get_state (data) == AHOY_CALL_RINGING;
}

static void
on_added_slowly (AhoyEngine *engine,
                 AhoyCall   *call,
                 AhoyCall   *placed)
{
  ahoy_test_wait (is_ringing, placed, RING_MS, "the caller to hear of the ringing while a window is being built");
}

/* What a program builds for an incoming call does not keep the caller waiting. */
static void
test_ringing_first (Fixture       *fixture,
                    gconstpointer  data)
{
  g_autoptr (AhoyCall) placed = NULL;
  g_autoptr (AhoyCall) incoming = NULL;

  placed = engine_place (fixture->alice, "bob", AHOY_CALL_MEDIA_AUDIO, 30);
  g_signal_connect (fixture->bob, "call-added", G_CALLBACK (on_added_slowly), placed);
  incoming = engine_await_incoming (fixture->bob);
  call_hang_up (placed);
  check_end (incoming, AHOY_END_REASON_CANCELED);
}

static void
test_answer (Fixture       *fixture,
             gconstpointer  data)
{
  g_autoptr (AhoyCall) placed = NULL;
  g_autoptr (AhoyCall) incoming = NULL;
  g_autoptr (GError) error = NULL;

  if (data)
    engine_add_contact (fixture->bob, "alice");
  placed = engine_place (fixture->alice, "bob", AHOY_CALL_MEDIA_VIDEO, 30);
  incoming = engine_await_incoming (fixture->bob);
  g_assert_cmpint (ahoy_call_get_role (incoming), ==, AHOY_CALL_ROLE_CALLED);
  g_assert_cmpint (ahoy_call_get_media (incoming), ==, AHOY_CALL_MEDIA_VIDEO);
  g_assert_cmpstr (ahoy_user_get_id (ahoy_call_get_inviter (incoming)), ==, "alice");
  call_await_state (placed, AHOY_CALL_RINGING, RING_MS);
  g_assert_cmpstr (ahoy_call_get_id (placed), ==, ahoy_call_get_id (incoming));

  /* Not one picture before the answer. */
  g_assert_cmpuint (call_count_frames (placed), ==, 0);
  g_assert_cmpuint (call_count_frames (incoming), ==, 0);
  error = call_accept (incoming);
  g_assert_no_error (error);
  call_await_state (placed, AHOY_CALL_ACTIVE, CONNECT_MS);
  call_await_state (incoming, AHOY_CALL_ACTIVE, CONNECT_MS);
  call_await_frames (placed, 15);
  call_await_frames (incoming, 15);

  ahoy_call_set_camera_on (placed, FALSE);
  ahoy_test_wait (camera_is_off, ahoy_call_get_peer (incoming), 5000, "the news that the camera is off");
  ahoy_test_wait (lasts_a_second, placed, 5000, "the timer of the caller");
  ahoy_test_wait (lasts_a_second, incoming, 5000, "the timer of the called one");

  call_hang_up (placed);
  check_end (placed, AHOY_END_REASON_HANG_UP);
  check_end (incoming, AHOY_END_REASON_HANG_UP);
  g_assert_cmpstr (ahoy_user_get_id (ahoy_call_get_ended_by (incoming)), ==, "alice");
  g_assert_null (ahoy_engine_get_current_call (fixture->alice));
  check_records (fixture, AHOY_END_REASON_HANG_UP, AHOY_CALL_RESULT_INCOMING);
}

static void
test_audio (Fixture       *fixture,
            gconstpointer  data)
{
  g_autoptr (AhoyCall) placed = engine_place (fixture->alice, "bob", AHOY_CALL_MEDIA_AUDIO, 30);
  g_autoptr (AhoyCall) incoming = engine_await_incoming (fixture->bob);
  g_autoptr (GError) error = call_accept (incoming);

  g_assert_no_error (error);
  g_assert_false (ahoy_call_get_camera_on (placed));
  g_assert_false (ahoy_call_get_camera_on (incoming));
  call_await_state (placed, AHOY_CALL_ACTIVE, CONNECT_MS);
  call_await_state (incoming, AHOY_CALL_ACTIVE, CONNECT_MS);
  /* A picture can be added to a call without one. */
  ahoy_call_set_camera_on (placed, TRUE);
  call_await_frames (incoming, 10);
  call_hang_up (incoming);
  check_end (placed, AHOY_END_REASON_HANG_UP);
}

static void
test_reject (Fixture       *fixture,
             gconstpointer  data)
{
  g_autoptr (AhoyCall) placed = engine_place (fixture->alice, "bob", AHOY_CALL_MEDIA_AUDIO, 30);
  g_autoptr (AhoyCall) incoming = engine_await_incoming (fixture->bob);

  ahoy_call_reject_async (incoming, NULL, NULL, NULL);
  check_end (incoming, AHOY_END_REASON_REJECT);
  check_end (placed, AHOY_END_REASON_REJECT);
  check_records (fixture, AHOY_END_REASON_REJECT, AHOY_CALL_RESULT_INCOMING);
}

/* The caller hangs up and the called one answers, before either has heard of the other. Whichever was first at the
 * server, both sides and both records tell the same. */
static void
test_accept_and_cancel (Fixture       *fixture,
                        gconstpointer  data)
{
  g_autoptr (AhoyCall) placed = engine_place (fixture->alice, "bob", AHOY_CALL_MEDIA_VIDEO, 30);
  g_autoptr (AhoyCall) incoming = engine_await_incoming (fixture->bob);
  g_autoptr (GPtrArray) records = NULL;
  AhoyEndReason reason;

  call_await_state (placed, AHOY_CALL_RINGING, RING_MS);
  g_assert_true (ahoy_media_get_camera_on (ahoy_engine_get_media (fixture->alice)));
  if (data)
    {
      ahoy_call_accept_async (incoming, FALSE, NULL, NULL, NULL);
      ahoy_call_hang_up_async (placed, NULL, NULL, NULL);
    }
  else
    {
      ahoy_call_hang_up_async (placed, NULL, NULL, NULL);
      ahoy_call_accept_async (incoming, FALSE, NULL, NULL, NULL);
    }
  /* It is not known yet what became of it, but nobody is seen any more. */
  g_assert_cmpint (ahoy_call_get_state (placed), ==, AHOY_CALL_RINGING);
  g_assert_false (ahoy_media_get_camera_on (ahoy_engine_get_media (fixture->alice)));
  call_await_state (placed, AHOY_CALL_ENDED, 5000);
  call_await_state (incoming, AHOY_CALL_ENDED, 5000);
  reason = ahoy_call_get_end_reason (placed);
  g_assert_true (reason == AHOY_END_REASON_CANCELED || reason == AHOY_END_REASON_HANG_UP);
  g_assert_cmpint (ahoy_call_get_end_reason (incoming), ==, reason);
  ahoy_test_wait (has_record, fixture->alice, 5000, "the caller's record");
  records = engine_query (fixture->alice);
  g_assert_cmpint (ahoy_record_get_reason (g_ptr_array_index (records, 0)), ==, reason);
}

static void
test_ignore (Fixture       *fixture,
             gconstpointer  data)
{
  g_autoptr (AhoyCall) placed = engine_place (fixture->alice, "bob", AHOY_CALL_MEDIA_AUDIO, 30);
  g_autoptr (AhoyCall) incoming = engine_await_incoming (fixture->bob);

  ahoy_call_ignore_async (incoming, NULL, NULL, NULL);
  check_end (incoming, AHOY_END_REASON_LINE_BUSY);
  check_end (placed, AHOY_END_REASON_LINE_BUSY);
}

static void
test_cancel (Fixture       *fixture,
             gconstpointer  data)
{
  g_autoptr (AhoyCall) placed = engine_place (fixture->alice, "bob", AHOY_CALL_MEDIA_AUDIO, 30);
  g_autoptr (AhoyCall) incoming = engine_await_incoming (fixture->bob);

  call_hang_up (placed);
  check_end (placed, AHOY_END_REASON_CANCELED);
  check_end (incoming, AHOY_END_REASON_CANCELED);
  check_records (fixture, AHOY_END_REASON_CANCELED, AHOY_CALL_RESULT_MISSED);
}

/* Hung up before the server has answered the invitation. */
static void
test_cancel_early (Fixture       *fixture,
                   gconstpointer  data)
{
  g_autoptr (AhoyCall) placed = engine_place (fixture->alice, "bob", AHOY_CALL_MEDIA_AUDIO, 30);

  g_assert_null (ahoy_call_get_id (placed));
  call_hang_up (placed);
  check_records (fixture, AHOY_END_REASON_CANCELED, AHOY_CALL_RESULT_MISSED);
  g_assert_null (ahoy_engine_get_current_call (fixture->bob));
}

static void
test_no_answer (Fixture       *fixture,
                gconstpointer  data)
{
  g_autoptr (AhoyCall) placed = engine_place (fixture->alice, "bob", AHOY_CALL_MEDIA_AUDIO, 10);
  g_autoptr (AhoyCall) incoming = engine_await_incoming (fixture->bob);

  call_await_state (placed, AHOY_CALL_RINGING, RING_MS);
  call_await_state (placed, AHOY_CALL_ENDED, 13000);
  check_end (placed, AHOY_END_REASON_NO_RESPONSE);
  check_end (incoming, AHOY_END_REASON_NO_RESPONSE);
  check_records (fixture, AHOY_END_REASON_NO_RESPONSE, AHOY_CALL_RESULT_MISSED);
}

static void
test_busy (Fixture       *fixture,
           gconstpointer  data)
{
  AhoyEngine *carol = engine_new_online (fixture->server, "carol", "device-c");
  g_autoptr (AhoyCall) placed = engine_place (fixture->alice, "bob", AHOY_CALL_MEDIA_AUDIO, 30);
  g_autoptr (AhoyCall) incoming = engine_await_incoming (fixture->bob);
  g_autoptr (AhoyCall) third = engine_place (carol, "bob", AHOY_CALL_MEDIA_AUDIO, 30);

  check_end (third, AHOY_END_REASON_LINE_BUSY);
  g_assert_cmpint (ahoy_call_get_state (incoming), ==, AHOY_CALL_INCOMING);
  call_hang_up (placed);
  check_end (incoming, AHOY_END_REASON_CANCELED);
  g_clear_object (&third);
  engine_free (carol);
}

/* Both dial at the same moment: one call, accepted on both sides. */
static void
test_glare (Fixture       *fixture,
            gconstpointer  data)
{
  g_autoptr (AhoyCall) one = engine_place (fixture->alice, "bob", AHOY_CALL_MEDIA_VIDEO, 30);
  g_autoptr (AhoyCall) other = engine_place (fixture->bob, "alice", AHOY_CALL_MEDIA_VIDEO, 30);

  call_await_state (one, AHOY_CALL_ACTIVE, CONNECT_MS);
  call_await_state (other, AHOY_CALL_ACTIVE, CONNECT_MS);
  g_assert_cmpstr (ahoy_call_get_id (one), ==, ahoy_call_get_id (other));
  g_assert_cmpint (ahoy_call_get_role (one), !=, ahoy_call_get_role (other));
  g_assert_cmpuint (g_list_model_get_n_items (ahoy_engine_get_calls (fixture->alice)), ==, 1);
  g_assert_cmpuint (g_list_model_get_n_items (ahoy_engine_get_calls (fixture->bob)), ==, 1);
  call_await_frames (one, 5);
  call_await_frames (other, 5);
  call_hang_up (other);
  check_end (one, AHOY_END_REASON_HANG_UP);
}

/* The slower of two who dial each other hears the ring before the own click: dialling is answering then. */
static void
test_dial_back (Fixture       *fixture,
                gconstpointer  data)
{
  g_autoptr (AhoyCall) placed = engine_place (fixture->alice, "bob", AHOY_CALL_MEDIA_AUDIO, 30);
  g_autoptr (AhoyCall) incoming = engine_await_incoming (fixture->bob);
  const char *ids[] = { "alice", NULL };
  g_autoptr (GError) error = NULL;
  g_autoptr (AhoyCall) dialled = ahoy_engine_place_call (fixture->bob, ids, AHOY_CALL_MEDIA_AUDIO, NULL, &error);

  g_assert_no_error (error);
  g_assert_true (dialled == incoming);
  call_await_state (placed, AHOY_CALL_ACTIVE, CONNECT_MS);
  call_await_state (incoming, AHOY_CALL_ACTIVE, CONNECT_MS);
  call_hang_up (placed);
  check_end (incoming, AHOY_END_REASON_HANG_UP);
}

static void
test_refused (Fixture       *fixture,
              gconstpointer  data)
{
  static const struct
  {
    const char *ids[4];
    AhoyCallMedia media;
    int code;
  } rows[] = {
    { { NULL }, AHOY_CALL_MEDIA_AUDIO, AHOY_ERROR_PARAM_INVALID },
    { { "alice", NULL }, AHOY_CALL_MEDIA_AUDIO, AHOY_ERROR_PARAM_INVALID },
    { { "alice", "alice", NULL }, AHOY_CALL_MEDIA_AUDIO, AHOY_ERROR_PARAM_INVALID },
    { { "", NULL }, AHOY_CALL_MEDIA_AUDIO, AHOY_ERROR_PARAM_INVALID },
    { { "bob", NULL }, AHOY_CALL_MEDIA_UNKNOWN, AHOY_ERROR_PARAM_INVALID },
  };
  g_autoptr (AhoyCall) placed = NULL;
  g_autoptr (GError) error = NULL;
  AhoyEngine *nobody = engine_new ("device-n");

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (AhoyCall) call = NULL;
      g_autoptr (GError) refusal = NULL;

      call = ahoy_engine_place_call (fixture->alice, rows[i].ids, rows[i].media, NULL, &refusal);
      g_assert_error (refusal, AHOY_ERROR, rows[i].code);
      g_assert_null (call);
    }

  g_assert_null (ahoy_engine_place_call (nobody, (const char *const[]) { "bob", NULL }, AHOY_CALL_MEDIA_AUDIO, NULL,
                                         &error));
  g_assert_error (error, AHOY_ERROR, AHOY_ERROR_INIT_FAILED);
  g_clear_error (&error);
  g_assert_finalize_object (nobody);

  placed = ahoy_engine_place_call (fixture->alice, (const char *const[]) { "bob", "alice", "bob", NULL },
                                   AHOY_CALL_MEDIA_AUDIO, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (g_list_model_get_n_items (ahoy_call_get_participants (placed)), ==, 1);
  g_assert_null (ahoy_engine_place_call (fixture->alice, (const char *const[]) { "carol", NULL },
                                         AHOY_CALL_MEDIA_AUDIO, NULL, &error));
  g_assert_error (error, AHOY_ERROR, AHOY_ERROR_REQUEST_REFUSED);
  call_hang_up (placed);
}

static void
test_logout (Fixture       *fixture,
             gconstpointer  data)
{
  g_autoptr (AhoyCall) placed = engine_place (fixture->alice, "bob", AHOY_CALL_MEDIA_AUDIO, 30);
  g_autoptr (AhoyCall) incoming = engine_await_incoming (fixture->bob);
  g_autoptr (GError) error = call_accept (incoming);

  g_assert_no_error (error);
  call_await_state (placed, AHOY_CALL_ACTIVE, CONNECT_MS);
  engine_logout (fixture->alice);
  check_end (placed, AHOY_END_REASON_HANG_UP);
  check_end (incoming, AHOY_END_REASON_HANG_UP);
  g_assert_cmpint (ahoy_engine_get_state (fixture->alice), ==, AHOY_ENGINE_SIGNED_OUT);
}

static void
on_reconnecting (AhoyCall   *call,
                 GParamSpec *pspec,
                 gboolean   *seen)
{
  *seen |= ahoy_call_get_state (call) == AHOY_CALL_RECONNECTING;
}

/* One end of the path falls silent, as with a cable that is pulled: another connection is made beside it. */
static void
test_rebuild (Fixture       *fixture,
              gconstpointer  data)
{
  g_autoptr (AhoyCall) placed = engine_place (fixture->alice, "bob", AHOY_CALL_MEDIA_VIDEO, 30);
  g_autoptr (AhoyCall) incoming = engine_await_incoming (fixture->bob);
  g_autoptr (GError) error = call_accept (incoming);
  gboolean by_caller = g_str_equal (data, "caller");
  AhoyCall *silent = by_caller ? placed : incoming;
  AhoyCall *other = by_caller ? incoming : placed;
  AhoyCallLink *link;
  gboolean seen = FALSE;

  g_assert_no_error (error);
  call_await_state (placed, AHOY_CALL_ACTIVE, CONNECT_MS);
  call_await_state (incoming, AHOY_CALL_ACTIVE, CONNECT_MS);
  call_await_frames (placed, 2);
  call_await_frames (incoming, 2);

  g_signal_connect (other, "notify::state", G_CALLBACK (on_reconnecting), &seen);
  link = ahoy_call_peers_find_user (ahoy_call_get_peers (silent), by_caller ? "bob" : "alice");
  ahoy_peer_close (ahoy_call_link_get_peer (link));
  call_await_state (other, AHOY_CALL_RECONNECTING, 6000);
  call_await_state (other, AHOY_CALL_ACTIVE, CONNECT_MS);
  call_await_state (silent, AHOY_CALL_ACTIVE, CONNECT_MS);
  g_assert_true (seen);
  call_await_frames (placed, 10);
  call_await_frames (incoming, 10);
  call_hang_up (placed);
}

static AhoyPeer *
get_peer (AhoyCall   *call,
          const char *user_id)
{
  AhoyCallLink *link = ahoy_call_peers_find_user (ahoy_call_get_peers (call), user_id);

  return ahoy_call_link_get_peer (link);
}

typedef struct
{
  AhoyCall *call;
  const char *user_id;
  gpointer before; /* an address, of what may be gone */
} Path;

static gboolean
is_another (gpointer data)
{
  Path *path = data;
  AhoyPeer *peer = get_peer (path->call, path->user_id);

  return peer && peer != path->before && ahoy_peer_get_state (peer) == AHOY_PEER_CONNECTED;
}

/* The network of one side is another one: a second connection takes over before the first one breaks. */
static void
test_other_network (Fixture       *fixture,
                    gconstpointer  data)
{
  g_autoptr (AhoyCall) placed = engine_place (fixture->alice, "bob", AHOY_CALL_MEDIA_VIDEO, 30);
  g_autoptr (AhoyCall) incoming = engine_await_incoming (fixture->bob);
  g_autoptr (GError) error = call_accept (incoming);
  gboolean seen = FALSE;

  g_assert_no_error (error);
  call_await_state (placed, AHOY_CALL_ACTIVE, CONNECT_MS);
  call_await_state (incoming, AHOY_CALL_ACTIVE, CONNECT_MS);
  g_signal_connect (placed, "notify::state", G_CALLBACK (on_reconnecting), &seen);
  g_signal_connect (incoming, "notify::state", G_CALLBACK (on_reconnecting), &seen);

  for (guint i = 0; i < 2; i++)
    {
      AhoyEngine *engine = i == 0 ? fixture->alice : fixture->bob;
      Path there = { placed, "bob", get_peer (placed, "bob") };
      Path back = { incoming, "alice", get_peer (incoming, "alice") };

      /* Twice at once: what is under way belongs to the network before. */
      g_signal_emit_by_name (engine->network, "changed");
      g_signal_emit_by_name (engine->network, "changed");
      ahoy_test_wait (is_another, &there, 5000, "another connection of the caller");
      ahoy_test_wait (is_another, &back, 5000, "another connection of the called one");
      call_await_frames (placed, 10);
      call_await_frames (incoming, 10);
    }
  g_assert_false (seen);
  g_assert_cmpint (ahoy_engine_get_state (fixture->alice), ==, AHOY_ENGINE_ONLINE);
  call_hang_up (placed);
}

static void
test_echo (Fixture       *fixture,
           gconstpointer  data)
{
  g_autoptr (AhoyCall) placed = NULL;

  ahoy_engine_set_echo (fixture->bob, TRUE);
  placed = engine_place (fixture->alice, "bob", AHOY_CALL_MEDIA_VIDEO, 30);
  call_await_state (placed, AHOY_CALL_ACTIVE, CONNECT_MS);
  call_await_frames (placed, 15);
  call_hang_up (placed);
}

#define ADD(name, function, data) \
  g_test_add ("/engine/" name, Fixture, data, set_up, function, tear_down)

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  ADD ("call/answer", test_answer, NULL);
  ADD ("call/answer-contact", test_answer, "contact");
  ADD ("call/ringing-first", test_ringing_first, NULL);
  ADD ("call/audio", test_audio, NULL);
  ADD ("call/reject", test_reject, NULL);
  ADD ("call/ignore", test_ignore, NULL);
  ADD ("call/cancel", test_cancel, NULL);
  ADD ("call/cancel-early", test_cancel_early, NULL);
  ADD ("call/accept-then-cancel", test_accept_and_cancel, "accept first");
  ADD ("call/cancel-then-accept", test_accept_and_cancel, NULL);
  ADD ("call-long/no-answer", test_no_answer, NULL);
  ADD ("call/busy", test_busy, NULL);
  ADD ("call/glare", test_glare, NULL);
  ADD ("call/dial-back", test_dial_back, NULL);
  ADD ("call/refused", test_refused, NULL);
  ADD ("call/logout", test_logout, NULL);
  ADD ("call-long/rebuild-caller", test_rebuild, "caller");
  ADD ("call-long/rebuild-called", test_rebuild, "called");
  ADD ("call-long/other-network", test_other_network, NULL);
  ADD ("call/echo", test_echo, NULL);
  return g_test_run ();
}
