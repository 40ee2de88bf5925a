/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* Rows of the lists of people and of calls: AhoySection, AhoyUser and AhoyHistoryEntry, each with a spoken
 * name. (transfer full) */
GtkListItemFactory *ahoy_list_rows_new_factory (void);

G_END_DECLS
