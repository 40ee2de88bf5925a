/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * AhoyDeviceKind:
 * @AHOY_DEVICE_CAMERA: takes pictures
 * @AHOY_DEVICE_MICROPHONE: takes sound
 * @AHOY_DEVICE_SPEAKER: plays sound
 *
 * What a device is for.
 */
typedef enum
{
  AHOY_DEVICE_CAMERA,
  AHOY_DEVICE_MICROPHONE,
  AHOY_DEVICE_SPEAKER,
} AhoyDeviceKind;

/**
 * AhoyDevice:
 *
 * A camera, microphone or speaker of this machine. Its id is the same whenever it is plugged in.
 */
#define AHOY_TYPE_DEVICE (ahoy_device_get_type ())
G_DECLARE_FINAL_TYPE (AhoyDevice, ahoy_device, AHOY, DEVICE, GObject)

/* Properties (read only): "kind", "id" (stable over plug and unplug), "name" (for people),
 * "is-default". */
AhoyDeviceKind ahoy_device_get_kind   (AhoyDevice *self);
const char    *ahoy_device_get_id     (AhoyDevice *self);
const char    *ahoy_device_get_name   (AhoyDevice *self);

/**
 * AhoyDevices:
 *
 * The devices of this machine as they come and go, and which of each kind is used.
 */
#define AHOY_TYPE_DEVICES (ahoy_devices_get_type ())
G_DECLARE_FINAL_TYPE (AhoyDevices, ahoy_devices, AHOY, DEVICES, GObject)

/* The machine's devices, live. "camera", "microphone", "speaker" are the chosen ids
 * (nullable string properties, read and write; NULL = automatic). */
GListModel *ahoy_devices_get_cameras     (AhoyDevices *self); /* (transfer none) of AhoyDevice */
GListModel *ahoy_devices_get_microphones (AhoyDevices *self);
GListModel *ahoy_devices_get_speakers    (AhoyDevices *self);
const char *ahoy_devices_get_selected    (AhoyDevices    *self,
                                          AhoyDeviceKind  kind);
void        ahoy_devices_select          (AhoyDevices    *self,
                                          AhoyDeviceKind  kind,
                                          const char     *id);

G_END_DECLS
