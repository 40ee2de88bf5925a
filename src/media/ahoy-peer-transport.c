/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "ahoy-peer-transport.h"

#include <nice/nice.h>
#include <string.h>

/* How long the jitter buffers wait for a repaired packet before they give it up. For sound it is short: a
 * missing packet is concealed, waiting for it is heard. */
#define AUDIO_BUFFER_MS 60

#define AUDIO_PAYLOAD_TYPE 111

/* A call has three: sound, picture, repairs. Each has a buffer with a thread of its own. */
#define MAX_STREAMS 12

static gboolean
is_rtp (GstBuffer *buffer)
{
  guint8 first;

  /* RFC 7983: 128 to 191 is RTP and RTCP; below is DTLS and the like. */
  return gst_buffer_extract (buffer, 0, &first, 1) == 1 && first >= 128 && first <= 191;
}

static void
count_buffer (GstBuffer *buffer,
              guint     *packets,
              guint     *bytes)
{
  if (is_rtp (buffer))
    {
      *packets += 1;
      *bytes += gst_buffer_get_size (buffer);
    }
}

static void
count_info (GstPadProbeInfo *info,
            guint           *packets,
            guint           *bytes)
{
  if (GST_PAD_PROBE_INFO_TYPE (info) & GST_PAD_PROBE_TYPE_BUFFER_LIST)
    {
      GstBufferList *list = GST_PAD_PROBE_INFO_BUFFER_LIST (info);

      for (guint i = 0; i < gst_buffer_list_length (list); i++)
        count_buffer (gst_buffer_list_get (list, i), packets, bytes);
    }
  else
    {
      count_buffer (GST_PAD_PROBE_INFO_BUFFER (info), packets, bytes);
    }
}

static GstPadProbeReturn
on_arrived_streaming (GstPad          *pad,
                      GstPadProbeInfo *info,
                      gpointer         data)
{
  AhoyPeerShared *shared = data;
  guint packets = 0, bytes = 0;

  count_info (info, &packets, &bytes);
  if (packets > 0)
    {
      g_mutex_lock (&shared->mutex);
      shared->counters.packets_received += packets;
      shared->counters.bytes_received += bytes;
      shared->counters.last_packet_us = g_get_monotonic_time ();
      g_mutex_unlock (&shared->mutex);
    }

  return GST_PAD_PROBE_OK;
}

static GstPadProbeReturn
on_sent_streaming (GstPad          *pad,
                   GstPadProbeInfo *info,
                   gpointer         data)
{
  AhoyPeerShared *shared = data;
  guint packets = 0, bytes = 0;

  count_info (info, &packets, &bytes);
  if (packets > 0)
    {
      g_mutex_lock (&shared->mutex);
      shared->counters.packets_sent += packets;
      shared->counters.bytes_sent += bytes;
      g_mutex_unlock (&shared->mutex);
    }

  return GST_PAD_PROBE_OK;
}

static void
add_probe (GstElement       *element,
           const char       *pad_name,
           GstPadProbeType   type,
           GstPadProbeCallback callback,
           AhoyPeerShared   *shared)
{
  g_autoptr (GstPad) pad = gst_element_get_static_pad (element, pad_name);

  if (pad)
    gst_pad_add_probe (pad, type, callback, ahoy_peer_shared_ref (shared), (GDestroyNotify) ahoy_peer_shared_unref);
}

/* webrtcbin gives both buffers the settings of the picture; only the first packet tells which one is which. */
static GstPadProbeReturn
on_first_packet_streaming (GstPad          *pad,
                           GstPadProbeInfo *info,
                           gpointer         data)
{
  AhoyPeerShared *shared = data;
  g_autoptr (GstElement) buffer = gst_pad_get_parent_element (pad);
  guint8 header[2];
  GstBuffer *packet = GST_PAD_PROBE_INFO_TYPE (info) & GST_PAD_PROBE_TYPE_BUFFER_LIST
                        ? gst_buffer_list_get (GST_PAD_PROBE_INFO_BUFFER_LIST (info), 0)
                        : GST_PAD_PROBE_INFO_BUFFER (info);
  gboolean is_audio;

  if (buffer == NULL || packet == NULL || gst_buffer_extract (packet, 0, header, 2) != 2)
    return GST_PAD_PROBE_OK;

  is_audio = (header[1] & 0x7f) == AUDIO_PAYLOAD_TYPE;
  if (is_audio)
    g_object_set (buffer, "latency", AUDIO_BUFFER_MS, "do-retransmission", FALSE, NULL);

  g_mutex_lock (&shared->mutex);
  gst_object_replace ((GstObject **) (is_audio ? &shared->audio_buffer : &shared->video_buffer), GST_OBJECT (buffer));
  g_mutex_unlock (&shared->mutex);

  return GST_PAD_PROBE_REMOVE;
}

static GstPadProbeReturn
on_retransmission_request_streaming (GstPad          *pad,
                                     GstPadProbeInfo *info,
                                     gpointer         data)
{
  AhoyPeerShared *shared = data;
  const GstStructure *structure = gst_event_get_structure (GST_PAD_PROBE_INFO_EVENT (info));
  guint seqnum, ssrc;

  if (structure == NULL || !gst_structure_has_name (structure, "GstRTPRetransmissionRequest") ||
      !gst_structure_get_uint (structure, "seqnum", &seqnum) || !gst_structure_get_uint (structure, "ssrc", &ssrc))
    return GST_PAD_PROBE_OK;

  /* Before the sender runs it is lost, and asked again: the session would send it when that is no use any more. */
  ahoy_nack_sender_request_streaming (shared->nack, ssrc, seqnum);

  return GST_PAD_PROBE_DROP;
}

static void
on_session_pad_added_streaming (GstElement     *session,
                                GstPad         *pad,
                                AhoyPeerShared *shared)
{
  if (g_str_equal (GST_PAD_NAME (pad), "recv_rtp_src"))
    gst_pad_add_probe (pad, GST_PAD_PROBE_TYPE_EVENT_UPSTREAM, on_retransmission_request_streaming,
                       ahoy_peer_shared_ref (shared), (GDestroyNotify) ahoy_peer_shared_unref);
}

static void
tune_session (GstElement     *element,
              AhoyPeerShared *shared)
{
  g_autoptr (GObject) session = NULL;

  g_object_get (element, "internal-session", &session, NULL);
  /* Feedback is small and urgent: it must not wait for its share of an estimated rate. */
  g_object_set (session,
                "bandwidth", 20000000.0,
                "rtcp-reduced-size", TRUE,
                "rtcp-min-interval", (guint64) GST_SECOND,
                NULL);
  g_signal_connect_data (element, "pad-added", G_CALLBACK (on_session_pad_added_streaming),
                         ahoy_peer_shared_ref (shared), ahoy_peer_shared_unref_notify, 0);

  g_mutex_lock (&shared->mutex);
  g_set_object (&shared->rtp_session, session);
  g_mutex_unlock (&shared->mutex);
}

static void
on_element_added_streaming (GstBin         *bin,
                            GstBin         *sub_bin,
                            GstElement     *element,
                            AhoyPeerShared *shared)
{
  const GstPadProbeType buffers = GST_PAD_PROBE_TYPE_BUFFER | GST_PAD_PROBE_TYPE_BUFFER_LIST;
  GstElementFactory *factory = gst_element_get_factory (element);
  const char *name = factory ? GST_OBJECT_NAME (factory) : "";

  if (g_str_equal (name, "rtpjitterbuffer"))
    {
      /* A repaired packet is worth waiting for, one that is merely not there yet is not asked for. */
      g_object_set (element,
                    "faststart-min-packets", 1,
                    "rtx-next-seqnum", FALSE,
                    "rtx-delay", 8,
                    "rtx-retry-timeout", 60,
                    "rtx-retry-period", 400,
                    NULL);
      add_probe (element, "sink", buffers, on_first_packet_streaming, shared);
    }
  else if (g_str_equal (name, "clocksync"))
    {
      g_object_set (element, "sync", FALSE, NULL);
    }
  else if (g_str_equal (name, "nicesrc"))
    {
      add_probe (element, "src", buffers, on_arrived_streaming, shared);
    }
  else if (g_str_equal (name, "nicesink"))
    {
      add_probe (element, "sink", buffers, on_sent_streaming, shared);
    }
  else if (g_str_equal (name, "rtpsession"))
    {
      tune_session (element, shared);
    }
}

void
ahoy_peer_transport_watch (GstElement     *pipeline,
                           AhoyPeerShared *shared)
{
  g_signal_connect_data (pipeline, "deep-element-added", G_CALLBACK (on_element_added_streaming),
                         ahoy_peer_shared_ref (shared), ahoy_peer_shared_unref_notify, 0);
}

void
ahoy_peer_transport_ask_repairs (GstElement *webrtcbin)
{
  g_autoptr (GArray) transceivers = NULL;

  g_signal_emit_by_name (webrtcbin, "get-transceivers", &transceivers);
  if (transceivers && transceivers->len == 2)
    g_object_set (g_array_index (transceivers, GObject *, 1), "do-nack", TRUE, NULL);
}

char *
ahoy_peer_transport_convert_uri (const char *uri,
                                 gboolean   *is_turn)
{
  const char *rest, *at, *colon;
  g_autofree char *user = NULL;
  g_autofree char *password = NULL;
  g_autofree char *user_escaped = NULL;
  g_autofree char *password_escaped = NULL;
  g_autofree char *scheme = NULL;

  rest = strchr (uri, ':');
  if (rest == NULL)
    return NULL;

  scheme = g_strndup (uri, rest - uri);
  rest++;
  if (g_str_has_prefix (rest, "//"))
    rest += 2;
  *is_turn = g_str_equal (scheme, "turn") || g_str_equal (scheme, "turns");
  if (*rest == '\0' || (!*is_turn && !g_str_equal (scheme, "stun")))
    return NULL;
  if (!*is_turn)
    return g_strconcat ("stun://", rest, NULL);

  at = strrchr (rest, '@');
  if (at == NULL)
    return g_strconcat (scheme, "://", rest, NULL);
  colon = memchr (rest, ':', at - rest);
  if (colon == NULL)
    return NULL;

  /* Names and passwords of TURN carry characters that mean something in a URI. */
  user = g_uri_unescape_segment (rest, colon, NULL);
  password = g_uri_unescape_segment (colon + 1, at, NULL);
  user_escaped = g_uri_escape_string (user ? user : "", NULL, FALSE);
  password_escaped = g_uri_escape_string (password ? password : "", NULL, FALSE);

  return g_strconcat (scheme, "://", user_escaped, ":", password_escaped, at, NULL);
}

void
ahoy_peer_transport_setup (GstElement        *webrtcbin,
                           const char *const *ice_uris,
                           gboolean           relay_only)
{
  g_autoptr (GstElement) rtpbin = gst_bin_get_by_name (GST_BIN (webrtcbin), "rtpbin");
  g_autoptr (GObject) ice = NULL;
  g_autoptr (GObject) agent = NULL;

  if (rtpbin)
    g_object_set (rtpbin, "max-streams", MAX_STREAMS, NULL);
  for (guint i = 0; ice_uris && ice_uris[i]; i++)
    {
      gboolean is_turn = FALSE, added;
      g_autofree char *uri = ahoy_peer_transport_convert_uri (ice_uris[i], &is_turn);

      if (uri && is_turn)
        g_signal_emit_by_name (webrtcbin, "add-turn-server", uri, &added);
      else if (uri)
        g_object_set (webrtcbin, "stun-server", uri, NULL);
    }
  if (relay_only)
    g_object_set (webrtcbin, "ice-transport-policy", GST_WEBRTC_ICE_TRANSPORT_POLICY_RELAY, NULL);

  g_object_get (webrtcbin, "ice-agent", &ice, NULL);
  if (ice)
    g_object_get (ice, "agent", &agent, NULL);
  if (agent)
    g_object_set (agent, "stun-pacing-timer", 5, "upnp", FALSE, NULL);
}

static void
on_selected_pair_streaming (GObject        *agent,
                            guint           stream_id,
                            guint           component_id,
                            NiceCandidate  *local,
                            NiceCandidate  *remote,
                            AhoyPeerShared *shared)
{
  g_atomic_int_set (&shared->path, local->type + 1);
}

static void
watch_path (GstElement     *webrtcbin,
            AhoyPeerShared *shared)
{
  g_autoptr (GObject) ice = NULL;
  g_autoptr (GObject) agent = NULL;
  NiceCandidate *local = NULL, *remote = NULL;

  g_object_get (webrtcbin, "ice-agent", &ice, NULL);
  if (ice)
    g_object_get (ice, "agent", &agent, NULL);
  if (agent == NULL)
    return;

  g_signal_connect_data (agent, "new-selected-pair-full", G_CALLBACK (on_selected_pair_streaming),
                         ahoy_peer_shared_ref (shared), ahoy_peer_shared_unref_notify, 0);
  if (nice_agent_get_selected_pair (NICE_AGENT (agent), 1, 1, &local, &remote) && local)
    g_atomic_int_set (&shared->path, local->type + 1);
}

void
ahoy_peer_transport_start (GstElement     *webrtcbin,
                           AhoyPeerShared *shared)
{
  g_autoptr (GstElement) rtpbin = gst_bin_get_by_name (GST_BIN (webrtcbin), "rtpbin");
  g_autoptr (GstPad) pad = rtpbin ? gst_element_get_static_pad (rtpbin, "send_rtcp_src_0") : NULL;
  g_autoptr (GObject) session = NULL;
  guint ssrc = 0;

  watch_path (webrtcbin, shared);

  g_mutex_lock (&shared->mutex);
  if (shared->rtp_session)
    session = g_object_ref (shared->rtp_session);
  g_mutex_unlock (&shared->mutex);
  if (pad == NULL || session == NULL)
    return;

  g_object_get (session, "internal-ssrc", &ssrc, NULL);
  ahoy_nack_sender_start (shared->nack, pad, ssrc);
}
