/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "ahoy-session.h"

#include "ahoy-server-clock.h"
#include "ahoy-session-requests.h"
#include "ahoy-transport.h"

G_BEGIN_DECLS

/* What the files of AhoySession share with each other and with nobody else:
 *
 *   ahoy-session.c           its states, the connection, the account
 *   ahoy-session-messages.c  what the server says
 *   ahoy-session-liveness.c  whether it is still there
 *   ahoy-session-renewal.c   another ticket for the account
 */

/* What differs while a call runs. */
typedef struct
{
  guint connect_timeout_ms;
  guint ping_interval_ms; /* 0: what the server asks for */
  guint pong_timeout_ms;
  guint backoff_last_ms;
} AhoySessionPace;

typedef enum
{
  AHOY_SESSION_EVENT_START,   /* an account, the time of an attempt, or somebody who will not wait */
  AHOY_SESSION_EVENT_OPENED,
  AHOY_SESSION_EVENT_WELCOME,
  AHOY_SESSION_EVENT_LOST,
  AHOY_SESSION_EVENT_HOLD,
  AHOY_SESSION_EVENT_STOP,
} AhoySessionEvent;

struct _AhoySession
{
  GObject parent_instance;

  AhoyTransport *transport;      /* (owned) (nullable), the present connection */
  AhoySessionRequests *requests; /* (owned) (not nullable) */
  GTlsDatabase *trust;           /* (owned) (nullable) */

  char *address;                 /* (owned) (nullable) the account, while started */
  char *user_id;                 /* (owned) (nullable) */
  char *user_sig;                /* (owned) (nullable) secret */
  char *device_id;               /* (owned) (nullable) */
  guint64 app_id;
  gboolean keep_trying;

  char *sid;                     /* (owned) (nullable) secret; what resume goes on with */
  GStrv ice_uris;                /* (owned) (nullable) */
  gint64 rx;                     /* number of the last push */
  gint64 acked;
  AhoyServerClock clock;
  guint heartbeat_ms;

  AhoySessionState state;        /* changed only by ahoy_session_step () */
  gboolean was_ready;            /* since start */
  gboolean hurry;
  guint failures;                /* attempts in a row */
  gint64 retry_at;
  gint64 sent_at;                /* of auth or the last ping */
  gint64 pong_due;               /* when its answer is missing */
  gboolean is_doubted;           /* the connection may be dead: no time to lose when it is */

  guint retry_id;
  guint auth_id;
  guint ping_id;
  guint pong_id;
  guint ack_id;
  guint sign_out_id;
  GTask *sign_out;               /* (owned) (nullable) */
};

typedef enum
{
  AHOY_SESSION_SIGNAL_STATE_CHANGED,
  AHOY_SESSION_SIGNAL_RETRY_CHANGED,
  AHOY_SESSION_SIGNAL_WELCOME,
  AHOY_SESSION_SIGNAL_PUSH,
  AHOY_SESSION_SIGNAL_REFUSED,
  AHOY_SESSION_SIGNAL_UNREACHABLE,
  AHOY_SESSION_SIGNAL_KICKED,
  AHOY_SESSION_SIGNAL_EXPIRED,
  AHOY_SESSION_N_SIGNALS
} AhoySessionSignal;

extern guint ahoy_session_signals[AHOY_SESSION_N_SIGNALS];

/* ahoy-session.c */
/* The one place where the state changes. An event that does not fit the state is late and means nothing. */
void                   ahoy_session_step            (AhoySession      *self,
                                                     AhoySessionEvent  event);
/* Does not wait until the next attempt is due. */
void                   ahoy_session_reconnect       (AhoySession      *self);
const AhoySessionPace *ahoy_session_get_pace        (AhoySession      *self);
/* The next connection signs in with @user_sig; one that waited for it is made now. */
void                   ahoy_session_set_user_sig    (AhoySession      *self,
                                                     const char       *user_sig);
void                   ahoy_session_tell_refused    (AhoySession      *self,
                                                     const GError     *error);

/* ahoy-session-messages.c */
void                   ahoy_session_send_auth       (AhoySession      *self);
/* From the transport. */
void                   ahoy_session_take_message    (AhoySession      *self,
                                                     const char       *text);
/* Both are final. */
void                   ahoy_session_refuse          (AhoySession      *self,
                                                     const GError     *error);
void                   ahoy_session_kick            (AhoySession      *self,
                                                     const char       *why);

/* ahoy-session-liveness.c */
void                   ahoy_session_start_heartbeat (AhoySession      *self);
void                   ahoy_session_send_ping       (AhoySession      *self);
/* The network is another one. */
void                   ahoy_session_doubt           (AhoySession      *self);
/* Something has come: the server is there. */
void                   ahoy_session_note_life       (AhoySession      *self);
/* A push has come, and is to be acknowledged at once or soon. */
void                   ahoy_session_acknowledge     (AhoySession      *self);
/* Takes what the server says of its clock. */
void                   ahoy_session_learn_time      (AhoySession      *self,
                                                     JsonObject       *data);
void                   ahoy_session_stop_liveness   (AhoySession      *self);

G_END_DECLS
