/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "ahoy-record-private.h"

#include "ahoy-call-words.h"
#include "ahoy-enum-types.h"
#include "ahoy-field.h"
#include "ahoy-items.h"
#include "ahoy-limits.h"

/**
 * AhoyRecord:
 *
 * One line of the history, as the server keeps it; never changes.
 */
struct _AhoyRecord
{
  GObject parent_instance;

  char *call_id;        /* (owned) (not nullable) */
  AhoyUser *inviter;    /* (owned) (nullable) */
  GListStore *invitees; /* (owned) of AhoyUser */
  AhoyUser *peer;       /* (owned) (nullable) */
  AhoyCallMedia media;
  AhoyCallScene scene;
  AhoyCallRole role;
  AhoyCallResult result;
  AhoyEndReason reason;
  gint64 begin;         /* µs, real time */
  guint duration;       /* s */
};

G_DEFINE_FINAL_TYPE (AhoyRecord, ahoy_record, G_TYPE_OBJECT)

enum
{
  PROP_0,
  PROP_CALL_ID,
  PROP_INVITER,
  PROP_INVITEES,
  PROP_PEER,
  PROP_MEDIA,
  PROP_SCENE,
  PROP_ROLE,
  PROP_RESULT,
  PROP_BEGIN,
  PROP_DURATION,
  PROP_REASON,
  N_PROPS
};

#define READABLE (G_PARAM_READABLE | G_PARAM_STATIC_STRINGS)

static GParamSpec *properties[N_PROPS];

static void
ahoy_record_dispose (GObject *object)
{
  AhoyRecord *self = AHOY_RECORD (object);

  g_clear_object (&self->peer);
  g_clear_object (&self->inviter);
  g_clear_object (&self->invitees);

  G_OBJECT_CLASS (ahoy_record_parent_class)->dispose (object);
}

static void
ahoy_record_finalize (GObject *object)
{
  AhoyRecord *self = AHOY_RECORD (object);

  g_free (self->call_id);

  G_OBJECT_CLASS (ahoy_record_parent_class)->finalize (object);
}

/* Where the properties are that are no more than a field. */
static const gsize fields[] = {
  [PROP_CALL_ID] = G_STRUCT_OFFSET (AhoyRecord, call_id),
  [PROP_INVITER] = G_STRUCT_OFFSET (AhoyRecord, inviter),
  [PROP_INVITEES] = G_STRUCT_OFFSET (AhoyRecord, invitees),
  [PROP_PEER] = G_STRUCT_OFFSET (AhoyRecord, peer),
  [PROP_MEDIA] = G_STRUCT_OFFSET (AhoyRecord, media),
  [PROP_SCENE] = G_STRUCT_OFFSET (AhoyRecord, scene),
  [PROP_ROLE] = G_STRUCT_OFFSET (AhoyRecord, role),
  [PROP_RESULT] = G_STRUCT_OFFSET (AhoyRecord, result),
  [PROP_BEGIN] = G_STRUCT_OFFSET (AhoyRecord, begin),
  [PROP_DURATION] = G_STRUCT_OFFSET (AhoyRecord, duration),
  [PROP_REASON] = G_STRUCT_OFFSET (AhoyRecord, reason),
};

static void
ahoy_record_get_property (GObject    *object,
                          guint       prop_id,
                          GValue     *value,
                          GParamSpec *pspec)
{
  if (!ahoy_field_get (object, fields, G_N_ELEMENTS (fields), prop_id, value))
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
}

/* Who called whom. */
static void
install_people (void)
{
  /**
   * AhoyRecord:call-id:
   *
   * The id of the call, as [property@Call:id] was.
   */
  properties[PROP_CALL_ID] = g_param_spec_string ("call-id", NULL, NULL, NULL, READABLE);

  /**
   * AhoyRecord:inviter:
   *
   * Who began the call. Only %NULL when the server does not say it.
   */
  properties[PROP_INVITER] = g_param_spec_object ("inviter", NULL, NULL, AHOY_TYPE_USER, READABLE);

  /**
   * AhoyRecord:invitees:
   *
   * Everybody else who was called or came in, of [class@User].
   */
  properties[PROP_INVITEES] = g_param_spec_object ("invitees", NULL, NULL, G_TYPE_LIST_MODEL, READABLE);

  /**
   * AhoyRecord:peer:
   *
   * Whom to call back: the other side of a call of two, and of one of several who began it, or the first who was
   * called. %NULL when there was nobody else.
   */
  properties[PROP_PEER] = g_param_spec_object ("peer", NULL, NULL, AHOY_TYPE_USER, READABLE);
}

/* What kind of call it was, and how it went. */
static void
install_call (void)
{
  /**
   * AhoyRecord:media:
   *
   * Sound only, or sound and picture.
   */
  properties[PROP_MEDIA] = g_param_spec_enum ("media", NULL, NULL, AHOY_TYPE_CALL_MEDIA,
                                              AHOY_CALL_MEDIA_UNKNOWN, READABLE);

  /**
   * AhoyRecord:scene:
   *
   * Two people, several, or those of a group.
   */
  properties[PROP_SCENE] = g_param_spec_enum ("scene", NULL, NULL, AHOY_TYPE_CALL_SCENE,
                                              AHOY_CALL_SCENE_NONE, READABLE);

  /**
   * AhoyRecord:role:
   *
   * Whether this person placed the call, or was called.
   */
  properties[PROP_ROLE] = g_param_spec_enum ("role", NULL, NULL, AHOY_TYPE_CALL_ROLE,
                                             AHOY_CALL_ROLE_NONE, READABLE);

  /**
   * AhoyRecord:result:
   *
   * Missed, incoming or outgoing.
   */
  properties[PROP_RESULT] = g_param_spec_enum ("result", NULL, NULL, AHOY_TYPE_CALL_RESULT,
                                               AHOY_CALL_RESULT_UNKNOWN, READABLE);

  /**
   * AhoyRecord:begin:
   *
   * When this person called or was called, or joined, in microseconds of g_get_real_time().
   */
  properties[PROP_BEGIN] = g_param_spec_int64 ("begin", NULL, NULL, 0, G_MAXINT64, 0, READABLE);

  /**
   * AhoyRecord:duration:
   *
   * For how many seconds this person was in the call, of all stays together; 0 when never.
   */
  properties[PROP_DURATION] = g_param_spec_uint ("duration", NULL, NULL, 0, G_MAXUINT, 0, READABLE);

  /**
   * AhoyRecord:reason:
   *
   * Why it ended for this person.
   */
  properties[PROP_REASON] = g_param_spec_enum ("reason", NULL, NULL, AHOY_TYPE_END_REASON,
                                               AHOY_END_REASON_UNKNOWN, READABLE);
}

static void
ahoy_record_class_init (AhoyRecordClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = ahoy_record_dispose;
  object_class->finalize = ahoy_record_finalize;
  object_class->get_property = ahoy_record_get_property;

  install_people ();
  install_call ();
  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
ahoy_record_init (AhoyRecord *self)
{
  self->invitees = g_list_store_new (AHOY_TYPE_USER);
}

static AhoyUser *
find_user (AhoyPeople *people,
           JsonObject *nicknames,
           const char *id)
{
  const char *nickname = nicknames ? ahoy_json_get_string (nicknames, id, AHOY_MAX_NICKNAME) : NULL;
  AhoyUser *user = ahoy_people_get (people, id);

  /* The name in a record may be an old one: it only fills a gap. */
  if (nickname && !ahoy_user_get_nickname (user))
    ahoy_user_set_profile (user, nickname, NULL);
  return user;
}

static void
take_people (AhoyRecord *self,
             JsonObject *object,
             AhoyPeople *people,
             const char *self_id)
{
  JsonObject *nicknames = ahoy_json_get_object (object, "nicknames");
  JsonArray *invitees = ahoy_json_get_array (object, "invitees");
  const char *inviter = ahoy_json_get_string (object, "inviter", AHOY_MAX_USER_ID);

  if (inviter && *inviter)
    self->inviter = g_object_ref (find_user (people, nicknames, inviter));
  for (guint i = 0; i < ahoy_items_length (invitees); i++)
    {
      const char *id = ahoy_items_string (invitees, i);
      AhoyUser *user;

      if (!id || !*id)
        continue;

      user = find_user (people, nicknames, id);
      g_list_store_append (self->invitees, user);
      if (!self->peer && g_strcmp0 (id, self_id) != 0)
        self->peer = g_object_ref (user);
    }

  if (self->inviter && g_strcmp0 (inviter, self_id) != 0)
    g_set_object (&self->peer, self->inviter);
}

AhoyRecord *
ahoy_record_new_from_json (JsonObject *object,
                           AhoyPeople *people,
                           const char *self_id)
{
  const char *call_id = ahoy_json_get_string (object, "call", AHOY_MAX_CALL_ID);
  AhoyRecord *self;

  if (!call_id || !*call_id)
    return NULL;

  self = g_object_new (AHOY_TYPE_RECORD, NULL);
  self->call_id = g_strdup (call_id);
  self->media = ahoy_call_media_from_word (ahoy_json_get_string (object, "media", 16));
  self->scene = ahoy_call_scene_from_word (ahoy_json_get_string (object, "scene", 16));
  self->role = (AhoyCallRole) CLAMP (ahoy_json_get_int (object, "role", 0), 0, AHOY_CALL_ROLE_CALLED);
  self->result = (AhoyCallResult) CLAMP (ahoy_json_get_int (object, "result", 0), 0, AHOY_CALL_RESULT_OUTGOING);
  self->reason = ahoy_end_reason_from_number (ahoy_json_get_int (object, "reason", 0));
  self->begin = CLAMP (ahoy_json_get_int (object, "begin", 0), 0, G_MAXINT64 / 1000) * 1000;
  self->duration = (guint) CLAMP (ahoy_json_get_int (object, "duration", 0), 0, G_MAXUINT32);
  take_people (self, object, people, self_id);
  return self;
}

/**
 * ahoy_record_get_call_id:
 * @self: a record
 *
 * Returns: id of the call
 */
const char *
ahoy_record_get_call_id (AhoyRecord *self)
{
  g_return_val_if_fail (AHOY_IS_RECORD (self), NULL);

  return self->call_id;
}

/**
 * ahoy_record_get_peer:
 * @self: a record
 *
 * Whom to call back.
 *
 * Returns: (transfer none) (nullable): the other side, or %NULL when there was nobody else
 */
AhoyUser *
ahoy_record_get_peer (AhoyRecord *self)
{
  g_return_val_if_fail (AHOY_IS_RECORD (self), NULL);

  return self->peer;
}

/**
 * ahoy_record_get_inviter:
 * @self: a record
 *
 * Returns: (transfer none): who placed the call
 */
AhoyUser *
ahoy_record_get_inviter (AhoyRecord *self)
{
  g_return_val_if_fail (AHOY_IS_RECORD (self), NULL);

  return self->inviter;
}

/**
 * ahoy_record_get_media:
 * @self: a record
 *
 * Returns: sound only, or sound and picture
 */
AhoyCallMedia
ahoy_record_get_media (AhoyRecord *self)
{
  g_return_val_if_fail (AHOY_IS_RECORD (self), AHOY_CALL_MEDIA_UNKNOWN);

  return self->media;
}

/**
 * ahoy_record_get_role:
 * @self: a record
 *
 * Returns: whether one's own account placed the call
 */
AhoyCallRole
ahoy_record_get_role (AhoyRecord *self)
{
  g_return_val_if_fail (AHOY_IS_RECORD (self), AHOY_CALL_ROLE_NONE);

  return self->role;
}

/**
 * ahoy_record_get_result:
 * @self: a record
 *
 * Returns: missed, incoming or outgoing
 */
AhoyCallResult
ahoy_record_get_result (AhoyRecord *self)
{
  g_return_val_if_fail (AHOY_IS_RECORD (self), AHOY_CALL_RESULT_UNKNOWN);

  return self->result;
}

/**
 * ahoy_record_get_begin:
 * @self: a record
 *
 * Returns: when it was placed, in microseconds of the real time
 */
gint64
ahoy_record_get_begin (AhoyRecord *self)
{
  g_return_val_if_fail (AHOY_IS_RECORD (self), 0);

  return self->begin;
}

/**
 * ahoy_record_get_duration:
 * @self: a record
 *
 * Returns: how long one was in it, in seconds; 0 when it was never answered
 */
guint
ahoy_record_get_duration (AhoyRecord *self)
{
  g_return_val_if_fail (AHOY_IS_RECORD (self), 0);

  return self->duration;
}

/**
 * ahoy_record_get_reason:
 * @self: a record
 *
 * Returns: why it ended
 */
AhoyEndReason
ahoy_record_get_reason (AhoyRecord *self)
{
  g_return_val_if_fail (AHOY_IS_RECORD (self), AHOY_END_REASON_UNKNOWN);

  return self->reason;
}
