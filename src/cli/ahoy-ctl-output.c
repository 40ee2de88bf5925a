/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ahoy-ctl-output.h"

#include <glib/gi18n.h>
#include <json-glib/json-glib.h>
#include <stdio.h>
#include <string.h>

static const struct
{
  const char *reason;
  const char *words;
} reason_words[] = {
  { "hang-up", N_("hung up") },
  { "reject", N_("declined") },
  { "no-response", N_("no answer") },
  { "offline", N_("connection lost") },
  { "line-busy", N_("busy") },
  { "canceled", N_("cancelled") },
  { "other-device-accepted", N_("answered on another device") },
  { "other-device-reject", N_("declined on another device") },
  { "end-by-server", N_("ended by the server") },
};

void
ahoy_ctl_print_json (GVariant *value)
{
  g_autoptr (GVariant) owned = g_variant_ref_sink (value);
  g_autoptr (JsonNode) node = json_gvariant_serialize (owned);
  g_autofree char *text = json_to_string (node, FALSE);

  g_print ("%s\n", text);
  fflush (stdout);
}

void
ahoy_ctl_print (const char *format,
                ...)
{
  g_autofree char *text = NULL;
  va_list args;

  va_start (args, format);
  text = g_strdup_vprintf (format, args);
  va_end (args);

  g_print ("%s\n", text);
  fflush (stdout);
}

const char *
ahoy_ctl_call_number (const char *path)
{
  const char *slash = strrchr (path, '/');

  return slash ? slash + 1 : path;
}

const char *
ahoy_ctl_reason_words (const char *reason)
{
  for (guint i = 0; i < G_N_ELEMENTS (reason_words); i++)
    {
      if (g_strcmp0 (reason_words[i].reason, reason) == 0)
        return _(reason_words[i].words);
    }

  return _("reason unknown");
}

char *
ahoy_ctl_duration_text (guint seconds)
{
  if (seconds >= 3600)
    return g_strdup_printf ("%u:%02u:%02u", seconds / 3600, seconds / 60 % 60, seconds % 60);

  return g_strdup_printf ("%u:%02u", seconds / 60, seconds % 60);
}

const char *
ahoy_ctl_lookup_text (GVariant   *dict,
                      const char *key)
{
  const char *text = "";

  g_variant_lookup (dict, key, "&s", &text);

  return text;
}

GVariant *
ahoy_ctl_call_to_dict (AhoyDbusCall *call)
{
  const char *path = g_dbus_proxy_get_object_path (G_DBUS_PROXY (call));
  GVariant *participants = ahoy_dbus_call_get_participants (call);
  GVariant *stats = ahoy_dbus_call_get_stats (call);
  GVariantDict dict;

  g_variant_dict_init (&dict, NULL);
  g_variant_dict_insert (&dict, "call", "s", ahoy_ctl_call_number (path));
  g_variant_dict_insert (&dict, "id", "s", AHOY_CTL_TEXT (ahoy_dbus_call_get_id (call)));
  g_variant_dict_insert (&dict, "state", "s", AHOY_CTL_TEXT (ahoy_dbus_call_get_state (call)));
  g_variant_dict_insert (&dict, "media", "s", AHOY_CTL_TEXT (ahoy_dbus_call_get_media (call)));
  g_variant_dict_insert (&dict, "role", "s", AHOY_CTL_TEXT (ahoy_dbus_call_get_role (call)));
  g_variant_dict_insert (&dict, "scene", "s", AHOY_CTL_TEXT (ahoy_dbus_call_get_scene (call)));
  g_variant_dict_insert (&dict, "inviter", "s", AHOY_CTL_TEXT (ahoy_dbus_call_get_inviter (call)));
  g_variant_dict_insert (&dict, "started_at", "x", ahoy_dbus_call_get_started_at (call));
  g_variant_dict_insert (&dict, "duration", "u", ahoy_dbus_call_get_duration (call));
  g_variant_dict_insert (&dict, "end_reason", "s", AHOY_CTL_TEXT (ahoy_dbus_call_get_end_reason (call)));
  g_variant_dict_insert (&dict, "ended_by", "s", AHOY_CTL_TEXT (ahoy_dbus_call_get_ended_by (call)));
  g_variant_dict_insert (&dict, "microphone", "b", ahoy_dbus_call_get_microphone_on (call));
  g_variant_dict_insert (&dict, "camera", "b", ahoy_dbus_call_get_camera_on (call));
  g_variant_dict_insert (&dict, "user_data", "s", AHOY_CTL_TEXT (ahoy_dbus_call_get_user_data (call)));
  g_variant_dict_insert (&dict, "group_id", "s", AHOY_CTL_TEXT (ahoy_dbus_call_get_group_id (call)));
  g_variant_dict_insert (&dict, "room", "s", AHOY_CTL_TEXT (ahoy_dbus_call_get_room (call)));
  g_variant_dict_insert (&dict, "room_number", "u", ahoy_dbus_call_get_room_number (call));
  g_variant_dict_insert (&dict, "ephemeral", "b", ahoy_dbus_call_get_ephemeral (call));
  g_variant_dict_insert (&dict, "record_policy", "s", AHOY_CTL_TEXT (ahoy_dbus_call_get_record_policy (call)));
  g_variant_dict_insert (&dict, "push_title", "s", AHOY_CTL_TEXT (ahoy_dbus_call_get_push_title (call)));
  g_variant_dict_insert (&dict, "push_text", "s", AHOY_CTL_TEXT (ahoy_dbus_call_get_push_text (call)));
  g_variant_dict_insert (&dict, "quality", "s", AHOY_CTL_TEXT (ahoy_dbus_call_get_network_quality (call)));
  if (participants)
    g_variant_dict_insert_value (&dict, "participants", participants);
  if (stats)
    g_variant_dict_insert_value (&dict, "stats", stats);

  return g_variant_dict_end (&dict);
}

static char *
names_of (GVariant *participants)
{
  g_autoptr (GPtrArray) names = g_ptr_array_new_with_free_func (g_free);
  GVariantIter iter;
  GVariant *participant;

  g_variant_iter_init (&iter, participants);
  while (g_variant_iter_loop (&iter, "@a{sv}", &participant))
    {
      const char *user = ahoy_ctl_lookup_text (participant, "user");
      const char *name = ahoy_ctl_lookup_text (participant, "name");

      if (g_str_equal (user, name))
        g_ptr_array_add (names, g_strdup (user));
      else
        g_ptr_array_add (names, g_strdup_printf ("%s (%s)", name, user));
    }
  g_ptr_array_add (names, NULL);

  return g_strjoinv (", ", (char **) names->pdata);
}

char *
ahoy_ctl_call_to_text (AhoyDbusCall *call)
{
  const char *path = g_dbus_proxy_get_object_path (G_DBUS_PROXY (call));
  GVariant *participants = ahoy_dbus_call_get_participants (call);
  g_autofree char *names = participants ? names_of (participants) : g_strdup ("");
  g_autofree char *duration = ahoy_ctl_duration_text (ahoy_dbus_call_get_duration (call));
  const char *state = AHOY_CTL_TEXT (ahoy_dbus_call_get_state (call));
  gboolean is_over = g_str_equal (state, "ended");

  return g_strdup_printf ("%-4s %-12s %-6s %-8s %s%s%s%s%s",
                          ahoy_ctl_call_number (path), state, AHOY_CTL_TEXT (ahoy_dbus_call_get_media (call)), duration, names,
                          is_over ? ", " : "",
                          is_over ? ahoy_ctl_reason_words (ahoy_dbus_call_get_end_reason (call)) : "",
                          ahoy_dbus_call_get_microphone_on (call) ? "" : _(", microphone off"),
                          ahoy_dbus_call_get_camera_on (call) ? _(", camera on") : "");
}
