/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "engine-fixture.h"

#include "ahoy-user-sig.h"

#include <glib/gstdio.h>
#include <signal.h>

#define START_MS 10000
#define ANSWER_MS 10000

static gboolean
on_late (gpointer data)
{
  *(gboolean *) data = TRUE;
  return G_SOURCE_REMOVE;
}

void
await (Condition   condition,
       gpointer    data,
       guint       timeout_ms,
       const char *what)
{
  gboolean late = FALSE;
  guint id = g_timeout_add (timeout_ms, on_late, &late);

  while (!condition (data) && !late)
    g_main_context_iteration (NULL, TRUE);
  if (!late)
    g_source_remove (id);
  if (!condition (data))
    g_error ("Waited %u ms for: %s", timeout_ms, what);
}

void
settle (void)
{
  while (g_main_context_iteration (NULL, FALSE))
    ;
}

static char *
find_server (void)
{
  const char *given = g_getenv ("AHOY_SERVER");

  return given ? g_strdup (given) : g_build_filename (g_getenv ("AHOY_BUILD_ROOT"), "src/server/ahoy-server", NULL);
}

static char *
run_server_command (const char *const *arguments)
{
  g_autofree char *program = find_server ();
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  g_autoptr (GSubprocess) process = NULL;
  g_autoptr (GError) error = NULL;
  g_auto (GStrv) argv = NULL;
  char *output = NULL;

  g_strv_builder_add (builder, program);
  g_strv_builder_addv (builder, (const char **) arguments);
  argv = g_strv_builder_end (builder);
  process = g_subprocess_newv ((const char *const *) argv, G_SUBPROCESS_FLAGS_STDOUT_PIPE, &error);
  g_assert_no_error (error);
  g_subprocess_communicate_utf8 (process, NULL, NULL, &output, NULL, &error);
  g_assert_no_error (error);
  g_assert_true (g_subprocess_get_successful (process));
  return g_strstrip (output);
}

Server *
server_new (void)
{
  Server *self = g_new0 (Server, 1);
  g_autofree char *ticket = NULL;
  g_autofree char *text = NULL;
  g_autoptr (AhoyUserSigClaims) claims = NULL;
  g_autoptr (GError) error = NULL;

  self->folder = g_dir_make_tmp ("ahoy-engine-XXXXXX", &error);
  g_assert_no_error (error);
  self->data = g_build_filename (self->folder, "data", NULL);
  text = run_server_command ((const char *const[]) { "init", "--data", self->data, NULL });
  ticket = server_make_ticket (self, "nobody", 600);
  claims = ahoy_user_sig_read (ticket, &error);
  g_assert_no_error (error);
  self->app_id = claims->app_id;
  return self;
}

static gboolean
read_port (gpointer data)
{
  Server *self = data;
  g_autofree char *path = g_build_filename (self->folder, "port", NULL);
  g_autofree char *text = NULL;

  /* The file appears before the main context has anything to do. */
  g_usleep (2000);
  if (!g_file_get_contents (path, &text, NULL, NULL) || !strchr (text, '\n'))
    return FALSE;

  self->port = (guint) g_ascii_strtoull (text, NULL, 10);
  return self->port > 0;
}

void
server_start (Server *self)
{
  g_autofree char *program = find_server ();
  g_autofree char *listen = g_strdup_printf ("127.0.0.1:%u", self->port);
  g_autofree char *port_file = g_build_filename (self->folder, "port", NULL);
  g_autoptr (GSubprocessLauncher) launcher = g_subprocess_launcher_new (G_SUBPROCESS_FLAGS_NONE);
  g_autoptr (GError) error = NULL;
  gint64 deadline = g_get_monotonic_time () + START_MS * 1000;

  g_unlink (port_file);
  if (!g_test_verbose ())
    g_subprocess_launcher_set_flags (launcher, G_SUBPROCESS_FLAGS_STDERR_SILENCE | G_SUBPROCESS_FLAGS_STDOUT_SILENCE);
  self->process = g_subprocess_launcher_spawn (launcher, &error, program, "run", "--data", self->data,
                                               "--listen", listen, "--port-file", port_file, NULL);
  g_assert_no_error (error);
  while (!read_port (self))
    g_assert_cmpint (g_get_monotonic_time (), <, deadline);
}

void
server_kill (Server *self)
{
  if (!self->process)
    return;

  g_subprocess_send_signal (self->process, SIGKILL);
  g_subprocess_wait (self->process, NULL, NULL);
  g_clear_object (&self->process);
}

static void
remove_folder (const char *path)
{
  g_autoptr (GDir) dir = g_dir_open (path, 0, NULL);
  const char *name;

  while (dir && (name = g_dir_read_name (dir)))
    {
      g_autofree char *child = g_build_filename (path, name, NULL);

      if (g_file_test (child, G_FILE_TEST_IS_DIR))
        remove_folder (child);
      else
        g_unlink (child);
    }
  g_rmdir (path);
}

void
server_free (Server *self)
{
  server_kill (self);
  remove_folder (self->folder);
  g_free (self->folder);
  g_free (self->data);
  g_free (self);
}

char *
server_make_uri (Server *self)
{
  return g_strdup_printf ("http://127.0.0.1:%u", self->port);
}

char *
server_make_ticket (Server     *self,
                    const char *user_id,
                    gint64      expire_s)
{
  g_autofree char *expire = g_strdup_printf ("%" G_GINT64_FORMAT, expire_s);

  return run_server_command ((const char *const[]) { "user-sig", user_id, "--data", self->data,
                                                     "--expire", expire, NULL });
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
  await (has_result, &result, ANSWER_MS, "the end of signing in");
  ahoy_engine_login_finish (engine, result, &error);
  return error;
}

AhoyEngine *
engine_new_online (Server     *server,
                   const char *user_id,
                   const char *device_id)
{
  AhoyEngine *engine = engine_new (device_id);
  g_autofree char *uri = server_make_uri (server);
  g_autofree char *ticket = server_make_ticket (server, user_id, 600);
  g_autoptr (GError) error = engine_try_login (engine, uri, server->app_id, user_id, ticket);

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
  await (has_result, &result, ANSWER_MS, "the end of signing out");
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
  await (has_result, &result, ANSWER_MS, "a contact to be stored");
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
  await (has_result, &result, ANSWER_MS, "the history");
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
  await (rings, engine, ANSWER_MS, "an incoming call");
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

  await (is_in_state, &awaited, timeout_ms, what);
}

GError *
call_accept (AhoyCall *call)
{
  g_autoptr (GAsyncResult) result = NULL;
  GError *error = NULL;

  ahoy_call_accept_async (call, TRUE, NULL, on_result, &result);
  await (has_result, &result, ANSWER_MS, "the answer to accepting");
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
  await (has_result, &result, ANSWER_MS, "the answer to hanging up");
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
  await (has_frames, &frames, 15000, "pictures of the other side");
  ahoy_video_track_unwatch (track);
}
