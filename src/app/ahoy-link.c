/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ahoy-link.h"

#include "ahoy-user-sig.h"

#include <string.h>

/* A ticket is some 300 bytes, up to 1.5 kB with user data in it. */
#define MAX_LINK_LENGTH 8192
#define MAX_TICKET_LENGTH 4096

G_DEFINE_QUARK (ahoy-link-error-quark, ahoy_link_error)

void
ahoy_link_free (AhoyLink *self)
{
  if (!self)
    return;

  g_clear_pointer (&self->account, ahoy_account_free);
  g_free (self->user_id);
  g_free (self);
}

static gboolean
is_ticket (const char *text)
{
  gsize length = text ? strlen (text) : 0;

  /* Base64 with * - _ for + / =; anything else would only be refused by the server later. */
  return length > 0 && length <= MAX_TICKET_LENGTH &&
         strspn (text, "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789*-_+/=") == length;
}

static AhoyLink *
parse_login (GHashTable  *params,
             GError     **error)
{
  const char *server = g_hash_table_lookup (params, "server");
  const char *app = g_hash_table_lookup (params, "app");
  const char *user = g_hash_table_lookup (params, "user");
  const char *sig = g_hash_table_lookup (params, "sig");
  g_autofree char *normalized = NULL;
  AhoyLink *link;
  guint64 app_id;

  normalized = server ? ahoy_account_normalize_server (server, NULL) : NULL;
  if (!normalized)
    {
      g_set_error_literal (error, AHOY_LINK_ERROR, AHOY_LINK_ERROR_SERVER, "The link names no server");
      return NULL;
    }
  if (!user || !ahoy_user_id_is_valid (user))
    {
      g_set_error_literal (error, AHOY_LINK_ERROR, AHOY_LINK_ERROR_USER, "The link names nobody");
      return NULL;
    }
  if (!app || !ahoy_account_parse_app_id (app, &app_id) || !is_ticket (sig))
    {
      g_set_error_literal (error, AHOY_LINK_ERROR, AHOY_LINK_ERROR_TICKET, "The link carries no ticket");
      return NULL;
    }

  link = g_new0 (AhoyLink, 1);
  link->kind = AHOY_LINK_LOGIN;
  link->account = ahoy_account_new (normalized, app_id, user, sig);
  return link;
}

static AhoyLink *
new_call (const char     *user_id,
          AhoyCallMedia   media,
          GError        **error)
{
  AhoyLink *link;

  if (!user_id || !ahoy_user_id_is_valid (user_id))
    {
      g_set_error_literal (error, AHOY_LINK_ERROR, AHOY_LINK_ERROR_USER, "The link names nobody");
      return NULL;
    }

  link = g_new0 (AhoyLink, 1);
  link->kind = AHOY_LINK_CALL;
  link->user_id = g_strdup (user_id);
  link->media = media;
  return link;
}

static AhoyLink *
parse_ahoy (const char  *text,
            GError     **error)
{
  g_autofree char *host = NULL;
  g_autofree char *path = NULL;
  g_autofree char *query = NULL;
  g_autoptr (GHashTable) params = NULL;

  /* Encoded, so that an escaped & or = inside a value is not taken for a separator. */
  if (!g_uri_split (text, G_URI_FLAGS_ENCODED, NULL, NULL, &host, NULL, &path, &query, NULL, NULL))
    {
      g_set_error_literal (error, AHOY_LINK_ERROR, AHOY_LINK_ERROR_UNKNOWN, "Not a link");
      return NULL;
    }

  params = g_uri_parse_params (query ? query : "", -1, "&", G_URI_PARAMS_NONE, NULL);
  if (!params)
    params = g_hash_table_new (g_str_hash, g_str_equal);

  if (host && g_ascii_strcasecmp (host, "login") == 0)
    return parse_login (params, error);

  if (host && g_ascii_strcasecmp (host, "call") == 0 && path && *path == '/')
    {
      g_autofree char *user = g_uri_unescape_string (path + 1, "/");
      const char *media = g_hash_table_lookup (params, "media");

      return new_call (user, g_strcmp0 (media, "video") == 0 ? AHOY_CALL_MEDIA_VIDEO : AHOY_CALL_MEDIA_AUDIO, error);
    }

  g_set_error_literal (error, AHOY_LINK_ERROR, AHOY_LINK_ERROR_UNKNOWN, "Not a link of Ahoy");
  return NULL;
}

/* tel:+49-30-1234;ext=5: visual separators and parameters are dropped (RFC 3966, 5.1.1). */
static char *
dup_dialled_id (const char *number)
{
  gboolean is_number = strspn (number, "+0123456789-.() ") == strcspn (number, ";?");
  GString *id = g_string_new (NULL);

  for (const char *p = number; *p && *p != ';' && *p != '?'; p++)
    if (!is_number || g_ascii_isdigit (*p))
      g_string_append_c (id, *p);

  return g_string_free (id, FALSE);
}

AhoyLink *
ahoy_link_parse (const char  *text,
                 GError     **error)
{
  g_autofree char *stripped = NULL;
  g_autofree char *scheme = NULL;

  g_return_val_if_fail (text, NULL);

  if (strnlen (text, MAX_LINK_LENGTH + 1) > MAX_LINK_LENGTH || !g_utf8_validate (text, -1, NULL))
    {
      g_set_error_literal (error, AHOY_LINK_ERROR, AHOY_LINK_ERROR_UNKNOWN, "Too long, or not text");
      return NULL;
    }

  stripped = g_strstrip (g_strdup (text));
  scheme = g_uri_parse_scheme (stripped);

  if (scheme && g_ascii_strcasecmp (scheme, "ahoy") == 0)
    return parse_ahoy (stripped, error);

  if (scheme && (g_ascii_strcasecmp (scheme, "tel") == 0 || g_ascii_strcasecmp (scheme, "callto") == 0))
    {
      g_autofree char *plain = g_uri_unescape_string (stripped + strlen (scheme) + 1, NULL);
      g_autofree char *id = plain ? dup_dialled_id (plain) : NULL;

      return new_call (id, AHOY_CALL_MEDIA_AUDIO, error);
    }

  g_set_error_literal (error, AHOY_LINK_ERROR, AHOY_LINK_ERROR_UNKNOWN, "Not a link of Ahoy");
  return NULL;
}

char *
ahoy_link_format_login (const AhoyAccount *account)
{
  g_autofree char *server = NULL;
  g_autofree char *user = NULL;
  g_autofree char *sig = NULL;

  g_return_val_if_fail (account, NULL);

  server = g_uri_escape_string (account->server, NULL, FALSE);
  user = g_uri_escape_string (account->user_id, NULL, FALSE);
  sig = g_uri_escape_string (account->user_sig, "*", FALSE);

  return g_strdup_printf ("ahoy://login?server=%s&app=%" G_GUINT64_FORMAT "&user=%s&sig=%s",
                          server, account->app_id, user, sig);
}

char *
ahoy_link_format_call (const char    *user_id,
                       AhoyCallMedia  media)
{
  g_autofree char *user = NULL;

  g_return_val_if_fail (user_id, NULL);

  user = g_uri_escape_string (user_id, NULL, FALSE);
  return g_strconcat ("ahoy://call/", user, media == AHOY_CALL_MEDIA_VIDEO ? "?media=video" : NULL, NULL);
}
