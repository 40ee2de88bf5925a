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
          *exit = ahoy_ctl_usage ("%s", _("A user id is not valid text"));
          return FALSE;
        }
    }

  return TRUE;
}

AhoyCtlExit
ahoy_ctl_invite (AhoyCtl *ctl,
                 int      argc,
                 char   **argv)
{
  g_autofree char *name = NULL;
  int timeout_s = 0;
  g_auto (GStrv) invited = NULL;
  g_autofree char *words = NULL;
  g_autoptr (AhoyDbusCall) call = NULL;
  GOptionEntry entries[] = {
    { "call", 0, 0, G_OPTION_ARG_STRING, &name, N_("To which call"), "CALL" },
    { "timeout", 't', 0, G_OPTION_ARG_INT, &timeout_s, N_("How long it may ring there, 10 to 600"), "S" },
    { NULL },
  };
  AhoyCtlExit status = AHOY_CTL_OK;
  GError *error = NULL;

  if (!ahoy_ctl_begin (ctl, entries, &argc, &argv, 1, INT_MAX, &status) || !check_texts (argv + 1, &status))
    return status;

  if (timeout_s < 0)
    return ahoy_ctl_usage ("%s", _("--timeout cannot be negative"));

  call = ahoy_ctl_find_call (ctl, AHOY_CTL_CALL_LIVE, name, &status);
  if (!call)
    return status;

  if (!ahoy_dbus_call_call_invite_sync (call, (const char *const *) argv + 1, (guint) timeout_s,
                                        G_DBUS_CALL_FLAGS_NONE, -1, &invited, NULL, &error))
    return ahoy_ctl_fail (error);

  words = g_strjoinv (", ", invited);
  if (ctl->json)
    ahoy_ctl_print_json (g_variant_new_parsed ("{'invited': <%^as>}", invited));
  else if (*invited)
    ahoy_ctl_print (_("It rings for %s"), words);
  else
    ahoy_ctl_print ("%s", _("It rings for nobody"));

  return AHOY_CTL_OK;
}

AhoyCtlExit
ahoy_ctl_cancel (AhoyCtl *ctl,
                 int      argc,
                 char   **argv)
{
  g_autofree char *name = NULL;
  g_autoptr (AhoyDbusCall) call = NULL;
  GOptionEntry entries[] = {
    { "call", 0, 0, G_OPTION_ARG_STRING, &name, N_("In which call"), "CALL" },
    { NULL },
  };
  AhoyCtlExit status = AHOY_CTL_OK;
  GError *error = NULL;

  if (!ahoy_ctl_begin (ctl, entries, &argc, &argv, 1, 1, &status) || !check_texts (argv + 1, &status))
    return status;

  call = ahoy_ctl_find_call (ctl, AHOY_CTL_CALL_LIVE, name, &status);
  if (!call)
    return status;

  if (!ahoy_dbus_call_call_cancel_invitation_sync (call, argv[1], G_DBUS_CALL_FLAGS_NONE, -1, NULL, &error))
    return ahoy_ctl_fail (error);

  return AHOY_CTL_OK;
}

/* What a word of `view` asks for: whether (@view), or how (transfer floating); neither when it means nothing. */
static GVariant *
parse_view (const char *word,
            int        *view)
{
  static const char *const turns[] = { "0", "90", "180", "270", NULL };

  *view = -1;
  if (g_str_equal (word, "on") || g_str_equal (word, "off"))
    *view = g_str_equal (word, "on");
  else if (g_str_equal (word, "fill") || g_str_equal (word, "fit"))
    return g_variant_new_parsed ("{'fill_mode': <%s>}", word);
  else if (g_strv_contains (turns, word))
    return g_variant_new_parsed ("{'rotation': <%u>}", (guint) g_ascii_strtoull (word, NULL, 10));

  return NULL;
}

AhoyCtlExit
ahoy_ctl_view (AhoyCtl *ctl,
               int      argc,
               char   **argv)
{
  g_autofree char *name = NULL;
  g_autoptr (AhoyDbusCall) call = NULL;
  GVariant *params;
  GOptionEntry entries[] = {
    { "call", 0, 0, G_OPTION_ARG_STRING, &name, N_("In which call"), "CALL" },
    { NULL },
  };
  AhoyCtlExit status = AHOY_CTL_OK;
  GError *error = NULL;
  gboolean is_done;
  int view;

  if (!ahoy_ctl_begin (ctl, entries, &argc, &argv, 2, 2, &status) || !check_texts (argv + 1, &status))
    return status;

  params = parse_view (argv[2], &view);
  if (!params && view < 0)
    return ahoy_ctl_usage ("%s", _("view wants on, off, fill, fit, 0, 90, 180 or 270"));

  call = ahoy_ctl_find_call (ctl, AHOY_CTL_CALL_LIVE, name, &status);
  if (!call)
    return status;

  if (params)
    is_done = ahoy_dbus_call_call_set_render_params_sync (call, argv[1], params, G_DBUS_CALL_FLAGS_NONE, -1, NULL, &error);
  else
    is_done = ahoy_dbus_call_call_set_remote_view_sync (call, argv[1], view, G_DBUS_CALL_FLAGS_NONE, -1, NULL, &error);

  return is_done ? AHOY_CTL_OK : ahoy_ctl_fail (error);
}
