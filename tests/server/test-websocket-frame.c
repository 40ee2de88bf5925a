/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ahoy-protocol-tables.h"
#include "ahoy-websocket-frame.h"

#include <string.h>

static const guint8 mask[4] = { 0x12, 0x34, 0x56, 0x78 };

static gboolean
note (AhoyWebsocketOpcode opcode,
      const guint8       *data,
      gsize               length,
      gpointer            user_data)
{
  g_string_append_printf (user_data, "%d:%.*s;", opcode, (int) MIN (length, 20), (const char *) data);

  return TRUE;
}

/* Feeds in pieces of @step bytes; whatever the step, the outcome is the same. */
static int
feed (GByteArray *bytes,
      gsize       step,
      gsize       max,
      GString    *seen)
{
  AhoyWebsocketParser parser;
  int code = 0;

  ahoy_websocket_parser_init (&parser, TRUE, max);
  for (gsize at = 0; code == 0 && at < bytes->len; at += step)
    {
      g_autofree guint8 *piece = g_memdup2 (bytes->data + at, MIN (step, bytes->len - at));

      code = ahoy_websocket_parser_feed (&parser, piece, MIN (step, bytes->len - at), note, seen);
    }
  ahoy_websocket_parser_clear (&parser);

  return code;
}

static void
check (GByteArray *bytes,
       int         code,
       const char *seen)
{
  static const gsize steps[] = { 1, 2, 3, 7, 64, 1 << 20 };

  for (guint i = 0; i < G_N_ELEMENTS (steps); i++)
    {
      g_autoptr (GString) got = g_string_new (NULL);

      g_assert_cmpint (feed (bytes, steps[i], 1000, got), ==, code);
      if (seen)
        g_assert_cmpstr (got->str, ==, seen);
    }
}

/* One frame with its first byte as given. */
static void
add (GByteArray *bytes,
     guint8      first,
     const char *payload)
{
  guint at = bytes->len;

  ahoy_websocket_append_frame (bytes, AHOY_WEBSOCKET_TEXT, payload, strlen (payload), mask);
  bytes->data[at] = first;
}

static void
test_messages (void)
{
  g_autoptr (GByteArray) bytes = g_byte_array_new ();
  g_autofree char *medium = g_strnfill (126, 'm');
  g_autofree char *expected = g_strdup_printf ("1:one;1:;9:hi;1:%.20s;2:bin;8:\x03\xe8;", medium);

  add (bytes, 0x81, "one");
  add (bytes, 0x81, "");
  add (bytes, 0x89, "hi");
  add (bytes, 0x81, medium);
  add (bytes, 0x82, "bin");
  add (bytes, 0x88, "\x03\xe8");
  check (bytes, 0, expected);
}

static void
test_fragments (void)
{
  g_autoptr (GByteArray) bytes = g_byte_array_new ();

  /* A control frame may come between, and a character may be cut in two. */
  add (bytes, 0x01, "a\xc3");
  add (bytes, 0x89, "p");
  add (bytes, 0x00, "\xa4");
  add (bytes, 0x80, "b");
  add (bytes, 0x81, "c");
  check (bytes, 0, "9:p;1:a\xc3\xa4" "b;1:c;");
}

static void
check_one (guint8      first,
           const char *payload,
           int         code)
{
  g_autoptr (GByteArray) bytes = g_byte_array_new ();

  add (bytes, first, payload);
  check (bytes, code, code == 0 ? NULL : "");
}

static void
test_refused (void)
{
  g_autofree char *too_long_control = g_strnfill (126, 'c');
  g_autofree char *too_big = g_strnfill (1001, 'b');
  g_autofree char *fits = g_strnfill (1000, 'b');
  g_autoptr (GByteArray) unmasked = g_byte_array_new ();
  g_autoptr (GByteArray) interrupted = g_byte_array_new ();
  g_autoptr (GByteArray) sum = g_byte_array_new ();
  g_autoptr (GByteArray) huge = g_byte_array_new ();

  check_one (0x80, "no beginning", AHOY_CLOSE_PROTOCOL);
  check_one (0xc1, "reserved bit", AHOY_CLOSE_PROTOCOL);
  check_one (0x83, "reserved opcode", AHOY_CLOSE_PROTOCOL);
  check_one (0x8b, "reserved control", AHOY_CLOSE_PROTOCOL);
  check_one (0x09, "fragmented ping", AHOY_CLOSE_PROTOCOL);
  check_one (0x89, too_long_control, AHOY_CLOSE_PROTOCOL);
  check_one (0x81, "\xff", AHOY_CLOSE_BAD_TEXT);
  check_one (0x88, "x", AHOY_CLOSE_PROTOCOL);
  check_one (0x88, "\x03\xed", AHOY_CLOSE_PROTOCOL);
  /* To complain about the other side's frames is no mistake. */
  check_one (0x88, "\x03\xea", 0);
  check_one (0x81, fits, 0);
  check_one (0x81, too_big, AHOY_CLOSE_TOO_BIG);

  ahoy_websocket_append_frame (unmasked, AHOY_WEBSOCKET_TEXT, "x", 1, NULL);
  check (unmasked, AHOY_CLOSE_PROTOCOL, "");
  add (interrupted, 0x01, "a");
  add (interrupted, 0x81, "b");
  check (interrupted, AHOY_CLOSE_PROTOCOL, "");
  add (sum, 0x01, fits);
  add (sum, 0x80, "b");
  check (sum, AHOY_CLOSE_TOO_BIG, "");
  g_byte_array_append (huge, (const guint8 *) "\x81\xff\xff\xff\xff\xff\xff\xff\xff\xff" "mask", 14);
  check (huge, AHOY_CLOSE_TOO_BIG, "");
}

static void
test_from_server (void)
{
  g_autoptr (GByteArray) bytes = g_byte_array_new ();
  g_autofree char *big = g_strnfill (70000, 'x');
  g_autoptr (GString) seen = g_string_new (NULL);
  AhoyWebsocketParser parser;

  ahoy_websocket_append_frame (bytes, AHOY_WEBSOCKET_TEXT, "hello", 5, NULL);
  ahoy_websocket_append_frame (bytes, AHOY_WEBSOCKET_TEXT, big, 70000, NULL);
  ahoy_websocket_parser_init (&parser, FALSE, 100000);
  g_assert_cmpint (ahoy_websocket_parser_feed (&parser, bytes->data, bytes->len, note, seen), ==, 0);
  g_assert_cmpstr (seen->str, ==, "1:hello;1:xxxxxxxxxxxxxxxxxxxx;");
  g_assert_null (parser.pending);
  ahoy_websocket_parser_clear (&parser);
}

static gboolean
count_bytes (AhoyWebsocketOpcode opcode,
             const guint8       *data,
             gsize               length,
             gpointer            user_data)
{
  *(gsize *) user_data += length;

  return TRUE;
}

/* What has come of a frame is not copied for each byte more. */
static void
test_trickle (void)
{
  g_autoptr (GByteArray) frame = g_byte_array_new ();
  g_autofree char *text = g_strnfill (1000, 'x');
  AhoyWebsocketParser parser;
  GByteArray *pending;
  gsize taken = 0;

  ahoy_websocket_append_frame (frame, AHOY_WEBSOCKET_TEXT, text, 1000, mask);
  ahoy_websocket_parser_init (&parser, TRUE, 65536);
  g_assert_cmpint (ahoy_websocket_parser_feed (&parser, frame->data, 1, count_bytes, &taken), ==, 0);
  pending = parser.pending;
  for (guint i = 1; i + 1 < frame->len; i++)
    {
      g_assert_cmpint (ahoy_websocket_parser_feed (&parser, frame->data + i, 1, count_bytes, &taken), ==, 0);
      g_assert_true (parser.pending == pending);
    }
  g_assert_cmpuint (taken, ==, 0);
  g_assert_cmpint (ahoy_websocket_parser_feed (&parser, frame->data + frame->len - 1, 1, count_bytes, &taken), ==, 0);
  g_assert_cmpuint (taken, ==, 1000);
  g_assert_null (parser.pending);
  ahoy_websocket_parser_clear (&parser);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/server/websocket-frame/trickle", test_trickle);
  g_test_add_func ("/server/websocket-frame/messages", test_messages);
  g_test_add_func ("/server/websocket-frame/fragments", test_fragments);
  g_test_add_func ("/server/websocket-frame/refused", test_refused);
  g_test_add_func ("/server/websocket-frame/from-server", test_from_server);

  return g_test_run ();
}
