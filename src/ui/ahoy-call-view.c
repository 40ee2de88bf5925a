/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "ahoy-call-view-private.h"
#include "ahoy-prompt-button.h"
#include "ahoy-ui-private.h"

#include <glib/gi18n-lib.h>

#define NARROW 600
#define WIDE 900
#define SHORT 420
#define HYSTERESIS 16

G_DEFINE_FINAL_TYPE (AhoyCallView, ahoy_call_view, GTK_TYPE_WIDGET)

enum
{
  PROP_CALL = 1,
  PROP_ENGINE,
  PROP_MUTED,
  PROP_CAMERA_OFF,
  PROP_FILL,
  PROP_MIRROR,
  PROP_SELF_VIEW,
  PROP_FULLSCREEN,
  PROP_SINGLE_KEYS,
  PROP_AUTO_CLOSE,
  PROP_CAMERA,
  PROP_MICROPHONE,
  PROP_SPEAKER,
  N_PROPS
};

enum
{
  SIGNAL_CALL_AGAIN,
  SIGNAL_CLOSE,
  N_SIGNALS
};

static GParamSpec *properties[N_PROPS];
static guint signals[N_SIGNALS];

static void
on_call_microphone (AhoyCallView *self)
{
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_MUTED]);
  self->talking_since = 0;
  ahoy_call_view_update (self);
}

static void
on_call_camera (AhoyCallView *self)
{
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_CAMERA_OFF]);
  ahoy_call_view_update (self);
}

/* No breakpoints in libadwaita 1.2: classes by size, with some slack so that resizing does not flicker. */
static gboolean
apply_size_class (gpointer data)
{
  AhoyCallView *self = data;
  GtkWidget *widget = GTK_WIDGET (self);
  gboolean was_narrow = gtk_widget_has_css_class (widget, "narrow");
  gboolean was_wide = gtk_widget_has_css_class (widget, "wide");
  gboolean was_short = gtk_widget_has_css_class (widget, "short");
  gboolean is_narrow = self->width < NARROW + (was_narrow ? HYSTERESIS : 0);
  gboolean is_wide = self->width >= WIDE - (was_wide ? HYSTERESIS : 0);
  gboolean is_short = self->height < SHORT + (was_short ? HYSTERESIS : 0);

  self->resize_id = 0;
  ahoy_ui_set_class (widget, "narrow", is_narrow);
  ahoy_ui_set_class (widget, "medium", !is_narrow && !is_wide);
  ahoy_ui_set_class (widget, "wide", is_wide);
  ahoy_ui_set_class (widget, "short", is_short);
  ahoy_pair_stage_set_size_class (self->pair, is_narrow, is_short);
  ahoy_call_view_update (self);
  return G_SOURCE_REMOVE;
}

static void
ahoy_call_view_size_allocate (GtkWidget *widget,
                              int        width,
                              int        height,
                              int        baseline)
{
  AhoyCallView *self = AHOY_CALL_VIEW (widget);
  GtkAllocation all = { 0, 0, width, height };

  if (width != self->width || height != self->height)
    {
      self->width = width;
      self->height = height;
      if (!self->resize_id)
        self->resize_id = g_idle_add_full (G_PRIORITY_HIGH_IDLE, apply_size_class, self, NULL);
    }
  gtk_widget_size_allocate (self->overlay, &all, baseline);
  gtk_popover_present (GTK_POPOVER (self->context_menu));
}

static void
ahoy_call_view_measure (GtkWidget      *widget,
                        GtkOrientation  orientation,
                        int             for_size,
                        int            *minimum,
                        int            *natural,
                        int            *minimum_baseline,
                        int            *natural_baseline)
{
  AhoyCallView *self = AHOY_CALL_VIEW (widget);

  gtk_widget_measure (self->overlay, orientation, for_size, minimum, natural, NULL, NULL);
  /* Nothing on the stage may make a window larger than this. */
  *minimum = orientation == GTK_ORIENTATION_HORIZONTAL ? MIN (*minimum, 360) : MIN (*minimum, 294);
  *natural = MAX (*natural, *minimum);
}

static void
ahoy_call_view_map (GtkWidget *widget)
{
  GTK_WIDGET_CLASS (ahoy_call_view_parent_class)->map (widget);

  /* Not on hang up: a key pressed by chance must end nothing. */
  gtk_widget_grab_focus (widget);
}

static void
on_window_fullscreen (AhoyCallView *self,
                      GParamSpec   *pspec,
                      GtkWindow    *window)
{
  gboolean is_fullscreen = gtk_window_is_fullscreen (window);

  if (self->is_fullscreen == is_fullscreen)
    return;
  self->is_fullscreen = is_fullscreen;
  gtk_button_set_icon_name (GTK_BUTTON (self->fullscreen_button),
                            is_fullscreen ? "view-restore-symbolic" : "view-fullscreen-symbolic");
  gtk_widget_set_tooltip_text (self->fullscreen_button,
                               is_fullscreen ? _("Leave Full Screen (F11)") : _("Full Screen (F11)"));
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_FULLSCREEN]);
  ahoy_call_view_wake (self);
}

/* Keys go to the focus: when its widget went away, the stage takes it. */
static void
on_window_focus (AhoyCallView *self,
                 GParamSpec   *pspec,
                 GtkWindow    *window)
{
  if (!gtk_window_get_focus (window) && gtk_widget_get_mapped (GTK_WIDGET (self)))
    gtk_widget_grab_focus (GTK_WIDGET (self));
}

static void
ahoy_call_view_root (GtkWidget *widget)
{
  GtkRoot *root;

  GTK_WIDGET_CLASS (ahoy_call_view_parent_class)->root (widget);

  root = gtk_widget_get_root (widget);
  if (!GTK_IS_WINDOW (root))
    return;
  g_signal_connect_object (root, "notify::fullscreened", G_CALLBACK (on_window_fullscreen), widget, G_CONNECT_SWAPPED);
  g_signal_connect_object (root, "notify::focus-widget", G_CALLBACK (on_window_focus), widget, G_CONNECT_SWAPPED);
}

static void
ahoy_call_view_unroot (GtkWidget *widget)
{
  g_signal_handlers_disconnect_by_data (gtk_widget_get_root (widget), widget);

  GTK_WIDGET_CLASS (ahoy_call_view_parent_class)->unroot (widget);
}

static void
ahoy_call_view_dispose (GObject *object)
{
  AhoyCallView *self = AHOY_CALL_VIEW (object);

  g_clear_handle_id (&self->tick_id, g_source_remove);
  g_clear_handle_id (&self->close_id, g_source_remove);
  g_clear_handle_id (&self->resize_id, g_source_remove);
  ahoy_call_view_clear_input (self);
  ahoy_call_view_set_call (self, NULL);
  ahoy_call_view_set_engine (self, NULL);
  g_clear_object (&self->device_menus[AHOY_DEVICE_CAMERA]);
  g_clear_object (&self->device_menus[AHOY_DEVICE_MICROPHONE]);
  g_clear_object (&self->device_menus[AHOY_DEVICE_SPEAKER]);
  g_clear_pointer (&self->context_menu, gtk_widget_unparent);
  g_clear_pointer (&self->overlay, gtk_widget_unparent);

  G_OBJECT_CLASS (ahoy_call_view_parent_class)->dispose (object);
}

static void
ahoy_call_view_finalize (GObject *object)
{
  AhoyCallView *self = AHOY_CALL_VIEW (object);

  g_free (self->spoken);
  g_free (self->event_text);
  g_clear_object (&self->effects_menu);
  g_free (self->camera_problem);
  g_free (self->microphone_problem);

  G_OBJECT_CLASS (ahoy_call_view_parent_class)->finalize (object);
}

static AhoyDeviceKind
device_kind (guint prop_id)
{
  if (prop_id == PROP_CAMERA)
    return AHOY_DEVICE_CAMERA;
  return prop_id == PROP_MICROPHONE ? AHOY_DEVICE_MICROPHONE : AHOY_DEVICE_SPEAKER;
}

/* "" is automatic: the state of an action cannot be nothing. */
static const char *
get_device (AhoyCallView *self,
            guint         prop_id)
{
  const char *id = self->devices ? ahoy_devices_get_selected (self->devices, device_kind (prop_id)) : NULL;

  return id ? id : "";
}

static void
choose_device (AhoyCallView *self,
               guint         prop_id,
               const char   *id)
{
  if (self->devices)
    ahoy_devices_select (self->devices, device_kind (prop_id), id && *id ? id : NULL);
}

static void
on_device_chosen (AhoyCallView *self)
{
  guint id;

  for (id = PROP_CAMERA; id <= PROP_SPEAKER; id++)
    g_object_notify_by_pspec (G_OBJECT (self), properties[id]);
}

static void
set_devices (AhoyCallView *self,
             AhoyDevices  *devices)
{
  if (self->devices)
    g_signal_handlers_disconnect_by_func (self->devices, on_device_chosen, self);
  ahoy_call_view_set_devices (self, devices);
  if (devices)
    {
      g_signal_connect_swapped (devices, "notify::camera", G_CALLBACK (on_device_chosen), self);
      g_signal_connect_swapped (devices, "notify::microphone", G_CALLBACK (on_device_chosen), self);
      g_signal_connect_swapped (devices, "notify::speaker", G_CALLBACK (on_device_chosen), self);
    }
  on_device_chosen (self);
}

static void
ahoy_call_view_get_property (GObject    *object,
                             guint       prop_id,
                             GValue     *value,
                             GParamSpec *pspec)
{
  AhoyCallView *self = AHOY_CALL_VIEW (object);

  switch (prop_id)
    {
    case PROP_CALL:
      g_value_set_object (value, self->call);
      break;
    case PROP_ENGINE:
      g_value_set_object (value, self->engine);
      break;
    case PROP_MUTED:
      g_value_set_boolean (value, self->call && !ahoy_call_get_microphone_on (self->call));
      break;
    case PROP_CAMERA_OFF:
      g_value_set_boolean (value, self->call && !ahoy_call_get_camera_on (self->call));
      break;
    case PROP_FILL:
      g_value_set_boolean (value, !self->contain);
      break;
    case PROP_MIRROR:
      g_value_set_boolean (value, !self->no_mirror);
      break;
    case PROP_SELF_VIEW:
      g_value_set_boolean (value, !self->no_self_view);
      break;
    case PROP_FULLSCREEN:
      g_value_set_boolean (value, self->is_fullscreen);
      break;
    case PROP_SINGLE_KEYS:
      g_value_set_boolean (value, !self->no_single_keys);
      break;
    case PROP_AUTO_CLOSE:
      g_value_set_boolean (value, !self->no_auto_close);
      break;
    case PROP_CAMERA:
    case PROP_MICROPHONE:
    case PROP_SPEAKER:
      g_value_set_string (value, get_device (self, prop_id));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
ahoy_call_view_set_property (GObject      *object,
                             guint         prop_id,
                             const GValue *value,
                             GParamSpec   *pspec)
{
  AhoyCallView *self = AHOY_CALL_VIEW (object);

  switch (prop_id)
    {
    case PROP_CALL:
      ahoy_call_view_set_call (self, g_value_get_object (value));
      return;
    case PROP_ENGINE:
      ahoy_call_view_set_engine (self, g_value_get_object (value));
      return;
    case PROP_MUTED:
      if (self->call)
        ahoy_call_set_microphone_on (self->call, !g_value_get_boolean (value));
      return;
    case PROP_CAMERA_OFF:
      if (self->call)
        ahoy_call_set_camera_on (self->call, !g_value_get_boolean (value));
      return;
    case PROP_FILL:
      self->contain = !g_value_get_boolean (value);
      break;
    case PROP_MIRROR:
      self->no_mirror = !g_value_get_boolean (value);
      break;
    case PROP_SELF_VIEW:
      self->no_self_view = !g_value_get_boolean (value);
      break;
    case PROP_FULLSCREEN:
      ahoy_call_view_set_fullscreen (self, g_value_get_boolean (value));
      return;
    case PROP_SINGLE_KEYS:
      self->no_single_keys = !g_value_get_boolean (value);
      ahoy_control_bar_set_single_keys (self->bar, !self->no_single_keys);
      break;
    case PROP_AUTO_CLOSE:
      self->no_auto_close = !g_value_get_boolean (value);
      break;
    case PROP_CAMERA:
    case PROP_MICROPHONE:
    case PROP_SPEAKER:
      choose_device (self, prop_id, g_value_get_string (value));
      return;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
      return;
    }
  g_object_notify_by_pspec (object, pspec);
  ahoy_call_view_update (self);
}

static void
install_properties (GObjectClass *object_class)
{
  const GParamFlags rw = G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY;

  properties[PROP_CALL] = g_param_spec_object ("call", NULL, NULL, AHOY_TYPE_CALL, rw);
  properties[PROP_ENGINE] = g_param_spec_object ("engine", NULL, NULL, AHOY_TYPE_ENGINE, rw);
  properties[PROP_MUTED] = g_param_spec_boolean ("muted", NULL, NULL, FALSE, rw);
  properties[PROP_CAMERA_OFF] = g_param_spec_boolean ("camera-off", NULL, NULL, FALSE, rw);
  properties[PROP_FILL] = g_param_spec_boolean ("fill", NULL, NULL, TRUE, rw);
  properties[PROP_MIRROR] = g_param_spec_boolean ("mirror", NULL, NULL, TRUE, rw);
  properties[PROP_SELF_VIEW] = g_param_spec_boolean ("self-view", NULL, NULL, TRUE, rw);
  properties[PROP_FULLSCREEN] = g_param_spec_boolean ("fullscreen", NULL, NULL, FALSE, rw);
  properties[PROP_SINGLE_KEYS] = g_param_spec_boolean ("single-keys", NULL, NULL, TRUE, rw);
  properties[PROP_AUTO_CLOSE] = g_param_spec_boolean ("auto-close", NULL, NULL, TRUE, rw);
  properties[PROP_CAMERA] = g_param_spec_string ("camera", NULL, NULL, NULL, rw);
  properties[PROP_MICROPHONE] = g_param_spec_string ("microphone", NULL, NULL, NULL, rw);
  properties[PROP_SPEAKER] = g_param_spec_string ("speaker", NULL, NULL, NULL, rw);
  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
bind_template (GtkWidgetClass *widget_class)
{
  gtk_widget_class_set_template_from_resource (widget_class, AHOY_UI_RESOURCE_BASE "/ahoy-call-view.ui");
  gtk_widget_class_bind_template_child (widget_class, AhoyCallView, overlay);
  gtk_widget_class_bind_template_child (widget_class, AhoyCallView, pair);
  gtk_widget_class_bind_template_child (widget_class, AhoyCallView, show_self_button);
  gtk_widget_class_bind_template_child (widget_class, AhoyCallView, header_revealer);
  gtk_widget_class_bind_template_child (widget_class, AhoyCallView, header);
  gtk_widget_class_bind_template_child (widget_class, AhoyCallView, title_box);
  gtk_widget_class_bind_template_child (widget_class, AhoyCallView, title_label);
  gtk_widget_class_bind_template_child (widget_class, AhoyCallView, title_muted);
  gtk_widget_class_bind_template_child (widget_class, AhoyCallView, timer_label);
  gtk_widget_class_bind_template_child (widget_class, AhoyCallView, fullscreen_button);
  gtk_widget_class_bind_template_child (widget_class, AhoyCallView, hint_revealer);
  gtk_widget_class_bind_template_child (widget_class, AhoyCallView, hint_image);
  gtk_widget_class_bind_template_child (widget_class, AhoyCallView, hint_label);
  gtk_widget_class_bind_template_child (widget_class, AhoyCallView, bar_revealer);
  gtk_widget_class_bind_template_child (widget_class, AhoyCallView, bar);
  gtk_widget_class_bind_template_child (widget_class, AhoyCallView, ended_revealer);
  gtk_widget_class_bind_template_child (widget_class, AhoyCallView, again_button);
  gtk_widget_class_bind_template_child (widget_class, AhoyCallView, close_button);
  gtk_widget_class_bind_template_child (widget_class, AhoyCallView, menu);
  gtk_widget_class_bind_template_child (widget_class, AhoyCallView, context_menu);
  gtk_widget_class_bind_template_child (widget_class, AhoyCallView, alert);
}

static void
ahoy_call_view_class_init (AhoyCallViewClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  ahoy_ui_ensure_init ();
  g_type_ensure (AHOY_TYPE_PROMPT_BUTTON);
  g_type_ensure (AHOY_TYPE_CONTROL_BAR);
  g_type_ensure (AHOY_TYPE_PAIR_STAGE);
  object_class->dispose = ahoy_call_view_dispose;
  object_class->finalize = ahoy_call_view_finalize;
  object_class->get_property = ahoy_call_view_get_property;
  object_class->set_property = ahoy_call_view_set_property;
  widget_class->size_allocate = ahoy_call_view_size_allocate;
  widget_class->measure = ahoy_call_view_measure;
  widget_class->map = ahoy_call_view_map;
  widget_class->root = ahoy_call_view_root;
  widget_class->unroot = ahoy_call_view_unroot;
  install_properties (object_class);

  signals[SIGNAL_CALL_AGAIN] = g_signal_new ("call-again", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                                             NULL, NULL, G_TYPE_NONE, 0);
  signals[SIGNAL_CLOSE] = g_signal_new ("close", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                        G_TYPE_NONE, 0);

  gtk_widget_class_set_css_name (widget_class, "ahoycall");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);
  ahoy_call_view_install_actions (widget_class);
  ahoy_call_view_install_keys (widget_class);
  bind_template (widget_class);
}

static void
ahoy_call_view_init (AhoyCallView *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  gtk_widget_set_layout_manager (GTK_WIDGET (self), NULL);
  ahoy_ui_ensure_style (GTK_WIDGET (self));
  ahoy_call_view_init_devices (self);
  ahoy_call_view_init_effects (self);
  ahoy_control_bar_set_menu (self->bar, G_MENU_MODEL (self->menu));
  g_signal_connect_swapped (self->pair, "changed", G_CALLBACK (ahoy_call_view_update), self);
  ahoy_call_view_init_input (self);
}

GtkWidget *
ahoy_call_view_new (AhoyCall   *call,
                    AhoyEngine *engine)
{
  return g_object_new (AHOY_TYPE_CALL_VIEW, "engine", engine, "call", call, NULL);
}

AhoyCall *
ahoy_call_view_get_call (AhoyCallView *self)
{
  g_return_val_if_fail (AHOY_IS_CALL_VIEW (self), NULL);

  return self->call;
}

static void
forget_call (AhoyCallView *self)
{
  ahoy_call_view_set_peer (self, NULL);
  if (self->call)
    {
      g_signal_handlers_disconnect_by_data (ahoy_call_get_participants (self->call), self);
      g_signal_handlers_disconnect_by_data (self->call, self);
    }
  g_clear_object (&self->call);
  g_clear_handle_id (&self->close_id, g_source_remove);
  g_clear_handle_id (&self->tick_id, g_source_remove);
  g_clear_pointer (&self->event_text, g_free);
  g_clear_pointer (&self->spoken, g_free);
  self->was_active = self->has_said_muted = FALSE;
  self->their_microphone_off = self->their_camera_on = FALSE;
}

void
ahoy_call_view_set_call (AhoyCallView *self,
                         AhoyCall     *call)
{
  g_return_if_fail (AHOY_IS_CALL_VIEW (self));
  g_return_if_fail (!call || AHOY_IS_CALL (call));

  if (self->call == call)
    return;
  forget_call (self);
  ahoy_pair_stage_set_call (self->pair, call);
  if (call)
    {
      self->call = g_object_ref (call);
      g_signal_connect_swapped (call, "notify::state", G_CALLBACK (ahoy_call_view_update), self);
      g_signal_connect_swapped (call, "notify::duration", G_CALLBACK (ahoy_call_view_update), self);
      g_signal_connect_swapped (call, "notify::microphone-on", G_CALLBACK (on_call_microphone), self);
      g_signal_connect_swapped (call, "notify::camera-on", G_CALLBACK (on_call_camera), self);
      g_signal_connect_swapped (ahoy_call_get_participants (call), "items-changed",
                                G_CALLBACK (ahoy_call_view_update), self);
      ahoy_call_view_enter_state (self, ahoy_call_get_state (call));
      ahoy_call_view_update (self);
    }
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_CALL]);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_MUTED]);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_CAMERA_OFF]);
}

AhoyEngine *
ahoy_call_view_get_engine (AhoyCallView *self)
{
  g_return_val_if_fail (AHOY_IS_CALL_VIEW (self), NULL);

  return self->engine;
}

void
ahoy_call_view_set_engine (AhoyCallView *self,
                           AhoyEngine   *engine)
{
  g_return_if_fail (AHOY_IS_CALL_VIEW (self));
  g_return_if_fail (!engine || AHOY_IS_ENGINE (engine));

  if (self->engine == engine)
    return;
  if (self->media)
    g_signal_handlers_disconnect_by_data (self->media, self);
  if (self->engine)
    g_signal_handlers_disconnect_by_data (self->engine, self);
  g_set_object (&self->engine, engine);
  g_clear_object (&self->media);
  if (engine)
    self->media = g_object_ref (ahoy_engine_get_media (engine));
  if (self->media)
    {
      g_signal_connect_swapped (self->media, "notify::input-level", G_CALLBACK (ahoy_call_view_on_media_level), self);
      g_signal_connect_swapped (self->media, "problem", G_CALLBACK (ahoy_call_view_on_media_problem), self);
      g_signal_connect_swapped (self->media, "problem-solved", G_CALLBACK (ahoy_call_view_on_media_solved), self);
    }
  set_devices (self, engine ? ahoy_engine_get_devices (engine) : NULL);
  ahoy_call_view_set_effects (self, engine ? ahoy_engine_get_video_settings (engine) : NULL);
  if (self->engine)
    g_signal_connect_swapped (self->engine, "notify::state", G_CALLBACK (ahoy_call_view_update), self);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_ENGINE]);
  ahoy_call_view_update (self);
}

void
ahoy_call_view_set_fullscreen (AhoyCallView *self,
                               gboolean      fullscreen)
{
  GtkRoot *root;

  g_return_if_fail (AHOY_IS_CALL_VIEW (self));

  root = gtk_widget_get_root (GTK_WIDGET (self));
  if (!GTK_IS_WINDOW (root) || self->is_fullscreen == !!fullscreen)
    return;
  if (fullscreen)
    gtk_window_fullscreen (GTK_WINDOW (root));
  else
    gtk_window_unfullscreen (GTK_WINDOW (root));
}

gboolean
ahoy_call_view_get_fullscreen (AhoyCallView *self)
{
  g_return_val_if_fail (AHOY_IS_CALL_VIEW (self), FALSE);

  return self->is_fullscreen;
}
