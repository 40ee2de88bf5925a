/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>
#include "ahoy-identity.h"

G_BEGIN_DECLS

#define AHOY_TYPE_SIGN_IN_PAGE (ahoy_sign_in_page_get_type ())
G_DECLARE_FINAL_TYPE (AhoySignInPage, ahoy_sign_in_page, AHOY, SIGN_IN_PAGE, AdwBin)

/* From nothing to a working account: welcome, sign in, your name. Signal: "done" (). */
GtkWidget *ahoy_sign_in_page_new          (void);
void       ahoy_sign_in_page_set_identity (AhoySignInPage    *self,
                                           AhoyIdentity      *identity);
/* Back to the first step, with the form empty. */
void       ahoy_sign_in_page_reset        (AhoySignInPage    *self);
/* The form with everything filled in; the ticket as well when @with_ticket. */
void       ahoy_sign_in_page_fill         (AhoySignInPage    *self,
                                           const AhoyAccount *account,
                                           gboolean           with_ticket);
/* Presses the button. */
void       ahoy_sign_in_page_submit       (AhoySignInPage    *self);
/* Whether a sign-in is under way or its last step is still open. */
gboolean   ahoy_sign_in_page_is_open      (AhoySignInPage    *self);
/* For pictures and tests: "welcome", "form" or "you"; an error under the form. */
void       ahoy_sign_in_page_show_step    (AhoySignInPage    *self,
                                           const char        *step);
void       ahoy_sign_in_page_show_error   (AhoySignInPage    *self,
                                           const GError      *error);

G_END_DECLS
