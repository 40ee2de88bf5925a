/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* A method call that is answered later. Keeps the interface alive until then, and announces changed
 * properties before the answer, so that a caller who has the answer can read them. */
typedef struct _AhoyBusAnswer AhoyBusAnswer;

/* @interface: a GDBusInterfaceSkeleton. @invocation: (transfer full) */
AhoyBusAnswer *ahoy_bus_answer_new    (gpointer               interface,
                                       GDBusMethodInvocation *invocation);
/* Both consume @self and are called once. @value: a floating tuple, NULL for an empty answer. */
void           ahoy_bus_answer_return (AhoyBusAnswer         *self,
                                       GVariant              *value);
/* @error: (transfer full) */
void           ahoy_bus_answer_refuse (AhoyBusAnswer         *self,
                                       GError                *error);

G_END_DECLS
