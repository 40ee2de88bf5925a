/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "ahoy-session-private.h"

#include "ahoy-error.h"

/* Another ticket for the account of a session, while it goes on. */

typedef struct
{
  char *before; /* (owned) secret */
  char *after;  /* (owned) secret */
} Renewal;

static void
renewal_free (Renewal *renewal)
{
  g_free (renewal->before);
  g_free (renewal->after);
  g_free (renewal);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Renewal, renewal_free)

static void
on_renewed (GObject      *object,
            GAsyncResult *result,
            gpointer      user_data)
{
  AhoySession *self = AHOY_SESSION (object);
  g_autoptr (Renewal) renewal = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonObject) answer = ahoy_session_request_finish (self, result, &error);

  /* Another one came meanwhile, or the account is gone. */
  if (answer || g_strcmp0 (ahoy_session_get_user_sig (self), renewal->after) != 0)
    return;
  /* Without an answer the new one is tried with the next connection. */
  if (error->code != AHOY_ERROR_PARAM_INVALID && error->code != AHOY_ERROR_INVALID_PARAMETER &&
      (error->code < AHOY_ERROR_USER_SIG_EXPIRED || error->code > AHOY_ERROR_USER_SIG_TOO_MANY_FAILURES))
    return;

  ahoy_session_set_user_sig (self, renewal->before);
  ahoy_session_tell_refused (self, error);
}

void
ahoy_session_renew (AhoySession *self,
                    const char  *user_sig)
{
  g_autoptr (JsonObject) data = NULL;
  g_autofree char *before = NULL;
  Renewal *renewal;

  g_return_if_fail (AHOY_IS_SESSION (self));
  g_return_if_fail (user_sig != NULL);

  if (!ahoy_session_is_started (self))
    return;

  before = g_strdup (ahoy_session_get_user_sig (self));
  ahoy_session_set_user_sig (self, user_sig);
  /* Else the next connection signs in with it. */
  if (ahoy_session_get_state (self) != AHOY_SESSION_READY)
    return;

  renewal = g_new0 (Renewal, 1);
  renewal->before = g_steal_pointer (&before);
  renewal->after = g_strdup (user_sig);
  data = json_object_new ();
  json_object_set_string_member (data, "sig", user_sig);
  ahoy_session_request_async (self, "renew", data, NULL, on_renewed, renewal);
}
