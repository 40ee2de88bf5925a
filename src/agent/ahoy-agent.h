/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "ahoy-agent-options.h"
#include "ahoy-engine.h"

G_BEGIN_DECLS

/* Exit statuses, from sysexits.h where they have one. */
typedef enum
{
  AHOY_AGENT_OK = 0,
  AHOY_AGENT_NO_CALL = 1,
  AHOY_AGENT_USAGE = 64,
  AHOY_AGENT_NO_INPUT = 66,
  AHOY_AGENT_UNAVAILABLE = 69,
  AHOY_AGENT_NOT_PERMITTED = 77,
} AhoyAgentExit;

#define AHOY_TYPE_AGENT (ahoy_agent_get_type ())
G_DECLARE_FINAL_TYPE (AhoyAgent, ahoy_agent, AHOY, AGENT, GObject)

/* An engine that acts by its options alone. */
AhoyAgent     *ahoy_agent_new  (const AhoyAgentOptions *options); /* not owned, outlives it */
/* Runs until it is told to stop or has nothing left to do. */
AhoyAgentExit  ahoy_agent_run  (AhoyAgent              *self);
/* Leaves every call, signs out and makes run () return, within two seconds. */
void           ahoy_agent_stop (AhoyAgent              *self,
                                AhoyAgentExit           status);

G_END_DECLS
