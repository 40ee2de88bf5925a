/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* RNNoise 0.2: keeps a voice and takes away everything else. For one thread at a time. */
typedef struct _AhoyDenoiser AhoyDenoiser;

#define AHOY_DENOISER_RATE 48000
#define AHOY_DENOISER_FRAME 480  /* samples that go in and come out at a time */
#define AHOY_DENOISER_DELAY 960  /* samples by which what comes out is late */

/* Whether this build has it. */
gboolean      ahoy_denoiser_is_available (void);
/* (nullable) when it is not available. */
AhoyDenoiser *ahoy_denoiser_new          (void);
void          ahoy_denoiser_free         (AhoyDenoiser *self);
/* Replaces AHOY_DENOISER_FRAME samples, -32768 to 32767. Returns how likely there is a voice, 0 to 1. */
float         ahoy_denoiser_process      (AhoyDenoiser *self,
                                          float        *samples);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (AhoyDenoiser, ahoy_denoiser_free)

G_END_DECLS
