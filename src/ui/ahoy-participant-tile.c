/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "ahoy-participant-tile.h"
#include "ahoy-avatar.h"
#include "ahoy-group-words.h"
#include "ahoy-picture-private.h"
#include "ahoy-talk-level.h"
#include "ahoy-ui-private.h"
#include "ahoy-words.h"

#include <adwaita.h>
#include <glib/gi18n-lib.h>

#define RADIUS 12
#define INSET 8
#define AVATAR 128       /* as measured; painted smaller by a transform, which costs no layout */
#define LEAST_AVATAR 40
#define NO_NAME 120      /* narrower tiles with a picture show no name */
#define TWO_BUTTONS 168
#define STRIP 16         /* of the edge that the ring is painted in: its round corners fit */
#define FADE_MS 350

struct _AhoyParticipantTile
{
  GtkWidget parent_instance;

  /* From the template. */
  GtkWidget *ground;
  AhoyAvatar *avatar;
  GtkLabel *status_label;
  AhoyVideoView *video;
  GtkWidget *trouble_box;
  GtkSpinner *trouble_spinner;
  GtkWidget *pill;
  GtkWidget *muted_image;
  GtkLabel *name_label;
  GtkWidget *pinned_image;
  GtkWidget *marks;
  GtkRevealer *buttons_revealer;
  GtkWidget *pin_button;
  GtkWidget *more_button;
  GtkWidget *screen_image;
  GtkWidget *network_image;

  AhoyCall *call;               /* (owned) */
  AhoyParticipant *participant; /* (owned) (nullable): none is the own tile */
  AhoyUser *user;               /* (owned) (nullable) */
  GtkWidget *menu;              /* (owned) (nullable), once it was opened */
  GdkTexture *blurred;          /* (owned) (nullable): the avatar's picture, small and soft */
  AdwAnimation *fade;           /* (owned) (nullable), of the picture */
  char *spoken;                 /* (owned) (nullable) */
  char *gone_text;              /* (owned) (nullable) */
  AhoyTalkLevel talk;
  guint is_pinned : 1;
  guint is_gone : 1;
  guint contain : 1;
  guint is_pointed_at : 1;
  guint shows_picture : 1;
};

G_DEFINE_FINAL_TYPE (AhoyParticipantTile, ahoy_participant_tile, GTK_TYPE_WIDGET)

enum
{
  SIGNAL_PIN,
  SIGNAL_CANCEL,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

static gboolean
is_own (AhoyParticipantTile *self)
{
  return self->participant == NULL;
}

static gboolean
is_waiting (AhoyParticipantTile *self)
{
  return !is_own (self) && !self->is_gone &&
         ahoy_participant_get_status (self->participant) == AHOY_PARTICIPANT_WAITING;
}

static gboolean
is_muted (AhoyParticipantTile *self)
{
  if (is_own (self))
    return !ahoy_call_get_microphone_on (self->call);
  return !is_waiting (self) && !self->is_gone && !ahoy_participant_get_microphone_on (self->participant);
}

static gboolean
is_weak (AhoyParticipantTile *self)
{
  AhoyNetworkQuality quality;

  if (is_own (self) || is_waiting (self) || self->is_gone)
    return FALSE;
  quality = ahoy_participant_get_network_quality (self->participant);
  return quality >= AHOY_NETWORK_QUALITY_BAD && quality <= AHOY_NETWORK_QUALITY_DOWN;
}

static gboolean
is_reconnecting (AhoyParticipantTile *self)
{
  return !is_own (self) && !self->is_gone && ahoy_participant_get_is_reconnecting (self->participant);
}

/* What should be seen, whether or not its first picture is there. */
static AhoyVideoTrack *
wanted_track (AhoyParticipantTile *self)
{
  if (is_own (self))
    return ahoy_call_get_camera_on (self->call) ? ahoy_call_get_self_view (self->call) : NULL;
  if (is_waiting (self) || self->is_gone || !ahoy_participant_get_camera_on (self->participant))
    return NULL;
  return ahoy_participant_get_video_track (self->participant);
}

static void
on_fade_done (AhoyParticipantTile *self)
{
  g_clear_object (&self->fade);
  /* Only now: the last picture stays while it fades away. */
  if (!self->shows_picture)
    ahoy_video_view_set_track (self->video, NULL);
  gtk_widget_set_child_visible (self->ground, !self->shows_picture);
  gtk_widget_set_child_visible (GTK_WIDGET (self->avatar), !self->shows_picture);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

static void
show_picture (AhoyParticipantTile *self,
              gboolean             show)
{
  GtkWidget *video = GTK_WIDGET (self->video);

  if (self->shows_picture == !!show)
    return;
  self->shows_picture = !!show;
  gtk_widget_set_child_visible (self->ground, TRUE);
  gtk_widget_set_child_visible (GTK_WIDGET (self->avatar), TRUE);
  if (self->fade)
    adw_animation_pause (self->fade);
  g_clear_object (&self->fade);
  self->fade = adw_timed_animation_new (video, gtk_widget_get_opacity (video), show ? 1 : 0, FADE_MS,
                                        adw_property_animation_target_new (G_OBJECT (video), "opacity"));
  g_signal_connect_swapped (self->fade, "done", G_CALLBACK (on_fade_done), self);
  adw_animation_play (self->fade);
  gtk_widget_queue_allocate (GTK_WIDGET (self));
}

static void
update_video (AhoyParticipantTile *self)
{
  AhoyVideoTrack *track = wanted_track (self);

  if (track)
    ahoy_video_view_set_track (self->video, track);
  ahoy_video_view_set_fit (self->video, self->contain ? AHOY_VIDEO_FIT_CONTAIN : AHOY_VIDEO_FIT_COVER);
  ahoy_video_view_set_dim (self->video, is_reconnecting (self) ? 1 : 0);
  show_picture (self, track && ahoy_video_view_get_has_picture (self->video));
}

static void
update_spoken (AhoyParticipantTile *self)
{
  g_autofree char *spoken = NULL;
  const AhoyTileFacts facts = {
    .name = self->user ? ahoy_user_get_display_name (self->user) : "",
    .is_own = is_own (self),
    .is_waiting = is_waiting (self),
    .has_video = wanted_track (self) != NULL,
    .is_muted = is_muted (self),
    .is_weak = is_weak (self),
    .is_reconnecting = is_reconnecting (self),
    .is_pinned = self->is_pinned,
  };

  spoken = ahoy_words_tile (&facts);
  if (g_strcmp0 (self->spoken, spoken) == 0)
    return;
  g_free (self->spoken);
  self->spoken = g_steal_pointer (&spoken);
  ahoy_ui_set_accessible (GTK_WIDGET (self), self->spoken, is_own (self) ? NULL : "Return");
}

/* Takes @label; set only when it changes, as each setting is told to the screen reader. */
static void
name_button (GtkWidget *button,
             char      *label)
{
  if (g_strcmp0 (g_object_get_data (G_OBJECT (button), "ahoy-name"), label) != 0)
    ahoy_ui_set_accessible (button, label, NULL);
  g_object_set_data_full (G_OBJECT (button), "ahoy-name", label, g_free);
}

static void
name_buttons (AhoyParticipantTile *self)
{
  g_autofree char *who = ahoy_words_isolate (self->user ? ahoy_user_get_display_name (self->user) : "");

  gtk_widget_set_tooltip_text (self->pin_button, self->is_pinned ? _("Unpin (Enter)") : _("Pin (Enter)"));
  if (is_own (self))
    {
      name_button (self->pin_button, g_strdup (self->is_pinned ? _("Unpin Your Picture") : _("Pin Your Picture")));
      name_button (self->more_button, g_strdup (_("More for Your Picture")));
      return;
    }
  name_button (self->pin_button,
               self->is_pinned ? g_strdup_printf (_("Unpin %s"), who) : g_strdup_printf (_("Pin %s"), who));
  name_button (self->more_button, g_strdup_printf (_("More for %s"), who));
}

static void
update_words (AhoyParticipantTile *self)
{
  const char *name = self->user ? ahoy_user_get_display_name (self->user) : "";
  const char *status = self->is_gone ? self->gone_text : is_waiting (self) ? _("Ringing…") : NULL;

  gtk_label_set_label (self->name_label, is_own (self) ? _("You") : name);
  gtk_widget_set_tooltip_text (self->pill, is_own (self) ? NULL : name);
  gtk_label_set_label (self->status_label, status ? status : "");
  gtk_widget_set_visible (GTK_WIDGET (self->status_label), status != NULL);
  name_buttons (self);
  update_spoken (self);
}

static void
update (AhoyParticipantTile *self)
{
  GtkWidget *widget = GTK_WIDGET (self);

  if (!self->call || !self->ground)
    return;
  ahoy_avatar_set_user (self->avatar, self->user);
  ahoy_ui_set_tint (self->ground, self->user ? ahoy_user_get_id (self->user) : NULL);
  ahoy_ui_set_class (widget, "waiting", is_waiting (self));
  ahoy_ui_set_class (widget, "gone", self->is_gone);
  update_video (self);
  update_words (self);
  gtk_widget_set_visible (self->muted_image, is_muted (self));
  gtk_widget_set_visible (self->pinned_image, self->is_pinned);
  gtk_widget_set_visible (self->network_image, is_weak (self));
  gtk_widget_set_visible (self->trouble_box, is_reconnecting (self));
  gtk_spinner_set_spinning (self->trouble_spinner, is_reconnecting (self));
  gtk_widget_action_set_enabled (widget, "tile.cancel", is_waiting (self));
  gtk_widget_action_set_enabled (widget, "tile.fill", wanted_track (self) != NULL);
  if (is_muted (self) || is_reconnecting (self) || self->is_gone)
    ahoy_participant_tile_set_level (self, 0);
}

static void
on_participant_changed (AhoyParticipantTile *self,
                        GParamSpec          *pspec)
{
  /* Ten times a second: only the ring follows. */
  if (g_strcmp0 (pspec->name, "volume") == 0)
    ahoy_participant_tile_set_level (self, ahoy_participant_get_volume (self->participant));
  else if (g_strcmp0 (pspec->name, "stats") != 0)
    update (self);
}

static void
update_blurred (AhoyParticipantTile *self)
{
  GdkTexture *picture = ahoy_avatar_get_picture (self->avatar);

  g_clear_object (&self->blurred);
  if (picture)
    self->blurred = ahoy_picture_blur (picture);
  ahoy_ui_set_class (GTK_WIDGET (self), "blurred", self->blurred != NULL);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

/* The buttons are for who points here or came by keyboard; assistive technology always finds them. */
static void
update_buttons (AhoyParticipantTile *self)
{
  GtkWidget *widget = GTK_WIDGET (self);
  GtkRoot *root = gtk_widget_get_root (widget);
  GtkWidget *focus = root ? gtk_root_get_focus (root) : NULL;
  gboolean has_focus = focus && GTK_IS_WINDOW (root) && gtk_window_get_focus_visible (GTK_WINDOW (root)) &&
                       (focus == widget || gtk_widget_is_ancestor (focus, widget));
  gboolean is_wanted = !self->is_gone && (self->is_pointed_at || has_focus || ahoy_participant_tile_get_is_busy (self));

  gtk_revealer_set_reveal_child (self->buttons_revealer, is_wanted);
}

static void
on_enter (AhoyParticipantTile *self)
{
  self->is_pointed_at = TRUE;
  update_buttons (self);
}

static void
on_leave (AhoyParticipantTile *self)
{
  self->is_pointed_at = FALSE;
  update_buttons (self);
}

static void
on_released (AhoyParticipantTile *self,
             int                  n_press,
             double               x,
             double               y)
{
  GtkWidget *hit = gtk_widget_pick (GTK_WIDGET (self), x, y, GTK_PICK_DEFAULT);

  /* Not what was meant for a button on it. */
  if (n_press != 1 || !hit || gtk_widget_is_ancestor (hit, self->marks))
    return;
  gtk_widget_grab_focus (GTK_WIDGET (self));
  gtk_widget_activate_action (GTK_WIDGET (self), "tile.pin", NULL);
}

static void
on_pin (GtkWidget  *widget,
        const char *action,
        GVariant   *parameter)
{
  if (!AHOY_PARTICIPANT_TILE (widget)->is_gone)
    g_signal_emit (widget, signals[SIGNAL_PIN], 0);
}

static void
on_cancel (GtkWidget  *widget,
           const char *action,
           GVariant   *parameter)
{
  if (is_waiting (AHOY_PARTICIPANT_TILE (widget)))
    g_signal_emit (widget, signals[SIGNAL_CANCEL], 0);
}

static void
on_fill (GtkWidget  *widget,
         const char *action,
         GVariant   *parameter)
{
  AhoyParticipantTile *self = AHOY_PARTICIPANT_TILE (widget);

  self->contain = !self->contain;
  update (self);
}

static void
append_item (GMenu      *menu,
             const char *label,
             const char *action)
{
  g_autoptr (GMenuItem) item = g_menu_item_new (label, action);

  /* What can't be done now is left out. */
  g_menu_item_set_attribute (item, "hidden-when", "s", "action-disabled");
  g_menu_append_item (menu, item);
}

static GMenuModel *
make_menu (AhoyParticipantTile *self)
{
  GMenu *menu = g_menu_new ();

  append_item (menu, self->is_pinned ? _("Unpin") : _("Pin"), "tile.pin");
  append_item (menu, self->contain ? _("Fill the Tile") : _("Show the Whole Picture"), "tile.fill");
  if (is_own (self))
    {
      append_item (menu, _("Mirror My Picture"), "call.mirror");
      append_item (menu, _("Show My Picture"), "call.self-view");
    }
  append_item (menu, _("Cancel Invitation"), "tile.cancel");
  return G_MENU_MODEL (menu);
}

static void
on_menu (GtkWidget  *widget,
         const char *action,
         GVariant   *parameter)
{
  ahoy_participant_tile_popup_menu (AHOY_PARTICIPANT_TILE (widget));
}

static void
popup_at (AhoyParticipantTile *self,
          const GdkRectangle  *at)
{
  g_autoptr (GMenuModel) model = make_menu (self);

  if (self->is_gone)
    return;
  if (!self->menu)
    {
      self->menu = gtk_popover_menu_new_from_model (NULL);
      gtk_widget_set_parent (self->menu, GTK_WIDGET (self));
      g_signal_connect_swapped (self->menu, "closed", G_CALLBACK (update_buttons), self);
    }
  gtk_popover_menu_set_menu_model (GTK_POPOVER_MENU (self->menu), model);
  gtk_popover_set_pointing_to (GTK_POPOVER (self->menu), at);
  gtk_popover_popup (GTK_POPOVER (self->menu));
}

static void
on_secondary (AhoyParticipantTile *self,
              int                  n_press,
              double               x,
              double               y,
              GtkGesture          *gesture)
{
  const GdkRectangle at = { (int) x, (int) y, 1, 1 };

  gtk_gesture_set_state (gesture, GTK_EVENT_SEQUENCE_CLAIMED);
  popup_at (self, &at);
}

static void
on_long_press (AhoyParticipantTile *self,
               double               x,
               double               y,
               GtkGesture          *gesture)
{
  on_secondary (self, 1, x, y, gesture);
}

static void
allocate_at (GtkWidget *child,
             int        x,
             int        y,
             int        width,
             int        height)
{
  const GtkAllocation at = { x, y, MAX (width, 0), MAX (height, 0) };

  gtk_widget_size_allocate (child, &at, -1);
}

static void
natural_size (GtkWidget *child,
              int        most,
              int       *width,
              int       *height)
{
  int least = 0;

  gtk_widget_measure (child, GTK_ORIENTATION_HORIZONTAL, -1, &least, width, NULL, NULL);
  *width = MAX (MIN (*width, most), least);
  gtk_widget_measure (child, GTK_ORIENTATION_VERTICAL, *width, NULL, height, NULL, NULL);
}

/* The avatar in the middle; words under it as far as there is room over the name. */
static void
allocate_person (AhoyParticipantTile *self,
                 int                  width,
                 int                  height,
                 int                  name_height)
{
  GtkWidget *status = GTK_WIDGET (self->status_label);
  const double size = CLAMP (0.38 * MIN (width, height), LEAST_AVATAR, AVATAR);
  int status_width = 0, status_height = 0, free_height = height, top;
  gboolean has_status = gtk_widget_get_visible (status) && !self->shows_picture;
  GskTransform *transform;

  if (has_status)
    {
      natural_size (status, width - 2 * INSET, &status_width, &status_height);
      free_height = height - name_height - 2 * INSET;
      has_status = size + 3 + status_height <= free_height;
      if (!has_status)
        free_height = height;
    }
  gtk_widget_set_child_visible (status, has_status);
  top = (int) ((free_height - size - (has_status ? 3 + status_height : 0)) / 2);
  top = MAX (top, 0);
  transform = gsk_transform_translate (NULL, &GRAPHENE_POINT_INIT ((float) (width - size) / 2, (float) top));
  transform = gsk_transform_scale (transform, (float) (size / AVATAR), (float) (size / AVATAR));
  gtk_widget_allocate (GTK_WIDGET (self->avatar), AVATAR, AVATAR, -1, transform);
  if (has_status)
    allocate_at (status, (width - status_width) / 2, top + (int) size + 3, status_width, status_height);
}

static void
ahoy_participant_tile_size_allocate (GtkWidget *widget,
                                     int        width,
                                     int        height,
                                     int        baseline)
{
  AhoyParticipantTile *self = AHOY_PARTICIPANT_TILE (widget);
  const gboolean is_rtl = gtk_widget_get_direction (widget) == GTK_TEXT_DIR_RTL;
  const gboolean has_name = width >= NO_NAME || !self->shows_picture;
  int w, h, name_height;

  allocate_at (self->ground, 0, 0, width, height);
  allocate_at (GTK_WIDGET (self->video), 0, 0, width, height);
  natural_size (self->pill, MAX (width * 7 / 10, 24), &w, &name_height);
  w = MIN (w, width - 2 * INSET);
  gtk_widget_set_child_visible (self->pill, has_name);
  allocate_at (self->pill, is_rtl ? width - INSET - w : INSET, height - INSET - name_height, w, name_height);
  allocate_person (self, width, height, name_height);

  gtk_widget_set_child_visible (self->pin_button, width >= TWO_BUTTONS);
  natural_size (self->marks, width - 2 * INSET, &w, &h);
  allocate_at (self->marks, is_rtl ? INSET : width - INSET - w, INSET, w, h);
  if (gtk_widget_get_visible (self->trouble_box))
    {
      natural_size (self->trouble_box, width, &w, &h);
      allocate_at (self->trouble_box, (width - w) / 2, (height - h) / 2, w, h);
    }
  if (self->menu)
    gtk_popover_present (GTK_POPOVER (self->menu));
}

static void
ahoy_participant_tile_measure (GtkWidget      *widget,
                               GtkOrientation  orientation,
                               int             for_size,
                               int            *minimum,
                               int            *natural,
                               int            *minimum_baseline,
                               int            *natural_baseline)
{
  *minimum = 0;
  *natural = orientation == GTK_ORIENTATION_HORIZONTAL ? 160 : 90;
}

static void
append_edge (GtkSnapshot          *snapshot,
             const GskRoundedRect *edge,
             float                 width,
             const GdkRGBA        *color)
{
  const GdkRGBA colors[4] = { *color, *color, *color, *color };
  const float widths[4] = { width, width, width, width };

  gtk_snapshot_append_border (snapshot, edge, widths, colors);
}

/* In four strips along the edges: when only the ring changes, the picture in the middle is not painted anew. */
static void
append_ring (AhoyParticipantTile *self,
             GtkSnapshot         *snapshot,
             float                width,
             float                height)
{
  const gboolean is_high = adw_style_manager_get_high_contrast (adw_style_manager_get_default ());
  const float thick = is_high ? 4 : MIN (width, height) < 160 ? 2 : 3;
  const float alpha = (float) MIN (self->talk.shown * 12, 0.55 + 0.45 * self->talk.shown);
  const GdkRGBA dark = { 0.063f, 0.09f, 0.118f, alpha }, green = { 0.341f, 0.89f, 0.537f, alpha };
  const graphene_rect_t strips[] = {
    GRAPHENE_RECT_INIT (0, 0, width, STRIP),
    GRAPHENE_RECT_INIT (0, height - STRIP, width, STRIP),
    GRAPHENE_RECT_INIT (0, STRIP, STRIP, height - 2 * STRIP),
    GRAPHENE_RECT_INIT (width - STRIP, STRIP, STRIP, height - 2 * STRIP),
  };
  GskRoundedRect outer, inner;
  guint i;

  gsk_rounded_rect_init_from_rect (&outer, &GRAPHENE_RECT_INIT (0, 0, width, height), RADIUS);
  inner = outer;
  gsk_rounded_rect_shrink (&inner, 1, 1, 1, 1);
  for (i = 0; i < G_N_ELEMENTS (strips); i++)
    {
      gtk_snapshot_push_clip (snapshot, &strips[i]);
      append_edge (snapshot, &outer, 1, &dark);
      append_edge (snapshot, &inner, thick, &green);
      gtk_snapshot_pop (snapshot);
    }
}

static void
append_blurred (AhoyParticipantTile *self,
                GtkSnapshot         *snapshot,
                float                width,
                float                height)
{
  const float side = MAX (width, height);
  GskRoundedRect edge;

  gsk_rounded_rect_init_from_rect (&edge, &GRAPHENE_RECT_INIT (0, 0, width, height), RADIUS);
  gtk_snapshot_push_rounded_clip (snapshot, &edge);
  gtk_snapshot_append_texture (snapshot, self->blurred,
                               &GRAPHENE_RECT_INIT ((width - side) / 2, (height - side) / 2, side, side));
  gtk_snapshot_pop (snapshot);
}

static void
ahoy_participant_tile_snapshot (GtkWidget   *widget,
                                GtkSnapshot *snapshot)
{
  AhoyParticipantTile *self = AHOY_PARTICIPANT_TILE (widget);
  float width = gtk_widget_get_width (widget), height = gtk_widget_get_height (widget);

  if (self->blurred && gtk_widget_get_child_visible (self->ground))
    append_blurred (self, snapshot, width, height);
  GTK_WIDGET_CLASS (ahoy_participant_tile_parent_class)->snapshot (widget, snapshot);
  if (self->talk.shown > 0.01 && width > 2 * STRIP && height > 2 * STRIP)
    append_ring (self, snapshot, width, height);
}

static void
ahoy_participant_tile_unmap (GtkWidget *widget)
{
  AhoyParticipantTile *self = AHOY_PARTICIPANT_TILE (widget);

  GTK_WIDGET_CLASS (ahoy_participant_tile_parent_class)->unmap (widget);

  self->is_pointed_at = FALSE;
}

static void
ahoy_participant_tile_dispose (GObject *object)
{
  AhoyParticipantTile *self = AHOY_PARTICIPANT_TILE (object);
  GtkWidget *child;

  if (self->participant)
    g_signal_handlers_disconnect_by_data (self->participant, self);
  if (self->call)
    g_signal_handlers_disconnect_by_data (self->call, self);
  if (self->user)
    g_signal_handlers_disconnect_by_data (self->user, self);
  if (self->fade)
    adw_animation_pause (self->fade);
  g_clear_object (&self->fade);
  g_clear_object (&self->call);
  g_clear_object (&self->participant);
  g_clear_object (&self->user);
  g_clear_object (&self->blurred);
  g_clear_pointer (&self->menu, gtk_widget_unparent);
  self->ground = NULL;
  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self))))
    gtk_widget_unparent (child);

  G_OBJECT_CLASS (ahoy_participant_tile_parent_class)->dispose (object);
}

static void
ahoy_participant_tile_finalize (GObject *object)
{
  AhoyParticipantTile *self = AHOY_PARTICIPANT_TILE (object);

  g_free (self->spoken);
  g_free (self->gone_text);

  G_OBJECT_CLASS (ahoy_participant_tile_parent_class)->finalize (object);
}

static void
bind_template (GtkWidgetClass *widget_class)
{
  gtk_widget_class_set_template_from_resource (widget_class, AHOY_UI_RESOURCE_BASE "/ahoy-participant-tile.ui");
  gtk_widget_class_bind_template_child (widget_class, AhoyParticipantTile, ground);
  gtk_widget_class_bind_template_child (widget_class, AhoyParticipantTile, avatar);
  gtk_widget_class_bind_template_child (widget_class, AhoyParticipantTile, status_label);
  gtk_widget_class_bind_template_child (widget_class, AhoyParticipantTile, video);
  gtk_widget_class_bind_template_child (widget_class, AhoyParticipantTile, trouble_box);
  gtk_widget_class_bind_template_child (widget_class, AhoyParticipantTile, trouble_spinner);
  gtk_widget_class_bind_template_child (widget_class, AhoyParticipantTile, pill);
  gtk_widget_class_bind_template_child (widget_class, AhoyParticipantTile, muted_image);
  gtk_widget_class_bind_template_child (widget_class, AhoyParticipantTile, name_label);
  gtk_widget_class_bind_template_child (widget_class, AhoyParticipantTile, pinned_image);
  gtk_widget_class_bind_template_child (widget_class, AhoyParticipantTile, marks);
  gtk_widget_class_bind_template_child (widget_class, AhoyParticipantTile, buttons_revealer);
  gtk_widget_class_bind_template_child (widget_class, AhoyParticipantTile, pin_button);
  gtk_widget_class_bind_template_child (widget_class, AhoyParticipantTile, more_button);
  gtk_widget_class_bind_template_child (widget_class, AhoyParticipantTile, screen_image);
  gtk_widget_class_bind_template_child (widget_class, AhoyParticipantTile, network_image);
}

static void
ahoy_participant_tile_class_init (AhoyParticipantTileClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  ahoy_ui_ensure_init ();
  g_type_ensure (AHOY_TYPE_AVATAR);
  g_type_ensure (AHOY_TYPE_VIDEO_VIEW);
  object_class->dispose = ahoy_participant_tile_dispose;
  object_class->finalize = ahoy_participant_tile_finalize;
  widget_class->measure = ahoy_participant_tile_measure;
  widget_class->size_allocate = ahoy_participant_tile_size_allocate;
  widget_class->snapshot = ahoy_participant_tile_snapshot;
  widget_class->unmap = ahoy_participant_tile_unmap;

  signals[SIGNAL_PIN] =
    g_signal_new ("pin", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[SIGNAL_CANCEL] =
    g_signal_new ("cancel", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);

  gtk_widget_class_install_action (widget_class, "tile.pin", NULL, on_pin);
  gtk_widget_class_install_action (widget_class, "tile.menu", NULL, on_menu);
  gtk_widget_class_install_action (widget_class, "tile.fill", NULL, on_fill);
  gtk_widget_class_install_action (widget_class, "tile.cancel", NULL, on_cancel);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Return, 0, "tile.pin", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_KP_Enter, 0, "tile.pin", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Menu, 0, "tile.menu", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_F10, GDK_SHIFT_MASK, "tile.menu", NULL);
  gtk_widget_class_set_css_name (widget_class, "ahoytile");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_IMG);
  bind_template (widget_class);
}

static void
add_gestures (AhoyParticipantTile *self)
{
  GtkWidget *widget = GTK_WIDGET (self);
  GtkEventController *motion = gtk_event_controller_motion_new ();
  GtkEventController *focus = gtk_event_controller_focus_new ();
  GtkGesture *click = gtk_gesture_click_new ();
  GtkGesture *secondary = gtk_gesture_click_new ();
  GtkGesture *held = gtk_gesture_long_press_new ();

  g_signal_connect_swapped (motion, "enter", G_CALLBACK (on_enter), self);
  g_signal_connect_swapped (motion, "leave", G_CALLBACK (on_leave), self);
  gtk_widget_add_controller (widget, motion);
  g_signal_connect_swapped (focus, "enter", G_CALLBACK (update_buttons), self);
  g_signal_connect_swapped (focus, "leave", G_CALLBACK (update_buttons), self);
  gtk_widget_add_controller (widget, focus);
  g_signal_connect_swapped (click, "released", G_CALLBACK (on_released), self);
  gtk_widget_add_controller (widget, GTK_EVENT_CONTROLLER (click));
  gtk_gesture_single_set_button (GTK_GESTURE_SINGLE (secondary), GDK_BUTTON_SECONDARY);
  g_signal_connect_swapped (secondary, "pressed", G_CALLBACK (on_secondary), self);
  gtk_widget_add_controller (widget, GTK_EVENT_CONTROLLER (secondary));
  gtk_gesture_single_set_touch_only (GTK_GESTURE_SINGLE (held), TRUE);
  g_signal_connect_swapped (held, "pressed", G_CALLBACK (on_long_press), self);
  gtk_widget_add_controller (widget, GTK_EVENT_CONTROLLER (held));
}

static void
ahoy_participant_tile_init (AhoyParticipantTile *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  ahoy_ui_ensure_style (GTK_WIDGET (self));
  add_gestures (self);
  g_signal_connect_swapped (self->video, "notify::has-picture", G_CALLBACK (update), self);
  g_signal_connect_swapped (self->avatar, "notify::picture", G_CALLBACK (update_blurred), self);
}

GtkWidget *
ahoy_participant_tile_new (AhoyCall        *call,
                           AhoyParticipant *participant,
                           AhoyUser        *own_user)
{
  AhoyParticipantTile *self;

  g_return_val_if_fail (AHOY_IS_CALL (call), NULL);
  g_return_val_if_fail (!participant || AHOY_IS_PARTICIPANT (participant), NULL);

  self = g_object_new (AHOY_TYPE_PARTICIPANT_TILE, NULL);
  self->call = g_object_ref (call);
  g_set_object (&self->participant, participant);
  if (participant)
    own_user = ahoy_participant_get_user (participant);
  g_set_object (&self->user, own_user);
  if (participant)
    {
      g_signal_connect_swapped (participant, "notify", G_CALLBACK (on_participant_changed), self);
    }
  else
    {
      g_signal_connect_swapped (call, "notify::microphone-on", G_CALLBACK (update), self);
      g_signal_connect_swapped (call, "notify::camera-on", G_CALLBACK (update), self);
      ahoy_video_view_set_mirror (self->video, TRUE);
      gtk_widget_add_css_class (GTK_WIDGET (self), "own");
    }
  if (self->user)
    g_signal_connect_swapped (self->user, "notify::display-name", G_CALLBACK (update), self);
  update (self);
  return GTK_WIDGET (self);
}

AhoyParticipant *
ahoy_participant_tile_get_participant (AhoyParticipantTile *self)
{
  g_return_val_if_fail (AHOY_IS_PARTICIPANT_TILE (self), NULL);

  return self->participant;
}

AhoyUser *
ahoy_participant_tile_get_user (AhoyParticipantTile *self)
{
  g_return_val_if_fail (AHOY_IS_PARTICIPANT_TILE (self), NULL);

  return self->user;
}

gboolean
ahoy_participant_tile_get_is_own (AhoyParticipantTile *self)
{
  g_return_val_if_fail (AHOY_IS_PARTICIPANT_TILE (self), FALSE);

  return is_own (self);
}

void
ahoy_participant_tile_set_is_pinned (AhoyParticipantTile *self,
                                     gboolean             is_pinned)
{
  g_return_if_fail (AHOY_IS_PARTICIPANT_TILE (self));

  if (self->is_pinned == !!is_pinned)
    return;
  self->is_pinned = !!is_pinned;
  update (self);
}

void
ahoy_participant_tile_set_mirror (AhoyParticipantTile *self,
                                  gboolean             mirror)
{
  g_return_if_fail (AHOY_IS_PARTICIPANT_TILE (self));

  ahoy_video_view_set_mirror (self->video, mirror);
}

void
ahoy_participant_tile_set_level (AhoyParticipantTile *self,
                                 int                  level)
{
  g_return_if_fail (AHOY_IS_PARTICIPANT_TILE (self));

  if (is_muted (self) || is_waiting (self) || is_reconnecting (self) || self->is_gone)
    level = 0;
  ahoy_talk_level_set (&self->talk, level, g_get_monotonic_time ());
}

void
ahoy_participant_tile_leave (AhoyParticipantTile *self,
                             const char          *text)
{
  g_return_if_fail (AHOY_IS_PARTICIPANT_TILE (self));

  if (self->is_gone)
    return;
  self->is_gone = TRUE;
  self->gone_text = g_strdup (text);
  gtk_widget_set_can_target (GTK_WIDGET (self), FALSE);
  gtk_widget_set_focusable (GTK_WIDGET (self), FALSE);
  update (self);
  update_buttons (self);
}

gboolean
ahoy_participant_tile_tick (AhoyParticipantTile *self,
                            gint64               now_us)
{
  double before;
  gboolean is_moving;

  g_return_val_if_fail (AHOY_IS_PARTICIPANT_TILE (self), FALSE);

  before = self->talk.shown;
  is_moving = ahoy_talk_level_tick (&self->talk, now_us);
  /* Without motion the ring is there or not. */
  if (!ahoy_ui_get_animations (GTK_WIDGET (self)))
    self->talk.shown = ahoy_talk_level_is_speaking (&self->talk) ? 1 : 0;
  if (self->talk.shown != before)
    gtk_widget_queue_draw (GTK_WIDGET (self));
  return is_moving;
}

gint64
ahoy_participant_tile_get_speaking_since (AhoyParticipantTile *self)
{
  g_return_val_if_fail (AHOY_IS_PARTICIPANT_TILE (self), 0);

  return self->talk.since;
}

const char *
ahoy_participant_tile_get_spoken (AhoyParticipantTile *self)
{
  g_return_val_if_fail (AHOY_IS_PARTICIPANT_TILE (self), NULL);

  return self->spoken;
}

void
ahoy_participant_tile_popup_menu (AhoyParticipantTile *self)
{
  GdkRectangle at = { 0 };
  graphene_rect_t bounds;

  g_return_if_fail (AHOY_IS_PARTICIPANT_TILE (self));

  if (!gtk_widget_compute_bounds (self->more_button, GTK_WIDGET (self), &bounds))
    return;
  at = (GdkRectangle) { (int) bounds.origin.x, (int) bounds.origin.y, (int) bounds.size.width,
                        (int) bounds.size.height };
  popup_at (self, &at);
}

gboolean
ahoy_participant_tile_get_is_busy (AhoyParticipantTile *self)
{
  g_return_val_if_fail (AHOY_IS_PARTICIPANT_TILE (self), FALSE);

  return self->menu && gtk_widget_get_visible (self->menu);
}
