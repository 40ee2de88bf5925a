/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ahoy-invitation.h"

#include "ahoy-accounts.h"
#include "ahoy-error.h"
#include "ahoy-json.h"
#include "ahoy-limits.h"
#include "ahoy-people.h"
#include "ahoy-user-sig.h"

#include <string.h>

/* More than may come, so that repeats and those who are there already may be named as well. */
#define MAX_NAMED 64

void
ahoy_invitation_clear (AhoyInvitation *self)
{
  g_clear_pointer (&self->to, g_ptr_array_unref);
  g_clear_pointer (&self->push, ahoy_call_push_free);
}

static gboolean
refuse (GError    **error,
        const char *why)
{
  g_set_error_literal (error, AHOY_ERROR, AHOY_ERROR_PARAM_INVALID, why);

  return FALSE;
}

static gboolean
read_to (AhoyInvitation *self,
         AhoySession    *session,
         JsonObject     *data)
{
  g_auto (GStrv) to = ahoy_json_get_strings (data, "to", MAX_NAMED, AHOY_MAX_USER_ID);

  self->to = g_ptr_array_new_with_free_func (g_free);
  for (guint i = 0; to && to[i]; i++)
    {
      if (!ahoy_user_id_is_valid (to[i]))
        return FALSE;
      if (g_strcmp0 (to[i], session->user_id) == 0 ||
          g_ptr_array_find_with_equal_func (self->to, to[i], g_str_equal, NULL))
        continue;

      g_ptr_array_add (self->to, g_strdup (to[i]));
    }

  return self->to->len > 0;
}

gboolean
ahoy_invitation_read_people (AhoyInvitation *self,
                             AhoySession    *session,
                             JsonObject     *data,
                             GError        **error)
{
  if (!read_to (self, session, data))
    return refuse (error, "to has nobody, too many, or an invalid id");

  self->timeout_s = ahoy_json_get_int (data, "timeout", 0);
  if (self->timeout_s == 0)
    self->timeout_s = AHOY_RING_TIMEOUT_DEFAULT_S;
  if (self->timeout_s < AHOY_RING_TIMEOUT_MIN_S || self->timeout_s > AHOY_RING_TIMEOUT_MAX_S)
    return refuse (error, "timeout is out of range");

  return TRUE;
}

static gboolean
read_room (AhoyInvitation *self,
           JsonObject     *data,
           GError        **error)
{
  if (ahoy_json_has (data, "room"))
    {
      self->room = ahoy_json_get_string (data, "room", AHOY_MAX_ROOM_ID);
      if (!self->room || self->room[strspn (self->room, AHOY_ROOM_ID_CHARACTERS)] != '\0')
        return refuse (error, "room is too long or has a character that may not be in it");
    }

  self->room_number = ahoy_json_get_int (data, "roomNumber", ahoy_json_has (data, "roomNumber") ? -1 : 0);
  if (self->room_number < 0 || self->room_number > AHOY_MAX_ROOM_NUMBER)
    return refuse (error, "roomNumber is out of range");

  if (self->room_number != 0 || !self->room)
    self->room = "";
  if (self->room_number == 0 && !*self->room)
    self->room_number = g_random_int_range (1, AHOY_MAX_ROOM_NUMBER);

  return TRUE;
}

/* "" when it is missing, NULL when it is too long or invalid. */
static char *
dup_push_line (JsonObject *push,
               const char *name,
               gsize       max_bytes)
{
  const char *text;

  if (!ahoy_json_take_line (push, name, max_bytes, &text, NULL))
    return NULL;

  return g_strdup (text ? text : "");
}

static gboolean
read_push (AhoyInvitation *self,
           JsonObject     *data,
           GError        **error)
{
  JsonObject *object = ahoy_json_get_object (data, "push");

  if (!ahoy_json_has (data, "push"))
    return TRUE;
  if (!object)
    return refuse (error, "push is no object");

  self->push = g_new0 (AhoyCallPush, 1);
  self->push->title = dup_push_line (object, "title", AHOY_MAX_PUSH_TITLE);
  self->push->text = dup_push_line (object, "text", AHOY_MAX_PUSH_TEXT);
  self->push->sound = dup_push_line (object, "sound", AHOY_MAX_PUSH_SOUND);
  self->push->is_off = ahoy_json_get_bool (object, "off", FALSE);
  if (!self->push->title || !self->push->text || !self->push->sound)
    return refuse (error, "a text of push is too long or invalid");

  return TRUE;
}

gboolean
ahoy_invitation_read (AhoyInvitation *self,
                      AhoySession    *session,
                      JsonObject     *data,
                      GError        **error)
{
  if (!ahoy_invitation_read_people (self, session, data, error) ||
      !ahoy_json_need_string (data, "media", 8, &self->media, error) ||
      !ahoy_json_take_string (data, "userData", AHOY_MAX_USER_DATA, &self->user_data, error) ||
      !ahoy_json_take_string (data, "group", AHOY_MAX_GROUP_ID, &self->group, error) ||
      !read_room (self, data, error) || !read_push (self, data, error))
    return FALSE;
  if (self->to->len >= AHOY_MAX_PEOPLE)
    return refuse (error, "to has too many");
  if (!g_str_equal (self->media, "audio") && !g_str_equal (self->media, "video"))
    return refuse (error, "media is neither audio nor video");

  self->record_policy = ahoy_json_get_int (data, "recordPolicy", ahoy_json_has (data, "recordPolicy") ? -1 : 0);
  if (self->record_policy < 0 || self->record_policy > 2)
    return refuse (error, "recordPolicy is out of range");
  self->ephemeral = ahoy_json_get_bool (data, "ephemeral", FALSE);
  self->user_data = self->user_data ? self->user_data : "";
  self->group = self->group ? self->group : "";

  return TRUE;
}

GArray *
ahoy_invitation_list (AhoyInvitation *self,
                      AhoyServer     *server,
                      AhoySession    *session,
                      AhoyCallData   *call)
{
  GArray *people = g_array_new (FALSE, FALSE, sizeof (AhoyInvitee));

  for (guint i = 0; i < self->to->len; i++)
    {
      AhoyInvitee invitee = { .user = g_ptr_array_index (self->to, i) };
      g_autofree char *uid = ahoy_make_uid (session->app_id, invitee.user);
      AhoyCallData *other = ahoy_calls_find_user (server->calls, uid);
      const AhoyStoredProfile *profile = ahoy_people_get_profile (server->people, session->app_id, invitee.user);

      invitee.nickname = profile->nickname;
      invitee.avatar = profile->avatar;
      if (ahoy_accounts_is_blocked (server->accounts, session->app_id, session->user_id, invitee.user))
        invitee.reason = AHOY_REASON_REJECT;
      else if (other && other != call)
        invitee.reason = AHOY_REASON_BUSY;
      g_array_append_val (people, invitee);
    }

  return people;
}

gboolean
ahoy_invitation_is_blocked (const GArray *people)
{
  for (guint i = 0; i < people->len; i++)
    {
      if (g_array_index (people, AhoyInvitee, i).reason != AHOY_REASON_REJECT)
        return FALSE;
    }

  return TRUE;
}
