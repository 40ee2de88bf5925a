/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ahoy-ctl-commands.h"
#include "ahoy-ctl-output.h"

#include <glib/gi18n.h>
#include <limits.h>

static gboolean
check_texts (char       **texts,
             AhoyCtlExit *exit)
{
  for (guint i = 0; texts[i]; i++)
    {
      if (!g_utf8_validate (texts[i], -1, NULL))
        {
          *exit = ahoy_ctl_usage ("%s", _("An argument is not valid text"));
          return FALSE;
        }
    }

  return TRUE;
}

static void
print_group (GVariant *group)
{
  g_autofree const char **members = NULL;
  g_autofree const char **people = NULL;
  g_autofree char *names = NULL;
  g_autofree char *talking = NULL;

  g_variant_lookup (group, "members", "^a&s", &members);
  g_variant_lookup (group, "people", "^a&s", &people);
  names = members ? g_strjoinv (", ", (char **) members) : g_strdup ("");
  talking = people ? g_strjoinv (", ", (char **) people) : g_strdup ("");

  if (*ahoy_ctl_lookup_text (group, "call") == '\0')
    ahoy_ctl_print ("%-24s %s: %s", ahoy_ctl_lookup_text (group, "group"), ahoy_ctl_lookup_text (group, "name"), names);
  else
    ahoy_ctl_print (_("%-24s %s: %s; in a call: %s"), ahoy_ctl_lookup_text (group, "group"),
                    ahoy_ctl_lookup_text (group, "name"), names, talking);
}

AhoyCtlExit
ahoy_ctl_groups (AhoyCtl *ctl,
                 int      argc,
                 char   **argv)
{
  g_autoptr (GVariant) groups = NULL;
  AhoyCtlExit status = AHOY_CTL_OK;
  GError *error = NULL;
  GVariantIter iter;
  GVariant *group;

  if (!ahoy_ctl_begin (ctl, NULL, &argc, &argv, 0, 0, &status))
    return status;

  if (!ahoy_dbus_manager_call_list_groups_sync (ctl->manager, G_DBUS_CALL_FLAGS_NONE, -1, &groups, NULL, &error))
    return ahoy_ctl_fail (error);

  g_variant_iter_init (&iter, groups);
  while (g_variant_iter_loop (&iter, "@a{sv}", &group))
    {
      if (ctl->json)
        ahoy_ctl_print_json (group);
      else
        print_group (group);
    }

  return AHOY_CTL_OK;
}

static AhoyCtlExit
create_group (AhoyCtl    *ctl,
              const char *id,
              char      **words)
{
  g_autofree char *group = NULL;
  GError *error = NULL;

  if (!ahoy_dbus_manager_call_create_group_sync (ctl->manager, id ? id : "", words[0],
                                                 (const char *const *) words + 1, G_DBUS_CALL_FLAGS_NONE, -1,
                                                 &group, NULL, &error))
    return ahoy_ctl_fail (error);

  if (ctl->json)
    ahoy_ctl_print_json (g_variant_new_parsed ("{'group': <%s>}", group));
  else
    ahoy_ctl_print (_("Group %s"), group);

  return AHOY_CTL_OK;
}

static AhoyCtlExit
change_group (AhoyCtl    *ctl,
              const char *verb,
              char      **words,
              int         n_words)
{
  const char *const *members = (const char *const *) words + 1;
  GError *error = NULL;
  gboolean is_done;

  if (g_str_equal (verb, "rename") && n_words == 2)
    is_done = ahoy_dbus_manager_call_rename_group_sync (ctl->manager, words[0], words[1], G_DBUS_CALL_FLAGS_NONE, -1,
                                                        NULL, &error);
  else if (g_str_equal (verb, "add") && n_words >= 2)
    is_done = ahoy_dbus_manager_call_add_group_members_sync (ctl->manager, words[0], members, G_DBUS_CALL_FLAGS_NONE,
                                                             -1, NULL, &error);
  else if (g_str_equal (verb, "remove") && n_words >= 2)
    is_done = ahoy_dbus_manager_call_remove_group_members_sync (ctl->manager, words[0], members,
                                                                G_DBUS_CALL_FLAGS_NONE, -1, NULL, &error);
  else if (g_str_equal (verb, "leave") && n_words == 1)
    is_done = ahoy_dbus_manager_call_leave_group_sync (ctl->manager, words[0], G_DBUS_CALL_FLAGS_NONE, -1, NULL, &error);
  else if (g_str_equal (verb, "delete") && n_words == 1)
    is_done = ahoy_dbus_manager_call_delete_group_sync (ctl->manager, words[0], G_DBUS_CALL_FLAGS_NONE, -1, NULL, &error);
  else
    return ahoy_ctl_usage ("%s", _("group takes create NAME USER…, rename ID NAME, add ID USER…, remove ID USER…, "
                                   "leave ID or delete ID"));

  return is_done ? AHOY_CTL_OK : ahoy_ctl_fail (error);
}

AhoyCtlExit
ahoy_ctl_group (AhoyCtl *ctl,
                int      argc,
                char   **argv)
{
  g_autofree char *id = NULL;
  GOptionEntry entries[] = {
    { "id", 0, 0, G_OPTION_ARG_STRING, &id, N_("The id of a new group, instead of one that the server makes"), "ID" },
    { NULL },
  };
  AhoyCtlExit status = AHOY_CTL_OK;

  if (!ahoy_ctl_begin (ctl, entries, &argc, &argv, 2, INT_MAX, &status) || !check_texts (argv + 1, &status))
    return status;

  if (id && !g_utf8_validate (id, -1, NULL))
    return ahoy_ctl_usage ("%s", _("An argument is not valid text"));

  if (g_str_equal (argv[1], "create"))
    return create_group (ctl, id, argv + 2);

  return change_group (ctl, argv[1], argv + 2, argc - 2);
}

static AhoyCtlExit
set_blocked (AhoyCtl  *ctl,
             int       argc,
             char    **argv,
             gboolean  blocked)
{
  AhoyCtlExit status = AHOY_CTL_OK;
  GError *error = NULL;

  if (!ahoy_ctl_begin (ctl, NULL, &argc, &argv, 1, 1, &status) || !check_texts (argv + 1, &status))
    return status;

  if (!ahoy_dbus_manager_call_set_blocked_sync (ctl->manager, argv[1], blocked, G_DBUS_CALL_FLAGS_NONE, -1, NULL, &error))
    return ahoy_ctl_fail (error);

  return AHOY_CTL_OK;
}

AhoyCtlExit
ahoy_ctl_block (AhoyCtl *ctl,
                int      argc,
                char   **argv)
{
  return set_blocked (ctl, argc, argv, TRUE);
}

AhoyCtlExit
ahoy_ctl_unblock (AhoyCtl *ctl,
                  int      argc,
                  char   **argv)
{
  return set_blocked (ctl, argc, argv, FALSE);
}

AhoyCtlExit
ahoy_ctl_blocked (AhoyCtl *ctl,
                  int      argc,
                  char   **argv)
{
  g_auto (GStrv) users = NULL;
  AhoyCtlExit status = AHOY_CTL_OK;
  GError *error = NULL;

  if (!ahoy_ctl_begin (ctl, NULL, &argc, &argv, 0, 0, &status))
    return status;

  if (!ahoy_dbus_manager_call_list_blocked_sync (ctl->manager, G_DBUS_CALL_FLAGS_NONE, -1, &users, NULL, &error))
    return ahoy_ctl_fail (error);

  for (guint i = 0; users[i]; i++)
    {
      if (ctl->json)
        ahoy_ctl_print_json (g_variant_new_parsed ("{'user': <%s>}", users[i]));
      else
        ahoy_ctl_print ("%s", users[i]);
    }

  return AHOY_CTL_OK;
}

AhoyCtlExit
ahoy_ctl_multi_device (AhoyCtl *ctl,
                       int      argc,
                       char   **argv)
{
  AhoyCtlExit status = AHOY_CTL_OK;
  GError *error = NULL;
  gboolean on;

  if (!ahoy_ctl_begin (ctl, NULL, &argc, &argv, 1, 1, &status))
    return status;

  on = g_str_equal (argv[1], "on");
  if (!on && !g_str_equal (argv[1], "off"))
    return ahoy_ctl_usage ("%s", _("multi-device wants on or off"));

  if (!ahoy_dbus_manager_call_set_multi_device_sync (ctl->manager, on, G_DBUS_CALL_FLAGS_NONE, -1, NULL, &error))
    return ahoy_ctl_fail (error);

  return AHOY_CTL_OK;
}
