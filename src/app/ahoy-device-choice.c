/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ahoy-device-choice.h"

#include <glib/gi18n.h>

typedef struct
{
  AdwComboRow *row;     /* unowned: it owns this */
  AhoyDevices *devices; /* (owned) */
  GListModel *list;     /* (owned) of AhoyDevice */
  GSettings *settings;  /* (owned) */
  char *key;            /* (owned) */
  AhoyDeviceKind kind;
  gboolean is_filling;
} DeviceChoice;

static const char *
get_none_words (AhoyDeviceKind kind)
{
  switch (kind)
    {
    case AHOY_DEVICE_CAMERA:
      return _("No camera found");
    case AHOY_DEVICE_MICROPHONE:
      return _("No microphone found");
    case AHOY_DEVICE_SPEAKER:
    default:
      return _("No speaker found");
    }
}

static void
fill (DeviceChoice *self)
{
  guint count = g_list_model_get_n_items (self->list);
  g_autoptr (GtkStringList) names = gtk_string_list_new (NULL);
  g_autofree char *chosen = g_settings_get_string (self->settings, self->key);
  guint selected = 0;

  gtk_string_list_append (names, _("Automatic"));
  for (guint i = 0; i < count; i++)
    {
      g_autoptr (AhoyDevice) device = g_list_model_get_item (self->list, i);

      gtk_string_list_append (names, ahoy_device_get_name (device));
      if (g_strcmp0 (ahoy_device_get_id (device), chosen) == 0)
        selected = i + 1;
    }

  self->is_filling = TRUE;
  adw_combo_row_set_model (self->row, G_LIST_MODEL (names));
  adw_combo_row_set_selected (self->row, selected);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (self->row), count == 0 ? get_none_words (self->kind) : NULL);
  self->is_filling = FALSE;
}

static void
on_selected (DeviceChoice *self)
{
  guint selected = adw_combo_row_get_selected (self->row);
  g_autoptr (AhoyDevice) device = NULL;
  const char *id;

  if (self->is_filling || selected == GTK_INVALID_LIST_POSITION)
    return;

  device = selected > 0 ? g_list_model_get_item (self->list, selected - 1) : NULL;
  id = device ? ahoy_device_get_id (device) : NULL;
  g_settings_set_string (self->settings, self->key, id ? id : "");
  ahoy_devices_select (self->devices, self->kind, id);
}

static void
device_choice_free (gpointer data)
{
  DeviceChoice *self = data;

  g_signal_handlers_disconnect_by_data (self->list, self);
  g_object_unref (self->list);
  g_object_unref (self->devices);
  g_object_unref (self->settings);
  g_free (self->key);
  g_free (self);
}

void
ahoy_device_choice_attach (AdwComboRow    *row,
                           AhoyDevices    *devices,
                           AhoyDeviceKind  kind,
                           GSettings      *settings,
                           const char     *key)
{
  DeviceChoice *self;

  g_return_if_fail (ADW_IS_COMBO_ROW (row));
  g_return_if_fail (AHOY_IS_DEVICES (devices));

  self = g_new0 (DeviceChoice, 1);
  self->row = row;
  self->devices = g_object_ref (devices);
  self->list = g_object_ref (kind == AHOY_DEVICE_CAMERA ? ahoy_devices_get_cameras (devices)
                             : kind == AHOY_DEVICE_MICROPHONE ? ahoy_devices_get_microphones (devices)
                                                              : ahoy_devices_get_speakers (devices));
  self->settings = g_object_ref (settings);
  self->key = g_strdup (key);
  self->kind = kind;
  g_object_set_data_full (G_OBJECT (row), "ahoy-device-choice", self, device_choice_free);

  fill (self);
  g_signal_connect_swapped (self->list, "items-changed", G_CALLBACK (fill), self);
  g_signal_connect_swapped (row, "notify::selected", G_CALLBACK (on_selected), self);
}
