/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "engine-fixture.h"

#define ANSWER_MS 10000

void
settle (void)
{
  while (g_main_context_iteration (NULL, FALSE))
    ;
}

static gboolean
has_result (gpointer data)
{
  return *(GAsyncResult **) data != NULL;
}

static void
on_result (GObject      *object,
           GAsyncResult *result,
           gpointer      user_data)
{
  *(GAsyncResult **) user_data = g_object_ref (result);
}

AhoyEngine *
engine_new (const char *device_id)
{
  return g_object_new (AHOY_TYPE_ENGINE, "device-id", device_id, NULL);
}

GError *
engine_try_login (AhoyEngine *engine,
                  const char *uri,
                  guint64     app_id,
                  const char *user_id,
                  const char *ticket)
{
  g_autoptr (GAsyncResult) result = NULL;
  GError *error = NULL;

  ahoy_engine_login_async (engine, uri, app_id, user_id, ticket, NULL, on_result, &result);
  ahoy_test_wait (has_result, &result, ANSWER_MS, "the end of signing in");
  ahoy_engine_login_finish (engine, result, &error);
  return error;
}

AhoyEngine *
engine_new_online (AhoyTestServer *server,
                   const char     *user_id,
                   const char     *device_id)
{
  AhoyEngine *engine = engine_new (device_id);
  g_autofree char *ticket = ahoy_test_server_user_sig (server, user_id, 600);
  g_autoptr (GError) error = NULL;

  error = engine_try_login (engine, ahoy_test_server_get_uri (server), ahoy_test_server_get_app_id (server),
                            user_id, ticket);
  g_assert_no_error (error);
  g_assert_cmpint (ahoy_engine_get_state (engine), ==, AHOY_ENGINE_ONLINE);
  return engine;
}

void
engine_logout (AhoyEngine *engine)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  ahoy_engine_logout_async (engine, NULL, on_result, &result);
  ahoy_test_wait (has_result, &result, ANSWER_MS, "the end of signing out");
  g_assert_true (ahoy_engine_logout_finish (engine, result, &error));
  g_assert_no_error (error);
}

void
engine_free (AhoyEngine *engine)
{
  engine_logout (engine);
  settle ();
  g_assert_finalize_object (engine);
}

void
engine_add_contact (AhoyEngine *engine,
                    const char *user_id)
{
  AhoyContacts *contacts = ahoy_engine_get_contacts (engine);
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  ahoy_contacts_set_async (contacts, user_id, NULL, -1, NULL, on_result, &result);
  ahoy_test_wait (has_result, &result, ANSWER_MS, "a contact to be stored");
  g_assert_true (ahoy_contacts_set_finish (contacts, result, &error));
  g_assert_no_error (error);
}

GPtrArray *
engine_query (AhoyEngine *engine)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  GPtrArray *records;

  ahoy_engine_query_history_async (engine, AHOY_CALL_RESULT_UNKNOWN, NULL, 50, NULL, on_result, &result);
  ahoy_test_wait (has_result, &result, ANSWER_MS, "the history");
  records = ahoy_engine_query_history_finish (engine, result, NULL, &error);
  g_assert_no_error (error);
  return records;
}

AhoyCall *
engine_place (AhoyEngine    *engine,
              const char    *user_id,
              AhoyCallMedia  media,
              guint          timeout_s)
{
  g_autoptr (AhoyCallOptions) options = ahoy_call_options_new ();
  g_autoptr (GError) error = NULL;
  AhoyCall *call;

  ahoy_call_options_set_timeout (options, timeout_s);
  call = ahoy_engine_place_call (engine, (const char *const[]) { user_id, NULL }, media, options, &error);
  g_assert_no_error (error);
  g_assert_cmpint (ahoy_call_get_state (call), ==, AHOY_CALL_CALLING);
  return call;
}

static gboolean
rings (gpointer data)
{
  AhoyCall *call = ahoy_engine_get_current_call (data);

  return call && ahoy_call_get_state (call) == AHOY_CALL_INCOMING;
}

AhoyCall *
engine_await_incoming (AhoyEngine *engine)
{
  ahoy_test_wait (rings, engine, ANSWER_MS, "an incoming call");
  return g_object_ref (ahoy_engine_get_current_call (engine));
}

typedef struct
{
  AhoyCall *call;
  AhoyCallState state;
} Awaited;

static gboolean
is_in_state (gpointer data)
{
  Awaited *awaited = data;

  return ahoy_call_get_state (awaited->call) == awaited->state;
}

void
call_await_state (AhoyCall      *call,
                  AhoyCallState  state,
                  guint          timeout_ms)
{
  Awaited awaited = { call, state };
  g_autofree char *what = g_strdup_printf ("call state %d", state);

  ahoy_test_wait (is_in_state, &awaited, timeout_ms, what);
}

GError *
call_accept (AhoyCall *call)
{
  g_autoptr (GAsyncResult) result = NULL;
  GError *error = NULL;

  ahoy_call_accept_async (call, TRUE, NULL, on_result, &result);
  ahoy_test_wait (has_result, &result, ANSWER_MS, "the answer to accepting");
  ahoy_call_accept_finish (call, result, &error);
  return error;
}

void
call_hang_up (AhoyCall *call)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  ahoy_call_hang_up_async (call, NULL, on_result, &result);
  g_assert_cmpint (ahoy_call_get_state (call), ==, AHOY_CALL_ENDED);
  ahoy_test_wait (has_result, &result, ANSWER_MS, "the answer to hanging up");
  g_assert_true (ahoy_call_hang_up_finish (call, result, &error));
  g_assert_no_error (error);
}

guint64
call_count_frames (AhoyCall *call)
{
  AhoyParticipant *peer = ahoy_call_get_peer (call);
  AhoyVideoTrack *track = peer ? ahoy_participant_get_video_track (peer) : NULL;

  return track ? ahoy_video_track_get_frame_count (track) : 0;
}

typedef struct
{
  AhoyCall *call;
  guint64 target;
} Frames;

static gboolean
has_frames (gpointer data)
{
  Frames *frames = data;

  return call_count_frames (frames->call) >= frames->target;
}

void
call_await_frames (AhoyCall *call,
                   guint     more)
{
  AhoyVideoTrack *track = ahoy_participant_get_video_track (ahoy_call_get_peer (call));
  Frames frames = { call, call_count_frames (call) + more };

  g_assert_nonnull (track);
  ahoy_video_track_watch (track, AHOY_PIXEL_FORMAT_BGRX);
  ahoy_test_wait (has_frames, &frames, 15000, "pictures of the other side");
  ahoy_video_track_unwatch (track);
}
