/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "ahoy-ui-widgets.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define AHOY_UI_RESOURCE_BASE "/org/ahoycall/Ahoy/ui"

/* Called by each class before it uses a template: libadwaita, translations and resources, once a process. */
void     ahoy_ui_ensure_init      (void);
/* Called by each widget when it is made: style and icons, once a display. */
void     ahoy_ui_ensure_style     (GtkWidget  *widget);
gboolean ahoy_ui_get_animations   (GtkWidget  *widget);
void     ahoy_ui_set_accessible   (GtkWidget  *widget,
                                   const char *label,
                                   const char *keys);
void     ahoy_ui_set_class        (GtkWidget  *widget,
                                   const char *name,
                                   gboolean    on);
/* The colour of a person behind their avatar. */
void     ahoy_ui_set_tint         (GtkWidget  *widget,
                                   const char *user_id);

G_END_DECLS
