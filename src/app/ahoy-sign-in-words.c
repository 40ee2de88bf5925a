/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ahoy-sign-in-words.h"

#include "ahoy-error.h"

#include <gio/gio.h>
#include <glib/gi18n.h>

static char *
words_for_ticket (int              code,
                  AhoySignInField *field)
{
  *field = AHOY_SIGN_IN_FIELD_TICKET;

  switch (code)
    {
    case 70001:
    case 6206:
      return g_strdup (_("The ticket has expired. Ask for a new invite link."));
    case 70013:
      *field = AHOY_SIGN_IN_FIELD_USER;
      return g_strdup (_("The ticket was made for another Ahoy ID"));
    case 70014:
    case 70020:
    case 60006:
    case 60012:
      *field = AHOY_SIGN_IN_FIELD_APP;
      return g_strdup (_("This server does not know that application number"));
    case 60016:
      *field = AHOY_SIGN_IN_FIELD_APP;
      return g_strdup (_("This application was turned off by its administrator"));
    case 70050:
    case 60007:
      return g_strdup (_("Too many attempts. Try again in a minute."));
    default:
      return g_strdup (_("The Ahoy ID or the ticket is wrong"));
    }
}

char *
ahoy_sign_in_words (const GError      *error,
                    const AhoyAccount *account,
                    AhoySignInField   *field)
{
  g_autofree char *host = NULL;

  g_return_val_if_fail (error && account && field, NULL);

  host = ahoy_account_dup_host (account);
  *field = AHOY_SIGN_IN_FIELD_SERVER;

  if (error->domain == AHOY_ERROR)
    {
      switch (error->code)
        {
        case -1406:
        case -1401:
          /* Translators: %s is the address of a server */
          return g_strdup_printf (_("No server answers at %s"), host);
        case -1003:
          return g_strdup (_("This version of Ahoy is too old for the server"));
        case 60004:
        case 60005:
        case 60006:
        case 60007:
        case 60012:
        case 60016:
        case 6206:
          return words_for_ticket (error->code, field);
        default:
          if (error->code >= 70001 && error->code <= 70099)
            return words_for_ticket (error->code, field);
          *field = AHOY_SIGN_IN_FIELD_NONE;
          return g_strdup_printf (_("The server at %s could not sign you in. Try again later."), host);
        }
    }

  if (error->domain == G_TLS_ERROR)
    return g_strdup_printf (_("The connection to %s is not secure: its certificate is not trusted"), host);
  if (error->domain == G_RESOLVER_ERROR)
    return g_strdup_printf (_("There is no server called %s"), host);
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    {
      *field = AHOY_SIGN_IN_FIELD_NONE;
      return g_strdup (_("Signing in was cancelled"));
    }

  return g_strdup_printf (_("No server answers at %s"), host);
}
