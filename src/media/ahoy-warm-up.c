/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "ahoy-warm-up.h"

#include "ahoy-video-codec.h"

struct _AhoyWarmUp
{
  GThread *thread;  /* (owned) */
  int is_cancelled; /* atomic */
  int is_done;      /* atomic */
};

/* Making an element loads its library and sets up its class; the first dtlsdec makes the certificate of this
 * process, which takes longest. The devices' elements are only made here, not opened. */
static const char *const elements[] = {
  "dtlsdec", "webrtcbin", "rtpbin", "nicesrc", "nicesink", "dtlssrtpenc", "dtlssrtpdec", "srtpenc", "srtpdec",
  "rtpsession", "rtpssrcdemux", "rtpptdemux", "rtpjitterbuffer", "rtpfunnel", "rtprtxsend", "rtprtxreceive",
  "rtpstorage", "funnel", "queue", "clocksync", "capsfilter",
  "appsrc", "appsink", "audiomixer", "audioconvert", "volume", "videoconvert", "videoscale", "videorate", "aspectratiocrop",
  "opusenc", "opusdec", "rtpopuspay", "rtpopusdepay", "webrtcdsp", "webrtcechoprobe", "pulsesrc", "pulsesink",
  NULL
};

static void
make_elements (AhoyWarmUp        *self,
               const char *const *names)
{
  for (guint i = 0; names[i] && !g_atomic_int_get (&self->is_cancelled); i++)
    {
      GstElement *element = gst_element_factory_make (names[i], NULL);

      /* What is missing is told when it is needed. */
      if (element)
        gst_object_unref (gst_object_ref_sink (element));
    }
}

/* Its thread and its agent for the network, which has nothing to gather for yet. */
static void
start_connection (AhoyWarmUp *self)
{
  g_autoptr (GstElement) webrtcbin = NULL;

  if (g_atomic_int_get (&self->is_cancelled))
    return;

  webrtcbin = gst_element_factory_make ("webrtcbin", NULL);
  if (webrtcbin == NULL)
    return;

  gst_object_ref_sink (webrtcbin);
  gst_element_set_state (webrtcbin, GST_STATE_READY);
  gst_element_set_state (webrtcbin, GST_STATE_NULL);
}

static gpointer
run_in_thread (gpointer data)
{
  AhoyWarmUp *self = data;

  make_elements (self, elements);
  make_elements (self, ahoy_video_codec_get ()->elements);
  start_connection (self);
  g_atomic_int_set (&self->is_done, TRUE);

  return NULL;
}

AhoyWarmUp *
ahoy_warm_up_new (void)
{
  AhoyWarmUp *self = g_new0 (AhoyWarmUp, 1);

  self->thread = g_thread_new ("warm-up", run_in_thread, self);

  return self;
}

gboolean
ahoy_warm_up_is_done (AhoyWarmUp *self)
{
  return g_atomic_int_get (&self->is_done);
}

void
ahoy_warm_up_free (AhoyWarmUp *self)
{
  g_atomic_int_set (&self->is_cancelled, TRUE);
  g_thread_join (self->thread);
  g_free (self);
}
