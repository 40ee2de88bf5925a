/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "ahoy-envelope.h"
#include "ahoy-request.h"

G_BEGIN_DECLS

/* The first frame of a connection: auth or resume. Whatever else it is closes the connection. */
void ahoy_auth_first_frame (AhoyServer     *server,
                            AhoyConnection *connection,
                            AhoyEnvelope   *envelope);
/* A new userSig for a session. */
void ahoy_auth_handle_renew (AhoyRequest    *request,
                             JsonObject     *data);
/* The userSig of a connected session is over: says so once, and later closes unless there is a call. */
void ahoy_auth_lapse        (AhoyServer     *server,
                             AhoySession    *session);
/* Signs out: leaves the call and forgets the session, on disk as well. */
void ahoy_auth_end_session (AhoyServer     *server,
                            AhoySession    *session,
                            int             reason);
/* Ends all sessions of this user but @session, and tells them @why. */
void ahoy_auth_kick_others (AhoyServer     *server,
                            AhoySession    *session,
                            const char     *why);

G_END_DECLS
