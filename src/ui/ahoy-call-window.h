/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "ahoy-call-view.h"

#include <adwaita.h>

G_BEGIN_DECLS

#define AHOY_TYPE_CALL_WINDOW (ahoy_call_window_get_type ())
G_DECLARE_FINAL_TYPE (AhoyCallWindow, ahoy_call_window, AHOY, CALL_WINDOW, AdwWindow)

/* A call in a window of its own. The title tells the state; closing it during a call asks first. */
AhoyCallWindow *ahoy_call_window_new      (AhoyCall       *call,
                                           AhoyEngine     *engine);
AhoyCallView   *ahoy_call_window_get_view (AhoyCallWindow *self);

G_END_DECLS
