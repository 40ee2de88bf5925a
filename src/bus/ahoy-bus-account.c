/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "ahoy-bus-account.h"

#include "ahoy-bus-answer.h"
#include "ahoy-bus-errors.h"
#include "ahoy-bus-options.h"
#include "ahoy-bus-words.h"

static gint64
real_time_of (gint64 monotonic_us)
{
  if (monotonic_us == 0)
    return 0;

  return (g_get_real_time () + monotonic_us - g_get_monotonic_time ()) / 1000;
}

static void
update_retry_at (AhoyDbusManager *manager,
                 GParamSpec      *pspec,
                 AhoyEngine      *engine)
{
  gint64 retry_at = 0;

  g_object_get (engine, "retry-at", &retry_at, NULL);
  ahoy_dbus_manager_set_retry_at (manager, real_time_of (retry_at));
}

static void
update_devices (AhoyDbusManager *manager,
                GParamSpec      *pspec,
                AhoyEngine      *engine)
{
  g_autofree char *elsewhere = ahoy_bus_text (ahoy_engine_get_call_elsewhere (engine));

  ahoy_dbus_manager_set_multi_device (manager, ahoy_engine_get_multi_device (engine));
  ahoy_dbus_manager_set_call_elsewhere (manager, elsewhere);
}

static void
update (AhoyDbusManager *manager,
        GParamSpec      *pspec,
        AhoyEngine      *engine)
{
  AhoyUser *self = ahoy_engine_get_self (engine);
  g_autofree char *server_uri = NULL;
  g_autofree char *server = NULL;
  g_autofree char *user_id = ahoy_bus_text (self ? ahoy_user_get_id (self) : NULL);
  g_autofree char *nickname = ahoy_bus_text (self ? ahoy_user_get_nickname (self) : NULL);
  guint64 app_id = 0;
  gint64 expires = 0;

  g_object_get (engine,
                "server-uri", &server_uri,
                "app-id", &app_id,
                "user-sig-expires", &expires,
                NULL);
  server = ahoy_bus_text (server_uri);

  ahoy_dbus_manager_set_state (manager, ahoy_bus_word_for_engine_state (ahoy_engine_get_state (engine)));
  ahoy_dbus_manager_set_user_id (manager, user_id);
  ahoy_dbus_manager_set_nickname (manager, nickname);
  ahoy_dbus_manager_set_server (manager, server);
  ahoy_dbus_manager_set_app_id (manager, app_id);
  ahoy_dbus_manager_set_user_sig_expires (manager, expires);
}

static void
on_nickname_notify (AhoyDbusManager *manager,
                    GParamSpec      *pspec,
                    AhoyUser        *user)
{
  g_autofree char *nickname = ahoy_bus_text (ahoy_user_get_nickname (user));

  ahoy_dbus_manager_set_nickname (manager, nickname);
}

static gboolean
handle_login (AhoyDbusManager       *manager,
              GDBusMethodInvocation *invocation,
              const char            *server,
              guint64                app_id,
              const char            *user,
              const char            *user_sig,
              AhoyEngine            *engine)
{
  ahoy_engine_login_async (engine, server, app_id, user, user_sig, NULL, ahoy_bus_answer_ready,
                           ahoy_bus_answer_await (manager, invocation, ahoy_engine_login_finish));

  return G_DBUS_METHOD_INVOCATION_HANDLED;
}

/* True when nobody is signed in, nor about to be, and the invocation has been refused for it. */
static gboolean
refuse_when_signed_out (AhoyEngine            *engine,
                        GDBusMethodInvocation *invocation)
{
  if (ahoy_engine_get_state (engine) != AHOY_ENGINE_SIGNED_OUT)
    return FALSE;

  ahoy_bus_refuse (invocation, AHOY_ERROR_INIT_FAILED, "Not signed in");

  return TRUE;
}

static gboolean
handle_logout (AhoyDbusManager       *manager,
               GDBusMethodInvocation *invocation,
               AhoyEngine            *engine)
{
  if (refuse_when_signed_out (engine, invocation))
    return G_DBUS_METHOD_INVOCATION_HANDLED;

  ahoy_engine_logout_async (engine, NULL, ahoy_bus_answer_ready,
                            ahoy_bus_answer_await (manager, invocation, ahoy_engine_logout_finish));

  return G_DBUS_METHOD_INVOCATION_HANDLED;
}

static gboolean
handle_renew_user_sig (AhoyDbusManager       *manager,
                       GDBusMethodInvocation *invocation,
                       const char            *user_sig,
                       AhoyEngine            *engine)
{
  if (refuse_when_signed_out (engine, invocation))
    return G_DBUS_METHOD_INVOCATION_HANDLED;

  ahoy_engine_renew_user_sig (engine, user_sig);
  ahoy_bus_answer_return (ahoy_bus_answer_new (manager, invocation), NULL);

  return G_DBUS_METHOD_INVOCATION_HANDLED;
}

static gboolean
handle_try_now (AhoyDbusManager       *manager,
                GDBusMethodInvocation *invocation,
                AhoyEngine            *engine)
{
  if (refuse_when_signed_out (engine, invocation))
    return G_DBUS_METHOD_INVOCATION_HANDLED;

  ahoy_engine_try_now (engine);
  ahoy_bus_answer_return (ahoy_bus_answer_new (manager, invocation), NULL);

  return G_DBUS_METHOD_INVOCATION_HANDLED;
}

static gboolean
handle_set_self_info (AhoyDbusManager       *manager,
                      GDBusMethodInvocation *invocation,
                      GVariant              *info,
                      AhoyEngine            *engine)
{
  static const AhoyBusOption known[] = { { "nickname", "s" }, { "avatar", "s" }, { NULL, NULL } };
  AhoyBusAnswer *answer;
  const char *nickname = NULL;
  const char *avatar = NULL;
  GError *error = NULL;

  if (refuse_when_signed_out (engine, invocation))
    return G_DBUS_METHOD_INVOCATION_HANDLED;

  answer = ahoy_bus_answer_await (manager, invocation, ahoy_engine_set_self_info_finish);
  if (!ahoy_bus_options_check (info, known, &error))
    {
      ahoy_bus_answer_refuse (answer, error);
      return G_DBUS_METHOD_INVOCATION_HANDLED;
    }

  g_variant_lookup (info, "nickname", "&s", &nickname);
  g_variant_lookup (info, "avatar", "&s", &avatar);
  ahoy_engine_set_self_info_async (engine, nickname, avatar, NULL, ahoy_bus_answer_ready, answer);

  return G_DBUS_METHOD_INVOCATION_HANDLED;
}

static gboolean
handle_set_multi_device (AhoyDbusManager       *manager,
                         GDBusMethodInvocation *invocation,
                         gboolean               enable,
                         AhoyEngine            *engine)
{
  if (refuse_when_signed_out (engine, invocation))
    return G_DBUS_METHOD_INVOCATION_HANDLED;

  ahoy_engine_set_multi_device_async (engine, enable, NULL, ahoy_bus_answer_ready,
                                      ahoy_bus_answer_await (manager, invocation, ahoy_engine_set_multi_device_finish));

  return G_DBUS_METHOD_INVOCATION_HANDLED;
}

static void
on_kicked_offline (AhoyDbusManager *manager,
                   const char      *why,
                   AhoyEngine      *engine)
{
  g_autofree char *text = ahoy_bus_text (why);

  update (manager, NULL, engine);
  g_dbus_interface_skeleton_flush (G_DBUS_INTERFACE_SKELETON (manager));
  ahoy_dbus_manager_emit_kicked_offline (manager, text);
}

static void
on_history_changed (AhoyDbusManager *manager,
                    AhoyRecord      *record,
                    AhoyEngine      *engine)
{
  ahoy_dbus_manager_emit_history_changed (manager);
}

static void
on_error (AhoyDbusManager *manager,
          const GError    *error,
          GObject         *source)
{
  g_autofree char *message = ahoy_bus_text (error->message);

  g_dbus_interface_skeleton_flush (G_DBUS_INTERFACE_SKELETON (manager));
  ahoy_dbus_manager_emit_error (manager, error->code, message);
}

static void
connect_methods (AhoyDbusManager *manager,
                 AhoyEngine      *engine)
{
  static const AhoyBusMethod methods[] = {
    { "handle-login", G_CALLBACK (handle_login) },
    { "handle-logout", G_CALLBACK (handle_logout) },
    { "handle-renew-user-sig", G_CALLBACK (handle_renew_user_sig) },
    { "handle-try-now", G_CALLBACK (handle_try_now) },
    { "handle-set-self-info", G_CALLBACK (handle_set_self_info) },
    { "handle-set-multi-device", G_CALLBACK (handle_set_multi_device) },
    { NULL, NULL },
  };

  ahoy_bus_connect_methods (manager, methods, engine);
}

static void
connect_engine (AhoyDbusManager *manager,
                AhoyEngine      *engine)
{
  static const struct
  {
    const char *signal;
    GCallback handler;
  } signals[] = {
    { "notify::state", G_CALLBACK (update) },
    { "notify::self", G_CALLBACK (update) },
    { "notify::server-uri", G_CALLBACK (update) },
    { "notify::app-id", G_CALLBACK (update) },
    { "notify::user-sig-expires", G_CALLBACK (update) },
    { "notify::retry-at", G_CALLBACK (update_retry_at) },
    { "notify::multi-device", G_CALLBACK (update_devices) },
    { "notify::call-elsewhere", G_CALLBACK (update_devices) },
    { "kicked-offline", G_CALLBACK (on_kicked_offline) },
    { "user-sig-expiring", G_CALLBACK (ahoy_dbus_manager_emit_user_sig_expiring) },
    { "user-sig-expired", G_CALLBACK (ahoy_dbus_manager_emit_user_sig_expired) },
    { "history-changed", G_CALLBACK (on_history_changed) },
    { "error", G_CALLBACK (on_error) },
  };

  for (guint i = 0; i < G_N_ELEMENTS (signals); i++)
    g_signal_connect_object (engine, signals[i].signal, signals[i].handler, manager, G_CONNECT_SWAPPED);
  g_signal_connect_object (ahoy_engine_get_media (engine), "problem", G_CALLBACK (on_error), manager, G_CONNECT_SWAPPED);
}

void
ahoy_bus_account_attach (AhoyDbusManager *manager,
                         AhoyEngine      *engine)
{
  GSignalGroup *self_signals;

  g_return_if_fail (AHOY_DBUS_IS_MANAGER (manager));
  g_return_if_fail (AHOY_IS_ENGINE (engine));

  self_signals = g_signal_group_new (AHOY_TYPE_USER);
  g_signal_group_connect_object (self_signals, "notify::nickname",
                                 G_CALLBACK (on_nickname_notify), manager, G_CONNECT_SWAPPED);
  g_object_bind_property (engine, "self", self_signals, "target", G_BINDING_SYNC_CREATE);
  g_object_set_data_full (G_OBJECT (manager), "ahoy-self-signals", self_signals, g_object_unref);

  ahoy_dbus_manager_set_version (manager, AHOY_VERSION);
  update (manager, NULL, engine);
  update_retry_at (manager, NULL, engine);
  update_devices (manager, NULL, engine);
  connect_methods (manager, engine);
  connect_engine (manager, engine);
}
