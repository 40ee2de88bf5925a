/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "ahoy-peer-send.h"

#include "ahoy-peer-streaming.h"
#include "ahoy-video-codec.h"

char *
ahoy_peer_send_describe (guint jitter_buffer_ms)
{
  const AhoyVideoCodec *codec = ahoy_video_codec_get ();

  return g_strdup_printf (
    "webrtcbin name=wb bundle-policy=max-bundle latency=%u "
    "appsrc name=audio is-live=true format=time min-latency=0 max-bytes=0 "
    "caps=audio/x-opus,channel-mapping-family=0,channels=1,rate=48000 ! rtpopuspay ! "
    "capsfilter caps=application/x-rtp,media=audio,encoding-name=OPUS,payload=111,clock-rate=48000,"
    "encoding-params=(string)2 ! wb.sink_0 "
    "appsrc name=video is-live=true format=time min-latency=0 max-bytes=0 caps=%s ! %s ! wb.sink_1",
    jitter_buffer_ms, codec->caps, codec->payloader);
}

void
ahoy_peer_send_build (GstBin         *bin,
                      AhoyPeerShared *shared)
{
  g_autoptr (GstElement) audio = gst_bin_get_by_name (bin, "audio");
  g_autoptr (GstElement) video = gst_bin_get_by_name (bin, "video");
  g_autoptr (GstPad) pad = gst_element_get_static_pad (video, "src");

  shared->audio_out = ahoy_outlet_new (audio, FALSE);
  shared->video_out = ahoy_outlet_new (video, TRUE);
  ahoy_peer_streaming_watch_requests (pad, shared);
}

static AhoyFanOut *
get_video_fan_out (AhoyMedia *media)
{
  return ahoy_video_encoder_get_fan_out (ahoy_capture_video_get_encoder (ahoy_media_get_capture_video (media)));
}

void
ahoy_peer_send_attach (AhoyMedia      *media,
                       AhoyPeerShared *shared)
{
  ahoy_fan_out_add (ahoy_capture_audio_get_fan_out (ahoy_media_get_capture_audio (media)), shared->audio_out);
  ahoy_fan_out_add (get_video_fan_out (media), shared->video_out);
}

void
ahoy_peer_send_detach (AhoyMedia      *media,
                       AhoyPeerShared *shared)
{
  ahoy_fan_out_remove (ahoy_capture_audio_get_fan_out (ahoy_media_get_capture_audio (media)), shared->audio_out);
  ahoy_fan_out_remove (get_video_fan_out (media), shared->video_out);
}
