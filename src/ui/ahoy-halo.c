/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "ahoy-halo.h"
#include "ahoy-ui-private.h"

#include <math.h>

#define WIDEST 1.22
#define PERIOD_US 1600000
#define THRESHOLD_IN 10
#define THRESHOLD_OUT 6
#define HOLD_US 400000

struct _AhoyHalo
{
  GtkWidget parent_instance;

  GtkWidget *avatar;
  double shown;        /* eased level, 0–1 */
  int level;           /* 0–100, as told */
  gint64 heard_at;     /* when the level was last over the threshold */
  gint64 last_tick;
  gint64 ring_started;
  guint tick_id;
  guint is_ringing : 1;
  guint is_speaking : 1;
};

G_DEFINE_FINAL_TYPE (AhoyHalo, ahoy_halo, GTK_TYPE_WIDGET)

static gboolean
on_tick (GtkWidget     *widget,
         GdkFrameClock *clock,
         gpointer       data)
{
  AhoyHalo *self = AHOY_HALO (widget);
  gint64 now = gdk_frame_clock_get_frame_time (clock);
  double target, passed;

  /* Fifteen times a second is smooth enough for a voice. */
  if (now - self->last_tick < G_USEC_PER_SEC / 16)
    return G_SOURCE_CONTINUE;
  passed = self->last_tick ? (double) (now - self->last_tick) / 1000 : 60;
  self->last_tick = now;

  if (self->level < THRESHOLD_OUT && now - self->heard_at > HOLD_US)
    self->is_speaking = FALSE;
  target = self->is_speaking ? MAX (self->level, THRESHOLD_OUT) / 100.0 : 0;
  /* Up in 80 ms, down in 300. */
  self->shown += (target - self->shown) * (1 - exp (-passed / (target > self->shown ? 40 : 150)));
  gtk_widget_queue_draw (widget);

  if (self->is_ringing || self->is_speaking || self->shown > 0.01)
    return G_SOURCE_CONTINUE;
  self->shown = 0;
  self->tick_id = 0;
  return G_SOURCE_REMOVE;
}

static void
update_ticking (AhoyHalo *self)
{
  GtkWidget *widget = GTK_WIDGET (self);
  gboolean animations = ahoy_ui_get_animations (widget);

  gtk_widget_queue_draw (widget);
  if (!animations)
    {
      /* Without motion: a steady ring while there is a voice, none while it rings. */
      self->shown = self->is_speaking ? 0.5 : 0;
      return;
    }
  if (self->tick_id || !(self->is_ringing || self->is_speaking))
    return;
  self->last_tick = 0;
  self->tick_id = gtk_widget_add_tick_callback (widget, on_tick, NULL, NULL);
}

static void
append_ring (GtkSnapshot *snapshot,
             float        cx,
             float        cy,
             float        radius,
             float        width,
             float        alpha)
{
  const GdkRGBA color = { 1, 1, 1, alpha };
  GdkRGBA colors[4] = { color, color, color, color };
  float widths[4] = { width, width, width, width };
  GskRoundedRect circle;

  gsk_rounded_rect_init_from_rect (&circle, &GRAPHENE_RECT_INIT (cx - radius, cy - radius, 2 * radius, 2 * radius),
                                   radius);
  gtk_snapshot_append_border (snapshot, &circle, widths, colors);
}

static void
ahoy_halo_snapshot (GtkWidget   *widget,
                    GtkSnapshot *snapshot)
{
  AhoyHalo *self = AHOY_HALO (widget);
  float cx = gtk_widget_get_width (widget) / 2.0f, cy = gtk_widget_get_height (widget) / 2.0f;
  float base = ahoy_avatar_get_size (AHOY_AVATAR (self->avatar)) / 2.0f;
  double phase;
  int i;

  if (self->is_ringing && ahoy_ui_get_animations (widget))
    for (i = 0; i < 3; i++)
      {
        phase = (double) ((self->last_tick - self->ring_started) % PERIOD_US) / PERIOD_US;
        phase = fmod (phase + i / 3.0 + 1, 1);
        append_ring (snapshot, cx, cy, base * (float) (1 + (WIDEST - 1) * phase), 2,
                     (float) (0.35 * (1 - phase)));
      }
  if (self->shown > 0.01)
    {
      append_ring (snapshot, cx, cy, base * (float) (1.06 + 0.16 * self->shown), 3, 0.22f);
      append_ring (snapshot, cx, cy, base * (float) (1.04 + 0.06 * self->shown), 3, 0.55f);
    }
  gtk_widget_snapshot_child (widget, self->avatar, snapshot);
}

static void
ahoy_halo_measure (GtkWidget      *widget,
                   GtkOrientation  orientation,
                   int             for_size,
                   int            *minimum,
                   int            *natural,
                   int            *minimum_baseline,
                   int            *natural_baseline)
{
  int size = ahoy_avatar_get_size (AHOY_AVATAR (AHOY_HALO (widget)->avatar));

  *minimum = *natural = (int) ceil (size * WIDEST) + 4;
}

static void
ahoy_halo_size_allocate (GtkWidget *widget,
                         int        width,
                         int        height,
                         int        baseline)
{
  AhoyHalo *self = AHOY_HALO (widget);
  int size = ahoy_avatar_get_size (AHOY_AVATAR (self->avatar));
  GtkAllocation at = { (width - size) / 2, (height - size) / 2, size, size };

  gtk_widget_size_allocate (self->avatar, &at, -1);
}

static void
ahoy_halo_dispose (GObject *object)
{
  AhoyHalo *self = AHOY_HALO (object);

  if (self->tick_id)
    gtk_widget_remove_tick_callback (GTK_WIDGET (self), self->tick_id);
  self->tick_id = 0;
  g_clear_pointer (&self->avatar, gtk_widget_unparent);

  G_OBJECT_CLASS (ahoy_halo_parent_class)->dispose (object);
}

static void
ahoy_halo_class_init (AhoyHaloClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  ahoy_ui_ensure_init ();
  object_class->dispose = ahoy_halo_dispose;
  widget_class->measure = ahoy_halo_measure;
  widget_class->size_allocate = ahoy_halo_size_allocate;
  widget_class->snapshot = ahoy_halo_snapshot;
  gtk_widget_class_set_css_name (widget_class, "ahoyhalo");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_PRESENTATION);
}

static void
ahoy_halo_init (AhoyHalo *self)
{
  self->avatar = ahoy_avatar_new (NULL, 128);
  ahoy_avatar_set_decorative (AHOY_AVATAR (self->avatar), TRUE);
  gtk_widget_set_parent (self->avatar, GTK_WIDGET (self));
}

GtkWidget *
ahoy_halo_new (void)
{
  return g_object_new (AHOY_TYPE_HALO, NULL);
}

AhoyAvatar *
ahoy_halo_get_avatar (AhoyHalo *self)
{
  g_return_val_if_fail (AHOY_IS_HALO (self), NULL);

  return AHOY_AVATAR (self->avatar);
}

void
ahoy_halo_set_level (AhoyHalo *self,
                     int       level)
{
  g_return_if_fail (AHOY_IS_HALO (self));

  self->level = CLAMP (level, 0, 100);
  if (self->level >= THRESHOLD_IN)
    {
      self->is_speaking = TRUE;
      self->heard_at = g_get_monotonic_time ();
    }
  else if (!self->tick_id)
    {
      self->is_speaking = FALSE;
    }
  update_ticking (self);
}

void
ahoy_halo_set_ringing (AhoyHalo *self,
                       gboolean  ringing)
{
  g_return_if_fail (AHOY_IS_HALO (self));

  if (self->is_ringing == !!ringing)
    return;
  self->is_ringing = !!ringing;
  self->ring_started = g_get_monotonic_time ();
  update_ticking (self);
}
