/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "ahoy-bus-call-methods.h"

#include "ahoy-error.h"

#include "ahoy-bus-answer.h"
#include "ahoy-bus-errors.h"
#include "ahoy-bus-words.h"

typedef gboolean (*FinishFunc) (AhoyCall      *call,
                                GAsyncResult  *result,
                                GError       **error);

static void
answer_with (AhoyCall      *call,
             GAsyncResult  *result,
             FinishFunc     finish,
             AhoyBusAnswer *answer)
{
  GError *error = NULL;

  if (finish (call, result, &error))
    ahoy_bus_answer_return (answer, NULL);
  else
    ahoy_bus_answer_refuse (answer, error);
}

static void
on_accepted (GObject      *source,
             GAsyncResult *result,
             gpointer      user_data)
{
  answer_with (AHOY_CALL (source), result, ahoy_call_accept_finish, user_data);
}

static void
on_rejected (GObject      *source,
             GAsyncResult *result,
             gpointer      user_data)
{
  answer_with (AHOY_CALL (source), result, ahoy_call_reject_finish, user_data);
}

static void
on_ignored (GObject      *source,
            GAsyncResult *result,
            gpointer      user_data)
{
  answer_with (AHOY_CALL (source), result, ahoy_call_ignore_finish, user_data);
}

static void
on_hung_up (GObject      *source,
            GAsyncResult *result,
            gpointer      user_data)
{
  answer_with (AHOY_CALL (source), result, ahoy_call_hang_up_finish, user_data);
}

static gboolean
handle_accept (AhoyDbusCall          *skeleton,
               GDBusMethodInvocation *invocation,
               gboolean               camera,
               AhoyCall              *call)
{
  ahoy_call_accept_async (call, camera, NULL, on_accepted,
                          ahoy_bus_answer_new (skeleton, invocation));

  return G_DBUS_METHOD_INVOCATION_HANDLED;
}

static gboolean
handle_reject (AhoyDbusCall          *skeleton,
               GDBusMethodInvocation *invocation,
               AhoyCall              *call)
{
  ahoy_call_reject_async (call, NULL, on_rejected,
                          ahoy_bus_answer_new (skeleton, invocation));

  return G_DBUS_METHOD_INVOCATION_HANDLED;
}

static gboolean
handle_ignore (AhoyDbusCall          *skeleton,
               GDBusMethodInvocation *invocation,
               AhoyCall              *call)
{
  ahoy_call_ignore_async (call, NULL, on_ignored,
                          ahoy_bus_answer_new (skeleton, invocation));

  return G_DBUS_METHOD_INVOCATION_HANDLED;
}

/* True when the call is over and the invocation has been refused for it. */
static gboolean
refuse_when_over (AhoyCall              *call,
                  GDBusMethodInvocation *invocation)
{
  g_autoptr (GError) error = NULL;

  if (ahoy_call_get_state (call) != AHOY_CALL_ENDED)
    return FALSE;

  g_set_error_literal (&error, AHOY_ERROR, AHOY_ERROR_REQUEST_REFUSED, "The call is over");
  ahoy_bus_return_error (invocation, error);

  return TRUE;
}

static gboolean
handle_hang_up (AhoyDbusCall          *skeleton,
                GDBusMethodInvocation *invocation,
                AhoyCall              *call)
{
  if (refuse_when_over (call, invocation))
    return G_DBUS_METHOD_INVOCATION_HANDLED;

  ahoy_call_hang_up_async (call, NULL, on_hung_up,
                           ahoy_bus_answer_new (skeleton, invocation));

  return G_DBUS_METHOD_INVOCATION_HANDLED;
}

static gboolean
handle_set_microphone (AhoyDbusCall          *skeleton,
                       GDBusMethodInvocation *invocation,
                       gboolean               on,
                       AhoyCall              *call)
{
  if (refuse_when_over (call, invocation))
    return G_DBUS_METHOD_INVOCATION_HANDLED;

  ahoy_call_set_microphone_on (call, on);
  ahoy_bus_answer_return (ahoy_bus_answer_new (skeleton, invocation), NULL);

  return G_DBUS_METHOD_INVOCATION_HANDLED;
}

static gboolean
handle_set_camera (AhoyDbusCall          *skeleton,
                   GDBusMethodInvocation *invocation,
                   gboolean               on,
                   AhoyCall              *call)
{
  g_autoptr (GError) error = NULL;

  if (refuse_when_over (call, invocation))
    return G_DBUS_METHOD_INVOCATION_HANDLED;

  if (ahoy_call_get_media (call) == AHOY_CALL_MEDIA_AUDIO)
    {
      g_set_error_literal (&error, AHOY_ERROR, AHOY_ERROR_SCENE_NOT_SUPPORTED, "This is an audio call");
      ahoy_bus_return_error (invocation, error);
      return G_DBUS_METHOD_INVOCATION_HANDLED;
    }

  ahoy_call_set_camera_on (call, on);
  ahoy_bus_answer_return (ahoy_bus_answer_new (skeleton, invocation), NULL);

  return G_DBUS_METHOD_INVOCATION_HANDLED;
}

/* Asked for and not announced: it is as large as the call has people, and new each second. */
static gboolean
handle_get_stats (AhoyDbusCall          *skeleton,
                  GDBusMethodInvocation *invocation,
                  AhoyCall              *call)
{
  GListModel *participants = ahoy_call_get_participants (call);
  GVariantBuilder builder;

  g_variant_builder_init (&builder, G_VARIANT_TYPE ("a{sa{sv}}"));
  for (guint i = 0; i < g_list_model_get_n_items (participants); i++)
    {
      g_autoptr (AhoyParticipant) participant = g_list_model_get_item (participants, i);
      g_autofree char *user = ahoy_bus_text (ahoy_user_get_id (ahoy_participant_get_user (participant)));
      g_autoptr (GVariant) stats = ahoy_participant_dup_stats (participant);

      if (stats && g_variant_is_of_type (stats, G_VARIANT_TYPE_VARDICT))
        g_variant_builder_add (&builder, "{s@a{sv}}", user, stats);
    }

  ahoy_dbus_call_complete_get_stats (skeleton, invocation, g_variant_builder_end (&builder));

  return G_DBUS_METHOD_INVOCATION_HANDLED;
}

void
ahoy_bus_call_methods_attach (AhoyDbusCall *skeleton,
                              AhoyCall     *call)
{
  static const struct
  {
    const char *signal;
    GCallback handler;
  } methods[] = {
    { "handle-accept", G_CALLBACK (handle_accept) },
    { "handle-reject", G_CALLBACK (handle_reject) },
    { "handle-ignore", G_CALLBACK (handle_ignore) },
    { "handle-hang-up", G_CALLBACK (handle_hang_up) },
    { "handle-set-microphone", G_CALLBACK (handle_set_microphone) },
    { "handle-set-camera", G_CALLBACK (handle_set_camera) },
    { "handle-get-stats", G_CALLBACK (handle_get_stats) },
  };

  g_return_if_fail (AHOY_DBUS_IS_CALL (skeleton));
  g_return_if_fail (AHOY_IS_CALL (call));

  for (guint i = 0; i < G_N_ELEMENTS (methods); i++)
    g_signal_connect_object (skeleton, methods[i].signal, methods[i].handler, call, 0);
}
