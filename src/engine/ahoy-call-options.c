/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "ahoy-call-options-private.h"

#include "ahoy-limits.h"

#include <string.h>

/**
 * AhoyCallOptions:
 *
 * What a call that is placed may be told besides whom it is for. All of it is optional. A value out of range is found
 * out by [method@Engine.place_call], which then fails with -1202.
 */
G_DEFINE_BOXED_TYPE (AhoyCallOptions, ahoy_call_options, ahoy_call_options_copy, ahoy_call_options_free)

/**
 * ahoy_call_options_new:
 *
 * Makes options that change nothing: rings for 30 seconds, and the camera of a video call is on.
 *
 * Returns: (transfer full): the new options
 */
AhoyCallOptions *
ahoy_call_options_new (void)
{
  AhoyCallOptions *self = g_new0 (AhoyCallOptions, 1);

  self->camera_on = TRUE;
  return self;
}

/**
 * ahoy_call_options_copy:
 * @self: the options
 *
 * Returns: (transfer full): the same once more
 */
AhoyCallOptions *
ahoy_call_options_copy (const AhoyCallOptions *self)
{
  AhoyCallOptions *copy;

  g_return_val_if_fail (self != NULL, NULL);

  copy = g_new0 (AhoyCallOptions, 1);
  *copy = *self;
  copy->user_data = g_strdup (self->user_data);
  copy->group_id = g_strdup (self->group_id);
  copy->room = g_strdup (self->room);
  copy->push_title = g_strdup (self->push_title);
  copy->push_text = g_strdup (self->push_text);
  copy->push_sound = g_strdup (self->push_sound);
  return copy;
}

/**
 * ahoy_call_options_free:
 * @self: (nullable): the options
 *
 * Frees options that ahoy_call_options_new() or ahoy_call_options_copy() has made.
 */
void
ahoy_call_options_free (AhoyCallOptions *self)
{
  if (!self)
    return;

  g_free (self->user_data);
  g_free (self->group_id);
  g_free (self->room);
  g_free (self->push_title);
  g_free (self->push_text);
  g_free (self->push_sound);
  g_free (self);
}

static void
replace (char       **field,
         const char  *value)
{
  char *copy = g_strdup (value);

  g_free (*field);
  *field = copy;
}

/**
 * ahoy_call_options_set_timeout:
 * @self: the options
 * @seconds: 10 to 600, or 0 for the default of 30
 *
 * How long it rings at most.
 */
void
ahoy_call_options_set_timeout (AhoyCallOptions *self,
                               guint            seconds)
{
  g_return_if_fail (self != NULL);

  self->timeout = seconds;
}

/**
 * ahoy_call_options_set_user_data:
 * @self: the options
 * @user_data: (nullable): at most 1000 bytes of UTF-8
 *
 * What the called ones are handed unread, in [property@Call:user-data].
 */
void
ahoy_call_options_set_user_data (AhoyCallOptions *self,
                                 const char      *user_data)
{
  g_return_if_fail (self != NULL);

  replace (&self->user_data, user_data);
}

/**
 * ahoy_call_options_set_ephemeral:
 * @self: the options
 * @ephemeral: whether the call leaves no record in anybody's history
 *
 * Lets a call be forgotten when it is over. It is off at first.
 */
void
ahoy_call_options_set_ephemeral (AhoyCallOptions *self,
                                 gboolean         ephemeral)
{
  g_return_if_fail (self != NULL);

  self->ephemeral = ephemeral;
}

/**
 * ahoy_call_options_set_camera_on:
 * @self: the options
 * @on: whether a video call begins with the own camera on
 *
 * Lets a call with pictures begin without the own one. It is on at first, and means nothing to a call of sound.
 */
void
ahoy_call_options_set_camera_on (AhoyCallOptions *self,
                                 gboolean         on)
{
  g_return_if_fail (self != NULL);

  self->camera_on = on;
}

/**
 * ahoy_call_options_set_group_id:
 * @self: the options
 * @group_id: (nullable): at most 64 bytes
 *
 * The group the call belongs to: its members see that it runs and may join. The server lets only members call, and
 * only members be called, in a group that it knows; the id of another is a label.
 */
void
ahoy_call_options_set_group_id (AhoyCallOptions *self,
                                const char      *group_id)
{
  g_return_if_fail (self != NULL);

  replace (&self->group_id, group_id);
}

/**
 * ahoy_call_options_set_room:
 * @self: the options
 * @room: (nullable): up to 64 bytes out of letters, digits, space and `!#$%&()+-:;<=.>?@[]^_{}|~,`
 *
 * The room that the call is in, for programs that name rooms with a text. When there is a number as well, the number
 * wins. Without either the server gives a number.
 */
void
ahoy_call_options_set_room (AhoyCallOptions *self,
                            const char      *room)
{
  g_return_if_fail (self != NULL);

  replace (&self->room, room);
}

/**
 * ahoy_call_options_set_room_number:
 * @self: the options
 * @room_number: 1 to 2147483647, or 0 for none
 *
 * The room that the call is in, for programs that number their rooms.
 */
void
ahoy_call_options_set_room_number (AhoyCallOptions *self,
                                   int              room_number)
{
  g_return_if_fail (self != NULL);

  self->room_number = room_number;
}

/**
 * ahoy_call_options_set_record_policy:
 * @self: the options
 * @policy: whether the server records this call
 *
 * Asks for a recording, or for none, whatever the server's configuration says.
 */
void
ahoy_call_options_set_record_policy (AhoyCallOptions  *self,
                                     AhoyRecordPolicy  policy)
{
  g_return_if_fail (self != NULL);

  self->record_policy = policy;
}

/**
 * ahoy_call_options_set_push:
 * @self: the options
 * @title: (nullable): the title of the notification that the called ones see
 * @text: (nullable): its text
 * @sound: (nullable): the name of its sound
 * @is_off: whether there is to be no notification at all
 *
 * What the called ones are shown while it rings: a title of at most 200 bytes, a text of at most 500 and the name of a
 * sound of at most 100. The server hands it on as it is.
 */
void
ahoy_call_options_set_push (AhoyCallOptions *self,
                            const char      *title,
                            const char      *text,
                            const char      *sound,
                            gboolean         is_off)
{
  g_return_if_fail (self != NULL);

  replace (&self->push_title, title);
  replace (&self->push_text, text);
  replace (&self->push_sound, sound);
  self->push_off = is_off;
}

static gboolean
text_fits (const char *text,
           gsize       max_bytes)
{
  return !text || (strlen (text) <= max_bytes && g_utf8_validate (text, -1, NULL));
}

static gboolean
room_is_valid (const char *room)
{
  return !room || (strlen (room) <= AHOY_MAX_ROOM_ID && strspn (room, AHOY_ROOM_ID_CHARACTERS) == strlen (room));
}

gboolean
ahoy_call_options_are_valid (AhoyCallOptions *self)
{
  if (!self)
    return TRUE;
  if (self->timeout && (self->timeout < AHOY_RING_TIMEOUT_MIN_S || self->timeout > AHOY_RING_TIMEOUT_MAX_S))
    return FALSE;
  if (self->room_number < 0 || self->record_policy > AHOY_RECORD_POLICY_OFF)
    return FALSE;
  /* The number wins, but a text that is none is a mistake all the same. */
  if (!room_is_valid (self->room))
    return FALSE;

  return text_fits (self->user_data, AHOY_MAX_USER_DATA) && text_fits (self->group_id, AHOY_MAX_GROUP_ID) &&
         text_fits (self->push_title, AHOY_MAX_PUSH_TITLE) && text_fits (self->push_text, AHOY_MAX_PUSH_TEXT) &&
         text_fits (self->push_sound, AHOY_MAX_PUSH_SOUND);
}

static void
set_text (JsonObject *data,
          const char *name,
          const char *text)
{
  if (text && *text)
    json_object_set_string_member (data, name, text);
}

static JsonObject *
make_push (AhoyCallOptions *self)
{
  JsonObject *push;

  if (!self->push_title && !self->push_text && !self->push_sound && !self->push_off)
    return NULL;

  push = json_object_new ();
  set_text (push, "title", self->push_title);
  set_text (push, "text", self->push_text);
  set_text (push, "sound", self->push_sound);
  if (self->push_off)
    json_object_set_boolean_member (push, "off", TRUE);
  return push;
}

JsonObject *
ahoy_call_options_make_invite (AhoyCallOptions *self,
                               GStrv            user_ids,
                               AhoyCallMedia    media)
{
  JsonObject *data = json_object_new ();
  JsonArray *to = json_array_new ();
  JsonObject *push;

  for (guint i = 0; user_ids[i]; i++)
    json_array_add_string_element (to, user_ids[i]);
  json_object_set_array_member (data, "to", to);
  json_object_set_string_member (data, "media", media == AHOY_CALL_MEDIA_VIDEO ? "video" : "audio");
  if (!self)
    return data;

  if (self->timeout)
    json_object_set_int_member (data, "timeout", self->timeout);
  set_text (data, "userData", self->user_data);
  set_text (data, "group", self->group_id);
  if (self->room_number)
    json_object_set_int_member (data, "roomNumber", self->room_number);
  else
    set_text (data, "room", self->room);
  if (self->record_policy != AHOY_RECORD_POLICY_FOLLOW)
    json_object_set_int_member (data, "recordPolicy", self->record_policy);
  if (self->ephemeral)
    json_object_set_boolean_member (data, "ephemeral", TRUE);
  push = make_push (self);
  if (push)
    json_object_set_object_member (data, "push", push);
  return data;
}
