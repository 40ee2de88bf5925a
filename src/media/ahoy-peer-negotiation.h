/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "ahoy-peer-shared.h"

G_BEGIN_DECLS

/* Descriptions and candidates of one connection, in whatever order they come. Main context only. */
typedef struct _AhoyPeerNegotiation AhoyPeerNegotiation;

/* What it tells its owner, who may stop it inside each of them. */
typedef struct
{
  /* Something was sent or taken: the clock of the connection runs. */
  void (*begun)     (gpointer    owner);
  void (*described) (gpointer    owner,
                     gboolean    is_offer,
                     const char *sdp);
  /* It has come to nothing; from here on it does nothing more. */
  void (*failed)    (gpointer    owner,
                     const char *why);
} AhoyPeerNegotiationEvents;

AhoyPeerNegotiation *ahoy_peer_negotiation_new              (GstElement                      *webrtcbin,
                                                             AhoyPeerShared                  *shared,
                                                             const char                      *name,
                                                             const AhoyPeerNegotiationEvents *events,
                                                             GObject                         *owner);
void                 ahoy_peer_negotiation_free             (AhoyPeerNegotiation             *self);
/* No more offers, answers and timers. */
void                 ahoy_peer_negotiation_stop             (AhoyPeerNegotiation             *self);
/* Whether a description of either end is under way. */
gboolean             ahoy_peer_negotiation_has_begun        (AhoyPeerNegotiation             *self);
void                 ahoy_peer_negotiation_start_offer      (AhoyPeerNegotiation             *self);
void                 ahoy_peer_negotiation_take_description (AhoyPeerNegotiation             *self,
                                                             gboolean                         is_offer,
                                                             const char                      *sdp);
void                 ahoy_peer_negotiation_take_candidate   (AhoyPeerNegotiation             *self,
                                                             guint                            mline,
                                                             const char                      *candidate);
/* FALSE: the post is about something else. */
gboolean             ahoy_peer_negotiation_handle_post      (AhoyPeerNegotiation             *self,
                                                             AhoyPeerPost                    *post);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (AhoyPeerNegotiation, ahoy_peer_negotiation_free)

G_END_DECLS
