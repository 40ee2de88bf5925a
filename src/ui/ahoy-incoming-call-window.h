/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "ahoy-incoming-call-view.h"

#include <adwaita.h>

G_BEGIN_DECLS

#define AHOY_TYPE_INCOMING_CALL_WINDOW (ahoy_incoming_call_window_get_type ())
G_DECLARE_FINAL_TYPE (AhoyIncomingCallWindow, ahoy_incoming_call_window, AHOY, INCOMING_CALL_WINDOW, AdwWindow)

/* The card in a window of its own, which does not take the keyboard away from what somebody is typing. Closing
 * it silences; the call goes on ringing for the caller. */
AhoyIncomingCallWindow *ahoy_incoming_call_window_new      (AhoyCall               *call);
AhoyIncomingCallView   *ahoy_incoming_call_window_get_view (AhoyIncomingCallWindow *self);

G_END_DECLS
