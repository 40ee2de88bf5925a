/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "ahoy-playback-input.h"

#include <gst/app/gstappsrc.h>

struct _AhoyPlaybackInput
{
  GMutex mutex;
  GstElement *appsrc; /* (owned) (nullable) (mutex mutex) */
  gboolean is_shut;   /* (mutex mutex) */
  GstElement *mixer;  /* (owned) (nullable), main context */
  GstPad *mixer_pad;  /* (owned) (nullable), main context */
};

AhoyPlaybackInput *
ahoy_playback_input_new (void)
{
  AhoyPlaybackInput *self = g_atomic_rc_box_new0 (AhoyPlaybackInput);

  g_mutex_init (&self->mutex);

  return self;
}

AhoyPlaybackInput *
ahoy_playback_input_ref (AhoyPlaybackInput *self)
{
  return g_atomic_rc_box_acquire (self);
}

static void
playback_input_free (gpointer data)
{
  AhoyPlaybackInput *self = data;

  gst_clear_object (&self->appsrc);
  gst_clear_object (&self->mixer_pad);
  gst_clear_object (&self->mixer);
  g_mutex_clear (&self->mutex);
}

void
ahoy_playback_input_unref (AhoyPlaybackInput *self)
{
  g_atomic_rc_box_release_full (self, playback_input_free);
}

void
ahoy_playback_input_attach (AhoyPlaybackInput *self,
                            GstBin            *bin,
                            GstElement        *mixer)
{
  g_autoptr (GstCaps) caps = gst_caps_from_string ("audio/x-raw,format=S16LE,rate=48000,channels=1,layout=interleaved");
  GstElement *appsrc = gst_element_factory_make ("appsrc", NULL);
  g_autoptr (GstPad) src_pad = NULL;

  g_return_if_fail (self->appsrc == NULL);

  g_object_set (appsrc,
                "is-live", TRUE,
                "format", GST_FORMAT_TIME,
                "do-timestamp", TRUE,
                "min-latency", G_GINT64_CONSTANT (0),
                "max-latency", (gint64) GST_SECOND,
                "max-buffers", G_GUINT64_CONSTANT (25),
                "max-bytes", G_GUINT64_CONSTANT (0),
                "leaky-type", GST_APP_LEAKY_TYPE_DOWNSTREAM,
                "caps", caps,
                NULL);
  gst_bin_add (bin, appsrc);
  src_pad = gst_element_get_static_pad (appsrc, "src");
  self->mixer = gst_object_ref (mixer);
  self->mixer_pad = gst_element_request_pad_simple (mixer, "sink_%u");
  gst_pad_link (src_pad, self->mixer_pad);
  gst_element_sync_state_with_parent (appsrc);

  g_mutex_lock (&self->mutex);
  self->appsrc = gst_object_ref (appsrc);
  g_mutex_unlock (&self->mutex);
}

void
ahoy_playback_input_shut (AhoyPlaybackInput *self)
{
  g_mutex_lock (&self->mutex);
  self->is_shut = TRUE;
  g_mutex_unlock (&self->mutex);
}

static GstPadProbeReturn
on_mixed_streaming (GstPad          *pad,
                    GstPadProbeInfo *info,
                    gpointer         data)
{
  g_autoptr (GstElement) mixer = gst_pad_get_parent_element (pad);

  if (mixer)
    gst_element_release_request_pad (mixer, data);

  return GST_PAD_PROBE_REMOVE;
}

/* GStreamer's mixer walks along its pads and lets go of their list while it mixes one (1.22, aggregate () of
 * gstaudioaggregator.c): whoever takes a pad away meanwhile pulls both from under its feet. Its own thread does so, when
 * it passes on what it has mixed. Where it does that no more, the pad goes with the mixer. */
static void
release_between_mixes (GstElement *mixer,
                       GstPad     *mixer_pad)
{
  g_autoptr (GstPad) src_pad = gst_element_get_static_pad (mixer, "src");

  gst_pad_add_probe (src_pad, GST_PAD_PROBE_TYPE_BUFFER, on_mixed_streaming, gst_object_ref (mixer_pad),
                     gst_object_unref);
}

void
ahoy_playback_input_detach (AhoyPlaybackInput *self)
{
  g_autoptr (GstElement) appsrc = NULL;
  g_autoptr (GstObject) bin = NULL;

  g_mutex_lock (&self->mutex);
  appsrc = g_steal_pointer (&self->appsrc);
  g_mutex_unlock (&self->mutex);
  if (appsrc == NULL)
    return;

  gst_element_set_locked_state (appsrc, TRUE);
  gst_element_set_state (appsrc, GST_STATE_NULL);
  gst_element_unlink (appsrc, self->mixer);
  release_between_mixes (self->mixer, self->mixer_pad);
  bin = gst_object_get_parent (GST_OBJECT (appsrc));
  if (bin)
    gst_bin_remove (GST_BIN (bin), appsrc);
  gst_clear_object (&self->mixer_pad);
  gst_clear_object (&self->mixer);
}

void
ahoy_playback_input_push_streaming (AhoyPlaybackInput *self,
                                    GstBuffer         *buffer)
{
  g_mutex_lock (&self->mutex);
  if (self->appsrc && !self->is_shut)
    {
      GstBuffer *copy = gst_buffer_copy (buffer);

      GST_BUFFER_DTS (copy) = GST_CLOCK_TIME_NONE;
      gst_app_src_push_buffer (GST_APP_SRC (self->appsrc), copy);
    }
  g_mutex_unlock (&self->mutex);
}
