/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "ahoy-server.h"

G_BEGIN_DECLS

/*
 * One request of a client, from its arrival to its answer. Those that change something are
 * remembered by user and id, so that a repeat gets the first answer, also after a restart.
 */
typedef struct
{
  AhoyServer *server;
  AhoySession *session; /* (owned) who gets the answer; a repeat may come in a later session */
  char *id;
  char *key;            /* (nullable) set when it is remembered */
} AhoyRequest;

/* What one event does: rows for the store, and what is sent once they are safe. */
typedef struct
{
  AhoyServer *server;
  AhoyBatch *batch;
  AhoyRequest *request; /* (nullable) */
  char *answer;         /* (nullable) */
  GPtrArray *pushes;
  gboolean is_welcome;  /* the answer opens the session for pushes */
} AhoyChange;

AhoyRequests *ahoy_requests_new      (AhoyServer     *server);
void          ahoy_requests_free     (AhoyRequests   *self);
/* Forgets answers that are too old. */
void          ahoy_requests_purge    (AhoyRequests   *self);
/* The clock was set: what is kept is kept as long as before. */
void          ahoy_requests_shift    (AhoyRequests   *self,
                                      gint64          by_s);
/* NULL when it is a repeat, which is seen to. */
AhoyRequest  *ahoy_requests_begin    (AhoyRequests   *self,
                                      AhoySession    *session,
                                      const char     *id,
                                      gboolean        is_change);
/* Each of these ends the request. @data may be NULL. */
void          ahoy_request_answer    (AhoyRequest    *self,
                                      JsonObject     *data);
void          ahoy_request_fail      (AhoyRequest    *self,
                                      int             code,
                                      const char     *message);
void          ahoy_request_fail_with (AhoyRequest    *self,
                                      const GError   *error);

AhoyChange   *ahoy_change_new        (AhoyServer     *server);
/* Takes @data. */
void          ahoy_change_push       (AhoyChange     *self,
                                      const char     *uid,
                                      const char     *device,
                                      const char     *but,
                                      AhoyMessageType type,
                                      JsonObject     *data);
/* Takes the change and the request; @answer may be NULL. First the answer is sent, then the pushes. */
void          ahoy_change_commit     (AhoyChange     *self,
                                      AhoyRequest    *request,
                                      JsonObject     *answer);

G_END_DECLS
