/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ahoy-ctl-commands.h"
#include "ahoy-ctl-output.h"

#include <glib/gi18n.h>
#include <limits.h>

/* Prints what became of it: which call, and its state now. */
static AhoyCtlExit
finish (AhoyCtl    *ctl,
        const char *path,
        const char *wait_state,
        int         wait_timeout_s)
{
  g_autoptr (GDBusInterface) call = NULL;
  AhoyCtlExit status = AHOY_CTL_OK;

  if (wait_state)
    status = ahoy_ctl_wait_for_state (ctl, path, wait_state, wait_timeout_s);

  call = g_dbus_object_manager_get_interface (ctl->objects, path, "org.ahoycall.Ahoy1.Call");
  if (wait_state && call && ctl->json)
    ahoy_ctl_print_json (ahoy_ctl_call_to_dict (AHOY_DBUS_CALL (call)));
  else if (ctl->json)
    ahoy_ctl_print_json (g_variant_new_parsed ("{'call': <%s>}", ahoy_ctl_call_number (path)));
  else
    ahoy_ctl_print (_("Call %s"), ahoy_ctl_call_number (path));

  return status;
}

static gboolean
check_wait (const char  *state,
            int          timeout_s,
            AhoyCtlExit *exit)
{
  if (state && !ahoy_ctl_is_state (state))
    {
      *exit = ahoy_ctl_usage (_("“%s” is no state of a call"), state);
      return FALSE;
    }

  if (timeout_s < 0)
    {
      *exit = ahoy_ctl_usage ("%s", _("--wait-timeout cannot be negative"));
      return FALSE;
    }

  return TRUE;
}

/* The engine refuses these as well, but cannot say it in a person's language. */
static gboolean
check_users (AhoyCtl     *ctl,
             char       **users,
             AhoyCtlExit *exit)
{
  const char *problem = NULL;

  for (guint i = 0; users[i] && !problem; i++)
    {
      if (!g_utf8_validate (users[i], -1, NULL))
        problem = _("A user id is not valid text");
      else if (g_strcmp0 (users[i], ahoy_dbus_manager_get_user_id (ctl->manager)) == 0)
        problem = _("Nobody can call themselves");
    }

  if (problem)
    *exit = ahoy_ctl_usage ("%s", problem);

  return problem == NULL;
}

/* What the command line says of a call to be placed. */
typedef struct
{
  gboolean is_video;
  gboolean is_audio;
  gboolean no_camera;
  gboolean is_ephemeral;
  gboolean no_push;
  int timeout_s;
  int room_number;
  int wait_timeout_s;
  char *wait_state;  /* (owned) (nullable), as all texts */
  char *user_data;
  char *group_id;
  char *room;
  char *record_policy;
  char *push_title;
  char *push_text;
  char *push_sound;
} Placing;

static void
placing_clear (Placing *self)
{
  g_free (self->wait_state);
  g_free (self->user_data);
  g_free (self->group_id);
  g_free (self->room);
  g_free (self->record_policy);
  g_free (self->push_title);
  g_free (self->push_text);
  g_free (self->push_sound);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Placing, placing_clear)

static gboolean
check_placing (const Placing *self,
               AhoyCtlExit   *exit)
{
  const char *const texts[] = {
    self->user_data, self->group_id, self->room, self->record_policy, self->push_title, self->push_text,
    self->push_sound,
  };
  const char *problem = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      if (texts[i] && !g_utf8_validate (texts[i], -1, NULL))
        problem = _("An argument is not valid text");
    }

  if (self->is_video && self->is_audio)
    problem = _("--video and --audio exclude each other");
  else if (self->timeout_s < 0)
    problem = _("--timeout cannot be negative");
  else if (self->room_number < 0)
    problem = _("--room-number cannot be negative");

  if (problem)
    *exit = ahoy_ctl_usage ("%s", problem);

  return problem == NULL;
}

static GVariant *
placing_to_options (const Placing *self)
{
  const struct
  {
    const char *name;
    const char *text;
  } texts[] = {
    { "user_data", self->user_data },     { "group_id", self->group_id },   { "room", self->room },
    { "record_policy", self->record_policy }, { "push_title", self->push_title }, { "push_text", self->push_text },
    { "push_sound", self->push_sound },
  };
  GVariantDict options;

  g_variant_dict_init (&options, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      if (texts[i].text)
        g_variant_dict_insert (&options, texts[i].name, "s", texts[i].text);
    }
  if (self->timeout_s > 0)
    g_variant_dict_insert (&options, "timeout", "u", (guint) self->timeout_s);
  if (self->room_number > 0)
    g_variant_dict_insert (&options, "room_number", "u", (guint) self->room_number);
  if (self->is_ephemeral)
    g_variant_dict_insert (&options, "ephemeral", "b", TRUE);
  if (self->no_camera)
    g_variant_dict_insert (&options, "camera", "b", FALSE);
  if (self->no_push)
    g_variant_dict_insert (&options, "push_off", "b", TRUE);

  return g_variant_dict_end (&options);
}

AhoyCtlExit
ahoy_ctl_call (AhoyCtl *ctl,
               int      argc,
               char   **argv)
{
  g_auto (Placing) it = { 0 };
  g_autofree char *path = NULL;
  GOptionEntry entries[] = {
    { "video", 'v', 0, G_OPTION_ARG_NONE, &it.is_video, N_("With picture"), NULL },
    { "audio", 'a', 0, G_OPTION_ARG_NONE, &it.is_audio, N_("Without picture, as when neither is said"), NULL },
    { "no-camera", 0, 0, G_OPTION_ARG_NONE, &it.no_camera, N_("Begin with the camera off"), NULL },
    { "timeout", 't', 0, G_OPTION_ARG_INT, &it.timeout_s, N_("How long the other side may ring, 10 to 600"), "S" },
    { "group", 'g', 0, G_OPTION_ARG_STRING, &it.group_id, N_("The group that the call belongs to"), "ID" },
    { "user-data", 0, 0, G_OPTION_ARG_STRING, &it.user_data, N_("A text for the program of the other side"), "TEXT" },
    { "room", 0, 0, G_OPTION_ARG_STRING, &it.room, N_("Name of the room"), "NAME" },
    { "room-number", 0, 0, G_OPTION_ARG_INT, &it.room_number, N_("Number of the room, instead of a name"), "N" },
    { "ephemeral", 0, 0, G_OPTION_ARG_NONE, &it.is_ephemeral, N_("Leave no trace in the history"), NULL },
    { "record", 0, 0, G_OPTION_ARG_STRING, &it.record_policy, N_("Whether the server records it"), "on|off" },
    { "push-title", 0, 0, G_OPTION_ARG_STRING, &it.push_title, N_("Title of the notification at the other side"), "TEXT" },
    { "push-text", 0, 0, G_OPTION_ARG_STRING, &it.push_text, N_("Text of that notification"), "TEXT" },
    { "push-sound", 0, 0, G_OPTION_ARG_STRING, &it.push_sound, N_("Sound of that notification"), "NAME" },
    { "no-push", 0, 0, G_OPTION_ARG_NONE, &it.no_push, N_("No notification at the other side"), NULL },
    { "wait", 'w', 0, G_OPTION_ARG_STRING, &it.wait_state, N_("Return when the call is in this state"), "STATE" },
    { "wait-timeout", 0, 0, G_OPTION_ARG_INT, &it.wait_timeout_s, N_("Give up waiting after S seconds"), "S" },
    { NULL },
  };
  AhoyCtlExit status = AHOY_CTL_OK;
  GError *error = NULL;

  if (!ahoy_ctl_begin (ctl, entries, &argc, &argv, 1, INT_MAX, &status)
      || !check_wait (it.wait_state, it.wait_timeout_s, &status)
      || !check_placing (&it, &status)
      || !check_users (ctl, argv + 1, &status))
    return status;

  if (!ahoy_dbus_manager_call_call_sync (ctl->manager, (const char *const *) argv + 1,
                                         it.is_video ? "video" : "audio", placing_to_options (&it),
                                         G_DBUS_CALL_FLAGS_NONE, -1, &path, NULL, &error))
    return ahoy_ctl_fail (error);

  return finish (ctl, path, it.wait_state, it.wait_timeout_s);
}

AhoyCtlExit
ahoy_ctl_answer (AhoyCtl *ctl,
                 int      argc,
                 char   **argv)
{
  gboolean no_camera = FALSE;
  int wait_timeout_s = 0;
  g_autofree char *wait_state = NULL;
  g_autoptr (AhoyDbusCall) call = NULL;
  GOptionEntry entries[] = {
    { "no-camera", 0, 0, G_OPTION_ARG_NONE, &no_camera, N_("Begin with the camera off"), NULL },
    { "wait", 'w', 0, G_OPTION_ARG_STRING, &wait_state, N_("Return when the call is in this state"), "STATE" },
    { "wait-timeout", 0, 0, G_OPTION_ARG_INT, &wait_timeout_s, N_("Give up waiting after S seconds"), "S" },
    { NULL },
  };
  AhoyCtlExit status = AHOY_CTL_OK;
  GError *error = NULL;

  if (!ahoy_ctl_begin (ctl, entries, &argc, &argv, 0, 1, &status)
      || !check_wait (wait_state, wait_timeout_s, &status))
    return status;

  call = ahoy_ctl_find_call (ctl, AHOY_CTL_CALL_RINGING_HERE, argv[1], &status);
  if (!call)
    return status;

  if (!ahoy_dbus_call_call_accept_sync (call, !no_camera, G_DBUS_CALL_FLAGS_NONE, -1, NULL, &error))
    return ahoy_ctl_fail (error);

  return finish (ctl, g_dbus_proxy_get_object_path (G_DBUS_PROXY (call)), wait_state, wait_timeout_s);
}

AhoyCtlExit
ahoy_ctl_join (AhoyCtl *ctl,
               int      argc,
               char   **argv)
{
  int wait_timeout_s = 0;
  g_autofree char *group = NULL;
  g_autofree char *wait_state = NULL;
  g_autofree char *path = NULL;
  GOptionEntry entries[] = {
    { "group", 'g', 0, G_OPTION_ARG_STRING, &group, N_("The call that runs in this group"), "ID" },
    { "wait", 'w', 0, G_OPTION_ARG_STRING, &wait_state, N_("Return when the call is in this state"), "STATE" },
    { "wait-timeout", 0, 0, G_OPTION_ARG_INT, &wait_timeout_s, N_("Give up waiting after S seconds"), "S" },
    { NULL },
  };
  AhoyCtlExit status = AHOY_CTL_OK;
  GError *error = NULL;
  const char *id;
  gboolean is_in;

  if (!ahoy_ctl_begin (ctl, entries, &argc, &argv, 0, 1, &status) || !check_wait (wait_state, wait_timeout_s, &status))
    return status;

  id = group ? group : argv[1];
  if (!id || (group && argv[1]) || !g_utf8_validate (id, -1, NULL))
    return ahoy_ctl_usage ("%s", _("join wants the id of a call, or --group and the id of a group"));

  if (group)
    is_in = ahoy_dbus_manager_call_join_group_sync (ctl->manager, id, G_DBUS_CALL_FLAGS_NONE, -1, &path, NULL, &error);
  else
    is_in = ahoy_dbus_manager_call_join_call_sync (ctl->manager, id, G_DBUS_CALL_FLAGS_NONE, -1, &path, NULL, &error);

  return is_in ? finish (ctl, path, wait_state, wait_timeout_s) : ahoy_ctl_fail (error);
}

AhoyCtlExit
ahoy_ctl_take_over (AhoyCtl *ctl,
                    int      argc,
                    char   **argv)
{
  int wait_timeout_s = 0;
  g_autofree char *wait_state = NULL;
  g_autofree char *path = NULL;
  GOptionEntry entries[] = {
    { "wait", 'w', 0, G_OPTION_ARG_STRING, &wait_state, N_("Return when the call is in this state"), "STATE" },
    { "wait-timeout", 0, 0, G_OPTION_ARG_INT, &wait_timeout_s, N_("Give up waiting after S seconds"), "S" },
    { NULL },
  };
  AhoyCtlExit status = AHOY_CTL_OK;
  GError *error = NULL;

  if (!ahoy_ctl_begin (ctl, entries, &argc, &argv, 0, 1, &status) || !check_wait (wait_state, wait_timeout_s, &status))
    return status;

  if (argv[1] && !g_utf8_validate (argv[1], -1, NULL))
    return ahoy_ctl_usage ("%s", _("An argument is not valid text"));

  if (!ahoy_dbus_manager_call_take_over_sync (ctl->manager, argv[1] ? argv[1] : "", G_DBUS_CALL_FLAGS_NONE, -1, &path,
                                              NULL, &error))
    return ahoy_ctl_fail (error);

  return finish (ctl, path, wait_state, wait_timeout_s);
}
