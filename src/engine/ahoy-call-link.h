/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "ahoy-peer.h"
#include "ahoy-session.h"

G_BEGIN_DECLS

/* What the connections of one call have in common. Plain, copied by whoever keeps it; the objects are the call's. */
typedef struct
{
  AhoySession *session;
  AhoyMedia *media;
  const char *call_id;
  gboolean echo;
} AhoyCallLinkBase;

#define AHOY_TYPE_CALL_LINK (ahoy_call_link_get_type ())
G_DECLARE_FINAL_TYPE (AhoyCallLink, ahoy_call_link, AHOY, CALL_LINK, GObject)

/* The media connection to one device of one person, through all its generations: rebuilt beside the old one when
 * the path dies.
 * Signals: "changed" (): connected or not, or another video track; "volume" (). */
AhoyCallLink   *ahoy_call_link_new             (const AhoyCallLinkBase *base,
                                                const char             *user_id,
                                                const char             *device_id);
/* This end makes the connection, now and whenever it has to be made again. */
void            ahoy_call_link_offer           (AhoyCallLink           *self);
void            ahoy_call_link_take_sdp        (AhoyCallLink           *self,
                                                gint64                  gen,
                                                gboolean                is_offer,
                                                const char             *sdp);
void            ahoy_call_link_take_ice        (AhoyCallLink           *self,
                                                gint64                  gen,
                                                JsonArray              *candidates);
void            ahoy_call_link_take_peer       (AhoyCallLink           *self,
                                                gint64                  gen,
                                                const char             *what);
/* The call is accepted and this is the device that won: from now on media may pass. */
void            ahoy_call_link_set_accepted    (AhoyCallLink           *self);
/* Their picture is not wanted: they stop sending it, over this connection and over those that replace it. */
void            ahoy_call_link_set_hidden      (AhoyCallLink           *self,
                                                gboolean                is_hidden);
/* The server has forgotten what was under way: says again what the far end may have missed. */
void            ahoy_call_link_repeat          (AhoyCallLink           *self);
/* The network is another one: makes a second connection beside the first, which may be dead without showing it. */
void            ahoy_call_link_refresh         (AhoyCallLink           *self);
/* Which entry of the far end into the call this connection belongs to; 0 while it rings there. */
gint64          ahoy_call_link_get_entry       (AhoyCallLink           *self);
void            ahoy_call_link_set_entry       (AhoyCallLink           *self,
                                                gint64                  entry);
gboolean        ahoy_call_link_is_connected    (AhoyCallLink           *self);
const char     *ahoy_call_link_get_user_id     (AhoyCallLink           *self);
const char     *ahoy_call_link_get_device_id   (AhoyCallLink           *self);
/* (nullable) (transfer none) */
AhoyPeer       *ahoy_call_link_get_peer        (AhoyCallLink           *self);
void            ahoy_call_link_close           (AhoyCallLink           *self);

G_END_DECLS
