/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

#define AHOY_TYPE_CONTACT_LIST (ahoy_contact_list_get_type ())
G_DECLARE_FINAL_TYPE (AhoyContactList, ahoy_contact_list, AHOY, CONTACT_LIST, GObject)

/* What the list of contacts shows: a GListModel of AhoySection and AhoyUser. Favourites first, then by letter;
 * with a search the people that match, under one heading. Follows names and stars as they change. */
AhoyContactList *ahoy_contact_list_new        (GListModel      *users);
void             ahoy_contact_list_set_search (AhoyContactList *self,
                                               const char      *search);
/* How many people are shown, without the headings. */
guint            ahoy_contact_list_get_people (AhoyContactList *self);
/* Applies at once what was waiting for the next turn of the main loop. */
void             ahoy_contact_list_flush      (AhoyContactList *self);

G_END_DECLS
