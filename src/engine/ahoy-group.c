/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "ahoy-group-private.h"

#include "ahoy-call-words.h"
#include "ahoy-enum-types.h"
#include "ahoy-field.h"
#include "ahoy-json.h"
#include "ahoy-limits.h"

/**
 * AhoyGroup:
 *
 * People who call each other together, and the call that they are on, if any. The server keeps it; see [class@Groups].
 */
struct _AhoyGroup
{
  GObject parent_instance;

  char *id;          /* (owned) (not nullable), from construction */
  char *name;        /* (owned) (nullable) */
  char *owner;       /* (owned) (nullable) */
  GStrv member_ids;  /* (owned) (not nullable) */
  char *call_id;     /* (owned) (nullable) while one runs or rings */
  GStrv call_people; /* (owned) (not nullable) */
  AhoyCallMedia call_media;
};

G_DEFINE_FINAL_TYPE (AhoyGroup, ahoy_group, G_TYPE_OBJECT)

enum
{
  PROP_0,
  PROP_ID,
  PROP_NAME,
  PROP_OWNER,
  PROP_MEMBER_IDS,
  PROP_CALL_ID,
  PROP_CALL_MEDIA,
  PROP_CALL_PEOPLE,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

static void
ahoy_group_finalize (GObject *object)
{
  AhoyGroup *self = AHOY_GROUP (object);

  g_free (self->id);
  g_free (self->name);
  g_free (self->owner);
  g_free (self->call_id);
  g_strfreev (self->member_ids);
  g_strfreev (self->call_people);

  G_OBJECT_CLASS (ahoy_group_parent_class)->finalize (object);
}

/* Where the properties are, none of which is more than a field. */
static const gsize fields[] = {
  [PROP_ID] = G_STRUCT_OFFSET (AhoyGroup, id),
  [PROP_NAME] = G_STRUCT_OFFSET (AhoyGroup, name),
  [PROP_OWNER] = G_STRUCT_OFFSET (AhoyGroup, owner),
  [PROP_MEMBER_IDS] = G_STRUCT_OFFSET (AhoyGroup, member_ids),
  [PROP_CALL_ID] = G_STRUCT_OFFSET (AhoyGroup, call_id),
  [PROP_CALL_MEDIA] = G_STRUCT_OFFSET (AhoyGroup, call_media),
  [PROP_CALL_PEOPLE] = G_STRUCT_OFFSET (AhoyGroup, call_people),
};

static void
ahoy_group_get_property (GObject    *object,
                         guint       prop_id,
                         GValue     *value,
                         GParamSpec *pspec)
{
  if (!ahoy_field_get (object, fields, G_N_ELEMENTS (fields), prop_id, value))
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
}

static void
ahoy_group_class_init (AhoyGroupClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GParamFlags flags = G_PARAM_READABLE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY;

  object_class->finalize = ahoy_group_finalize;
  object_class->get_property = ahoy_group_get_property;

  /**
   * AhoyGroup:id:
   *
   * The id, which never changes.
   */
  properties[PROP_ID] = g_param_spec_string ("id", NULL, NULL, NULL, flags);

  /**
   * AhoyGroup:name:
   *
   * What people call it.
   */
  properties[PROP_NAME] = g_param_spec_string ("name", NULL, NULL, NULL, flags);

  /**
   * AhoyGroup:owner:
   *
   * The id of the one who may rename and delete it, and remove members.
   */
  properties[PROP_OWNER] = g_param_spec_string ("owner", NULL, NULL, NULL, flags);

  /**
   * AhoyGroup:member-ids:
   *
   * The ids of all members, the own one included.
   */
  properties[PROP_MEMBER_IDS] = g_param_spec_boxed ("member-ids", NULL, NULL, G_TYPE_STRV, flags);

  /**
   * AhoyGroup:call-id:
   *
   * The call that its members are on, or that rings; see [method@Engine.join_group_async].
   */
  properties[PROP_CALL_ID] = g_param_spec_string ("call-id", NULL, NULL, NULL, flags);

  /**
   * AhoyGroup:call-media:
   *
   * Whether that call has pictures.
   */
  properties[PROP_CALL_MEDIA] = g_param_spec_enum ("call-media", NULL, NULL, AHOY_TYPE_CALL_MEDIA,
                                                   AHOY_CALL_MEDIA_UNKNOWN, flags);

  /**
   * AhoyGroup:call-people:
   *
   * The ids of those who are on that call.
   */
  properties[PROP_CALL_PEOPLE] = g_param_spec_boxed ("call-people", NULL, NULL, G_TYPE_STRV, flags);
  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
ahoy_group_init (AhoyGroup *self)
{
  self->member_ids = g_new0 (char *, 1);
  self->call_people = g_new0 (char *, 1);
}

AhoyGroup *
ahoy_group_new (const char *id)
{
  AhoyGroup *self = g_object_new (AHOY_TYPE_GROUP, NULL);

  self->id = g_strdup (id);
  return self;
}

static void
take_text (AhoyGroup   *self,
           char       **field,
           const char  *text,
           guint        prop)
{
  if (text && !*text)
    text = NULL;
  if (g_strcmp0 (*field, text) == 0)
    return;

  g_free (*field);
  *field = g_strdup (text);
  g_object_notify_by_pspec (G_OBJECT (self), properties[prop]);
}

static void
take_ids (AhoyGroup  *self,
          GStrv      *field,
          JsonObject *data,
          const char *name,
          guint       prop)
{
  g_auto (GStrv) ids = NULL;

  if (data)
    ids = ahoy_json_get_strings (data, name, AHOY_MAX_GROUP_MEMBERS, AHOY_MAX_USER_ID);
  if (!ids)
    ids = g_new0 (char *, 1);
  if (g_strv_equal ((const char *const *) *field, (const char *const *) ids))
    return;

  g_strfreev (*field);
  *field = g_steal_pointer (&ids);
  g_object_notify_by_pspec (G_OBJECT (self), properties[prop]);
}

void
ahoy_group_take (AhoyGroup  *self,
                 JsonObject *data)
{
  JsonObject *call = ahoy_json_get_object (data, "call");
  AhoyCallMedia media = AHOY_CALL_MEDIA_UNKNOWN;

  if (call)
    media = ahoy_call_media_from_word (ahoy_json_get_string (call, "media", 16));

  g_object_freeze_notify (G_OBJECT (self));
  take_text (self, &self->name, ahoy_json_get_string (data, "name", AHOY_MAX_GROUP_NAME), PROP_NAME);
  take_text (self, &self->owner, ahoy_json_get_string (data, "owner", AHOY_MAX_USER_ID), PROP_OWNER);
  take_ids (self, &self->member_ids, data, "members", PROP_MEMBER_IDS);
  take_text (self, &self->call_id, call ? ahoy_json_get_string (call, "call", AHOY_MAX_CALL_ID) : NULL, PROP_CALL_ID);
  take_ids (self, &self->call_people, call, "people", PROP_CALL_PEOPLE);
  if (self->call_media != media)
    {
      self->call_media = media;
      g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_CALL_MEDIA]);
    }
  g_object_thaw_notify (G_OBJECT (self));
}

/**
 * ahoy_group_get_id:
 * @self: a group
 *
 * Returns: the id
 */
const char *
ahoy_group_get_id (AhoyGroup *self)
{
  g_return_val_if_fail (AHOY_IS_GROUP (self), NULL);

  return self->id;
}

/**
 * ahoy_group_get_name:
 * @self: a group
 *
 * Returns: (nullable): what people call it
 */
const char *
ahoy_group_get_name (AhoyGroup *self)
{
  g_return_val_if_fail (AHOY_IS_GROUP (self), NULL);

  return self->name;
}

/**
 * ahoy_group_get_owner:
 * @self: a group
 *
 * Returns: (nullable): the id of its owner
 */
const char *
ahoy_group_get_owner (AhoyGroup *self)
{
  g_return_val_if_fail (AHOY_IS_GROUP (self), NULL);

  return self->owner;
}

/**
 * ahoy_group_get_member_ids:
 * @self: a group
 *
 * Returns: (transfer none) (array zero-terminated=1): the ids of all members
 */
const char *const *
ahoy_group_get_member_ids (AhoyGroup *self)
{
  g_return_val_if_fail (AHOY_IS_GROUP (self), NULL);

  return (const char *const *) self->member_ids;
}

/**
 * ahoy_group_get_call_id:
 * @self: a group
 *
 * Returns: (nullable): the id of its running call
 */
const char *
ahoy_group_get_call_id (AhoyGroup *self)
{
  g_return_val_if_fail (AHOY_IS_GROUP (self), NULL);

  return self->call_id;
}

/**
 * ahoy_group_get_call_media:
 * @self: a group
 *
 * Returns: whether its running call has pictures
 */
AhoyCallMedia
ahoy_group_get_call_media (AhoyGroup *self)
{
  g_return_val_if_fail (AHOY_IS_GROUP (self), AHOY_CALL_MEDIA_UNKNOWN);

  return self->call_media;
}

/**
 * ahoy_group_get_call_people:
 * @self: a group
 *
 * Returns: (transfer none) (array zero-terminated=1): the ids of those who are on its running call
 */
const char *const *
ahoy_group_get_call_people (AhoyGroup *self)
{
  g_return_val_if_fail (AHOY_IS_GROUP (self), NULL);

  return (const char *const *) self->call_people;
}
