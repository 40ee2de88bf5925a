/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "ahoy-dbus.h"
#include "ahoy-engine.h"

G_BEGIN_DECLS

/* Passes on the signals of @call but its end, each after the properties that changed with it, for as long as both
 * live. */
void ahoy_bus_call_signals_attach (AhoyDbusCall *skeleton,
                                   AhoyCall     *call);

G_END_DECLS
