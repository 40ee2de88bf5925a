/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "ahoy-server.h"

G_BEGIN_DECLS

/* One text frame of a client to the function that sees to it. */
void ahoy_dispatch_text (AhoyConnection *connection,
                         const char     *text,
                         gsize           length,
                         AhoyServer     *server);

G_END_DECLS
