/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "ahoy-bus-errors.h"

#include "ahoy-error.h"
#include "ahoy-media.h"

#include "ahoy-bus-words.h"

#define ERROR_PREFIX "org.ahoycall.Ahoy1.Error."

/* The documented numbers (protocol.toml), and what a program on the bus would do about them. */
static const struct
{
  int code;
  const char *name;
} error_names[] = {
  { -1001, ERROR_PREFIX "NotAllowed" },
  { -1002, ERROR_PREFIX "NotAllowed" },
  { -1003, ERROR_PREFIX "NotSupported" },
  { -1101, ERROR_PREFIX "NotAllowed" },
  { -1102, ERROR_PREFIX "Device" },
  { -1201, ERROR_PREFIX "NotSignedIn" },
  { -1202, ERROR_PREFIX "InvalidArgument" },
  { -1203, ERROR_PREFIX "WrongState" },
  { -1204, ERROR_PREFIX "Repeated" },
  { -1205, ERROR_PREFIX "NotSupported" },
  { -1401, ERROR_PREFIX "Unreachable" },
  { -1406, ERROR_PREFIX "Unreachable" },
  { 6014, ERROR_PREFIX "NotSignedIn" },
  { 6017, ERROR_PREFIX "InvalidArgument" },
  { 6206, ERROR_PREFIX "UserSigExpired" },
  { 6208, ERROR_PREFIX "NotSignedIn" },
  { 7013, ERROR_PREFIX "NotAllowed" },
  { 8010, ERROR_PREFIX "CallOver" },
  { 20007, ERROR_PREFIX "Blocked" },
  { 60004, ERROR_PREFIX "UserSigInvalid" },
  { 60005, ERROR_PREFIX "UserSigInvalid" },
  { 60006, ERROR_PREFIX "UserSigInvalid" },
  { 60007, ERROR_PREFIX "TooOften" },
  { 60008, ERROR_PREFIX "Unreachable" },
  { 60010, ERROR_PREFIX "NotAllowed" },
  { 60011, ERROR_PREFIX "TooOften" },
  { 60016, ERROR_PREFIX "NotAllowed" },
  { 60017, ERROR_PREFIX "NotAllowed" },
  { 60018, ERROR_PREFIX "TooOften" },
  { 60019, ERROR_PREFIX "TooOften" },
  { 70001, ERROR_PREFIX "UserSigExpired" },
  { 70050, ERROR_PREFIX "TooOften" },
};

static const char *
name_of_code (int code)
{
  for (guint i = 0; i < G_N_ELEMENTS (error_names); i++)
    {
      if (error_names[i].code == code)
        return error_names[i].name;
    }

  /* The rest of the 70000 family tells apart how a ticket is wrong. */
  if (code > 70001 && code < 70050)
    return ERROR_PREFIX "UserSigInvalid";

  return ERROR_PREFIX "Failed";
}

const char *
ahoy_bus_error_name (const GError *error)
{
  g_return_val_if_fail (error != NULL, ERROR_PREFIX "Failed");

  if (error->domain == AHOY_ERROR)
    return name_of_code (error->code);

  if (error->domain == AHOY_MEDIA_ERROR)
    return ERROR_PREFIX "Device";

  if (error->domain == G_TLS_ERROR)
    return ERROR_PREFIX "Untrusted";

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return ERROR_PREFIX "Cancelled";

  return ERROR_PREFIX "Failed";
}

void
ahoy_bus_return_error (GDBusMethodInvocation *invocation,
                       const GError          *error)
{
  g_autofree char *message = NULL;

  g_return_if_fail (G_IS_DBUS_METHOD_INVOCATION (invocation));
  g_return_if_fail (error != NULL);

  message = ahoy_bus_text (error->message);
  g_dbus_method_invocation_return_dbus_error (invocation, ahoy_bus_error_name (error), message);
}

void
ahoy_bus_refuse (GDBusMethodInvocation *invocation,
                 int                    code,
                 const char            *message)
{
  g_autoptr (GError) error = g_error_new_literal (AHOY_ERROR, code, message);

  ahoy_bus_return_error (invocation, error);
}
