/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>
#include "ahoy-account.h"

G_BEGIN_DECLS

#define AHOY_TYPE_ACCOUNT_STORE (ahoy_account_store_get_type ())
G_DECLARE_FINAL_TYPE (AhoyAccountStore, ahoy_account_store, AHOY, ACCOUNT_STORE, GObject)

/* The account in the keyring, one a @profile (the id of the application, so that two of them on one desktop
 * keep apart). A keyring that is absent or locked is no reason to fail: the account is then known until the
 * process ends, and "is-session-only" says so. */
AhoyAccountStore *ahoy_account_store_new              (const char           *profile);
/* (transfer none) (nullable): what was loaded or saved last. */
AhoyAccount      *ahoy_account_store_get_account      (AhoyAccountStore     *self);
gboolean          ahoy_account_store_get_session_only (AhoyAccountStore     *self);
/* NULL without an error when there is none. (transfer full) */
void              ahoy_account_store_load_async       (AhoyAccountStore     *self,
                                                       GCancellable         *cancellable,
                                                       GAsyncReadyCallback   callback,
                                                       gpointer              user_data);
AhoyAccount      *ahoy_account_store_load_finish      (AhoyAccountStore     *self,
                                                       GAsyncResult         *result,
                                                       GError              **error);
/* FALSE with an error: kept for the session. */
void              ahoy_account_store_save_async       (AhoyAccountStore     *self,
                                                       AhoyAccount          *account,
                                                       GCancellable         *cancellable,
                                                       GAsyncReadyCallback   callback,
                                                       gpointer              user_data);
gboolean          ahoy_account_store_save_finish      (AhoyAccountStore     *self,
                                                       GAsyncResult         *result,
                                                       GError              **error);
void              ahoy_account_store_clear_async      (AhoyAccountStore     *self,
                                                       GCancellable         *cancellable,
                                                       GAsyncReadyCallback   callback,
                                                       gpointer              user_data);
gboolean          ahoy_account_store_clear_finish     (AhoyAccountStore     *self,
                                                       GAsyncResult         *result,
                                                       GError              **error);

G_END_DECLS
