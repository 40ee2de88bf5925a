/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define AHOY_TYPE_PROMPT_BUTTON (ahoy_prompt_button_get_type ())
G_DECLARE_FINAL_TYPE (AhoyPromptButton, ahoy_prompt_button, AHOY, PROMPT_BUTTON, GtkButton)

/* A button for what somebody waits for at the other end: a key and assistive technology press it at once, where
 * GtkButton lets a quarter of a second pass so that the press can be seen. */
GtkWidget *ahoy_prompt_button_new (void);

G_END_DECLS
