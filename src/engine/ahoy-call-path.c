/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "ahoy-call-path.h"

/* Candidates come in bursts; one message for a burst. */
#define BATCH_MS 20
#define BATCH_MAX 32

static void
flush (AhoyCallPath *self)
{
  g_autoptr (JsonArray) batch = g_steal_pointer (&self->batch);

  g_clear_handle_id (&self->batch_id, g_source_remove);
  if (batch)
    self->funcs->candidates (self, batch, self->user_data);
}

static gboolean
on_batch_due (gpointer user_data)
{
  AhoyCallPath *self = user_data;

  self->batch_id = 0;
  flush (self);
  return G_SOURCE_REMOVE;
}

static void
on_peer_candidate (AhoyCallPath *self,
                   guint         mline,
                   const char   *candidate)
{
  JsonObject *item = json_object_new ();

  json_object_set_int_member (item, "mline", mline);
  json_object_set_string_member (item, "cand", candidate);
  if (!self->batch)
    self->batch = json_array_new ();
  json_array_add_object_element (self->batch, item);
  if (json_array_get_length (self->batch) >= BATCH_MAX)
    flush (self);
  else if (!self->batch_id)
    self->batch_id = g_timeout_add (BATCH_MS, on_batch_due, self);
}

static void
on_peer_description (AhoyCallPath *self,
                     gboolean      is_offer,
                     const char   *sdp)
{
  self->funcs->description (self, is_offer, sdp, self->user_data);
}

static void
on_peer_state (AhoyCallPath *self)
{
  self->funcs->state (self, self->user_data);
}

static void
on_peer_volume (AhoyCallPath *self)
{
  self->funcs->volume (self, self->user_data);
}

static void
on_peer_receiving (AhoyCallPath *self)
{
  self->funcs->receiving (self, self->user_data);
}

AhoyCallPath *
ahoy_call_path_new (AhoyPeer                *peer,
                    gint64                   gen,
                    const AhoyCallPathFuncs *funcs,
                    gpointer                 user_data)
{
  AhoyCallPath *self = g_new0 (AhoyCallPath, 1);

  self->peer = peer;
  self->gen = gen;
  self->funcs = funcs;
  self->user_data = user_data;
  g_signal_connect_swapped (peer, "description", G_CALLBACK (on_peer_description), self);
  g_signal_connect_swapped (peer, "candidate", G_CALLBACK (on_peer_candidate), self);
  g_signal_connect_swapped (peer, "notify::state", G_CALLBACK (on_peer_state), self);
  g_signal_connect_swapped (peer, "notify::volume", G_CALLBACK (on_peer_volume), self);
  g_signal_connect_swapped (peer, "notify::receiving-audio", G_CALLBACK (on_peer_receiving), self);
  g_signal_connect_swapped (peer, "notify::receiving-video", G_CALLBACK (on_peer_receiving), self);
  return self;
}

void
ahoy_call_path_free (AhoyCallPath *self)
{
  if (!self)
    return;

  g_clear_handle_id (&self->batch_id, g_source_remove);
  g_clear_pointer (&self->batch, json_array_unref);
  g_signal_handlers_disconnect_by_data (self->peer, self);
  ahoy_peer_close (self->peer);
  g_object_unref (self->peer);
  g_free (self);
}
