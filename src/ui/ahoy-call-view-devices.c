/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "ahoy-call-view-private.h"
#include "ahoy-device-menu.h"

#include <glib/gi18n-lib.h>

/* The part of the menu that chooses microphone, speaker and camera. */

static const char *const actions[] = {
  [AHOY_DEVICE_CAMERA] = "call.camera",
  [AHOY_DEVICE_MICROPHONE] = "call.microphone",
  [AHOY_DEVICE_SPEAKER] = "call.speaker",
};

static GListModel *
list_of (AhoyDevices    *devices,
         AhoyDeviceKind  kind)
{
  switch (kind)
    {
    case AHOY_DEVICE_CAMERA:
      return ahoy_devices_get_cameras (devices);
    case AHOY_DEVICE_MICROPHONE:
      return ahoy_devices_get_microphones (devices);
    case AHOY_DEVICE_SPEAKER:
    default:
      return ahoy_devices_get_speakers (devices);
    }
}

static void
on_list_changed (AhoyCallView *self,
                 guint         position,
                 guint         removed,
                 guint         added,
                 GListModel   *list)
{
  AhoyDeviceKind kind;

  for (kind = AHOY_DEVICE_CAMERA; kind <= AHOY_DEVICE_SPEAKER; kind++)
    if (list_of (self->devices, kind) == list)
      ahoy_device_menu_fill (self->device_menus[kind], list, actions[kind]);
}

void
ahoy_call_view_init_devices (AhoyCallView *self)
{
  g_autoptr (GMenu) section = g_menu_new ();
  AhoyDeviceKind kind;

  for (kind = AHOY_DEVICE_CAMERA; kind <= AHOY_DEVICE_SPEAKER; kind++)
    self->device_menus[kind] = g_menu_new ();
  g_menu_append_submenu (section, _("Microphone"), G_MENU_MODEL (self->device_menus[AHOY_DEVICE_MICROPHONE]));
  g_menu_append_submenu (section, _("Speaker"), G_MENU_MODEL (self->device_menus[AHOY_DEVICE_SPEAKER]));
  g_menu_append_submenu (section, _("Camera"), G_MENU_MODEL (self->device_menus[AHOY_DEVICE_CAMERA]));
  g_menu_prepend_section (self->menu, NULL, G_MENU_MODEL (section));
}

void
ahoy_call_view_set_devices (AhoyCallView *self,
                            AhoyDevices  *devices)
{
  AhoyDeviceKind kind;

  for (kind = AHOY_DEVICE_CAMERA; self->devices && kind <= AHOY_DEVICE_SPEAKER; kind++)
    g_signal_handlers_disconnect_by_func (list_of (self->devices, kind), on_list_changed, self);
  g_set_object (&self->devices, devices);
  for (kind = AHOY_DEVICE_CAMERA; devices && kind <= AHOY_DEVICE_SPEAKER; kind++)
    {
      GListModel *list = list_of (devices, kind);

      g_signal_connect_swapped (list, "items-changed", G_CALLBACK (on_list_changed), self);
      ahoy_device_menu_fill (self->device_menus[kind], list, actions[kind]);
    }
}
