/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ahoy-fuzz.h"

#include "ahoy-websocket-frame.h"

#include <string.h>

#define MAX_MESSAGE 2000

int
LLVMFuzzerInitialize (int    *argc,
                      char ***argv)
{
  g_log_set_always_fatal (G_LOG_LEVEL_ERROR | G_LOG_LEVEL_CRITICAL | G_LOG_LEVEL_WARNING);

  return 0;
}

static gboolean
note (AhoyWebsocketOpcode opcode,
      const guint8       *data,
      gsize               length,
      gpointer            user_data)
{
  GByteArray *seen = user_data;
  guint8 head = (guint8) opcode;

  g_assert (length <= MAX_MESSAGE);
  if (opcode == AHOY_WEBSOCKET_TEXT)
    g_assert (g_utf8_validate_len ((const char *) data, length, NULL) || length == 0);
  g_byte_array_append (seen, &head, 1);
  if (length > 0)
    g_byte_array_append (seen, data, (guint) length);

  return TRUE;
}

static int
feed (const guint8 *data,
      gsize         size,
      gsize         step,
      GByteArray   *seen)
{
  AhoyWebsocketParser parser;
  int code = 0;

  ahoy_websocket_parser_init (&parser, TRUE, MAX_MESSAGE);
  for (gsize at = 0; code == 0 && at < size; at += step)
    {
      gsize length = MIN (step, size - at);
      g_autofree guint8 *piece = g_memdup2 (data + at, length);

      code = ahoy_websocket_parser_feed (&parser, piece, length, note, seen);
    }
  ahoy_websocket_parser_clear (&parser);

  return code;
}

/* The first byte is the size of the pieces: the outcome must not depend on it. */
int
LLVMFuzzerTestOneInput (const guint8 *data,
                        gsize         size)
{
  g_autoptr (GByteArray) whole = g_byte_array_new ();
  g_autoptr (GByteArray) pieces = g_byte_array_new ();
  int whole_code;
  int pieces_code;

  if (size < 2)
    return 0;

  whole_code = feed (data + 1, size - 1, size, whole);
  pieces_code = feed (data + 1, size - 1, MAX (data[0], 1), pieces);
  g_assert (whole_code == pieces_code);
  g_assert (whole->len == pieces->len && (whole->len == 0 || memcmp (whole->data, pieces->data, whole->len) == 0));

  return 0;
}
