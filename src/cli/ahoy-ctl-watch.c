/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ahoy-ctl-commands.h"
#include "ahoy-ctl-output.h"

#include <glib-unix.h>
#include <glib/gi18n.h>
#include <signal.h>
#include <string.h>

#define CALL_INTERFACE "org.ahoycall.Ahoy1.Call"

typedef struct
{
  AhoyCtl *ctl;
  GMainLoop *loop;
  gboolean no_levels;
  AhoyCtlExit exit;
} Watch;

/* Prints one event: the object as JSON, or time, name and @words. @fields: a{sv} or NULL; taken over,
 * floating or not. */
static void
print_event (Watch      *watch,
             const char *event,
             const char *path,
             GVariant   *fields,
             const char *words)
{
  g_autoptr (GVariant) owned = fields ? g_variant_take_ref (fields) : NULL;
  g_autoptr (GDateTime) now = g_date_time_new_now_local ();
  g_autofree char *clock = g_date_time_format (now, "%T");
  g_autofree char *call = path ? g_strdup_printf (_("call %s "), ahoy_ctl_call_number (path)) : g_strdup ("");
  GVariantDict dict;

  if (!watch->ctl->json)
    {
      ahoy_ctl_print ("%s %s%s%s%s", clock, call, event, *words ? " " : "", words);
      return;
    }

  g_variant_dict_init (&dict, owned);
  g_variant_dict_insert (&dict, "event", "s", event);
  g_variant_dict_insert (&dict, "time", "x", g_get_real_time () / 1000);
  if (path)
    g_variant_dict_insert (&dict, "call", "s", ahoy_ctl_call_number (path));
  ahoy_ctl_print_json (g_variant_dict_end (&dict));
}

static void
print_state (Watch *watch)
{
  AhoyDbusManager *manager = watch->ctl->manager;
  const char *state = AHOY_CTL_TEXT (ahoy_dbus_manager_get_state (manager));
  const char *user = AHOY_CTL_TEXT (ahoy_dbus_manager_get_user_id (manager));
  g_autofree char *words = g_strdup_printf ("%s %s", state, user);
  GVariantDict dict;

  g_variant_dict_init (&dict, NULL);
  g_variant_dict_insert (&dict, "state", "s", state);
  g_variant_dict_insert (&dict, "user", "s", user);
  g_variant_dict_insert (&dict, "retry_at", "x", ahoy_dbus_manager_get_retry_at (manager));
  g_variant_dict_insert (&dict, "multi_device", "b", ahoy_dbus_manager_get_multi_device (manager));
  g_variant_dict_insert (&dict, "call_elsewhere", "s", AHOY_CTL_TEXT (ahoy_dbus_manager_get_call_elsewhere (manager)));
  print_event (watch, "account", NULL, g_variant_dict_end (&dict), g_strchomp (words));
}

static void
print_video_settings (Watch *watch)
{
  GVariant *settings = ahoy_dbus_manager_get_video_settings (watch->ctl->manager);
  g_autofree char *words = NULL;

  if (!settings)
    return;

  words = g_strdup_printf ("%s %s", ahoy_ctl_lookup_text (settings, "resolution"),
                           ahoy_ctl_lookup_text (settings, "orientation"));
  print_event (watch, "video-settings", NULL, g_variant_ref (settings), words);
}

static void
print_call (Watch        *watch,
            const char   *event,
            AhoyDbusCall *call)
{
  const char *path = g_dbus_proxy_get_object_path (G_DBUS_PROXY (call));
  const char *state = AHOY_CTL_TEXT (ahoy_dbus_call_get_state (call));
  const char *media = AHOY_CTL_TEXT (ahoy_dbus_call_get_media (call));
  const char *inviter = AHOY_CTL_TEXT (ahoy_dbus_call_get_inviter (call));
  g_autofree char *words = NULL;

  if (g_str_equal (event, "incoming"))
    words = g_strdup_printf (_("%s from %s"), media, inviter);
  else if (g_str_equal (event, "state"))
    words = g_strdup (state);
  else
    words = g_strdup_printf (_("microphone %s, camera %s"),
                             ahoy_dbus_call_get_microphone_on (call) ? _("on") : _("off"),
                             ahoy_dbus_call_get_camera_on (call) ? _("on") : _("off"));

  print_event (watch, event, path, ahoy_ctl_call_to_dict (call), words);
}

static void
print_participant (Watch      *watch,
                   const char *path,
                   GVariant   *parameters)
{
  g_autoptr (GVariant) participant = NULL;
  g_autofree char *words = NULL;
  gboolean microphone = FALSE;
  gboolean camera = FALSE;

  g_variant_get (parameters, "(&s@a{sv})", NULL, &participant);
  g_variant_lookup (participant, "microphone", "b", &microphone);
  g_variant_lookup (participant, "camera", "b", &camera);
  words = g_strdup_printf (_("%s %s, microphone %s, camera %s"), ahoy_ctl_lookup_text (participant, "user"),
                           ahoy_ctl_lookup_text (participant, "status"),
                           microphone ? _("on") : _("off"), camera ? _("on") : _("off"));

  print_event (watch, "participant", path, g_steal_pointer (&participant), words);
}

static void
print_call_ended (Watch    *watch,
                  GVariant *parameters)
{
  g_autoptr (GVariant) details = NULL;
  g_autofree char *duration = NULL;
  g_autofree char *words = NULL;
  const char *path;
  const char *message;
  guint seconds = 0;

  g_variant_get (parameters, "(&o@a{sv})", &path, &details);
  g_variant_lookup (details, "duration", "u", &seconds);
  duration = ahoy_ctl_duration_text (seconds);
  message = ahoy_ctl_lookup_text (details, "message");
  words = g_strdup_printf ("%s, %s%s%s", duration, ahoy_ctl_reason_words (ahoy_ctl_lookup_text (details, "reason")),
                           *message ? ": " : "", message);

  print_event (watch, "ended", path, g_steal_pointer (&details), words);
}

/* The signals whose arguments are printed as they come: a name for each. */
static const struct
{
  const char *signal;
  const char *event;
  const char *type;
  const char *names[3];
} plain_signals[] = {
  { "KickedOffline", "kicked", "(s)", { "why" } },
  { "UserSigExpiring", "user-sig-expiring", "()", { NULL } },
  { "UserSigExpired", "user-sig-expired", "()", { NULL } },
  { "HistoryChanged", "history", "()", { NULL } },
  { "AfterCall", "after-call", "(o)", { "path" } },
  { "GroupsChanged", "groups", "()", { NULL } },
  { "BlockedChanged", "blocked", "(sb)", { "user", "blocked" } },
  { "Error", "error", "(is)", { "code", "message" } },
  { "Begin", "begin", "()", { NULL } },
  { "NotConnected", "not-connected", "(ss)", { "reason", "user" } },
  { "UserRejected", "user-rejected", "(s)", { "user" } },
  { "UserNoResponse", "user-no-response", "(s)", { "user" } },
  { "UserBusy", "user-busy", "(s)", { "user" } },
  { "UserInviting", "user-inviting", "(s)", { "user" } },
  { "UserJoined", "user-joined", "(s)", { "user" } },
  { "UserLeft", "user-left", "(s)", { "user" } },
  { "UserVideoAvailable", "user-video-available", "(sb)", { "user", "available" } },
  { "UserAudioAvailable", "user-audio-available", "(sb)", { "user", "available" } },
  { "Volumes", "volumes", "(a{si})", { "volumes" } },
  { "NetworkQualities", "network-qualities", "(a{ss})", { "qualities" } },
  { "MediaChanged", "media-changed", "(ss)", { "before", "after" } },
  { "ParticipantLeft", "participant-left", "(s)", { "user" } },
};

/* One argument for people: a text, a number, on or off, or "alice 30, bob 5". */
static void
append_words (GString  *words,
              GVariant *value)
{
  if (words->len > 0)
    g_string_append_c (words, ' ');

  if (g_variant_is_of_type (value, G_VARIANT_TYPE_STRING) || g_variant_is_of_type (value, G_VARIANT_TYPE_OBJECT_PATH))
    g_string_append (words, g_variant_get_string (value, NULL));
  else if (g_variant_is_of_type (value, G_VARIANT_TYPE_BOOLEAN))
    g_string_append (words, g_variant_get_boolean (value) ? _("on") : _("off"));
  else if (g_variant_is_of_type (value, G_VARIANT_TYPE_INT32))
    g_string_append_printf (words, "%d", g_variant_get_int32 (value));
  else
    {
      for (gsize i = 0; i < g_variant_n_children (value); i++)
        {
          g_autoptr (GVariant) entry = g_variant_get_child_value (value, i);
          g_autoptr (GVariant) name = g_variant_get_child_value (entry, 0);
          g_autoptr (GVariant) level = g_variant_get_child_value (entry, 1);

          if (i > 0)
            g_string_append_c (words, ',');
          append_words (words, name);
          append_words (words, level);
        }
    }
}

/* What a service sends is taken for what the interface says only when it has the types of it. */
static void
print_plain (Watch      *watch,
             const char *path,
             const char *name,
             GVariant   *parameters)
{
  g_autoptr (GString) words = g_string_new (NULL);
  GVariantDict dict;
  guint row = 0;

  while (row < G_N_ELEMENTS (plain_signals) && !g_str_equal (plain_signals[row].signal, name))
    row++;
  if (row == G_N_ELEMENTS (plain_signals) || !g_variant_is_of_type (parameters, G_VARIANT_TYPE (plain_signals[row].type)))
    return;

  g_variant_dict_init (&dict, NULL);
  for (gsize i = 0; i < g_variant_n_children (parameters); i++)
    {
      g_autoptr (GVariant) value = g_variant_get_child_value (parameters, i);

      g_variant_dict_insert_value (&dict, plain_signals[row].names[i], value);
      append_words (words, value);
    }

  print_event (watch, plain_signals[row].event, path, g_variant_dict_end (&dict), words->str);
}

static void
on_incoming (Watch    *watch,
             GVariant *parameters)
{
  g_autoptr (GDBusInterface) call = NULL;
  const char *path;

  g_variant_get (parameters, "(&o)", &path);
  call = g_dbus_object_manager_get_interface (watch->ctl->objects, path, CALL_INTERFACE);
  if (call)
    print_call (watch, "incoming", AHOY_DBUS_CALL (call));
}

static void
on_signal (Watch      *watch,
           GDBusProxy *object_proxy,
           GDBusProxy *proxy,
           const char *sender,
           const char *name,
           GVariant   *parameters)
{
  const char *path = AHOY_DBUS_IS_CALL (proxy) ? g_dbus_proxy_get_object_path (proxy) : NULL;
  gboolean is_level = g_str_equal (name, "Volumes") || g_str_equal (name, "NetworkQualities");

  if (is_level && watch->no_levels)
    return;

  if (g_str_equal (name, "IncomingCall") && g_variant_is_of_type (parameters, G_VARIANT_TYPE ("(o)")))
    on_incoming (watch, parameters);
  else if (g_str_equal (name, "CallEnded") && g_variant_is_of_type (parameters, G_VARIANT_TYPE ("(oa{sv})")))
    print_call_ended (watch, parameters);
  else if (g_str_equal (name, "ParticipantChanged") && g_variant_is_of_type (parameters, G_VARIANT_TYPE ("(sa{sv})")))
    print_participant (watch, path, parameters);
  else
    print_plain (watch, path, name, parameters);
}

static gboolean
has_key (GVariant   *changed,
         const char *key)
{
  g_autoptr (GVariant) value = g_variant_lookup_value (changed, key, NULL);

  return value != NULL;
}

static void
on_properties_changed (Watch              *watch,
                       GDBusProxy         *object_proxy,
                       GDBusProxy         *proxy,
                       GVariant           *changed,
                       const char *const  *invalidated)
{
  if (AHOY_DBUS_IS_MANAGER (proxy))
    {
      if (has_key (changed, "State") || has_key (changed, "UserId") || has_key (changed, "MultiDevice")
          || has_key (changed, "CallElsewhere"))
        print_state (watch);
      if (has_key (changed, "VideoSettings"))
        print_video_settings (watch);
      return;
    }

  if (!AHOY_DBUS_IS_CALL (proxy))
    return;

  if (has_key (changed, "State"))
    print_call (watch, "state", AHOY_DBUS_CALL (proxy));

  if (has_key (changed, "MicrophoneOn") || has_key (changed, "CameraOn"))
    print_call (watch, "devices", AHOY_DBUS_CALL (proxy));
}

static void
on_object_added (Watch       *watch,
                 GDBusObject *object)
{
  g_autoptr (GDBusInterface) call = g_dbus_object_get_interface (object, CALL_INTERFACE);

  if (call)
    print_call (watch, "state", AHOY_DBUS_CALL (call));
}

static void
check_connected (Watch *watch)
{
  if (ahoy_ctl_is_connected (watch->ctl))
    return;

  print_event (watch, "gone", NULL, NULL, "");
  g_printerr ("ahoyctl: %s\n", _("Ahoy went away"));
  watch->exit = AHOY_CTL_UNAVAILABLE;
  g_main_loop_quit (watch->loop);
}

static gboolean
on_terminated (gpointer data)
{
  Watch *watch = data;

  g_main_loop_quit (watch->loop);

  return G_SOURCE_CONTINUE;
}

AhoyCtlExit
ahoy_ctl_watch (AhoyCtl *ctl,
                int      argc,
                char   **argv)
{
  AhoyCtlExit status = AHOY_CTL_OK;
  Watch watch = { .ctl = ctl, .exit = AHOY_CTL_OK };
  GOptionEntry entries[] = {
    { "no-levels", 0, 0, G_OPTION_ARG_NONE, &watch.no_levels, N_("Without volumes and network qualities"), NULL },
    { NULL },
  };
  g_autolist (GDBusObject) objects = NULL;
  GDBusConnection *connection;
  guint sigterm_id;
  guint sigint_id;

  if (!ahoy_ctl_begin (ctl, entries, &argc, &argv, 0, 0, &status))
    return status;

  connection = g_dbus_object_manager_client_get_connection (G_DBUS_OBJECT_MANAGER_CLIENT (ctl->objects));
  watch.loop = g_main_loop_new (NULL, FALSE);
  sigterm_id = g_unix_signal_add (SIGTERM, on_terminated, &watch);
  sigint_id = g_unix_signal_add (SIGINT, on_terminated, &watch);
  g_signal_connect_swapped (ctl->objects, "interface-proxy-signal", G_CALLBACK (on_signal), &watch);
  g_signal_connect_swapped (ctl->objects, "interface-proxy-properties-changed",
                            G_CALLBACK (on_properties_changed), &watch);
  g_signal_connect_swapped (ctl->objects, "object-added", G_CALLBACK (on_object_added), &watch);
  g_signal_connect_swapped (ctl->objects, "notify::name-owner", G_CALLBACK (check_connected), &watch);
  g_signal_connect_swapped (connection, "closed", G_CALLBACK (check_connected), &watch);

  /* What is, before what changes; also tells a script that from here on nothing is missed. */
  print_state (&watch);
  objects = g_dbus_object_manager_get_objects (ctl->objects);
  for (GList *l = objects; l; l = l->next)
    on_object_added (&watch, l->data);

  g_main_loop_run (watch.loop);

  g_signal_handlers_disconnect_by_data (ctl->objects, &watch);
  g_signal_handlers_disconnect_by_data (connection, &watch);
  g_source_remove (sigterm_id);
  g_source_remove (sigint_id);
  g_main_loop_unref (watch.loop);

  return watch.exit;
}
