/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "ahoy-session.h"

G_BEGIN_DECLS

/* Tasks that a request of the session answers. */

/* Takes a good answer, and returns the task's value. */
typedef void (*AhoyRequestFunc) (GTask      *task,
                                 JsonObject *answer);

/* Sends @data (nullable), and returns the task with the error of the session, or by @func; without one it returns
 * TRUE. @cancellable: of the message, NULL for one that has to reach the server. @task: (transfer full) */
void ahoy_request_send   (AhoySession     *session,
                          const char      *type,
                          JsonObject      *data,
                          GCancellable    *cancellable,
                          GTask           *task,
                          AhoyRequestFunc  func);
/* Returns the task with an error of ours instead. @task: (transfer full) */
void ahoy_request_refuse (GTask           *task,
                          int              code,
                          const char      *message);
/* Sends what changes nothing here, whatever the answer. */
void ahoy_request_tell   (AhoySession     *session,
                          const char      *type,
                          JsonObject      *data);

G_END_DECLS
