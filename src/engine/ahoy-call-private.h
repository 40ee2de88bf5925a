/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "ahoy-call.h"
#include "ahoy-call-options-private.h"
#include "ahoy-call-peers.h"
#include "ahoy-call-state.h"
#include "ahoy-media.h"
#include "ahoy-people.h"

G_BEGIN_DECLS

/* What an engine lends to its calls. */
typedef struct
{
  AhoySession *session;
  AhoyMedia *media;
  AhoyPeople *people;
  gboolean echo;
  gboolean preconnect;
} AhoyCallBase;

/* Calls that this device begins. They send nothing before ahoy_call_start ().
 * @user_ids are valid, without repetition and without the own one. */
AhoyCall      *ahoy_call_new_outgoing  (const AhoyCallBase *base,
                                        GStrv               user_ids,
                                        AhoyCallMedia       media,
                                        AhoyCallOptions    *options);
/* @type: "call.join" or "call.move"; @call_id or @group_id, the other is NULL. */
AhoyCall      *ahoy_call_new_joining   (const AhoyCallBase *base,
                                        const char         *type,
                                        const char         *call_id,
                                        const char         *group_id);
/* NULL when @data is no call. */
AhoyCall      *ahoy_call_new_incoming  (const AhoyCallBase *base,
                                        JsonObject         *data);
/* Sends what begins it. @task (transfer full) (nullable): returns the call, or the error with which it ended. */
void           ahoy_call_start         (AhoyCall           *self,
                                        GTask              *task);
/* Tells the caller that it rings here: before anything is built that takes time. */
void           ahoy_call_tell_ringing  (AhoyCall           *self);
/* It rings: connects ahead when that is allowed. */
void           ahoy_call_ring          (AhoyCall           *self);
/* A *call* of the wire. */
void           ahoy_call_take_snapshot (AhoyCall           *self,
                                        JsonObject         *data);
/* The same after the server has forgotten what it had to pass on. */
void           ahoy_call_take_resumed  (AhoyCall           *self,
                                        JsonObject         *data);
/* call.ended or call.taken */
void           ahoy_call_take_end      (AhoyCall           *self,
                                        JsonObject         *data);
/* Whether @data invites anew to what is over here: who left a call may be invited to it again. That is another call
 * for this device; the one that ended never comes back. */
gboolean       ahoy_call_is_rung_again (AhoyCall           *self,
                                        JsonObject         *data);
/* sdp, ice or peer */
void           ahoy_call_take_relayed  (AhoyCall           *self,
                                        const char         *type,
                                        JsonObject         *data);
/* The network is another one, or the machine was asleep. */
void           ahoy_call_refresh       (AhoyCall           *self);

AhoyCallPhase  ahoy_call_get_phase     (AhoyCall           *self);
/* (nullable) */
AhoyCallPeers *ahoy_call_get_peers     (AhoyCall           *self);
void           ahoy_call_accepted_here (AhoyCall           *self,
                                        gboolean            with_camera);
/* Over without a word of the server. */
void           ahoy_call_finish        (AhoyCall           *self,
                                        AhoyEndReason       reason,
                                        gboolean            by_self);

static inline gboolean
ahoy_call_is_live (AhoyCall *self)
{
  return ahoy_call_phase_is_live (ahoy_call_get_phase (self));
}

G_END_DECLS
