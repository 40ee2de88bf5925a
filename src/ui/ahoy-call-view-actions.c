/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "ahoy-call-view-private.h"

/* What a person does by buttons, menus and other programs. */

static void
on_hang_up (GtkWidget  *widget,
            const char *action,
            GVariant   *parameter)
{
  AhoyCallView *self = AHOY_CALL_VIEW (widget);

  if (self->call && self->state != AHOY_CALL_ENDED)
    ahoy_call_hang_up_async (self->call, NULL, NULL, NULL);
}

static void
on_again (GtkWidget  *widget,
          const char *action,
          GVariant   *parameter)
{
  AhoyCallView *self = AHOY_CALL_VIEW (widget);

  if (self->state != AHOY_CALL_ENDED)
    return;
  g_clear_handle_id (&self->close_id, g_source_remove);
  g_signal_emit_by_name (self, "call-again");
}

static void
on_close (GtkWidget  *widget,
          const char *action,
          GVariant   *parameter)
{
  AhoyCallView *self = AHOY_CALL_VIEW (widget);

  g_clear_handle_id (&self->close_id, g_source_remove);
  g_signal_emit_by_name (self, "close");
}

static void
on_keep_trying (GtkWidget  *widget,
                const char *action,
                GVariant   *parameter)
{
  AhoyCallView *self = AHOY_CALL_VIEW (widget);

  self->keep_trying_since = g_get_monotonic_time ();
  ahoy_call_view_update (self);
}

static void
on_swap (GtkWidget  *widget,
         const char *action,
         GVariant   *parameter)
{
  ahoy_pair_stage_swap (AHOY_CALL_VIEW (widget)->pair);
}

void
ahoy_call_view_install_actions (GtkWidgetClass *widget_class)
{
  gtk_widget_class_install_property_action (widget_class, "call.muted", "muted");
  gtk_widget_class_install_property_action (widget_class, "call.camera-off", "camera-off");
  gtk_widget_class_install_property_action (widget_class, "call.fill", "fill");
  gtk_widget_class_install_property_action (widget_class, "call.mirror", "mirror");
  gtk_widget_class_install_property_action (widget_class, "call.self-view", "self-view");
  gtk_widget_class_install_property_action (widget_class, "call.fullscreen", "fullscreen");
  gtk_widget_class_install_property_action (widget_class, "call.camera", "camera");
  gtk_widget_class_install_property_action (widget_class, "call.microphone", "microphone");
  gtk_widget_class_install_property_action (widget_class, "call.speaker", "speaker");
  gtk_widget_class_install_action (widget_class, "call.hang-up", NULL, on_hang_up);
  gtk_widget_class_install_action (widget_class, "call.again", NULL, on_again);
  gtk_widget_class_install_action (widget_class, "call.close", NULL, on_close);
  gtk_widget_class_install_action (widget_class, "call.keep-trying", NULL, on_keep_trying);
  gtk_widget_class_install_action (widget_class, "call.swap", NULL, on_swap);
}
