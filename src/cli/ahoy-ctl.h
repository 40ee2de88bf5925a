/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "ahoy-dbus.h"

G_BEGIN_DECLS

/* Exit statuses; those above 63 are from sysexits.h. */
typedef enum
{
  AHOY_CTL_OK = 0,
  AHOY_CTL_REFUSED = 1,       /* not possible now, or the call ended before the state awaited */
  AHOY_CTL_USAGE = 64,        /* wrong command line or argument */
  AHOY_CTL_NO_INPUT = 66,     /* a file cannot be read */
  AHOY_CTL_UNAVAILABLE = 69,  /* Ahoy is not running, or the server is not reached */
  AHOY_CTL_FAILED = 70,       /* anything else */
  AHOY_CTL_TIMED_OUT = 75,    /* the state awaited did not come in time */
  AHOY_CTL_NOT_PERMITTED = 77, /* not signed in, or the ticket is refused */
} AhoyCtlExit;

/* What every command gets. */
typedef struct
{
  char *bus_name;                       /* (owned) (nullable) NULL: the desktop application's */
  gboolean json;
  GDBusObjectManager *objects;          /* (owned) (nullable), after ahoy_ctl_open () */
  AhoyDbusManager *manager;             /* (owned) (nullable), likewise */
} AhoyCtl;

/* Which calls a command means when it is not told one. */
typedef enum
{
  AHOY_CTL_CALL_RINGING_HERE,
  AHOY_CTL_CALL_LIVE,
} AhoyCtlCallKind;

/* All functions that return FALSE or NULL with an @exit have told the person why. */
const char   *ahoy_ctl_get_bus_name   (AhoyCtl         *self);
gboolean      ahoy_ctl_open           (AhoyCtl         *self,
                                       AhoyCtlExit     *exit);
void          ahoy_ctl_clear          (AhoyCtl         *self);
/* Says @error in plain words on standard error, frees it and returns the exit status for it. */
AhoyCtlExit   ahoy_ctl_fail           (GError          *error);
/* Says what is wrong with the command line. */
AhoyCtlExit   ahoy_ctl_usage          (const char      *format,
                                       ...) G_GNUC_PRINTF (1, 2);
/* @name: number or id of a call, NULL for the one of that kind. (transfer full) (nullable) */
AhoyDbusCall *ahoy_ctl_find_call      (AhoyCtl         *self,
                                       AhoyCtlCallKind  kind,
                                       const char      *name,
                                       AhoyCtlExit     *exit);
/* Runs the main context until the call at @path has reached @state (or gone beyond it). */
AhoyCtlExit   ahoy_ctl_wait_for_state (AhoyCtl         *self,
                                       const char      *path,
                                       const char      *state,
                                       int              timeout_s);
/* Whether the program and the bus are still there. */
gboolean      ahoy_ctl_is_connected   (AhoyCtl         *self);
/* Whether @state is one that can be awaited. */
gboolean      ahoy_ctl_is_state       (const char      *state);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (AhoyCtl, ahoy_ctl_clear)

G_END_DECLS
