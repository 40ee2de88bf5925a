/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <gio/gio.h>

#include "ahoy-engine.h"

G_BEGIN_DECLS

/* Well-known name of the desktop application; others may own another one. */
#define AHOY_BUS_NAME "org.ahoycall.Ahoy"
#define AHOY_BUS_PATH "/org/ahoycall/Ahoy1"

#define AHOY_TYPE_BUS_SERVICE (ahoy_bus_service_get_type ())
G_DECLARE_FINAL_TYPE (AhoyBusService, ahoy_bus_service, AHOY, BUS_SERVICE, GObject)

/* Offers @engine to other programs, as data/org.ahoycall.Ahoy1.xml says. Owning a name on the bus is the
 * caller's affair: export first and own the name afterwards, so that whoever is waiting for the name finds
 * everything. From GApplication: export in dbus_register (), unexport in dbus_unregister (). */
AhoyBusService *ahoy_bus_service_new      (AhoyEngine      *engine);
gboolean        ahoy_bus_service_export   (AhoyBusService  *self,
                                           GDBusConnection *connection,
                                           GError         **error);
/* Does nothing when not exported. */
void            ahoy_bus_service_unexport (AhoyBusService  *self);

G_END_DECLS
