/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "ahoy-call-quality.h"

static const struct
{
  double fraction_lost;
  double round_trip_s;
  AhoyNetworkQuality quality;
} limits[] = {
  { 0.01, 0.150, AHOY_NETWORK_QUALITY_EXCELLENT },
  { 0.03, 0.250, AHOY_NETWORK_QUALITY_GOOD },
  { 0.08, 0.400, AHOY_NETWORK_QUALITY_POOR },
  { 0.20, 0.800, AHOY_NETWORK_QUALITY_BAD },
};

AhoyNetworkQuality
ahoy_call_quality_rate (gboolean is_connected,
                        double   fraction_lost,
                        double   round_trip_s)
{
  if (!is_connected)
    return AHOY_NETWORK_QUALITY_DOWN;

  for (guint i = 0; i < G_N_ELEMENTS (limits); i++)
    {
      /* An unknown round trip is negative and says nothing. */
      if (fraction_lost < limits[i].fraction_lost && round_trip_s < limits[i].round_trip_s)
        return limits[i].quality;
    }
  return AHOY_NETWORK_QUALITY_VERY_BAD;
}

GVariant *
ahoy_call_quality_stats (const AhoyPeerStats *stats)
{
  GVariantDict dict;

  g_variant_dict_init (&dict, NULL);
  g_variant_dict_insert (&dict, "bytesSent", "t", stats->bytes_sent);
  g_variant_dict_insert (&dict, "bytesReceived", "t", stats->bytes_received);
  g_variant_dict_insert (&dict, "packetsSent", "t", stats->packets_sent);
  g_variant_dict_insert (&dict, "packetsReceived", "t", stats->packets_received);
  g_variant_dict_insert (&dict, "packetsLost", "x", stats->packets_lost);
  g_variant_dict_insert (&dict, "audioPacketsReceived", "t", stats->audio_packets_received);
  g_variant_dict_insert (&dict, "videoPacketsReceived", "t", stats->video_packets_received);
  g_variant_dict_insert (&dict, "totalAudioEnergy", "d", stats->audio_energy);
  g_variant_dict_insert (&dict, "totalSamplesDuration", "d", stats->audio_seconds);
  g_variant_dict_insert (&dict, "framesEncoded", "t", stats->frames_sent);
  g_variant_dict_insert (&dict, "framesReceived", "t", stats->frames_received);
  g_variant_dict_insert (&dict, "framesDecoded", "t", stats->frames_decoded);
  g_variant_dict_insert (&dict, "frameWidth", "i", stats->frame_width);
  g_variant_dict_insert (&dict, "frameHeight", "i", stats->frame_height);
  g_variant_dict_insert (&dict, "framesPerSecond", "d", stats->frames_per_second);
  g_variant_dict_insert (&dict, "sendBitrate", "d", stats->send_bitrate);
  g_variant_dict_insert (&dict, "receiveBitrate", "d", stats->receive_bitrate);
  g_variant_dict_insert (&dict, "roundTripTime", "d", stats->round_trip_time);
  g_variant_dict_insert (&dict, "jitter", "d", stats->jitter);
  g_variant_dict_insert (&dict, "fractionLost", "d", stats->fraction_lost);
  g_variant_dict_insert (&dict, "nackCount", "u", stats->nack_count);
  g_variant_dict_insert (&dict, "pliCount", "u", stats->pli_count);
  g_variant_dict_insert (&dict, "targetBitrate", "d", stats->target_bitrate);
  if (stats->path)
    g_variant_dict_insert (&dict, "path", "s", stats->path);
  return g_variant_dict_end (&dict);
}
