/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "ahoy-call-view-private.h"

#include <glib/gi18n-lib.h>

/* The part of the menu that changes what is sent: what is behind the person, the skin, the noise. */

#define GROUP "effects"

/* As the action calls them; the place is the strength of the blur. */
static const char *const blurs[] = { "off", "low", "medium", "high" };

static void
append (GMenu      *menu,
        const char *label,
        const char *action,
        GVariant   *target)
{
  g_autoptr (GMenuItem) item = g_menu_item_new (label, NULL);

  g_menu_item_set_action_and_target_value (item, action, target);
  g_menu_append_item (menu, item);
}

static GMenu *
make_background_menu (void)
{
  GMenu *menu = g_menu_new ();

  append (menu, _("As It Is"), GROUP ".background", g_variant_new_string ("off"));
  append (menu, _("Slightly Blurred"), GROUP ".background", g_variant_new_string ("low"));
  append (menu, _("Blurred"), GROUP ".background", g_variant_new_string ("medium"));
  append (menu, _("Strongly Blurred"), GROUP ".background", g_variant_new_string ("high"));
  append (menu, _("Picture…"), GROUP ".background", g_variant_new_string ("image"));

  return menu;
}

static GMenu *
make_beauty_menu (void)
{
  GMenu *menu = g_menu_new ();

  append (menu, _("Off"), GROUP ".beauty", g_variant_new_int32 (0));
  append (menu, _("A Little"), GROUP ".beauty", g_variant_new_int32 (3));
  append (menu, _("Medium"), GROUP ".beauty", g_variant_new_int32 (6));
  append (menu, _("Strong"), GROUP ".beauty", g_variant_new_int32 (9));

  return menu;
}

static void
on_image_set (GObject      *source,
              GAsyncResult *result,
              gpointer      data)
{
  g_autoptr (AhoyCallView) self = data;
  g_autoptr (GError) error = NULL;

  if (ahoy_video_settings_set_background_image_finish (AHOY_VIDEO_SETTINGS (source), result, &error) ||
      g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;

  g_debug ("No background: %s", error->message);
  ahoy_call_view_tell (self, AHOY_HINT_NO_SERVICE, _("That file is not a picture that can be shown behind you."));
  ahoy_call_view_update (self);
}

static void
on_image_chosen (GtkNativeDialog *dialog,
                 int              response,
                 AhoyCallView    *self)
{
  g_autoptr (GFile) file = NULL;

  if (response == GTK_RESPONSE_ACCEPT && self->engine)
    file = gtk_file_chooser_get_file (GTK_FILE_CHOOSER (dialog));
  if (file)
    ahoy_video_settings_set_background_image_async (ahoy_engine_get_video_settings (self->engine), file, NULL,
                                                    on_image_set, g_object_ref (self));
  g_object_unref (dialog);
}

static void
choose_image (AhoyCallView *self)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));
  g_autoptr (GtkFileFilter) filter = gtk_file_filter_new ();
  GtkFileChooserNative *dialog;

  dialog = gtk_file_chooser_native_new (_("Choose a Background"), GTK_IS_WINDOW (root) ? GTK_WINDOW (root) : NULL,
                                        GTK_FILE_CHOOSER_ACTION_OPEN, _("_Use"), NULL);
  gtk_native_dialog_set_modal (GTK_NATIVE_DIALOG (dialog), TRUE);
  gtk_file_filter_set_name (filter, _("Pictures"));
  gtk_file_filter_add_pixbuf_formats (filter);
  gtk_file_chooser_add_filter (GTK_FILE_CHOOSER (dialog), filter);
  g_signal_connect_object (dialog, "response", G_CALLBACK (on_image_chosen), self, 0);
  gtk_native_dialog_show (GTK_NATIVE_DIALOG (dialog));
}

static void
on_background_activated (GSimpleAction *action,
                         GVariant      *target,
                         AhoyCallView  *self)
{
  const char *word = g_variant_get_string (target, NULL);

  if (g_str_equal (word, "image"))
    {
      choose_image (self);
      return;
    }

  for (guint i = 0; i < G_N_ELEMENTS (blurs); i++)
    if (g_str_equal (word, blurs[i]))
      ahoy_video_settings_set_background_blur (ahoy_engine_get_video_settings (self->engine), i);
}

static void
update_background (GSimpleAction     *action,
                   GParamSpec        *pspec,
                   AhoyVideoSettings *settings)
{
  const char *word = ahoy_video_settings_get_background_image (settings)
                       ? "image" : blurs[ahoy_video_settings_get_background_blur (settings)];

  g_simple_action_set_state (action, g_variant_new_string (word));
}

/* What this build or this machine cannot do is not offered. */
static void
fill_menu (AhoyCallView      *self,
           AhoyVideoSettings *settings)
{
  g_autoptr (GMenu) beauty = make_beauty_menu ();

  g_menu_remove_all (self->effects_menu);
  if (settings == NULL)
    return;

  if (ahoy_video_settings_get_background_available (settings))
    {
      g_autoptr (GMenu) background = make_background_menu ();

      g_menu_append_submenu (self->effects_menu, _("Background"), G_MENU_MODEL (background));
    }
  g_menu_append_submenu (self->effects_menu, _("Smooth Skin"), G_MENU_MODEL (beauty));
  if (ahoy_media_get_voice_isolation_available (self->media))
    g_menu_append (self->effects_menu, _("Only My Voice"), GROUP ".voice-isolation");
}

void
ahoy_call_view_init_effects (AhoyCallView *self)
{
  self->effects_menu = g_menu_new ();
  g_menu_insert_section (self->menu, 1, NULL, G_MENU_MODEL (self->effects_menu));
}

void
ahoy_call_view_set_effects (AhoyCallView      *self,
                            AhoyVideoSettings *settings)
{
  g_autoptr (GSimpleActionGroup) group = g_simple_action_group_new ();
  g_autoptr (GPropertyAction) beauty = NULL;
  g_autoptr (GPropertyAction) isolation = NULL;
  g_autoptr (GSimpleAction) background = NULL;

  fill_menu (self, settings);
  if (settings == NULL)
    {
      gtk_widget_insert_action_group (GTK_WIDGET (self), GROUP, NULL);
      return;
    }

  beauty = g_property_action_new ("beauty", settings, "beauty");
  g_action_map_add_action (G_ACTION_MAP (group), G_ACTION (beauty));

  background = g_simple_action_new_stateful ("background", G_VARIANT_TYPE_STRING, g_variant_new_string ("off"));
  g_signal_connect_object (background, "activate", G_CALLBACK (on_background_activated), self, 0);
  g_signal_connect_object (settings, "notify::background-blur", G_CALLBACK (update_background), background,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (settings, "notify::background-image", G_CALLBACK (update_background), background,
                           G_CONNECT_SWAPPED);
  update_background (background, NULL, settings);
  g_action_map_add_action (G_ACTION_MAP (group), G_ACTION (background));

  isolation = g_property_action_new ("voice-isolation", self->media, "voice-isolation");
  g_action_map_add_action (G_ACTION_MAP (group), G_ACTION (isolation));
  gtk_widget_insert_action_group (GTK_WIDGET (self), GROUP, G_ACTION_GROUP (group));
}
