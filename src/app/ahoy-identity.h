/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "ahoy-account-store.h"
#include "ahoy-engine.h"

G_BEGIN_DECLS

/**
 * AhoyIdentityStage:
 * @AHOY_IDENTITY_LOADING: the keyring is being asked
 * @AHOY_IDENTITY_NONE: somebody has to sign in
 * @AHOY_IDENTITY_SIGNED_IN: there is an account, connected or not
 */
typedef enum
{
  AHOY_IDENTITY_LOADING,
  AHOY_IDENTITY_NONE,
  AHOY_IDENTITY_SIGNED_IN,
} AhoyIdentityStage;

/**
 * AhoyIdentityNotice:
 * @AHOY_IDENTITY_NOTICE_NONE: all is well
 * @AHOY_IDENTITY_NOTICE_KICKED: the account was opened on another device
 * @AHOY_IDENTITY_NOTICE_EXPIRED: the ticket is no longer accepted
 */
typedef enum
{
  AHOY_IDENTITY_NOTICE_NONE,
  AHOY_IDENTITY_NOTICE_KICKED,
  AHOY_IDENTITY_NOTICE_EXPIRED,
} AhoyIdentityNotice;

#define AHOY_TYPE_IDENTITY (ahoy_identity_get_type ())
G_DECLARE_FINAL_TYPE (AhoyIdentity, ahoy_identity, AHOY, IDENTITY, GObject)

/* Who uses this application: brings the account from the keyring or from the command line to the engine and
 * back. Properties (r, notify): "stage" (int), "notice" (int), "account" (AhoyAccount, nullable),
 * "session-only" (the keyring could not take the account). */
AhoyIdentity       *ahoy_identity_new              (AhoyEngine           *engine,
                                                    AhoyAccountStore     *store);
AhoyIdentityStage   ahoy_identity_get_stage        (AhoyIdentity         *self);
AhoyIdentityNotice  ahoy_identity_get_notice       (AhoyIdentity         *self);
const AhoyAccount  *ahoy_identity_get_account      (AhoyIdentity         *self);
gboolean            ahoy_identity_get_session_only (AhoyIdentity         *self);
AhoyEngine         *ahoy_identity_get_engine       (AhoyIdentity         *self);
/* @given: an account from outside, which is used and not kept; NULL: ask the keyring. Goes on trying when
 * there is no network. */
void                ahoy_identity_start            (AhoyIdentity         *self,
                                                    const AhoyAccount    *given);
/* Tries once; when it works the account is kept, and that is not waited for. */
void                ahoy_identity_sign_in_async    (AhoyIdentity         *self,
                                                    const AhoyAccount    *account,
                                                    GCancellable         *cancellable,
                                                    GAsyncReadyCallback   callback,
                                                    gpointer              user_data);
gboolean            ahoy_identity_sign_in_finish   (AhoyIdentity         *self,
                                                    GAsyncResult         *result,
                                                    GError              **error);
/* After another device took over. */
void                ahoy_identity_sign_in_again    (AhoyIdentity         *self);
/* Ends the connection and removes the account from the keyring; both are tried in any case. */
void                ahoy_identity_sign_out_async   (AhoyIdentity         *self,
                                                    GCancellable         *cancellable,
                                                    GAsyncReadyCallback   callback,
                                                    gpointer              user_data);
gboolean            ahoy_identity_sign_out_finish  (AhoyIdentity         *self,
                                                    GAsyncResult         *result,
                                                    GError              **error);

G_END_DECLS
