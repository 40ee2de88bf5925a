/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "engine-fixture.h"

#include "ahoy-test-log.h"

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

void
engine_on_result (GObject      *object,
                  GAsyncResult *result,
                  gpointer      user_data)
{
  *(GAsyncResult **) user_data = g_object_ref (result);
}

AhoyEngine *
engine_new (const char *device_id)
{
  ahoy_test_forgive_gstreamer ();
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

  ahoy_engine_login_async (engine, uri, app_id, user_id, ticket, NULL, engine_on_result, &result);
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

  ahoy_engine_logout_async (engine, NULL, engine_on_result, &result);
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

  ahoy_contacts_set_async (contacts, user_id, NULL, -1, NULL, engine_on_result, &result);
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

  ahoy_engine_query_history_async (engine, AHOY_CALL_RESULT_UNKNOWN, NULL, 50, NULL, engine_on_result, &result);
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

  ahoy_call_accept_async (call, TRUE, NULL, engine_on_result, &result);
  ahoy_test_wait (has_result, &result, ANSWER_MS, "the answer to accepting");
  ahoy_call_accept_finish (call, result, &error);
  return error;
}

void
call_hang_up (AhoyCall *call)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  ahoy_call_hang_up_async (call, NULL, engine_on_result, &result);
  ahoy_test_wait (has_result, &result, ANSWER_MS, "the answer to hanging up");
  g_assert_true (ahoy_call_hang_up_finish (call, result, &error));
  g_assert_no_error (error);
  g_assert_cmpint (ahoy_call_get_state (call), ==, AHOY_CALL_ENDED);
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

AhoyCall *
engine_place_many (AhoyEngine      *engine,
                   const char      *ids,
                   AhoyCallMedia    media,
                   AhoyCallOptions *options)
{
  g_auto (GStrv) list = g_strsplit (ids, " ", 0);
  g_autoptr (GError) error = NULL;
  AhoyCall *call;

  call = ahoy_engine_place_call (engine, (const char *const *) list, media, options, &error);
  g_assert_no_error (error);
  return call;
}

void
engine_await_result (GAsyncResult **result)
{
  ahoy_test_wait (has_result, result, ANSWER_MS, "an answer");
}

int
engine_take_code (GError *error)
{
  int code = 0;

  if (error)
    {
      g_assert_cmpuint (error->domain, ==, AHOY_ERROR);
      code = error->code;
    }
  g_clear_error (&error);
  return code;
}

AhoyCall *
engine_join (AhoyEngine *engine,
             const char *call_id,
             int        *code)
{
  g_autoptr (GAsyncResult) result = NULL;
  GError *error = NULL;
  AhoyCall *call;

  ahoy_engine_join_call_async (engine, call_id, NULL, engine_on_result, &result);
  ahoy_test_wait (has_result, &result, ANSWER_MS, "the answer to joining");
  call = ahoy_engine_join_call_finish (engine, result, &error);
  *code = engine_take_code (error);
  return call;
}

AhoyCall *
engine_join_group (AhoyEngine *engine,
                   const char *group_id,
                   int        *code)
{
  g_autoptr (GAsyncResult) result = NULL;
  GError *error = NULL;
  AhoyCall *call;

  ahoy_engine_join_group_async (engine, group_id, NULL, engine_on_result, &result);
  ahoy_test_wait (has_result, &result, ANSWER_MS, "the answer to joining a group");
  call = ahoy_engine_join_group_finish (engine, result, &error);
  *code = engine_take_code (error);
  return call;
}

AhoyCall *
engine_take_over (AhoyEngine *engine,
                  const char *call_id,
                  int        *code)
{
  g_autoptr (GAsyncResult) result = NULL;
  GError *error = NULL;
  AhoyCall *call;

  ahoy_engine_take_over_async (engine, call_id, NULL, engine_on_result, &result);
  ahoy_test_wait (has_result, &result, ANSWER_MS, "the answer to taking over");
  call = ahoy_engine_take_over_finish (engine, result, &error);
  *code = engine_take_code (error);
  return call;
}

int
engine_set_multi (AhoyEngine *engine,
                  gboolean    enable)
{
  g_autoptr (GAsyncResult) result = NULL;
  GError *error = NULL;

  ahoy_engine_set_multi_device_async (engine, enable, NULL, engine_on_result, &result);
  ahoy_test_wait (has_result, &result, ANSWER_MS, "the answer to allowing several devices");
  ahoy_engine_set_multi_device_finish (engine, result, &error);
  return engine_take_code (error);
}

int
engine_set_blocked (AhoyEngine *engine,
                    const char *user_id,
                    gboolean    blocked)
{
  g_autoptr (GAsyncResult) result = NULL;
  GError *error = NULL;

  ahoy_engine_set_blocked_async (engine, user_id, blocked, NULL, engine_on_result, &result);
  ahoy_test_wait (has_result, &result, ANSWER_MS, "the answer to blocking");
  ahoy_engine_set_blocked_finish (engine, result, &error);
  return engine_take_code (error);
}

char *
call_invite (AhoyCall   *call,
             const char *ids,
             int        *code)
{
  g_auto (GStrv) list = g_strsplit (ids, " ", 0);
  g_auto (GStrv) invited = NULL;
  g_autoptr (GAsyncResult) result = NULL;
  GError *error = NULL;

  ahoy_call_invite_async (call, (const char *const *) list, 0, NULL, engine_on_result, &result);
  ahoy_test_wait (has_result, &result, ANSWER_MS, "the answer to inviting");
  invited = ahoy_call_invite_finish (call, result, &error);
  *code = engine_take_code (error);
  return invited ? g_strjoinv (" ", invited) : NULL;
}

int
call_cancel_invitation (AhoyCall   *call,
                        const char *user_id)
{
  g_autoptr (GAsyncResult) result = NULL;
  GError *error = NULL;

  ahoy_call_cancel_invitation_async (call, user_id, NULL, engine_on_result, &result);
  ahoy_test_wait (has_result, &result, ANSWER_MS, "the answer to taking an invitation back");
  ahoy_call_cancel_invitation_finish (call, result, &error);
  return engine_take_code (error);
}

int
call_switch_media (AhoyCall      *call,
                   AhoyCallMedia  media)
{
  g_autoptr (GAsyncResult) result = NULL;
  GError *error = NULL;

  ahoy_call_switch_media_async (call, media, NULL, engine_on_result, &result);
  ahoy_test_wait (has_result, &result, ANSWER_MS, "the answer to switching the media");
  ahoy_call_switch_media_finish (call, result, &error);
  return engine_take_code (error);
}

static int
compare_texts (gconstpointer a,
               gconstpointer b)
{
  return strcmp (*(const char *const *) a, *(const char *const *) b);
}

char *
call_dup_people (AhoyCall *call)
{
  GListModel *model = ahoy_call_get_participants (call);
  g_autoptr (GPtrArray) texts = g_ptr_array_new_with_free_func (g_free);

  for (guint i = 0; i < g_list_model_get_n_items (model); i++)
    {
      g_autoptr (AhoyParticipant) participant = g_list_model_get_item (model, i);
      AhoyParticipantStatus status = ahoy_participant_get_status (participant);

      g_ptr_array_add (texts, g_strconcat (ahoy_user_get_id (ahoy_participant_get_user (participant)),
                                           status == AHOY_PARTICIPANT_ACCEPTED  ? "+"
                                           : status == AHOY_PARTICIPANT_WAITING ? "?"
                                                                                : "-",
                                           NULL));
    }
  g_ptr_array_sort (texts, compare_texts);
  g_ptr_array_add (texts, NULL);
  return g_strjoinv (" ", (char **) texts->pdata);
}

typedef struct
{
  AhoyCall *call;
  const char *people;
} People;

static gboolean
has_people (gpointer data)
{
  People *awaited = data;
  g_autofree char *people = call_dup_people (awaited->call);

  return g_str_equal (people, awaited->people);
}

void
call_await_people (AhoyCall   *call,
                   const char *people)
{
  People awaited = { call, people };

  if (!ahoy_test_wait_for (has_people, &awaited, 10000))
    g_error ("waited in vain for the people “%s”; there were “%s”", people, call_dup_people (call));
}

guint64
call_get_number (AhoyCall   *call,
                 const char *user_id,
                 const char *name)
{
  AhoyParticipant *participant = ahoy_call_find_participant (call, user_id);
  g_autoptr (GVariant) stats = participant ? ahoy_participant_dup_stats (participant) : NULL;
  guint64 number = 0;

  if (stats)
    g_variant_lookup (stats, name, "t", &number);
  return number;
}

typedef struct
{
  AhoyCall *call;
  char *user_id;
  guint64 audio, frames;
} Media;

static gboolean
has_media (gpointer data)
{
  Media *media = data;

  return call_get_number (media->call, media->user_id, "audioPacketsReceived") > media->audio + 10 &&
         call_get_number (media->call, media->user_id, "framesReceived") > media->frames + 5;
}

void
call_await_media_of (AhoyCall   *call,
                     const char *ids)
{
  g_auto (GStrv) list = g_strsplit (ids, " ", 0);

  for (guint i = 0; list[i]; i++)
    {
      Media media = { call, list[i], 0, 0 };
      g_autofree char *what = g_strdup_printf ("sound and picture of %s", list[i]);

      media.audio = call_get_number (call, list[i], "audioPacketsReceived");
      media.frames = call_get_number (call, list[i], "framesReceived");
      ahoy_test_wait (has_media, &media, 20000, what);
    }
}
