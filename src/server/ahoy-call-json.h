/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "ahoy-call-logic.h"

#include <json-glib/json-glib.h>

G_BEGIN_DECLS

/* The forms of a call outside of the process. */

/* *call* of the wire */
JsonObject   *ahoy_call_to_wire   (const AhoyCallData *call);
/* The push call.ended for one member. */
JsonObject   *ahoy_call_to_ended  (const AhoyCallData *call,
                                   const AhoyMember   *member,
                                   AhoyCallReason      reason);
/* *record* of one member that has left */
JsonObject   *ahoy_call_to_record (const AhoyCallData *call,
                                   const AhoyMember   *member);
/* Documented: 1 missed, 2 incoming, 3 outgoing */
int           ahoy_call_get_result (const AhoyCallData *call,
                                    const AhoyMember   *member);
/* Everything, for the store. */
char         *ahoy_call_to_text   (const AhoyCallData *call);
AhoyCallData *ahoy_call_from_text (const char         *text);

G_END_DECLS
