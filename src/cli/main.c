/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ahoy-ctl-commands.h"

#include <glib/gi18n.h>
#include <locale.h>
#include <stdio.h>

static const struct
{
  const char *name;
  AhoyCtlCommandFunc run;
  const char *arguments;
  const char *summary;
} commands[] = {
  { "login", ahoy_ctl_login, N_("--server URI --app-id N --user USER --user-sig-file FILE"),
    N_("Sign in; FILE “-” is standard input") },
  { "logout", ahoy_ctl_logout, "", N_("Sign out") },
  { "renew", ahoy_ctl_renew, N_("--user-sig-file FILE"), N_("Hand in a new ticket, without signing in anew") },
  { "try-now", ahoy_ctl_try_now, "", N_("When the server is not reached: try again at once") },
  { "status", ahoy_ctl_status, "", N_("Show the account and the calls") },
  { "watch", ahoy_ctl_watch, "[--no-levels]", N_("Print a line for everything that happens") },
  { "call", ahoy_ctl_call, N_("[--video|--audio] [--timeout S] [--group ID] [--wait STATE] USER…"),
    N_("Place a call; call --help shows more options") },
  { "join", ahoy_ctl_join, N_("[--wait STATE] ID | --group ID"), N_("Enter a call of several that runs, or that of a group") },
  { "take-over", ahoy_ctl_take_over, N_("[--wait STATE] [ID]"), N_("Go on here with the call on another of your devices") },
  { "answer", ahoy_ctl_answer, N_("[--no-camera] [--wait STATE] [CALL]"), N_("Accept the call that rings") },
  { "reject", ahoy_ctl_reject, N_("[CALL]"), N_("Decline the call that rings") },
  { "ignore", ahoy_ctl_ignore, N_("[CALL]"), N_("Stop the ringing; the other side finds the line busy") },
  { "hangup", ahoy_ctl_hang_up, N_("[CALL]"), N_("Leave or cancel the call") },
  { "mute", ahoy_ctl_mute, N_("[CALL]"), N_("Switch the microphone off") },
  { "unmute", ahoy_ctl_unmute, N_("[CALL]"), N_("Switch the microphone on") },
  { "camera", ahoy_ctl_camera, N_("on|off [CALL]"), N_("Switch the camera") },
  { "switch", ahoy_ctl_switch, N_("audio|video [CALL]"), N_("Make a call of two one with or without picture") },
  { "invite", ahoy_ctl_invite, N_("[--call CALL] [--timeout S] USER…"), N_("Invite more people to the call") },
  { "cancel", ahoy_ctl_cancel, N_("[--call CALL] USER"), N_("Take one invitation back") },
  { "view", ahoy_ctl_view, N_("[--call CALL] USER on|off|fill|fit|0|90|180|270"),
    N_("Whether and how somebody's picture is shown; “off” stops it at its source") },
  { "stats", ahoy_ctl_stats, N_("[CALL]"), N_("Show how sound and picture of each person arrive") },
  { "history", ahoy_ctl_history, N_("[--missed|--result WHICH] [--from T] [--until T] [--count N] [--delete ID|--clear]"), N_("Show or delete past calls") },
  { "contacts", ahoy_ctl_contacts, N_("[add USER [NAME] | remove USER | remark USER NAME | favourite USER on|off]"),
    N_("Show or change the contacts") },
  { "groups", ahoy_ctl_groups, "", N_("List the groups, and who is in their calls") },
  { "group", ahoy_ctl_group,
    N_("create [--id ID] NAME USER… | rename ID NAME | add ID USER… | remove ID USER… | leave ID | delete ID"),
    N_("Make or change a group") },
  { "block", ahoy_ctl_block, N_("USER"), N_("Refuse calls from and to somebody") },
  { "unblock", ahoy_ctl_unblock, N_("USER"), N_("Take that back") },
  { "blocked", ahoy_ctl_blocked, "", N_("List who is blocked") },
  { "multi-device", ahoy_ctl_multi_device, N_("on|off"), N_("Let the account be signed in on several devices") },
  { "devices", ahoy_ctl_devices, "", N_("List cameras, microphones and loudspeakers") },
  { "device", ahoy_ctl_device, N_("camera|microphone|speaker ID|auto"), N_("Choose a device") },
  { "resolution", ahoy_ctl_resolution, N_("[360p|540p|720p|1080p] [landscape|portrait]"),
    N_("Show or change how big the own picture is sent") },
  { "mirror", ahoy_ctl_mirror, N_("on|off"), N_("Whether the own picture is shown as in a mirror") },
  { "beauty", ahoy_ctl_beauty, "0…9", N_("How much skin is smoothed; 0 is not at all") },
  { "background", ahoy_ctl_background, N_("off|low|medium|high|IMAGE"),
    N_("Blur what is behind you, or put a picture there") },
  { "voice-isolation", ahoy_ctl_voice_isolation, N_("on|off"),
    N_("Take everything but the voice out of what the microphone hears") },
  { "set-name", ahoy_ctl_set_name, N_("NICKNAME"), N_("Change the name that others see") },
  { "set-avatar", ahoy_ctl_set_avatar, N_("URI"), N_("Change the picture that others see; “” takes it away") },
  { "version", ahoy_ctl_version, "", N_("Show the versions of ahoyctl and of what runs") },
};

static char *
make_description (void)
{
  GString *text = g_string_new (_("Commands:\n"));

  for (guint i = 0; i < G_N_ELEMENTS (commands); i++)
    {
      gboolean has_arguments = *commands[i].arguments != '\0';

      g_string_append_printf (text, "  %s%s%s\n      %s\n", commands[i].name, has_arguments ? " " : "",
                              has_arguments ? _(commands[i].arguments) : "", _(commands[i].summary));
    }

  g_string_append (text, _("\nCALL is the number or the id that status shows; without it the only one is meant.\n"
                           "STATE is ringing, connecting, active or ended.\n"
                           "\nExit status:\n"
                           "  0   done\n"
                           "  1   refused: not possible now, or the call ended before STATE\n"
                           "  64  wrong command line or argument\n"
                           "  66  a file cannot be read\n"
                           "  69  Ahoy is not running, or its server is not reached\n"
                           "  70  anything else\n"
                           "  75  STATE did not come in time\n"
                           "  77  not signed in, or the ticket is refused\n"));

  return g_string_free (text, FALSE);
}

static void
add_common_entries (GOptionContext *context,
                    AhoyCtl        *ctl)
{
  GOptionEntry entries[] = {
    { "json", 'j', 0, G_OPTION_ARG_NONE, &ctl->json, N_("Print one JSON object a line"), NULL },
    { "bus-name", 0, 0, G_OPTION_ARG_STRING, &ctl->bus_name, N_("Drive the program that owns this name"), "NAME" },
    { NULL },
  };

  g_option_context_add_main_entries (context, entries, GETTEXT_PACKAGE);
}

static const char *
arguments_of (const char *name)
{
  for (guint i = 0; i < G_N_ELEMENTS (commands); i++)
    {
      if (g_str_equal (commands[i].name, name))
        return *commands[i].arguments ? _(commands[i].arguments) : NULL;
    }

  return NULL;
}

/* GOption prints PROGRAM [OPTION…] PARAMETERS; the command belongs between the two. */
static GOptionContext *
new_context (const char *command)
{
  g_autofree char *parameters = NULL;
  const char *arguments = arguments_of (command);

  parameters = g_strconcat (command, " ", arguments, NULL);

  return g_option_context_new (parameters);
}

gboolean
ahoy_ctl_begin (AhoyCtl            *ctl,
                const GOptionEntry *entries,
                int                *argc,
                char             ***argv,
                int                 min,
                int                 max,
                AhoyCtlExit        *exit)
{
  g_autoptr (GOptionContext) context = new_context ((*argv)[0]);
  g_autoptr (GError) error = NULL;
  const char *command = (*argv)[0];

  if (entries)
    g_option_context_add_main_entries (context, entries, GETTEXT_PACKAGE);
  add_common_entries (context, ctl);

  if (!g_option_context_parse (context, argc, argv, &error))
    {
      *exit = ahoy_ctl_usage ("%s", error->message);
      return FALSE;
    }

  /* "--" stays in the list so that users may have names that look like options. */
  if (*argc > 1 && g_str_equal ((*argv)[1], "--"))
    {
      (*argv)++;
      (*argc)--;
    }

  if (*argc - 1 < min || *argc - 1 > max)
    {
      const char *arguments = arguments_of (command);

      *exit = ahoy_ctl_usage (_("Usage: ahoyctl %s %s"), command, arguments ? arguments : "");
      return FALSE;
    }

  return ahoy_ctl_open (ctl, exit);
}

static AhoyCtlExit
run (AhoyCtl *ctl,
     int      argc,
     char   **argv)
{
  for (guint i = 0; i < G_N_ELEMENTS (commands); i++)
    {
      if (g_str_equal (commands[i].name, argv[0]))
        return commands[i].run (ctl, argc, argv);
    }

  return ahoy_ctl_usage (_("There is no command “%s”; see ahoyctl --help"), argv[0]);
}

int
main (int   argc,
      char *argv[])
{
  g_auto (AhoyCtl) ctl = { NULL };
  g_autoptr (GOptionContext) context = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *description = NULL;
  gboolean show_version = FALSE;
  GOptionEntry entries[] = {
    { "version", 0, 0, G_OPTION_ARG_NONE, &show_version, N_("Print the version"), NULL },
    { NULL },
  };

  setlocale (LC_ALL, "");
  bindtextdomain (GETTEXT_PACKAGE, AHOY_LOCALEDIR);
  bind_textdomain_codeset (GETTEXT_PACKAGE, "UTF-8");
  textdomain (GETTEXT_PACKAGE);

  context = g_option_context_new (_("COMMAND …"));
  description = make_description ();
  g_option_context_set_summary (context, _("Drives a running Ahoy."));
  g_option_context_set_description (context, description);
  g_option_context_set_strict_posix (context, TRUE);
  g_option_context_add_main_entries (context, entries, GETTEXT_PACKAGE);
  add_common_entries (context, &ctl);

  if (!g_option_context_parse (context, &argc, &argv, &error))
    return ahoy_ctl_usage ("%s", error->message);

  if (show_version)
    {
      g_print ("ahoyctl %s\n", AHOY_VERSION);
      return AHOY_CTL_OK;
    }

  if (argc < 2)
    return ahoy_ctl_usage ("%s", _("A command is missing; see ahoyctl --help"));

  return run (&ctl, argc - 1, argv + 1);
}
