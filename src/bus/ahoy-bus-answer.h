/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* A method call that is answered later. Keeps the interface alive until then, and announces changed
 * properties before the answer, so that a caller who has the answer can read them. */
typedef struct _AhoyBusAnswer AhoyBusAnswer;

/* Any _finish function that says whether it is done. */
typedef gboolean (*AhoyBusFinishFunc) (gpointer       source,
                                       GAsyncResult  *result,
                                       GError       **error);

/* @interface: a GDBusInterfaceSkeleton. @invocation: (transfer full) */
AhoyBusAnswer *ahoy_bus_answer_new    (gpointer               interface,
                                       GDBusMethodInvocation *invocation);
/* One that ahoy_bus_answer_ready () gives: empty, or the error that @finish returns. */
AhoyBusAnswer *ahoy_bus_answer_new_awaiting (gpointer               interface,
                                             GDBusMethodInvocation *invocation,
                                             AhoyBusFinishFunc      finish);
#define ahoy_bus_answer_await(interface, invocation, finish) \
  ahoy_bus_answer_new_awaiting (interface, invocation, (AhoyBusFinishFunc) G_CALLBACK (finish))
/* A GAsyncReadyCallback. @answer: the AhoyBusAnswer */
void           ahoy_bus_answer_ready  (GObject               *source,
                                       GAsyncResult          *result,
                                       gpointer               answer);
/* Both consume @self and are called once. @value: a floating tuple, NULL for an empty answer. */
void           ahoy_bus_answer_return (AhoyBusAnswer         *self,
                                       GVariant              *value);
/* @error: (transfer full) */
void           ahoy_bus_answer_refuse (AhoyBusAnswer         *self,
                                       GError                *error);

/* What answers a method: its signal of the skeleton, and the handler. */
typedef struct
{
  const char *signal;
  GCallback handler;
} AhoyBusMethod;

/* @methods end with a NULL signal; the handlers get @object last, for as long as it lives. */
void           ahoy_bus_connect_methods (gpointer             interface,
                                         const AhoyBusMethod *methods,
                                         gpointer             object);

G_END_DECLS
