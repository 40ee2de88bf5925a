/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ahoy-call-logic-private.h"

#include "ahoy-protocol-tables.h"

static void
clear_effect (gpointer data)
{
  AhoyEffect *effect = data;

  g_free (effect->device);
  g_free (effect->by);
}

GArray *
ahoy_effects_new (void)
{
  GArray *effects = g_array_new (FALSE, FALSE, sizeof (AhoyEffect));

  g_array_set_clear_func (effects, clear_effect);

  return effects;
}

gboolean
ahoy_effects_invite (const GArray     *effects,
                     const AhoyMember *member)
{
  for (guint i = 0; i < effects->len; i++)
    {
      const AhoyEffect *effect = &g_array_index (effects, AhoyEffect, i);

      if (effect->type == AHOY_EFFECT_INCOMING && effect->member == member)
        return TRUE;
    }

  return FALSE;
}

void
ahoy_call_logic_add_effect (GArray           *effects,
                            AhoyEffectType    type,
                            const AhoyMember *member,
                            const char       *device,
                            AhoyCallReason    reason)
{
  AhoyEffect effect = { .type = type, .member = member, .device = g_strdup (device), .reason = reason };

  g_array_append_val (effects, effect);
}

void
ahoy_call_logic_record (AhoyMember *member,
                        gboolean    was_in,
                        GArray     *effects)
{
  /* Who was in the call and did not come again was in the call all the same. */
  if (was_in || member->joined_ms == 0)
    member->record_reason = member->reason;
  ahoy_call_logic_add_effect (effects, AHOY_EFFECT_RECORD, member, NULL, member->record_reason);
}

static void
stop_media (AhoyMember *member)
{
  member->microphone = FALSE;
  member->camera = FALSE;
  member->screen = FALSE;
}

void
ahoy_call_logic_enter (AhoyCallData *call,
                       AhoyMember   *member,
                       const char   *device,
                       gint64        now_ms,
                       GArray       *effects)
{
  gboolean begins = call->phase == AHOY_PHASE_RINGING;

  member->status = AHOY_MEMBER_ACCEPTED;
  member->reason = AHOY_REASON_NONE;
  if (member->begun_ms == 0 || member->is_hidden)
    member->begun_ms = now_ms;
  member->joined_ms = now_ms;
  member->left_ms = 0;
  member->deadline_ms = 0;
  member->is_hidden = FALSE;
  member->entry = ++call->last_entry;
  g_free (member->device);
  member->device = g_strdup (device);
  stop_media (member);
  if (begins)
    {
      call->phase = AHOY_PHASE_ACTIVE;
      call->started_ms = now_ms;
    }

  for (guint i = 0; i < call->members->len; i++)
    {
      const AhoyMember *other = g_ptr_array_index (call->members, i);

      if (other == member || (begins && ahoy_member_is_in (other)))
        ahoy_call_logic_add_effect (effects, AHOY_EFFECT_RUNS, other, NULL, AHOY_REASON_NONE);
    }
}

static gint64
get_stay_ms (const AhoyCallData *call,
             const AhoyMember   *member,
             gint64              now_ms)
{
  return call->started_ms == 0 ? 0 : MAX (now_ms - MAX (call->started_ms, member->joined_ms), 0);
}

void
ahoy_call_logic_leave (AhoyCallData  *call,
                       AhoyMember    *member,
                       AhoyCallReason reason,
                       const char    *device,
                       const char    *by,
                       gint64         now_ms,
                       GArray        *effects)
{
  gboolean was_in = ahoy_member_is_in (member);
  AhoyEffect ended;

  if (was_in)
    device = member->device;

  member->status = AHOY_MEMBER_LEFT;
  member->reason = reason;
  member->left_ms = now_ms;
  member->deadline_ms = 0;
  member->entry = 0;
  member->stay_ms = was_in ? get_stay_ms (call, member, now_ms) : 0;
  member->talked_ms += member->stay_ms;
  stop_media (member);

  ahoy_call_logic_record (member, was_in, effects);
  ended = (AhoyEffect) { AHOY_EFFECT_ENDED, member, g_strdup (device), g_strdup (by), reason };
  g_array_append_val (effects, ended);
  if (was_in && call->started_ms != 0)
    ahoy_call_logic_add_effect (effects, AHOY_EFFECT_OVER, member, NULL, reason);
}

static void
end_call (AhoyCallData  *call,
          AhoyCallReason reason,
          const char    *by,
          gint64         now_ms,
          GArray        *effects)
{
  /* A call that took place has ended, although the last one who was to come did not. */
  if (call->started_ms != 0 && reason != AHOY_REASON_OFFLINE && reason != AHOY_REASON_BY_SERVER)
    reason = AHOY_REASON_HANGUP;

  call->phase = AHOY_PHASE_ENDED;
  call->ended_ms = now_ms;
  call->reason = reason;
  g_free (call->ended_by);
  call->ended_by = g_strdup (by);

  for (guint i = 0; i < call->members->len; i++)
    {
      AhoyMember *member = g_ptr_array_index (call->members, i);
      /* Whoever still rings when the last one hangs up is called no more. */
      gboolean is_canceled = ahoy_member_is_waiting (member) && reason == AHOY_REASON_HANGUP;

      if (member->status != AHOY_MEMBER_LEFT)
        ahoy_call_logic_leave (call, member, is_canceled ? AHOY_REASON_CANCELED : reason, NULL, by, now_ms, effects);
    }
}

/* A call needs somebody in it, and somebody to talk to or to wait for. */
void
ahoy_call_logic_settle (AhoyCallData  *call,
                        AhoyCallReason reason,
                        const char    *by,
                        gint64         now_ms,
                        GArray        *effects)
{
  guint n_in = ahoy_call_data_count_in (call);
  guint n_waiting = ahoy_call_data_count_waiting (call);

  call->ver++;
  if (n_in == 0 || n_in + n_waiting <= 1)
    end_call (call, reason, by, now_ms, effects);
  else
    ahoy_call_logic_add_effect (effects, AHOY_EFFECT_STATE, NULL, NULL, AHOY_REASON_NONE);
}

void
ahoy_call_logic_start (AhoyCallData *call,
                       gint64        now_ms,
                       GArray       *effects)
{
  AhoyCallReason reason = AHOY_REASON_REJECT;
  const char *by = "";

  for (guint i = 0; i < call->members->len; i++)
    {
      AhoyMember *member = g_ptr_array_index (call->members, i);

      if (ahoy_member_is_waiting (member))
        {
          ahoy_call_logic_add_effect (effects, AHOY_EFFECT_INCOMING, member, NULL, AHOY_REASON_NONE);
        }
      else if (member->status == AHOY_MEMBER_LEFT && !member->is_hidden)
        {
          reason = AHOY_REASON_BUSY;
          by = member->user;
          ahoy_call_logic_record (member, FALSE, effects);
        }
    }

  call->ver = 1;
  if (ahoy_call_data_count_waiting (call) == 0)
    end_call (call, reason, by, now_ms, effects);
}

int
ahoy_call_logic_accept (AhoyCallData        *call,
                        AhoyMember          *member,
                        const AhoyCallEvent *event,
                        GArray              *effects)
{
  if (ahoy_member_is_in (member) && g_strcmp0 (member->device, event->device) == 0)
    return 0;
  if (!ahoy_member_is_waiting (member))
    return AHOY_ERROR_INVITATION_OVER;

  ahoy_call_logic_add_effect (effects, AHOY_EFFECT_TAKEN, member, event->device, AHOY_REASON_ACCEPTED_ELSEWHERE);
  ahoy_call_logic_enter (call, member, event->device, event->now_ms, effects);
  ahoy_call_logic_settle (call, AHOY_REASON_NONE, member->user, event->now_ms, effects);

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

  ahoy_call_logic_add_effect (effects, AHOY_EFFECT_TAKEN, member, event->device, AHOY_REASON_REJECTED_ELSEWHERE);
  ahoy_call_logic_leave (call, member, event->reason, event->device, member->user, event->now_ms, effects);
  ahoy_call_logic_settle (call, event->reason, member->user, event->now_ms, effects);

  return 0;
}

static int
cancel_call (AhoyCallData        *call,
             AhoyMember          *member,
             const AhoyCallEvent *event,
             GArray              *effects)
{
  if (g_strcmp0 (member->user, call->inviter) != 0 || call->phase != AHOY_PHASE_RINGING ||
      g_strcmp0 (member->device, event->device) != 0)
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

  ahoy_call_logic_leave (call, member, event->reason, event->device, member->user, event->now_ms, effects);
  ahoy_call_logic_settle (call, event->reason, member->user, event->now_ms, effects);

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
  ahoy_call_logic_settle (call, AHOY_REASON_NONE, member->user, event->now_ms, effects);

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
  ahoy_call_logic_settle (call, AHOY_REASON_NONE, member->user, event->now_ms, effects);
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
      ahoy_call_logic_settle (call, AHOY_REASON_NONE, member->user, event->now_ms, effects);
    }
}

static void
pass_time (AhoyCallData *call,
           gint64        now_ms,
           GArray       *effects)
{
  AhoyCallReason reason = AHOY_REASON_NONE;
  const char *by = "";

  for (guint i = 0; i < call->members->len; i++)
    {
      AhoyMember *member = g_ptr_array_index (call->members, i);
      AhoyCallReason why = ahoy_member_is_waiting (member) ? AHOY_REASON_NO_RESPONSE : AHOY_REASON_OFFLINE;

      if (member->deadline_ms == 0 || now_ms < member->deadline_ms)
        continue;

      /* Of both at the same time it is the lost one who leaves nobody behind. */
      if (reason != AHOY_REASON_OFFLINE)
        {
          reason = why;
          by = member->user;
        }
      ahoy_call_logic_leave (call, member, why, NULL, member->user, now_ms, effects);
    }

  if (reason != AHOY_REASON_NONE)
    ahoy_call_logic_settle (call, reason, by, now_ms, effects);
}

/* What somebody does who is in the call or rings. */
static int
apply_to_member (AhoyCallData        *call,
                 AhoyMember          *member,
                 const AhoyCallEvent *event,
                 GArray              *effects)
{
  switch (event->type)
    {
    case AHOY_EVENT_RINGING:
      if (member->status == AHOY_MEMBER_INVITED)
        {
          member->status = AHOY_MEMBER_RINGING;
          ahoy_call_logic_settle (call, AHOY_REASON_NONE, member->user, event->now_ms, effects);
        }
      return 0;
    case AHOY_EVENT_ACCEPT:
      return ahoy_call_logic_accept (call, member, event, effects);
    case AHOY_EVENT_REJECT:
      return reject_call (call, member, event, effects);
    case AHOY_EVENT_CANCEL:
      return cancel_call (call, member, event, effects);
    case AHOY_EVENT_UNINVITE:
      return ahoy_call_logic_uninvite (call, member, event, effects);
    case AHOY_EVENT_HANGUP:
      return hang_up (call, member, event, effects);
    case AHOY_EVENT_MEDIA:
      return set_media (call, member, event, effects);
    case AHOY_EVENT_ADD:
      return ahoy_call_logic_add_people (call, member, event, effects);
    case AHOY_EVENT_SWITCH:
      return ahoy_call_logic_switch (call, member, event, effects);
    case AHOY_EVENT_LOST:
      set_lost (call, member, event, effects);
      return 0;
    case AHOY_EVENT_BACK:
      set_back (call, member, event, effects);
      return 0;
    case AHOY_EVENT_JOIN:
    case AHOY_EVENT_MOVE:
    case AHOY_EVENT_TIME:
    default:
      g_assert_not_reached ();
    }
}

int
ahoy_call_logic_apply (AhoyCallData        *call,
                       const AhoyCallEvent *event,
                       GArray              *effects)
{
  AhoyMember *member = event->user ? ahoy_call_data_find (call, event->user) : NULL;

  if (call->phase == AHOY_PHASE_ENDED)
    return AHOY_ERROR_INVITATION_OVER;
  if (event->type == AHOY_EVENT_TIME)
    {
      pass_time (call, event->now_ms, effects);
      return 0;
    }
  if (event->type == AHOY_EVENT_JOIN)
    return ahoy_call_logic_join (call, member, event, effects);
  if (event->type == AHOY_EVENT_MOVE && member)
    return ahoy_call_logic_move (call, member, event, effects);
  if (!member || member->status == AHOY_MEMBER_LEFT)
    return AHOY_ERROR_INVITATION_OVER;

  return apply_to_member (call, member, event, effects);
}

gint64
ahoy_call_logic_deadline (const AhoyCallData *call)
{
  gint64 deadline_ms = 0;

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
  shift (&call->created_ms, by_ms);
  shift (&call->started_ms, by_ms);
  for (guint i = 0; i < call->members->len; i++)
    {
      AhoyMember *member = g_ptr_array_index (call->members, i);

      /* Whoever has left has a record already, with the times of the clock as it was. */
      if (member->status == AHOY_MEMBER_LEFT)
        continue;
      shift (&member->begun_ms, by_ms);
      shift (&member->joined_ms, by_ms);
      shift (&member->deadline_ms, by_ms);
    }
}
