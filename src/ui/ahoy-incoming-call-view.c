/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "ahoy-announce.h"
#include "ahoy-halo.h"
#include "ahoy-incoming-call-view.h"
#include "ahoy-prompt-button.h"
#include "ahoy-ui-private.h"
#include "ahoy-video-view.h"
#include "ahoy-words.h"

#include <adwaita.h>
#include <glib/gi18n-lib.h>

#define SAFETY_MS 600

struct _AhoyIncomingCallView
{
  GtkWidget parent_instance;

  GtkWidget *box;
  GtkLabel *kind_label;
  GtkWidget *silence_button;
  AhoyHalo *halo;
  GtkLabel *name_label;
  GtkLabel *state_label;
  GtkLabel *detail_label;
  GtkWidget *preview_box;
  AhoyVideoView *preview;
  GtkWidget *buttons;
  GtkWidget *audio_box;
  GtkLabel *alert;

  AhoyCall *call; /* (owned) (nullable) */
  guint arm_id;
  guint is_armed : 1;
  guint is_silenced : 1;
  guint show_preview : 1;
  guint has_announced : 1;
};

G_DEFINE_FINAL_TYPE (AhoyIncomingCallView, ahoy_incoming_call_view, GTK_TYPE_WIDGET)

enum
{
  PROP_CALL = 1,
  PROP_SHOW_PREVIEW,
  PROP_SILENCED,
  N_PROPS
};

enum
{
  SIGNAL_ANSWERED,
  SIGNAL_DECLINED,
  SIGNAL_SILENCED,
  N_SIGNALS
};

static GParamSpec *properties[N_PROPS];
static guint signals[N_SIGNALS];

static void
set_tint (AhoyIncomingCallView *self,
          AhoyUser             *user)
{
  g_autofree char *color = g_strdup_printf ("color%u",
                                            ahoy_avatar_color_for_id (user ? ahoy_user_get_id (user) : NULL));
  const char *classes[] = { "tint", color, NULL };

  gtk_widget_set_css_classes (self->box, (const char **) classes);
}

static void
update (AhoyIncomingCallView *self)
{
  AhoyUser *user;
  gboolean is_video, is_over;
  const char *name;
  g_autofree char *ended = NULL;

  if (!self->call || !self->box)
    return;

  user = ahoy_call_get_inviter (self->call);
  name = user ? ahoy_user_get_display_name (user) : "";
  is_video = ahoy_call_get_media (self->call) == AHOY_CALL_MEDIA_VIDEO;
  is_over = ahoy_call_get_state (self->call) == AHOY_CALL_ENDED;
  if (is_over)
    ended = ahoy_words_call_ended (self->call);

  set_tint (self, user);
  ahoy_avatar_set_user (ahoy_halo_get_avatar (self->halo), user);
  ahoy_halo_set_ringing (self->halo, !self->is_silenced && !is_over);
  gtk_label_set_label (self->kind_label, ahoy_words_call_kind (ahoy_call_get_media (self->call)));
  gtk_label_set_label (self->name_label, name);
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->name_label), name);
  gtk_label_set_label (self->state_label, is_over ? ended : self->is_silenced ? _("Silenced") : ahoy_words_state (AHOY_CALL_INCOMING));
  gtk_label_set_label (self->detail_label,
                       user && !ahoy_user_get_is_contact (user) ? _("Not in your contacts") : " ");
  gtk_widget_set_visible (self->audio_box, is_video);
  gtk_widget_set_sensitive (self->silence_button, !self->is_silenced && !is_over);
  gtk_widget_set_sensitive (self->buttons, !is_over);
  gtk_widget_set_visible (self->preview_box, is_video && self->show_preview && !is_over);
  ahoy_video_view_set_track (self->preview, is_video && self->show_preview && !is_over
                                                ? ahoy_call_get_self_view (self->call)
                                                : NULL);
}

static void
set_armed (AhoyIncomingCallView *self,
           gboolean              armed)
{
  self->is_armed = armed;
  /* The buttons follow their actions, so that assistive technology knows as well. */
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "incoming.answer", armed);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "incoming.answer-without-camera", armed);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "incoming.decline", armed);
}

static gboolean
on_armed (gpointer data)
{
  AhoyIncomingCallView *self = data;

  self->arm_id = 0;
  set_armed (self, TRUE);
  return G_SOURCE_REMOVE;
}

static void
disarm (AhoyIncomingCallView *self)
{
  set_armed (self, FALSE);
  g_clear_handle_id (&self->arm_id, g_source_remove);
  self->arm_id = g_timeout_add (SAFETY_MS, on_armed, self);
}

static gboolean
may_act (AhoyIncomingCallView *self)
{
  return self->is_armed && self->call && ahoy_call_get_state (self->call) == AHOY_CALL_INCOMING;
}

static void
answer (AhoyIncomingCallView *self,
        gboolean              with_camera)
{
  g_autoptr (AhoyIncomingCallView) keep = g_object_ref (self);

  if (!may_act (self))
    return;
  g_signal_emit (self, signals[SIGNAL_ANSWERED], 0, with_camera);
  ahoy_call_accept_async (self->call, with_camera, NULL, NULL, NULL);
}

static void
on_answer (GtkWidget  *widget,
           const char *action,
           GVariant   *parameter)
{
  AhoyIncomingCallView *self = AHOY_INCOMING_CALL_VIEW (widget);

  answer (self, self->call && ahoy_call_get_media (self->call) == AHOY_CALL_MEDIA_VIDEO);
}

static void
on_answer_without_camera (GtkWidget  *widget,
                          const char *action,
                          GVariant   *parameter)
{
  answer (AHOY_INCOMING_CALL_VIEW (widget), FALSE);
}

static void
on_decline (GtkWidget  *widget,
            const char *action,
            GVariant   *parameter)
{
  AhoyIncomingCallView *self = AHOY_INCOMING_CALL_VIEW (widget);
  g_autoptr (AhoyIncomingCallView) keep = g_object_ref (self);

  if (!may_act (self))
    return;
  g_signal_emit (self, signals[SIGNAL_DECLINED], 0);
  ahoy_call_reject_async (self->call, NULL, NULL, NULL);
}

static void
on_silence (GtkWidget  *widget,
            const char *action,
            GVariant   *parameter)
{
  ahoy_incoming_call_view_silence (AHOY_INCOMING_CALL_VIEW (widget));
}

static void
ahoy_incoming_call_view_map (GtkWidget *widget)
{
  AhoyIncomingCallView *self = AHOY_INCOMING_CALL_VIEW (widget);
  AhoyUser *user = self->call ? ahoy_call_get_inviter (self->call) : NULL;
  g_autofree char *words = NULL;

  GTK_WIDGET_CLASS (ahoy_incoming_call_view_parent_class)->map (widget);

  disarm (self);
  /* On the card itself: a button needs a deliberate Tab. */
  gtk_widget_grab_focus (widget);
  if (self->has_announced || !user)
    return;
  self->has_announced = TRUE;
  words = ahoy_words_incoming (ahoy_call_get_media (self->call), ahoy_user_get_display_name (user));
  ahoy_ui_set_accessible (widget, words, NULL);
  ahoy_announce (self->alert, words, TRUE);
}

static void
set_call (AhoyIncomingCallView *self,
          AhoyCall             *call)
{
  AhoyUser *user;

  if (self->call == call)
    return;
  if (self->call)
    {
      user = ahoy_call_get_inviter (self->call);
      g_signal_handlers_disconnect_by_data (self->call, self);
      if (user)
        g_signal_handlers_disconnect_by_data (user, self);
    }
  g_set_object (&self->call, call);
  if (!call)
    return;
  user = ahoy_call_get_inviter (call);
  g_signal_connect_swapped (call, "notify::state", G_CALLBACK (update), self);
  if (user)
    g_signal_connect_swapped (user, "notify", G_CALLBACK (update), self);
  update (self);
}

static void
ahoy_incoming_call_view_dispose (GObject *object)
{
  AhoyIncomingCallView *self = AHOY_INCOMING_CALL_VIEW (object);

  g_clear_handle_id (&self->arm_id, g_source_remove);
  set_call (self, NULL);
  g_clear_pointer (&self->box, gtk_widget_unparent);

  G_OBJECT_CLASS (ahoy_incoming_call_view_parent_class)->dispose (object);
}

static void
ahoy_incoming_call_view_get_property (GObject    *object,
                                      guint       prop_id,
                                      GValue     *value,
                                      GParamSpec *pspec)
{
  AhoyIncomingCallView *self = AHOY_INCOMING_CALL_VIEW (object);

  switch (prop_id)
    {
    case PROP_CALL:
      g_value_set_object (value, self->call);
      break;
    case PROP_SHOW_PREVIEW:
      g_value_set_boolean (value, self->show_preview);
      break;
    case PROP_SILENCED:
      g_value_set_boolean (value, self->is_silenced);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
ahoy_incoming_call_view_set_property (GObject      *object,
                                      guint         prop_id,
                                      const GValue *value,
                                      GParamSpec   *pspec)
{
  AhoyIncomingCallView *self = AHOY_INCOMING_CALL_VIEW (object);

  switch (prop_id)
    {
    case PROP_CALL:
      set_call (self, g_value_get_object (value));
      break;
    case PROP_SHOW_PREVIEW:
      self->show_preview = g_value_get_boolean (value);
      update (self);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
install_actions (GtkWidgetClass *widget_class)
{
  const GdkModifierType both = GDK_CONTROL_MASK | GDK_SHIFT_MASK;

  gtk_widget_class_install_action (widget_class, "incoming.answer", NULL, on_answer);
  gtk_widget_class_install_action (widget_class, "incoming.answer-without-camera", NULL, on_answer_without_camera);
  gtk_widget_class_install_action (widget_class, "incoming.decline", NULL, on_decline);
  gtk_widget_class_install_action (widget_class, "incoming.silence", NULL, on_silence);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_a, both, "incoming.answer", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_e, both, "incoming.answer-without-camera", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_x, both, "incoming.decline", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "incoming.silence", NULL);
}

static void
ahoy_incoming_call_view_class_init (AhoyIncomingCallViewClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  ahoy_ui_ensure_init ();
  g_type_ensure (AHOY_TYPE_PROMPT_BUTTON);
  g_type_ensure (AHOY_TYPE_HALO);
  g_type_ensure (AHOY_TYPE_VIDEO_VIEW);
  object_class->dispose = ahoy_incoming_call_view_dispose;
  object_class->get_property = ahoy_incoming_call_view_get_property;
  object_class->set_property = ahoy_incoming_call_view_set_property;
  widget_class->map = ahoy_incoming_call_view_map;

  properties[PROP_CALL] = g_param_spec_object ("call", NULL, NULL, AHOY_TYPE_CALL,
                                               G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS);
  properties[PROP_SHOW_PREVIEW] = g_param_spec_boolean ("show-preview", NULL, NULL, FALSE,
                                                        G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS);
  properties[PROP_SILENCED] = g_param_spec_boolean ("silenced", NULL, NULL, FALSE,
                                                    G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  signals[SIGNAL_ANSWERED] = g_signal_new ("answered", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                           NULL, G_TYPE_NONE, 1, G_TYPE_BOOLEAN);
  signals[SIGNAL_DECLINED] = g_signal_new ("declined", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                           NULL, G_TYPE_NONE, 0);
  signals[SIGNAL_SILENCED] = g_signal_new ("silenced", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                           NULL, G_TYPE_NONE, 0);

  gtk_widget_class_set_css_name (widget_class, "ahoyincoming");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);
  install_actions (widget_class);
  gtk_widget_class_set_template_from_resource (widget_class, AHOY_UI_RESOURCE_BASE "/ahoy-incoming-call-view.ui");
  gtk_widget_class_bind_template_child (widget_class, AhoyIncomingCallView, box);
  gtk_widget_class_bind_template_child (widget_class, AhoyIncomingCallView, kind_label);
  gtk_widget_class_bind_template_child (widget_class, AhoyIncomingCallView, silence_button);
  gtk_widget_class_bind_template_child (widget_class, AhoyIncomingCallView, halo);
  gtk_widget_class_bind_template_child (widget_class, AhoyIncomingCallView, name_label);
  gtk_widget_class_bind_template_child (widget_class, AhoyIncomingCallView, state_label);
  gtk_widget_class_bind_template_child (widget_class, AhoyIncomingCallView, detail_label);
  gtk_widget_class_bind_template_child (widget_class, AhoyIncomingCallView, preview_box);
  gtk_widget_class_bind_template_child (widget_class, AhoyIncomingCallView, preview);
  gtk_widget_class_bind_template_child (widget_class, AhoyIncomingCallView, buttons);
  gtk_widget_class_bind_template_child (widget_class, AhoyIncomingCallView, audio_box);
  gtk_widget_class_bind_template_child (widget_class, AhoyIncomingCallView, alert);
}

static void
ahoy_incoming_call_view_init (AhoyIncomingCallView *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  ahoy_ui_ensure_style (GTK_WIDGET (self));
}

GtkWidget *
ahoy_incoming_call_view_new (AhoyCall *call)
{
  return g_object_new (AHOY_TYPE_INCOMING_CALL_VIEW, "call", call, NULL);
}

AhoyCall *
ahoy_incoming_call_view_get_call (AhoyIncomingCallView *self)
{
  g_return_val_if_fail (AHOY_IS_INCOMING_CALL_VIEW (self), NULL);

  return self->call;
}

void
ahoy_incoming_call_view_silence (AhoyIncomingCallView *self)
{
  g_return_if_fail (AHOY_IS_INCOMING_CALL_VIEW (self));

  if (self->is_silenced)
    return;
  self->is_silenced = TRUE;
  update (self);
  ahoy_announce (self->alert, _("Silenced"), FALSE);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_SILENCED]);
  g_signal_emit (self, signals[SIGNAL_SILENCED], 0);
}

gboolean
ahoy_incoming_call_view_is_armed (AhoyIncomingCallView *self)
{
  g_return_val_if_fail (AHOY_IS_INCOMING_CALL_VIEW (self), FALSE);

  return self->is_armed;
}
