/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* The strip of black and white blocks at the top of a test clip that carries the number of the picture. */
gboolean ahoy_counter_strip_read (const guint8 *pixels,
                                  gsize         size,
                                  int           width,
                                  int           height,
                                  int           stride,
                                  int           pixel_size,
                                  int           offset,
                                  guint        *counter);

G_END_DECLS
