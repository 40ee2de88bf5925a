/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ahoy-person-menu.h"

#include <glib/gi18n.h>

char *
ahoy_person_menu_format (const char *format,
                         const char *name)
{
  GString *text = g_string_new (format);

  g_string_replace (text, "%s", name, 1);
  return g_string_free (text, FALSE);
}

static void
append (GMenu      *menu,
        const char *label,
        const char *action,
        const char *user_id)
{
  g_autoptr (GMenuItem) item = g_menu_item_new (label, NULL);

  g_menu_item_set_action_and_target (item, action, "s", user_id);
  g_menu_append_item (menu, item);
}

static GMenuModel *
new_menu (AhoyUser *user)
{
  const char *id = ahoy_user_get_id (user);
  g_autoptr (GMenu) call = g_menu_new ();
  g_autoptr (GMenu) keep = g_menu_new ();
  g_autoptr (GMenu) drop = g_menu_new ();
  GMenu *menu = g_menu_new ();

  append (call, _("Call"), "app.call", id);
  append (call, _("Video Call"), "app.video-call", id);
  g_menu_append_section (menu, NULL, G_MENU_MODEL (call));

  if (ahoy_user_get_is_contact (user))
    {
      append (keep, ahoy_user_get_is_favourite (user) ? _("Remove From Favourites") : _("Add to Favourites"),
              "win.toggle-favourite", id);
      append (keep, _("Edit Name…"), "win.edit-name", id);
    }
  else
    append (keep, _("Add to Contacts"), "win.add-contact", id);
  append (keep, _("Copy Ahoy ID"), "win.copy-id", id);
  g_menu_append_section (menu, NULL, G_MENU_MODEL (keep));

  if (ahoy_user_get_is_contact (user))
    {
      append (drop, _("Remove"), "win.remove-contact", id);
      g_menu_append_section (menu, NULL, G_MENU_MODEL (drop));
    }

  return G_MENU_MODEL (menu);
}

/* The action of the chosen entry runs after the popover closed: it has to stay until then. */
static gboolean
unparent_later (gpointer user_data)
{
  gtk_widget_unparent (user_data);
  return G_SOURCE_REMOVE;
}

static void
on_closed (GtkWidget *popover)
{
  g_idle_add_full (G_PRIORITY_DEFAULT, unparent_later, g_object_ref (popover), g_object_unref);
}

void
ahoy_person_menu_popup (GtkWidget *parent,
                        AhoyUser  *user,
                        double     x,
                        double     y)
{
  g_autoptr (GMenuModel) model = NULL;
  GdkRectangle where = { (int) x, (int) y, 1, 1 };
  GtkWidget *popover;

  g_return_if_fail (GTK_IS_WIDGET (parent));
  g_return_if_fail (AHOY_IS_USER (user));

  model = new_menu (user);
  popover = gtk_popover_menu_new_from_model (model);
  gtk_widget_set_parent (popover, parent);
  gtk_popover_set_has_arrow (GTK_POPOVER (popover), FALSE);
  gtk_popover_set_pointing_to (GTK_POPOVER (popover), &where);
  gtk_widget_set_halign (popover, GTK_ALIGN_START);
  g_signal_connect (popover, "closed", G_CALLBACK (on_closed), NULL);
  gtk_popover_popup (GTK_POPOVER (popover));
}
