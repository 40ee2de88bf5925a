/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ahoy-account.h"

#include <string.h>

/* Longer than any address people use; keeps hostile links small. */
#define MAX_SERVER_LENGTH 1024

G_DEFINE_BOXED_TYPE (AhoyAccount, ahoy_account, ahoy_account_copy, ahoy_account_free)

AhoyAccount *
ahoy_account_new (const char *server,
                  guint64     app_id,
                  const char *user_id,
                  const char *user_sig)
{
  AhoyAccount *self;

  g_return_val_if_fail (server && user_id && user_sig, NULL);

  self = g_new0 (AhoyAccount, 1);
  self->server = g_strdup (server);
  self->app_id = app_id;
  self->user_id = g_strdup (user_id);
  self->user_sig = g_strdup (user_sig);

  return self;
}

AhoyAccount *
ahoy_account_copy (const AhoyAccount *self)
{
  g_return_val_if_fail (self, NULL);

  return ahoy_account_new (self->server, self->app_id, self->user_id, self->user_sig);
}

void
ahoy_account_free (AhoyAccount *self)
{
  if (!self)
    return;

  g_free (self->server);
  g_free (self->user_id);
  g_free (self->user_sig);
  g_free (self);
}

static gboolean
is_loopback (const char *text)
{
  static const char *const hosts[] = { "localhost", "127.0.0.1", "[::1]" };

  for (guint i = 0; i < G_N_ELEMENTS (hosts); i++)
    {
      gsize length = strlen (hosts[i]);

      if (g_ascii_strncasecmp (text, hosts[i], length) == 0 &&
          (text[length] == '\0' || text[length] == ':' || text[length] == '/'))
        return TRUE;
    }

  return FALSE;
}

static gboolean
is_known_scheme (const char *scheme)
{
  return g_str_equal (scheme, "https") || g_str_equal (scheme, "http") ||
         g_str_equal (scheme, "wss") || g_str_equal (scheme, "ws");
}

char *
ahoy_account_normalize_server (const char  *text,
                               GError     **error)
{
  g_autofree char *stripped = NULL;
  g_autofree char *full = NULL;
  g_autoptr (GUri) uri = NULL;
  g_autoptr (GUri) plain = NULL;

  g_return_val_if_fail (text, NULL);

  stripped = g_strstrip (g_strdup (text));
  if (*stripped == '\0' || strlen (stripped) > MAX_SERVER_LENGTH || !g_utf8_validate (stripped, -1, NULL))
    {
      g_set_error_literal (error, G_URI_ERROR, G_URI_ERROR_BAD_HOST, "The address is empty, too long or not text");
      return NULL;
    }

  /* A bare name gets the safe scheme, except on this very computer, where nobody has a certificate. */
  if (strstr (stripped, "://"))
    full = g_steal_pointer (&stripped);
  else
    full = g_strconcat (is_loopback (stripped) ? "http://" : "https://", stripped, NULL);

  uri = g_uri_parse (full, G_URI_FLAGS_NONE, error);
  if (!uri)
    return NULL;
  if (!is_known_scheme (g_uri_get_scheme (uri)))
    {
      g_set_error_literal (error, G_URI_ERROR, G_URI_ERROR_BAD_SCHEME, "The address is not one of a web server");
      return NULL;
    }
  if (!g_uri_get_host (uri) || *g_uri_get_host (uri) == '\0' || strpbrk (g_uri_get_host (uri), " \t\r\n<>\"'\\"))
    {
      g_set_error_literal (error, G_URI_ERROR, G_URI_ERROR_BAD_HOST, "The address names no host");
      return NULL;
    }

  /* A name and password in front of the host, a query or a fragment have no meaning here: they are dropped. */
  plain = g_uri_build (G_URI_FLAGS_NONE, g_uri_get_scheme (uri), NULL, g_uri_get_host (uri),
                       g_uri_get_port (uri),
                       g_str_equal (g_uri_get_path (uri), "/") ? "" : g_uri_get_path (uri),
                       NULL, NULL);
  return g_uri_to_string (plain);
}

char *
ahoy_account_dup_host (const AhoyAccount *self)
{
  g_autoptr (GUri) uri = NULL;

  g_return_val_if_fail (self, NULL);

  uri = g_uri_parse (self->server, G_URI_FLAGS_NONE, NULL);
  if (!uri || !g_uri_get_host (uri))
    return g_strdup (self->server);
  if (g_uri_get_port (uri) > 0)
    return g_strdup_printf ("%s:%d", g_uri_get_host (uri), g_uri_get_port (uri));

  return g_strdup (g_uri_get_host (uri));
}

gboolean
ahoy_account_parse_app_id (const char *text,
                           guint64    *app_id)
{
  g_return_val_if_fail (text && app_id, FALSE);

  return g_ascii_string_to_unsigned (text, 10, 1, G_MAXUINT64, app_id, NULL);
}
