/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "ahoy-connection.h"

G_BEGIN_DECLS

/* What a client may leave unread before it is dropped with 4408. */
#define AHOY_HUB_MAX_QUEUE (256 * 1024)

typedef struct
{
  void (*on_text) (AhoyConnection *connection,
                   const char     *text,
                   gsize           length,
                   gpointer        user_data);
  /* The connection is freed soon after. */
  void (*on_gone) (AhoyConnection *connection,
                   AhoyGone        why,
                   gpointer        user_data);
} AhoyHubEvents;

/*
 * All client sockets behind one epoll descriptor, which is one source of the main context:
 * a source for each connection makes every wake of the loop cost as much as there are clients.
 */
AhoyHub        *ahoy_hub_new             (const AhoyHubEvents *events,
                                          gpointer             user_data,
                                          guint                silent_s);
void            ahoy_hub_free            (AhoyHub             *self);
/* Takes the stream of an upgraded HTTP connection over. NULL when it has no socket. */
AhoyConnection *ahoy_hub_adopt           (AhoyHub             *self,
                                          GIOStream           *stream);
guint           ahoy_hub_get_n           (AhoyHub             *self);
void            ahoy_hub_close_all       (AhoyHub             *self,
                                          int                  code);

/* For connections. */
void            ahoy_hub_watch           (AhoyHub             *self,
                                          AhoyConnection      *connection,
                                          guint                events);
void            ahoy_hub_drop            (AhoyHub             *self,
                                          AhoyConnection      *connection,
                                          AhoyGone             why);

G_END_DECLS
