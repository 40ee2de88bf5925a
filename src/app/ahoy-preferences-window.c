/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ahoy-preferences-window.h"

#include "ahoy-avatar.h"
#include "ahoy-device-choice.h"
#include "ahoy-engine.h"
#include "ahoy-ui-widgets.h"

#include <glib/gi18n.h>

struct _AhoyPreferencesWindow
{
  AdwPreferencesWindow parent_instance;

  AhoyIdentity *identity; /* (owned) */
  GSettings *settings;    /* (owned) */

  AdwActionRow *account_row;
  AhoyAvatar *avatar;
  GtkSwitch *background_switch;
  AdwComboRow *scheme_row;
  GtkSwitch *camera_switch;
  GtkSpinButton *ring_spin;
  GtkSwitch *mute_switch;
  AdwComboRow *microphone_row;
  AdwComboRow *speaker_row;
  AdwComboRow *camera_row;
};

G_DEFINE_FINAL_TYPE (AhoyPreferencesWindow, ahoy_preferences_window, ADW_TYPE_PREFERENCES_WINDOW)

static const char *const schemes[] = { "system", "light", "dark" };

static void
on_scheme_selected (AhoyPreferencesWindow *self)
{
  guint selected = adw_combo_row_get_selected (self->scheme_row);

  if (self->settings && selected < G_N_ELEMENTS (schemes))
    g_settings_set_string (self->settings, "color-scheme", schemes[selected]);
}

static void
update_account (AhoyPreferencesWindow *self)
{
  const AhoyAccount *account = ahoy_identity_get_account (self->identity);
  AhoyUser *me = ahoy_engine_get_self (ahoy_identity_get_engine (self->identity));
  g_autofree char *host = account ? ahoy_account_dup_host (account) : NULL;
  g_autofree char *title = NULL;
  g_autofree char *subtitle = NULL;

  ahoy_avatar_set_user (self->avatar, me);
  gtk_widget_set_visible (GTK_WIDGET (self->avatar), me != NULL);
  if (!account)
    {
      adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->account_row), _("Nobody Is Signed In"));
      return;
    }

  title = g_markup_escape_text (me ? ahoy_user_get_display_name (me) : account->user_id, -1);
  /* Translators: an Ahoy ID and the address of its server */
  subtitle = g_markup_printf_escaped (_("%s at %s"), account->user_id, host);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->account_row), title);
  adw_action_row_set_subtitle (self->account_row, subtitle);
}

static void
ahoy_preferences_window_dispose (GObject *object)
{
  AhoyPreferencesWindow *self = AHOY_PREFERENCES_WINDOW (object);

  g_clear_object (&self->identity);
  g_clear_object (&self->settings);

  G_OBJECT_CLASS (ahoy_preferences_window_parent_class)->dispose (object);
}

static void
ahoy_preferences_window_class_init (AhoyPreferencesWindowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = ahoy_preferences_window_dispose;

  g_type_ensure (AHOY_TYPE_AVATAR);
  gtk_widget_class_set_template_from_resource (widget_class, "/org/ahoycall/Ahoy/ahoy-preferences-window.ui");
  gtk_widget_class_bind_template_child (widget_class, AhoyPreferencesWindow, account_row);
  gtk_widget_class_bind_template_child (widget_class, AhoyPreferencesWindow, avatar);
  gtk_widget_class_bind_template_child (widget_class, AhoyPreferencesWindow, background_switch);
  gtk_widget_class_bind_template_child (widget_class, AhoyPreferencesWindow, scheme_row);
  gtk_widget_class_bind_template_child (widget_class, AhoyPreferencesWindow, camera_switch);
  gtk_widget_class_bind_template_child (widget_class, AhoyPreferencesWindow, ring_spin);
  gtk_widget_class_bind_template_child (widget_class, AhoyPreferencesWindow, mute_switch);
  gtk_widget_class_bind_template_child (widget_class, AhoyPreferencesWindow, microphone_row);
  gtk_widget_class_bind_template_child (widget_class, AhoyPreferencesWindow, speaker_row);
  gtk_widget_class_bind_template_child (widget_class, AhoyPreferencesWindow, camera_row);
  gtk_widget_class_bind_template_callback (widget_class, on_scheme_selected);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "window.close", NULL);
}

static void
ahoy_preferences_window_init (AhoyPreferencesWindow *self)
{
  g_autofree char *scheme = NULL;

  gtk_widget_init_template (GTK_WIDGET (self));
  ahoy_ui_name_by_tooltips (GTK_WIDGET (self));

  self->settings = g_settings_new (AHOY_APP_ID);
  g_settings_bind (self->settings, "run-in-background", self->background_switch, "active", G_SETTINGS_BIND_DEFAULT);
  g_settings_bind (self->settings, "camera-on-start", self->camera_switch, "active", G_SETTINGS_BIND_DEFAULT);
  g_settings_bind (self->settings, "mute-ringing", self->mute_switch, "active", G_SETTINGS_BIND_DEFAULT);
  g_settings_bind (self->settings, "ring-seconds", gtk_spin_button_get_adjustment (self->ring_spin), "value",
                   G_SETTINGS_BIND_DEFAULT);

  scheme = g_settings_get_string (self->settings, "color-scheme");
  for (guint i = 0; i < G_N_ELEMENTS (schemes); i++)
    if (g_str_equal (schemes[i], scheme))
      adw_combo_row_set_selected (self->scheme_row, i);
}

GtkWidget *
ahoy_preferences_window_new (AhoyIdentity *identity)
{
  AhoyPreferencesWindow *self;
  AhoyEngine *engine;
  AhoyDevices *devices;

  g_return_val_if_fail (AHOY_IS_IDENTITY (identity), NULL);

  self = g_object_new (AHOY_TYPE_PREFERENCES_WINDOW, NULL);
  self->identity = g_object_ref (identity);
  engine = ahoy_identity_get_engine (identity);
  devices = ahoy_engine_get_devices (engine);

  ahoy_device_choice_attach (self->microphone_row, devices, AHOY_DEVICE_MICROPHONE, self->settings, "microphone");
  ahoy_device_choice_attach (self->speaker_row, devices, AHOY_DEVICE_SPEAKER, self->settings, "speaker");
  ahoy_device_choice_attach (self->camera_row, devices, AHOY_DEVICE_CAMERA, self->settings, "camera");
  g_signal_connect_object (identity, "notify::account", G_CALLBACK (update_account), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (engine, "notify::self", G_CALLBACK (update_account), self, G_CONNECT_SWAPPED);
  update_account (self);

  return GTK_WIDGET (self);
}
