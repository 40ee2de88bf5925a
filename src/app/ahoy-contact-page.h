/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>
#include "ahoy-engine.h"
#include "ahoy-history.h"

G_BEGIN_DECLS

#define AHOY_TYPE_CONTACT_PAGE (ahoy_contact_page_get_type ())
G_DECLARE_FINAL_TYPE (AhoyContactPage, ahoy_contact_page, AHOY, CONTACT_PAGE, AdwBin)

/* One person: how to call, what was. Signal: "failed" (GError), when a change was refused. */
GtkWidget *ahoy_contact_page_new         (void);
void       ahoy_contact_page_set_engine  (AhoyContactPage *self,
                                          AhoyEngine      *engine,
                                          AhoyHistory     *history);
void       ahoy_contact_page_set_user    (AhoyContactPage *self,
                                          AhoyUser        *user);
AhoyUser  *ahoy_contact_page_get_user    (AhoyContactPage *self);
void       ahoy_contact_page_edit_name   (AhoyContactPage *self);

G_END_DECLS
