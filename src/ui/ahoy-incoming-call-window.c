/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "ahoy-incoming-call-window.h"
#include "ahoy-ui-private.h"
#include "ahoy-words.h"

#ifdef HAVE_X11
#include <gdk/x11/gdkx.h>
#endif

struct _AhoyIncomingCallWindow
{
  AdwWindow parent_instance;

  AhoyIncomingCallView *view;
};

G_DEFINE_FINAL_TYPE (AhoyIncomingCallWindow, ahoy_incoming_call_window, ADW_TYPE_WINDOW)

static void
ahoy_incoming_call_window_realize (GtkWidget *widget)
{
#ifdef HAVE_X11
  GdkSurface *surface;
#endif

  GTK_WIDGET_CLASS (ahoy_incoming_call_window_parent_class)->realize (widget);

#ifdef HAVE_X11
  surface = gtk_native_get_surface (GTK_NATIVE (widget));
  if (GDK_IS_X11_SURFACE (surface))
    {
      /* Nobody pressed anything for this window: it must not get the keyboard, only attention. */
      gdk_x11_surface_set_user_time (surface, 0);
      gdk_x11_surface_set_urgency_hint (surface, TRUE);
    }
#endif
}

static gboolean
ahoy_incoming_call_window_close_request (GtkWindow *window)
{
  ahoy_incoming_call_view_silence (AHOY_INCOMING_CALL_WINDOW (window)->view);

  return GTK_WINDOW_CLASS (ahoy_incoming_call_window_parent_class)->close_request (window);
}

static void
ahoy_incoming_call_window_class_init (AhoyIncomingCallWindowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  ahoy_ui_ensure_init ();
  g_type_ensure (AHOY_TYPE_INCOMING_CALL_VIEW);
  widget_class->realize = ahoy_incoming_call_window_realize;
  GTK_WINDOW_CLASS (klass)->close_request = ahoy_incoming_call_window_close_request;

  gtk_widget_class_set_template_from_resource (widget_class, AHOY_UI_RESOURCE_BASE "/ahoy-incoming-call-window.ui");
  gtk_widget_class_bind_template_child (widget_class, AhoyIncomingCallWindow, view);
}

static void
ahoy_incoming_call_window_init (AhoyIncomingCallWindow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

AhoyIncomingCallWindow *
ahoy_incoming_call_window_new (AhoyCall *call)
{
  AhoyIncomingCallWindow *self;
  g_autofree char *title = NULL;

  g_return_val_if_fail (AHOY_IS_CALL (call), NULL);

  self = g_object_new (AHOY_TYPE_INCOMING_CALL_WINDOW, NULL);
  g_object_set (self->view, "call", call, NULL);
  title = ahoy_words_window_title (call);
  gtk_window_set_title (GTK_WINDOW (self), title);
  return self;
}

AhoyIncomingCallView *
ahoy_incoming_call_window_get_view (AhoyIncomingCallWindow *self)
{
  g_return_val_if_fail (AHOY_IS_INCOMING_CALL_WINDOW (self), NULL);

  return self->view;
}
