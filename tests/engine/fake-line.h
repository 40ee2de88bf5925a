/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "ahoy-media.h"
#include "ahoy-peer.h"
#include "ahoy-session.h"

G_BEGIN_DECLS

/* What a call stands on, for tests without a network, a microphone or a clock: the session, the media and the peers of
 * the engine, under the names of the real ones. A test that is linked with this file has these instead. */

/* A request that waits for its answer. */
typedef struct
{
  GTask *task;      /* (owned) */
  char *type;       /* (owned) */
  JsonObject *data; /* (owned) */
} FakeRequest;

/* Called with each request before it waits; TRUE: it is answered with nothing, and does not wait. */
typedef gboolean (*FakeRequestFunc) (const char *type,
                                     JsonObject *data,
                                     gpointer    user_data);

AhoySession *fake_session_new         (const char      *user_id,
                                       const char      *device_id,
                                       FakeRequestFunc  func,
                                       gpointer         user_data);
void         fake_session_set_state   (AhoySession      *self,
                                       AhoySessionState  state);
guint        fake_session_count       (AhoySession     *self);
/* The request that has waited longest. (transfer full) (nullable) */
FakeRequest *fake_session_take        (AhoySession     *self);
const char  *fake_session_get_type_of (AhoySession     *self,
                                       guint            position);
/* Each frees the request. @answer is (transfer full). */
void         fake_request_answer      (FakeRequest     *request,
                                       JsonObject      *answer);
void         fake_request_fail        (FakeRequest     *request,
                                       int              code);

AhoyMedia   *fake_media_new           (void);
/* Microphone and camera are open. */
gboolean     fake_media_is_capturing  (AhoyMedia       *self);

/* The peers that are not closed, oldest first. (transfer none) */
GPtrArray   *fake_peers_get           (void);
/* "user/device" */
const char  *fake_peer_get_name       (AhoyPeer        *self);
gboolean     fake_peer_is_sending     (AhoyPeer        *self);
gboolean     fake_peer_is_playing     (AhoyPeer        *self);
gboolean     fake_peer_is_offering    (AhoyPeer        *self);
void         fake_peer_set_state      (AhoyPeer        *self,
                                       AhoyPeerState    state);

G_END_DECLS
