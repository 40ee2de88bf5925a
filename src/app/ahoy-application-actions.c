/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ahoy-application-private.h"

#include "ahoy-person-menu.h"
#include "ahoy-preferences-window.h"
#include "ahoy-user-sig.h"

#include <glib/gi18n.h>

/* Actions can be activated by any program of the session: what comes is checked as if it came from the network. */
static const char *
get_user_id (GVariant *parameter)
{
  const char *id = g_variant_get_string (parameter, NULL);

  return ahoy_user_id_is_valid (id) ? id : NULL;
}

static void
call_audio (GSimpleAction *action,
            GVariant      *parameter,
            gpointer       user_data)
{
  if (get_user_id (parameter))
    ahoy_application_place_call (user_data, get_user_id (parameter), AHOY_CALL_MEDIA_AUDIO);
}

static void
call_video (GSimpleAction *action,
            GVariant      *parameter,
            gpointer       user_data)
{
  if (get_user_id (parameter))
    ahoy_application_place_call (user_data, get_user_id (parameter), AHOY_CALL_MEDIA_VIDEO);
}

static void
answer (GSimpleAction *action,
        GVariant      *parameter,
        gpointer       user_data)
{
  AhoyApplication *self = user_data;
  const char *id = g_variant_get_string (parameter, NULL);
  AhoyCall *call = ahoy_engine_find_call (self->engine, id);

  if (call)
    ahoy_call_kit_answer (self->kit, id, ahoy_call_get_media (call) == AHOY_CALL_MEDIA_VIDEO &&
                                           g_settings_get_boolean (self->settings, "camera-on-start"));
}

static void
decline (GSimpleAction *action,
         GVariant      *parameter,
         gpointer       user_data)
{
  AhoyApplication *self = user_data;

  ahoy_call_kit_decline (self->kit, g_variant_get_string (parameter, NULL));
}

static void
on_hung_up (GObject      *source,
            GAsyncResult *result,
            gpointer      user_data)
{
  g_autoptr (GError) error = NULL;

  if (!ahoy_call_hang_up_finish (AHOY_CALL (source), result, &error))
    g_debug ("Hanging up: %s", error->message);
}

static void
hang_up (GSimpleAction *action,
         GVariant      *parameter,
         gpointer       user_data)
{
  AhoyApplication *self = user_data;
  AhoyCall *call = ahoy_engine_get_current_call (self->engine);

  if (call)
    ahoy_call_hang_up_async (call, NULL, on_hung_up, NULL);
}

static void
show_call (GSimpleAction *action,
           GVariant      *parameter,
           gpointer       user_data)
{
  AhoyApplication *self = user_data;
  const char *id = g_variant_get_string (parameter, NULL);

  if (!ahoy_call_kit_present (self->kit, *id ? id : NULL))
    g_application_activate (G_APPLICATION (self));
}

static void
show_recent (GSimpleAction *action,
             GVariant      *parameter,
             gpointer       user_data)
{
  AhoyApplication *self = user_data;

  g_application_activate (G_APPLICATION (self));
  ahoy_window_show_page (self->window, "recent");
}

static void
on_preferences_destroyed (gpointer  user_data,
                          GObject  *window)
{
  AhoyApplication *self = user_data;

  self->preferences = NULL;
}

static void
preferences (GSimpleAction *action,
             GVariant      *parameter,
             gpointer       user_data)
{
  AhoyApplication *self = user_data;

  if (!self->preferences)
    {
      self->preferences = GTK_WINDOW (ahoy_preferences_window_new (self->identity));
      gtk_window_set_application (self->preferences, GTK_APPLICATION (self));
      if (self->window)
        gtk_window_set_transient_for (self->preferences, GTK_WINDOW (self->window));
      g_object_weak_ref (G_OBJECT (self->preferences), on_preferences_destroyed, self);
    }
  gtk_window_present (self->preferences);
}

static void
about (GSimpleAction *action,
       GVariant      *parameter,
       gpointer       user_data)
{
  AhoyApplication *self = user_data;
  static const char *const developers[] = { "The Ahoy developers", NULL };

  adw_show_about_window (self->window ? GTK_WINDOW (self->window) : NULL,
                         "application-name", _("Ahoy"),
                         "application-icon", AHOY_APP_ID,
                         "version", AHOY_VERSION,
                         "comments", _("Calls with a clear voice"),
                         "developer-name", _("The Ahoy developers"),
                         "developers", developers,
                         "license-type", GTK_LICENSE_GPL_3_0,
                         /* Translators: put your names here, one a line */
                         "translator-credits", _("translator-credits"),
                         NULL);
}

static void
on_leave_response (AhoyApplication *self,
                   const char      *response)
{
  if (g_strcmp0 (response, "hang-up") == 0)
    ahoy_application_quit_politely (self);
}

static void
quit (GSimpleAction *action,
      GVariant      *parameter,
      gpointer       user_data)
{
  AhoyApplication *self = user_data;
  AhoyCall *call = ahoy_engine_get_current_call (self->engine);
  AhoyParticipant *peer = call ? ahoy_call_get_peer (call) : NULL;
  g_autofree char *body = NULL;
  GtkWidget *dialog;

  /* A call that nobody answered yet is cancelled without a question. */
  if (!call || ahoy_call_get_started_at (call) == 0 || !peer)
    {
      ahoy_application_quit_politely (self);
      return;
    }

  /* Translators: %s is a person */
  body = ahoy_person_menu_format (_("%s can still hear you until the call ends."),
                                  ahoy_user_get_display_name (ahoy_participant_get_user (peer)));
  dialog = adw_message_dialog_new (gtk_application_get_active_window (GTK_APPLICATION (self)),
                                   _("Leave the Call?"), body);
  adw_message_dialog_add_responses (ADW_MESSAGE_DIALOG (dialog), "cancel", _("_Cancel"),
                                    "hang-up", _("_Hang Up"), NULL);
  adw_message_dialog_set_response_appearance (ADW_MESSAGE_DIALOG (dialog), "hang-up", ADW_RESPONSE_DESTRUCTIVE);
  adw_message_dialog_set_close_response (ADW_MESSAGE_DIALOG (dialog), "cancel");
  g_signal_connect_object (dialog, "response", G_CALLBACK (on_leave_response), self, G_CONNECT_SWAPPED);
  gtk_window_present (GTK_WINDOW (dialog));
}

static const GActionEntry entries[] = {
  { .name = "call", .activate = call_audio, .parameter_type = "s" },
  { .name = "video-call", .activate = call_video, .parameter_type = "s" },
  { .name = "answer", .activate = answer, .parameter_type = "s" },
  { .name = "decline", .activate = decline, .parameter_type = "s" },
  { .name = "hang-up", .activate = hang_up },
  { .name = "show-call", .activate = show_call, .parameter_type = "s" },
  { .name = "show-recent", .activate = show_recent },
  { .name = "preferences", .activate = preferences },
  { .name = "about", .activate = about },
  { .name = "quit", .activate = quit },
};

static const struct
{
  const char *action;
  const char *accels[3];
} accelerators[] = {
  { "app.quit", { "<Control>q" } },
  { "app.preferences", { "<Control>comma" } },
  { "win.show-help-overlay", { "<Control>question" } },
  { "window.close", { "<Control>w" } },
  { "win.search", { "<Control>f" } },
  { "win.new-contact", { "<Control>n" } },
  { "win.show-page::recent", { "<Control>1" } },
  { "win.show-page::contacts", { "<Control>2" } },
  { "win.back", { "<Alt>Left" } },
  { "win.chosen::app.call", { "<Control>Return", "<Control>KP_Enter" } },
  { "win.chosen::app.video-call", { "<Control><Shift>Return", "<Control><Shift>KP_Enter" } },
  { "win.chosen::win.edit-name", { "F2" } },
  { "win.chosen::win.toggle-favourite", { "<Control>d" } },
};

void
ahoy_application_install_actions (AhoyApplication *self)
{
  g_action_map_add_action_entries (G_ACTION_MAP (self), entries, G_N_ELEMENTS (entries), self);

  for (guint i = 0; i < G_N_ELEMENTS (accelerators); i++)
    gtk_application_set_accels_for_action (GTK_APPLICATION (self), accelerators[i].action, accelerators[i].accels);
}
