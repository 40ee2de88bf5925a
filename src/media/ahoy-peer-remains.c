/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "ahoy-peer-remains.h"

struct _AhoyPeerRemains
{
  GstElement *pipeline;   /* (owned) (nullable) */
  GstElement *webrtcbin;  /* (owned) (nullable) */
  AhoyPlaybackInput *input; /* (owned) (nullable) */
  AhoyPeerShared *shared; /* (owned) */
};

/**
 * ahoy_peer_remains_new:
 * @pipeline: (transfer full) (nullable): the whole
 * @webrtcbin: (transfer full) (nullable): its heart
 * @input: (transfer full) (nullable): its voice in the mixer
 * @shared: (transfer none): what its threads use
 *
 * Returns: (transfer full): all that has to end
 */
AhoyPeerRemains *
ahoy_peer_remains_new (GstElement        *pipeline,
                       GstElement        *webrtcbin,
                       AhoyPlaybackInput *input,
                       AhoyPeerShared    *shared)
{
  AhoyPeerRemains *self = g_new0 (AhoyPeerRemains, 1);

  self->pipeline = pipeline;
  self->webrtcbin = webrtcbin;
  self->input = input;
  self->shared = ahoy_peer_shared_ref (shared);

  return self;
}

/* The threads of the pipeline end first, then ours; only then the elements are let go. */
void
ahoy_peer_remains_free (AhoyPeerRemains *self)
{
  if (self->input)
    ahoy_playback_input_detach (self->input);
  g_clear_pointer (&self->input, ahoy_playback_input_unref);
  if (self->pipeline)
    gst_element_set_state (self->pipeline, GST_STATE_NULL);
  ahoy_nack_sender_join (self->shared->nack);
  gst_clear_object (&self->webrtcbin);
  gst_clear_object (&self->pipeline);
  ahoy_peer_shared_clear (self->shared);
  ahoy_peer_shared_unref (self->shared);
  g_free (self);
}
