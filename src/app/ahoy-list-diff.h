/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* Tells the users of @model that its items went from @old to @now: the one stretch in which they differ, so that
 * the rows around it, the focus and the place scrolled to are kept. */
void ahoy_list_diff_emit (GListModel *model,
                          GPtrArray  *old,
                          GPtrArray  *now);

G_END_DECLS
