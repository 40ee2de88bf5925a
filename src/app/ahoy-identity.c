/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ahoy-identity.h"

struct _AhoyIdentity
{
  GObject parent_instance;

  AhoyEngine *engine;       /* (owned) */
  AhoyAccountStore *store;  /* (owned) */
  AhoyAccount *account;     /* (owned) (nullable) */
  AhoyIdentityStage stage;
  AhoyIdentityNotice notice;
  gboolean is_given;        /* from outside: never kept, never removed */
  GCancellable *cancellable; /* (owned) */
  GCancellable *saving;      /* (owned) (nullable): the keyring may be asking for its password for minutes */
};

G_DEFINE_FINAL_TYPE (AhoyIdentity, ahoy_identity, G_TYPE_OBJECT)

enum
{
  PROP_0,
  PROP_STAGE,
  PROP_NOTICE,
  PROP_ACCOUNT,
  PROP_SESSION_ONLY,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

static void
set_stage (AhoyIdentity      *self,
           AhoyIdentityStage  stage)
{
  if (self->stage == stage)
    return;

  self->stage = stage;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_STAGE]);
}

static void
set_notice (AhoyIdentity       *self,
            AhoyIdentityNotice  notice)
{
  if (self->notice == notice)
    return;

  self->notice = notice;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_NOTICE]);
}

static void
set_account (AhoyIdentity      *self,
             const AhoyAccount *account)
{
  AhoyAccount *copy = account ? ahoy_account_copy (account) : NULL;

  g_clear_pointer (&self->account, ahoy_account_free);
  self->account = copy;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_ACCOUNT]);
}

/* The numbers of a ticket that the server will not take a second time either. */
static gboolean
is_ticket_error (const GError *error)
{
  return error->domain == AHOY_ERROR &&
         ((error->code >= 70001 && error->code <= 70099) || error->code == 6206);
}

static void
on_background_login (GObject      *source,
                     GAsyncResult *result,
                     gpointer      user_data)
{
  g_autoptr (AhoyIdentity) self = AHOY_IDENTITY (user_data);
  g_autoptr (GError) error = NULL;

  if (ahoy_engine_login_finish (AHOY_ENGINE (source), result, &error))
    {
      set_notice (self, AHOY_IDENTITY_NOTICE_NONE);
      return;
    }
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;

  g_debug ("Signing in at start failed: %s", error->message);
  if (is_ticket_error (error))
    set_notice (self, AHOY_IDENTITY_NOTICE_EXPIRED);
}

static void
login_in_background (AhoyIdentity *self)
{
  ahoy_engine_set_keep_trying (self->engine, TRUE);
  ahoy_engine_login_async (self->engine, self->account->server, self->account->app_id, self->account->user_id,
                           self->account->user_sig, self->cancellable, on_background_login, g_object_ref (self));
}

static void
on_loaded (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr (AhoyIdentity) self = AHOY_IDENTITY (user_data);
  g_autoptr (AhoyAccount) account = NULL;
  g_autoptr (GError) error = NULL;

  account = ahoy_account_store_load_finish (AHOY_ACCOUNT_STORE (source), result, &error);
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  if (error)
    g_debug ("The keyring gives no account: %s", error->message);

  /* An account may have come by another way while the keyring was asking for its password. */
  if (self->stage != AHOY_IDENTITY_LOADING)
    return;

  if (!account)
    {
      set_stage (self, AHOY_IDENTITY_NONE);
      return;
    }

  set_account (self, account);
  set_stage (self, AHOY_IDENTITY_SIGNED_IN);
  login_in_background (self);
}

static void
on_kicked_offline (AhoyIdentity *self)
{
  if (self->stage == AHOY_IDENTITY_SIGNED_IN)
    set_notice (self, AHOY_IDENTITY_NOTICE_KICKED);
}

static void
on_user_sig_expired (AhoyIdentity *self)
{
  if (self->stage == AHOY_IDENTITY_SIGNED_IN)
    set_notice (self, AHOY_IDENTITY_NOTICE_EXPIRED);
}

static void
on_session_only_changed (AhoyIdentity *self)
{
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_SESSION_ONLY]);
}

static void
stop_saving (AhoyIdentity *self)
{
  if (self->saving)
    g_cancellable_cancel (self->saving);
  g_clear_object (&self->saving);
}

static void
ahoy_identity_dispose (GObject *object)
{
  AhoyIdentity *self = AHOY_IDENTITY (object);

  stop_saving (self);
  if (self->cancellable)
    g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_clear_object (&self->engine);
  g_clear_object (&self->store);

  G_OBJECT_CLASS (ahoy_identity_parent_class)->dispose (object);
}

static void
ahoy_identity_finalize (GObject *object)
{
  AhoyIdentity *self = AHOY_IDENTITY (object);

  g_clear_pointer (&self->account, ahoy_account_free);

  G_OBJECT_CLASS (ahoy_identity_parent_class)->finalize (object);
}

static void
ahoy_identity_get_property (GObject    *object,
                            guint       prop_id,
                            GValue     *value,
                            GParamSpec *pspec)
{
  AhoyIdentity *self = AHOY_IDENTITY (object);

  switch (prop_id)
    {
    case PROP_STAGE:
      g_value_set_int (value, self->stage);
      break;

    case PROP_NOTICE:
      g_value_set_int (value, self->notice);
      break;

    case PROP_ACCOUNT:
      g_value_set_boxed (value, self->account);
      break;

    case PROP_SESSION_ONLY:
      g_value_set_boolean (value, ahoy_identity_get_session_only (self));
      break;

    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
ahoy_identity_class_init (AhoyIdentityClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = ahoy_identity_dispose;
  object_class->finalize = ahoy_identity_finalize;
  object_class->get_property = ahoy_identity_get_property;

  properties[PROP_STAGE] =
    g_param_spec_int ("stage", NULL, NULL, AHOY_IDENTITY_LOADING, AHOY_IDENTITY_SIGNED_IN, AHOY_IDENTITY_LOADING,
                      G_PARAM_READABLE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY);
  properties[PROP_NOTICE] =
    g_param_spec_int ("notice", NULL, NULL, AHOY_IDENTITY_NOTICE_NONE, AHOY_IDENTITY_NOTICE_EXPIRED,
                      AHOY_IDENTITY_NOTICE_NONE,
                      G_PARAM_READABLE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY);
  properties[PROP_ACCOUNT] =
    g_param_spec_boxed ("account", NULL, NULL, AHOY_TYPE_ACCOUNT,
                        G_PARAM_READABLE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY);
  properties[PROP_SESSION_ONLY] =
    g_param_spec_boolean ("session-only", NULL, NULL, FALSE,
                          G_PARAM_READABLE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY);

  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
ahoy_identity_init (AhoyIdentity *self)
{
  self->cancellable = g_cancellable_new ();
}

AhoyIdentity *
ahoy_identity_new (AhoyEngine       *engine,
                   AhoyAccountStore *store)
{
  AhoyIdentity *self;

  g_return_val_if_fail (AHOY_IS_ENGINE (engine), NULL);
  g_return_val_if_fail (AHOY_IS_ACCOUNT_STORE (store), NULL);

  self = g_object_new (AHOY_TYPE_IDENTITY, NULL);
  self->engine = g_object_ref (engine);
  self->store = g_object_ref (store);
  g_signal_connect_object (engine, "kicked-offline", G_CALLBACK (on_kicked_offline), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (engine, "user-sig-expired", G_CALLBACK (on_user_sig_expired), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (store, "notify::session-only", G_CALLBACK (on_session_only_changed), self,
                           G_CONNECT_SWAPPED);
  return self;
}

AhoyIdentityStage
ahoy_identity_get_stage (AhoyIdentity *self)
{
  g_return_val_if_fail (AHOY_IS_IDENTITY (self), AHOY_IDENTITY_NONE);

  return self->stage;
}

AhoyIdentityNotice
ahoy_identity_get_notice (AhoyIdentity *self)
{
  g_return_val_if_fail (AHOY_IS_IDENTITY (self), AHOY_IDENTITY_NOTICE_NONE);

  return self->notice;
}

const AhoyAccount *
ahoy_identity_get_account (AhoyIdentity *self)
{
  g_return_val_if_fail (AHOY_IS_IDENTITY (self), NULL);

  return self->account;
}

gboolean
ahoy_identity_get_session_only (AhoyIdentity *self)
{
  g_return_val_if_fail (AHOY_IS_IDENTITY (self), FALSE);

  return self->store && ahoy_account_store_get_session_only (self->store);
}

AhoyEngine *
ahoy_identity_get_engine (AhoyIdentity *self)
{
  g_return_val_if_fail (AHOY_IS_IDENTITY (self), NULL);

  return self->engine;
}

void
ahoy_identity_start (AhoyIdentity      *self,
                     const AhoyAccount *given)
{
  g_return_if_fail (AHOY_IS_IDENTITY (self));

  if (!given)
    {
      ahoy_account_store_load_async (self->store, self->cancellable, on_loaded, g_object_ref (self));
      return;
    }

  self->is_given = TRUE;
  set_account (self, given);
  set_notice (self, AHOY_IDENTITY_NOTICE_NONE);
  set_stage (self, AHOY_IDENTITY_SIGNED_IN);
  login_in_background (self);
}

static void
on_saved (GObject      *source,
          GAsyncResult *result,
          gpointer      user_data)
{
  g_autoptr (AhoyIdentity) self = AHOY_IDENTITY (user_data);
  g_autoptr (GError) error = NULL;

  /* The store says through "session-only" that it could not; signing in has worked all the same. */
  if (!ahoy_account_store_save_finish (AHOY_ACCOUNT_STORE (source), result, &error))
    g_debug ("The account is kept for this session: %s", error->message);
}

static void
save (AhoyIdentity *self)
{
  stop_saving (self);
  self->saving = g_cancellable_new ();
  ahoy_account_store_save_async (self->store, self->account, self->saving, on_saved, g_object_ref (self));
}

static void
on_login (GObject      *source,
          GAsyncResult *result,
          gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  AhoyIdentity *self = g_task_get_source_object (task);
  AhoyAccount *account = g_task_get_task_data (task);
  GError *error = NULL;

  if (!ahoy_engine_login_finish (AHOY_ENGINE (source), result, &error))
    {
      g_task_return_error (task, error);
      return;
    }

  self->is_given = FALSE;
  set_account (self, account);
  set_notice (self, AHOY_IDENTITY_NOTICE_NONE);
  set_stage (self, AHOY_IDENTITY_SIGNED_IN);
  save (self);
  g_task_return_boolean (task, TRUE);
}

void
ahoy_identity_sign_in_async (AhoyIdentity        *self,
                             const AhoyAccount   *account,
                             GCancellable        *cancellable,
                             GAsyncReadyCallback  callback,
                             gpointer             user_data)
{
  GTask *task;

  g_return_if_fail (AHOY_IS_IDENTITY (self));
  g_return_if_fail (account);

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, ahoy_identity_sign_in_async);
  g_task_set_task_data (task, ahoy_account_copy (account), (GDestroyNotify) ahoy_account_free);

  ahoy_engine_set_keep_trying (self->engine, FALSE);
  ahoy_engine_login_async (self->engine, account->server, account->app_id, account->user_id, account->user_sig,
                           cancellable, on_login, task);
}

gboolean
ahoy_identity_sign_in_finish (AhoyIdentity  *self,
                              GAsyncResult  *result,
                              GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}

void
ahoy_identity_sign_in_again (AhoyIdentity *self)
{
  g_return_if_fail (AHOY_IS_IDENTITY (self));

  if (self->account)
    login_in_background (self);
}

static void
on_store_cleared (GObject      *source,
                  GAsyncResult *result,
                  gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  g_autoptr (GError) error = NULL;

  if (!ahoy_account_store_clear_finish (AHOY_ACCOUNT_STORE (source), result, &error))
    g_debug ("The keyring could not be cleared: %s", error->message);

  g_task_return_boolean (task, TRUE);
}

static void
on_logout (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  AhoyIdentity *self = g_task_get_source_object (task);
  gboolean was_given = self->is_given;
  g_autoptr (GError) error = NULL;

  if (!ahoy_engine_logout_finish (AHOY_ENGINE (source), result, &error))
    g_debug ("Signing out: %s", error->message);

  stop_saving (self);
  self->is_given = FALSE;
  set_notice (self, AHOY_IDENTITY_NOTICE_NONE);
  set_stage (self, AHOY_IDENTITY_NONE);
  set_account (self, NULL);

  if (was_given)
    g_task_return_boolean (task, TRUE);
  else
    ahoy_account_store_clear_async (self->store, NULL, on_store_cleared, g_steal_pointer (&task));
}

void
ahoy_identity_sign_out_async (AhoyIdentity        *self,
                              GCancellable        *cancellable,
                              GAsyncReadyCallback  callback,
                              gpointer             user_data)
{
  GTask *task;

  g_return_if_fail (AHOY_IS_IDENTITY (self));

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, ahoy_identity_sign_out_async);
  ahoy_engine_logout_async (self->engine, cancellable, on_logout, task);
}

gboolean
ahoy_identity_sign_out_finish (AhoyIdentity  *self,
                               GAsyncResult  *result,
                               GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}
