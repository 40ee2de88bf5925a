/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "ahoy-bus-answer.h"

#include "ahoy-bus-errors.h"

struct _AhoyBusAnswer
{
  GDBusInterfaceSkeleton *interface; /* (owned) */
  GDBusMethodInvocation *invocation; /* (owned) until it is answered */
  AhoyBusFinishFunc finish;          /* (nullable) */
};

AhoyBusAnswer *
ahoy_bus_answer_new (gpointer               interface,
                     GDBusMethodInvocation *invocation)
{
  AhoyBusAnswer *self;

  g_return_val_if_fail (G_IS_DBUS_INTERFACE_SKELETON (interface), NULL);

  self = g_new0 (AhoyBusAnswer, 1);
  self->interface = g_object_ref (interface);
  self->invocation = invocation;

  return self;
}

AhoyBusAnswer *
ahoy_bus_answer_new_awaiting (gpointer               interface,
                              GDBusMethodInvocation *invocation,
                              AhoyBusFinishFunc      finish)
{
  AhoyBusAnswer *self = ahoy_bus_answer_new (interface, invocation);

  self->finish = finish;

  return self;
}

void
ahoy_bus_answer_ready (GObject      *source,
                       GAsyncResult *result,
                       gpointer      answer)
{
  AhoyBusAnswer *self = answer;
  GError *error = NULL;

  if (self->finish (source, result, &error))
    ahoy_bus_answer_return (self, NULL);
  else
    ahoy_bus_answer_refuse (self, error);
}

static GDBusMethodInvocation *
take_invocation (AhoyBusAnswer *self)
{
  GDBusMethodInvocation *invocation = self->invocation;

  g_dbus_interface_skeleton_flush (self->interface);
  g_object_unref (self->interface);
  g_free (self);

  return invocation;
}

void
ahoy_bus_answer_return (AhoyBusAnswer *self,
                        GVariant      *value)
{
  g_dbus_method_invocation_return_value (take_invocation (self), value);
}

void
ahoy_bus_answer_refuse (AhoyBusAnswer *self,
                        GError        *error)
{
  g_autoptr (GError) owned = error;

  ahoy_bus_return_error (take_invocation (self), owned);
}

void
ahoy_bus_connect_methods (gpointer             interface,
                          const AhoyBusMethod *methods,
                          gpointer             object)
{
  for (const AhoyBusMethod *method = methods; method->signal; method++)
    g_signal_connect_object (interface, method->signal, method->handler, object, 0);
}
