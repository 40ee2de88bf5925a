/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ahoy-commands.h"

#include "ahoy-server.h"
#include "ahoy-user-sig.h"

#include <errno.h>
#include <glib/gstdio.h>
#include <sys/random.h>
#include <sys/stat.h>
#include <sysexits.h>

#define ADMINISTRATOR "administrator"

void
ahoy_command_options_clear (AhoyCommandOptions *options)
{
  g_clear_pointer (&options->data_dir, g_free);
  g_clear_pointer (&options->listen, g_free);
  g_clear_pointer (&options->tls_cert, g_free);
  g_clear_pointer (&options->tls_key, g_free);
  g_clear_pointer (&options->port_file, g_free);
  g_clear_pointer (&options->server, g_free);
}

char *
ahoy_command_find_data_dir (void)
{
  const char *state = g_getenv ("STATE_DIRECTORY");

  return state ? g_strdup (state) : g_build_filename (g_get_user_data_dir (), "ahoy-server", NULL);
}

static int
fail (int           code,
      const GError *error)
{
  g_printerr ("ahoy-server: %s\n", error->message);

  return code;
}

static char *
make_secret (void)
{
  guint8 bytes[32];
  GString *secret = g_string_sized_new (65);

  if (getrandom (bytes, sizeof bytes, 0) != sizeof bytes)
    g_error ("no random numbers");
  for (guint i = 0; i < sizeof bytes; i++)
    g_string_append_printf (secret, "%02x", bytes[i]);

  return g_string_free (secret, FALSE);
}

static gboolean
write_config (const char *data_dir,
              GError    **error)
{
  g_autofree char *path = ahoy_data_get_config (data_dir);

  return g_file_test (path, G_FILE_TEST_EXISTS) ||
         g_file_set_contents_full (path, ahoy_config_template (), -1, G_FILE_SET_CONTENTS_CONSISTENT, 0600, error);
}

/* The database gets its name when it is complete, so that "init" can be run again after a crash. */
static gboolean
make_database (const char *path,
               guint64     app_id,
               GError    **error)
{
  g_autofree char *secret = make_secret ();
  g_autofree char *unfinished = g_strconcat (path, ".new", NULL);
  AhoyStore *store;
  AhoyBatch *batch;

  g_unlink (unfinished);
  store = ahoy_store_new (unfinished, error);
  if (!store)
    return FALSE;

  batch = ahoy_batch_new ();
  ahoy_batch_put_app (batch, app_id, secret, ADMINISTRATOR);
  ahoy_store_commit (store, batch, NULL, NULL);
  ahoy_store_free (store);
  if (g_rename (unfinished, path) != 0)
    {
      g_set_error (error, G_FILE_ERROR, g_file_error_from_errno (errno), "%s: %s", path, g_strerror (errno));
      return FALSE;
    }

  return TRUE;
}

int
ahoy_command_init (const AhoyCommandOptions *options,
                   const char               *argument)
{
  g_autofree char *database = ahoy_data_get_database (options->data_dir);
  g_autoptr (GError) error = NULL;
  guint64 app_id = 1400000000 + (guint64) g_random_int_range (1, 100000000);

  if (g_mkdir_with_parents (options->data_dir, 0700) != 0)
    {
      g_printerr ("ahoy-server: %s: %s\n", options->data_dir, g_strerror (errno));
      return EX_CANTCREAT;
    }
  if (g_file_test (database, G_FILE_TEST_EXISTS))
    {
      g_printerr ("ahoy-server: %s has an application already; nothing was changed\n", options->data_dir);
      return EX_CANTCREAT;
    }
  if (!write_config (options->data_dir, &error) || !make_database (database, app_id, &error))
    return fail (EX_CANTCREAT, error);

  g_print ("SDKAppID: %" G_GUINT64_FORMAT "\n"
           "Administrator: %s\n"
           "Data: %s\n"
           "\n"
           "Start it:           ahoy-server run --data %s --listen 127.0.0.1:8443\n"
           "Let somebody in:    ahoy-server login-link USER --data %s --server ws://127.0.0.1:8443\n"
           "Make a ticket only: ahoy-server user-sig USER --data %s\n",
           app_id, ADMINISTRATOR, options->data_dir, options->data_dir, options->data_dir, options->data_dir);

  return EX_OK;
}

static char *
make_ticket (const AhoyCommandOptions *options,
             const char               *user_id,
             guint64                  *app_id,
             GError                  **error)
{
  g_autofree char *database = ahoy_data_get_database (options->data_dir);
  g_autoptr (GPtrArray) apps = NULL;
  AhoyStoredApp *app;
  AhoyStore *store;

  if (!g_file_test (database, G_FILE_TEST_EXISTS))
    {
      g_set_error (error, G_FILE_ERROR, G_FILE_ERROR_NOENT, "there is no data in %s", options->data_dir);
      return NULL;
    }
  store = ahoy_store_new (database, error);
  if (!store)
    return NULL;

  apps = ahoy_store_list_apps (store);
  ahoy_store_free (store);
  if (apps->len == 0)
    {
      g_set_error_literal (error, G_FILE_ERROR, G_FILE_ERROR_INVAL, "the database has no application");
      return NULL;
    }

  app = g_ptr_array_index (apps, 0);
  *app_id = app->id;

  return ahoy_user_sig_make (app->id, app->secret, user_id, g_get_real_time () / G_USEC_PER_SEC, options->expire_s,
                             NULL, error);
}

int
ahoy_command_user_sig (const AhoyCommandOptions *options,
                       const char               *argument)
{
  g_autoptr (GError) error = NULL;
  guint64 app_id;
  g_autofree char *sig = make_ticket (options, argument, &app_id, &error);

  if (!sig)
    return fail (EX_DATAERR, error);

  g_print ("%s\n", sig);

  return EX_OK;
}

int
ahoy_command_login_link (const AhoyCommandOptions *options,
                         const char               *argument)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *server = NULL;
  g_autofree char *ticket = NULL;
  guint64 app_id;
  g_autofree char *sig = NULL;

  if (!options->server)
    {
      g_printerr ("ahoy-server: login-link needs --server URI, as clients reach it\n");
      return EX_USAGE;
    }
  sig = make_ticket (options, argument, &app_id, &error);
  if (!sig)
    return fail (EX_DATAERR, error);

  server = g_uri_escape_string (options->server, NULL, FALSE);
  ticket = g_uri_escape_string (sig, NULL, FALSE);
  g_print ("ahoy://login?server=%s&app=%" G_GUINT64_FORMAT "&user=%s&sig=%s\n", server, app_id, argument, ticket);

  return EX_OK;
}
