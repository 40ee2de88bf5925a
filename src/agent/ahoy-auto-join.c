/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ahoy-auto-join.h"

/* A group changes several times in a row when somebody comes, and a call that was full has a place again some time. */
#define RETRY_S 5

struct _AhoyAutoJoin
{
  GObject parent_instance;

  AhoyEngine *engine; /* (owned) (not nullable) until dispose */
  char *left_id;      /* (owned) (nullable) the call that was left last */
  guint look_id;      /* 0 when there is nothing to look for */
  gboolean is_joining;
};

G_DEFINE_FINAL_TYPE (AhoyAutoJoin, ahoy_auto_join, G_TYPE_OBJECT)

static void look_soon (AhoyAutoJoin *self,
                       guint         delay_s);

static void
on_joined (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr (AhoyAutoJoin) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (AhoyCall) call = ahoy_engine_join_group_finish (AHOY_ENGINE (source), result, &error);

  self->is_joining = FALSE;
  if (call)
    g_message ("joined id=%s", ahoy_call_get_id (call));
  else
    g_message ("join error=%d", error->code);
  if (!call && self->engine)
    look_soon (self, RETRY_S);
}

/* (transfer full) (nullable) */
static AhoyGroup *
find_group_with_call (AhoyAutoJoin *self)
{
  GListModel *groups = G_LIST_MODEL (ahoy_engine_get_groups (self->engine));

  for (guint i = 0; i < g_list_model_get_n_items (groups); i++)
    {
      g_autoptr (AhoyGroup) group = g_list_model_get_item (groups, i);
      const char *call_id = ahoy_group_get_call_id (group);

      if (call_id && g_strcmp0 (call_id, self->left_id) != 0)
        return g_steal_pointer (&group);
    }

  return NULL;
}

static gboolean
on_look (gpointer user_data)
{
  AhoyAutoJoin *self = user_data;
  AhoyCall *current = ahoy_engine_get_current_call (self->engine);
  g_autoptr (AhoyGroup) group = NULL;

  self->look_id = 0;
  /* Of the calls that ring here, the one of the group is answered by joining it. */
  if (self->is_joining || ahoy_engine_get_state (self->engine) != AHOY_ENGINE_ONLINE ||
      (current && ahoy_call_get_state (current) != AHOY_CALL_INCOMING))
    return G_SOURCE_REMOVE;

  group = find_group_with_call (self);
  if (!group || (current && g_strcmp0 (ahoy_call_get_id (current), ahoy_group_get_call_id (group)) != 0))
    return G_SOURCE_REMOVE;

  self->is_joining = TRUE;
  ahoy_engine_join_group_async (self->engine, ahoy_group_get_id (group), NULL, on_joined, g_object_ref (self));

  return G_SOURCE_REMOVE;
}

static void
look_soon (AhoyAutoJoin *self,
           guint         delay_s)
{
  if (self->look_id == 0)
    self->look_id = g_timeout_add_seconds (delay_s, on_look, self);
}

/* Not from inside the signal: whoever else hears of it is to see things as they are. */
static void
look_at_once (AhoyAutoJoin *self)
{
  g_clear_handle_id (&self->look_id, g_source_remove);
  self->look_id = g_idle_add (on_look, self);
}

static void
on_groups_changed (AhoyAutoJoin *self,
                   guint         position,
                   guint         removed,
                   guint         added,
                   GListModel   *groups)
{
  for (guint i = 0; i < added; i++)
    {
      g_autoptr (AhoyGroup) group = g_list_model_get_item (groups, position + i);

      g_signal_connect_object (group, "notify::call-id", G_CALLBACK (look_at_once), self, G_CONNECT_SWAPPED);
    }

  look_at_once (self);
}

static void
on_call_ended (AhoyAutoJoin *self,
               AhoyCall     *call,
               AhoyEngine   *engine)
{
  /* It was never entered; another attempt comes later. */
  if (ahoy_call_get_error (call))
    return;

  if (ahoy_call_get_end_reason (call) != AHOY_END_REASON_OFFLINE)
    {
      g_free (self->left_id);
      self->left_id = g_strdup (ahoy_call_get_id (call));
    }

  look_at_once (self);
}

static void
ahoy_auto_join_dispose (GObject *object)
{
  AhoyAutoJoin *self = AHOY_AUTO_JOIN (object);

  g_clear_handle_id (&self->look_id, g_source_remove);
  g_clear_object (&self->engine);

  G_OBJECT_CLASS (ahoy_auto_join_parent_class)->dispose (object);
}

static void
ahoy_auto_join_finalize (GObject *object)
{
  g_free (AHOY_AUTO_JOIN (object)->left_id);

  G_OBJECT_CLASS (ahoy_auto_join_parent_class)->finalize (object);
}

static void
ahoy_auto_join_class_init (AhoyAutoJoinClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = ahoy_auto_join_dispose;
  object_class->finalize = ahoy_auto_join_finalize;
}

static void
ahoy_auto_join_init (AhoyAutoJoin *self)
{
}

AhoyAutoJoin *
ahoy_auto_join_new (AhoyEngine *engine)
{
  AhoyAutoJoin *self;
  GListModel *groups;

  g_return_val_if_fail (AHOY_IS_ENGINE (engine), NULL);

  self = g_object_new (AHOY_TYPE_AUTO_JOIN, NULL);
  self->engine = g_object_ref (engine);
  groups = G_LIST_MODEL (ahoy_engine_get_groups (engine));
  g_signal_connect_object (groups, "items-changed", G_CALLBACK (on_groups_changed), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (engine, "notify::state", G_CALLBACK (look_at_once), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (engine, "call-ended", G_CALLBACK (on_call_ended), self, G_CONNECT_SWAPPED);
  on_groups_changed (self, 0, 0, g_list_model_get_n_items (groups), groups);

  return self;
}
