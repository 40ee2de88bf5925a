/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "ahoy-call-logic.h"

#include <json-glib/json-glib.h>

G_BEGIN_DECLS

/* The forms of a call outside of the process. */

/* *call* of the wire; how to notify is only for a @receiver (nullable) who rings. */
JsonObject   *ahoy_call_to_wire   (const AhoyCallData *call,
                                   const AhoyMember   *receiver);
/* The push call.ended of an AHOY_EFFECT_ENDED. */
JsonObject   *ahoy_call_to_ended  (const AhoyCallData *call,
                                   const AhoyEffect   *effect);
/* The push call.elsewhere for the other devices of @member. */
JsonObject   *ahoy_call_to_elsewhere (const AhoyCallData *call,
                                      const AhoyMember   *member,
                                      gboolean            is_over);
/* Ids of those who are in it, without @but (nullable). */
JsonArray    *ahoy_call_list_people  (const AhoyCallData *call,
                                      const AhoyMember   *but);
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
