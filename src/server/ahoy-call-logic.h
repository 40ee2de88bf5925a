/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "ahoy-call-data.h"

G_BEGIN_DECLS

/*
 * The rules of a call, and nothing else: an event goes in, the call changes, effects come out.
 * No clock, no socket, no disk; the same events give the same call on every run.
 */

typedef enum
{
  AHOY_EVENT_RINGING,
  AHOY_EVENT_ACCEPT,
  AHOY_EVENT_REJECT,
  AHOY_EVENT_CANCEL,
  AHOY_EVENT_UNINVITE,
  AHOY_EVENT_HANGUP,
  AHOY_EVENT_MEDIA,
  AHOY_EVENT_ADD,
  AHOY_EVENT_JOIN,
  AHOY_EVENT_SWITCH,
  AHOY_EVENT_MOVE,
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
  gint64 deadline_ms;    /* of a loss, and of the ringing of those who are added */
  const char *target;    /* of AHOY_EVENT_UNINVITE */
  const char *media;     /* of AHOY_EVENT_SWITCH */
  const GArray *people;  /* of AHOY_EVENT_ADD: AhoyInvitee */
  const char *nickname;  /* of AHOY_EVENT_JOIN */
  const char *avatar;
  gboolean microphone;   /* of AHOY_EVENT_MEDIA */
  gboolean camera;
  gboolean screen;
} AhoyCallEvent;

typedef enum
{
  AHOY_EFFECT_INCOMING, /* to all devices of member */
  AHOY_EFFECT_STATE,    /* to everybody in the call */
  AHOY_EFFECT_TAKEN,    /* to all devices of member but one */
  AHOY_EFFECT_MOVED,    /* to the device of member that is in the call no more */
  AHOY_EFFECT_ENDED,    /* to the device of member, to all when it is NULL */
  AHOY_EFFECT_RUNS,     /* to all devices of member but the one that is in the call */
  AHOY_EFFECT_OVER,     /* likewise */
  AHOY_EFFECT_RECORD,   /* the call is over for member: goes to its history */
} AhoyEffectType;

typedef struct
{
  AhoyEffectType type;
  const AhoyMember *member; /* lives as long as the call */
  char *device;             /* (owned) (nullable) */
  char *by;                 /* (owned) (nullable) who brought an end about */
  AhoyCallReason reason;
} AhoyEffect;

GArray       *ahoy_effects_new         (void);
/* TRUE when one of @effects tells @member of the call for the first time. */
gboolean      ahoy_effects_invite      (const GArray        *effects,
                                        const AhoyMember    *member);
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

G_END_DECLS
