/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "ahoy-control-bar.h"
#include "ahoy-prompt-button.h"
#include "ahoy-ui-private.h"

#include <glib/gi18n-lib.h>

struct _AhoyControlBar
{
  GtkWidget parent_instance;

  GtkWidget *plate;
  GtkToggleButton *microphone_button;
  GtkImage *microphone_image;
  GtkWidget *microphone_dot;
  GtkLevelBar *level_bar;
  GtkToggleButton *camera_button;
  GtkImage *camera_image;
  GtkWidget *camera_dot;
  GtkMenuButton *more_button;
  GtkWidget *hang_up_button;

  char *microphone_problem; /* (owned) (nullable) */
  char *camera_problem;     /* (owned) (nullable) */
  guint is_dialling : 1;
  guint single_keys : 1;
};

G_DEFINE_FINAL_TYPE (AhoyControlBar, ahoy_control_bar, GTK_TYPE_WIDGET)

/* "Mute (M)", and what is wrong on a second line. */
static void
set_tooltip (GtkWidget  *button,
             const char *text,
             const char *problem)
{
  g_autofree char *both = problem ? g_strdup_printf ("%s\n%s", text, problem) : NULL;

  gtk_widget_set_tooltip_text (button, both ? both : text);
}

static void
update (AhoyControlBar *self)
{
  gboolean is_muted = gtk_toggle_button_get_active (self->microphone_button);
  gboolean is_dark = gtk_toggle_button_get_active (self->camera_button);
  const char *mute, *camera;

  if (self->single_keys)
    {
      mute = is_muted ? _("Unmute (M)") : _("Mute (M)");
      camera = is_dark ? _("Turn Camera On (V)") : _("Turn Camera Off (V)");
    }
  else
    {
      mute = is_muted ? _("Unmute (Ctrl+D)") : _("Mute (Ctrl+D)");
      camera = is_dark ? _("Turn Camera On (Ctrl+E)") : _("Turn Camera Off (Ctrl+E)");
    }
  gtk_image_set_from_icon_name (self->microphone_image, is_muted ? "microphone-disabled-symbolic"
                                                                 : "microphone-sensitivity-high-symbolic");
  gtk_image_set_from_icon_name (self->camera_image, is_dark ? "ahoy-camera-off-symbolic" : "camera-video-symbolic");
  set_tooltip (GTK_WIDGET (self->microphone_button), mute, self->microphone_problem);
  set_tooltip (GTK_WIDGET (self->camera_button), camera, self->camera_problem);
  gtk_widget_set_tooltip_text (self->hang_up_button, self->is_dialling ? _("Cancel Call (Ctrl+Shift+H)")
                                                                       : _("Hang Up (Ctrl+Shift+H)"));
  /* Names stay the same whatever the state; pressed tells the state. */
  ahoy_ui_set_accessible (GTK_WIDGET (self->microphone_button), _("Mute Microphone"),
                          self->single_keys ? "M Control+D" : "Control+D");
  ahoy_ui_set_accessible (GTK_WIDGET (self->camera_button), _("Turn Camera Off"),
                          self->single_keys ? "V Control+E" : "Control+E");
  ahoy_ui_set_accessible (self->hang_up_button, self->is_dialling ? _("Cancel Call") : _("Hang Up"),
                          "Control+Shift+H");
  gtk_widget_set_visible (self->microphone_dot, self->microphone_problem != NULL);
  gtk_widget_set_visible (self->camera_dot, self->camera_problem != NULL);
  gtk_widget_set_visible (GTK_WIDGET (self->level_bar), !is_muted && !self->microphone_problem);
}

static void
ahoy_control_bar_dispose (GObject *object)
{
  AhoyControlBar *self = AHOY_CONTROL_BAR (object);

  g_clear_pointer (&self->plate, gtk_widget_unparent);

  G_OBJECT_CLASS (ahoy_control_bar_parent_class)->dispose (object);
}

static void
ahoy_control_bar_finalize (GObject *object)
{
  AhoyControlBar *self = AHOY_CONTROL_BAR (object);

  g_free (self->microphone_problem);
  g_free (self->camera_problem);

  G_OBJECT_CLASS (ahoy_control_bar_parent_class)->finalize (object);
}

static void
ahoy_control_bar_class_init (AhoyControlBarClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  ahoy_ui_ensure_init ();
  object_class->dispose = ahoy_control_bar_dispose;
  object_class->finalize = ahoy_control_bar_finalize;

  gtk_widget_class_set_css_name (widget_class, "ahoybar");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_TOOLBAR);
  g_type_ensure (AHOY_TYPE_PROMPT_BUTTON);
  gtk_widget_class_set_template_from_resource (widget_class, AHOY_UI_RESOURCE_BASE "/ahoy-control-bar.ui");
  gtk_widget_class_bind_template_child (widget_class, AhoyControlBar, plate);
  gtk_widget_class_bind_template_child (widget_class, AhoyControlBar, microphone_button);
  gtk_widget_class_bind_template_child (widget_class, AhoyControlBar, microphone_image);
  gtk_widget_class_bind_template_child (widget_class, AhoyControlBar, microphone_dot);
  gtk_widget_class_bind_template_child (widget_class, AhoyControlBar, level_bar);
  gtk_widget_class_bind_template_child (widget_class, AhoyControlBar, camera_button);
  gtk_widget_class_bind_template_child (widget_class, AhoyControlBar, camera_image);
  gtk_widget_class_bind_template_child (widget_class, AhoyControlBar, camera_dot);
  gtk_widget_class_bind_template_child (widget_class, AhoyControlBar, more_button);
  gtk_widget_class_bind_template_child (widget_class, AhoyControlBar, hang_up_button);
}

static void
ahoy_control_bar_init (AhoyControlBar *self)
{
  self->single_keys = TRUE;
  gtk_widget_init_template (GTK_WIDGET (self));
  ahoy_ui_ensure_style (GTK_WIDGET (self));
  g_signal_connect_swapped (self->microphone_button, "notify::active", G_CALLBACK (update), self);
  g_signal_connect_swapped (self->camera_button, "notify::active", G_CALLBACK (update), self);
  update (self);
}

GtkWidget *
ahoy_control_bar_new (void)
{
  return g_object_new (AHOY_TYPE_CONTROL_BAR, NULL);
}

static gboolean
take_text (char       **field,
           const char  *text)
{
  if (g_strcmp0 (*field, text) == 0)
    return FALSE;
  g_free (*field);
  *field = g_strdup (text);
  return TRUE;
}

void
ahoy_control_bar_set_microphone_problem (AhoyControlBar *self,
                                         const char     *problem)
{
  g_return_if_fail (AHOY_IS_CONTROL_BAR (self));

  if (take_text (&self->microphone_problem, problem))
    update (self);
}

void
ahoy_control_bar_set_camera_problem (AhoyControlBar *self,
                                     const char     *problem)
{
  g_return_if_fail (AHOY_IS_CONTROL_BAR (self));

  if (take_text (&self->camera_problem, problem))
    update (self);
}

void
ahoy_control_bar_set_level (AhoyControlBar *self,
                            int             level)
{
  g_return_if_fail (AHOY_IS_CONTROL_BAR (self));

  gtk_level_bar_set_value (self->level_bar, CLAMP (level, 0, 100));
}

void
ahoy_control_bar_set_is_dialling (AhoyControlBar *self,
                                  gboolean        is_dialling)
{
  g_return_if_fail (AHOY_IS_CONTROL_BAR (self));

  if (self->is_dialling == !!is_dialling)
    return;
  self->is_dialling = !!is_dialling;
  update (self);
}

void
ahoy_control_bar_set_single_keys (AhoyControlBar *self,
                                  gboolean        single_keys)
{
  g_return_if_fail (AHOY_IS_CONTROL_BAR (self));

  if (self->single_keys == !!single_keys)
    return;
  self->single_keys = !!single_keys;
  update (self);
}

void
ahoy_control_bar_set_menu (AhoyControlBar *self,
                           GMenuModel     *menu)
{
  g_return_if_fail (AHOY_IS_CONTROL_BAR (self));

  gtk_menu_button_set_menu_model (self->more_button, menu);
}

gboolean
ahoy_control_bar_get_is_busy (AhoyControlBar *self)
{
  GtkPopover *popover;
  GtkRoot *root;
  GtkWidget *focus;

  g_return_val_if_fail (AHOY_IS_CONTROL_BAR (self), FALSE);

  popover = gtk_menu_button_get_popover (self->more_button);
  if (popover && gtk_widget_get_visible (GTK_WIDGET (popover)))
    return TRUE;
  root = gtk_widget_get_root (GTK_WIDGET (self));
  focus = root ? gtk_root_get_focus (root) : NULL;
  return focus && GTK_IS_WINDOW (root) && gtk_window_get_focus_visible (GTK_WINDOW (root)) &&
         gtk_widget_is_ancestor (focus, GTK_WIDGET (self));
}
