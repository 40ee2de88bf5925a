/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "ahoy-enums.h"

G_BEGIN_DECLS

/**
 * AhoyCallPhase:
 *
 * Where a call stands. "The other side accepted" and "media is connected" are two facts that come in either order:
 * the phases that end in LINKED know the second one before the first. Who joins a running call, or takes it over from
 * another device, is JOINING until the server lets them in.
 */
typedef enum
{
  AHOY_CALL_PHASE_CALLING,
  AHOY_CALL_PHASE_CALLING_LINKED,
  AHOY_CALL_PHASE_RINGING,
  AHOY_CALL_PHASE_RINGING_LINKED,
  AHOY_CALL_PHASE_INCOMING,
  AHOY_CALL_PHASE_INCOMING_LINKED,
  AHOY_CALL_PHASE_JOINING,
  AHOY_CALL_PHASE_CONNECTING,
  AHOY_CALL_PHASE_ACTIVE,
  AHOY_CALL_PHASE_RECONNECTING,
  AHOY_CALL_PHASE_ENDED,
  AHOY_CALL_N_PHASES,
} AhoyCallPhase;

/**
 * AhoyCallEvent:
 * @AHOY_CALL_EVENT_RINGS: the far end rings
 * @AHOY_CALL_EVENT_ACCEPTED: whoever was called has accepted, here or there; or the server has let this device in
 * @AHOY_CALL_EVENT_LINKED: a media connection stands, in a call of several people at least one
 * @AHOY_CALL_EVENT_UNLINKED: none does
 * @AHOY_CALL_EVENT_ALONE: nobody else is in the call any more, but some are still rung for
 * @AHOY_CALL_EVENT_ENDED: over, for whatever reason
 */
typedef enum
{
  AHOY_CALL_EVENT_RINGS,
  AHOY_CALL_EVENT_ACCEPTED,
  AHOY_CALL_EVENT_LINKED,
  AHOY_CALL_EVENT_UNLINKED,
  AHOY_CALL_EVENT_ALONE,
  AHOY_CALL_EVENT_ENDED,
  AHOY_CALL_N_EVENTS,
} AhoyCallEvent;

/* FALSE when the event means nothing in that phase; @next is then unchanged. */
gboolean      ahoy_call_phase_next         (AhoyCallPhase   phase,
                                            AhoyCallEvent   event,
                                            AhoyCallPhase  *next);
AhoyCallState ahoy_call_phase_to_state     (AhoyCallPhase   phase);
const char   *ahoy_call_phase_get_name     (AhoyCallPhase   phase);
const char   *ahoy_call_event_get_name     (AhoyCallEvent   event);

/* The table, in Markdown, as DESIGN.md has it. (transfer full) */
char         *ahoy_call_phase_table_to_markdown (void);

/* Questions. Each lists every phase, so that a new one forces an answer. */
gboolean      ahoy_call_phase_is_live      (AhoyCallPhase   phase);
gboolean      ahoy_call_phase_can_accept   (AhoyCallPhase   phase);
gboolean      ahoy_call_phase_can_cancel   (AhoyCallPhase   phase);
/* Whether sound and picture may leave this machine, and whether what comes may be heard and seen. */
gboolean      ahoy_call_phase_may_send     (AhoyCallPhase   phase);

G_END_DECLS
