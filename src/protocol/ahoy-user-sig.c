/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "ahoy-user-sig.h"

#include "ahoy-error.h"
#include "ahoy-json.h"
#include "ahoy-limits.h"

#include <string.h>
#include <zlib.h>

/* The longest honest ticket is far below this; a decompression bomb is not. */
#define MAX_INFLATED 8192
#define MAX_USERBUF 512
/* Clocks differ; a ticket from further in the future than this is refused. */
#define MAX_SKEW_S 600
#define MAC_BYTES 32

gboolean
ahoy_user_id_is_valid (const char *user_id)
{
  gsize length = 0;

  if (!user_id)
    return FALSE;

  for (; user_id[length]; length++)
    {
      char c = user_id[length];

      if (length == AHOY_MAX_USER_ID)
        return FALSE;
      if (!g_ascii_isalnum (c) && c != '_' && c != '-')
        return FALSE;
    }

  return length > 0;
}

static void
compute_mac (const char *secret,
             const char *user_id,
             guint64     app_id,
             gint64      time,
             gint64      expire,
             const char *userbuf64,
             guint8      mac[MAC_BYTES])
{
  g_autoptr (GHmac) hmac = g_hmac_new (G_CHECKSUM_SHA256, (const guchar *) secret, strlen (secret));
  g_autoptr (GString) text = g_string_new (NULL);
  gsize size = MAC_BYTES;

  g_string_append_printf (text, "TLS.identifier:%s\n", user_id);
  g_string_append_printf (text, "TLS.sdkappid:%" G_GUINT64_FORMAT "\n", app_id);
  g_string_append_printf (text, "TLS.time:%" G_GINT64_FORMAT "\n", time);
  g_string_append_printf (text, "TLS.expire:%" G_GINT64_FORMAT "\n", expire);
  if (userbuf64)
    g_string_append_printf (text, "TLS.userbuf:%s\n", userbuf64);

  g_hmac_update (hmac, (const guchar *) text->str, (gssize) text->len);
  g_hmac_get_digest (hmac, mac, &size);
}

static char *
to_url_alphabet (char *base64)
{
  for (char *p = base64; *p; p++)
    {
      if (*p == '+')
        *p = '*';
      else if (*p == '/')
        *p = '-';
      else if (*p == '=')
        *p = '_';
    }

  return base64;
}

static char *
pack (const char *json)
{
  uLong length = strlen (json);
  uLongf size = compressBound (length);
  g_autofree guint8 *packed = g_malloc (size);

  if (compress2 (packed, &size, (const Bytef *) json, length, Z_DEFAULT_COMPRESSION) != Z_OK)
    return NULL;

  return to_url_alphabet (g_base64_encode (packed, size));
}

char *
ahoy_user_sig_make (guint64      app_id,
                    const char  *secret,
                    const char  *user_id,
                    gint64       time,
                    gint64       expire,
                    GBytes      *userbuf,
                    GError     **error)
{
  g_autoptr (JsonObject) object = NULL;
  g_autofree char *userbuf64 = NULL;
  g_autofree char *mac64 = NULL;
  g_autofree char *json = NULL;
  guint8 mac[MAC_BYTES];
  char *sig;

  g_return_val_if_fail (secret != NULL, NULL);

  if (!ahoy_user_id_is_valid (user_id))
    {
      g_set_error_literal (error, AHOY_ERROR, AHOY_ERROR_PARAM_INVALID,
                           "a user id is 1 to 32 letters, digits, - and _");
      return NULL;
    }
  if (expire <= 0 || time < 0 || time > G_MAXINT64 - expire || app_id > G_MAXINT64 ||
      (userbuf && g_bytes_get_size (userbuf) > MAX_USERBUF))
    {
      ahoy_error_set_code (error, AHOY_ERROR_PARAM_INVALID);
      return NULL;
    }

  if (userbuf)
    userbuf64 = g_base64_encode (g_bytes_get_data (userbuf, NULL), g_bytes_get_size (userbuf));
  compute_mac (secret, user_id, app_id, time, expire, userbuf64, mac);
  mac64 = g_base64_encode (mac, sizeof mac);

  object = json_object_new ();
  json_object_set_string_member (object, "TLS.ver", "2.0");
  json_object_set_string_member (object, "TLS.identifier", user_id);
  json_object_set_int_member (object, "TLS.sdkappid", (gint64) app_id);
  json_object_set_int_member (object, "TLS.expire", expire);
  json_object_set_int_member (object, "TLS.time", time);
  if (userbuf64)
    json_object_set_string_member (object, "TLS.userbuf", userbuf64);
  json_object_set_string_member (object, "TLS.sig", mac64);
  json = ahoy_json_to_text (object);

  sig = pack (json);
  if (!sig)
    ahoy_error_set_code (error, AHOY_ERROR_INTERNAL);

  return sig;
}

/* g_base64_decode() skips what it does not know; a ticket must be exact. */
static guint8 *
decode_base64 (const char *text,
               gsize      *size)
{
  gsize length = strlen (text);
  gsize padding = 0;

  if (length == 0 || length % 4 != 0)
    return NULL;

  while (padding < 2 && text[length - 1 - padding] == '=')
    padding++;
  for (gsize i = 0; i < length - padding; i++)
    {
      if (!g_ascii_isalnum (text[i]) && text[i] != '+' && text[i] != '/')
        return NULL;
    }

  return g_base64_decode (text, size);
}

static guint8 *
decode_sig (const char *sig,
            gsize      *size)
{
  g_autofree char *base64 = g_strdup (sig);

  for (char *p = base64; *p; p++)
    {
      if (*p == '*')
        *p = '+';
      else if (*p == '-')
        *p = '/';
      else if (*p == '_')
        *p = '=';
      else if (!g_ascii_isalnum (*p))
        return NULL;
    }

  return decode_base64 (base64, size);
}

/* Returns the length of the text, or 0 when it is no zlib stream or does not fit. */
static gsize
inflate_all (const guint8 *data,
             gsize         size,
             char          text[MAX_INFLATED])
{
  z_stream stream = { 0 };
  int result;

  if (inflateInit (&stream) != Z_OK)
    return 0;

  stream.next_in = (Bytef *) data;
  stream.avail_in = (uInt) size;
  stream.next_out = (Bytef *) text;
  stream.avail_out = MAX_INFLATED;
  result = inflate (&stream, Z_FINISH);
  inflateEnd (&stream);

  /* Bytes behind the stream would let one ticket have many texts. */
  return result == Z_STREAM_END && stream.avail_in == 0 ? stream.total_out : 0;
}

static gboolean
read_claims (JsonObject        *object,
             AhoyUserSigClaims *claims,
             const char       **userbuf64,
             guint8             mac[MAC_BYTES])
{
  const char *version = ahoy_json_get_string (object, "TLS.ver", 8);
  const char *user_id = ahoy_json_get_string (object, "TLS.identifier", AHOY_MAX_USER_ID);
  const char *mac64 = ahoy_json_get_string (object, "TLS.sig", 64);
  gint64 app_id = ahoy_json_get_int (object, "TLS.sdkappid", -1);
  g_autofree guint8 *bytes = NULL;
  gsize size = 0;

  claims->time = ahoy_json_get_int (object, "TLS.time", -1);
  claims->expire = ahoy_json_get_int (object, "TLS.expire", -1);
  if (g_strcmp0 (version, "2.0") != 0 || !ahoy_user_id_is_valid (user_id) || !mac64 ||
      app_id < 0 || claims->time < 0 || claims->expire <= 0)
    return FALSE;

  claims->user_id = g_strdup (user_id);
  claims->app_id = (guint64) app_id;

  bytes = decode_base64 (mac64, &size);
  if (!bytes || size != MAC_BYTES)
    return FALSE;
  memcpy (mac, bytes, MAC_BYTES);

  *userbuf64 = NULL;
  if (json_object_has_member (object, "TLS.userbuf"))
    {
      g_autofree guint8 *blob = NULL;

      *userbuf64 = ahoy_json_get_string (object, "TLS.userbuf", MAX_USERBUF * 2);
      blob = *userbuf64 ? decode_base64 (*userbuf64, &size) : NULL;
      if (!blob)
        return FALSE;
      claims->userbuf = g_bytes_new (blob, size);
    }

  return TRUE;
}

/* @object keeps alive what @userbuf64 points to. */
static AhoyUserSigClaims *
decode (const char  *sig,
        JsonObject **object,
        const char **userbuf64,
        guint8       mac[MAC_BYTES],
        GError     **error)
{
  g_autoptr (AhoyUserSigClaims) claims = NULL;
  g_autofree guint8 *packed = NULL;
  char text[MAX_INFLATED];
  gsize size = 0;

  if (!sig || !*sig)
    {
      ahoy_error_set_code (error, AHOY_ERROR_USER_SIG_EMPTY);
      return NULL;
    }

  packed = strlen (sig) <= AHOY_MAX_USER_SIG ? decode_sig (sig, &size) : NULL;
  if (!packed)
    {
      ahoy_error_set_code (error, AHOY_ERROR_USER_SIG_BAD_ENCODING);
      return NULL;
    }

  size = inflate_all (packed, size, text);
  if (size == 0)
    {
      ahoy_error_set_code (error, AHOY_ERROR_USER_SIG_BAD_COMPRESSION);
      return NULL;
    }

  claims = g_new0 (AhoyUserSigClaims, 1);
  *object = ahoy_json_parse_object (text, size, 2, NULL);
  if (!*object || !read_claims (*object, claims, userbuf64, mac))
    {
      ahoy_error_set_code (error, AHOY_ERROR_USER_SIG_BAD_CONTENT);
      return NULL;
    }

  return g_steal_pointer (&claims);
}

AhoyUserSigClaims *
ahoy_user_sig_read (const char *sig,
                    GError    **error)
{
  g_autoptr (JsonObject) object = NULL;
  const char *userbuf64 = NULL;
  guint8 mac[MAC_BYTES];

  return decode (sig, &object, &userbuf64, mac, error);
}

static gboolean
equal_in_constant_time (const guint8 a[MAC_BYTES],
                        const guint8 b[MAC_BYTES])
{
  volatile guint8 difference = 0;

  for (int i = 0; i < MAC_BYTES; i++)
    difference |= a[i] ^ b[i];

  return difference == 0;
}

static AhoyError
judge (AhoyUserSigClaims *claims,
       const char        *userbuf64,
       const guint8       mac[MAC_BYTES],
       guint64            app_id,
       const char        *secret,
       const char        *user_id,
       gint64             now)
{
  guint8 expected[MAC_BYTES];

  if (claims->app_id != app_id)
    return AHOY_ERROR_USER_SIG_WRONG_APP;
  if (g_strcmp0 (claims->user_id, user_id) != 0)
    return AHOY_ERROR_USER_SIG_WRONG_USER;

  compute_mac (secret, claims->user_id, claims->app_id, claims->time, claims->expire, userbuf64, expected);
  if (!equal_in_constant_time (mac, expected))
    return AHOY_ERROR_USER_SIG_MISMATCH;

  /* Both are not negative; the difference cannot overflow, the sum could. */
  if (now - claims->time > claims->expire)
    return AHOY_ERROR_USER_SIG_EXPIRED;
  if (claims->time - now > MAX_SKEW_S)
    return AHOY_ERROR_USER_SIG_BAD_CONTENT;

  return (AhoyError) 0;
}

AhoyUserSigClaims *
ahoy_user_sig_check (const char *sig,
                     guint64     app_id,
                     const char *secret,
                     const char *user_id,
                     gint64      now,
                     GError    **error)
{
  g_autoptr (AhoyUserSigClaims) claims = NULL;
  g_autoptr (JsonObject) object = NULL;
  const char *userbuf64 = NULL;
  guint8 mac[MAC_BYTES];
  AhoyError code;

  g_return_val_if_fail (secret != NULL, NULL);

  claims = decode (sig, &object, &userbuf64, mac, error);
  if (!claims)
    return NULL;

  code = judge (claims, userbuf64, mac, app_id, secret, user_id, MAX (now, 0));
  if (code != 0)
    {
      ahoy_error_set_code (error, code);
      return NULL;
    }

  return g_steal_pointer (&claims);
}

void
ahoy_user_sig_claims_free (AhoyUserSigClaims *self)
{
  if (!self)
    return;

  g_free (self->user_id);
  g_clear_pointer (&self->userbuf, g_bytes_unref);
  g_free (self);
}
