/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ahoy-start-options.h"

#include <glib/gstdio.h>

static char *
write_file (const char *directory,
            const char *name,
            const char *text)
{
  char *file = g_build_filename (directory, name, NULL);
  g_autoptr (GError) error = NULL;

  g_file_set_contents (file, text, -1, &error);
  g_assert_no_error (error);
  return file;
}

static AhoyAccount *
read_options (const char  *server,
              const char  *app,
              const char  *user,
              const char  *file,
              const char  *directory,
              GError     **error)
{
  g_autoptr (GVariantDict) options = g_variant_dict_new (NULL);

  if (server)
    g_variant_dict_insert (options, "server", "s", server);
  if (app)
    g_variant_dict_insert (options, "app-id", "s", app);
  if (user)
    g_variant_dict_insert (options, "user", "s", user);
  if (file)
    g_variant_dict_insert (options, "user-sig-file", "^ay", file);

  return ahoy_start_options_read_account (options, directory, FALSE, error);
}

static void
test_options (void)
{
  g_autofree char *directory = g_dir_make_tmp ("ahoy-options-XXXXXX", NULL);
  g_autofree char *file = write_file (directory, "sig", "  ticket\n");
  g_autofree char *empty = write_file (directory, "empty", " \n");
  g_autoptr (AhoyAccount) account = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_null (read_options (NULL, NULL, NULL, NULL, NULL, &error));
  g_assert_no_error (error);

  account = read_options ("127.0.0.1:8080", "14", "ada", "sig", directory, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (account->server, ==, "http://127.0.0.1:8080");
  g_assert_cmpuint (account->app_id, ==, 14);
  g_assert_cmpstr (account->user_id, ==, "ada");
  g_assert_cmpstr (account->user_sig, ==, "ticket");

  g_assert_null (read_options ("127.0.0.1", "14", "ada", NULL, NULL, &error));
  g_assert_error (error, G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE);
  g_clear_error (&error);
  g_assert_null (read_options ("ftp://x", "14", "ada", file, NULL, &error));
  g_assert_error (error, G_URI_ERROR, G_URI_ERROR_BAD_SCHEME);
  g_clear_error (&error);
  g_assert_null (read_options ("x.example", "fourteen", "ada", file, NULL, &error));
  g_assert_error (error, G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE);
  g_clear_error (&error);
  g_assert_null (read_options ("x.example", "14", "a da", file, NULL, &error));
  g_assert_error (error, G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE);
  g_clear_error (&error);
  g_assert_null (read_options ("x.example", "14", "ada", empty, NULL, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA);
  g_clear_error (&error);
  g_assert_null (read_options ("x.example", "14", "ada", "absent", directory, &error));
  g_assert_error (error, G_FILE_ERROR, G_FILE_ERROR_NOENT);

  g_unlink (file);
  g_unlink (empty);
  g_rmdir (directory);
}

static void
test_environment (void)
{
  g_autofree char *directory = g_dir_make_tmp ("ahoy-options-XXXXXX", NULL);
  g_autofree char *file = write_file (directory, "sig", "ticket");
  g_autoptr (AhoyAccount) account = NULL;
  g_autoptr (AhoyAccount) none = NULL;
  g_autoptr (GError) error = NULL;

  g_setenv ("AHOY_SERVER", "https://calls.example", TRUE);
  g_setenv ("AHOY_APP_ID", "7", TRUE);
  g_setenv ("AHOY_USER", "bo", TRUE);
  g_setenv ("AHOY_USER_SIG_FILE", file, TRUE);

  account = ahoy_start_options_read_account (NULL, NULL, TRUE, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (account->server, ==, "https://calls.example");
  g_assert_cmpuint (account->app_id, ==, 7);
  g_assert_cmpstr (account->user_id, ==, "bo");
  none = ahoy_start_options_read_account (NULL, NULL, FALSE, &error);
  g_assert_no_error (error);
  g_assert_null (none);

  g_setenv ("AHOY_TLS_CA", "/nonexistent/ca.pem", TRUE);
  g_assert_null (ahoy_start_options_read_trust (NULL, NULL, TRUE, &error));
  g_assert_nonnull (error);

  g_unlink (file);
  g_rmdir (directory);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/start-options/options", test_options);
  g_test_add_func ("/start-options/environment", test_environment);

  return g_test_run ();
}
