/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <adwaita.h>

/* The least a libadwaita program can be: what bench-start compares ahoy with. */
static void
on_activate (GtkApplication *application,
             gpointer        user_data)
{
  GtkWidget *window;
  GtkWidget *box;
  GtkWidget *page;

  window = adw_application_window_new (application);
  gtk_window_set_default_size (GTK_WINDOW (window), 960, 680);
  box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  gtk_box_append (GTK_BOX (box), adw_header_bar_new ());
  page = adw_status_page_new ();
  adw_status_page_set_icon_name (ADW_STATUS_PAGE (page), "call-start-symbolic");
  adw_status_page_set_title (ADW_STATUS_PAGE (page), "Reference");
  gtk_widget_set_vexpand (page, TRUE);
  gtk_box_append (GTK_BOX (box), page);
  adw_application_window_set_content (ADW_APPLICATION_WINDOW (window), box);
  gtk_window_present (GTK_WINDOW (window));
}

int
main (int    argc,
      char **argv)
{
  g_autoptr (AdwApplication) application = NULL;

  application = adw_application_new ("org.ahoycall.Reference", G_APPLICATION_NON_UNIQUE);
  g_signal_connect (application, "activate", G_CALLBACK (on_activate), NULL);
  return g_application_run (G_APPLICATION (application), argc, argv);
}
