/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "ahoy-video-view.h"
#include "ahoy-stage-geometry.h"
#include "ahoy-ui-private.h"

struct _AhoyVideoView
{
  GtkWidget parent_instance;

  AhoyVideoTrack *track;   /* (owned) (nullable) */
  GdkTexture *texture;     /* (owned) (nullable), of the newest frame */
  GdkFrameClock *clock;    /* (owned) (nullable), while mapped */
  gulong painted_id;
  AhoyVideoFit fit;
  int radius;
  double dim;
  guint told_picture : 1;  /* "has-picture" as last notified */
  guint watching : 1;
  guint mirror : 1;
  guint is_stale : 1;      /* the track has a newer frame than @texture */
  guint is_unreported : 1; /* @texture was not yet told to be shown */
  guint was_painted : 1;   /* @texture went into a snapshot since the last report */
};

G_DEFINE_FINAL_TYPE (AhoyVideoView, ahoy_video_view, GTK_TYPE_WIDGET)

enum
{
  PROP_TRACK = 1,
  PROP_FIT,
  PROP_MIRROR,
  PROP_RADIUS,
  PROP_DIM,
  PROP_HAS_PICTURE,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

GType
ahoy_video_fit_get_type (void)
{
  static gsize type = 0;

  if (g_once_init_enter (&type))
    {
      static const GEnumValue values[] = {
        { AHOY_VIDEO_FIT_COVER, "AHOY_VIDEO_FIT_COVER", "cover" },
        { AHOY_VIDEO_FIT_CONTAIN, "AHOY_VIDEO_FIT_CONTAIN", "contain" },
        { AHOY_VIDEO_FIT_AUTO, "AHOY_VIDEO_FIT_AUTO", "auto" },
        { 0, NULL, NULL }
      };
      GType made = g_enum_register_static ("AhoyVideoFit", values);

      g_once_init_leave (&type, made);
    }
  return type;
}

static GdkTexture *
texture_for_frame (AhoyVideoFrame *frame)
{
  GdkMemoryFormat format = GDK_MEMORY_R8G8B8;

  /* GTK 4.8 has no format that ignores the fourth byte; it is 0xff by contract. */
  if (ahoy_video_frame_get_format (frame) == AHOY_PIXEL_FORMAT_BGRX)
    format = GDK_MEMORY_B8G8R8A8_PREMULTIPLIED;
  return gdk_memory_texture_new (ahoy_video_frame_get_width (frame), ahoy_video_frame_get_height (frame), format,
                                 ahoy_video_frame_get_pixels (frame), ahoy_video_frame_get_stride (frame));
}

static void
refresh_texture (AhoyVideoView *self)
{
  AhoyVideoFrame *frame = self->track ? ahoy_video_track_get_frame (self->track) : NULL;

  if (!self->is_stale || !frame)
    return;
  g_clear_object (&self->texture);
  self->texture = texture_for_frame (frame);
  self->is_stale = FALSE;
  self->is_unreported = TRUE;
}

static void
tell_picture (AhoyVideoView *self)
{
  gboolean has_picture = ahoy_video_view_get_has_picture (self);

  if (self->told_picture == has_picture)
    return;
  self->told_picture = has_picture;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_HAS_PICTURE]);
}

static void
on_track_frame (AhoyVideoView *self)
{
  self->is_stale = TRUE;
  gtk_widget_queue_draw (GTK_WIDGET (self));
  tell_picture (self);
}

static void
on_clock_painted (AhoyVideoView *self)
{
  if (!self->was_painted || !self->is_unreported)
    return;
  self->was_painted = FALSE;
  self->is_unreported = FALSE;
  if (self->track)
    ahoy_video_track_frame_shown (self->track);
}

static AhoyPixelFormat
cheapest_format (AhoyVideoView *self)
{
  GtkNative *native = gtk_widget_get_native (GTK_WIDGET (self));
  GskRenderer *renderer = native ? gtk_native_get_renderer (native) : NULL;

  if (renderer && !GSK_IS_CAIRO_RENDERER (renderer))
    return AHOY_PIXEL_FORMAT_BGRX;
  return AHOY_PIXEL_FORMAT_RGB;
}

static void
update_watching (AhoyVideoView *self)
{
  gboolean should_watch = self->track && gtk_widget_get_mapped (GTK_WIDGET (self));

  if (should_watch == self->watching)
    return;
  self->watching = should_watch;
  if (should_watch)
    ahoy_video_track_watch (self->track, cheapest_format (self));
  else
    ahoy_video_track_unwatch (self->track);
}

static void
ahoy_video_view_map (GtkWidget *widget)
{
  AhoyVideoView *self = AHOY_VIDEO_VIEW (widget);

  GTK_WIDGET_CLASS (ahoy_video_view_parent_class)->map (widget);

  g_set_object (&self->clock, gtk_widget_get_frame_clock (widget));
  if (self->clock)
    self->painted_id = g_signal_connect_swapped (self->clock, "after-paint", G_CALLBACK (on_clock_painted), self);
  update_watching (self);
}

static void
ahoy_video_view_unmap (GtkWidget *widget)
{
  AhoyVideoView *self = AHOY_VIDEO_VIEW (widget);

  GTK_WIDGET_CLASS (ahoy_video_view_parent_class)->unmap (widget);

  g_clear_signal_handler (&self->painted_id, self->clock);
  g_clear_object (&self->clock);
  update_watching (self);
}

static void
ahoy_video_view_measure (GtkWidget      *widget,
                         GtkOrientation  orientation,
                         int             for_size,
                         int            *minimum,
                         int            *natural,
                         int            *minimum_baseline,
                         int            *natural_baseline)
{
  /* Whatever comes over the wire must not move the layout. */
  *minimum = *natural = 0;
}

static void
push_dim (AhoyVideoView *self,
          GtkSnapshot   *snapshot)
{
  /* Towards grey by the dim, and down to 40 % of the light. */
  const float grey = 0.8f * (float) self->dim;
  const float light = 1.0f - 0.6f * (float) self->dim;
  const float r = 0.2126f * grey * light, g = 0.7152f * grey * light, b = 0.0722f * grey * light;
  const float own = (1.0f - grey) * light;
  const float values[16] = {
    r + own, r, r, 0, /* one row for what red gives to each */
    g, g + own, g, 0,
    b, b, b + own, 0,
    0, 0, 0, 1,
  };
  graphene_matrix_t matrix;
  graphene_vec4_t offset;

  graphene_matrix_init_from_float (&matrix, values);
  graphene_vec4_init (&offset, 0, 0, 0, 0);
  gtk_snapshot_push_color_matrix (snapshot, &matrix, &offset);
}

static void
append_picture (AhoyVideoView *self,
                GtkSnapshot   *snapshot,
                float          width,
                float          height)
{
  int rotation = self->track ? ahoy_video_track_get_rotation (self->track) : 0;
  float tw = gdk_texture_get_width (self->texture), th = gdk_texture_get_height (self->texture);
  gboolean is_turned = rotation % 180 != 0;
  float k = (float) ahoy_stage_picture_scale (is_turned ? th : tw, is_turned ? tw : th, width, height,
                                              self->fit == AHOY_VIDEO_FIT_CONTAIN,
                                              self->fit == AHOY_VIDEO_FIT_AUTO);

  gtk_snapshot_save (snapshot);
  gtk_snapshot_translate (snapshot, &GRAPHENE_POINT_INIT (width / 2, height / 2));
  /* The mirror is outermost: left and right change as seen on the screen, whatever the rotation. */
  if (self->mirror)
    gtk_snapshot_scale (snapshot, -1, 1);
  if (rotation)
    gtk_snapshot_rotate (snapshot, rotation);
  gtk_snapshot_append_texture (snapshot, self->texture,
                               &GRAPHENE_RECT_INIT (-tw * k / 2, -th * k / 2, tw * k, th * k));
  gtk_snapshot_restore (snapshot);
}

static void
ahoy_video_view_snapshot (GtkWidget   *widget,
                          GtkSnapshot *snapshot)
{
  AhoyVideoView *self = AHOY_VIDEO_VIEW (widget);
  float width = gtk_widget_get_width (widget), height = gtk_widget_get_height (widget);
  GskRoundedRect clip;

  refresh_texture (self);
  if (!self->texture || width < 1 || height < 1)
    return;

  gsk_rounded_rect_init_from_rect (&clip, &GRAPHENE_RECT_INIT (0, 0, width, height), self->radius);
  gtk_snapshot_push_rounded_clip (snapshot, &clip);
  if (self->dim > 0)
    push_dim (self, snapshot);
  append_picture (self, snapshot, width, height);
  if (self->dim > 0)
    gtk_snapshot_pop (snapshot);
  gtk_snapshot_pop (snapshot);
  self->was_painted = TRUE;
}

static void
ahoy_video_view_dispose (GObject *object)
{
  AhoyVideoView *self = AHOY_VIDEO_VIEW (object);

  ahoy_video_view_set_track (self, NULL);

  G_OBJECT_CLASS (ahoy_video_view_parent_class)->dispose (object);
}

static void
ahoy_video_view_get_property (GObject    *object,
                              guint       prop_id,
                              GValue     *value,
                              GParamSpec *pspec)
{
  AhoyVideoView *self = AHOY_VIDEO_VIEW (object);

  switch (prop_id)
    {
    case PROP_TRACK:
      g_value_set_object (value, self->track);
      break;
    case PROP_FIT:
      g_value_set_enum (value, self->fit);
      break;
    case PROP_MIRROR:
      g_value_set_boolean (value, self->mirror);
      break;
    case PROP_RADIUS:
      g_value_set_int (value, self->radius);
      break;
    case PROP_DIM:
      g_value_set_double (value, self->dim);
      break;
    case PROP_HAS_PICTURE:
      g_value_set_boolean (value, ahoy_video_view_get_has_picture (self));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
ahoy_video_view_set_property (GObject      *object,
                              guint         prop_id,
                              const GValue *value,
                              GParamSpec   *pspec)
{
  AhoyVideoView *self = AHOY_VIDEO_VIEW (object);

  switch (prop_id)
    {
    case PROP_TRACK:
      ahoy_video_view_set_track (self, g_value_get_object (value));
      break;
    case PROP_FIT:
      ahoy_video_view_set_fit (self, g_value_get_enum (value));
      break;
    case PROP_MIRROR:
      ahoy_video_view_set_mirror (self, g_value_get_boolean (value));
      break;
    case PROP_RADIUS:
      ahoy_video_view_set_radius (self, g_value_get_int (value));
      break;
    case PROP_DIM:
      ahoy_video_view_set_dim (self, g_value_get_double (value));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
ahoy_video_view_class_init (AhoyVideoViewClass *klass)
{
  const GParamFlags rw = G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY;
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  ahoy_ui_ensure_init ();
  object_class->dispose = ahoy_video_view_dispose;
  object_class->get_property = ahoy_video_view_get_property;
  object_class->set_property = ahoy_video_view_set_property;
  widget_class->map = ahoy_video_view_map;
  widget_class->unmap = ahoy_video_view_unmap;
  widget_class->measure = ahoy_video_view_measure;
  widget_class->snapshot = ahoy_video_view_snapshot;

  properties[PROP_TRACK] = g_param_spec_object ("track", NULL, NULL, AHOY_TYPE_VIDEO_TRACK, rw);
  properties[PROP_FIT] = g_param_spec_enum ("fit", NULL, NULL, AHOY_TYPE_VIDEO_FIT, AHOY_VIDEO_FIT_COVER, rw);
  properties[PROP_MIRROR] = g_param_spec_boolean ("mirror", NULL, NULL, FALSE, rw);
  properties[PROP_RADIUS] = g_param_spec_int ("radius", NULL, NULL, 0, 1000, 0, rw);
  properties[PROP_DIM] = g_param_spec_double ("dim", NULL, NULL, 0, 1, 0, rw);
  properties[PROP_HAS_PICTURE] =
    g_param_spec_boolean ("has-picture", NULL, NULL, FALSE, G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  gtk_widget_class_set_css_name (widget_class, "ahoyvideo");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_IMG);
}

static void
ahoy_video_view_init (AhoyVideoView *self)
{
  ahoy_ui_ensure_style (GTK_WIDGET (self));
  gtk_widget_set_overflow (GTK_WIDGET (self), GTK_OVERFLOW_HIDDEN);
}

GtkWidget *
ahoy_video_view_new (void)
{
  return g_object_new (AHOY_TYPE_VIDEO_VIEW, NULL);
}

AhoyVideoTrack *
ahoy_video_view_get_track (AhoyVideoView *self)
{
  g_return_val_if_fail (AHOY_IS_VIDEO_VIEW (self), NULL);

  return self->track;
}

static void
drop_track (AhoyVideoView *self)
{
  if (!self->track)
    return;
  g_signal_handlers_disconnect_by_func (self->track, on_track_frame, self);
  g_signal_handlers_disconnect_by_func (self->track, gtk_widget_queue_draw, self);
  if (self->watching)
    ahoy_video_track_unwatch (self->track);
  self->watching = FALSE;
  g_clear_object (&self->track);
}

void
ahoy_video_view_set_track (AhoyVideoView  *self,
                           AhoyVideoTrack *track)
{
  g_return_if_fail (AHOY_IS_VIDEO_VIEW (self));
  g_return_if_fail (!track || AHOY_IS_VIDEO_TRACK (track));

  if (self->track == track)
    return;
  drop_track (self);
  if (track)
    {
      self->track = g_object_ref (track);
      g_signal_connect_swapped (track, "notify::frame", G_CALLBACK (on_track_frame), self);
      g_signal_connect_swapped (track, "notify::rotation", G_CALLBACK (gtk_widget_queue_draw), self);
      self->is_stale = ahoy_video_track_get_frame (track) != NULL;
      update_watching (self);
    }
  else
    {
      g_clear_object (&self->texture);
      self->is_stale = FALSE;
    }
  gtk_widget_queue_draw (GTK_WIDGET (self));
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_TRACK]);
  tell_picture (self);
}

AhoyVideoFit
ahoy_video_view_get_fit (AhoyVideoView *self)
{
  g_return_val_if_fail (AHOY_IS_VIDEO_VIEW (self), AHOY_VIDEO_FIT_COVER);

  return self->fit;
}

void
ahoy_video_view_set_fit (AhoyVideoView *self,
                         AhoyVideoFit   fit)
{
  g_return_if_fail (AHOY_IS_VIDEO_VIEW (self));

  if (self->fit == fit)
    return;
  self->fit = fit;
  gtk_widget_queue_draw (GTK_WIDGET (self));
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_FIT]);
}

gboolean
ahoy_video_view_get_mirror (AhoyVideoView *self)
{
  g_return_val_if_fail (AHOY_IS_VIDEO_VIEW (self), FALSE);

  return self->mirror;
}

void
ahoy_video_view_set_mirror (AhoyVideoView *self,
                            gboolean       mirror)
{
  g_return_if_fail (AHOY_IS_VIDEO_VIEW (self));

  if (self->mirror == !!mirror)
    return;
  self->mirror = !!mirror;
  gtk_widget_queue_draw (GTK_WIDGET (self));
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_MIRROR]);
}

int
ahoy_video_view_get_radius (AhoyVideoView *self)
{
  g_return_val_if_fail (AHOY_IS_VIDEO_VIEW (self), 0);

  return self->radius;
}

void
ahoy_video_view_set_radius (AhoyVideoView *self,
                            int            radius)
{
  g_return_if_fail (AHOY_IS_VIDEO_VIEW (self));

  if (self->radius == radius)
    return;
  self->radius = radius;
  gtk_widget_queue_draw (GTK_WIDGET (self));
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_RADIUS]);
}

double
ahoy_video_view_get_dim (AhoyVideoView *self)
{
  g_return_val_if_fail (AHOY_IS_VIDEO_VIEW (self), 0);

  return self->dim;
}

void
ahoy_video_view_set_dim (AhoyVideoView *self,
                         double         dim)
{
  g_return_if_fail (AHOY_IS_VIDEO_VIEW (self));

  if (self->dim == dim)
    return;
  self->dim = dim;
  gtk_widget_queue_draw (GTK_WIDGET (self));
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_DIM]);
}

gboolean
ahoy_video_view_get_has_picture (AhoyVideoView *self)
{
  g_return_val_if_fail (AHOY_IS_VIDEO_VIEW (self), FALSE);

  return self->texture || (self->track && ahoy_video_track_get_frame (self->track));
}

double
ahoy_video_view_get_aspect (AhoyVideoView *self)
{
  AhoyVideoFrame *frame;
  double aspect;

  g_return_val_if_fail (AHOY_IS_VIDEO_VIEW (self), 0);

  frame = self->track ? ahoy_video_track_get_frame (self->track) : NULL;
  if (!frame || ahoy_video_frame_get_height (frame) < 1 || ahoy_video_frame_get_width (frame) < 1)
    return 0;
  aspect = (double) ahoy_video_frame_get_width (frame) / ahoy_video_frame_get_height (frame);
  return ahoy_video_track_get_rotation (self->track) % 180 != 0 ? 1 / aspect : aspect;
}
