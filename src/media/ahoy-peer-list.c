/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "ahoy-peer-list.h"

#include "ahoy-peer-stats.h"
#include "ahoy-test-hooks-private.h"

#define TICKS_A_SECOND (1000 / AHOY_PEER_TICK_MS)

struct _AhoyPeerList
{
  GPtrArray *peers;     /* (owned) of AhoyPeer (unowned) */
  guint tick_source_id; /* 0 while there is nobody */
  guint tick_count;
};

AhoyPeerList *
ahoy_peer_list_new (void)
{
  AhoyPeerList *self = g_new0 (AhoyPeerList, 1);

  self->peers = g_ptr_array_new ();

  return self;
}

void
ahoy_peer_list_free (AhoyPeerList *self)
{
  g_clear_handle_id (&self->tick_source_id, g_source_remove);
  g_ptr_array_unref (self->peers);
  g_free (self);
}

static gpointer
ref_peer (gconstpointer peer,
          gpointer      data)
{
  return g_object_ref ((gpointer) peer);
}

static gboolean
on_tick (gpointer data)
{
  AhoyPeerList *self = data;
  g_autoptr (GPtrArray) peers = NULL;

  /* Whoever hears of a change may close any of them. */
  peers = g_ptr_array_copy (self->peers, ref_peer, NULL);
  g_ptr_array_set_free_func (peers, g_object_unref);
  if (++self->tick_count % TICKS_A_SECOND == 0 && ahoy_trace_wants_stats ())
    {
      g_autofree char *json = ahoy_peer_stats_to_json (peers);

      ahoy_trace_stats (json);
    }
  for (guint i = 0; i < peers->len; i++)
    ahoy_peer_tick (g_ptr_array_index (peers, i));

  return G_SOURCE_CONTINUE;
}

void
ahoy_peer_list_add (AhoyPeerList *self,
                    AhoyPeer     *peer)
{
  g_ptr_array_add (self->peers, peer);
  if (self->tick_source_id == 0)
    self->tick_source_id = g_timeout_add (AHOY_PEER_TICK_MS, on_tick, self);
}

void
ahoy_peer_list_remove (AhoyPeerList *self,
                       AhoyPeer     *peer)
{
  g_ptr_array_remove (self->peers, peer);
  if (self->peers->len == 0)
    g_clear_handle_id (&self->tick_source_id, g_source_remove);
}
