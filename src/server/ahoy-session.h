/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "ahoy-connection.h"
#include "ahoy-protocol-tables.h"

#include <json-glib/json-glib.h>

G_BEGIN_DECLS

/* One device of one user, signed in; outlives its connection for a while. */
struct _AhoySession
{
  guint ref_count;
  char *sid_hash;             /* the sid itself is known to the client only */
  guint64 app_id;
  char *user_id;
  char *uid;                  /* "app:user" */
  char *device;
  char *platform;
  AhoyConnection *connection; /* (nullable) */
  gint64 lost_us;             /* when the connection went, 0 while there is one */
  gint64 seq;                 /* of the last push */
  gint64 sent;                /* of the last push that went to this connection */
  GQueue replay;              /* of pushes that are not acknowledged */
  gsize replay_bytes;
  gboolean is_welcome;        /* this connection has had its welcome */
  gboolean is_restored;       /* from the store: what was pushed before is not known */
  gboolean is_removed;
  gint64 expires_us;          /* of the userSig, 0 when there was none since a restart */
  gboolean is_lapsed;         /* and the client was told */
  GPtrArray *watched;         /* (nullable) uids whose presence is wanted */
  GHashTable *news;           /* (nullable) user id -> presence, to be told with the next tick */
  AhoyThrottle presence;      /* of pushes that need not wait */
};

AhoySession *ahoy_session_new     (const char     *sid_hash,
                                   guint64         app_id,
                                   const char     *user_id,
                                   const char     *device,
                                   const char     *platform);
AhoySession *ahoy_session_ref     (AhoySession    *self);
void         ahoy_session_unref   (AhoySession    *self);
/* Numbers, keeps and, when there is a connection, sends. */
void         ahoy_session_push    (AhoySession    *self,
                                   AhoyMessageType type,
                                   JsonObject     *data);
void         ahoy_session_ack     (AhoySession    *self,
                                   gint64          seq);
/* TRUE when everything behind @rx is still there. */
gboolean     ahoy_session_can_replay (AhoySession *self,
                                      gint64       rx);
/* Takes up with a client that has seen pushes up to @rx; sends nothing before the welcome. */
void         ahoy_session_attach  (AhoySession    *self,
                                   AhoyConnection *connection,
                                   gint64          rx);
void         ahoy_session_welcome (AhoySession    *self,
                                   const char     *welcome);
void         ahoy_session_detach  (AhoySession    *self);
/* An answer to the present connection, if any. */
void         ahoy_session_send    (AhoySession    *self,
                                   const char     *text);

char        *ahoy_make_uid        (guint64         app_id,
                                   const char     *user_id);
char        *ahoy_hash_sid        (const char     *sid);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (AhoySession, ahoy_session_unref)

G_END_DECLS
