/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "fake.h"

struct _AhoyVideoFrame
{
  int width, height, stride;
  AhoyPixelFormat format;
  GBytes *pixels;
  gint64 time_us;
};

AhoyVideoFrame *
ahoy_video_frame_new (int              width,
                      int              height,
                      int              stride,
                      AhoyPixelFormat  format,
                      GBytes          *pixels,
                      gint64           time_us)
{
  AhoyVideoFrame *self = g_atomic_rc_box_new0 (AhoyVideoFrame);

  self->width = width;
  self->height = height;
  self->stride = stride;
  self->format = format;
  self->pixels = g_bytes_ref (pixels);
  self->time_us = time_us;
  return self;
}

AhoyVideoFrame *
ahoy_video_frame_ref (AhoyVideoFrame *self)
{
  return g_atomic_rc_box_acquire (self);
}

static void
frame_clear (gpointer data)
{
  g_bytes_unref (((AhoyVideoFrame *) data)->pixels);
}

void
ahoy_video_frame_unref (AhoyVideoFrame *self)
{
  g_atomic_rc_box_release_full (self, frame_clear);
}

G_DEFINE_BOXED_TYPE (AhoyVideoFrame, ahoy_video_frame, ahoy_video_frame_ref, ahoy_video_frame_unref)

int
ahoy_video_frame_get_width (AhoyVideoFrame *self)
{
  return self->width;
}

int
ahoy_video_frame_get_height (AhoyVideoFrame *self)
{
  return self->height;
}

int
ahoy_video_frame_get_stride (AhoyVideoFrame *self)
{
  return self->stride;
}

AhoyPixelFormat
ahoy_video_frame_get_format (AhoyVideoFrame *self)
{
  return self->format;
}

GBytes *
ahoy_video_frame_get_pixels (AhoyVideoFrame *self)
{
  return self->pixels;
}

struct _AhoyVideoTrack
{
  GObject parent_instance;
  AhoyVideoFrame *frame;
  AhoyPixelFormat format;
  int rotation, watchers;
  guint shown;
};

G_DEFINE_FINAL_TYPE (AhoyVideoTrack, ahoy_video_track, G_TYPE_OBJECT)

enum
{
  TRACK_FRAME = 1,
  TRACK_ROTATION,
};

static void
ahoy_video_track_get_property (GObject    *object,
                               guint       id,
                               GValue     *value,
                               GParamSpec *pspec)
{
  AhoyVideoTrack *self = AHOY_VIDEO_TRACK (object);

  if (id == TRACK_FRAME)
    g_value_set_boxed (value, self->frame);
  else
    g_value_set_int (value, self->rotation);
}

static void
ahoy_video_track_finalize (GObject *object)
{
  g_clear_pointer (&AHOY_VIDEO_TRACK (object)->frame, ahoy_video_frame_unref);
  G_OBJECT_CLASS (ahoy_video_track_parent_class)->finalize (object);
}

static void
ahoy_video_track_class_init (AhoyVideoTrackClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->finalize = ahoy_video_track_finalize;
  object_class->get_property = ahoy_video_track_get_property;
  g_object_class_install_property (object_class, TRACK_FRAME,
                                   g_param_spec_boxed ("frame", NULL, NULL, AHOY_TYPE_VIDEO_FRAME, G_PARAM_READABLE));
  g_object_class_install_property (object_class, TRACK_ROTATION,
                                   g_param_spec_int ("rotation", NULL, NULL, 0, 270, 0, G_PARAM_READABLE));
}

static void
ahoy_video_track_init (AhoyVideoTrack *self)
{
}

AhoyVideoTrack *
fake_track_new (void)
{
  return g_object_new (AHOY_TYPE_VIDEO_TRACK, NULL);
}

void
fake_track_show (AhoyVideoTrack *self,
                 AhoyVideoFrame *frame)
{
  g_clear_pointer (&self->frame, ahoy_video_frame_unref);
  self->frame = frame ? ahoy_video_frame_ref (frame) : NULL;
  g_object_notify (G_OBJECT (self), "frame");
}

void
fake_track_set_rotation (AhoyVideoTrack *self,
                         int             rotation)
{
  self->rotation = rotation;
  g_object_notify (G_OBJECT (self), "rotation");
}

int
fake_track_get_watchers (AhoyVideoTrack *self)
{
  return self->watchers;
}

AhoyPixelFormat
fake_track_get_format (AhoyVideoTrack *self)
{
  return self->format;
}

guint
fake_track_get_shown (AhoyVideoTrack *self)
{
  return self->shown;
}

AhoyVideoFrame *
ahoy_video_track_get_frame (AhoyVideoTrack *self)
{
  return self->frame;
}

int
ahoy_video_track_get_rotation (AhoyVideoTrack *self)
{
  return self->rotation;
}

void
ahoy_video_track_watch (AhoyVideoTrack  *self,
                        AhoyPixelFormat  format)
{
  self->format = format;
  self->watchers++;
}

void
ahoy_video_track_unwatch (AhoyVideoTrack *self)
{
  g_assert_cmpint (self->watchers, >, 0);
  self->watchers--;
}

void
ahoy_video_track_frame_shown (AhoyVideoTrack *self)
{
  self->shown++;
}

G_DEFINE_QUARK (ahoy-media-error-quark, ahoy_media_error)

struct _AhoyMedia
{
  GObject parent_instance;
  GHashTable *looping; /* id → GBytes */
  guint last_id, n_played;
  int level;
  gboolean is_isolating;
};

G_DEFINE_FINAL_TYPE (AhoyMedia, ahoy_media, G_TYPE_OBJECT)

static guint problem_signal, solved_signal;

static void
ahoy_media_get_property (GObject    *object,
                         guint       id,
                         GValue     *value,
                         GParamSpec *pspec)
{
  if (id == 1)
    g_value_set_int (value, AHOY_MEDIA (object)->level);
  else
    g_value_set_boolean (value, AHOY_MEDIA (object)->is_isolating);
}

static void
ahoy_media_set_property (GObject      *object,
                         guint         id,
                         const GValue *value,
                         GParamSpec   *pspec)
{
  AHOY_MEDIA (object)->is_isolating = g_value_get_boolean (value);
}

gboolean
ahoy_media_get_voice_isolation_available (AhoyMedia *self)
{
  return TRUE;
}

static void
ahoy_media_finalize (GObject *object)
{
  g_hash_table_unref (AHOY_MEDIA (object)->looping);
  G_OBJECT_CLASS (ahoy_media_parent_class)->finalize (object);
}

static void
ahoy_media_class_init (AhoyMediaClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->finalize = ahoy_media_finalize;
  object_class->get_property = ahoy_media_get_property;
  object_class->set_property = ahoy_media_set_property;
  g_object_class_install_property (object_class, 2,
                                   g_param_spec_boolean ("voice-isolation", NULL, NULL, FALSE, G_PARAM_READWRITE));
  g_object_class_install_property (object_class, 1,
                                   g_param_spec_int ("input-level", NULL, NULL, 0, 100, 0, G_PARAM_READABLE));
  problem_signal = g_signal_new ("problem", AHOY_TYPE_MEDIA, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1,
                                 G_TYPE_ERROR);
  solved_signal = g_signal_new ("problem-solved", AHOY_TYPE_MEDIA, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                G_TYPE_NONE, 1, G_TYPE_INT);
}

static void
ahoy_media_init (AhoyMedia *self)
{
  self->looping = g_hash_table_new_full (NULL, NULL, NULL, (GDestroyNotify) g_bytes_unref);
}

AhoyMedia *
fake_media_new (void)
{
  return g_object_new (AHOY_TYPE_MEDIA, NULL);
}

void
fake_media_set_level (AhoyMedia *self,
                      int        level)
{
  self->level = level;
  g_object_notify (G_OBJECT (self), "input-level");
}

void
fake_media_report (AhoyMedia *self,
                   int        code)
{
  g_autoptr (GError) error = g_error_new_literal (AHOY_MEDIA_ERROR, code, "made up");

  g_signal_emit (self, problem_signal, 0, error);
}

void
fake_media_solve (AhoyMedia *self,
                  int        code)
{
  g_signal_emit (self, solved_signal, 0, code);
}

guint
fake_media_get_n_looping (AhoyMedia *self)
{
  return g_hash_table_size (self->looping);
}

guint
fake_media_get_n_played (AhoyMedia *self)
{
  return self->n_played;
}

gsize
fake_media_get_loop_bytes (AhoyMedia *self)
{
  GHashTableIter iter;
  gpointer bytes;

  g_hash_table_iter_init (&iter, self->looping);
  return g_hash_table_iter_next (&iter, NULL, &bytes) ? g_bytes_get_size (bytes) : 0;
}

guint
ahoy_media_play_tone (AhoyMedia *self,
                      GBytes    *pcm,
                      gboolean   loop,
                      guint      pause_ms)
{
  self->last_id++;
  if (loop)
    g_hash_table_insert (self->looping, GUINT_TO_POINTER (self->last_id), g_bytes_ref (pcm));
  else
    self->n_played++;
  return self->last_id;
}

void
ahoy_media_stop_tone (AhoyMedia *self,
                      guint      tone_id)
{
  g_assert_true (g_hash_table_remove (self->looping, GUINT_TO_POINTER (tone_id)));
}

struct _AhoyDevice
{
  GObject parent_instance;
  char *id, *name;
};

G_DEFINE_FINAL_TYPE (AhoyDevice, ahoy_device, G_TYPE_OBJECT)

static void
ahoy_device_finalize (GObject *object)
{
  g_free (AHOY_DEVICE (object)->id);
  g_free (AHOY_DEVICE (object)->name);
  G_OBJECT_CLASS (ahoy_device_parent_class)->finalize (object);
}

static void
ahoy_device_class_init (AhoyDeviceClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = ahoy_device_finalize;
}

static void
ahoy_device_init (AhoyDevice *self)
{
}

const char *
ahoy_device_get_id (AhoyDevice *self)
{
  return self->id;
}

const char *
ahoy_device_get_name (AhoyDevice *self)
{
  return self->name;
}

struct _AhoyDevices
{
  GObject parent_instance;
  GListStore *lists[3];
  char *selected[3];
};

G_DEFINE_FINAL_TYPE (AhoyDevices, ahoy_devices, G_TYPE_OBJECT)

static const char *const kinds[] = { "camera", "microphone", "speaker" };

static void
ahoy_devices_get_property (GObject    *object,
                           guint       id,
                           GValue     *value,
                           GParamSpec *pspec)
{
  g_value_set_string (value, AHOY_DEVICES (object)->selected[id - 1]);
}

static void
ahoy_devices_finalize (GObject *object)
{
  AhoyDevices *self = AHOY_DEVICES (object);
  guint i;

  for (i = 0; i < 3; i++)
    {
      g_object_unref (self->lists[i]);
      g_free (self->selected[i]);
    }
  G_OBJECT_CLASS (ahoy_devices_parent_class)->finalize (object);
}

static void
ahoy_devices_class_init (AhoyDevicesClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  guint i;

  object_class->finalize = ahoy_devices_finalize;
  object_class->get_property = ahoy_devices_get_property;
  for (i = 0; i < 3; i++)
    g_object_class_install_property (object_class, i + 1,
                                     g_param_spec_string (kinds[i], NULL, NULL, NULL, G_PARAM_READABLE));
}

static void
ahoy_devices_init (AhoyDevices *self)
{
  guint i;

  for (i = 0; i < 3; i++)
    self->lists[i] = g_list_store_new (AHOY_TYPE_DEVICE);
}

void
fake_devices_plug (AhoyDevices    *self,
                   AhoyDeviceKind  kind,
                   const char     *id,
                   const char     *name)
{
  g_autoptr (AhoyDevice) device = g_object_new (AHOY_TYPE_DEVICE, NULL);

  device->id = g_strdup (id);
  device->name = g_strdup (name);
  g_list_store_append (self->lists[kind], device);
}

GListModel *
ahoy_devices_get_cameras (AhoyDevices *self)
{
  return G_LIST_MODEL (self->lists[AHOY_DEVICE_CAMERA]);
}

GListModel *
ahoy_devices_get_microphones (AhoyDevices *self)
{
  return G_LIST_MODEL (self->lists[AHOY_DEVICE_MICROPHONE]);
}

GListModel *
ahoy_devices_get_speakers (AhoyDevices *self)
{
  return G_LIST_MODEL (self->lists[AHOY_DEVICE_SPEAKER]);
}

const char *
ahoy_devices_get_selected (AhoyDevices    *self,
                           AhoyDeviceKind  kind)
{
  return self->selected[kind];
}

void
ahoy_devices_select (AhoyDevices    *self,
                     AhoyDeviceKind  kind,
                     const char     *id)
{
  g_free (self->selected[kind]);
  self->selected[kind] = g_strdup (id);
  g_object_notify (G_OBJECT (self), kinds[kind]);
}
