/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "ahoy-test-wait.h"

/* Conditions may depend on other processes, which wake nobody here. */
#define LOOK_AGAIN_MS 5

guint
ahoy_test_patience (void)
{
  const char *text = g_getenv ("AHOY_TEST_PATIENCE");
  guint64 factor = text ? g_ascii_strtoull (text, NULL, 10) : 1;

  return (guint) CLAMP (factor, 1, 100);
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
  gint64 deadline_us = g_get_monotonic_time () + ahoy_test_patience () * timeout_ms * G_TIME_SPAN_MILLISECOND;
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
    g_error ("waited %u ms in vain for: %s", ahoy_test_patience () * timeout_ms, what);
}
