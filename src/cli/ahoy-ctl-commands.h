/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "ahoy-ctl.h"

G_BEGIN_DECLS

/* One row of the table in main.c. @argv[0] is the command's own name. */
typedef AhoyCtlExit (*AhoyCtlCommandFunc) (AhoyCtl  *ctl,
                                           int       argc,
                                           char    **argv);

AhoyCtlExit ahoy_ctl_login      (AhoyCtl *ctl, int argc, char **argv);
AhoyCtlExit ahoy_ctl_logout     (AhoyCtl *ctl, int argc, char **argv);
AhoyCtlExit ahoy_ctl_renew      (AhoyCtl *ctl, int argc, char **argv);
AhoyCtlExit ahoy_ctl_try_now    (AhoyCtl *ctl, int argc, char **argv);
AhoyCtlExit ahoy_ctl_set_name   (AhoyCtl *ctl, int argc, char **argv);
AhoyCtlExit ahoy_ctl_set_avatar (AhoyCtl *ctl, int argc, char **argv);
AhoyCtlExit ahoy_ctl_status     (AhoyCtl *ctl, int argc, char **argv);
AhoyCtlExit ahoy_ctl_version    (AhoyCtl *ctl, int argc, char **argv);
AhoyCtlExit ahoy_ctl_call       (AhoyCtl *ctl, int argc, char **argv);
AhoyCtlExit ahoy_ctl_join       (AhoyCtl *ctl, int argc, char **argv);
AhoyCtlExit ahoy_ctl_take_over  (AhoyCtl *ctl, int argc, char **argv);
AhoyCtlExit ahoy_ctl_groups     (AhoyCtl *ctl, int argc, char **argv);
AhoyCtlExit ahoy_ctl_group      (AhoyCtl *ctl, int argc, char **argv);
AhoyCtlExit ahoy_ctl_block      (AhoyCtl *ctl, int argc, char **argv);
AhoyCtlExit ahoy_ctl_unblock    (AhoyCtl *ctl, int argc, char **argv);
AhoyCtlExit ahoy_ctl_blocked    (AhoyCtl *ctl, int argc, char **argv);
AhoyCtlExit ahoy_ctl_multi_device (AhoyCtl *ctl, int argc, char **argv);
AhoyCtlExit ahoy_ctl_answer     (AhoyCtl *ctl, int argc, char **argv);
AhoyCtlExit ahoy_ctl_reject     (AhoyCtl *ctl, int argc, char **argv);
AhoyCtlExit ahoy_ctl_ignore     (AhoyCtl *ctl, int argc, char **argv);
AhoyCtlExit ahoy_ctl_hang_up    (AhoyCtl *ctl, int argc, char **argv);
AhoyCtlExit ahoy_ctl_mute       (AhoyCtl *ctl, int argc, char **argv);
AhoyCtlExit ahoy_ctl_unmute     (AhoyCtl *ctl, int argc, char **argv);
AhoyCtlExit ahoy_ctl_camera     (AhoyCtl *ctl, int argc, char **argv);
AhoyCtlExit ahoy_ctl_switch     (AhoyCtl *ctl, int argc, char **argv);
AhoyCtlExit ahoy_ctl_invite     (AhoyCtl *ctl, int argc, char **argv);
AhoyCtlExit ahoy_ctl_cancel     (AhoyCtl *ctl, int argc, char **argv);
AhoyCtlExit ahoy_ctl_view       (AhoyCtl *ctl, int argc, char **argv);
AhoyCtlExit ahoy_ctl_resolution (AhoyCtl *ctl, int argc, char **argv);
AhoyCtlExit ahoy_ctl_mirror     (AhoyCtl *ctl, int argc, char **argv);
AhoyCtlExit ahoy_ctl_beauty     (AhoyCtl *ctl, int argc, char **argv);
AhoyCtlExit ahoy_ctl_background (AhoyCtl *ctl, int argc, char **argv);
AhoyCtlExit ahoy_ctl_voice_isolation (AhoyCtl *ctl, int argc, char **argv);
AhoyCtlExit ahoy_ctl_stats      (AhoyCtl *ctl, int argc, char **argv);
AhoyCtlExit ahoy_ctl_history    (AhoyCtl *ctl, int argc, char **argv);
AhoyCtlExit ahoy_ctl_contacts   (AhoyCtl *ctl, int argc, char **argv);
AhoyCtlExit ahoy_ctl_devices    (AhoyCtl *ctl, int argc, char **argv);
AhoyCtlExit ahoy_ctl_device     (AhoyCtl *ctl, int argc, char **argv);
AhoyCtlExit ahoy_ctl_watch      (AhoyCtl *ctl, int argc, char **argv);

/* Takes @entries and the options every command has out of @argv, checks that the number of arguments left is
 * between @min and @max (counted without argv[0]) and opens the bus. FALSE with @exit when the command is done,
 * having said why. @argv (inout): stays valid, its array is the caller's. */
gboolean    ahoy_ctl_begin      (AhoyCtl            *ctl,
                                 const GOptionEntry *entries,
                                 int                *argc,
                                 char             ***argv,
                                 int                 min,
                                 int                 max,
                                 AhoyCtlExit        *exit);

G_END_DECLS
