/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "ahoy-fan-out.h"

#include "ahoy-pipeline.h"

#include <gst/app/gstappsrc.h>

struct _AhoyOutlet
{
  GMutex mutex;
  GstElement *appsrc;       /* (owned) */
  guint64 count;            /* (mutex mutex) */
  gboolean is_video;
  gboolean is_open;         /* (mutex mutex) */
  gboolean needs_key_frame; /* (mutex mutex) */
};

struct _AhoyFanOut
{
  GMutex mutex;
  GPtrArray *outlets; /* (owned) (mutex mutex) */
};

AhoyOutlet *
ahoy_outlet_new (GstElement *appsrc,
                 gboolean    is_video)
{
  AhoyOutlet *self = g_atomic_rc_box_new0 (AhoyOutlet);

  g_mutex_init (&self->mutex);
  self->appsrc = gst_object_ref (appsrc);
  self->is_video = is_video;

  return self;
}

AhoyOutlet *
ahoy_outlet_ref (AhoyOutlet *self)
{
  return g_atomic_rc_box_acquire (self);
}

static void
outlet_free (gpointer data)
{
  AhoyOutlet *self = data;

  gst_object_unref (self->appsrc);
  g_mutex_clear (&self->mutex);
}

void
ahoy_outlet_unref (AhoyOutlet *self)
{
  g_atomic_rc_box_release_full (self, outlet_free);
}

void
ahoy_outlet_set_open (AhoyOutlet *self,
                      gboolean    open)
{
  g_mutex_lock (&self->mutex);
  if (self->is_open != open)
    {
      self->is_open = open;
      self->needs_key_frame = self->is_video;
    }
  g_mutex_unlock (&self->mutex);
}

gboolean
ahoy_outlet_is_open (AhoyOutlet *self)
{
  gboolean open;

  g_mutex_lock (&self->mutex);
  open = self->is_open;
  g_mutex_unlock (&self->mutex);

  return open;
}

guint64
ahoy_outlet_get_count (AhoyOutlet *self)
{
  guint64 count;

  g_mutex_lock (&self->mutex);
  count = self->count;
  g_mutex_unlock (&self->mutex);

  return count;
}

/* The source element queues without blocking, so the gate is held while it takes the buffer: after
 * ahoy_outlet_set_open (FALSE) has returned, nothing follows. */
gboolean
ahoy_outlet_push_streaming (AhoyOutlet *self,
                            GstBuffer  *buffer,
                            gboolean    restamp)
{
  gboolean is_delta = GST_BUFFER_FLAG_IS_SET (buffer, GST_BUFFER_FLAG_DELTA_UNIT);
  gboolean waits;

  g_mutex_lock (&self->mutex);
  waits = self->is_open && self->needs_key_frame && is_delta;
  if (self->is_open && !waits)
    {
      GstBuffer *copy = gst_buffer_copy (buffer);

      self->needs_key_frame = FALSE;
      self->count++;
      GST_BUFFER_DTS (copy) = GST_CLOCK_TIME_NONE;
      if (restamp || !GST_BUFFER_PTS_IS_VALID (copy))
        GST_BUFFER_PTS (copy) = ahoy_pipeline_running_time ();
      gst_app_src_push_buffer (GST_APP_SRC (self->appsrc), copy);
    }
  g_mutex_unlock (&self->mutex);

  return !waits;
}

AhoyFanOut *
ahoy_fan_out_new (void)
{
  AhoyFanOut *self = g_atomic_rc_box_new0 (AhoyFanOut);

  g_mutex_init (&self->mutex);
  self->outlets = g_ptr_array_new_with_free_func ((GDestroyNotify) ahoy_outlet_unref);

  return self;
}

AhoyFanOut *
ahoy_fan_out_ref (AhoyFanOut *self)
{
  return g_atomic_rc_box_acquire (self);
}

static void
fan_out_free (gpointer data)
{
  AhoyFanOut *self = data;

  g_ptr_array_unref (self->outlets);
  g_mutex_clear (&self->mutex);
}

void
ahoy_fan_out_unref (AhoyFanOut *self)
{
  g_atomic_rc_box_release_full (self, fan_out_free);
}

void
ahoy_fan_out_add (AhoyFanOut *self,
                  AhoyOutlet *outlet)
{
  g_mutex_lock (&self->mutex);
  if (!g_ptr_array_find (self->outlets, outlet, NULL))
    g_ptr_array_add (self->outlets, ahoy_outlet_ref (outlet));
  g_mutex_unlock (&self->mutex);
}

void
ahoy_fan_out_remove (AhoyFanOut *self,
                     AhoyOutlet *outlet)
{
  g_mutex_lock (&self->mutex);
  g_ptr_array_remove (self->outlets, outlet);
  g_mutex_unlock (&self->mutex);
}

guint
ahoy_fan_out_count_open (AhoyFanOut *self)
{
  guint count = 0;

  g_mutex_lock (&self->mutex);
  for (guint i = 0; i < self->outlets->len; i++)
    count += ahoy_outlet_is_open (g_ptr_array_index (self->outlets, i));
  g_mutex_unlock (&self->mutex);

  return count;
}

gboolean
ahoy_fan_out_push_streaming (AhoyFanOut *self,
                             GstBuffer  *buffer)
{
  gboolean passed = TRUE;

  g_mutex_lock (&self->mutex);
  for (guint i = 0; i < self->outlets->len; i++)
    passed &= ahoy_outlet_push_streaming (g_ptr_array_index (self->outlets, i), buffer, FALSE);
  g_mutex_unlock (&self->mutex);

  return passed;
}
