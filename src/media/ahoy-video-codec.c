/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "ahoy-video-codec.h"

#include <math.h>

/* 4096 by 2304, in any shape: more would take hundreds of megabytes to decode. */
#define MAX_PIXELS (4096 * 2304)

/* One thread each: the threads of libvpx spin while they wait for each other. A negative speed is taken as it is; a
 * positive one lets the encoder use up the time that it has, which is twice the work for pictures that are hardly
 * better. */
static const AhoyVideoCodec vp8 = {
  .name = "VP8",
  .encoder = "vp8enc name=encoder deadline=1 cpu-used=-6 threads=1 end-usage=cbr keyframe-max-dist=3000 "
             "error-resilient=1 lag-in-frames=0",
  .bitrate_name = "target-bitrate",
  .bitrate_unit = 1,
  .caps = "video/x-vp8",
  .payloader = "rtpvp8pay picture-id-mode=15-bit mtu=1200 ! "
               "capsfilter caps=application/x-rtp,media=video,encoding-name=VP8,payload=96,clock-rate=90000",
  .depayloader = "rtpvp8depay name=pictures request-keyframe=true wait-for-keyframe=true",
  .decoder = "vp8dec threads=1",
  .elements = { "vp8enc", "vp8dec", "rtpvp8pay", "rtpvp8depay" },
};

static const AhoyVideoCodec h264 = {
  .name = "H264",
  .encoder = "openh264enc name=encoder usage-type=camera complexity=low rate-control=bitrate gop-size=300 ! "
             "video/x-h264,profile=constrained-baseline ! h264parse config-interval=-1 ! "
             "video/x-h264,stream-format=byte-stream,alignment=au",
  .bitrate_name = "bitrate",
  .bitrate_unit = 1,
  .caps = "video/x-h264,stream-format=byte-stream,alignment=au,profile=constrained-baseline",
  .payloader = "rtph264pay aggregate-mode=zero-latency config-interval=-1 mtu=1200 ! "
               "capsfilter caps=application/x-rtp,media=video,encoding-name=H264,payload=102,clock-rate=90000",
  .depayloader = "rtph264depay request-keyframe=true wait-for-keyframe=true ! h264parse name=pictures",
  .decoder = "openh264dec",
  .elements = { "openh264enc", "openh264dec", "rtph264pay", "rtph264depay", "h264parse" },
};

const AhoyVideoCodec *
ahoy_video_codec_get (void)
{
  const char *name = g_getenv ("AHOY_TEST_CODEC");

  return name && g_ascii_strcasecmp (name, "H264") == 0 ? &h264 : &vp8;
}

gboolean
ahoy_video_codec_read_size (const guint8 *picture,
                            gsize         size,
                            int          *width,
                            int          *height)
{
  /* RFC 6386, 9.1: only a key frame, whose lowest bit is 0, tells its size, after three bytes and a mark. */
  if (size < 10 || (picture[0] & 1) != 0 || picture[3] != 0x9d || picture[4] != 0x01 || picture[5] != 0x2a)
    return FALSE;

  *width = (picture[6] | picture[7] << 8) & 0x3fff;
  *height = (picture[8] | picture[9] << 8) & 0x3fff;

  return TRUE;
}

gboolean
ahoy_video_codec_is_huge (const guint8 *picture,
                          gsize         size)
{
  int width, height;

  return ahoy_video_codec_read_size (picture, size, &width, &height) && width * height > MAX_PIXELS;
}

guint
ahoy_video_codec_target_bitrate (int width,
                                 int height)
{
  static const struct
  {
    int pixels;
    guint bitrate;
  } recommended[] = {
    { 640 * 360, 500000 },
    { 960 * 540, 850000 },
    { 1280 * 720, 1200000 },
    { 1920 * 1080, 2000000 },
  };
  int pixels = width * height;

  for (guint i = 0; i < G_N_ELEMENTS (recommended); i++)
    if (recommended[i].pixels == pixels)
      return recommended[i].bitrate;

  /* Big pictures need fewer bits a pixel than small ones: the curve through the sizes above. */
  return CLAMP (500000 * pow (pixels / (640.0 * 360.0), 0.63), 100000, 2000000);
}
