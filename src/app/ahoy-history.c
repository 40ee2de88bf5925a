/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ahoy-history.h"

#include "ahoy-history-groups.h"
#include "ahoy-list-diff.h"

#define PAGE_SIZE 50

struct _AhoyHistory
{
  GObject parent_instance;

  AhoyEngine *engine;        /* (owned) */
  GPtrArray *records;        /* (owned) of AhoyRecord, in no order */
  GHashTable *known;         /* (owned) call ids in records */
  GHashTable *hidden;        /* (owned) call ids waiting for Undo */
  GPtrArray *items;          /* (owned) of GObject: what is shown */
  char *cursor;              /* (owned) (nullable) of the next page */
  GCancellable *cancellable; /* (owned) of the running query */
  gint64 seen;
  guint n_missed;
  gboolean is_missed_only;
  gboolean is_loading;
  gboolean is_loaded;
  gboolean is_complete;
};

static void list_model_init (GListModelInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (AhoyHistory, ahoy_history, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (G_TYPE_LIST_MODEL, list_model_init))

enum
{
  PROP_0,
  PROP_MISSED_ONLY,
  PROP_LOADED,
  PROP_IS_LOADING,
  PROP_N_MISSED,
  PROP_SEEN,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

enum
{
  FAILED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

static void
update_missed (AhoyHistory *self)
{
  guint n_missed = 0;

  for (guint i = 0; i < self->records->len; i++)
    {
      AhoyRecord *record = g_ptr_array_index (self->records, i);

      if (ahoy_record_get_result (record) == AHOY_CALL_RESULT_MISSED && ahoy_record_get_begin (record) > self->seen)
        n_missed++;
    }

  if (self->n_missed == n_missed)
    return;

  self->n_missed = n_missed;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_N_MISSED]);
}

/* The same rows stay the same objects, as long as they stand for the same calls. */
static void
keep_objects (GPtrArray *old,
              GPtrArray *now)
{
  g_autoptr (GHashTable) by_id = g_hash_table_new (g_str_hash, g_str_equal);

  for (guint i = 0; i < old->len; i++)
    if (AHOY_IS_HISTORY_ENTRY (old->pdata[i]))
      g_hash_table_insert (by_id, (gpointer) ahoy_record_get_call_id (ahoy_history_entry_get_first (old->pdata[i])),
                           old->pdata[i]);

  for (guint i = 0; i < now->len; i++)
    {
      AhoyHistoryEntry *same;

      if (!AHOY_IS_HISTORY_ENTRY (now->pdata[i]))
        continue;
      same = g_hash_table_lookup (by_id, ahoy_record_get_call_id (ahoy_history_entry_get_first (now->pdata[i])));
      if (!same || ahoy_history_entry_get_count (same) != ahoy_history_entry_get_count (now->pdata[i]))
        continue;
      g_object_unref (now->pdata[i]);
      now->pdata[i] = g_object_ref (same);
    }
}

static void
rebuild (AhoyHistory *self)
{
  g_autoptr (GPtrArray) old = g_steal_pointer (&self->items);

  self->items = ahoy_history_group (self->records, g_get_real_time (), self->is_missed_only, self->hidden);
  keep_objects (old, self->items);
  ahoy_list_diff_emit (G_LIST_MODEL (self), old, self->items);
  update_missed (self);
}

static void
add_record (AhoyHistory *self,
            AhoyRecord  *record)
{
  const char *id = ahoy_record_get_call_id (record);

  if (!id || g_hash_table_contains (self->known, id))
    return;

  g_hash_table_add (self->known, g_strdup (id));
  g_ptr_array_add (self->records, g_object_ref (record));
}

static void
set_loading (AhoyHistory *self,
             gboolean     is_loading)
{
  if (self->is_loading == is_loading)
    return;

  self->is_loading = is_loading;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_IS_LOADING]);
}

static void
on_page (GObject      *source,
         GAsyncResult *result,
         gpointer      user_data)
{
  g_autoptr (AhoyHistory) self = AHOY_HISTORY (user_data);
  g_autoptr (GPtrArray) records = NULL;
  g_autofree char *next = NULL;
  g_autoptr (GError) error = NULL;

  records = ahoy_engine_query_history_finish (AHOY_ENGINE (source), result, &next, &error);
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;

  set_loading (self, FALSE);
  if (!records)
    {
      g_signal_emit (self, signals[FAILED], 0, error);
      return;
    }

  for (guint i = 0; i < records->len; i++)
    add_record (self, g_ptr_array_index (records, i));

  g_clear_pointer (&self->cursor, g_free);
  self->cursor = g_steal_pointer (&next);
  self->is_complete = self->cursor == NULL;
  rebuild (self);
  if (!self->is_loaded)
    {
      self->is_loaded = TRUE;
      g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_LOADED]);
    }
}

static void
query (AhoyHistory *self)
{
  if (self->is_loading || ahoy_engine_get_state (self->engine) != AHOY_ENGINE_ONLINE)
    return;

  set_loading (self, TRUE);
  ahoy_engine_query_history_async (self->engine, AHOY_CALL_RESULT_UNKNOWN, self->cursor, PAGE_SIZE,
                                   self->cancellable, on_page, g_object_ref (self));
}

static void
forget_everything (AhoyHistory *self)
{
  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  self->cancellable = g_cancellable_new ();
  g_ptr_array_set_size (self->records, 0);
  g_hash_table_remove_all (self->known);
  g_clear_pointer (&self->cursor, g_free);
  set_loading (self, FALSE);
  self->is_complete = FALSE;
  self->is_loaded = FALSE;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_LOADED]);
  rebuild (self);
}

static void
on_state_changed (AhoyHistory *self)
{
  switch (ahoy_engine_get_state (self->engine))
    {
    case AHOY_ENGINE_SIGNED_OUT:
      g_hash_table_remove_all (self->hidden);
      forget_everything (self);
      break;

    case AHOY_ENGINE_ONLINE:
      /* Calls may have come and gone while this device was away: ask for the newest page again. */
      g_clear_pointer (&self->cursor, g_free);
      query (self);
      break;

    case AHOY_ENGINE_SIGNING_IN:
    case AHOY_ENGINE_OFFLINE:
    default:
      break;
    }
}

static void
on_history_changed (AhoyHistory *self,
                    AhoyRecord  *record)
{
  if (record)
    {
      add_record (self, record);
      rebuild (self);
      return;
    }

  /* Something was removed elsewhere: what is here may be gone there. */
  forget_everything (self);
  query (self);
}

static GType
get_item_type (GListModel *model)
{
  return G_TYPE_OBJECT;
}

static guint
get_n_items (GListModel *model)
{
  return AHOY_HISTORY (model)->items->len;
}

static gpointer
get_item (GListModel *model,
          guint       position)
{
  AhoyHistory *self = AHOY_HISTORY (model);

  return position < self->items->len ? g_object_ref (g_ptr_array_index (self->items, position)) : NULL;
}

static void
list_model_init (GListModelInterface *iface)
{
  iface->get_item_type = get_item_type;
  iface->get_n_items = get_n_items;
  iface->get_item = get_item;
}

static void
ahoy_history_dispose (GObject *object)
{
  AhoyHistory *self = AHOY_HISTORY (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->engine);

  G_OBJECT_CLASS (ahoy_history_parent_class)->dispose (object);
}

static void
ahoy_history_finalize (GObject *object)
{
  AhoyHistory *self = AHOY_HISTORY (object);

  g_object_unref (self->cancellable);
  g_ptr_array_unref (self->records);
  g_ptr_array_unref (self->items);
  g_hash_table_unref (self->known);
  g_hash_table_unref (self->hidden);
  g_free (self->cursor);

  G_OBJECT_CLASS (ahoy_history_parent_class)->finalize (object);
}

static void
ahoy_history_get_property (GObject    *object,
                           guint       prop_id,
                           GValue     *value,
                           GParamSpec *pspec)
{
  AhoyHistory *self = AHOY_HISTORY (object);

  switch (prop_id)
    {
    case PROP_MISSED_ONLY:
      g_value_set_boolean (value, self->is_missed_only);
      break;

    case PROP_LOADED:
      g_value_set_boolean (value, self->is_loaded);
      break;

    case PROP_IS_LOADING:
      g_value_set_boolean (value, self->is_loading);
      break;

    case PROP_N_MISSED:
      g_value_set_uint (value, self->n_missed);
      break;

    case PROP_SEEN:
      g_value_set_int64 (value, self->seen);
      break;

    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
ahoy_history_set_property (GObject      *object,
                           guint         prop_id,
                           const GValue *value,
                           GParamSpec   *pspec)
{
  AhoyHistory *self = AHOY_HISTORY (object);

  switch (prop_id)
    {
    case PROP_MISSED_ONLY:
      ahoy_history_set_missed_only (self, g_value_get_boolean (value));
      break;

    case PROP_SEEN:
      ahoy_history_set_seen (self, g_value_get_int64 (value));
      break;

    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
ahoy_history_class_init (AhoyHistoryClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = ahoy_history_dispose;
  object_class->finalize = ahoy_history_finalize;
  object_class->get_property = ahoy_history_get_property;
  object_class->set_property = ahoy_history_set_property;

  properties[PROP_MISSED_ONLY] =
    g_param_spec_boolean ("missed-only", NULL, NULL, FALSE,
                          G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY);
  properties[PROP_LOADED] =
    g_param_spec_boolean ("loaded", NULL, NULL, FALSE,
                          G_PARAM_READABLE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY);
  properties[PROP_IS_LOADING] =
    g_param_spec_boolean ("is-loading", NULL, NULL, FALSE,
                          G_PARAM_READABLE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY);
  properties[PROP_N_MISSED] =
    g_param_spec_uint ("n-missed", NULL, NULL, 0, G_MAXUINT, 0,
                       G_PARAM_READABLE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY);
  properties[PROP_SEEN] =
    g_param_spec_int64 ("seen", NULL, NULL, G_MININT64, G_MAXINT64, 0,
                        G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY);

  g_object_class_install_properties (object_class, N_PROPS, properties);

  signals[FAILED] = g_signal_new ("failed", AHOY_TYPE_HISTORY, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                  G_TYPE_NONE, 1, G_TYPE_ERROR);
}

static void
ahoy_history_init (AhoyHistory *self)
{
  self->records = g_ptr_array_new_with_free_func (g_object_unref);
  self->items = g_ptr_array_new_with_free_func (g_object_unref);
  self->known = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->hidden = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->cancellable = g_cancellable_new ();
}

AhoyHistory *
ahoy_history_new (AhoyEngine *engine)
{
  AhoyHistory *self;

  g_return_val_if_fail (AHOY_IS_ENGINE (engine), NULL);

  self = g_object_new (AHOY_TYPE_HISTORY, NULL);
  self->engine = g_object_ref (engine);
  g_signal_connect_object (engine, "notify::state", G_CALLBACK (on_state_changed), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (engine, "history-changed", G_CALLBACK (on_history_changed), self, G_CONNECT_SWAPPED);
  query (self);
  return self;
}

gboolean
ahoy_history_get_loaded (AhoyHistory *self)
{
  g_return_val_if_fail (AHOY_IS_HISTORY (self), FALSE);

  return self->is_loaded;
}

gboolean
ahoy_history_get_missed_only (AhoyHistory *self)
{
  g_return_val_if_fail (AHOY_IS_HISTORY (self), FALSE);

  return self->is_missed_only;
}

void
ahoy_history_set_missed_only (AhoyHistory *self,
                              gboolean     missed_only)
{
  g_return_if_fail (AHOY_IS_HISTORY (self));

  missed_only = !!missed_only;
  if (self->is_missed_only == missed_only)
    return;

  self->is_missed_only = missed_only;
  rebuild (self);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_MISSED_ONLY]);
}

guint
ahoy_history_get_n_missed (AhoyHistory *self)
{
  g_return_val_if_fail (AHOY_IS_HISTORY (self), 0);

  return self->n_missed;
}

void
ahoy_history_set_seen (AhoyHistory *self,
                       gint64       seen)
{
  g_return_if_fail (AHOY_IS_HISTORY (self));

  if (self->seen == seen)
    return;

  self->seen = seen;
  update_missed (self);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_SEEN]);
}

void
ahoy_history_load_more (AhoyHistory *self)
{
  g_return_if_fail (AHOY_IS_HISTORY (self));

  if (self->is_loaded && !self->is_complete)
    query (self);
}

void
ahoy_history_hide (AhoyHistory       *self,
                   const char *const *call_ids)
{
  g_return_if_fail (AHOY_IS_HISTORY (self));
  g_return_if_fail (call_ids);

  for (guint i = 0; call_ids[i]; i++)
    g_hash_table_add (self->hidden, g_strdup (call_ids[i]));
  rebuild (self);
}

void
ahoy_history_restore (AhoyHistory       *self,
                      const char *const *call_ids)
{
  g_return_if_fail (AHOY_IS_HISTORY (self));
  g_return_if_fail (call_ids);

  for (guint i = 0; call_ids[i]; i++)
    g_hash_table_remove (self->hidden, call_ids[i]);
  rebuild (self);
}

static void
on_deleted (GObject      *source,
            GAsyncResult *result,
            gpointer      user_data)
{
  g_autoptr (AhoyHistory) self = AHOY_HISTORY (user_data);
  g_autoptr (GError) error = NULL;

  if (ahoy_engine_delete_history_finish (AHOY_ENGINE (source), result, NULL, &error))
    return;

  /* What could not be removed comes back to sight. */
  g_hash_table_remove_all (self->hidden);
  rebuild (self);
  g_signal_emit (self, signals[FAILED], 0, error);
}

void
ahoy_history_forget (AhoyHistory       *self,
                     const char *const *call_ids)
{
  g_return_if_fail (AHOY_IS_HISTORY (self));
  g_return_if_fail (call_ids);

  if (self->engine)
    ahoy_engine_delete_history_async (self->engine, call_ids, NULL, on_deleted, g_object_ref (self));
}

void
ahoy_history_clear (AhoyHistory *self)
{
  g_return_if_fail (AHOY_IS_HISTORY (self));

  for (guint i = 0; i < self->records->len; i++)
    g_hash_table_add (self->hidden, g_strdup (ahoy_record_get_call_id (self->records->pdata[i])));
  rebuild (self);
  ahoy_engine_delete_history_async (self->engine, NULL, NULL, on_deleted, g_object_ref (self));
}

GPtrArray *
ahoy_history_dup_with (AhoyHistory *self,
                       AhoyUser    *user,
                       guint        count)
{
  g_autoptr (GPtrArray) records = NULL;
  g_autoptr (GPtrArray) items = NULL;
  GPtrArray *entries = g_ptr_array_new_with_free_func (g_object_unref);

  g_return_val_if_fail (AHOY_IS_HISTORY (self), entries);

  records = g_ptr_array_new ();
  for (guint i = 0; i < self->records->len; i++)
    if (ahoy_record_get_peer (self->records->pdata[i]) == user)
      g_ptr_array_add (records, self->records->pdata[i]);

  items = ahoy_history_group (records, g_get_real_time (), FALSE, self->hidden);
  for (guint i = 0; i < items->len && entries->len < count; i++)
    if (AHOY_IS_HISTORY_ENTRY (items->pdata[i]))
      g_ptr_array_add (entries, g_object_ref (items->pdata[i]));

  return entries;
}
