/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "ahoy-video-track-private.h"

#include "ahoy-test-hooks-private.h"

/* Without a picture for so long a track is not active any more. */
#define ACTIVE_TIMEOUT_US (1500 * G_TIME_SPAN_MILLISECOND)
#define ACTIVE_CHECK_MS 500

struct _AhoyVideoTrack
{
  GObject parent_instance;

  AhoyVideoMailbox *mailbox; /* (owned) (not nullable) */
  AhoyVideoFrame *frame;     /* (owned) (nullable) */
  guint check_source_id;     /* runs while active, else 0 */
  int watchers;
  int width;
  int height;
  gboolean is_active;
  gboolean is_remote;        /* pictures of somebody else: measured when shown */
};

G_DEFINE_FINAL_TYPE (AhoyVideoTrack, ahoy_video_track, G_TYPE_OBJECT)

enum
{
  PROP_0,
  PROP_FRAME,
  PROP_WIDTH,
  PROP_HEIGHT,
  PROP_ACTIVE,
  PROP_ROTATION,
  PROP_FRAME_COUNT,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

static void
set_active (AhoyVideoTrack *self,
            gboolean        active)
{
  if (self->is_active == active)
    return;

  self->is_active = active;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_ACTIVE]);
}

static void
set_size (AhoyVideoTrack *self,
          int             width,
          int             height)
{
  if (self->width != width)
    {
      self->width = width;
      g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_WIDTH]);
    }

  if (self->height != height)
    {
      self->height = height;
      g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_HEIGHT]);
    }
}

static gboolean
on_check_active (gpointer data)
{
  AhoyVideoTrack *self = data;
  AhoyVideoMailboxInfo info;

  ahoy_video_mailbox_get_info (self->mailbox, &info);
  if (g_get_monotonic_time () - info.last_us < ACTIVE_TIMEOUT_US)
    return G_SOURCE_CONTINUE;

  self->check_source_id = 0;
  set_active (self, FALSE);

  return G_SOURCE_REMOVE;
}

void
ahoy_video_track_deliver (AhoyVideoTrack *self,
                          AhoyVideoFrame *frame)
{
  AhoyVideoMailboxInfo info;

  ahoy_video_mailbox_get_info (self->mailbox, &info);
  if (info.last_us != 0 && g_get_monotonic_time () - info.last_us < ACTIVE_TIMEOUT_US)
    {
      set_size (self, info.width, info.height);
      if (self->check_source_id == 0)
        self->check_source_id = g_timeout_add (ACTIVE_CHECK_MS, on_check_active, self);
      set_active (self, TRUE);
    }

  if (frame == NULL)
    return;

  g_clear_pointer (&self->frame, ahoy_video_frame_unref);
  self->frame = ahoy_video_frame_ref (frame);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_FRAME]);
}

static void
ahoy_video_track_dispose (GObject *object)
{
  AhoyVideoTrack *self = AHOY_VIDEO_TRACK (object);

  g_clear_handle_id (&self->check_source_id, g_source_remove);
  g_clear_pointer (&self->frame, ahoy_video_frame_unref);

  G_OBJECT_CLASS (ahoy_video_track_parent_class)->dispose (object);
}

static void
ahoy_video_track_finalize (GObject *object)
{
  AhoyVideoTrack *self = AHOY_VIDEO_TRACK (object);

  ahoy_video_mailbox_unref (self->mailbox);

  G_OBJECT_CLASS (ahoy_video_track_parent_class)->finalize (object);
}

static void
ahoy_video_track_get_property (GObject    *object,
                               guint       prop_id,
                               GValue     *value,
                               GParamSpec *pspec)
{
  AhoyVideoTrack *self = AHOY_VIDEO_TRACK (object);

  switch (prop_id)
    {
    case PROP_FRAME:
      g_value_set_boxed (value, self->frame);
      break;

    case PROP_WIDTH:
      g_value_set_int (value, self->width);
      break;

    case PROP_HEIGHT:
      g_value_set_int (value, self->height);
      break;

    case PROP_ACTIVE:
      g_value_set_boolean (value, self->is_active);
      break;

    case PROP_ROTATION:
      g_value_set_int (value, ahoy_video_track_get_rotation (self));
      break;

    case PROP_FRAME_COUNT:
      g_value_set_uint64 (value, ahoy_video_track_get_frame_count (self));
      break;

    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
ahoy_video_track_class_init (AhoyVideoTrackClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  const GParamFlags flags = G_PARAM_READABLE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY;

  object_class->dispose = ahoy_video_track_dispose;
  object_class->finalize = ahoy_video_track_finalize;
  object_class->get_property = ahoy_video_track_get_property;

  /**
   * AhoyVideoTrack:frame:
   *
   * The newest picture; notified once for each that arrives while somebody watches.
   */
  properties[PROP_FRAME] = g_param_spec_boxed ("frame", NULL, NULL, AHOY_TYPE_VIDEO_FRAME, flags);
  /**
   * AhoyVideoTrack:width:
   *
   * Pixels in a row of the last picture, 0 before the first.
   */
  properties[PROP_WIDTH] = g_param_spec_int ("width", NULL, NULL, 0, G_MAXINT, 0, flags);
  /**
   * AhoyVideoTrack:height:
   *
   * Rows of the last picture, 0 before the first.
   */
  properties[PROP_HEIGHT] = g_param_spec_int ("height", NULL, NULL, 0, G_MAXINT, 0, flags);
  /**
   * AhoyVideoTrack:active:
   *
   * Whether pictures are flowing.
   */
  properties[PROP_ACTIVE] = g_param_spec_boolean ("active", NULL, NULL, FALSE, flags);
  /**
   * AhoyVideoTrack:rotation:
   *
   * Degrees to turn the picture clockwise when painting it.
   */
  properties[PROP_ROTATION] = g_param_spec_int ("rotation", NULL, NULL, 0, 270, 0, flags);
  /**
   * AhoyVideoTrack:frame-count:
   *
   * Pictures since the start, watched or not. Never notified.
   */
  properties[PROP_FRAME_COUNT] = g_param_spec_uint64 ("frame-count", NULL, NULL, 0, G_MAXUINT64, 0, flags);

  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
ahoy_video_track_init (AhoyVideoTrack *self)
{
  self->mailbox = ahoy_video_mailbox_new (self);
}

AhoyVideoTrack *
ahoy_video_track_new (gboolean is_remote)
{
  AhoyVideoTrack *self = g_object_new (AHOY_TYPE_VIDEO_TRACK, NULL);

  self->is_remote = is_remote;

  return self;
}

AhoyVideoMailbox *
ahoy_video_track_get_mailbox (AhoyVideoTrack *self)
{
  return self->mailbox;
}

void
ahoy_video_track_clear (AhoyVideoTrack *self)
{
  g_clear_handle_id (&self->check_source_id, g_source_remove);
  set_active (self, FALSE);
  if (self->frame)
    {
      g_clear_pointer (&self->frame, ahoy_video_frame_unref);
      g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_FRAME]);
    }
}

/**
 * ahoy_video_track_get_frame:
 * @self: a track
 *
 * Returns: (transfer none) (nullable): the newest picture
 */
AhoyVideoFrame *
ahoy_video_track_get_frame (AhoyVideoTrack *self)
{
  g_return_val_if_fail (AHOY_IS_VIDEO_TRACK (self), NULL);

  return self->frame;
}

/**
 * ahoy_video_track_get_active:
 * @self: a track
 *
 * Returns: whether pictures are flowing
 */
gboolean
ahoy_video_track_get_active (AhoyVideoTrack *self)
{
  g_return_val_if_fail (AHOY_IS_VIDEO_TRACK (self), FALSE);

  return self->is_active;
}

/**
 * ahoy_video_track_get_rotation:
 * @self: a track
 *
 * Pictures are turned upright where they are captured, so that nothing is left to do for the painter.
 *
 * Returns: degrees, clockwise
 */
int
ahoy_video_track_get_rotation (AhoyVideoTrack *self)
{
  g_return_val_if_fail (AHOY_IS_VIDEO_TRACK (self), 0);

  return 0;
}

/**
 * ahoy_video_track_get_frame_count:
 * @self: a track
 *
 * Returns: how many pictures have come since the start
 */
guint64
ahoy_video_track_get_frame_count (AhoyVideoTrack *self)
{
  AhoyVideoMailboxInfo info;

  g_return_val_if_fail (AHOY_IS_VIDEO_TRACK (self), 0);

  ahoy_video_mailbox_get_info (self->mailbox, &info);

  return info.count;
}

/**
 * ahoy_video_track_watch:
 * @self: a track
 * @format: what the painter can use with the least work
 *
 * Counted: pictures are converted until each watcher has called ahoy_video_track_unwatch().
 */
void
ahoy_video_track_watch (AhoyVideoTrack  *self,
                        AhoyPixelFormat  format)
{
  g_return_if_fail (AHOY_IS_VIDEO_TRACK (self));

  self->watchers++;
  ahoy_video_mailbox_set_watch (self->mailbox, TRUE, format);
}

/**
 * ahoy_video_track_unwatch:
 * @self: a track
 *
 * Ends a [method@VideoTrack.watch].
 */
void
ahoy_video_track_unwatch (AhoyVideoTrack *self)
{
  g_return_if_fail (AHOY_IS_VIDEO_TRACK (self));
  g_return_if_fail (self->watchers > 0);

  self->watchers--;
  ahoy_video_mailbox_set_watch (self->mailbox, self->watchers > 0,
                                ahoy_video_mailbox_get_format (self->mailbox));
}

/**
 * ahoy_video_track_frame_shown:
 * @self: a track
 *
 * Says that the present picture went to the toolkit, for measurements from outside.
 */
void
ahoy_video_track_frame_shown (AhoyVideoTrack *self)
{
  g_return_if_fail (AHOY_IS_VIDEO_TRACK (self));

  if (self->is_remote && self->frame)
    ahoy_trace_frame_shown (self->frame);
}
