/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "ahoy-call-options.h"
#include "ahoy-participant.h"

#include <gio/gio.h>

G_BEGIN_DECLS

#define AHOY_TYPE_CALL (ahoy_call_get_type ())
G_DECLARE_FINAL_TYPE (AhoyCall, ahoy_call, AHOY, CALL, GObject)

/* One conversation. Properties (notify): "id" (r, nullable until the server answered), "media" (r), "role" (r),
 * "scene" (r), "state" (r), "inviter" (r, AhoyUser), "participants" (r, GListModel of AhoyParticipant, the
 * others), "started-at" (r, gint64 µs of g_get_real_time (), 0 before), "duration" (r, guint s, notified each
 * second), "end-reason" (r), "ended-by" (r, AhoyUser, nullable), "error" (r, GError boxed, nullable: why placing
 * failed), "user-data" (r), "microphone-on" (rw), "camera-on" (rw), "self-view" (r, AhoyVideoTrack),
 * "stats" (r, a{sv} GVariant of the first participant's connection, notified each second).
 * Signals: "ended" (). The object may be dropped inside it. */
const char     *ahoy_call_get_id           (AhoyCall *self);
AhoyCallMedia   ahoy_call_get_media        (AhoyCall *self);
AhoyCallRole    ahoy_call_get_role         (AhoyCall *self);
AhoyCallScene   ahoy_call_get_scene        (AhoyCall *self);
AhoyCallState   ahoy_call_get_state        (AhoyCall *self);
AhoyUser       *ahoy_call_get_inviter      (AhoyCall *self);
GListModel     *ahoy_call_get_participants (AhoyCall *self);
AhoyParticipant *ahoy_call_get_peer        (AhoyCall *self); /* (transfer none) (nullable): the first of the others */
gint64          ahoy_call_get_started_at   (AhoyCall *self);
guint           ahoy_call_get_duration     (AhoyCall *self);
AhoyEndReason   ahoy_call_get_end_reason   (AhoyCall *self);
AhoyUser       *ahoy_call_get_ended_by     (AhoyCall *self);
const GError   *ahoy_call_get_error        (AhoyCall *self);
const char     *ahoy_call_get_user_data    (AhoyCall *self);
gboolean        ahoy_call_get_microphone_on (AhoyCall *self);
void            ahoy_call_set_microphone_on (AhoyCall *self,
                                             gboolean  on);
gboolean        ahoy_call_get_camera_on    (AhoyCall *self);
void            ahoy_call_set_camera_on    (AhoyCall *self,
                                            gboolean  on);
AhoyVideoTrack *ahoy_call_get_self_view    (AhoyCall *self);
GVariant       *ahoy_call_dup_stats        (AhoyCall *self); /* (transfer full) (nullable) a{sv} */

/* Errors: AHOY_ERROR; -1203 when the state does not allow it. The state changes at once, not at the answer. */
void            ahoy_call_accept_async     (AhoyCall            *self,
                                            gboolean             with_camera,
                                            GCancellable        *cancellable,
                                            GAsyncReadyCallback  callback,
                                            gpointer             user_data);
gboolean        ahoy_call_accept_finish    (AhoyCall            *self,
                                            GAsyncResult        *result,
                                            GError             **error);
void            ahoy_call_reject_async     (AhoyCall            *self,
                                            GCancellable        *cancellable,
                                            GAsyncReadyCallback  callback,
                                            gpointer             user_data);
gboolean        ahoy_call_reject_finish    (AhoyCall            *self,
                                            GAsyncResult        *result,
                                            GError             **error);
void            ahoy_call_ignore_async     (AhoyCall            *self,
                                            GCancellable        *cancellable,
                                            GAsyncReadyCallback  callback,
                                            gpointer             user_data);
gboolean        ahoy_call_ignore_finish    (AhoyCall            *self,
                                            GAsyncResult        *result,
                                            GError             **error);
/* Cancels while it rings, leaves when it runs, rejects when it is incoming; always ends the call here. */
void            ahoy_call_hang_up_async    (AhoyCall            *self,
                                            GCancellable        *cancellable,
                                            GAsyncReadyCallback  callback,
                                            gpointer             user_data);
gboolean        ahoy_call_hang_up_finish   (AhoyCall            *self,
                                            GAsyncResult        *result,
                                            GError             **error);

G_END_DECLS
