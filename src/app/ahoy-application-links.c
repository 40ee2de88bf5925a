/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ahoy-application-private.h"

#include "ahoy-link.h"

#include <glib/gi18n.h>

/* A link may be what started the application: then the account is still with the keyring, or on its way to the
 * server. */
static gboolean
must_wait (AhoyApplication *self,
           const AhoyLink  *link)
{
  AhoyIdentityStage stage = ahoy_identity_get_stage (self->identity);
  AhoyEngineState state = ahoy_engine_get_state (self->engine);

  if (stage == AHOY_IDENTITY_LOADING)
    return TRUE;

  return link && link->kind == AHOY_LINK_CALL && stage == AHOY_IDENTITY_SIGNED_IN &&
         (state == AHOY_ENGINE_SIGNED_OUT || state == AHOY_ENGINE_SIGNING_IN);
}

static void
say_why_not (AhoyApplication *self,
             const GError    *error)
{
  if (g_error_matches (error, AHOY_LINK_ERROR, AHOY_LINK_ERROR_USER))
    ahoy_window_toast_problem (self->window, _("The link names nobody Ahoy can call"));
  else
    ahoy_window_toast_problem (self->window, _("Ahoy can't open this link"));
}

static void
on_progress (AhoyApplication *self)
{
  g_autofree char *text = g_steal_pointer (&self->waiting_link);

  g_signal_handlers_disconnect_by_func (self->identity, on_progress, self);
  g_signal_handlers_disconnect_by_func (self->engine, on_progress, self);
  if (text)
    ahoy_application_open_link (self, text);
}

/* Of several the last one counts: nobody makes two calls at once. */
static void
wait_with (AhoyApplication *self,
           const char      *text)
{
  gboolean is_waiting = self->waiting_link != NULL;

  g_free (self->waiting_link);
  self->waiting_link = g_strdup (text);
  if (is_waiting)
    return;

  g_signal_connect_object (self->identity, "notify::stage", G_CALLBACK (on_progress), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->engine, "notify::state", G_CALLBACK (on_progress), self, G_CONNECT_SWAPPED);
}

void
ahoy_application_open_link (AhoyApplication *self,
                            const char      *text)
{
  g_autoptr (AhoyLink) link = NULL;
  g_autoptr (GError) error = NULL;
  gboolean is_call;

  link = ahoy_link_parse (text, &error);
  is_call = link && link->kind == AHOY_LINK_CALL;
  if (is_call && !must_wait (self, link) && ahoy_identity_get_stage (self->identity) == AHOY_IDENTITY_SIGNED_IN)
    {
      ahoy_application_place_call (self, link->user_id, link->media);
      return;
    }

  gtk_window_present (GTK_WINDOW (ahoy_application_ensure_window (self)));
  if (!link)
    say_why_not (self, error);
  else if (must_wait (self, link))
    wait_with (self, text);
  else if (is_call)
    ahoy_window_toast_problem (self->window, _("Sign in to call"));
  else
    ahoy_window_take_login (self->window, link->account);
}
