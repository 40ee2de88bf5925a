/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ahoy-agent.h"

#include "ahoy-auto-join.h"
#include "ahoy-bus-service.h"
#include "ahoy-bus-words.h"
#include "ahoy-hooks.h"

#include <glib-unix.h>

/* Whoever stops it waits two seconds; a server that does not answer must not use them up. */
#define STOP_TIMEOUT_MS 1500

struct _AhoyAgent
{
  GObject parent_instance;

  const AhoyAgentOptions *options; /* (not owned), from construction */
  GMainLoop *loop;                 /* (owned) */
  AhoyEngine *engine;              /* (owned) */
  AhoyHooks *hooks;                /* (owned) */
  AhoyAutoJoin *auto_join;         /* (owned) (nullable), when it is wanted */
  AhoyBusService *service;         /* (owned) (nullable), when on the bus */
  guint name_id;                   /* 0 when on no bus */
  char *user_sig;                  /* (owned) (nullable), the last one read */
  AhoyCall *placed_call;           /* (owned) (nullable), the one of --call */
  gboolean has_placed;             /* --call has been done */
  gboolean has_talked;             /* it got as far as a conversation */
  guint hang_up_source_id;         /* 0 when no call is to be cut */
  guint stop_source_id;            /* 0 until it is stopping */
  AhoyAgentExit status;
};

G_DEFINE_FINAL_TYPE (AhoyAgent, ahoy_agent, G_TYPE_OBJECT)

/* The server names a call; until it has answered there is no id. */
static const char *
id_of (AhoyCall *call)
{
  const char *id = ahoy_call_get_id (call);

  return id ? id : "-";
}

static gboolean
on_stop_timeout (gpointer data)
{
  AhoyAgent *self = data;

  self->stop_source_id = 0;
  g_main_loop_quit (self->loop);

  return G_SOURCE_REMOVE;
}

static void
on_logged_out (GObject      *source,
               GAsyncResult *result,
               gpointer      user_data)
{
  g_autoptr (AhoyAgent) self = user_data;
  g_autoptr (GError) error = NULL;

  if (!ahoy_engine_logout_finish (AHOY_ENGINE (source), result, &error))
    g_debug ("logout error=%d", error->code);

  g_main_loop_quit (self->loop);
}

void
ahoy_agent_stop (AhoyAgent     *self,
                 AhoyAgentExit  status)
{
  GListModel *calls;

  g_return_if_fail (AHOY_IS_AGENT (self));

  if (self->stop_source_id)
    return;

  g_message ("stopping status=%d", status);
  self->status = status;
  self->stop_source_id = g_timeout_add (STOP_TIMEOUT_MS, on_stop_timeout, self);

  calls = ahoy_engine_get_calls (self->engine);
  for (guint i = 0; i < g_list_model_get_n_items (calls); i++)
    {
      g_autoptr (AhoyCall) call = g_list_model_get_item (calls, i);

      if (ahoy_call_get_state (call) != AHOY_CALL_ENDED)
        ahoy_call_hang_up_async (call, NULL, NULL, NULL);
    }

  ahoy_engine_logout_async (self->engine, NULL, on_logged_out, g_object_ref (self));
}

static gboolean
on_duration_over (gpointer data)
{
  AhoyAgent *self = data;
  AhoyCall *call = ahoy_engine_get_current_call (self->engine);

  self->hang_up_source_id = 0;
  if (call)
    ahoy_call_hang_up_async (call, NULL, NULL, NULL);

  return G_SOURCE_REMOVE;
}

static void
on_call_state (AhoyAgent  *self,
               GParamSpec *pspec,
               AhoyCall   *call)
{
  AhoyCallState state = ahoy_call_get_state (call);

  g_message ("call id=%s state=%s", id_of (call), ahoy_bus_word_for_call_state (state));

  if (state != AHOY_CALL_ACTIVE)
    return;

  if (call == self->placed_call)
    self->has_talked = TRUE;

  if (self->options->duration_s > 0 && self->hang_up_source_id == 0)
    self->hang_up_source_id = g_timeout_add_seconds (self->options->duration_s, on_duration_over, self);
}

static void
on_call_added (AhoyAgent  *self,
               AhoyCall   *call,
               AhoyEngine *engine)
{
  g_signal_connect_object (call, "notify::state", G_CALLBACK (on_call_state), self, G_CONNECT_SWAPPED);
}

static void
on_accepted (GObject      *source,
             GAsyncResult *result,
             gpointer      user_data)
{
  g_autoptr (GError) error = NULL;

  if (!ahoy_call_accept_finish (AHOY_CALL (source), result, &error))
    g_message ("accept error=%d", error->code);
}

static void
on_incoming_call (AhoyAgent  *self,
                  AhoyCall   *call,
                  AhoyEngine *engine)
{
  g_message ("incoming id=%s media=%s", id_of (call),
             ahoy_bus_word_for_media (ahoy_call_get_media (call)));

  /* In echo mode the engine answers by itself. */
  if (self->options->accept && !self->options->echo)
    ahoy_call_accept_async (call, !self->options->no_camera, NULL, on_accepted, NULL);
}

static void
on_call_ended (AhoyAgent  *self,
               AhoyCall   *call,
               AhoyEngine *engine)
{
  const GError *error = ahoy_call_get_error (call);

  g_message ("ended id=%s reason=%s duration=%u error=%d", id_of (call),
             ahoy_bus_word_for_reason (ahoy_call_get_end_reason (call)), ahoy_call_get_duration (call),
             error ? error->code : 0);

  g_clear_handle_id (&self->hang_up_source_id, g_source_remove);

  if (call == self->placed_call)
    ahoy_agent_stop (self, self->has_talked ? AHOY_AGENT_OK : AHOY_AGENT_NO_CALL);
}

static void
place_call (AhoyAgent *self)
{
  g_autoptr (AhoyCallOptions) options = ahoy_call_options_new ();
  g_autoptr (GError) error = NULL;

  ahoy_call_options_set_camera_on (options, !self->options->no_camera);
  self->has_placed = TRUE;
  self->placed_call = ahoy_engine_place_call (self->engine, (const char *const *) self->options->callees,
                                              self->options->video ? AHOY_CALL_MEDIA_VIDEO
                                                                   : AHOY_CALL_MEDIA_AUDIO,
                                              options, &error);
  if (!self->placed_call)
    {
      g_message ("call error=%d message=\"%s\"", error->code, error->message);
      ahoy_agent_stop (self, AHOY_AGENT_NO_CALL);
    }
}

static void
on_state_notify (AhoyAgent  *self,
                 GParamSpec *pspec,
                 AhoyEngine *engine)
{
  AhoyEngineState state = ahoy_engine_get_state (engine);

  g_message ("account state=%s", ahoy_bus_word_for_engine_state (state));

  if (state == AHOY_ENGINE_ONLINE && self->options->callees && !self->has_placed)
    place_call (self);
}

static void
on_kicked_offline (AhoyAgent  *self,
                   const char *why,
                   AhoyEngine *engine)
{
  g_message ("kicked");
  ahoy_agent_stop (self, AHOY_AGENT_NOT_PERMITTED);
}

/* An unattended agent has nobody to ask for a new ticket, but somebody may have put one into the file. */
static void
on_user_sig_expiring (AhoyAgent  *self,
                      AhoyEngine *engine)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *user_sig = NULL;

  g_message ("ticket-lapses");
  if (!ahoy_agent_options_has_user (self->options) || g_str_equal (self->options->user_sig_file, "-"))
    return;

  user_sig = ahoy_agent_options_read_sig (self->options, &error);
  if (!user_sig)
    g_message ("ticket message=\"%s\"", error->message);
  else if (g_strcmp0 (user_sig, self->user_sig) != 0)
    {
      g_free (self->user_sig);
      self->user_sig = g_steal_pointer (&user_sig);
      ahoy_engine_renew_user_sig (engine, self->user_sig);
    }
}

static void
on_error (AhoyAgent    *self,
          const GError *error,
          GObject      *source)
{
  g_message ("error domain=%s code=%d message=\"%s\"", g_quark_to_string (error->domain), error->code,
             error->message);
}

static void
on_logged_in (GObject      *source,
              GAsyncResult *result,
              gpointer      user_data)
{
  g_autoptr (AhoyAgent) self = user_data;
  g_autoptr (GError) error = NULL;

  if (ahoy_engine_login_finish (AHOY_ENGINE (source), result, &error))
    {
      g_message ("signed-in user=%s", self->options->user);
      return;
    }

  if (self->stop_source_id)
    return;

  g_message ("sign-in-failed code=%d message=\"%s\"", error->code, error->message);
  ahoy_agent_stop (self, AHOY_AGENT_NOT_PERMITTED);
}

static gboolean
set_trust (AhoyAgent *self)
{
  g_autoptr (GTlsDatabase) trust = NULL;
  g_autoptr (GError) error = NULL;

  if (!self->options->tls_ca)
    return TRUE;

  trust = g_tls_file_database_new (self->options->tls_ca, &error);
  if (!trust)
    {
      g_printerr ("ahoy-agent: %s: %s\n", self->options->tls_ca, error->message);
      return FALSE;
    }

  g_object_set (self->engine, "trust", trust, NULL);

  return TRUE;
}

static gboolean
read_user_sig (AhoyAgent *self)
{
  g_autoptr (GError) error = NULL;

  if (!ahoy_agent_options_has_user (self->options))
    return TRUE;

  self->user_sig = ahoy_agent_options_read_sig (self->options, &error);
  if (!self->user_sig)
    g_printerr ("ahoy-agent: %s\n", error->message);

  return self->user_sig != NULL;
}

static void
on_name_acquired (GDBusConnection *connection,
                  const char      *name,
                  gpointer         user_data)
{
  g_message ("bus name=%s", name);
}

static void
on_name_lost (GDBusConnection *connection,
              const char      *name,
              gpointer         user_data)
{
  AhoyAgent *self = user_data;

  g_printerr ("ahoy-agent: %s %s\n", name, connection ? "is taken" : "has no bus any more");
  ahoy_agent_stop (self, AHOY_AGENT_UNAVAILABLE);
}

static gboolean
join_bus (AhoyAgent *self)
{
  g_autoptr (GDBusConnection) connection = NULL;
  g_autoptr (GError) error = NULL;

  if (!self->options->bus_name)
    return TRUE;

  connection = g_bus_get_sync (G_BUS_TYPE_SESSION, NULL, &error);
  if (connection)
    g_dbus_connection_set_exit_on_close (connection, FALSE);

  self->service = ahoy_bus_service_new (self->engine);
  if (!connection || !ahoy_bus_service_export (self->service, connection, &error))
    {
      g_printerr ("ahoy-agent: there is no session bus (%s); --no-bus does without\n", error->message);
      return FALSE;
    }

  self->name_id = g_bus_own_name_on_connection (connection, self->options->bus_name,
                                                G_BUS_NAME_OWNER_FLAGS_DO_NOT_QUEUE,
                                                on_name_acquired, on_name_lost, self, NULL);

  return TRUE;
}

static gboolean
on_terminated (gpointer data)
{
  ahoy_agent_stop (data, AHOY_AGENT_OK);

  return G_SOURCE_CONTINUE;
}

static void
connect_engine (AhoyAgent *self)
{
  static const struct
  {
    const char *signal;
    GCallback handler;
  } signals[] = {
    { "notify::state", G_CALLBACK (on_state_notify) },
    { "call-added", G_CALLBACK (on_call_added) },
    { "incoming-call", G_CALLBACK (on_incoming_call) },
    { "call-ended", G_CALLBACK (on_call_ended) },
    { "kicked-offline", G_CALLBACK (on_kicked_offline) },
    { "user-sig-expiring", G_CALLBACK (on_user_sig_expiring) },
    { "user-sig-expired", G_CALLBACK (on_user_sig_expiring) },
    { "error", G_CALLBACK (on_error) },
  };

  for (guint i = 0; i < G_N_ELEMENTS (signals); i++)
    g_signal_connect_object (self->engine, signals[i].signal, signals[i].handler, self, G_CONNECT_SWAPPED);
  g_signal_connect_object (ahoy_engine_get_media (self->engine), "problem", G_CALLBACK (on_error), self,
                           G_CONNECT_SWAPPED);
}

static void
ahoy_agent_dispose (GObject *object)
{
  AhoyAgent *self = AHOY_AGENT (object);

  g_clear_handle_id (&self->hang_up_source_id, g_source_remove);
  g_clear_handle_id (&self->stop_source_id, g_source_remove);
  g_clear_handle_id (&self->name_id, g_bus_unown_name);
  if (self->service)
    ahoy_bus_service_unexport (self->service);
  g_clear_object (&self->service);
  g_clear_object (&self->placed_call);
  g_clear_object (&self->auto_join);
  g_clear_object (&self->hooks);
  g_clear_object (&self->engine);

  G_OBJECT_CLASS (ahoy_agent_parent_class)->dispose (object);
}

static void
ahoy_agent_finalize (GObject *object)
{
  AhoyAgent *self = AHOY_AGENT (object);

  g_free (self->user_sig);
  g_main_loop_unref (self->loop);

  G_OBJECT_CLASS (ahoy_agent_parent_class)->finalize (object);
}

static void
ahoy_agent_class_init (AhoyAgentClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = ahoy_agent_dispose;
  object_class->finalize = ahoy_agent_finalize;
}

static void
ahoy_agent_init (AhoyAgent *self)
{
  self->loop = g_main_loop_new (NULL, FALSE);
  self->engine = ahoy_engine_new ();
  self->hooks = ahoy_hooks_new (self->engine);
  connect_engine (self);
}

AhoyAgent *
ahoy_agent_new (const AhoyAgentOptions *options)
{
  AhoyAgent *self;

  g_return_val_if_fail (options != NULL, NULL);

  self = g_object_new (AHOY_TYPE_AGENT, NULL);
  self->options = options;
  ahoy_engine_set_echo (self->engine, options->echo);
  if (options->auto_join)
    self->auto_join = ahoy_auto_join_new (self->engine);
  /* Started together with its server it may be the faster of the two; whoever calls Login wants an answer. */
  ahoy_engine_set_keep_trying (self->engine, ahoy_agent_options_has_user (options));

  return self;
}

AhoyAgentExit
ahoy_agent_run (AhoyAgent *self)
{
  guint sigterm_id;
  guint sigint_id;

  g_return_val_if_fail (AHOY_IS_AGENT (self), AHOY_AGENT_USAGE);

  if (!set_trust (self) || !read_user_sig (self))
    return AHOY_AGENT_NO_INPUT;

  if (!join_bus (self))
    return AHOY_AGENT_UNAVAILABLE;

  sigterm_id = g_unix_signal_add (SIGTERM, on_terminated, self);
  sigint_id = g_unix_signal_add (SIGINT, on_terminated, self);

  if (self->user_sig)
    ahoy_engine_login_async (self->engine, self->options->server, self->options->app_id, self->options->user,
                             self->user_sig, NULL, on_logged_in, g_object_ref (self));

  g_main_loop_run (self->loop);

  g_source_remove (sigterm_id);
  g_source_remove (sigint_id);

  return self->status;
}
