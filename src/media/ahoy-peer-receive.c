/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "ahoy-peer-receive.h"

#include "ahoy-sound-level.h"
#include "ahoy-video-codec.h"
#include "ahoy-video-sink.h"

#include <gst/app/gstappsink.h>
#include <gst/video/video.h>

static void
add_probe (GstPad              *pad,
           GstPadProbeType      type,
           GstPadProbeCallback  callback,
           AhoyPeerShared      *shared)
{
  gst_pad_add_probe (pad, type, callback, ahoy_peer_shared_ref (shared), (GDestroyNotify) ahoy_peer_shared_unref);
}

static void
note_first_frame (AhoyPeerShared *shared)
{
  if (g_atomic_int_get (&shared->is_playing) && g_atomic_int_compare_and_exchange (&shared->has_first_frame, 0, 1))
    ahoy_peer_shared_post (shared, AHOY_PEER_POST_FIRST_FRAME, 0, NULL, NULL);
}

static void
note_first_audio (AhoyPeerShared *shared)
{
  if (g_atomic_int_get (&shared->is_playing) && g_atomic_int_compare_and_exchange (&shared->has_first_audio, 0, 1))
    ahoy_peer_shared_post (shared, AHOY_PEER_POST_FIRST_AUDIO, 0, NULL, NULL);
}

static GstPadProbeReturn
on_audio_packet_streaming (GstPad          *pad,
                           GstPadProbeInfo *info,
                           gpointer         data)
{
  AhoyPeerShared *shared = data;

  g_mutex_lock (&shared->mutex);
  shared->counters.audio_packets++;
  shared->counters.audio_bytes += gst_buffer_get_size (GST_PAD_PROBE_INFO_BUFFER (info));
  shared->counters.last_audio_us = g_get_monotonic_time ();
  g_mutex_unlock (&shared->mutex);

  return GST_PAD_PROBE_OK;
}

static GstPadProbeReturn
on_video_packet_streaming (GstPad          *pad,
                           GstPadProbeInfo *info,
                           gpointer         data)
{
  AhoyPeerShared *shared = data;

  if (GST_PAD_PROBE_INFO_TYPE (info) & GST_PAD_PROBE_TYPE_EVENT_UPSTREAM)
    {
      if (gst_video_event_is_force_key_unit (GST_PAD_PROBE_INFO_EVENT (info)))
        {
          g_mutex_lock (&shared->mutex);
          shared->counters.pli_count++;
          g_mutex_unlock (&shared->mutex);
        }
      return GST_PAD_PROBE_OK;
    }

  g_mutex_lock (&shared->mutex);
  shared->counters.video_packets++;
  shared->counters.video_bytes += gst_buffer_get_size (GST_PAD_PROBE_INFO_BUFFER (info));
  shared->counters.last_video_us = g_get_monotonic_time ();
  g_mutex_unlock (&shared->mutex);

  return GST_PAD_PROBE_OK;
}

/* An echo sends the sound back as it came and plays nothing. */
static GstPadProbeReturn
on_audio_frame_streaming (GstPad          *pad,
                          GstPadProbeInfo *info,
                          gpointer         data)
{
  AhoyPeerShared *shared = data;

  if (!g_atomic_int_get (&shared->is_echo))
    return GST_PAD_PROBE_OK;

  ahoy_outlet_push_streaming (shared->audio_out, GST_PAD_PROBE_INFO_BUFFER (info), TRUE);
  note_first_audio (shared);

  return GST_PAD_PROBE_DROP;
}

/* A freeze is a gap that is much longer than the ones before it. Pictures that stop because the camera is off come
 * back after more than that: no freeze. */
static void
note_gap_locked (AhoyPeerCounters *counters,
                 gint64            now)
{
  gint64 gap = now - counters->last_frame_us;

  if (counters->last_frame_us == 0 || gap > 10 * G_USEC_PER_SEC)
    return;

  if (counters->mean_gap_us == 0)
    counters->mean_gap_us = gap;
  else if (counters->frames_received > 5 &&
           gap > MAX (3 * counters->mean_gap_us, counters->mean_gap_us + 150 * G_TIME_SPAN_MILLISECOND))
    {
      counters->freeze_count++;
      counters->freezes_us += gap;
    }
  counters->mean_gap_us += (gap - counters->mean_gap_us) / 30;
}

static void
note_frame (AhoyPeerShared *shared,
            int             width,
            int             height)
{
  gint64 now = g_get_monotonic_time ();

  g_mutex_lock (&shared->mutex);
  note_gap_locked (&shared->counters, now);
  shared->counters.frames_received++;
  shared->counters.last_frame_us = now;
  if (width > 0)
    {
      shared->counters.frame_width = width;
      shared->counters.frame_height = height;
    }
  g_mutex_unlock (&shared->mutex);

  note_first_frame (shared);
}

/* The decoder would make room for whatever size the far end claims. */
static gboolean
is_huge (GstBuffer *buffer)
{
  guint8 head[10];
  gsize n = gst_buffer_extract (buffer, 0, head, sizeof head);

  return g_str_equal (ahoy_video_codec_get ()->name, "VP8") && ahoy_video_codec_is_huge (head, n);
}

#define KEY_FRAME_INTERVAL_US (300 * G_TIME_SPAN_MILLISECOND)

/* The size of a picture that is not decoded, when it tells one. */
static void
read_size (GstPad    *pad,
           GstBuffer *buffer,
           int       *width,
           int       *height)
{
  g_autoptr (GstCaps) caps = gst_pad_get_current_caps (pad);
  GstStructure *structure = caps ? gst_caps_get_structure (caps, 0) : NULL;
  guint8 head[10];

  *width = *height = 0;
  if (structure && gst_structure_get_int (structure, "width", width) &&
      gst_structure_get_int (structure, "height", height))
    return;

  ahoy_video_codec_read_size (head, gst_buffer_extract (buffer, 0, head, sizeof head), width, height);
}

/* Nobody looks: it counts, and that is all. */
static void
skip_picture (AhoyPeerShared *shared,
              GstPad         *pad,
              GstBuffer      *buffer)
{
  int width, height;

  shared->is_decoding = FALSE;
  read_size (pad, buffer, &width, &height);
  note_frame (shared, width, height);
  if (g_atomic_int_get (&shared->is_playing))
    {
      AhoyPeerCounters counters;

      ahoy_peer_shared_get_counters (shared, &counters);
      ahoy_video_mailbox_note_streaming (shared->mailbox, counters.frame_width, counters.frame_height);
    }
}

/* Whether the decoder can use it. After pictures were left out it has to wait for a key frame. */
static gboolean
can_decode (AhoyPeerShared *shared,
            GstBuffer      *buffer)
{
  gint64 now;

  if (shared->is_decoding)
    return TRUE;

  if (!GST_BUFFER_FLAG_IS_SET (buffer, GST_BUFFER_FLAG_DELTA_UNIT))
    {
      shared->is_decoding = TRUE;
      return TRUE;
    }

  now = g_get_monotonic_time ();
  if (now - shared->key_frame_asked_us >= KEY_FRAME_INTERVAL_US)
    {
      shared->key_frame_asked_us = now;
      ahoy_peer_receive_request_key_frame (shared);
    }

  return FALSE;
}

static GstPadProbeReturn
on_video_frame_streaming (GstPad          *pad,
                          GstPadProbeInfo *info,
                          gpointer         data)
{
  AhoyPeerShared *shared = data;
  GstBuffer *buffer = GST_PAD_PROBE_INFO_BUFFER (info);

  g_mutex_lock (&shared->mutex);
  shared->counters.pictures_in++;
  g_mutex_unlock (&shared->mutex);
  if (is_huge (buffer))
    return GST_PAD_PROBE_DROP;

  if (!g_atomic_int_get (&shared->is_echo))
    {
      if (ahoy_video_mailbox_is_wanted (shared->mailbox))
        return can_decode (shared, buffer) ? GST_PAD_PROBE_OK : GST_PAD_PROBE_DROP;

      skip_picture (shared, pad, buffer);
      return GST_PAD_PROBE_DROP;
    }

  if (!ahoy_outlet_push_streaming (shared->video_out, buffer, TRUE))
    ahoy_peer_receive_request_key_frame (shared);
  note_frame (shared, 0, 0);

  return GST_PAD_PROBE_DROP;
}

static GstPadProbeReturn
on_decoded_streaming (GstPad          *pad,
                      GstPadProbeInfo *info,
                      gpointer         data)
{
  AhoyPeerShared *shared = data;
  g_autoptr (GstCaps) caps = gst_pad_get_current_caps (pad);
  GstStructure *structure = caps ? gst_caps_get_structure (caps, 0) : NULL;
  int width = 0, height = 0;

  if (structure)
    {
      gst_structure_get_int (structure, "width", &width);
      gst_structure_get_int (structure, "height", &height);
    }
  g_mutex_lock (&shared->mutex);
  shared->counters.frames_decoded++;
  g_mutex_unlock (&shared->mutex);
  note_frame (shared, width, height);

  if (!g_atomic_int_get (&shared->is_playing))
    return GST_PAD_PROBE_DROP;

  ahoy_video_mailbox_note_streaming (shared->mailbox, width, height);

  return ahoy_video_mailbox_is_watched (shared->mailbox) ? GST_PAD_PROBE_OK : GST_PAD_PROBE_DROP;
}

/* Who is silent sends a packet now and then so that the line is not taken for dead. Played, it would be a tick of
 * noise in the stillness. */
#define TICK_POWER 1e-5 /* -50 dB */
#define SILENCE_US (100 * G_TIME_SPAN_MILLISECOND)

static gboolean
note_samples (AhoyPeerShared *shared,
              const gint16   *samples,
              gsize           n_samples)
{
  double power = ahoy_sound_power (samples, n_samples);
  double seconds = n_samples / 48000.0;
  gint64 now = g_get_monotonic_time ();
  gboolean is_tick = shared->last_samples_us != 0 && now - shared->last_samples_us > SILENCE_US && power < TICK_POWER;

  shared->last_samples_us = now;

  g_mutex_lock (&shared->mutex);
  shared->counters.audio_energy += power * seconds;
  shared->counters.audio_seconds += seconds;
  g_mutex_unlock (&shared->mutex);

  return !is_tick;
}

static GstFlowReturn
on_samples_streaming (GstAppSink *sink,
                      gpointer    data)
{
  AhoyPeerShared *shared = data;
  g_autoptr (GstSample) sample = gst_app_sink_pull_sample (sink);
  g_autoptr (AhoyPlaybackInput) input = NULL;
  g_autoptr (GstBuffer) buffer = NULL;
  gboolean is_heard = FALSE;
  GstMapInfo map;

  if (sample == NULL || gst_sample_get_buffer (sample) == NULL)
    return GST_FLOW_OK;

  if (gst_buffer_map (gst_sample_get_buffer (sample), &map, GST_MAP_READ))
    {
      is_heard = note_samples (shared, (const gint16 *) (gpointer) map.data, map.size / 2);
      gst_buffer_unmap (gst_sample_get_buffer (sample), &map);
    }
  if (!is_heard || !g_atomic_int_get (&shared->is_playing))
    return GST_FLOW_OK;

  g_mutex_lock (&shared->mutex);
  if (shared->input)
    input = ahoy_playback_input_ref (shared->input);
  g_mutex_unlock (&shared->mutex);
  if (input)
    {
      buffer = gst_buffer_copy (gst_sample_get_buffer (sample));
      GST_BUFFER_PTS (buffer) = GST_CLOCK_TIME_NONE;
      ahoy_playback_input_push_streaming (input, buffer);
      note_first_audio (shared);
    }

  return GST_FLOW_OK;
}

static gboolean
build_audio (GstBin          *bin,
             AhoyPeerShared  *shared,
             GError         **error)
{
  GstAppSinkCallbacks callbacks = { .new_sample = on_samples_streaming };
  g_autoptr (GstElement) chain = NULL;
  g_autoptr (GstElement) depay = NULL;
  g_autoptr (GstElement) out = NULL;
  g_autoptr (GstPad) depay_src = NULL;

  chain = gst_parse_bin_from_description ("rtpopusdepay name=depay ! opusdec plc=true ! audioconvert ! "
                                          "audio/x-raw,format=S16LE,rate=48000,channels=1,layout=interleaved ! "
                                          "appsink name=out sync=false async=false max-buffers=20 drop=true",
                                          TRUE, error);
  if (chain == NULL)
    return FALSE;

  gst_object_ref_sink (chain);
  gst_bin_add (bin, chain);
  depay = gst_bin_get_by_name (GST_BIN (chain), "depay");
  depay_src = gst_element_get_static_pad (depay, "src");
  add_probe (depay_src, GST_PAD_PROBE_TYPE_BUFFER, on_audio_frame_streaming, shared);
  out = gst_bin_get_by_name (GST_BIN (chain), "out");
  gst_app_sink_set_callbacks (GST_APP_SINK (out), &callbacks, ahoy_peer_shared_ref (shared),
                              (GDestroyNotify) ahoy_peer_shared_unref);

  shared->audio_in = gst_element_get_static_pad (chain, "sink");
  add_probe (shared->audio_in, GST_PAD_PROBE_TYPE_BUFFER, on_audio_packet_streaming, shared);

  return TRUE;
}

static gboolean
build_video (GstBin          *bin,
             AhoyPeerShared  *shared,
             GError         **error)
{
  const AhoyVideoCodec *codec = ahoy_video_codec_get ();
  g_autofree char *description = NULL;
  g_autoptr (GstElement) chain = NULL;
  g_autoptr (GstElement) pictures = NULL;
  g_autoptr (GstElement) queue = NULL;
  g_autoptr (GstPad) pictures_src = NULL;
  g_autoptr (GstPad) queue_sink = NULL;
  GstElement *sink;

  description = g_strdup_printf ("%s ! %s ! queue name=queue leaky=downstream max-size-buffers=2 max-size-bytes=0 "
                                 "max-size-time=0 ! videoconvert", codec->depayloader, codec->decoder);
  chain = gst_parse_bin_from_description (description, TRUE, error);
  if (chain == NULL)
    return FALSE;

  gst_object_ref_sink (chain);
  sink = ahoy_video_sink_new (shared->mailbox);
  gst_bin_add_many (bin, chain, sink, NULL);
  gst_element_link (chain, sink);
  pictures = gst_bin_get_by_name (GST_BIN (chain), "pictures");
  pictures_src = gst_element_get_static_pad (pictures, "src");
  add_probe (pictures_src, GST_PAD_PROBE_TYPE_BUFFER, on_video_frame_streaming, shared);
  queue = gst_bin_get_by_name (GST_BIN (chain), "queue");
  queue_sink = gst_element_get_static_pad (queue, "sink");
  add_probe (queue_sink, GST_PAD_PROBE_TYPE_BUFFER, on_decoded_streaming, shared);

  shared->video_in = gst_element_get_static_pad (chain, "sink");
  add_probe (shared->video_in, GST_PAD_PROBE_TYPE_BUFFER | GST_PAD_PROBE_TYPE_EVENT_UPSTREAM,
             on_video_packet_streaming, shared);

  return TRUE;
}

/* A stream that nobody expects must go somewhere, or it stops the ones beside it. */
static void
swallow (GstElement *webrtcbin,
         GstPad     *pad)
{
  g_autoptr (GstObject) bin = gst_object_get_parent (GST_OBJECT (webrtcbin));
  GstElement *sink = gst_element_factory_make ("fakesink", NULL);
  g_autoptr (GstPad) sink_pad = NULL;

  if (bin == NULL || sink == NULL)
    return;

  g_object_set (sink, "async", FALSE, "sync", FALSE, NULL);
  gst_bin_add (GST_BIN (bin), sink);
  gst_element_sync_state_with_parent (sink);
  sink_pad = gst_element_get_static_pad (sink, "sink");
  gst_pad_link (pad, sink_pad);
}

static void
on_pad_added_streaming (GstElement     *webrtcbin,
                        GstPad         *pad,
                        AhoyPeerShared *shared)
{
  g_autoptr (GstCaps) caps = NULL;
  g_autoptr (GstPad) entry = NULL;
  const char *media = NULL;

  if (GST_PAD_DIRECTION (pad) != GST_PAD_SRC)
    return;

  caps = gst_pad_get_current_caps (pad);
  if (caps == NULL)
    caps = gst_pad_query_caps (pad, NULL);
  if (!gst_caps_is_empty (caps) && !gst_caps_is_any (caps))
    media = gst_structure_get_string (gst_caps_get_structure (caps, 0), "media");

  g_mutex_lock (&shared->mutex);
  if (g_strcmp0 (media, "audio") == 0)
    g_set_object (&entry, shared->audio_in);
  else if (g_strcmp0 (media, "video") == 0)
    g_set_object (&entry, shared->video_in);
  g_mutex_unlock (&shared->mutex);

  if (entry == NULL || gst_pad_is_linked (entry) || gst_pad_link (pad, entry) != GST_PAD_LINK_OK)
    swallow (webrtcbin, pad);
}

gboolean
ahoy_peer_receive_build (GstBin          *bin,
                         GstElement      *webrtcbin,
                         AhoyPeerShared  *shared,
                         GError         **error)
{
  if (!build_audio (bin, shared, error) || !build_video (bin, shared, error))
    return FALSE;

  g_signal_connect_data (webrtcbin, "pad-added", G_CALLBACK (on_pad_added_streaming),
                         ahoy_peer_shared_ref (shared), ahoy_peer_shared_unref_notify, 0);

  return TRUE;
}

void
ahoy_peer_receive_request_key_frame (AhoyPeerShared *shared)
{
  g_autoptr (GstPad) entry = NULL;

  g_mutex_lock (&shared->mutex);
  g_set_object (&entry, shared->video_in);
  g_mutex_unlock (&shared->mutex);

  if (entry && gst_pad_is_linked (entry))
    gst_pad_push_event (entry, gst_video_event_new_upstream_force_key_unit (GST_CLOCK_TIME_NONE, TRUE, 0));
}
