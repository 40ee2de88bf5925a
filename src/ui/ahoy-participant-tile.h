/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "ahoy-call.h"
#include "ahoy-video-view.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define AHOY_TYPE_PARTICIPANT_TILE (ahoy_participant_tile_get_type ())
G_DECLARE_FINAL_TYPE (AhoyParticipantTile, ahoy_participant_tile, AHOY, PARTICIPANT_TILE, GtkWidget)

/* One person on the stage: picture or avatar, name, and what is to be known of them. Its size never depends on
 * what it shows. A tile without a participant is the own one.
 * Actions: "tile.pin", "tile.menu", "tile.fill", "tile.view", "tile.rotate", "tile.cancel".
 * Signals: "pin" (): somebody wants this one large, or no longer; "cancel" (): take the invitation back. */
GtkWidget       *ahoy_participant_tile_new             (AhoyCall            *call,
                                                        AhoyParticipant     *participant,
                                                        AhoyUser            *own_user);
AhoyParticipant *ahoy_participant_tile_get_participant (AhoyParticipantTile *self); /* (nullable) */
AhoyUser        *ahoy_participant_tile_get_user        (AhoyParticipantTile *self); /* (nullable) */
gboolean         ahoy_participant_tile_get_is_own      (AhoyParticipantTile *self);
void             ahoy_participant_tile_set_is_pinned   (AhoyParticipantTile *self,
                                                        gboolean             is_pinned);
void             ahoy_participant_tile_set_mirror      (AhoyParticipantTile *self,
                                                        gboolean             mirror);
/* 0–100: of the own microphone; that of others is known. */
void             ahoy_participant_tile_set_level       (AhoyParticipantTile *self,
                                                        int                  level);
/* Nobody is behind it any more; @text (nullable) says why for as long as it is still seen. */
void             ahoy_participant_tile_leave           (AhoyParticipantTile *self,
                                                        const char          *text);
/* Moves the ring of the voice; FALSE when there is nothing left to move. */
gboolean         ahoy_participant_tile_tick            (AhoyParticipantTile *self,
                                                        gint64               now_us);
/* Monotonic µs, 0 while silent. */
gint64           ahoy_participant_tile_get_speaking_since (AhoyParticipantTile *self);
/* Everything about it in one sentence, for assistive technology. */
const char      *ahoy_participant_tile_get_spoken      (AhoyParticipantTile *self);
void             ahoy_participant_tile_popup_menu      (AhoyParticipantTile *self);
gboolean         ahoy_participant_tile_get_is_busy     (AhoyParticipantTile *self); /* its menu is open */

G_END_DECLS
