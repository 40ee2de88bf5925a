/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "ahoy-engine-private.h"

#include "ahoy-enum-types.h"
#include "ahoy-field.h"

/* What can be read of an engine, and what can be set. */

#define READABLE (G_PARAM_READABLE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY)
#define WRITABLE (READABLE | G_PARAM_WRITABLE)

static GParamSpec *properties[AHOY_ENGINE_N_PROPS];

void
ahoy_engine_notify (AhoyEngine     *self,
                    AhoyEngineProp  prop)
{
  g_object_notify_by_pspec (G_OBJECT (self), properties[prop]);
}

AhoyPeople *
ahoy_engine_get_people (AhoyEngine *self)
{
  return self->people;
}

void
ahoy_engine_set_call_elsewhere (AhoyEngine *self,
                                const char *call_id)
{
  char *copy;

  if (call_id && !*call_id)
    call_id = NULL;
  if (g_strcmp0 (self->call_elsewhere, call_id) == 0)
    return;

  copy = g_strdup (call_id);
  g_free (self->call_elsewhere);
  self->call_elsewhere = copy;
  ahoy_engine_notify (self, AHOY_ENGINE_PROP_CALL_ELSEWHERE);
}

void
ahoy_engine_take_multi_device (AhoyEngine *self,
                               gboolean    multi_device)
{
  if (self->multi_device == multi_device)
    return;

  self->multi_device = multi_device;
  ahoy_engine_notify (self, AHOY_ENGINE_PROP_MULTI_DEVICE);
}

/* Where the properties are that are no more than a field. */
static const gsize fields[] = {
  [AHOY_ENGINE_PROP_STATE] = G_STRUCT_OFFSET (AhoyEngine, state),
  [AHOY_ENGINE_PROP_SELF] = G_STRUCT_OFFSET (AhoyEngine, self_user),
  [AHOY_ENGINE_PROP_SERVER_URI] = G_STRUCT_OFFSET (AhoyEngine, server_uri),
  [AHOY_ENGINE_PROP_APP_ID] = G_STRUCT_OFFSET (AhoyEngine, app_id),
  [AHOY_ENGINE_PROP_CONTACTS] = G_STRUCT_OFFSET (AhoyEngine, contacts),
  [AHOY_ENGINE_PROP_GROUPS] = G_STRUCT_OFFSET (AhoyEngine, groups),
  [AHOY_ENGINE_PROP_MEDIA] = G_STRUCT_OFFSET (AhoyEngine, media),
  [AHOY_ENGINE_PROP_USER_SIG_EXPIRES] = G_STRUCT_OFFSET (AhoyEngine, expires),
  [AHOY_ENGINE_PROP_TRUST] = G_STRUCT_OFFSET (AhoyEngine, trust),
  [AHOY_ENGINE_PROP_DEVICE_ID] = G_STRUCT_OFFSET (AhoyEngine, device_id),
  [AHOY_ENGINE_PROP_MULTI_DEVICE] = G_STRUCT_OFFSET (AhoyEngine, multi_device),
  [AHOY_ENGINE_PROP_CALL_ELSEWHERE] = G_STRUCT_OFFSET (AhoyEngine, call_elsewhere),
};

static void
ahoy_engine_get_property (GObject    *object,
                          guint       prop_id,
                          GValue     *value,
                          GParamSpec *pspec)
{
  AhoyEngine *self = AHOY_ENGINE (object);

  if (prop_id == AHOY_ENGINE_PROP_CALLS)
    g_value_set_object (value, ahoy_engine_get_calls (self));
  else if (prop_id == AHOY_ENGINE_PROP_DEVICES)
    g_value_set_object (value, ahoy_engine_get_devices (self));
  else if (prop_id == AHOY_ENGINE_PROP_VIDEO_SETTINGS)
    g_value_set_object (value, ahoy_engine_get_video_settings (self));
  else if (prop_id == AHOY_ENGINE_PROP_RETRY_AT)
    g_value_set_int64 (value, ahoy_session_get_retry_at (self->session));
  else if (prop_id == AHOY_ENGINE_PROP_ECHO)
    g_value_set_boolean (value, ahoy_engine_get_echo (self));
  else if (prop_id == AHOY_ENGINE_PROP_PRECONNECT)
    g_value_set_boolean (value, ahoy_call_list_get_preconnect (self->calls));
  else if (!ahoy_field_get (object, fields, G_N_ELEMENTS (fields), prop_id, value))
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
}

static void
set_preconnect (AhoyEngine *self,
                gboolean    preconnect)
{
  if (ahoy_call_list_get_preconnect (self->calls) == preconnect)
    return;

  ahoy_call_list_set_preconnect (self->calls, preconnect);
  ahoy_engine_notify (self, AHOY_ENGINE_PROP_PRECONNECT);
}

static void
set_trust (AhoyEngine   *self,
           GTlsDatabase *trust)
{
  if (!g_set_object (&self->trust, trust))
    return;

  ahoy_session_set_trust (self->session, trust);
  ahoy_engine_notify (self, AHOY_ENGINE_PROP_TRUST);
}

static void
ahoy_engine_set_property (GObject      *object,
                          guint         prop_id,
                          const GValue *value,
                          GParamSpec   *pspec)
{
  AhoyEngine *self = AHOY_ENGINE (object);

  if (prop_id == AHOY_ENGINE_PROP_ECHO)
    ahoy_engine_set_echo (self, g_value_get_boolean (value));
  else if (prop_id == AHOY_ENGINE_PROP_PRECONNECT)
    set_preconnect (self, g_value_get_boolean (value));
  else if (prop_id == AHOY_ENGINE_PROP_TRUST)
    set_trust (self, g_value_get_object (value));
  else if (prop_id == AHOY_ENGINE_PROP_DEVICE_ID)
    self->device_id = g_value_dup_string (value);
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
}

/* Who is signed in, where and as what. */
static void
install_account (void)
{
  /**
   * AhoyEngine:state:
   *
   * Signed in or not, connected or not.
   */
  properties[AHOY_ENGINE_PROP_STATE] = g_param_spec_enum ("state", NULL, NULL,
                                                          AHOY_TYPE_ENGINE_STATE, AHOY_ENGINE_SIGNED_OUT, READABLE);

  /**
   * AhoyEngine:self:
   *
   * Who is signed in.
   */
  properties[AHOY_ENGINE_PROP_SELF] = g_param_spec_object ("self", NULL, NULL, AHOY_TYPE_USER, READABLE);

  /**
   * AhoyEngine:server-uri:
   *
   * The server, as it was given.
   */
  properties[AHOY_ENGINE_PROP_SERVER_URI] = g_param_spec_string ("server-uri", NULL, NULL, NULL, READABLE);

  /**
   * AhoyEngine:app-id:
   *
   * The SDKAppID.
   */
  properties[AHOY_ENGINE_PROP_APP_ID] = g_param_spec_uint64 ("app-id", NULL, NULL, 0, G_MAXUINT64, 0, READABLE);

  /**
   * AhoyEngine:retry-at:
   *
   * When the server is tried again, in microseconds of g_get_monotonic_time(); 0 when no attempt is due.
   */
  properties[AHOY_ENGINE_PROP_RETRY_AT] = g_param_spec_int64 ("retry-at", NULL, NULL, 0, G_MAXINT64, 0, READABLE);

  /**
   * AhoyEngine:user-sig-expires:
   *
   * When the ticket lapses, in seconds since 1970; 0 when it is not known.
   */
  properties[AHOY_ENGINE_PROP_USER_SIG_EXPIRES] = g_param_spec_int64 ("user-sig-expires", NULL, NULL,
                                                                      G_MININT64, G_MAXINT64, 0, READABLE);

  /**
   * AhoyEngine:trust:
   *
   * Certificate authorities of one's own.
   */
  properties[AHOY_ENGINE_PROP_TRUST] = g_param_spec_object ("trust", NULL, NULL, G_TYPE_TLS_DATABASE, WRITABLE);

  /**
   * AhoyEngine:device-id:
   *
   * Which installation this is; %NULL, the rule, for the name kept in the user's data folder.
   */
  properties[AHOY_ENGINE_PROP_DEVICE_ID] = g_param_spec_string ("device-id", NULL, NULL,
                                                                NULL, WRITABLE | G_PARAM_CONSTRUCT_ONLY);

  /**
   * AhoyEngine:multi-device:
   *
   * Whether this person may be signed in on several devices at once; see [method@Engine.set_multi_device_async].
   */
  properties[AHOY_ENGINE_PROP_MULTI_DEVICE] = g_param_spec_boolean ("multi-device", NULL, NULL, FALSE, READABLE);
}

/* What it consists of. */
static void
install_parts (void)
{
  /**
   * AhoyEngine:calls:
   *
   * The calls, of [class@Call]: at most one that is not over, and for ten seconds those that are.
   */
  properties[AHOY_ENGINE_PROP_CALLS] = g_param_spec_object ("calls", NULL, NULL, G_TYPE_LIST_MODEL, READABLE);

  /**
   * AhoyEngine:contacts:
   *
   * The people of the account.
   */
  properties[AHOY_ENGINE_PROP_CONTACTS] = g_param_spec_object ("contacts", NULL, NULL, AHOY_TYPE_CONTACTS, READABLE);

  /**
   * AhoyEngine:groups:
   *
   * The groups that this person belongs to.
   */
  properties[AHOY_ENGINE_PROP_GROUPS] = g_param_spec_object ("groups", NULL, NULL, AHOY_TYPE_GROUPS, READABLE);

  /**
   * AhoyEngine:devices:
   *
   * Cameras, microphones and speakers.
   */
  properties[AHOY_ENGINE_PROP_DEVICES] = g_param_spec_object ("devices", NULL, NULL, AHOY_TYPE_DEVICES, READABLE);

  /**
   * AhoyEngine:media:
   *
   * Capture and playback.
   */
  properties[AHOY_ENGINE_PROP_MEDIA] = g_param_spec_object ("media", NULL, NULL, AHOY_TYPE_MEDIA, READABLE);

  /**
   * AhoyEngine:video-settings:
   *
   * Size and shape of the own picture.
   */
  properties[AHOY_ENGINE_PROP_VIDEO_SETTINGS] = g_param_spec_object ("video-settings", NULL, NULL,
                                                                     AHOY_TYPE_VIDEO_SETTINGS, READABLE);
}

/* How it calls. */
static void
install_calling (void)
{
  /**
   * AhoyEngine:echo:
   *
   * Whether every call is accepted, and what comes is sent back. For agents.
   */
  properties[AHOY_ENGINE_PROP_ECHO] = g_param_spec_boolean ("echo", NULL, NULL, FALSE, WRITABLE);

  /**
   * AhoyEngine:preconnect:
   *
   * Whether the connection to a contact who calls is made while it still rings.
   */
  properties[AHOY_ENGINE_PROP_PRECONNECT] = g_param_spec_boolean ("preconnect", NULL, NULL, TRUE, WRITABLE);

  /**
   * AhoyEngine:call-elsewhere:
   *
   * The id of a call of this person that runs on another device; see [method@Engine.take_over_async].
   */
  properties[AHOY_ENGINE_PROP_CALL_ELSEWHERE] = g_param_spec_string ("call-elsewhere", NULL, NULL, NULL, READABLE);
}

void
ahoy_engine_install_properties (GObjectClass *object_class)
{
  object_class->get_property = ahoy_engine_get_property;
  object_class->set_property = ahoy_engine_set_property;

  install_account ();
  install_parts ();
  install_calling ();
  g_object_class_install_properties (object_class, AHOY_ENGINE_N_PROPS, properties);
}

/**
 * ahoy_engine_get_state:
 * @self: an engine
 *
 * Returns: signed in or not, connected or not
 */
AhoyEngineState
ahoy_engine_get_state (AhoyEngine *self)
{
  g_return_val_if_fail (AHOY_IS_ENGINE (self), AHOY_ENGINE_SIGNED_OUT);

  return self->state;
}

/**
 * ahoy_engine_get_self:
 * @self: an engine
 *
 * Returns: (transfer none) (nullable): who is signed in
 */
AhoyUser *
ahoy_engine_get_self (AhoyEngine *self)
{
  g_return_val_if_fail (AHOY_IS_ENGINE (self), NULL);

  return self->self_user;
}

/**
 * ahoy_engine_get_calls:
 * @self: an engine
 *
 * Returns: (transfer none): the calls, of [class@Call]
 */
GListModel *
ahoy_engine_get_calls (AhoyEngine *self)
{
  g_return_val_if_fail (AHOY_IS_ENGINE (self), NULL);

  return ahoy_call_list_get_model (self->calls);
}

/**
 * ahoy_engine_get_current_call:
 * @self: an engine
 *
 * Returns: (transfer none) (nullable): the one that is not over
 */
AhoyCall *
ahoy_engine_get_current_call (AhoyEngine *self)
{
  g_return_val_if_fail (AHOY_IS_ENGINE (self), NULL);

  return ahoy_call_list_get_current (self->calls);
}

/**
 * ahoy_engine_find_call:
 * @self: an engine
 * @call_id: an id
 *
 * Returns: (transfer none) (nullable): the call of that id
 */
AhoyCall *
ahoy_engine_find_call (AhoyEngine *self,
                       const char *call_id)
{
  g_return_val_if_fail (AHOY_IS_ENGINE (self), NULL);

  return ahoy_call_list_find (self->calls, call_id);
}

/**
 * ahoy_engine_get_contacts:
 * @self: an engine
 *
 * Returns: (transfer none): the people of the account
 */
AhoyContacts *
ahoy_engine_get_contacts (AhoyEngine *self)
{
  g_return_val_if_fail (AHOY_IS_ENGINE (self), NULL);

  return self->contacts;
}

/**
 * ahoy_engine_get_groups:
 * @self: an engine
 *
 * Returns: (transfer none): the groups that this person belongs to
 */
AhoyGroups *
ahoy_engine_get_groups (AhoyEngine *self)
{
  g_return_val_if_fail (AHOY_IS_ENGINE (self), NULL);

  return self->groups;
}

/**
 * ahoy_engine_get_media:
 * @self: an engine
 *
 * Returns: (transfer none): capture and playback
 */
AhoyMedia *
ahoy_engine_get_media (AhoyEngine *self)
{
  g_return_val_if_fail (AHOY_IS_ENGINE (self), NULL);

  return self->media;
}

/**
 * ahoy_engine_get_devices:
 * @self: an engine
 *
 * Returns: (transfer none): cameras, microphones and speakers
 */
AhoyDevices *
ahoy_engine_get_devices (AhoyEngine *self)
{
  g_return_val_if_fail (AHOY_IS_ENGINE (self), NULL);

  return ahoy_media_get_devices (self->media);
}

/**
 * ahoy_engine_get_video_settings:
 * @self: an engine
 *
 * Returns: (transfer none): size and shape of the own picture
 */
AhoyVideoSettings *
ahoy_engine_get_video_settings (AhoyEngine *self)
{
  g_return_val_if_fail (AHOY_IS_ENGINE (self), NULL);

  return ahoy_media_get_video_settings (self->media);
}

/**
 * ahoy_engine_get_multi_device:
 * @self: an engine
 *
 * Returns: whether this person may be signed in on several devices
 */
gboolean
ahoy_engine_get_multi_device (AhoyEngine *self)
{
  g_return_val_if_fail (AHOY_IS_ENGINE (self), FALSE);

  return self->multi_device;
}

/**
 * ahoy_engine_get_call_elsewhere:
 * @self: an engine
 *
 * Returns: (nullable): the id of a call of this person on another device
 */
const char *
ahoy_engine_get_call_elsewhere (AhoyEngine *self)
{
  g_return_val_if_fail (AHOY_IS_ENGINE (self), NULL);

  return self->call_elsewhere;
}

/**
 * ahoy_engine_get_user:
 * @self: an engine
 * @user_id: an id
 *
 * Returns: (transfer none): the one object of that id; the profile is fetched when it is not known yet
 */
AhoyUser *
ahoy_engine_get_user (AhoyEngine *self,
                      const char *user_id)
{
  g_return_val_if_fail (AHOY_IS_ENGINE (self), NULL);
  g_return_val_if_fail (user_id != NULL, NULL);

  return ahoy_people_get (self->people, user_id);
}

/**
 * ahoy_engine_get_echo:
 * @self: an engine
 *
 * Returns: whether every call is accepted, and what comes is sent back
 */
gboolean
ahoy_engine_get_echo (AhoyEngine *self)
{
  g_return_val_if_fail (AHOY_IS_ENGINE (self), FALSE);

  return ahoy_call_list_get_echo (self->calls);
}

/**
 * ahoy_engine_set_echo:
 * @self: an engine
 * @echo: whether every call is to be accepted, and what comes sent back
 *
 * Makes an echo of this engine, for agents: no microphone and no camera is opened. Holds for calls to come.
 */
void
ahoy_engine_set_echo (AhoyEngine *self,
                      gboolean    echo)
{
  g_return_if_fail (AHOY_IS_ENGINE (self));

  echo = !!echo;
  if (ahoy_call_list_get_echo (self->calls) == echo)
    return;

  ahoy_call_list_set_echo (self->calls, echo);
  ahoy_engine_notify (self, AHOY_ENGINE_PROP_ECHO);
}
