/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "ahoy-bus-call-methods.h"

#include "ahoy-error.h"

#include "ahoy-bus-answer.h"
#include "ahoy-bus-errors.h"
#include "ahoy-bus-options.h"
#include "ahoy-bus-words.h"

static gboolean
handle_accept (AhoyDbusCall          *skeleton,
               GDBusMethodInvocation *invocation,
               gboolean               camera,
               AhoyCall              *call)
{
  ahoy_call_accept_async (call, camera, NULL, ahoy_bus_answer_ready,
                          ahoy_bus_answer_await (skeleton, invocation, ahoy_call_accept_finish));

  return G_DBUS_METHOD_INVOCATION_HANDLED;
}

static gboolean
handle_reject (AhoyDbusCall          *skeleton,
               GDBusMethodInvocation *invocation,
               AhoyCall              *call)
{
  ahoy_call_reject_async (call, NULL, ahoy_bus_answer_ready,
                          ahoy_bus_answer_await (skeleton, invocation, ahoy_call_reject_finish));

  return G_DBUS_METHOD_INVOCATION_HANDLED;
}

static gboolean
handle_ignore (AhoyDbusCall          *skeleton,
               GDBusMethodInvocation *invocation,
               AhoyCall              *call)
{
  ahoy_call_ignore_async (call, NULL, ahoy_bus_answer_ready,
                          ahoy_bus_answer_await (skeleton, invocation, ahoy_call_ignore_finish));

  return G_DBUS_METHOD_INVOCATION_HANDLED;
}

/* True when the call is over and the invocation has been refused for it. */
static gboolean
refuse_when_over (AhoyCall              *call,
                  GDBusMethodInvocation *invocation)
{
  if (ahoy_call_get_state (call) != AHOY_CALL_ENDED)
    return FALSE;

  ahoy_bus_refuse (invocation, AHOY_ERROR_REQUEST_REFUSED, "The call is over");

  return TRUE;
}

static gboolean
handle_hang_up (AhoyDbusCall          *skeleton,
                GDBusMethodInvocation *invocation,
                AhoyCall              *call)
{
  if (refuse_when_over (call, invocation))
    return G_DBUS_METHOD_INVOCATION_HANDLED;

  ahoy_call_hang_up_async (call, NULL, ahoy_bus_answer_ready,
                           ahoy_bus_answer_await (skeleton, invocation, ahoy_call_hang_up_finish));

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
  if (refuse_when_over (call, invocation))
    return G_DBUS_METHOD_INVOCATION_HANDLED;

  if (ahoy_call_get_media (call) == AHOY_CALL_MEDIA_AUDIO)
    {
      ahoy_bus_refuse (invocation, AHOY_ERROR_SCENE_NOT_SUPPORTED, "This is an audio call");
      return G_DBUS_METHOD_INVOCATION_HANDLED;
    }

  ahoy_call_set_camera_on (call, on);
  ahoy_bus_answer_return (ahoy_bus_answer_new (skeleton, invocation), NULL);

  return G_DBUS_METHOD_INVOCATION_HANDLED;
}

static void
on_invited (GObject      *source,
            GAsyncResult *result,
            gpointer      user_data)
{
  g_auto (GStrv) invited = NULL;
  GError *error = NULL;

  invited = ahoy_call_invite_finish (AHOY_CALL (source), result, &error);
  if (invited)
    ahoy_bus_answer_return (user_data, g_variant_new ("(^as)", invited));
  else
    ahoy_bus_answer_refuse (user_data, error);
}

static gboolean
handle_invite (AhoyDbusCall          *skeleton,
               GDBusMethodInvocation *invocation,
               const char *const     *users,
               guint                  timeout,
               AhoyCall              *call)
{
  ahoy_call_invite_async (call, users, timeout, NULL, on_invited, ahoy_bus_answer_new (skeleton, invocation));

  return G_DBUS_METHOD_INVOCATION_HANDLED;
}

static gboolean
handle_cancel_invitation (AhoyDbusCall          *skeleton,
                          GDBusMethodInvocation *invocation,
                          const char            *user,
                          AhoyCall              *call)
{
  ahoy_call_cancel_invitation_async (call, user, NULL, ahoy_bus_answer_ready,
                                     ahoy_bus_answer_await (skeleton, invocation, ahoy_call_cancel_invitation_finish));

  return G_DBUS_METHOD_INVOCATION_HANDLED;
}

static gboolean
handle_switch_media (AhoyDbusCall          *skeleton,
                     GDBusMethodInvocation *invocation,
                     const char            *word,
                     AhoyCall              *call)
{
  AhoyBusAnswer *answer = ahoy_bus_answer_await (skeleton, invocation, ahoy_call_switch_media_finish);
  AhoyCallMedia media;

  if (ahoy_bus_parse_media (word, &media))
    ahoy_call_switch_media_async (call, media, NULL, ahoy_bus_answer_ready, answer);
  else
    ahoy_bus_answer_refuse (answer, g_error_new (AHOY_ERROR, AHOY_ERROR_PARAM_INVALID,
                                                 "“%s” is neither audio nor video", word));

  return G_DBUS_METHOD_INVOCATION_HANDLED;
}

/* NULL when nobody of that id is in the call and the invocation has been refused for it. */
static AhoyParticipant *
find_or_refuse (AhoyCall              *call,
                const char            *user,
                GDBusMethodInvocation *invocation)
{
  AhoyParticipant *participant = ahoy_call_find_participant (call, user);

  if (!participant)
    ahoy_bus_refuse (invocation, AHOY_ERROR_PARAM_INVALID, "Nobody of that id is in the call");

  return participant;
}

static gboolean
handle_set_remote_view (AhoyDbusCall          *skeleton,
                        GDBusMethodInvocation *invocation,
                        const char            *user,
                        gboolean               on,
                        AhoyCall              *call)
{
  if (refuse_when_over (call, invocation) || !find_or_refuse (call, user, invocation))
    return G_DBUS_METHOD_INVOCATION_HANDLED;

  ahoy_call_set_remote_view (call, user, on);
  ahoy_bus_answer_return (ahoy_bus_answer_new (skeleton, invocation), NULL);

  return G_DBUS_METHOD_INVOCATION_HANDLED;
}

static gboolean
set_render_params (AhoyParticipant  *participant,
                   GVariant         *params,
                   GError          **error)
{
  static const AhoyBusOption known[] = { { "fill_mode", "s" }, { "rotation", "u" }, { NULL, NULL } };
  AhoyFillMode fill_mode = ahoy_participant_get_fill_mode (participant);
  guint degrees = 90u * (guint) ahoy_participant_get_rotation (participant);
  const char *word = NULL;

  if (!ahoy_bus_options_check (params, known, error))
    return FALSE;

  g_variant_lookup (params, "fill_mode", "&s", &word);
  g_variant_lookup (params, "rotation", "u", &degrees);
  if ((word && !ahoy_bus_parse_fill_mode (word, &fill_mode)) || degrees % 90 != 0 || degrees >= 360)
    {
      g_set_error_literal (error, AHOY_ERROR, AHOY_ERROR_PARAM_INVALID,
                           "A picture fills or fits, and is turned by 0, 90, 180 or 270");
      return FALSE;
    }

  ahoy_participant_set_fill_mode (participant, fill_mode);
  ahoy_participant_set_rotation (participant, (AhoyRotation) (degrees / 90));

  return TRUE;
}

static gboolean
handle_set_render_params (AhoyDbusCall          *skeleton,
                          GDBusMethodInvocation *invocation,
                          const char            *user,
                          GVariant              *params,
                          AhoyCall              *call)
{
  AhoyParticipant *participant;
  AhoyBusAnswer *answer;
  GError *error = NULL;

  if (refuse_when_over (call, invocation) || !(participant = find_or_refuse (call, user, invocation)))
    return G_DBUS_METHOD_INVOCATION_HANDLED;

  answer = ahoy_bus_answer_new (skeleton, invocation);
  if (set_render_params (participant, params, &error))
    ahoy_bus_answer_return (answer, NULL);
  else
    ahoy_bus_answer_refuse (answer, error);

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
  static const AhoyBusMethod methods[] = {
    { "handle-accept", G_CALLBACK (handle_accept) },
    { "handle-reject", G_CALLBACK (handle_reject) },
    { "handle-ignore", G_CALLBACK (handle_ignore) },
    { "handle-hang-up", G_CALLBACK (handle_hang_up) },
    { "handle-set-microphone", G_CALLBACK (handle_set_microphone) },
    { "handle-set-camera", G_CALLBACK (handle_set_camera) },
    { "handle-invite", G_CALLBACK (handle_invite) },
    { "handle-cancel-invitation", G_CALLBACK (handle_cancel_invitation) },
    { "handle-switch-media", G_CALLBACK (handle_switch_media) },
    { "handle-set-remote-view", G_CALLBACK (handle_set_remote_view) },
    { "handle-set-render-params", G_CALLBACK (handle_set_render_params) },
    { "handle-get-stats", G_CALLBACK (handle_get_stats) },
    { NULL, NULL },
  };

  g_return_if_fail (AHOY_DBUS_IS_CALL (skeleton));
  g_return_if_fail (AHOY_IS_CALL (call));

  ahoy_bus_connect_methods (skeleton, methods, call);
}
