/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "ahoy-call-quality.h"
#include "ahoy-call-state.h"

#include <string.h>

#define P(name) AHOY_CALL_PHASE_##name

static const AhoyCallPhase beginnings[] = { P (CALLING), P (INCOMING), P (JOINING) };

static gboolean
is_linked (AhoyCallPhase phase)
{
  return phase == P (CALLING_LINKED) || phase == P (RINGING_LINKED) || phase == P (INCOMING_LINKED) ||
         phase == P (ACTIVE);
}

/* Every cell: what an event may do follows from what the event says. */
static void
test_table (void)
{
  for (AhoyCallPhase phase = 0; phase < AHOY_CALL_N_PHASES; phase++)
    {
      for (AhoyCallEvent event = 0; event < AHOY_CALL_N_EVENTS; event++)
        {
          AhoyCallPhase next = phase;
          gboolean moves = ahoy_call_phase_next (phase, event, &next);

          g_test_message ("%s + %s → %s", ahoy_call_phase_get_name (phase), ahoy_call_event_get_name (event),
                          moves ? ahoy_call_phase_get_name (next) : "–");
          if (!moves)
            {
              g_assert_cmpint (next, ==, phase);
              continue;
            }

          g_assert_cmpint (next, !=, phase);
          g_assert_true (ahoy_call_phase_is_live (phase));
          switch (event)
            {
            case AHOY_CALL_EVENT_RINGS:
              g_assert_cmpint (ahoy_call_phase_to_state (phase), ==, AHOY_CALL_CALLING);
              g_assert_cmpint (ahoy_call_phase_to_state (next), ==, AHOY_CALL_RINGING);
              g_assert_cmpint (is_linked (next), ==, is_linked (phase));
              break;
            case AHOY_CALL_EVENT_ACCEPTED:
              g_assert_false (ahoy_call_phase_may_send (phase));
              g_assert_true (ahoy_call_phase_may_send (next));
              g_assert_cmpint (is_linked (next), ==, is_linked (phase));
              break;
            case AHOY_CALL_EVENT_LINKED:
              g_assert_false (is_linked (phase));
              g_assert_true (is_linked (next));
              g_assert_cmpint (ahoy_call_phase_may_send (next), ==, ahoy_call_phase_may_send (phase));
              break;
            case AHOY_CALL_EVENT_UNLINKED:
              g_assert_true (is_linked (phase));
              g_assert_false (is_linked (next));
              g_assert_cmpint (ahoy_call_phase_may_send (next), ==, ahoy_call_phase_may_send (phase));
              break;
            case AHOY_CALL_EVENT_ALONE:
              g_assert_true (ahoy_call_phase_may_send (phase));
              g_assert_cmpint (next, ==, P (CONNECTING));
              break;
            case AHOY_CALL_EVENT_ENDED:
              g_assert_cmpint (next, ==, P (ENDED));
              break;
            case AHOY_CALL_N_EVENTS:
            default:
              g_assert_not_reached ();
            }
        }
    }
}

/* Every order of events up to a depth: nothing is sent before the acceptance, both orders of the two facts lead to
 * the same place, an ended call stays so, and no live call is deaf to its end. */
static void
walk (AhoyCallPhase phase,
      gboolean      accepted,
      gboolean      linked,
      guint         depth)
{
  AhoyCallPhase next;

  g_assert_cmpint (ahoy_call_phase_may_send (phase), ==, accepted && ahoy_call_phase_is_live (phase));
  if (ahoy_call_phase_is_live (phase))
    {
      g_assert_cmpint (is_linked (phase), ==, linked);
      g_assert_cmpint (phase == P (ACTIVE), ==, accepted && linked);
      g_assert_true (ahoy_call_phase_next (phase, AHOY_CALL_EVENT_ENDED, &next));
    }
  if (depth == 0)
    return;

  for (AhoyCallEvent event = 0; event < AHOY_CALL_N_EVENTS; event++)
    {
      if (!ahoy_call_phase_next (phase, event, &next))
        {
          if (!ahoy_call_phase_is_live (phase))
            g_assert_cmpint (phase, ==, P (ENDED));
          continue;
        }
      walk (next, accepted || event == AHOY_CALL_EVENT_ACCEPTED,
            event == AHOY_CALL_EVENT_LINKED ||
            (linked && event != AHOY_CALL_EVENT_UNLINKED && event != AHOY_CALL_EVENT_ALONE), depth - 1);
    }
}

static void
test_orders (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (beginnings); i++)
    walk (beginnings[i], FALSE, FALSE, 8);
}

static void
test_questions (void)
{
  guint can_accept = 0;

  for (AhoyCallPhase phase = 0; phase < AHOY_CALL_N_PHASES; phase++)
    {
      gboolean accept = ahoy_call_phase_can_accept (phase);
      gboolean cancel = ahoy_call_phase_can_cancel (phase);
      gboolean send = ahoy_call_phase_may_send (phase);

      gboolean joins = phase == P (JOINING);

      /* A live phase is exactly one of: to be answered, to be cancelled, to be let in, accepted. */
      g_assert_cmpint (accept + cancel + joins + send, ==, ahoy_call_phase_is_live (phase) ? 1 : 0);
      g_assert_cmpint (accept, ==, ahoy_call_phase_to_state (phase) == AHOY_CALL_INCOMING);
      can_accept += accept;
    }
  g_assert_cmpuint (can_accept, ==, 2);
}

static void
test_quality (void)
{
  g_assert_cmpint (ahoy_call_quality_rate (FALSE, 0, 0), ==, AHOY_NETWORK_QUALITY_DOWN);
  g_assert_cmpint (ahoy_call_quality_rate (TRUE, 0, -1), ==, AHOY_NETWORK_QUALITY_EXCELLENT);
  g_assert_cmpint (ahoy_call_quality_rate (TRUE, 0.02, 0.01), ==, AHOY_NETWORK_QUALITY_GOOD);
  g_assert_cmpint (ahoy_call_quality_rate (TRUE, 0, 0.3), ==, AHOY_NETWORK_QUALITY_POOR);
  g_assert_cmpint (ahoy_call_quality_rate (TRUE, 0.1, 0.01), ==, AHOY_NETWORK_QUALITY_BAD);
  g_assert_cmpint (ahoy_call_quality_rate (TRUE, 0, 1), ==, AHOY_NETWORK_QUALITY_VERY_BAD);
  /* More loss or more delay is never better. */
  for (double lost = 0; lost < 0.3; lost += 0.005)
    {
      for (double delay = 0; delay < 1; delay += 0.05)
        {
          AhoyNetworkQuality here = ahoy_call_quality_rate (TRUE, lost, delay);

          g_assert_cmpint (ahoy_call_quality_rate (TRUE, lost + 0.005, delay), >=, here);
          g_assert_cmpint (ahoy_call_quality_rate (TRUE, lost, delay + 0.05), >=, here);
        }
    }
}

/* The page of the design has the table as the code has it. */
static void
test_design (void)
{
  static const char before[] = "<!-- call phases: printed by test-call-state -->\n";
  static const char after[] = "<!-- end of call phases -->\n";
  g_autofree char *path = g_build_filename (g_getenv ("AHOY_SOURCE_ROOT"), "src", "DESIGN.md", NULL);
  g_autofree char *table = ahoy_call_phase_table_to_markdown ();
  g_autofree char *page = NULL;
  g_autofree char *head = NULL;
  g_autofree char *renewed = NULL;
  g_autoptr (GError) error = NULL;
  char *begin, *end;

  g_file_get_contents (path, &page, NULL, &error);
  g_assert_no_error (error);
  begin = strstr (page, before);
  end = begin ? strstr (begin, after) : NULL;
  g_assert_nonnull (end);

  head = g_strndup (page, (gsize) (begin - page) + strlen (before));
  renewed = g_strconcat (head, table, end, NULL);
  if (g_getenv ("AHOY_RENEW_DESIGN"))
    g_file_set_contents (path, renewed, -1, &error);
  else if (!g_str_equal (page, renewed))
    g_test_message ("src/DESIGN.md has another table of a call. Renew it: AHOY_RENEW_DESIGN=1 ./dev test call-state");
  g_assert_no_error (error);
  if (!g_getenv ("AHOY_RENEW_DESIGN"))
    g_assert_cmpstr (page, ==, renewed);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/engine/call-state/table", test_table);
  g_test_add_func ("/engine/call-state/orders", test_orders);
  g_test_add_func ("/engine/call-state/questions", test_questions);
  g_test_add_func ("/engine/call-state/design", test_design);
  g_test_add_func ("/engine/call-state/quality", test_quality);
  return g_test_run ();
}
