/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "ahoy-call-link.h"

#include "ahoy-call-path.h"
#include "ahoy-items.h"
#include "ahoy-limits.h"
#include "ahoy-request.h"

/* How often a broken connection is tried again. */
#define MEND_MS 1500
/* Connections are numbered from anywhere on: what was meant for one before somebody left and came back fits none. */
#define MAX_FIRST_GEN (1 << 20)

struct _AhoyCallLink
{
  GObject parent_instance;

  AhoyCallLinkBase base;
  char *call_id;          /* (owned) */
  char *user_id;          /* (owned) */
  char *device_id;        /* (owned) */
  char *name;             /* (owned) for logs */
  AhoyCallPath *now;      /* (owned) (nullable) what media passes on */
  AhoyCallPath *next;     /* (owned) (nullable) what replaces it once it is connected */
  gint64 last_gen;
  gint64 entry;           /* the far end's entry into the call, 0 while it rings there */
  guint mend_id;
  gboolean is_offerer;
  gboolean is_accepted;
  gboolean is_hidden;     /* their picture is not wanted here */
  gboolean is_unwanted;   /* ours is not wanted there */
  gboolean is_closed;
};

G_DEFINE_FINAL_TYPE (AhoyCallLink, ahoy_call_link, G_TYPE_OBJECT)

enum
{
  SIGNAL_CHANGED,
  SIGNAL_VOLUME,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

static void update (AhoyCallLink *self);
static void update_gate (AhoyCallLink *self);

static void
send (AhoyCallLink *self,
      const char   *type,
      gint64        gen,
      JsonObject   *data)
{
  json_object_set_string_member (data, "call", self->call_id);
  json_object_set_string_member (data, "to", self->user_id);
  json_object_set_string_member (data, "device", self->device_id);
  json_object_set_int_member (data, "gen", gen);
  /* The far end may be gone by now; the server tells that by itself. */
  ahoy_request_tell (self->base.session, type, data);
}

static void
send_peer (AhoyCallLink *self,
           gint64        gen,
           const char   *what)
{
  g_autoptr (JsonObject) data = json_object_new ();

  json_object_set_string_member (data, "what", what);
  send (self, "peer", gen, data);
}

static void
on_path_description (AhoyCallPath *path,
                     gboolean      is_offer,
                     const char   *sdp,
                     gpointer      user_data)
{
  g_autoptr (JsonObject) data = json_object_new ();

  json_object_set_string_member (data, "kind", is_offer ? "offer" : "answer");
  json_object_set_string_member (data, "sdp", sdp);
  send (user_data, "sdp", path->gen, data);
}

static void
on_path_candidates (AhoyCallPath *path,
                    JsonArray    *candidates,
                    gpointer      user_data)
{
  g_autoptr (JsonObject) data = json_object_new ();

  json_object_set_array_member (data, "cands", json_array_ref (candidates));
  send (user_data, "ice", path->gen, data);
}

static void
on_path_state (AhoyCallPath *path,
               gpointer      user_data)
{
  g_debug ("%s: connection %" G_GINT64_FORMAT " is in state %d", ((AhoyCallLink *) user_data)->name,
           path->gen, ahoy_peer_get_state (path->peer));
  update (user_data);
}

static void
on_path_volume (AhoyCallPath *path,
                gpointer      user_data)
{
  AhoyCallLink *self = user_data;

  if (path == self->now)
    g_signal_emit (self, signals[SIGNAL_VOLUME], 0);
}

/* Who sends is ready: it would not have opened its gate. The word that says so may have been lost with a server. */
static void
on_path_receiving (AhoyCallPath *path,
                   gpointer      user_data)
{
  AhoyCallLink *self = user_data;
  gboolean audio, video;

  g_object_get (path->peer, "receiving-audio", &audio, "receiving-video", &video, NULL);
  if (path->remote_ready || (!audio && !video))
    return;

  path->remote_ready = TRUE;
  update_gate (self);
}

static AhoyCallPath *
make_path (AhoyCallLink *self,
           gint64        gen)
{
  static const AhoyCallPathFuncs funcs = { on_path_description, on_path_candidates, on_path_state, on_path_volume,
                                           on_path_receiving };
  AhoyPeer *peer;

  self->last_gen = gen;
  peer = ahoy_peer_new (self->base.media, self->name, ahoy_session_get_ice_uris (self->base.session), FALSE);
  if (self->base.echo)
    ahoy_peer_set_echo (peer, TRUE);
  if (self->is_unwanted)
    ahoy_peer_set_video_wanted (peer, FALSE);
  return ahoy_call_path_new (peer, gen, &funcs, self);
}

static gboolean
path_is (AhoyCallPath  *path,
         AhoyPeerState  state)
{
  return path && ahoy_peer_get_state (path->peer) == state;
}

static gboolean
is_broken (AhoyCallLink *self)
{
  return path_is (self->now, AHOY_PEER_LOST) || path_is (self->now, AHOY_PEER_FAILED);
}

/* Another path beside the one there is, unless one is under way. */
static void
mend (AhoyCallLink *self)
{
  if (self->next)
    return;

  if (!self->is_offerer)
    {
      send_peer (self, self->now->gen, "rebuild");
      return;
    }

  g_debug ("%s: making another connection", self->name);
  self->next = make_path (self, self->last_gen + 1);
  ahoy_peer_start_offer (self->next->peer);
}

static gboolean
on_mend_due (gpointer user_data)
{
  AhoyCallLink *self = user_data;

  if (is_broken (self))
    {
      mend (self);
      return G_SOURCE_CONTINUE;
    }

  self->mend_id = 0;
  return G_SOURCE_REMOVE;
}

static void
update_gate (AhoyCallLink *self)
{
  AhoyCallPath *path = self->now;

  if (!path || !self->is_accepted)
    return;

  ahoy_peer_set_playing (path->peer, TRUE);
  if (path_is (path, AHOY_PEER_CONNECTED) && !path->ready_sent)
    {
      path->ready_sent = TRUE;
      /* Before the word that opens the gate there, so that not one picture is sent in vain. */
      if (self->is_hidden)
        send_peer (self, path->gen, "hide");
      send_peer (self, path->gen, "ready");
    }
  if (path->remote_ready)
    ahoy_peer_set_sending (path->peer, TRUE);
}

/* Derives everything from the states of the two paths; called after each change of one. */
static void
update (AhoyCallLink *self)
{
  g_autoptr (AhoyCallLink) alive = g_object_ref (self);

  if (self->is_closed)
    return;

  if (path_is (self->next, AHOY_PEER_CONNECTED))
    {
      g_clear_pointer (&self->now, ahoy_call_path_free);
      self->now = g_steal_pointer (&self->next);
    }
  else if (path_is (self->next, AHOY_PEER_FAILED) || path_is (self->next, AHOY_PEER_LOST))
    g_clear_pointer (&self->next, ahoy_call_path_free);

  update_gate (self);
  if (is_broken (self) && !self->mend_id)
    {
      self->mend_id = g_timeout_add (MEND_MS, on_mend_due, self);
      mend (self);
    }
  g_signal_emit (self, signals[SIGNAL_CHANGED], 0);
}

static void
ahoy_call_link_dispose (GObject *object)
{
  ahoy_call_link_close (AHOY_CALL_LINK (object));

  G_OBJECT_CLASS (ahoy_call_link_parent_class)->dispose (object);
}

static void
ahoy_call_link_finalize (GObject *object)
{
  AhoyCallLink *self = AHOY_CALL_LINK (object);

  g_object_unref (self->base.session);
  g_object_unref (self->base.media);
  g_free (self->call_id);
  g_free (self->user_id);
  g_free (self->device_id);
  g_free (self->name);

  G_OBJECT_CLASS (ahoy_call_link_parent_class)->finalize (object);
}

static void
ahoy_call_link_class_init (AhoyCallLinkClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = ahoy_call_link_dispose;
  object_class->finalize = ahoy_call_link_finalize;

  signals[SIGNAL_CHANGED] = g_signal_new ("changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0,
                                          NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[SIGNAL_VOLUME] = g_signal_new ("volume", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0,
                                         NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
ahoy_call_link_init (AhoyCallLink *self)
{
}

AhoyCallLink *
ahoy_call_link_new (const AhoyCallLinkBase *base,
                    const char             *user_id,
                    const char             *device_id)
{
  AhoyCallLink *self = g_object_new (AHOY_TYPE_CALL_LINK, NULL);

  self->base = *base;
  g_object_ref (base->session);
  g_object_ref (base->media);
  self->call_id = g_strdup (base->call_id);
  self->user_id = g_strdup (user_id);
  self->device_id = g_strdup (device_id);
  self->name = g_strdup_printf ("%s/%.8s", user_id, device_id);
  return self;
}

void
ahoy_call_link_offer (AhoyCallLink *self)
{
  g_return_if_fail (AHOY_IS_CALL_LINK (self));

  if (self->is_closed || self->now)
    return;

  self->is_offerer = TRUE;
  if (self->last_gen == 0)
    self->last_gen = g_random_int_range (0, MAX_FIRST_GEN);
  self->now = make_path (self, self->last_gen + 1);
  ahoy_peer_start_offer (self->now->peer);
  g_signal_emit (self, signals[SIGNAL_CHANGED], 0);
}

static AhoyCallPath *
find_path (AhoyCallLink *self,
           gint64        gen)
{
  if (self->now && self->now->gen == gen)
    return self->now;
  return self->next && self->next->gen == gen ? self->next : NULL;
}

void
ahoy_call_link_take_sdp (AhoyCallLink *self,
                         gint64        gen,
                         gboolean      is_offer,
                         const char   *sdp)
{
  AhoyCallPath *path;

  g_return_if_fail (AHOY_IS_CALL_LINK (self));

  if (self->is_closed)
    return;

  path = find_path (self, gen);
  if (!is_offer)
    {
      if (path && self->is_offerer)
        ahoy_peer_take_description (path->peer, FALSE, sdp);
      return;
    }

  /* An offer that was seen already, or one to who offers itself. */
  if (self->is_offerer || gen <= self->last_gen)
    return;

  g_clear_pointer (&self->next, ahoy_call_path_free);
  path = make_path (self, gen);
  if (self->now)
    self->next = path;
  else
    self->now = path;
  ahoy_peer_take_description (path->peer, TRUE, sdp);
  g_signal_emit (self, signals[SIGNAL_CHANGED], 0);
}

void
ahoy_call_link_take_ice (AhoyCallLink *self,
                         gint64        gen,
                         JsonArray    *candidates)
{
  AhoyCallPath *path;

  g_return_if_fail (AHOY_IS_CALL_LINK (self));

  path = find_path (self, gen);
  if (!path)
    return;

  for (guint i = 0; i < MIN (ahoy_items_length (candidates), AHOY_MAX_CANDIDATES); i++)
    {
      JsonObject *item = ahoy_items_object (candidates, i);
      const char *text = item ? ahoy_json_get_string (item, "cand", AHOY_MAX_CANDIDATE) : NULL;

      if (text)
        ahoy_peer_take_candidate (path->peer, (guint) CLAMP (ahoy_json_get_int (item, "mline", 0), 0, 16), text);
    }
}

static void
set_unwanted (AhoyCallLink *self,
              gboolean      is_unwanted)
{
  self->is_unwanted = is_unwanted;
  if (self->now)
    ahoy_peer_set_video_wanted (self->now->peer, !is_unwanted);
  if (self->next)
    ahoy_peer_set_video_wanted (self->next->peer, !is_unwanted);
}

void
ahoy_call_link_take_peer (AhoyCallLink *self,
                          gint64        gen,
                          const char   *what)
{
  AhoyCallPath *path;

  g_return_if_fail (AHOY_IS_CALL_LINK (self));

  /* These are about the pictures of this device, whatever way they take. */
  if (g_strcmp0 (what, "hide") == 0 || g_strcmp0 (what, "show") == 0)
    {
      set_unwanted (self, g_str_equal (what, "hide"));
      return;
    }

  path = find_path (self, gen);
  if (!path)
    return;

  if (g_strcmp0 (what, "ready") == 0)
    {
      path->remote_ready = TRUE;
      update_gate (self);
    }
  else if (g_strcmp0 (what, "rebuild") == 0 && self->is_offerer)
    {
      /* The far end has given up the one that was under way. */
      if (path == self->next)
        g_clear_pointer (&self->next, ahoy_call_path_free);
      mend (self);
    }
}

void
ahoy_call_link_set_accepted (AhoyCallLink *self)
{
  g_return_if_fail (AHOY_IS_CALL_LINK (self));

  if (self->is_accepted)
    return;

  self->is_accepted = TRUE;
  update_gate (self);
}

void
ahoy_call_link_set_hidden (AhoyCallLink *self,
                           gboolean      is_hidden)
{
  g_return_if_fail (AHOY_IS_CALL_LINK (self));

  if (self->is_hidden == is_hidden)
    return;

  self->is_hidden = is_hidden;
  /* A connection that is not ready yet says it when it is. */
  if (self->now && self->now->ready_sent)
    send_peer (self, self->now->gen, is_hidden ? "hide" : "show");
}

void
ahoy_call_link_repeat (AhoyCallLink *self)
{
  g_return_if_fail (AHOY_IS_CALL_LINK (self));

  if (!self->now)
    return;

  if (self->now->ready_sent)
    {
      send_peer (self, self->now->gen, self->is_hidden ? "hide" : "show");
      send_peer (self, self->now->gen, "ready");
    }
  /* What was lost may have been its description or candidates; they are not waited for in vain. */
  if (!ahoy_call_link_is_connected (self))
    ahoy_call_link_refresh (self);
}

void
ahoy_call_link_refresh (AhoyCallLink *self)
{
  g_return_if_fail (AHOY_IS_CALL_LINK (self));

  if (self->is_closed || !self->now)
    return;

  /* One that was under way before belongs to the network that is gone. */
  if (self->is_offerer)
    g_clear_pointer (&self->next, ahoy_call_path_free);
  if (self->next)
    send_peer (self, self->next->gen, "rebuild");
  else
    mend (self);
}

gboolean
ahoy_call_link_is_connected (AhoyCallLink *self)
{
  g_return_val_if_fail (AHOY_IS_CALL_LINK (self), FALSE);

  return path_is (self->now, AHOY_PEER_CONNECTED);
}

const char *
ahoy_call_link_get_user_id (AhoyCallLink *self)
{
  g_return_val_if_fail (AHOY_IS_CALL_LINK (self), NULL);

  return self->user_id;
}

const char *
ahoy_call_link_get_device_id (AhoyCallLink *self)
{
  g_return_val_if_fail (AHOY_IS_CALL_LINK (self), NULL);

  return self->device_id;
}

gint64
ahoy_call_link_get_entry (AhoyCallLink *self)
{
  g_return_val_if_fail (AHOY_IS_CALL_LINK (self), 0);

  return self->entry;
}

void
ahoy_call_link_set_entry (AhoyCallLink *self,
                          gint64        entry)
{
  g_return_if_fail (AHOY_IS_CALL_LINK (self));

  self->entry = entry;
}

AhoyPeer *
ahoy_call_link_get_peer (AhoyCallLink *self)
{
  g_return_val_if_fail (AHOY_IS_CALL_LINK (self), NULL);

  return self->now ? self->now->peer : NULL;
}

void
ahoy_call_link_close (AhoyCallLink *self)
{
  g_return_if_fail (AHOY_IS_CALL_LINK (self));

  self->is_closed = TRUE;
  g_clear_handle_id (&self->mend_id, g_source_remove);
  g_clear_pointer (&self->next, ahoy_call_path_free);
  g_clear_pointer (&self->now, ahoy_call_path_free);
}
