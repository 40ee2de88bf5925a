/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "ahoy-dbus.h"
#include "ahoy-engine.h"

G_BEGIN_DECLS

/* Answers the methods of @manager about history, contacts and devices out of @engine. */
void      ahoy_bus_lists_attach           (AhoyDbusManager *manager,
                                           AhoyEngine      *engine);
/* (transfer floating) a{sv} */
GVariant *ahoy_bus_participant_to_variant (AhoyParticipant *participant);

G_END_DECLS
