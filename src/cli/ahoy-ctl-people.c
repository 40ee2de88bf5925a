/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ahoy-ctl-commands.h"
#include "ahoy-ctl-output.h"

#include <glib/gi18n.h>

#define PAGE 100

static void
print_rows (AhoyCtl  *ctl,
            GVariant *rows,
            void    (*print) (GVariant *row))
{
  GVariantIter iter;
  GVariant *row;

  g_variant_iter_init (&iter, rows);
  while (g_variant_iter_loop (&iter, "@a{sv}", &row))
    {
      if (ctl->json)
        ahoy_ctl_print_json (row);
      else
        print (row);
    }
}

static void
print_record (GVariant *record)
{
  gint64 begin = 0;
  guint seconds = 0;
  g_autoptr (GDateTime) time = NULL;
  g_autofree char *when = NULL;
  g_autofree char *duration = NULL;

  g_variant_lookup (record, "begin", "x", &begin);
  g_variant_lookup (record, "duration", "u", &seconds);
  time = g_date_time_new_from_unix_local (begin / 1000);
  when = time ? g_date_time_format (time, "%F %H:%M") : g_strdup ("");
  duration = ahoy_ctl_duration_text (seconds);

  ahoy_ctl_print ("%-16s  %-8s  %-5s  %7s  %s  %s", when, ahoy_ctl_lookup_text (record, "result"),
                  ahoy_ctl_lookup_text (record, "media"), duration, ahoy_ctl_lookup_text (record, "name"),
                  ahoy_ctl_reason_words (ahoy_ctl_lookup_text (record, "reason")));
}

static AhoyCtlExit
delete_history (AhoyCtl    *ctl,
                const char *call_id)
{
  const char *ids[] = { call_id, NULL };
  GError *error = NULL;

  if (!ahoy_dbus_manager_call_delete_history_sync (ctl->manager, ids, G_DBUS_CALL_FLAGS_NONE, -1, NULL, &error))
    return ahoy_ctl_fail (error);

  return AHOY_CTL_OK;
}

static AhoyCtlExit
print_history (AhoyCtl    *ctl,
               const char *result,
               int         count)
{
  g_autofree char *cursor = g_strdup ("");
  GError *error = NULL;

  while (count > 0)
    {
      g_autoptr (GVariant) records = NULL;
      g_autofree char *next = NULL;
      int n;

      if (!ahoy_dbus_manager_call_query_history_sync (ctl->manager, result, cursor, MIN (count, PAGE),
                                                      G_DBUS_CALL_FLAGS_NONE, -1, &records, &next, NULL, &error))
        return ahoy_ctl_fail (error);

      print_rows (ctl, records, print_record);

      n = (int) g_variant_n_children (records);
      count -= n;
      if (n == 0 || *next == '\0')
        break;

      g_free (cursor);
      cursor = g_steal_pointer (&next);
    }

  return AHOY_CTL_OK;
}

AhoyCtlExit
ahoy_ctl_history (AhoyCtl *ctl,
                  int      argc,
                  char   **argv)
{
  gboolean missed = FALSE;
  gboolean clear = FALSE;
  int count = 20;
  g_autofree char *delete_id = NULL;
  GOptionEntry entries[] = {
    { "missed", 'm', 0, G_OPTION_ARG_NONE, &missed, N_("Missed calls only"), NULL },
    { "count", 'n', 0, G_OPTION_ARG_INT, &count, N_("How many at most"), "N" },
    { "delete", 0, 0, G_OPTION_ARG_STRING, &delete_id, N_("Delete the call with this id"), "ID" },
    { "clear", 0, 0, G_OPTION_ARG_NONE, &clear, N_("Delete all of it"), NULL },
    { NULL },
  };
  AhoyCtlExit status = AHOY_CTL_OK;

  if (!ahoy_ctl_begin (ctl, entries, &argc, &argv, 0, 0, &status))
    return status;

  if (clear && delete_id)
    return ahoy_ctl_usage ("%s", _("--delete and --clear exclude each other"));

  if (delete_id && *delete_id == '\0')
    return ahoy_ctl_usage ("%s", _("--delete needs the id of a call"));

  if (clear || delete_id)
    return delete_history (ctl, delete_id);

  if (count <= 0)
    return ahoy_ctl_usage ("%s", _("--count wants a number above 0"));

  return print_history (ctl, missed ? "missed" : "all", count);
}

static void
print_contact (GVariant *contact)
{
  gboolean favourite = FALSE;

  g_variant_lookup (contact, "favourite", "b", &favourite);
  ahoy_ctl_print ("%s %-8s %-24s %s", favourite ? "*" : " ", ahoy_ctl_lookup_text (contact, "presence"),
                  ahoy_ctl_lookup_text (contact, "user"), ahoy_ctl_lookup_text (contact, "name"));
}

static AhoyCtlExit
list_contacts (AhoyCtl *ctl)
{
  g_autoptr (GVariant) contacts = NULL;
  GError *error = NULL;

  if (!ahoy_dbus_manager_call_list_contacts_sync (ctl->manager, G_DBUS_CALL_FLAGS_NONE, -1, &contacts, NULL, &error))
    return ahoy_ctl_fail (error);

  print_rows (ctl, contacts, print_contact);

  return AHOY_CTL_OK;
}

static AhoyCtlExit
set_contact (AhoyCtl    *ctl,
             const char *user,
             GVariant   *info)
{
  GError *error = NULL;

  if (!ahoy_dbus_manager_call_set_contact_sync (ctl->manager, user, info, G_DBUS_CALL_FLAGS_NONE, -1, NULL, &error))
    return ahoy_ctl_fail (error);

  return AHOY_CTL_OK;
}

static AhoyCtlExit
set_remark (AhoyCtl    *ctl,
            const char *user,
            const char *remark)
{
  GVariantDict info;

  g_variant_dict_init (&info, NULL);
  if (remark)
    g_variant_dict_insert (&info, "remark", "s", remark);

  return set_contact (ctl, user, g_variant_dict_end (&info));
}

static AhoyCtlExit
set_favourite (AhoyCtl    *ctl,
               const char *user,
               const char *word)
{
  GVariantDict info;
  gboolean on = g_str_equal (word, "on");

  if (!on && !g_str_equal (word, "off"))
    return ahoy_ctl_usage ("%s", _("favourite wants on or off"));

  g_variant_dict_init (&info, NULL);
  g_variant_dict_insert (&info, "favourite", "b", on);

  return set_contact (ctl, user, g_variant_dict_end (&info));
}

static AhoyCtlExit
remove_contact (AhoyCtl    *ctl,
                const char *user)
{
  GError *error = NULL;

  if (!ahoy_dbus_manager_call_remove_contact_sync (ctl->manager, user, G_DBUS_CALL_FLAGS_NONE, -1, NULL, &error))
    return ahoy_ctl_fail (error);

  return AHOY_CTL_OK;
}

AhoyCtlExit
ahoy_ctl_contacts (AhoyCtl *ctl,
                   int      argc,
                   char   **argv)
{
  AhoyCtlExit status = AHOY_CTL_OK;

  if (!ahoy_ctl_begin (ctl, NULL, &argc, &argv, 0, 3, &status))
    return status;

  for (int i = 1; i < argc; i++)
    {
      if (!g_utf8_validate (argv[i], -1, NULL))
        return ahoy_ctl_usage ("%s", _("An argument is not valid text"));
    }

  if (argc == 1)
    return list_contacts (ctl);

  if (g_str_equal (argv[1], "add") && argc >= 3)
    return set_remark (ctl, argv[2], argv[3]);

  if (g_str_equal (argv[1], "remark") && argc == 4)
    return set_remark (ctl, argv[2], argv[3]);

  if (g_str_equal (argv[1], "favourite") && argc == 4)
    return set_favourite (ctl, argv[2], argv[3]);

  if (g_str_equal (argv[1], "remove") && argc == 3)
    return remove_contact (ctl, argv[2]);

  return ahoy_ctl_usage ("%s", _("contacts takes add USER [NAME], remove USER, remark USER NAME, "
                                 "or favourite USER on|off"));
}
