/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "ahoy-counter-strip.h"
#include "ahoy-fan-out.h"
#include "ahoy-liveness.h"
#include "ahoy-nack-sender.h"
#include "ahoy-peer-transport.h"
#include "ahoy-playback-input.h"
#include "ahoy-sdp-check.h"
#include "ahoy-sound-level.h"
#include "ahoy-video-codec.h"
#include "ahoy-video-settings.h"
#include "ahoy-video-track-private.h"

#include <math.h>
#include <string.h>

static void
draw_strip (guint8 *pixels,
            int     width,
            int     height,
            guint   counter,
            int     white,
            int     black)
{
  guint check = (counter ^ counter >> 4 ^ counter >> 8 ^ counter >> 12) & 15;

  for (int block = 0; block < 24; block++)
    {
      gboolean bit;

      if (block < 2 || block > 21)
        bit = block == 0 || block == 23;
      else if (block < 18)
        bit = counter >> (17 - block) & 1;
      else
        bit = check >> (21 - block) & 1;
      for (int y = 0; y < height * 2 / 45; y++)
        for (int x = block * width / 40; x < (block + 1) * width / 40; x++)
          pixels[y * width + x] = bit ? white : black;
    }
}

static void
test_counter_strip (void)
{
  static const int sizes[][2] = { { 320, 180 }, { 640, 360 }, { 1280, 720 }, { 426, 240 } };

  for (guint s = 0; s < G_N_ELEMENTS (sizes); s++)
    {
      int width = sizes[s][0], height = sizes[s][1];
      gsize size = (gsize) width * height;
      g_autofree guint8 *pixels = g_malloc (size);
      guint counter = 0;

      for (guint value = 0; value < 0x10000; value += 4099)
        {
          memset (pixels, 90, size);
          draw_strip (pixels, width, height, value, 215, 35);
          g_assert_true (ahoy_counter_strip_read (pixels, size, width, height, width, 1, 0, &counter));
          g_assert_cmpuint (counter, ==, value);
        }

      /* Too little contrast, no strip, a wrong check, too small a buffer. */
      draw_strip (pixels, width, height, 1234, 120, 90);
      g_assert_false (ahoy_counter_strip_read (pixels, size, width, height, width, 1, 0, &counter));
      memset (pixels, 90, size);
      g_assert_false (ahoy_counter_strip_read (pixels, size, width, height, width, 1, 0, &counter));
      draw_strip (pixels, width, height, 1234, 215, 35);
      for (int y = 0; y < height * 2 / 45; y++)
        memset (pixels + y * width + 5 * width / 40, 215, width / 40);
      g_assert_false (ahoy_counter_strip_read (pixels, size, width, height, width, 1, 0, &counter));
      draw_strip (pixels, width, height, 1234, 215, 35);
      g_assert_false (ahoy_counter_strip_read (pixels, width, width, height, width, 1, 0, &counter));
      g_assert_false (ahoy_counter_strip_read (pixels, size, 8, 8, 8, 1, 0, &counter));
    }
}

static void
test_liveness (void)
{
  AhoyLiveness live = { 0 };
  const gint64 s = G_USEC_PER_SEC;

  g_assert_cmpint (ahoy_liveness_judge (&live, 100 * s, 0), ==, AHOY_LIVENESS_WAITING);
  live.started_us = 100 * s;
  g_assert_cmpint (ahoy_liveness_judge (&live, 114 * s, 0), ==, AHOY_LIVENESS_WAITING);
  g_assert_cmpint (ahoy_liveness_judge (&live, 115 * s, 0), ==, AHOY_LIVENESS_DEAD);
  live.connected_us = 101 * s;
  g_assert_cmpint (ahoy_liveness_judge (&live, 102 * s, 0), ==, AHOY_LIVENESS_ALIVE);
  g_assert_cmpint (ahoy_liveness_judge (&live, 103 * s, 0), ==, AHOY_LIVENESS_LOST);
  g_assert_cmpint (ahoy_liveness_judge (&live, 200 * s, 199 * s), ==, AHOY_LIVENESS_ALIVE);
  g_assert_cmpint (ahoy_liveness_judge (&live, 201 * s, 199 * s), ==, AHOY_LIVENESS_LOST);
  g_assert_cmpint (ahoy_liveness_judge (&live, 202 * s, 202 * s), ==, AHOY_LIVENESS_ALIVE);
  g_assert_cmpint (ahoy_liveness_judge (&live, 214 * s, 199 * s), ==, AHOY_LIVENESS_DEAD);
}

static void
test_nack (void)
{
  static const guint16 seqnums[] = { 65534, 65535, 0, 14, 15, 300 };
  static const guint8 expected[] = {
    0x81, 205, 0, 5, 0, 0, 0, 1, 0, 0, 0, 2,
    0xff, 0xfe, 0x80, 0x03, /* 65534 with 65535, 0 and 14: 1, 2 and 16 after it */
    0x00, 0x0f, 0x00, 0x00,
    0x01, 0x2c, 0x00, 0x00,
  };
  g_autoptr (GByteArray) packet = g_byte_array_new ();
  guint16 many[400];

  g_assert_cmpuint (ahoy_nack_write (packet, 1, 2, seqnums, G_N_ELEMENTS (seqnums)), ==, 6);
  g_assert_cmpmem (packet->data, packet->len, expected, sizeof expected);

  /* More than fits: the rest goes into the next packet. */
  for (guint i = 0; i < G_N_ELEMENTS (many); i++)
    many[i] = i * 20;
  g_assert_cmpuint (ahoy_nack_write (packet, 1, 2, many, G_N_ELEMENTS (many)), ==, 100);
  g_assert_cmpuint (packet->len, ==, 12 + 400);
}

static void
test_bitrate (void)
{
  g_assert_cmpuint (ahoy_video_codec_target_bitrate (640, 360), ==, 500000);
  g_assert_cmpuint (ahoy_video_codec_target_bitrate (540, 960), ==, 850000);
  g_assert_cmpuint (ahoy_video_codec_target_bitrate (1280, 720), ==, 1200000);
  g_assert_cmpuint (ahoy_video_codec_target_bitrate (1920, 1080), ==, 2000000);
  /* Between them it grows with the size; beyond them it stays. */
  for (int width = 32; width < 2400; width += 16)
    g_assert_cmpuint (ahoy_video_codec_target_bitrate (width, width / 2), <=,
                      ahoy_video_codec_target_bitrate (width + 16, width / 2 + 8) + 20000);
  g_assert_cmpuint (ahoy_video_codec_target_bitrate (480, 360), >, 350000);
  g_assert_cmpuint (ahoy_video_codec_target_bitrate (480, 360), <, 500000);
  g_assert_cmpuint (ahoy_video_codec_target_bitrate (16, 16), ==, 100000);
  g_assert_cmpuint (ahoy_video_codec_target_bitrate (4096, 2160), ==, 2000000);
}

static void
count_change (GObject    *object,
              GParamSpec *pspec,
              GString    *changes)
{
  g_string_append_printf (changes, "%s ", pspec->name);
}

static void
test_video_settings (void)
{
  g_autoptr (AhoyVideoSettings) settings = ahoy_video_settings_new ();
  g_autoptr (GString) changes = g_string_new (NULL);
  AhoyVideoResolution resolution;
  int width, height;
  guint bitrate;

  g_signal_connect (settings, "notify", G_CALLBACK (count_change), changes);
  g_object_get (settings, "resolution", &resolution, "width", &width, "height", &height, "bitrate", &bitrate, NULL);
  g_assert_cmpint (resolution, ==, AHOY_VIDEO_RESOLUTION_720P);
  g_assert_cmpint (width, ==, 1280);
  g_assert_cmpint (height, ==, 720);
  g_assert_cmpuint (bitrate, ==, 1200000);
  g_assert_true (ahoy_video_settings_get_mirror (settings));

  g_object_set (settings, "resolution", AHOY_VIDEO_RESOLUTION_1080P, NULL);
  g_assert_nonnull (strstr (changes->str, "resolution"));
  g_assert_nonnull (strstr (changes->str, "width"));
  g_assert_nonnull (strstr (changes->str, "bitrate"));
  g_assert_cmpuint (ahoy_video_settings_get_bitrate (settings), ==, 2000000);
  g_string_set_size (changes, 0);
  ahoy_video_settings_set_resolution (settings, AHOY_VIDEO_RESOLUTION_1080P);
  ahoy_video_settings_set_mirror (settings, 2);
  g_assert_cmpstr (changes->str, ==, "");

  ahoy_video_settings_set_orientation (settings, AHOY_VIDEO_ORIENTATION_PORTRAIT);
  g_assert_cmpint (ahoy_video_settings_get_width (settings), ==, 1080);
  g_assert_cmpint (ahoy_video_settings_get_height (settings), ==, 1920);
  g_assert_null (strstr (changes->str, "bitrate"));
  ahoy_video_settings_set_mirror (settings, FALSE);
  g_assert_nonnull (strstr (changes->str, "mirror"));
  g_assert_false (ahoy_video_settings_get_mirror (settings));
}

static void
test_level (void)
{
  gint16 samples[480] = { 0 };

  g_assert_cmpint (ahoy_sound_level (samples, 0), ==, 0);
  g_assert_cmpint (ahoy_sound_level (samples, 480), ==, 0);
  for (guint i = 0; i < 480; i++)
    samples[i] = i % 2 ? 3277 : -3277; /* -20 dB */
  g_assert_cmpint (ahoy_sound_level (samples, 480), ==, 80);
  g_assert_cmpfloat_with_epsilon (ahoy_sound_power (samples, 480), 0.01, 0.0001);
  g_assert_cmpfloat (ahoy_sound_power (samples, 0), ==, 0);
  for (guint i = 0; i < 480; i++)
    samples[i] = i % 2 ? 32767 : -32768;
  g_assert_cmpint (ahoy_sound_level (samples, 480), ==, 100);
}

#define HEAD \
  "v=0\r\no=- 1 1 IN IP4 0.0.0.0\r\ns=-\r\nt=0 0\r\na=group:BUNDLE audio0 video1\r\n"
#define MEDIA(kind, mid, map) \
  "m=" kind "\r\nc=IN IP4 0.0.0.0\r\na=setup:actpass\r\na=ice-ufrag:abcd\r\na=ice-pwd:abcdefghijklmnopqrstuvwx\r\n" \
  "a=mid:" mid "\r\na=rtpmap:" map "\r\n" \
  "a=fingerprint:sha-256 00:11:22:33:44:55:66:77:88:99:AA:BB:CC:DD:EE:FF\r\n"
#define AUDIO MEDIA ("audio 9 UDP/TLS/RTP/SAVPF 111", "audio0", "111 OPUS/48000/2")
#define VIDEO MEDIA ("video 0 UDP/TLS/RTP/SAVPF 96", "video1", "96 VP8/90000")

static void
test_sdp (void)
{
  static const char *const bad[] = {
    "", "v=0", "hello", HEAD, HEAD AUDIO, HEAD VIDEO AUDIO, HEAD AUDIO VIDEO VIDEO,
    "v=0\r\no=- 1 1 IN IP4 0.0.0.0\r\ns=-\r\nt=0 0\r\n" AUDIO VIDEO,
    HEAD AUDIO MEDIA ("video 0 RTP/AVP 96", "video1", "96 VP8/90000"),
    HEAD AUDIO MEDIA ("video 0 UDP/TLS/RTP/SAVPF 1000", "video1", "96 VP8/90000"),
    HEAD AUDIO MEDIA ("video 0 UDP/TLS/RTP/SAVPF 96", "other", "96 VP8/90000"),
    HEAD AUDIO MEDIA ("video 0 UDP/TLS/RTP/SAVPF 96", "video1", "VP8"),
    HEAD AUDIO MEDIA ("video 0 UDP/TLS/RTP/SAVPF 96", "video1", "96 VP8/-1"),
    HEAD AUDIO MEDIA ("video 0 UDP/TLS/RTP/SAVPF", "video1", "96 VP8/90000"),
  };
  g_autoptr (GstSDPMessage) message = ahoy_sdp_check (HEAD AUDIO VIDEO);
  g_autofree char *huge = g_strnfill (100000, 'a');

  g_assert_nonnull (message);
  g_assert_null (ahoy_sdp_check (NULL));
  g_assert_null (ahoy_sdp_check (huge));
  for (guint i = 0; i < G_N_ELEMENTS (bad); i++)
    if (ahoy_sdp_check (bad[i]))
      g_error ("Taken for good: %s", bad[i]);
}

static void
test_candidate (void)
{
  g_assert_true (ahoy_sdp_check_candidate ("candidate:1 1 UDP 2015363327 192.0.2.1 40000 typ host"));
  g_assert_true (ahoy_sdp_check_candidate ("candidate:3 1 TCP 1015021823 192.0.2.1 9 typ host tcptype active"));
  g_assert_false (ahoy_sdp_check_candidate (NULL));
  g_assert_false (ahoy_sdp_check_candidate (""));
  g_assert_false (ahoy_sdp_check_candidate ("candidate:"));
  g_assert_false (ahoy_sdp_check_candidate ("candidate:1 1 UDP 2015363327 192.0.2.1 400000 typ host"));
  g_assert_false (ahoy_sdp_check_candidate ("candidate:1 7 UDP 2015363327 192.0.2.1 40000 typ host"));
  g_assert_false (ahoy_sdp_check_candidate ("candidate:1 1 UDP 2015363327 192.0.2.1 40000\ntyp host"));
}

static void
test_uris (void)
{
  gboolean turn;
  g_autofree char *stun = ahoy_peer_transport_convert_uri ("stun:stun.example.org:3478", &turn);
  g_autofree char *relay = NULL;
  g_autofree char *tcp = NULL;

  g_assert_cmpstr (stun, ==, "stun://stun.example.org:3478");
  g_assert_false (turn);
  relay = ahoy_peer_transport_convert_uri ("turn:12:ada:pa/ss+w=@turn.example.org:3478", &turn);
  g_assert_cmpstr (relay, ==, "turn://12:ada%3Apa%2Fss%2Bw%3D@turn.example.org:3478");
  g_assert_true (turn);
  tcp = ahoy_peer_transport_convert_uri ("turns:a:b%2Fc@h:1?transport=tcp", &turn);
  g_assert_cmpstr (tcp, ==, "turns://a:b%2Fc@h:1?transport=tcp");
  g_assert_null (ahoy_peer_transport_convert_uri ("http://example.org", &turn));
  g_assert_null (ahoy_peer_transport_convert_uri ("nonsense", &turn));
  g_assert_null (ahoy_peer_transport_convert_uri ("stun:", &turn));
  g_assert_null (ahoy_peer_transport_convert_uri ("turn:user@host", &turn));
}

static void
test_huge_pictures (void)
{
  guint8 picture[10] = { 0x10, 0, 0, 0x9d, 0x01, 0x2a, 0, 0, 0, 0 };
  static const struct
  {
    guint16 width, height;
    gboolean is_huge;
  } rows[] = {
    { 0, 0, FALSE }, { 16, 16, FALSE }, { 4096, 2304, FALSE }, { 2304, 4096, FALSE }, { 4096, 2305, TRUE },
    { 16383, 16383, TRUE }, { 16383, 64, FALSE }, { 0xc000 | 640, 0xc000 | 360, FALSE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      picture[6] = rows[i].width & 0xff;
      picture[7] = rows[i].width >> 8;
      picture[8] = rows[i].height & 0xff;
      picture[9] = rows[i].height >> 8;
      g_assert_cmpint (ahoy_video_codec_is_huge (picture, sizeof picture), ==, rows[i].is_huge);
    }
  memset (picture + 6, 0xff, 4);
  g_assert_true (ahoy_video_codec_is_huge (picture, sizeof picture));
  g_assert_false (ahoy_video_codec_is_huge (picture, 9));
  /* The others do not tell a size. */
  picture[0] |= 1;
  g_assert_false (ahoy_video_codec_is_huge (picture, sizeof picture));
}

static void
count_notify (int *count)
{
  *count += 1;
}

/* The newest picture wins, and is told once; without a watcher only the counter moves. */
static void
test_track (void)
{
  g_autoptr (AhoyVideoTrack) track = ahoy_video_track_new (TRUE);
  AhoyVideoMailbox *mailbox = ahoy_video_track_get_mailbox (track);
  g_autoptr (GBytes) pixels = g_bytes_new_take (g_malloc0 (12 * 2), 12 * 2);
  g_autoptr (AhoyVideoFrame) first = ahoy_video_frame_new (4, 2, 12, AHOY_PIXEL_FORMAT_RGB, pixels, 1);
  g_autoptr (AhoyVideoFrame) second = ahoy_video_frame_new (4, 2, 12, AHOY_PIXEL_FORMAT_RGB, pixels, 2);
  int told = 0;

  g_signal_connect_swapped (track, "notify::frame", G_CALLBACK (count_notify), &told);
  g_assert_false (ahoy_video_mailbox_is_watched (mailbox));
  g_assert_false (ahoy_video_mailbox_is_wanted (mailbox));
  ahoy_video_track_watch (track, AHOY_PIXEL_FORMAT_RGB);
  g_assert_true (ahoy_video_mailbox_is_watched (mailbox));
  ahoy_video_mailbox_note_streaming (mailbox, 4, 2);
  ahoy_video_mailbox_put_streaming (mailbox, first);
  ahoy_video_mailbox_note_streaming (mailbox, 4, 2);
  ahoy_video_mailbox_put_streaming (mailbox, second);
  while (g_main_context_iteration (NULL, FALSE))
    ;
  g_assert_cmpint (told, ==, 1);
  g_assert_true (ahoy_video_track_get_frame (track) == second);
  g_assert_cmpuint (ahoy_video_track_get_frame_count (track), ==, 2);
  g_assert_true (ahoy_video_track_get_active (track));
  ahoy_video_track_unwatch (track);
  g_assert_false (ahoy_video_mailbox_is_watched (mailbox));
  g_assert_true (ahoy_video_mailbox_is_wanted (mailbox));
  ahoy_video_track_clear (track);
  g_assert_null (ahoy_video_track_get_frame (track));
  g_assert_false (ahoy_video_track_get_active (track));
  g_assert_cmpint (told, ==, 2);
}

/* Sound that takes its time when it is read. */
typedef struct
{
  GstMemory memory;
  guint8 samples[960];
} SlowMemory;

typedef GstAllocator SlowAllocator;
typedef GstAllocatorClass SlowAllocatorClass;

GType slow_allocator_get_type (void);
G_DEFINE_TYPE (SlowAllocator, slow_allocator, GST_TYPE_ALLOCATOR)

static gpointer
map_slowly (GstMemory   *memory,
            gsize        size,
            GstMapFlags  flags)
{
  g_usleep (500);

  return ((SlowMemory *) memory)->samples;
}

static void
unmap (GstMemory *memory)
{
}

static void
free_slow_memory (GstAllocator *allocator,
                  GstMemory    *memory)
{
  g_free (memory);
}

static void
slow_allocator_class_init (SlowAllocatorClass *klass)
{
  klass->free = free_slow_memory;
}

static void
slow_allocator_init (SlowAllocator *self)
{
  self->mem_type = "Slow";
  self->mem_map = map_slowly;
  self->mem_unmap = unmap;
}

static GstBuffer *
make_slow_buffer (GstAllocator *allocator)
{
  SlowMemory *memory = g_new0 (SlowMemory, 1);
  GstBuffer *buffer = gst_buffer_new ();

  gst_memory_init (&memory->memory, 0, allocator, NULL, sizeof memory->samples, 0, 0, sizeof memory->samples);
  gst_buffer_append_memory (buffer, &memory->memory);
  GST_BUFFER_DURATION (buffer) = 10 * GST_MSECOND;

  return buffer;
}

#define N_VOICES 8
#define COMING_AND_GOING_US (3 * G_USEC_PER_SEC)

typedef struct
{
  AhoyPlaybackInput *voices[N_VOICES];
  gboolean is_over; /* atomic */
} Choir;

static gpointer
sing_streaming (gpointer data)
{
  g_autoptr (GstAllocator) allocator = gst_object_ref_sink (g_object_new (slow_allocator_get_type (), NULL));
  Choir *choir = data;

  while (!g_atomic_int_get (&choir->is_over))
    {
      for (guint i = 0; i < N_VOICES; i++)
        {
          GstBuffer *buffer = make_slow_buffer (allocator);

          ahoy_playback_input_push_streaming (choir->voices[i], buffer);
          gst_buffer_unref (buffer);
        }
      g_usleep (4000);
    }

  return NULL;
}

static guint
count_sink_pads (GstElement *mixer)
{
  guint n_pads;

  GST_OBJECT_LOCK (mixer);
  n_pads = mixer->numsinkpads;
  GST_OBJECT_UNLOCK (mixer);

  return n_pads;
}

/* Voices come and go while the others are mixed: none is taken from the mixer while it walks along them, which was a
 * crash now and then, and in the end none is left. */
static void
test_voices (void)
{
  g_autoptr (GstElement) pipeline = gst_parse_launch (
    "audiomixer name=mix force-live=true ignore-inactive-pads=true latency=10000000 output-buffer-duration=10000000 ! "
    "audio/x-raw,format=S16LE,rate=48000,channels=1,layout=interleaved ! fakesink sync=false",
    NULL);
  g_autoptr (GstElement) mixer = gst_bin_get_by_name (GST_BIN (pipeline), "mix");
  Choir choir = { { NULL }, FALSE };
  gint64 until;
  GThread *singer;

  for (guint i = 0; i < N_VOICES; i++)
    {
      choir.voices[i] = ahoy_playback_input_new ();
      ahoy_playback_input_attach (choir.voices[i], GST_BIN (pipeline), mixer);
    }
  gst_element_set_state (pipeline, GST_STATE_PLAYING);
  singer = g_thread_new ("singer", sing_streaming, &choir);
  until = g_get_monotonic_time () + COMING_AND_GOING_US;
  for (guint i = 0; g_get_monotonic_time () < until; i++)
    {
      ahoy_playback_input_detach (choir.voices[i % N_VOICES]);
      ahoy_playback_input_attach (choir.voices[i % N_VOICES], GST_BIN (pipeline), mixer);
    }
  g_atomic_int_set (&choir.is_over, TRUE);
  g_thread_join (singer);
  for (guint i = 0; i < N_VOICES; i++)
    ahoy_playback_input_detach (choir.voices[i]);
  until = g_get_monotonic_time () + 10 * G_USEC_PER_SEC;
  while (count_sink_pads (mixer) > 0 && g_get_monotonic_time () < until)
    g_usleep (1000);
  g_assert_cmpuint (count_sink_pads (mixer), ==, 0);

  gst_element_set_state (pipeline, GST_STATE_NULL);
  for (guint i = 0; i < N_VOICES; i++)
    ahoy_playback_input_unref (choir.voices[i]);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  gst_init (NULL, NULL);
  g_test_add_func ("/media/counter-strip", test_counter_strip);
  g_test_add_func ("/media/liveness", test_liveness);
  g_test_add_func ("/media/nack", test_nack);
  g_test_add_func ("/media/sound-level", test_level);
  g_test_add_func ("/media/bitrate", test_bitrate);
  g_test_add_func ("/media/video-settings", test_video_settings);
  g_test_add_func ("/media/sdp", test_sdp);
  g_test_add_func ("/media/candidate", test_candidate);
  g_test_add_func ("/media/uris", test_uris);
  g_test_add_func ("/media/huge-pictures", test_huge_pictures);
  g_test_add_func ("/media/track", test_track);
  g_test_add_func ("/media/voices", test_voices);

  return g_test_run ();
}
