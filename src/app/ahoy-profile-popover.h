/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>
#include "ahoy-user.h"

G_BEGIN_DECLS

#define AHOY_TYPE_PROFILE_POPOVER (ahoy_profile_popover_get_type ())
G_DECLARE_FINAL_TYPE (AhoyProfilePopover, ahoy_profile_popover, AHOY, PROFILE_POPOVER, GtkPopover)

/* Who is signed in: picture, name, id. Its buttons activate "win.copy-id", "win.edit-profile" and
 * "win.sign-out". */
GtkWidget *ahoy_profile_popover_new      (void);
void       ahoy_profile_popover_set_user (AhoyProfilePopover *self,
                                          AhoyUser           *user);

G_END_DECLS
