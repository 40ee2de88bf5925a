/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "ahoy-peer-negotiation.h"

#include "ahoy-peer-streaming.h"
#include "ahoy-sdp-check.h"

#include <stdlib.h>
#include <string.h>

#define GUARD_MS 1000
#define MAX_OFFER_TRIES 4
#define MAX_CANDIDATES 200

struct _AhoyPeerNegotiation
{
  GstElement *webrtcbin;    /* (owned) (nullable), until stopped */
  AhoyPeerShared *shared;   /* (owned) */
  char *name;               /* (owned) */
  const AhoyPeerNegotiationEvents *events;
  GObject *owner;           /* (unowned): it owns this */
  GPtrArray *candidates;    /* (owned) of char: came too early, "MLINE TEXT" */
  char *early_offer;        /* (owned) (nullable): came before the pads had their caps */
  guint guard_source_id;    /* an offer, or the caps before an answer, are awaited */
  guint candidate_count;    /* of the far end */
  guint offer_tries;
  gboolean is_negotiable;   /* all pads have their caps */
  gboolean is_offerer;
  gboolean has_local;       /* a local description was made */
  gboolean is_remote_given; /* a remote description was handed to webrtcbin */
  gboolean is_remote_set;
  gboolean is_over;
};

AhoyPeerNegotiation *
ahoy_peer_negotiation_new (GstElement                      *webrtcbin,
                           AhoyPeerShared                  *shared,
                           const char                      *name,
                           const AhoyPeerNegotiationEvents *events,
                           GObject                         *owner)
{
  AhoyPeerNegotiation *self = g_new0 (AhoyPeerNegotiation, 1);

  self->webrtcbin = gst_object_ref (webrtcbin);
  self->shared = ahoy_peer_shared_ref (shared);
  self->name = g_strdup (name);
  self->events = events;
  self->owner = owner;
  self->candidates = g_ptr_array_new_with_free_func (g_free);

  return self;
}

void
ahoy_peer_negotiation_free (AhoyPeerNegotiation *self)
{
  ahoy_peer_negotiation_stop (self);
  g_ptr_array_unref (self->candidates);
  ahoy_peer_shared_unref (self->shared);
  g_free (self->name);
  g_free (self);
}

void
ahoy_peer_negotiation_stop (AhoyPeerNegotiation *self)
{
  self->is_over = TRUE;
  gst_clear_object (&self->webrtcbin);
  g_clear_handle_id (&self->guard_source_id, g_source_remove);
  g_clear_pointer (&self->early_offer, g_free);
}

gboolean
ahoy_peer_negotiation_has_begun (AhoyPeerNegotiation *self)
{
  return self->has_local || self->is_remote_given;
}

static void
fail (AhoyPeerNegotiation *self,
      const char          *why)
{
  if (self->is_over)
    return;

  ahoy_peer_negotiation_stop (self);
  self->events->failed (self->owner, why);
}

static void
create_offer (AhoyPeerNegotiation *self)
{
  if (self->has_local || self->is_over)
    return;

  g_signal_emit_by_name (self->webrtcbin, "create-offer", NULL, ahoy_peer_streaming_promise_description (self->shared));
}

static void
give_remote (AhoyPeerNegotiation *self,
             gboolean             is_offer,
             const char          *text)
{
  GstSDPMessage *message = ahoy_sdp_check (text);
  GstWebRTCSessionDescription *description;

  if (message == NULL)
    {
      fail (self, "The description is not usable");
      return;
    }

  self->is_remote_given = TRUE;
  self->events->begun (self->owner);
  if (self->is_over)
    {
      gst_sdp_message_free (message);
      return;
    }

  description = gst_webrtc_session_description_new (is_offer ? GST_WEBRTC_SDP_TYPE_OFFER : GST_WEBRTC_SDP_TYPE_ANSWER,
                                                    message);
  g_signal_emit_by_name (self->webrtcbin, "set-remote-description", description,
                         ahoy_peer_streaming_promise_remote (self->shared));
  gst_webrtc_session_description_free (description);
}

static gboolean
on_guard (gpointer data)
{
  AhoyPeerNegotiation *self = data;
  g_autoptr (GObject) alive = g_object_ref (self->owner);

  if (self->early_offer)
    {
      g_autofree char *offer = g_steal_pointer (&self->early_offer);

      self->guard_source_id = 0;
      give_remote (self, TRUE, offer);
      return G_SOURCE_REMOVE;
    }

  if (self->has_local)
    {
      self->guard_source_id = 0;
      return G_SOURCE_REMOVE;
    }

  if (++self->offer_tries >= MAX_OFFER_TRIES)
    {
      self->guard_source_id = 0;
      fail (self, "No offer could be made");
      return G_SOURCE_REMOVE;
    }

  create_offer (self);

  return G_SOURCE_CONTINUE;
}

static void
add_candidate (AhoyPeerNegotiation *self,
               guint                mline,
               const char          *candidate)
{
  g_signal_emit_by_name (self->webrtcbin, "add-ice-candidate", mline, candidate);
}

static void
handle_negotiable (AhoyPeerNegotiation *self)
{
  self->is_negotiable = TRUE;
  if (self->is_offerer && !self->has_local)
    {
      create_offer (self);
    }
  else if (self->early_offer)
    {
      g_autofree char *offer = g_steal_pointer (&self->early_offer);

      g_clear_handle_id (&self->guard_source_id, g_source_remove);
      give_remote (self, TRUE, offer);
    }
}

static void
handle_local_description (AhoyPeerNegotiation         *self,
                          GstWebRTCSessionDescription *description)
{
  g_autofree char *text = NULL;
  gboolean is_offer = description->type == GST_WEBRTC_SDP_TYPE_OFFER;

  /* The guard may have asked for a second offer while the first was on its way. */
  if (self->has_local)
    return;

  self->has_local = TRUE;
  g_clear_handle_id (&self->guard_source_id, g_source_remove);
  text = gst_sdp_message_as_text (description->sdp);
  g_signal_emit_by_name (self->webrtcbin, "set-local-description", description, NULL);
  self->events->begun (self->owner);
  if (!self->is_over)
    self->events->described (self->owner, is_offer, text);
}

static void
handle_remote_set (AhoyPeerNegotiation *self)
{
  g_autoptr (GPtrArray) candidates = g_steal_pointer (&self->candidates);

  self->is_remote_set = TRUE;
  self->candidates = g_ptr_array_new_with_free_func (g_free);
  for (guint i = 0; i < candidates->len; i++)
    {
      const char *entry = g_ptr_array_index (candidates, i);

      add_candidate (self, atoi (entry), strchr (entry, ' ') + 1);
    }

  if (!self->is_offerer)
    g_signal_emit_by_name (self->webrtcbin, "create-answer", NULL,
                           ahoy_peer_streaming_promise_description (self->shared));
}

gboolean
ahoy_peer_negotiation_handle_post (AhoyPeerNegotiation *self,
                                   AhoyPeerPost        *post)
{
  switch ((guint) post->kind)
    {
    case AHOY_PEER_POST_NEGOTIATION_NEEDED:
      if (!self->is_over)
        handle_negotiable (self);
      return TRUE;

    case AHOY_PEER_POST_LOCAL_DESCRIPTION:
      if (!self->is_over)
        handle_local_description (self, post->description);
      return TRUE;

    case AHOY_PEER_POST_LOCAL_FAILED:
      /* An offer is tried again by the guard. */
      if (!self->is_offerer)
        fail (self, "No answer could be made");
      return TRUE;

    case AHOY_PEER_POST_REMOTE_SET:
      if (!self->is_over)
        handle_remote_set (self);
      return TRUE;

    case AHOY_PEER_POST_REMOTE_FAILED:
      fail (self, post->text);
      return TRUE;

    default:
      return FALSE;
    }
}

void
ahoy_peer_negotiation_start_offer (AhoyPeerNegotiation *self)
{
  if (self->is_offerer || self->is_remote_given || self->is_over)
    return;

  self->is_offerer = TRUE;
  self->events->begun (self->owner);
  if (self->is_over)
    return;

  if (self->is_negotiable)
    create_offer (self);
  self->guard_source_id = g_timeout_add (GUARD_MS, on_guard, self);
}

void
ahoy_peer_negotiation_take_description (AhoyPeerNegotiation *self,
                                        gboolean             is_offer,
                                        const char          *sdp)
{
  if (self->is_over)
    return;

  /* An answer to nothing, or a second description, is out of order. */
  if (is_offer == self->is_offerer || self->is_remote_given || self->early_offer || (!is_offer && !self->has_local))
    {
      fail (self, "A description is out of order");
      return;
    }

  self->events->begun (self->owner);
  if (self->is_over)
    return;

  if (!is_offer || self->is_negotiable)
    {
      give_remote (self, is_offer, sdp);
      return;
    }

  self->early_offer = g_strdup (sdp ? sdp : "");
  self->guard_source_id = g_timeout_add (GUARD_MS, on_guard, self);
}

void
ahoy_peer_negotiation_take_candidate (AhoyPeerNegotiation *self,
                                      guint                mline,
                                      const char          *candidate)
{
  if (self->is_over || candidate == NULL || *candidate == '\0')
    return;

  /* One bad candidate among good ones does no harm. */
  if (mline > 1 || !ahoy_sdp_check_candidate (candidate))
    {
      g_debug ("%s: a candidate is not usable", self->name);
      return;
    }

  /* Each is tried with each of ours. */
  if (++self->candidate_count > MAX_CANDIDATES)
    return;

  if (self->is_remote_set)
    add_candidate (self, mline, candidate);
  else
    g_ptr_array_add (self->candidates, g_strdup_printf ("%u %s", mline, candidate));
}
