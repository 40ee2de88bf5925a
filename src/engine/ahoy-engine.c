/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "ahoy-engine-private.h"

#include "ahoy-contacts-private.h"
#include "ahoy-error.h"
#include "ahoy-groups-private.h"
#include "ahoy-json.h"
#include "ahoy-limits.h"
#include "ahoy-record-private.h"
#include "ahoy-test-hooks.h"

/**
 * AhoyEngine:
 *
 * Signed in or not, the calls of one account. Everything else of the library is reached from here; nothing is global.
 */
G_DEFINE_FINAL_TYPE (AhoyEngine, ahoy_engine, G_TYPE_OBJECT)

guint ahoy_engine_signals[AHOY_ENGINE_N_SIGNALS];

void
ahoy_engine_update_state (AhoyEngine *self)
{
  AhoyEngineState state = AHOY_ENGINE_SIGNED_OUT;

  switch (ahoy_session_get_state (self->session))
    {
    case AHOY_SESSION_STOPPED:
      state = self->login ? AHOY_ENGINE_SIGNING_IN : AHOY_ENGINE_SIGNED_OUT;
      break;
    case AHOY_SESSION_READY:
      state = AHOY_ENGINE_ONLINE;
      break;
    case AHOY_SESSION_CONNECTING:
    case AHOY_SESSION_AUTHENTICATING:
    case AHOY_SESSION_WAITING:
    case AHOY_SESSION_HELD:
    default:
      state = self->login ? AHOY_ENGINE_SIGNING_IN : AHOY_ENGINE_OFFLINE;
    }

  if (self->state == state)
    return;

  self->state = state;
  if (state != AHOY_ENGINE_ONLINE)
    ahoy_people_forget_presence (self->people);
  ahoy_engine_notify (self, AHOY_ENGINE_PROP_STATE);
}

static void
forget_account (AhoyEngine *self)
{
  g_clear_handle_id (&self->expiry_id, g_source_remove);
  ahoy_call_list_end_all (self->calls, AHOY_END_REASON_OFFLINE);
  ahoy_contacts_close (self->contacts);
  ahoy_groups_close (self->groups);
  ahoy_engine_set_call_elsewhere (self, NULL);
  ahoy_engine_take_multi_device (self, FALSE);
  self->was_online = FALSE;
  if (g_set_object (&self->self_user, NULL))
    ahoy_engine_notify (self, AHOY_ENGINE_PROP_SELF);
}

static gboolean
on_warm_up_due (gpointer user_data)
{
  AhoyEngine *self = user_data;

  self->warm_up_id = 0;
  ahoy_media_warm_up (self->media);
  return G_SOURCE_REMOVE;
}

static void
on_session_state (AhoyEngine *self)
{
  g_autoptr (AhoyEngine) alive = g_object_ref (self);
  AhoySessionState state = ahoy_session_get_state (self->session);

  if (state == AHOY_SESSION_READY && !self->was_online)
    {
      self->was_online = TRUE;
      ahoy_trace_event ("ready");
      /* The contacts and the first picture of the window come first. */
      if (!self->warm_up_id)
        self->warm_up_id = g_idle_add_full (G_PRIORITY_LOW, on_warm_up_due, self, NULL);
    }
  if (state == AHOY_SESSION_STOPPED)
    forget_account (self);
  if (state == AHOY_SESSION_READY)
    ahoy_engine_finish_login (self, NULL);
  else
    ahoy_engine_update_state (self);
}

static void
on_session_retry (AhoyEngine *self)
{
  ahoy_engine_notify (self, AHOY_ENGINE_PROP_RETRY_AT);
}

static void
on_session_welcome (AhoyEngine *self,
                    JsonObject *data,
                    gboolean    full)
{
  JsonObject *user = ahoy_json_get_object (data, "user");

  ahoy_engine_watch_ticket (self);
  if (user && self->self_user)
    ahoy_user_set_profile (self->self_user, ahoy_json_get_string (user, "nickname", AHOY_MAX_NICKNAME),
                           ahoy_json_get_string (user, "avatar", AHOY_MAX_AVATAR));
  ahoy_engine_take_multi_device (self, ahoy_json_get_bool (data, "multi", FALSE));
  ahoy_engine_set_call_elsewhere (self, ahoy_json_get_string (data, "elsewhere", AHOY_MAX_CALL_ID));
  if (full)
    ahoy_call_list_take_snapshot (self->calls, ahoy_json_get_array (data, "calls"));
  ahoy_contacts_refresh (self->contacts, full);
  ahoy_groups_refresh (self->groups, full);
  if (full && self->was_online)
    g_signal_emit (self, ahoy_engine_signals[AHOY_ENGINE_SIGNAL_HISTORY_CHANGED], 0, NULL);
}

static void
take_profile (AhoyEngine *self,
              JsonObject *data)
{
  const char *user = ahoy_json_get_string (data, "id", AHOY_MAX_USER_ID);

  if (user && *user)
    ahoy_people_learn (self->people, user, ahoy_json_get_string (data, "nickname", AHOY_MAX_NICKNAME),
                       ahoy_json_get_string (data, "avatar", AHOY_MAX_AVATAR));
}

static void
take_record (AhoyEngine *self,
             JsonObject *data)
{
  g_autoptr (AhoyRecord) record = NULL;

  record = ahoy_record_new_from_json (data, self->people, ahoy_session_get_user_id (self->session));
  g_signal_emit (self, ahoy_engine_signals[AHOY_ENGINE_SIGNAL_HISTORY_CHANGED], 0, record);
}

static void
take_elsewhere (AhoyEngine *self,
                JsonObject *data)
{
  const char *call_id = ahoy_json_get_string (data, "call", AHOY_MAX_CALL_ID);
  AhoyCall *call = ahoy_call_list_find (self->calls, call_id);

  if (!ahoy_json_get_bool (data, "over", FALSE))
    {
      /* It is on its way here: the answer that says so may be behind this. */
      if (!call || !ahoy_call_is_live (call))
        ahoy_engine_set_call_elsewhere (self, call_id);
    }
  else if (g_strcmp0 (call_id, self->call_elsewhere) == 0)
    ahoy_engine_set_call_elsewhere (self, NULL);
}

static void
on_session_push (AhoyEngine *self,
                 const char *type,
                 JsonObject *data)
{
  if (g_str_equal (type, "call.elsewhere"))
    take_elsewhere (self, data);
  else if (ahoy_call_list_take_push (self->calls, type, data))
    return;
  else if (g_str_equal (type, "presence"))
    ahoy_people_take_presence (self->people, ahoy_json_get_object (data, "users"));
  else if (g_str_equal (type, "profile"))
    take_profile (self, data);
  else if (g_str_equal (type, "contacts"))
    ahoy_contacts_take_push (self->contacts, data);
  else if (g_str_equal (type, "record"))
    take_record (self, data);
  else if (g_str_equal (type, "group") || g_str_equal (type, "group.gone"))
    ahoy_groups_take_push (self->groups, type, data);
  else if (g_str_equal (type, "blocks"))
    ahoy_engine_take_blocked (self, data);
}

static void
on_session_refused (AhoyEngine   *self,
                    const GError *error)
{
  if (self->login)
    ahoy_engine_finish_login (self, error);
  else
    {
      /* The old ticket goes on, and so does its time. */
      if (ahoy_session_get_user_sig (self->session))
        ahoy_engine_take_ticket (self, ahoy_session_get_user_sig (self->session));
      g_signal_emit (self, ahoy_engine_signals[AHOY_ENGINE_SIGNAL_ERROR], 0, error);
    }
}

static void
on_session_unreachable (AhoyEngine *self)
{
  /* It goes on by itself, and "retry-at" says when. */
  ahoy_engine_finish_login (self, NULL);
}

static void
on_session_kicked (AhoyEngine *self,
                   const char *why)
{
  g_autoptr (GError) error = g_error_new_literal (AHOY_ERROR, AHOY_ERROR_KICKED, "Signed in on another device");

  ahoy_engine_finish_login (self, error);
  g_signal_emit (self, ahoy_engine_signals[AHOY_ENGINE_SIGNAL_KICKED_OFFLINE], 0, why);
}

static void
on_session_expired (AhoyEngine *self)
{
  g_clear_handle_id (&self->expiry_id, g_source_remove);
  ahoy_engine_tell_expired (self);
}

/* Signalling first: what the calls have to say goes out over it. */
static void
on_network_changed (AhoyEngine *self)
{
  g_autoptr (AhoyEngine) alive = g_object_ref (self);

  ahoy_session_change_network (self->session);
  ahoy_call_list_refresh (self->calls);
}

static void
on_call_added (AhoyEngine *self,
               AhoyCall   *call)
{
  g_signal_emit (self, ahoy_engine_signals[AHOY_ENGINE_SIGNAL_CALL_ADDED], 0, call);
}

static void
on_call_incoming (AhoyEngine *self,
                  AhoyCall   *call)
{
  g_signal_emit (self, ahoy_engine_signals[AHOY_ENGINE_SIGNAL_INCOMING_CALL], 0, call);
}

static void
on_call_ended (AhoyEngine *self,
               AhoyCall   *call)
{
  g_autoptr (AhoyEngine) alive = g_object_ref (self);
  g_autoptr (AhoyCall) ended = g_object_ref (call);

  g_signal_emit (self, ahoy_engine_signals[AHOY_ENGINE_SIGNAL_CALL_ENDED], 0, call);
  g_signal_emit (self, ahoy_engine_signals[AHOY_ENGINE_SIGNAL_AFTER_CALL], 0, call);
}

static gboolean
on_before_call (AhoyEngine *self,
                AhoyCall   *call,
                const char *kind)
{
  gboolean vetoed = FALSE;

  g_signal_emit (self, ahoy_engine_signals[AHOY_ENGINE_SIGNAL_BEFORE_CALL], 0, call, kind, &vetoed);
  return vetoed;
}

static void
ahoy_engine_dispose (GObject *object)
{
  AhoyEngine *self = AHOY_ENGINE (object);

  g_clear_handle_id (&self->expiry_id, g_source_remove);
  g_clear_handle_id (&self->warm_up_id, g_source_remove);
  if (self->network)
    g_signal_handlers_disconnect_by_data (self->network, self);
  g_clear_object (&self->network);
  if (self->calls)
    {
      ahoy_call_list_end_all (self->calls, AHOY_END_REASON_OFFLINE);
      g_signal_handlers_disconnect_by_data (self->calls, self);
    }
  if (self->session)
    {
      g_signal_handlers_disconnect_by_data (self->session, self);
      ahoy_session_stop (self->session);
    }
  g_clear_object (&self->calls);
  g_clear_object (&self->contacts);
  g_clear_object (&self->groups);
  g_clear_object (&self->self_user);
  g_clear_object (&self->people);
  /* Whoever still holds it: no thread of it may outlive the engine, which ends with the program. */
  if (self->media)
    g_object_run_dispose (G_OBJECT (self->media));
  g_clear_object (&self->media);
  g_clear_object (&self->session);
  g_clear_object (&self->trust);

  G_OBJECT_CLASS (ahoy_engine_parent_class)->dispose (object);
}

static void
ahoy_engine_finalize (GObject *object)
{
  AhoyEngine *self = AHOY_ENGINE (object);

  g_free (self->server_uri);
  g_free (self->device_id);
  g_free (self->call_elsewhere);

  G_OBJECT_CLASS (ahoy_engine_parent_class)->finalize (object);
}

static guint
install_signal (const char *name,
                GType       argument)
{
  if (argument == G_TYPE_NONE)
    return g_signal_new (name, AHOY_TYPE_ENGINE, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  return g_signal_new (name, AHOY_TYPE_ENGINE, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, argument);
}

static void
install_call_signals (void)
{
  guint *signals = ahoy_engine_signals;

  /**
   * AhoyEngine::incoming-call:
   * @self: the engine
   * @call: the call
   *
   * Somebody calls: it rings here, and the call waits for [method@Call.accept_async].
   */
  signals[AHOY_ENGINE_SIGNAL_INCOMING_CALL] = install_signal ("incoming-call", AHOY_TYPE_CALL);

  /**
   * AhoyEngine::call-added:
   * @self: the engine
   * @call: the call
   *
   * A call is in [property@Engine:calls], whoever began it.
   */
  signals[AHOY_ENGINE_SIGNAL_CALL_ADDED] = install_signal ("call-added", AHOY_TYPE_CALL);

  /**
   * AhoyEngine::call-ended:
   * @self: the engine
   * @call: the call
   *
   * A call is over.
   */
  signals[AHOY_ENGINE_SIGNAL_CALL_ENDED] = install_signal ("call-ended", AHOY_TYPE_CALL);

  /**
   * AhoyEngine::before-call:
   * @self: the engine
   * @call: the call, which nobody has seen yet
   * @kind: `call`, `group-call`, `join` or `invited`
   *
   * A call is about to begin: this person dials one or several people, joins a running call or takes one over, or
   * somebody calls. A handler that returns %TRUE prevents it: what was to begin here fails with -1203 and never reaches
   * the server; somebody who calls is told that the line is busy, and nothing rings.
   *
   * Returns: %TRUE to prevent it
   */
  signals[AHOY_ENGINE_SIGNAL_BEFORE_CALL] =
    g_signal_new ("before-call", AHOY_TYPE_ENGINE, G_SIGNAL_RUN_LAST, 0, g_signal_accumulator_true_handled, NULL, NULL,
                  G_TYPE_BOOLEAN, 2, AHOY_TYPE_CALL, G_TYPE_STRING);

  /**
   * AhoyEngine::after-call:
   * @self: the engine
   * @call: the call
   *
   * A call is over, and everybody who follows [signal@Engine::call-ended] knows it.
   */
  signals[AHOY_ENGINE_SIGNAL_AFTER_CALL] = install_signal ("after-call", AHOY_TYPE_CALL);

  /**
   * AhoyEngine::history-changed:
   * @self: the engine
   * @record: (nullable): what is new, %NULL when it is not known what changed
   *
   * The records of calls are not what they were.
   */
  signals[AHOY_ENGINE_SIGNAL_HISTORY_CHANGED] = install_signal ("history-changed", AHOY_TYPE_RECORD);
}

static void
install_account_signals (void)
{
  guint *signals = ahoy_engine_signals;

  /**
   * AhoyEngine::kicked-offline:
   * @self: the engine
   * @why: a word of the server
   *
   * The account was signed in on another device, and is signed out here.
   */
  signals[AHOY_ENGINE_SIGNAL_KICKED_OFFLINE] = install_signal ("kicked-offline", G_TYPE_STRING);

  /**
   * AhoyEngine::user-sig-expiring:
   * @self: the engine
   *
   * The ticket lapses in an hour, or when a tenth of its life is left: time for [method@Engine.renew_user_sig].
   */
  signals[AHOY_ENGINE_SIGNAL_USER_SIG_EXPIRING] = install_signal ("user-sig-expiring", G_TYPE_NONE);

  /**
   * AhoyEngine::user-sig-expired:
   * @self: the engine
   *
   * The ticket has lapsed. A call that runs goes on; a new one needs a new ticket.
   */
  signals[AHOY_ENGINE_SIGNAL_USER_SIG_EXPIRED] = install_signal ("user-sig-expired", G_TYPE_NONE);

  /**
   * AhoyEngine::blocked-changed:
   * @self: the engine
   * @user_id: who
   * @blocked: whether that one is blocked now
   *
   * This person has blocked somebody or let them in again, here or on another device.
   */
  signals[AHOY_ENGINE_SIGNAL_BLOCKED_CHANGED] =
    g_signal_new ("blocked-changed", AHOY_TYPE_ENGINE, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 2,
                  G_TYPE_STRING, G_TYPE_BOOLEAN);

  /**
   * AhoyEngine::error:
   * @self: the engine
   * @error: what is wrong
   *
   * Something went wrong that no task can tell: the server refuses to go on, or a new ticket.
   */
  signals[AHOY_ENGINE_SIGNAL_ERROR] = install_signal ("error", G_TYPE_ERROR);
}

static void
ahoy_engine_class_init (AhoyEngineClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = ahoy_engine_dispose;
  object_class->finalize = ahoy_engine_finalize;
  ahoy_engine_install_properties (object_class);
  install_call_signals ();
  install_account_signals ();
}

static void
ahoy_engine_init (AhoyEngine *self)
{
  self->session = ahoy_session_new ();
  self->network = ahoy_network_new ();
  self->media = ahoy_media_new ();
  self->people = ahoy_people_new (self->session);
  self->contacts = ahoy_contacts_new (self->session, self->people);
  self->groups = ahoy_groups_new (self->session);
  self->calls = ahoy_call_list_new (self->session, self->media, self->people);

  g_signal_connect_swapped (self->session, "state-changed", G_CALLBACK (on_session_state), self);
  g_signal_connect_swapped (self->session, "retry-changed", G_CALLBACK (on_session_retry), self);
  g_signal_connect_swapped (self->session, "welcome", G_CALLBACK (on_session_welcome), self);
  g_signal_connect_swapped (self->session, "push", G_CALLBACK (on_session_push), self);
  g_signal_connect_swapped (self->session, "refused", G_CALLBACK (on_session_refused), self);
  g_signal_connect_swapped (self->session, "unreachable", G_CALLBACK (on_session_unreachable), self);
  g_signal_connect_swapped (self->session, "kicked", G_CALLBACK (on_session_kicked), self);
  g_signal_connect_swapped (self->session, "expired", G_CALLBACK (on_session_expired), self);
  g_signal_connect_swapped (self->network, "changed", G_CALLBACK (on_network_changed), self);
  g_signal_connect_swapped (self->calls, "added", G_CALLBACK (on_call_added), self);
  g_signal_connect_swapped (self->calls, "incoming", G_CALLBACK (on_call_incoming), self);
  g_signal_connect_swapped (self->calls, "call-ended", G_CALLBACK (on_call_ended), self);
  g_signal_connect_swapped (self->calls, "before", G_CALLBACK (on_before_call), self);
}

/**
 * ahoy_engine_new:
 *
 * Returns: (transfer full): an engine, signed out
 */
AhoyEngine *
ahoy_engine_new (void)
{
  return g_object_new (AHOY_TYPE_ENGINE, NULL);
}
