/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "call-log.h"

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

/* For what has no function of its own here: a callback that keeps the result in a GAsyncResult *, which is waited for;
 * and the number of an error, which is freed, or 0. */
void        engine_on_result      (GObject         *object,
                                   GAsyncResult    *result,
                                   gpointer         user_data);
void        engine_await_result   (GAsyncResult   **result);
int         engine_take_code      (GError          *error);

/* Calls several people; @ids are separated by blanks. */
AhoyCall   *engine_place_many     (AhoyEngine      *engine,
                                   const char      *ids,
                                   AhoyCallMedia    media,
                                   AhoyCallOptions *options);
/* NULL and the error's code, or the call. */
AhoyCall   *engine_join           (AhoyEngine      *engine,
                                   const char      *call_id,
                                   int             *code);
AhoyCall   *engine_join_group     (AhoyEngine      *engine,
                                   const char      *group_id,
                                   int             *code);
AhoyCall   *engine_take_over      (AhoyEngine      *engine,
                                   const char      *call_id,
                                   int             *code);
/* 0 or the error's code. */
int         engine_set_multi      (AhoyEngine      *engine,
                                   gboolean         enable);
int         engine_set_blocked    (AhoyEngine      *engine,
                                   const char      *user_id,
                                   gboolean         blocked);
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
/* Whom it rings for now, separated by blanks; NULL and the error's code. */
char       *call_invite           (AhoyCall        *call,
                                   const char      *ids,
                                   int             *code);
int         call_cancel_invitation (AhoyCall       *call,
                                   const char      *user_id);
int         call_switch_media     (AhoyCall        *call,
                                   AhoyCallMedia    media);
/* The others, "bob+carol?": in it, or rung for. (transfer full) */
char       *call_dup_people       (AhoyCall        *call);
void        call_await_people     (AhoyCall        *call,
                                   const char      *people);
/* A number of the connection to that person, 0 without one. */
guint64     call_get_number       (AhoyCall        *call,
                                   const char      *user_id,
                                   const char      *name);
/* Sound and picture of each of them come in: counted from now on. */
void        call_await_media_of   (AhoyCall        *call,
                                   const char      *ids);
guint64     call_count_frames     (AhoyCall        *call);
/* Pictures come in; watches them. */
void        call_await_frames     (AhoyCall        *call,
                                   guint            more);
