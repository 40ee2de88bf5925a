/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "ahoy-self-view.h"
#include "ahoy-ui-private.h"

#include <adwaita.h>
#include <math.h>

#define CLICK_DISTANCE 8

struct _AhoySelfView
{
  GtkWidget parent_instance;

  GtkWidget *overlay;
  GtkWidget *off_box;
  AhoyAvatar *avatar;
  AhoyVideoView *video;
  GtkWidget *muted_badge;

  AdwAnimation *spring;      /* (owned) (nullable), while it flies to its corner */
  AhoyCorner corner;
  AhoyStageRect place;       /* as last asked for */
  int stage_width, stage_height;
  double x, y;               /* upper left, while dragged or flying */
  double from_x, from_y;     /* where the flight started */
  double grab_x, grab_y;     /* of the pointer in the view */
  double last_x, last_y, speed_x, speed_y;
  gint64 last_time;
  guint is_dragged : 1;
  guint was_moved : 1;
};

G_DEFINE_FINAL_TYPE (AhoySelfView, ahoy_self_view, GTK_TYPE_WIDGET)

enum
{
  SIGNAL_CLICKED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

static gboolean
is_rtl (AhoySelfView *self)
{
  return gtk_widget_get_direction (GTK_WIDGET (self)) == GTK_TEXT_DIR_RTL;
}

static void
queue_place (AhoySelfView *self)
{
  GtkWidget *parent = gtk_widget_get_parent (GTK_WIDGET (self));

  if (parent)
    gtk_widget_queue_allocate (parent);
}

static AhoyStageRect
home (AhoySelfView *self)
{
  return ahoy_stage_self_view_place (self->stage_width, self->stage_height,
                                     ahoy_video_view_get_aspect (self->video), self->corner, is_rtl (self));
}

static void
on_spring_value (double   value,
                 gpointer data)
{
  AhoySelfView *self = data;
  AhoyStageRect target = home (self);

  self->x = self->from_x + (target.x - self->from_x) * value;
  self->y = self->from_y + (target.y - self->from_y) * value;
  queue_place (self);
}

static void
on_spring_done (AhoySelfView *self)
{
  g_clear_object (&self->spring);
  queue_place (self);
}

/* From where it is to its corner, with the speed it has (px/s). */
static void
fly_home (AhoySelfView *self,
          double        speed_x,
          double        speed_y)
{
  AhoyStageRect target = home (self);
  double dx = target.x - self->x, dy = target.y - self->y;
  double distance = hypot (dx, dy);
  double towards = distance > 1 ? (speed_x * dx + speed_y * dy) / (distance * distance) : 0;
  AdwSpringParams *params = adw_spring_params_new (0.9, 1, 300);

  self->from_x = self->x;
  self->from_y = self->y;
  g_clear_object (&self->spring);
  self->spring = adw_spring_animation_new (GTK_WIDGET (self), 0, 1, params,
                                           adw_callback_animation_target_new (on_spring_value, self, NULL));
  adw_spring_animation_set_initial_velocity (ADW_SPRING_ANIMATION (self->spring), CLAMP (towards, -20, 20));
  adw_spring_params_unref (params);
  g_signal_connect_swapped (self->spring, "done", G_CALLBACK (on_spring_done), self);
  adw_animation_play (self->spring);
}

static void
set_corner_flying (AhoySelfView *self,
                   AhoyCorner    corner,
                   double        speed_x,
                   double        speed_y)
{
  self->corner = corner;
  fly_home (self, speed_x, speed_y);
}

static void
pointer_in_parent (AhoySelfView *self,
                   GtkGesture   *gesture,
                   double       *x,
                   double       *y)
{
  double start_x = 0, start_y = 0, offset_x = 0, offset_y = 0;

  gtk_gesture_drag_get_start_point (GTK_GESTURE_DRAG (gesture), &start_x, &start_y);
  gtk_gesture_drag_get_offset (GTK_GESTURE_DRAG (gesture), &offset_x, &offset_y);
  gtk_widget_translate_coordinates (GTK_WIDGET (self), gtk_widget_get_parent (GTK_WIDGET (self)),
                                    start_x + offset_x, start_y + offset_y, x, y);
}

static void
on_drag_begin (AhoySelfView *self,
               double        x,
               double        y,
               GtkGesture   *gesture)
{
  if (self->spring)
    adw_animation_pause (self->spring);
  g_clear_object (&self->spring);
  self->grab_x = x;
  self->grab_y = y;
  self->x = self->place.x;
  self->y = self->place.y;
  self->speed_x = self->speed_y = 0;
  self->last_time = 0;
  self->was_moved = FALSE;
  gtk_gesture_set_state (gesture, GTK_EVENT_SEQUENCE_CLAIMED);
}

static void
on_drag_update (AhoySelfView *self,
                double        offset_x,
                double        offset_y,
                GtkGesture   *gesture)
{
  gint64 now = g_get_monotonic_time ();
  double px, py, seconds;

  pointer_in_parent (self, gesture, &px, &py);
  if (!self->was_moved &&
      hypot (px - self->grab_x - self->x, py - self->grab_y - self->y) < CLICK_DISTANCE)
    return;

  self->was_moved = TRUE;
  self->is_dragged = TRUE;
  self->x = CLAMP (px - self->grab_x, 0, MAX (self->stage_width - self->place.width, 0));
  self->y = CLAMP (py - self->grab_y, 0, MAX (self->stage_height - self->place.height, 0));
  if (self->last_time && now > self->last_time)
    {
      seconds = (double) (now - self->last_time) / G_USEC_PER_SEC;
      self->speed_x = 0.5 * self->speed_x + 0.5 * (px - self->last_x) / seconds;
      self->speed_y = 0.5 * self->speed_y + 0.5 * (py - self->last_y) / seconds;
    }
  self->last_x = px;
  self->last_y = py;
  self->last_time = now;
  queue_place (self);
}

static void
on_drag_end (AhoySelfView *self,
             double        offset_x,
             double        offset_y,
             GtkGesture   *gesture)
{
  AhoyCorner corner;

  self->is_dragged = FALSE;
  if (!self->was_moved)
    {
      g_signal_emit (self, signals[SIGNAL_CLICKED], 0);
      return;
    }
  /* A pointer that rested before it let go throws nothing. */
  if (g_get_monotonic_time () - self->last_time > 100000)
    self->speed_x = self->speed_y = 0;
  corner = ahoy_stage_corner_for (self->stage_width, self->stage_height, self->x + self->place.width / 2.0,
                                  self->y + self->place.height / 2.0, self->speed_x, self->speed_y, is_rtl (self));
  set_corner_flying (self, corner, self->speed_x, self->speed_y);
}

static gboolean
on_key_pressed (AhoySelfView    *self,
                guint            key,
                guint            code,
                GdkModifierType  state)
{
  int dx = 0, dy = 0;

  switch (key)
    {
    case GDK_KEY_Left:
    case GDK_KEY_KP_Left:
      dx = -1;
      break;
    case GDK_KEY_Right:
    case GDK_KEY_KP_Right:
      dx = 1;
      break;
    case GDK_KEY_Up:
    case GDK_KEY_KP_Up:
      dy = -1;
      break;
    case GDK_KEY_Down:
    case GDK_KEY_KP_Down:
      dy = 1;
      break;
    case GDK_KEY_Return:
    case GDK_KEY_KP_Enter:
      g_signal_emit (self, signals[SIGNAL_CLICKED], 0);
      return GDK_EVENT_STOP;
    default:
      return GDK_EVENT_PROPAGATE;
    }
  self->x = self->place.x;
  self->y = self->place.y;
  set_corner_flying (self, ahoy_stage_corner_step (self->corner, dx, dy, is_rtl (self)), 0, 0);
  return GDK_EVENT_STOP;
}

static void
update_picture (AhoySelfView *self)
{
  gboolean has_picture = ahoy_video_view_get_has_picture (self->video);

  gtk_widget_set_visible (self->off_box, !has_picture);
  queue_place (self);
}

static void
ahoy_self_view_dispose (GObject *object)
{
  AhoySelfView *self = AHOY_SELF_VIEW (object);

  if (self->spring)
    adw_animation_pause (self->spring);
  g_clear_object (&self->spring);
  g_clear_pointer (&self->overlay, gtk_widget_unparent);

  G_OBJECT_CLASS (ahoy_self_view_parent_class)->dispose (object);
}

static void
ahoy_self_view_class_init (AhoySelfViewClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  ahoy_ui_ensure_init ();
  g_type_ensure (AHOY_TYPE_AVATAR);
  g_type_ensure (AHOY_TYPE_VIDEO_VIEW);
  object_class->dispose = ahoy_self_view_dispose;

  signals[SIGNAL_CLICKED] =
    g_signal_new ("clicked", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);

  gtk_widget_class_set_css_name (widget_class, "ahoyself");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_BUTTON);
  gtk_widget_class_set_template_from_resource (widget_class, AHOY_UI_RESOURCE_BASE "/ahoy-self-view.ui");
  gtk_widget_class_bind_template_child (widget_class, AhoySelfView, overlay);
  gtk_widget_class_bind_template_child (widget_class, AhoySelfView, off_box);
  gtk_widget_class_bind_template_child (widget_class, AhoySelfView, avatar);
  gtk_widget_class_bind_template_child (widget_class, AhoySelfView, video);
  gtk_widget_class_bind_template_child (widget_class, AhoySelfView, muted_badge);
}

static void
ahoy_self_view_init (AhoySelfView *self)
{
  GtkGesture *drag = gtk_gesture_drag_new ();
  GtkEventController *keys = gtk_event_controller_key_new ();

  self->corner = AHOY_CORNER_TOP_END;
  gtk_widget_init_template (GTK_WIDGET (self));
  ahoy_ui_ensure_style (GTK_WIDGET (self));
  gtk_widget_set_cursor_from_name (GTK_WIDGET (self), "grab");
  g_signal_connect_swapped (drag, "drag-begin", G_CALLBACK (on_drag_begin), self);
  g_signal_connect_swapped (drag, "drag-update", G_CALLBACK (on_drag_update), self);
  g_signal_connect_swapped (drag, "drag-end", G_CALLBACK (on_drag_end), self);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (drag));
  g_signal_connect_swapped (keys, "key-pressed", G_CALLBACK (on_key_pressed), self);
  gtk_widget_add_controller (GTK_WIDGET (self), keys);
  g_signal_connect_swapped (self->video, "notify::has-picture", G_CALLBACK (update_picture), self);
  update_picture (self);
}

GtkWidget *
ahoy_self_view_new (void)
{
  return g_object_new (AHOY_TYPE_SELF_VIEW, NULL);
}

AhoyVideoView *
ahoy_self_view_get_video (AhoySelfView *self)
{
  g_return_val_if_fail (AHOY_IS_SELF_VIEW (self), NULL);

  return self->video;
}

void
ahoy_self_view_set_user (AhoySelfView *self,
                         AhoyUser     *user)
{
  g_return_if_fail (AHOY_IS_SELF_VIEW (self));

  ahoy_avatar_set_user (self->avatar, user);
}

void
ahoy_self_view_set_muted (AhoySelfView *self,
                          gboolean      muted)
{
  g_return_if_fail (AHOY_IS_SELF_VIEW (self));

  gtk_widget_set_visible (self->muted_badge, muted);
}

AhoyCorner
ahoy_self_view_get_corner (AhoySelfView *self)
{
  g_return_val_if_fail (AHOY_IS_SELF_VIEW (self), AHOY_CORNER_TOP_END);

  return self->corner;
}

void
ahoy_self_view_set_corner (AhoySelfView *self,
                           AhoyCorner    corner)
{
  g_return_if_fail (AHOY_IS_SELF_VIEW (self));

  self->corner = corner;
  queue_place (self);
}

AhoyStageRect
ahoy_self_view_get_place (AhoySelfView *self,
                          int           stage_width,
                          int           stage_height)
{
  g_return_val_if_fail (AHOY_IS_SELF_VIEW (self), (AhoyStageRect) { 0 });

  self->stage_width = stage_width;
  self->stage_height = stage_height;
  self->place = home (self);
  if (self->is_dragged || self->spring)
    {
      self->place.x = (int) round (self->x);
      self->place.y = (int) round (self->y);
    }
  return self->place;
}
