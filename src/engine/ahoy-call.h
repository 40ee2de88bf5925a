/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "ahoy-call-options.h"
#include "ahoy-participant.h"

#include <gio/gio.h>

G_BEGIN_DECLS

#define AHOY_TYPE_CALL (ahoy_call_get_type ())
G_DECLARE_FINAL_TYPE (AhoyCall, ahoy_call, AHOY, CALL, GObject)

const char       *ahoy_call_get_id                   (AhoyCall             *self);
AhoyCallMedia     ahoy_call_get_media                (AhoyCall             *self);
AhoyCallRole      ahoy_call_get_role                 (AhoyCall             *self);
AhoyCallScene     ahoy_call_get_scene                (AhoyCall             *self);
AhoyCallState     ahoy_call_get_state                (AhoyCall             *self);
AhoyUser         *ahoy_call_get_inviter              (AhoyCall             *self);
GListModel       *ahoy_call_get_participants         (AhoyCall             *self);
AhoyParticipant  *ahoy_call_get_peer                 (AhoyCall             *self);
AhoyParticipant  *ahoy_call_find_participant         (AhoyCall             *self,
                                                      const char           *user_id);
gint64            ahoy_call_get_started_at           (AhoyCall             *self);
guint             ahoy_call_get_duration             (AhoyCall             *self);
AhoyEndReason     ahoy_call_get_end_reason           (AhoyCall             *self);
AhoyUser         *ahoy_call_get_ended_by             (AhoyCall             *self);
const GError     *ahoy_call_get_error                (AhoyCall             *self);
const char       *ahoy_call_get_user_data            (AhoyCall             *self);
const char       *ahoy_call_get_group_id             (AhoyCall             *self);
const char       *ahoy_call_get_room                 (AhoyCall             *self);
int               ahoy_call_get_room_number          (AhoyCall             *self);
gboolean          ahoy_call_get_ephemeral            (AhoyCall             *self);
AhoyRecordPolicy  ahoy_call_get_record_policy        (AhoyCall             *self);
AhoyNetworkQuality ahoy_call_get_network_quality     (AhoyCall             *self);
const char       *ahoy_call_get_push_title           (AhoyCall             *self);
const char       *ahoy_call_get_push_text            (AhoyCall             *self);
gboolean          ahoy_call_get_microphone_on        (AhoyCall             *self);
void              ahoy_call_set_microphone_on        (AhoyCall             *self,
                                                      gboolean              on);
gboolean          ahoy_call_get_camera_on            (AhoyCall             *self);
void              ahoy_call_set_camera_on            (AhoyCall             *self,
                                                      gboolean              on);
AhoyVideoTrack   *ahoy_call_get_self_view            (AhoyCall             *self);
GVariant         *ahoy_call_dup_stats                (AhoyCall             *self);

void              ahoy_call_accept_async             (AhoyCall             *self,
                                                      gboolean              with_camera,
                                                      GCancellable         *cancellable,
                                                      GAsyncReadyCallback   callback,
                                                      gpointer              user_data);
gboolean          ahoy_call_accept_finish            (AhoyCall             *self,
                                                      GAsyncResult         *result,
                                                      GError              **error);
void              ahoy_call_reject_async             (AhoyCall             *self,
                                                      GCancellable         *cancellable,
                                                      GAsyncReadyCallback   callback,
                                                      gpointer              user_data);
gboolean          ahoy_call_reject_finish            (AhoyCall             *self,
                                                      GAsyncResult         *result,
                                                      GError              **error);
void              ahoy_call_ignore_async             (AhoyCall             *self,
                                                      GCancellable         *cancellable,
                                                      GAsyncReadyCallback   callback,
                                                      gpointer              user_data);
gboolean          ahoy_call_ignore_finish            (AhoyCall             *self,
                                                      GAsyncResult         *result,
                                                      GError              **error);
void              ahoy_call_hang_up_async            (AhoyCall             *self,
                                                      GCancellable         *cancellable,
                                                      GAsyncReadyCallback   callback,
                                                      gpointer              user_data);
gboolean          ahoy_call_hang_up_finish           (AhoyCall             *self,
                                                      GAsyncResult         *result,
                                                      GError              **error);

void              ahoy_call_invite_async             (AhoyCall             *self,
                                                      const char *const    *user_ids,
                                                      guint                 timeout_s,
                                                      GCancellable         *cancellable,
                                                      GAsyncReadyCallback   callback,
                                                      gpointer              user_data);
char            **ahoy_call_invite_finish            (AhoyCall             *self,
                                                      GAsyncResult         *result,
                                                      GError              **error);
void              ahoy_call_cancel_invitation_async  (AhoyCall             *self,
                                                      const char           *user_id,
                                                      GCancellable         *cancellable,
                                                      GAsyncReadyCallback   callback,
                                                      gpointer              user_data);
gboolean          ahoy_call_cancel_invitation_finish (AhoyCall             *self,
                                                      GAsyncResult         *result,
                                                      GError              **error);
void              ahoy_call_switch_media_async       (AhoyCall             *self,
                                                      AhoyCallMedia         media,
                                                      GCancellable         *cancellable,
                                                      GAsyncReadyCallback   callback,
                                                      gpointer              user_data);
gboolean          ahoy_call_switch_media_finish      (AhoyCall             *self,
                                                      GAsyncResult         *result,
                                                      GError              **error);
void              ahoy_call_set_remote_view          (AhoyCall             *self,
                                                      const char           *user_id,
                                                      gboolean              on);
gboolean          ahoy_call_get_remote_view          (AhoyCall             *self,
                                                      const char           *user_id);

G_END_DECLS
