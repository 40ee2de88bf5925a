/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "ahoy-fuzz.h"

#include "ahoy-user-sig.h"

#include <zlib.h>

#define KEY "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef"

int
LLVMFuzzerInitialize (int    *argc,
                      char ***argv)
{
  g_log_set_always_fatal (G_LOG_LEVEL_ERROR | G_LOG_LEVEL_CRITICAL | G_LOG_LEVEL_WARNING);

  return 0;
}

static char *
encode (const guint8 *data,
        gsize         size)
{
  char *text = g_base64_encode (data, size);

  for (char *p = text; *p; p++)
    *p = *p == '+' ? '*' : *p == '/' ? '-' : *p == '=' ? '_' : *p;

  return text;
}

/* The first byte chooses how deep the rest goes: as the text of a ticket, as the zlib stream in
 * it, or as the JSON in that. */
static char *
make_sig (const guint8 *data,
          gsize         size)
{
  guint8 packed[65536];
  uLongf length = sizeof packed;

  if (data[0] % 3 == 0)
    return g_strndup ((const char *) data + 1, size - 1);
  if (data[0] % 3 == 1 || size > 32768)
    return encode (data + 1, size - 1);
  if (compress2 (packed, &length, data + 1, size - 1, 1) != Z_OK)
    return g_strdup ("");

  return encode (packed, length);
}

int
LLVMFuzzerTestOneInput (const guint8 *data,
                        gsize         size)
{
  g_autofree char *sig = size > 0 ? make_sig (data, size) : g_strdup ("");
  g_autoptr (GError) error = NULL;
  g_autoptr (AhoyUserSigClaims) read = ahoy_user_sig_read (sig, &error);
  g_autoptr (AhoyUserSigClaims) checked = NULL;

  g_assert ((read == NULL) == (error != NULL));
  if (read)
    g_assert (ahoy_user_id_is_valid (read->user_id) && read->expire > 0);

  checked = ahoy_user_sig_check (sig, 1400000001, KEY, read ? read->user_id : "bob_02", 1700000000, NULL);
  /* Whoever does not know the key makes no ticket but the ones that were handed out. */
  if (checked)
    g_assert (read && read->app_id == 1400000001 && read->time == 1700000000);

  return 0;
}
