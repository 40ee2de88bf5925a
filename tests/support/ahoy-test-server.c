/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "ahoy-test-server.h"

#include "ahoy-test-wait.h"

#include <glib/gstdio.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>

struct _AhoyTestServer
{
  GSubprocess *process; /* (nullable) */
  gboolean has_ended;
  char *data_dir;
  char *uri;
  char *cert; /* (nullable) */
  char *key;  /* (nullable) */
  guint port;
  guint64 app_id;
};

static const char default_config[] =
  "[limits]\nmessages-per-second=100000\nmessages-burst=100000\ninvites-per-minute=100000\n"
  "wrong-tickets-per-minute=100000\n";

static char *
find_program (void)
{
  const char *build_root = g_getenv ("AHOY_BUILD_ROOT");

  g_assert_nonnull (build_root);

  return g_build_filename (build_root, "src", "server", "ahoy-server", NULL);
}

/* A test that fails must not leave its server behind, which would hold the output open. */
static void
die_with_parent (gpointer user_data)
{
  prctl (PR_SET_PDEATHSIG, SIGKILL);
}

static GSubprocess *
spawn (const char *const *arguments,
       GSubprocessFlags   flags)
{
  g_autofree char *program = find_program ();
  g_autoptr (GPtrArray) argv = g_ptr_array_new ();
  g_autoptr (GError) error = NULL;
  g_autoptr (GSubprocessLauncher) launcher = g_subprocess_launcher_new (flags);
  GSubprocess *process;

  g_subprocess_launcher_set_child_setup (launcher, die_with_parent, NULL, NULL);
  g_ptr_array_add (argv, program);
  for (; *arguments; arguments++)
    g_ptr_array_add (argv, (char *) *arguments);
  g_ptr_array_add (argv, NULL);
  process = g_subprocess_launcher_spawnv (launcher, (const char *const *) argv->pdata, &error);
  g_assert_no_error (error);

  return process;
}

int
ahoy_test_server_run_command (const char *const *arguments,
                              char             **output)
{
  g_autoptr (GSubprocess) process = NULL;
  g_autoptr (GError) error = NULL;

  process = spawn (arguments, G_SUBPROCESS_FLAGS_STDOUT_PIPE | G_SUBPROCESS_FLAGS_STDERR_SILENCE);
  g_subprocess_communicate_utf8 (process, NULL, NULL, output, NULL, &error);
  g_assert_no_error (error);
  g_assert_true (g_subprocess_get_if_exited (process));

  return g_subprocess_get_exit_status (process);
}

static void
on_ended (GObject      *source,
          GAsyncResult *result,
          gpointer      user_data)
{
  gboolean *has_ended = user_data;

  g_subprocess_wait_finish (G_SUBPROCESS (source), result, NULL);
  *has_ended = TRUE;
}

static gboolean
is_set (gpointer user_data)
{
  return *(gboolean *) user_data;
}

static gboolean
file_exists (gpointer user_data)
{
  return g_file_test (user_data, G_FILE_TEST_EXISTS);
}

void
ahoy_test_server_start (AhoyTestServer *self)
{
  g_autofree char *port_file = g_build_filename (self->data_dir, "port", NULL);
  g_autofree char *listen = g_strdup_printf ("127.0.0.1:%u", self->port);
  g_autofree char *port = NULL;
  const char *const arguments[] = { "run", "--data", self->data_dir, "--listen", listen,
                                    "--port-file", port_file,
                                    self->cert ? "--tls-cert" : NULL, self->cert, "--tls-key", self->key, NULL };
  GSubprocessFlags flags = g_getenv ("AHOY_TEST_VERBOSE") ? 0 : G_SUBPROCESS_FLAGS_STDERR_SILENCE;

  g_assert_null (self->process);
  g_unlink (port_file);
  self->process = spawn (arguments, flags);
  self->has_ended = FALSE;
  g_subprocess_wait_async (self->process, NULL, on_ended, &self->has_ended);

  ahoy_test_wait (file_exists, port_file, 10000, "the server to listen");
  g_assert_true (g_file_get_contents (port_file, &port, NULL, NULL));
  self->port = (guint) g_ascii_strtoull (port, NULL, 10);
  g_free (self->uri);
  self->uri = g_strdup_printf ("%s://127.0.0.1:%u", self->cert ? "wss" : "ws", self->port);
}

static void
init_data (AhoyTestServer *self,
           const char     *config)
{
  const char *const arguments[] = { "init", "--data", self->data_dir, NULL };
  g_autofree char *path = g_build_filename (self->data_dir, "server.conf", NULL);
  g_autofree char *output = NULL;
  const char *app_id;

  g_assert_cmpint (ahoy_test_server_run_command (arguments, &output), ==, 0);
  app_id = strstr (output, "SDKAppID: ");
  g_assert_nonnull (app_id);
  self->app_id = g_ascii_strtoull (app_id + strlen ("SDKAppID: "), NULL, 10);
  g_assert_true (g_file_set_contents (path, config ? config : default_config, -1, NULL));
}

static AhoyTestServer *
new_server (const char *config,
            const char *cert,
            const char *key)
{
  AhoyTestServer *self = g_new0 (AhoyTestServer, 1);

  self->cert = g_strdup (cert);
  self->key = g_strdup (key);
  self->data_dir = g_dir_make_tmp ("ahoy-test-XXXXXX", NULL);
  g_assert_nonnull (self->data_dir);
  init_data (self, config);
  ahoy_test_server_start (self);

  return self;
}

AhoyTestServer *
ahoy_test_server_new (const char *config)
{
  return new_server (config, NULL, NULL);
}

AhoyTestServer *
ahoy_test_server_new_tls (const char *cert,
                          const char *key)
{
  return new_server (NULL, cert, key);
}

static void
await_end (AhoyTestServer *self,
           guint           timeout_ms)
{
  ahoy_test_wait (is_set, &self->has_ended, timeout_ms, "the server to end");
}

void
ahoy_test_server_kill (AhoyTestServer *self)
{
  g_subprocess_send_signal (self->process, SIGKILL);
  await_end (self, 5000);
  g_clear_object (&self->process);
}

void
ahoy_test_server_stop (AhoyTestServer *self)
{
  g_subprocess_send_signal (self->process, SIGTERM);
  await_end (self, 2000);
  g_assert_true (g_subprocess_get_if_exited (self->process));
  g_assert_cmpint (g_subprocess_get_exit_status (self->process), ==, 0);
  g_clear_object (&self->process);
}

static void
remove_data (const char *data_dir)
{
  g_autoptr (GDir) dir = g_dir_open (data_dir, 0, NULL);
  const char *name;

  while (dir && (name = g_dir_read_name (dir)))
    {
      g_autofree char *path = g_build_filename (data_dir, name, NULL);

      g_unlink (path);
    }
  g_rmdir (data_dir);
}

void
ahoy_test_server_free (AhoyTestServer *self)
{
  if (self->process)
    ahoy_test_server_stop (self);
  remove_data (self->data_dir);
  g_free (self->data_dir);
  g_free (self->uri);
  g_free (self->cert);
  g_free (self->key);
  g_free (self);
}

char *
ahoy_test_server_user_sig (AhoyTestServer *self,
                           const char     *user_id,
                           gint64          expire_s)
{
  g_autofree char *expire = g_strdup_printf ("%" G_GINT64_FORMAT, expire_s);
  const char *const arguments[] = { "user-sig", user_id, "--data", self->data_dir, "--expire", expire, NULL };
  char *output = NULL;

  g_assert_cmpint (ahoy_test_server_run_command (arguments, &output), ==, 0);

  return g_strstrip (output);
}

const char *
ahoy_test_server_get_uri (AhoyTestServer *self)
{
  return self->uri;
}

const char *
ahoy_test_server_get_cert (AhoyTestServer *self)
{
  return self->cert;
}

guint
ahoy_test_server_get_port (AhoyTestServer *self)
{
  return self->port;
}

guint64
ahoy_test_server_get_app_id (AhoyTestServer *self)
{
  return self->app_id;
}

const char *
ahoy_test_server_get_data_dir (AhoyTestServer *self)
{
  return self->data_dir;
}

int
ahoy_test_server_get_pid (AhoyTestServer *self)
{
  const char *text = self->process ? g_subprocess_get_identifier (self->process) : NULL;

  return text ? atoi (text) : 0;
}
