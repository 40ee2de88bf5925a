/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* Lets the screen reader say something that no focus change tells. @alert: a label of role alert that nobody sees.
 * Repeats within two seconds are dropped, the rest is queued, one each 1.5 s; what @is_urgent goes first. */
void ahoy_announce (GtkLabel   *alert,
                    const char *text,
                    gboolean    is_urgent);

G_END_DECLS
