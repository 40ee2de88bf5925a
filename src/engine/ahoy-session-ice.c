/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "ahoy-session-ice.h"

#include "ahoy-items.h"

#define MAX_ADDRESSES 16
#define MAX_TEXT 512

static char *
make_uri (JsonObject *server,
          const char *url)
{
  const char *username = ahoy_json_get_string (server, "username", MAX_TEXT);
  const char *credential = ahoy_json_get_string (server, "credential", MAX_TEXT);
  g_autofree char *user = NULL;
  g_autofree char *password = NULL;
  const char *rest;

  if (g_str_has_prefix (url, "stun:"))
    return g_strdup (url);
  if (!g_str_has_prefix (url, "turn:") && !g_str_has_prefix (url, "turns:"))
    return NULL;
  if (!username || !credential)
    return NULL;

  rest = strchr (url, ':') + 1;
  user = g_uri_escape_string (username, NULL, FALSE);
  password = g_uri_escape_string (credential, NULL, FALSE);
  return g_strdup_printf ("%.*s%s:%s@%s", (int) (rest - url), url, user, password, rest);
}

GStrv
ahoy_session_ice_make_uris (JsonArray *servers)
{
  g_autoptr (GPtrArray) uris = g_ptr_array_new_with_free_func (g_free);

  for (guint i = 0; i < ahoy_items_length (servers); i++)
    {
      JsonObject *server = ahoy_items_object (servers, i);
      JsonArray *urls = server ? ahoy_json_get_array (server, "urls") : NULL;

      for (guint j = 0; j < ahoy_items_length (urls) && uris->len < MAX_ADDRESSES; j++)
        {
          const char *url = ahoy_items_string (urls, j);
          char *uri = url && strlen (url) <= MAX_TEXT ? make_uri (server, url) : NULL;

          if (uri)
            g_ptr_array_add (uris, uri);
        }
    }

  g_ptr_array_add (uris, NULL);
  return (GStrv) g_ptr_array_free (g_steal_pointer (&uris), FALSE);
}
