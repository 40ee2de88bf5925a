/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ahoy-list-rows.h"

#include "ahoy-contact-row.h"
#include "ahoy-record-row.h"
#include "ahoy-section.h"

#include <adwaita.h>

static GtkWidget *
new_heading (void)
{
  GtkWidget *label = gtk_label_new (NULL);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  gtk_widget_add_css_class (label, "section-heading");
  gtk_widget_add_css_class (label, "heading");
  return label;
}

static void
on_setup (GtkSignalListItemFactory *factory,
          GtkListItem              *list_item)
{
  gtk_list_item_set_child (list_item, adw_bin_new ());
}

/* A recycled row keeps its widget when the new item is of the same kind. */
static GtkWidget *
ensure_child (GtkListItem *list_item,
              GType        type)
{
  AdwBin *bin = ADW_BIN (gtk_list_item_get_child (list_item));
  GtkWidget *child = adw_bin_get_child (bin);

  if (child && G_TYPE_CHECK_INSTANCE_TYPE (child, type))
    return child;

  if (type == AHOY_TYPE_CONTACT_ROW)
    child = ahoy_contact_row_new ();
  else if (type == AHOY_TYPE_RECORD_ROW)
    child = ahoy_record_row_new (FALSE);
  else
    child = new_heading ();

  adw_bin_set_child (bin, child);
  return child;
}

static void
set_row_name (GtkListItem *list_item,
              const char  *name)
{
  GtkWidget *row = gtk_widget_get_parent (gtk_list_item_get_child (list_item));

  /* GTK 4.8 names no rows by itself. */
  if (row)
    gtk_accessible_update_property (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
}

static void
update_name (GtkListItem *list_item)
{
  gpointer item = gtk_list_item_get_item (list_item);
  g_autofree char *name = NULL;

  if (AHOY_IS_USER (item))
    name = ahoy_contact_row_describe (item);
  else if (AHOY_IS_HISTORY_ENTRY (item))
    name = ahoy_record_row_describe (item);
  else if (AHOY_IS_SECTION (item))
    name = g_strdup (ahoy_section_get_title (item));

  if (name)
    set_row_name (list_item, name);
}

static void
on_bind (GtkSignalListItemFactory *factory,
         GtkListItem              *list_item)
{
  gpointer item = gtk_list_item_get_item (list_item);
  gboolean is_heading = AHOY_IS_SECTION (item);
  AhoyUser *user = NULL;

  gtk_list_item_set_activatable (list_item, !is_heading);
  gtk_list_item_set_selectable (list_item, !is_heading);

  if (is_heading)
    gtk_label_set_label (GTK_LABEL (ensure_child (list_item, GTK_TYPE_LABEL)), ahoy_section_get_title (item));
  else if (AHOY_IS_USER (item))
    {
      user = item;
      ahoy_contact_row_set_user (AHOY_CONTACT_ROW (ensure_child (list_item, AHOY_TYPE_CONTACT_ROW)), user);
    }
  else if (AHOY_IS_HISTORY_ENTRY (item))
    {
      user = ahoy_history_entry_get_user (item);
      ahoy_record_row_set_entry (AHOY_RECORD_ROW (ensure_child (list_item, AHOY_TYPE_RECORD_ROW)), item);
    }

  update_name (list_item);
  if (user)
    {
      g_signal_connect_object (user, "notify::display-name", G_CALLBACK (update_name), list_item, G_CONNECT_SWAPPED);
      g_signal_connect_object (user, "notify::presence", G_CALLBACK (update_name), list_item, G_CONNECT_SWAPPED);
      g_object_set_data_full (G_OBJECT (list_item), "ahoy-user", g_object_ref (user), g_object_unref);
    }
}

static void
on_unbind (GtkSignalListItemFactory *factory,
           GtkListItem              *list_item)
{
  AhoyUser *user = g_object_get_data (G_OBJECT (list_item), "ahoy-user");
  GtkWidget *child = adw_bin_get_child (ADW_BIN (gtk_list_item_get_child (list_item)));

  if (user)
    g_signal_handlers_disconnect_by_func (user, update_name, list_item);
  g_object_set_data (G_OBJECT (list_item), "ahoy-user", NULL);

  if (AHOY_IS_CONTACT_ROW (child))
    ahoy_contact_row_set_user (AHOY_CONTACT_ROW (child), NULL);
  else if (AHOY_IS_RECORD_ROW (child))
    ahoy_record_row_set_entry (AHOY_RECORD_ROW (child), NULL);
}

GtkListItemFactory *
ahoy_list_rows_new_factory (void)
{
  GtkListItemFactory *factory = gtk_signal_list_item_factory_new ();

  g_signal_connect (factory, "setup", G_CALLBACK (on_setup), NULL);
  g_signal_connect (factory, "bind", G_CALLBACK (on_bind), NULL);
  g_signal_connect (factory, "unbind", G_CALLBACK (on_unbind), NULL);
  return factory;
}
