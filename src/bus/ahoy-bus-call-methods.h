/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "ahoy-dbus.h"
#include "ahoy-engine.h"

G_BEGIN_DECLS

/* Answers the methods of @skeleton out of @call, for as long as both live. */
void ahoy_bus_call_methods_attach (AhoyDbusCall *skeleton,
                                   AhoyCall     *call);

G_END_DECLS
