/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "ahoy-engine.h"

#include "ahoy-call-list.h"
#include "ahoy-contacts-private.h"
#include "ahoy-device-id.h"
#include "ahoy-engine-private.h"
#include "ahoy-enum-types.h"
#include "ahoy-record-private.h"
#include "ahoy-items.h"
#include "ahoy-limits.h"
#include "ahoy-test-hooks.h"
#include "ahoy-user-sig.h"
#include "ahoy-websocket-transport.h"

#define EXPIRING_BEFORE_S 3600

/**
 * AhoyEngine:
 *
 * Signed in or not, the calls of one account. Everything else of the library is reached from here; nothing is global.
 */
struct _AhoyEngine
{
  GObject parent_instance;

  AhoySession *session;   /* (owned) (not nullable) */
  AhoyMedia *media;       /* (owned) (not nullable) */
  AhoyPeople *people;     /* (owned) (not nullable) */
  AhoyContacts *contacts; /* (owned) (not nullable) */
  AhoyCallList *calls;    /* (owned) (not nullable) */
  GTlsDatabase *trust;    /* (owned) (nullable) */
  AhoyUser *self_user;    /* (owned) (nullable) */
  char *server_uri;       /* (owned) (nullable) as it was given */
  char *device_id;        /* (owned) (nullable) from construction; NULL: that of the installation */
  GTask *login;           /* (owned) (nullable) while it is under way */
  guint64 app_id;
  gint64 expires;         /* unix s, 0 unknown */
  gint64 sig_life;        /* s */
  gboolean is_warned;     /* that the ticket ends soon */
  gboolean has_expired;   /* and everybody was told */
  AhoyEngineState state;
  guint expiry_id;
  guint warm_up_id;
  gboolean keep_trying;
  gboolean was_online;
};

G_DEFINE_FINAL_TYPE (AhoyEngine, ahoy_engine, G_TYPE_OBJECT)

enum
{
  PROP_0,
  PROP_STATE,
  PROP_SELF,
  PROP_SERVER_URI,
  PROP_APP_ID,
  PROP_CALLS,
  PROP_CONTACTS,
  PROP_DEVICES,
  PROP_MEDIA,
  PROP_RETRY_AT,
  PROP_USER_SIG_EXPIRES,
  PROP_ECHO,
  PROP_PRECONNECT,
  PROP_TRUST,
  PROP_DEVICE_ID,
  N_PROPS
};

enum
{
  SIGNAL_INCOMING_CALL,
  SIGNAL_CALL_ADDED,
  SIGNAL_CALL_ENDED,
  SIGNAL_KICKED_OFFLINE,
  SIGNAL_USER_SIG_EXPIRING,
  SIGNAL_USER_SIG_EXPIRED,
  SIGNAL_HISTORY_CHANGED,
  SIGNAL_ERROR,
  N_SIGNALS
};

static GParamSpec *properties[N_PROPS];
static guint signals[N_SIGNALS];

/* What login was asked for, while the device's name is read from disk. */
typedef struct
{
  char *address;
  char *user_id;
  char *user_sig;
} Login;

static void
login_free (Login *login)
{
  g_free (login->address);
  g_free (login->user_id);
  g_free (login->user_sig);
  g_free (login);
}

static void
notify (AhoyEngine *self,
        guint       prop)
{
  g_object_notify_by_pspec (G_OBJECT (self), properties[prop]);
}

static void
update_state (AhoyEngine *self)
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
  notify (self, PROP_STATE);
}

/* The clock here and the server may both notice. */
static void
tell_expired (AhoyEngine *self)
{
  if (self->has_expired)
    return;

  self->has_expired = TRUE;
  g_signal_emit (self, signals[SIGNAL_USER_SIG_EXPIRED], 0);
}

static gboolean
on_expiry (gpointer user_data)
{
  AhoyEngine *self = user_data;
  gint64 now = ahoy_session_get_server_time (self->session) / G_USEC_PER_SEC;

  self->expiry_id = 0;
  if (now < self->expires || !self->is_warned)
    {
      self->is_warned = TRUE;
      self->expiry_id = g_timeout_add_seconds ((guint) CLAMP (self->expires - now + 1, 1, G_MAXINT32), on_expiry, self);
      g_signal_emit (self, signals[SIGNAL_USER_SIG_EXPIRING], 0);
    }
  else
    tell_expired (self);
  return G_SOURCE_REMOVE;
}

/* The ticket says itself how long it lives; whether that is true only the server knows. */
static void
take_ticket (AhoyEngine *self,
             const char *user_sig)
{
  g_autoptr (AhoyUserSigClaims) claims = ahoy_user_sig_read (user_sig, NULL);
  gint64 now = ahoy_session_get_server_time (self->session) / G_USEC_PER_SEC;
  gint64 before, wait;

  g_clear_handle_id (&self->expiry_id, g_source_remove);
  self->is_warned = FALSE;
  self->has_expired = FALSE;
  self->expires = claims ? claims->time + claims->expire : 0;
  self->sig_life = claims ? claims->expire : 0;
  notify (self, PROP_USER_SIG_EXPIRES);
  if (!claims || self->expires <= now)
    return;

  before = CLAMP (self->sig_life / 10, 1, EXPIRING_BEFORE_S);
  wait = CLAMP (self->expires - before - now, 1, G_MAXINT32);
  self->expiry_id = g_timeout_add_seconds ((guint) wait, on_expiry, self);
}

static void
finish_login (AhoyEngine   *self,
              const GError *error)
{
  g_autoptr (GTask) task = g_steal_pointer (&self->login);

  update_state (self);
  if (!task)
    return;
  if (error)
    g_task_return_error (task, g_error_copy (error));
  else
    g_task_return_boolean (task, TRUE);
}

static void
forget_account (AhoyEngine *self)
{
  g_clear_handle_id (&self->expiry_id, g_source_remove);
  ahoy_call_list_end_all (self->calls, AHOY_END_REASON_OFFLINE);
  ahoy_contacts_close (self->contacts);
  self->was_online = FALSE;
  if (g_set_object (&self->self_user, NULL))
    notify (self, PROP_SELF);
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
    finish_login (self, NULL);
  else
    update_state (self);
}

static void
on_session_retry (AhoyEngine *self)
{
  notify (self, PROP_RETRY_AT);
}

static void
on_session_welcome (AhoyEngine *self,
                    JsonObject *data,
                    gboolean    full)
{
  JsonObject *user = ahoy_json_get_object (data, "user");

  if (user && self->self_user)
    ahoy_user_set_profile (self->self_user, ahoy_json_get_string (user, "nickname", AHOY_MAX_NICKNAME),
                           ahoy_json_get_string (user, "avatar", AHOY_MAX_AVATAR));
  if (full)
    ahoy_call_list_take_snapshot (self->calls, ahoy_json_get_array (data, "calls"));
  ahoy_contacts_refresh (self->contacts, full);
  if (full && self->was_online)
    g_signal_emit (self, signals[SIGNAL_HISTORY_CHANGED], 0, NULL);
}

static void
on_session_push (AhoyEngine *self,
                 const char *type,
                 JsonObject *data)
{
  if (ahoy_call_list_take_push (self->calls, type, data))
    return;

  if (g_str_equal (type, "presence"))
    ahoy_people_take_presence (self->people, ahoy_json_get_object (data, "users"));
  else if (g_str_equal (type, "profile"))
    {
      const char *user = ahoy_json_get_string (data, "id", AHOY_MAX_USER_ID);

      if (user && *user)
        ahoy_people_learn (self->people, user, ahoy_json_get_string (data, "nickname", AHOY_MAX_NICKNAME),
                           ahoy_json_get_string (data, "avatar", AHOY_MAX_AVATAR));
    }
  else if (g_str_equal (type, "contacts"))
    ahoy_contacts_take_push (self->contacts, data);
  else if (g_str_equal (type, "record"))
    {
      g_autoptr (AhoyRecord) record = NULL;

      record = ahoy_record_new_from_json (data, self->people, ahoy_session_get_user_id (self->session));
      g_signal_emit (self, signals[SIGNAL_HISTORY_CHANGED], 0, record);
    }
}

static void
on_session_refused (AhoyEngine   *self,
                    const GError *error)
{
  if (self->login)
    finish_login (self, error);
  else
    {
      /* The old ticket goes on, and so does its time. */
      if (ahoy_session_get_user_sig (self->session))
        take_ticket (self, ahoy_session_get_user_sig (self->session));
      g_signal_emit (self, signals[SIGNAL_ERROR], 0, error);
    }
}

static void
on_session_unreachable (AhoyEngine *self)
{
  /* It goes on by itself, and "retry-at" says when. */
  finish_login (self, NULL);
}

static void
on_session_kicked (AhoyEngine *self,
                   const char *why)
{
  g_autoptr (GError) error = g_error_new_literal (AHOY_ERROR, AHOY_ERROR_KICKED, "Signed in on another device");

  finish_login (self, error);
  g_signal_emit (self, signals[SIGNAL_KICKED_OFFLINE], 0, why);
}

static void
on_session_expired (AhoyEngine *self)
{
  g_clear_handle_id (&self->expiry_id, g_source_remove);
  tell_expired (self);
}

static void
on_call_added (AhoyEngine *self,
               AhoyCall   *call)
{
  g_signal_emit (self, signals[SIGNAL_CALL_ADDED], 0, call);
}

static void
on_call_incoming (AhoyEngine *self,
                  AhoyCall   *call)
{
  g_signal_emit (self, signals[SIGNAL_INCOMING_CALL], 0, call);
}

static void
on_call_ended (AhoyEngine *self,
               AhoyCall   *call)
{
  g_signal_emit (self, signals[SIGNAL_CALL_ENDED], 0, call);
}

static void
ahoy_engine_dispose (GObject *object)
{
  AhoyEngine *self = AHOY_ENGINE (object);

  g_clear_handle_id (&self->expiry_id, g_source_remove);
  g_clear_handle_id (&self->warm_up_id, g_source_remove);
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

  G_OBJECT_CLASS (ahoy_engine_parent_class)->finalize (object);
}

static void
ahoy_engine_get_property (GObject    *object,
                          guint       prop_id,
                          GValue     *value,
                          GParamSpec *pspec)
{
  AhoyEngine *self = AHOY_ENGINE (object);

  switch (prop_id)
    {
    case PROP_STATE:
      g_value_set_enum (value, self->state);
      break;
    case PROP_SELF:
      g_value_set_object (value, self->self_user);
      break;
    case PROP_SERVER_URI:
      g_value_set_string (value, self->server_uri);
      break;
    case PROP_APP_ID:
      g_value_set_uint64 (value, self->app_id);
      break;
    case PROP_CALLS:
      g_value_set_object (value, ahoy_engine_get_calls (self));
      break;
    case PROP_CONTACTS:
      g_value_set_object (value, self->contacts);
      break;
    case PROP_DEVICES:
      g_value_set_object (value, ahoy_engine_get_devices (self));
      break;
    case PROP_MEDIA:
      g_value_set_object (value, self->media);
      break;
    case PROP_RETRY_AT:
      g_value_set_int64 (value, ahoy_session_get_retry_at (self->session));
      break;
    case PROP_USER_SIG_EXPIRES:
      g_value_set_int64 (value, self->expires);
      break;
    case PROP_ECHO:
      g_value_set_boolean (value, ahoy_engine_get_echo (self));
      break;
    case PROP_PRECONNECT:
      g_value_set_boolean (value, ahoy_call_list_get_preconnect (self->calls));
      break;
    case PROP_TRUST:
      g_value_set_object (value, self->trust);
      break;
    case PROP_DEVICE_ID:
      g_value_set_string (value, self->device_id);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
ahoy_engine_set_property (GObject      *object,
                          guint         prop_id,
                          const GValue *value,
                          GParamSpec   *pspec)
{
  AhoyEngine *self = AHOY_ENGINE (object);

  switch (prop_id)
    {
    case PROP_ECHO:
      ahoy_engine_set_echo (self, g_value_get_boolean (value));
      break;
    case PROP_PRECONNECT:
      if (ahoy_call_list_get_preconnect (self->calls) != g_value_get_boolean (value))
        {
          ahoy_call_list_set_preconnect (self->calls, g_value_get_boolean (value));
          notify (self, PROP_PRECONNECT);
        }
      break;
    case PROP_TRUST:
      if (g_set_object (&self->trust, g_value_get_object (value)))
        {
          ahoy_session_set_trust (self->session, self->trust);
          notify (self, PROP_TRUST);
        }
      break;
    case PROP_DEVICE_ID:
      self->device_id = g_value_dup_string (value);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
install_properties (GObjectClass *object_class)
{
  GParamFlags readable = G_PARAM_READABLE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY;
  GParamFlags writable = readable | G_PARAM_WRITABLE;

  properties[PROP_STATE] = g_param_spec_enum ("state", NULL, NULL, AHOY_TYPE_ENGINE_STATE,
                                              AHOY_ENGINE_SIGNED_OUT, readable);
  properties[PROP_SELF] = g_param_spec_object ("self", NULL, NULL, AHOY_TYPE_USER, readable);
  properties[PROP_SERVER_URI] = g_param_spec_string ("server-uri", NULL, NULL, NULL, readable);
  properties[PROP_APP_ID] = g_param_spec_uint64 ("app-id", NULL, NULL, 0, G_MAXUINT64, 0, readable);
  properties[PROP_CALLS] = g_param_spec_object ("calls", NULL, NULL, G_TYPE_LIST_MODEL, readable);
  properties[PROP_CONTACTS] = g_param_spec_object ("contacts", NULL, NULL, AHOY_TYPE_CONTACTS, readable);
  properties[PROP_DEVICES] = g_param_spec_object ("devices", NULL, NULL, AHOY_TYPE_DEVICES, readable);
  properties[PROP_MEDIA] = g_param_spec_object ("media", NULL, NULL, AHOY_TYPE_MEDIA, readable);
  properties[PROP_RETRY_AT] = g_param_spec_int64 ("retry-at", NULL, NULL, 0, G_MAXINT64, 0, readable);
  properties[PROP_USER_SIG_EXPIRES] = g_param_spec_int64 ("user-sig-expires", NULL, NULL,
                                                          G_MININT64, G_MAXINT64, 0, readable);
  properties[PROP_ECHO] = g_param_spec_boolean ("echo", NULL, NULL, FALSE, writable);
  properties[PROP_PRECONNECT] = g_param_spec_boolean ("preconnect", NULL, NULL, TRUE, writable);
  properties[PROP_TRUST] = g_param_spec_object ("trust", NULL, NULL, G_TYPE_TLS_DATABASE, writable);
  /* Which installation this is; NULL, the rule, for the name kept in the user's data folder. */
  properties[PROP_DEVICE_ID] = g_param_spec_string ("device-id", NULL, NULL, NULL,
                                                    writable | G_PARAM_CONSTRUCT_ONLY);
  g_object_class_install_properties (object_class, N_PROPS, properties);
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
ahoy_engine_class_init (AhoyEngineClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = ahoy_engine_dispose;
  object_class->finalize = ahoy_engine_finalize;
  object_class->get_property = ahoy_engine_get_property;
  object_class->set_property = ahoy_engine_set_property;
  install_properties (object_class);

  signals[SIGNAL_INCOMING_CALL] = install_signal ("incoming-call", AHOY_TYPE_CALL);
  signals[SIGNAL_CALL_ADDED] = install_signal ("call-added", AHOY_TYPE_CALL);
  signals[SIGNAL_CALL_ENDED] = install_signal ("call-ended", AHOY_TYPE_CALL);
  signals[SIGNAL_KICKED_OFFLINE] = install_signal ("kicked-offline", G_TYPE_STRING);
  signals[SIGNAL_USER_SIG_EXPIRING] = install_signal ("user-sig-expiring", G_TYPE_NONE);
  signals[SIGNAL_USER_SIG_EXPIRED] = install_signal ("user-sig-expired", G_TYPE_NONE);
  signals[SIGNAL_HISTORY_CHANGED] = install_signal ("history-changed", AHOY_TYPE_RECORD);
  signals[SIGNAL_ERROR] = install_signal ("error", G_TYPE_ERROR);
}

static void
ahoy_engine_init (AhoyEngine *self)
{
  self->session = ahoy_session_new ();
  self->media = ahoy_media_new ();
  self->people = ahoy_people_new (self->session);
  self->contacts = ahoy_contacts_new (self->session, self->people);
  self->calls = ahoy_call_list_new (self->session, self->media, self->people);

  g_signal_connect_swapped (self->session, "state-changed", G_CALLBACK (on_session_state), self);
  g_signal_connect_swapped (self->session, "retry-changed", G_CALLBACK (on_session_retry), self);
  g_signal_connect_swapped (self->session, "welcome", G_CALLBACK (on_session_welcome), self);
  g_signal_connect_swapped (self->session, "push", G_CALLBACK (on_session_push), self);
  g_signal_connect_swapped (self->session, "refused", G_CALLBACK (on_session_refused), self);
  g_signal_connect_swapped (self->session, "unreachable", G_CALLBACK (on_session_unreachable), self);
  g_signal_connect_swapped (self->session, "kicked", G_CALLBACK (on_session_kicked), self);
  g_signal_connect_swapped (self->session, "expired", G_CALLBACK (on_session_expired), self);
  g_signal_connect_swapped (self->calls, "added", G_CALLBACK (on_call_added), self);
  g_signal_connect_swapped (self->calls, "incoming", G_CALLBACK (on_call_incoming), self);
  g_signal_connect_swapped (self->calls, "call-ended", G_CALLBACK (on_call_ended), self);
}

AhoyEngine *
ahoy_engine_new (void)
{
  return g_object_new (AHOY_TYPE_ENGINE, NULL);
}

AhoyEngineState
ahoy_engine_get_state (AhoyEngine *self)
{
  g_return_val_if_fail (AHOY_IS_ENGINE (self), AHOY_ENGINE_SIGNED_OUT);

  return self->state;
}

AhoyUser *
ahoy_engine_get_self (AhoyEngine *self)
{
  g_return_val_if_fail (AHOY_IS_ENGINE (self), NULL);

  return self->self_user;
}

GListModel *
ahoy_engine_get_calls (AhoyEngine *self)
{
  g_return_val_if_fail (AHOY_IS_ENGINE (self), NULL);

  return ahoy_call_list_get_model (self->calls);
}

AhoyCall *
ahoy_engine_get_current_call (AhoyEngine *self)
{
  g_return_val_if_fail (AHOY_IS_ENGINE (self), NULL);

  return ahoy_call_list_get_current (self->calls);
}

AhoyCall *
ahoy_engine_find_call (AhoyEngine *self,
                       const char *call_id)
{
  g_return_val_if_fail (AHOY_IS_ENGINE (self), NULL);

  return ahoy_call_list_find (self->calls, call_id);
}

AhoyContacts *
ahoy_engine_get_contacts (AhoyEngine *self)
{
  g_return_val_if_fail (AHOY_IS_ENGINE (self), NULL);

  return self->contacts;
}

AhoyMedia *
ahoy_engine_get_media (AhoyEngine *self)
{
  g_return_val_if_fail (AHOY_IS_ENGINE (self), NULL);

  return self->media;
}

AhoyDevices *
ahoy_engine_get_devices (AhoyEngine *self)
{
  g_return_val_if_fail (AHOY_IS_ENGINE (self), NULL);

  return ahoy_media_get_devices (self->media);
}

AhoyUser *
ahoy_engine_get_user (AhoyEngine *self,
                      const char *user_id)
{
  g_return_val_if_fail (AHOY_IS_ENGINE (self), NULL);
  g_return_val_if_fail (user_id != NULL, NULL);

  return ahoy_people_get (self->people, user_id);
}

gboolean
ahoy_engine_get_echo (AhoyEngine *self)
{
  g_return_val_if_fail (AHOY_IS_ENGINE (self), FALSE);

  return ahoy_call_list_get_echo (self->calls);
}

void
ahoy_engine_set_echo (AhoyEngine *self,
                      gboolean    echo)
{
  g_return_if_fail (AHOY_IS_ENGINE (self));

  echo = !!echo;
  if (ahoy_call_list_get_echo (self->calls) == echo)
    return;

  ahoy_call_list_set_echo (self->calls, echo);
  notify (self, PROP_ECHO);
}

static void
on_device_id (GObject      *object,
              GAsyncResult *result,
              gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  AhoyEngine *self = g_task_get_source_object (task);
  Login *login = g_task_get_task_data (task);
  AhoySessionAccount account = { 0 };

  if (result)
    {
      g_free (self->device_id);
      self->device_id = ahoy_device_id_load_finish (result);
    }
  /* Signed out again meanwhile. */
  if (self->login != task)
    return;

  account.address = login->address;
  account.app_id = self->app_id;
  account.user_id = login->user_id;
  account.user_sig = login->user_sig;
  account.device_id = self->device_id;
  account.keep_trying = self->keep_trying;
  if (g_set_object (&self->self_user, ahoy_people_learn (self->people, login->user_id, NULL, NULL)))
    notify (self, PROP_SELF);
  ahoy_contacts_open (self->contacts, self->app_id, login->user_id);
  ahoy_session_start (self->session, &account);
}

static gboolean
check_login (AhoyEngine *self,
             guint64     app_id,
             const char *user_id,
             const char *user_sig,
             GTask      *task)
{
  if (self->login || ahoy_session_is_started (self->session))
    g_task_return_new_error (task, AHOY_ERROR, AHOY_ERROR_REQUEST_REPEATED, "Already signed in");
  else if (!app_id || app_id > G_MAXUINT32 || !user_id || !ahoy_user_id_is_valid (user_id))
    g_task_return_new_error (task, AHOY_ERROR, AHOY_ERROR_PARAM_INVALID, "Not a user of an application");
  else if (!user_sig || !*user_sig)
    g_task_return_new_error (task, AHOY_ERROR, AHOY_ERROR_USER_SIG_EMPTY, "The userSig is empty");
  else
    return TRUE;
  return FALSE;
}

void
ahoy_engine_login_async (AhoyEngine          *self,
                         const char          *server_uri,
                         guint64              app_id,
                         const char          *user_id,
                         const char          *user_sig,
                         GCancellable        *cancellable,
                         GAsyncReadyCallback  callback,
                         gpointer             user_data)
{
  g_autoptr (GTask) task = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *address = NULL;
  Login *login;

  g_return_if_fail (AHOY_IS_ENGINE (self));

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, ahoy_engine_login_async);
  if (!check_login (self, app_id, user_id, user_sig, task))
    return;
  address = ahoy_websocket_transport_make_address (server_uri, &error);
  if (!address)
    {
      g_task_return_error (task, g_steal_pointer (&error));
      return;
    }

  login = g_new0 (Login, 1);
  login->address = g_steal_pointer (&address);
  login->user_id = g_strdup (user_id);
  login->user_sig = g_strdup (user_sig);
  g_task_set_task_data (task, login, (GDestroyNotify) login_free);
  self->login = g_object_ref (task);
  self->app_id = app_id;
  g_free (self->server_uri);
  self->server_uri = g_strdup (server_uri);
  notify (self, PROP_APP_ID);
  notify (self, PROP_SERVER_URI);
  take_ticket (self, user_sig);
  update_state (self);

  if (self->device_id)
    on_device_id (NULL, NULL, g_steal_pointer (&task));
  else
    ahoy_device_id_load_async (NULL, on_device_id, g_steal_pointer (&task));
}

gboolean
ahoy_engine_login_finish (AhoyEngine    *self,
                          GAsyncResult  *result,
                          GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}

void
ahoy_engine_set_keep_trying (AhoyEngine *self,
                             gboolean    keep_trying)
{
  g_return_if_fail (AHOY_IS_ENGINE (self));

  self->keep_trying = keep_trying;
}

void
ahoy_engine_try_now (AhoyEngine *self)
{
  g_return_if_fail (AHOY_IS_ENGINE (self));

  ahoy_session_try_now (self->session);
}

void
ahoy_engine_renew_user_sig (AhoyEngine *self,
                            const char *user_sig)
{
  g_return_if_fail (AHOY_IS_ENGINE (self));
  g_return_if_fail (user_sig != NULL);

  if (!ahoy_session_is_started (self->session))
    return;

  take_ticket (self, user_sig);
  ahoy_session_renew (self->session, user_sig);
}

static void
on_signed_out (GObject      *object,
               GAsyncResult *result,
               gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;

  ahoy_session_sign_out_finish (AHOY_SESSION (object), result, NULL);
  g_task_return_boolean (task, TRUE);
}

void
ahoy_engine_logout_async (AhoyEngine          *self,
                          GCancellable        *cancellable,
                          GAsyncReadyCallback  callback,
                          gpointer             user_data)
{
  g_autoptr (GError) error = NULL;
  GTask *task;

  g_return_if_fail (AHOY_IS_ENGINE (self));

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, ahoy_engine_logout_async);
  if (self->login)
    {
      error = g_error_new_literal (G_IO_ERROR, G_IO_ERROR_CANCELLED, "Signed out");
      finish_login (self, error);
    }
  /* The requests that end the calls go out before the one that ends the session. */
  ahoy_call_list_hang_up_all (self->calls);
  ahoy_session_sign_out_async (self->session, on_signed_out, task);
}

gboolean
ahoy_engine_logout_finish (AhoyEngine    *self,
                           GAsyncResult  *result,
                           GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}

AhoyCall *
ahoy_engine_place_call (AhoyEngine         *self,
                        const char *const  *user_ids,
                        AhoyCallMedia       media,
                        AhoyCallOptions    *options,
                        GError            **error)
{
  g_return_val_if_fail (AHOY_IS_ENGINE (self), NULL);

  return ahoy_call_list_place (self->calls, user_ids, media, options, error);
}

static void
on_self_info (GObject      *object,
              GAsyncResult *result,
              gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonObject) answer = ahoy_session_request_finish (AHOY_SESSION (object), result, &error);
  AhoyEngine *self = g_task_get_source_object (task);
  JsonObject *data = g_task_get_task_data (task);

  if (!answer)
    {
      g_task_return_error (task, g_steal_pointer (&error));
      return;
    }

  if (self->self_user)
    ahoy_user_set_profile (self->self_user, ahoy_json_get_string (data, "nickname", AHOY_MAX_NICKNAME),
                           ahoy_json_get_string (data, "avatar", AHOY_MAX_AVATAR));
  g_task_return_boolean (task, TRUE);
}

void
ahoy_engine_set_self_info_async (AhoyEngine          *self,
                                 const char          *nickname,
                                 const char          *avatar,
                                 GCancellable        *cancellable,
                                 GAsyncReadyCallback  callback,
                                 gpointer             user_data)
{
  JsonObject *data;
  GTask *task;

  g_return_if_fail (AHOY_IS_ENGINE (self));

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, ahoy_engine_set_self_info_async);
  data = json_object_new ();
  if (nickname)
    json_object_set_string_member (data, "nickname", nickname);
  if (avatar)
    json_object_set_string_member (data, "avatar", avatar);
  g_task_set_task_data (task, data, (GDestroyNotify) json_object_unref);
  if ((nickname && strlen (nickname) > AHOY_MAX_NICKNAME) || (avatar && strlen (avatar) > AHOY_MAX_AVATAR))
    {
      g_task_return_new_error (task, AHOY_ERROR, AHOY_ERROR_PARAM_INVALID, "Name or picture address too long");
      g_object_unref (task);
      return;
    }
  ahoy_session_request_async (self->session, "profile.set", data, cancellable, on_self_info, task);
}

gboolean
ahoy_engine_set_self_info_finish (AhoyEngine    *self,
                                  GAsyncResult  *result,
                                  GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}

AhoySession *
ahoy_engine_get_session (AhoyEngine *self)
{
  return self->session;
}

AhoyPeople *
ahoy_engine_get_people (AhoyEngine *self)
{
  return self->people;
}

void
ahoy_engine_emit_history_changed (AhoyEngine *self)
{
  g_signal_emit (self, signals[SIGNAL_HISTORY_CHANGED], 0, NULL);
}
