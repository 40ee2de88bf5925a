/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "ahoy-fuzz.h"

#include "ahoy-envelope.h"
#include "ahoy-json.h"

#include <string.h>

int
LLVMFuzzerInitialize (int    *argc,
                      char ***argv)
{
  g_log_set_always_fatal (G_LOG_LEVEL_ERROR | G_LOG_LEVEL_CRITICAL | G_LOG_LEVEL_WARNING);

  return 0;
}

/* Every getter on every member, and the frame built again. */
static void
use_object (JsonObject *object)
{
  g_autoptr (GList) names = json_object_get_members (object);

  for (GList *l = names; l; l = l->next)
    {
      const char *name = l->data;
      g_auto (GStrv) strings = ahoy_json_get_strings (object, name, 8, 64);
      const char *string = ahoy_json_get_string (object, name, 65536);

      g_assert (!string || g_utf8_validate (string, -1, NULL));
      ahoy_json_get_int (object, name, 0);
      ahoy_json_get_bool (object, name, FALSE);
      ahoy_json_get_array (object, name);
      ahoy_json_get_object (object, name);
    }
}

int
LLVMFuzzerTestOneInput (const guint8 *data,
                        gsize         size)
{
  g_autofree char *text = g_strndup ((const char *) data, size);
  g_autoptr (GError) error = NULL;
  g_autoptr (AhoyEnvelope) envelope = ahoy_envelope_parse (text, size, &error);
  g_autofree char *again = NULL;
  g_autoptr (AhoyEnvelope) second = NULL;

  g_assert ((envelope == NULL) == (error != NULL));
  if (!envelope)
    return 0;

  use_object (envelope->data);
  if (envelope->kind == AHOY_ENVELOPE_REQUEST)
    again = ahoy_envelope_new_request (envelope->id, envelope->type, NULL, envelope->ack);
  else if (envelope->kind == AHOY_ENVELOPE_PUSH)
    again = ahoy_envelope_new_push (envelope->seq, envelope->type, NULL);
  else
    return 0;

  /* What was understood once is understood again. */
  second = ahoy_envelope_parse (again, strlen (again), NULL);
  g_assert (second && second->kind == envelope->kind && g_str_equal (second->type, envelope->type));

  return 0;
}
