/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ahoy-hub.h"

#include "ahoy-limits.h"
#include "ahoy-protocol-tables.h"
#include "ahoy-stolen-sockets.h"

#include <errno.h>
#include <glib-unix.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <unistd.h>

#define BATCH 256
#define READ_SIZE (64 * 1024)
#define SEND_BUFFER (64 * 1024)
/* One client that sends without end must not keep the others waiting. */
#define READS_A_TURN 4

struct _AhoyHub
{
  AhoyHubEvents events;
  gpointer user_data;
  int epoll_fd;
  guint source_id;
  guint tick_id;
  gint64 silent_us;
  GHashTable *connections; /* set of AhoyConnection, (owned) */
  GPtrArray *dead;         /* freed when the batch of events is over */
  AhoyStolenSockets *stolen;
  GPtrArray *again;        /* may hold bytes that epoll does not know of */
  guint idle_id;
  guint8 *buffer;
};

static void
free_dead (AhoyHub *self)
{
  for (guint i = 0; i < self->dead->len; i++)
    ahoy_stolen_sockets_add (self->stolen, ahoy_connection_free (g_ptr_array_index (self->dead, i)));
  g_ptr_array_set_size (self->dead, 0);
}

static gboolean on_idle (gpointer user_data);

static void
wake_up (AhoyHub *self)
{
  if (self->idle_id == 0)
    self->idle_id = g_idle_add_full (G_PRIORITY_DEFAULT, on_idle, self, NULL);
}

/* Soup or TLS may have read more from the socket than it gave away. */
static void
read_again_later (AhoyHub        *self,
                  AhoyConnection *connection)
{
  g_ptr_array_add (self->again, connection);
  wake_up (self);
}

void
ahoy_hub_drop (AhoyHub        *self,
               AhoyConnection *connection,
               AhoyGone        why)
{
  if (connection->is_dead)
    return;

  /* A later event of the same batch may still name this connection, so it is freed afterwards. */
  connection->is_dead = TRUE;
  epoll_ctl (self->epoll_fd, EPOLL_CTL_DEL, connection->fd, NULL);
  g_hash_table_steal (self->connections, connection);
  while (g_ptr_array_remove_fast (self->again, connection))
    ;
  g_ptr_array_add (self->dead, connection);
  wake_up (self);

  self->events.on_gone (connection, connection->is_closing ? AHOY_GONE_BY_US : why, self->user_data);
}

void
ahoy_hub_watch (AhoyHub        *self,
                AhoyConnection *connection,
                guint           events)
{
  struct epoll_event event = { .events = events, .data.ptr = connection };

  if (connection->is_dead || connection->events == events)
    return;

  connection->events = events;
  epoll_ctl (self->epoll_fd, EPOLL_CTL_MOD, connection->fd, &event);
}

static gboolean
on_message (AhoyWebsocketOpcode opcode,
            const guint8       *data,
            gsize               length,
            gpointer            user_data)
{
  AhoyConnection *connection = user_data;
  AhoyHub *self = connection->hub;

  /* After our close frame only the answer to it counts. */
  if (connection->is_closing && opcode != AHOY_WEBSOCKET_CLOSE)
    return TRUE;

  switch (opcode)
    {
    case AHOY_WEBSOCKET_TEXT:
      self->events.on_text (connection, (const char *) data, length, self->user_data);
      break;
    case AHOY_WEBSOCKET_BINARY:
      ahoy_connection_close (connection, AHOY_CLOSE_UNSUPPORTED);
      break;
    case AHOY_WEBSOCKET_PING:
      ahoy_connection_send (connection, AHOY_WEBSOCKET_PONG, data, length);
      break;
    case AHOY_WEBSOCKET_CLOSE:
      ahoy_connection_send (connection, AHOY_WEBSOCKET_CLOSE, data, MIN (length, 2));
      ahoy_hub_drop (self, connection, AHOY_GONE_CLOSED);
      break;
    case AHOY_WEBSOCKET_PONG:
    case AHOY_WEBSOCKET_CONTINUATION:
    default:
      break;
    }

  return !connection->is_dead;
}

static void
read_some (AhoyHub        *self,
           AhoyConnection *connection)
{
  for (int i = 0; i < READS_A_TURN && !connection->is_dead; i++)
    {
      g_autoptr (GError) error = NULL;
      gssize n;
      int code;

      n = g_pollable_input_stream_read_nonblocking (connection->input, self->buffer, READ_SIZE, NULL, &error);
      if (n <= 0)
        {
          if (n == 0 || !g_error_matches (error, G_IO_ERROR, G_IO_ERROR_WOULD_BLOCK))
            ahoy_hub_drop (self, connection, AHOY_GONE_CLOSED);
          return;
        }

      connection->heard_us = g_get_monotonic_time ();
      /* Behind a frame that was wrong everything is thrown away, until the far end closes. */
      if (connection->is_broken)
        continue;

      code = ahoy_websocket_parser_feed (&connection->parser, self->buffer, (gsize) n, on_message, connection);
      if (code != 0)
        {
          connection->is_broken = TRUE;
          ahoy_connection_close (connection, code);
        }

      /* Plain sockets are level-triggered: a short read was all. TLS may hold decrypted bytes. */
      if (!connection->is_tls && n < READ_SIZE)
        return;
    }

  if (!connection->is_dead && connection->is_tls)
    read_again_later (self, connection);
}

static gboolean
on_idle (gpointer user_data)
{
  AhoyHub *self = user_data;
  g_autoptr (GPtrArray) again = self->again;

  self->idle_id = 0;
  self->again = g_ptr_array_new ();
  /* Nothing is freed before free_dead(), so a dead one may be looked at. */
  for (guint i = 0; i < again->len; i++)
    {
      AhoyConnection *connection = g_ptr_array_index (again, i);

      if (!connection->is_dead)
        read_some (self, connection);
    }
  free_dead (self);

  return G_SOURCE_REMOVE;
}

static void
serve (AhoyHub        *self,
       AhoyConnection *connection,
       guint           events)
{
  if (connection->is_dead)
    return;

  if ((events & EPOLLOUT) != 0 && !ahoy_connection_flush (connection))
    {
      ahoy_hub_drop (self, connection, AHOY_GONE_CLOSED);
      return;
    }

  if ((events & (EPOLLIN | EPOLLERR | EPOLLHUP)) != 0)
    read_some (self, connection);
}

static gboolean
on_epoll (int          fd,
          GIOCondition condition,
          gpointer     user_data)
{
  AhoyHub *self = user_data;
  struct epoll_event events[BATCH];
  int n = epoll_wait (self->epoll_fd, events, BATCH, 0);

  for (int i = 0; i < n; i++)
    serve (self, events[i].data.ptr, events[i].events);
  free_dead (self);

  return G_SOURCE_CONTINUE;
}

/* One look a second at all connections, instead of a timer for each. */
static gboolean
on_tick (gpointer user_data)
{
  AhoyHub *self = user_data;
  g_autoptr (GPtrArray) late = g_ptr_array_new ();
  gint64 now_us = g_get_monotonic_time ();
  GHashTableIter iter;
  gpointer key;

  ahoy_stolen_sockets_release (self->stolen);
  g_hash_table_iter_init (&iter, self->connections);
  while (g_hash_table_iter_next (&iter, &key, NULL))
    {
      AhoyConnection *connection = key;

      if (now_us - connection->heard_us > self->silent_us ||
          (connection->deadline_us != 0 && now_us > connection->deadline_us))
        g_ptr_array_add (late, connection);
    }

  for (guint i = 0; i < late->len; i++)
    {
      AhoyConnection *connection = g_ptr_array_index (late, i);

      /* Whoever did not sign in in time is told so; all others do not listen. */
      if (!connection->session && !connection->is_closing)
        ahoy_connection_close (connection, AHOY_CLOSE_NOT_AUTHENTICATED);
      else
        ahoy_hub_drop (self, connection, AHOY_GONE_SILENT);
    }

  return G_SOURCE_CONTINUE;
}

AhoyHub *
ahoy_hub_new (const AhoyHubEvents *events,
              gpointer             user_data,
              guint                silent_s)
{
  AhoyHub *self = g_new0 (AhoyHub, 1);

  self->events = *events;
  self->user_data = user_data;
  self->silent_us = silent_s * G_USEC_PER_SEC;
  self->epoll_fd = epoll_create1 (EPOLL_CLOEXEC);
  g_assert (self->epoll_fd >= 0);
  self->source_id = g_unix_fd_add (self->epoll_fd, G_IO_IN, on_epoll, self);
  self->tick_id = g_timeout_add_seconds (1, on_tick, self);
  self->connections = g_hash_table_new (NULL, NULL);
  self->dead = g_ptr_array_new ();
  self->stolen = ahoy_stolen_sockets_new ();
  self->again = g_ptr_array_new ();
  self->buffer = g_malloc (READ_SIZE);

  return self;
}

void
ahoy_hub_free (AhoyHub *self)
{
  GHashTableIter iter;
  gpointer key;

  g_source_remove (self->source_id);
  g_source_remove (self->tick_id);
  g_hash_table_iter_init (&iter, self->connections);
  while (g_hash_table_iter_next (&iter, &key, NULL))
    ahoy_stolen_sockets_add (self->stolen, ahoy_connection_free (key));
  if (self->idle_id != 0)
    g_source_remove (self->idle_id);
  free_dead (self);
  ahoy_stolen_sockets_free (self->stolen);
  g_ptr_array_unref (self->dead);
  g_ptr_array_unref (self->again);
  g_hash_table_unref (self->connections);
  close (self->epoll_fd);
  g_free (self->buffer);
  g_free (self);
}

/* What Soup hands over wraps the socket once, and twice with TLS. */
static GSocketConnection *
find_socket (GIOStream *stream,
             gboolean  *is_tls)
{
  g_autoptr (GIOStream) base = NULL;

  *is_tls = FALSE;
  g_object_get (stream, "base-iostream", &base, NULL);
  if (G_IS_TLS_CONNECTION (base))
    {
      g_autoptr (GIOStream) inner = NULL;

      *is_tls = TRUE;
      g_object_get (base, "base-io-stream", &inner, NULL);

      return G_IS_SOCKET_CONNECTION (inner) ? G_SOCKET_CONNECTION (g_steal_pointer (&inner)) : NULL;
    }

  return G_IS_SOCKET_CONNECTION (base) ? G_SOCKET_CONNECTION (g_steal_pointer (&base)) : NULL;
}

AhoyConnection *
ahoy_hub_adopt (AhoyHub   *self,
                GIOStream *stream)
{
  g_autoptr (GIOStream) owned = stream;
  g_autoptr (GSocketConnection) socket = NULL;
  struct epoll_event event = { .events = EPOLLIN };
  AhoyConnection *connection;
  gboolean is_tls;
  int send_buffer = SEND_BUFFER;
  int one = 1;

  socket = find_socket (owned, &is_tls);
  if (!socket)
    return NULL;

  connection = g_new0 (AhoyConnection, 1);
  connection->hub = self;
  connection->is_tls = is_tls;
  connection->stream = g_steal_pointer (&owned);
  connection->input = G_POLLABLE_INPUT_STREAM (g_io_stream_get_input_stream (connection->stream));
  connection->output = G_POLLABLE_OUTPUT_STREAM (g_io_stream_get_output_stream (connection->stream));
  connection->socket = g_object_ref (g_socket_connection_get_socket (socket));
  connection->fd = g_socket_get_fd (connection->socket);
  connection->events = EPOLLIN;
  connection->heard_us = g_get_monotonic_time ();
  connection->deadline_us = connection->heard_us + AHOY_AUTH_TIMEOUT_S * G_USEC_PER_SEC;
  g_queue_init (&connection->out);
  ahoy_websocket_parser_init (&connection->parser, TRUE, AHOY_WIRE_MAX_FRAME);
  setsockopt (connection->fd, IPPROTO_TCP, TCP_NODELAY, &one, sizeof one);
  /* Else the kernel keeps megabytes for a client that does not read, before we notice it. */
  setsockopt (connection->fd, SOL_SOCKET, SO_SNDBUF, &send_buffer, sizeof send_buffer);

  g_hash_table_add (self->connections, connection);
  event.data.ptr = connection;
  epoll_ctl (self->epoll_fd, EPOLL_CTL_ADD, connection->fd, &event);
  read_again_later (self, connection);

  return connection;
}

guint
ahoy_hub_get_n (AhoyHub *self)
{
  return g_hash_table_size (self->connections);
}

void
ahoy_hub_close_all (AhoyHub *self,
                    int      code)
{
  g_autofree gpointer *all = NULL;
  guint n = 0;

  /* A broken connection leaves the table while it is closed. */
  all = g_hash_table_get_keys_as_array (self->connections, &n);
  for (guint i = 0; i < n; i++)
    ahoy_connection_close (all[i], code);
}
