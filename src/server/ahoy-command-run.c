/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ahoy-commands.h"

#include "ahoy-listener.h"
#include "ahoy-server.h"

#include <glib-unix.h>
#include <sysexits.h>

static gboolean
on_stop_signal (gpointer user_data)
{
  g_main_loop_quit (user_data);

  return G_SOURCE_CONTINUE;
}

static gboolean
on_reload_signal (gpointer user_data)
{
  AhoyServer *server = user_data;

  ahoy_listener_reload_tls (server->listener);

  return G_SOURCE_CONTINUE;
}

int
ahoy_command_run (const AhoyCommandOptions *options,
                  const char               *argument)
{
  g_autoptr (GMainLoop) loop = g_main_loop_new (NULL, FALSE);
  g_autoptr (GError) error = NULL;
  AhoyServerOptions wanted = {
    .data_dir = options->data_dir,
    .listen = options->listen ? options->listen : "127.0.0.1:8443",
    .tls_cert = options->tls_cert,
    .tls_key = options->tls_key,
    .port_file = options->port_file,
  };
  AhoyServer *server = ahoy_server_new (&wanted, &error);
  guint sources[3];

  if (!server)
    {
      g_printerr ("ahoy-server: %s\n", error->message);
      return EX_CONFIG;
    }

  sources[0] = g_unix_signal_add (SIGTERM, on_stop_signal, loop);
  sources[1] = g_unix_signal_add (SIGINT, on_stop_signal, loop);
  sources[2] = g_unix_signal_add (SIGHUP, on_reload_signal, server);
  g_main_loop_run (loop);

  ahoy_server_stop (server);
  for (guint i = 0; i < G_N_ELEMENTS (sources); i++)
    g_source_remove (sources[i]);
  ahoy_server_free (server);
  g_message ("event=stopped");

  return EX_OK;
}
