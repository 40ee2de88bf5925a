/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "ahoy-bus-audio.h"

#include "ahoy-bus-answer.h"
#include "ahoy-bus-options.h"

static void
update (AhoyDbusManager *manager,
        GParamSpec      *pspec,
        AhoyMedia       *media)
{
  GVariantDict dict;

  g_variant_dict_init (&dict, NULL);
  g_variant_dict_insert (&dict, "voice-isolation", "b", ahoy_media_get_voice_isolation (media));
  g_variant_dict_insert (&dict, "voice-isolation-available", "b", ahoy_media_get_voice_isolation_available (media));
  ahoy_dbus_manager_set_audio_settings (manager, g_variant_dict_end (&dict));
}

static gboolean
set (AhoyMedia  *media,
     GVariant   *values,
     GError    **error)
{
  static const AhoyBusOption known[] = { { "voice-isolation", "b" }, { NULL, NULL } };
  gboolean on = ahoy_media_get_voice_isolation (media);

  if (!ahoy_bus_options_check (values, known, error))
    return FALSE;

  g_variant_lookup (values, "voice-isolation", "b", &on);
  if (on && !ahoy_media_get_voice_isolation_available (media))
    {
      g_set_error_literal (error, AHOY_ERROR, AHOY_ERROR_PACKAGE_NOT_SUPPORTED, "A voice cannot be isolated here");
      return FALSE;
    }

  ahoy_media_set_voice_isolation (media, on);

  return TRUE;
}

static gboolean
handle_set_audio_settings (AhoyDbusManager       *manager,
                           GDBusMethodInvocation *invocation,
                           GVariant              *values,
                           AhoyEngine            *engine)
{
  AhoyBusAnswer *answer = ahoy_bus_answer_new (manager, invocation);
  GError *error = NULL;

  if (set (ahoy_engine_get_media (engine), values, &error))
    ahoy_bus_answer_return (answer, NULL);
  else
    ahoy_bus_answer_refuse (answer, error);

  return G_DBUS_METHOD_INVOCATION_HANDLED;
}

void
ahoy_bus_audio_attach (AhoyDbusManager *manager,
                       AhoyEngine      *engine)
{
  AhoyMedia *media;

  g_return_if_fail (AHOY_DBUS_IS_MANAGER (manager));
  g_return_if_fail (AHOY_IS_ENGINE (engine));

  media = ahoy_engine_get_media (engine);
  g_signal_connect_object (media, "notify::voice-isolation", G_CALLBACK (update), manager, G_CONNECT_SWAPPED);
  g_signal_connect_object (manager, "handle-set-audio-settings", G_CALLBACK (handle_set_audio_settings), engine, 0);
  update (manager, NULL, media);
}
