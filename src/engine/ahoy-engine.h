/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "ahoy-call.h"
#include "ahoy-contacts.h"
#include "ahoy-device.h"
#include "ahoy-error.h"
#include "ahoy-groups.h"
#include "ahoy-media.h"
#include "ahoy-record.h"
#include "ahoy-video-settings.h"

G_BEGIN_DECLS

#define AHOY_TYPE_ENGINE (ahoy_engine_get_type ())
G_DECLARE_FINAL_TYPE (AhoyEngine, ahoy_engine, AHOY, ENGINE, GObject)

AhoyEngine        *ahoy_engine_new                     (void);
AhoyEngineState    ahoy_engine_get_state               (AhoyEngine           *self);
AhoyUser          *ahoy_engine_get_self                (AhoyEngine           *self);
GListModel        *ahoy_engine_get_calls               (AhoyEngine           *self);
AhoyCall          *ahoy_engine_get_current_call        (AhoyEngine           *self);
AhoyCall          *ahoy_engine_find_call               (AhoyEngine           *self,
                                                        const char           *call_id);
AhoyContacts      *ahoy_engine_get_contacts            (AhoyEngine           *self);
AhoyGroups        *ahoy_engine_get_groups              (AhoyEngine           *self);
AhoyMedia         *ahoy_engine_get_media               (AhoyEngine           *self);
AhoyDevices       *ahoy_engine_get_devices             (AhoyEngine           *self);
AhoyVideoSettings *ahoy_engine_get_video_settings      (AhoyEngine           *self);
AhoyUser          *ahoy_engine_get_user                (AhoyEngine           *self,
                                                        const char           *user_id);
gboolean           ahoy_engine_get_echo                (AhoyEngine           *self);
void               ahoy_engine_set_echo                (AhoyEngine           *self,
                                                        gboolean              echo);
gboolean           ahoy_engine_get_multi_device        (AhoyEngine           *self);
const char        *ahoy_engine_get_call_elsewhere      (AhoyEngine           *self);

void               ahoy_engine_login_async             (AhoyEngine           *self,
                                                        const char           *server_uri,
                                                        guint64               app_id,
                                                        const char           *user_id,
                                                        const char           *user_sig,
                                                        GCancellable         *cancellable,
                                                        GAsyncReadyCallback   callback,
                                                        gpointer              user_data);
gboolean           ahoy_engine_login_finish            (AhoyEngine           *self,
                                                        GAsyncResult         *result,
                                                        GError              **error);
void               ahoy_engine_set_keep_trying         (AhoyEngine           *self,
                                                        gboolean              keep_trying);
void               ahoy_engine_try_now                 (AhoyEngine           *self);
void               ahoy_engine_renew_user_sig          (AhoyEngine           *self,
                                                        const char           *user_sig);
void               ahoy_engine_logout_async            (AhoyEngine           *self,
                                                        GCancellable         *cancellable,
                                                        GAsyncReadyCallback   callback,
                                                        gpointer              user_data);
gboolean           ahoy_engine_logout_finish           (AhoyEngine           *self,
                                                        GAsyncResult         *result,
                                                        GError              **error);

AhoyCall          *ahoy_engine_place_call              (AhoyEngine           *self,
                                                        const char *const    *user_ids,
                                                        AhoyCallMedia         media,
                                                        AhoyCallOptions      *options,
                                                        GError              **error);
void               ahoy_engine_join_call_async         (AhoyEngine           *self,
                                                        const char           *call_id,
                                                        GCancellable         *cancellable,
                                                        GAsyncReadyCallback   callback,
                                                        gpointer              user_data);
AhoyCall          *ahoy_engine_join_call_finish        (AhoyEngine           *self,
                                                        GAsyncResult         *result,
                                                        GError              **error);
void               ahoy_engine_join_group_async        (AhoyEngine           *self,
                                                        const char           *group_id,
                                                        GCancellable         *cancellable,
                                                        GAsyncReadyCallback   callback,
                                                        gpointer              user_data);
AhoyCall          *ahoy_engine_join_group_finish       (AhoyEngine           *self,
                                                        GAsyncResult         *result,
                                                        GError              **error);
void               ahoy_engine_take_over_async         (AhoyEngine           *self,
                                                        const char           *call_id,
                                                        GCancellable         *cancellable,
                                                        GAsyncReadyCallback   callback,
                                                        gpointer              user_data);
AhoyCall          *ahoy_engine_take_over_finish        (AhoyEngine           *self,
                                                        GAsyncResult         *result,
                                                        GError              **error);

void               ahoy_engine_set_self_info_async     (AhoyEngine           *self,
                                                        const char           *nickname,
                                                        const char           *avatar,
                                                        GCancellable         *cancellable,
                                                        GAsyncReadyCallback   callback,
                                                        gpointer              user_data);
gboolean           ahoy_engine_set_self_info_finish    (AhoyEngine           *self,
                                                        GAsyncResult         *result,
                                                        GError              **error);
void               ahoy_engine_set_multi_device_async  (AhoyEngine           *self,
                                                        gboolean              enable,
                                                        GCancellable         *cancellable,
                                                        GAsyncReadyCallback   callback,
                                                        gpointer              user_data);
gboolean           ahoy_engine_set_multi_device_finish (AhoyEngine           *self,
                                                        GAsyncResult         *result,
                                                        GError              **error);
void               ahoy_engine_set_blocked_async       (AhoyEngine           *self,
                                                        const char           *user_id,
                                                        gboolean              blocked,
                                                        GCancellable         *cancellable,
                                                        GAsyncReadyCallback   callback,
                                                        gpointer              user_data);
gboolean           ahoy_engine_set_blocked_finish      (AhoyEngine           *self,
                                                        GAsyncResult         *result,
                                                        GError              **error);
void               ahoy_engine_list_blocked_async      (AhoyEngine           *self,
                                                        GCancellable         *cancellable,
                                                        GAsyncReadyCallback   callback,
                                                        gpointer              user_data);
char             **ahoy_engine_list_blocked_finish     (AhoyEngine           *self,
                                                        GAsyncResult         *result,
                                                        GError              **error);

void               ahoy_engine_query_history_async     (AhoyEngine           *self,
                                                        AhoyCallResult        result,
                                                        const char           *cursor,
                                                        guint                 count,
                                                        GCancellable         *cancellable,
                                                        GAsyncReadyCallback   callback,
                                                        gpointer              user_data);
void               ahoy_engine_query_history_full_async (AhoyEngine          *self,
                                                        AhoyCallResult        result,
                                                        gint64                begin_ms,
                                                        gint64                end_ms,
                                                        const char           *cursor,
                                                        guint                 count,
                                                        GCancellable         *cancellable,
                                                        GAsyncReadyCallback   callback,
                                                        gpointer              user_data);
GPtrArray         *ahoy_engine_query_history_finish    (AhoyEngine           *self,
                                                        GAsyncResult         *result,
                                                        char                **next_cursor,
                                                        GError              **error);
void               ahoy_engine_delete_history_async    (AhoyEngine           *self,
                                                        const char *const    *call_ids,
                                                        GCancellable         *cancellable,
                                                        GAsyncReadyCallback   callback,
                                                        gpointer              user_data);
gboolean           ahoy_engine_delete_history_finish   (AhoyEngine           *self,
                                                        GAsyncResult         *result,
                                                        char               ***deleted,
                                                        GError              **error);

G_END_DECLS
