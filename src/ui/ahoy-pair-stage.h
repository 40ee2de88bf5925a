/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "ahoy-call.h"
#include "ahoy-self-view.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define AHOY_TYPE_PAIR_STAGE (ahoy_pair_stage_get_type ())
G_DECLARE_FINAL_TYPE (AhoyPairStage, ahoy_pair_stage, AHOY, PAIR_STAGE, GtkWidget)

/* The stage of two: the other person as a name or as a picture that fills it, the own picture small on top. Before
 * and after a call it is also the page that says who and what.
 * Signals: "changed" (): a picture came, went or was swapped; whoever shows the stage calls update () then. */
GtkWidget *ahoy_pair_stage_new                  (void);
void       ahoy_pair_stage_set_call             (AhoyPairStage *self,
                                                 AhoyCall      *call);
/* Nullable: who has the small picture. */
void       ahoy_pair_stage_set_own_user         (AhoyPairStage *self,
                                                 AhoyUser      *user);
void       ahoy_pair_stage_set_texts            (AhoyPairStage *self,
                                                 const char    *name,
                                                 const char    *status,
                                                 const char    *detail);
void       ahoy_pair_stage_set_size_class       (AhoyPairStage *self,
                                                 gboolean       is_narrow,
                                                 gboolean       is_short);
void       ahoy_pair_stage_set_mirror           (AhoyPairStage *self,
                                                 gboolean       mirror);
void       ahoy_pair_stage_set_contain          (AhoyPairStage *self,
                                                 gboolean       contain);
void       ahoy_pair_stage_set_self_view        (AhoyPairStage *self,
                                                 gboolean       self_view);
/* The line is broken for so long that somebody may want to give up. */
void       ahoy_pair_stage_set_is_long_trouble  (AhoyPairStage *self,
                                                 gboolean       is_long);
void       ahoy_pair_stage_swap                 (AhoyPairStage *self);
/* Derives everything seen from the call. */
void       ahoy_pair_stage_update               (AhoyPairStage *self);
gboolean   ahoy_pair_stage_get_has_picture      (AhoyPairStage *self); /* one that fills the stage */
gboolean   ahoy_pair_stage_get_is_covered       (AhoyPairStage *self); /* nothing behind it can be seen */
gboolean   ahoy_pair_stage_get_wants_self_view  (AhoyPairStage *self); /* there would be an own picture to show */
/* @widget is what lies under everything, and no control. */
gboolean   ahoy_pair_stage_is_ground            (AhoyPairStage *self,
                                                 GtkWidget     *widget);

G_END_DECLS
