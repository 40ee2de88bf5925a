/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "ahoy-bus-call-signals.h"

#include "ahoy-bus-words.h"

static void
flush (AhoyDbusCall *skeleton)
{
  g_dbus_interface_skeleton_flush (G_DBUS_INTERFACE_SKELETON (skeleton));
}

/* The signals on the bus are named as the engine's. */
static const char *
name_of_signal (AhoyCall *call)
{
  return g_signal_name (g_signal_get_invocation_hint (call)->signal_id);
}

static void
pass_on (AhoyDbusCall *skeleton,
         AhoyCall     *call)
{
  flush (skeleton);
  g_signal_emit_by_name (skeleton, name_of_signal (call));
}

static void
pass_on_user (AhoyDbusCall *skeleton,
              const char   *user_id,
              AhoyCall     *call)
{
  g_autofree char *user = ahoy_bus_text (user_id);

  flush (skeleton);
  g_signal_emit_by_name (skeleton, name_of_signal (call), user);
}

static void
pass_on_available (AhoyDbusCall *skeleton,
                   const char   *user_id,
                   gboolean      is_available,
                   AhoyCall     *call)
{
  g_autofree char *user = ahoy_bus_text (user_id);

  flush (skeleton);
  g_signal_emit_by_name (skeleton, name_of_signal (call), user, is_available);
}

static void
on_not_connected (AhoyDbusCall  *skeleton,
                  AhoyEndReason  reason,
                  const char    *user_id,
                  AhoyCall      *call)
{
  g_autofree char *user = ahoy_bus_text (user_id);

  flush (skeleton);
  ahoy_dbus_call_emit_not_connected (skeleton, ahoy_bus_word_for_reason (reason), user);
}

static void
on_media_changed (AhoyDbusCall  *skeleton,
                  AhoyCallMedia  before,
                  AhoyCallMedia  after,
                  AhoyCall      *call)
{
  flush (skeleton);
  ahoy_dbus_call_emit_media_changed (skeleton, ahoy_bus_word_for_media (before), ahoy_bus_word_for_media (after));
}

static void
on_volumes (AhoyDbusCall *skeleton,
            GVariant     *volumes,
            AhoyCall     *call)
{
  g_return_if_fail (g_variant_is_of_type (volumes, G_VARIANT_TYPE ("a{si}")));

  ahoy_dbus_call_emit_volumes (skeleton, volumes);
}

static void
on_network_qualities (AhoyDbusCall *skeleton,
                      GVariant     *qualities,
                      AhoyCall     *call)
{
  GVariantBuilder builder;
  GVariantIter iter;
  const char *user;
  int quality;

  g_return_if_fail (g_variant_is_of_type (qualities, G_VARIANT_TYPE ("a{si}")));

  g_variant_builder_init (&builder, G_VARIANT_TYPE ("a{ss}"));
  g_variant_iter_init (&iter, qualities);
  while (g_variant_iter_next (&iter, "{&si}", &user, &quality))
    g_variant_builder_add (&builder, "{ss}", user, ahoy_bus_word_for_quality ((AhoyNetworkQuality) quality));

  ahoy_dbus_call_emit_network_qualities (skeleton, g_variant_builder_end (&builder));
}

void
ahoy_bus_call_signals_attach (AhoyDbusCall *skeleton,
                              AhoyCall     *call)
{
  static const struct
  {
    const char *signal;
    GCallback handler;
  } signals[] = {
    { "begin", G_CALLBACK (pass_on) },
    { "not-connected", G_CALLBACK (on_not_connected) },
    { "user-rejected", G_CALLBACK (pass_on_user) },
    { "user-no-response", G_CALLBACK (pass_on_user) },
    { "user-busy", G_CALLBACK (pass_on_user) },
    { "user-inviting", G_CALLBACK (pass_on_user) },
    { "user-joined", G_CALLBACK (pass_on_user) },
    { "user-left", G_CALLBACK (pass_on_user) },
    { "user-video-available", G_CALLBACK (pass_on_available) },
    { "user-audio-available", G_CALLBACK (pass_on_available) },
    { "media-changed", G_CALLBACK (on_media_changed) },
    { "volumes", G_CALLBACK (on_volumes) },
    { "network-qualities", G_CALLBACK (on_network_qualities) },
  };

  g_return_if_fail (AHOY_DBUS_IS_CALL (skeleton));
  g_return_if_fail (AHOY_IS_CALL (call));

  for (guint i = 0; i < G_N_ELEMENTS (signals); i++)
    g_signal_connect_object (call, signals[i].signal, signals[i].handler, skeleton, G_CONNECT_SWAPPED);
}
