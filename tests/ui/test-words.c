/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "ahoy-error.h"
#include "ahoy-hint.h"
#include "ahoy-words.h"
#include "fake.h"

#include <gtk/gtk.h>
#include <string.h>

#define FSI "\xe2\x81\xa8"
#define PDI "\xe2\x81\xa9"

static void
test_timer (void)
{
  const struct { guint seconds; const char *text; } cases[] = {
    { 0, "0:00" }, { 7, "0:07" }, { 59, "0:59" }, { 60, "1:00" }, { 754, "12:34" },
    { 3599, "59:59" }, { 3600, "1:00:00" }, { 3723, "1:02:03" }, { 360000, "100:00:00" },
  };
  guint i;

  for (i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *text = ahoy_words_timer (cases[i].seconds);

      g_assert_cmpstr (text, ==, cases[i].text);
    }
}

static void
test_duration (void)
{
  g_autofree char *one = ahoy_words_duration (1);
  g_autofree char *many = ahoy_words_duration (121);

  g_assert_cmpstr (one, ==, "1 second");
  g_assert_cmpstr (many, ==, "2 minutes 1 second");
}

static void
test_ended (void)
{
  const struct
  {
    AhoyEndReason reason;
    AhoyCallRole role;
    gboolean by_me;
    guint duration;
    const char *text;
  } cases[] = {
    { AHOY_END_REASON_HANG_UP, AHOY_CALL_ROLE_CALLER, TRUE, 754, "Call ended · 12:34" },
    { AHOY_END_REASON_HANG_UP, AHOY_CALL_ROLE_CALLED, FALSE, 754, FSI "Ada" PDI " ended the call · 12:34" },
    { AHOY_END_REASON_REJECT, AHOY_CALL_ROLE_CALLER, FALSE, 0, FSI "Ada" PDI " declined" },
    { AHOY_END_REASON_REJECT, AHOY_CALL_ROLE_CALLED, TRUE, 0, "You declined" },
    { AHOY_END_REASON_NO_RESPONSE, AHOY_CALL_ROLE_CALLER, FALSE, 0, "No answer" },
    { AHOY_END_REASON_NO_RESPONSE, AHOY_CALL_ROLE_CALLED, FALSE, 0, "Missed call from " FSI "Ada" PDI },
    { AHOY_END_REASON_OFFLINE, AHOY_CALL_ROLE_CALLER, FALSE, 9, "The connection was lost" },
    { AHOY_END_REASON_LINE_BUSY, AHOY_CALL_ROLE_CALLER, FALSE, 0, FSI "Ada" PDI " is on another call" },
    { AHOY_END_REASON_CANCELED, AHOY_CALL_ROLE_CALLER, TRUE, 0, "Call canceled" },
    { AHOY_END_REASON_CANCELED, AHOY_CALL_ROLE_CALLED, FALSE, 0, "Missed call from " FSI "Ada" PDI },
    { AHOY_END_REASON_OTHER_DEVICE_ACCEPTED, AHOY_CALL_ROLE_CALLED, FALSE, 0, "Answered on another device" },
    { AHOY_END_REASON_OTHER_DEVICE_REJECT, AHOY_CALL_ROLE_CALLED, FALSE, 0, "Declined on another device" },
    { AHOY_END_REASON_END_BY_SERVER, AHOY_CALL_ROLE_CALLER, FALSE, 5, "The call was ended by the service" },
    { AHOY_END_REASON_UNKNOWN, AHOY_CALL_ROLE_CALLER, FALSE, 0, "Call ended" },
  };
  guint i;

  for (i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *text = ahoy_words_ended (cases[i].reason, cases[i].role, cases[i].by_me, "Ada",
                                                cases[i].duration, NULL);

      g_assert_cmpstr (text, ==, cases[i].text);
    }
}

/* Every error is a sentence: it starts with a capital, holds no number and no jargon, and ends without a dot. */
static void
check_sentence (const char *text)
{
  const char *const jargon[] = { "SDP", "ICE", "peer", "userSig", "socket", "null", "code", NULL };
  guint i;

  g_assert_true (g_utf8_validate (text, -1, NULL));
  g_assert_cmpuint (strlen (text), >, 4);
  g_assert_true (g_unichar_isupper (g_utf8_get_char (text)));
  g_assert_null (strpbrk (text, "0123456789!{}_"));
  g_assert_false (g_str_has_suffix (text, "."));
  for (i = 0; jargon[i]; i++)
    g_assert_null (strstr (text, jargon[i]));
}

static void
check_error (GQuark domain,
             int    code)
{
  g_autoptr (GError) error = g_error_new_literal (domain, code, "raw text {no 1}");
  g_autofree char *text = ahoy_words_error (error);
  g_autofree char *hint = ahoy_words_error_hint (error);

  check_sentence (text);
  if (hint && code != AHOY_MEDIA_ERROR_PLUGIN_MISSING)
    check_sentence (hint);
}

static void
test_errors (void)
{
  const int codes[] = { -1001, -1002, -1003, -1101, -1102, -1201, -1202, -1203, -1204, -1205, -1406, 6014, 6017,
                        6206, 6208, 8010, 20007, 60006, 60007, 60008, 70001, 70002, 70003, 70004, 70005, 70009,
                        70013, 70014, 70016, 70020 };
  const int media[] = { -1301, -1314, -1316, -1103, -1302, -1317, -1319, -1107, -1401, -1402, -1403 };
  const int io[] = { G_IO_ERROR_TIMED_OUT, G_IO_ERROR_CONNECTION_REFUSED, G_IO_ERROR_FAILED, G_IO_ERROR_CANCELLED };
  guint i;

  for (i = 0; i < G_N_ELEMENTS (codes); i++)
    check_error (AHOY_ERROR, codes[i]);
  for (i = 0; i < G_N_ELEMENTS (media); i++)
    check_error (AHOY_MEDIA_ERROR, media[i]);
  for (i = 0; i < G_N_ELEMENTS (io); i++)
    check_error (G_IO_ERROR, io[i]);
  check_error (G_TLS_ERROR, G_TLS_ERROR_BAD_CERTIFICATE);
  check_error (G_TLS_ERROR, G_TLS_ERROR_HANDSHAKE);
  check_error (G_RESOLVER_ERROR, G_RESOLVER_ERROR_NOT_FOUND);
}

static void
test_unknown_error (void)
{
  g_autoptr (GError) error = g_error_new_literal (AHOY_ERROR, 123456, "The moon is in the way");
  g_autoptr (GError) empty = g_error_new_literal (AHOY_ERROR, 123456, "");
  g_autoptr (GError) broken = g_error_new_literal (AHOY_ERROR, 123456, "bad \xff byte");
  g_autoptr (GError) plugin = g_error_new_literal (AHOY_MEDIA_ERROR, AHOY_MEDIA_ERROR_PLUGIN_MISSING, "vp8enc (good)");
  g_autofree char *text = ahoy_words_error (error);
  g_autofree char *nothing = ahoy_words_error (empty);
  g_autofree char *valid = ahoy_words_error (broken);
  g_autofree char *hint = ahoy_words_error_hint (plugin);

  g_assert_cmpstr (text, ==, "The moon is in the way");
  g_assert_cmpstr (nothing, ==, "Something went wrong");
  g_assert_true (g_utf8_validate (valid, -1, NULL));
  g_assert_cmpstr (hint, ==, "vp8enc (good)");
}

static void
test_titles (void)
{
  g_autoptr (AhoyUser) ada = fake_user_new ("ada", "Ada", TRUE);
  g_autoptr (AhoyCall) call = fake_call_new ("c", ada, AHOY_CALL_MEDIA_AUDIO, AHOY_CALL_ROLE_CALLER);
  const struct { AhoyCallState state; const char *title; } cases[] = {
    { AHOY_CALL_CALLING, "Calling " FSI "Ada" PDI },
    { AHOY_CALL_RINGING, "Calling " FSI "Ada" PDI },
    { AHOY_CALL_INCOMING, "Incoming audio call from " FSI "Ada" PDI },
    { AHOY_CALL_CONNECTING, "Connecting to " FSI "Ada" PDI },
    { AHOY_CALL_ACTIVE, FSI "Ada" PDI " · 12:34" },
    { AHOY_CALL_RECONNECTING, "Reconnecting to " FSI "Ada" PDI },
    { AHOY_CALL_ENDED, "Call ended · 12:34" },
  };
  guint i;

  fake_call_set_duration (call, 754);
  for (i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *title = NULL;

      fake_call_set_state (call, cases[i].state);
      title = ahoy_words_window_title (call);
      g_assert_cmpstr (title, ==, cases[i].title);
      g_assert_cmpstr (ahoy_words_state (cases[i].state), !=, "");
    }
}

static void
test_who_ended (void)
{
  g_autoptr (AhoyUser) ada = fake_user_new ("ada", "Ada", TRUE);
  g_autoptr (AhoyCall) call = fake_call_new ("c", ada, AHOY_CALL_MEDIA_AUDIO, AHOY_CALL_ROLE_CALLER);
  g_autofree char *theirs = NULL;
  g_autofree char *failed = NULL;

  fake_call_set_duration (call, 7);
  fake_call_end (call, AHOY_END_REASON_HANG_UP, ada, NULL);
  theirs = ahoy_words_call_ended (call);
  g_assert_cmpstr (theirs, ==, FSI "Ada" PDI " ended the call · 0:07");
  fake_call_end (call, AHOY_END_REASON_UNKNOWN, NULL, g_error_new_literal (AHOY_ERROR, 20007, "blocked"));
  failed = ahoy_words_call_ended (call);
  g_assert_cmpstr (failed, ==, "This person can't be called");
}

static void
test_records (void)
{
  const struct { AhoyCallResult result; guint duration; const char *text; } cases[] = {
    { AHOY_CALL_RESULT_MISSED, 0, "Missed" },
    { AHOY_CALL_RESULT_INCOMING, 65, "Incoming · 1:05" },
    { AHOY_CALL_RESULT_OUTGOING, 0, "Outgoing" },
    { AHOY_CALL_RESULT_OUTGOING, 754, "Outgoing · 12:34" },
  };
  guint i;

  for (i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (AhoyRecord) record = fake_record_new (cases[i].result, cases[i].duration);
      g_autofree char *text = ahoy_words_record (record);

      g_assert_cmpstr (text, ==, cases[i].text);
    }
}

static void
test_slow_fact (void)
{
  const gint64 s = G_USEC_PER_SEC;
  AhoySlowFact fact = { 0 };

  /* Bad for less than three seconds is nothing. */
  g_assert_false (ahoy_slow_fact_update (&fact, TRUE, 10 * s, 3 * s, 5 * s, 4 * s));
  g_assert_false (ahoy_slow_fact_update (&fact, TRUE, 12 * s, 3 * s, 5 * s, 4 * s));
  g_assert_false (ahoy_slow_fact_update (&fact, FALSE, 13 * s - 1, 3 * s, 5 * s, 4 * s));
  /* Three seconds in, and good for five before it goes. */
  g_assert_false (ahoy_slow_fact_update (&fact, TRUE, 20 * s, 3 * s, 5 * s, 4 * s));
  g_assert_true (ahoy_slow_fact_update (&fact, TRUE, 23 * s, 3 * s, 5 * s, 4 * s));
  g_assert_true (ahoy_slow_fact_update (&fact, FALSE, 24 * s, 3 * s, 5 * s, 4 * s));
  g_assert_true (ahoy_slow_fact_update (&fact, FALSE, 28 * s, 3 * s, 5 * s, 4 * s));
  g_assert_false (ahoy_slow_fact_update (&fact, FALSE, 29 * s, 3 * s, 5 * s, 4 * s));
}

static void
test_hints (void)
{
  AhoyHint hint;

  for (hint = AHOY_HINT_YOU_ARE_MUTED; hint <= AHOY_HINT_BACK_ONLINE; hint++)
    {
      g_autofree char *text = ahoy_hint_text (hint, "Ada");

      g_assert_nonnull (text);
      g_assert_cmpuint (strlen (text), >, 5);
    }
  g_assert_null (ahoy_hint_text (AHOY_HINT_NONE, "Ada"));
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/words/timer", test_timer);
  g_test_add_func ("/words/duration", test_duration);
  g_test_add_func ("/words/ended", test_ended);
  g_test_add_func ("/words/errors", test_errors);
  g_test_add_func ("/words/unknown-error", test_unknown_error);
  g_test_add_func ("/words/titles", test_titles);
  g_test_add_func ("/words/who-ended", test_who_ended);
  g_test_add_func ("/words/records", test_records);
  g_test_add_func ("/hint/slow-fact", test_slow_fact);
  g_test_add_func ("/hint/texts", test_hints);
  return g_test_run ();
}
