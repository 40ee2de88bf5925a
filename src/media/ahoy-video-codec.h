/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Descriptions of the parts of pipelines that differ between codecs. */
typedef struct
{
  const char *name;          /* in the session description */
  const char *encoder;       /* description; the encoder is named "encoder" */
  const char *bitrate_name;  /* property of the encoder */
  guint bitrate_unit;        /* bit/s */
  const char *caps;          /* encoded pictures between pipelines */
  const char *payloader;     /* description, with the caps behind it */
  const char *depayloader;   /* description; whole pictures leave the element named "pictures" */
  const char *decoder;       /* description */
  const char *elements[6];   /* what must be installed, NULL ended */
} AhoyVideoCodec;

/* VP8, or what AHOY_TEST_CODEC names. */
const AhoyVideoCodec *ahoy_video_codec_get            (void);
/* bit/s for pictures of that size */
guint                 ahoy_video_codec_target_bitrate (int width,
                                                       int height);

/* The size that a VP8 picture says it has; FALSE: it says none, as all but key frames. */
gboolean ahoy_video_codec_read_size (const guint8 *picture,
                                     gsize         size,
                                     int          *width,
                                     int          *height);
/* Whether that is more than anything that we would show. */
gboolean ahoy_video_codec_is_huge   (const guint8 *picture,
                                     gsize         size);

G_END_DECLS
