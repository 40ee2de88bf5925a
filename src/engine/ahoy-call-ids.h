/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* The own id and repetitions are taken out. (transfer full) (nullable): NULL when nobody is left, more than fit into a
 * call are, or an id is none. */
GStrv ahoy_call_ids_tidy (const char *const *user_ids,
                          const char        *self_id);

G_END_DECLS
