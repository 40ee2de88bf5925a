/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "ahoy-bus-call-options.h"

#include "ahoy-bus-options.h"
#include "ahoy-bus-words.h"

static void
take_texts (AhoyCallOptions *parsed,
            GVariant        *options)
{
  static const struct
  {
    const char *name;
    void (*set) (AhoyCallOptions *parsed,
                 const char      *text);
  } texts[] = {
    { "user_data", ahoy_call_options_set_user_data },
    { "group_id", ahoy_call_options_set_group_id },
    { "room", ahoy_call_options_set_room },
  };

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      const char *text;

      if (g_variant_lookup (options, texts[i].name, "&s", &text))
        texts[i].set (parsed, text);
    }
}

static void
take_push (AhoyCallOptions *parsed,
           GVariant        *options)
{
  const char *title = NULL;
  const char *text = NULL;
  const char *sound = NULL;
  gboolean is_off = FALSE;

  g_variant_lookup (options, "push_title", "&s", &title);
  g_variant_lookup (options, "push_text", "&s", &text);
  g_variant_lookup (options, "push_sound", "&s", &sound);
  g_variant_lookup (options, "push_off", "b", &is_off);

  ahoy_call_options_set_push (parsed, title, text, sound, is_off);
}

static void
take_flags (AhoyCallOptions *parsed,
            GVariant        *options)
{
  gboolean flag;
  guint timeout;

  if (g_variant_lookup (options, "timeout", "u", &timeout))
    ahoy_call_options_set_timeout (parsed, timeout);
  if (g_variant_lookup (options, "ephemeral", "b", &flag))
    ahoy_call_options_set_ephemeral (parsed, flag);
  if (g_variant_lookup (options, "camera", "b", &flag))
    ahoy_call_options_set_camera_on (parsed, flag);
}

static gboolean
take_room_number (AhoyCallOptions  *parsed,
                  GVariant         *options,
                  GError          **error)
{
  guint number;

  if (!g_variant_lookup (options, "room_number", "u", &number))
    return TRUE;

  if (number == 0 || number > G_MAXINT32)
    {
      g_set_error (error, AHOY_ERROR, AHOY_ERROR_PARAM_INVALID, "A room has a number from 1 to %d", G_MAXINT32);
      return FALSE;
    }

  ahoy_call_options_set_room_number (parsed, (int) number);

  return TRUE;
}

static gboolean
take_record_policy (AhoyCallOptions  *parsed,
                    GVariant         *options,
                    GError          **error)
{
  AhoyRecordPolicy policy;
  const char *word;

  if (!g_variant_lookup (options, "record_policy", "&s", &word))
    return TRUE;

  if (!ahoy_bus_parse_record_policy (word, &policy))
    {
      g_set_error (error, AHOY_ERROR, AHOY_ERROR_PARAM_INVALID, "“%s” is none of follow, on, off", word);
      return FALSE;
    }

  ahoy_call_options_set_record_policy (parsed, policy);

  return TRUE;
}

AhoyCallOptions *
ahoy_bus_call_options_parse (GVariant  *options,
                             GError   **error)
{
  static const AhoyBusOption known[] = {
    { "timeout", "u" },
    { "user_data", "s" },
    { "ephemeral", "b" },
    { "camera", "b" },
    { "group_id", "s" },
    { "room", "s" },
    { "room_number", "u" },
    { "record_policy", "s" },
    { "push_title", "s" },
    { "push_text", "s" },
    { "push_sound", "s" },
    { "push_off", "b" },
    { NULL, NULL },
  };
  g_autoptr (AhoyCallOptions) parsed = NULL;

  g_return_val_if_fail (g_variant_is_of_type (options, G_VARIANT_TYPE_VARDICT), NULL);

  if (!ahoy_bus_options_check (options, known, error))
    return NULL;

  parsed = ahoy_call_options_new ();
  take_texts (parsed, options);
  take_push (parsed, options);
  take_flags (parsed, options);
  if (!take_room_number (parsed, options, error) || !take_record_policy (parsed, options, error))
    return NULL;

  return g_steal_pointer (&parsed);
}
