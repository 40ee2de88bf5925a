/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "ahoy-call-window.h"
#include "ahoy-ui-private.h"
#include "ahoy-words.h"

#include <glib/gi18n-lib.h>

struct _AhoyCallWindow
{
  AdwWindow parent_instance;

  AhoyCallView *view;
  GtkWidget *question; /* (unowned) (nullable): the dialog that asks, while it is open */
};

G_DEFINE_FINAL_TYPE (AhoyCallWindow, ahoy_call_window, ADW_TYPE_WINDOW)

static void
update_title (AhoyCallWindow *self)
{
  AhoyCall *call = ahoy_call_view_get_call (self->view);
  g_autofree char *title = NULL;

  if (!call)
    return;
  title = ahoy_words_window_title (call);
  gtk_window_set_title (GTK_WINDOW (self), title);
}

static void
on_call_changed (AhoyCallWindow *self)
{
  AhoyCall *call = ahoy_call_view_get_call (self->view);

  update_title (self);
  /* Nothing is left to ask about. */
  if (self->question && call && ahoy_call_get_state (call) == AHOY_CALL_ENDED)
    gtk_window_destroy (GTK_WINDOW (self->question));
}

static void
on_answer (AhoyCallWindow *self,
           const char     *response)
{
  AhoyCall *call = ahoy_call_view_get_call (self->view);

  if (g_strcmp0 (response, "hang-up") == 0 && call)
    ahoy_call_hang_up_async (call, NULL, NULL, NULL);
}

static void
ask (AhoyCallWindow *self,
     AhoyCall       *call)
{
  AhoyParticipant *peer = ahoy_call_get_peer (call);
  const char *name = peer ? ahoy_user_get_display_name (ahoy_participant_get_user (peer)) : "";
  g_autofree char *who = ahoy_words_isolate (name);
  g_autofree char *body = g_strdup_printf (_("%s can still hear you until the call ends."), who);
  AdwMessageDialog *dialog;

  if (self->question)
    return;
  self->question = adw_message_dialog_new (GTK_WINDOW (self), _("Leave the Call?"), body);
  g_object_add_weak_pointer (G_OBJECT (self->question), (gpointer *) &self->question);
  dialog = ADW_MESSAGE_DIALOG (self->question);
  adw_message_dialog_add_responses (dialog, "cancel", _("_Cancel"), "hang-up", _("_Hang Up"), NULL);
  adw_message_dialog_set_response_appearance (dialog, "hang-up", ADW_RESPONSE_DESTRUCTIVE);
  adw_message_dialog_set_default_response (dialog, "cancel");
  adw_message_dialog_set_close_response (dialog, "cancel");
  g_signal_connect_object (dialog, "response", G_CALLBACK (on_answer), self, G_CONNECT_SWAPPED);
  gtk_window_present (GTK_WINDOW (dialog));
}

static gboolean
ahoy_call_window_close_request (GtkWindow *window)
{
  AhoyCallWindow *self = AHOY_CALL_WINDOW (window);
  AhoyCall *call = ahoy_call_view_get_call (self->view);

  if (!call)
    return GTK_WINDOW_CLASS (ahoy_call_window_parent_class)->close_request (window);

  switch (ahoy_call_get_state (call))
    {
    case AHOY_CALL_CONNECTING:
    case AHOY_CALL_ACTIVE:
    case AHOY_CALL_RECONNECTING:
      ask (self, call);
      return TRUE;
    case AHOY_CALL_CALLING:
    case AHOY_CALL_RINGING:
      /* Nobody is there yet: leaving is taking back. */
      ahoy_call_hang_up_async (call, NULL, NULL, NULL);
      break;
    case AHOY_CALL_INCOMING:
    case AHOY_CALL_ENDED:
    default:
      break;
    }
  return GTK_WINDOW_CLASS (ahoy_call_window_parent_class)->close_request (window);
}

static void
ahoy_call_window_dispose (GObject *object)
{
  AhoyCallWindow *self = AHOY_CALL_WINDOW (object);

  if (self->question)
    gtk_window_destroy (GTK_WINDOW (self->question));

  G_OBJECT_CLASS (ahoy_call_window_parent_class)->dispose (object);
}

static void
ahoy_call_window_class_init (AhoyCallWindowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  ahoy_ui_ensure_init ();
  g_type_ensure (AHOY_TYPE_CALL_VIEW);
  G_OBJECT_CLASS (klass)->dispose = ahoy_call_window_dispose;
  GTK_WINDOW_CLASS (klass)->close_request = ahoy_call_window_close_request;

  gtk_widget_class_set_template_from_resource (widget_class, AHOY_UI_RESOURCE_BASE "/ahoy-call-window.ui");
  gtk_widget_class_bind_template_child (widget_class, AhoyCallWindow, view);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_w, GDK_CONTROL_MASK, "window.close", NULL);
}

static void
ahoy_call_window_init (AhoyCallWindow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  g_signal_connect_swapped (self->view, "close", G_CALLBACK (gtk_window_destroy), self);
}

AhoyCallWindow *
ahoy_call_window_new (AhoyCall   *call,
                      AhoyEngine *engine)
{
  AhoyCallWindow *self;
  gboolean is_video;

  g_return_val_if_fail (AHOY_IS_CALL (call), NULL);

  self = g_object_new (AHOY_TYPE_CALL_WINDOW, NULL);
  is_video = ahoy_call_get_media (call) == AHOY_CALL_MEDIA_VIDEO;
  gtk_window_set_default_size (GTK_WINDOW (self), is_video ? 960 : 440, is_video ? 640 : 600);
  ahoy_call_view_set_engine (self->view, engine);
  ahoy_call_view_set_call (self->view, call);
  g_signal_connect_object (call, "notify::state", G_CALLBACK (on_call_changed), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (call, "notify::duration", G_CALLBACK (update_title), self, G_CONNECT_SWAPPED);
  update_title (self);
  return self;
}

AhoyCallView *
ahoy_call_window_get_view (AhoyCallWindow *self)
{
  g_return_val_if_fail (AHOY_IS_CALL_WINDOW (self), NULL);

  return self->view;
}
