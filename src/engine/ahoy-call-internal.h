/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "ahoy-call-private.h"

#include "ahoy-call-capture.h"
#include "ahoy-call-peers.h"
#include "ahoy-call-roster.h"

G_BEGIN_DECLS

/* What the files of AhoyCall share with each other and with nobody else:
 *
 *   ahoy-call.c             its life: the phase, the timers, the end
 *   ahoy-call-properties.c  what can be read, as properties
 *   ahoy-call-getters.c     the same, by functions
 *   ahoy-call-events.c      the signals, in their order
 *   ahoy-call-snapshot.c    what the server says
 *   ahoy-call-actions.c     accept, reject, hang up
 *   ahoy-call-people.c      invite, take back, remote view, switch the media
 *   ahoy-call-meters.c      volumes and qualities
 */
struct _AhoyCall
{
  GObject parent_instance;

  AhoySession *session;      /* (owned) (not nullable) */
  AhoyMedia *media_engine;   /* (owned) (not nullable) */
  AhoyCallCapture *capture;  /* (owned) (not nullable) */
  AhoyPeople *people;        /* (owned) (not nullable) */
  AhoyCallPeers *peers;      /* (owned) (nullable), once the call has an id and until its end */
  GListStore *participants;  /* (owned) of AhoyParticipant */
  GHashTable *gone;          /* (owned) set of the ids of those who are known to have left */
  GArray *events;            /* (owned) of AhoyCallEventItem, what is to be emitted */
  JsonObject *request;       /* (owned) (nullable) what ahoy_call_start () sends */
  const char *request_type;
  AhoyUser *inviter;         /* (owned) (nullable) */
  AhoyUser *ended_by;        /* (owned) (nullable) */
  GError *error;             /* (owned) (nullable) */
  GVariant *stats;           /* (owned) (nullable) */
  GTask *leave_task;         /* (owned) (nullable) who waits until a call that was taken back is over */
  char *id;                  /* (owned) (nullable), the server gives it */
  char *user_data;           /* (owned) (nullable) */
  char *group_id;            /* (owned) (nullable) */
  char *room;                /* (owned) (nullable) */
  char *push_title;          /* (owned) (nullable) */
  char *push_text;           /* (owned) (nullable) */

  AhoyCallPhase phase;       /* changed only by ahoy_call_apply () */
  AhoyCallMedia media;
  AhoyCallRole role;
  AhoyCallScene scene;
  AhoyEndReason end_reason;
  AhoyRecordPolicy record_policy;
  AhoyNetworkQuality network_quality;
  int room_number;
  gint64 version;
  gint64 entry;              /* of this device into the call, 0 while not known */
  gint64 invited_until;      /* ms of the server: the deadline of the invitation, which tells it from another one */
  gint64 started_at;         /* µs, real time of this machine */
  gint64 started_mono;       /* the same, monotonic */
  guint duration;
  guint ring_s;
  guint alone_s;
  guint n_ticks;
  guint tick_id;
  guint ring_id;
  guint rung_s;             /* beyond the time that was given */
  guint leave_id;            /* 0 unless it is over and the server has not said how */
  guint volumes_id;

  gboolean ephemeral;
  gboolean camera_wanted;    /* when capture begins */
  gboolean has_begun;        /* "begin" was emitted, or is about to be */
  gboolean echo;
  gboolean preconnect;
};

typedef enum
{
  AHOY_CALL_PROP_0,
  AHOY_CALL_PROP_ID,
  AHOY_CALL_PROP_MEDIA,
  AHOY_CALL_PROP_ROLE,
  AHOY_CALL_PROP_SCENE,
  AHOY_CALL_PROP_STATE,
  AHOY_CALL_PROP_INVITER,
  AHOY_CALL_PROP_PARTICIPANTS,
  AHOY_CALL_PROP_STARTED_AT,
  AHOY_CALL_PROP_DURATION,
  AHOY_CALL_PROP_END_REASON,
  AHOY_CALL_PROP_ENDED_BY,
  AHOY_CALL_PROP_ERROR,
  AHOY_CALL_PROP_USER_DATA,
  AHOY_CALL_PROP_GROUP_ID,
  AHOY_CALL_PROP_ROOM,
  AHOY_CALL_PROP_ROOM_NUMBER,
  AHOY_CALL_PROP_EPHEMERAL,
  AHOY_CALL_PROP_RECORD_POLICY,
  AHOY_CALL_PROP_NETWORK_QUALITY,
  AHOY_CALL_PROP_PUSH_TITLE,
  AHOY_CALL_PROP_PUSH_TEXT,
  AHOY_CALL_PROP_MICROPHONE_ON,
  AHOY_CALL_PROP_CAMERA_ON,
  AHOY_CALL_PROP_SELF_VIEW,
  AHOY_CALL_PROP_STATS,
  AHOY_CALL_N_PROPS
} AhoyCallProp;

/* In the order in which those that come from one change are emitted. */
typedef enum
{
  AHOY_CALL_SIGNAL_BEGIN,
  AHOY_CALL_SIGNAL_NOT_CONNECTED,
  AHOY_CALL_SIGNAL_USER_REJECTED,
  AHOY_CALL_SIGNAL_USER_NO_RESPONSE,
  AHOY_CALL_SIGNAL_USER_BUSY,
  AHOY_CALL_SIGNAL_USER_INVITING,
  AHOY_CALL_SIGNAL_USER_JOINED,
  AHOY_CALL_SIGNAL_USER_LEFT,
  AHOY_CALL_SIGNAL_USER_VIDEO_AVAILABLE,
  AHOY_CALL_SIGNAL_USER_AUDIO_AVAILABLE,
  AHOY_CALL_SIGNAL_MEDIA_CHANGED,
  AHOY_CALL_SIGNAL_ENDED,
  /* These are emitted at once. */
  AHOY_CALL_SIGNAL_VOLUMES,
  AHOY_CALL_SIGNAL_NETWORK_QUALITIES,
  AHOY_CALL_N_SIGNALS
} AhoyCallSignal;

/* ahoy-call.c */
/* The only writer of the phase. FALSE when the event came late and means nothing. */
gboolean    ahoy_call_apply              (AhoyCall             *self,
                                          AhoyCallEvent         event);
void        ahoy_call_end                (AhoyCall             *self,
                                          AhoyEndReason         reason,
                                          AhoyUser             *by);
void        ahoy_call_set_id             (AhoyCall             *self,
                                          const char           *id);
/* Sends a message whose answer changes nothing here. */
void        ahoy_call_tell               (AhoyCall             *self,
                                          const char           *type);
void        ahoy_call_tell_media         (AhoyCall             *self);
void        ahoy_call_update_duration    (AhoyCall             *self);
void        ahoy_call_update_participant (AhoyCall             *self,
                                          const char           *user_id);
/* One, several or no media connections stand. */
void        ahoy_call_update_linked      (AhoyCall             *self);
gboolean    ahoy_call_is_self            (AhoyCall             *self,
                                          const char           *user_id);
/* It is over, but only the server knows how: ends it when the server says so, or after a moment. */
void        ahoy_call_await_end          (AhoyCall             *self);
void        ahoy_call_take_back          (AhoyCall             *self,
                                          GTask                *task);

/* ahoy-call-properties.c */
void        ahoy_call_install_properties (GObjectClass         *object_class);
void        ahoy_call_notify             (AhoyCall             *self,
                                          AhoyCallProp          prop);
void        ahoy_call_set_media          (AhoyCall             *self,
                                          AhoyCallMedia         media);

/* ahoy-call-events.c */
void        ahoy_call_install_signals    (AhoyCallClass        *klass);
GArray     *ahoy_call_events_new         (void);
void        ahoy_call_queue              (AhoyCall             *self,
                                          AhoyCallSignal        signal);
void        ahoy_call_queue_user         (AhoyCall             *self,
                                          AhoyCallSignal        signal,
                                          const char           *user_id);
/* What became of somebody who was rung for, to those whom it is told. */
void        ahoy_call_queue_absence      (AhoyCall             *self,
                                          const char           *user_id,
                                          const char           *by,
                                          AhoyEndReason         reason);
void        ahoy_call_queue_media        (AhoyCall             *self,
                                          AhoyCallMedia         before,
                                          AhoyCallMedia         after);
/* Who came, who went and what they send, compared with what was emitted before. */
void        ahoy_call_queue_changes      (AhoyCall             *self);
void        ahoy_call_queue_end          (AhoyCall             *self);
void        ahoy_call_emit_queued        (AhoyCall             *self);
void        ahoy_call_emit_levels        (AhoyCall             *self,
                                          AhoyCallSignal        signal,
                                          GVariant             *levels);
gboolean    ahoy_call_has_listeners      (AhoyCall             *self,
                                          AhoyCallSignal        signal);

/* ahoy-call-meters.c */
void        ahoy_call_meters_tick        (AhoyCall             *self);
void        ahoy_call_meters_hear        (AhoyCall             *self);
void        ahoy_call_meters_stop        (AhoyCall             *self);

static inline gboolean
ahoy_call_has_several (AhoyCall *self)
{
  return self->scene != AHOY_CALL_SCENE_SINGLE;
}

G_END_DECLS
