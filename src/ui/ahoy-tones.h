/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * AhoyTone:
 * @AHOY_TONE_HARBOUR: the ringtone, a phrase of 4 s
 * @AHOY_TONE_RINGBACK: 1.2 s, to be repeated after 2.8 s
 * @AHOY_TONE_CONNECTED: two up
 * @AHOY_TONE_RECONNECTING: one soft
 * @AHOY_TONE_LOST: three down
 * @AHOY_TONE_ENDED: two down
 * @AHOY_TONE_KNOCK: two taps, for a second call
 */
typedef enum
{
  AHOY_TONE_HARBOUR,
  AHOY_TONE_RINGBACK,
  AHOY_TONE_CONNECTED,
  AHOY_TONE_RECONNECTING,
  AHOY_TONE_LOST,
  AHOY_TONE_ENDED,
  AHOY_TONE_KNOCK,
  AHOY_N_TONES,
} AhoyTone;

#define AHOY_TONE_RATE 48000

/* 48 kHz mono S16LE, made of struck wooden bells; never louder than −3 dB. (transfer full) */
GBytes *ahoy_tone_synthesize (AhoyTone tone);
/* The same, made once in a process. (transfer none) */
GBytes *ahoy_tone_get        (AhoyTone tone);
/* Makes those that repeat in a thread of their own, so that the first call need not wait for them. */
void    ahoy_tones_warm_up   (void);
/* The silence between two rounds of a tone that repeats. */
guint   ahoy_tone_pause_ms   (AhoyTone tone);

G_END_DECLS
