/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "ahoy-announce.h"
#include "ahoy-call-view-private.h"
#include "ahoy-group-words.h"
#include "ahoy-ui-private.h"
#include "ahoy-words.h"

/* Several people: which stage they stand on, and saying who came and went. */

#define GATHER_MS 400

static gboolean
wants_group (AhoyCallView *self)
{
  const gboolean is_single = ahoy_call_get_scene (self->call) == AHOY_CALL_SCENE_SINGLE ||
                             ahoy_call_get_scene (self->call) == AHOY_CALL_SCENE_NONE;
  const guint n_others = g_list_model_get_n_items (ahoy_call_get_participants (self->call));

  /* The page of the end, and that of one person who is dialled, are the same for all layouts. */
  if (self->state == AHOY_CALL_ENDED || (is_single && !ahoy_call_view_is_connected (self)))
    return FALSE;
  switch (self->layout)
    {
    case AHOY_CALL_LAYOUT_GRID:
    case AHOY_CALL_LAYOUT_SPEAKER:
      return TRUE;
    case AHOY_CALL_LAYOUT_PAIR:
      return n_others > 1;
    case AHOY_CALL_LAYOUT_AUTO:
    default:
      return !is_single;
    }
}

void
ahoy_call_view_update_people (AhoyCallView *self)
{
  self->is_group = wants_group (self);
  if (self->is_group)
    {
      ahoy_call_stage_set_call (self->stage, self->call, self->engine ? ahoy_engine_get_self (self->engine) : NULL);
      ahoy_call_stage_set_layout (self->stage, self->layout == AHOY_CALL_LAYOUT_SPEAKER);
      ahoy_call_stage_set_grid_style (self->stage, self->grid_style);
      ahoy_call_stage_set_fullscreen (self->stage, self->is_fullscreen);
      ahoy_call_stage_set_mirror (self->stage, !self->no_mirror);
      ahoy_call_stage_set_self_view (self->stage, !self->no_self_view);
    }
  ahoy_ui_set_class (GTK_WIDGET (self), "group", self->is_group);
  /* Over the tiles' names nothing else may lie. */
  gtk_widget_set_valign (GTK_WIDGET (self->hint_revealer), self->is_group ? GTK_ALIGN_START : GTK_ALIGN_END);
  gtk_stack_set_visible_child_name (self->stages, self->is_group ? "group" : "pair");
}

static void
say_people (AhoyCallView *self,
            GPtrArray    *users,
            char       *(*words) (const char *const *names,
                                  guint              n))
{
  g_autoptr (GPtrArray) names = g_ptr_array_new ();
  g_autofree char *text = NULL;
  guint i;

  if (users->len == 0)
    return;
  for (i = 0; i < users->len; i++)
    g_ptr_array_add (names, (char *) ahoy_user_get_display_name (g_ptr_array_index (users, i)));
  text = words ((const char *const *) names->pdata, names->len);
  g_ptr_array_set_size (users, 0);
  ahoy_call_view_tell (self, AHOY_HINT_PEOPLE, text);
}

static gboolean
on_people_due (gpointer data)
{
  AhoyCallView *self = data;

  self->people_id = 0;
  say_people (self, self->left, ahoy_words_left);
  say_people (self, self->joined, ahoy_words_joined);
  ahoy_call_view_update (self);
  return G_SOURCE_REMOVE;
}

/* Several who come at once are one sentence. */
static void
gather (AhoyCallView    *self,
        GPtrArray       *users,
        AhoyParticipant *participant)
{
  if (self->state != AHOY_CALL_ACTIVE)
    return;
  g_ptr_array_add (users, g_object_ref (ahoy_participant_get_user (participant)));
  if (!self->people_id)
    self->people_id = g_timeout_add (GATHER_MS, on_people_due, self);
}

static void
on_joined (AhoyCallView    *self,
           AhoyParticipant *participant)
{
  gather (self, self->joined, participant);
}

static void
on_gone (AhoyCallView    *self,
         AhoyParticipant *participant,
         gboolean         was_in)
{
  g_autofree char *text = NULL;

  if (was_in)
    {
      gather (self, self->left, participant);
      return;
    }
  if (self->state == AHOY_CALL_ENDED)
    return;
  text = ahoy_words_did_not_come (ahoy_user_get_display_name (ahoy_participant_get_user (participant)),
                                  AHOY_END_REASON_NO_RESPONSE);
  ahoy_call_view_tell (self, AHOY_HINT_PEOPLE, text);
  ahoy_call_view_update (self);
}

void
ahoy_call_view_init_people (AhoyCallView *self)
{
  self->joined = g_ptr_array_new_with_free_func (g_object_unref);
  self->left = g_ptr_array_new_with_free_func (g_object_unref);
  g_signal_connect_swapped (self->stage, "joined", G_CALLBACK (on_joined), self);
  g_signal_connect_swapped (self->stage, "gone", G_CALLBACK (on_gone), self);
  g_signal_connect_swapped (self->stage, "changed", G_CALLBACK (ahoy_call_view_update), self);
}

void
ahoy_call_view_clear_people (AhoyCallView *self)
{
  g_clear_handle_id (&self->people_id, g_source_remove);
  g_ptr_array_set_size (self->joined, 0);
  g_ptr_array_set_size (self->left, 0);
  if (self->stage)
    ahoy_call_stage_set_call (self->stage, NULL, NULL);
}
