/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "ahoy-sound-level.h"

#include <math.h>

double
ahoy_sound_power (const gint16 *samples,
                  gsize         n_samples)
{
  double sum = 0;

  for (gsize i = 0; i < n_samples; i++)
    sum += (double) samples[i] * samples[i];

  return n_samples == 0 ? 0 : sum / n_samples / (32768.0 * 32768.0);
}

int
ahoy_sound_level (const gint16 *samples,
                  gsize         n_samples)
{
  return ahoy_sound_level_of_power (ahoy_sound_power (samples, n_samples));
}

int
ahoy_sound_level_of_power (double power)
{
  double rms_db;

  if (!(power > 0))
    return 0;

  rms_db = 10 * log10 (power);
  if (!(rms_db > -60))
    return 0;

  return MIN (100, (int) ((rms_db + 60) * 2));
}
