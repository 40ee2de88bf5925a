/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ahoy-call-logic-private.h"

#include "ahoy-limits.h"
#include "ahoy-protocol-tables.h"

static gboolean
is_on_device (const AhoyMember    *member,
              const AhoyCallEvent *event)
{
  return ahoy_member_is_in (member) && g_strcmp0 (member->device, event->device) == 0;
}

static gboolean
is_new (const AhoyCallData *call,
        const AhoyInvitee  *invitee)
{
  const AhoyMember *member = ahoy_call_data_find (call, invitee->user);

  return !member || member->status == AHOY_MEMBER_LEFT;
}

/* 0 when all of @people may be invited. */
static int
check_people (const AhoyCallData *call,
              const GArray       *people,
              guint              *n_new)
{
  guint n_blocked = 0;

  *n_new = 0;
  for (guint i = 0; i < people->len; i++)
    {
      const AhoyInvitee *invitee = &g_array_index (people, AhoyInvitee, i);

      if (!is_new (call, invitee))
        continue;

      ++*n_new;
      n_blocked += invitee->reason == AHOY_REASON_REJECT ? 1 : 0;
    }
  if (*n_new > 0 && n_blocked == *n_new)
    return AHOY_ERROR_BLOCKED;

  return ahoy_call_data_count_in (call) + ahoy_call_data_count_waiting (call) + *n_new > AHOY_MAX_PEOPLE
         ? AHOY_ERROR_PARAM_INVALID : 0;
}

int
ahoy_call_logic_add_people (AhoyCallData        *call,
                            AhoyMember          *member,
                            const AhoyCallEvent *event,
                            GArray              *effects)
{
  guint n_new;
  int code;

  if (!is_on_device (member, event))
    return AHOY_ERROR_REQUEST_REFUSED;
  code = check_people (call, event->people, &n_new);
  if (code != 0 || n_new == 0)
    return code;

  for (guint i = 0; i < event->people->len; i++)
    {
      const AhoyInvitee *invitee = &g_array_index (event->people, AhoyInvitee, i);
      AhoyMember *guest;

      if (!is_new (call, invitee))
        continue;

      guest = ahoy_call_data_invite (call, invitee, event->user, event->now_ms, event->deadline_ms);
      if (invitee->reason == AHOY_REASON_NONE)
        ahoy_call_logic_add_effect (effects, AHOY_EFFECT_INCOMING, guest, NULL, AHOY_REASON_NONE);
      else if (invitee->reason == AHOY_REASON_BUSY)
        ahoy_call_logic_record (guest, FALSE, effects);
    }
  call->is_multi = TRUE;
  ahoy_call_logic_settle (call, AHOY_REASON_NONE, event->user, event->now_ms, effects);

  return 0;
}

int
ahoy_call_logic_uninvite (AhoyCallData        *call,
                          AhoyMember          *member,
                          const AhoyCallEvent *event,
                          GArray              *effects)
{
  AhoyMember *guest = ahoy_call_data_find (call, event->target);

  if (!guest || guest->status == AHOY_MEMBER_LEFT)
    return AHOY_ERROR_INVITATION_OVER;
  if (!is_on_device (member, event) || !ahoy_member_is_waiting (guest) ||
      (g_strcmp0 (event->user, call->inviter) != 0 && g_strcmp0 (event->user, guest->by) != 0))
    return AHOY_ERROR_REQUEST_REFUSED;

  ahoy_call_logic_leave (call, guest, AHOY_REASON_CANCELED, NULL, event->user, event->now_ms, effects);
  ahoy_call_logic_settle (call, AHOY_REASON_CANCELED, event->user, event->now_ms, effects);

  return 0;
}

int
ahoy_call_logic_join (AhoyCallData        *call,
                      AhoyMember          *member,
                      const AhoyCallEvent *event,
                      GArray              *effects)
{
  if (member && ahoy_member_is_waiting (member))
    return ahoy_call_logic_accept (call, member, event, effects);
  if (member && ahoy_member_is_in (member))
    return is_on_device (member, event) ? 0 : AHOY_ERROR_REQUEST_REFUSED;
  if (ahoy_call_data_is_single (call))
    return AHOY_ERROR_SCENE_NOT_SUPPORTED;
  /* The places of those who ring are theirs until they have decided. */
  if (ahoy_call_data_count_in (call) + ahoy_call_data_count_waiting (call) >= AHOY_MAX_PEOPLE)
    return AHOY_ERROR_PARAM_INVALID;

  if (!member)
    member = ahoy_call_data_add (call, event->user, event->nickname, event->avatar);
  g_free (member->by);
  member->by = g_strdup ("");
  ahoy_call_logic_enter (call, member, event->device, event->now_ms, effects);
  ahoy_call_logic_settle (call, AHOY_REASON_NONE, event->user, event->now_ms, effects);

  return 0;
}

int
ahoy_call_logic_move (AhoyCallData        *call,
                      AhoyMember          *member,
                      const AhoyCallEvent *event,
                      GArray              *effects)
{
  if (call->phase != AHOY_PHASE_ACTIVE || !ahoy_member_is_in (member) || is_on_device (member, event))
    return AHOY_ERROR_REQUEST_REFUSED;

  ahoy_call_logic_add_effect (effects, AHOY_EFFECT_MOVED, member, member->device, AHOY_REASON_ACCEPTED_ELSEWHERE);
  g_free (member->device);
  member->device = g_strdup (event->device);
  member->status = AHOY_MEMBER_ACCEPTED;
  member->deadline_ms = 0;
  member->entry = ++call->last_entry;
  /* What was on goes on from the new device; a screen is another screen there. */
  member->screen = FALSE;
  ahoy_call_logic_add_effect (effects, AHOY_EFFECT_RUNS, member, NULL, AHOY_REASON_NONE);
  ahoy_call_logic_settle (call, AHOY_REASON_NONE, event->user, event->now_ms, effects);

  return 0;
}

int
ahoy_call_logic_switch (AhoyCallData        *call,
                        AhoyMember          *member,
                        const AhoyCallEvent *event,
                        GArray              *effects)
{
  if (!ahoy_call_data_is_single (call))
    return AHOY_ERROR_SCENE_NOT_SUPPORTED;
  if (call->phase != AHOY_PHASE_ACTIVE || !is_on_device (member, event))
    return AHOY_ERROR_REQUEST_REFUSED;
  if (g_strcmp0 (call->media, event->media) == 0)
    return 0;

  g_free (call->media);
  call->media = g_strdup (event->media);
  for (guint i = 0; g_str_equal (call->media, "audio") && i < call->members->len; i++)
    ((AhoyMember *) g_ptr_array_index (call->members, i))->camera = FALSE;
  ahoy_call_logic_settle (call, AHOY_REASON_NONE, event->user, event->now_ms, effects);

  return 0;
}
