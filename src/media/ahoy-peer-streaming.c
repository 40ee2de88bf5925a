/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "ahoy-peer-streaming.h"

#include "ahoy-peer-receive.h"

#include <gst/video/video.h>

static void
on_description_created_streaming (GstPromise *promise,
                                  gpointer    data)
{
  AhoyPeerShared *shared = data;
  const GstStructure *reply;
  GstWebRTCSessionDescription *description = NULL;

  if (gst_promise_wait (promise) == GST_PROMISE_RESULT_REPLIED)
    {
      reply = gst_promise_get_reply (promise);
      if (reply && gst_structure_has_field (reply, "offer"))
        gst_structure_get (reply, "offer", GST_TYPE_WEBRTC_SESSION_DESCRIPTION, &description, NULL);
      else if (reply && gst_structure_has_field (reply, "answer"))
        gst_structure_get (reply, "answer", GST_TYPE_WEBRTC_SESSION_DESCRIPTION, &description, NULL);
    }

  ahoy_peer_shared_post (shared, description ? AHOY_PEER_POST_LOCAL_DESCRIPTION : AHOY_PEER_POST_LOCAL_FAILED, 0,
                         NULL, description);
  gst_promise_unref (promise);
}

static void
on_remote_set_streaming (GstPromise *promise,
                         gpointer    data)
{
  AhoyPeerShared *shared = data;
  GstPromiseResult result = gst_promise_wait (promise);
  const GstStructure *reply = result == GST_PROMISE_RESULT_REPLIED ? gst_promise_get_reply (promise) : NULL;
  g_autoptr (GError) error = NULL;

  if (reply && gst_structure_has_field (reply, "error"))
    gst_structure_get (reply, "error", G_TYPE_ERROR, &error, NULL);

  if (result != GST_PROMISE_RESULT_REPLIED || error)
    ahoy_peer_shared_post (shared, AHOY_PEER_POST_REMOTE_FAILED, 0, error ? error->message : "no answer", NULL);
  else
    ahoy_peer_shared_post (shared, AHOY_PEER_POST_REMOTE_SET, 0, NULL, NULL);
  gst_promise_unref (promise);
}

static void
on_negotiation_needed_streaming (GstElement     *webrtcbin,
                                 AhoyPeerShared *shared)
{
  ahoy_peer_shared_post (shared, AHOY_PEER_POST_NEGOTIATION_NEEDED, 0, NULL, NULL);
}

static void
on_ice_candidate_streaming (GstElement     *webrtcbin,
                            guint           mline,
                            const char     *candidate,
                            AhoyPeerShared *shared)
{
  if (candidate && *candidate)
    ahoy_peer_shared_post (shared, AHOY_PEER_POST_CANDIDATE, mline, candidate, NULL);
}

static void
on_gathering_streaming (GstElement     *webrtcbin,
                        GParamSpec     *pspec,
                        AhoyPeerShared *shared)
{
  GstWebRTCICEGatheringState state;

  g_object_get (webrtcbin, "ice-gathering-state", &state, NULL);
  if (state == GST_WEBRTC_ICE_GATHERING_STATE_COMPLETE)
    ahoy_peer_shared_post (shared, AHOY_PEER_POST_GATHERED, 0, NULL, NULL);
}

/* The state may skip "connected" on its way to "completed". */
static void
on_ice_state_streaming (GstElement     *webrtcbin,
                        GParamSpec     *pspec,
                        AhoyPeerShared *shared)
{
  GstWebRTCICEConnectionState state;

  g_object_get (webrtcbin, "ice-connection-state", &state, NULL);
  if (state == GST_WEBRTC_ICE_CONNECTION_STATE_CONNECTED || state == GST_WEBRTC_ICE_CONNECTION_STATE_COMPLETED)
    {
      if (g_object_get_data (G_OBJECT (webrtcbin), "ahoy-ice-connected"))
        return;
      g_object_set_data (G_OBJECT (webrtcbin), "ahoy-ice-connected", GINT_TO_POINTER (TRUE));
      state = GST_WEBRTC_ICE_CONNECTION_STATE_CONNECTED;
    }
  ahoy_peer_shared_post (shared, AHOY_PEER_POST_ICE_STATE, state, NULL, NULL);
}

static void
on_connection_state_streaming (GstElement     *webrtcbin,
                               GParamSpec     *pspec,
                               AhoyPeerShared *shared)
{
  GstWebRTCPeerConnectionState state;

  g_object_get (webrtcbin, "connection-state", &state, NULL);
  ahoy_peer_shared_post (shared, AHOY_PEER_POST_CONNECTION_STATE, state, NULL, NULL);
}

/* The far end asks for a key frame: goes to the shared encoder, or on to where an echo comes from. */
static GstPadProbeReturn
on_key_frame_wanted_streaming (GstPad          *pad,
                               GstPadProbeInfo *info,
                               gpointer         data)
{
  AhoyPeerShared *shared = data;

  if (!gst_video_event_is_force_key_unit (GST_PAD_PROBE_INFO_EVENT (info)))
    return GST_PAD_PROBE_OK;

  if (g_atomic_int_get (&shared->is_echo))
    ahoy_peer_receive_request_key_frame (shared);
  else
    ahoy_key_frame_request_send (shared->key_frame);

  return GST_PAD_PROBE_DROP;
}

void
ahoy_peer_streaming_watch_requests (GstPad         *pad,
                                    AhoyPeerShared *shared)
{
  gst_pad_add_probe (pad, GST_PAD_PROBE_TYPE_EVENT_UPSTREAM, on_key_frame_wanted_streaming,
                     ahoy_peer_shared_ref (shared), (GDestroyNotify) ahoy_peer_shared_unref);
}

void
ahoy_peer_streaming_connect (GstElement     *webrtcbin,
                             AhoyPeerShared *shared)
{
  const struct
  {
    const char *name;
    GCallback callback;
  } handlers[] = {
    { "on-negotiation-needed", G_CALLBACK (on_negotiation_needed_streaming) },
    { "on-ice-candidate", G_CALLBACK (on_ice_candidate_streaming) },
    { "notify::ice-gathering-state", G_CALLBACK (on_gathering_streaming) },
    { "notify::ice-connection-state", G_CALLBACK (on_ice_state_streaming) },
    { "notify::connection-state", G_CALLBACK (on_connection_state_streaming) },
  };

  for (guint i = 0; i < G_N_ELEMENTS (handlers); i++)
    g_signal_connect_data (webrtcbin, handlers[i].name, handlers[i].callback,
                           ahoy_peer_shared_ref (shared), ahoy_peer_shared_unref_notify, 0);
}

GstPromise *
ahoy_peer_streaming_promise_description (AhoyPeerShared *shared)
{
  return gst_promise_new_with_change_func (on_description_created_streaming, ahoy_peer_shared_ref (shared),
                                           (GDestroyNotify) ahoy_peer_shared_unref);
}

GstPromise *
ahoy_peer_streaming_promise_remote (AhoyPeerShared *shared)
{
  return gst_promise_new_with_change_func (on_remote_set_streaming, ahoy_peer_shared_ref (shared),
                                           (GDestroyNotify) ahoy_peer_shared_unref);
}
