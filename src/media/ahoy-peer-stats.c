/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "ahoy-peer-stats.h"

#include "ahoy-video-codec.h"

#include <string.h>

void
ahoy_peer_rates_init (AhoyPeerRates *self)
{
  self->round_trip_time = -1;
}

/* Our own report blocks come back from the far end: they tell the time of the round trip. */
static void
read_source (AhoyPeerRates      *self,
             const GstStructure *source,
             guint64            *expected,
             guint64            *lost)
{
  gboolean internal = FALSE, is_sender = FALSE, have_block = FALSE;
  guint round_trip = 0, jitter = 0;
  int packets_lost = 0, clock_rate = 0;
  guint64 received = 0;

  gst_structure_get_boolean (source, "internal", &internal);
  gst_structure_get_boolean (source, "is-sender", &is_sender);
  gst_structure_get_boolean (source, "have-rb", &have_block);
  if (internal)
    return;

  if (have_block && gst_structure_get_uint (source, "rb-round-trip", &round_trip) && round_trip > 0)
    self->round_trip_time = round_trip / 65536.0;
  if (!is_sender)
    return;

  gst_structure_get_uint64 (source, "packets-received", &received);
  gst_structure_get_int (source, "packets-lost", &packets_lost);
  gst_structure_get_int (source, "clock-rate", &clock_rate);
  if (gst_structure_get_uint (source, "jitter", &jitter) && clock_rate > 0)
    self->jitter = MAX (self->jitter, (double) jitter / clock_rate);
  *expected += received + MAX (packets_lost, 0);
  *lost += MAX (packets_lost, 0);
}

static void
read_session (AhoyPeerRates  *self,
              AhoyPeerShared *shared)
{
  g_autoptr (GObject) session = NULL;
  g_autoptr (GstStructure) stats = NULL;
  const GValue *value;
  GValueArray *sources;
  guint64 expected = 0, lost = 0;

  g_mutex_lock (&shared->mutex);
  g_set_object (&session, shared->rtp_session);
  g_mutex_unlock (&shared->mutex);
  if (session == NULL)
    return;

  g_object_get (session, "stats", &stats, NULL);
  value = stats ? gst_structure_get_value (stats, "source-stats") : NULL;
  sources = value ? g_value_get_boxed (value) : NULL;
  self->jitter = 0;
  for (guint i = 0; sources && i < sources->n_values; i++)
    {
      const GstStructure *source;

      G_GNUC_BEGIN_IGNORE_DEPRECATIONS
      source = g_value_get_boxed (g_value_array_get_nth (sources, i));
      G_GNUC_END_IGNORE_DEPRECATIONS
      if (source)
        read_source (self, source, &expected, &lost);
    }

  self->packets_lost = lost;
  if (expected > self->expected + 100)
    {
      self->fraction_lost = lost > self->lost ? (double) (lost - self->lost) / (expected - self->expected) : 0;
      self->expected = expected;
      self->lost = lost;
    }
}

void
ahoy_peer_rates_update (AhoyPeerRates  *self,
                        AhoyPeerShared *shared)
{
  AhoyPeerCounters now;
  gint64 now_us = g_get_monotonic_time ();
  double seconds = (now_us - self->last_us) / (double) G_USEC_PER_SEC;

  ahoy_peer_shared_get_counters (shared, &now);
  if (self->last_us != 0 && seconds > 0)
    {
      self->frames_per_second = (now.frames_received - self->last.frames_received) / seconds;
      self->send_bitrate = 8 * (now.bytes_sent - self->last.bytes_sent) / seconds;
      self->receive_bitrate = 8 * (now.bytes_received - self->last.bytes_received) / seconds;
    }
  self->last = now;
  self->last_us = now_us;
  read_session (self, shared);
}

/* When the peer was closed a thread lets go of the outlet. */
static guint64
count_sent (AhoyPeerShared *shared)
{
  guint64 count;

  g_mutex_lock (&shared->mutex);
  count = shared->video_out ? ahoy_outlet_get_count (shared->video_out) : 0;
  g_mutex_unlock (&shared->mutex);

  return count;
}

void
ahoy_peer_rates_fill_stats (const AhoyPeerRates *self,
                            AhoyPeerShared      *shared,
                            AhoyPeerStats       *stats)
{
  static const char *const paths[] = { NULL, "host", "srflx", "srflx", "relay" };
  AhoyPeerCounters counters;
  int path = g_atomic_int_get (&shared->path);

  ahoy_peer_shared_get_counters (shared, &counters);
  *stats = (AhoyPeerStats) {
    .bytes_sent = counters.bytes_sent,
    .bytes_received = counters.bytes_received,
    .packets_sent = counters.packets_sent,
    .packets_received = counters.packets_received,
    .packets_lost = self->packets_lost,
    .audio_packets_received = counters.audio_packets,
    .video_packets_received = counters.video_packets,
    .audio_energy = counters.audio_energy,
    .audio_seconds = counters.audio_seconds,
    .frames_sent = count_sent (shared),
    .frames_received = counters.frames_received,
    .frames_decoded = counters.frames_decoded,
    .frame_width = counters.frame_width,
    .frame_height = counters.frame_height,
    .frames_per_second = self->frames_per_second,
    .send_bitrate = self->send_bitrate,
    .receive_bitrate = self->receive_bitrate,
    .round_trip_time = self->round_trip_time,
    .jitter = self->jitter,
    .fraction_lost = self->fraction_lost,
    .nack_count = ahoy_nack_sender_get_count (shared->nack),
    .pli_count = counters.pli_count,
    .path = path >= 0 && path < (int) G_N_ELEMENTS (paths) ? paths[path] : NULL,
  };
}

static void
append_number (GString    *json,
               const char *name,
               double      value)
{
  char number[G_ASCII_DTOSTR_BUF_SIZE];

  if (json->str[json->len - 1] != '{')
    g_string_append_c (json, ',');
  g_string_append_printf (json, "\"%s\":%s", name, g_ascii_formatd (number, sizeof number, "%.9g", value));
}

/* What webrtc-stats calls jitterBufferDelay is a sum over all emitted pictures; the buffer gives its mean. */
static void
append_buffer (GString        *json,
               AhoyPeerShared *shared,
               gboolean        is_audio,
               guint64         emitted)
{
  g_autoptr (GstElement) buffer = NULL;
  g_autoptr (GstStructure) stats = NULL;
  guint64 jitter = 0, lost = 0;

  g_mutex_lock (&shared->mutex);
  gst_object_replace ((GstObject **) &buffer, GST_OBJECT_CAST (is_audio ? shared->audio_buffer : shared->video_buffer));
  g_mutex_unlock (&shared->mutex);
  if (buffer == NULL)
    return;

  g_object_get (buffer, "stats", &stats, NULL);
  gst_structure_get_uint64 (stats, "avg-jitter", &jitter);
  gst_structure_get_uint64 (stats, "num-lost", &lost);
  append_number (json, "jitterBufferDelay", emitted * (jitter / (double) GST_SECOND));
  append_number (json, "packetsLost", lost);
  /* A lost packet of sound is 20 ms that were made up. */
  if (is_audio)
    append_number (json, "concealedSamples", lost * 960.0);
}

static void
append_in_video (GString                *json,
                 const AhoyPeerStats    *stats,
                 const AhoyPeerCounters *counters,
                 AhoyPeerShared         *shared)
{
  append_number (json, "frameWidth", stats->frame_width);
  append_number (json, "frameHeight", stats->frame_height);
  append_number (json, "framesPerSecond", stats->frames_per_second);
  append_number (json, "framesReceived", stats->frames_received);
  append_number (json, "framesDecoded", stats->frames_decoded);
  append_number (json, "bytesReceived", counters->video_bytes);
  append_number (json, "packetsReceived", counters->video_packets);
  append_number (json, "nackCount", stats->nack_count);
  append_number (json, "pliCount", stats->pli_count);
  append_number (json, "jitter", stats->jitter);
  append_number (json, "freezeCount", counters->freeze_count);
  append_number (json, "totalFreezesDuration", counters->freezes_us / (double) G_USEC_PER_SEC);
  append_buffer (json, shared, FALSE, stats->frames_received);
  g_string_append_printf (json, ",\"codec\":\"%s\"", ahoy_video_codec_get ()->name);
}

static void
append_out_video (GString                *json,
                  const AhoyPeerStats    *stats,
                  const AhoyPeerCounters *counters,
                  AhoyPeerShared         *shared)
{
  append_number (json, "framesEncoded", stats->frames_sent);
  append_number (json, "bytesSent", stats->bytes_sent);
  append_number (json, "packetsSent", stats->packets_sent);
  append_number (json, "targetBitrate", stats->target_bitrate);
  if (stats->round_trip_time >= 0)
    append_number (json, "roundTripTime", stats->round_trip_time);
  g_string_append_printf (json, ",\"codec\":\"%s\",\"encoder\":\"%.*s\",\"qualityLimitationReason\":\"none\"",
                          ahoy_video_codec_get ()->name, (int) strcspn (ahoy_video_codec_get ()->encoder, " "),
                          ahoy_video_codec_get ()->encoder);
}

static void
append_in_audio (GString                *json,
                 const AhoyPeerStats    *stats,
                 const AhoyPeerCounters *counters,
                 AhoyPeerShared         *shared)
{
  append_number (json, "bytesReceived", counters->audio_bytes);
  append_number (json, "packetsReceived", counters->audio_packets);
  append_number (json, "totalAudioEnergy", counters->audio_energy);
  append_number (json, "totalSamplesDuration", counters->audio_seconds);
  append_number (json, "jitter", stats->jitter);
  append_buffer (json, shared, TRUE, counters->audio_packets * 960);
  g_string_append (json, ",\"codec\":\"opus\"");
}

static void
append_out_audio (GString                *json,
                  const AhoyPeerStats    *stats,
                  const AhoyPeerCounters *counters,
                  AhoyPeerShared         *shared)
{
  append_number (json, "packetsSent", shared->audio_out ? ahoy_outlet_get_count (shared->audio_out) : 0);
  append_number (json, "targetBitrate", 32000);
  g_string_append (json, ",\"codec\":\"opus\",\"encoder\":\"opusenc\"");
}

char *
ahoy_peer_stats_to_json (GPtrArray *peers)
{
  static const struct
  {
    const char *name;
    void (*append) (GString                *json,
                    const AhoyPeerStats    *stats,
                    const AhoyPeerCounters *counters,
                    AhoyPeerShared         *shared);
  } sections[] = {
    { "in_video", append_in_video },
    { "in_audio", append_in_audio },
    { "out_video", append_out_video },
    { "out_audio", append_out_audio },
  };
  GString *json = g_string_new ("{");

  g_string_append_printf (json, "\"t\":%" G_GINT64_FORMAT, g_get_real_time () / 1000);
  for (guint s = 0; s < G_N_ELEMENTS (sections); s++)
    {
      g_string_append_printf (json, ",\"%s\":[", sections[s].name);
      for (guint i = 0; i < peers->len; i++)
        {
          AhoyPeer *peer = g_ptr_array_index (peers, i);
          AhoyPeerShared *shared = ahoy_peer_get_shared (peer);
          AhoyPeerCounters counters;
          AhoyPeerStats stats;

          ahoy_peer_get_stats (peer, &stats);
          ahoy_peer_shared_get_counters (shared, &counters);
          g_string_append (json, i > 0 ? ",{" : "{");
          sections[s].append (json, &stats, &counters, shared);
          g_string_append_c (json, '}');
        }
      g_string_append_c (json, ']');
    }
  g_string_append_c (json, '}');

  return g_string_free (json, FALSE);
}
