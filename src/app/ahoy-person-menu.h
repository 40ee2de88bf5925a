/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>
#include "ahoy-user.h"

G_BEGIN_DECLS

/* Puts @name into a translated sentence with one %s, kept apart from text of the other direction.
 * (transfer full) */
char *ahoy_person_menu_format (const char *format,
                               const char *name);
/* What can be done with a person, as a menu over @parent. */
void  ahoy_person_menu_popup  (GtkWidget  *parent,
                               AhoyUser   *user,
                               double      x,
                               double      y);

G_END_DECLS
