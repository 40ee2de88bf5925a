/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ahoy-ctl.h"

#include "ahoy-ctl-output.h"

#include <glib/gi18n.h>
#include <stdlib.h>

#define DEFAULT_BUS_NAME "org.ahoycall.Ahoy"
#define ERROR_PREFIX "org.ahoycall.Ahoy1.Error."
#define DBUS_PREFIX "org.freedesktop.DBus.Error."

/* What a refusal means for the one who typed the command. Without words the message itself is shown. */
static const struct
{
  const char *name;
  AhoyCtlExit exit;
  const char *words;
} refusals[] = {
  { DBUS_PREFIX "ServiceUnknown", AHOY_CTL_UNAVAILABLE, N_("Ahoy is not running") },
  { DBUS_PREFIX "NameHasNoOwner", AHOY_CTL_UNAVAILABLE, N_("Ahoy is not running") },
  { DBUS_PREFIX "NoReply", AHOY_CTL_UNAVAILABLE, N_("Ahoy went away or does not answer") },
  { DBUS_PREFIX "Disconnected", AHOY_CTL_UNAVAILABLE, N_("The session bus went away") },
  { DBUS_PREFIX "UnknownObject", AHOY_CTL_REFUSED, N_("The call is over") },
  { DBUS_PREFIX "UnknownMethod", AHOY_CTL_REFUSED, N_("The call is over") },
  { ERROR_PREFIX "NotSignedIn", AHOY_CTL_NOT_PERMITTED, N_("Not signed in") },
  { ERROR_PREFIX "UserSigExpired", AHOY_CTL_NOT_PERMITTED, N_("The ticket has lapsed, a new one is needed") },
  { ERROR_PREFIX "UserSigInvalid", AHOY_CTL_NOT_PERMITTED, N_("The server refuses this ticket") },
  { ERROR_PREFIX "NotAllowed", AHOY_CTL_NOT_PERMITTED, NULL },
  { ERROR_PREFIX "Untrusted", AHOY_CTL_NOT_PERMITTED, N_("The certificate of the server is not trusted") },
  { ERROR_PREFIX "Unreachable", AHOY_CTL_UNAVAILABLE, N_("The server cannot be reached") },
  { ERROR_PREFIX "InvalidArgument", AHOY_CTL_USAGE, NULL },
  { ERROR_PREFIX "NoSuchDevice", AHOY_CTL_USAGE, N_("There is no such device") },
  { ERROR_PREFIX "WrongState", AHOY_CTL_REFUSED, NULL },
  { ERROR_PREFIX "Repeated", AHOY_CTL_REFUSED, NULL },
  { ERROR_PREFIX "NotSupported", AHOY_CTL_REFUSED, NULL },
  { ERROR_PREFIX "Blocked", AHOY_CTL_REFUSED, N_("The other side does not take calls from here") },
  { ERROR_PREFIX "TooOften", AHOY_CTL_REFUSED, N_("This was tried too often, try again later") },
  { ERROR_PREFIX "Device", AHOY_CTL_REFUSED, NULL },
  { ERROR_PREFIX "Cancelled", AHOY_CTL_REFUSED, NULL },
  { ERROR_PREFIX "CallOver", AHOY_CTL_REFUSED, N_("The call is over") },
};

/* In the order in which a call goes through them; those of one rank exclude each other. */
static const struct
{
  const char *name;
  int rank;
} states[] = {
  { "calling", 0 },
  { "ringing", 1 },
  { "incoming", 1 },
  { "connecting", 2 },
  { "active", 3 },
  { "reconnecting", 3 },
  { "ended", 4 },
};

static int
rank_of (const char *state)
{
  for (guint i = 0; i < G_N_ELEMENTS (states); i++)
    {
      if (g_strcmp0 (states[i].name, state) == 0)
        return states[i].rank;
    }

  return -1;
}

gboolean
ahoy_ctl_is_state (const char *state)
{
  return rank_of (state) >= 0;
}

AhoyCtlExit
ahoy_ctl_fail (GError *error)
{
  g_autoptr (GError) owned = error;
  g_autofree char *name = g_dbus_error_get_remote_error (error);
  AhoyCtlExit status = AHOY_CTL_FAILED;
  const char *words = NULL;

  g_dbus_error_strip_remote_error (error);

  for (guint i = 0; name && i < G_N_ELEMENTS (refusals); i++)
    {
      if (g_str_equal (refusals[i].name, name))
        {
          status = refusals[i].exit;
          words = refusals[i].words;
        }
    }

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_TIMED_OUT)
      || g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CLOSED))
    {
      status = AHOY_CTL_UNAVAILABLE;
      words = N_("Ahoy went away or does not answer");
    }

  g_printerr ("ahoyctl: %s\n", words ? _(words) : error->message);

  return status;
}

AhoyCtlExit
ahoy_ctl_usage (const char *format,
                ...)
{
  g_autofree char *text = NULL;
  va_list args;

  va_start (args, format);
  text = g_strdup_vprintf (format, args);
  va_end (args);

  g_printerr ("ahoyctl: %s\n", text);

  return AHOY_CTL_USAGE;
}

const char *
ahoy_ctl_get_bus_name (AhoyCtl *self)
{
  return self->bus_name ? self->bus_name : DEFAULT_BUS_NAME;
}

gboolean
ahoy_ctl_open (AhoyCtl     *self,
               AhoyCtlExit *exit)
{
  g_autoptr (GDBusConnection) connection = NULL;
  g_autofree char *owner = NULL;
  GError *error = NULL;

  if (!g_dbus_is_name (ahoy_ctl_get_bus_name (self)))
    {
      *exit = ahoy_ctl_usage (_("“%s” cannot be a name on the bus"), ahoy_ctl_get_bus_name (self));
      return FALSE;
    }

  connection = g_bus_get_sync (G_BUS_TYPE_SESSION, NULL, &error);
  if (!connection)
    {
      g_printerr ("ahoyctl: %s\n", _("There is no session bus"));
      g_error_free (error);
      *exit = AHOY_CTL_UNAVAILABLE;
      return FALSE;
    }

  g_dbus_connection_set_exit_on_close (connection, FALSE);
  self->objects = ahoy_dbus_object_manager_client_new_sync (connection,
                                                            G_DBUS_OBJECT_MANAGER_CLIENT_FLAGS_DO_NOT_AUTO_START,
                                                            ahoy_ctl_get_bus_name (self),
                                                            "/org/ahoycall/Ahoy1",
                                                            NULL, &error);
  if (!self->objects)
    {
      *exit = ahoy_ctl_fail (error);
      return FALSE;
    }

  owner = g_dbus_object_manager_client_get_name_owner (G_DBUS_OBJECT_MANAGER_CLIENT (self->objects));
  self->manager = AHOY_DBUS_MANAGER (g_dbus_object_manager_get_interface (self->objects,
                                                                          "/org/ahoycall/Ahoy1/Manager",
                                                                          "org.ahoycall.Ahoy1.Manager"));
  if (!owner || !self->manager)
    {
      g_printerr ("ahoyctl: %s\n", _("Ahoy is not running"));
      *exit = AHOY_CTL_UNAVAILABLE;
      return FALSE;
    }

  return TRUE;
}

void
ahoy_ctl_clear (AhoyCtl *self)
{
  g_clear_object (&self->manager);
  g_clear_object (&self->objects);
  g_clear_pointer (&self->bus_name, g_free);
}

static gboolean
is_meant (AhoyDbusCall    *call,
          const char      *path,
          AhoyCtlCallKind  kind,
          const char      *name)
{
  const char *state = ahoy_dbus_call_get_state (call);

  if (name)
    return g_str_equal (path, name)
           || g_str_equal (ahoy_ctl_call_number (path), name)
           || g_strcmp0 (ahoy_dbus_call_get_id (call), name) == 0;

  switch (kind)
    {
    case AHOY_CTL_CALL_RINGING_HERE:
      return g_strcmp0 (state, "incoming") == 0;
    case AHOY_CTL_CALL_LIVE:
      return g_strcmp0 (state, "ended") != 0;
    default:
      g_assert_not_reached ();
    }
}

AhoyDbusCall *
ahoy_ctl_find_call (AhoyCtl         *self,
                    AhoyCtlCallKind  kind,
                    const char      *name,
                    AhoyCtlExit     *exit)
{
  const char *const *paths = ahoy_dbus_manager_get_calls (self->manager);

  for (guint i = 0; paths && paths[i]; i++)
    {
      g_autoptr (GDBusInterface) call = g_dbus_object_manager_get_interface (self->objects, paths[i],
                                                                             "org.ahoycall.Ahoy1.Call");

      if (call && is_meant (AHOY_DBUS_CALL (call), paths[i], kind, name))
        return AHOY_DBUS_CALL (g_steal_pointer (&call));
    }

  *exit = AHOY_CTL_REFUSED;
  if (name)
    g_printerr (_("ahoyctl: There is no call “%s”\n"), name);
  else if (kind == AHOY_CTL_CALL_RINGING_HERE)
    g_printerr ("ahoyctl: %s\n", _("No call is ringing"));
  else
    g_printerr ("ahoyctl: %s\n", _("There is no call"));

  return NULL;
}

gboolean
ahoy_ctl_is_connected (AhoyCtl *self)
{
  GDBusObjectManagerClient *objects = G_DBUS_OBJECT_MANAGER_CLIENT (self->objects);
  g_autofree char *owner = g_dbus_object_manager_client_get_name_owner (objects);

  return owner && !g_dbus_connection_is_closed (g_dbus_object_manager_client_get_connection (objects));
}

typedef struct
{
  AhoyCtl *ctl;
  const char *path;
  const char *state;
  gboolean seen;
  gboolean timed_out;
} Wait;

static gboolean
on_wait_timeout (gpointer data)
{
  Wait *wait = data;

  wait->timed_out = TRUE;

  return G_SOURCE_REMOVE;
}

/* The state of the call, "ended" when it is not there any more, NULL when it is not there yet. */
static const char *
peek_state (Wait *wait)
{
  g_autoptr (GDBusInterface) call = g_dbus_object_manager_get_interface (wait->ctl->objects, wait->path,
                                                                         "org.ahoycall.Ahoy1.Call");

  if (!call)
    return wait->seen ? "ended" : NULL;

  wait->seen = TRUE;

  return ahoy_dbus_call_get_state (AHOY_DBUS_CALL (call));
}

static AhoyCtlExit
report_early_end (Wait *wait)
{
  g_autoptr (GDBusInterface) call = g_dbus_object_manager_get_interface (wait->ctl->objects, wait->path,
                                                                         "org.ahoycall.Ahoy1.Call");
  const char *reason = call ? ahoy_dbus_call_get_end_reason (AHOY_DBUS_CALL (call)) : "unknown";

  g_printerr (_("ahoyctl: The call ended: %s\n"), ahoy_ctl_reason_words (reason));

  return AHOY_CTL_REFUSED;
}

AhoyCtlExit
ahoy_ctl_wait_for_state (AhoyCtl    *self,
                         const char *path,
                         const char *state,
                         int         timeout_s)
{
  Wait wait = { self, path, state, FALSE, FALSE };
  guint source_id = timeout_s > 0 ? g_timeout_add_seconds (timeout_s, on_wait_timeout, &wait) : 0;
  AhoyCtlExit status = AHOY_CTL_TIMED_OUT;

  while (!wait.timed_out)
    {
      const char *now = peek_state (&wait);

      if (now && rank_of (now) >= rank_of (state))
        {
          gboolean is_early_end = g_str_equal (now, "ended") && !g_str_equal (state, "ended");

          status = is_early_end ? report_early_end (&wait) : AHOY_CTL_OK;
          break;
        }

      if (!ahoy_ctl_is_connected (self))
        {
          g_printerr ("ahoyctl: %s\n", _("Ahoy went away"));
          status = AHOY_CTL_UNAVAILABLE;
          break;
        }

      g_main_context_iteration (NULL, TRUE);
    }

  if (wait.timed_out)
    g_printerr (_("ahoyctl: The call did not get to “%s” in time\n"), state);
  else
    g_clear_handle_id (&source_id, g_source_remove);

  return status;
}
