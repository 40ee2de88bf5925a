/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>
#include "ahoy-device.h"

G_BEGIN_DECLS

/* Makes @row choose among the devices of one kind, "Automatic" first. The list follows plugging and
 * unplugging; the choice goes to @devices and into @settings under @key. */
void ahoy_device_choice_attach (AdwComboRow    *row,
                                AhoyDevices    *devices,
                                AhoyDeviceKind  kind,
                                GSettings      *settings,
                                const char     *key);

G_END_DECLS
