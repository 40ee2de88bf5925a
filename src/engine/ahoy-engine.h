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
/**
 * ahoy_engine_new:
 *
 * Returns: (transfer full): an engine that is signed out
 */
AhoyEngine      *ahoy_engine_new                   (void);
/**
 * ahoy_engine_get_state:
 * @self: an engine
 *
 * Returns: signed out, signing in, online or offline
 */
AhoyEngineState  ahoy_engine_get_state             (AhoyEngine *self);
/**
 * ahoy_engine_get_self:
 * @self: an engine
 *
 * Returns: (transfer none) (nullable): who is signed in
 */
AhoyUser        *ahoy_engine_get_self              (AhoyEngine *self);
/**
 * ahoy_engine_get_calls:
 * @self: an engine
 *
 * Calls that ended leave it ten seconds later.
 *
 * Returns: (transfer none): a #GListModel of [class@Call]
 */
GListModel      *ahoy_engine_get_calls             (AhoyEngine *self);
/**
 * ahoy_engine_get_current_call:
 * @self: an engine
 *
 * Returns: (transfer none) (nullable): the call that is not over
 */
AhoyCall        *ahoy_engine_get_current_call      (AhoyEngine *self);
/**
 * ahoy_engine_find_call:
 * @self: an engine
 * @call_id: id of a call
 *
 * Returns: (transfer none) (nullable): the call of that id, when it is in the list
 */
AhoyCall        *ahoy_engine_find_call             (AhoyEngine *self,
                                                    const char *call_id);
/**
 * ahoy_engine_get_contacts:
 * @self: an engine
 *
 * Returns: (transfer none): the contacts of the account
 */
AhoyContacts    *ahoy_engine_get_contacts          (AhoyEngine *self);
/**
 * ahoy_engine_get_media:
 * @self: an engine
 *
 * Returns: (transfer none): capture and playback
 */
AhoyMedia       *ahoy_engine_get_media             (AhoyEngine *self);
/**
 * ahoy_engine_get_devices:
 * @self: an engine
 *
 * Returns: (transfer none): the cameras, microphones and loudspeakers
 */
AhoyDevices     *ahoy_engine_get_devices           (AhoyEngine *self);
/**
 * ahoy_engine_get_user:
 * @self: an engine
 * @user_id: id of a person
 *
 * The one object of that id; its profile is fetched when it is not known yet.
 *
 * Returns: (transfer none): the person
 */
AhoyUser        *ahoy_engine_get_user              (AhoyEngine *self,
                                                    const char *user_id);
/**
 * ahoy_engine_get_echo:
 * @self: an engine
 *
 * Returns: whether every call is accepted and sent back
 */
gboolean         ahoy_engine_get_echo              (AhoyEngine *self);
/**
 * ahoy_engine_set_echo:
 * @self: an engine
 * @echo: whether to accept every call and send back what comes
 */
void             ahoy_engine_set_echo              (AhoyEngine *self,
                                                    gboolean    echo);

/**
 * ahoy_engine_login_async:
 * @self: an engine
 * @server_uri: http(s)://host:port or ws(s)://host:port of the server
 * @app_id: number of the application (SDKAppID)
 * @user_id: id of the user
 * @user_sig: the ticket of the user
 * @cancellable: (nullable): a #GCancellable
 * @callback: (scope async): called when it is done
 * @user_data: for @callback
 *
 * Signs in. After the first success the connection is kept and mended until [method@Engine.logout_async].
 */
void             ahoy_engine_login_async           (AhoyEngine          *self,
                                                    const char          *server_uri,
                                                    guint64              app_id,
                                                    const char          *user_id,
                                                    const char          *user_sig,
                                                    GCancellable        *cancellable,
                                                    GAsyncReadyCallback  callback,
                                                    gpointer             user_data);
/**
 * ahoy_engine_login_finish:
 * @self: an engine
 * @result: what the callback was given
 * @error: return location for an error
 *
 * Errors: `AHOY_ERROR`, 70001 and up for a ticket that is refused, -1406 when there is no server, and `G_TLS_ERROR`
 * for a certificate that is not trusted.
 *
 * Returns: whether the server has said yes
 */
gboolean         ahoy_engine_login_finish          (AhoyEngine          *self,
                                                    GAsyncResult        *result,
                                                    GError             **error);
/**
 * ahoy_engine_set_keep_trying:
 * @self: an engine
 * @keep_trying: whether to go on after a first attempt that finds no server
 *
 * For a start without network: signing in then ends well, in state offline; a later refusal comes as
 * [signal@Engine::error].
 */
void             ahoy_engine_set_keep_trying       (AhoyEngine          *self,
                                                    gboolean             keep_trying);
/**
 * ahoy_engine_try_now:
 * @self: an engine
 *
 * When offline: tries to reach the server at once.
 */
void             ahoy_engine_try_now               (AhoyEngine          *self);
/**
 * ahoy_engine_renew_user_sig:
 * @self: an engine
 * @user_sig: a new ticket of the same user
 *
 * The answer to [signal@Engine::user-sig-expiring] and [signal@Engine::user-sig-expired]. A call that runs goes on.
 */
void             ahoy_engine_renew_user_sig        (AhoyEngine          *self,
                                                    const char          *user_sig);
/**
 * ahoy_engine_logout_async:
 * @self: an engine
 * @cancellable: (nullable): a #GCancellable
 * @callback: (scope async): called when it is done
 * @user_data: for @callback
 *
 * Leaves every call and signs out.
 */
void             ahoy_engine_logout_async          (AhoyEngine          *self,
                                                    GCancellable        *cancellable,
                                                    GAsyncReadyCallback  callback,
                                                    gpointer             user_data);
/**
 * ahoy_engine_logout_finish:
 * @self: an engine
 * @result: what the callback was given
 * @error: return location for an error
 *
 * Returns: whether the server knows
 */
gboolean         ahoy_engine_logout_finish         (AhoyEngine          *self,
                                                    GAsyncResult        *result,
                                                    GError             **error);

/**
 * ahoy_engine_place_call:
 * @self: an engine
 * @user_ids: (array zero-terminated=1): whom to call, at most eight
 * @media: sound only, or sound and picture
 * @options: (nullable): what else the call is told
 * @error: return location for an error
 *
 * Places a call and returns at once; the call is in state calling and already in [method@Engine.get_calls]. What
 * the server refuses ends it with [method@Call.get_error] set. When the one person dialled is calling here at this
 * moment, that call is answered and returned instead. Errors: -1201 not signed in, -1202 bad ids or options, -1203
 * in a call already.
 *
 * Returns: (transfer full): the call, or %NULL with @error set
 */
AhoyCall        *ahoy_engine_place_call            (AhoyEngine          *self,
                                                    const char *const   *user_ids,
                                                    AhoyCallMedia        media,
                                                    AhoyCallOptions     *options,
                                                    GError             **error);

/**
 * ahoy_engine_set_self_info_async:
 * @self: an engine
 * @nickname: (nullable): the name that others see, or %NULL to leave it
 * @avatar: (nullable): URL or data URI, or %NULL to leave it
 * @cancellable: (nullable): a #GCancellable
 * @callback: (scope async): called when it is done
 * @user_data: for @callback
 *
 * Changes what others see of the account.
 */
void             ahoy_engine_set_self_info_async   (AhoyEngine          *self,
                                                    const char          *nickname, /* NULL: unchanged */
                                                    const char          *avatar,
                                                    GCancellable        *cancellable,
                                                    GAsyncReadyCallback  callback,
                                                    gpointer             user_data);
/**
 * ahoy_engine_set_self_info_finish:
 * @self: an engine
 * @result: what the callback was given
 * @error: return location for an error
 *
 * Returns: whether the server keeps it
 */
gboolean         ahoy_engine_set_self_info_finish  (AhoyEngine          *self,
                                                    GAsyncResult        *result,
                                                    GError             **error);
/**
 * ahoy_engine_query_history_async:
 * @self: an engine
 * @result: which calls, or unknown for all
 * @cursor: (nullable): what the last answer gave as next, or %NULL for the newest
 * @count: how many at most, 1 to 100
 * @cancellable: (nullable): a #GCancellable
 * @callback: (scope async): called when it is done
 * @user_data: for @callback
 *
 * Asks for past calls, newest first.
 */
void             ahoy_engine_query_history_async   (AhoyEngine          *self,
                                                    AhoyCallResult       result,
                                                    const char          *cursor,
                                                    guint                count,
                                                    GCancellable        *cancellable,
                                                    GAsyncReadyCallback  callback,
                                                    gpointer             user_data);
/**
 * ahoy_engine_query_history_finish:
 * @self: an engine
 * @result: what the callback was given
 * @next_cursor: (out) (optional) (nullable) (transfer full): where the next page begins, or %NULL at the end
 * @error: return location for an error
 *
 * Returns: (transfer container) (element-type AhoyRecord): the records, or %NULL with @error set
 */
GPtrArray       *ahoy_engine_query_history_finish  (AhoyEngine          *self,
                                                    GAsyncResult        *result,
                                                    char               **next_cursor,
                                                    GError             **error);
/**
 * ahoy_engine_delete_history_async:
 * @self: an engine
 * @call_ids: (nullable) (array zero-terminated=1): which calls, or %NULL for all
 * @cancellable: (nullable): a #GCancellable
 * @callback: (scope async): called when it is done
 * @user_data: for @callback
 *
 * Deletes past calls.
 */
void             ahoy_engine_delete_history_async  (AhoyEngine          *self,
                                                    const char *const   *call_ids,
                                                    GCancellable        *cancellable,
                                                    GAsyncReadyCallback  callback,
                                                    gpointer             user_data);
/**
 * ahoy_engine_delete_history_finish:
 * @self: an engine
 * @result: what the callback was given
 * @error: return location for an error
 *
 * Returns: whether they are gone
 */
gboolean         ahoy_engine_delete_history_finish (AhoyEngine          *self,
                                                    GAsyncResult        *result,
                                                    GError             **error);

G_END_DECLS
