/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "ahoy-call-logic.h"

G_BEGIN_DECLS

/* What the rules of ahoy-call-logic.c and those of ahoy-call-members.c share. */

void ahoy_call_logic_add_effect (GArray              *effects,
                                 AhoyEffectType       type,
                                 const AhoyMember    *member,
                                 const char          *device,
                                 AhoyCallReason       reason);
/* The call is over for @member, for now at least: that goes to the history. */
void ahoy_call_logic_record     (AhoyMember          *member,
                                 gboolean             was_in,
                                 GArray              *effects);
/* @member is in the call from now on, on @device. */
void ahoy_call_logic_enter      (AhoyCallData        *call,
                                 AhoyMember          *member,
                                 const char          *device,
                                 gint64               now_ms,
                                 GArray              *effects);
/* @device: the one that did it while it rang, which is told of the end unlike the others. */
void ahoy_call_logic_leave      (AhoyCallData        *call,
                                 AhoyMember          *member,
                                 AhoyCallReason       reason,
                                 const char          *device,
                                 const char          *by,
                                 gint64               now_ms,
                                 GArray              *effects);
/* The last step of each change: a new version, and the end when there is nobody to talk to. */
void ahoy_call_logic_settle     (AhoyCallData        *call,
                                 AhoyCallReason       reason,
                                 const char          *by,
                                 gint64               now_ms,
                                 GArray              *effects);
int  ahoy_call_logic_accept     (AhoyCallData        *call,
                                 AhoyMember          *member,
                                 const AhoyCallEvent *event,
                                 GArray              *effects);

/* Who else comes, goes elsewhere or need not come. */
int  ahoy_call_logic_add_people (AhoyCallData        *call,
                                 AhoyMember          *member,
                                 const AhoyCallEvent *event,
                                 GArray              *effects);
int  ahoy_call_logic_uninvite   (AhoyCallData        *call,
                                 AhoyMember          *member,
                                 const AhoyCallEvent *event,
                                 GArray              *effects);
/* @member is NULL when this user was never in the call. */
int  ahoy_call_logic_join       (AhoyCallData        *call,
                                 AhoyMember          *member,
                                 const AhoyCallEvent *event,
                                 GArray              *effects);
int  ahoy_call_logic_move       (AhoyCallData        *call,
                                 AhoyMember          *member,
                                 const AhoyCallEvent *event,
                                 GArray              *effects);
int  ahoy_call_logic_switch     (AhoyCallData        *call,
                                 AhoyMember          *member,
                                 const AhoyCallEvent *event,
                                 GArray              *effects);

G_END_DECLS
