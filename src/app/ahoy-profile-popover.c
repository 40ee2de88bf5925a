/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ahoy-profile-popover.h"

#include "ahoy-avatar.h"

struct _AhoyProfilePopover
{
  GtkPopover parent_instance;

  GSignalGroup *follow; /* (owned) on the person */
  AhoyUser *user;       /* (owned) (nullable) */

  AhoyAvatar *avatar;
  GtkLabel *name_label;
  GtkLabel *id_label;
  GtkWidget *copy_button;
  GtkWidget *edit_button;
  GtkWidget *sign_out_button;
};

G_DEFINE_FINAL_TYPE (AhoyProfilePopover, ahoy_profile_popover, GTK_TYPE_POPOVER)

static void
update (AhoyProfilePopover *self)
{
  if (!self->user)
    return;

  gtk_label_set_label (self->name_label, ahoy_user_get_display_name (self->user));
  gtk_label_set_label (self->id_label, ahoy_user_get_id (self->user));
  gtk_actionable_set_action_target (GTK_ACTIONABLE (self->copy_button), "s", ahoy_user_get_id (self->user));
}

static void
ahoy_profile_popover_dispose (GObject *object)
{
  AhoyProfilePopover *self = AHOY_PROFILE_POPOVER (object);

  if (self->follow)
    g_signal_group_set_target (self->follow, NULL);
  g_clear_object (&self->follow);
  g_clear_object (&self->user);

  G_OBJECT_CLASS (ahoy_profile_popover_parent_class)->dispose (object);
}

static void
ahoy_profile_popover_class_init (AhoyProfilePopoverClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = ahoy_profile_popover_dispose;

  g_type_ensure (AHOY_TYPE_AVATAR);
  gtk_widget_class_set_template_from_resource (widget_class, "/org/ahoycall/Ahoy/ahoy-profile-popover.ui");
  gtk_widget_class_bind_template_child (widget_class, AhoyProfilePopover, avatar);
  gtk_widget_class_bind_template_child (widget_class, AhoyProfilePopover, name_label);
  gtk_widget_class_bind_template_child (widget_class, AhoyProfilePopover, id_label);
  gtk_widget_class_bind_template_child (widget_class, AhoyProfilePopover, copy_button);
  gtk_widget_class_bind_template_child (widget_class, AhoyProfilePopover, edit_button);
  gtk_widget_class_bind_template_child (widget_class, AhoyProfilePopover, sign_out_button);
}

static void
ahoy_profile_popover_init (AhoyProfilePopover *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));

  g_signal_connect_swapped (self->edit_button, "clicked", G_CALLBACK (gtk_popover_popdown), self);
  g_signal_connect_swapped (self->sign_out_button, "clicked", G_CALLBACK (gtk_popover_popdown), self);
  g_signal_connect_swapped (self->copy_button, "clicked", G_CALLBACK (gtk_popover_popdown), self);
  self->follow = g_signal_group_new (AHOY_TYPE_USER);
  g_signal_group_connect_swapped (self->follow, "notify::display-name", G_CALLBACK (update), self);
}

GtkWidget *
ahoy_profile_popover_new (void)
{
  return g_object_new (AHOY_TYPE_PROFILE_POPOVER, NULL);
}

void
ahoy_profile_popover_set_user (AhoyProfilePopover *self,
                               AhoyUser           *user)
{
  g_return_if_fail (AHOY_IS_PROFILE_POPOVER (self));
  g_return_if_fail (!user || AHOY_IS_USER (user));

  if (!g_set_object (&self->user, user))
    return;

  g_signal_group_set_target (self->follow, user);
  ahoy_avatar_set_user (self->avatar, user);
  update (self);
}
