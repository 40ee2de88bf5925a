/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ahoy-account-store.h"

#include "ahoy-link.h"

#include <glib/gi18n.h>
#include <libsecret/secret.h>

struct _AhoyAccountStore
{
  GObject parent_instance;

  char *profile;            /* (owned) */
  AhoyAccount *account;     /* (owned) (nullable) */
  gboolean is_session_only;
};

G_DEFINE_FINAL_TYPE (AhoyAccountStore, ahoy_account_store, G_TYPE_OBJECT)

enum
{
  PROP_0,
  PROP_SESSION_ONLY,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

/* One item holds everything, as a login link: replacing it is a single step, so there is never an old ticket
 * beside a new name. */
static const SecretSchema schema = {
  AHOY_APP_ID ".Account",
  SECRET_SCHEMA_NONE,
  {
    { "profile", SECRET_SCHEMA_ATTRIBUTE_STRING },
    { NULL, 0 },
  },
  0, 0, 0, 0, 0, 0, 0, 0
};

static void
set_session_only (AhoyAccountStore *self,
                  gboolean          is_session_only)
{
  if (self->is_session_only == is_session_only)
    return;

  self->is_session_only = is_session_only;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_SESSION_ONLY]);
}

static void
set_account (AhoyAccountStore  *self,
             const AhoyAccount *account)
{
  AhoyAccount *copy = account ? ahoy_account_copy (account) : NULL;

  g_clear_pointer (&self->account, ahoy_account_free);
  self->account = copy;
}

static void
ahoy_account_store_finalize (GObject *object)
{
  AhoyAccountStore *self = AHOY_ACCOUNT_STORE (object);

  g_free (self->profile);
  g_clear_pointer (&self->account, ahoy_account_free);

  G_OBJECT_CLASS (ahoy_account_store_parent_class)->finalize (object);
}

static void
ahoy_account_store_get_property (GObject    *object,
                                 guint       prop_id,
                                 GValue     *value,
                                 GParamSpec *pspec)
{
  AhoyAccountStore *self = AHOY_ACCOUNT_STORE (object);

  switch (prop_id)
    {
    case PROP_SESSION_ONLY:
      g_value_set_boolean (value, self->is_session_only);
      break;

    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
ahoy_account_store_class_init (AhoyAccountStoreClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->finalize = ahoy_account_store_finalize;
  object_class->get_property = ahoy_account_store_get_property;

  properties[PROP_SESSION_ONLY] =
    g_param_spec_boolean ("session-only", NULL, NULL, FALSE,
                          G_PARAM_READABLE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY);

  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
ahoy_account_store_init (AhoyAccountStore *self)
{
}

AhoyAccountStore *
ahoy_account_store_new (const char *profile)
{
  AhoyAccountStore *self;

  g_return_val_if_fail (profile, NULL);

  self = g_object_new (AHOY_TYPE_ACCOUNT_STORE, NULL);
  self->profile = g_strdup (profile);
  return self;
}

AhoyAccount *
ahoy_account_store_get_account (AhoyAccountStore *self)
{
  g_return_val_if_fail (AHOY_IS_ACCOUNT_STORE (self), NULL);

  return self->account;
}

gboolean
ahoy_account_store_get_session_only (AhoyAccountStore *self)
{
  g_return_val_if_fail (AHOY_IS_ACCOUNT_STORE (self), FALSE);

  return self->is_session_only;
}

static void
on_looked_up (GObject      *source,
              GAsyncResult *result,
              gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  AhoyAccountStore *self = g_task_get_source_object (task);
  g_autoptr (AhoyLink) link = NULL;
  GError *error = NULL;
  char *secret;

  secret = secret_password_lookup_finish (result, &error);
  if (error)
    {
      g_task_return_error (task, error);
      return;
    }

  /* Something else under our name, as an older version may have left, counts as nothing. */
  link = secret ? ahoy_link_parse (secret, NULL) : NULL;
  secret_password_free (secret);
  if (!link || link->kind != AHOY_LINK_LOGIN)
    {
      g_task_return_pointer (task, NULL, NULL);
      return;
    }

  set_account (self, link->account);
  set_session_only (self, FALSE);
  g_task_return_pointer (task, ahoy_account_copy (link->account), (GDestroyNotify) ahoy_account_free);
}

void
ahoy_account_store_load_async (AhoyAccountStore    *self,
                               GCancellable        *cancellable,
                               GAsyncReadyCallback  callback,
                               gpointer             user_data)
{
  GTask *task;

  g_return_if_fail (AHOY_IS_ACCOUNT_STORE (self));

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, ahoy_account_store_load_async);
  secret_password_lookup (&schema, cancellable, on_looked_up, task, "profile", self->profile, NULL);
}

AhoyAccount *
ahoy_account_store_load_finish (AhoyAccountStore  *self,
                                GAsyncResult      *result,
                                GError           **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

static void
on_stored (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  AhoyAccountStore *self = g_task_get_source_object (task);
  GError *error = NULL;

  if (!secret_password_store_finish (result, &error))
    {
      if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
        set_session_only (self, TRUE);
      g_task_return_error (task, error);
      return;
    }

  set_session_only (self, FALSE);
  g_task_return_boolean (task, TRUE);
}

void
ahoy_account_store_save_async (AhoyAccountStore    *self,
                               AhoyAccount         *account,
                               GCancellable        *cancellable,
                               GAsyncReadyCallback  callback,
                               gpointer             user_data)
{
  g_autofree char *secret = NULL;
  g_autofree char *label = NULL;
  g_autofree char *host = NULL;
  GTask *task;

  g_return_if_fail (AHOY_IS_ACCOUNT_STORE (self));
  g_return_if_fail (account);

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, ahoy_account_store_save_async);
  set_account (self, account);

  host = ahoy_account_dup_host (account);
  /* Translators: how the keyring lists the account: the Ahoy ID, then the server */
  label = g_strdup_printf (_("Ahoy account of %s at %s"), account->user_id, host);
  secret = ahoy_link_format_login (account);
  secret_password_store (&schema, SECRET_COLLECTION_DEFAULT, label, secret, cancellable,
                         on_stored, task, "profile", self->profile, NULL);
}

gboolean
ahoy_account_store_save_finish (AhoyAccountStore  *self,
                                GAsyncResult      *result,
                                GError           **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}

static void
on_cleared (GObject      *source,
            GAsyncResult *result,
            gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  GError *error = NULL;

  /* FALSE without an error: there was nothing to remove. */
  secret_password_clear_finish (result, &error);
  if (error)
    g_task_return_error (task, error);
  else
    g_task_return_boolean (task, TRUE);
}

void
ahoy_account_store_clear_async (AhoyAccountStore    *self,
                                GCancellable        *cancellable,
                                GAsyncReadyCallback  callback,
                                gpointer             user_data)
{
  GTask *task;

  g_return_if_fail (AHOY_IS_ACCOUNT_STORE (self));

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, ahoy_account_store_clear_async);
  set_account (self, NULL);
  set_session_only (self, FALSE);
  secret_password_clear (&schema, cancellable, on_cleared, task, "profile", self->profile, NULL);
}

gboolean
ahoy_account_store_clear_finish (AhoyAccountStore  *self,
                                 GAsyncResult      *result,
                                 GError           **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}
