/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "ahoy-call-state.h"

#define P(name) AHOY_CALL_PHASE_##name
/* An event that means nothing in that phase. */
#define NO AHOY_CALL_N_PHASES

static const AhoyCallPhase table[AHOY_CALL_N_PHASES][AHOY_CALL_N_EVENTS] = {
  /*                        RINGS                ACCEPTED        LINKED               UNLINKED           ALONE            ENDED */
  [P (CALLING)] =         { P (RINGING),         P (CONNECTING), P (CALLING_LINKED),  NO,                NO,              P (ENDED) },
  [P (CALLING_LINKED)] =  { P (RINGING_LINKED),  P (ACTIVE),     NO,                  P (CALLING),       NO,              P (ENDED) },
  [P (RINGING)] =         { NO,                  P (CONNECTING), P (RINGING_LINKED),  NO,                NO,              P (ENDED) },
  [P (RINGING_LINKED)] =  { NO,                  P (ACTIVE),     NO,                  P (RINGING),       NO,              P (ENDED) },
  [P (INCOMING)] =        { NO,                  P (CONNECTING), P (INCOMING_LINKED), NO,                NO,              P (ENDED) },
  [P (INCOMING_LINKED)] = { NO,                  P (ACTIVE),     NO,                  P (INCOMING),      NO,              P (ENDED) },
  [P (JOINING)] =         { NO,                  P (CONNECTING), NO,                  NO,                NO,              P (ENDED) },
  [P (CONNECTING)] =      { NO,                  NO,             P (ACTIVE),          NO,                NO,              P (ENDED) },
  [P (ACTIVE)] =          { NO,                  NO,             NO,                  P (RECONNECTING),  P (CONNECTING),  P (ENDED) },
  [P (RECONNECTING)] =    { NO,                  NO,             P (ACTIVE),          NO,                P (CONNECTING),  P (ENDED) },
  [P (ENDED)] =           { NO,                  NO,             NO,                  NO,                NO,              NO },
};

gboolean
ahoy_call_phase_next (AhoyCallPhase  phase,
                      AhoyCallEvent  event,
                      AhoyCallPhase *next)
{
  g_return_val_if_fail (phase < AHOY_CALL_N_PHASES, FALSE);
  g_return_val_if_fail (event < AHOY_CALL_N_EVENTS, FALSE);

  if (table[phase][event] == NO)
    return FALSE;

  *next = table[phase][event];
  return TRUE;
}

AhoyCallState
ahoy_call_phase_to_state (AhoyCallPhase phase)
{
  switch (phase)
    {
    case P (CALLING):
    case P (CALLING_LINKED):
      return AHOY_CALL_CALLING;
    case P (RINGING):
    case P (RINGING_LINKED):
      return AHOY_CALL_RINGING;
    case P (INCOMING):
    case P (INCOMING_LINKED):
      return AHOY_CALL_INCOMING;
    case P (JOINING):
    case P (CONNECTING):
      return AHOY_CALL_CONNECTING;
    case P (ACTIVE):
      return AHOY_CALL_ACTIVE;
    case P (RECONNECTING):
      return AHOY_CALL_RECONNECTING;
    case P (ENDED):
    case AHOY_CALL_N_PHASES:
    default:
      return AHOY_CALL_ENDED;
    }
}

const char *
ahoy_call_phase_get_name (AhoyCallPhase phase)
{
  static const char *const names[AHOY_CALL_N_PHASES] = {
    [P (CALLING)] = "calling",
    [P (CALLING_LINKED)] = "calling-linked",
    [P (RINGING)] = "ringing",
    [P (RINGING_LINKED)] = "ringing-linked",
    [P (INCOMING)] = "incoming",
    [P (INCOMING_LINKED)] = "incoming-linked",
    [P (JOINING)] = "joining",
    [P (CONNECTING)] = "connecting",
    [P (ACTIVE)] = "active",
    [P (RECONNECTING)] = "reconnecting",
    [P (ENDED)] = "ended",
  };

  g_return_val_if_fail (phase < AHOY_CALL_N_PHASES, NULL);

  return names[phase];
}

const char *
ahoy_call_event_get_name (AhoyCallEvent event)
{
  static const char *const names[AHOY_CALL_N_EVENTS] = {
    [AHOY_CALL_EVENT_RINGS] = "rings",
    [AHOY_CALL_EVENT_ACCEPTED] = "accepted",
    [AHOY_CALL_EVENT_LINKED] = "linked",
    [AHOY_CALL_EVENT_UNLINKED] = "unlinked",
    [AHOY_CALL_EVENT_ALONE] = "alone",
    [AHOY_CALL_EVENT_ENDED] = "ended",
  };

  g_return_val_if_fail (event < AHOY_CALL_N_EVENTS, NULL);

  return names[event];
}

char *
ahoy_call_phase_table_to_markdown (void)
{
  GString *text = g_string_new ("| phase \\ event |");

  for (AhoyCallEvent event = 0; event < AHOY_CALL_N_EVENTS; event++)
    g_string_append_printf (text, " %s |", ahoy_call_event_get_name (event));
  g_string_append (text, "\n|---|");
  for (AhoyCallEvent event = 0; event < AHOY_CALL_N_EVENTS; event++)
    g_string_append (text, "---|");
  g_string_append_c (text, '\n');

  for (AhoyCallPhase phase = 0; phase < AHOY_CALL_N_PHASES; phase++)
    {
      g_string_append_printf (text, "| %s |", ahoy_call_phase_get_name (phase));
      for (AhoyCallEvent event = 0; event < AHOY_CALL_N_EVENTS; event++)
        {
          AhoyCallPhase next = table[phase][event];

          g_string_append_printf (text, " %s |", next == NO ? "–" : ahoy_call_phase_get_name (next));
        }
      g_string_append_c (text, '\n');
    }
  return g_string_free (text, FALSE);
}

gboolean
ahoy_call_phase_is_live (AhoyCallPhase phase)
{
  return phase < P (ENDED);
}

gboolean
ahoy_call_phase_can_accept (AhoyCallPhase phase)
{
  switch (phase)
    {
    case P (INCOMING):
    case P (INCOMING_LINKED):
      return TRUE;
    case P (CALLING):
    case P (CALLING_LINKED):
    case P (RINGING):
    case P (RINGING_LINKED):
    case P (JOINING):
    case P (CONNECTING):
    case P (ACTIVE):
    case P (RECONNECTING):
    case P (ENDED):
    case AHOY_CALL_N_PHASES:
    default:
      return FALSE;
    }
}

gboolean
ahoy_call_phase_can_cancel (AhoyCallPhase phase)
{
  switch (phase)
    {
    case P (CALLING):
    case P (CALLING_LINKED):
    case P (RINGING):
    case P (RINGING_LINKED):
      return TRUE;
    case P (INCOMING):
    case P (INCOMING_LINKED):
    case P (JOINING):
    case P (CONNECTING):
    case P (ACTIVE):
    case P (RECONNECTING):
    case P (ENDED):
    case AHOY_CALL_N_PHASES:
    default:
      return FALSE;
    }
}

gboolean
ahoy_call_phase_may_send (AhoyCallPhase phase)
{
  switch (phase)
    {
    case P (CONNECTING):
    case P (ACTIVE):
    case P (RECONNECTING):
      return TRUE;
    case P (CALLING):
    case P (CALLING_LINKED):
    case P (RINGING):
    case P (RINGING_LINKED):
    case P (INCOMING):
    case P (INCOMING_LINKED):
    case P (JOINING):
    case P (ENDED):
    case AHOY_CALL_N_PHASES:
    default:
      return FALSE;
    }
}
