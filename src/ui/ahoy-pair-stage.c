/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "ahoy-pair-stage.h"
#include "ahoy-halo.h"
#include "ahoy-ui-private.h"
#include "ahoy-video-view.h"
#include "ahoy-words.h"

#include <adwaita.h>
#include <glib/gi18n-lib.h>

struct _AhoyPairStage
{
  GtkWidget parent_instance;

  /* From the template. */
  GtkWidget *overlay;
  GtkWidget *backdrop;
  AhoyVideoView *preview_view; /* own picture behind the name while it rings */
  GtkWidget *shade;
  AhoyVideoView *large_view;
  GtkRevealer *person_revealer;
  GtkWidget *person_box;
  AhoyHalo *halo;
  GtkLabel *name_label;
  GtkWidget *person_muted;
  GtkLabel *status_label;
  GtkLabel *detail_label;
  GtkRevealer *trouble_revealer;
  GtkWidget *trouble_box;
  GtkSpinner *trouble_spinner;
  GtkWidget *trouble_label;
  GtkWidget *trouble_detail;
  GtkWidget *trouble_buttons;
  AhoySelfView *small_view;

  AhoyCall *call;        /* (owned) (nullable) */
  AhoyUser *own_user;    /* (owned) (nullable) */
  AdwAnimation *fade;    /* (owned) (nullable), of the large view */
  AdwAnimation *dimming; /* (owned) (nullable) */
  char *spoken;          /* (owned) (nullable): what the large picture is called */
  guint is_swapped : 1;
  guint contain : 1;
  guint no_mirror : 1;
  guint no_self_view : 1;
  guint is_narrow : 1;
  guint is_short : 1;
  guint is_long_trouble : 1;
  guint has_picture : 1;
};

G_DEFINE_FINAL_TYPE (AhoyPairStage, ahoy_pair_stage, GTK_TYPE_WIDGET)

enum
{
  SIGNAL_CHANGED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

static AhoyParticipant *
get_peer (AhoyPairStage *self)
{
  return self->call ? ahoy_call_get_peer (self->call) : NULL;
}

static AhoyUser *
get_user (AhoyPairStage *self)
{
  AhoyParticipant *peer = get_peer (self);

  if (peer)
    return ahoy_participant_get_user (peer);
  return self->call ? ahoy_call_get_inviter (self->call) : NULL;
}

static AhoyCallState
get_state (AhoyPairStage *self)
{
  return self->call ? ahoy_call_get_state (self->call) : AHOY_CALL_ENDED;
}

static gboolean
is_connected (AhoyPairStage *self)
{
  return get_state (self) == AHOY_CALL_ACTIVE || get_state (self) == AHOY_CALL_RECONNECTING;
}

static gboolean
is_dialling (AhoyPairStage *self)
{
  return get_state (self) == AHOY_CALL_CALLING || get_state (self) == AHOY_CALL_RINGING;
}

static gboolean
is_their_microphone_off (AhoyPairStage *self)
{
  AhoyParticipant *peer = get_peer (self);

  return peer && ahoy_participant_get_status (peer) == AHOY_PARTICIPANT_ACCEPTED &&
         !ahoy_participant_get_microphone_on (peer);
}

static void
tell_changed (AhoyPairStage *self)
{
  g_signal_emit (self, signals[SIGNAL_CHANGED], 0);
}

/* Gradients under a picture cost more than the picture itself: they are not painted while it hides them. */
static void
update_cover (AhoyPairStage *self)
{
  ahoy_ui_set_class (GTK_WIDGET (self), "covered", ahoy_pair_stage_get_is_covered (self));
}

static void
on_fade_done (AhoyPairStage *self)
{
  g_clear_object (&self->fade);
  update_cover (self);
  /* Only now: the last picture stays while it fades away. */
  if (!self->has_picture)
    ahoy_video_view_set_track (self->large_view, NULL);
  tell_changed (self);
}

static void
animate (AhoyPairStage  *self,
         AdwAnimation  **slot,
         GtkWidget      *widget,
         const char     *property,
         double          to,
         guint           milliseconds,
         GCallback       done)
{
  double from = 0;

  g_object_get (widget, property, &from, NULL);
  if (*slot)
    adw_animation_pause (*slot);
  g_clear_object (slot);
  *slot = adw_timed_animation_new (widget, from, to, milliseconds,
                                   adw_property_animation_target_new (G_OBJECT (widget), property));
  if (done)
    g_signal_connect_swapped (*slot, "done", done, self);
  adw_animation_play (*slot);
}

/* The picture takes the place of the person, or gives it back. */
static void
show_picture (AhoyPairStage *self,
              gboolean       show)
{
  if (self->has_picture == !!show)
    return;
  self->has_picture = !!show;
  animate (self, &self->fade, GTK_WIDGET (self->large_view), "opacity", show ? 1 : 0, 350, G_CALLBACK (on_fade_done));
}

static void
dim_picture (AhoyPairStage *self,
             gboolean       dim)
{
  AdwAnimation *running = self->dimming;
  double to = dim ? 1 : 0;

  if (running && adw_timed_animation_get_value_to (ADW_TIMED_ANIMATION (running)) == to)
    return;
  if (!running && ahoy_video_view_get_dim (self->large_view) == to)
    return;
  animate (self, &self->dimming, GTK_WIDGET (self->large_view), "dim", to, dim ? 500 : 200, NULL);
}

static void
update_large_view (AhoyPairStage *self)
{
  AhoyParticipant *peer = get_peer (self);
  AhoyVideoTrack *own = self->call ? ahoy_call_get_self_view (self->call) : NULL;
  AhoyVideoTrack *theirs = peer ? ahoy_participant_get_video_track (peer) : NULL;
  gboolean own_on = self->call && ahoy_call_get_camera_on (self->call) && own;
  gboolean theirs_on = peer && ahoy_participant_get_camera_on (peer) && theirs;
  gboolean swapped = self->is_swapped && own_on;
  AhoyVideoTrack *large = NULL, *small = NULL;

  /* The track is followed from the accept on, so that its first picture is not missed; it is seen when that
   * has come. */
  if (is_connected (self) || get_state (self) == AHOY_CALL_CONNECTING)
    large = swapped ? own : theirs_on ? theirs : NULL;
  if (is_connected (self))
    small = swapped ? (theirs_on ? theirs : NULL) : own_on ? own : NULL;
  if (large)
    ahoy_video_view_set_track (self->large_view, large);
  ahoy_video_view_set_mirror (self->large_view, swapped && !self->no_mirror);
  ahoy_video_view_set_fit (self->large_view, self->contain ? AHOY_VIDEO_FIT_CONTAIN : AHOY_VIDEO_FIT_AUTO);
  show_picture (self, large && is_connected (self) && ahoy_video_view_get_has_picture (self->large_view));
  dim_picture (self, get_state (self) == AHOY_CALL_RECONNECTING && !swapped);

  ahoy_video_view_set_track (ahoy_self_view_get_video (self->small_view), small);
  ahoy_video_view_set_mirror (ahoy_self_view_get_video (self->small_view), !swapped && !self->no_mirror);
}

static void
update_preview (AhoyPairStage *self)
{
  gboolean wanted = self->call && ahoy_call_get_media (self->call) == AHOY_CALL_MEDIA_VIDEO &&
                    ahoy_call_get_camera_on (self->call) &&
                    (is_dialling (self) || get_state (self) == AHOY_CALL_CONNECTING);

  ahoy_video_view_set_track (self->preview_view, wanted ? ahoy_call_get_self_view (self->call) : NULL);
  ahoy_video_view_set_mirror (self->preview_view, !self->no_mirror);
  gtk_widget_set_visible (GTK_WIDGET (self->preview_view), wanted);
  wanted = wanted && ahoy_video_view_get_has_picture (self->preview_view);
  gtk_widget_set_visible (self->shade, wanted);
  /* The own face is in the middle: the other one's name makes room for it. */
  gtk_widget_set_valign (self->person_box, wanted ? GTK_ALIGN_START : GTK_ALIGN_CENTER);
}

static void
update_avatar (AhoyPairStage *self)
{
  AhoyParticipant *peer = get_peer (self);
  int size = 160;

  if (self->is_short)
    size = 48;
  else if (gtk_widget_get_visible (self->shade))
    size = 96;
  else if (self->is_narrow)
    size = 128;
  ahoy_avatar_set_size (ahoy_halo_get_avatar (self->halo), size);
  ahoy_avatar_set_user (ahoy_halo_get_avatar (self->halo), get_user (self));
  ahoy_halo_set_ringing (self->halo, is_dialling (self));
  ahoy_halo_set_level (self->halo, peer && get_state (self) == AHOY_CALL_ACTIVE && !self->has_picture
                                       ? ahoy_participant_get_volume (peer)
                                       : 0);
}

static void
update_small_view (AhoyPairStage *self)
{
  gboolean is_wanted = ahoy_pair_stage_get_wants_self_view (self);

  /* The own picture stays small also when the other person has none: it must never be forgotten. */
  gtk_widget_set_visible (GTK_WIDGET (self->small_view), is_wanted && !self->no_self_view);
  ahoy_self_view_set_user (self->small_view, self->is_swapped ? get_user (self) : self->own_user);
  ahoy_self_view_set_muted (self->small_view, self->is_swapped
                                                  ? is_their_microphone_off (self)
                                                  : self->call && !ahoy_call_get_microphone_on (self->call));
}

static void
update_trouble (AhoyPairStage *self)
{
  gboolean is_lost = get_state (self) == AHOY_CALL_RECONNECTING;
  gboolean is_long = is_lost && self->is_long_trouble;

  ahoy_ui_reveal (self->trouble_revealer, is_lost && (self->has_picture || is_long));
  gtk_widget_set_can_target (GTK_WIDGET (self->trouble_revealer), is_long);
  gtk_widget_set_visible (GTK_WIDGET (self->trouble_spinner), self->has_picture);
  gtk_widget_set_visible (self->trouble_label, self->has_picture);
  gtk_widget_set_visible (self->trouble_detail, self->has_picture);
  gtk_spinner_set_spinning (self->trouble_spinner, is_lost && self->has_picture);
  gtk_widget_set_visible (self->trouble_buttons, is_long);
  /* Over a picture in the middle; under the person when there is none. */
  gtk_widget_set_valign (GTK_WIDGET (self->trouble_revealer), self->has_picture ? GTK_ALIGN_CENTER : GTK_ALIGN_END);
  ahoy_ui_set_class (self->trouble_box, "low", !self->has_picture);
}

/* Only when they change: each setting is told to the screen reader, which would read it out again and again. */
static void
update_spoken_names (AhoyPairStage *self)
{
  AhoyUser *user = get_user (self);
  g_autofree char *who = ahoy_words_isolate (user ? ahoy_user_get_display_name (user) : "");
  g_autofree char *theirs = g_strdup_printf (_("Picture of %s"), who);
  const char *large = self->is_swapped ? _("Your Picture") : theirs;

  if (g_strcmp0 (self->spoken, large) == 0)
    return;
  g_free (self->spoken);
  self->spoken = g_strdup (large);
  ahoy_ui_set_accessible (GTK_WIDGET (self->large_view), large, NULL);
  ahoy_ui_set_accessible (GTK_WIDGET (self->small_view), self->is_swapped ? theirs : _("Your Picture"), "Return");
}

void
ahoy_pair_stage_update (AhoyPairStage *self)
{
  AhoyUser *user;

  g_return_if_fail (AHOY_IS_PAIR_STAGE (self));

  user = get_user (self);
  ahoy_ui_set_tint (self->backdrop, user ? ahoy_user_get_id (user) : NULL);
  update_large_view (self);
  update_preview (self);
  update_avatar (self);
  update_small_view (self);
  update_trouble (self);
  update_cover (self);
  update_spoken_names (self);
  ahoy_ui_reveal (self->person_revealer, !self->has_picture);
  gtk_widget_set_visible (self->person_muted, is_their_microphone_off (self) && is_connected (self));
  ahoy_ui_set_class (GTK_WIDGET (self->status_label), "title-4", get_state (self) == AHOY_CALL_ENDED);
}

static gboolean
on_child_position (AhoyPairStage *self,
                   GtkWidget     *child,
                   GdkRectangle  *at)
{
  AhoyStageRect place;

  if (child != GTK_WIDGET (self->small_view))
    return FALSE;
  place = ahoy_self_view_get_place (self->small_view, gtk_widget_get_width (GTK_WIDGET (self)),
                                    gtk_widget_get_height (GTK_WIDGET (self)));
  at->x = place.x;
  at->y = place.y;
  at->width = MAX (place.width, 1);
  at->height = MAX (place.height, 1);
  return TRUE;
}

static void
stop_animation (AdwAnimation **animation)
{
  if (*animation)
    adw_animation_pause (*animation);
  g_clear_object (animation);
}

static void
ahoy_pair_stage_dispose (GObject *object)
{
  AhoyPairStage *self = AHOY_PAIR_STAGE (object);

  stop_animation (&self->fade);
  stop_animation (&self->dimming);
  g_clear_object (&self->call);
  g_clear_object (&self->own_user);
  g_clear_pointer (&self->overlay, gtk_widget_unparent);

  G_OBJECT_CLASS (ahoy_pair_stage_parent_class)->dispose (object);
}

static void
ahoy_pair_stage_finalize (GObject *object)
{
  g_free (AHOY_PAIR_STAGE (object)->spoken);

  G_OBJECT_CLASS (ahoy_pair_stage_parent_class)->finalize (object);
}

static void
bind_template (GtkWidgetClass *widget_class)
{
  gtk_widget_class_set_template_from_resource (widget_class, AHOY_UI_RESOURCE_BASE "/ahoy-pair-stage.ui");
  gtk_widget_class_bind_template_child (widget_class, AhoyPairStage, overlay);
  gtk_widget_class_bind_template_child (widget_class, AhoyPairStage, backdrop);
  gtk_widget_class_bind_template_child (widget_class, AhoyPairStage, preview_view);
  gtk_widget_class_bind_template_child (widget_class, AhoyPairStage, shade);
  gtk_widget_class_bind_template_child (widget_class, AhoyPairStage, large_view);
  gtk_widget_class_bind_template_child (widget_class, AhoyPairStage, person_revealer);
  gtk_widget_class_bind_template_child (widget_class, AhoyPairStage, person_box);
  gtk_widget_class_bind_template_child (widget_class, AhoyPairStage, halo);
  gtk_widget_class_bind_template_child (widget_class, AhoyPairStage, name_label);
  gtk_widget_class_bind_template_child (widget_class, AhoyPairStage, person_muted);
  gtk_widget_class_bind_template_child (widget_class, AhoyPairStage, status_label);
  gtk_widget_class_bind_template_child (widget_class, AhoyPairStage, detail_label);
  gtk_widget_class_bind_template_child (widget_class, AhoyPairStage, trouble_revealer);
  gtk_widget_class_bind_template_child (widget_class, AhoyPairStage, trouble_box);
  gtk_widget_class_bind_template_child (widget_class, AhoyPairStage, trouble_spinner);
  gtk_widget_class_bind_template_child (widget_class, AhoyPairStage, trouble_label);
  gtk_widget_class_bind_template_child (widget_class, AhoyPairStage, trouble_detail);
  gtk_widget_class_bind_template_child (widget_class, AhoyPairStage, trouble_buttons);
  gtk_widget_class_bind_template_child (widget_class, AhoyPairStage, small_view);
}

static void
ahoy_pair_stage_class_init (AhoyPairStageClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  ahoy_ui_ensure_init ();
  g_type_ensure (AHOY_TYPE_HALO);
  g_type_ensure (AHOY_TYPE_SELF_VIEW);
  g_type_ensure (AHOY_TYPE_VIDEO_VIEW);
  object_class->dispose = ahoy_pair_stage_dispose;
  object_class->finalize = ahoy_pair_stage_finalize;

  signals[SIGNAL_CHANGED] =
    g_signal_new ("changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);

  gtk_widget_class_set_css_name (widget_class, "ahoypair");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_PRESENTATION);
  bind_template (widget_class);
}

static void
ahoy_pair_stage_init (AhoyPairStage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  ahoy_ui_ensure_style (GTK_WIDGET (self));
  g_signal_connect_swapped (self->overlay, "get-child-position", G_CALLBACK (on_child_position), self);
  g_signal_connect_swapped (self->small_view, "clicked", G_CALLBACK (ahoy_pair_stage_swap), self);
  g_signal_connect_swapped (self->large_view, "notify::has-picture", G_CALLBACK (tell_changed), self);
  g_signal_connect_swapped (self->preview_view, "notify::has-picture", G_CALLBACK (tell_changed), self);
}

GtkWidget *
ahoy_pair_stage_new (void)
{
  return g_object_new (AHOY_TYPE_PAIR_STAGE, NULL);
}

void
ahoy_pair_stage_set_call (AhoyPairStage *self,
                          AhoyCall      *call)
{
  g_return_if_fail (AHOY_IS_PAIR_STAGE (self));

  if (!g_set_object (&self->call, call))
    return;
  self->is_swapped = FALSE;
  g_clear_pointer (&self->spoken, g_free);
}

void
ahoy_pair_stage_set_own_user (AhoyPairStage *self,
                              AhoyUser      *user)
{
  g_return_if_fail (AHOY_IS_PAIR_STAGE (self));

  g_set_object (&self->own_user, user);
}

void
ahoy_pair_stage_set_texts (AhoyPairStage *self,
                           const char    *name,
                           const char    *status,
                           const char    *detail)
{
  g_return_if_fail (AHOY_IS_PAIR_STAGE (self));

  gtk_label_set_label (self->name_label, name);
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->name_label), name);
  gtk_label_set_label (self->status_label, status);
  /* Never empty: its height is kept, and a label without text is read out by its type. */
  gtk_label_set_label (self->detail_label, detail ? detail : " ");
}

void
ahoy_pair_stage_set_size_class (AhoyPairStage *self,
                                gboolean       is_narrow,
                                gboolean       is_short)
{
  g_return_if_fail (AHOY_IS_PAIR_STAGE (self));

  self->is_narrow = !!is_narrow;
  self->is_short = !!is_short;
}

void
ahoy_pair_stage_set_mirror (AhoyPairStage *self,
                            gboolean       mirror)
{
  g_return_if_fail (AHOY_IS_PAIR_STAGE (self));

  self->no_mirror = !mirror;
}

void
ahoy_pair_stage_set_contain (AhoyPairStage *self,
                             gboolean       contain)
{
  g_return_if_fail (AHOY_IS_PAIR_STAGE (self));

  self->contain = !!contain;
}

void
ahoy_pair_stage_set_self_view (AhoyPairStage *self,
                               gboolean       self_view)
{
  g_return_if_fail (AHOY_IS_PAIR_STAGE (self));

  self->no_self_view = !self_view;
}

void
ahoy_pair_stage_set_is_long_trouble (AhoyPairStage *self,
                                     gboolean       is_long)
{
  g_return_if_fail (AHOY_IS_PAIR_STAGE (self));

  self->is_long_trouble = !!is_long;
}

void
ahoy_pair_stage_swap (AhoyPairStage *self)
{
  g_return_if_fail (AHOY_IS_PAIR_STAGE (self));

  self->is_swapped = !self->is_swapped;
  ahoy_pair_stage_update (self);
  tell_changed (self);
}

gboolean
ahoy_pair_stage_get_has_picture (AhoyPairStage *self)
{
  g_return_val_if_fail (AHOY_IS_PAIR_STAGE (self), FALSE);

  return self->has_picture;
}

gboolean
ahoy_pair_stage_get_is_covered (AhoyPairStage *self)
{
  g_return_val_if_fail (AHOY_IS_PAIR_STAGE (self), FALSE);

  return (self->has_picture && !self->fade) || (gtk_widget_get_visible (self->shade) && !self->has_picture);
}

gboolean
ahoy_pair_stage_get_wants_self_view (AhoyPairStage *self)
{
  g_return_val_if_fail (AHOY_IS_PAIR_STAGE (self), FALSE);

  return is_connected (self) && (self->has_picture || (self->call && ahoy_call_get_camera_on (self->call)));
}

gboolean
ahoy_pair_stage_is_ground (AhoyPairStage *self,
                           GtkWidget     *widget)
{
  g_return_val_if_fail (AHOY_IS_PAIR_STAGE (self), FALSE);

  return widget == GTK_WIDGET (self) || widget == self->overlay || widget == self->backdrop;
}
