/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef gboolean (*AhoyTestCondition) (gpointer user_data);

/* How many times longer than on an idle machine everything may take: $AHOY_TEST_PATIENCE, 4 under the sanitizers,
 * and up to three times that while the machine has other work. */
double   ahoy_test_patience (void);
/* Runs the main context until @condition holds; fails the test, naming @what, after @timeout_ms times the
 * patience. */
void     ahoy_test_wait     (AhoyTestCondition condition,
                             gpointer          user_data,
                             guint             timeout_ms,
                             const char       *what);
/* The same, but only says whether it came true. */
gboolean ahoy_test_wait_for (AhoyTestCondition condition,
                             gpointer          user_data,
                             guint             timeout_ms);

G_END_DECLS
