/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ahoy-ctl-commands.h"
#include "ahoy-ctl-output.h"

#include <glib/gi18n.h>
#include <string.h>

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

  if (!ahoy_dbus_manager_call_delete_history_sync (ctl->manager, ids, G_DBUS_CALL_FLAGS_NONE, -1, NULL, NULL, &error))
    return ahoy_ctl_fail (error);

  return AHOY_CTL_OK;
}

/* A day or a moment, as 2026-07-03 or 2026-07-03T12:30, in the time of this place. */
static gboolean
parse_time (const char *text,
            gint64     *ms)
{
  g_autoptr (GTimeZone) zone = g_time_zone_new_local ();
  g_autofree char *whole = NULL;
  g_autoptr (GDateTime) time = NULL;

  if (!text)
    return TRUE;

  whole = g_strconcat (text, strchr (text, 'T') ? (strlen (text) == 16 ? ":00" : "") : "T00:00:00", NULL);
  time = g_date_time_new_from_iso8601 (whole, zone);
  if (time)
    *ms = g_date_time_to_unix (time) * 1000;

  return time != NULL && *ms >= 0;
}

static gboolean
query (AhoyCtl     *ctl,
       GVariant    *filter,
       const char  *result,
       const char  *cursor,
       int          count,
       GVariant   **records,
       char       **next,
       GError     **error)
{
  if (g_variant_n_children (filter) == 0)
    return ahoy_dbus_manager_call_query_history_sync (ctl->manager, result, cursor, MIN (count, PAGE),
                                                      G_DBUS_CALL_FLAGS_NONE, -1, records, next, NULL, error);

  return ahoy_dbus_manager_call_query_history_filtered_sync (ctl->manager, filter, cursor, MIN (count, PAGE),
                                                             G_DBUS_CALL_FLAGS_NONE, -1, records, next, NULL, error);
}

/* Only what the person has said; nothing when all of the time is meant. (transfer full) */
static GVariant *
make_filter (const char *result,
             gint64      begin_ms,
             gint64      end_ms)
{
  GVariantDict dict;

  g_variant_dict_init (&dict, NULL);
  if (begin_ms > 0 || end_ms > 0)
    g_variant_dict_insert (&dict, "result", "s", result);
  if (begin_ms > 0)
    g_variant_dict_insert (&dict, "begin", "x", begin_ms);
  if (end_ms > 0)
    g_variant_dict_insert (&dict, "end", "x", end_ms);

  return g_variant_ref_sink (g_variant_dict_end (&dict));
}

static AhoyCtlExit
print_history (AhoyCtl    *ctl,
               const char *result,
               gint64      begin_ms,
               gint64      end_ms,
               int         count)
{
  g_autoptr (GVariant) filter = make_filter (result, begin_ms, end_ms);
  g_autofree char *cursor = g_strdup ("");
  GError *error = NULL;

  while (count > 0)
    {
      g_autoptr (GVariant) records = NULL;
      g_autofree char *next = NULL;
      int n;

      if (!query (ctl, filter, result, cursor, count, &records, &next, &error))
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
  g_autofree char *result = NULL;
  g_autofree char *from = NULL;
  g_autofree char *until = NULL;
  gint64 begin_ms = 0;
  gint64 end_ms = 0;
  GOptionEntry entries[] = {
    { "missed", 'm', 0, G_OPTION_ARG_NONE, &missed, N_("Missed calls only"), NULL },
    { "result", 'r', 0, G_OPTION_ARG_STRING, &result, N_("all, missed, incoming or outgoing"), "WHICH" },
    { "from", 0, 0, G_OPTION_ARG_STRING, &from, N_("Not before this day or moment, as 2026-07-03T12:30"), "T" },
    { "until", 0, 0, G_OPTION_ARG_STRING, &until, N_("Not after it"), "T" },
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

  if (result && (missed || !g_utf8_validate (result, -1, NULL)))
    return ahoy_ctl_usage ("%s", _("--missed and --result exclude each other"));

  if (!parse_time (from, &begin_ms) || !parse_time (until, &end_ms))
    return ahoy_ctl_usage ("%s", _("--from and --until want a time like 2026-07-03 or 2026-07-03T12:30"));

  return print_history (ctl, missed ? "missed" : result ? result : "all", begin_ms, end_ms, count);
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
