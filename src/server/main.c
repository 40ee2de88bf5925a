/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ahoy-commands.h"

#include <gio/gio.h>
#include <sys/stat.h>
#include <sysexits.h>

#define DAY_S (24 * 60 * 60)

static const struct
{
  const char *name;
  int (*run) (const AhoyCommandOptions *options,
              const char               *argument);
  gboolean needs_argument;
  const char *summary;
} commands[] = {
  { "init", ahoy_command_init, FALSE, "init --data DIR" },
  { "run", ahoy_command_run, FALSE, "run --data DIR --listen ADDR:PORT [--tls-cert FILE --tls-key FILE] [--port-file FILE]" },
  { "user-sig", ahoy_command_user_sig, TRUE, "user-sig USER [--data DIR] [--expire SECONDS]" },
  { "login-link", ahoy_command_login_link, TRUE, "login-link USER --server URI [--data DIR] [--expire SECONDS]" },
};

static int
show_usage (void)
{
  g_printerr ("usage:\n");
  for (guint i = 0; i < G_N_ELEMENTS (commands); i++)
    g_printerr ("  ahoy-server %s\n", commands[i].summary);

  return EX_USAGE;
}

static int
run_command (const AhoyCommandOptions *options,
             int                       argc,
             char                    **argv)
{
  for (guint i = 0; argc > 1 && i < G_N_ELEMENTS (commands); i++)
    {
      if (!g_str_equal (commands[i].name, argv[1]))
        continue;
      if (argc != (commands[i].needs_argument ? 3 : 2))
        return show_usage ();

      return commands[i].run (options, commands[i].needs_argument ? argv[2] : NULL);
    }

  return show_usage ();
}

int
main (int    argc,
      char **argv)
{
  g_autoptr (GOptionContext) context = g_option_context_new ("COMMAND [USER]");
  g_autoptr (GError) error = NULL;
  AhoyCommandOptions options = { .expire_s = 180 * DAY_S };
  gboolean show_version = FALSE;
  GOptionEntry entries[] = {
    { "data", 0, 0, G_OPTION_ARG_FILENAME, &options.data_dir, "Where everything is kept", "DIR" },
    { "listen", 0, 0, G_OPTION_ARG_STRING, &options.listen, "Where clients come in", "ADDR:PORT" },
    { "tls-cert", 0, 0, G_OPTION_ARG_FILENAME, &options.tls_cert, "Certificate chain (PEM)", "FILE" },
    { "tls-key", 0, 0, G_OPTION_ARG_FILENAME, &options.tls_key, "Key of the certificate (PEM)", "FILE" },
    { "port-file", 0, 0, G_OPTION_ARG_FILENAME, &options.port_file, "Gets the port that is listened on", "FILE" },
    { "server", 0, 0, G_OPTION_ARG_STRING, &options.server, "The server as clients reach it", "URI" },
    { "expire", 0, 0, G_OPTION_ARG_INT64, &options.expire_s, "How long a ticket is good for", "SECONDS" },
    { "version", 0, 0, G_OPTION_ARG_NONE, &show_version, "Print the version", NULL },
    { NULL },
  };
  int code;

  /* Secrets are in these files: nobody else reads them. */
  umask (0077);
  g_option_context_add_main_entries (context, entries, NULL);
  if (!g_option_context_parse (context, &argc, &argv, &error))
    {
      g_printerr ("ahoy-server: %s\n", error->message);
      return EX_USAGE;
    }
  if (show_version)
    {
      g_print ("ahoy-server %s\n", AHOY_VERSION);
      return EX_OK;
    }

  if (!options.data_dir)
    options.data_dir = ahoy_command_find_data_dir ();
  code = run_command (&options, argc, argv);
  ahoy_command_options_clear (&options);

  return code;
}
