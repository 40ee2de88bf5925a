/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "ahoy-throttle.h"
#include "ahoy-websocket-frame.h"

#include <gio/gio.h>

G_BEGIN_DECLS

typedef struct _AhoyHub AhoyHub;
typedef struct _AhoySession AhoySession;

/* Why a connection is over. */
typedef enum
{
  AHOY_GONE_CLOSED, /* the far end closed it */
  AHOY_GONE_SILENT, /* nothing came for too long */
  AHOY_GONE_BY_US,  /* the server closed it */
} AhoyGone;

/* One client's WebSocket; lives in a hub, which alone frees it. */
typedef struct
{
  AhoyHub *hub;
  GIOStream *stream;               /* (owned) */
  GSocket *socket;                 /* (owned) of stream */
  GPollableInputStream *input;     /* of stream */
  GPollableOutputStream *output;   /* of stream */
  int fd;
  guint events;                    /* what epoll watches */
  AhoyWebsocketParser parser;
  GQueue out;                      /* of GBytes, whole frames; the first may be sent in part */
  gsize out_bytes;
  gsize head_sent;                 /* of the first in out */
  gint64 heard_us;                 /* when something came last */
  gint64 deadline_us;              /* 0, or when it is closed hard: no auth, no answer to a close */
  AhoyThrottle throttle;
  guint excess;                    /* messages over the limit, less those within it */
  AhoySession *session;            /* (nullable) set by the registry */
  gboolean is_tls;
  gboolean is_closing;             /* a close frame is on its way; only the answer to it counts */
  gboolean is_broken;              /* something came that is no frame; no use to parse on */
  gboolean is_dead;                /* waits to be freed after the batch of events */
} AhoyConnection;

void ahoy_connection_send_text (AhoyConnection *self,
                                const char     *text);
/* Sends a close frame behind what is queued and gives the far end a moment to take it. */
void ahoy_connection_close     (AhoyConnection *self,
                                int             code);

/* For the hub. */
/* (transfer full): the socket, which others may still hold */
GSocket *ahoy_connection_free  (AhoyConnection *self);
void ahoy_connection_send      (AhoyConnection *self,
                                AhoyWebsocketOpcode opcode,
                                const void     *data,
                                gsize           length);
/* Writes what the socket takes; FALSE when the connection is broken. */
gboolean ahoy_connection_flush (AhoyConnection *self);

G_END_DECLS
