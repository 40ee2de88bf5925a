/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ahoy-session.h"

#include "ahoy-envelope.h"
#include "ahoy-limits.h"

#include <string.h>

/* A client that is away must not fill the memory; it gets "full" instead. */
#define MAX_REPLAY_BYTES (128 * 1024)

typedef struct
{
  gint64 seq;
  gsize length;
  char text[];
} Push;

char *
ahoy_make_uid (guint64     app_id,
               const char *user_id)
{
  return g_strdup_printf ("%" G_GUINT64_FORMAT ":%s", app_id, user_id);
}

char *
ahoy_hash_sid (const char *sid)
{
  return g_compute_checksum_for_string (G_CHECKSUM_SHA256, sid, -1);
}

AhoySession *
ahoy_session_new (const char *sid_hash,
                  guint64     app_id,
                  const char *user_id,
                  const char *device,
                  const char *platform)
{
  AhoySession *self = g_new0 (AhoySession, 1);

  self->ref_count = 1;
  self->sid_hash = g_strdup (sid_hash);
  self->app_id = app_id;
  self->user_id = g_strdup (user_id);
  self->uid = ahoy_make_uid (app_id, user_id);
  self->device = g_strdup (device);
  self->platform = g_strdup (platform);
  g_queue_init (&self->replay);

  return self;
}

AhoySession *
ahoy_session_ref (AhoySession *self)
{
  self->ref_count++;

  return self;
}

void
ahoy_session_unref (AhoySession *self)
{
  if (--self->ref_count > 0)
    return;

  g_queue_clear_full (&self->replay, g_free);
  g_clear_pointer (&self->watched, g_ptr_array_unref);
  g_clear_pointer (&self->news, g_hash_table_unref);
  g_free (self->sid_hash);
  g_free (self->user_id);
  g_free (self->uid);
  g_free (self->device);
  g_free (self->platform);
  g_free (self);
}

static void
drop_oldest (AhoySession *self)
{
  Push *push = g_queue_pop_head (&self->replay);

  self->replay_bytes -= push->length;
  g_free (push);
}

static void
keep (AhoySession *self,
      const char  *text)
{
  gsize length = strlen (text);
  Push *push = g_malloc (sizeof (Push) + length + 1);

  push->seq = self->seq;
  push->length = length;
  memcpy (push->text, text, length + 1);
  g_queue_push_tail (&self->replay, push);
  self->replay_bytes += length;

  while (self->replay.length > AHOY_REPLAY_PUSHES ||
         (self->replay_bytes > MAX_REPLAY_BYTES && self->replay.length > 1))
    drop_oldest (self);
}

void
ahoy_session_push (AhoySession    *self,
                   AhoyMessageType type,
                   JsonObject     *data)
{
  g_autofree char *text = NULL;

  if (self->is_removed)
    return;

  text = ahoy_envelope_new_push (++self->seq, ahoy_message_type_get_name (type), data);
  keep (self, text);
  if (self->connection && self->is_welcome)
    {
      self->sent = self->seq;
      ahoy_connection_send_text (self->connection, text);
    }
}

void
ahoy_session_ack (AhoySession *self,
                  gint64       seq)
{
  while (!g_queue_is_empty (&self->replay) && ((Push *) g_queue_peek_head (&self->replay))->seq <= seq)
    drop_oldest (self);
}

gboolean
ahoy_session_can_replay (AhoySession *self,
                         gint64       rx)
{
  Push *oldest = g_queue_peek_head (&self->replay);

  if (self->is_restored || rx > self->seq || rx < 0)
    return FALSE;

  return rx == self->seq || (oldest && oldest->seq <= rx + 1);
}

void
ahoy_session_attach (AhoySession    *self,
                     AhoyConnection *connection,
                     gint64          rx)
{
  /* Numbers only ever grow for the client, also when this process does not know them. */
  if (self->is_restored || rx > self->seq)
    self->seq = MAX (self->seq, rx);
  ahoy_session_ack (self, ahoy_session_can_replay (self, rx) ? rx : self->seq);

  self->connection = connection;
  self->lost_us = 0;
  self->is_welcome = FALSE;
  self->is_restored = FALSE;
  connection->session = self;
  connection->deadline_us = 0;
}

void
ahoy_session_welcome (AhoySession *self,
                      const char  *welcome)
{
  if (!self->connection)
    return;

  ahoy_connection_send_text (self->connection, welcome);
  self->is_welcome = TRUE;
  for (GList *l = self->replay.head; l && self->connection; l = l->next)
    {
      Push *push = l->data;

      self->sent = push->seq;
      ahoy_connection_send_text (self->connection, push->text);
    }
}

void
ahoy_session_detach (AhoySession *self)
{
  if (self->connection)
    self->connection->session = NULL;
  self->connection = NULL;
  self->is_welcome = FALSE;
  self->lost_us = g_get_monotonic_time ();
}

void
ahoy_session_send (AhoySession *self,
                   const char  *text)
{
  if (self->connection)
    ahoy_connection_send_text (self->connection, text);
}
