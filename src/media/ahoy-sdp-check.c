/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "ahoy-sdp-check.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define MAX_SDP_SIZE (32 * 1024)
#define MAX_CANDIDATE_SIZE 512

/* An attribute may stand in the section or once for the whole description. */
static const char *
find_attribute (const GstSDPMessage *message,
                const GstSDPMedia   *media,
                const char          *name)
{
  const char *value = gst_sdp_media_get_attribute_val (media, name);

  return value ? value : gst_sdp_message_get_attribute_val (message, name);
}

static gboolean
is_fingerprint (const char *value)
{
  gsize n = value ? strlen (value) : 0;

  if (n < 20 || n > 256 || strchr (value, ' ') == NULL)
    return FALSE;

  return strspn (strchr (value, ' ') + 1, "0123456789abcdefABCDEF:") == strlen (strchr (value, ' ') + 1);
}

static gboolean
is_ice_word (const char *value,
             gsize       at_least)
{
  gsize n = value ? strlen (value) : 0;

  return n >= at_least && n <= 256 &&
         strspn (value, "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/") == n;
}

static gboolean
is_payload_type (const char *text)
{
  gsize n = strlen (text);

  return n >= 1 && n <= 3 && strspn (text, "0123456789") == n && atoi (text) <= 127;
}

static gboolean
check_rtpmaps (const GstSDPMedia *media)
{
  for (guint i = 0; i < gst_sdp_media_attributes_len (media); i++)
    {
      const GstSDPAttribute *attribute = gst_sdp_media_get_attribute (media, i);
      int pt, rate;
      char encoding[32];

      if (strcmp (attribute->key, "rtpmap") == 0 &&
          (attribute->value == NULL || sscanf (attribute->value, "%d %31[^/]/%d", &pt, encoding, &rate) != 3 ||
           pt < 0 || pt > 127 || rate < 1000 || rate > 192000))
        return FALSE;
      if (strcmp (attribute->key, "ssrc") == 0 && (attribute->value == NULL || !g_ascii_isdigit (attribute->value[0])))
        return FALSE;
    }

  return TRUE;
}

static gboolean
check_media (const GstSDPMessage *message,
             const GstSDPMedia   *media,
             const char          *kind)
{
  const char *mid = gst_sdp_media_get_attribute_val (media, "mid");
  const char *setup = find_attribute (message, media, "setup");

  if (g_strcmp0 (gst_sdp_media_get_media (media), kind) != 0 ||
      g_strcmp0 (gst_sdp_media_get_proto (media), "UDP/TLS/RTP/SAVPF") != 0 ||
      gst_sdp_media_formats_len (media) == 0 || gst_sdp_media_formats_len (media) > 64 ||
      gst_sdp_media_connections_len (media) > 1)
    return FALSE;

  for (guint i = 0; i < gst_sdp_media_formats_len (media); i++)
    if (!is_payload_type (gst_sdp_media_get_format (media, i)))
      return FALSE;

  if (mid == NULL || *mid == '\0' || strlen (mid) > 32 || setup == NULL ||
      !g_strv_contains ((const char *const[]){ "actpass", "active", "passive", NULL }, setup))
    return FALSE;

  return is_ice_word (find_attribute (message, media, "ice-ufrag"), 4) &&
         is_ice_word (find_attribute (message, media, "ice-pwd"), 22) &&
         is_fingerprint (find_attribute (message, media, "fingerprint")) && check_rtpmaps (media);
}

static gboolean
check_bundle (const GstSDPMessage *message)
{
  const char *group = gst_sdp_message_get_attribute_val (message, "group");
  g_auto (GStrv) words = NULL;

  if (group == NULL || !g_str_has_prefix (group, "BUNDLE "))
    return FALSE;

  words = g_strsplit (group, " ", 16);
  for (guint i = 0; i < 2; i++)
    {
      const char *mid = gst_sdp_media_get_attribute_val (gst_sdp_message_get_media (message, i), "mid");

      if (!g_strv_contains ((const char *const *) words + 1, mid))
        return FALSE;
    }

  return TRUE;
}

GstSDPMessage *
ahoy_sdp_check (const char *text)
{
  g_autoptr (GstSDPMessage) message = NULL;

  if (text == NULL || strlen (text) > MAX_SDP_SIZE || !g_str_has_prefix (text, "v=0") || !g_utf8_validate (text, -1, NULL))
    return NULL;

  if (gst_sdp_message_new_from_text (text, &message) != GST_SDP_OK)
    return NULL;

  if (gst_sdp_message_medias_len (message) != 2 ||
      !check_media (message, gst_sdp_message_get_media (message, 0), "audio") ||
      !check_media (message, gst_sdp_message_get_media (message, 1), "video") ||
      !check_bundle (message))
    return NULL;

  return g_steal_pointer (&message);
}

gboolean
ahoy_sdp_check_candidate (const char *text)
{
  g_auto (GStrv) words = NULL;

  if (text == NULL || strlen (text) > MAX_CANDIDATE_SIZE || !g_str_has_prefix (text, "candidate:"))
    return FALSE;

  for (const char *p = text; *p; p++)
    if (!g_ascii_isprint (*p))
      return FALSE;

  /* foundation, component, transport, priority, address, port, "typ", type */
  words = g_strsplit (text, " ", 64);

  return g_strv_length (words) >= 8 && (g_str_equal (words[1], "1") || g_str_equal (words[1], "2")) &&
         atoi (words[5]) >= 0 && atoi (words[5]) <= 65535 && g_str_equal (words[6], "typ") &&
         strlen (words[4]) >= 2;
}
