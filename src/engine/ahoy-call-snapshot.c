/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "ahoy-call-internal.h"

#include "ahoy-call-words.h"
#include "ahoy-items.h"
#include "ahoy-limits.h"

/* What the server says of a call. A message tells how things stand, never what happened: that is found out by
 * comparing, so that one that was lost does no harm. */

static void
take_text (AhoyCall      *self,
           char         **field,
           const char    *text,
           AhoyCallProp   prop)
{
  if (!text || g_strcmp0 (text, *field) == 0 || (!*text && !*field))
    return;

  g_free (*field);
  *field = *text ? g_strdup (text) : NULL;
  ahoy_call_notify (self, prop);
}

static void
take_number (AhoyCall     *self,
             int          *field,
             int           number,
             AhoyCallProp  prop)
{
  if (*field == number)
    return;

  *field = number;
  ahoy_call_notify (self, prop);
}

static void
take_inviter (AhoyCall   *self,
              JsonObject *data)
{
  const char *inviter = ahoy_json_get_string (data, "inviter", AHOY_MAX_USER_ID);
  gboolean is_invited;
  AhoyCallMember me;
  AhoyCallRole role;

  if (!inviter || !*inviter)
    return;

  /* Two who called each other at the same moment are in the call of the first; and who began a call, left it and is
   * asked back has been called. */
  is_invited = ahoy_call_member_find (ahoy_json_get_array (data, "members"), ahoy_session_get_user_id (self->session),
                                      &me) && *me.by;
  role = ahoy_call_is_self (self, inviter) && !is_invited ? AHOY_CALL_ROLE_CALLER : AHOY_CALL_ROLE_CALLED;
  if (g_set_object (&self->inviter, ahoy_people_get (self->people, inviter)))
    ahoy_call_notify (self, AHOY_CALL_PROP_INVITER);
  if (role != self->role)
    {
      self->role = role;
      ahoy_call_notify (self, AHOY_CALL_PROP_ROLE);
    }
}

static void
take_terms (AhoyCall   *self,
            JsonObject *data)
{
  JsonObject *push = ahoy_json_get_object (data, "push");
  gint64 policy = ahoy_json_get_int (data, "recordPolicy", 0);
  gboolean ephemeral = ahoy_json_get_bool (data, "ephemeral", FALSE);

  take_text (self, &self->user_data, ahoy_json_get_string (data, "userData", AHOY_MAX_USER_DATA),
             AHOY_CALL_PROP_USER_DATA);
  take_text (self, &self->group_id, ahoy_json_get_string (data, "group", AHOY_MAX_GROUP_ID), AHOY_CALL_PROP_GROUP_ID);
  take_text (self, &self->room, ahoy_json_get_string (data, "room", AHOY_MAX_ROOM_ID), AHOY_CALL_PROP_ROOM);
  take_number (self, &self->room_number, (int) CLAMP (ahoy_json_get_int (data, "roomNumber", 0), 0, G_MAXINT),
               AHOY_CALL_PROP_ROOM_NUMBER);
  if (push)
    {
      take_text (self, &self->push_title, ahoy_json_get_string (push, "title", AHOY_MAX_PUSH_TEXT),
                 AHOY_CALL_PROP_PUSH_TITLE);
      take_text (self, &self->push_text, ahoy_json_get_string (push, "text", AHOY_MAX_PUSH_TEXT),
                 AHOY_CALL_PROP_PUSH_TEXT);
    }
  if (self->ephemeral != ephemeral)
    {
      self->ephemeral = ephemeral;
      ahoy_call_notify (self, AHOY_CALL_PROP_EPHEMERAL);
    }
  if (policy >= 0 && policy <= AHOY_RECORD_POLICY_OFF && policy != (gint64) self->record_policy)
    {
      self->record_policy = (AhoyRecordPolicy) policy;
      ahoy_call_notify (self, AHOY_CALL_PROP_RECORD_POLICY);
    }
}

static void
take_head (AhoyCall   *self,
           JsonObject *data)
{
  AhoyCallScene scene = ahoy_call_scene_from_word (ahoy_json_get_string (data, "scene", 16));

  take_inviter (self, data);
  ahoy_call_set_media (self, ahoy_call_media_from_word (ahoy_json_get_string (data, "media", 16)));
  if (scene != self->scene && scene != AHOY_CALL_SCENE_NONE)
    {
      self->scene = scene;
      ahoy_call_notify (self, AHOY_CALL_PROP_SCENE);
    }
  take_terms (self, data);
}

/* µs, this machine's real time */
static gint64
to_local_time (AhoyCall *self,
               gint64    server_ms)
{
  gint64 ago;

  if (server_ms <= 0 || server_ms > G_MAXINT64 / 2000)
    return 0;

  ago = MAX (ahoy_session_get_server_time (self->session) - server_ms * 1000, 0);
  return g_get_real_time () - ago;
}

static void
take_start (AhoyCall *self,
            gint64    started_ms)
{
  if (started_ms <= 0 || self->started_at)
    return;

  self->started_at = to_local_time (self, started_ms);
  if (!self->started_at)
    return;

  /* Counted from now on by the monotonic clock: somebody may set the other one. */
  self->started_mono = g_get_monotonic_time () - (g_get_real_time () - self->started_at);
  ahoy_call_notify (self, AHOY_CALL_PROP_STARTED_AT);
  ahoy_call_update_duration (self);
}

/* Who is gone when first heard of was gone before this person came. */
static void
take_absent (AhoyCall             *self,
             const AhoyCallMember *member,
             gboolean              is_first)
{
  if (g_hash_table_add (self->gone, g_strdup (member->user_id)) && !is_first)
    ahoy_call_queue_absence (self, member->user_id, member->by, member->reason);
}

static void
take_other (AhoyCall             *self,
            const AhoyCallMember *member,
            gboolean              is_first)
{
  AhoyParticipant *participant = ahoy_call_roster_find (self->participants, member->user_id);
  AhoyParticipantStatus before = participant ? ahoy_participant_get_status (participant) : AHOY_PARTICIPANT_NONE;
  gint64 joined_at = ahoy_call_member_is_in (member) ? to_local_time (self, member->joined_ms) : 0;

  if (!participant && member->status == AHOY_CALL_MEMBER_LEFT)
    {
      take_absent (self, member, is_first);
      return;
    }

  /* The same moment, however the two clocks were compared. */
  if (participant && joined_at && ahoy_participant_get_joined_at (participant))
    joined_at = ahoy_participant_get_joined_at (participant);
  ahoy_call_roster_take_member (self->participants, self->people, member, joined_at);
  if (member->status != AHOY_CALL_MEMBER_LEFT)
    {
      g_hash_table_remove (self->gone, member->user_id);
      if (before == AHOY_PARTICIPANT_NONE && ahoy_call_member_is_waiting (member) && !is_first)
        ahoy_call_queue_user (self, AHOY_CALL_SIGNAL_USER_INVITING, member->user_id);
      if (member->status == AHOY_CALL_MEMBER_RINGING && ahoy_call_phase_can_cancel (self->phase))
        ahoy_call_apply (self, AHOY_CALL_EVENT_RINGS);
      return;
    }

  g_hash_table_add (self->gone, g_strdup (member->user_id));
  if (before == AHOY_PARTICIPANT_WAITING)
    ahoy_call_queue_absence (self, member->user_id, member->by, member->reason);
  if (self->peers)
    ahoy_call_peers_drop_user (self->peers, member->user_id);
  ahoy_call_update_participant (self, member->user_id);
}

/* Whoever enters makes the connections to all that are there: of two, the one with the larger number. Who has just
 * accepted has no number yet, but it will be the largest. */
static void
enter_media (AhoyCall *self)
{
  for (guint i = 0; self->peers && i < ahoy_call_roster_count (self->participants); i++)
    {
      AhoyParticipant *participant = ahoy_call_roster_get (self->participants, i);
      AhoyParticipantFacts *facts = ahoy_participant_get_facts (participant);
      const char *user_id = ahoy_participant_get_id (participant);

      if (!facts->entry || !facts->device_id)
        continue;
      ahoy_call_peers_enter (self->peers, user_id, facts->device_id, facts->entry,
                             self->entry == 0 || self->entry > facts->entry);
      ahoy_call_update_participant (self, user_id);
    }
}

void
ahoy_call_accepted_here (AhoyCall *self,
                         gboolean  with_camera)
{
  /* Whoever has taken the call back wants nothing of it any more, though somebody may have been faster. */
  if (!self->leave_id)
    ahoy_call_capture_start (self->capture, with_camera && self->media == AHOY_CALL_MEDIA_VIDEO);
  /* First, because of the connections that stood while it rang only those to a device that is in the call count. */
  enter_media (self);
  ahoy_call_update_linked (self);
  ahoy_call_apply (self, AHOY_CALL_EVENT_ACCEPTED);
  ahoy_call_tell_media (self);
}

static void
take_me (AhoyCall             *self,
         const AhoyCallMember *me)
{
  gboolean is_here = g_strcmp0 (me->device_id, ahoy_session_get_device_id (self->session)) == 0 &&
                     ahoy_call_member_is_in (me);

  if (ahoy_call_member_is_waiting (me))
    self->invited_until = me->deadline_ms;
  if (!is_here)
    return;

  self->entry = me->entry;
  switch (self->phase)
    {
    case AHOY_CALL_PHASE_JOINING:
      /* What the other device had on stays on; who joins begins without a picture. */
      ahoy_call_accepted_here (self, me->camera);
      if (!me->microphone && g_strcmp0 (self->request_type, "call.move") == 0)
        ahoy_call_capture_set_microphone_on (self->capture, FALSE);
      break;
    case AHOY_CALL_PHASE_CALLING:
    case AHOY_CALL_PHASE_CALLING_LINKED:
    case AHOY_CALL_PHASE_RINGING:
    case AHOY_CALL_PHASE_RINGING_LINKED:
      /* The caller is in it from the start; it is accepted when somebody else is as well. */
      if (ahoy_call_roster_count_in (self->participants) > 0)
        ahoy_call_accepted_here (self, self->camera_wanted);
      break;
    case AHOY_CALL_PHASE_INCOMING:
    case AHOY_CALL_PHASE_INCOMING_LINKED:
      ahoy_call_accepted_here (self, TRUE);
      break;
    case AHOY_CALL_PHASE_CONNECTING:
    case AHOY_CALL_PHASE_ACTIVE:
    case AHOY_CALL_PHASE_RECONNECTING:
    case AHOY_CALL_PHASE_ENDED:
    case AHOY_CALL_N_PHASES:
    default:
      break;
    }
}

static void
take_presence (AhoyCall             *self,
               JsonObject           *data,
               const AhoyCallMember *me)
{
  gint64 started_ms = ahoy_json_get_int (data, "started", 0);

  take_me (self, me);
  if (!ahoy_call_phase_may_send (self->phase))
    return;

  enter_media (self);
  if (self->entry == 0 || started_ms <= 0)
    return;

  take_start (self, MAX (started_ms, me->joined_ms));
  if (!self->has_begun)
    ahoy_call_queue (self, AHOY_CALL_SIGNAL_BEGIN);
  self->has_begun = TRUE;
}

static gboolean
is_news (AhoyCall   *self,
         JsonObject *data)
{
  const char *id = ahoy_json_get_string (data, "call", AHOY_MAX_CALL_ID);
  gint64 version = ahoy_json_get_int (data, "ver", 0);

  return id && *id && (!self->id || g_str_equal (self->id, id)) && (!version || version >= self->version);
}

void
ahoy_call_take_snapshot (AhoyCall   *self,
                         JsonObject *data)
{
  g_autoptr (AhoyCall) alive = g_object_ref (self);
  JsonArray *members = ahoy_json_get_array (data, "members");
  gboolean is_first = self->version == 0;
  AhoyCallMember member;

  if (!is_news (self, data))
    return;

  self->version = MAX (ahoy_json_get_int (data, "ver", 0), 1);
  ahoy_call_set_id (self, ahoy_json_get_string (data, "call", AHOY_MAX_CALL_ID));
  if (!ahoy_call_phase_is_live (self->phase))
    return;

  take_head (self, data);
  for (guint i = 0; i < MIN (ahoy_items_length (members), AHOY_MAX_MEMBERS); i++)
    {
      if (ahoy_call_member_read (members, i, &member) && !ahoy_call_is_self (self, member.user_id))
        take_other (self, &member, is_first);
    }
  /* Last, because it needs to know with which devices the others are in it. */
  if (ahoy_call_member_find (members, ahoy_session_get_user_id (self->session), &member))
    take_presence (self, data, &member);

  ahoy_call_update_linked (self);
  ahoy_call_queue_changes (self);
  ahoy_call_tell_media (self);
  ahoy_call_emit_queued (self);
  if (ahoy_call_has_several (self) && ahoy_call_phase_is_live (self->phase))
    ahoy_call_roster_remove_gone (self->participants);
}

void
ahoy_call_take_resumed (AhoyCall   *self,
                        JsonObject *data)
{
  g_autoptr (AhoyCall) alive = g_object_ref (self);

  ahoy_call_take_snapshot (self, data);
  if (self->peers)
    ahoy_call_peers_repeat (self->peers);
}

void
ahoy_call_take_end (AhoyCall   *self,
                    JsonObject *data)
{
  const char *by = ahoy_json_get_string (data, "by", AHOY_MAX_USER_ID);
  gint64 duration = ahoy_json_get_int (data, "duration", -1);

  /* The server's measure is the one in the record; our clock could be a second further. */
  if (duration >= 0 && duration <= G_MAXUINT32 && self->started_at)
    {
      self->started_mono = 0;
      self->duration = (guint) duration;
      ahoy_call_notify (self, AHOY_CALL_PROP_DURATION);
    }
  self->version = MAX (self->version, ahoy_json_get_int (data, "ver", 0));
  ahoy_call_end (self, ahoy_end_reason_from_number (ahoy_json_get_int (data, "reason", 0)),
                 by && *by ? ahoy_people_get (self->people, by) : NULL);
}

gboolean
ahoy_call_is_rung_again (AhoyCall   *self,
                         JsonObject *data)
{
  AhoyCallMember me;

  /* An invitation that was delayed is older than the end; and one that was declined here stands in newer messages as
   * long as the server does not know it. */
  return !ahoy_call_phase_is_live (self->phase) && ahoy_json_get_int (data, "ver", 0) > self->version &&
         ahoy_call_member_find (ahoy_json_get_array (data, "members"), ahoy_session_get_user_id (self->session), &me) &&
         me.deadline_ms != self->invited_until;
}

void
ahoy_call_take_relayed (AhoyCall   *self,
                        const char *type,
                        JsonObject *data)
{
  const char *from = ahoy_json_get_string (data, "from", AHOY_MAX_USER_ID);

  /* Only somebody in the call gets a connection. */
  if (!self->peers || !from || !ahoy_call_roster_find (self->participants, from))
    return;
  /* While it rings here this device alone decides whether there is one: the answer to an offer shows its addresses. */
  if (ahoy_call_phase_can_accept (self->phase) && g_strcmp0 (ahoy_json_get_string (data, "kind", 16), "offer") == 0)
    return;

  ahoy_call_peers_take_push (self->peers, type, data);
}
