/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "ahoy-call-internal.h"

#include "ahoy-enum-types.h"

/* What happened in a call, gathered while a message is taken in and told when everything can be read as it then is. */

typedef struct
{
  AhoyCallSignal signal;
  char *user_id; /* (owned) (nullable) */
  int first;     /* a reason, a media, or whether it is there */
  int second;
} AhoyCallEventItem;

static guint signals[AHOY_CALL_N_SIGNALS];

static void
clear_item (gpointer data)
{
  AhoyCallEventItem *item = data;

  g_clear_pointer (&item->user_id, g_free);
}

GArray *
ahoy_call_events_new (void)
{
  GArray *events = g_array_new (FALSE, TRUE, sizeof (AhoyCallEventItem));

  g_array_set_clear_func (events, clear_item);
  return events;
}

/* Keeps the order of the signals, and of those of one kind the order in which they came. */
static void
queue (AhoyCall       *self,
       AhoyCallSignal  signal,
       const char     *user_id,
       int             first,
       int             second)
{
  AhoyCallEventItem item = { signal, g_strdup (user_id), first, second };
  guint position = self->events->len;

  while (position > 0 && g_array_index (self->events, AhoyCallEventItem, position - 1).signal > signal)
    position--;
  g_array_insert_val (self->events, position, item);
}

void
ahoy_call_queue (AhoyCall       *self,
                 AhoyCallSignal  signal)
{
  queue (self, signal, NULL, 0, 0);
}

void
ahoy_call_queue_user (AhoyCall       *self,
                      AhoyCallSignal  signal,
                      const char     *user_id)
{
  queue (self, signal, user_id, 0, 0);
}

void
ahoy_call_queue_media (AhoyCall      *self,
                       AhoyCallMedia  before,
                       AhoyCallMedia  after)
{
  queue (self, AHOY_CALL_SIGNAL_MEDIA_CHANGED, NULL, before, after);
}

void
ahoy_call_queue_absence (AhoyCall      *self,
                         const char    *user_id,
                         const char    *by,
                         AhoyEndReason  reason)
{
  gboolean is_caller = self->role == AHOY_CALL_ROLE_CALLER;
  gboolean invited_here = by && *by ? ahoy_call_is_self (self, by) : is_caller;

  if (reason == AHOY_END_REASON_LINE_BUSY && invited_here)
    ahoy_call_queue_user (self, AHOY_CALL_SIGNAL_USER_BUSY, user_id);
  else if (!is_caller && !ahoy_call_has_several (self))
    return;
  else if (reason == AHOY_END_REASON_REJECT)
    ahoy_call_queue_user (self, AHOY_CALL_SIGNAL_USER_REJECTED, user_id);
  else if (reason == AHOY_END_REASON_NO_RESPONSE)
    ahoy_call_queue_user (self, AHOY_CALL_SIGNAL_USER_NO_RESPONSE, user_id);
}

static void
queue_changes_of (AhoyCall        *self,
                  AhoyParticipant *participant)
{
  AhoyParticipantFacts *facts = ahoy_participant_get_facts (participant);
  const char *user_id = ahoy_participant_get_id (participant);
  gboolean audio = ahoy_participant_get_microphone_on (participant);
  gboolean video = ahoy_participant_get_camera_on (participant);

  if (!ahoy_participant_is_in (participant))
    {
      if (facts->announced)
        ahoy_call_queue_user (self, AHOY_CALL_SIGNAL_USER_LEFT, user_id);
      facts->announced = facts->announced_audio = facts->announced_video = FALSE;
      return;
    }

  if (!facts->announced)
    ahoy_call_queue_user (self, AHOY_CALL_SIGNAL_USER_JOINED, user_id);
  if (facts->announced_video != video)
    queue (self, AHOY_CALL_SIGNAL_USER_VIDEO_AVAILABLE, user_id, video, 0);
  if (facts->announced_audio != audio)
    queue (self, AHOY_CALL_SIGNAL_USER_AUDIO_AVAILABLE, user_id, audio, 0);
  facts->announced = TRUE;
  facts->announced_video = video;
  facts->announced_audio = audio;
}

void
ahoy_call_queue_changes (AhoyCall *self)
{
  /* Who is not in the call does not see who comes and goes. */
  if (!self->has_begun)
    return;

  for (guint i = 0; i < ahoy_call_roster_count (self->participants); i++)
    queue_changes_of (self, ahoy_call_roster_get (self->participants, i));
}

/* Those for whom it still rang when it ended. */
static void
queue_waiting (AhoyCall   *self,
               const char *by)
{
  for (guint i = 0; i < ahoy_call_roster_count (self->participants); i++)
    {
      AhoyParticipant *participant = ahoy_call_roster_get (self->participants, i);
      const char *user_id = ahoy_participant_get_id (participant);

      if (ahoy_participant_get_status (participant) != AHOY_PARTICIPANT_WAITING)
        continue;
      /* The time is over for all of them, but only one declined last. */
      if (self->end_reason != AHOY_END_REASON_NO_RESPONSE && ahoy_call_has_several (self) &&
          g_strcmp0 (by, user_id) != 0)
        continue;
      ahoy_call_queue_absence (self, user_id, ahoy_participant_get_facts (participant)->by, self->end_reason);
    }
}

void
ahoy_call_queue_end (AhoyCall *self)
{
  const char *by = self->ended_by ? ahoy_user_get_id (self->ended_by) : NULL;
  const char *who = ahoy_session_get_user_id (self->session);
  AhoyParticipant *leaver = by ? ahoy_call_roster_find (self->participants, by) : NULL;

  if (self->has_begun || self->role == AHOY_CALL_ROLE_CALLER)
    queue_waiting (self, by);
  if (leaver && ahoy_participant_get_facts (leaver)->announced)
    ahoy_call_queue_user (self, AHOY_CALL_SIGNAL_USER_LEFT, by);

  if (!self->has_begun)
    {
      /* Who took it back, on either side; everything else concerns the one who is told. */
      if (self->end_reason == AHOY_END_REASON_CANCELED && (by || self->inviter))
        who = by ? by : ahoy_user_get_id (self->inviter);
      queue (self, AHOY_CALL_SIGNAL_NOT_CONNECTED, who, self->end_reason, 0);
    }
  ahoy_call_queue (self, AHOY_CALL_SIGNAL_ENDED);
}

static void
emit (AhoyCall                *self,
      const AhoyCallEventItem *item)
{
  guint id = signals[item->signal];

  switch (item->signal)
    {
    case AHOY_CALL_SIGNAL_BEGIN:
    case AHOY_CALL_SIGNAL_ENDED:
      g_signal_emit (self, id, 0);
      break;
    case AHOY_CALL_SIGNAL_NOT_CONNECTED:
      g_signal_emit (self, id, 0, (AhoyEndReason) item->first, item->user_id);
      break;
    case AHOY_CALL_SIGNAL_USER_REJECTED:
    case AHOY_CALL_SIGNAL_USER_NO_RESPONSE:
    case AHOY_CALL_SIGNAL_USER_BUSY:
    case AHOY_CALL_SIGNAL_USER_INVITING:
    case AHOY_CALL_SIGNAL_USER_JOINED:
    case AHOY_CALL_SIGNAL_USER_LEFT:
      g_signal_emit (self, id, 0, item->user_id);
      break;
    case AHOY_CALL_SIGNAL_USER_VIDEO_AVAILABLE:
    case AHOY_CALL_SIGNAL_USER_AUDIO_AVAILABLE:
      g_signal_emit (self, id, 0, item->user_id, item->first);
      break;
    case AHOY_CALL_SIGNAL_MEDIA_CHANGED:
      g_signal_emit (self, id, 0, (AhoyCallMedia) item->first, (AhoyCallMedia) item->second);
      break;
    case AHOY_CALL_SIGNAL_VOLUMES:
    case AHOY_CALL_SIGNAL_NETWORK_QUALITIES:
    case AHOY_CALL_N_SIGNALS:
    default:
      g_assert_not_reached ();
    }
}

void
ahoy_call_emit_queued (AhoyCall *self)
{
  g_autoptr (GArray) events = g_steal_pointer (&self->events);
  g_autoptr (AhoyCall) alive = g_object_ref (self);
  gboolean was_live = ahoy_call_phase_is_live (self->phase);

  self->events = ahoy_call_events_new ();
  for (guint i = 0; i < events->len; i++)
    {
      /* Somebody hung up in the middle of it: nothing comes after "ended". */
      if (was_live && !ahoy_call_phase_is_live (self->phase))
        return;
      emit (self, &g_array_index (events, AhoyCallEventItem, i));
    }
}

gboolean
ahoy_call_has_listeners (AhoyCall       *self,
                         AhoyCallSignal  signal)
{
  return g_signal_has_handler_pending (self, signals[signal], 0, FALSE);
}

void
ahoy_call_emit_levels (AhoyCall       *self,
                       AhoyCallSignal  signal,
                       GVariant       *levels)
{
  g_signal_emit (self, signals[signal], 0, levels);
}

static guint
install (const char *name,
         guint       n_params,
         GType       first,
         GType       second)
{
  return g_signal_new (name, AHOY_TYPE_CALL, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, n_params,
                       first, second);
}

static void
install_about_call (void)
{
  /**
   * AhoyCall::begin:
   * @self: the call
   *
   * The call is connected: somebody has accepted. Emitted once, for who placed it, who accepted and who joined.
   */
  signals[AHOY_CALL_SIGNAL_BEGIN] = install ("begin", 0, G_TYPE_NONE, G_TYPE_NONE);

  /**
   * AhoyCall::not-connected:
   * @self: the call
   * @reason: why
   * @user_id: who cancelled, when it was cancelled; else the id of the own user
   *
   * The call ended before it began. Emitted for who placed it and for who was called, before [signal@Call::ended]:
   *
   * | what happened | caller is told | called one is told |
   * |---|---|---|
   * | the caller cancels | canceled, by the caller | canceled, by the caller |
   * | the time is over | [signal@Call::user-no-response]; no response | no response |
   * | the called one declines | [signal@Call::user-rejected]; reject | reject |
   * | busy, or ignored | [signal@Call::user-busy]; line busy | line busy, when there was a call to ignore |
   * | answered on another device | – | other device accepted |
   * | declined on another device | as when declined | other device reject |
   * | the network breaks | offline, on the side where it broke | likewise |
   * | the server ends it | end by server | end by server |
   *
   * A call to several is not connected when all of them are gone and nobody has accepted.
   */
  signals[AHOY_CALL_SIGNAL_NOT_CONNECTED] = install ("not-connected", 2, AHOY_TYPE_END_REASON, G_TYPE_STRING);

  /**
   * AhoyCall::media-changed:
   * @self: the call
   * @before: what it was
   * @after: what it is now
   *
   * The call was switched between sound, and sound and picture. Emitted on both sides.
   */
  signals[AHOY_CALL_SIGNAL_MEDIA_CHANGED] = install ("media-changed", 2, AHOY_TYPE_CALL_MEDIA, AHOY_TYPE_CALL_MEDIA);

  /**
   * AhoyCall::ended:
   * @self: the call
   *
   * The call is over, for whatever reason; see [property@Call:end-reason], [property@Call:ended-by] and
   * [property@Call:duration]. The last signal, and the object may be dropped inside it.
   */
  signals[AHOY_CALL_SIGNAL_ENDED] = install ("ended", 0, G_TYPE_NONE, G_TYPE_NONE);

  /**
   * AhoyCall::volumes:
   * @self: the call
   * @volumes: an `a{si}`: user id and volume from 0 to 100, the own one included
   *
   * How loud everybody is. Emitted five times a second while anybody is heard, and once when all are silent.
   */
  signals[AHOY_CALL_SIGNAL_VOLUMES] = install ("volumes", 1, G_TYPE_VARIANT, G_TYPE_NONE);

  /**
   * AhoyCall::network-qualities:
   * @self: the call
   * @qualities: an `a{si}`: user id and [enum@NetworkQuality], the own one included
   *
   * How good the connections are. Emitted every two seconds while this person is in the call.
   */
  signals[AHOY_CALL_SIGNAL_NETWORK_QUALITIES] = install ("network-qualities", 1, G_TYPE_VARIANT, G_TYPE_NONE);
}

static void
install_about_user (void)
{
  /**
   * AhoyCall::user-rejected:
   * @self: the call
   * @user_id: who
   *
   * Somebody who was invited has declined. In a call of two for the caller, in one of several for everybody.
   */
  signals[AHOY_CALL_SIGNAL_USER_REJECTED] = install ("user-rejected", 1, G_TYPE_STRING, G_TYPE_NONE);

  /**
   * AhoyCall::user-no-response:
   * @self: the call
   * @user_id: who
   *
   * Somebody has not answered in time. In a call of two for the caller, in one of several for everybody.
   */
  signals[AHOY_CALL_SIGNAL_USER_NO_RESPONSE] = install ("user-no-response", 1, G_TYPE_STRING, G_TYPE_NONE);

  /**
   * AhoyCall::user-busy:
   * @self: the call
   * @user_id: who
   *
   * Somebody is in another call, or ignores this one. For who invited them.
   */
  signals[AHOY_CALL_SIGNAL_USER_BUSY] = install ("user-busy", 1, G_TYPE_STRING, G_TYPE_NONE);

  /**
   * AhoyCall::user-inviting:
   * @self: the call
   * @user_id: who
   *
   * Somebody was invited to the call after it was placed. For everybody.
   */
  signals[AHOY_CALL_SIGNAL_USER_INVITING] = install ("user-inviting", 1, G_TYPE_STRING, G_TYPE_NONE);

  /**
   * AhoyCall::user-joined:
   * @self: the call
   * @user_id: who
   *
   * Somebody is in the call. For those who are in it; who enters is told of all who are there.
   */
  signals[AHOY_CALL_SIGNAL_USER_JOINED] = install ("user-joined", 1, G_TYPE_STRING, G_TYPE_NONE);

  /**
   * AhoyCall::user-left:
   * @self: the call
   * @user_id: who
   *
   * Somebody is no longer in the call. For those who are in it.
   */
  signals[AHOY_CALL_SIGNAL_USER_LEFT] = install ("user-left", 1, G_TYPE_STRING, G_TYPE_NONE);

  /**
   * AhoyCall::user-video-available:
   * @self: the call
   * @user_id: who
   * @is_available: whether the camera is on
   *
   * Somebody has switched the camera on or off. For those who are in the call.
   */
  signals[AHOY_CALL_SIGNAL_USER_VIDEO_AVAILABLE] = install ("user-video-available", 2, G_TYPE_STRING, G_TYPE_BOOLEAN);

  /**
   * AhoyCall::user-audio-available:
   * @self: the call
   * @user_id: who
   * @is_available: whether the microphone is on
   *
   * Somebody has switched the microphone on or off. For those who are in the call.
   */
  signals[AHOY_CALL_SIGNAL_USER_AUDIO_AVAILABLE] = install ("user-audio-available", 2, G_TYPE_STRING, G_TYPE_BOOLEAN);
}

void
ahoy_call_install_signals (AhoyCallClass *klass)
{
  install_about_call ();
  install_about_user ();
}
