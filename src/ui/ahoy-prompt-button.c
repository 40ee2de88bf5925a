/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "ahoy-prompt-button.h"

struct _AhoyPromptButton
{
  GtkButton parent_instance;
};

G_DEFINE_FINAL_TYPE (AhoyPromptButton, ahoy_prompt_button, GTK_TYPE_BUTTON)

static void
ahoy_prompt_button_activate (GtkButton *button)
{
  g_signal_emit_by_name (button, "clicked");
}

static void
ahoy_prompt_button_class_init (AhoyPromptButtonClass *klass)
{
  GTK_BUTTON_CLASS (klass)->activate = ahoy_prompt_button_activate;
}

static void
ahoy_prompt_button_init (AhoyPromptButton *self)
{
}

GtkWidget *
ahoy_prompt_button_new (void)
{
  return g_object_new (AHOY_TYPE_PROMPT_BUTTON, NULL);
}
