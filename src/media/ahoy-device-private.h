/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "ahoy-device.h"

#include <gst/gst.h>

G_BEGIN_DECLS

AhoyDevice  *ahoy_device_new             (AhoyDeviceKind  kind,
                                          const char     *id,
                                          const char     *name,
                                          gboolean        is_default,
                                          GstDevice      *device);
/* A camera that plays a file. */
AhoyDevice  *ahoy_device_new_test_camera (const char     *path);
gboolean     ahoy_device_is_test_camera  (AhoyDevice     *self);
GstDevice   *ahoy_device_get_device      (AhoyDevice     *self);
/* (transfer floating) (nullable): an element that captures from it */
GstElement  *ahoy_device_create_source   (AhoyDevice     *self);

AhoyDevices *ahoy_devices_new            (void);
/* Another sound server is there: it tells nothing by itself about what was before. */
void         ahoy_devices_refresh        (AhoyDevices    *self);
/* (transfer none) (nullable): the chosen one while it is there, else the first */
AhoyDevice  *ahoy_devices_get_current    (AhoyDevices    *self,
                                          AhoyDeviceKind  kind);

G_END_DECLS
