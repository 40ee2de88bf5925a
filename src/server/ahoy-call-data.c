/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ahoy-call-data.h"

#include "ahoy-limits.h"

static void
member_free (gpointer data)
{
  AhoyMember *self = data;

  g_free (self->user);
  g_free (self->device);
  g_free (self->nickname);
  g_free (self->avatar);
  g_free (self->by);
  g_free (self);
}

void
ahoy_call_push_free (AhoyCallPush *self)
{
  g_free (self->title);
  g_free (self->text);
  g_free (self->sound);
  g_free (self);
}

AhoyCallData *
ahoy_call_data_new (const char *id,
                    guint64     app_id,
                    const char *inviter)
{
  AhoyCallData *self = g_new0 (AhoyCallData, 1);

  self->id = g_strdup (id);
  self->app_id = app_id;
  self->inviter = g_strdup (inviter);
  self->ended_by = g_strdup ("");
  self->members = g_ptr_array_new_with_free_func (member_free);

  return self;
}

void
ahoy_call_data_free (AhoyCallData *self)
{
  if (!self)
    return;

  g_free (self->id);
  g_free (self->media);
  g_free (self->inviter);
  g_free (self->group);
  g_free (self->room);
  g_free (self->user_data);
  g_clear_pointer (&self->push, ahoy_call_push_free);
  g_free (self->ended_by);
  g_ptr_array_unref (self->members);
  g_free (self);
}

/* A call that goes on for ever while people come and go must not grow for ever. */
static void
forget_oldest (AhoyCallData *self)
{
  AhoyMember *oldest = NULL;

  for (guint i = 0; i < self->members->len; i++)
    {
      AhoyMember *member = g_ptr_array_index (self->members, i);

      if (member->status == AHOY_MEMBER_LEFT && g_strcmp0 (member->user, self->inviter) != 0 &&
          (!oldest || member->left_ms < oldest->left_ms))
        oldest = member;
    }
  if (oldest)
    g_ptr_array_remove (self->members, oldest);
}

AhoyMember *
ahoy_call_data_add (AhoyCallData *self,
                    const char   *user,
                    const char   *nickname,
                    const char   *avatar)
{
  AhoyMember *member = g_new0 (AhoyMember, 1);

  if (self->members->len >= AHOY_MAX_MEMBERS)
    forget_oldest (self);

  member->user = g_strdup (user);
  member->device = g_strdup ("");
  member->nickname = g_strdup (nickname);
  member->avatar = g_strdup (avatar);
  member->by = g_strdup ("");
  g_ptr_array_add (self->members, member);

  return member;
}

AhoyMember *
ahoy_call_data_find (const AhoyCallData *self,
                     const char         *user)
{
  for (guint i = 0; i < self->members->len; i++)
    {
      AhoyMember *member = g_ptr_array_index (self->members, i);

      if (g_strcmp0 (member->user, user) == 0)
        return member;
    }

  return NULL;
}

AhoyMember *
ahoy_call_data_invite (AhoyCallData      *self,
                       const AhoyInvitee *invitee,
                       const char        *by,
                       gint64             now_ms,
                       gint64             deadline_ms)
{
  AhoyMember *member = ahoy_call_data_find (self, invitee->user);
  gboolean is_free = invitee->reason == AHOY_REASON_NONE;

  /* Somebody who was in the call and hears nothing of this invitation keeps that part of the history. */
  if (!member)
    {
      member = ahoy_call_data_add (self, invitee->user, invitee->nickname, invitee->avatar);
      member->is_hidden = invitee->reason == AHOY_REASON_REJECT;
    }
  if (member->begun_ms == 0 || member->is_hidden)
    member->begun_ms = now_ms;
  if (invitee->reason != AHOY_REASON_REJECT)
    member->is_hidden = FALSE;

  g_free (member->by);
  member->by = g_strdup (by);
  g_free (member->device);
  member->device = g_strdup ("");
  member->status = is_free ? AHOY_MEMBER_INVITED : AHOY_MEMBER_LEFT;
  member->reason = invitee->reason;
  member->left_ms = is_free ? 0 : now_ms;
  member->stay_ms = 0;
  member->deadline_ms = is_free ? deadline_ms : 0;

  return member;
}

AhoyMember *
ahoy_call_data_begin (AhoyCallData *self,
                      const char   *device,
                      const char   *nickname,
                      const char   *avatar,
                      gint64        now_ms)
{
  AhoyMember *member = ahoy_call_data_add (self, self->inviter, nickname, avatar);

  g_free (member->device);
  member->device = g_strdup (device);
  member->status = AHOY_MEMBER_ACCEPTED;
  member->begun_ms = now_ms;
  member->joined_ms = now_ms;
  member->entry = ++self->last_entry;
  self->created_ms = now_ms;

  return member;
}

gboolean
ahoy_call_data_is_single (const AhoyCallData *self)
{
  return !self->is_multi && !*self->group;
}

static guint
count (const AhoyCallData *self,
       gboolean          (*is) (const AhoyMember *member))
{
  guint n = 0;

  for (guint i = 0; i < self->members->len; i++)
    n += is (g_ptr_array_index (self->members, i)) ? 1 : 0;

  return n;
}

guint
ahoy_call_data_count_in (const AhoyCallData *self)
{
  return count (self, ahoy_member_is_in);
}

guint
ahoy_call_data_count_waiting (const AhoyCallData *self)
{
  return count (self, ahoy_member_is_waiting);
}

gint64
ahoy_call_data_get_ring_deadline (const AhoyCallData *self)
{
  gint64 deadline_ms = 0;

  for (guint i = 0; i < self->members->len; i++)
    {
      const AhoyMember *member = g_ptr_array_index (self->members, i);

      if (ahoy_member_is_waiting (member))
        deadline_ms = MAX (deadline_ms, member->deadline_ms);
    }

  return deadline_ms;
}

gboolean
ahoy_member_is_in (const AhoyMember *self)
{
  switch (self->status)
    {
    case AHOY_MEMBER_ACCEPTED:
    case AHOY_MEMBER_LOST:
      return TRUE;
    case AHOY_MEMBER_INVITED:
    case AHOY_MEMBER_RINGING:
    case AHOY_MEMBER_LEFT:
    default:
      return FALSE;
    }
}

gboolean
ahoy_member_is_waiting (const AhoyMember *self)
{
  switch (self->status)
    {
    case AHOY_MEMBER_INVITED:
    case AHOY_MEMBER_RINGING:
      return TRUE;
    case AHOY_MEMBER_ACCEPTED:
    case AHOY_MEMBER_LOST:
    case AHOY_MEMBER_LEFT:
    default:
      return FALSE;
    }
}
