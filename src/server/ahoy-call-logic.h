/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/*
 * The rules of a call, and nothing else: an event goes in, the call changes, effects come out.
 * No clock, no socket, no disk; the same events give the same call on every run.
 */

typedef enum
{
  AHOY_PHASE_RINGING,
  AHOY_PHASE_ACTIVE,
  AHOY_PHASE_ENDED,
} AhoyCallPhase;

typedef enum
{
  AHOY_MEMBER_INVITED,
  AHOY_MEMBER_RINGING,
  AHOY_MEMBER_ACCEPTED,
  AHOY_MEMBER_LOST, /* in the call, its connection to the server is gone */
  AHOY_MEMBER_LEFT,
} AhoyMemberStatus;

/* The numbers of the documented end reasons. */
typedef enum
{
  AHOY_REASON_NONE = 0,
  AHOY_REASON_HANGUP = 1,
  AHOY_REASON_REJECT = 2,
  AHOY_REASON_NO_RESPONSE = 3,
  AHOY_REASON_OFFLINE = 4,
  AHOY_REASON_BUSY = 5,
  AHOY_REASON_CANCELED = 6,
  AHOY_REASON_ACCEPTED_ELSEWHERE = 7,
  AHOY_REASON_REJECTED_ELSEWHERE = 8,
  AHOY_REASON_BY_SERVER = 9,
} AhoyCallReason;

typedef struct
{
  char *user;
  char *device;       /* "" until this member is in the call */
  char *nickname;
  char *avatar;
  AhoyMemberStatus status;
  AhoyCallReason reason;
  gint64 joined_ms;   /* 0 when never in the call */
  gint64 left_ms;
  gint64 deadline_ms; /* 0, or when a lost member is given up */
  gboolean microphone;
  gboolean camera;
  gboolean screen;
} AhoyMember;

typedef struct
{
  char *id;
  guint64 app_id;
  gint64 ver;
  char *media;
  char *inviter;
  char *group;
  char *room;
  char *user_data;
  gboolean ephemeral;
  AhoyCallPhase phase;
  gint64 created_ms;
  gint64 started_ms;
  gint64 ended_ms;
  gint64 deadline_ms; /* of ringing, 0 when nobody rings */
  AhoyCallReason reason;
  char *ended_by;
  GPtrArray *members; /* of AhoyMember, the inviter first */
} AhoyCallData;

typedef enum
{
  AHOY_EVENT_RINGING,
  AHOY_EVENT_ACCEPT,
  AHOY_EVENT_REJECT,
  AHOY_EVENT_CANCEL,
  AHOY_EVENT_HANGUP,
  AHOY_EVENT_MEDIA,
  AHOY_EVENT_LOST,
  AHOY_EVENT_BACK,
  AHOY_EVENT_TIME,
} AhoyCallEventType;

typedef struct
{
  AhoyCallEventType type;
  gint64 now_ms;
  const char *user;      /* NULL for AHOY_EVENT_TIME */
  const char *device;
  AhoyCallReason reason; /* of a rejection or hang-up */
  gint64 deadline_ms;    /* of a loss */
  gboolean microphone;   /* of AHOY_EVENT_MEDIA */
  gboolean camera;
  gboolean screen;
} AhoyCallEvent;

typedef enum
{
  AHOY_EFFECT_INCOMING, /* to all devices of member */
  AHOY_EFFECT_STATE,    /* to everybody in the call */
  AHOY_EFFECT_TAKEN,    /* to all devices of member but one */
  AHOY_EFFECT_ENDED,    /* to the device of member, to all when it is NULL */
  AHOY_EFFECT_RECORD,   /* the call is over for member: goes to its history */
} AhoyEffectType;

typedef struct
{
  AhoyEffectType type;
  const AhoyMember *member; /* lives as long as the call */
  char *device;             /* (owned) (nullable) */
  AhoyCallReason reason;
} AhoyEffect;

AhoyCallData *ahoy_call_data_new       (const char          *id,
                                        guint64              app_id,
                                        const char          *inviter);
void          ahoy_call_data_free      (AhoyCallData        *self);
AhoyMember   *ahoy_call_data_add       (AhoyCallData        *self,
                                        const char          *user,
                                        const char          *nickname,
                                        const char          *avatar);
AhoyMember   *ahoy_call_data_find      (const AhoyCallData  *self,
                                        const char          *user);
gboolean      ahoy_member_is_in        (const AhoyMember    *self);
gboolean      ahoy_member_is_waiting   (const AhoyMember    *self);

GArray       *ahoy_effects_new         (void);
/* The first event: members are there, a busy one is AHOY_MEMBER_LEFT already. */
void          ahoy_call_logic_start    (AhoyCallData        *call,
                                        gint64               now_ms,
                                        GArray              *effects);
/* Returns 0 or the error code for whoever asked. Nothing changed when ver did not. */
int           ahoy_call_logic_apply    (AhoyCallData        *call,
                                        const AhoyCallEvent *event,
                                        GArray              *effects);
/* The clock of the machine was set: what has passed since and what is left stays as it is. */
void          ahoy_call_logic_shift    (AhoyCallData        *call,
                                        gint64               by_ms);
/* The next moment at which AHOY_EVENT_TIME changes something, 0 when never. */
gint64        ahoy_call_logic_deadline (const AhoyCallData  *call);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (AhoyCallData, ahoy_call_data_free)

G_END_DECLS
