/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ahoy-ctl-commands.h"
#include "ahoy-ctl-output.h"

#include <errno.h>
#include <glib/gi18n.h>
#include <stdio.h>
#include <string.h>

/* A ticket has at most 4096 bytes; this leaves room for line ends. */
#define MAX_USER_SIG_FILE 8192

/* The first login of an installation asks the server over the network; it may take its time. */
#define LOGIN_TIMEOUT_MS (60 * 1000)

/* Never from the command line: everybody on the machine can read that. (nullable) */
static char *
read_user_sig (const char *path)
{
  FILE *file = g_str_equal (path, "-") ? stdin : fopen (path, "re");
  g_autofree char *text = NULL;
  gsize length;

  if (!file)
    {
      g_printerr (_("ahoyctl: %s cannot be read: %s\n"), path, g_strerror (errno));
      return NULL;
    }

  text = g_malloc0 (MAX_USER_SIG_FILE + 1);
  length = fread (text, 1, MAX_USER_SIG_FILE, file);
  if (file != stdin)
    fclose (file);

  g_strstrip (text);
  if (length == MAX_USER_SIG_FILE || *text == '\0' || !g_utf8_validate (text, -1, NULL))
    {
      g_printerr (_("ahoyctl: There is no ticket in %s\n"), path);
      return NULL;
    }

  return g_steal_pointer (&text);
}

AhoyCtlExit
ahoy_ctl_login (AhoyCtl *ctl,
                int      argc,
                char   **argv)
{
  g_autofree char *server = NULL;
  g_autofree char *user = NULL;
  g_autofree char *user_sig_file = NULL;
  g_autofree char *user_sig = NULL;
  gint64 app_id = 0;
  GOptionEntry entries[] = {
    { "server", 's', 0, G_OPTION_ARG_STRING, &server, N_("Address of the server"), "URI" },
    { "app-id", 'a', 0, G_OPTION_ARG_INT64, &app_id, N_("Number of the application"), "N" },
    { "user", 'u', 0, G_OPTION_ARG_STRING, &user, N_("Id of the user"), "USER" },
    { "user-sig-file", 0, 0, G_OPTION_ARG_FILENAME, &user_sig_file, N_("File with the ticket, “-” for standard input"),
      "FILE" },
    { NULL },
  };
  AhoyCtlExit status = AHOY_CTL_OK;
  GError *error = NULL;

  if (!ahoy_ctl_begin (ctl, entries, &argc, &argv, 0, 0, &status))
    return status;

  if (!server || !user || !user_sig_file || app_id <= 0)
    return ahoy_ctl_usage ("%s", _("login needs --server, --app-id, --user and --user-sig-file"));

  user_sig = read_user_sig (user_sig_file);
  if (!user_sig)
    return AHOY_CTL_NO_INPUT;

  if (!ahoy_dbus_manager_call_login_sync (ctl->manager, server, app_id, user, user_sig,
                                          G_DBUS_CALL_FLAGS_NONE, LOGIN_TIMEOUT_MS, NULL, &error))
    return ahoy_ctl_fail (error);

  return AHOY_CTL_OK;
}

AhoyCtlExit
ahoy_ctl_logout (AhoyCtl *ctl,
                 int      argc,
                 char   **argv)
{
  AhoyCtlExit status = AHOY_CTL_OK;
  GError *error = NULL;

  if (!ahoy_ctl_begin (ctl, NULL, &argc, &argv, 0, 0, &status))
    return status;

  if (!ahoy_dbus_manager_call_logout_sync (ctl->manager, G_DBUS_CALL_FLAGS_NONE, -1, NULL, &error))
    return ahoy_ctl_fail (error);

  return AHOY_CTL_OK;
}

AhoyCtlExit
ahoy_ctl_renew (AhoyCtl *ctl,
                int      argc,
                char   **argv)
{
  g_autofree char *user_sig_file = NULL;
  g_autofree char *user_sig = NULL;
  GOptionEntry entries[] = {
    { "user-sig-file", 0, 0, G_OPTION_ARG_FILENAME, &user_sig_file, N_("File with the ticket, “-” for standard input"),
      "FILE" },
    { NULL },
  };
  AhoyCtlExit status = AHOY_CTL_OK;
  GError *error = NULL;

  if (!ahoy_ctl_begin (ctl, entries, &argc, &argv, 0, 0, &status))
    return status;

  if (!user_sig_file)
    return ahoy_ctl_usage ("%s", _("renew needs --user-sig-file"));

  user_sig = read_user_sig (user_sig_file);
  if (!user_sig)
    return AHOY_CTL_NO_INPUT;

  if (!ahoy_dbus_manager_call_renew_user_sig_sync (ctl->manager, user_sig, G_DBUS_CALL_FLAGS_NONE, -1, NULL, &error))
    return ahoy_ctl_fail (error);

  return AHOY_CTL_OK;
}

AhoyCtlExit
ahoy_ctl_try_now (AhoyCtl *ctl,
                  int      argc,
                  char   **argv)
{
  AhoyCtlExit status = AHOY_CTL_OK;
  GError *error = NULL;

  if (!ahoy_ctl_begin (ctl, NULL, &argc, &argv, 0, 0, &status))
    return status;

  if (!ahoy_dbus_manager_call_try_now_sync (ctl->manager, G_DBUS_CALL_FLAGS_NONE, -1, NULL, &error))
    return ahoy_ctl_fail (error);

  return AHOY_CTL_OK;
}

static AhoyCtlExit
set_self_info (AhoyCtl    *ctl,
               int         argc,
               char      **argv,
               const char *key)
{
  AhoyCtlExit status = AHOY_CTL_OK;
  GError *error = NULL;
  GVariantDict info;

  if (!ahoy_ctl_begin (ctl, NULL, &argc, &argv, 1, 1, &status))
    return status;

  if (!g_utf8_validate (argv[1], -1, NULL))
    return ahoy_ctl_usage ("%s", _("An argument is not valid text"));

  g_variant_dict_init (&info, NULL);
  g_variant_dict_insert (&info, key, "s", argv[1]);
  if (!ahoy_dbus_manager_call_set_self_info_sync (ctl->manager, g_variant_dict_end (&info),
                                                  G_DBUS_CALL_FLAGS_NONE, -1, NULL, &error))
    return ahoy_ctl_fail (error);

  return AHOY_CTL_OK;
}

AhoyCtlExit
ahoy_ctl_set_name (AhoyCtl *ctl,
                   int      argc,
                   char   **argv)
{
  return set_self_info (ctl, argc, argv, "nickname");
}

AhoyCtlExit
ahoy_ctl_set_avatar (AhoyCtl *ctl,
                     int      argc,
                     char   **argv)
{
  return set_self_info (ctl, argc, argv, "avatar");
}

static GVariant *
calls_to_variant (AhoyCtl *ctl)
{
  const char *const *paths = ahoy_dbus_manager_get_calls (ctl->manager);
  GVariantBuilder builder;

  g_variant_builder_init (&builder, G_VARIANT_TYPE ("aa{sv}"));
  for (guint i = 0; paths && paths[i]; i++)
    {
      g_autoptr (GDBusInterface) call = g_dbus_object_manager_get_interface (ctl->objects, paths[i],
                                                                             "org.ahoycall.Ahoy1.Call");

      if (call)
        g_variant_builder_add_value (&builder, ahoy_ctl_call_to_dict (AHOY_DBUS_CALL (call)));
    }

  return g_variant_builder_end (&builder);
}

static void
print_status_json (AhoyCtl *ctl)
{
  AhoyDbusManager *manager = ctl->manager;
  GVariantDict dict;

  g_variant_dict_init (&dict, NULL);
  g_variant_dict_insert (&dict, "state", "s", AHOY_CTL_TEXT (ahoy_dbus_manager_get_state (manager)));
  g_variant_dict_insert (&dict, "user", "s", AHOY_CTL_TEXT (ahoy_dbus_manager_get_user_id (manager)));
  g_variant_dict_insert (&dict, "nickname", "s", AHOY_CTL_TEXT (ahoy_dbus_manager_get_nickname (manager)));
  g_variant_dict_insert (&dict, "server", "s", AHOY_CTL_TEXT (ahoy_dbus_manager_get_server (manager)));
  g_variant_dict_insert (&dict, "app_id", "t", ahoy_dbus_manager_get_app_id (manager));
  g_variant_dict_insert (&dict, "user_sig_expires", "x", ahoy_dbus_manager_get_user_sig_expires (manager));
  g_variant_dict_insert (&dict, "retry_at", "x", ahoy_dbus_manager_get_retry_at (manager));
  g_variant_dict_insert (&dict, "multi_device", "b", ahoy_dbus_manager_get_multi_device (manager));
  g_variant_dict_insert (&dict, "call_elsewhere", "s", AHOY_CTL_TEXT (ahoy_dbus_manager_get_call_elsewhere (manager)));
  g_variant_dict_insert (&dict, "version", "s", AHOY_CTL_TEXT (ahoy_dbus_manager_get_version (manager)));
  g_variant_dict_insert_value (&dict, "calls", calls_to_variant (ctl));

  ahoy_ctl_print_json (g_variant_dict_end (&dict));
}

static void
print_status (AhoyCtl *ctl)
{
  const char *const *paths = ahoy_dbus_manager_get_calls (ctl->manager);
  const char *user = AHOY_CTL_TEXT (ahoy_dbus_manager_get_user_id (ctl->manager));
  const char *nickname = AHOY_CTL_TEXT (ahoy_dbus_manager_get_nickname (ctl->manager));

  if (*user == '\0')
    ahoy_ctl_print ("%s", AHOY_CTL_TEXT (ahoy_dbus_manager_get_state (ctl->manager)));
  else if (*nickname == '\0')
    ahoy_ctl_print (_("%s: %s at %s"), AHOY_CTL_TEXT (ahoy_dbus_manager_get_state (ctl->manager)), user,
                    AHOY_CTL_TEXT (ahoy_dbus_manager_get_server (ctl->manager)));
  else
    ahoy_ctl_print (_("%s: %s (%s) at %s"), AHOY_CTL_TEXT (ahoy_dbus_manager_get_state (ctl->manager)), nickname, user,
                    AHOY_CTL_TEXT (ahoy_dbus_manager_get_server (ctl->manager)));

  for (guint i = 0; paths && paths[i]; i++)
    {
      g_autoptr (GDBusInterface) call = g_dbus_object_manager_get_interface (ctl->objects, paths[i],
                                                                             "org.ahoycall.Ahoy1.Call");
      g_autofree char *line = call ? ahoy_ctl_call_to_text (AHOY_DBUS_CALL (call)) : NULL;

      if (line)
        ahoy_ctl_print ("%s", line);
    }
}

AhoyCtlExit
ahoy_ctl_status (AhoyCtl *ctl,
                 int      argc,
                 char   **argv)
{
  AhoyCtlExit status = AHOY_CTL_OK;

  if (!ahoy_ctl_begin (ctl, NULL, &argc, &argv, 0, 0, &status))
    return status;

  if (ctl->json)
    print_status_json (ctl);
  else
    print_status (ctl);

  return AHOY_CTL_OK;
}

AhoyCtlExit
ahoy_ctl_version (AhoyCtl *ctl,
                  int      argc,
                  char   **argv)
{
  AhoyCtlExit status = AHOY_CTL_OK;

  if (!ahoy_ctl_begin (ctl, NULL, &argc, &argv, 0, 0, &status))
    return status;

  if (ctl->json)
    ahoy_ctl_print_json (g_variant_new_parsed ("{'ahoyctl': <%s>, 'ahoy': <%s>}", AHOY_VERSION,
                                               AHOY_CTL_TEXT (ahoy_dbus_manager_get_version (ctl->manager))));
  else
    ahoy_ctl_print ("ahoyctl %s, %s %s", AHOY_VERSION, ahoy_ctl_get_bus_name (ctl),
                    AHOY_CTL_TEXT (ahoy_dbus_manager_get_version (ctl->manager)));

  return AHOY_CTL_OK;
}
