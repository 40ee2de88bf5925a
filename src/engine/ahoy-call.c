/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "ahoy-call-private.h"

#include "ahoy-call-capture.h"
#include "ahoy-call-peers.h"
#include "ahoy-call-roster.h"
#include "ahoy-call-words.h"
#include "ahoy-enum-types.h"
#include "ahoy-items.h"
#include "ahoy-limits.h"
#include "ahoy-test-hooks.h"

/* The server ends what nobody answers; this is for a server that cannot. */
#define RING_GRACE_S 10
/* Seconds without a server and without a connection to the others, after which the call is given up. */
#define ALONE_MAX_S 45

/**
 * AhoyCall:
 *
 * One conversation. The server decides who is in it and when it is over; this object shows that, and moves the media.
 */
struct _AhoyCall
{
  GObject parent_instance;

  AhoySession *session;      /* (owned) (not nullable) */
  AhoyMedia *media_engine;   /* (owned) (not nullable) */
  AhoyCallCapture *capture;  /* (owned) (not nullable) */
  AhoyPeople *people;        /* (owned) (not nullable) */
  AhoyCallPeers *peers;      /* (owned) (nullable), once the call has an id and until its end */
  GListStore *participants;  /* (owned) of AhoyParticipant */
  AhoyUser *inviter;         /* (owned) (nullable) */
  AhoyUser *ended_by;        /* (owned) (nullable) */
  GError *error;             /* (owned) (nullable) */
  GVariant *stats;           /* (owned) (nullable) */
  char *id;                  /* (owned) (nullable), the server gives it */
  char *inviter_device;      /* (owned) (nullable) */
  char *user_data;           /* (owned) (nullable) */

  AhoyCallPhase phase;       /* changed only by ahoy_call_apply () */
  AhoyCallMedia media;
  AhoyCallRole role;
  AhoyCallScene scene;
  AhoyEndReason end_reason;
  gint64 version;
  gint64 started_at;         /* µs, real time of this machine */
  gint64 started_mono;       /* the same, monotonic */
  guint duration;
  guint ring_s;
  guint alone_s;
  guint tick_id;
  guint ring_id;

  gboolean echo;
  gboolean preconnect;
};

G_DEFINE_FINAL_TYPE (AhoyCall, ahoy_call, G_TYPE_OBJECT)

enum
{
  PROP_0,
  PROP_ID,
  PROP_MEDIA,
  PROP_ROLE,
  PROP_SCENE,
  PROP_STATE,
  PROP_INVITER,
  PROP_PARTICIPANTS,
  PROP_STARTED_AT,
  PROP_DURATION,
  PROP_END_REASON,
  PROP_ENDED_BY,
  PROP_ERROR,
  PROP_USER_DATA,
  PROP_MICROPHONE_ON,
  PROP_CAMERA_ON,
  PROP_SELF_VIEW,
  PROP_STATS,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];
static guint signal_ended;

static gboolean ahoy_call_apply (AhoyCall      *self,
                                 AhoyCallEvent  event);

static void finish (AhoyCall      *self,
                    AhoyEndReason  reason,
                    AhoyUser      *by);

static void
notify (AhoyCall *self,
        guint     prop)
{
  g_object_notify_by_pspec (G_OBJECT (self), properties[prop]);
}

static gboolean
is_self (AhoyCall   *self,
         const char *user_id)
{
  return g_strcmp0 (user_id, ahoy_session_get_user_id (self->session)) == 0;
}

/* Requests whose answer changes nothing here. */
static void
on_told (GObject      *object,
         GAsyncResult *result,
         gpointer      user_data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonObject) answer = ahoy_session_request_finish (AHOY_SESSION (object), result, &error);

  if (!answer)
    g_debug ("Call: %s", error->message);
}

static void
tell (AhoyCall   *self,
      const char *type)
{
  g_autoptr (JsonObject) data = json_object_new ();

  json_object_set_string_member (data, "call", self->id);
  ahoy_session_request_async (self->session, type, data, NULL, on_told, NULL);
}

/* The others are told what they get, once it is decided that they get something. */
static void
tell_media (AhoyCall *self)
{
  if (self->id && ahoy_call_phase_is_live (self->phase) && !ahoy_call_phase_can_accept (self->phase))
    ahoy_call_capture_tell (self->capture, self->session, self->id);
}

static void
on_capture_changed (AhoyCall *self)
{
  notify (self, PROP_MICROPHONE_ON);
  notify (self, PROP_CAMERA_ON);
  tell_media (self);
}

static void
update_duration (AhoyCall *self)
{
  guint duration;

  if (!self->started_mono)
    return;

  duration = (guint) CLAMP ((g_get_monotonic_time () - self->started_mono) / G_USEC_PER_SEC, 0, G_MAXUINT32);
  if (duration == self->duration)
    return;

  self->duration = duration;
  notify (self, PROP_DURATION);
}

static void
update_stats (AhoyCall *self)
{
  GVariant *stats = ahoy_call_roster_rate (self->participants, self->peers);

  if (!stats)
    return;

  g_clear_pointer (&self->stats, g_variant_unref);
  self->stats = stats;
  notify (self, PROP_STATS);
}

static gboolean
on_tick (gpointer user_data)
{
  AhoyCall *self = user_data;
  g_autoptr (AhoyCall) alive = g_object_ref (self);
  gboolean is_alone = self->phase != AHOY_CALL_PHASE_ACTIVE &&
                      ahoy_session_get_state (self->session) != AHOY_SESSION_READY;

  update_duration (self);
  if (self->peers)
    update_stats (self);
  self->alone_s = is_alone ? self->alone_s + 1 : 0;
  if (self->alone_s < ALONE_MAX_S)
    return G_SOURCE_CONTINUE;

  self->tick_id = 0;
  finish (self, AHOY_END_REASON_OFFLINE, NULL);
  return G_SOURCE_REMOVE;
}

static gboolean
on_ring_timeout (gpointer user_data)
{
  AhoyCall *self = user_data;

  self->ring_id = 0;
  finish (self, AHOY_END_REASON_NO_RESPONSE, NULL);
  return G_SOURCE_REMOVE;
}

static void
update_participant (AhoyCall   *self,
                    const char *user_id)
{
  ahoy_call_roster_take_link (self->participants, user_id,
                              self->peers ? ahoy_call_peers_find_user (self->peers, user_id) : NULL,
                              self->phase == AHOY_CALL_PHASE_RECONNECTING);
}

static void
on_peers_changed (AhoyCall   *self,
                  const char *user_id)
{
  g_autoptr (AhoyCall) alive = g_object_ref (self);

  ahoy_call_apply (self, ahoy_call_peers_is_connected (self->peers) ? AHOY_CALL_EVENT_LINKED
                                                                    : AHOY_CALL_EVENT_UNLINKED);
  update_participant (self, user_id);
}

static void
on_peers_volume (AhoyCall   *self,
                 const char *user_id)
{
  update_participant (self, user_id);
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
      g_clear_handle_id (&self->tick_id, g_source_remove);
      close_peers (self);
      ahoy_call_capture_stop (self->capture);
    }
}

/* The only writer of the phase. FALSE when the event came late and means nothing. */
static gboolean
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
    notify (self, PROP_STATE);
  return TRUE;
}

static void
finish (AhoyCall      *self,
        AhoyEndReason  reason,
        AhoyUser      *by)
{
  g_autoptr (AhoyCall) alive = g_object_ref (self);
  guint n = g_list_model_get_n_items (G_LIST_MODEL (self->participants));

  if (!ahoy_call_phase_is_live (self->phase))
    return;

  g_object_freeze_notify (G_OBJECT (self));
  update_duration (self);
  self->end_reason = reason;
  notify (self, PROP_END_REASON);
  if (g_set_object (&self->ended_by, by))
    notify (self, PROP_ENDED_BY);
  ahoy_call_apply (self, AHOY_CALL_EVENT_ENDED);
  g_object_thaw_notify (G_OBJECT (self));

  for (guint i = 0; i < n; i++)
    {
      g_autoptr (AhoyParticipant) participant = g_list_model_get_item (G_LIST_MODEL (self->participants), i);

      update_participant (self, ahoy_user_get_id (ahoy_participant_get_user (participant)));
    }
  g_signal_emit (self, signal_ended, 0);
}

static void
set_id (AhoyCall   *self,
        const char *id)
{
  AhoyCallLinkBase base;

  if (self->id)
    return;

  self->id = g_strdup (id);
  notify (self, PROP_ID);
  if (!ahoy_call_phase_is_live (self->phase))
    return;

  base.session = self->session;
  base.media = self->media_engine;
  base.call_id = self->id;
  base.echo = self->echo;
  self->peers = ahoy_call_peers_new (&base);
  g_signal_connect_swapped (self->peers, "changed", G_CALLBACK (on_peers_changed), self);
  g_signal_connect_swapped (self->peers, "volume", G_CALLBACK (on_peers_volume), self);
}

static void
take_start (AhoyCall *self,
            gint64    started_ms)
{
  gint64 ago;

  if (started_ms <= 0 || started_ms > G_MAXINT64 / 2000 || self->started_at)
    return;

  /* Counted from now on by the monotonic clock: somebody may set the other one. */
  ago = MAX (ahoy_session_get_server_time (self->session) - started_ms * 1000, 0);
  self->started_at = g_get_real_time () - ago;
  self->started_mono = g_get_monotonic_time () - ago;
  notify (self, PROP_STARTED_AT);
  update_duration (self);
}

static void
take_head (AhoyCall   *self,
           JsonObject *data)
{
  AhoyCallMedia media = ahoy_call_media_from_word (ahoy_json_get_string (data, "media", 16));
  AhoyCallScene scene = ahoy_call_scene_from_word (ahoy_json_get_string (data, "scene", 16));
  const char *inviter = ahoy_json_get_string (data, "inviter", AHOY_MAX_USER_ID);
  const char *user_data = ahoy_json_get_string (data, "userData", AHOY_MAX_USER_DATA);
  AhoyCallRole role = self->role;

  if (inviter && *inviter)
    {
      /* Two who called each other at the same moment are in the call of the first. */
      role = is_self (self, inviter) ? AHOY_CALL_ROLE_CALLER : AHOY_CALL_ROLE_CALLED;
      if (g_set_object (&self->inviter, ahoy_people_get (self->people, inviter)))
        notify (self, PROP_INVITER);
    }
  if (role != self->role)
    {
      self->role = role;
      notify (self, PROP_ROLE);
    }
  if (media != self->media && media != AHOY_CALL_MEDIA_UNKNOWN)
    {
      self->media = media;
      notify (self, PROP_MEDIA);
    }
  if (scene != self->scene)
    {
      self->scene = scene;
      notify (self, PROP_SCENE);
    }
  if (user_data && g_strcmp0 (user_data, self->user_data) != 0)
    {
      g_free (self->user_data);
      self->user_data = g_strdup (user_data);
      notify (self, PROP_USER_DATA);
    }
}

/* Who called is in the call with the device that called; whoever comes later makes the connection to it. */
static void
enter_media (AhoyCall *self)
{
  const char *inviter = self->inviter ? ahoy_user_get_id (self->inviter) : NULL;

  if (!self->peers || self->role != AHOY_CALL_ROLE_CALLED || !inviter || !self->inviter_device)
    return;

  ahoy_call_peers_offer (self->peers, inviter, self->inviter_device);
  ahoy_call_peers_set_accepted (self->peers, inviter, self->inviter_device);
}

void
ahoy_call_accepted_here (AhoyCall *self,
                         gboolean  with_camera)
{
  ahoy_call_capture_start (self->capture, with_camera && self->media == AHOY_CALL_MEDIA_VIDEO);
  ahoy_call_apply (self, AHOY_CALL_EVENT_ACCEPTED);
  enter_media (self);
  tell_media (self);
}

static void
take_other (AhoyCall             *self,
            const AhoyCallMember *member)
{
  gboolean is_inviter = self->inviter && g_str_equal (ahoy_user_get_id (self->inviter), member->user_id);
  gboolean is_in = g_str_equal (member->status, "accepted");

  ahoy_call_roster_take_member (self->participants, self->people, member);
  if (is_inviter && *member->device_id && !self->inviter_device)
    self->inviter_device = g_strdup (member->device_id);

  if (self->peers && g_str_equal (member->status, "left"))
    ahoy_call_peers_drop_user (self->peers, member->user_id);
  if (self->role != AHOY_CALL_ROLE_CALLER)
    return;

  if (g_str_equal (member->status, "ringing"))
    ahoy_call_apply (self, AHOY_CALL_EVENT_RINGS);
  if (is_in && *member->device_id && self->peers)
    {
      ahoy_call_peers_set_accepted (self->peers, member->user_id, member->device_id);
      ahoy_call_apply (self, AHOY_CALL_EVENT_ACCEPTED);
    }
}

static void
take_me (AhoyCall             *self,
         const AhoyCallMember *member)
{
  gboolean is_this_device = g_strcmp0 (member->device_id, ahoy_session_get_device_id (self->session)) == 0;

  if (self->role == AHOY_CALL_ROLE_CALLED && is_this_device && g_str_equal (member->status, "accepted") &&
      !ahoy_call_phase_may_send (self->phase))
    ahoy_call_accepted_here (self, TRUE);
}

void
ahoy_call_take_snapshot (AhoyCall   *self,
                         JsonObject *data)
{
  g_autoptr (AhoyCall) alive = g_object_ref (self);
  const char *id = ahoy_json_get_string (data, "call", AHOY_MAX_CALL_ID);
  gint64 version = ahoy_json_get_int (data, "ver", 0);
  JsonArray *members = ahoy_json_get_array (data, "members");
  AhoyCallMember me = { 0 };

  if (!id || !*id || (self->id && !g_str_equal (self->id, id)) || (version && version < self->version))
    return;

  self->version = version;
  set_id (self, id);
  if (!ahoy_call_phase_is_live (self->phase))
    return;

  take_head (self, data);
  for (guint i = 0; i < ahoy_items_length (members) && ahoy_call_phase_is_live (self->phase); i++)
    {
      AhoyCallMember member;

      if (!ahoy_call_member_read (members, i, &member))
        continue;
      if (is_self (self, member.user_id))
        me = member;
      else
        take_other (self, &member);
    }
  /* Last, because it needs to know the inviter's device. */
  if (me.user_id)
    take_me (self, &me);
  take_start (self, ahoy_json_get_int (data, "started", 0));
  tell_media (self);
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
      notify (self, PROP_DURATION);
    }
  finish (self, ahoy_end_reason_from_number (ahoy_json_get_int (data, "reason", 0)),
          by && *by ? ahoy_people_get (self->people, by) : NULL);
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

void
ahoy_call_finish (AhoyCall      *self,
                  AhoyEndReason  reason,
                  gboolean       by_self)
{
  finish (self, reason,
          by_self ? ahoy_people_get (self->people, ahoy_session_get_user_id (self->session)) : NULL);
}

AhoyCallPhase
ahoy_call_get_phase (AhoyCall *self)
{
  return self->phase;
}

AhoySession *
ahoy_call_get_session (AhoyCall *self)
{
  return self->session;
}

AhoyCallPeers *
ahoy_call_get_peers (AhoyCall *self)
{
  return self->peers;
}

static void
on_invited (GObject      *object,
            GAsyncResult *result,
            gpointer      user_data)
{
  g_autoptr (AhoyCall) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonObject) answer = ahoy_session_request_finish (AHOY_SESSION (object), result, &error);

  if (!answer)
    {
      if (!ahoy_call_phase_is_live (self->phase))
        return;
      self->error = g_steal_pointer (&error);
      notify (self, PROP_ERROR);
      finish (self, AHOY_END_REASON_UNKNOWN, NULL);
      return;
    }

  ahoy_call_take_snapshot (self, answer);
  /* Hung up before the server had answered. */
  if (!ahoy_call_phase_is_live (self->phase) && self->id)
    tell (self, "call.cancel");
}

static void
invite (AhoyCall        *self,
        GStrv            user_ids,
        AhoyCallOptions *options)
{
  g_autoptr (JsonObject) data = ahoy_call_options_make_invite (options, user_ids, self->media);

  ahoy_session_request_async (self->session, "call.invite", data, NULL, on_invited, g_object_ref (self));
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
  return self;
}

AhoyCall *
ahoy_call_new_outgoing (const AhoyCallBase *base,
                        GStrv               user_ids,
                        AhoyCallMedia       media,
                        AhoyCallOptions    *options)
{
  AhoyCall *self = make (base);
  gboolean camera = media == AHOY_CALL_MEDIA_VIDEO && (!options || options->camera_on);

  self->media = media;
  self->role = AHOY_CALL_ROLE_CALLER;
  self->phase = AHOY_CALL_PHASE_CALLING;
  self->scene = user_ids[1] ? AHOY_CALL_SCENE_MULTI : AHOY_CALL_SCENE_SINGLE;
  self->inviter = g_object_ref (ahoy_people_get (base->people, ahoy_session_get_user_id (base->session)));
  self->ring_s = options && options->timeout ? options->timeout : AHOY_RING_TIMEOUT_DEFAULT_S;
  self->user_data = options ? g_strdup (options->user_data) : NULL;
  for (guint i = 0; user_ids[i]; i++)
    ahoy_participant_set_status (ahoy_call_roster_ensure (self->participants,
                                                          ahoy_people_get (base->people, user_ids[i])),
                                 AHOY_PARTICIPANT_WAITING);
  self->ring_id = g_timeout_add_seconds (self->ring_s + RING_GRACE_S, on_ring_timeout, self);
  invite (self, user_ids, options);
  ahoy_call_capture_start (self->capture, camera);
  return self;
}

AhoyCall *
ahoy_call_new_incoming (const AhoyCallBase *base,
                        JsonObject         *data)
{
  g_autoptr (AhoyCall) self = make (base);
  gint64 deadline = ahoy_json_get_int (data, "deadline", 0);
  gint64 left_s = deadline / 1000 - ahoy_session_get_server_time (base->session) / G_USEC_PER_SEC;

  self->phase = AHOY_CALL_PHASE_INCOMING;
  self->role = AHOY_CALL_ROLE_CALLED;
  ahoy_call_take_snapshot (self, data);
  if (!self->id || self->role != AHOY_CALL_ROLE_CALLED)
    return NULL;

  left_s = CLAMP (left_s, 0, AHOY_RING_TIMEOUT_MAX_S);
  self->ring_id = g_timeout_add_seconds ((guint) left_s + RING_GRACE_S, on_ring_timeout, self);
  return g_steal_pointer (&self);
}

void
ahoy_call_tell_ringing (AhoyCall *self)
{
  if (ahoy_call_phase_can_accept (self->phase))
    tell (self, "call.ringing");
}

void
ahoy_call_ring (AhoyCall *self)
{
  if (!ahoy_call_phase_can_accept (self->phase))
    return;

  ahoy_trace_event ("ringing");
  /* A stranger would learn this machine's addresses from a call that nobody answers. */
  if (self->preconnect && self->inviter && ahoy_user_get_is_contact (self->inviter) && self->inviter_device)
    ahoy_call_peers_offer (self->peers, ahoy_user_get_id (self->inviter), self->inviter_device);
}

static void
ahoy_call_dispose (GObject *object)
{
  AhoyCall *self = AHOY_CALL (object);

  g_clear_handle_id (&self->tick_id, g_source_remove);
  g_clear_handle_id (&self->ring_id, g_source_remove);
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
  g_free (self->id);
  g_free (self->inviter_device);
  g_free (self->user_data);

  G_OBJECT_CLASS (ahoy_call_parent_class)->finalize (object);
}

static void
ahoy_call_get_property (GObject    *object,
                        guint       prop_id,
                        GValue     *value,
                        GParamSpec *pspec)
{
  AhoyCall *self = AHOY_CALL (object);

  switch (prop_id)
    {
    case PROP_ID:
      g_value_set_string (value, self->id);
      break;
    case PROP_MEDIA:
      g_value_set_enum (value, self->media);
      break;
    case PROP_ROLE:
      g_value_set_enum (value, self->role);
      break;
    case PROP_SCENE:
      g_value_set_enum (value, self->scene);
      break;
    case PROP_STATE:
      g_value_set_enum (value, ahoy_call_get_state (self));
      break;
    case PROP_INVITER:
      g_value_set_object (value, self->inviter);
      break;
    case PROP_PARTICIPANTS:
      g_value_set_object (value, self->participants);
      break;
    case PROP_STARTED_AT:
      g_value_set_int64 (value, self->started_at);
      break;
    case PROP_DURATION:
      g_value_set_uint (value, self->duration);
      break;
    case PROP_END_REASON:
      g_value_set_enum (value, self->end_reason);
      break;
    case PROP_ENDED_BY:
      g_value_set_object (value, self->ended_by);
      break;
    case PROP_ERROR:
      g_value_set_boxed (value, self->error);
      break;
    case PROP_USER_DATA:
      g_value_set_string (value, self->user_data);
      break;
    case PROP_MICROPHONE_ON:
      g_value_set_boolean (value, ahoy_call_get_microphone_on (self));
      break;
    case PROP_CAMERA_ON:
      g_value_set_boolean (value, ahoy_call_get_camera_on (self));
      break;
    case PROP_SELF_VIEW:
      g_value_set_object (value, ahoy_call_get_self_view (self));
      break;
    case PROP_STATS:
      g_value_set_variant (value, self->stats);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
ahoy_call_set_property (GObject      *object,
                        guint         prop_id,
                        const GValue *value,
                        GParamSpec   *pspec)
{
  AhoyCall *self = AHOY_CALL (object);

  switch (prop_id)
    {
    case PROP_MICROPHONE_ON:
      ahoy_call_set_microphone_on (self, g_value_get_boolean (value));
      break;
    case PROP_CAMERA_ON:
      ahoy_call_set_camera_on (self, g_value_get_boolean (value));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
ahoy_call_class_init (AhoyCallClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GParamFlags flags = G_PARAM_READABLE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY;

  object_class->dispose = ahoy_call_dispose;
  object_class->finalize = ahoy_call_finalize;
  object_class->get_property = ahoy_call_get_property;
  object_class->set_property = ahoy_call_set_property;

  properties[PROP_ID] = g_param_spec_string ("id", NULL, NULL, NULL, flags);
  properties[PROP_MEDIA] = g_param_spec_enum ("media", NULL, NULL, AHOY_TYPE_CALL_MEDIA,
                                              AHOY_CALL_MEDIA_UNKNOWN, flags);
  properties[PROP_ROLE] = g_param_spec_enum ("role", NULL, NULL, AHOY_TYPE_CALL_ROLE, AHOY_CALL_ROLE_NONE, flags);
  properties[PROP_SCENE] = g_param_spec_enum ("scene", NULL, NULL, AHOY_TYPE_CALL_SCENE,
                                              AHOY_CALL_SCENE_NONE, flags);
  properties[PROP_STATE] = g_param_spec_enum ("state", NULL, NULL, AHOY_TYPE_CALL_STATE, AHOY_CALL_CALLING, flags);
  properties[PROP_INVITER] = g_param_spec_object ("inviter", NULL, NULL, AHOY_TYPE_USER, flags);
  properties[PROP_PARTICIPANTS] = g_param_spec_object ("participants", NULL, NULL, G_TYPE_LIST_MODEL, flags);
  properties[PROP_STARTED_AT] = g_param_spec_int64 ("started-at", NULL, NULL, 0, G_MAXINT64, 0, flags);
  properties[PROP_DURATION] = g_param_spec_uint ("duration", NULL, NULL, 0, G_MAXUINT, 0, flags);
  properties[PROP_END_REASON] = g_param_spec_enum ("end-reason", NULL, NULL, AHOY_TYPE_END_REASON,
                                                   AHOY_END_REASON_UNKNOWN, flags);
  properties[PROP_ENDED_BY] = g_param_spec_object ("ended-by", NULL, NULL, AHOY_TYPE_USER, flags);
  properties[PROP_ERROR] = g_param_spec_boxed ("error", NULL, NULL, G_TYPE_ERROR, flags);
  properties[PROP_USER_DATA] = g_param_spec_string ("user-data", NULL, NULL, NULL, flags);
  properties[PROP_MICROPHONE_ON] = g_param_spec_boolean ("microphone-on", NULL, NULL, FALSE,
                                                         flags | G_PARAM_WRITABLE);
  properties[PROP_CAMERA_ON] = g_param_spec_boolean ("camera-on", NULL, NULL, FALSE, flags | G_PARAM_WRITABLE);
  properties[PROP_SELF_VIEW] = g_param_spec_object ("self-view", NULL, NULL, AHOY_TYPE_VIDEO_TRACK, flags);
  properties[PROP_STATS] = g_param_spec_variant ("stats", NULL, NULL, G_VARIANT_TYPE_VARDICT, NULL, flags);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  signal_ended = g_signal_new ("ended", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                               G_TYPE_NONE, 0);
}

static void
ahoy_call_init (AhoyCall *self)
{
  self->participants = g_list_store_new (AHOY_TYPE_PARTICIPANT);
}

const char *
ahoy_call_get_id (AhoyCall *self)
{
  g_return_val_if_fail (AHOY_IS_CALL (self), NULL);

  return self->id;
}

AhoyCallMedia
ahoy_call_get_media (AhoyCall *self)
{
  g_return_val_if_fail (AHOY_IS_CALL (self), AHOY_CALL_MEDIA_UNKNOWN);

  return self->media;
}

AhoyCallRole
ahoy_call_get_role (AhoyCall *self)
{
  g_return_val_if_fail (AHOY_IS_CALL (self), AHOY_CALL_ROLE_NONE);

  return self->role;
}

AhoyCallScene
ahoy_call_get_scene (AhoyCall *self)
{
  g_return_val_if_fail (AHOY_IS_CALL (self), AHOY_CALL_SCENE_NONE);

  return self->scene;
}

AhoyCallState
ahoy_call_get_state (AhoyCall *self)
{
  g_return_val_if_fail (AHOY_IS_CALL (self), AHOY_CALL_ENDED);

  return ahoy_call_phase_to_state (self->phase);
}

AhoyUser *
ahoy_call_get_inviter (AhoyCall *self)
{
  g_return_val_if_fail (AHOY_IS_CALL (self), NULL);

  return self->inviter;
}

GListModel *
ahoy_call_get_participants (AhoyCall *self)
{
  g_return_val_if_fail (AHOY_IS_CALL (self), NULL);

  return G_LIST_MODEL (self->participants);
}

AhoyParticipant *
ahoy_call_get_peer (AhoyCall *self)
{
  g_autoptr (AhoyParticipant) first = NULL;

  g_return_val_if_fail (AHOY_IS_CALL (self), NULL);

  first = g_list_model_get_item (G_LIST_MODEL (self->participants), 0);
  return first; /* the list keeps it */
}

gint64
ahoy_call_get_started_at (AhoyCall *self)
{
  g_return_val_if_fail (AHOY_IS_CALL (self), 0);

  return self->started_at;
}

guint
ahoy_call_get_duration (AhoyCall *self)
{
  g_return_val_if_fail (AHOY_IS_CALL (self), 0);

  return self->duration;
}

AhoyEndReason
ahoy_call_get_end_reason (AhoyCall *self)
{
  g_return_val_if_fail (AHOY_IS_CALL (self), AHOY_END_REASON_UNKNOWN);

  return self->end_reason;
}

AhoyUser *
ahoy_call_get_ended_by (AhoyCall *self)
{
  g_return_val_if_fail (AHOY_IS_CALL (self), NULL);

  return self->ended_by;
}

const GError *
ahoy_call_get_error (AhoyCall *self)
{
  g_return_val_if_fail (AHOY_IS_CALL (self), NULL);

  return self->error;
}

const char *
ahoy_call_get_user_data (AhoyCall *self)
{
  g_return_val_if_fail (AHOY_IS_CALL (self), NULL);

  return self->user_data;
}

gboolean
ahoy_call_get_microphone_on (AhoyCall *self)
{
  g_return_val_if_fail (AHOY_IS_CALL (self), FALSE);

  return self->capture && ahoy_call_capture_get_microphone_on (self->capture);
}

void
ahoy_call_set_microphone_on (AhoyCall *self,
                          gboolean  on)
{
  g_return_if_fail (AHOY_IS_CALL (self));

  ahoy_call_capture_set_microphone_on (self->capture, on);
}

gboolean
ahoy_call_get_camera_on (AhoyCall *self)
{
  g_return_val_if_fail (AHOY_IS_CALL (self), FALSE);

  return self->capture && ahoy_call_capture_get_camera_on (self->capture);
}

void
ahoy_call_set_camera_on (AhoyCall *self,
                      gboolean  on)
{
  g_return_if_fail (AHOY_IS_CALL (self));

  ahoy_call_capture_set_camera_on (self->capture, on);
}

AhoyVideoTrack *
ahoy_call_get_self_view (AhoyCall *self)
{
  g_return_val_if_fail (AHOY_IS_CALL (self), NULL);

  return self->media_engine ? ahoy_media_get_self_view (self->media_engine) : NULL;
}

GVariant *
ahoy_call_dup_stats (AhoyCall *self)
{
  g_return_val_if_fail (AHOY_IS_CALL (self), NULL);

  return self->stats ? g_variant_ref (self->stats) : NULL;
}
