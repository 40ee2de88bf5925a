/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "ahoy-dbus.h"
#include "ahoy-engine.h"

G_BEGIN_DECLS

#define AHOY_TYPE_BUS_CALL (ahoy_bus_call_get_type ())
G_DECLARE_FINAL_TYPE (AhoyBusCall, ahoy_bus_call, AHOY, BUS_CALL, GObject)

/* One AhoyCall as a D-Bus object; ahoy_bus_call_get_object () is what an object manager exports. */
AhoyBusCall              *ahoy_bus_call_new         (AhoyCall    *call,
                                                     const char  *path);
AhoyCall                 *ahoy_bus_call_get_call    (AhoyBusCall *self);
const char               *ahoy_bus_call_get_path    (AhoyBusCall *self);
GDBusObjectSkeleton      *ahoy_bus_call_get_object  (AhoyBusCall *self);
/* Announces what changed and, when the call is over, its end, once. */
void                      ahoy_bus_call_flush       (AhoyBusCall *self);
/* The details of Manager.CallEnded. (transfer floating) */
GVariant                 *ahoy_bus_call_end_details (AhoyBusCall *self);

G_END_DECLS
