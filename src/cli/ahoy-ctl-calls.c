/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ahoy-ctl-commands.h"

#include <glib/gi18n.h>

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

AhoyCtlExit
ahoy_ctl_switch (AhoyCtl *ctl,
                 int      argc,
                 char   **argv)
{
  g_autoptr (AhoyDbusCall) call = NULL;
  AhoyCtlExit status = AHOY_CTL_OK;
  GError *error = NULL;

  if (!ahoy_ctl_begin (ctl, NULL, &argc, &argv, 1, 2, &status))
    return status;

  if (!g_str_equal (argv[1], "audio") && !g_str_equal (argv[1], "video"))
    return ahoy_ctl_usage ("%s", _("switch wants audio or video"));

  call = ahoy_ctl_find_call (ctl, AHOY_CTL_CALL_LIVE, argv[2], &status);
  if (!call)
    return status;

  if (!ahoy_dbus_call_call_switch_media_sync (call, argv[1], G_DBUS_CALL_FLAGS_NONE, -1, NULL, &error))
    return ahoy_ctl_fail (error);

  return AHOY_CTL_OK;
}
