/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>
#include "ahoy-user.h"

G_BEGIN_DECLS

#define AHOY_TYPE_CONTACT_ROW (ahoy_contact_row_get_type ())
G_DECLARE_FINAL_TYPE (AhoyContactRow, ahoy_contact_row, AHOY, CONTACT_ROW, GtkWidget)

/* A person in a list: picture, presence, name, and the two ways to call. */
GtkWidget *ahoy_contact_row_new      (void);
void       ahoy_contact_row_set_user (AhoyContactRow *self,
                                      AhoyUser       *user);
AhoyUser  *ahoy_contact_row_get_user (AhoyContactRow *self);
/* What is read for the whole row. (transfer full) */
char      *ahoy_contact_row_describe (AhoyUser       *user);
/* "Online", "On a call", "Offline"; NULL when it is not known. */
const char *ahoy_contact_row_presence_words (AhoyPresence presence);

G_END_DECLS
