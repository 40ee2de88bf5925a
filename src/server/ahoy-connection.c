/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ahoy-connection.h"

#include "ahoy-hub.h"
#include "ahoy-protocol-tables.h"

#include <string.h>
#include <sys/epoll.h>

/* How long the far end of a close may take, and how long a slow one may take to read it. */
#define CLOSE_TIMEOUT_US (3 * G_USEC_PER_SEC)

/* Returns what was written, or -1 when the connection is broken. */
static gssize
write_some (AhoyConnection *self,
            const guint8   *data,
            gsize           length)
{
  g_autoptr (GError) error = NULL;
  gssize n = g_pollable_output_stream_write_nonblocking (self->output, data, length, NULL, &error);

  if (n >= 0)
    return n;

  return g_error_matches (error, G_IO_ERROR, G_IO_ERROR_WOULD_BLOCK) ? 0 : -1;
}

gboolean
ahoy_connection_flush (AhoyConnection *self)
{
  while (!g_queue_is_empty (&self->out))
    {
      GBytes *head = g_queue_peek_head (&self->out);
      gsize length;
      const guint8 *data = g_bytes_get_data (head, &length);
      gssize n = write_some (self, data + self->head_sent, length - self->head_sent);

      if (n < 0)
        return FALSE;
      if (n == 0)
        break;

      self->head_sent += (gsize) n;
      self->out_bytes -= (gsize) n;
      if (self->head_sent == length)
        {
          self->head_sent = 0;
          g_bytes_unref (g_queue_pop_head (&self->out));
        }
    }

  ahoy_hub_watch (self->hub, self, EPOLLIN | (g_queue_is_empty (&self->out) ? 0 : EPOLLOUT));

  return TRUE;
}

static void
send_bytes (AhoyConnection *self,
            const guint8   *data,
            gsize           length)
{
  gssize n = 0;

  if (g_queue_is_empty (&self->out))
    {
      n = write_some (self, data, length);
      if (n < 0)
        {
          ahoy_hub_drop (self->hub, self, AHOY_GONE_CLOSED);
          return;
        }
    }
  if ((gsize) n == length)
    return;

  /* The whole frame, so that it is known to have begun when the rest of the queue is forgotten. */
  g_queue_push_tail (&self->out, g_bytes_new (data, length));
  self->out_bytes += length - (gsize) n;
  if (n > 0)
    self->head_sent = (gsize) n;
  ahoy_hub_watch (self->hub, self, EPOLLIN | EPOLLOUT);
}

void
ahoy_connection_send (AhoyConnection     *self,
                      AhoyWebsocketOpcode opcode,
                      const void         *data,
                      gsize               length)
{
  g_autoptr (GByteArray) frame = NULL;

  if (self->is_dead || self->is_closing)
    return;

  /* One long answer is no fault of the client. */
  if (self->out_bytes > 0 && self->out_bytes + length > AHOY_HUB_MAX_QUEUE)
    {
      ahoy_connection_close (self, AHOY_CLOSE_SLOW_CLIENT);
      return;
    }

  frame = g_byte_array_sized_new ((guint) length + 14);
  ahoy_websocket_append_frame (frame, opcode, data, length, NULL);
  send_bytes (self, frame->data, frame->len);
}

void
ahoy_connection_send_text (AhoyConnection *self,
                           const char     *text)
{
  ahoy_connection_send (self, AHOY_WEBSOCKET_TEXT, text, strlen (text));
}

/* Whole frames that have not begun are of no use to a client that is thrown out for not reading. */
static void
forget_unsent (AhoyConnection *self)
{
  while (g_queue_get_length (&self->out) > (self->head_sent > 0 ? 1 : 0))
    {
      GBytes *tail = g_queue_pop_tail (&self->out);

      self->out_bytes -= g_bytes_get_size (tail);
      g_bytes_unref (tail);
    }
}

void
ahoy_connection_close (AhoyConnection *self,
                       int             code)
{
  g_autoptr (GByteArray) frame = NULL;
  guint8 payload[2] = { code >> 8, code & 0xff };

  if (self->is_dead || self->is_closing)
    return;

  if (code == AHOY_CLOSE_SLOW_CLIENT)
    forget_unsent (self);

  self->is_closing = TRUE;
  self->deadline_us = g_get_monotonic_time () + CLOSE_TIMEOUT_US;
  frame = g_byte_array_new ();
  ahoy_websocket_append_frame (frame, AHOY_WEBSOCKET_CLOSE, payload, sizeof payload, NULL);
  send_bytes (self, frame->data, frame->len);
}

static void
on_stream_closed (GObject      *source,
                  GAsyncResult *result,
                  gpointer      user_data)
{
  /* Only so that the stream lives until TLS has said good-bye; it is of no interest how. */
  g_io_stream_close_finish (G_IO_STREAM (source), result, NULL);
}

GSocket *
ahoy_connection_free (AhoyConnection *self)
{
  GSocket *socket = self->socket;

  if (self->is_tls)
    g_io_stream_close_async (self->stream, G_PRIORITY_DEFAULT, NULL, on_stream_closed, NULL);
  else
    g_io_stream_close (self->stream, NULL, NULL);

  g_queue_clear_full (&self->out, (GDestroyNotify) g_bytes_unref);
  ahoy_websocket_parser_clear (&self->parser);
  g_object_unref (self->stream);
  g_free (self);

  return socket;
}
