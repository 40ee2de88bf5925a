/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "ahoy-call-view.h"
#include "ahoy-control-bar.h"
#include "ahoy-hint.h"
#include "ahoy-pair-stage.h"

#include <adwaita.h>

G_BEGIN_DECLS

struct _AhoyCallView
{
  GtkWidget parent_instance;

  /* From the template. */
  GtkWidget *overlay;
  AhoyPairStage *pair;
  GtkWidget *show_self_button;
  GtkRevealer *header_revealer;
  GtkWidget *header;
  GtkWidget *title_box;
  GtkLabel *title_label;
  GtkWidget *title_muted;
  GtkLabel *timer_label;
  GtkWidget *fullscreen_button;
  GtkRevealer *hint_revealer;
  GtkImage *hint_image;
  GtkLabel *hint_label;
  GtkRevealer *bar_revealer;
  AhoyControlBar *bar;
  GtkRevealer *ended_revealer;
  GtkWidget *again_button;
  GtkWidget *close_button;
  GMenu *menu;
  GMenu *device_menus[3];      /* (owned), by AhoyDeviceKind */
  GtkWidget *context_menu;
  GtkLabel *alert;             /* unseen: for the screen reader */

  GMenu *effects_menu;     /* (owned) */
  AhoyCall *call;          /* (owned) (nullable) */
  AhoyEngine *engine;      /* (owned) (nullable) */
  AhoyMedia *media;        /* (owned) (nullable), of @engine */
  AhoyDevices *devices;    /* (owned) (nullable), of @engine */
  AhoyParticipant *peer;   /* (owned) (nullable), of @call */

  char *spoken;            /* (owned) (nullable): what the call is called */
  char *event_text;        /* (owned) (nullable): told for three seconds */
  AhoyHint event_hint;
  gint64 event_until;
  char *camera_problem;    /* (owned) (nullable) */
  char *microphone_problem; /* (owned) (nullable) */
  AhoySlowFact weak_theirs;
  AhoySlowFact no_service;
  gint64 state_since;      /* monotonic µs */
  gint64 talking_since;    /* while muted; 0 when not */
  gint64 keep_trying_since;
  AhoyCallState state;     /* as last shown */
  int width, height;

  guint tick_id;           /* each second, while something depends on time */
  guint hide_id;           /* for the bars */
  guint close_id;          /* of the page of the end */
  guint resize_id;
  double pointer_x, pointer_y;

  guint bars_hidden : 1;
  guint contain : 1;
  guint no_mirror : 1;
  guint no_self_view : 1;
  guint is_fullscreen : 1;
  guint no_single_keys : 1;
  guint no_auto_close : 1;
  guint was_active : 1;
  guint has_said_muted : 1;
  guint is_picture_shown : 1;
  guint their_microphone_off : 1;
  guint their_camera_on : 1;
  guint pointer_over_bar : 1;
  guint pointer_over_end : 1;
  guint was_own_end : 1;
  guint is_push_talking : 1;
};

/* ahoy-call-view-state.c */
void        ahoy_call_view_update           (AhoyCallView    *self);
void        ahoy_call_view_enter_state      (AhoyCallView    *self,
                                             AhoyCallState    state);
void        ahoy_call_view_set_peer         (AhoyCallView    *self,
                                             AhoyParticipant *peer);
void        ahoy_call_view_delay_close      (AhoyCallView    *self);
gboolean    ahoy_call_view_is_long_trouble  (AhoyCallView    *self);
/* ahoy-call-view-actions.c */
void        ahoy_call_view_install_actions  (GtkWidgetClass  *widget_class);
/* ahoy-call-view-input.c */
void        ahoy_call_view_install_keys     (GtkWidgetClass  *widget_class);
void        ahoy_call_view_init_input       (AhoyCallView    *self);
void        ahoy_call_view_schedule_hide    (AhoyCallView    *self);
void        ahoy_call_view_clear_input      (AhoyCallView    *self);
gboolean    ahoy_call_view_may_hide         (AhoyCallView    *self);
/* ahoy-call-view-devices.c */
void        ahoy_call_view_init_devices     (AhoyCallView    *self);
void        ahoy_call_view_set_devices      (AhoyCallView    *self,
                                             AhoyDevices     *devices);
/* ahoy-call-view-effects.c */
void        ahoy_call_view_init_effects     (AhoyCallView    *self);
void        ahoy_call_view_set_effects      (AhoyCallView    *self,
                                             AhoyVideoSettings *settings);
/* ahoy-call-view-hints.c */
void        ahoy_call_view_update_hint      (AhoyCallView    *self);
void        ahoy_call_view_tell             (AhoyCallView    *self,
                                             AhoyHint         hint,
                                             const char      *text);
void        ahoy_call_view_on_media_level   (AhoyCallView    *self);
void        ahoy_call_view_on_media_problem (AhoyCallView    *self,
                                             const GError    *error);
void        ahoy_call_view_on_media_solved  (AhoyCallView    *self,
                                             int              code);
/* ahoy-call-view-text.c */
void        ahoy_call_view_update_text      (AhoyCallView    *self);
AhoyUser   *ahoy_call_view_get_user         (AhoyCallView    *self);
const char *ahoy_call_view_get_user_name    (AhoyCallView    *self);

static inline gboolean
ahoy_call_view_is_connected (AhoyCallView *self)
{
  return self->state == AHOY_CALL_ACTIVE || self->state == AHOY_CALL_RECONNECTING;
}

static inline gboolean
ahoy_call_view_is_dialling (AhoyCallView *self)
{
  return self->state == AHOY_CALL_CALLING || self->state == AHOY_CALL_RINGING;
}

G_END_DECLS
