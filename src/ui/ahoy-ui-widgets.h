/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* What makes stock widgets fit for assistive technology. */

/* For parts of libadwaita that have a tooltip only, which is a description and no name. */
void ahoy_ui_name_by_tooltips (GtkWidget   *widget);
/* Reveals or hides; what is hidden for good also leaves the tree of assistive technology. */
void ahoy_ui_reveal           (GtkRevealer *revealer,
                               gboolean     reveal);

G_END_DECLS
