/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Signing in as the windows do it, with the real server and a real keyring: run it inside with-desktop. */
#include "config.h"

#include "ahoy-identity.h"
#include "ahoy-sign-in-words.h"
#include "ahoy-test-server.h"
#include "ahoy-test-wait.h"

typedef struct
{
  AhoyTestServer *server;
  AhoyEngine *engine;
  AhoyAccountStore *store;
  AhoyIdentity *identity;
} Fixture;

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

static gboolean
is_online (gpointer user_data)
{
  return ahoy_engine_get_state (user_data) == AHOY_ENGINE_ONLINE;
}

static gboolean
has_stage_none (gpointer user_data)
{
  return ahoy_identity_get_stage (user_data) == AHOY_IDENTITY_NONE;
}

static gboolean
has_notice (gpointer user_data)
{
  return ahoy_identity_get_notice (user_data) != AHOY_IDENTITY_NOTICE_NONE;
}

static void
set_up (Fixture       *fixture,
        gconstpointer  data)
{
  fixture->server = ahoy_test_server_new (NULL);
  fixture->engine = ahoy_engine_new ();
  fixture->store = ahoy_account_store_new ("org.example.SignIn");
  fixture->identity = ahoy_identity_new (fixture->engine, fixture->store);
}

static void
sign_out (AhoyIdentity *identity)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  ahoy_identity_sign_out_async (identity, NULL, on_done, &result);
  ahoy_test_wait (has_result, &result, 10000, "signing out");
  g_assert_true (ahoy_identity_sign_out_finish (identity, result, &error));
  g_assert_no_error (error);
}

static void
tear_down (Fixture       *fixture,
           gconstpointer  data)
{
  sign_out (fixture->identity);
  g_assert_finalize_object (fixture->identity);
  g_assert_finalize_object (fixture->store);
  while (g_main_context_iteration (NULL, FALSE))
    ;
  g_assert_finalize_object (fixture->engine);
  ahoy_test_server_free (fixture->server);
}

static void
on_loaded (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr (AhoyAccount) account = ahoy_account_store_load_finish (AHOY_ACCOUNT_STORE (source), result, NULL);
  int *found = user_data;

  if (account)
    *found = 1;
  else
    ahoy_account_store_load_async (AHOY_ACCOUNT_STORE (source), NULL, on_loaded, user_data);
}

static gboolean
is_found (gpointer user_data)
{
  return *(int *) user_data;
}

/* Signing in does not wait for the keyring; the next step of a test does. */
static void
wait_for_keyring (void)
{
  g_autoptr (AhoyAccountStore) reader = ahoy_account_store_new ("org.example.SignIn");
  int found = 0;

  ahoy_account_store_load_async (reader, NULL, on_loaded, &found);
  ahoy_test_wait (is_found, &found, 10000, "the account to be in the keyring");
}

static AhoyAccount *
new_account (Fixture    *fixture,
             const char *user_id,
             gint64      expire)
{
  g_autofree char *ticket = ahoy_test_server_user_sig (fixture->server, user_id, expire);

  return ahoy_account_new (ahoy_test_server_get_uri (fixture->server), ahoy_test_server_get_app_id (fixture->server),
                           user_id, ticket);
}

static GError *
try_sign_in (AhoyIdentity      *identity,
             const AhoyAccount *account)
{
  g_autoptr (GAsyncResult) result = NULL;
  GError *error = NULL;

  ahoy_identity_sign_in_async (identity, account, NULL, on_done, &result);
  ahoy_test_wait (has_result, &result, 20000, "signing in");
  ahoy_identity_sign_in_finish (identity, result, &error);
  return error;
}

static void
test_keep (Fixture       *fixture,
           gconstpointer  data)
{
  g_autoptr (AhoyAccount) account = new_account (fixture, "ada", 3600);
  g_autoptr (AhoyEngine) engine = ahoy_engine_new ();
  g_autoptr (AhoyAccountStore) store = ahoy_account_store_new ("org.example.SignIn");
  g_autoptr (AhoyIdentity) later = ahoy_identity_new (engine, store);
  g_autoptr (GError) error = NULL;

  ahoy_identity_start (fixture->identity, NULL);
  ahoy_test_wait (has_stage_none, fixture->identity, 10000, "an empty keyring");
  error = try_sign_in (fixture->identity, account);
  g_assert_no_error (error);
  g_assert_cmpint (ahoy_identity_get_stage (fixture->identity), ==, AHOY_IDENTITY_SIGNED_IN);
  g_assert_false (ahoy_identity_get_session_only (fixture->identity));
  wait_for_keyring ();

  /* The next start needs nobody; being the same account on another device, it takes over. */
  ahoy_identity_start (later, NULL);
  ahoy_test_wait (is_online, engine, 10000, "the kept account to sign in");
  g_assert_cmpstr (ahoy_identity_get_account (later)->user_id, ==, "ada");

  /* Signing out forgets it. */
  sign_out (later);
  g_assert_null (ahoy_identity_get_account (later));
  ahoy_identity_start (later, NULL);
  ahoy_test_wait (has_stage_none, later, 10000, "the keyring to be empty again");
}

static void
check_refused (Fixture           *fixture,
               const AhoyAccount *account,
               AhoySignInField    expected)
{
  g_autoptr (GError) error = try_sign_in (fixture->identity, account);
  g_autofree char *words = NULL;
  AhoySignInField field;

  g_assert_nonnull (error);
  words = ahoy_sign_in_words (error, account, &field);
  g_test_message ("%s: %s", error->message, words);
  g_assert_cmpint (field, ==, expected);
  g_assert_cmpint (ahoy_identity_get_stage (fixture->identity), !=, AHOY_IDENTITY_SIGNED_IN);
}

static void
test_refused (Fixture       *fixture,
              gconstpointer  data)
{
  g_autoptr (AhoyAccount) wrong = new_account (fixture, "ada", 3600);
  g_autoptr (AhoyAccount) stranger = new_account (fixture, "ada", 3600);
  g_autoptr (AhoyAccount) nowhere = new_account (fixture, "ada", 3600);

  g_free (wrong->user_sig);
  wrong->user_sig = g_strdup ("eJwnonsense");
  check_refused (fixture, wrong, AHOY_SIGN_IN_FIELD_TICKET);

  g_free (stranger->user_id);
  stranger->user_id = g_strdup ("bob");
  check_refused (fixture, stranger, AHOY_SIGN_IN_FIELD_USER);

  g_free (nowhere->server);
  nowhere->server = g_strdup ("http://127.0.0.1:1");
  check_refused (fixture, nowhere, AHOY_SIGN_IN_FIELD_SERVER);
}

/* With no server at the start, it goes on trying by itself. */
static void
test_start_offline (Fixture       *fixture,
                    gconstpointer  data)
{
  g_autoptr (AhoyAccount) account = new_account (fixture, "ada", 3600);

  ahoy_test_server_stop (fixture->server);
  ahoy_identity_start (fixture->identity, account);
  g_assert_cmpint (ahoy_identity_get_stage (fixture->identity), ==, AHOY_IDENTITY_SIGNED_IN);
  ahoy_test_server_start (fixture->server);
  ahoy_engine_try_now (fixture->engine);
  ahoy_test_wait (is_online, fixture->engine, 20000, "the server to be found");
  g_assert_cmpint (ahoy_identity_get_notice (fixture->identity), ==, AHOY_IDENTITY_NOTICE_NONE);
}

static void
test_bad_ticket_at_start (Fixture       *fixture,
                          gconstpointer  data)
{
  g_autoptr (AhoyAccount) account = new_account (fixture, "ada", 3600);

  g_free (account->user_sig);
  account->user_sig = g_strdup ("eJwnonsense");
  ahoy_identity_start (fixture->identity, account);
  ahoy_test_wait (has_notice, fixture->identity, 10000, "the ticket to be refused");
  g_assert_cmpint (ahoy_identity_get_notice (fixture->identity), ==, AHOY_IDENTITY_NOTICE_EXPIRED);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add ("/sign-in/keep", Fixture, NULL, set_up, test_keep, tear_down);
  g_test_add ("/sign-in/refused", Fixture, NULL, set_up, test_refused, tear_down);
  g_test_add ("/sign-in/start-offline", Fixture, NULL, set_up, test_start_offline, tear_down);
  g_test_add ("/sign-in/bad-ticket-at-start", Fixture, NULL, set_up, test_bad_ticket_at_start, tear_down);

  return g_test_run ();
}
