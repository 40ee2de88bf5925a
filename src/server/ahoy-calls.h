/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "ahoy-call-logic.h"
#include "ahoy-request.h"

G_BEGIN_DECLS

/* Owner of the live calls: feeds events to the rules, stores what came of them, then tells. */
AhoyCalls    *ahoy_calls_new       (AhoyServer          *server);
void          ahoy_calls_free      (AhoyCalls           *self);
guint         ahoy_calls_get_n     (AhoyCalls           *self);
AhoyCallData *ahoy_calls_find      (AhoyCalls           *self,
                                    const char          *call_id,
                                    guint64              app_id);
/* The live call that @uid is in or that rings at it. */
AhoyCallData *ahoy_calls_find_user (AhoyCalls           *self,
                                    const char          *uid);
/* (nullable): the oldest of the live calls with this group id */
AhoyCallData *ahoy_calls_find_group (AhoyCalls           *self,
                                     guint64              app_id,
                                     const char          *group_id);
/* TRUE when @uid is in a call, not when it only rings. */
gboolean      ahoy_calls_is_busy   (AhoyCalls           *self,
                                    const char          *uid);
/* Takes @call and the request, which may be NULL. */
void          ahoy_calls_start     (AhoyCalls           *self,
                                    AhoyCallData        *call,
                                    AhoyRequest         *request);
/* Takes the request, which may be NULL. */
void          ahoy_calls_apply     (AhoyCalls           *self,
                                    AhoyCallData        *call,
                                    const AhoyCallEvent *event,
                                    AhoyRequest         *request);
/* "calls" of a welcome */
JsonArray    *ahoy_calls_to_wire   (AhoyCalls           *self,
                                    AhoySession         *session);
/* (nullable): the running call that this user is in on another device */
AhoyCallData *ahoy_calls_find_elsewhere (AhoyCalls      *self,
                                         AhoySession    *session);
/* A connection went, a session came back, a session is over. */
void          ahoy_calls_lose      (AhoyCalls           *self,
                                    AhoySession         *session,
                                    AhoyGone             why);
void          ahoy_calls_regain    (AhoyCalls           *self,
                                    AhoySession         *session);
void          ahoy_calls_leave     (AhoyCalls           *self,
                                    AhoySession         *session,
                                    AhoyCallReason       reason);
/* The clock by which calls are timed. It is the one that people read, but when that is set this one follows together
 * with all that was measured by it, between two events and not in the middle of one. */
gint64        ahoy_calls_now_ms    (AhoyCalls           *self);
/* Several times a second: deadlines, and the clock. */
void          ahoy_calls_tick      (AhoyCalls           *self);

/* The call of the request when its user is or was in it; else NULL, and the request is ended. */
AhoyCallData *ahoy_calls_need      (AhoyRequest         *request,
                                    JsonObject          *data);

/* Handlers of messages */
void          ahoy_calls_handle_invite (AhoyRequest     *request,
                                        JsonObject      *data);
void          ahoy_calls_handle_event  (AhoyRequest     *request,
                                        JsonObject      *data,
                                        AhoyMessageType  type);
void          ahoy_calls_handle_sync   (AhoyRequest     *request,
                                        JsonObject      *data);
void          ahoy_calls_handle_add    (AhoyRequest     *request,
                                        JsonObject      *data);
void          ahoy_calls_handle_join   (AhoyRequest     *request,
                                        JsonObject      *data);
void          ahoy_calls_handle_switch (AhoyRequest     *request,
                                        JsonObject      *data);
void          ahoy_calls_handle_move   (AhoyRequest     *request,
                                        JsonObject      *data);
void          ahoy_relay_handle        (AhoyRequest     *request,
                                        JsonObject      *data,
                                        AhoyMessageType  type);

G_END_DECLS
