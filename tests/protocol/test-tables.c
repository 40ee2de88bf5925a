/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "ahoy-error.h"
#include "ahoy-protocol-tables.h"

static void
test_messages (void)
{
  for (int i = AHOY_MESSAGE_UNKNOWN + 1; i < AHOY_MESSAGE_LAST; i++)
    {
      const char *name = ahoy_message_type_get_name ((AhoyMessageType) i);

      g_assert_nonnull (name);
      g_assert_cmpint (ahoy_message_type_from_name (name), ==, i);
      g_assert_true (ahoy_message_type_is_request ((AhoyMessageType) i) || ahoy_message_type_is_push ((AhoyMessageType) i));
    }
  g_assert_cmpint (ahoy_message_type_from_name ("nonsense"), ==, AHOY_MESSAGE_UNKNOWN);
  g_assert_cmpint (ahoy_message_type_from_name (NULL), ==, AHOY_MESSAGE_UNKNOWN);
  g_assert_null (ahoy_message_type_get_name (AHOY_MESSAGE_LAST));
  g_assert_true (ahoy_message_type_is_change (AHOY_MESSAGE_CALL_INVITE));
  g_assert_false (ahoy_message_type_is_change (AHOY_MESSAGE_PING));
  g_assert_true (ahoy_message_type_is_push (AHOY_MESSAGE_SDP));
}

static void
test_codes (void)
{
  g_autoptr (GError) error = ahoy_error_new_code (AHOY_ERROR_INVITATION_OVER);

  /* Documented numbers, written out once more. */
  g_assert_cmpint (AHOY_ERROR_PARAM_INVALID, ==, -1202);
  g_assert_cmpint (AHOY_ERROR_SIGNALING_SEND_FAILED, ==, -1406);
  g_assert_cmpint (AHOY_ERROR_INVITATION_OVER, ==, 8010);
  g_assert_cmpint (AHOY_ERROR_USER_SIG_MISMATCH, ==, 70009);
  g_assert_cmpint (AHOY_CLOSE_SLOW_CLIENT, ==, 4408);
  g_assert_error (error, AHOY_ERROR, 8010);
  g_assert_cmpstr (error->message, ==, ahoy_error_code_get_message (8010));
  g_assert_cmpstr (ahoy_error_code_get_name (70001), ==, "USER_SIG_EXPIRED");
  g_assert_null (ahoy_error_code_get_name (12345));
  g_assert_nonnull (ahoy_close_code_get_message (4410));
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/protocol/tables/messages", test_messages);
  g_test_add_func ("/protocol/tables/codes", test_codes);

  return g_test_run ();
}
