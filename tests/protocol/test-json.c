/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "ahoy-error.h"
#include "ahoy-json.h"

#include <string.h>

static void
check (const char *text,
       gboolean    is_good)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonObject) object = ahoy_json_parse_object (text, strlen (text), 4, &error);

  if (is_good)
    {
      g_assert_no_error (error);
      g_assert_nonnull (object);
    }
  else
    {
      g_assert_error (error, AHOY_ERROR, AHOY_ERROR_BAD_JSON);
      g_assert_null (object);
    }
}

static void
test_good (void)
{
  check ("{}", TRUE);
  check ("{\"a\":[[[1]]]}", TRUE);
  check ("{\"a\":\"[[[[[[[\"}", TRUE);
  check ("{\"a\":\"\\\"[[[[[[\"}", TRUE);
  check ("{\"a\":\"\\ud83d\\ude00 \\u00e9\"}", TRUE);
  check (" {\"a\" : -1.5e3 , \"b\":null,\n\"c\":true}", TRUE);
}

static void
test_bad (void)
{
  check ("", FALSE);
  check ("[]", FALSE);
  check ("1", FALSE);
  check ("{", FALSE);
  check ("{}}", FALSE);
  check ("{\"a\":[[[[1]]]]}", FALSE);
  check ("{\"a\":\"x}", FALSE);
  /* What json-glib would take though it is no JSON; brackets could hide in all of it. */
  check ("{'a':1}", FALSE);
  check ("{\"a\":1 /* \" */}", FALSE);
  check ("// \"\n{}", FALSE);
  check ("var a = {};", FALSE);
  /* Text that would not be UTF-8 or would end early once it is read. */
  check ("{\"a\":\"\\udc00\"}", FALSE);
  check ("{\"a\":\"\\ud800x\"}", FALSE);
  check ("{\"a\":\"\\ud800\\ud800\"}", FALSE);
  check ("{\"a\":\"\\u0000\"}", FALSE);
  check ("{\"a\":\"\\q\"}", FALSE);
  /* Control characters have to be escaped. */
  check ("{\"a\":\"\n\"}", FALSE);
  check ("{\"a\":\"\x01\"}", FALSE);
  check ("{\"a\":\"\xff\"}", FALSE);
}

static void
test_depth (void)
{
  g_autoptr (GString) text = g_string_new ("{\"a\":");

  for (int i = 0; i < 100000; i++)
    g_string_append_c (text, '[');
  check (text->str, FALSE);
  for (int i = 0; i < 100000; i++)
    g_string_append_c (text, ']');
  g_string_append_c (text, '}');
  check (text->str, FALSE);
}

static void
test_getters (void)
{
  static const char text[] =
    "{\"s\":\"four\",\"i\":7,\"b\":true,\"n\":null,\"o\":{},\"a\":[\"x\",\"y\"],\"m\":[\"x\",1],\"d\":1.5}";
  static const char *const names[] = { "s", "i", "b", "n", "o", "a", "m", "d", "none" };
  g_autoptr (JsonObject) object = ahoy_json_parse_object (text, strlen (text), 4, NULL);
  g_auto (GStrv) strings = ahoy_json_get_strings (object, "a", 2, 1);

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      const char *name = names[i];
      g_auto (GStrv) list = ahoy_json_get_strings (object, name, 2, 1);

      g_assert_cmpstr (ahoy_json_get_string (object, name, 4), ==, i == 0 ? "four" : NULL);
      g_assert_cmpint (ahoy_json_get_int (object, name, -1), ==, i == 1 ? 7 : -1);
      g_assert_cmpint (ahoy_json_get_bool (object, name, FALSE), ==, i == 2);
      g_assert_cmpint (ahoy_json_get_object (object, name) != NULL, ==, i == 4);
      g_assert_cmpint (ahoy_json_get_array (object, name) != NULL, ==, i == 5 || i == 6);
      g_assert_cmpint (list != NULL, ==, i == 5);
      g_assert_cmpint (ahoy_json_has (object, name), ==, i != 3 && i != 8);
    }
  g_assert_null (ahoy_json_get_string (object, "s", 3));
  g_assert_null (ahoy_json_get_strings (object, "a", 1, 1));
  g_assert_cmpstr (strings[1], ==, "y");
}

static void
test_need (void)
{
  g_autoptr (JsonObject) object = json_object_new ();
  g_autoptr (GError) error = NULL;
  const char *string;
  gint64 number;

  json_object_set_int_member (object, "i", 5);
  g_assert_true (ahoy_json_need_int (object, "i", 0, 5, &number, &error));
  g_assert_cmpint (number, ==, 5);
  g_assert_false (ahoy_json_need_int (object, "i", 0, 4, &number, &error));
  g_assert_error (error, AHOY_ERROR, AHOY_ERROR_INVALID_PARAMETER);
  g_assert_nonnull (strstr (error->message, "i is"));
  g_clear_error (&error);
  g_assert_false (ahoy_json_need_string (object, "i", 5, &string, &error));
  g_clear_error (&error);
  g_assert_false (ahoy_json_take_string (object, "i", 5, &string, &error));
  g_clear_error (&error);
  g_assert_true (ahoy_json_take_string (object, "none", 5, &string, &error));
  g_assert_null (string);
}

static void
test_escaped_length (void)
{
  static const char *const texts[] = { "", "abc", "\"\\/", "\r\n\t\b\f", "\x01\x1e\x7f", "\xc3\xa4\xf0\x9f\x98\x80" };

  /* Both sides must understand what json-glib makes of this one. */
  check ("{\"a\":\"\x1f\"}", TRUE);
  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_autoptr (JsonObject) object = json_object_new ();
      g_autofree char *text = NULL;

      json_object_set_string_member (object, "a", texts[i]);
      text = ahoy_json_to_text (object);
      g_assert_cmpuint (ahoy_json_escaped_length (texts[i]), ==, strlen (text) - strlen ("{\"a\":\"\"}"));
    }
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/protocol/json/good", test_good);
  g_test_add_func ("/protocol/json/bad", test_bad);
  g_test_add_func ("/protocol/json/depth", test_depth);
  g_test_add_func ("/protocol/json/getters", test_getters);
  g_test_add_func ("/protocol/json/need", test_need);

  g_test_add_func ("/protocol/json/escaped-length", test_escaped_length);

  return g_test_run ();
}
