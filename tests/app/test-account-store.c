/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Against a real secret service: run it inside tests/support/with-desktop. */
#include "config.h"

#include "ahoy-account-store.h"
#include "ahoy-test-wait.h"

static void
on_done (GObject      *source,
         GAsyncResult *result,
         gpointer      user_data)
{
  *(GAsyncResult **) user_data = g_object_ref (result);
}

static gboolean
has_result (gpointer user_data)
{
  return *(GAsyncResult **) user_data != NULL;
}

static AhoyAccount *
load (AhoyAccountStore  *store,
      GError           **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  ahoy_account_store_load_async (store, NULL, on_done, &result);
  ahoy_test_wait (has_result, &result, 10000, "the keyring to be read");
  return ahoy_account_store_load_finish (store, result, error);
}

static gboolean
save (AhoyAccountStore  *store,
      AhoyAccount       *account,
      GError           **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  ahoy_account_store_save_async (store, account, NULL, on_done, &result);
  ahoy_test_wait (has_result, &result, 10000, "the keyring to be written");
  return ahoy_account_store_save_finish (store, result, error);
}

static void
clear (AhoyAccountStore *store)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  ahoy_account_store_clear_async (store, NULL, on_done, &result);
  ahoy_test_wait (has_result, &result, 10000, "the keyring to be cleared");
  ahoy_account_store_clear_finish (store, result, &error);
  g_assert_no_error (error);
}

static void
test_keep (void)
{
  AhoyAccountStore *store = ahoy_account_store_new ("org.example.One");
  g_autoptr (AhoyAccountStore) again = ahoy_account_store_new ("org.example.One");
  g_autoptr (AhoyAccountStore) stranger = ahoy_account_store_new ("org.example.Two");
  g_autoptr (AhoyAccount) ada = ahoy_account_new ("https://calls.example", 1400000001, "ada", "eJx*one-_");
  g_autoptr (AhoyAccount) bob = ahoy_account_new ("http://127.0.0.1:99", 5, "bob", "two");
  g_autoptr (AhoyAccount) loaded = NULL;
  g_autoptr (GError) error = NULL;

  clear (store);
  g_assert_null (load (store, &error));
  g_assert_no_error (error);

  g_assert_true (save (store, ada, &error));
  g_assert_no_error (error);
  g_assert_true (save (store, bob, &error));
  g_assert_no_error (error);
  g_assert_false (ahoy_account_store_get_session_only (store));

  /* The second replaced the first, another process reads it, another profile does not. */
  loaded = load (again, &error);
  g_assert_no_error (error);
  g_assert_nonnull (loaded);
  g_assert_cmpstr (loaded->server, ==, bob->server);
  g_assert_cmpuint (loaded->app_id, ==, bob->app_id);
  g_assert_cmpstr (loaded->user_id, ==, bob->user_id);
  g_assert_cmpstr (loaded->user_sig, ==, bob->user_sig);
  g_assert_null (load (stranger, &error));
  g_assert_no_error (error);

  clear (store);
  g_assert_null (ahoy_account_store_get_account (store));
  g_assert_null (load (again, &error));
  g_assert_no_error (error);
  g_assert_finalize_object (store);
}

/* In a child, as libsecret keeps its connection for the life of a process. */
static void
test_absent (void)
{
  if (g_test_subprocess ())
    {
      g_autoptr (AhoyAccountStore) store = NULL;
      g_autoptr (AhoyAccount) ada = ahoy_account_new ("https://calls.example", 1400000001, "ada", "eJx");
      g_autoptr (GError) error = NULL;

      g_setenv ("DBUS_SESSION_BUS_ADDRESS", "unix:path=/nonexistent", TRUE);
      store = ahoy_account_store_new ("org.example.One");
      g_assert_null (load (store, &error));
      g_assert_nonnull (error);
      g_clear_error (&error);
      g_assert_false (save (store, ada, &error));
      g_assert_nonnull (error);
      g_assert_true (ahoy_account_store_get_session_only (store));
      g_assert_cmpstr (ahoy_account_store_get_account (store)->user_id, ==, "ada");
      return;
    }

  g_test_trap_subprocess (NULL, 20 * G_USEC_PER_SEC, 0);
  g_test_trap_assert_passed ();
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/account-store/keep", test_keep);
  g_test_add_func ("/account-store/absent", test_absent);

  return g_test_run ();
}
