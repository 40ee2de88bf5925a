/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* How loud 16 bit samples are, 0 (below -60 dB) to 100 (-10 dB and more). */
int    ahoy_sound_level          (const gint16 *samples,
                                  gsize         n_samples);
int    ahoy_sound_level_of_power (double        power);
/* Their mean square: 0 (silence) to 1 (full scale). */
double ahoy_sound_power          (const gint16 *samples,
                                  gsize         n_samples);

G_END_DECLS
