/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "ahoy-user.h"

G_BEGIN_DECLS

#define AHOY_TYPE_RECORD (ahoy_record_get_type ())
G_DECLARE_FINAL_TYPE (AhoyRecord, ahoy_record, AHOY, RECORD, GObject)

/* One line of the history, as the server keeps it. Properties (r): "call-id", "inviter" (AhoyUser),
 * "invitees" (GListModel of AhoyUser), "peer" (AhoyUser: whom to call back; nullable), "media", "scene", "role",
 * "result", "begin" (gint64 µs real time), "duration" (guint s), "reason". */
const char     *ahoy_record_get_call_id  (AhoyRecord *self);
AhoyUser       *ahoy_record_get_peer     (AhoyRecord *self);
AhoyUser       *ahoy_record_get_inviter  (AhoyRecord *self);
AhoyCallMedia   ahoy_record_get_media    (AhoyRecord *self);
AhoyCallRole    ahoy_record_get_role     (AhoyRecord *self);
AhoyCallResult  ahoy_record_get_result   (AhoyRecord *self);
gint64          ahoy_record_get_begin    (AhoyRecord *self);
guint           ahoy_record_get_duration (AhoyRecord *self);
AhoyEndReason   ahoy_record_get_reason   (AhoyRecord *self);

G_END_DECLS
