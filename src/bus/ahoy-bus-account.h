/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "ahoy-dbus.h"
#include "ahoy-engine.h"

G_BEGIN_DECLS

/* Keeps the properties of @manager about the account true, answers its methods about it and passes on the
 * engine's signals about it, for as long as both live. */
void ahoy_bus_account_attach (AhoyDbusManager *manager,
                              AhoyEngine      *engine);

G_END_DECLS
