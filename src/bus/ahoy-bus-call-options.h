/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "ahoy-engine.h"

G_BEGIN_DECLS

/* The a{sv} @options of Manager.Call. NULL with @error (-1202) for a key that is not known or a value that cannot be
 * right; the engine looks at the limits. (transfer full) */
AhoyCallOptions *ahoy_bus_call_options_parse (GVariant  *options,
                                              GError   **error);

G_END_DECLS
