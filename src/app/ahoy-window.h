/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>
#include "ahoy-history.h"
#include "ahoy-identity.h"

G_BEGIN_DECLS

#define AHOY_TYPE_WINDOW (ahoy_window_get_type ())
G_DECLARE_FINAL_TYPE (AhoyWindow, ahoy_window, AHOY, WINDOW, AdwApplicationWindow)

/* The main window: signing in, then lists on one side and a person on the other. */
GtkWidget *ahoy_window_new         (GtkApplication    *application,
                                    AhoyIdentity      *identity,
                                    AhoyHistory       *history);
/* A sentence that goes away by itself. */
void       ahoy_window_toast       (AhoyWindow        *self,
                                    const char        *text);
/* The same for longer: something went wrong. */
void       ahoy_window_toast_problem (AhoyWindow      *self,
                                      const char        *text);
void       ahoy_window_toast_error (AhoyWindow        *self,
                                    const GError      *error);
/* The page of one person. */
void       ahoy_window_open_user   (AhoyWindow        *self,
                                    AhoyUser          *user);
/* "recent" or "contacts" */
void       ahoy_window_show_page   (AhoyWindow        *self,
                                    const char        *page);
/* Signs in with what a link said; asks first when somebody is signed in already. */
void       ahoy_window_take_login  (AhoyWindow        *self,
                                    const AhoyAccount *account);

G_END_DECLS
