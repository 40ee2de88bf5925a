/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "ahoy-tones.h"

#include <math.h>
#include <string.h>

/* One stroke: when (s), pitch (Hz), strength (0–1), and how long it rings (s, to −60 dB). */
typedef struct
{
  float at, pitch, strength, ring;
} Stroke;

typedef struct
{
  float seconds;
  guint pause_ms;
  float peak; /* of the whole, 1 = full scale */
  const Stroke *strokes;
  guint n_strokes;
} Score;

/* D major over a bell on A: two calls and an answer, then rest. */
static const Stroke harbour[] = {
  { 0.00f, 440.00f, 0.9f, 1.4f }, { 0.22f, 587.33f, 1.0f, 1.6f }, { 0.44f, 739.99f, 0.9f, 1.8f },
  { 0.96f, 587.33f, 0.8f, 1.4f }, { 1.18f, 739.99f, 1.0f, 1.6f }, { 1.40f, 880.00f, 0.9f, 2.0f },
  { 2.10f, 659.26f, 0.7f, 1.4f }, { 2.32f, 587.33f, 0.8f, 1.8f },
};
static const Stroke ringback[] = {
  { 0.00f, 440.00f, 1.0f, 1.1f }, { 0.30f, 554.37f, 0.8f, 1.0f }, { 0.60f, 440.00f, 0.6f, 0.8f },
};
static const Stroke connected[] = { { 0.00f, 587.33f, 0.9f, 0.30f }, { 0.08f, 880.00f, 1.0f, 0.40f } };
static const Stroke reconnecting[] = { { 0.00f, 440.00f, 1.0f, 0.50f } };
static const Stroke lost[] = {
  { 0.00f, 659.26f, 1.0f, 0.40f }, { 0.18f, 554.37f, 0.9f, 0.40f }, { 0.36f, 440.00f, 0.9f, 0.60f },
};
static const Stroke ended[] = { { 0.00f, 659.26f, 0.9f, 0.30f }, { 0.10f, 440.00f, 1.0f, 0.45f } };
static const Stroke knock[] = { { 0.00f, 330.00f, 1.0f, 0.18f }, { 0.16f, 330.00f, 0.8f, 0.18f } };

#define SCORE(seconds, pause, peak, strokes) { seconds, pause, peak, strokes, G_N_ELEMENTS (strokes) }

static const Score scores[AHOY_N_TONES] = {
  [AHOY_TONE_HARBOUR] = SCORE (4.0f, 0, 0.60f, harbour),
  [AHOY_TONE_RINGBACK] = SCORE (1.2f, 2800, 0.22f, ringback),
  [AHOY_TONE_CONNECTED] = SCORE (0.5f, 0, 0.35f, connected),
  [AHOY_TONE_RECONNECTING] = SCORE (0.5f, 0, 0.20f, reconnecting),
  [AHOY_TONE_LOST] = SCORE (1.0f, 0, 0.40f, lost),
  [AHOY_TONE_ENDED] = SCORE (0.6f, 0, 0.35f, ended),
  [AHOY_TONE_KNOCK] = SCORE (0.4f, 3600, 0.25f, knock),
};

static void
add_stroke (float        *sum,
            guint         n,
            const Stroke *stroke)
{
  /* The modes of a wooden bar: fundamental, a near fourth multiple that dies soon, and a click. */
  static const float ratio[] = { 1.0f, 2.756f, 3.984f, 9.2f };
  static const float level[] = { 1.0f, 0.16f, 0.28f, 0.06f };
  static const float decay[] = { 1.0f, 2.4f, 3.2f, 8.0f };
  const guint first = (guint) (stroke->at * AHOY_TONE_RATE);
  guint i, mode;

  for (i = first; i < n; i++)
    {
      float t = (float) (i - first) / AHOY_TONE_RATE;
      float attack = MIN (t / 0.004f, 1.0f);
      float value = 0;

      for (mode = 0; mode < G_N_ELEMENTS (ratio); mode++)
        value += level[mode] * expf (-6.9f * decay[mode] * t / stroke->ring) *
                 sinf (2 * (float) G_PI * ratio[mode] * stroke->pitch * t);
      sum[i] += value * attack * stroke->strength;
    }
}

/* Loudest becomes @peak; the last 20 ms fade, so that a cut never clicks. */
static void
finish (float *sum,
        guint  n,
        float  peak)
{
  const guint fade = AHOY_TONE_RATE / 50;
  float loudest = 1e-6f;
  guint i;

  for (i = 0; i < n; i++)
    loudest = MAX (loudest, fabsf (sum[i]));
  for (i = 0; i < n; i++)
    sum[i] *= peak / loudest;
  for (i = 0; i < fade && i < n; i++)
    sum[n - 1 - i] *= (float) i / fade;
}

GBytes *
ahoy_tone_synthesize (AhoyTone tone)
{
  const Score *score;
  g_autofree float *sum = NULL;
  gint16 *pcm;
  guint n, i;

  g_return_val_if_fail (tone < AHOY_N_TONES, NULL);

  score = &scores[tone];
  n = (guint) (score->seconds * AHOY_TONE_RATE);
  sum = g_new0 (float, n);
  for (i = 0; i < score->n_strokes; i++)
    add_stroke (sum, n, &score->strokes[i]);
  finish (sum, n, score->peak);

  pcm = g_new (gint16, n);
  for (i = 0; i < n; i++)
    pcm[i] = GINT16_TO_LE ((gint16) lrintf (sum[i] * 32767));
  return g_bytes_new_take (pcm, n * sizeof (gint16));
}

GBytes *
ahoy_tone_get (AhoyTone tone)
{
  static GMutex lock;
  static GBytes *made[AHOY_N_TONES];
  GBytes *bytes;

  g_return_val_if_fail (tone < AHOY_N_TONES, NULL);

  g_mutex_lock (&lock);
  if (!made[tone])
    made[tone] = ahoy_tone_synthesize (tone);
  bytes = made[tone];
  g_mutex_unlock (&lock);
  return bytes;
}

static gpointer
make_repeating (gpointer data)
{
  ahoy_tone_get (AHOY_TONE_HARBOUR);
  ahoy_tone_get (AHOY_TONE_RINGBACK);
  return NULL;
}

void
ahoy_tones_warm_up (void)
{
  static gsize is_started = 0;

  if (!g_once_init_enter (&is_started))
    return;
  g_thread_unref (g_thread_new ("tones", make_repeating, NULL));
  g_once_init_leave (&is_started, 1);
}

guint
ahoy_tone_pause_ms (AhoyTone tone)
{
  g_return_val_if_fail (tone < AHOY_N_TONES, 0);

  return scores[tone].pause_ms;
}
