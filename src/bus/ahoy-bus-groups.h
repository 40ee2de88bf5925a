/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "ahoy-dbus.h"
#include "ahoy-engine.h"

G_BEGIN_DECLS

/* Answers the methods of @manager about groups and blocked people and passes on what changes, for as long as both
 * live. */
void ahoy_bus_groups_attach (AhoyDbusManager *manager,
                             AhoyEngine      *engine);

G_END_DECLS
