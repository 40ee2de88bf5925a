/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "ahoy-test-call.h"

#include "ahoy-json.h"

void
ahoy_test_check_string (JsonObject *object,
                        const char *name,
                        const char *expected)
{
  g_assert_cmpstr (ahoy_json_get_string (object, name, 1000), ==, expected);
}

void
ahoy_test_check_int (JsonObject *object,
                     const char *name,
                     gint64      expected)
{
  g_assert_cmpint (ahoy_json_get_int (object, name, -1), ==, expected);
}

void
ahoy_test_check_strings (JsonObject *object,
                         const char *name,
                         const char *expected)
{
  g_auto (GStrv) strings = ahoy_json_get_strings (object, name, 1000, 1000);
  g_autofree char *text = NULL;

  g_assert_nonnull (strings);
  text = g_strjoinv (",", strings);
  g_assert_cmpstr (text, ==, expected);
}

JsonObject *
ahoy_test_call_find_member (JsonObject *call,
                            const char *user)
{
  JsonArray *members = json_object_get_array_member (call, "members");

  for (guint i = 0; i < json_array_get_length (members); i++)
    {
      JsonObject *member = json_array_get_object_element (members, i);

      if (g_strcmp0 (json_object_get_string_member (member, "user"), user) == 0)
        return member;
    }

  return NULL;
}

const char *
ahoy_test_call_get_status (JsonObject *call,
                           const char *user)
{
  JsonObject *member = ahoy_test_call_find_member (call, user);

  return member ? json_object_get_string_member (member, "status") : NULL;
}

void
ahoy_test_client_act (AhoyTestClient *self,
                      const char     *type,
                      const char     *call)
{
  g_autoptr (JsonObject) answer = ahoy_test_client_request (self, type, "{\"call\":\"%s\"}", call);
}

int
ahoy_test_client_try_act (AhoyTestClient *self,
                          const char     *type,
                          const char     *call)
{
  return ahoy_test_client_try (self, type, "{\"call\":\"%s\"}", call);
}

char *
ahoy_test_client_invite (AhoyTestClient *self,
                         const char     *to)
{
  g_auto (GStrv) ids = g_strsplit (to, ",", -1);
  g_autofree char *list = g_strjoinv ("\",\"", ids);
  g_autoptr (JsonObject) call = NULL;

  call = ahoy_test_client_request (self, "call.invite", "{\"to\":[\"%s\"],\"media\":\"audio\"}", list);

  return g_strdup (json_object_get_string_member (call, "call"));
}

JsonObject *
ahoy_test_client_wait_status (AhoyTestClient *self,
                              const char     *user,
                              const char     *status)
{
  for (;;)
    {
      g_autoptr (JsonObject) call = ahoy_test_client_wait_push (self, "call.state");

      if (g_strcmp0 (ahoy_test_call_get_status (call, user), status) == 0)
        return g_steal_pointer (&call);
    }
}

void
ahoy_test_client_check_end (AhoyTestClient *self,
                            const char     *call,
                            int             reason,
                            const char     *by)
{
  g_autoptr (JsonObject) ended = ahoy_test_client_wait_push (self, "call.ended");

  ahoy_test_check_string (ended, "call", call);
  ahoy_test_check_int (ended, "reason", reason);
  ahoy_test_check_string (ended, "by", by);
}

void
ahoy_test_client_check_record (AhoyTestClient *self,
                               const char     *call,
                               int             role,
                               int             result,
                               int             reason)
{
  g_autoptr (JsonObject) record = ahoy_test_client_wait_push (self, "record");
  g_autoptr (JsonObject) page = ahoy_test_client_request (self, "records.list", "{\"count\":1}");
  JsonObject *listed = json_array_get_object_element (json_object_get_array_member (page, "records"), 0);
  g_autofree char *pushed_text = ahoy_json_to_text (record);
  g_autofree char *listed_text = ahoy_json_to_text (listed);

  ahoy_test_check_string (record, "call", call);
  ahoy_test_check_int (record, "role", role);
  ahoy_test_check_int (record, "result", result);
  ahoy_test_check_int (record, "reason", reason);
  g_assert_cmpstr (pushed_text, ==, listed_text);
}

JsonObject *
ahoy_test_client_get_record (AhoyTestClient *self,
                             const char     *call)
{
  g_autoptr (JsonObject) page = ahoy_test_client_request (self, "records.list", "{}");
  JsonArray *records = json_object_get_array_member (page, "records");
  JsonObject *found = NULL;

  for (guint i = 0; i < json_array_get_length (records); i++)
    {
      JsonObject *record = json_array_get_object_element (records, i);

      if (g_strcmp0 (json_object_get_string_member (record, "call"), call) != 0)
        continue;
      g_assert_null (found);
      found = record;
    }
  g_assert_nonnull (found);

  return json_object_ref (found);
}
