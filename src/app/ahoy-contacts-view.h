/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>
#include "ahoy-user.h"

G_BEGIN_DECLS

#define AHOY_TYPE_CONTACTS_VIEW (ahoy_contacts_view_get_type ())
G_DECLARE_FINAL_TYPE (AhoyContactsView, ahoy_contacts_view, AHOY, CONTACTS_VIEW, AdwBin)

/* The contacts, and whoever is typed into the search. Signal: "open" (AhoyUser). */
GtkWidget *ahoy_contacts_view_new        (void);
void       ahoy_contacts_view_set_users  (AhoyContactsView *self,
                                          GListModel       *users);
void       ahoy_contacts_view_set_search (AhoyContactsView *self,
                                          const char       *search);
/* The first person found, NULL when there is none. (transfer none) (nullable) */
AhoyUser  *ahoy_contacts_view_get_first  (AhoyContactsView *self);
void       ahoy_contacts_view_focus_list (AhoyContactsView *self);

G_END_DECLS
