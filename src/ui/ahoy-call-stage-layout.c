/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "ahoy-call-stage-private.h"
#include "ahoy-ui-private.h"

#include <glib/gi18n-lib.h>

/* Where each tile stands, and how it gets there. */

#define MOVE_MS 250
#define MOST 64

static void
apply_progress (double   progress,
                gpointer data)
{
  AhoyCallStage *self = data;
  guint i;

  for (i = 0; i < self->spots->len; i++)
    {
      AhoyTileSpot *spot = ahoy_call_stage_get_spot (self, i);

      spot->at = ahoy_grid_between (spot->from, spot->to, progress);
      gtk_widget_set_opacity (GTK_WIDGET (spot->tile),
                              spot->opacity_from + (spot->opacity_to - spot->opacity_from) * progress);
      gtk_widget_set_child_visible (GTK_WIDGET (spot->tile), !spot->is_hidden || progress < 1);
    }
  gtk_widget_queue_allocate (GTK_WIDGET (self));
}

static void
finish_motion (AhoyCallStage *self)
{
  guint i = 0;

  g_clear_object (&self->motion);
  if (self->is_allocating)
    {
      /* No time to take widgets away. */
      for (i = 0; i < self->spots->len; i++)
        if (ahoy_call_stage_get_spot (self, i)->is_closing)
          ahoy_call_stage_queue_relayout (self);
      return;
    }
  while (i < self->spots->len)
    {
      AhoyTileSpot *spot = ahoy_call_stage_get_spot (self, i);

      if (!spot->is_closing)
        {
          i++;
          continue;
        }
      if (self->raised == spot->tile)
        self->raised = NULL;
      if (self->main == spot->tile)
        self->main = NULL;
      if (self->focused == spot->tile)
        self->focused = NULL;
      g_ptr_array_remove_index (self->spots, i);
    }
  if (self->raised != self->pinned)
    self->raised = NULL;
}

static void
stop_motion (AhoyCallStage *self)
{
  if (self->motion)
    adw_animation_pause (self->motion);
  g_clear_object (&self->motion);
}

/* TRUE when somebody is large and the others are in a strip. */
static gboolean
find_main (AhoyCallStage *self,
           AhoyTileSpot **placed,
           guint          n,
           guint         *main)
{
  guint i;

  if (!self->pinned && !self->is_speaker_layout)
    return FALSE;
  /* Until somebody speaks: the first of the others, or the own tile when alone. */
  *main = 0;
  for (i = 0; i < n; i++)
    {
      if (self->pinned ? placed[i]->tile == self->pinned
                       : self->speaker && ahoy_participant_tile_get_participant (placed[i]->tile) == self->speaker)
        *main = i;
    }
  return TRUE;
}

static void
inset (AhoyStageRect *places,
       guint          n,
       int            gap)
{
  guint i;

  for (i = 0; i < n; i++)
    {
      places[i].x += gap / 2;
      places[i].y += gap / 2;
      places[i].width = MAX (places[i].width - gap, 1);
      places[i].height = MAX (places[i].height - gap, 1);
    }
}

static void
find_places (AhoyCallStage  *self,
             AhoyTileSpot  **placed,
             guint           n,
             AhoyStageRect  *places)
{
  const gboolean is_rtl = gtk_widget_get_direction (GTK_WIDGET (self)) == GTK_TEXT_DIR_RTL;
  const AhoyStageRect area = ahoy_grid_area (self->width, self->height, self->is_fullscreen, &self->gap);
  gboolean has_main;
  guint main = 0, i;

  has_main = find_main (self, placed, n, &main);
  self->main = has_main ? placed[main]->tile : NULL;
  self->shape = (AhoySpeakerShape) { 0 };
  if (self->grid_style == AHOY_GRID_STYLE_SQUARE && !self->is_speaker_layout)
    {
      ahoy_grid_place_squares (area.width, area.height, n, has_main ? (int) main : -1, is_rtl, places);
      inset (places, n, self->gap);
    }
  else if (has_main)
    {
      self->shape = ahoy_grid_place_speaker (area.width, area.height, self->gap, n, main, self->scroll, is_rtl, places);
      self->scroll = CLAMP (self->scroll, 0, self->shape.furthest);
      self->strip_step = n > 1 ? places[main == 0 ? 1 : 0].height + self->gap : 0;
    }
  else
    {
      self->columns = ahoy_grid_choose (area.width, area.height, self->gap, n, self->columns).columns;
      ahoy_grid_place (area.width, area.height, self->gap, n, self->columns, is_rtl, places);
    }
  for (i = 0; i < n; i++)
    {
      places[i].x += area.x;
      places[i].y += area.y;
    }
}

/* The last place of a strip that is too short says how many have none. */
static void
place_more (AhoyCallStage *self,
            AhoyStageRect *places)
{
  g_autofree char *label = NULL;
  g_autofree char *spoken = NULL;

  gtk_widget_set_child_visible (self->more_button, self->shape.n_more > 0);
  if (self->shape.n_more == 0)
    return;
  self->more_place = places[self->shape.last];
  places[self->shape.last].width = 0;
  /* Translators: how many people more there are */
  label = g_strdup_printf (_("+%u"), self->shape.n_more);
  if (g_strcmp0 (label, gtk_button_get_label (GTK_BUTTON (self->more_button))) == 0)
    return;
  spoken = g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "%u more person", "%u more people", self->shape.n_more),
                            self->shape.n_more);
  gtk_button_set_label (GTK_BUTTON (self->more_button), label);
  ahoy_ui_set_accessible (self->more_button, spoken, NULL);
}

static void
send_to (AhoyTileSpot  *spot,
         AhoyStageRect  place)
{
  const gboolean was_hidden = spot->is_hidden || spot->is_new;

  spot->is_hidden = place.width <= 0;
  spot->opacity_from = was_hidden ? 0 : gtk_widget_get_opacity (GTK_WIDGET (spot->tile));
  spot->opacity_to = spot->is_hidden ? 0 : 1;
  spot->from = spot->at;
  if (spot->is_hidden)
    /* It fades where it was. */
    place = spot->at;
  else if (was_hidden)
    spot->from = place;
  spot->to = place;
  spot->is_new = FALSE;
}

static void
close_spot (AhoyTileSpot *spot)
{
  spot->from = spot->to = spot->at;
  spot->opacity_from = gtk_widget_get_opacity (GTK_WIDGET (spot->tile));
  spot->opacity_to = 0;
}

void
ahoy_call_stage_relayout (AhoyCallStage *self,
                          gboolean       animate)
{
  AhoyTileSpot *placed[MOST];
  AhoyStageRect places[MOST];
  guint n = 0, i;

  stop_motion (self);
  if (self->width <= 0 || self->height <= 0)
    return;
  for (i = 0; i < self->spots->len; i++)
    {
      AhoyTileSpot *spot = ahoy_call_stage_get_spot (self, i);

      if (spot->is_closing)
        close_spot (spot);
      else if (n < MOST)
        placed[n++] = spot;
    }
  if (n > 0)
    {
      find_places (self, placed, n, places);
      place_more (self, places);
    }
  for (i = 0; i < n; i++)
    send_to (placed[i], places[i]);

  if (!animate || !gtk_widget_get_mapped (GTK_WIDGET (self)))
    {
      apply_progress (1, self);
      finish_motion (self);
      return;
    }
  self->motion = adw_timed_animation_new (GTK_WIDGET (self), 0, 1, MOVE_MS,
                                          adw_callback_animation_target_new (apply_progress, self, NULL));
  adw_timed_animation_set_easing (ADW_TIMED_ANIMATION (self->motion), ADW_EASE_IN_OUT_CUBIC);
  g_signal_connect_swapped (self->motion, "done", G_CALLBACK (finish_motion), self);
  adw_animation_play (self->motion);
}

static void
ahoy_call_stage_size_allocate (GtkWidget *widget,
                               int        width,
                               int        height,
                               int        baseline)
{
  AhoyCallStage *self = AHOY_CALL_STAGE (widget);
  GtkAllocation at;
  guint i;

  /* A window that is resized is followed at once: two movements on top of each other would swim. */
  if (width != self->width || height != self->height)
    {
      self->width = width;
      self->height = height;
      self->is_allocating = TRUE;
      ahoy_call_stage_relayout (self, FALSE);
      self->is_allocating = FALSE;
    }
  for (i = 0; i < self->spots->len; i++)
    {
      AhoyTileSpot *spot = ahoy_call_stage_get_spot (self, i);

      at = (GtkAllocation) { spot->at.x, spot->at.y, MAX (spot->at.width, 1), MAX (spot->at.height, 1) };
      gtk_widget_size_allocate (GTK_WIDGET (spot->tile), &at, -1);
    }
  at = (GtkAllocation) { self->more_place.x, self->more_place.y, MAX (self->more_place.width, 1),
                         MAX (self->more_place.height, 1) };
  gtk_widget_size_allocate (self->more_button, &at, -1);
}

static void
ahoy_call_stage_measure (GtkWidget      *widget,
                         GtkOrientation  orientation,
                         int             for_size,
                         int            *minimum,
                         int            *natural,
                         int            *minimum_baseline,
                         int            *natural_baseline)
{
  /* The people follow the stage, never the other way round. */
  *minimum = 0;
  *natural = orientation == GTK_ORIENTATION_HORIZONTAL ? 640 : 360;
}

/* Who moves from or to the large place does so over the others. */
static void
ahoy_call_stage_snapshot (GtkWidget   *widget,
                          GtkSnapshot *snapshot)
{
  AhoyCallStage *self = AHOY_CALL_STAGE (widget);
  GtkWidget *raised = self->raised ? GTK_WIDGET (self->raised) : NULL;
  GtkWidget *child;

  for (child = gtk_widget_get_first_child (widget); child; child = gtk_widget_get_next_sibling (child))
    if (child != raised)
      gtk_widget_snapshot_child (widget, child, snapshot);
  if (raised)
    gtk_widget_snapshot_child (widget, raised, snapshot);
}

static void
ahoy_call_stage_direction_changed (GtkWidget        *widget,
                                   GtkTextDirection  before)
{
  GTK_WIDGET_CLASS (g_type_class_peek_static (GTK_TYPE_WIDGET))->direction_changed (widget, before);

  ahoy_call_stage_queue_relayout (AHOY_CALL_STAGE (widget));
}

void
ahoy_call_stage_class_init_layout (GtkWidgetClass *widget_class)
{
  widget_class->size_allocate = ahoy_call_stage_size_allocate;
  widget_class->measure = ahoy_call_stage_measure;
  widget_class->snapshot = ahoy_call_stage_snapshot;
  widget_class->direction_changed = ahoy_call_stage_direction_changed;
}
