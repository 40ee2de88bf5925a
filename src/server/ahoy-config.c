/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ahoy-config.h"

#include "ahoy-limits.h"

#include <string.h>

static const char template[] =
  "# Settings of ahoy-server. Remove a # and restart the server.\n"
  "\n"
  "[server]\n"
  "# One account on several devices at the same time: never, ask (each account may switch it on), always:\n"
  "#several-devices=ask\n"
  "# Days that call records are kept:\n"
  "#records-days=365\n"
  "\n"
  "[limits]\n"
  "# Messages a second of one connection, and how many at once:\n"
  "#messages-per-second=20\n"
  "#messages-burst=200\n"
  "# Invitations a minute of one user, to calls and into them:\n"
  "#invites-per-minute=10\n"
  "# Wrong tickets a minute of one address, and for one user; behind a proxy all have its address:\n"
  "#wrong-tickets-per-minute=30\n"
  "\n"
  "[ice]\n"
  "# Helpers for media behind firewalls:\n"
  "#urls=stun:turn.example.org:3478;turn:turn.example.org:3478\n"
  "# static-auth-secret of the TURN server:\n"
  "#turn-secret=\n"
  "#turn-ttl=86400\n";

const char *
ahoy_config_template (void)
{
  return template;
}

static double
get_number (GKeyFile   *file,
            const char *group,
            const char *key,
            double      fallback,
            double      min,
            double      max)
{
  g_autoptr (GError) error = NULL;
  double value = g_key_file_get_double (file, group, key, &error);

  return error ? fallback : CLAMP (value, min, max);
}

static guint
get_seconds (GKeyFile   *file,
             const char *key,
             guint       fallback)
{
  return (guint) get_number (file, "limits", key, fallback, 1, 86400);
}

static AhoySeveralDevices
get_several_devices (GKeyFile *file)
{
  g_autofree char *word = g_key_file_get_string (file, "server", "several-devices", NULL);

  /* true and false are what it could be at first. */
  if (g_strcmp0 (word, "always") == 0 || g_strcmp0 (word, "true") == 0)
    return AHOY_SEVERAL_DEVICES_ALWAYS;
  if (g_strcmp0 (word, "never") == 0 || g_strcmp0 (word, "false") == 0)
    return AHOY_SEVERAL_DEVICES_NEVER;

  return AHOY_SEVERAL_DEVICES_ASK;
}

AhoyConfig *
ahoy_config_load (const char *path,
                  GError    **error)
{
  g_autoptr (GKeyFile) file = g_key_file_new ();
  g_autoptr (GError) why = NULL;
  AhoyConfig *self;
  double invites;
  double refusals;

  if (!g_key_file_load_from_file (file, path, G_KEY_FILE_NONE, &why) &&
      !g_error_matches (why, G_FILE_ERROR, G_FILE_ERROR_NOENT))
    {
      g_propagate_prefixed_error (error, g_steal_pointer (&why), "%s: ", path);
      return NULL;
    }

  self = g_new0 (AhoyConfig, 1);
  self->messages.rate = get_number (file, "limits", "messages-per-second", 20, 1, 1e9);
  self->messages.burst = get_number (file, "limits", "messages-burst", 200, 1, 1e9);
  invites = get_number (file, "limits", "invites-per-minute", 10, 1, 1e9);
  self->invites = (AhoyThrottleLimits) { .rate = invites / 60, .burst = invites };
  refusals = get_number (file, "limits", "wrong-tickets-per-minute", 30, 1, 1e9);
  self->refusals = (AhoyThrottleLimits) { .rate = refusals / 60, .burst = refusals };
  self->heartbeat_s = get_seconds (file, "heartbeat", AHOY_HEARTBEAT_S);
  self->lost_closed_s = get_seconds (file, "lost-closed", AHOY_LOST_CLOSED_S);
  self->lost_silent_s = get_seconds (file, "lost-silent", AHOY_LOST_SILENT_S);
  self->session_ttl_s = get_seconds (file, "session-ttl", AHOY_SESSION_TTL_S);
  self->lapsed_s = get_seconds (file, "lapsed", AHOY_LAPSED_S);
  self->several_devices = get_several_devices (file);
  self->records_days = (guint) get_number (file, "server", "records-days", 365, 7, 36500);
  self->ice_urls = g_key_file_get_string_list (file, "ice", "urls", NULL, NULL);
  self->turn_secret = g_key_file_get_string (file, "ice", "turn-secret", NULL);
  self->turn_ttl_s = (guint) get_number (file, "ice", "turn-ttl", 86400, 60, 30 * 86400);

  return self;
}

void
ahoy_config_free (AhoyConfig *self)
{
  g_strfreev (self->ice_urls);
  g_free (self->turn_secret);
  g_free (self);
}

/* The scheme of coturn's use-auth-secret; that it is SHA-1 is part of it. */
static void
add_credentials (const AhoyConfig *self,
                 JsonObject       *server,
                 const char       *user_id,
                 gint64            now_s)
{
  g_autofree char *name = g_strdup_printf ("%" G_GINT64_FORMAT ":%s", now_s + self->turn_ttl_s, user_id);
  g_autoptr (GHmac) hmac = NULL;
  g_autofree char *credential = NULL;
  guint8 digest[20];
  gsize size = sizeof digest;

  hmac = g_hmac_new (G_CHECKSUM_SHA1, (const guchar *) self->turn_secret, strlen (self->turn_secret));
  g_hmac_update (hmac, (const guchar *) name, (gssize) strlen (name));
  g_hmac_get_digest (hmac, digest, &size);
  credential = g_base64_encode (digest, size);
  json_object_set_string_member (server, "username", name);
  json_object_set_string_member (server, "credential", credential);
}

JsonArray *
ahoy_config_make_ice (const AhoyConfig *self,
                      const char       *user_id,
                      gint64            now_s)
{
  JsonArray *ice = json_array_new ();

  for (guint i = 0; self->ice_urls && self->ice_urls[i]; i++)
    {
      JsonObject *server = json_object_new ();
      JsonArray *urls = json_array_new ();

      json_array_add_string_element (urls, self->ice_urls[i]);
      json_object_set_array_member (server, "urls", urls);
      if (self->turn_secret && *self->turn_secret && g_str_has_prefix (self->ice_urls[i], "turn"))
        add_credentials (self, server, user_id, now_s);
      json_array_add_object_element (ice, server);
    }

  return ice;
}
