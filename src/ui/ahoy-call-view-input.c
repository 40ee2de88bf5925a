/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "ahoy-call-view-private.h"
#include "ahoy-ui-private.h"

#include <math.h>

#define HIDE_MS 3000
#define WAKE_DISTANCE 4

/* Bars hide only over a running picture, and never while somebody is using them. */
gboolean
ahoy_call_view_may_hide (AhoyCallView *self)
{
  return self->is_picture_shown && self->state == AHOY_CALL_ACTIVE && !self->pointer_over_bar &&
         !gtk_revealer_get_reveal_child (self->hint_revealer) && !ahoy_control_bar_get_is_busy (self->bar) &&
         !gtk_widget_get_visible (self->context_menu);
}

static void
set_bars_hidden (AhoyCallView *self,
                 gboolean      hidden)
{
  gboolean has_ended = self->state == AHOY_CALL_ENDED;

  self->bars_hidden = hidden;
  gtk_revealer_set_reveal_child (self->header_revealer, !hidden);
  gtk_revealer_set_reveal_child (self->bar_revealer, !hidden && !has_ended);
  gtk_widget_set_can_target (GTK_WIDGET (self->bar_revealer), !hidden && !has_ended);
  /* Hidden by time only, the controls stay in the tree: a screen reader's user does not move the pointer. */
  gtk_widget_set_visible (GTK_WIDGET (self->bar_revealer), !has_ended);
  gtk_widget_set_cursor_from_name (GTK_WIDGET (self), hidden ? "none" : NULL);
}

static gboolean
on_hide_due (gpointer data)
{
  AhoyCallView *self = data;

  if (!ahoy_call_view_may_hide (self))
    return G_SOURCE_CONTINUE;
  self->hide_id = 0;
  set_bars_hidden (self, TRUE);
  return G_SOURCE_REMOVE;
}

void
ahoy_call_view_schedule_hide (AhoyCallView *self)
{
  if (self->bars_hidden && self->is_picture_shown && self->state == AHOY_CALL_ACTIVE &&
      !gtk_revealer_get_reveal_child (self->hint_revealer))
    return;
  set_bars_hidden (self, FALSE);
  if (self->is_picture_shown && self->state == AHOY_CALL_ACTIVE && !self->hide_id)
    self->hide_id = g_timeout_add (HIDE_MS, on_hide_due, self);
}

void
ahoy_call_view_wake (AhoyCallView *self)
{
  g_return_if_fail (AHOY_IS_CALL_VIEW (self));

  g_clear_handle_id (&self->hide_id, g_source_remove);
  self->bars_hidden = FALSE;
  ahoy_call_view_schedule_hide (self);
}

gboolean
ahoy_call_view_get_bars_shown (AhoyCallView *self)
{
  g_return_val_if_fail (AHOY_IS_CALL_VIEW (self), FALSE);

  return !self->bars_hidden;
}

static void
on_motion (AhoyCallView *self,
           double        x,
           double        y)
{
  /* A table that shakes is no hand that moves. */
  if (hypot (x - self->pointer_x, y - self->pointer_y) < WAKE_DISTANCE)
    return;
  self->pointer_x = x;
  self->pointer_y = y;
  ahoy_call_view_wake (self);
  ahoy_call_view_delay_close (self);
}

static void
on_end_enter (AhoyCallView *self)
{
  self->pointer_over_end = TRUE;
}

static void
on_end_leave (AhoyCallView *self)
{
  self->pointer_over_end = FALSE;
}

static void
on_bar_enter (AhoyCallView *self)
{
  self->pointer_over_bar = TRUE;
}

static void
on_bar_leave (AhoyCallView *self)
{
  self->pointer_over_bar = FALSE;
}

static gboolean
is_on_stage (AhoyCallView *self,
             double        x,
             double        y)
{
  GtkWidget *hit = gtk_widget_pick (GTK_WIDGET (self), x, y, GTK_PICK_DEFAULT);

  return hit == GTK_WIDGET (self) || hit == self->overlay || ahoy_pair_stage_is_ground (self->pair, hit);
}

static void
on_pressed (AhoyCallView *self,
            int           n_press,
            double        x,
            double        y)
{
  if (!is_on_stage (self, x, y))
    return;
  gtk_widget_grab_focus (GTK_WIDGET (self));
  if (n_press == 2)
    ahoy_call_view_set_fullscreen (self, !self->is_fullscreen);
  else if (n_press == 1 && self->is_picture_shown && !self->bars_hidden && ahoy_call_view_may_hide (self))
    /* A click on the picture cleans it at once; the next movement brings the bars back. */
    set_bars_hidden (self, TRUE);
  else
    ahoy_call_view_wake (self);
}

static void
on_secondary (AhoyCallView *self,
              int           n_press,
              double        x,
              double        y)
{
  GdkRectangle at = { (int) x, (int) y, 1, 1 };

  gtk_popover_set_pointing_to (GTK_POPOVER (self->context_menu), &at);
  gtk_popover_popup (GTK_POPOVER (self->context_menu));
}

static gboolean
is_typing (AhoyCallView *self)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));
  GtkWidget *focus = root ? gtk_root_get_focus (root) : NULL;

  return focus && GTK_IS_EDITABLE (focus);
}

static gboolean
on_key_pressed (AhoyCallView    *self,
                guint            key,
                guint            code,
                GdkModifierType  modifiers)
{
  GtkWidget *widget = GTK_WIDGET (self);

  ahoy_call_view_wake (self);
  if (modifiers & (GDK_CONTROL_MASK | GDK_ALT_MASK | GDK_SUPER_MASK | GDK_SHIFT_MASK) || self->no_single_keys ||
      is_typing (self))
    return GDK_EVENT_PROPAGATE;

  switch (gdk_keyval_to_lower (key))
    {
    case GDK_KEY_m:
      gtk_widget_activate_action (widget, "call.muted", NULL);
      return GDK_EVENT_STOP;
    case GDK_KEY_v:
      gtk_widget_activate_action (widget, "call.camera-off", NULL);
      return GDK_EVENT_STOP;
    case GDK_KEY_f:
      gtk_widget_activate_action (widget, "call.fullscreen", NULL);
      return GDK_EVENT_STOP;
    case GDK_KEY_space:
      /* Space belongs to the button that has the focus; on the stage it is held to speak. */
      if (!gtk_widget_is_focus (widget) || !self->call)
        return GDK_EVENT_PROPAGATE;
      if (!self->is_push_talking && !ahoy_call_get_microphone_on (self->call))
        {
          self->is_push_talking = TRUE;
          ahoy_call_set_microphone_on (self->call, TRUE);
        }
      return GDK_EVENT_STOP;
    default:
      return GDK_EVENT_PROPAGATE;
    }
}

static void
on_key_released (AhoyCallView *self,
                 guint         key)
{
  if (key != GDK_KEY_space || !self->is_push_talking)
    return;
  self->is_push_talking = FALSE;
  if (self->call)
    ahoy_call_set_microphone_on (self->call, FALSE);
}

static void
on_focus_lost (AhoyCallView *self)
{
  /* The release would go elsewhere: a microphone must never stay open by that. */
  on_key_released (self, GDK_KEY_space);
}

static void
on_escape (GtkWidget  *widget,
           const char *action,
           GVariant   *parameter)
{
  AhoyCallView *self = AHOY_CALL_VIEW (widget);

  if (self->is_fullscreen)
    ahoy_call_view_set_fullscreen (self, FALSE);
  else if (self->is_picture_shown && !self->bars_hidden && self->state == AHOY_CALL_ACTIVE)
    set_bars_hidden (self, TRUE);
}

void
ahoy_call_view_install_keys (GtkWidgetClass *widget_class)
{
  const GdkModifierType ctrl = GDK_CONTROL_MASK;

  gtk_widget_class_install_action (widget_class, "call.escape", NULL, on_escape);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_d, ctrl, "call.muted", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_e, ctrl, "call.camera-off", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_h, ctrl | GDK_SHIFT_MASK, "call.hang-up", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_F11, 0, "call.fullscreen", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "call.escape", NULL);
}

static void
add_motion (AhoyCallView *self,
            GtkWidget    *widget,
            GCallback     enter,
            GCallback     leave,
            GCallback     motion)
{
  GtkEventController *controller = gtk_event_controller_motion_new ();

  if (enter)
    {
      g_signal_connect_swapped (controller, "enter", enter, self);
      g_signal_connect_swapped (controller, "leave", leave, self);
    }
  if (motion)
    g_signal_connect_swapped (controller, "motion", motion, self);
  gtk_widget_add_controller (widget, controller);
}

void
ahoy_call_view_init_input (AhoyCallView *self)
{
  GtkWidget *widget = GTK_WIDGET (self);
  GtkEventController *keys = gtk_event_controller_key_new ();
  GtkEventController *focus = gtk_event_controller_focus_new ();
  GtkGesture *click = gtk_gesture_click_new ();
  GtkGesture *secondary = gtk_gesture_click_new ();

  add_motion (self, widget, NULL, NULL, G_CALLBACK (on_motion));
  add_motion (self, GTK_WIDGET (self->ended_revealer), G_CALLBACK (on_end_enter), G_CALLBACK (on_end_leave), NULL);
  add_motion (self, GTK_WIDGET (self->bar), G_CALLBACK (on_bar_enter), G_CALLBACK (on_bar_leave), NULL);
  add_motion (self, self->header, G_CALLBACK (on_bar_enter), G_CALLBACK (on_bar_leave), NULL);
  g_signal_connect_swapped (keys, "key-pressed", G_CALLBACK (on_key_pressed), self);
  g_signal_connect_swapped (keys, "key-released", G_CALLBACK (on_key_released), self);
  gtk_widget_add_controller (widget, keys);
  g_signal_connect_swapped (focus, "leave", G_CALLBACK (on_focus_lost), self);
  gtk_widget_add_controller (widget, focus);
  g_signal_connect_swapped (click, "pressed", G_CALLBACK (on_pressed), self);
  gtk_widget_add_controller (widget, GTK_EVENT_CONTROLLER (click));
  gtk_gesture_single_set_button (GTK_GESTURE_SINGLE (secondary), GDK_BUTTON_SECONDARY);
  g_signal_connect_swapped (secondary, "pressed", G_CALLBACK (on_secondary), self);
  gtk_widget_add_controller (widget, GTK_EVENT_CONTROLLER (secondary));
}

void
ahoy_call_view_clear_input (AhoyCallView *self)
{
  g_clear_handle_id (&self->hide_id, g_source_remove);
}
