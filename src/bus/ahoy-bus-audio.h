/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "ahoy-dbus.h"
#include "ahoy-engine.h"

G_BEGIN_DECLS

/* Keeps AudioSettings of @manager true and lets it be set, for as long as both live. */
void ahoy_bus_audio_attach (AhoyDbusManager *manager,
                            AhoyEngine      *engine);

G_END_DECLS
