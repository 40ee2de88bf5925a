/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "ahoy-call-link.h"

G_BEGIN_DECLS

#define AHOY_TYPE_CALL_PEERS (ahoy_call_peers_get_type ())
G_DECLARE_FINAL_TYPE (AhoyCallPeers, ahoy_call_peers, AHOY, CALL_PEERS, GObject)

/* All media connections of a call: one a person and device until it is known which device won, then one a person.
 * Signals: "changed" (const char *user_id), "volume" (const char *user_id). */
AhoyCallPeers *ahoy_call_peers_new          (const AhoyCallLinkBase *base);
/* This device enters: it makes the connection. Does nothing when there is one. */
void           ahoy_call_peers_offer        (AhoyCallPeers          *self,
                                             const char             *user_id,
                                             const char             *device_id);
/* "sdp", "ice" or "peer" from somebody in the call. */
void           ahoy_call_peers_take_push    (AhoyCallPeers          *self,
                                             const char             *type,
                                             JsonObject             *data);
/* Both that device and this one are in the call: what belongs to another device of that person, or to an earlier
 * entry of theirs, is closed. @offer: this end makes the connection, unless there is one. */
void           ahoy_call_peers_enter        (AhoyCallPeers          *self,
                                             const char             *user_id,
                                             const char             *device_id,
                                             gint64                  entry,
                                             gboolean                offer);
void           ahoy_call_peers_drop_user    (AhoyCallPeers          *self,
                                             const char             *user_id);
/* See ahoy_call_link_set_hidden (); holds for connections to come as well. */
void           ahoy_call_peers_set_hidden   (AhoyCallPeers          *self,
                                             const char             *user_id,
                                             gboolean                is_hidden);
/* See ahoy_call_link_repeat (). */
void           ahoy_call_peers_repeat       (AhoyCallPeers          *self);
/* See ahoy_call_link_refresh (). */
void           ahoy_call_peers_refresh      (AhoyCallPeers          *self);
/* Any to a device that is in the call; before anybody is known to be, any. */
gboolean       ahoy_call_peers_is_connected (AhoyCallPeers          *self);
/* That of the device that won, else any. (transfer none) (nullable) */
AhoyCallLink  *ahoy_call_peers_find_user    (AhoyCallPeers          *self,
                                             const char             *user_id);
void           ahoy_call_peers_close        (AhoyCallPeers          *self);

G_END_DECLS
