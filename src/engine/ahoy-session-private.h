/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "ahoy-session.h"

G_BEGIN_DECLS

/* For ahoy-session-renewal.c. The next connection signs in with @user_sig; one that waited for it is made now. */
void ahoy_session_set_user_sig (AhoySession  *self,
                                const char   *user_sig);
void ahoy_session_tell_refused (AhoySession  *self,
                                const GError *error);

G_END_DECLS
