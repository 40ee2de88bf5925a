/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ahoy-start-options.h"

#include "ahoy-user-sig.h"

#include <glib/gi18n.h>
#include <string.h>

#define MAX_TICKET_FILE 16384

const GOptionEntry ahoy_start_options[] = {
  { "version", 0, 0, G_OPTION_ARG_NONE, NULL, N_("Print the version and quit"), NULL },
  { "server", 0, 0, G_OPTION_ARG_STRING, NULL, N_("Address of the server to sign in to"), N_("URI") },
  { "app-id", 0, 0, G_OPTION_ARG_STRING, NULL, N_("Number of the application on the server"), N_("NUMBER") },
  { "user", 0, 0, G_OPTION_ARG_STRING, NULL, N_("Ahoy ID to sign in as"), N_("ID") },
  { "user-sig-file", 0, 0, G_OPTION_ARG_FILENAME, NULL, N_("File that holds the ticket"), N_("FILE") },
  { "tls-ca", 0, 0, G_OPTION_ARG_FILENAME, NULL, N_("Certificate authorities to trust, as PEM"), N_("FILE") },
  { "preferences", 0, 0, G_OPTION_ARG_NONE, NULL, N_("Open the preferences"), NULL },
  { G_OPTION_REMAINING, 0, 0, G_OPTION_ARG_STRING_ARRAY, NULL, NULL, N_("[LINK…]") },
  { NULL }
};

static char *
dup_text (GVariantDict *options,
          const char   *name,
          const char   *variable)
{
  char *text = NULL;

  if (options)
    g_variant_dict_lookup (options, name, "s", &text);
  if (!text && variable && g_getenv (variable) && *g_getenv (variable))
    text = g_strdup (g_getenv (variable));

  return text;
}

static char *
dup_file_name (GVariantDict *options,
               const char   *name,
               const char   *variable,
               const char   *directory)
{
  g_autofree char *file = NULL;

  if (options)
    g_variant_dict_lookup (options, name, "^ay", &file);
  if (!file && variable && g_getenv (variable) && *g_getenv (variable))
    file = g_strdup (g_getenv (variable));

  return file ? g_canonicalize_filename (file, directory) : NULL;
}

static char *
read_ticket (const char  *file,
             GError     **error)
{
  g_autofree char *contents = NULL;
  gsize length;

  if (!g_file_get_contents (file, &contents, &length, error))
    return NULL;

  g_strstrip (contents);
  if (*contents == '\0' || length > MAX_TICKET_FILE || strlen (contents) > MAX_TICKET_FILE)
    {
      g_set_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA, _("%s holds no ticket"), file);
      return NULL;
    }

  return g_steal_pointer (&contents);
}

static gboolean
has_options (GVariantDict *options)
{
  return options && (g_variant_dict_contains (options, "server") || g_variant_dict_contains (options, "user") ||
                     g_variant_dict_contains (options, "user-sig-file"));
}

AhoyAccount *
ahoy_start_options_read_account (GVariantDict  *options,
                                 const char    *directory,
                                 gboolean       use_environment,
                                 GError       **error)
{
  g_autofree char *server = dup_text (options, "server", use_environment ? "AHOY_SERVER" : NULL);
  g_autofree char *app = dup_text (options, "app-id", use_environment ? "AHOY_APP_ID" : NULL);
  g_autofree char *user = dup_text (options, "user", use_environment ? "AHOY_USER" : NULL);
  g_autofree char *file = dup_file_name (options, "user-sig-file", use_environment ? "AHOY_USER_SIG_FILE" : NULL,
                                         directory);
  g_autofree char *address = NULL;
  g_autofree char *ticket = NULL;
  guint64 app_id = 0;

  if (!server && !user && !file)
    return NULL;
  if (!server || !user || !file)
    {
      /* Half an environment, left over from something else, keeps nobody from starting; half a command does. */
      if (!has_options (options))
        return NULL;
      g_set_error_literal (error, G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE,
                           _("A server, a user and the file of a ticket belong together"));
      return NULL;
    }

  address = ahoy_account_normalize_server (server, error);
  if (!address)
    return NULL;
  ticket = read_ticket (file, error);
  if (!ticket)
    return NULL;

  if (!app)
    {
      g_autoptr (AhoyUserSigClaims) claims = ahoy_user_sig_read (ticket, error);

      if (!claims)
        return NULL;
      app_id = claims->app_id;
    }
  else if (!ahoy_account_parse_app_id (app, &app_id))
    {
      g_set_error (error, G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE, _("“%s” is not the number of an application"), app);
      return NULL;
    }

  if (!ahoy_user_id_is_valid (user))
    {
      g_set_error (error, G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE, _("“%s” is not an Ahoy ID"), user);
      return NULL;
    }

  return ahoy_account_new (address, app_id, user, ticket);
}

GTlsDatabase *
ahoy_start_options_read_trust (GVariantDict  *options,
                               const char    *directory,
                               gboolean       use_environment,
                               GError       **error)
{
  g_autofree char *file = dup_file_name (options, "tls-ca", use_environment ? "AHOY_TLS_CA" : NULL, directory);

  return file ? g_tls_file_database_new (file, error) : NULL;
}
