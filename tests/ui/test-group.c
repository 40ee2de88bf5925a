/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Calls of several people: who stands where, comes, goes and is large. */
#include "config.h"

#include "ahoy-grid-geometry.h"
#include "ahoy-test-wait.h"
#include "ahoy-ui.h"
#include "fake.h"

#include <adwaita.h>
#include <string.h>

typedef struct
{
  AhoyUser *me, *ada;
  AhoyEngine *engine;
  AhoyCall *call;
  GtkWindow *window;
  AhoyCallView *view;
  AhoyCallStage *stage;
  GPtrArray *users;
} Fixture;

static GtkWidget *
find_type (GtkWidget *widget,
           GType      type)
{
  GtkWidget *child;

  if (G_TYPE_CHECK_INSTANCE_TYPE (widget, type))
    return widget;
  for (child = gtk_widget_get_first_child (widget); child; child = gtk_widget_get_next_sibling (child))
    {
      GtkWidget *found = find_type (child, type);

      if (found)
        return found;
    }
  return NULL;
}

static gboolean
shows_text (GtkWidget  *widget,
            const char *text)
{
  GtkWidget *child;

  if (!gtk_widget_get_visible (widget))
    return FALSE;
  if (GTK_IS_LABEL (widget) && g_strcmp0 (gtk_label_get_label (GTK_LABEL (widget)), text) == 0)
    return TRUE;
  for (child = gtk_widget_get_first_child (widget); child; child = gtk_widget_get_next_sibling (child))
    if (shows_text (child, text))
      return TRUE;
  return FALSE;
}

static gboolean
is_mapped (gpointer widget)
{
  return gtk_widget_get_mapped (widget);
}

static AhoyParticipant *
nth (Fixture *f,
     guint    n)
{
  g_autoptr (AhoyParticipant) participant = g_list_model_get_item (ahoy_call_get_participants (f->call), n);

  return participant;
}

static AhoyParticipant *
add (Fixture    *f,
     const char *id,
     const char *name)
{
  AhoyUser *user = fake_user_new (id, name, TRUE);

  g_ptr_array_add (f->users, user);
  return fake_call_add (f->call, user);
}

/* Ada and @data − 1 others, all of them in the call. */
static void
set_up (Fixture       *f,
        gconstpointer  data)
{
  static const char *const names[] = { "Bo", "Chen", "Dora", "Emil", "Fay", "Gus", "Hana" };
  guint n = GPOINTER_TO_UINT (data), i;

  f->users = g_ptr_array_new_with_free_func (g_object_unref);
  f->me = fake_user_new ("grace", "Grace", FALSE);
  f->ada = fake_user_new ("ada", "Ada", TRUE);
  f->engine = fake_engine_new (f->me);
  f->call = fake_call_new ("c1", f->ada, AHOY_CALL_MEDIA_VIDEO, AHOY_CALL_ROLE_CALLER);
  for (i = 1; i < n; i++)
    add (f, names[i - 1], names[i - 1]);
  f->window = GTK_WINDOW (ahoy_call_window_new (f->call, f->engine));
  gtk_window_set_default_size (f->window, 960, 640);
  f->view = ahoy_call_window_get_view (AHOY_CALL_WINDOW (f->window));
  f->stage = AHOY_CALL_STAGE (find_type (GTK_WIDGET (f->window), AHOY_TYPE_CALL_STAGE));
  gtk_window_present (f->window);
  fake_call_set_state (f->call, AHOY_CALL_RINGING);
  fake_call_set_state (f->call, AHOY_CALL_CONNECTING);
  for (i = 0; i < n; i++)
    fake_participant_set (nth (f, i), TRUE, TRUE, TRUE);
  fake_call_set_state (f->call, AHOY_CALL_ACTIVE);
  ahoy_test_wait (is_mapped, f->window, 10000, "the window of the call");
}

static void
tear_down (Fixture       *f,
           gconstpointer  data)
{
  gtk_window_destroy (f->window);
  g_assert_finalize_object (f->call);
  g_assert_finalize_object (f->engine);
  g_ptr_array_unref (f->users);
  g_assert_finalize_object (f->ada);
  g_assert_finalize_object (f->me);
}

static AhoyParticipantTile *
tile (Fixture *f,
      guint    n)
{
  return ahoy_call_stage_get_tile (f->stage, n);
}

static graphene_rect_t
place_of (Fixture *f,
          guint    n)
{
  graphene_rect_t place;

  g_assert_true (gtk_widget_compute_bounds (GTK_WIDGET (tile (f, n)), GTK_WIDGET (f->stage), &place));
  return place;
}

/* What is awaited of a tile: its share of a grid of @n_people, or the place of one who is large, or of the strip. */
typedef enum
{
  IN_GRID,
  LARGE,
  IN_STRIP,
} Kind;

typedef struct
{
  Fixture *f;
  guint n;
  Kind kind;
  guint n_people;
} Place;

static AhoyStageRect
expected (Place *place)
{
  AhoyStageRect places[9];
  int gap;
  AhoyStageRect area = ahoy_grid_area (gtk_widget_get_width (GTK_WIDGET (place->f->stage)),
                                       gtk_widget_get_height (GTK_WIDGET (place->f->stage)), FALSE, &gap);

  if (place->kind == IN_GRID)
    ahoy_grid_place (area.width, area.height, gap, place->n_people, 0, FALSE, places);
  else
    ahoy_grid_place_speaker (area.width, area.height, gap, place->n_people, 0, 0, FALSE, places);
  return places[place->kind == IN_STRIP ? 1 : 0];
}

static gboolean
is_there (gpointer data)
{
  Place *place = data;
  AhoyStageRect at = expected (place);
  graphene_rect_t bounds;

  return gtk_widget_compute_bounds (GTK_WIDGET (tile (place->f, place->n)), GTK_WIDGET (place->f->stage), &bounds) &&
         bounds.size.width == at.width && bounds.size.height == at.height;
}

static void
wait_for (Fixture *f,
          guint    n,
          Kind     kind,
          guint    n_people)
{
  Place place = { f, n, kind, n_people };
  g_autofree char *what = g_strdup_printf ("tile %u to be %s of %u", n,
                                           kind == IN_GRID ? "in the grid" : kind == LARGE ? "the large one"
                                                                                           : "in the strip",
                                           n_people);

  ahoy_test_wait (is_there, &place, 10000, what);
}

static gboolean
is_resting (gpointer data)
{
  Fixture *f = data;
  guint i;

  for (i = 0; i < ahoy_call_stage_get_n_tiles (f->stage); i++)
    if (!gtk_widget_get_mapped (GTK_WIDGET (tile (f, i))) || gtk_widget_get_width (GTK_WIDGET (tile (f, i))) < 2 ||
        gtk_widget_get_opacity (GTK_WIDGET (tile (f, i))) < 1)
      return FALSE;
  return TRUE;
}

static void
test_grid (Fixture       *f,
           gconstpointer  data)
{
  const guint n = GPOINTER_TO_UINT (data) + 1;
  guint i, j;

  g_assert_true (gtk_widget_get_mapped (GTK_WIDGET (f->stage)));
  g_assert_cmpuint (ahoy_call_stage_get_n_tiles (f->stage), ==, n);
  /* The own one is the last. */
  g_assert_true (ahoy_participant_tile_get_is_own (tile (f, n - 1)));
  ahoy_test_wait (is_resting, f, 10000, "the tiles to rest");
  for (i = 0; i < n; i++)
    {
      graphene_rect_t a = place_of (f, i);

      g_assert_cmpfloat (a.size.width, >, 100);
      for (j = 0; j < i; j++)
        {
          graphene_rect_t b = place_of (f, j);

          g_assert_cmpfloat (a.size.width, ==, b.size.width);
          g_assert_false (graphene_rect_intersection (&a, &b, NULL));
        }
    }
}

static void
test_words (Fixture       *f,
            gconstpointer  data)
{
  g_assert_true (shows_text (GTK_WIDGET (f->window), "⁨Ada⁩, ⁨Bo⁩ and 2 others"));
  g_assert_cmpstr (ahoy_participant_tile_get_spoken (tile (f, 0)), ==, "Ada, video on");
  fake_participant_set (nth (f, 0), TRUE, FALSE, FALSE);
  fake_participant_set_quality (nth (f, 0), AHOY_NETWORK_QUALITY_VERY_BAD);
  g_assert_cmpstr (ahoy_participant_tile_get_spoken (tile (f, 0)), ==, "Ada, video off, muted, weak connection");
  fake_participant_set_reconnecting (nth (f, 1), TRUE);
  g_assert_cmpstr (ahoy_participant_tile_get_spoken (tile (f, 1)), ==, "Bo, video on, reconnecting");
  fake_participant_set (nth (f, 2), FALSE, TRUE, FALSE);
  g_assert_cmpstr (ahoy_participant_tile_get_spoken (tile (f, 2)), ==, "Chen, ringing");
  ahoy_call_set_microphone_on (f->call, FALSE);
  g_assert_cmpstr (ahoy_participant_tile_get_spoken (tile (f, 4)), ==, "You, video on, muted");
  fake_user_set_nickname (f->ada, "Ada Lovelace");
  g_assert_true (g_str_has_prefix (ahoy_participant_tile_get_spoken (tile (f, 0)), "Ada Lovelace, "));
}

static gboolean
says_left (gpointer window)
{
  return shows_text (window, "⁨Bo⁩ left");
}

static gboolean
says_joined (gpointer window)
{
  return shows_text (window, "⁨Ivo⁩ and ⁨Jan⁩ joined");
}

static void
test_come_and_go (Fixture       *f,
                  gconstpointer  data)
{
  AhoyParticipant *ivo, *jan;

  ahoy_test_wait (is_resting, f, 10000, "the tiles to rest");
  wait_for (f, 0, IN_GRID, 4);
  fake_call_remove (f->call, nth (f, 1));
  g_assert_cmpuint (ahoy_call_stage_get_n_tiles (f->stage), ==, 3);
  ahoy_test_wait (says_left, f->window, 10000, "the words about who left");
  ivo = add (f, "ivo", "Ivo");
  jan = add (f, "jan", "Jan");
  g_assert_cmpuint (ahoy_call_stage_get_n_tiles (f->stage), ==, 5);
  g_assert_true (ahoy_participant_tile_get_is_own (tile (f, 4)));
  g_assert_cmpstr (ahoy_participant_tile_get_spoken (tile (f, 3)), ==, "Jan, ringing");
  wait_for (f, 0, IN_GRID, 5);
  fake_participant_set (ivo, TRUE, TRUE, FALSE);
  fake_participant_set (jan, TRUE, TRUE, FALSE);
  ahoy_test_wait (says_joined, f->window, 10000, "one sentence about both who came");
}

static gboolean
is_gone (gpointer data)
{
  return *(gpointer *) data == NULL;
}

static void
test_no_answer (Fixture       *f,
                gconstpointer  data)
{
  AhoyParticipantTile *last;

  add (f, "ivo", "Ivo");
  wait_for (f, 0, IN_GRID, 5);
  last = tile (f, 3);
  g_object_add_weak_pointer (G_OBJECT (last), (gpointer *) &last);
  fake_call_remove (f->call, nth (f, 3));
  /* The tile says so for a while, and only then the others take its place. */
  g_assert_true (shows_text (GTK_WIDGET (last), "No answer"));
  g_assert_true (shows_text (GTK_WIDGET (f->window), "⁨Ivo⁩ didn't answer"));
  g_assert_cmpuint (ahoy_call_stage_get_n_tiles (f->stage), ==, 4);
  wait_for (f, 0, IN_GRID, 5);
  ahoy_test_wait (is_gone, &last, 10000, "the tile to go");
  wait_for (f, 0, IN_GRID, 4);
}

static void
test_pin (Fixture       *f,
          gconstpointer  data)
{
  wait_for (f, 1, IN_GRID, 5);
  gtk_widget_activate_action (GTK_WIDGET (tile (f, 1)), "tile.pin", NULL);
  g_assert_true (ahoy_call_stage_get_pinned (f->stage) == tile (f, 1));
  g_assert_cmpstr (ahoy_participant_tile_get_spoken (tile (f, 1)), ==, "Bo, video on, pinned");
  wait_for (f, 1, LARGE, 5);
  wait_for (f, 0, IN_STRIP, 5);
  /* Another one; then none, by Escape: everything is where it was. */
  gtk_widget_activate_action (GTK_WIDGET (f->view), "call.pin", "i", 1);
  wait_for (f, 0, LARGE, 5);
  gtk_widget_activate_action (GTK_WIDGET (f->view), "call.escape", NULL);
  g_assert_null (ahoy_call_stage_get_pinned (f->stage));
  wait_for (f, 1, IN_GRID, 5);
  /* There is no tenth person. */
  gtk_widget_activate_action (GTK_WIDGET (f->view), "call.pin", "i", 9);
  g_assert_null (ahoy_call_stage_get_pinned (f->stage));
  /* Who is pinned leaves: back to the grid. */
  gtk_widget_activate_action (GTK_WIDGET (tile (f, 1)), "tile.pin", NULL);
  fake_call_remove (f->call, nth (f, 1));
  g_assert_null (ahoy_call_stage_get_pinned (f->stage));
}

static gboolean
bo_speaks (gpointer data)
{
  Fixture *f = data;

  /* A voice is told of five times a second. */
  fake_participant_set_volume (nth (f, 1), 40);
  return ahoy_call_stage_get_speaker (f->stage) == nth (f, 1);
}

static gboolean
ada_speaks (gpointer data)
{
  Fixture *f = data;

  fake_participant_set_volume (nth (f, 0), 11);
  return ahoy_call_stage_get_speaker (f->stage) == nth (f, 0);
}

static void
test_speaker (Fixture       *f,
              gconstpointer  data)
{
  gint64 began;

  g_object_set (f->view, "layout", AHOY_CALL_LAYOUT_SPEAKER, NULL);
  wait_for (f, 0, LARGE, 4);
  /* Ten of a hundred is not speaking. */
  fake_participant_set_volume (nth (f, 2), 10);
  ahoy_test_wait (bo_speaks, f, 10000, "the one who speaks to be noticed");
  wait_for (f, 1, LARGE, 4);
  /* Who takes over waits until the one before had their time. */
  fake_participant_set_volume (nth (f, 1), 0);
  began = g_get_monotonic_time ();
  ahoy_test_wait (ada_speaks, f, 20000, "the next one who speaks");
  g_assert_cmpint (g_get_monotonic_time () - began, >, 1500000);
  wait_for (f, 0, LARGE, 4);
  /* A pin is stronger than a voice. */
  gtk_widget_activate_action (GTK_WIDGET (tile (f, 2)), "tile.pin", NULL);
  wait_for (f, 2, LARGE, 4);
  fake_participant_set_volume (nth (f, 0), 0);
}

static gboolean
is_unwatched (gpointer track)
{
  return fake_track_get_watchers (track) == 0;
}

static void
test_only_seen_is_watched (Fixture       *f,
                           gconstpointer  data)
{
  AhoyVideoTrack *last = ahoy_participant_get_video_track (nth (f, 7));

  wait_for (f, 0, IN_GRID, 9);
  g_assert_cmpint (fake_track_get_watchers (last), ==, 1);
  g_object_set (f->view, "layout", AHOY_CALL_LAYOUT_SPEAKER, NULL);
  wait_for (f, 0, LARGE, 9);
  ahoy_test_wait (is_unwatched, last, 10000, "the one without a place to cost nothing");
  g_assert_true (shows_text (GTK_WIDGET (f->stage), "+5"));
  g_object_set (f->view, "layout", AHOY_CALL_LAYOUT_GRID, NULL);
  wait_for (f, 0, IN_GRID, 9);
  g_assert_cmpint (fake_track_get_watchers (last), ==, 1);
}

static void
test_self_view (Fixture       *f,
                gconstpointer  data)
{
  AhoyVideoView *picture = AHOY_VIDEO_VIEW (find_type (GTK_WIDGET (tile (f, 3)), AHOY_TYPE_VIDEO_VIEW));

  g_assert_true (ahoy_video_view_get_mirror (picture));
  gtk_widget_activate_action (GTK_WIDGET (f->view), "call.mirror", NULL);
  g_assert_false (ahoy_video_view_get_mirror (picture));
  gtk_widget_activate_action (GTK_WIDGET (f->view), "call.self-view", NULL);
  g_assert_cmpuint (ahoy_call_stage_get_n_tiles (f->stage), ==, 3);
  wait_for (f, 0, IN_GRID, 3);
  gtk_widget_activate_action (GTK_WIDGET (f->view), "call.self-view", NULL);
  g_assert_cmpuint (ahoy_call_stage_get_n_tiles (f->stage), ==, 4);
  g_assert_true (ahoy_participant_tile_get_is_own (tile (f, 3)));
}

static GtkWidget *
focus_of (Fixture *f)
{
  return gtk_window_get_focus (f->window);
}

static void
test_focus (Fixture       *f,
            gconstpointer  data)
{
  ahoy_test_wait (is_resting, f, 10000, "the tiles to rest");
  g_assert_true (gtk_widget_child_focus (GTK_WIDGET (f->stage), GTK_DIR_TAB_FORWARD));
  g_assert_true (focus_of (f) == GTK_WIDGET (tile (f, 0)));
  gtk_widget_grab_focus (GTK_WIDGET (tile (f, 1)));
  /* Who has the keyboard leaves: the neighbour takes it. */
  fake_call_remove (f->call, nth (f, 1));
  g_assert_true (focus_of (f) == GTK_WIDGET (tile (f, 0)));
}

static void
count (guint *n)
{
  (*n)++;
}

static gboolean
was_shown (gpointer track)
{
  return fake_track_get_shown (track) > 1;
}

/* A new picture is painted, and nothing is measured or placed for it. */
static void
test_no_layout_for_a_frame (Fixture       *f,
                            gconstpointer  data)
{
  AhoyVideoTrack *track = ahoy_participant_get_video_track (nth (f, 0));
  g_autoptr (AhoyVideoFrame) first = fake_picture (64, 36, 0.3);
  g_autoptr (AhoyVideoFrame) second = fake_picture (64, 36, 0.5);
  GdkFrameClock *clock = gtk_widget_get_frame_clock (GTK_WIDGET (f->window));
  AhoyVideoView *picture = AHOY_VIDEO_VIEW (find_type (GTK_WIDGET (tile (f, 0)), AHOY_TYPE_VIDEO_VIEW));
  guint n_layouts = 0;
  gulong id;

  fake_track_show (track, first);
  ahoy_test_wait (is_resting, f, 10000, "the tiles to rest");
  while (gtk_widget_get_opacity (GTK_WIDGET (picture)) < 1)
    g_main_context_iteration (NULL, TRUE);
  while (g_main_context_iteration (NULL, FALSE))
    ;
  id = g_signal_connect_swapped (clock, "layout", G_CALLBACK (count), &n_layouts);
  fake_track_show (track, second);
  ahoy_test_wait (was_shown, track, 10000, "the second picture");
  g_assert_cmpuint (n_layouts, ==, 0);
  g_signal_handler_disconnect (clock, id);
}

/* A third person is asked into a call of two: the same window goes on with three. */
static void
test_grows (Fixture       *f,
            gconstpointer  data)
{
  g_assert_false (gtk_widget_get_mapped (GTK_WIDGET (f->stage)));
  add (f, "bo", "Bo");
  g_object_notify (G_OBJECT (f->call), "scene");
  ahoy_test_wait (is_mapped, f->stage, 10000, "the stage of several people");
  g_assert_cmpuint (ahoy_call_stage_get_n_tiles (f->stage), ==, 3);
  fake_call_end (f->call, AHOY_END_REASON_HANG_UP, f->ada, NULL);
  g_assert_true (shows_text (GTK_WIDGET (f->window), "⁨Ada⁩ and ⁨Bo⁩"));
}

static void
test_layouts_of_two (Fixture       *f,
                     gconstpointer  data)
{
  g_assert_false (gtk_widget_get_mapped (GTK_WIDGET (f->stage)));
  gtk_widget_activate_action (GTK_WIDGET (f->view), "call.next-layout", NULL);
  ahoy_test_wait (is_mapped, f->stage, 10000, "two side by side");
  wait_for (f, 0, IN_GRID, 2);
  gtk_widget_activate_action (GTK_WIDGET (f->view), "call.next-layout", NULL);
  wait_for (f, 0, LARGE, 2);
  gtk_widget_activate_action (GTK_WIDGET (f->view), "call.next-layout", NULL);
  g_assert_cmpstr (gtk_stack_get_visible_child_name (GTK_STACK (gtk_widget_get_parent (GTK_WIDGET (f->stage)))), ==,
                   "pair");
}

#define ADD(name, n, func) g_test_add ("/group/" name, Fixture, GUINT_TO_POINTER (n), set_up, func, tear_down)

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  gtk_init ();
  adw_init ();
  ADD ("grid-3", 2, test_grid);
  ADD ("grid-5", 4, test_grid);
  ADD ("grid-9", 8, test_grid);
  ADD ("words", 4, test_words);
  ADD ("come-and-go", 3, test_come_and_go);
  ADD ("no-answer", 3, test_no_answer);
  ADD ("pin", 4, test_pin);
  ADD ("speaker", 3, test_speaker);
  ADD ("only-seen-is-watched", 8, test_only_seen_is_watched);
  ADD ("self-view", 3, test_self_view);
  ADD ("focus", 3, test_focus);
  ADD ("no-layout-for-a-frame", 3, test_no_layout_for_a_frame);
  ADD ("grows", 1, test_grows);
  ADD ("layouts-of-two", 1, test_layouts_of_two);
  return g_test_run ();
}
