/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "ahoy-sound-level.h"

#include <math.h>

int
ahoy_sound_level (const gint16 *samples,
                  gsize         n_samples)
{
  double sum = 0;
  double rms_db;

  for (gsize i = 0; i < n_samples; i++)
    sum += (double) samples[i] * samples[i];
  if (n_samples == 0 || sum <= 0)
    return 0;

  rms_db = 10 * log10 (sum / n_samples / (32768.0 * 32768.0));
  if (!(rms_db > -60))
    return 0;

  return MIN (100, (int) ((rms_db + 60) * 2));
}
