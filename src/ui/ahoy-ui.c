/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "ahoy-avatar.h"
#include "ahoy-ui-private.h"
#include "ahoy-ui-resources.h"

#include <adwaita.h>
#include <glib/gi18n-lib.h>

typedef struct
{
  GtkCssProvider *plain;
  GtkCssProvider *contrast;
  GdkDisplay *display; /* (unowned): it owns this */
  AdwStyleManager *manager;
  gulong contrast_id;
} UiStyle;

void
ahoy_ui_ensure_init (void)
{
  static gsize done = 0;

  if (!g_once_init_enter (&done))
    return;

  /* The host may be a plain GtkApplication: the widgets inside need libadwaita all the same. */
  adw_init ();
  g_resources_register (ahoy_ui_get_resource ());
  bindtextdomain (GETTEXT_PACKAGE, AHOY_LOCALEDIR);
  bind_textdomain_codeset (GETTEXT_PACKAGE, "UTF-8");

  g_once_init_leave (&done, 1);
}

static void
ui_style_update_contrast (UiStyle *style)
{
  gtk_style_context_remove_provider_for_display (style->display, GTK_STYLE_PROVIDER (style->contrast));
  if (adw_style_manager_get_high_contrast (style->manager))
    gtk_style_context_add_provider_for_display (style->display, GTK_STYLE_PROVIDER (style->contrast),
                                                GTK_STYLE_PROVIDER_PRIORITY_THEME + 2);
}

static void
ui_style_free (gpointer data)
{
  UiStyle *style = data;

  g_clear_signal_handler (&style->contrast_id, style->manager);
  g_object_unref (style->manager);
  g_object_unref (style->plain);
  g_object_unref (style->contrast);
  g_free (style);
}

void
ahoy_ui_ensure_style (GtkWidget *widget)
{
  GdkDisplay *display = gtk_widget_get_display (widget);
  UiStyle *style = g_object_get_data (G_OBJECT (display), "ahoy-ui-style");

  if (style)
    return;

  style = g_new0 (UiStyle, 1);
  style->display = display;
  style->plain = gtk_css_provider_new ();
  style->contrast = gtk_css_provider_new ();
  style->manager = g_object_ref (adw_style_manager_get_for_display (display));
  gtk_css_provider_load_from_resource (style->plain, AHOY_UI_RESOURCE_BASE "/ahoy-ui.css");
  gtk_css_provider_load_from_resource (style->contrast, AHOY_UI_RESOURCE_BASE "/ahoy-ui-hc.css");
  /* Just over the theme, so that the style sheet of the host application wins. */
  gtk_style_context_add_provider_for_display (display, GTK_STYLE_PROVIDER (style->plain),
                                              GTK_STYLE_PROVIDER_PRIORITY_THEME + 1);
  style->contrast_id = g_signal_connect_swapped (style->manager, "notify::high-contrast",
                                                 G_CALLBACK (ui_style_update_contrast), style);
  ui_style_update_contrast (style);
  gtk_icon_theme_add_resource_path (gtk_icon_theme_get_for_display (display), AHOY_UI_RESOURCE_BASE "/icons");
  g_object_set_data_full (G_OBJECT (display), "ahoy-ui-style", style, ui_style_free);
}

gboolean
ahoy_ui_get_animations (GtkWidget *widget)
{
  return adw_get_enable_animations (widget);
}

void
ahoy_ui_set_accessible (GtkWidget  *widget,
                        const char *label,
                        const char *keys)
{
  gtk_accessible_update_property (GTK_ACCESSIBLE (widget), GTK_ACCESSIBLE_PROPERTY_LABEL, label, -1);
  if (keys)
    gtk_accessible_update_property (GTK_ACCESSIBLE (widget), GTK_ACCESSIBLE_PROPERTY_KEY_SHORTCUTS, keys, -1);
}

void
ahoy_ui_set_class (GtkWidget  *widget,
                   const char *name,
                   gboolean    on)
{
  if (on)
    gtk_widget_add_css_class (widget, name);
  else
    gtk_widget_remove_css_class (widget, name);
}

void
ahoy_ui_set_tint (GtkWidget  *widget,
                  const char *user_id)
{
  g_autofree char *color = g_strdup_printf ("color%u", ahoy_avatar_color_for_id (user_id));
  const char *classes[] = { "tint", color, NULL };

  /* Setting the same again would cost a new style. */
  if (!gtk_widget_has_css_class (widget, color))
    gtk_widget_set_css_classes (widget, classes);
}

static void
name_by_tooltip (GtkWidget *button)
{
  const char *text = gtk_widget_get_tooltip_text (button);

  if (text)
    gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, text, -1);
}

void
ahoy_ui_name_by_tooltips (GtkWidget *widget)
{
  GtkWidget *child;

  if (GTK_IS_BUTTON (widget))
    {
      g_signal_connect (widget, "notify::tooltip-text", G_CALLBACK (name_by_tooltip), NULL);
      name_by_tooltip (widget);
      return;
    }
  if (GTK_IS_SEARCH_ENTRY (widget))
    gtk_accessible_update_property (GTK_ACCESSIBLE (widget), GTK_ACCESSIBLE_PROPERTY_LABEL, _("Search"), -1);
  for (child = gtk_widget_get_first_child (widget); child; child = gtk_widget_get_next_sibling (child))
    ahoy_ui_name_by_tooltips (child);
}

static void
on_revealed (GtkRevealer *revealer)
{
  if (!gtk_revealer_get_child_revealed (revealer) && !gtk_revealer_get_reveal_child (revealer))
    gtk_widget_set_visible (GTK_WIDGET (revealer), FALSE);
}

void
ahoy_ui_reveal (GtkRevealer *revealer,
                gboolean     reveal)
{
  if (!g_object_get_data (G_OBJECT (revealer), "ahoy-reveal"))
    {
      g_signal_connect (revealer, "notify::child-revealed", G_CALLBACK (on_revealed), NULL);
      g_object_set_data (G_OBJECT (revealer), "ahoy-reveal", revealer);
    }
  if (reveal)
    gtk_widget_set_visible (GTK_WIDGET (revealer), TRUE);
  gtk_revealer_set_reveal_child (revealer, reveal);
  /* It was never shown: no animation will tell of the end. */
  on_revealed (revealer);
}
