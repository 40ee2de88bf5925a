/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "ahoy-calls.h"

G_BEGIN_DECLS

/* What call.invite and call.add say, checked. Strings belong to the message. */
typedef struct
{
  GPtrArray *to;        /* of char *, without repeats and without the one who invites */
  gint64 timeout_s;
  const char *media;
  const char *user_data;
  const char *room;
  const char *group;
  gint64 room_number;
  gint64 record_policy;
  AhoyCallPush *push;   /* (nullable) */
  gboolean ephemeral;
} AhoyInvitation;

void     ahoy_invitation_clear       (AhoyInvitation *self);
/* Only those two of it */
gboolean ahoy_invitation_read_people (AhoyInvitation *self,
                                      AhoySession    *session,
                                      JsonObject     *data,
                                      GError        **error);
gboolean ahoy_invitation_read        (AhoyInvitation *self,
                                      AhoySession    *session,
                                      JsonObject     *data,
                                      GError        **error);
/* What the server knows of them; the texts are good until the next turn of the main loop.
 * @call: (nullable) the one that they are added to, in which nobody is too busy for it. */
GArray  *ahoy_invitation_list        (AhoyInvitation *self,
                                      AhoyServer     *server,
                                      AhoySession    *session,
                                      AhoyCallData   *call);
/* TRUE when each of them has blocked the one who invites, or is blocked. */
gboolean ahoy_invitation_is_blocked  (const GArray   *people);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (AhoyInvitation, ahoy_invitation_clear)

G_END_DECLS
