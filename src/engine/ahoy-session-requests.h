/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "ahoy-envelope.h"

#include <gio/gio.h>

G_BEGIN_DECLS

/* The requests of a session that are not answered yet, in the order they were made. Each is sent again on a new
 * connection, under its old id, until it is answered, too old or given up. */
typedef struct _AhoySessionRequests AhoySessionRequests;

AhoySessionRequests *ahoy_session_requests_new      (void);
void                 ahoy_session_requests_free     (AhoySessionRequests *self);
/* Takes @task, which returns the answer's data or an error. Returns the text to be sent, NULL when it is longer than
 * the server takes, which @task has returned as its error. (transfer full) (nullable) */
char                *ahoy_session_requests_add      (AhoySessionRequests *self,
                                                     const char          *type,
                                                     JsonObject          *data,
                                                     guint                timeout_s,
                                                     GTask               *task);
void                 ahoy_session_requests_answer   (AhoySessionRequests *self,
                                                     const AhoyEnvelope  *answer);
/* Texts of all of them, oldest first: (transfer full) of char *. */
GPtrArray           *ahoy_session_requests_make_texts (AhoySessionRequests *self);
void                 ahoy_session_requests_fail_all (AhoySessionRequests *self,
                                                     const GError        *error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (AhoySessionRequests, ahoy_session_requests_free)

G_END_DECLS
