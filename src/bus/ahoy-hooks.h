/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "ahoy-engine.h"

G_BEGIN_DECLS

#define AHOY_TYPE_HOOKS (ahoy_hooks_get_type ())
G_DECLARE_FINAL_TYPE (AhoyHooks, ahoy_hooks, AHOY, HOOKS, GObject)

/* Runs a person's own commands when a call rings, begins and ends: what the group [hooks] of
 * $XDG_CONFIG_HOME/ahoy/hooks.ini says under ringing, begin and end. No file, no key: nothing is run. No shell is
 * involved; the words of a command are split as a shell would. It finds in its environment AHOY_CALL_EVENT (the
 * key), AHOY_CALL_ID, AHOY_CALL_PEERS (ids of the others, separated by spaces), AHOY_CALL_MEDIA (audio or video),
 * AHOY_CALL_ROLE (caller or called), AHOY_CALL_REASON (empty before the end) and AHOY_CALL_DURATION (seconds). */
AhoyHooks *ahoy_hooks_new (AhoyEngine *engine);

G_END_DECLS
