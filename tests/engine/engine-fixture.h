/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "ahoy-engine.h"
#include "ahoy-test-server.h"
#include "ahoy-test-wait.h"

/* Engines that sign in to a real server, and what a test does with them. */

/* Until nothing is left to be done at once. */
void        settle                (void);

AhoyEngine *engine_new            (const char      *device_id);
/* Waits for the answer; NULL or the error. */
GError     *engine_try_login      (AhoyEngine      *engine,
                                   const char      *uri,
                                   guint64          app_id,
                                   const char      *user_id,
                                   const char      *ticket);
AhoyEngine *engine_new_online     (AhoyTestServer  *server,
                                   const char      *user_id,
                                   const char      *device_id);
void        engine_logout         (AhoyEngine      *engine);
/* Signs out and proves that nobody holds it any more. */
void        engine_free           (AhoyEngine      *engine);
void        engine_add_contact    (AhoyEngine      *engine,
                                   const char      *user_id);
/* (transfer full) of AhoyRecord, newest first */
GPtrArray  *engine_query          (AhoyEngine      *engine);

AhoyCall   *engine_place          (AhoyEngine      *engine,
                                   const char      *user_id,
                                   AhoyCallMedia    media,
                                   guint            timeout_s);
/* The incoming call, once it rings. (transfer full) */
AhoyCall   *engine_await_incoming (AhoyEngine      *engine);
void        call_await_state      (AhoyCall        *call,
                                   AhoyCallState    state,
                                   guint            timeout_ms);
/* The action's error or NULL. */
GError     *call_accept           (AhoyCall        *call);
void        call_hang_up          (AhoyCall        *call);
guint64     call_count_frames     (AhoyCall        *call);
/* Pictures come in; watches them. */
void        call_await_frames     (AhoyCall        *call,
                                   guint            more);
