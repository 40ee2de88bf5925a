/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ahoy-contact-row.h"

#include "ahoy-avatar.h"
#include "ahoy-person-menu.h"
#include "ahoy-prompt-button.h"

#include <glib/gi18n.h>

struct _AhoyContactRow
{
  GtkWidget parent_instance;

  AhoyUser *user;         /* (owned) (nullable) */
  GSignalGroup *follow;   /* (owned) */

  AhoyAvatar *avatar;
  GtkWidget *presence_dot;
  GtkLabel *name_label;
  GtkLabel *status_label;
  GtkWidget *call_button;
  GtkWidget *video_button;
};

G_DEFINE_FINAL_TYPE (AhoyContactRow, ahoy_contact_row, GTK_TYPE_WIDGET)

const char *
ahoy_contact_row_presence_words (AhoyPresence presence)
{
  switch (presence)
    {
    case AHOY_PRESENCE_ONLINE:
      return _("Online");
    case AHOY_PRESENCE_BUSY:
      return _("On a call");
    case AHOY_PRESENCE_OFFLINE:
      return _("Offline");
    case AHOY_PRESENCE_UNKNOWN:
    default:
      return NULL;
    }
}

char *
ahoy_contact_row_describe (AhoyUser *user)
{
  const char *words;

  g_return_val_if_fail (AHOY_IS_USER (user), NULL);

  words = ahoy_contact_row_presence_words (ahoy_user_get_presence (user));
  if (!words)
    return g_strdup (ahoy_user_get_display_name (user));

  /* Translators: a person and whether they can be reached, "Ada Lovelace, Online" */
  return g_strdup_printf (_("%s, %s"), ahoy_user_get_display_name (user), words);
}

static void
update_button (GtkWidget  *button,
               const char *format,
               AhoyUser   *user)
{
  g_autofree char *label = ahoy_person_menu_format (format, ahoy_user_get_display_name (user));

  gtk_actionable_set_action_target (GTK_ACTIONABLE (button), "s", ahoy_user_get_id (user));
  gtk_widget_set_tooltip_text (button, label);
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, label, -1);
}

static void
update (AhoyContactRow *self)
{
  const char *words;
  AhoyPresence presence;

  if (!self->user)
    return;

  presence = ahoy_user_get_presence (self->user);
  words = ahoy_contact_row_presence_words (presence);
  gtk_label_set_label (self->name_label, ahoy_user_get_display_name (self->user));
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->name_label), ahoy_user_get_display_name (self->user));
  gtk_label_set_label (self->status_label, words ? words : ahoy_user_get_id (self->user));

  gtk_widget_set_visible (self->presence_dot,
                          presence == AHOY_PRESENCE_ONLINE || presence == AHOY_PRESENCE_BUSY);
  if (presence == AHOY_PRESENCE_BUSY)
    gtk_widget_add_css_class (self->presence_dot, "busy");
  else
    gtk_widget_remove_css_class (self->presence_dot, "busy");

  /* Translators: %s is a person */
  update_button (self->call_button, _("Call %s"), self->user);
  update_button (self->video_button, _("Video call %s"), self->user);
}

static void
show_menu (AhoyContactRow *self,
           double          x,
           double          y)
{
  if (self->user)
    ahoy_person_menu_popup (GTK_WIDGET (self), self->user, x, y);
}

static void
on_right_click (GtkGestureClick *gesture,
                int              n_press,
                double           x,
                double           y,
                AhoyContactRow  *self)
{
  gtk_gesture_set_state (GTK_GESTURE (gesture), GTK_EVENT_SEQUENCE_CLAIMED);
  show_menu (self, x, y);
}

static void
on_long_press (GtkGestureLongPress *gesture,
               double               x,
               double               y,
               AhoyContactRow      *self)
{
  gtk_gesture_set_state (GTK_GESTURE (gesture), GTK_EVENT_SEQUENCE_CLAIMED);
  show_menu (self, x, y);
}

static void
ahoy_contact_row_dispose (GObject *object)
{
  AhoyContactRow *self = AHOY_CONTACT_ROW (object);
  GtkWidget *child;

  if (self->follow)
    g_signal_group_set_target (self->follow, NULL);
  g_clear_object (&self->follow);
  g_clear_object (&self->user);
  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self))))
    gtk_widget_unparent (child);

  G_OBJECT_CLASS (ahoy_contact_row_parent_class)->dispose (object);
}

static void
ahoy_contact_row_class_init (AhoyContactRowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = ahoy_contact_row_dispose;

  g_type_ensure (AHOY_TYPE_PROMPT_BUTTON);
  g_type_ensure (AHOY_TYPE_AVATAR);
  gtk_widget_class_set_template_from_resource (widget_class, "/org/ahoycall/Ahoy/ahoy-contact-row.ui");
  gtk_widget_class_bind_template_child (widget_class, AhoyContactRow, avatar);
  gtk_widget_class_bind_template_child (widget_class, AhoyContactRow, presence_dot);
  gtk_widget_class_bind_template_child (widget_class, AhoyContactRow, name_label);
  gtk_widget_class_bind_template_child (widget_class, AhoyContactRow, status_label);
  gtk_widget_class_bind_template_child (widget_class, AhoyContactRow, call_button);
  gtk_widget_class_bind_template_child (widget_class, AhoyContactRow, video_button);
  gtk_widget_class_bind_template_callback (widget_class, on_right_click);
  gtk_widget_class_bind_template_callback (widget_class, on_long_press);
}

static void
ahoy_contact_row_init (AhoyContactRow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));

  self->follow = g_signal_group_new (AHOY_TYPE_USER);
  g_signal_group_connect_swapped (self->follow, "notify::display-name", G_CALLBACK (update), self);
  g_signal_group_connect_swapped (self->follow, "notify::presence", G_CALLBACK (update), self);
}

GtkWidget *
ahoy_contact_row_new (void)
{
  return g_object_new (AHOY_TYPE_CONTACT_ROW, NULL);
}

void
ahoy_contact_row_set_user (AhoyContactRow *self,
                           AhoyUser       *user)
{
  g_return_if_fail (AHOY_IS_CONTACT_ROW (self));
  g_return_if_fail (!user || AHOY_IS_USER (user));

  if (!g_set_object (&self->user, user))
    return;

  g_signal_group_set_target (self->follow, user);
  ahoy_avatar_set_user (self->avatar, user);
  update (self);
}

AhoyUser *
ahoy_contact_row_get_user (AhoyContactRow *self)
{
  g_return_val_if_fail (AHOY_IS_CONTACT_ROW (self), NULL);

  return self->user;
}
