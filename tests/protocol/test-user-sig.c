/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "ahoy-error.h"
#include "ahoy-user-sig.h"

#include <string.h>
#include <zlib.h>

#define APP G_GUINT64_CONSTANT (1400000001)
#define KEY "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef"
#define TIME G_GINT64_CONSTANT (1700000000)

static const char vector_a[] =
  "eJyrVgrxCdYrSy1SslIy0jNQ0gHzM1NS80oy0zLBwkn5SfEGRlCZ4pTsxIKCzBQlK0MTAwgwhMikVhRkFqUqWVmYASUgQiWZuUABQ3OoQq"
  "hocWY60FTtqsDcCL9w36zSqMxQU68q-bLwrHwDQ*9QxzK-gPLsiPTKEIPiNH1D8*xsW6VaAKeoMNc_";
static const char vector_a_stored[] =
  "eAEBpwBY-3siVExTLnZlciI6IjIuMCIsIlRMUy5pZGVudGlmaWVyIjoiYm9iXzAyIiwiVExTLnNka2FwcGlkIjoxNDAwMDAwMDAxLCJUTFMuZX"
  "hwaXJlIjo4NjQwMCwiVExTLnRpbWUiOjE3MDAwMDAwMDAsIlRMUy5zaWciOiIrelFtWE5XTWp1WmlVNUp6L3ZXam8wMUtVQXZOUHdrWGd5VDBz"
  "Zi8xN2trPSJ9p6gw1w__";
static const char vector_b[] =
  "eJyrVgrxCdYrSy1SslIy0jNQ0gHzM1NS80oy0zLBwokpuZl5mcUlRYkl*UVQBcUp2YkFBZkpSlaGJgYQYAiRSa0oyCxKVbKyMANKQIRKMnOBAo"
  "bmUIVQ0eLMdKDhoYHFFeluyVklZm4G7i4ZrhYGBkYWlVnhOQal*VmmEQbJfh7FhqEpQYU5ybZKtQC8ajPm";
static const char vector_c[] =
  "eJw1jd0KgkAQhd9lbwvdVbFV6GIIEyISMyG7idQ1NtsUdbMfevdMbS6GOd*ZM-NGu3Wg3FmFbKQpGE17zVN2a3jGexwX8RFro1On*akseYpsYu"
  "ChyOCwR8krhmzdxHggDRedJrNxb6SyZlUss*4wALiRsPj*Bc9QX3ngAzje8hqqtJsA1PbXYf5-zc9dqKWuLBxTHLC5dSd5G8mkogvVjwIr0cWF"
  "ADGoiDK32Thz9PkC0AJAUA__";

static void
check (const char *sig,
       guint64     app,
       const char *key,
       const char *user,
       gint64      now,
       int         code)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (AhoyUserSigClaims) claims = ahoy_user_sig_check (sig, app, key, user, now, &error);

  if (code == 0)
    {
      g_assert_no_error (error);
      g_assert_cmpstr (claims->user_id, ==, user);
    }
  else
    {
      g_assert_null (claims);
      g_assert_error (error, AHOY_ERROR, code);
    }
}

static void
test_vectors (void)
{
  static const guint8 blob[] = {
    0x00, 0x00, 0x06, 0x62, 0x6f, 0x62, 0x5f, 0x30, 0x32, 0x53, 0x72, 0x4e, 0x01, 0x00, 0x00, 0x10, 0xe1,
    0x65, 0x53, 0xff, 0x10, 0x00, 0x00, 0x00, 0xff, 0x00, 0x00, 0x00, 0x00,
  };
  g_autoptr (GBytes) expected = g_bytes_new_static (blob, sizeof blob);
  g_autoptr (AhoyUserSigClaims) claims = NULL;
  g_autofree char *made = NULL;

  check (vector_a, APP, KEY, "bob_02", TIME, 0);
  check (vector_a_stored, APP, KEY, "bob_02", TIME, 0);
  check (vector_b, APP, KEY, "administrator", TIME, 0);
  check (vector_c, APP, KEY, "bob_02", TIME, 0);

  claims = ahoy_user_sig_check (vector_c, APP, KEY, "bob_02", TIME, NULL);
  g_assert_true (g_bytes_equal (claims->userbuf, expected));
  made = ahoy_user_sig_make (APP, KEY, "bob_02", TIME, 3600, expected, NULL);
  check (made, APP, KEY, "bob_02", TIME, 0);
}

static void
test_time (void)
{
  check (vector_a, APP, KEY, "bob_02", 1700086400, 0);
  check (vector_a, APP, KEY, "bob_02", 1700086401, AHOY_ERROR_USER_SIG_EXPIRED);
  check (vector_a, APP, KEY, "bob_02", G_MAXINT64, AHOY_ERROR_USER_SIG_EXPIRED);
  /* From further in the future than clocks differ. */
  check (vector_a, APP, KEY, "bob_02", TIME - 60, 0);
  check (vector_a, APP, KEY, "bob_02", TIME - 3600, AHOY_ERROR_USER_SIG_BAD_CONTENT);
}

static void
test_mismatch (void)
{
  g_autofree char *key = g_strdup (KEY);

  key[63] = 'e';
  check (vector_a, APP, KEY, "bob_03", TIME, AHOY_ERROR_USER_SIG_WRONG_USER);
  check (vector_a, APP + 1, KEY, "bob_02", TIME, AHOY_ERROR_USER_SIG_WRONG_APP);
  check (vector_a, APP, key, "bob_02", TIME, AHOY_ERROR_USER_SIG_MISMATCH);
}

static void
test_malformed (void)
{
  g_autofree char *cut = g_strndup (vector_a, strlen (vector_a) - 4);
  g_autofree char *shorter = g_strndup (vector_a, strlen (vector_a) - 3);
  g_autofree char *spaced = g_strconcat (vector_a, "    ", NULL);
  g_autofree char *trailing = g_strconcat (vector_a_stored, "eJyr", NULL);
  g_autofree char *plain = g_strdelimit (g_strdup (vector_a), "*", '+');

  check ("", APP, KEY, "bob_02", TIME, AHOY_ERROR_USER_SIG_EMPTY);
  check (NULL, APP, KEY, "bob_02", TIME, AHOY_ERROR_USER_SIG_EMPTY);
  check (cut, APP, KEY, "bob_02", TIME, AHOY_ERROR_USER_SIG_BAD_COMPRESSION);
  check (shorter, APP, KEY, "bob_02", TIME, AHOY_ERROR_USER_SIG_BAD_ENCODING);
  check (spaced, APP, KEY, "bob_02", TIME, AHOY_ERROR_USER_SIG_BAD_ENCODING);
  check (plain, APP, KEY, "bob_02", TIME, AHOY_ERROR_USER_SIG_BAD_ENCODING);
  check (trailing, APP, KEY, "bob_02", TIME, AHOY_ERROR_USER_SIG_BAD_ENCODING);
  check ("____", APP, KEY, "bob_02", TIME, AHOY_ERROR_USER_SIG_BAD_ENCODING);
}

/* A ticket of any text, compressed and encoded as it must be. */
static char *
pack (const char *json,
      gsize       length)
{
  uLongf size = compressBound (length);
  g_autofree guint8 *packed = g_malloc (size);
  char *text;

  g_assert_cmpint (compress2 (packed, &size, (const Bytef *) json, length, 9), ==, Z_OK);
  text = g_base64_encode (packed, size);
  for (char *p = text; *p; p++)
    *p = *p == '+' ? '*' : *p == '/' ? '-' : *p == '=' ? '_' : *p;

  return text;
}

static void
check_json (const char *json,
            int         code)
{
  g_autofree char *sig = pack (json, strlen (json));

  g_test_message ("%s", json);
  check (sig, APP, KEY, "bob_02", TIME, code);
}

static void
test_edited (void)
{
#define MAC "\"TLS.sig\":\"+zQmXNWMjuZiU5Jz/vWjo01KUAvNPwkXgyT0sf/17kk=\""
#define REST "\"TLS.sdkappid\":1400000001,\"TLS.expire\":86400,\"TLS.time\":1700000000"
  check_json ("{\"TLS.ver\":\"2.0\",\"TLS.identifier\":\"bob_02\"," REST "," MAC "}", 0);
  /* Order and spaces mean nothing. */
  check_json ("{ " MAC ", " REST ", \"TLS.identifier\":\"bob_02\", \"TLS.ver\":\"2.0\" }", 0);
  check_json ("{\"TLS.ver\":\"2.0\",\"TLS.identifier\":\"bob_02\",\"TLS.sdkappid\":1400000001,\"TLS.expire\":96400,"
              "\"TLS.time\":1700000000," MAC "}", AHOY_ERROR_USER_SIG_MISMATCH);
  check_json ("{\"TLS.ver\":\"2.0\",\"TLS.identifier\":\"bob_02\"," REST "}", AHOY_ERROR_USER_SIG_BAD_CONTENT);
  check_json ("{\"TLS.ver\":\"1.0\",\"TLS.identifier\":\"bob_02\"," REST "," MAC "}", AHOY_ERROR_USER_SIG_BAD_CONTENT);
  check_json ("{\"TLS.ver\":2.0,\"TLS.identifier\":\"bob_02\"," REST "," MAC "}", AHOY_ERROR_USER_SIG_BAD_CONTENT);
  check_json ("{\"TLS.ver\":\"2.0\",\"TLS.identifier\":\"bob_02\\nTLS.sdkappid:1\"," REST "," MAC "}",
              AHOY_ERROR_USER_SIG_BAD_CONTENT);
  check_json ("{\"TLS.ver\":\"2.0\",\"TLS.identifier\":\"bob_02\",\"TLS.sdkappid\":\"1400000001\",\"TLS.expire\":86400,"
              "\"TLS.time\":1700000000," MAC "}", AHOY_ERROR_USER_SIG_BAD_CONTENT);
  check_json ("{\"TLS.ver\":\"2.0\",\"TLS.identifier\":\"bob_02\",\"TLS.sdkappid\":1400000001,\"TLS.expire\":-1,"
              "\"TLS.time\":1700000000," MAC "}", AHOY_ERROR_USER_SIG_BAD_CONTENT);
  check_json ("{\"TLS.ver\":\"2.0\",\"TLS.identifier\":\"bob_02\"," REST ",\"TLS.sig\":\"+zQm\"}",
              AHOY_ERROR_USER_SIG_BAD_CONTENT);
  /* A userbuf that the MAC does not cover. */
  check_json ("{\"TLS.ver\":\"2.0\",\"TLS.identifier\":\"bob_02\"," REST ",\"TLS.userbuf\":\"AAAA\"," MAC "}",
              AHOY_ERROR_USER_SIG_MISMATCH);
  check_json ("{\"TLS.ver\":\"2.0\",\"TLS.identifier\":\"bob_02\"," REST ",\"TLS.userbuf\":7," MAC "}",
              AHOY_ERROR_USER_SIG_BAD_CONTENT);
  check_json ("[]", AHOY_ERROR_USER_SIG_BAD_CONTENT);
  check_json ("nonsense", AHOY_ERROR_USER_SIG_BAD_CONTENT);
#undef MAC
#undef REST
}

static void
test_bomb (void)
{
  g_autofree char *zeros = g_malloc0 (1024 * 1024);
  g_autofree char *sig = pack (zeros, 1024 * 1024);
  g_autofree char *long_sig = g_strnfill (100000, 'A');

  g_assert_cmpuint (strlen (sig), <, 4096);
  check (sig, APP, KEY, "bob_02", TIME, AHOY_ERROR_USER_SIG_BAD_COMPRESSION);
  check (long_sig, APP, KEY, "bob_02", TIME, AHOY_ERROR_USER_SIG_BAD_ENCODING);
}

static void
test_make (void)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *sig = ahoy_user_sig_make (APP, KEY, "alice", TIME, 10, NULL, &error);
  g_autoptr (AhoyUserSigClaims) claims = ahoy_user_sig_read (sig, &error);

  g_assert_no_error (error);
  g_assert_true (g_str_has_prefix (sig, "eJ"));
  g_assert_cmpuint (claims->app_id, ==, APP);
  g_assert_cmpint (claims->time, ==, TIME);
  g_assert_cmpint (claims->expire, ==, 10);
  g_assert_null (claims->userbuf);
  check (sig, APP, KEY, "alice", TIME + 10, 0);
  check (sig, APP, KEY, "alice", TIME + 11, AHOY_ERROR_USER_SIG_EXPIRED);

  g_assert_null (ahoy_user_sig_make (APP, KEY, "a\nb", TIME, 10, NULL, &error));
  g_assert_error (error, AHOY_ERROR, AHOY_ERROR_PARAM_INVALID);
  g_clear_error (&error);
  g_assert_null (ahoy_user_sig_make (APP, KEY, "alice", G_MAXINT64 - 5, 10, NULL, &error));
  g_assert_error (error, AHOY_ERROR, AHOY_ERROR_PARAM_INVALID);
}

static void
test_user_ids (void)
{
  g_assert_true (ahoy_user_id_is_valid ("a"));
  g_assert_true (ahoy_user_id_is_valid ("Az09_-"));
  g_assert_true (ahoy_user_id_is_valid ("12345678901234567890123456789012"));
  g_assert_false (ahoy_user_id_is_valid ("123456789012345678901234567890123"));
  g_assert_false (ahoy_user_id_is_valid (""));
  g_assert_false (ahoy_user_id_is_valid (NULL));
  g_assert_false (ahoy_user_id_is_valid ("a b"));
  g_assert_false (ahoy_user_id_is_valid ("a:b"));
  g_assert_false (ahoy_user_id_is_valid ("\xc3\xa4"));
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/protocol/user-sig/vectors", test_vectors);
  g_test_add_func ("/protocol/user-sig/time", test_time);
  g_test_add_func ("/protocol/user-sig/mismatch", test_mismatch);
  g_test_add_func ("/protocol/user-sig/malformed", test_malformed);
  g_test_add_func ("/protocol/user-sig/edited", test_edited);
  g_test_add_func ("/protocol/user-sig/bomb", test_bomb);
  g_test_add_func ("/protocol/user-sig/make", test_make);
  g_test_add_func ("/protocol/user-sig/user-ids", test_user_ids);

  return g_test_run ();
}
