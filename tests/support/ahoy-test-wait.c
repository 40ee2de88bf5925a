/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "ahoy-test-wait.h"

#include <stdlib.h>

/* Conditions may depend on other processes, which wake nobody here. */
#define LOOK_AGAIN_MS 5

/* A machine that has other work takes longer, by as many times as there is more work than processors. */
static double
get_load (void)
{
  double load = 1;

  if (getloadavg (&load, 1) != 1)
    return 1;

  return load / g_get_num_processors ();
}

double
ahoy_test_patience (void)
{
  const char *text = g_getenv ("AHOY_TEST_PATIENCE");
  double factor = text ? g_ascii_strtod (text, NULL) : 1;

  return CLAMP (factor, 1, 100) * CLAMP (get_load (), 1, 3);
}

static gboolean
on_look_again (gpointer user_data)
{
  return G_SOURCE_CONTINUE;
}

gboolean
ahoy_test_wait_for (AhoyTestCondition condition,
                    gpointer          user_data,
                    guint             timeout_ms)
{
  gint64 deadline_us = g_get_monotonic_time () + (gint64) (ahoy_test_patience () * timeout_ms * 1000);
  guint source_id = g_timeout_add (LOOK_AGAIN_MS, on_look_again, NULL);
  gboolean is_true = condition (user_data);

  while (!is_true && g_get_monotonic_time () < deadline_us)
    {
      g_main_context_iteration (NULL, TRUE);
      is_true = condition (user_data);
    }
  g_source_remove (source_id);

  return is_true;
}

void
ahoy_test_wait (AhoyTestCondition condition,
                gpointer          user_data,
                guint             timeout_ms,
                const char       *what)
{
  if (!ahoy_test_wait_for (condition, user_data, timeout_ms))
    g_error ("waited %u ms, times the patience, in vain for: %s", timeout_ms, what);
}
