/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "ahoy-call-peers.h"

#include "ahoy-json.h"
#include "ahoy-limits.h"

/* Devices of one person that may offer while it rings. */
#define MAX_LINKS (4 * AHOY_MAX_PEOPLE)

/* The device with which somebody is in the call. */
typedef struct
{
  char *device_id; /* (owned) */
  gint64 entry;
} Inside;

struct _AhoyCallPeers
{
  GObject parent_instance;

  AhoyCallLinkBase base;
  char *call_id;       /* (owned) */
  GPtrArray *links;    /* (owned) of AhoyCallLink */
  GHashTable *inside;  /* (owned) user id → Inside */
  GHashTable *hidden;  /* (owned) set of user ids whose picture is not wanted */
  gboolean has_entered; /* somebody was in the call with this device */
  gboolean is_closed;
};

G_DEFINE_FINAL_TYPE (AhoyCallPeers, ahoy_call_peers, G_TYPE_OBJECT)

enum
{
  SIGNAL_CHANGED,
  SIGNAL_VOLUME,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

static void
inside_free (gpointer data)
{
  Inside *inside = data;

  g_free (inside->device_id);
  g_free (inside);
}

static void
on_link_changed (AhoyCallPeers *self,
                 AhoyCallLink  *link)
{
  g_signal_emit (self, signals[SIGNAL_CHANGED], 0, ahoy_call_link_get_user_id (link));
}

static void
on_link_volume (AhoyCallPeers *self,
                AhoyCallLink  *link)
{
  g_signal_emit (self, signals[SIGNAL_VOLUME], 0, ahoy_call_link_get_user_id (link));
}

static AhoyCallLink *
find_link (AhoyCallPeers *self,
           const char    *user_id,
           const char    *device_id)
{
  for (guint i = 0; i < self->links->len; i++)
    {
      AhoyCallLink *link = g_ptr_array_index (self->links, i);

      if (g_str_equal (ahoy_call_link_get_user_id (link), user_id) &&
          (!device_id || g_str_equal (ahoy_call_link_get_device_id (link), device_id)))
        return link;
    }
  return NULL;
}

/* NULL when that device lost, or when there are too many. */
static AhoyCallLink *
ensure_link (AhoyCallPeers *self,
             const char    *user_id,
             const char    *device_id)
{
  Inside *inside = g_hash_table_lookup (self->inside, user_id);
  AhoyCallLink *link = find_link (self, user_id, device_id);

  if (link)
    return link;
  if (self->is_closed || self->links->len >= MAX_LINKS || (inside && !g_str_equal (inside->device_id, device_id)))
    return NULL;

  link = ahoy_call_link_new (&self->base, user_id, device_id);
  g_ptr_array_add (self->links, link);
  g_signal_connect_object (link, "changed", G_CALLBACK (on_link_changed), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (link, "volume", G_CALLBACK (on_link_volume), self, G_CONNECT_SWAPPED);
  ahoy_call_link_set_hidden (link, g_hash_table_contains (self->hidden, user_id));
  if (inside)
    {
      ahoy_call_link_set_entry (link, inside->entry);
      ahoy_call_link_set_accepted (link);
    }
  return link;
}

static void
link_free (gpointer data)
{
  AhoyCallLink *link = data;

  ahoy_call_link_close (link);
  g_object_unref (link);
}

static void
ahoy_call_peers_dispose (GObject *object)
{
  ahoy_call_peers_close (AHOY_CALL_PEERS (object));

  G_OBJECT_CLASS (ahoy_call_peers_parent_class)->dispose (object);
}

static void
ahoy_call_peers_finalize (GObject *object)
{
  AhoyCallPeers *self = AHOY_CALL_PEERS (object);

  g_ptr_array_unref (self->links);
  g_hash_table_unref (self->inside);
  g_hash_table_unref (self->hidden);
  g_object_unref (self->base.session);
  g_object_unref (self->base.media);
  g_free (self->call_id);

  G_OBJECT_CLASS (ahoy_call_peers_parent_class)->finalize (object);
}

static void
ahoy_call_peers_class_init (AhoyCallPeersClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = ahoy_call_peers_dispose;
  object_class->finalize = ahoy_call_peers_finalize;

  signals[SIGNAL_CHANGED] = g_signal_new ("changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0,
                                          NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_STRING);
  signals[SIGNAL_VOLUME] = g_signal_new ("volume", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0,
                                         NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_STRING);
}

static void
ahoy_call_peers_init (AhoyCallPeers *self)
{
  self->links = g_ptr_array_new_with_free_func (link_free);
  self->inside = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, inside_free);
  self->hidden = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
}

AhoyCallPeers *
ahoy_call_peers_new (const AhoyCallLinkBase *base)
{
  AhoyCallPeers *self = g_object_new (AHOY_TYPE_CALL_PEERS, NULL);

  self->base = *base;
  g_object_ref (base->session);
  g_object_ref (base->media);
  self->call_id = g_strdup (base->call_id);
  self->base.call_id = self->call_id;
  return self;
}

void
ahoy_call_peers_offer (AhoyCallPeers *self,
                       const char    *user_id,
                       const char    *device_id)
{
  AhoyCallLink *link;

  g_return_if_fail (AHOY_IS_CALL_PEERS (self));

  link = ensure_link (self, user_id, device_id);
  if (link)
    ahoy_call_link_offer (link);
}

void
ahoy_call_peers_take_push (AhoyCallPeers *self,
                           const char    *type,
                           JsonObject    *data)
{
  const char *from = ahoy_json_get_string (data, "from", AHOY_MAX_USER_ID);
  const char *device = ahoy_json_get_string (data, "fromDevice", AHOY_MAX_DEVICE_ID);
  gint64 gen = ahoy_json_get_int (data, "gen", 0);
  AhoyCallLink *link;

  g_return_if_fail (AHOY_IS_CALL_PEERS (self));

  if (!from || !device || gen <= 0 || gen > G_MAXINT32)
    return;

  if (g_str_equal (type, "sdp"))
    {
      const char *kind = ahoy_json_get_string (data, "kind", 16);
      const char *sdp = ahoy_json_get_string (data, "sdp", AHOY_MAX_SDP);
      gboolean is_offer = g_strcmp0 (kind, "offer") == 0;

      link = is_offer ? ensure_link (self, from, device) : find_link (self, from, device);
      if (link && sdp)
        ahoy_call_link_take_sdp (link, gen, is_offer, sdp);
      return;
    }

  link = find_link (self, from, device);
  if (!link)
    return;
  if (g_str_equal (type, "ice"))
    ahoy_call_link_take_ice (link, gen, ahoy_json_get_array (data, "cands"));
  else
    ahoy_call_link_take_peer (link, gen, ahoy_json_get_string (data, "what", 16));
}

static gboolean
link_fits (AhoyCallLink *link,
           const Inside *inside)
{
  gint64 entry = ahoy_call_link_get_entry (link);

  /* One that was made while it rang there becomes the one of the call. */
  return g_str_equal (ahoy_call_link_get_device_id (link), inside->device_id) &&
         (entry == 0 || entry == inside->entry);
}

void
ahoy_call_peers_enter (AhoyCallPeers *self,
                       const char    *user_id,
                       const char    *device_id,
                       gint64         entry,
                       gboolean       offer)
{
  Inside *inside;
  AhoyCallLink *link;

  g_return_if_fail (AHOY_IS_CALL_PEERS (self));

  if (self->is_closed)
    return;

  self->has_entered = TRUE;
  inside = g_new0 (Inside, 1);
  inside->device_id = g_strdup (device_id);
  inside->entry = entry;
  g_hash_table_insert (self->inside, g_strdup (user_id), inside);
  for (guint i = self->links->len; i > 0; i--)
    {
      AhoyCallLink *other = g_ptr_array_index (self->links, i - 1);

      if (g_str_equal (ahoy_call_link_get_user_id (other), user_id) && !link_fits (other, inside))
        g_ptr_array_remove_index (self->links, i - 1);
    }

  link = offer ? ensure_link (self, user_id, device_id) : find_link (self, user_id, device_id);
  if (!link)
    return;
  ahoy_call_link_set_entry (link, entry);
  ahoy_call_link_set_accepted (link);
  if (offer)
    ahoy_call_link_offer (link);
}

void
ahoy_call_peers_drop_user (AhoyCallPeers *self,
                           const char    *user_id)
{
  g_return_if_fail (AHOY_IS_CALL_PEERS (self));

  g_hash_table_remove (self->inside, user_id);
  g_hash_table_remove (self->hidden, user_id);
  for (guint i = self->links->len; i > 0; i--)
    {
      if (g_str_equal (ahoy_call_link_get_user_id (g_ptr_array_index (self->links, i - 1)), user_id))
        g_ptr_array_remove_index (self->links, i - 1);
    }
}

void
ahoy_call_peers_set_hidden (AhoyCallPeers *self,
                            const char    *user_id,
                            gboolean       is_hidden)
{
  g_return_if_fail (AHOY_IS_CALL_PEERS (self));

  if (is_hidden)
    g_hash_table_add (self->hidden, g_strdup (user_id));
  else
    g_hash_table_remove (self->hidden, user_id);
  for (guint i = 0; i < self->links->len; i++)
    {
      AhoyCallLink *link = g_ptr_array_index (self->links, i);

      if (g_str_equal (ahoy_call_link_get_user_id (link), user_id))
        ahoy_call_link_set_hidden (link, is_hidden);
    }
}

void
ahoy_call_peers_repeat (AhoyCallPeers *self)
{
  g_return_if_fail (AHOY_IS_CALL_PEERS (self));

  for (guint i = 0; i < self->links->len; i++)
    ahoy_call_link_repeat (g_ptr_array_index (self->links, i));
}

void
ahoy_call_peers_refresh (AhoyCallPeers *self)
{
  g_return_if_fail (AHOY_IS_CALL_PEERS (self));

  for (guint i = 0; i < self->links->len; i++)
    ahoy_call_link_refresh (g_ptr_array_index (self->links, i));
}

gboolean
ahoy_call_peers_is_connected (AhoyCallPeers *self)
{
  g_return_val_if_fail (AHOY_IS_CALL_PEERS (self), FALSE);

  for (guint i = 0; i < self->links->len; i++)
    {
      AhoyCallLink *link = g_ptr_array_index (self->links, i);

      if (ahoy_call_link_is_connected (link) && (!self->has_entered || ahoy_call_link_get_entry (link) > 0))
        return TRUE;
    }
  return FALSE;
}

AhoyCallLink *
ahoy_call_peers_find_user (AhoyCallPeers *self,
                           const char    *user_id)
{
  Inside *inside;

  g_return_val_if_fail (AHOY_IS_CALL_PEERS (self), NULL);

  inside = g_hash_table_lookup (self->inside, user_id);
  return find_link (self, user_id, inside ? inside->device_id : NULL);
}

void
ahoy_call_peers_close (AhoyCallPeers *self)
{
  g_return_if_fail (AHOY_IS_CALL_PEERS (self));

  self->is_closed = TRUE;
  g_ptr_array_set_size (self->links, 0);
}
