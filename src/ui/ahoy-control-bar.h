/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define AHOY_TYPE_CONTROL_BAR (ahoy_control_bar_get_type ())
G_DECLARE_FINAL_TYPE (AhoyControlBar, ahoy_control_bar, AHOY, CONTROL_BAR, GtkWidget)

/* The pill with microphone, camera, more and hang up. It acts through the actions "call.muted", "call.camera-off"
 * (stateful) and "call.hang-up" of the widget around it. */
GtkWidget *ahoy_control_bar_new                    (void);
/* A yellow dot and the words in the tooltip; NULL: none. */
void       ahoy_control_bar_set_microphone_problem (AhoyControlBar *self,
                                                    const char     *problem);
void       ahoy_control_bar_set_camera_problem     (AhoyControlBar *self,
                                                    const char     *problem);
/* 0–100, painted under the microphone. */
void       ahoy_control_bar_set_level              (AhoyControlBar *self,
                                                    int             level);
/* What the red button is called: "Hang Up" or "Cancel Call". */
void       ahoy_control_bar_set_is_dialling        (AhoyControlBar *self,
                                                    gboolean        is_dialling);
void       ahoy_control_bar_set_single_keys        (AhoyControlBar *self,
                                                    gboolean        single_keys);
void       ahoy_control_bar_set_menu               (AhoyControlBar *self,
                                                    GMenuModel     *menu);
gboolean   ahoy_control_bar_get_is_busy            (AhoyControlBar *self); /* a menu is open, or keyboard focus */

G_END_DECLS
