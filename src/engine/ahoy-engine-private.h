/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "ahoy-engine.h"

#include "ahoy-call-list.h"
#include "ahoy-network.h"
#include "ahoy-people.h"

G_BEGIN_DECLS

/* What the files of AhoyEngine share with each other and with nobody else:
 *
 *   ahoy-engine.c             what the session, the calls and the network tell it
 *   ahoy-engine-properties.c  what can be read
 *   ahoy-engine-login.c       signing in and out, and the ticket
 *   ahoy-engine-calls.c       calls that begin here
 *   ahoy-engine-account.c     profile, devices, blocked people
 *   ahoy-engine-history.c     the records of calls
 */
struct _AhoyEngine
{
  GObject parent_instance;

  AhoySession *session;   /* (owned) (not nullable) */
  AhoyNetwork *network;   /* (owned) (not nullable) */
  AhoyMedia *media;       /* (owned) (not nullable) */
  AhoyPeople *people;     /* (owned) (not nullable) */
  AhoyContacts *contacts; /* (owned) (not nullable) */
  AhoyGroups *groups;     /* (owned) (not nullable) */
  AhoyCallList *calls;    /* (owned) (not nullable) */
  GTlsDatabase *trust;    /* (owned) (nullable) */
  AhoyUser *self_user;    /* (owned) (nullable) */
  char *server_uri;       /* (owned) (nullable) as it was given */
  char *device_id;        /* (owned) (nullable) from construction; NULL: that of the installation */
  char *call_elsewhere;   /* (owned) (nullable) id of a running call of another own device */
  GTask *login;           /* (owned) (nullable) while it is under way */
  guint64 app_id;
  gint64 expires;         /* unix s, 0 unknown */
  gint64 sig_life;        /* s */
  gboolean is_warned;     /* that the ticket ends soon */
  gboolean has_expired;   /* and everybody was told */
  AhoyEngineState state;
  guint expiry_id;
  guint warm_up_id;
  gboolean keep_trying;
  gboolean was_online;
  gboolean multi_device;
};

typedef enum
{
  AHOY_ENGINE_PROP_0,
  AHOY_ENGINE_PROP_STATE,
  AHOY_ENGINE_PROP_SELF,
  AHOY_ENGINE_PROP_SERVER_URI,
  AHOY_ENGINE_PROP_APP_ID,
  AHOY_ENGINE_PROP_CALLS,
  AHOY_ENGINE_PROP_CONTACTS,
  AHOY_ENGINE_PROP_GROUPS,
  AHOY_ENGINE_PROP_DEVICES,
  AHOY_ENGINE_PROP_MEDIA,
  AHOY_ENGINE_PROP_VIDEO_SETTINGS,
  AHOY_ENGINE_PROP_RETRY_AT,
  AHOY_ENGINE_PROP_USER_SIG_EXPIRES,
  AHOY_ENGINE_PROP_ECHO,
  AHOY_ENGINE_PROP_PRECONNECT,
  AHOY_ENGINE_PROP_TRUST,
  AHOY_ENGINE_PROP_DEVICE_ID,
  AHOY_ENGINE_PROP_MULTI_DEVICE,
  AHOY_ENGINE_PROP_CALL_ELSEWHERE,
  AHOY_ENGINE_N_PROPS
} AhoyEngineProp;

typedef enum
{
  AHOY_ENGINE_SIGNAL_INCOMING_CALL,
  AHOY_ENGINE_SIGNAL_CALL_ADDED,
  AHOY_ENGINE_SIGNAL_CALL_ENDED,
  AHOY_ENGINE_SIGNAL_BEFORE_CALL,
  AHOY_ENGINE_SIGNAL_AFTER_CALL,
  AHOY_ENGINE_SIGNAL_KICKED_OFFLINE,
  AHOY_ENGINE_SIGNAL_USER_SIG_EXPIRING,
  AHOY_ENGINE_SIGNAL_USER_SIG_EXPIRED,
  AHOY_ENGINE_SIGNAL_HISTORY_CHANGED,
  AHOY_ENGINE_SIGNAL_BLOCKED_CHANGED,
  AHOY_ENGINE_SIGNAL_ERROR,
  AHOY_ENGINE_N_SIGNALS
} AhoyEngineSignal;

/* ahoy-engine.c */
extern guint ahoy_engine_signals[AHOY_ENGINE_N_SIGNALS];
void ahoy_engine_update_state         (AhoyEngine      *self);

/* ahoy-engine-properties.c */
void ahoy_engine_install_properties   (GObjectClass    *object_class);
void ahoy_engine_notify               (AhoyEngine      *self,
                                       AhoyEngineProp   prop);
AhoyPeople *ahoy_engine_get_people     (AhoyEngine      *self);
void ahoy_engine_set_call_elsewhere   (AhoyEngine      *self,
                                       const char      *call_id);
void ahoy_engine_take_multi_device    (AhoyEngine      *self,
                                       gboolean         multi_device);

/* ahoy-engine-login.c */
/* The ticket says itself how long it lives; whether that is true only the server knows. */
void ahoy_engine_take_ticket          (AhoyEngine      *self,
                                       const char      *user_sig);
/* Warns before it lapses, by the server's clock: once more when that is known. */
void ahoy_engine_watch_ticket         (AhoyEngine      *self);
/* The clock here and the server may both notice. */
void ahoy_engine_tell_expired         (AhoyEngine      *self);
/* Does nothing when none is under way. */
void ahoy_engine_finish_login         (AhoyEngine      *self,
                                       const GError    *error);

/* ahoy-engine-account.c */
void ahoy_engine_take_blocked         (AhoyEngine      *self,
                                       JsonObject      *data);

G_END_DECLS
