/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "ahoy-call-stage.h"
#include "ahoy-grid-geometry.h"

#include <adwaita.h>

G_BEGIN_DECLS

/* A tile and where it is. */
typedef struct
{
  AhoyCallStage *stage;      /* (unowned): owns this */
  AhoyParticipantTile *tile; /* (unowned): a child of the stage */
  AhoyStageRect from, to, at;
  double opacity_from, opacity_to;
  guint leave_id;            /* until it goes, while it says why */
  guint is_new : 1;          /* was never placed */
  guint was_in : 1;          /* this person was in the call */
  guint is_leaving : 1;      /* nobody is behind it */
  guint is_closing : 1;      /* fades away where it is, the others take its place */
  guint is_hidden : 1;       /* no room for it now */
} AhoyTileSpot;

struct _AhoyCallStage
{
  GtkWidget parent_instance;

  GtkWidget *more_button;      /* stands for those without a place */
  AhoyCall *call;              /* (owned) (nullable) */
  AhoyUser *own_user;          /* (owned) (nullable) */
  GPtrArray *spots;            /* (owned) of AhoyTileSpot, in the order in which they are shown */
  AhoyParticipant *speaker;    /* (owned) (nullable) */
  AhoyParticipantTile *pinned; /* (unowned) (nullable) */
  AhoyParticipantTile *main;   /* (unowned) (nullable): the large one, as last placed */
  AhoyParticipantTile *raised; /* (unowned) (nullable): painted over the others while it moves */
  AhoyParticipantTile *focused; /* (unowned) (nullable): where the keyboard was last */
  AdwAnimation *motion;        /* (owned) (nullable) */
  AhoySpeakerShape shape;      /* of the speaker layout as last placed */
  AhoyGridStyle grid_style;
  gint64 speaker_since;
  AhoyStageRect more_place;    /* of @more_button, no width when everybody has a place */
  int width, height;           /* as last allocated */
  int gap;
  int columns;                 /* of the grid as last placed */
  int strip_step;              /* from one place of the strip to the next */
  int scroll;
  double drag_start;
  guint relayout_id;
  guint tick_id;
  guint is_speaker_layout : 1;
  guint is_allocating : 1;
  guint is_fullscreen : 1;
  guint mirror : 1;
  guint self_view : 1;
};

AhoyTileSpot *ahoy_call_stage_get_spot          (AhoyCallStage       *self,
                                                 guint                i);
void          ahoy_call_stage_pin               (AhoyCallStage       *self,
                                                 AhoyParticipantTile *tile);
/* ahoy-call-stage-layout.c */
void          ahoy_call_stage_class_init_layout (GtkWidgetClass      *widget_class);
void          ahoy_call_stage_queue_relayout    (AhoyCallStage       *self);
void          ahoy_call_stage_relayout          (AhoyCallStage       *self,
                                                 gboolean             animate);
/* ahoy-call-stage-focus.c */
void          ahoy_call_stage_class_init_focus  (GtkWidgetClass      *widget_class);
void          ahoy_call_stage_init_focus        (AhoyCallStage       *self);
void          ahoy_call_stage_move_focus_from   (AhoyCallStage       *self,
                                                 AhoyParticipantTile *tile);

G_END_DECLS
