/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "ahoy-engine.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define AHOY_TYPE_CALL_VIEW (ahoy_call_view_get_type ())
G_DECLARE_FINAL_TYPE (AhoyCallView, ahoy_call_view, AHOY, CALL_VIEW, GtkWidget)

/* A whole call with one person, from dialling to its end. Properties: "call" (AhoyCall, nullable), "engine"
 * (AhoyEngine, nullable: for own name, level and device problems), "muted", "camera-off", "fill", "mirror",
 * "self-view" (gboolean, rw), "fullscreen" (gboolean, rw), "single-keys" (gboolean, rw, TRUE), "auto-close"
 * (gboolean, rw, TRUE: emit "close" some seconds after the end), "camera", "microphone", "speaker" (string, rw: the
 * id of the device, "" for automatic).
 * Actions: "call.camera", "call.microphone", "call.speaker" (radio), "call.muted", "call.camera-off", "call.fill", "call.mirror", "call.self-view", "call.fullscreen"
 * (stateful), "call.hang-up", "call.again", "call.close", "call.swap", "call.escape", "call.keep-trying".
 * Signals: "call-again" (), "close" (): the page of the end is done with. */
GtkWidget  *ahoy_call_view_new             (AhoyCall     *call,
                                            AhoyEngine   *engine);
AhoyCall   *ahoy_call_view_get_call        (AhoyCallView *self);
void        ahoy_call_view_set_call        (AhoyCallView *self,
                                            AhoyCall     *call);
AhoyEngine *ahoy_call_view_get_engine      (AhoyCallView *self);
void        ahoy_call_view_set_engine      (AhoyCallView *self,
                                            AhoyEngine   *engine);
void        ahoy_call_view_set_fullscreen  (AhoyCallView *self,
                                            gboolean      fullscreen);
gboolean    ahoy_call_view_get_fullscreen  (AhoyCallView *self);
/* The bars of a video call hide when nothing moves; this shows them again. */
void        ahoy_call_view_wake            (AhoyCallView *self);
gboolean    ahoy_call_view_get_bars_shown  (AhoyCallView *self);

G_END_DECLS
