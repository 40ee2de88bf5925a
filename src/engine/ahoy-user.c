/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "ahoy-user-private.h"

#include "ahoy-enum-types.h"
#include "ahoy-field.h"

/**
 * AhoyUser:
 *
 * A person, known or not. There is one object a user id and engine, so that whoever shows a person is told
 * when the name, the picture or the presence changes.
 */
struct _AhoyUser
{
  GObject parent_instance;

  char *id;              /* (owned) (not nullable), from construction */
  char *nickname;        /* (owned) (nullable) never empty */
  char *avatar;          /* (owned) (nullable) never empty */
  char *remark;          /* (owned) (nullable) never empty */
  AhoyPresence presence;
  gboolean is_contact;
  gboolean is_favourite;
};

G_DEFINE_FINAL_TYPE (AhoyUser, ahoy_user, G_TYPE_OBJECT)

enum
{
  PROP_0,
  PROP_ID,
  PROP_NICKNAME,
  PROP_AVATAR,
  PROP_REMARK,
  PROP_DISPLAY_NAME,
  PROP_IS_CONTACT,
  PROP_IS_FAVOURITE,
  PROP_PRESENCE,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

static gboolean
replace_text (AhoyUser    *self,
              char       **field,
              const char  *value,
              guint        prop)
{
  if (value && !*value)
    value = NULL;
  if (g_strcmp0 (*field, value) == 0)
    return FALSE;

  g_free (*field);
  *field = g_strdup (value);
  g_object_notify_by_pspec (G_OBJECT (self), properties[prop]);
  return TRUE;
}

static void
ahoy_user_finalize (GObject *object)
{
  AhoyUser *self = AHOY_USER (object);

  g_free (self->id);
  g_free (self->nickname);
  g_free (self->avatar);
  g_free (self->remark);

  G_OBJECT_CLASS (ahoy_user_parent_class)->finalize (object);
}

/* Where the properties are that are no more than a field. */
static const gsize fields[] = {
  [PROP_ID] = G_STRUCT_OFFSET (AhoyUser, id),
  [PROP_NICKNAME] = G_STRUCT_OFFSET (AhoyUser, nickname),
  [PROP_AVATAR] = G_STRUCT_OFFSET (AhoyUser, avatar),
  [PROP_REMARK] = G_STRUCT_OFFSET (AhoyUser, remark),
  [PROP_IS_CONTACT] = G_STRUCT_OFFSET (AhoyUser, is_contact),
  [PROP_IS_FAVOURITE] = G_STRUCT_OFFSET (AhoyUser, is_favourite),
  [PROP_PRESENCE] = G_STRUCT_OFFSET (AhoyUser, presence),
};

static void
ahoy_user_get_property (GObject    *object,
                        guint       prop_id,
                        GValue     *value,
                        GParamSpec *pspec)
{
  AhoyUser *self = AHOY_USER (object);

  if (prop_id == PROP_DISPLAY_NAME)
    g_value_set_string (value, ahoy_user_get_display_name (self));
  else if (!ahoy_field_get (object, fields, G_N_ELEMENTS (fields), prop_id, value))
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
}

static GParamSpec *
text_property (const char *name)
{
  return g_param_spec_string (name, NULL, NULL, NULL,
                              G_PARAM_READABLE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY);
}

static void
ahoy_user_class_init (AhoyUserClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GParamFlags flags = G_PARAM_READABLE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY;

  object_class->finalize = ahoy_user_finalize;
  object_class->get_property = ahoy_user_get_property;

  /**
   * AhoyUser:id:
   *
   * The user id, at most 32 bytes; never changes.
   */
  properties[PROP_ID] = text_property ("id");

  /**
   * AhoyUser:nickname:
   *
   * The name that this person has chosen. %NULL for none, and until it is known.
   */
  properties[PROP_NICKNAME] = text_property ("nickname");

  /**
   * AhoyUser:avatar:
   *
   * The address of a picture that this person has chosen, or %NULL.
   */
  properties[PROP_AVATAR] = text_property ("avatar");

  /**
   * AhoyUser:remark:
   *
   * The name that the own account has given this contact, or %NULL.
   */
  properties[PROP_REMARK] = text_property ("remark");

  /**
   * AhoyUser:display-name:
   *
   * The name to show: the remark, else the nickname, else the id. Never %NULL.
   */
  properties[PROP_DISPLAY_NAME] = text_property ("display-name");

  /**
   * AhoyUser:is-contact:
   *
   * Whether this person is a contact of the own account.
   */
  properties[PROP_IS_CONTACT] = g_param_spec_boolean ("is-contact", NULL, NULL, FALSE, flags);

  /**
   * AhoyUser:is-favourite:
   *
   * Whether this contact is a favourite one.
   */
  properties[PROP_IS_FAVOURITE] = g_param_spec_boolean ("is-favourite", NULL, NULL, FALSE, flags);

  /**
   * AhoyUser:presence:
   *
   * Whether this contact can be reached; %AHOY_PRESENCE_UNKNOWN of everybody else.
   */
  properties[PROP_PRESENCE] = g_param_spec_enum ("presence", NULL, NULL, AHOY_TYPE_PRESENCE,
                                                 AHOY_PRESENCE_UNKNOWN, flags);
  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
ahoy_user_init (AhoyUser *self)
{
}

AhoyUser *
ahoy_user_new (const char *id)
{
  AhoyUser *self = g_object_new (AHOY_TYPE_USER, NULL);

  self->id = g_strdup (id);
  return self;
}

void
ahoy_user_set_profile (AhoyUser   *self,
                       const char *nickname,
                       const char *avatar)
{
  g_return_if_fail (AHOY_IS_USER (self));

  g_object_freeze_notify (G_OBJECT (self));
  if (nickname && replace_text (self, &self->nickname, nickname, PROP_NICKNAME))
    g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_DISPLAY_NAME]);
  if (avatar)
    replace_text (self, &self->avatar, avatar, PROP_AVATAR);
  g_object_thaw_notify (G_OBJECT (self));
}

void
ahoy_user_set_contact (AhoyUser   *self,
                       gboolean    is_contact,
                       const char *remark,
                       gboolean    is_favourite)
{
  g_return_if_fail (AHOY_IS_USER (self));

  g_object_freeze_notify (G_OBJECT (self));
  if (replace_text (self, &self->remark, remark, PROP_REMARK))
    g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_DISPLAY_NAME]);
  if (self->is_contact != is_contact)
    {
      self->is_contact = is_contact;
      g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_IS_CONTACT]);
    }
  if (self->is_favourite != is_favourite)
    {
      self->is_favourite = is_favourite;
      g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_IS_FAVOURITE]);
    }
  g_object_thaw_notify (G_OBJECT (self));
}

void
ahoy_user_set_presence (AhoyUser     *self,
                        AhoyPresence  presence)
{
  g_return_if_fail (AHOY_IS_USER (self));

  if (self->presence == presence)
    return;

  self->presence = presence;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_PRESENCE]);
}

/**
 * ahoy_user_get_id:
 * @self: a person
 *
 * Returns: the id the person signs in with, for ever the same
 */
const char *
ahoy_user_get_id (AhoyUser *self)
{
  g_return_val_if_fail (AHOY_IS_USER (self), NULL);

  return self->id;
}

/**
 * ahoy_user_get_nickname:
 * @self: a person
 *
 * Returns: (nullable): the name the person has chosen, or %NULL when none is known
 */
const char *
ahoy_user_get_nickname (AhoyUser *self)
{
  g_return_val_if_fail (AHOY_IS_USER (self), NULL);

  return self->nickname;
}

/**
 * ahoy_user_get_avatar:
 * @self: a person
 *
 * Returns: (nullable): URL or data URI of the person's picture, or %NULL
 */
const char *
ahoy_user_get_avatar (AhoyUser *self)
{
  g_return_val_if_fail (AHOY_IS_USER (self), NULL);

  return self->avatar;
}

/**
 * ahoy_user_get_remark:
 * @self: a person
 *
 * Returns: (nullable): the name that one's own account has given to this contact, or %NULL
 */
const char *
ahoy_user_get_remark (AhoyUser *self)
{
  g_return_val_if_fail (AHOY_IS_USER (self), NULL);

  return self->remark;
}

/**
 * ahoy_user_get_display_name:
 * @self: a person
 *
 * Which name to show: the remark, else the nickname, else the id.
 *
 * Returns: the name; never empty
 */
const char *
ahoy_user_get_display_name (AhoyUser *self)
{
  g_return_val_if_fail (AHOY_IS_USER (self), NULL);

  if (self->remark)
    return self->remark;
  return self->nickname ? self->nickname : self->id;
}

/**
 * ahoy_user_get_is_contact:
 * @self: a person
 *
 * Returns: whether the person is among the contacts of the account
 */
gboolean
ahoy_user_get_is_contact (AhoyUser *self)
{
  g_return_val_if_fail (AHOY_IS_USER (self), FALSE);

  return self->is_contact;
}

/**
 * ahoy_user_get_is_favourite:
 * @self: a person
 *
 * Returns: whether the contact is marked as a favourite
 */
gboolean
ahoy_user_get_is_favourite (AhoyUser *self)
{
  g_return_val_if_fail (AHOY_IS_USER (self), FALSE);

  return self->is_favourite;
}

/**
 * ahoy_user_get_presence:
 * @self: a person
 *
 * Known for contacts while there is a connection; then "notify::presence" tells of changes.
 *
 * Returns: the presence as the server says it
 */
AhoyPresence
ahoy_user_get_presence (AhoyUser *self)
{
  g_return_val_if_fail (AHOY_IS_USER (self), AHOY_PRESENCE_UNKNOWN);

  return self->presence;
}
