/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ahoy-calls.h"

#include "ahoy-call-json.h"
#include "ahoy-error.h"
#include "ahoy-groups.h"
#include "ahoy-json.h"
#include "ahoy-limits.h"

/* The clock was set when it went so much more or less than the one that cannot be. */
#define JUMP_MS 1000

struct _AhoyCalls
{
  AhoyServer *server;
  gint64 clock_ahead_ms; /* of the monotonic one */
  GHashTable *calls; /* id -> AhoyCallData (owned) */
  GHashTable *users; /* uid (owned) -> AhoyCallData */
  GHashTable *groups; /* "app:group" (owned) -> GPtrArray of AhoyCallData (owned) */
};

static void
enter_user (AhoyCalls        *self,
            AhoyCallData     *call,
            const AhoyMember *member)
{
  g_hash_table_replace (self->users, ahoy_make_uid (call->app_id, member->user), call);
}

static void
forget_user (AhoyCalls        *self,
             AhoyCallData     *call,
             const AhoyMember *member)
{
  g_autofree char *uid = ahoy_make_uid (call->app_id, member->user);

  if (g_hash_table_lookup (self->users, uid) == call)
    g_hash_table_remove (self->users, uid);
}

/* Calls that have a group id are found by it, whether or not the server knows that group. */
static void
enter_group (AhoyCalls    *self,
             AhoyCallData *call)
{
  g_autofree char *key = ahoy_make_uid (call->app_id, call->group);
  GPtrArray *calls = g_hash_table_lookup (self->groups, key);

  if (!*call->group)
    return;

  if (!calls)
    {
      calls = g_ptr_array_new ();
      g_hash_table_insert (self->groups, g_steal_pointer (&key), calls);
    }
  if (!g_ptr_array_find (calls, call, NULL))
    g_ptr_array_add (calls, call);
}

static void
forget_group (AhoyCalls    *self,
              AhoyCallData *call)
{
  g_autofree char *key = ahoy_make_uid (call->app_id, call->group);
  GPtrArray *calls = g_hash_table_lookup (self->groups, key);

  if (calls && g_ptr_array_remove (calls, call) && calls->len == 0)
    g_hash_table_remove (self->groups, key);
}

AhoyCallData *
ahoy_calls_find_group (AhoyCalls  *self,
                       guint64     app_id,
                       const char *group_id)
{
  g_autofree char *key = ahoy_make_uid (app_id, group_id);
  GPtrArray *calls = g_hash_table_lookup (self->groups, key);
  AhoyCallData *oldest = NULL;

  for (guint i = 0; calls && i < calls->len; i++)
    {
      AhoyCallData *call = g_ptr_array_index (calls, i);

      if (!oldest || call->created_ms < oldest->created_ms)
        oldest = call;
    }

  return oldest;
}

static void
restore (const char *text,
         gpointer    user_data)
{
  AhoyCalls *self = user_data;
  AhoyCallData *call = ahoy_call_from_text (text);
  gint64 deadline_ms = ahoy_now_ms () + self->server->config->lost_silent_s * 1000;
  gint64 last_ring_ms = ahoy_now_ms () + AHOY_RING_TIMEOUT_MAX_S * 1000;

  if (!call)
    return;

  for (guint i = 0; i < call->members->len; i++)
    {
      AhoyMember *member = g_ptr_array_index (call->members, i);

      if (member->status != AHOY_MEMBER_LEFT)
        enter_user (self, call, member);
      /* Nobody is connected yet; media goes on meanwhile, so nobody is called lost either. */
      if (ahoy_member_is_in (member))
        member->deadline_ms = deadline_ms;
      /* The clock may have been put back meanwhile; nobody rings longer than anybody may. */
      else if (ahoy_member_is_waiting (member))
        member->deadline_ms = MIN (member->deadline_ms, last_ring_ms);
    }
  g_hash_table_insert (self->calls, call->id, call);
  enter_group (self, call);
}

static gint64
get_clock_ahead (void)
{
  return ahoy_now_ms () - g_get_monotonic_time () / 1000;
}

gint64
ahoy_calls_now_ms (AhoyCalls *self)
{
  return g_get_monotonic_time () / 1000 + self->clock_ahead_ms;
}

AhoyCalls *
ahoy_calls_new (AhoyServer *server)
{
  AhoyCalls *self = g_new0 (AhoyCalls, 1);

  self->server = server;
  self->calls = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, (GDestroyNotify) ahoy_call_data_free);
  self->users = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->groups = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify) g_ptr_array_unref);
  self->clock_ahead_ms = get_clock_ahead ();
  ahoy_store_each_live_call (server->store, restore, self);

  return self;
}

void
ahoy_calls_free (AhoyCalls *self)
{
  g_hash_table_unref (self->groups);
  g_hash_table_unref (self->users);
  g_hash_table_unref (self->calls);
  g_free (self);
}

guint
ahoy_calls_get_n (AhoyCalls *self)
{
  return g_hash_table_size (self->calls);
}

AhoyCallData *
ahoy_calls_find (AhoyCalls  *self,
                 const char *call_id,
                 guint64     app_id)
{
  AhoyCallData *call = call_id ? g_hash_table_lookup (self->calls, call_id) : NULL;

  return call && call->app_id == app_id ? call : NULL;
}

AhoyCallData *
ahoy_calls_find_user (AhoyCalls  *self,
                      const char *uid)
{
  return g_hash_table_lookup (self->users, uid);
}

gboolean
ahoy_calls_is_busy (AhoyCalls  *self,
                    const char *uid)
{
  AhoyCallData *call = g_hash_table_lookup (self->users, uid);
  AhoyMember *member = call ? ahoy_call_data_find (call, strchr (uid, ':') + 1) : NULL;

  return member && ahoy_member_is_in (member);
}

/* Those who are told of the call just now know its state. */
static void
push_state (AhoyCallData *call,
            GArray       *effects,
            AhoyChange   *change)
{
  for (guint i = 0; i < call->members->len; i++)
    {
      const AhoyMember *member = g_ptr_array_index (call->members, i);
      g_autofree char *uid = ahoy_make_uid (call->app_id, member->user);

      if (member->status != AHOY_MEMBER_LEFT && !ahoy_effects_invite (effects, member))
        ahoy_change_push (change, uid, ahoy_member_is_in (member) ? member->device : NULL, NULL,
                          AHOY_MESSAGE_CALL_STATE, ahoy_call_to_wire (call, member));
    }
}

static gboolean
has_record (GArray           *effects,
            const AhoyMember *member)
{
  for (guint i = 0; i < effects->len; i++)
    {
      const AhoyEffect *effect = &g_array_index (effects, AhoyEffect, i);

      if (effect->type == AHOY_EFFECT_RECORD && effect->member == member)
        return TRUE;
    }

  return FALSE;
}

static void
keep_record (AhoyCallData     *call,
             const AhoyMember *member,
             const char       *uid,
             AhoyChange       *change)
{
  g_autoptr (JsonObject) record = NULL;
  g_autofree char *body = NULL;

  if (call->ephemeral)
    return;

  record = ahoy_call_to_record (call, member);
  body = ahoy_json_to_text (record);
  ahoy_batch_put_record (change->batch, call->app_id, member->user, call->id, member->begun_ms,
                         ahoy_call_get_result (call, member), body);
  ahoy_change_push (change, uid, NULL, NULL, AHOY_MESSAGE_RECORD, g_steal_pointer (&record));
}

static JsonObject *
make_taken (AhoyCallData     *call,
            const AhoyEffect *effect)
{
  JsonObject *taken = json_object_new ();

  json_object_set_string_member (taken, "call", call->id);
  json_object_set_int_member (taken, "reason", effect->reason);

  return taken;
}

static void
translate_effect (AhoyCallData     *call,
                  const AhoyEffect *effect,
                  GArray           *effects,
                  AhoyChange       *change)
{
  const AhoyMember *member = effect->member;
  g_autofree char *uid = member ? ahoy_make_uid (call->app_id, member->user) : NULL;

  switch (effect->type)
    {
    case AHOY_EFFECT_INCOMING:
      ahoy_change_push (change, uid, NULL, NULL, AHOY_MESSAGE_CALL_INCOMING, ahoy_call_to_wire (call, member));
      break;
    case AHOY_EFFECT_STATE:
      push_state (call, effects, change);
      break;
    case AHOY_EFFECT_TAKEN:
      ahoy_change_push (change, uid, NULL, effect->device, AHOY_MESSAGE_CALL_TAKEN, make_taken (call, effect));
      break;
    case AHOY_EFFECT_MOVED:
      ahoy_change_push (change, uid, effect->device, NULL, AHOY_MESSAGE_CALL_TAKEN, make_taken (call, effect));
      break;
    case AHOY_EFFECT_ENDED:
      ahoy_change_push (change, uid, effect->device, NULL, AHOY_MESSAGE_CALL_ENDED, ahoy_call_to_ended (call, effect));
      break;
    case AHOY_EFFECT_RUNS:
      ahoy_change_push (change, uid, NULL, member->device, AHOY_MESSAGE_CALL_ELSEWHERE,
                        ahoy_call_to_elsewhere (call, member, FALSE));
      break;
    case AHOY_EFFECT_OVER:
      ahoy_change_push (change, uid, NULL, member->device, AHOY_MESSAGE_CALL_ELSEWHERE,
                        ahoy_call_to_elsewhere (call, member, TRUE));
      break;
    case AHOY_EFFECT_RECORD:
      keep_record (call, member, uid, change);
      break;
    default:
      g_assert_not_reached ();
    }
}

static void
log_call (const AhoyCallData *call)
{
  static const char *const words[] = { "ringing", "active", "ended" };

  g_message ("event=call call=%s app=%" G_GUINT64_FORMAT " ver=%" G_GINT64_FORMAT " state=%s reason=%d people=%u",
             call->id, call->app_id, call->ver, words[call->phase], call->reason, call->members->len);
}

/* Who is in the call or rings is in no other one. */
static void
follow_members (AhoyCalls    *self,
                AhoyCallData *call)
{
  for (guint i = 0; i < call->members->len; i++)
    {
      const AhoyMember *member = g_ptr_array_index (call->members, i);
      g_autofree char *uid = ahoy_make_uid (call->app_id, member->user);

      if (member->status != AHOY_MEMBER_LEFT)
        enter_user (self, call, member);
      else
        forget_user (self, call, member);
      ahoy_registry_update_presence (self->server->registry, uid);
    }
}

/* Whoever left early is named everybody who came later, unless that line of the history was deleted. */
static void
complete_records (AhoyCallData *call,
                  GArray       *effects,
                  AhoyChange   *change)
{
  for (guint i = 0; i < call->members->len; i++)
    {
      const AhoyMember *member = g_ptr_array_index (call->members, i);
      g_autoptr (JsonObject) record = NULL;
      g_autofree char *body = NULL;

      if (member->is_hidden || has_record (effects, member))
        continue;

      record = ahoy_call_to_record (call, member);
      body = ahoy_json_to_text (record);
      ahoy_batch_update_record (change->batch, call->app_id, member->user, call->id, body);
    }
}

static void
store_call (AhoyCallData *call,
            GArray       *effects,
            AhoyChange   *change)
{
  g_autofree char *text = ahoy_call_to_text (call);
  gboolean is_over = call->phase == AHOY_PHASE_ENDED;

  if (is_over && call->ephemeral)
    {
      ahoy_batch_remove_call (change->batch, call->id);
      return;
    }

  ahoy_batch_put_call (change->batch, call->id, call->app_id, !is_over, call->created_ms, text);
  if (is_over && !ahoy_call_data_is_single (call))
    complete_records (call, effects, change);
}

/* The call has changed: one transaction holds its row, its records and the answer, which is taken. */
static void
commit (AhoyCalls    *self,
        AhoyCallData *call,
        GArray       *effects,
        AhoyRequest  *request,
        JsonObject   *answer)
{
  AhoyChange *change = ahoy_change_new (self->server);

  for (guint i = 0; i < effects->len; i++)
    translate_effect (call, &g_array_index (effects, AhoyEffect, i), effects, change);

  store_call (call, effects, change);
  if (call->phase == AHOY_PHASE_ENDED)
    forget_group (self, call);
  ahoy_groups_follow_call (self->server->groups, call, change);
  ahoy_change_commit (change, request, answer);
  g_clear_pointer (&answer, json_object_unref);
  log_call (call);
  follow_members (self, call);
  if (call->phase == AHOY_PHASE_ENDED)
    g_hash_table_remove (self->calls, call->id);
}

void
ahoy_calls_start (AhoyCalls    *self,
                  AhoyCallData *call,
                  AhoyRequest  *request)
{
  g_autoptr (GArray) effects = ahoy_effects_new ();

  g_hash_table_insert (self->calls, call->id, call);
  enter_group (self, call);
  ahoy_call_logic_start (call, call->created_ms, effects);
  commit (self, call, effects, request, ahoy_call_to_wire (call, NULL));
}

static JsonArray *
list_invited (GArray *effects)
{
  JsonArray *invited = json_array_new ();

  for (guint i = 0; i < effects->len; i++)
    {
      const AhoyEffect *effect = &g_array_index (effects, AhoyEffect, i);

      if (effect->type == AHOY_EFFECT_INCOMING)
        json_array_add_string_element (invited, effect->member->user);
    }

  return invited;
}

/* (nullable) */
static JsonObject *
make_answer (AhoyCallData        *call,
             const AhoyCallEvent *event,
             GArray              *effects)
{
  JsonObject *answer = NULL;

  if (event->type == AHOY_EVENT_ACCEPT || event->type == AHOY_EVENT_ADD || event->type == AHOY_EVENT_JOIN ||
      event->type == AHOY_EVENT_MOVE)
    answer = ahoy_call_to_wire (call, NULL);
  if (event->type == AHOY_EVENT_ADD)
    json_object_set_array_member (answer, "invited", list_invited (effects));

  return answer;
}

void
ahoy_calls_apply (AhoyCalls           *self,
                  AhoyCallData        *call,
                  const AhoyCallEvent *event,
                  AhoyRequest         *request)
{
  g_autoptr (GArray) effects = ahoy_effects_new ();
  gint64 ver = call->ver;
  int code = ahoy_call_logic_apply (call, event, effects);

  if (code != 0)
    {
      if (request)
        ahoy_request_fail (request, code, NULL);
    }
  else if (call->ver != ver)
    {
      commit (self, call, effects, request, make_answer (call, event, effects));
    }
  else if (request)
    {
      g_autoptr (JsonObject) answer = make_answer (call, event, effects);

      ahoy_request_answer (request, answer);
    }
}

JsonArray *
ahoy_calls_to_wire (AhoyCalls   *self,
                    AhoySession *session)
{
  AhoyCallData *call = ahoy_calls_find_user (self, session->uid);
  AhoyMember *member = call ? ahoy_call_data_find (call, session->user_id) : NULL;
  JsonArray *calls = json_array_new ();

  if (member && (ahoy_member_is_waiting (member) || g_strcmp0 (member->device, session->device) == 0))
    json_array_add_object_element (calls, ahoy_call_to_wire (call, member));

  return calls;
}

AhoyCallData *
ahoy_calls_find_elsewhere (AhoyCalls   *self,
                           AhoySession *session)
{
  AhoyCallData *call = ahoy_calls_find_user (self, session->uid);
  AhoyMember *member = call ? ahoy_call_data_find (call, session->user_id) : NULL;

  return member && call->phase == AHOY_PHASE_ACTIVE && ahoy_member_is_in (member) &&
         g_strcmp0 (member->device, session->device) != 0 ? call : NULL;
}

static void
apply_for (AhoyCalls        *self,
           AhoySession      *session,
           AhoyCallEventType type,
           AhoyCallReason    reason,
           gint64            deadline_ms)
{
  AhoyCallData *call = ahoy_calls_find_user (self, session->uid);
  AhoyCallEvent event = {
    .type = type,
    .now_ms = ahoy_calls_now_ms (self),
    .user = session->user_id,
    .device = session->device,
    .reason = reason,
    .deadline_ms = deadline_ms,
  };

  if (call)
    ahoy_calls_apply (self, call, &event, NULL);
}

void
ahoy_calls_lose (AhoyCalls   *self,
                 AhoySession *session,
                 AhoyGone     why)
{
  AhoyConfig *config = self->server->config;
  guint wait_s = why == AHOY_GONE_SILENT ? config->lost_silent_s : config->lost_closed_s;

  apply_for (self, session, AHOY_EVENT_LOST, AHOY_REASON_NONE, ahoy_calls_now_ms (self) + wait_s * 1000);
}

void
ahoy_calls_regain (AhoyCalls   *self,
                   AhoySession *session)
{
  apply_for (self, session, AHOY_EVENT_BACK, AHOY_REASON_NONE, 0);
}

/* Only the device that is in the call leaves it; another one may still ring. */
void
ahoy_calls_leave (AhoyCalls     *self,
                  AhoySession   *session,
                  AhoyCallReason reason)
{
  AhoyCallData *call = ahoy_calls_find_user (self, session->uid);
  AhoyMember *member = call ? ahoy_call_data_find (call, session->user_id) : NULL;

  if (member && ahoy_member_is_in (member))
    apply_for (self, session, AHOY_EVENT_HANGUP, reason, 0);
}

/* Moments of a call move with the clock, so that what is left and what has passed stays the same. They are stored:
 * the next process knows nothing of the jump. */
static void
follow_clock (AhoyCalls *self)
{
  gint64 ahead_ms = get_clock_ahead ();
  gint64 jump_ms = ahead_ms - self->clock_ahead_ms;
  GHashTableIter iter;
  AhoyChange *change;
  gpointer call;

  self->clock_ahead_ms = ahead_ms;
  if (ABS (jump_ms) < JUMP_MS)
    return;

  g_message ("event=clock-set by-ms=%" G_GINT64_FORMAT, jump_ms);
  ahoy_requests_shift (self->server->requests, jump_ms / 1000);
  change = ahoy_change_new (self->server);
  g_hash_table_iter_init (&iter, self->calls);
  while (g_hash_table_iter_next (&iter, NULL, &call))
    {
      g_autofree char *text = NULL;

      ahoy_call_logic_shift (call, jump_ms);
      text = ahoy_call_to_text (call);
      ahoy_batch_put_call (change->batch, ((AhoyCallData *) call)->id, ((AhoyCallData *) call)->app_id, TRUE,
                           ((AhoyCallData *) call)->created_ms, text);
    }
  ahoy_change_commit (change, NULL, NULL);
}

void
ahoy_calls_tick (AhoyCalls *self)
{
  g_autoptr (GPtrArray) due = g_ptr_array_new ();
  AhoyCallEvent event = { .type = AHOY_EVENT_TIME };
  GHashTableIter iter;
  gpointer value;

  follow_clock (self);
  event.now_ms = ahoy_calls_now_ms (self);
  g_hash_table_iter_init (&iter, self->calls);
  while (g_hash_table_iter_next (&iter, NULL, &value))
    {
      gint64 deadline_ms = ahoy_call_logic_deadline (value);

      if (deadline_ms != 0 && deadline_ms <= event.now_ms)
        g_ptr_array_add (due, value);
    }

  for (guint i = 0; i < due->len; i++)
    ahoy_calls_apply (self, g_ptr_array_index (due, i), &event, NULL);
}
