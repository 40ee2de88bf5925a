/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "ahoy-key-frame-request.h"

#include <gst/video/video.h>

#define MIN_INTERVAL_US (300 * G_TIME_SPAN_MILLISECOND)

struct _AhoyKeyFrameRequest
{
  GMutex mutex;
  GstElement *sink; /* (owned) (nullable) (mutex mutex) */
  gint64 last_us;   /* (mutex mutex) */
};

AhoyKeyFrameRequest *
ahoy_key_frame_request_new (void)
{
  AhoyKeyFrameRequest *self = g_atomic_rc_box_new0 (AhoyKeyFrameRequest);

  g_mutex_init (&self->mutex);

  return self;
}

AhoyKeyFrameRequest *
ahoy_key_frame_request_ref (AhoyKeyFrameRequest *self)
{
  return g_atomic_rc_box_acquire (self);
}

static void
key_frame_request_free (gpointer data)
{
  AhoyKeyFrameRequest *self = data;

  gst_clear_object (&self->sink);
  g_mutex_clear (&self->mutex);
}

void
ahoy_key_frame_request_unref (AhoyKeyFrameRequest *self)
{
  g_atomic_rc_box_release_full (self, key_frame_request_free);
}

void
ahoy_key_frame_request_set_sink (AhoyKeyFrameRequest *self,
                                 GstElement          *sink)
{
  g_mutex_lock (&self->mutex);
  gst_object_replace ((GstObject **) &self->sink, GST_OBJECT (sink));
  self->last_us = 0;
  g_mutex_unlock (&self->mutex);
}

static void
send_request (AhoyKeyFrameRequest *self,
              gint64               min_interval_us)
{
  g_autoptr (GstElement) sink = NULL;
  gint64 now = g_get_monotonic_time ();

  g_mutex_lock (&self->mutex);
  if (self->sink && (self->last_us == 0 || now - self->last_us >= min_interval_us))
    {
      self->last_us = now;
      sink = gst_object_ref (self->sink);
    }
  g_mutex_unlock (&self->mutex);

  if (sink)
    gst_element_send_event (sink, gst_video_event_new_upstream_force_key_unit (GST_CLOCK_TIME_NONE, TRUE, 0));
}

void
ahoy_key_frame_request_send (AhoyKeyFrameRequest *self)
{
  send_request (self, MIN_INTERVAL_US);
}

void
ahoy_key_frame_request_send_now (AhoyKeyFrameRequest *self)
{
  send_request (self, 0);
}
