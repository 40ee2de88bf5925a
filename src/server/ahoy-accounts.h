/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "ahoy-request.h"

G_BEGIN_DECLS

/* What is kept for an account: whether it may be on several devices, and whom it has blocked.
 * What was written counts at once, also while the disk is still busy with it. */
AhoyAccounts *ahoy_accounts_new                (AhoyServer   *server);
void          ahoy_accounts_free               (AhoyAccounts *self);
/* Every minute: what is not in use is forgotten. */
void          ahoy_accounts_trim               (AhoyAccounts *self);
gboolean      ahoy_accounts_may_be_on_several  (AhoyAccounts *self,
                                                guint64       app_id,
                                                const char   *user_id);
/* TRUE when one of the two has blocked the other. */
gboolean      ahoy_accounts_is_blocked         (AhoyAccounts *self,
                                                guint64       app_id,
                                                const char   *user_id,
                                                const char   *other);

/* Handlers of messages */
void          ahoy_accounts_handle_multi       (AhoyRequest  *request,
                                                JsonObject   *data);
void          ahoy_accounts_handle_blocks_list (AhoyRequest  *request,
                                                JsonObject   *data);
void          ahoy_accounts_handle_blocks_set  (AhoyRequest  *request,
                                                JsonObject   *data);

G_END_DECLS
