/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* A call as it is: who is in it, who rings, who was. What may become of it stands in ahoy-call-logic.h. */

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
  char *by;           /* who invited this member, "" for the first one and whoever joined */
  AhoyMemberStatus status;
  AhoyCallReason reason;
  AhoyCallReason record_reason; /* what the history says: of the last stay, or of an invitation that led to none */
  gint64 entry;       /* which of the entries into this call, 0 while not in it */
  gint64 begun_ms;    /* when this member was first told of the call, or joined */
  gint64 joined_ms;   /* of the last stay, 0 when never in the call */
  gint64 left_ms;
  gint64 stay_ms;     /* how long the last stay was, once it is over */
  gint64 talked_ms;   /* of all stays that are over */
  gint64 deadline_ms; /* when ringing, or waiting for a lost one, is over; 0 when never */
  gboolean is_hidden; /* has blocked the one who called, and hears nothing of it */
  gboolean microphone;
  gboolean camera;
  gboolean screen;
} AhoyMember;

/* How callees are to be notified; strings are never NULL. */
typedef struct
{
  char *title;
  char *text;
  char *sound;
  gboolean is_off;
} AhoyCallPush;

typedef struct
{
  char *id;
  guint64 app_id;
  gint64 ver;
  char *media;
  char *inviter;
  char *group;
  char *room;
  gint64 room_number;
  char *user_data;
  gint64 record_policy;
  AhoyCallPush *push; /* (nullable) */
  gboolean ephemeral;
  gboolean is_multi;  /* more than two were invited at some time */
  AhoyCallPhase phase;
  gint64 created_ms;
  gint64 started_ms;
  gint64 ended_ms;
  gint64 last_entry;
  AhoyCallReason reason;
  char *ended_by;
  GPtrArray *members; /* of AhoyMember, the inviter first */
} AhoyCallData;

/* One who is to be invited, and what the server knows of that one already. */
typedef struct
{
  const char *user;
  const char *nickname;
  const char *avatar;
  AhoyCallReason reason; /* NONE: will ring; BUSY; REJECT: one of the two has blocked the other */
} AhoyInvitee;

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
/* Adds a member that waits, or one that left already; one that was there before comes again. */
AhoyMember   *ahoy_call_data_invite    (AhoyCallData        *self,
                                        const AhoyInvitee   *invitee,
                                        const char          *by,
                                        gint64               now_ms,
                                        gint64               deadline_ms);
/* The one who begins the call is in it. */
AhoyMember   *ahoy_call_data_begin     (AhoyCallData        *self,
                                        const char          *device,
                                        const char          *nickname,
                                        const char          *avatar,
                                        gint64               now_ms);
/* Two people, who were meant to stay two */
gboolean      ahoy_call_data_is_single (const AhoyCallData  *self);
guint         ahoy_call_data_count_in  (const AhoyCallData  *self);
guint         ahoy_call_data_count_waiting (const AhoyCallData *self);
/* The last moment at which somebody rings, 0 when nobody does. */
gint64        ahoy_call_data_get_ring_deadline (const AhoyCallData *self);
gboolean      ahoy_member_is_in        (const AhoyMember    *self);
gboolean      ahoy_member_is_waiting   (const AhoyMember    *self);
void          ahoy_call_push_free      (AhoyCallPush        *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (AhoyCallData, ahoy_call_data_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (AhoyCallPush, ahoy_call_push_free)

G_END_DECLS
