/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* The real ahoy-server as a child process, on a free port of 127.0.0.1, with its own data. */
typedef struct _AhoyTestServer AhoyTestServer;

/* @config is the text of server.conf, or NULL for limits that no test meets. Blocks until it listens. */
AhoyTestServer *ahoy_test_server_new          (const char     *config);
/* The same with TLS; URIs are wss://, clients trust the certificate. */
AhoyTestServer *ahoy_test_server_new_tls      (const char     *cert,
                                               const char     *key);
/* Stops it with SIGTERM, checks that it ends well, and removes its data. */
void            ahoy_test_server_free         (AhoyTestServer *self);
/* ws://127.0.0.1:PORT; stays the same over restarts */
const char     *ahoy_test_server_get_uri      (AhoyTestServer *self);
/* The certificate to trust, NULL without TLS */
const char     *ahoy_test_server_get_cert     (AhoyTestServer *self);
guint           ahoy_test_server_get_port     (AhoyTestServer *self);
guint64         ahoy_test_server_get_app_id   (AhoyTestServer *self);
const char     *ahoy_test_server_get_data_dir (AhoyTestServer *self);
int             ahoy_test_server_get_pid      (AhoyTestServer *self);
/* A ticket that is good for @expire_s seconds, made by "ahoy-server user-sig". */
char           *ahoy_test_server_user_sig     (AhoyTestServer *self,
                                               const char     *user_id,
                                               gint64          expire_s);
/* SIGKILL, and the child is gone when it returns. */
void            ahoy_test_server_kill         (AhoyTestServer *self);
/* SIGTERM; the exit status must be 0 within 2 s. */
void            ahoy_test_server_stop         (AhoyTestServer *self);
/* After kill or stop: the same data, the same port. */
void            ahoy_test_server_start        (AhoyTestServer *self);
/* Runs "ahoy-server" with @arguments; returns its exit status. */
int             ahoy_test_server_run_command  (const char *const *arguments,
                                               char             **output);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (AhoyTestServer, ahoy_test_server_free)

G_END_DECLS
