/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ahoy-status-strip.h"

#include "ahoy-person-menu.h"
#include "ahoy-times.h"
#include "ahoy-ui-widgets.h"

#include <glib/gi18n.h>

struct _AhoyStatusStrip
{
  AdwBin parent_instance;

  AhoyIdentity *identity;   /* (owned) (nullable) */
  GSignalGroup *follow_call; /* (owned) on the call that runs */
  guint tick_source_id;     /* 0 when no countdown is shown */

  GtkRevealer *revealer;
  GtkWidget *strip;
  GtkImage *icon;
  GtkLabel *title_label;
  GtkLabel *detail_label;
  GtkButton *button;
};

G_DEFINE_FINAL_TYPE (AhoyStatusStrip, ahoy_status_strip, ADW_TYPE_BIN)

static void
show (AhoyStatusStrip *self,
      const char      *style,
      const char      *icon,
      const char      *title,
      const char      *detail,
      const char      *button,
      const char      *action)
{
  static const char *const styles[] = { "strip-warning", "strip-call", "strip-notice" };

  for (guint i = 0; i < G_N_ELEMENTS (styles); i++)
    gtk_widget_remove_css_class (self->strip, styles[i]);
  gtk_widget_add_css_class (self->strip, style);
  gtk_image_set_from_icon_name (self->icon, icon);
  gtk_label_set_label (self->title_label, title);
  gtk_label_set_label (self->detail_label, detail ? detail : "");
  gtk_widget_set_visible (GTK_WIDGET (self->detail_label), detail != NULL);
  gtk_button_set_label (self->button, button);
  /* Without a name in between, the old target would meet the new action. */
  gtk_actionable_set_action_name (GTK_ACTIONABLE (self->button), NULL);
  gtk_actionable_set_action_target_value (GTK_ACTIONABLE (self->button),
                                          g_str_equal (action, "app.show-call") ? g_variant_new_string ("") : NULL);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (self->button), action);
  ahoy_ui_reveal (self->revealer, TRUE);
}

static void
show_notice (AhoyStatusStrip    *self,
             AhoyIdentityNotice  notice)
{
  if (notice == AHOY_IDENTITY_NOTICE_KICKED)
    show (self, "strip-notice", "dialog-warning-symbolic", _("Signed out here"),
          _("This account was opened on another device"), _("Sign In Again"), "win.sign-in-again");
  else
    show (self, "strip-notice", "dialog-warning-symbolic", _("Please sign in again"),
          _("The ticket is no longer accepted"), _("Sign In"), "win.sign-in-again");
}

static void
show_call (AhoyStatusStrip *self,
           AhoyCall        *call)
{
  AhoyParticipant *peer = ahoy_call_get_peer (call);
  AhoyUser *user = peer ? ahoy_participant_get_user (peer) : ahoy_call_get_inviter (call);
  const char *name = user ? ahoy_user_get_display_name (user) : "";
  g_autofree char *with = NULL;
  g_autofree char *title = NULL;

  if (ahoy_call_get_state (call) == AHOY_CALL_INCOMING)
    /* Translators: %s is a person */
    title = ahoy_person_menu_format (_("%s is calling"), name);
  else if (ahoy_call_get_started_at (call) > 0)
    {
      g_autofree char *timer = ahoy_times_format_duration (ahoy_call_get_duration (call));

      with = ahoy_person_menu_format (_("In a call with %s"), name);
      title = g_strdup_printf ("%s · %s", with, timer);
    }
  else
    title = ahoy_person_menu_format (_("Calling %s"), name);

  show (self, "strip-call", "call-start-symbolic", title, NULL, _("Return"), "app.show-call");
}

static void update (AhoyStatusStrip *self);

static gboolean
on_tick (gpointer user_data)
{
  AhoyStatusStrip *self = user_data;

  self->tick_source_id = 0;
  update (self);
  return G_SOURCE_REMOVE;
}

static void
show_offline (AhoyStatusStrip *self,
              AhoyEngine      *engine)
{
  gint64 retry_at;
  gint64 seconds;
  g_autofree char *detail = NULL;

  g_object_get (engine, "retry-at", &retry_at, NULL);
  seconds = (retry_at - g_get_monotonic_time () + G_USEC_PER_SEC / 2) / G_USEC_PER_SEC;
  if (retry_at == 0 || seconds <= 0)
    detail = g_strdup (_("Calls can't reach you. Trying again now"));
  else
    /* Translators: %u is a number of seconds */
    detail = g_strdup_printf (ngettext ("Calls can't reach you. Trying again in %u s",
                                        "Calls can't reach you. Trying again in %u s", (gulong) seconds),
                              (guint) seconds);

  show (self, "strip-warning", "network-offline-symbolic", _("Offline"), detail, _("Try Now"), "win.try-now");
  if (retry_at != 0 && self->tick_source_id == 0)
    self->tick_source_id = g_timeout_add_seconds (1, on_tick, self);
}

/* Also at a start without network: the first attempt has failed and the next is due. */
static gboolean
is_offline (AhoyEngine *engine)
{
  gint64 retry_at;

  if (ahoy_engine_get_state (engine) == AHOY_ENGINE_OFFLINE)
    return TRUE;

  g_object_get (engine, "retry-at", &retry_at, NULL);
  return ahoy_engine_get_state (engine) == AHOY_ENGINE_SIGNING_IN && retry_at != 0;
}

static void
update (AhoyStatusStrip *self)
{
  AhoyEngine *engine = self->identity ? ahoy_identity_get_engine (self->identity) : NULL;
  AhoyIdentityNotice notice = self->identity ? ahoy_identity_get_notice (self->identity) : AHOY_IDENTITY_NOTICE_NONE;
  AhoyCall *call = engine ? ahoy_engine_get_current_call (engine) : NULL;

  g_clear_handle_id (&self->tick_source_id, g_source_remove);
  g_signal_group_set_target (self->follow_call, call);

  if (call)
    show_call (self, call);
  else if (notice != AHOY_IDENTITY_NOTICE_NONE)
    show_notice (self, notice);
  else if (engine && is_offline (engine))
    show_offline (self, engine);
  else
    ahoy_ui_reveal (self->revealer, FALSE);
}

static void
ahoy_status_strip_dispose (GObject *object)
{
  AhoyStatusStrip *self = AHOY_STATUS_STRIP (object);

  g_clear_handle_id (&self->tick_source_id, g_source_remove);
  if (self->follow_call)
    g_signal_group_set_target (self->follow_call, NULL);
  g_clear_object (&self->follow_call);
  g_clear_object (&self->identity);

  G_OBJECT_CLASS (ahoy_status_strip_parent_class)->dispose (object);
}

static void
ahoy_status_strip_class_init (AhoyStatusStripClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = ahoy_status_strip_dispose;

  gtk_widget_class_set_template_from_resource (widget_class, "/org/ahoycall/Ahoy/ahoy-status-strip.ui");
  gtk_widget_class_bind_template_child (widget_class, AhoyStatusStrip, revealer);
  gtk_widget_class_bind_template_child (widget_class, AhoyStatusStrip, strip);
  gtk_widget_class_bind_template_child (widget_class, AhoyStatusStrip, icon);
  gtk_widget_class_bind_template_child (widget_class, AhoyStatusStrip, title_label);
  gtk_widget_class_bind_template_child (widget_class, AhoyStatusStrip, detail_label);
  gtk_widget_class_bind_template_child (widget_class, AhoyStatusStrip, button);
}

static void
ahoy_status_strip_init (AhoyStatusStrip *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));

  self->follow_call = g_signal_group_new (AHOY_TYPE_CALL);
  g_signal_group_connect_swapped (self->follow_call, "notify::state", G_CALLBACK (update), self);
  g_signal_group_connect_swapped (self->follow_call, "notify::duration", G_CALLBACK (update), self);
}

GtkWidget *
ahoy_status_strip_new (void)
{
  return g_object_new (AHOY_TYPE_STATUS_STRIP, NULL);
}

void
ahoy_status_strip_set_identity (AhoyStatusStrip *self,
                                AhoyIdentity    *identity)
{
  AhoyEngine *engine;

  g_return_if_fail (AHOY_IS_STATUS_STRIP (self));
  g_return_if_fail (AHOY_IS_IDENTITY (identity));

  if (!g_set_object (&self->identity, identity))
    return;

  engine = ahoy_identity_get_engine (identity);
  g_signal_connect_object (identity, "notify::notice", G_CALLBACK (update), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (engine, "notify::state", G_CALLBACK (update), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (engine, "notify::retry-at", G_CALLBACK (update), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (engine, "call-added", G_CALLBACK (update), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (engine, "call-ended", G_CALLBACK (update), self, G_CONNECT_SWAPPED);
  update (self);
}
