/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "stalling-proxy.h"

struct _StallingProxy
{
  GSocketService *service;
  GCancellable *cancellable;
  GPtrArray *open; /* of GIOStream, so that they stay open */
  guint port;
  guint target;
  guint generation; /* connections of an older one are dead */
  guint pending;    /* callbacks to come */
  gboolean dead;
};

/* One direction of one connection. */
typedef struct
{
  StallingProxy *proxy;
  GInputStream *from;
  GOutputStream *to;
  GBytes *bytes;
  guint generation;
} Pipe;

static void read_some (Pipe *pipe);

static void
pipe_free (Pipe *pipe)
{
  g_output_stream_close (pipe->to, NULL, NULL);
  g_clear_pointer (&pipe->bytes, g_bytes_unref);
  g_object_unref (pipe->from);
  g_object_unref (pipe->to);
  g_free (pipe);
}

static void
on_written (GObject      *object,
            GAsyncResult *result,
            gpointer      user_data)
{
  Pipe *pipe = user_data;

  pipe->proxy->pending--;
  g_clear_pointer (&pipe->bytes, g_bytes_unref);
  if (g_output_stream_write_all_finish (G_OUTPUT_STREAM (object), result, NULL, NULL))
    read_some (pipe);
  else
    pipe_free (pipe);
}

static void
on_read (GObject      *object,
         GAsyncResult *result,
         gpointer      user_data)
{
  Pipe *pipe = user_data;
  StallingProxy *proxy = pipe->proxy;

  proxy->pending--;
  pipe->bytes = g_input_stream_read_bytes_finish (G_INPUT_STREAM (object), result, NULL);
  if (!pipe->bytes || g_bytes_get_size (pipe->bytes) == 0)
    {
      pipe_free (pipe);
      return;
    }
  if (proxy->dead || pipe->generation != proxy->generation)
    {
      /* Swallowed. */
      g_clear_pointer (&pipe->bytes, g_bytes_unref);
      read_some (pipe);
      return;
    }

  proxy->pending++;
  g_output_stream_write_all_async (pipe->to, g_bytes_get_data (pipe->bytes, NULL), g_bytes_get_size (pipe->bytes),
                                   G_PRIORITY_DEFAULT, proxy->cancellable, on_written, pipe);
}

static void
read_some (Pipe *pipe)
{
  pipe->proxy->pending++;
  g_input_stream_read_bytes_async (pipe->from, 65536, G_PRIORITY_DEFAULT, pipe->proxy->cancellable, on_read, pipe);
}

static void
start_pipe (StallingProxy *self,
            GIOStream     *from,
            GIOStream     *to)
{
  Pipe *pipe = g_new0 (Pipe, 1);

  pipe->proxy = self;
  pipe->generation = self->generation;
  pipe->from = g_object_ref (g_io_stream_get_input_stream (from));
  pipe->to = g_object_ref (g_io_stream_get_output_stream (to));
  read_some (pipe);
}

static gboolean
on_incoming (StallingProxy     *self,
             GSocketConnection *connection)
{
  g_autoptr (GSocketClient) client = g_socket_client_new ();
  g_autoptr (GSocketConnection) upstream = NULL;

  g_ptr_array_add (self->open, g_object_ref (connection));
  if (self->dead)
    return TRUE;

  /* On loopback this either works at once or not at all. */
  upstream = g_socket_client_connect_to_host (client, "127.0.0.1", (guint16) self->target, NULL, NULL);
  if (!upstream)
    {
      g_io_stream_close (G_IO_STREAM (connection), NULL, NULL);
      return TRUE;
    }
  g_ptr_array_add (self->open, g_object_ref (upstream));
  start_pipe (self, G_IO_STREAM (connection), G_IO_STREAM (upstream));
  start_pipe (self, G_IO_STREAM (upstream), G_IO_STREAM (connection));
  return TRUE;
}

StallingProxy *
stalling_proxy_new (guint port)
{
  return stalling_proxy_new_at ("127.0.0.1", 0, port);
}

StallingProxy *
stalling_proxy_new_at (const char *own_address,
                       guint       own_port,
                       guint       port)
{
  StallingProxy *self = g_new0 (StallingProxy, 1);
  g_autoptr (GSocketAddress) address = g_inet_socket_address_new_from_string (own_address, own_port);
  g_autoptr (GSocketAddress) effective = NULL;
  g_autoptr (GError) error = NULL;

  self->target = port;
  self->open = g_ptr_array_new_with_free_func (g_object_unref);
  self->cancellable = g_cancellable_new ();
  self->service = g_socket_service_new ();
  g_socket_listener_add_address (G_SOCKET_LISTENER (self->service), address, G_SOCKET_TYPE_STREAM,
                                 G_SOCKET_PROTOCOL_TCP, NULL, &effective, &error);
  g_assert_no_error (error);
  self->port = g_inet_socket_address_get_port (G_INET_SOCKET_ADDRESS (effective));
  g_signal_connect_swapped (self->service, "incoming", G_CALLBACK (on_incoming), self);
  return self;
}

void
stalling_proxy_free (StallingProxy *self)
{
  g_socket_service_stop (self->service);
  g_cancellable_cancel (self->cancellable);
  while (self->pending > 0)
    g_main_context_iteration (NULL, TRUE);
  g_clear_object (&self->service);
  g_ptr_array_unref (self->open);
  g_object_unref (self->cancellable);
  g_free (self);
}

guint
stalling_proxy_get_port (StallingProxy *self)
{
  return self->port;
}

void
stalling_proxy_set_dead (StallingProxy *self,
                         gboolean       dead)
{
  self->dead = dead;
  if (dead)
    self->generation++;
}
