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

AhoyCtlExit
ahoy_ctl_call (AhoyCtl *ctl,
               int      argc,
               char   **argv)
{
  gboolean is_video = FALSE;
  gboolean is_audio = FALSE;
  int timeout_s = 0;
  int wait_timeout_s = 0;
  g_autofree char *wait_state = NULL;
  g_autofree char *path = NULL;
  GOptionEntry entries[] = {
    { "video", 'v', 0, G_OPTION_ARG_NONE, &is_video, N_("With picture"), NULL },
    { "audio", 'a', 0, G_OPTION_ARG_NONE, &is_audio, N_("Without picture, as when neither is said"), NULL },
    { "timeout", 't', 0, G_OPTION_ARG_INT, &timeout_s, N_("How long the other side may ring, 10 to 600"), "S" },
    { "wait", 'w', 0, G_OPTION_ARG_STRING, &wait_state, N_("Return when the call is in this state"), "STATE" },
    { "wait-timeout", 0, 0, G_OPTION_ARG_INT, &wait_timeout_s, N_("Give up waiting after S seconds"), "S" },
    { NULL },
  };
  AhoyCtlExit status = AHOY_CTL_OK;
  GVariantDict options;
  GError *error = NULL;

  if (!ahoy_ctl_begin (ctl, entries, &argc, &argv, 1, INT_MAX, &status)
      || !check_wait (wait_state, wait_timeout_s, &status)
      || !check_users (ctl, argv + 1, &status))
    return status;

  if (is_video && is_audio)
    return ahoy_ctl_usage ("%s", _("--video and --audio exclude each other"));

  if (timeout_s < 0)
    return ahoy_ctl_usage ("%s", _("--timeout cannot be negative"));

  g_variant_dict_init (&options, NULL);
  if (timeout_s > 0)
    g_variant_dict_insert (&options, "timeout", "u", (guint) timeout_s);

  if (!ahoy_dbus_manager_call_call_sync (ctl->manager, (const char *const *) argv + 1,
                                         is_video ? "video" : "audio", g_variant_dict_end (&options),
                                         G_DBUS_CALL_FLAGS_NONE, -1, &path, NULL, &error))
    return ahoy_ctl_fail (error);

  return finish (ctl, path, wait_state, wait_timeout_s);
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

typedef gboolean (*PlainCall) (AhoyDbusCall   *proxy,
                               GDBusCallFlags  call_flags,
                               int             timeout_msec,
                               GCancellable   *cancellable,
                               GError        **error);

/* The commands that need no more than which call. */
static AhoyCtlExit
run_plain (AhoyCtl         *ctl,
           int              argc,
           char           **argv,
           AhoyCtlCallKind  kind,
           PlainCall        method)
{
  g_autoptr (AhoyDbusCall) call = NULL;
  AhoyCtlExit status = AHOY_CTL_OK;
  GError *error = NULL;

  if (!ahoy_ctl_begin (ctl, NULL, &argc, &argv, 0, 1, &status))
    return status;

  call = ahoy_ctl_find_call (ctl, kind, argv[1], &status);
  if (!call)
    return status;

  if (!method (call, G_DBUS_CALL_FLAGS_NONE, -1, NULL, &error))
    return ahoy_ctl_fail (error);

  return AHOY_CTL_OK;
}

AhoyCtlExit
ahoy_ctl_reject (AhoyCtl *ctl,
                 int      argc,
                 char   **argv)
{
  return run_plain (ctl, argc, argv, AHOY_CTL_CALL_RINGING_HERE, ahoy_dbus_call_call_reject_sync);
}

AhoyCtlExit
ahoy_ctl_ignore (AhoyCtl *ctl,
                 int      argc,
                 char   **argv)
{
  return run_plain (ctl, argc, argv, AHOY_CTL_CALL_RINGING_HERE, ahoy_dbus_call_call_ignore_sync);
}

AhoyCtlExit
ahoy_ctl_hang_up (AhoyCtl *ctl,
                  int      argc,
                  char   **argv)
{
  return run_plain (ctl, argc, argv, AHOY_CTL_CALL_LIVE, ahoy_dbus_call_call_hang_up_sync);
}

static gboolean
microphone_off (AhoyDbusCall   *proxy,
                GDBusCallFlags  call_flags,
                int             timeout_msec,
                GCancellable   *cancellable,
                GError        **error)
{
  return ahoy_dbus_call_call_set_microphone_sync (proxy, FALSE, call_flags, timeout_msec, cancellable, error);
}

static gboolean
microphone_on (AhoyDbusCall   *proxy,
               GDBusCallFlags  call_flags,
               int             timeout_msec,
               GCancellable   *cancellable,
               GError        **error)
{
  return ahoy_dbus_call_call_set_microphone_sync (proxy, TRUE, call_flags, timeout_msec, cancellable, error);
}

AhoyCtlExit
ahoy_ctl_mute (AhoyCtl *ctl,
               int      argc,
               char   **argv)
{
  return run_plain (ctl, argc, argv, AHOY_CTL_CALL_LIVE, microphone_off);
}

AhoyCtlExit
ahoy_ctl_unmute (AhoyCtl *ctl,
                 int      argc,
                 char   **argv)
{
  return run_plain (ctl, argc, argv, AHOY_CTL_CALL_LIVE, microphone_on);
}

AhoyCtlExit
ahoy_ctl_camera (AhoyCtl *ctl,
                 int      argc,
                 char   **argv)
{
  g_autoptr (AhoyDbusCall) call = NULL;
  AhoyCtlExit status = AHOY_CTL_OK;
  GError *error = NULL;
  gboolean on;

  if (!ahoy_ctl_begin (ctl, NULL, &argc, &argv, 1, 2, &status))
    return status;

  on = g_str_equal (argv[1], "on");
  if (!on && !g_str_equal (argv[1], "off"))
    return ahoy_ctl_usage ("%s", _("camera wants on or off"));

  call = ahoy_ctl_find_call (ctl, AHOY_CTL_CALL_LIVE, argv[2], &status);
  if (!call)
    return status;

  if (!ahoy_dbus_call_call_set_camera_sync (call, on, G_DBUS_CALL_FLAGS_NONE, -1, NULL, &error))
    return ahoy_ctl_fail (error);

  return AHOY_CTL_OK;
}
