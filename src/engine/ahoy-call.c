/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "ahoy-call-internal.h"

#include "ahoy-call-words.h"
#include "ahoy-error.h"
#include "ahoy-json.h"
#include "ahoy-limits.h"
#include "ahoy-request.h"
#include "ahoy-test-hooks.h"

/* The server ends what nobody answers; this is for a server that cannot. */
#define RING_GRACE_S 10
/* How long the server may take to say how a call came to its end that is over here. */
#define LEAVE_MAX_S 2
/* Seconds without a server and without a connection to the others, after which the call is given up. */
#define ALONE_MAX_S 45

/**
 * AhoyCall:
 *
 * One conversation, of two people or of several. The server decides who is in it and when it is over; this object
 * shows that, and moves the media.
 *
 * Properties say how things stand, and signals say what happened. Where one change causes several signals they come in
 * the order of this list: [signal@Call::begin], [signal@Call::not-connected], [signal@Call::user-rejected],
 * [signal@Call::user-no-response], [signal@Call::user-busy], [signal@Call::user-inviting], [signal@Call::user-joined],
 * [signal@Call::user-left], [signal@Call::user-video-available], [signal@Call::user-audio-available],
 * [signal@Call::media-changed], [signal@Call::ended].
 */
G_DEFINE_FINAL_TYPE (AhoyCall, ahoy_call, G_TYPE_OBJECT)

gboolean
ahoy_call_is_self (AhoyCall   *self,
                   const char *user_id)
{
  return g_strcmp0 (user_id, ahoy_session_get_user_id (self->session)) == 0;
}

void
ahoy_call_tell (AhoyCall   *self,
                const char *type)
{
  g_autoptr (JsonObject) data = json_object_new ();

  json_object_set_string_member (data, "call", self->id);
  ahoy_request_tell (self->session, type, data);
}

/* The others are told what they get, once it is decided that they get something. */
void
ahoy_call_tell_media (AhoyCall *self)
{
  if (self->id && (ahoy_call_phase_may_send (self->phase) || ahoy_call_phase_can_cancel (self->phase)))
    ahoy_call_capture_tell (self->capture, self->session, self->id);
}

static void
on_capture_changed (AhoyCall *self)
{
  ahoy_call_notify (self, AHOY_CALL_PROP_MICROPHONE_ON);
  ahoy_call_notify (self, AHOY_CALL_PROP_CAMERA_ON);
  ahoy_call_tell_media (self);
}

void
ahoy_call_update_duration (AhoyCall *self)
{
  guint duration;

  if (!self->started_mono)
    return;

  duration = (guint) CLAMP ((g_get_monotonic_time () - self->started_mono) / G_USEC_PER_SEC, 0, G_MAXUINT32);
  if (duration == self->duration)
    return;

  self->duration = duration;
  ahoy_call_notify (self, AHOY_CALL_PROP_DURATION);
}

static gboolean
on_tick (gpointer user_data)
{
  AhoyCall *self = user_data;
  g_autoptr (AhoyCall) alive = g_object_ref (self);
  gboolean is_alone = self->phase != AHOY_CALL_PHASE_ACTIVE &&
                      ahoy_session_get_state (self->session) != AHOY_SESSION_READY;

  ahoy_call_update_duration (self);
  ahoy_call_meters_tick (self);
  /* Somebody who heard of a number may have hung up. */
  if (!ahoy_call_phase_is_live (self->phase))
    return G_SOURCE_REMOVE;

  self->alone_s = is_alone ? self->alone_s + 1 : 0;
  if (self->alone_s < ALONE_MAX_S)
    return G_SOURCE_CONTINUE;

  self->tick_id = 0;
  ahoy_call_end (self, AHOY_END_REASON_OFFLINE, NULL);
  return G_SOURCE_REMOVE;
}

static gboolean
on_ring_timeout (gpointer user_data)
{
  AhoyCall *self = user_data;

  /* A server that is there decides; its clock and this one may not have been compared for a while. */
  self->rung_s += RING_GRACE_S;
  if (ahoy_session_get_state (self->session) == AHOY_SESSION_READY && self->rung_s <= AHOY_RING_TIMEOUT_MAX_S)
    {
      self->ring_id = g_timeout_add_seconds (RING_GRACE_S, on_ring_timeout, self);
      return G_SOURCE_REMOVE;
    }

  self->ring_id = 0;
  ahoy_call_end (self, AHOY_END_REASON_NO_RESPONSE, NULL);
  return G_SOURCE_REMOVE;
}

void
ahoy_call_update_participant (AhoyCall   *self,
                              const char *user_id)
{
  ahoy_call_roster_take_link (self->participants, user_id,
                              self->peers ? ahoy_call_peers_find_user (self->peers, user_id) : NULL);
}

void
ahoy_call_update_linked (AhoyCall *self)
{
  if (!self->peers && !self->leave_id)
    return;

  if (self->peers && ahoy_call_peers_is_connected (self->peers))
    ahoy_call_apply (self, AHOY_CALL_EVENT_LINKED);
  else if (ahoy_call_roster_count_in (self->participants) == 0)
    ahoy_call_apply (self, ahoy_call_phase_may_send (self->phase) ? AHOY_CALL_EVENT_ALONE : AHOY_CALL_EVENT_UNLINKED);
  else
    ahoy_call_apply (self, AHOY_CALL_EVENT_UNLINKED);
}

static void
on_peers_changed (AhoyCall   *self,
                  const char *user_id)
{
  g_autoptr (AhoyCall) alive = g_object_ref (self);

  ahoy_call_update_linked (self);
  ahoy_call_update_participant (self, user_id);
}

static void
on_peers_volume (AhoyCall   *self,
                 const char *user_id)
{
  ahoy_call_update_participant (self, user_id);
  ahoy_call_meters_hear (self);
}

static void
close_peers (AhoyCall *self)
{
  g_autoptr (AhoyCallPeers) peers = g_steal_pointer (&self->peers);

  if (!peers)
    return;

  g_signal_handlers_disconnect_by_data (peers, self);
  ahoy_call_peers_close (peers);
}

static gboolean
on_leave_timeout (gpointer user_data)
{
  AhoyCall *self = user_data;

  self->leave_id = 0;
  ahoy_call_finish (self, self->has_begun ? AHOY_END_REASON_HANG_UP : AHOY_END_REASON_CANCELED,
                    self->leave_task != NULL);
  return G_SOURCE_REMOVE;
}

void
ahoy_call_await_end (AhoyCall *self)
{
  if (!ahoy_call_phase_is_live (self->phase) || self->leave_id)
    return;

  self->leave_id = g_timeout_add_seconds (LEAVE_MAX_S, on_leave_timeout, self);
  ahoy_call_capture_stop (self->capture);
  close_peers (self);
  ahoy_call_update_linked (self);
}

void
ahoy_call_take_back (AhoyCall *self,
                     GTask    *task)
{
  self->leave_task = task;
  ahoy_call_await_end (self);
  /* Else the invitation is still under way, and is taken back when it is answered. */
  if (self->version)
    ahoy_call_tell (self, "call.hangup");
}

/* What a new phase brings with it. */
static void
enter_phase (AhoyCall *self)
{
  if (ahoy_call_phase_may_send (self->phase))
    {
      g_clear_handle_id (&self->ring_id, g_source_remove);
      if (!self->tick_id)
        self->tick_id = g_timeout_add_seconds (1, on_tick, self);
    }
  if (self->phase == AHOY_CALL_PHASE_ENDED)
    {
      g_clear_handle_id (&self->ring_id, g_source_remove);
      g_clear_handle_id (&self->leave_id, g_source_remove);
      g_clear_handle_id (&self->tick_id, g_source_remove);
      ahoy_call_meters_stop (self);
      close_peers (self);
      ahoy_call_capture_stop (self->capture);
    }
}

gboolean
ahoy_call_apply (AhoyCall      *self,
                 AhoyCallEvent  event)
{
  AhoyCallState before = ahoy_call_phase_to_state (self->phase);
  AhoyCallPhase next;

  if (!ahoy_call_phase_next (self->phase, event, &next))
    return FALSE;

  g_debug ("Call: %s, %s → %s", ahoy_call_event_get_name (event), ahoy_call_phase_get_name (self->phase),
           ahoy_call_phase_get_name (next));
  self->phase = next;
  ahoy_call_state_trace (before, ahoy_call_phase_to_state (next));
  enter_phase (self);
  if (ahoy_call_phase_to_state (next) != before)
    ahoy_call_notify (self, AHOY_CALL_PROP_STATE);
  return TRUE;
}

void
ahoy_call_end (AhoyCall      *self,
               AhoyEndReason  reason,
               AhoyUser      *by)
{
  g_autoptr (AhoyCall) alive = g_object_ref (self);

  if (!ahoy_call_phase_is_live (self->phase))
    return;

  g_object_freeze_notify (G_OBJECT (self));
  ahoy_call_update_duration (self);
  self->end_reason = reason;
  ahoy_call_notify (self, AHOY_CALL_PROP_END_REASON);
  if (g_set_object (&self->ended_by, by))
    ahoy_call_notify (self, AHOY_CALL_PROP_ENDED_BY);
  ahoy_call_queue_end (self);
  ahoy_call_apply (self, AHOY_CALL_EVENT_ENDED);
  g_object_thaw_notify (G_OBJECT (self));

  for (guint i = 0; i < ahoy_call_roster_count (self->participants); i++)
    {
      AhoyParticipant *participant = ahoy_call_roster_get (self->participants, i);

      ahoy_participant_get_facts (participant)->was_linked = FALSE;
      ahoy_call_update_participant (self, ahoy_participant_get_id (participant));
    }
  ahoy_call_emit_queued (self);
  if (self->leave_task)
    {
      g_autoptr (GTask) task = g_steal_pointer (&self->leave_task);

      g_task_return_boolean (task, TRUE);
    }
}

void
ahoy_call_finish (AhoyCall      *self,
                  AhoyEndReason  reason,
                  gboolean       by_self)
{
  ahoy_call_end (self, reason,
                 by_self ? ahoy_people_get (self->people, ahoy_session_get_user_id (self->session)) : NULL);
}

void
ahoy_call_set_id (AhoyCall   *self,
                  const char *id)
{
  AhoyCallLinkBase base;

  if (!self->id)
    {
      self->id = g_strdup (id);
      ahoy_call_notify (self, AHOY_CALL_PROP_ID);
    }
  if (self->peers || self->leave_id || !ahoy_call_phase_is_live (self->phase))
    return;

  base.session = self->session;
  base.media = self->media_engine;
  base.call_id = self->id;
  base.echo = self->echo;
  self->peers = ahoy_call_peers_new (&base);
  g_signal_connect_swapped (self->peers, "changed", G_CALLBACK (on_peers_changed), self);
  g_signal_connect_swapped (self->peers, "volume", G_CALLBACK (on_peers_volume), self);
  /* Whoever was not to be seen while it had no id. */
  for (guint i = 0; i < ahoy_call_roster_count (self->participants); i++)
    {
      AhoyParticipant *participant = ahoy_call_roster_get (self->participants, i);

      if (!ahoy_participant_get_view_on (participant))
        ahoy_call_peers_set_hidden (self->peers, ahoy_participant_get_id (participant), TRUE);
    }
}

AhoyCallPhase
ahoy_call_get_phase (AhoyCall *self)
{
  return self->phase;
}

AhoyCallPeers *
ahoy_call_get_peers (AhoyCall *self)
{
  return self->peers;
}

static AhoyCall *
make (const AhoyCallBase *base)
{
  AhoyCall *self = g_object_new (AHOY_TYPE_CALL, NULL);

  self->session = g_object_ref (base->session);
  self->media_engine = g_object_ref (base->media);
  self->people = g_object_ref (base->people);
  self->echo = base->echo;
  self->preconnect = base->preconnect;
  self->capture = ahoy_call_capture_new (base->media, base->echo);
  g_signal_connect_swapped (self->capture, "changed", G_CALLBACK (on_capture_changed), self);
  if (!base->echo)
    g_signal_connect_object (base->media, "notify::input-level", G_CALLBACK (ahoy_call_meters_hear), self,
                             G_CONNECT_SWAPPED);
  return self;
}

static void
take_options (AhoyCall        *self,
              AhoyCallOptions *options)
{
  self->ring_s = options && options->timeout ? options->timeout : AHOY_RING_TIMEOUT_DEFAULT_S;
  self->camera_wanted = self->media == AHOY_CALL_MEDIA_VIDEO && (!options || options->camera_on);
  if (!options)
    return;

  self->user_data = g_strdup (options->user_data);
  self->group_id = g_strdup (options->group_id);
  self->room = g_strdup (options->room_number ? NULL : options->room);
  self->room_number = options->room_number;
  self->push_title = g_strdup (options->push_title);
  self->push_text = g_strdup (options->push_text);
  self->record_policy = options->record_policy;
  self->ephemeral = options->ephemeral;
}

AhoyCall *
ahoy_call_new_outgoing (const AhoyCallBase *base,
                        GStrv               user_ids,
                        AhoyCallMedia       media,
                        AhoyCallOptions    *options)
{
  AhoyCall *self = make (base);

  self->media = media;
  self->role = AHOY_CALL_ROLE_CALLER;
  self->phase = AHOY_CALL_PHASE_CALLING;
  self->request = ahoy_call_options_make_invite (options, user_ids, media);
  self->request_type = "call.invite";
  self->inviter = g_object_ref (ahoy_people_get (base->people, ahoy_session_get_user_id (base->session)));
  take_options (self, options);
  self->scene = user_ids[1] ? AHOY_CALL_SCENE_MULTI : AHOY_CALL_SCENE_SINGLE;
  if (self->group_id && *self->group_id)
    self->scene = AHOY_CALL_SCENE_GROUP;
  for (guint i = 0; user_ids[i]; i++)
    ahoy_participant_set_status (ahoy_call_roster_ensure (self->participants,
                                                          ahoy_people_get (base->people, user_ids[i])),
                                 AHOY_PARTICIPANT_WAITING);
  return self;
}

AhoyCall *
ahoy_call_new_joining (const AhoyCallBase *base,
                       const char         *type,
                       const char         *call_id,
                       const char         *group_id)
{
  AhoyCall *self = make (base);

  self->phase = AHOY_CALL_PHASE_JOINING;
  self->role = AHOY_CALL_ROLE_CALLED;
  self->id = g_strdup (call_id);
  self->group_id = g_strdup (group_id);
  self->scene = group_id ? AHOY_CALL_SCENE_GROUP : AHOY_CALL_SCENE_NONE;
  self->request = json_object_new ();
  self->request_type = type;
  json_object_set_string_member (self->request, call_id ? "call" : "group", call_id ? call_id : group_id);
  return self;
}

AhoyCall *
ahoy_call_new_incoming (const AhoyCallBase *base,
                        JsonObject         *data)
{
  g_autoptr (AhoyCall) self = make (base);
  gint64 deadline = ahoy_json_get_int (data, "deadline", 0);
  AhoyCallMember me;
  gint64 left_s;

  if (ahoy_call_member_find (ahoy_json_get_array (data, "members"), ahoy_session_get_user_id (base->session), &me) &&
      me.deadline_ms)
    deadline = me.deadline_ms;
  self->phase = AHOY_CALL_PHASE_INCOMING;
  self->role = AHOY_CALL_ROLE_CALLED;
  ahoy_call_take_snapshot (self, data);
  if (!self->id || self->role != AHOY_CALL_ROLE_CALLED)
    return NULL;

  left_s = deadline / 1000 - ahoy_session_get_server_time (base->session) / G_USEC_PER_SEC;
  left_s = CLAMP (left_s, 0, AHOY_RING_TIMEOUT_MAX_S);
  self->ring_id = g_timeout_add_seconds ((guint) left_s + RING_GRACE_S, on_ring_timeout, self);
  return g_steal_pointer (&self);
}

typedef struct
{
  AhoyCall *call; /* (owned) */
  GTask *task;    /* (owned) (nullable) */
} Start;

static void
fail (AhoyCall     *self,
      const GError *error)
{
  if (!ahoy_call_phase_is_live (self->phase))
    return;

  self->error = g_error_copy (error);
  ahoy_call_notify (self, AHOY_CALL_PROP_ERROR);
  ahoy_call_end (self, AHOY_END_REASON_UNKNOWN, NULL);
}

static void
on_started (GObject      *object,
            GAsyncResult *result,
            gpointer      user_data)
{
  g_autofree Start *start = user_data;
  g_autoptr (AhoyCall) self = start->call;
  g_autoptr (GTask) task = start->task;
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonObject) answer = ahoy_session_request_finish (AHOY_SESSION (object), result, &error);

  if (answer)
    {
      ahoy_call_take_snapshot (self, answer);
      if (self->phase == AHOY_CALL_PHASE_JOINING)
        error = g_error_new_literal (AHOY_ERROR, AHOY_ERROR_INTERNAL, "Let in, but not in the call");
      /* Hung up before the server had answered. */
      if ((!ahoy_call_phase_is_live (self->phase) || self->leave_id) && self->id)
        ahoy_call_tell (self, "call.hangup");
    }
  if (error)
    fail (self, error);

  if (task && error)
    g_task_return_error (task, g_steal_pointer (&error));
  else if (task)
    g_task_return_pointer (task, g_object_ref (self), g_object_unref);
}

void
ahoy_call_start (AhoyCall *self,
                 GTask    *task)
{
  Start *start = g_new0 (Start, 1);
  g_autoptr (JsonObject) request = g_steal_pointer (&self->request);

  start->call = g_object_ref (self);
  start->task = task;
  ahoy_session_request_async (self->session, self->request_type, request, NULL, on_started, start);
  if (self->phase != AHOY_CALL_PHASE_CALLING)
    return;

  self->ring_id = g_timeout_add_seconds (self->ring_s + RING_GRACE_S, on_ring_timeout, self);
  ahoy_call_capture_start (self->capture, self->camera_wanted);
}

void
ahoy_call_tell_ringing (AhoyCall *self)
{
  if (ahoy_call_phase_can_accept (self->phase))
    ahoy_call_tell (self, "call.ringing");
}

void
ahoy_call_ring (AhoyCall *self)
{
  AhoyParticipant *inviter;
  const char *device_id;

  if (!ahoy_call_phase_can_accept (self->phase))
    return;

  ahoy_trace_event ("ringing");
  /* A stranger would learn this machine's addresses from a call that nobody answers. */
  if (!self->preconnect || !self->inviter || !ahoy_user_get_is_contact (self->inviter))
    return;

  inviter = ahoy_call_roster_find (self->participants, ahoy_user_get_id (self->inviter));
  device_id = inviter ? ahoy_participant_get_facts (inviter)->device_id : NULL;
  if (device_id)
    ahoy_call_peers_offer (self->peers, ahoy_user_get_id (self->inviter), device_id);
}

void
ahoy_call_refresh (AhoyCall *self)
{
  if (self->peers)
    ahoy_call_peers_refresh (self->peers);
}

static void
ahoy_call_dispose (GObject *object)
{
  AhoyCall *self = AHOY_CALL (object);

  g_clear_handle_id (&self->tick_id, g_source_remove);
  g_clear_handle_id (&self->ring_id, g_source_remove);
  g_clear_handle_id (&self->leave_id, g_source_remove);
  ahoy_call_meters_stop (self);
  close_peers (self);
  if (self->capture)
    g_signal_handlers_disconnect_by_data (self->capture, self);
  g_clear_object (&self->capture);
  g_clear_object (&self->participants);
  g_clear_object (&self->inviter);
  g_clear_object (&self->ended_by);
  g_clear_object (&self->people);
  g_clear_object (&self->media_engine);
  g_clear_object (&self->session);

  G_OBJECT_CLASS (ahoy_call_parent_class)->dispose (object);
}

static void
ahoy_call_finalize (GObject *object)
{
  AhoyCall *self = AHOY_CALL (object);

  g_clear_error (&self->error);
  g_clear_pointer (&self->stats, g_variant_unref);
  g_clear_pointer (&self->request, json_object_unref);
  g_hash_table_unref (self->gone);
  g_array_unref (self->events);
  g_free (self->id);
  g_free (self->user_data);
  g_free (self->group_id);
  g_free (self->room);
  g_free (self->push_title);
  g_free (self->push_text);

  G_OBJECT_CLASS (ahoy_call_parent_class)->finalize (object);
}

static void
ahoy_call_class_init (AhoyCallClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = ahoy_call_dispose;
  object_class->finalize = ahoy_call_finalize;
  ahoy_call_install_properties (object_class);
  ahoy_call_install_signals (klass);
}

static void
ahoy_call_init (AhoyCall *self)
{
  self->participants = g_list_store_new (AHOY_TYPE_PARTICIPANT);
  self->gone = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->events = ahoy_call_events_new ();
}
