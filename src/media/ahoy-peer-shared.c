/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "ahoy-peer-shared.h"

AhoyPeerShared *
ahoy_peer_shared_new (AhoyPeer            *peer,
                      AhoyVideoMailbox    *mailbox,
                      AhoyKeyFrameRequest *key_frame)
{
  AhoyPeerShared *self = g_atomic_rc_box_new0 (AhoyPeerShared);

  g_weak_ref_init (&self->peer, peer);
  g_mutex_init (&self->mutex);
  self->mailbox = ahoy_video_mailbox_ref (mailbox);
  self->key_frame = ahoy_key_frame_request_ref (key_frame);
  self->nack = ahoy_nack_sender_new ();

  return self;
}

AhoyPeerShared *
ahoy_peer_shared_ref (AhoyPeerShared *self)
{
  return g_atomic_rc_box_acquire (self);
}

static void
peer_shared_free (gpointer data)
{
  AhoyPeerShared *self = data;

  ahoy_peer_shared_clear (self);
  ahoy_video_mailbox_unref (self->mailbox);
  ahoy_key_frame_request_unref (self->key_frame);
  ahoy_nack_sender_unref (self->nack);
  g_weak_ref_clear (&self->peer);
  g_mutex_clear (&self->mutex);
}

void
ahoy_peer_shared_unref (AhoyPeerShared *self)
{
  g_atomic_rc_box_release_full (self, peer_shared_free);
}

void
ahoy_peer_shared_unref_notify (gpointer  data,
                               GClosure *closure)
{
  ahoy_peer_shared_unref (data);
}

void
ahoy_peer_shared_clear (AhoyPeerShared *self)
{
  g_mutex_lock (&self->mutex);
  g_clear_pointer (&self->input, ahoy_playback_input_unref);
  g_clear_pointer (&self->audio_out, ahoy_outlet_unref);
  g_clear_pointer (&self->video_out, ahoy_outlet_unref);
  gst_clear_object (&self->audio_in);
  gst_clear_object (&self->video_in);
  gst_clear_object (&self->audio_buffer);
  gst_clear_object (&self->video_buffer);
  g_clear_object (&self->rtp_session);
  g_mutex_unlock (&self->mutex);
}

static gboolean
deliver (gpointer data)
{
  AhoyPeerPost *post = data;
  g_autoptr (AhoyPeer) peer = g_weak_ref_get (&post->shared->peer);

  if (peer)
    ahoy_peer_handle_post (peer, post);

  return G_SOURCE_REMOVE;
}

static void
post_free (gpointer data)
{
  AhoyPeerPost *post = data;

  ahoy_peer_shared_unref (post->shared);
  g_free (post->text);
  g_clear_pointer (&post->description, gst_webrtc_session_description_free);
  g_free (post);
}

void
ahoy_peer_shared_post (AhoyPeerShared              *self,
                       AhoyPeerPostKind             kind,
                       guint                        number,
                       const char                  *text,
                       GstWebRTCSessionDescription *description)
{
  AhoyPeerPost *post = g_new0 (AhoyPeerPost, 1);

  post->shared = ahoy_peer_shared_ref (self);
  post->kind = kind;
  post->number = number;
  post->text = g_strdup (text);
  post->description = description;
  g_idle_add_full (G_PRIORITY_DEFAULT, deliver, post, post_free);
}

void
ahoy_peer_shared_get_counters (AhoyPeerShared   *self,
                               AhoyPeerCounters *counters)
{
  g_mutex_lock (&self->mutex);
  *counters = self->counters;
  g_mutex_unlock (&self->mutex);
}
