/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "ahoy-call.h"
#include "ahoy-contacts.h"
#include "ahoy-device.h"
#include "ahoy-error.h"
#include "ahoy-media.h"
#include "ahoy-record.h"

G_BEGIN_DECLS

#define AHOY_TYPE_ENGINE (ahoy_engine_get_type ())
G_DECLARE_FINAL_TYPE (AhoyEngine, ahoy_engine, AHOY, ENGINE, GObject)

/* Signed in or not, the calls of one account. Properties (notify): "state" (r), "self" (r, AhoyUser, nullable),
 * "server-uri" (r), "app-id" (r), "calls" (r, GListModel of AhoyCall, ended ones leave 10 s after their end…
 * at the latest when the next call begins), "contacts" (r, AhoyContacts), "devices" (r, AhoyDevices),
 * "media" (r, AhoyMedia), "retry-at" (r, gint64 monotonic µs of the next attempt, 0 when none),
 * "user-sig-expires" (r, gint64 unix s), "echo" (rw: accept every call and send back what comes; for agents),
 * "preconnect" (rw, default TRUE), "trust" (rw, GTlsDatabase, nullable: own certificate authorities),
 * "device-id" (construct only, nullable: which installation this is; NULL for the name kept on disk).
 * Signals: "incoming-call" (AhoyCall), "call-added" (AhoyCall), "call-ended" (AhoyCall),
 * "kicked-offline" (const char *why), "user-sig-expiring" () an hour (or a tenth of its life) before,
 * "user-sig-expired" (), "history-changed" (AhoyRecord, nullable), "error" (GError). */
AhoyEngine      *ahoy_engine_new                   (void);
AhoyEngineState  ahoy_engine_get_state             (AhoyEngine *self);
AhoyUser        *ahoy_engine_get_self              (AhoyEngine *self);
GListModel      *ahoy_engine_get_calls             (AhoyEngine *self);
AhoyCall        *ahoy_engine_get_current_call      (AhoyEngine *self); /* (transfer none) (nullable): the one not ended */
AhoyCall        *ahoy_engine_find_call             (AhoyEngine *self,
                                                    const char *call_id);
AhoyContacts    *ahoy_engine_get_contacts          (AhoyEngine *self);
AhoyMedia       *ahoy_engine_get_media             (AhoyEngine *self);
AhoyDevices     *ahoy_engine_get_devices           (AhoyEngine *self);
/* The one object of that id; its profile is fetched when it is not known yet. (transfer none) */
AhoyUser        *ahoy_engine_get_user              (AhoyEngine *self,
                                                    const char *user_id);
gboolean         ahoy_engine_get_echo              (AhoyEngine *self);
void             ahoy_engine_set_echo              (AhoyEngine *self,
                                                    gboolean    echo);

/* @server_uri: http(s)://host:port or ws(s)://host:port/…; errors tell a wrong ticket (70001…), no server
 * (AHOY_ERROR_SIGNALING_SEND_FAIL) and a bad certificate (G_TLS_ERROR) apart. Goes on trying after the first
 * success only. */
void             ahoy_engine_login_async           (AhoyEngine          *self,
                                                    const char          *server_uri,
                                                    guint64              app_id,
                                                    const char          *user_id,
                                                    const char          *user_sig,
                                                    GCancellable        *cancellable,
                                                    GAsyncReadyCallback  callback,
                                                    gpointer             user_data);
gboolean         ahoy_engine_login_finish          (AhoyEngine          *self,
                                                    GAsyncResult        *result,
                                                    GError             **error);
/* Like login, but keeps on trying when the first attempt finds no server: for a start without network. Signing in
 * then ends well, in state OFFLINE with "retry-at" set; a later refusal comes as "error" and SIGNED_OUT. */
void             ahoy_engine_set_keep_trying       (AhoyEngine          *self,
                                                    gboolean             keep_trying);
void             ahoy_engine_try_now               (AhoyEngine          *self);
void             ahoy_engine_renew_user_sig        (AhoyEngine          *self,
                                                    const char          *user_sig);
void             ahoy_engine_logout_async          (AhoyEngine          *self,
                                                    GCancellable        *cancellable,
                                                    GAsyncReadyCallback  callback,
                                                    gpointer             user_data);
gboolean         ahoy_engine_logout_finish         (AhoyEngine          *self,
                                                    GAsyncResult        *result,
                                                    GError             **error);

/* Returns at once with a call in state CALLING that is already in "calls"; what the server refuses ends it
 * with "error" set. When the one person dialled is calling here at this moment, that call is answered and
 * returned instead. NULL with @error for what is wrong before (-1201 not signed in, -1202 bad ids,
 * -1203 already in a call). (transfer full) */
AhoyCall        *ahoy_engine_place_call            (AhoyEngine          *self,
                                                    const char *const   *user_ids,
                                                    AhoyCallMedia        media,
                                                    AhoyCallOptions     *options,
                                                    GError             **error);

void             ahoy_engine_set_self_info_async   (AhoyEngine          *self,
                                                    const char          *nickname, /* NULL: unchanged */
                                                    const char          *avatar,
                                                    GCancellable        *cancellable,
                                                    GAsyncReadyCallback  callback,
                                                    gpointer             user_data);
gboolean         ahoy_engine_set_self_info_finish  (AhoyEngine          *self,
                                                    GAsyncResult        *result,
                                                    GError             **error);
/* @result: UNKNOWN for all. @cursor: NULL for the newest. Returns (transfer full) GPtrArray of AhoyRecord;
 * @next_cursor (out) (nullable) (transfer full). */
void             ahoy_engine_query_history_async   (AhoyEngine          *self,
                                                    AhoyCallResult       result,
                                                    const char          *cursor,
                                                    guint                count,
                                                    GCancellable        *cancellable,
                                                    GAsyncReadyCallback  callback,
                                                    gpointer             user_data);
GPtrArray       *ahoy_engine_query_history_finish  (AhoyEngine          *self,
                                                    GAsyncResult        *result,
                                                    char               **next_cursor,
                                                    GError             **error);
/* @call_ids NULL: all of them. */
void             ahoy_engine_delete_history_async  (AhoyEngine          *self,
                                                    const char *const   *call_ids,
                                                    GCancellable        *cancellable,
                                                    GAsyncReadyCallback  callback,
                                                    gpointer             user_data);
gboolean         ahoy_engine_delete_history_finish (AhoyEngine          *self,
                                                    GAsyncResult        *result,
                                                    GError             **error);

G_END_DECLS
