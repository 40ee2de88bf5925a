/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "ahoy-call.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define AHOY_TYPE_INCOMING_CALL_VIEW (ahoy_incoming_call_view_get_type ())
G_DECLARE_FINAL_TYPE (AhoyIncomingCallView, ahoy_incoming_call_view, AHOY, INCOMING_CALL_VIEW, GtkWidget)

/* Somebody calls. For 600 ms after it appears nothing can be pressed, so that a click meant for something else
 * answers nothing. Properties: "call" (AhoyCall), "show-preview" (gboolean, FALSE: own picture, which only this
 * person sees), "silenced" (gboolean, r).
 * Actions "incoming.answer", "incoming.answer-without-camera", "incoming.decline", "incoming.silence".
 * Signals: "answered" (gboolean with_camera), "declined" (), "silenced" (): the view acts on the call itself. */
GtkWidget *ahoy_incoming_call_view_new      (AhoyCall             *call);
AhoyCall  *ahoy_incoming_call_view_get_call (AhoyIncomingCallView *self);
void       ahoy_incoming_call_view_silence  (AhoyIncomingCallView *self);
gboolean   ahoy_incoming_call_view_is_armed (AhoyIncomingCallView *self);

G_END_DECLS
