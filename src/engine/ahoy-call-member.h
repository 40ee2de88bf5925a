/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "ahoy-enums.h"

#include <json-glib/json-glib.h>

G_BEGIN_DECLS

typedef enum
{
  AHOY_CALL_MEMBER_INVITED,
  AHOY_CALL_MEMBER_RINGING,
  AHOY_CALL_MEMBER_ACCEPTED,
  AHOY_CALL_MEMBER_LOST,     /* gone from the server, and may come back */
  AHOY_CALL_MEMBER_LEFT,
} AhoyCallMemberStatus;

/* What a message says of a member of a call. The strings belong to the message and are never NULL, but for the
 * profile. */
typedef struct
{
  const char *user_id;
  const char *device_id; /* "" before one has accepted */
  const char *by;        /* who invited this one, "" for nobody */
  const char *nickname;  /* (nullable) */
  const char *avatar;    /* (nullable) */
  AhoyCallMemberStatus status;
  AhoyEndReason reason;
  gint64 entry;          /* counts entries into the call, 0 while not in it */
  gint64 joined_ms;      /* 0 before */
  gint64 deadline_ms;    /* until when it rings there, 0 when it does not */
  gboolean microphone;
  gboolean camera;
  gboolean screen;
} AhoyCallMember;

/* FALSE when that element of "members" is none. */
gboolean ahoy_call_member_read (JsonArray      *members,
                                guint           index,
                                AhoyCallMember *member);
/* FALSE when nobody of that id is among them. */
gboolean ahoy_call_member_find (JsonArray      *members,
                                const char     *user_id,
                                AhoyCallMember *member);

static inline gboolean
ahoy_call_member_is_waiting (const AhoyCallMember *self)
{
  return self->status == AHOY_CALL_MEMBER_INVITED || self->status == AHOY_CALL_MEMBER_RINGING;
}

static inline gboolean
ahoy_call_member_is_in (const AhoyCallMember *self)
{
  return self->status == AHOY_CALL_MEMBER_ACCEPTED || self->status == AHOY_CALL_MEMBER_LOST;
}

G_END_DECLS
