/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ahoy-link.h"

#include <string.h>

static void
test_login (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (AhoyLink) link = NULL;

  link = ahoy_link_parse ("  ahoy://login?server=wss%3A%2F%2Fcalls.example%3A8443&app=1400000001&user=ada_1&sig=eJx*-_9\n",
                          &error);
  g_assert_no_error (error);
  g_assert_cmpint (link->kind, ==, AHOY_LINK_LOGIN);
  g_assert_cmpstr (link->account->server, ==, "wss://calls.example:8443");
  g_assert_cmpuint (link->account->app_id, ==, 1400000001);
  g_assert_cmpstr (link->account->user_id, ==, "ada_1");
  g_assert_cmpstr (link->account->user_sig, ==, "eJx*-_9");
}

static void
test_login_round_trip (void)
{
  g_autoptr (AhoyAccount) account = ahoy_account_new ("http://127.0.0.1:8080/a%20b", G_MAXUINT64, "a-b_C9", "a+b/c=*-_");
  g_autofree char *text = ahoy_link_format_login (account);
  g_autoptr (GError) error = NULL;
  g_autoptr (AhoyLink) link = ahoy_link_parse (text, &error);

  g_assert_no_error (error);
  g_assert_cmpstr (link->account->server, ==, account->server);
  g_assert_cmpuint (link->account->app_id, ==, account->app_id);
  g_assert_cmpstr (link->account->user_id, ==, account->user_id);
  g_assert_cmpstr (link->account->user_sig, ==, account->user_sig);
}

static void
check_call (const char    *text,
            const char    *user_id,
            AhoyCallMedia  media)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (AhoyLink) link = ahoy_link_parse (text, &error);

  g_assert_no_error (error);
  g_assert_cmpint (link->kind, ==, AHOY_LINK_CALL);
  g_assert_cmpstr (link->user_id, ==, user_id);
  g_assert_cmpint (link->media, ==, media);
}

static void
test_call (void)
{
  g_autofree char *text = ahoy_link_format_call ("ada", AHOY_CALL_MEDIA_VIDEO);

  check_call (text, "ada", AHOY_CALL_MEDIA_VIDEO);
  check_call ("ahoy://call/ada", "ada", AHOY_CALL_MEDIA_AUDIO);
  check_call ("AHOY://CALL/Ada?media=audio", "Ada", AHOY_CALL_MEDIA_AUDIO);
  check_call ("ahoy://call/ada?media=video&x=1", "ada", AHOY_CALL_MEDIA_VIDEO);
  check_call ("ahoy://call/ada?media=everything", "ada", AHOY_CALL_MEDIA_AUDIO);
  check_call ("tel:+49-(30)%201234.5;ext=7", "493012345", AHOY_CALL_MEDIA_AUDIO);
  check_call ("tel:112", "112", AHOY_CALL_MEDIA_AUDIO);
  check_call ("callto:ada_l", "ada_l", AHOY_CALL_MEDIA_AUDIO);
}

static void
test_hostile (void)
{
  static const struct
  {
    const char *text;
    int code;
  } rows[] = {
    { "", AHOY_LINK_ERROR_UNKNOWN },
    { "ada", AHOY_LINK_ERROR_UNKNOWN },
    { "https://calls.example/login", AHOY_LINK_ERROR_UNKNOWN },
    { "ahoy:", AHOY_LINK_ERROR_UNKNOWN },
    { "ahoy://", AHOY_LINK_ERROR_UNKNOWN },
    { "ahoy://call", AHOY_LINK_ERROR_UNKNOWN },
    { "ahoy://quit/now", AHOY_LINK_ERROR_UNKNOWN },
    { "ahoy://call/", AHOY_LINK_ERROR_USER },
    { "ahoy://call/a%2Fb", AHOY_LINK_ERROR_USER },
    { "ahoy://call/a/b", AHOY_LINK_ERROR_USER },
    { "ahoy://call/a%00b", AHOY_LINK_ERROR_USER },
    { "ahoy://call/a b", AHOY_LINK_ERROR_USER },
    { "ahoy://call/%C3%A4da", AHOY_LINK_ERROR_USER },
    { "ahoy://call/0123456789012345678901234567890123", AHOY_LINK_ERROR_USER },
    { "tel:", AHOY_LINK_ERROR_USER },
    { "tel:;ext=1", AHOY_LINK_ERROR_USER },
    { "tel:%ff%fe", AHOY_LINK_ERROR_USER },
    { "ahoy://login", AHOY_LINK_ERROR_SERVER },
    { "ahoy://login?app=1&user=ada&sig=x", AHOY_LINK_ERROR_SERVER },
    { "ahoy://login?server=file%3A%2F%2F%2Fetc%2Fpasswd&app=1&user=ada&sig=x", AHOY_LINK_ERROR_SERVER },
    { "ahoy://login?server=javascript%3Aalert&app=1&user=ada&sig=x", AHOY_LINK_ERROR_SERVER },
    { "ahoy://login?server=https%3A%2F%2F&app=1&user=ada&sig=x", AHOY_LINK_ERROR_SERVER },
    { "ahoy://login?server=c.example&app=1&user=a%20da&sig=x", AHOY_LINK_ERROR_USER },
    { "ahoy://login?server=c.example&app=1&sig=x", AHOY_LINK_ERROR_USER },
    { "ahoy://login?server=c.example&app=1&user=ada", AHOY_LINK_ERROR_TICKET },
    { "ahoy://login?server=c.example&app=1&user=ada&sig=", AHOY_LINK_ERROR_TICKET },
    { "ahoy://login?server=c.example&app=1&user=ada&sig=a%0Ab", AHOY_LINK_ERROR_TICKET },
    { "ahoy://login?server=c.example&app=0&user=ada&sig=x", AHOY_LINK_ERROR_TICKET },
    { "ahoy://login?server=c.example&app=-1&user=ada&sig=x", AHOY_LINK_ERROR_TICKET },
    { "ahoy://login?server=c.example&app=99999999999999999999999&user=ada&sig=x", AHOY_LINK_ERROR_TICKET },
    { "ahoy://login?server=c.example&app=1x&user=ada&sig=x", AHOY_LINK_ERROR_TICKET },
    { "ahoy://login?%zz=%zz", AHOY_LINK_ERROR_UNKNOWN },
    { "ahoy://login?\xff\xfe", AHOY_LINK_ERROR_UNKNOWN },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (GError) error = NULL;
      AhoyLink *link = ahoy_link_parse (rows[i].text, &error);
      g_autofree char *readable = g_utf8_make_valid (rows[i].text, -1);

      g_test_message ("%s", readable);
      g_assert_null (link);
      g_assert_error (error, AHOY_LINK_ERROR, rows[i].code);
    }
}

static void
test_long (void)
{
  g_autofree char *filler = g_strnfill (1 << 20, 'a');
  g_autofree char *link = g_strconcat ("ahoy://call/", filler, NULL);
  g_autofree char *nested = g_strnfill (8000, '%');
  g_autofree char *percent = g_strconcat ("tel:", nested, NULL);
  g_autoptr (GError) error = NULL;

  g_assert_null (ahoy_link_parse (link, &error));
  g_assert_error (error, AHOY_LINK_ERROR, AHOY_LINK_ERROR_UNKNOWN);
  g_clear_error (&error);
  g_assert_null (ahoy_link_parse (percent, &error));
  g_assert_nonnull (error);
}

/* Every way to cut or change one byte of a good link is either a link or an error, and never more. */
static void
test_mutations (void)
{
  const char *good = "ahoy://login?server=https%3A%2F%2Fc.example&app=1400000001&user=ada&sig=eJx*-_";
  gsize length = strlen (good);

  for (gsize i = 0; i < length; i++)
    for (guint byte = 1; byte < 256; byte++)
      {
        g_autofree char *text = g_strdup (good);
        g_autoptr (GError) error = NULL;
        g_autoptr (AhoyLink) link = NULL;

        text[i] = (char) byte;
        link = ahoy_link_parse (text, &error);
        g_assert_true ((link == NULL) == (error != NULL));
      }
}

static void
test_server (void)
{
  static const char *const rows[][2] = {
    { "calls.example", "https://calls.example" },
    { " calls.example:8443 ", "https://calls.example:8443" },
    { "localhost:8080", "http://localhost:8080" },
    { "127.0.0.1", "http://127.0.0.1" },
    { "[::1]:9", "http://[::1]:9" },
    { "localhost.evil.example", "https://localhost.evil.example" },
    { "wss://calls.example/", "wss://calls.example" },
    { "https://me:secret@calls.example/path?x#y", "https://calls.example/path" },
    { "ftp://calls.example", NULL },
    { "https://", NULL },
    { "   ", NULL },
    { "https://calls.example:99999", NULL },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autofree char *server = ahoy_account_normalize_server (rows[i][0], &error);
      g_autofree char *readable = g_utf8_make_valid (rows[i][0], -1);

      g_test_message ("%s", readable);
      g_assert_cmpstr (server, ==, rows[i][1]);
      g_assert_true ((server == NULL) == (error != NULL));
    }
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/link/login", test_login);
  g_test_add_func ("/link/login-round-trip", test_login_round_trip);
  g_test_add_func ("/link/call", test_call);
  g_test_add_func ("/link/hostile", test_hostile);
  g_test_add_func ("/link/long", test_long);
  g_test_add_func ("/link/mutations", test_mutations);
  g_test_add_func ("/link/server", test_server);

  return g_test_run ();
}
