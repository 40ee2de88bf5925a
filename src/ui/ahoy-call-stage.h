/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "ahoy-call.h"
#include "ahoy-participant-tile.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

/**
 * AhoyCallLayout:
 * @AHOY_CALL_LAYOUT_AUTO: one-to-one for two people, a grid for more
 * @AHOY_CALL_LAYOUT_GRID: everybody the same size
 * @AHOY_CALL_LAYOUT_SPEAKER: who speaks is large, the others in a strip
 * @AHOY_CALL_LAYOUT_PAIR: the other person fills the stage, the own picture is small on top
 */
typedef enum
{
  AHOY_CALL_LAYOUT_AUTO,
  AHOY_CALL_LAYOUT_GRID,
  AHOY_CALL_LAYOUT_SPEAKER,
  AHOY_CALL_LAYOUT_PAIR,
} AhoyCallLayout;

/**
 * AhoyGridStyle:
 * @AHOY_GRID_STYLE_ADAPTIVE: tiles as large as the stage allows
 * @AHOY_GRID_STYLE_SQUARE: squares as in the kits for telephones
 */
typedef enum
{
  AHOY_GRID_STYLE_ADAPTIVE,
  AHOY_GRID_STYLE_SQUARE,
} AhoyGridStyle;

#define AHOY_TYPE_CALL_LAYOUT (ahoy_call_layout_get_type ())
GType      ahoy_call_layout_get_type           (void);
#define AHOY_TYPE_GRID_STYLE (ahoy_grid_style_get_type ())
GType      ahoy_grid_style_get_type            (void);

#define AHOY_TYPE_CALL_STAGE (ahoy_call_stage_get_type ())
G_DECLARE_FINAL_TYPE (AhoyCallStage, ahoy_call_stage, AHOY, CALL_STAGE, GtkWidget)

/* The stage of several people: a tile for each of them and an own one, which move to their places when somebody
 * comes, goes or is pinned.
 * Signals: "changed" (): somebody was pinned or unpinned, or who is large is another; "people" (): the place that
 * stands for those who have none was pressed; "cancel" (AhoyParticipant): take this invitation back. */
GtkWidget           *ahoy_call_stage_new            (void);
/* @call: nullable; @own_user: nullable, for the own tile. */
void                 ahoy_call_stage_set_call       (AhoyCallStage   *self,
                                                     AhoyCall        *call,
                                                     AhoyUser        *own_user);
void                 ahoy_call_stage_set_layout     (AhoyCallStage   *self,
                                                     gboolean         speaker);
void                 ahoy_call_stage_set_grid_style (AhoyCallStage   *self,
                                                     AhoyGridStyle    style);
void                 ahoy_call_stage_set_fullscreen (AhoyCallStage   *self,
                                                     gboolean         is_fullscreen);
void                 ahoy_call_stage_set_mirror     (AhoyCallStage   *self,
                                                     gboolean         mirror);
void                 ahoy_call_stage_set_self_view  (AhoyCallStage   *self,
                                                     gboolean         self_view);
/* 0–100: of the own microphone. */
void                 ahoy_call_stage_set_own_level  (AhoyCallStage   *self,
                                                     int              level);
/* The @n-th person from 1, or 0 for nobody. */
gboolean             ahoy_call_stage_pin_nth        (AhoyCallStage   *self,
                                                     guint            n);
gboolean             ahoy_call_stage_unpin          (AhoyCallStage   *self); /* FALSE: nobody was */
AhoyParticipantTile *ahoy_call_stage_get_pinned     (AhoyCallStage   *self); /* (transfer none) (nullable) */
/* Who spoke last, never the own person. (transfer none) (nullable) */
AhoyParticipant     *ahoy_call_stage_get_speaker    (AhoyCallStage   *self);
guint                ahoy_call_stage_get_n_tiles    (AhoyCallStage   *self); /* of people who are there or awaited */
AhoyParticipantTile *ahoy_call_stage_get_tile       (AhoyCallStage   *self,
                                                     guint            n); /* (transfer none) */
gboolean             ahoy_call_stage_get_is_busy    (AhoyCallStage   *self); /* a menu is open */

G_END_DECLS
