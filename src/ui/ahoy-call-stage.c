/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "ahoy-call-stage-private.h"
#include "ahoy-group-words.h"
#include "ahoy-ui-private.h"

#include <glib/gi18n-lib.h>

#define MOVE_MS 250
#define TOLD_MS 2000     /* how long a tile says why nobody comes */
#define TICK_MS 66       /* one for all that follows a voice */
#define SPEECH_US (2 * G_USEC_PER_SEC)
#define KEEP_US (4 * G_USEC_PER_SEC)

G_DEFINE_FINAL_TYPE (AhoyCallStage, ahoy_call_stage, GTK_TYPE_WIDGET)

enum
{
  SIGNAL_CHANGED,
  SIGNAL_PEOPLE,
  SIGNAL_CANCEL,
  SIGNAL_JOINED,
  SIGNAL_GONE,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

GType
ahoy_call_layout_get_type (void)
{
  static gsize type = 0;

  if (g_once_init_enter (&type))
    {
      static const GEnumValue values[] = {
        { AHOY_CALL_LAYOUT_AUTO, "AHOY_CALL_LAYOUT_AUTO", "auto" },
        { AHOY_CALL_LAYOUT_GRID, "AHOY_CALL_LAYOUT_GRID", "grid" },
        { AHOY_CALL_LAYOUT_SPEAKER, "AHOY_CALL_LAYOUT_SPEAKER", "speaker" },
        { AHOY_CALL_LAYOUT_PAIR, "AHOY_CALL_LAYOUT_PAIR", "pair" },
        { 0, NULL, NULL }
      };
      GType made = g_enum_register_static ("AhoyCallLayout", values);

      g_once_init_leave (&type, made);
    }
  return type;
}

GType
ahoy_grid_style_get_type (void)
{
  static gsize type = 0;

  if (g_once_init_enter (&type))
    {
      static const GEnumValue values[] = {
        { AHOY_GRID_STYLE_ADAPTIVE, "AHOY_GRID_STYLE_ADAPTIVE", "adaptive" },
        { AHOY_GRID_STYLE_SQUARE, "AHOY_GRID_STYLE_SQUARE", "square" },
        { 0, NULL, NULL }
      };
      GType made = g_enum_register_static ("AhoyGridStyle", values);

      g_once_init_leave (&type, made);
    }
  return type;
}

AhoyTileSpot *
ahoy_call_stage_get_spot (AhoyCallStage *self,
                          guint          i)
{
  return g_ptr_array_index (self->spots, i);
}

static AhoyTileSpot *
find_spot (AhoyCallStage   *self,
           AhoyParticipant *participant)
{
  guint i;

  for (i = 0; i < self->spots->len; i++)
    {
      AhoyTileSpot *spot = ahoy_call_stage_get_spot (self, i);

      if (!spot->is_leaving && ahoy_participant_tile_get_participant (spot->tile) == participant)
        return spot;
    }
  return NULL;
}

static void
spot_free (gpointer data)
{
  AhoyTileSpot *spot = data;
  AhoyParticipant *participant = ahoy_participant_tile_get_participant (spot->tile);

  g_clear_handle_id (&spot->leave_id, g_source_remove);
  if (participant)
    g_signal_handlers_disconnect_by_data (participant, spot);
  gtk_widget_unparent (GTK_WIDGET (spot->tile));
  g_free (spot);
}

static void
set_speaker (AhoyCallStage   *self,
             AhoyParticipant *speaker)
{
  if (!g_set_object (&self->speaker, speaker))
    return;
  self->speaker_since = g_get_monotonic_time ();
  if (self->is_speaker_layout && !self->pinned)
    ahoy_call_stage_queue_relayout (self);
  g_signal_emit (self, signals[SIGNAL_CHANGED], 0);
}

/* Who has spoken longest without a pause takes over, when the one before had their time. */
static void
follow_speech (AhoyCallStage *self,
               gint64         now)
{
  AhoyParticipant *longest = NULL;
  gint64 since = G_MAXINT64;
  guint i;

  for (i = 0; i < self->spots->len; i++)
    {
      AhoyTileSpot *spot = ahoy_call_stage_get_spot (self, i);
      gint64 began = ahoy_participant_tile_get_speaking_since (spot->tile);

      if (spot->is_leaving || ahoy_participant_tile_get_is_own (spot->tile) || !began || began >= since)
        continue;
      since = began;
      longest = ahoy_participant_tile_get_participant (spot->tile);
    }
  if (!longest || (self->speaker && (now - since < SPEECH_US || now - self->speaker_since < KEEP_US)))
    return;
  set_speaker (self, longest);
}

static gboolean
on_tick (gpointer data)
{
  AhoyCallStage *self = data;
  const gint64 now = g_get_monotonic_time ();
  gboolean is_moving = FALSE;
  guint i;

  for (i = 0; i < self->spots->len; i++)
    is_moving = ahoy_participant_tile_tick (ahoy_call_stage_get_spot (self, i)->tile, now) || is_moving;
  follow_speech (self, now);
  if (is_moving)
    return G_SOURCE_CONTINUE;
  self->tick_id = 0;
  return G_SOURCE_REMOVE;
}

static void
start_ticking (AhoyCallStage *self)
{
  if (!self->tick_id && gtk_widget_get_mapped (GTK_WIDGET (self)))
    self->tick_id = g_timeout_add (TICK_MS, on_tick, self);
}

static void
on_volume (AhoyTileSpot *spot)
{
  if (ahoy_participant_get_volume (ahoy_participant_tile_get_participant (spot->tile)) > 0)
    start_ticking (spot->stage);
}

static void
on_status (AhoyTileSpot *spot)
{
  AhoyParticipant *participant = ahoy_participant_tile_get_participant (spot->tile);

  if (spot->was_in || ahoy_participant_get_status (participant) != AHOY_PARTICIPANT_ACCEPTED)
    return;
  spot->was_in = TRUE;
  g_signal_emit (spot->stage, signals[SIGNAL_JOINED], 0, participant);
}

static void
on_tile_pin (AhoyCallStage       *self,
             AhoyParticipantTile *tile)
{
  ahoy_call_stage_pin (self, self->pinned == tile ? NULL : tile);
}

static void
on_tile_cancel (AhoyCallStage       *self,
                AhoyParticipantTile *tile)
{
  g_signal_emit (self, signals[SIGNAL_CANCEL], 0, ahoy_participant_tile_get_participant (tile));
}

static AhoyTileSpot *
add_spot (AhoyCallStage   *self,
          AhoyParticipant *participant)
{
  AhoyTileSpot *spot = g_new0 (AhoyTileSpot, 1);
  GtkWidget *tile = ahoy_participant_tile_new (self->call, participant, self->own_user);
  /* The own one stays last. */
  guint at = self->spots->len > 0 && participant && find_spot (self, NULL) ? self->spots->len - 1 : self->spots->len;
  GtkWidget *before = at < self->spots->len ? GTK_WIDGET (ahoy_call_stage_get_spot (self, at)->tile)
                                            : self->more_button;

  spot->stage = self;
  spot->tile = AHOY_PARTICIPANT_TILE (tile);
  spot->is_new = TRUE;
  g_ptr_array_insert (self->spots, (int) at, spot);
  gtk_widget_insert_before (tile, GTK_WIDGET (self), before);
  g_signal_connect_swapped (tile, "pin", G_CALLBACK (on_tile_pin), self);
  g_signal_connect_swapped (tile, "cancel", G_CALLBACK (on_tile_cancel), self);
  if (participant)
    {
      spot->was_in = ahoy_participant_get_status (participant) == AHOY_PARTICIPANT_ACCEPTED;
      g_signal_connect_swapped (participant, "notify::volume", G_CALLBACK (on_volume), spot);
      g_signal_connect_swapped (participant, "notify::status", G_CALLBACK (on_status), spot);
    }
  else
    {
      ahoy_participant_tile_set_mirror (spot->tile, self->mirror);
    }
  return spot;
}

static gboolean
on_leave_due (gpointer data)
{
  AhoyTileSpot *spot = data;

  spot->leave_id = 0;
  spot->is_closing = TRUE;
  ahoy_call_stage_queue_relayout (spot->stage);
  return G_SOURCE_REMOVE;
}

static void
remove_person (AhoyCallStage *self,
               AhoyTileSpot  *spot)
{
  AhoyParticipant *participant = ahoy_participant_tile_get_participant (spot->tile);
  const char *text = spot->was_in || !participant ? NULL : ahoy_words_tile_gone (AHOY_END_REASON_NO_RESPONSE);

  if (spot->is_leaving)
    return;
  if (participant)
    g_signal_emit (self, signals[SIGNAL_GONE], 0, participant, spot->was_in);
  ahoy_call_stage_move_focus_from (self, spot->tile);
  spot->is_leaving = TRUE;
  if (self->pinned == spot->tile)
    ahoy_call_stage_pin (self, NULL);
  if (self->speaker == participant)
    set_speaker (self, NULL);
  ahoy_participant_tile_leave (spot->tile, text);
  if (text)
    spot->leave_id = g_timeout_add (TOLD_MS, on_leave_due, spot);
  else
    spot->is_closing = TRUE;
}

static void
sync_people (AhoyCallStage *self)
{
  GListModel *people = self->call ? ahoy_call_get_participants (self->call) : NULL;
  const guint n = people ? g_list_model_get_n_items (people) : 0;
  g_autoptr (GHashTable) there = g_hash_table_new (NULL, NULL);
  guint i;

  for (i = 0; i < n; i++)
    {
      g_autoptr (AhoyParticipant) participant = g_list_model_get_item (people, i);

      g_hash_table_add (there, participant);
      if (!find_spot (self, participant))
        add_spot (self, participant);
    }
  for (i = 0; i < self->spots->len; i++)
    {
      AhoyTileSpot *spot = ahoy_call_stage_get_spot (self, i);
      AhoyParticipant *participant = ahoy_participant_tile_get_participant (spot->tile);

      if (participant ? !g_hash_table_contains (there, participant) : !self->call || !self->self_view)
        remove_person (self, spot);
    }
  if (self->call && self->self_view && !find_spot (self, NULL))
    add_spot (self, NULL);
  ahoy_call_stage_queue_relayout (self);
}

static gboolean
on_relayout_due (gpointer data)
{
  AhoyCallStage *self = data;

  self->relayout_id = 0;
  ahoy_call_stage_relayout (self, TRUE);
  return G_SOURCE_REMOVE;
}

/* Five who come at once are one movement. */
void
ahoy_call_stage_queue_relayout (AhoyCallStage *self)
{
  if (!self->relayout_id)
    self->relayout_id = g_idle_add_full (G_PRIORITY_HIGH_IDLE, on_relayout_due, self, NULL);
}

static void
on_more_clicked (AhoyCallStage *self)
{
  g_signal_emit (self, signals[SIGNAL_PEOPLE], 0);
}

static void
ahoy_call_stage_unmap (GtkWidget *widget)
{
  AhoyCallStage *self = AHOY_CALL_STAGE (widget);

  g_clear_handle_id (&self->tick_id, g_source_remove);

  GTK_WIDGET_CLASS (ahoy_call_stage_parent_class)->unmap (widget);
}

static void
ahoy_call_stage_dispose (GObject *object)
{
  AhoyCallStage *self = AHOY_CALL_STAGE (object);

  g_clear_handle_id (&self->relayout_id, g_source_remove);
  g_clear_handle_id (&self->tick_id, g_source_remove);
  if (self->motion)
    adw_animation_pause (self->motion);
  g_clear_object (&self->motion);
  if (self->call)
    g_signal_handlers_disconnect_by_data (ahoy_call_get_participants (self->call), self);
  g_clear_object (&self->call);
  g_clear_object (&self->own_user);
  g_clear_object (&self->speaker);
  self->pinned = self->raised = self->focused = NULL;
  g_ptr_array_set_size (self->spots, 0);
  g_clear_pointer (&self->more_button, gtk_widget_unparent);

  G_OBJECT_CLASS (ahoy_call_stage_parent_class)->dispose (object);
}

static void
ahoy_call_stage_finalize (GObject *object)
{
  g_ptr_array_unref (AHOY_CALL_STAGE (object)->spots);

  G_OBJECT_CLASS (ahoy_call_stage_parent_class)->finalize (object);
}

static void
ahoy_call_stage_class_init (AhoyCallStageClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  ahoy_ui_ensure_init ();
  object_class->dispose = ahoy_call_stage_dispose;
  object_class->finalize = ahoy_call_stage_finalize;
  widget_class->unmap = ahoy_call_stage_unmap;

  signals[SIGNAL_CHANGED] =
    g_signal_new ("changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[SIGNAL_PEOPLE] =
    g_signal_new ("people", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[SIGNAL_CANCEL] = g_signal_new ("cancel", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                         G_TYPE_NONE, 1, AHOY_TYPE_PARTICIPANT);
  signals[SIGNAL_JOINED] = g_signal_new ("joined", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                         G_TYPE_NONE, 1, AHOY_TYPE_PARTICIPANT);
  signals[SIGNAL_GONE] = g_signal_new ("gone", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                       G_TYPE_NONE, 2, AHOY_TYPE_PARTICIPANT, G_TYPE_BOOLEAN);

  gtk_widget_class_set_css_name (widget_class, "ahoystage");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);
  ahoy_call_stage_class_init_layout (widget_class);
  ahoy_call_stage_class_init_focus (widget_class);
}

static void
ahoy_call_stage_init (AhoyCallStage *self)
{
  self->spots = g_ptr_array_new_with_free_func (spot_free);
  self->self_view = self->mirror = TRUE;
  self->more_button = gtk_button_new ();
  gtk_widget_add_css_class (self->more_button, "ahoymore");
  gtk_widget_set_parent (self->more_button, GTK_WIDGET (self));
  gtk_widget_set_child_visible (self->more_button, FALSE);
  g_signal_connect_swapped (self->more_button, "clicked", G_CALLBACK (on_more_clicked), self);
  ahoy_ui_ensure_style (GTK_WIDGET (self));
  ahoy_ui_set_accessible (GTK_WIDGET (self), _("People in the Call"), NULL);
  ahoy_call_stage_init_focus (self);
}

GtkWidget *
ahoy_call_stage_new (void)
{
  return g_object_new (AHOY_TYPE_CALL_STAGE, NULL);
}

void
ahoy_call_stage_set_call (AhoyCallStage *self,
                          AhoyCall      *call,
                          AhoyUser      *own_user)
{
  g_return_if_fail (AHOY_IS_CALL_STAGE (self));
  g_return_if_fail (!call || AHOY_IS_CALL (call));

  if (self->call == call && self->own_user == own_user)
    return;
  if (self->call)
    g_signal_handlers_disconnect_by_data (ahoy_call_get_participants (self->call), self);
  self->pinned = self->raised = self->focused = NULL;
  g_clear_object (&self->speaker);
  g_ptr_array_set_size (self->spots, 0);
  g_set_object (&self->call, call);
  g_set_object (&self->own_user, own_user);
  if (call)
    g_signal_connect_swapped (ahoy_call_get_participants (call), "items-changed", G_CALLBACK (sync_people), self);
  sync_people (self);
  /* Who is there from the start does not fly in. */
  ahoy_call_stage_relayout (self, FALSE);
}

void
ahoy_call_stage_set_layout (AhoyCallStage *self,
                            gboolean       speaker)
{
  g_return_if_fail (AHOY_IS_CALL_STAGE (self));

  if (self->is_speaker_layout == !!speaker)
    return;
  self->is_speaker_layout = !!speaker;
  ahoy_call_stage_queue_relayout (self);
}

void
ahoy_call_stage_set_grid_style (AhoyCallStage *self,
                                AhoyGridStyle  style)
{
  g_return_if_fail (AHOY_IS_CALL_STAGE (self));

  if (self->grid_style == style)
    return;
  self->grid_style = style;
  ahoy_call_stage_queue_relayout (self);
}

void
ahoy_call_stage_set_fullscreen (AhoyCallStage *self,
                                gboolean       is_fullscreen)
{
  g_return_if_fail (AHOY_IS_CALL_STAGE (self));

  if (self->is_fullscreen == !!is_fullscreen)
    return;
  self->is_fullscreen = !!is_fullscreen;
  ahoy_call_stage_queue_relayout (self);
}

void
ahoy_call_stage_set_mirror (AhoyCallStage *self,
                            gboolean       mirror)
{
  AhoyTileSpot *own;

  g_return_if_fail (AHOY_IS_CALL_STAGE (self));

  self->mirror = !!mirror;
  own = find_spot (self, NULL);
  if (own)
    ahoy_participant_tile_set_mirror (own->tile, mirror);
}

void
ahoy_call_stage_set_self_view (AhoyCallStage *self,
                               gboolean       self_view)
{
  g_return_if_fail (AHOY_IS_CALL_STAGE (self));

  if (self->self_view == !!self_view)
    return;
  self->self_view = !!self_view;
  sync_people (self);
}

void
ahoy_call_stage_set_own_level (AhoyCallStage *self,
                               int            level)
{
  AhoyTileSpot *own;

  g_return_if_fail (AHOY_IS_CALL_STAGE (self));

  own = find_spot (self, NULL);
  if (!own)
    return;
  ahoy_participant_tile_set_level (own->tile, level);
  if (level > 0)
    start_ticking (self);
}

void
ahoy_call_stage_pin (AhoyCallStage       *self,
                     AhoyParticipantTile *tile)
{
  if (self->pinned == tile)
    return;
  if (self->pinned)
    ahoy_participant_tile_set_is_pinned (self->pinned, FALSE);
  self->raised = tile ? tile : self->pinned;
  self->pinned = tile;
  if (tile)
    ahoy_participant_tile_set_is_pinned (tile, TRUE);
  ahoy_call_stage_queue_relayout (self);
  g_signal_emit (self, signals[SIGNAL_CHANGED], 0);
}

gboolean
ahoy_call_stage_pin_nth (AhoyCallStage *self,
                         guint          n)
{
  g_return_val_if_fail (AHOY_IS_CALL_STAGE (self), FALSE);

  if (n == 0)
    return ahoy_call_stage_unpin (self);
  if (n > ahoy_call_stage_get_n_tiles (self))
    return FALSE;
  ahoy_call_stage_pin (self, ahoy_call_stage_get_tile (self, n - 1));
  return TRUE;
}

gboolean
ahoy_call_stage_unpin (AhoyCallStage *self)
{
  g_return_val_if_fail (AHOY_IS_CALL_STAGE (self), FALSE);

  if (!self->pinned)
    return FALSE;
  ahoy_call_stage_pin (self, NULL);
  return TRUE;
}

AhoyParticipantTile *
ahoy_call_stage_get_pinned (AhoyCallStage *self)
{
  g_return_val_if_fail (AHOY_IS_CALL_STAGE (self), NULL);

  return self->pinned;
}

AhoyParticipant *
ahoy_call_stage_get_speaker (AhoyCallStage *self)
{
  g_return_val_if_fail (AHOY_IS_CALL_STAGE (self), NULL);

  return self->speaker;
}

guint
ahoy_call_stage_get_n_tiles (AhoyCallStage *self)
{
  guint n = 0, i;

  g_return_val_if_fail (AHOY_IS_CALL_STAGE (self), 0);

  for (i = 0; i < self->spots->len; i++)
    n += !ahoy_call_stage_get_spot (self, i)->is_leaving;
  return n;
}

AhoyParticipantTile *
ahoy_call_stage_get_tile (AhoyCallStage *self,
                          guint          n)
{
  guint i;

  g_return_val_if_fail (AHOY_IS_CALL_STAGE (self), NULL);

  for (i = 0; i < self->spots->len; i++)
    {
      AhoyTileSpot *spot = ahoy_call_stage_get_spot (self, i);

      if (!spot->is_leaving && n-- == 0)
        return spot->tile;
    }
  return NULL;
}

gboolean
ahoy_call_stage_get_is_busy (AhoyCallStage *self)
{
  guint i;

  g_return_val_if_fail (AHOY_IS_CALL_STAGE (self), FALSE);

  for (i = 0; i < self->spots->len; i++)
    if (ahoy_participant_tile_get_is_busy (ahoy_call_stage_get_spot (self, i)->tile))
      return TRUE;
  return FALSE;
}
