/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ahoy-agent-options.h"

#include "ahoy-bus-service.h"

#include <errno.h>
#include <gio/gio.h>
#include <stdio.h>

/* A ticket has at most 4096 bytes; this leaves room for line ends. */
#define MAX_USER_SIG_FILE 8192

static const char description[] =
    "Environment, where the option is missing:\n"
    "  AHOY_SERVER, AHOY_APP_ID, AHOY_USER, AHOY_USER_SIG_FILE\n"
    "\n"
    "Without a user the agent waits for Login on the bus.\n"
    "\n"
    "Exit status:\n"
    "  0   ended by a signal, or the call of --call took place\n"
    "  1   the call of --call did not take place\n"
    "  64  wrong command line\n"
    "  66  a file cannot be read\n"
    "  69  no bus, or the name is taken\n"
    "  77  the ticket is refused, or the account signed in elsewhere\n";

static void
fill_from_environment (char      **value,
                       const char *variable)
{
  if (!*value)
    *value = g_strdup (g_getenv (variable));
}

static gboolean
check (AhoyAgentOptions  *self,
       const char        *app_id,
       gboolean           no_bus,
       GError           **error)
{
  gboolean any = self->server || self->user || self->user_sig_file || app_id;
  gboolean all = self->server && self->user && self->user_sig_file && app_id;
  const char *problem = NULL;

  if (app_id && !g_ascii_string_to_unsigned (app_id, 10, 1, G_MAXUINT64, &self->app_id, NULL))
    problem = "The number of the application is not valid";
  else if (any && !all)
    problem = "To sign in, all of --server, --app-id, --user and --user-sig-file are needed";
  else if (no_bus && !all)
    problem = "Without bus and without a user there is nothing to do";
  else if (self->bus_name && (!g_dbus_is_name (self->bus_name) || g_dbus_is_unique_name (self->bus_name)))
    problem = "This cannot be a name on the bus";
  else if (self->callees && !all)
    problem = "--call needs a user to sign in";
  else if (self->duration_s < 0)
    problem = "--duration cannot be negative";

  if (problem)
    g_set_error_literal (error, G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE, problem);

  return problem == NULL;
}

AhoyAgentOptions *
ahoy_agent_options_parse (int      *argc,
                          char   ***argv,
                          GError  **error)
{
  g_autoptr (AhoyAgentOptions) self = g_new0 (AhoyAgentOptions, 1);
  g_autoptr (GOptionContext) context = g_option_context_new (NULL);
  g_autofree char *app_id = NULL;
  gboolean no_bus = FALSE;
  gboolean camera = FALSE;
  GOptionEntry entries[] = {
    { "server", 's', 0, G_OPTION_ARG_STRING, &self->server, "Address of the server", "URI" },
    { "app-id", 'a', 0, G_OPTION_ARG_STRING, &app_id, "Number of the application", "N" },
    { "user", 'u', 0, G_OPTION_ARG_STRING, &self->user, "Id of the user", "USER" },
    { "user-sig-file", 0, 0, G_OPTION_ARG_FILENAME, &self->user_sig_file,
      "File with the ticket, “-” for standard input", "FILE" },
    { "tls-ca", 0, 0, G_OPTION_ARG_FILENAME, &self->tls_ca, "Trust the authorities in this PEM file", "FILE" },
    { "echo", 'e', 0, G_OPTION_ARG_NONE, &self->echo, "Answer anybody and send back what comes", NULL },
    { "accept", 0, 0, G_OPTION_ARG_NONE, &self->accept, "Answer anybody, as oneself", NULL },
    { "auto-join", 0, 0, G_OPTION_ARG_NONE, &self->auto_join, "Enter the calls of the user's groups", NULL },
    { "camera", 0, 0, G_OPTION_ARG_NONE, &camera, "In video calls begin with the camera on, as is the rule", NULL },
    { "no-camera", 0, 0, G_OPTION_ARG_NONE, &self->no_camera, "In video calls begin with the camera off", NULL },
    { "call", 'c', 0, G_OPTION_ARG_STRING_ARRAY, &self->callees, "Call this user once signed in", "USER" },
    { "video", 'v', 0, G_OPTION_ARG_NONE, &self->video, "Make that a video call", NULL },
    { "duration", 'd', 0, G_OPTION_ARG_INT, &self->duration_s, "Hang up after S seconds of conversation", "S" },
    { "bus-name", 0, 0, G_OPTION_ARG_STRING, &self->bus_name, "Name to own on the session bus", "NAME" },
    { "no-bus", 0, 0, G_OPTION_ARG_NONE, &no_bus, "Stay off the session bus", NULL },
    { "version", 0, 0, G_OPTION_ARG_NONE, &self->show_version, "Print the version", NULL },
    { NULL },
  };

  g_option_context_set_summary (context, "Takes part in calls without a display.");
  g_option_context_set_description (context, description);
  g_option_context_add_main_entries (context, entries, NULL);
  if (!g_option_context_parse (context, argc, argv, error))
    return NULL;

  if (*argc > 1)
    {
      g_set_error (error, G_OPTION_ERROR, G_OPTION_ERROR_UNKNOWN_OPTION, "“%s” means nothing here", (*argv)[1]);
      return NULL;
    }

  if (self->show_version)
    return g_steal_pointer (&self);

  fill_from_environment (&self->server, "AHOY_SERVER");
  fill_from_environment (&app_id, "AHOY_APP_ID");
  fill_from_environment (&self->user, "AHOY_USER");
  fill_from_environment (&self->user_sig_file, "AHOY_USER_SIG_FILE");
  if (no_bus)
    g_clear_pointer (&self->bus_name, g_free);
  else if (!self->bus_name)
    self->bus_name = g_strdup (AHOY_BUS_NAME);

  if (camera && self->no_camera)
    {
      g_set_error_literal (error, G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE, "--camera and --no-camera exclude each other");
      return NULL;
    }

  if (!check (self, app_id, no_bus, error))
    return NULL;

  return g_steal_pointer (&self);
}

void
ahoy_agent_options_free (AhoyAgentOptions *self)
{
  g_free (self->server);
  g_free (self->user);
  g_free (self->user_sig_file);
  g_free (self->tls_ca);
  g_free (self->bus_name);
  g_strfreev (self->callees);
  g_free (self);
}

gboolean
ahoy_agent_options_has_user (const AhoyAgentOptions *self)
{
  return self->user != NULL;
}

char *
ahoy_agent_options_read_sig (const AhoyAgentOptions  *self,
                             GError                 **error)
{
  FILE *file = g_str_equal (self->user_sig_file, "-") ? stdin : fopen (self->user_sig_file, "re");
  g_autofree char *text = NULL;
  gsize length;

  if (!file)
    {
      int code = errno;

      g_set_error (error, G_FILE_ERROR, (int) g_file_error_from_errno (code), "%s: %s",
                   self->user_sig_file, g_strerror (code));
      return NULL;
    }

  text = g_malloc0 (MAX_USER_SIG_FILE + 1);
  length = fread (text, 1, MAX_USER_SIG_FILE, file);
  if (file != stdin)
    fclose (file);

  g_strstrip (text);
  if (length == MAX_USER_SIG_FILE || *text == '\0' || !g_utf8_validate (text, -1, NULL))
    {
      g_set_error (error, G_FILE_ERROR, G_FILE_ERROR_INVAL, "%s: there is no ticket in it", self->user_sig_file);
      return NULL;
    }

  return g_steal_pointer (&text);
}
