/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "ahoy-call-options-private.h"

/**
 * AhoyCallOptions:
 *
 * What a call that is placed may be told besides whom it is for. Values out of range are found out by
 * ahoy_engine_place_call ().
 */
G_DEFINE_BOXED_TYPE (AhoyCallOptions, ahoy_call_options, ahoy_call_options_copy, ahoy_call_options_free)

AhoyCallOptions *
ahoy_call_options_new (void)
{
  AhoyCallOptions *self = g_new0 (AhoyCallOptions, 1);

  self->camera_on = TRUE;
  return self;
}

AhoyCallOptions *
ahoy_call_options_copy (const AhoyCallOptions *self)
{
  AhoyCallOptions *copy;

  g_return_val_if_fail (self != NULL, NULL);

  copy = g_new0 (AhoyCallOptions, 1);
  *copy = *self;
  copy->user_data = g_strdup (self->user_data);
  return copy;
}

void
ahoy_call_options_free (AhoyCallOptions *self)
{
  if (!self)
    return;

  g_free (self->user_data);
  g_free (self);
}

void
ahoy_call_options_set_timeout (AhoyCallOptions *self,
                               guint            seconds)
{
  g_return_if_fail (self != NULL);

  self->timeout = seconds;
}

void
ahoy_call_options_set_user_data (AhoyCallOptions *self,
                                 const char      *user_data)
{
  g_return_if_fail (self != NULL);

  g_free (self->user_data);
  self->user_data = g_strdup (user_data);
}

void
ahoy_call_options_set_ephemeral (AhoyCallOptions *self,
                                 gboolean         ephemeral)
{
  g_return_if_fail (self != NULL);

  self->ephemeral = ephemeral;
}

void
ahoy_call_options_set_camera_on (AhoyCallOptions *self,
                                 gboolean         on)
{
  g_return_if_fail (self != NULL);

  self->camera_on = on;
}

JsonObject *
ahoy_call_options_make_invite (AhoyCallOptions *self,
                               GStrv            user_ids,
                               AhoyCallMedia    media)
{
  JsonObject *data = json_object_new ();
  JsonArray *to = json_array_new ();

  for (guint i = 0; user_ids[i]; i++)
    json_array_add_string_element (to, user_ids[i]);
  json_object_set_array_member (data, "to", to);
  json_object_set_string_member (data, "media", media == AHOY_CALL_MEDIA_VIDEO ? "video" : "audio");
  if (self && self->timeout)
    json_object_set_int_member (data, "timeout", self->timeout);
  if (self && self->user_data)
    json_object_set_string_member (data, "userData", self->user_data);
  if (self && self->ephemeral)
    json_object_set_boolean_member (data, "ephemeral", TRUE);
  return data;
}
