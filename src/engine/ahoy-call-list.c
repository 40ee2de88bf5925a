/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "ahoy-call-list.h"

#include "ahoy-call-ids.h"
#include "ahoy-call-member.h"
#include "ahoy-error.h"
#include "ahoy-items.h"
#include "ahoy-limits.h"
#include "ahoy-request.h"
#include "ahoy-user-sig.h"

/* How long a call that is over is still there to be looked at. */
#define KEEP_ENDED_S 10

struct _AhoyCallList
{
  GObject parent_instance;

  AhoySession *session;   /* (owned) (not nullable) until dispose */
  AhoyMedia *media;       /* (owned) (not nullable) until dispose */
  AhoyPeople *people;     /* (owned) (not nullable) until dispose */
  GListStore *calls;      /* (owned) of AhoyCall */
  JsonObject *held;       /* (owned) (nullable) an invitation that came while ours was under way */
  guint sweep_id;
  gboolean echo;
  gboolean preconnect;
};

G_DEFINE_FINAL_TYPE (AhoyCallList, ahoy_call_list, G_TYPE_OBJECT)

enum
{
  SIGNAL_ADDED,
  SIGNAL_INCOMING,
  SIGNAL_CALL_ENDED,
  SIGNAL_BEFORE,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

static void take_incoming (AhoyCallList *self,
                           JsonObject   *data);

static AhoyCall *
peek (AhoyCallList *self,
      guint         position)
{
  g_autoptr (AhoyCall) call = g_list_model_get_item (G_LIST_MODEL (self->calls), position);

  return call; /* the list keeps it */
}

static guint
count (AhoyCallList *self)
{
  return g_list_model_get_n_items (G_LIST_MODEL (self->calls));
}

static void
sweep (AhoyCallList *self)
{
  g_clear_handle_id (&self->sweep_id, g_source_remove);
  for (guint i = count (self); i > 0; i--)
    {
      if (!ahoy_call_is_live (peek (self, i - 1)))
        g_list_store_remove (self->calls, i - 1);
    }
}

static gboolean
on_sweep_due (gpointer user_data)
{
  AhoyCallList *self = user_data;

  self->sweep_id = 0;
  sweep (self);
  return G_SOURCE_REMOVE;
}

static void
release_held (AhoyCallList *self)
{
  g_autoptr (JsonObject) held = g_steal_pointer (&self->held);

  if (held)
    take_incoming (self, held);
}

static void
on_call_id (AhoyCallList *self)
{
  release_held (self);
}

static void
on_call_ended (AhoyCallList *self,
               AhoyCall     *call)
{
  g_autoptr (AhoyCallList) alive = g_object_ref (self);

  g_signal_handlers_disconnect_by_data (call, self);
  if (!ahoy_call_list_get_current (self))
    ahoy_session_set_hurry (self->session, FALSE);
  g_clear_handle_id (&self->sweep_id, g_source_remove);
  self->sweep_id = g_timeout_add_seconds (KEEP_ENDED_S, on_sweep_due, self);
  g_signal_emit (self, signals[SIGNAL_CALL_ENDED], 0, call);
  release_held (self);
}

static void
add (AhoyCallList *self,
     AhoyCall     *call)
{
  sweep (self);
  g_signal_connect_swapped (call, "ended", G_CALLBACK (on_call_ended), self);
  g_signal_connect_swapped (call, "notify::id", G_CALLBACK (on_call_id), self);
  g_list_store_append (self->calls, call);
  ahoy_session_set_hurry (self->session, TRUE);
  g_signal_emit (self, signals[SIGNAL_ADDED], 0, call);
}

/* TRUE when somebody objects. */
static gboolean
is_vetoed (AhoyCallList *self,
           AhoyCall     *call,
           const char   *kind)
{
  gboolean vetoed = FALSE;

  g_signal_emit (self, signals[SIGNAL_BEFORE], 0, call, kind, &vetoed);
  /* It was never begun, but nobody shall do so later. */
  if (vetoed)
    ahoy_call_finish (call, AHOY_END_REASON_UNKNOWN, TRUE);
  return vetoed;
}

static AhoyCallBase
get_base (AhoyCallList *self)
{
  AhoyCallBase base;

  base.session = self->session;
  base.media = self->media;
  base.people = self->people;
  base.echo = self->echo;
  base.preconnect = self->preconnect;
  return base;
}

static void
decline (AhoyCallList *self,
         const char   *type,
         const char   *call_id,
         const char   *why)
{
  g_autoptr (JsonObject) data = json_object_new ();

  json_object_set_string_member (data, "call", call_id);
  if (why)
    json_object_set_string_member (data, "why", why);
  ahoy_request_tell (self->session, type, data);
}

static void
take_incoming (AhoyCallList *self,
               JsonObject   *data)
{
  const char *id = ahoy_json_get_string (data, "call", AHOY_MAX_CALL_ID);
  AhoyCall *current = ahoy_call_list_get_current (self);
  AhoyCall *known = id ? ahoy_call_list_find (self, id) : NULL;
  g_autoptr (AhoyCall) call = NULL;
  AhoyCallBase base;

  if (!id || !*id || (known && !ahoy_call_is_rung_again (known, data)))
    return;
  if (current && (!ahoy_call_get_id (current) || ahoy_call_get_phase (current) == AHOY_CALL_PHASE_JOINING))
    {
      /* Perhaps both called at the same moment, and this is the very call that our invitation will be answered
       * with: that answer decides. And whether this device may join another call is not known yet. */
      g_clear_pointer (&self->held, json_object_unref);
      self->held = json_object_ref (data);
      return;
    }
  if (current)
    {
      decline (self, "call.reject", id, "busy");
      return;
    }

  base = get_base (self);
  call = ahoy_call_new_incoming (&base, data);
  if (!call)
    return;
  if (is_vetoed (self, call, "invited"))
    {
      decline (self, "call.reject", id, "ignore");
      return;
    }

  ahoy_call_tell_ringing (call);
  add (self, call);
  ahoy_call_ring (call);
  g_signal_emit (self, signals[SIGNAL_INCOMING], 0, call);
  if (self->echo && ahoy_call_is_live (call))
    ahoy_call_accept_async (call, TRUE, NULL, NULL, NULL);
}

static void
ahoy_call_list_dispose (GObject *object)
{
  AhoyCallList *self = AHOY_CALL_LIST (object);

  g_clear_handle_id (&self->sweep_id, g_source_remove);
  g_clear_pointer (&self->held, json_object_unref);
  for (guint i = 0; self->calls && i < count (self); i++)
    g_signal_handlers_disconnect_by_data (peek (self, i), self);
  g_clear_object (&self->calls);
  g_clear_object (&self->people);
  g_clear_object (&self->media);
  g_clear_object (&self->session);

  G_OBJECT_CLASS (ahoy_call_list_parent_class)->dispose (object);
}

static void
ahoy_call_list_class_init (AhoyCallListClass *klass)
{
  static const char *const names[] = { "added", "incoming", "call-ended" };

  G_OBJECT_CLASS (klass)->dispose = ahoy_call_list_dispose;
  signals[SIGNAL_BEFORE] = g_signal_new ("before", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0,
                                         g_signal_accumulator_true_handled, NULL, NULL, G_TYPE_BOOLEAN, 2,
                                         AHOY_TYPE_CALL, G_TYPE_STRING);
  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    signals[i] = g_signal_new (names[i], G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                               G_TYPE_NONE, 1, AHOY_TYPE_CALL);
}

static void
ahoy_call_list_init (AhoyCallList *self)
{
  self->calls = g_list_store_new (AHOY_TYPE_CALL);
  self->preconnect = TRUE;
}

AhoyCallList *
ahoy_call_list_new (AhoySession *session,
                    AhoyMedia   *media,
                    AhoyPeople  *people)
{
  AhoyCallList *self = g_object_new (AHOY_TYPE_CALL_LIST, NULL);

  self->session = g_object_ref (session);
  self->media = g_object_ref (media);
  self->people = g_object_ref (people);
  return self;
}

GListModel *
ahoy_call_list_get_model (AhoyCallList *self)
{
  return G_LIST_MODEL (self->calls);
}

AhoyCall *
ahoy_call_list_get_current (AhoyCallList *self)
{
  for (guint i = 0; i < count (self); i++)
    {
      if (ahoy_call_is_live (peek (self, i)))
        return peek (self, i);
    }
  return NULL;
}

AhoyCall *
ahoy_call_list_find (AhoyCallList *self,
                     const char   *call_id)
{
  if (!call_id)
    return NULL;

  for (guint i = 0; i < count (self); i++)
    {
      if (g_strcmp0 (ahoy_call_get_id (peek (self, i)), call_id) == 0)
        return peek (self, i);
    }
  return NULL;
}

void
ahoy_call_list_set_echo (AhoyCallList *self,
                         gboolean      echo)
{
  self->echo = echo;
}

gboolean
ahoy_call_list_get_echo (AhoyCallList *self)
{
  return self->echo;
}

void
ahoy_call_list_set_preconnect (AhoyCallList *self,
                               gboolean      preconnect)
{
  self->preconnect = preconnect;
}

gboolean
ahoy_call_list_get_preconnect (AhoyCallList *self)
{
  return self->preconnect;
}

/* Who dials the one person whose call rings here means to answer it: the two called each other, only one of
 * them was faster. */
static AhoyCall *
answer_instead (AhoyCall        *current,
                GStrv            ids,
                AhoyCallMedia    media,
                AhoyCallOptions *options)
{
  AhoyUser *inviter = ahoy_call_get_inviter (current);

  if (ahoy_call_get_state (current) != AHOY_CALL_INCOMING || ahoy_call_get_scene (current) != AHOY_CALL_SCENE_SINGLE ||
      !inviter || g_strv_length (ids) != 1 || g_strcmp0 (ids[0], ahoy_user_get_id (inviter)) != 0)
    return NULL;

  ahoy_call_accept_async (current, media == AHOY_CALL_MEDIA_VIDEO && (!options || options->camera_on), NULL, NULL, NULL);
  return g_object_ref (current);
}

AhoyCall *
ahoy_call_list_place (AhoyCallList      *self,
                      const char *const *user_ids,
                      AhoyCallMedia      media,
                      AhoyCallOptions   *options,
                      GError           **error)
{
  g_auto (GStrv) ids = NULL;
  AhoyCallBase base = get_base (self);
  AhoyCall *current;
  AhoyCall *call;

  if (!ahoy_session_is_started (self->session))
    {
      g_set_error_literal (error, AHOY_ERROR, AHOY_ERROR_INIT_FAILED, "Not signed in");
      return NULL;
    }
  ids = ahoy_call_ids_tidy (user_ids, ahoy_session_get_user_id (self->session));
  if (!ids || media == AHOY_CALL_MEDIA_UNKNOWN || !ahoy_call_options_are_valid (options))
    {
      g_set_error_literal (error, AHOY_ERROR, AHOY_ERROR_PARAM_INVALID, "Not a call that can be placed");
      return NULL;
    }

  current = ahoy_call_list_get_current (self);
  if (current)
    {
      call = answer_instead (current, ids, media, options);
      if (!call)
        g_set_error_literal (error, AHOY_ERROR, AHOY_ERROR_REQUEST_REFUSED, "Already in a call");
      return call;
    }

  call = ahoy_call_new_outgoing (&base, ids, media, options);
  if (is_vetoed (self, call, ahoy_call_get_scene (call) == AHOY_CALL_SCENE_SINGLE ? "call" : "group-call"))
    {
      g_set_error_literal (error, AHOY_ERROR, AHOY_ERROR_REQUEST_REFUSED, "Not wanted here");
      g_object_unref (call);
      return NULL;
    }

  add (self, call);
  ahoy_call_start (call, NULL);
  return call;
}

static void
on_joined (GObject      *object,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  g_autoptr (GError) error = NULL;
  AhoyCall *call = g_task_propagate_pointer (G_TASK (result), &error);

  if (call)
    g_task_return_pointer (task, call, g_object_unref);
  else
    g_task_return_error (task, g_steal_pointer (&error));
  /* Who called while this was not decided. */
  release_held (AHOY_CALL_LIST (object));
}

/* Who joins a call that rings here means to answer it. */
static void
on_accepted (GObject      *object,
             GAsyncResult *result,
             gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  g_autoptr (GError) error = NULL;

  if (ahoy_call_accept_finish (AHOY_CALL (object), result, &error))
    g_task_return_pointer (task, g_object_ref (object), g_object_unref);
  else
    g_task_return_error (task, g_steal_pointer (&error));
}

static gboolean
is_the_one (AhoyCall   *call,
            const char *call_id,
            const char *group_id)
{
  if (!ahoy_call_phase_can_accept (ahoy_call_get_phase (call)))
    return FALSE;
  return call_id ? g_strcmp0 (ahoy_call_get_id (call), call_id) == 0
                 : g_strcmp0 (ahoy_call_get_group_id (call), group_id) == 0;
}

static gboolean
check_join (AhoyCallList  *self,
            const char    *id,
            AhoyCall      *current,
            GError       **error)
{
  if (!ahoy_session_is_started (self->session))
    g_set_error_literal (error, AHOY_ERROR, AHOY_ERROR_INIT_FAILED, "Not signed in");
  else if (!id || !*id || strlen (id) > AHOY_MAX_CALL_ID || !g_utf8_validate (id, -1, NULL))
    g_set_error_literal (error, AHOY_ERROR, AHOY_ERROR_PARAM_INVALID, "Not the id of a call");
  else if (current)
    g_set_error_literal (error, AHOY_ERROR, AHOY_ERROR_REQUEST_REFUSED, "Already in a call");
  else
    return TRUE;
  return FALSE;
}

void
ahoy_call_list_join_async (AhoyCallList        *self,
                           const char          *type,
                           const char          *call_id,
                           const char          *group_id,
                           GCancellable        *cancellable,
                           GAsyncReadyCallback  callback,
                           gpointer             user_data)
{
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, user_data);
  g_autoptr (GError) error = NULL;
  AhoyCall *current = ahoy_call_list_get_current (self);
  g_autoptr (AhoyCall) call = NULL;
  AhoyCallBase base = get_base (self);

  g_task_set_source_tag (task, ahoy_call_list_join_async);
  if (current && is_the_one (current, call_id, group_id))
    {
      ahoy_call_accept_async (current, FALSE, NULL, on_accepted, g_steal_pointer (&task));
      return;
    }
  if (!check_join (self, call_id ? call_id : group_id, current, &error))
    {
      g_task_return_error (task, g_steal_pointer (&error));
      return;
    }

  call = ahoy_call_new_joining (&base, type, call_id, group_id);
  if (is_vetoed (self, call, "join"))
    {
      g_task_return_new_error (task, AHOY_ERROR, AHOY_ERROR_REQUEST_REFUSED, "Not wanted here");
      return;
    }

  add (self, call);
  ahoy_call_start (call, g_task_new (self, cancellable, on_joined, g_steal_pointer (&task)));
}

AhoyCall *
ahoy_call_list_join_finish (AhoyCallList  *self,
                            GAsyncResult  *result,
                            GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

void
ahoy_call_list_refresh (AhoyCallList *self)
{
  AhoyCall *current = ahoy_call_list_get_current (self);

  if (current)
    ahoy_call_refresh (current);
}

gboolean
ahoy_call_list_take_push (AhoyCallList *self,
                          const char   *type,
                          JsonObject   *data)
{
  gboolean is_relayed = g_str_equal (type, "sdp") || g_str_equal (type, "ice") || g_str_equal (type, "peer");
  AhoyCall *call;

  if (!is_relayed && !g_str_has_prefix (type, "call."))
    return FALSE;
  if (g_str_equal (type, "call.incoming"))
    {
      take_incoming (self, data);
      return TRUE;
    }

  call = ahoy_call_list_find (self, ahoy_json_get_string (data, "call", AHOY_MAX_CALL_ID));
  if (!call)
    {
      const char *held = self->held ? ahoy_json_get_string (self->held, "call", AHOY_MAX_CALL_ID) : NULL;

      /* The held invitation was taken back. */
      if (held && g_str_equal (type, "call.ended") &&
          g_strcmp0 (held, ahoy_json_get_string (data, "call", AHOY_MAX_CALL_ID)) == 0)
        g_clear_pointer (&self->held, json_object_unref);
      return TRUE;
    }

  if (is_relayed)
    ahoy_call_take_relayed (call, type, data);
  else if (g_str_equal (type, "call.state"))
    ahoy_call_take_snapshot (call, data);
  else if (g_str_equal (type, "call.ended") || g_str_equal (type, "call.taken"))
    ahoy_call_take_end (call, data);
  return TRUE;
}

/* A call that this device does not know: it rings, or it is a rest of a life before a crash. */
static void
take_unknown (AhoyCallList *self,
              JsonObject   *data)
{
  const char *id = ahoy_json_get_string (data, "call", AHOY_MAX_CALL_ID);
  AhoyCallMember me;

  if (!ahoy_call_member_find (ahoy_json_get_array (data, "members"), ahoy_session_get_user_id (self->session), &me))
    return;
  if (ahoy_call_member_is_waiting (&me))
    take_incoming (self, data);
  else if (g_strcmp0 (me.device_id, ahoy_session_get_device_id (self->session)) == 0 && ahoy_call_member_is_in (&me))
    decline (self, "call.hangup", id, "offline");
}

static void
on_record (GObject      *object,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr (AhoyCall) call = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonObject) answer = ahoy_session_request_finish (AHOY_SESSION (object), result, &error);
  JsonArray *records = answer ? ahoy_json_get_array (answer, "records") : NULL;

  for (guint i = 0; i < ahoy_items_length (records); i++)
    {
      JsonObject *record = ahoy_items_object (records, i);

      if (record && g_strcmp0 (ahoy_json_get_string (record, "call", AHOY_MAX_CALL_ID), ahoy_call_get_id (call)) == 0)
        ahoy_call_take_end (call, record);
    }
  ahoy_call_finish (call, AHOY_END_REASON_OFFLINE, FALSE);
}

/* The word that said why it ended is lost; its record says the same. */
static void
look_up_end (AhoyCallList *self,
             AhoyCall     *call)
{
  g_autoptr (JsonObject) data = json_object_new ();

  json_object_set_int_member (data, "count", 10);
  ahoy_session_request_async (self->session, "records.list", data, NULL, on_record, g_object_ref (call));
}

void
ahoy_call_list_take_snapshot (AhoyCallList *self,
                              JsonArray    *calls)
{
  g_autoptr (GHashTable) seen = g_hash_table_new (NULL, NULL);
  AhoyCall *current;

  for (guint i = 0; i < ahoy_items_length (calls); i++)
    {
      JsonObject *data = ahoy_items_object (calls, i);
      const char *id = data ? ahoy_json_get_string (data, "call", AHOY_MAX_CALL_ID) : NULL;
      AhoyCall *call = ahoy_call_list_find (self, id);

      if (call && ahoy_call_is_live (call))
        ahoy_call_take_resumed (call, data);
      else if (id && *id)
        take_unknown (self, data);

      /* One that rang before this device signed in is known from now on. */
      call = ahoy_call_list_find (self, id);
      if (call)
        g_hash_table_add (seen, call);
    }

  /* What the server knows nothing of is over, unless this device is only about to enter it. */
  current = ahoy_call_list_get_current (self);
  if (current && ahoy_call_get_id (current) && !g_hash_table_contains (seen, current) &&
      ahoy_call_get_phase (current) != AHOY_CALL_PHASE_JOINING)
    look_up_end (self, current);
}

void
ahoy_call_list_hang_up_all (AhoyCallList *self)
{
  AhoyCall *call;

  while ((call = ahoy_call_list_get_current (self)))
    {
      ahoy_call_hang_up_async (call, NULL, NULL, NULL);
      /* Who goes does not wait for the server to say what became of a call that was taken back. */
      ahoy_call_finish (call, AHOY_END_REASON_CANCELED, TRUE);
    }
}

void
ahoy_call_list_end_all (AhoyCallList  *self,
                        AhoyEndReason  reason)
{
  AhoyCall *call;

  g_clear_pointer (&self->held, json_object_unref);
  while ((call = ahoy_call_list_get_current (self)))
    ahoy_call_finish (call, reason, FALSE);
}
