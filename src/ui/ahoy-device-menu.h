/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "ahoy-device.h"

#include <gio/gio.h>

G_BEGIN_DECLS

/* Fills @menu with one radio item a device, the first is "Automatic": each activates @action (a detailed name such
 * as "call.camera") with the id of the device, or "" for automatic. */
void ahoy_device_menu_fill (GMenu      *menu,
                            GListModel *devices,
                            const char *action);

G_END_DECLS
