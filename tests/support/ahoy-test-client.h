/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "ahoy-test-server.h"

#include <json-glib/json-glib.h>

G_BEGIN_DECLS

/* A WebSocket client that speaks the wire by hand; everything it does waits and checks. */
typedef struct _AhoyTestClient AhoyTestClient;

/* Connects and signs in; @device NULL is "USER-device". */
AhoyTestClient *ahoy_test_client_new           (AhoyTestServer *server,
                                                const char     *user_id,
                                                const char     *device);
/* Connects only. */
AhoyTestClient *ahoy_test_client_new_plain     (AhoyTestServer *server);
void            ahoy_test_client_free          (AhoyTestClient *self);
const char     *ahoy_test_client_get_user      (AhoyTestClient *self);
const char     *ahoy_test_client_get_device    (AhoyTestClient *self);
/* The last welcome */
JsonObject     *ahoy_test_client_get_welcome   (AhoyTestClient *self);

/* The socket is gone without a good-bye, as with a process that was killed. */
void            ahoy_test_client_drop          (AhoyTestClient *self);
/* Connects again and sends resume; returns the welcome. */
JsonObject     *ahoy_test_client_resume        (AhoyTestClient *self);
void            ahoy_test_client_reconnect     (AhoyTestClient *self);

/* @format and what follows make the JSON of "d". Returns the "d" of the answer, which must be ok. */
JsonObject     *ahoy_test_client_request       (AhoyTestClient *self,
                                                const char     *type,
                                                const char     *format,
                                                ...) G_GNUC_PRINTF (3, 4);
/* Returns the number of the error that must come. */
int             ahoy_test_client_fail          (AhoyTestClient *self,
                                                const char     *type,
                                                const char     *format,
                                                ...) G_GNUC_PRINTF (3, 4);
/* The same, but it may be answered well: then 0. */
int             ahoy_test_client_try           (AhoyTestClient *self,
                                                const char     *type,
                                                const char     *format,
                                                ...) G_GNUC_PRINTF (3, 4);
/* A request with an id of the caller's choice; returns the "d". */
JsonObject     *ahoy_test_client_request_as    (AhoyTestClient *self,
                                                const char     *id,
                                                const char     *type,
                                                const char     *data);
/* The two halves of a request, for two that are under way at the same time; the first returns its id. */
char           *ahoy_test_client_begin         (AhoyTestClient *self,
                                                const char     *type,
                                                const char     *format,
                                                ...) G_GNUC_PRINTF (3, 4);
/* Returns 0 or the number of the error; @data is the "d" of a good answer (transfer full). */
int             ahoy_test_client_finish        (AhoyTestClient *self,
                                                const char     *id,
                                                JsonObject    **data);
void            ahoy_test_client_send          (AhoyTestClient *self,
                                                const char     *text);
/* (transfer full): "d" of the first push of @type, which is taken from the list. */
JsonObject     *ahoy_test_client_wait_push     (AhoyTestClient *self,
                                                const char     *type);
/* Takes call.state pushes until one has @state. */
JsonObject     *ahoy_test_client_wait_state    (AhoyTestClient *self,
                                                const char     *state);
gboolean        ahoy_test_client_has_push      (AhoyTestClient *self,
                                                const char     *type);
/* Drops what came and nobody has waited for. */
void            ahoy_test_client_forget        (AhoyTestClient *self);
gint64          ahoy_test_client_get_rx        (AhoyTestClient *self);
/* Waits for the server to close; returns its code. */
int             ahoy_test_client_wait_close    (AhoyTestClient *self);
/* A round trip: what the server sent before is here. */
void            ahoy_test_client_flush         (AhoyTestClient *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (AhoyTestClient, ahoy_test_client_free)

G_END_DECLS
