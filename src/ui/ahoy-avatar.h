/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "ahoy-user.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define AHOY_TYPE_AVATAR (ahoy_avatar_get_type ())
G_DECLARE_FINAL_TYPE (AhoyAvatar, ahoy_avatar, AHOY, AVATAR, GtkWidget)

#define AHOY_AVATAR_N_COLORS 14

/* A person's picture, or initials on a colour of their own. Properties: "user" (AhoyUser, nullable), "size"
 * (int, 16–512), "decorative" (gboolean: not spoken, for places where the name stands beside it). */
GtkWidget *ahoy_avatar_new            (AhoyUser   *user,
                                       int         size);
AhoyUser  *ahoy_avatar_get_user       (AhoyAvatar *self);
void       ahoy_avatar_set_user       (AhoyAvatar *self,
                                       AhoyUser   *user);
int        ahoy_avatar_get_size       (AhoyAvatar *self);
void       ahoy_avatar_set_size       (AhoyAvatar *self,
                                       int         size);
gboolean   ahoy_avatar_get_decorative (AhoyAvatar *self);
void       ahoy_avatar_set_decorative (AhoyAvatar *self,
                                       gboolean    decorative);

/* 1–14 from the user id, so that a new name keeps the colour. */
guint      ahoy_avatar_color_for_id   (const char *user_id);
/* First letters of the first and the last word, one for CJK, NULL when there is no letter. (transfer full) */
char      *ahoy_avatar_initials       (const char *name);

G_END_DECLS
