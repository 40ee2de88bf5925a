/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "ahoy-engine.h"
#include "ahoy-people.h"

G_BEGIN_DECLS

AhoySession *ahoy_engine_get_session          (AhoyEngine *self);
AhoyPeople  *ahoy_engine_get_people           (AhoyEngine *self);
/* It is not known what changed. */
void         ahoy_engine_emit_history_changed (AhoyEngine *self);

G_END_DECLS
