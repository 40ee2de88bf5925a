/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "ahoy-envelope.h"
#include "ahoy-error.h"
#include "ahoy-json.h"

#include <string.h>

static AhoyEnvelope *
parse (const char *text)
{
  g_autoptr (GError) error = NULL;
  AhoyEnvelope *envelope = ahoy_envelope_parse (text, strlen (text), &error);

  g_assert_no_error (error);

  return envelope;
}

static void
test_round_trips (void)
{
  g_autoptr (JsonObject) data = json_object_new ();
  g_autofree char *request_text = NULL;
  g_autofree char *answer_text = NULL;
  g_autofree char *error_text = NULL;
  g_autofree char *push_text = NULL;
  g_autofree char *ack_text = NULL;
  g_autoptr (AhoyEnvelope) request = NULL;
  g_autoptr (AhoyEnvelope) answer = NULL;
  g_autoptr (AhoyEnvelope) error = NULL;
  g_autoptr (AhoyEnvelope) push = NULL;
  g_autoptr (AhoyEnvelope) ack = NULL;

  json_object_set_string_member (data, "user", "bob");
  request = parse (request_text = ahoy_envelope_new_request ("r1", "call.invite", data, 41));
  g_assert_cmpint (request->kind, ==, AHOY_ENVELOPE_REQUEST);
  g_assert_cmpstr (request->id, ==, "r1");
  g_assert_cmpstr (request->type, ==, "call.invite");
  g_assert_cmpint (request->ack, ==, 41);
  g_assert_cmpstr (ahoy_json_get_string (request->data, "user", 10), ==, "bob");

  answer = parse (answer_text = ahoy_envelope_new_answer ("r1", NULL));
  g_assert_cmpint (answer->kind, ==, AHOY_ENVELOPE_ANSWER);
  g_assert_true (answer->ok);
  g_assert_cmpint (json_object_get_size (answer->data), ==, 0);

  error = parse (error_text = ahoy_envelope_new_error ("r1", -1203, "no", TRUE));
  g_assert_cmpint (error->kind, ==, AHOY_ENVELOPE_ANSWER);
  g_assert_false (error->ok);
  g_assert_cmpint (error->error_code, ==, AHOY_ERROR_REQUEST_REFUSED);
  g_assert_cmpstr (error->error_message, ==, "no");
  g_assert_true (error->error_retry);

  push = parse (push_text = ahoy_envelope_new_push (42, "call.state", data));
  g_assert_cmpint (push->kind, ==, AHOY_ENVELOPE_PUSH);
  g_assert_cmpint (push->seq, ==, 42);
  g_assert_cmpstr (push->type, ==, "call.state");

  ack = parse (ack_text = ahoy_envelope_new_ack (42));
  g_assert_cmpint (ack->kind, ==, AHOY_ENVELOPE_ACK);
  g_assert_cmpint (ack->ack, ==, 42);
}

static void
test_foreign (void)
{
  g_autoptr (AhoyEnvelope) short_error = parse ("{\"re\":\"a\",\"err\":{\"code\":70001,\"msg\":\"x\"}}");
  g_autoptr (AhoyEnvelope) unknown_fields = parse ("{\"id\":\"a\",\"t\":\"ping\",\"new\":[1],\"d\":null}");

  g_assert_false (short_error->ok);
  g_assert_cmpint (short_error->error_code, ==, AHOY_ERROR_USER_SIG_EXPIRED);
  g_assert_cmpstr (unknown_fields->type, ==, "ping");
}

static void
test_refused (void)
{
  static const char *const bad[] = {
    "{}", "{\"id\":\"a\"}", "{\"id\":1,\"t\":\"ping\"}", "{\"id\":\"\",\"t\":\"ping\"}", "{\"id\":\"a\",\"t\":1}",
    "{\"id\":\"a\",\"t\":\"ping\",\"d\":[]}", "{\"id\":\"a\",\"t\":\"ping\",\"d\":1}", "{\"t\":\"ping\"}",
    "{\"s\":0,\"t\":\"ping\"}", "{\"s\":\"1\",\"t\":\"ping\"}", "{\"re\":1}", "{\"re\":\"a\",\"ok\":false}",
    "{\"ack\":0}", "{\"ack\":\"5\"}", "{\"ack\":-5}", "nonsense", "[1]",
  };

  for (guint i = 0; i < G_N_ELEMENTS (bad); i++)
    {
      g_autoptr (GError) error = NULL;

      g_test_message ("%s", bad[i]);
      g_assert_null (ahoy_envelope_parse (bad[i], strlen (bad[i]), &error));
      g_assert_error (error, AHOY_ERROR, AHOY_ERROR_BAD_JSON);
    }
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/protocol/envelope/round-trips", test_round_trips);
  g_test_add_func ("/protocol/envelope/foreign", test_foreign);
  g_test_add_func ("/protocol/envelope/refused", test_refused);

  return g_test_run ();
}
