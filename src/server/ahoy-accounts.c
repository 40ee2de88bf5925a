/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ahoy-accounts.h"

#include "ahoy-auth.h"
#include "ahoy-error.h"
#include "ahoy-json.h"
#include "ahoy-limits.h"
#include "ahoy-user-sig.h"

#define MAX_CACHED 20000

typedef struct
{
  gboolean has_several_devices;
  GTree *blocked; /* set of user ids (owned), in their order */
} Account;

struct _AhoyAccounts
{
  AhoyServer *server;
  GHashTable *accounts; /* uid -> Account (owned) */
  gint64 changed_us;    /* when something was written last */
};

static void
account_free (gpointer data)
{
  Account *account = data;

  g_tree_unref (account->blocked);
  g_free (account);
}

AhoyAccounts *
ahoy_accounts_new (AhoyServer *server)
{
  AhoyAccounts *self = g_new0 (AhoyAccounts, 1);

  self->server = server;
  self->accounts = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, account_free);

  return self;
}

void
ahoy_accounts_free (AhoyAccounts *self)
{
  g_hash_table_unref (self->accounts);
  g_free (self);
}

/* Only what is on the disk for sure may be forgotten, so a while after the last change. */
void
ahoy_accounts_trim (AhoyAccounts *self)
{
  if (g_hash_table_size (self->accounts) > MAX_CACHED &&
      g_get_monotonic_time () - self->changed_us > 10 * G_USEC_PER_SEC)
    g_hash_table_remove_all (self->accounts);
}

static int
compare_ids (gconstpointer a,
             gconstpointer b,
             gpointer      user_data)
{
  return g_strcmp0 (a, b);
}

static Account *
get_account (AhoyAccounts *self,
             guint64       app_id,
             const char   *user_id)
{
  g_autofree char *uid = ahoy_make_uid (app_id, user_id);
  Account *account = g_hash_table_lookup (self->accounts, uid);

  if (!account)
    {
      g_autoptr (GPtrArray) blocked = ahoy_store_list_blocks (self->server->store, app_id, user_id);

      account = g_new0 (Account, 1);
      account->has_several_devices = ahoy_store_has_several_devices (self->server->store, app_id, user_id);
      account->blocked = g_tree_new_full (compare_ids, NULL, g_free, NULL);
      for (guint i = 0; i < blocked->len; i++)
        g_tree_insert (account->blocked, g_strdup (g_ptr_array_index (blocked, i)), NULL);
      g_hash_table_insert (self->accounts, g_steal_pointer (&uid), account);
    }

  return account;
}

static gboolean
has_blocked (AhoyAccounts *self,
             guint64       app_id,
             const char   *owner,
             const char   *user_id)
{
  return g_tree_lookup_extended (get_account (self, app_id, owner)->blocked, user_id, NULL, NULL);
}

gboolean
ahoy_accounts_is_blocked (AhoyAccounts *self,
                          guint64       app_id,
                          const char   *user_id,
                          const char   *other)
{
  return has_blocked (self, app_id, user_id, other) || has_blocked (self, app_id, other, user_id);
}

gboolean
ahoy_accounts_may_be_on_several (AhoyAccounts *self,
                                 guint64       app_id,
                                 const char   *user_id)
{
  switch (self->server->config->several_devices)
    {
    case AHOY_SEVERAL_DEVICES_ALWAYS:
      return TRUE;
    case AHOY_SEVERAL_DEVICES_ASK:
      return get_account (self, app_id, user_id)->has_several_devices;
    case AHOY_SEVERAL_DEVICES_NEVER:
    default:
      return FALSE;
    }
}

void
ahoy_accounts_handle_multi (AhoyRequest *request,
                            JsonObject  *data)
{
  AhoyServer *server = request->server;
  AhoySession *session = request->session;
  Account *account = get_account (server->accounts, session->app_id, session->user_id);
  gboolean enable = ahoy_json_get_bool (data, "enable", FALSE);
  AhoyChange *change;

  if (ahoy_json_get_bool (data, "enable", TRUE) != enable)
    {
      ahoy_request_fail (request, AHOY_ERROR_INVALID_PARAMETER, "enable is missing or invalid");
      return;
    }
  if (enable && server->config->several_devices == AHOY_SEVERAL_DEVICES_NEVER)
    {
      ahoy_request_fail (request, AHOY_ERROR_PACKAGE_NOT_SUPPORTED, NULL);
      return;
    }
  if (account->has_several_devices == enable)
    {
      ahoy_request_answer (request, NULL);
      return;
    }

  account->has_several_devices = enable;
  server->accounts->changed_us = g_get_monotonic_time ();
  change = ahoy_change_new (server);
  ahoy_batch_put_several_devices (change->batch, session->app_id, session->user_id, enable);
  if (!ahoy_accounts_may_be_on_several (server->accounts, session->app_id, session->user_id))
    ahoy_auth_kick_others (server, session, "devices");
  ahoy_change_commit (change, request, NULL);
}

static gboolean
add_id (gpointer key,
        gpointer value,
        gpointer user_data)
{
  json_array_add_string_element (user_data, key);

  return FALSE;
}

void
ahoy_accounts_handle_blocks_list (AhoyRequest *request,
                                  JsonObject  *data)
{
  AhoySession *session = request->session;
  Account *account = get_account (request->server->accounts, session->app_id, session->user_id);
  g_autoptr (JsonObject) answer = json_object_new ();
  JsonArray *users = json_array_new ();

  g_tree_foreach (account->blocked, add_id, users);
  json_object_set_array_member (answer, "users", users);
  ahoy_request_answer (request, answer);
}

static void
commit_block (AhoyRequest *request,
              const char  *user_id,
              gboolean     is_blocked)
{
  AhoySession *session = request->session;
  AhoyChange *change = ahoy_change_new (request->server);
  JsonObject *push = json_object_new ();

  if (is_blocked)
    ahoy_batch_put_block (change->batch, session->app_id, session->user_id, user_id);
  else
    ahoy_batch_remove_block (change->batch, session->app_id, session->user_id, user_id);
  json_object_set_string_member (push, "user", user_id);
  json_object_set_boolean_member (push, "blocked", is_blocked);
  ahoy_change_push (change, session->uid, NULL, session->device, AHOY_MESSAGE_BLOCKS, push);
  ahoy_change_commit (change, request, NULL);
}

void
ahoy_accounts_handle_blocks_set (AhoyRequest *request,
                                 JsonObject  *data)
{
  AhoyAccounts *self = request->server->accounts;
  AhoySession *session = request->session;
  Account *account = get_account (self, session->app_id, session->user_id);
  const char *user_id = ahoy_json_get_string (data, "user", AHOY_MAX_USER_ID);
  gboolean is_blocked = ahoy_json_get_bool (data, "blocked", FALSE);

  if (!ahoy_user_id_is_valid (user_id) || g_str_equal (user_id, session->user_id) ||
      ahoy_json_get_bool (data, "blocked", TRUE) != is_blocked)
    {
      ahoy_request_fail (request, AHOY_ERROR_PARAM_INVALID, "user or blocked is missing or invalid");
      return;
    }
  if (has_blocked (self, session->app_id, session->user_id, user_id) == is_blocked)
    {
      ahoy_request_answer (request, NULL);
      return;
    }
  if (is_blocked && g_tree_nnodes (account->blocked) >= AHOY_MAX_BLOCKS)
    {
      ahoy_request_fail (request, AHOY_ERROR_REQUEST_REFUSED, "too many are blocked");
      return;
    }

  if (is_blocked)
    g_tree_insert (account->blocked, g_strdup (user_id), NULL);
  else
    g_tree_remove (account->blocked, user_id);
  self->changed_us = g_get_monotonic_time ();
  commit_block (request, user_id, is_blocked);
}
