/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "ahoy-call-stage-private.h"

/* The keyboard on the stage: Tab enters it once, arrows go from tile to tile; and the strip that scrolls. */

#define WHEEL 48         /* pixels of one notch */
#define TAP 8            /* how far a finger may slip */
#define MARGIN 12        /* at most, of the stage */

static AhoyTileSpot *
focused_spot (AhoyCallStage *self)
{
  guint i;

  for (i = 0; i < self->spots->len; i++)
    {
      AhoyTileSpot *spot = ahoy_call_stage_get_spot (self, i);

      if (gtk_widget_get_focus_child (GTK_WIDGET (self)) == GTK_WIDGET (spot->tile))
        return spot;
    }
  return NULL;
}

static gboolean
focus_spot (AhoyCallStage *self,
            AhoyTileSpot  *spot)
{
  if (spot->is_leaving || spot->is_hidden)
    return FALSE;
  self->focused = spot->tile;
  return gtk_widget_grab_focus (GTK_WIDGET (spot->tile));
}

static gboolean
focus_remembered (AhoyCallStage *self)
{
  guint i;

  if (self->focused && gtk_widget_grab_focus (GTK_WIDGET (self->focused)))
    return TRUE;
  for (i = 0; i < self->spots->len; i++)
    if (focus_spot (self, ahoy_call_stage_get_spot (self, i)))
      return TRUE;
  return FALSE;
}

static gboolean
ahoy_call_stage_focus (GtkWidget        *widget,
                       GtkDirectionType  direction)
{
  AhoyCallStage *self = AHOY_CALL_STAGE (widget);
  GtkWidget *inside = gtk_widget_get_focus_child (widget);
  AhoyTileSpot *spot = focused_spot (self);

  if (direction != GTK_DIR_TAB_FORWARD && direction != GTK_DIR_TAB_BACKWARD)
    return FALSE;
  if (!inside)
    return focus_remembered (self);
  if (spot)
    self->focused = spot->tile;
  /* On to the buttons of this tile, then to the place for more people, then out. */
  if (spot && gtk_widget_child_focus (inside, direction))
    return TRUE;
  if (spot && direction == GTK_DIR_TAB_FORWARD && gtk_widget_get_child_visible (self->more_button))
    return gtk_widget_child_focus (self->more_button, direction);
  if (inside == self->more_button && direction == GTK_DIR_TAB_BACKWARD)
    return focus_remembered (self);
  return FALSE;
}

static void
scroll_to (AhoyCallStage *self,
           int            scroll)
{
  scroll = CLAMP (scroll, 0, self->shape.furthest);
  if (scroll == self->scroll)
    return;
  self->scroll = scroll;
  ahoy_call_stage_relayout (self, FALSE);
}

/* In the strip below the neighbour may be out of sight: it is brought there first. */
static gboolean
step_in_strip (AhoyCallStage *self,
               AhoyTileSpot  *from,
               int            towards)
{
  AhoyTileSpot *strip[64];
  guint n = 0, i, at = 0;

  if (!self->shape.is_below || from->tile == self->main)
    return FALSE;
  for (i = 0; i < self->spots->len && n < G_N_ELEMENTS (strip); i++)
    {
      AhoyTileSpot *spot = ahoy_call_stage_get_spot (self, i);

      if (spot->tile == self->main || spot->is_closing)
        continue;
      if (spot == from)
        at = n;
      strip[n++] = spot;
    }
  if ((towards < 0 && at == 0) || (towards > 0 && at + 1 >= n))
    return TRUE;
  at = (guint) ((int) at + towards);
  scroll_to (self, CLAMP (self->scroll, (int) (at + 1) * self->strip_step - self->gap - self->width + 2 * MARGIN,
                          (int) at * self->strip_step));
  return focus_spot (self, strip[at]);
}

static gboolean
step (AhoyCallStage *self,
      int            dx,
      int            dy)
{
  AhoyTileSpot *from = focused_spot (self);
  AhoyStageRect places[64];
  const guint n = MIN (self->spots->len, G_N_ELEMENTS (places));
  const gboolean is_rtl = gtk_widget_get_direction (GTK_WIDGET (self)) == GTK_TEXT_DIR_RTL;
  guint i, at = 0, found;

  if (!from)
    return FALSE;
  if (dx && step_in_strip (self, from, is_rtl ? -dx : dx))
    return TRUE;
  for (i = 0; i < n; i++)
    {
      AhoyTileSpot *spot = ahoy_call_stage_get_spot (self, i);

      places[i] = spot->to;
      if (spot == from)
        at = i;
      if (spot->is_leaving || spot->is_hidden)
        places[i].width = 0;
    }
  found = ahoy_grid_step (places, n, at, dx, dy);
  /* At the edge nothing happens; but the key was meant for the tiles. */
  if (found != at)
    focus_spot (self, ahoy_call_stage_get_spot (self, found));
  return TRUE;
}

static gboolean
on_key_pressed (AhoyCallStage   *self,
                guint            key,
                guint            code,
                GdkModifierType  modifiers)
{
  if (modifiers & (GDK_CONTROL_MASK | GDK_ALT_MASK | GDK_SUPER_MASK | GDK_SHIFT_MASK))
    return GDK_EVENT_PROPAGATE;
  switch (key)
    {
    case GDK_KEY_Left:
    case GDK_KEY_KP_Left:
      return step (self, -1, 0);
    case GDK_KEY_Right:
    case GDK_KEY_KP_Right:
      return step (self, 1, 0);
    case GDK_KEY_Up:
    case GDK_KEY_KP_Up:
      return step (self, 0, -1);
    case GDK_KEY_Down:
    case GDK_KEY_KP_Down:
      return step (self, 0, 1);
    default:
      return GDK_EVENT_PROPAGATE;
    }
}

static gboolean
on_scroll (AhoyCallStage *self,
           double         dx,
           double         dy)
{
  const gboolean is_rtl = gtk_widget_get_direction (GTK_WIDGET (self)) == GTK_TEXT_DIR_RTL;

  if (!self->shape.is_below || self->shape.furthest == 0)
    return GDK_EVENT_PROPAGATE;
  scroll_to (self, self->scroll + (int) (WHEEL * (dy + (is_rtl ? -dx : dx))));
  return GDK_EVENT_STOP;
}

static void
on_drag_begin (AhoyCallStage *self)
{
  self->drag_start = self->scroll;
}

static void
on_drag_update (AhoyCallStage *self,
                double         dx,
                double         dy,
                GtkGesture    *gesture)
{
  const gboolean is_rtl = gtk_widget_get_direction (GTK_WIDGET (self)) == GTK_TEXT_DIR_RTL;

  if (!self->shape.is_below || self->shape.furthest == 0 || ABS (dx) < TAP)
    return;
  gtk_gesture_set_state (gesture, GTK_EVENT_SEQUENCE_CLAIMED);
  scroll_to (self, (int) (self->drag_start + (is_rtl ? dx : -dx)));
}

/* Before the tile goes its neighbour takes the keyboard, so that it is not lost. */
void
ahoy_call_stage_move_focus_from (AhoyCallStage       *self,
                                 AhoyParticipantTile *tile)
{
  AhoyTileSpot *spot = focused_spot (self);
  guint i, at = 0;

  if (self->focused == tile)
    self->focused = NULL;
  if (!spot || spot->tile != tile)
    return;
  for (i = 0; i < self->spots->len; i++)
    if (ahoy_call_stage_get_spot (self, i) == spot)
      at = i;
  if (at > 0 && focus_spot (self, ahoy_call_stage_get_spot (self, at - 1)))
    return;
  if (at + 1 < self->spots->len)
    focus_spot (self, ahoy_call_stage_get_spot (self, at + 1));
}

void
ahoy_call_stage_class_init_focus (GtkWidgetClass *widget_class)
{
  widget_class->focus = ahoy_call_stage_focus;
}

void
ahoy_call_stage_init_focus (AhoyCallStage *self)
{
  GtkWidget *widget = GTK_WIDGET (self);
  GtkEventController *keys = gtk_event_controller_key_new ();
  GtkEventController *scroll = gtk_event_controller_scroll_new (GTK_EVENT_CONTROLLER_SCROLL_BOTH_AXES |
                                                                GTK_EVENT_CONTROLLER_SCROLL_KINETIC);
  GtkGesture *drag = gtk_gesture_drag_new ();

  g_signal_connect_swapped (keys, "key-pressed", G_CALLBACK (on_key_pressed), self);
  gtk_widget_add_controller (widget, keys);
  g_signal_connect_swapped (scroll, "scroll", G_CALLBACK (on_scroll), self);
  gtk_widget_add_controller (widget, scroll);
  gtk_gesture_single_set_touch_only (GTK_GESTURE_SINGLE (drag), TRUE);
  g_signal_connect_swapped (drag, "drag-begin", G_CALLBACK (on_drag_begin), self);
  g_signal_connect_swapped (drag, "drag-update", G_CALLBACK (on_drag_update), self);
  gtk_widget_add_controller (widget, GTK_EVENT_CONTROLLER (drag));
}
