/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <gst/audio/gstaudiofilter.h>

G_BEGIN_DECLS

/* Takes away what is no voice, in place: 16 bits, 48 kHz, one channel. While it is on the sound is 20 ms late, and 10 ms
 * more when it comes in pieces that are not whole hundredths of a second; while it is off it costs nothing. */
#define AHOY_TYPE_NOISE_FILTER (ahoy_noise_filter_get_type ())
G_DECLARE_FINAL_TYPE (AhoyNoiseFilter, ahoy_noise_filter, AHOY, NOISE_FILTER, GstAudioFilter)

GstElement *ahoy_noise_filter_new    (const char      *name);
/* From any thread. */
void        ahoy_noise_filter_set_on (AhoyNoiseFilter *self,
                                      gboolean         on);

G_END_DECLS
