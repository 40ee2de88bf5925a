/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ahoy-call-logic.h"

#include "ahoy-protocol-tables.h"

static void
member_free (gpointer data)
{
  AhoyMember *self = data;

  g_free (self->user);
  g_free (self->device);
  g_free (self->nickname);
  g_free (self->avatar);
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
  g_free (self->ended_by);
  g_ptr_array_unref (self->members);
  g_free (self);
}

AhoyMember *
ahoy_call_data_add (AhoyCallData *self,
                    const char   *user,
                    const char   *nickname,
                    const char   *avatar)
{
  AhoyMember *member = g_new0 (AhoyMember, 1);

  member->user = g_strdup (user);
  member->device = g_strdup ("");
  member->nickname = g_strdup (nickname);
  member->avatar = g_strdup (avatar);
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

static void
clear_effect (gpointer data)
{
  AhoyEffect *effect = data;

  g_free (effect->device);
}

GArray *
ahoy_effects_new (void)
{
  GArray *effects = g_array_new (FALSE, FALSE, sizeof (AhoyEffect));

  g_array_set_clear_func (effects, clear_effect);

  return effects;
}

static void
add_effect (GArray           *effects,
            AhoyEffectType    type,
            const AhoyMember *member,
            const char       *device,
            AhoyCallReason    reason)
{
  AhoyEffect effect = { .type = type, .member = member, .device = g_strdup (device), .reason = reason };

  g_array_append_val (effects, effect);
}

static guint
count (const AhoyCallData *call,
       gboolean          (*is) (const AhoyMember *member))
{
  guint n = 0;

  for (guint i = 0; i < call->members->len; i++)
    n += is (g_ptr_array_index (call->members, i)) ? 1 : 0;

  return n;
}

/* @device: the one that did it while it rang, which is told of the end unlike the others. */
static void
leave (AhoyMember    *member,
       AhoyCallReason reason,
       const char    *device,
       gint64         now_ms,
       GArray        *effects)
{
  if (ahoy_member_is_in (member))
    device = member->device;

  member->status = AHOY_MEMBER_LEFT;
  member->reason = reason;
  member->left_ms = now_ms;
  member->deadline_ms = 0;
  add_effect (effects, AHOY_EFFECT_RECORD, member, NULL, reason);
  add_effect (effects, AHOY_EFFECT_ENDED, member, device, reason);
}

static void
end_call (AhoyCallData  *call,
          AhoyCallReason reason,
          const char    *by,
          gint64         now_ms,
          GArray        *effects)
{
  call->phase = AHOY_PHASE_ENDED;
  call->ended_ms = now_ms;
  call->deadline_ms = 0;
  call->reason = reason;
  g_free (call->ended_by);
  call->ended_by = g_strdup (by);

  for (guint i = 0; i < call->members->len; i++)
    {
      AhoyMember *member = g_ptr_array_index (call->members, i);

      if (member->status != AHOY_MEMBER_LEFT)
        leave (member, reason, NULL, now_ms, effects);
    }
}

/* A call needs somebody in it, and somebody to talk to or to wait for. */
static void
settle (AhoyCallData  *call,
        AhoyCallReason reason,
        const char    *by,
        gint64         now_ms,
        GArray        *effects)
{
  guint n_in = count (call, ahoy_member_is_in);
  guint n_waiting = count (call, ahoy_member_is_waiting);

  call->ver++;
  if (n_waiting == 0)
    call->deadline_ms = 0;
  if (n_in == 0 || n_in + n_waiting <= 1)
    end_call (call, reason, by, now_ms, effects);
  else
    add_effect (effects, AHOY_EFFECT_STATE, NULL, NULL, AHOY_REASON_NONE);
}

void
ahoy_call_logic_start (AhoyCallData *call,
                       gint64        now_ms,
                       GArray       *effects)
{
  const char *busy = "";

  for (guint i = 0; i < call->members->len; i++)
    {
      AhoyMember *member = g_ptr_array_index (call->members, i);

      if (ahoy_member_is_waiting (member))
        {
          add_effect (effects, AHOY_EFFECT_INCOMING, member, NULL, AHOY_REASON_NONE);
        }
      else if (member->status == AHOY_MEMBER_LEFT)
        {
          busy = member->user;
          add_effect (effects, AHOY_EFFECT_RECORD, member, NULL, member->reason);
        }
    }

  call->ver = 1;
  if (count (call, ahoy_member_is_waiting) == 0)
    end_call (call, AHOY_REASON_BUSY, busy, now_ms, effects);
}

static int
accept_call (AhoyCallData        *call,
             AhoyMember          *member,
             const AhoyCallEvent *event,
             GArray              *effects)
{
  if (ahoy_member_is_in (member) && g_strcmp0 (member->device, event->device) == 0)
    return 0;
  if (!ahoy_member_is_waiting (member))
    return AHOY_ERROR_INVITATION_OVER;

  member->status = AHOY_MEMBER_ACCEPTED;
  member->joined_ms = event->now_ms;
  g_free (member->device);
  member->device = g_strdup (event->device);
  if (call->phase == AHOY_PHASE_RINGING)
    {
      call->phase = AHOY_PHASE_ACTIVE;
      call->started_ms = event->now_ms;
    }
  add_effect (effects, AHOY_EFFECT_TAKEN, member, event->device, AHOY_REASON_ACCEPTED_ELSEWHERE);
  settle (call, AHOY_REASON_NONE, member->user, event->now_ms, effects);

  return 0;
}

static int
reject_call (AhoyCallData        *call,
             AhoyMember          *member,
             const AhoyCallEvent *event,
             GArray              *effects)
{
  if (!ahoy_member_is_waiting (member))
    return AHOY_ERROR_REQUEST_REFUSED;

  add_effect (effects, AHOY_EFFECT_TAKEN, member, event->device, AHOY_REASON_REJECTED_ELSEWHERE);
  leave (member, event->reason, event->device, event->now_ms, effects);
  settle (call, event->reason, member->user, event->now_ms, effects);

  return 0;
}

static int
cancel_call (AhoyCallData        *call,
             AhoyMember          *member,
             const AhoyCallEvent *event,
             GArray              *effects)
{
  if (g_strcmp0 (member->user, call->inviter) != 0 || call->phase != AHOY_PHASE_RINGING)
    return AHOY_ERROR_REQUEST_REFUSED;

  call->ver++;
  end_call (call, event->reason, member->user, event->now_ms, effects);

  return 0;
}

static int
hang_up (AhoyCallData        *call,
         AhoyMember          *member,
         const AhoyCallEvent *event,
         GArray              *effects)
{
  AhoyCallEvent other = *event;

  if (ahoy_member_is_waiting (member))
    {
      other.reason = AHOY_REASON_REJECT;
      return reject_call (call, member, &other, effects);
    }
  if (g_strcmp0 (member->device, event->device) != 0)
    return AHOY_ERROR_REQUEST_REFUSED;
  if (call->phase == AHOY_PHASE_RINGING)
    {
      other.reason = event->reason == AHOY_REASON_HANGUP ? AHOY_REASON_CANCELED : event->reason;
      return cancel_call (call, member, &other, effects);
    }

  leave (member, event->reason, event->device, event->now_ms, effects);
  settle (call, event->reason, member->user, event->now_ms, effects);

  return 0;
}

static int
set_media (AhoyCallData        *call,
           AhoyMember          *member,
           const AhoyCallEvent *event,
           GArray              *effects)
{
  if (!ahoy_member_is_in (member) || g_strcmp0 (member->device, event->device) != 0)
    return AHOY_ERROR_REQUEST_REFUSED;
  if (member->microphone == event->microphone && member->camera == event->camera && member->screen == event->screen)
    return 0;

  member->microphone = event->microphone;
  member->camera = event->camera;
  member->screen = event->screen;
  settle (call, AHOY_REASON_NONE, member->user, event->now_ms, effects);

  return 0;
}

static void
set_lost (AhoyCallData        *call,
          AhoyMember          *member,
          const AhoyCallEvent *event,
          GArray              *effects)
{
  if (member->status != AHOY_MEMBER_ACCEPTED || g_strcmp0 (member->device, event->device) != 0)
    return;

  member->status = AHOY_MEMBER_LOST;
  member->deadline_ms = event->deadline_ms;
  settle (call, AHOY_REASON_NONE, member->user, event->now_ms, effects);
}

static void
set_back (AhoyCallData        *call,
          AhoyMember          *member,
          const AhoyCallEvent *event,
          GArray              *effects)
{
  if (!ahoy_member_is_in (member) || g_strcmp0 (member->device, event->device) != 0)
    return;

  /* A member that the server itself lost sight of, in a restart, was never called lost. */
  member->deadline_ms = 0;
  if (member->status == AHOY_MEMBER_LOST)
    {
      member->status = AHOY_MEMBER_ACCEPTED;
      settle (call, AHOY_REASON_NONE, member->user, event->now_ms, effects);
    }
}

static void
pass_time (AhoyCallData *call,
           gint64        now_ms,
           GArray       *effects)
{
  gboolean rings_too_long = call->deadline_ms != 0 && now_ms >= call->deadline_ms;
  AhoyCallReason reason = AHOY_REASON_NONE;
  const char *by = "";

  for (guint i = 0; i < call->members->len; i++)
    {
      AhoyMember *member = g_ptr_array_index (call->members, i);

      if (rings_too_long && ahoy_member_is_waiting (member))
        reason = AHOY_REASON_NO_RESPONSE;
      else if (member->deadline_ms != 0 && now_ms >= member->deadline_ms)
        reason = AHOY_REASON_OFFLINE;
      else
        continue;

      by = member->user;
      leave (member, reason, NULL, now_ms, effects);
    }

  if (reason != AHOY_REASON_NONE)
    settle (call, reason, by, now_ms, effects);
}

int
ahoy_call_logic_apply (AhoyCallData        *call,
                       const AhoyCallEvent *event,
                       GArray              *effects)
{
  AhoyMember *member = event->user ? ahoy_call_data_find (call, event->user) : NULL;

  if (call->phase == AHOY_PHASE_ENDED)
    return AHOY_ERROR_INVITATION_OVER;
  if (event->type != AHOY_EVENT_TIME && (!member || member->status == AHOY_MEMBER_LEFT))
    return AHOY_ERROR_INVITATION_OVER;

  switch (event->type)
    {
    case AHOY_EVENT_RINGING:
      if (member->status == AHOY_MEMBER_INVITED)
        {
          member->status = AHOY_MEMBER_RINGING;
          settle (call, AHOY_REASON_NONE, member->user, event->now_ms, effects);
        }
      return 0;
    case AHOY_EVENT_ACCEPT:
      return accept_call (call, member, event, effects);
    case AHOY_EVENT_REJECT:
      return reject_call (call, member, event, effects);
    case AHOY_EVENT_CANCEL:
      return cancel_call (call, member, event, effects);
    case AHOY_EVENT_HANGUP:
      return hang_up (call, member, event, effects);
    case AHOY_EVENT_MEDIA:
      return set_media (call, member, event, effects);
    case AHOY_EVENT_LOST:
      set_lost (call, member, event, effects);
      return 0;
    case AHOY_EVENT_BACK:
      set_back (call, member, event, effects);
      return 0;
    case AHOY_EVENT_TIME:
      pass_time (call, event->now_ms, effects);
      return 0;
    default:
      g_assert_not_reached ();
    }
}

gint64
ahoy_call_logic_deadline (const AhoyCallData *call)
{
  gint64 deadline_ms = call->deadline_ms;

  for (guint i = 0; i < call->members->len; i++)
    {
      AhoyMember *member = g_ptr_array_index (call->members, i);

      if (member->deadline_ms != 0 && (deadline_ms == 0 || member->deadline_ms < deadline_ms))
        deadline_ms = member->deadline_ms;
    }

  return deadline_ms;
}

static void
shift (gint64 *moment_ms,
       gint64  by_ms)
{
  if (*moment_ms != 0)
    *moment_ms += by_ms;
}

void
ahoy_call_logic_shift (AhoyCallData *call,
                       gint64        by_ms)
{
  shift (&call->started_ms, by_ms);
  shift (&call->deadline_ms, by_ms);
  for (guint i = 0; i < call->members->len; i++)
    {
      AhoyMember *member = g_ptr_array_index (call->members, i);

      shift (&member->joined_ms, by_ms);
      shift (&member->left_ms, by_ms);
      shift (&member->deadline_ms, by_ms);
    }
}
