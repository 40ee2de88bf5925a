/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "ahoy-announce.h"
#include "ahoy-call-view-private.h"
#include "ahoy-prompt-button.h"
#include "ahoy-ui-private.h"
#include "ahoy-words.h"

#include <glib/gi18n-lib.h>

#define NARROW 600
#define WIDE 900
#define SHORT 420
#define HYSTERESIS 16
#define CLOSE_OWN_MS 1000
#define CLOSE_MS 6000

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

static gboolean
on_close_due (gpointer data)
{
  AhoyCallView *self = data;
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));
  GtkWidget *focus = root ? gtk_root_get_focus (root) : NULL;

  /* Whoever points at the buttons or has gone to them is still deciding. */
  if (!self->was_own_end &&
      (self->pointer_over_end || focus == self->again_button || focus == self->close_button))
    return G_SOURCE_CONTINUE;
  self->close_id = 0;
  g_signal_emit (self, signals[SIGNAL_CLOSE], 0);
  return G_SOURCE_REMOVE;
}

static void
schedule_close (AhoyCallView *self)
{
  AhoyUser *by = ahoy_call_get_ended_by (self->call);

  if (self->close_id || self->no_auto_close)
    return;
  self->was_own_end = ahoy_call_get_end_reason (self->call) == AHOY_END_REASON_HANG_UP &&
                      by != ahoy_call_view_get_user (self);
  self->close_id = g_timeout_add (self->was_own_end ? CLOSE_OWN_MS : CLOSE_MS, on_close_due, self);
}

/* A hand that moves means somebody reads: the clock of the last page starts again. */
void
ahoy_call_view_delay_close (AhoyCallView *self)
{
  if (!self->close_id || self->was_own_end)
    return;
  g_clear_handle_id (&self->close_id, g_source_remove);
  self->close_id = g_timeout_add (CLOSE_MS, on_close_due, self);
}

static void
announce_state (AhoyCallView *self)
{
  g_autofree char *text = NULL;

  switch (self->state)
    {
    case AHOY_CALL_CALLING:
      text = ahoy_words_window_title (self->call);
      ahoy_announce (self->alert, text, FALSE);
      break;
    case AHOY_CALL_ENDED:
      text = ahoy_words_call_ended (self->call);
      ahoy_announce (self->alert, text, TRUE);
      break;
    case AHOY_CALL_RECONNECTING:
      ahoy_announce (self->alert, ahoy_words_state (self->state), TRUE);
      break;
    case AHOY_CALL_RINGING:
    case AHOY_CALL_ACTIVE:
      ahoy_announce (self->alert, ahoy_words_state (self->state), FALSE);
      break;
    case AHOY_CALL_INCOMING:
    case AHOY_CALL_CONNECTING:
    default:
      break;
    }
}

static void
enter_state (AhoyCallView  *self,
             AhoyCallState  state)
{
  AhoyCallState before = self->state;

  self->state = state;
  self->state_since = g_get_monotonic_time ();
  self->keep_trying_since = 0;
  announce_state (self);
  if (before == AHOY_CALL_RECONNECTING && state == AHOY_CALL_ACTIVE)
    ahoy_call_view_tell (self, AHOY_HINT_BACK_ONLINE, NULL);
  if (state == AHOY_CALL_ACTIVE)
    self->was_active = TRUE;
  if (state == AHOY_CALL_ENDED)
    schedule_close (self);
}

/* What the other person switched is told once, when it happens during the call. */
static void
follow_peer (AhoyCallView *self)
{
  gboolean microphone_off, camera_on;
  gboolean is_active = self->state == AHOY_CALL_ACTIVE && self->was_active;

  if (!self->peer || ahoy_participant_get_status (self->peer) != AHOY_PARTICIPANT_ACCEPTED)
    return;
  microphone_off = !ahoy_participant_get_microphone_on (self->peer);
  camera_on = ahoy_participant_get_camera_on (self->peer);
  if (is_active && microphone_off && !self->their_microphone_off)
    ahoy_call_view_tell (self, AHOY_HINT_THEIR_MICROPHONE, NULL);
  if (is_active && camera_on && !self->their_camera_on && ahoy_call_get_media (self->call) == AHOY_CALL_MEDIA_AUDIO)
    ahoy_call_view_tell (self, AHOY_HINT_THEIR_CAMERA_ON, NULL);
  self->their_microphone_off = microphone_off;
  self->their_camera_on = camera_on;
}

static gboolean
on_second (gpointer data)
{
  AhoyCallView *self = data;

  ahoy_call_view_update (self);
  return G_SOURCE_CONTINUE;
}

static void
update_clock (AhoyCallView *self)
{
  gboolean is_needed = self->call && self->state != AHOY_CALL_ENDED;

  if (is_needed && !self->tick_id)
    self->tick_id = g_timeout_add (500, on_second, self);
  else if (!is_needed)
    g_clear_handle_id (&self->tick_id, g_source_remove);
}

static void
set_peer (AhoyCallView    *self,
          AhoyParticipant *peer)
{
  AhoyUser *user;

  if (self->peer == peer)
    return;
  if (self->peer)
    {
      g_signal_handlers_disconnect_by_data (self->peer, self);
      user = ahoy_participant_get_user (self->peer);
      if (user)
        g_signal_handlers_disconnect_by_data (user, self);
    }
  g_set_object (&self->peer, peer);
  if (!peer)
    return;
  g_signal_connect_swapped (peer, "notify", G_CALLBACK (ahoy_call_view_update), self);
  user = ahoy_participant_get_user (peer);
  if (user)
    g_signal_connect_swapped (user, "notify::display-name", G_CALLBACK (ahoy_call_view_update), self);
}

void
ahoy_call_view_update (AhoyCallView *self)
{
  if (!self->call || !self->overlay)
    return;

  set_peer (self, ahoy_call_get_peer (self->call));
  if (self->state != ahoy_call_get_state (self->call))
    enter_state (self, ahoy_call_get_state (self->call));
  follow_peer (self);
  ahoy_call_view_update_stage (self);
  ahoy_call_view_update_text (self);
  ahoy_call_view_update_hint (self);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "call.swap",
                                 self->is_picture_shown && ahoy_call_get_camera_on (self->call));
  ahoy_control_bar_set_microphone_problem (self->bar, self->microphone_problem);
  ahoy_control_bar_set_camera_problem (self->bar, self->camera_problem);
  ahoy_call_view_schedule_hide (self);
  update_clock (self);
}

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

static void
on_media_level (AhoyCallView *self)
{
  int level = 0;
  gboolean is_muted = self->call && !ahoy_call_get_microphone_on (self->call);

  g_object_get (self->media, "input-level", &level, NULL);
  ahoy_control_bar_set_level (self->bar, level);
  if (!is_muted || level < 20)
    self->talking_since = 0;
  else if (!self->talking_since)
    self->talking_since = g_get_monotonic_time ();
}

static gboolean
is_camera_code (int code)
{
  switch (code)
    {
    case AHOY_MEDIA_ERROR_CAMERA_FAILED:
    case AHOY_MEDIA_ERROR_CAMERA_NOT_AUTHORIZED:
    case AHOY_MEDIA_ERROR_CAMERA_BUSY:
    case AHOY_MEDIA_ERROR_CAMERA_MISSING:
      return TRUE;
    default:
      return FALSE;
    }
}

static void
on_media_problem (AhoyCallView *self,
                  const GError *error)
{
  g_autofree char *title = ahoy_words_error (error);
  g_autofree char *hint = ahoy_words_error_hint (error);
  g_autofree char *both = hint ? g_strdup_printf ("%s\n%s", title, hint) : g_strdup (title);
  char **slot = is_camera_code (error->code) ? &self->camera_problem : &self->microphone_problem;

  g_free (*slot);
  *slot = g_steal_pointer (&title);
  ahoy_call_view_tell (self, AHOY_HINT_NO_SERVICE, both);
  ahoy_call_view_update (self);
}

static void
on_media_solved (AhoyCallView *self,
                 int           code)
{
  g_clear_pointer (is_camera_code (code) ? &self->camera_problem : &self->microphone_problem, g_free);
  ahoy_call_view_update (self);
}

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
  g_signal_emit (self, signals[SIGNAL_CALL_AGAIN], 0);
}

static void
on_close (GtkWidget  *widget,
          const char *action,
          GVariant   *parameter)
{
  AhoyCallView *self = AHOY_CALL_VIEW (widget);

  g_clear_handle_id (&self->close_id, g_source_remove);
  g_signal_emit (self, signals[SIGNAL_CLOSE], 0);
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
  AhoyCallView *self = AHOY_CALL_VIEW (widget);

  self->is_swapped = !self->is_swapped;
  ahoy_call_view_update (self);
}

static void
on_small_clicked (AhoyCallView *self)
{
  on_swap (GTK_WIDGET (self), NULL, NULL);
}

static gboolean
on_child_position (AhoyCallView *self,
                   GtkWidget    *child,
                   GdkRectangle *at)
{
  AhoyStageRect place;

  if (child != GTK_WIDGET (self->small_view))
    return FALSE;
  place = ahoy_self_view_get_place (self->small_view, self->width, self->height);
  at->x = place.x;
  at->y = place.y;
  at->width = MAX (place.width, 1);
  at->height = MAX (place.height, 1);
  return TRUE;
}

static void
set_class (GtkWidget  *widget,
           const char *name,
           gboolean    on)
{
  if (on)
    gtk_widget_add_css_class (widget, name);
  else
    gtk_widget_remove_css_class (widget, name);
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
  set_class (widget, "narrow", is_narrow);
  set_class (widget, "medium", !is_narrow && !is_wide);
  set_class (widget, "wide", is_wide);
  set_class (widget, "short", is_short);
  ahoy_call_view_update_stage (self);
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
stop_animation (AdwAnimation **animation)
{
  if (*animation)
    adw_animation_pause (*animation);
  g_clear_object (animation);
}

static void
ahoy_call_view_dispose (GObject *object)
{
  AhoyCallView *self = AHOY_CALL_VIEW (object);

  g_clear_handle_id (&self->tick_id, g_source_remove);
  g_clear_handle_id (&self->close_id, g_source_remove);
  g_clear_handle_id (&self->resize_id, g_source_remove);
  ahoy_call_view_clear_input (self);
  stop_animation (&self->fade);
  stop_animation (&self->dimming);
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
  gtk_widget_class_bind_template_child (widget_class, AhoyCallView, backdrop);
  gtk_widget_class_bind_template_child (widget_class, AhoyCallView, preview_view);
  gtk_widget_class_bind_template_child (widget_class, AhoyCallView, shade);
  gtk_widget_class_bind_template_child (widget_class, AhoyCallView, large_view);
  gtk_widget_class_bind_template_child (widget_class, AhoyCallView, person_revealer);
  gtk_widget_class_bind_template_child (widget_class, AhoyCallView, person_box);
  gtk_widget_class_bind_template_child (widget_class, AhoyCallView, halo);
  gtk_widget_class_bind_template_child (widget_class, AhoyCallView, name_label);
  gtk_widget_class_bind_template_child (widget_class, AhoyCallView, person_muted);
  gtk_widget_class_bind_template_child (widget_class, AhoyCallView, status_label);
  gtk_widget_class_bind_template_child (widget_class, AhoyCallView, detail_label);
  gtk_widget_class_bind_template_child (widget_class, AhoyCallView, trouble_revealer);
  gtk_widget_class_bind_template_child (widget_class, AhoyCallView, trouble_box);
  gtk_widget_class_bind_template_child (widget_class, AhoyCallView, trouble_spinner);
  gtk_widget_class_bind_template_child (widget_class, AhoyCallView, trouble_label);
  gtk_widget_class_bind_template_child (widget_class, AhoyCallView, trouble_buttons);
  gtk_widget_class_bind_template_child (widget_class, AhoyCallView, small_view);
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
  g_type_ensure (AHOY_TYPE_HALO);
  g_type_ensure (AHOY_TYPE_SELF_VIEW);
  g_type_ensure (AHOY_TYPE_VIDEO_VIEW);
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
  ahoy_control_bar_set_menu (self->bar, G_MENU_MODEL (self->menu));
  g_signal_connect_swapped (self->overlay, "get-child-position", G_CALLBACK (on_child_position), self);
  g_signal_connect_swapped (self->small_view, "clicked", G_CALLBACK (on_small_clicked), self);
  g_signal_connect_swapped (self->large_view, "notify::has-picture", G_CALLBACK (ahoy_call_view_update), self);
  g_signal_connect_swapped (self->preview_view, "notify::has-picture", G_CALLBACK (ahoy_call_view_update), self);
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
  set_peer (self, NULL);
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
  self->was_active = self->is_swapped = self->has_said_muted = FALSE;
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
  if (call)
    {
      self->call = g_object_ref (call);
      g_signal_connect_swapped (call, "notify::state", G_CALLBACK (ahoy_call_view_update), self);
      g_signal_connect_swapped (call, "notify::duration", G_CALLBACK (ahoy_call_view_update), self);
      g_signal_connect_swapped (call, "notify::microphone-on", G_CALLBACK (on_call_microphone), self);
      g_signal_connect_swapped (call, "notify::camera-on", G_CALLBACK (on_call_camera), self);
      g_signal_connect_swapped (ahoy_call_get_participants (call), "items-changed",
                                G_CALLBACK (ahoy_call_view_update), self);
      enter_state (self, ahoy_call_get_state (call));
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
      g_signal_connect_swapped (self->media, "notify::input-level", G_CALLBACK (on_media_level), self);
      g_signal_connect_swapped (self->media, "problem", G_CALLBACK (on_media_problem), self);
      g_signal_connect_swapped (self->media, "problem-solved", G_CALLBACK (on_media_solved), self);
    }
  set_devices (self, engine ? ahoy_engine_get_devices (engine) : NULL);
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
