/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "ahoy-engine.h"

G_BEGIN_DECLS

#define AHOY_TYPE_AUTO_JOIN (ahoy_auto_join_get_type ())
G_DECLARE_FINAL_TYPE (AhoyAutoJoin, ahoy_auto_join, AHOY, AUTO_JOIN, GObject)

/* Enters the call of any group of the user's as soon as there is one and no other call is under way, with the camera
 * off. A call that was left is not entered again, but one that was lost is. */
AhoyAutoJoin *ahoy_auto_join_new (AhoyEngine *engine);

G_END_DECLS
