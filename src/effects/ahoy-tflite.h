/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* The operations that the models in use are made of, by their number in the schema of TensorFlow Lite. */
typedef enum
{
  AHOY_TFLITE_ADD = 0,
  AHOY_TFLITE_AVERAGE_POOL = 1,
  AHOY_TFLITE_CONVOLUTION = 3,
  AHOY_TFLITE_DEPTHWISE_CONVOLUTION = 4,
  AHOY_TFLITE_DEQUANTIZE = 6,
  AHOY_TFLITE_SIGMOID = 14,
  AHOY_TFLITE_MULTIPLY = 18,
  AHOY_TFLITE_RELU = 19,
  AHOY_TFLITE_RESIZE_BILINEAR = 23,
  AHOY_TFLITE_CUSTOM = 32, /* MediaPipe's Convolution2DTransposeBias: the only one of its own kind */
  AHOY_TFLITE_MEAN = 40,
  AHOY_TFLITE_HARD_SWISH = 117,
} AhoyTfliteCode;

typedef enum
{
  AHOY_TFLITE_FLOAT32 = 0,
  AHOY_TFLITE_FLOAT16 = 1,
} AhoyTfliteType;

#define AHOY_TFLITE_MAX_DIMENSIONS 4
#define AHOY_TFLITE_MAX_INPUTS 3

typedef struct
{
  gsize shape[AHOY_TFLITE_MAX_DIMENSIONS];
  gsize n_dimensions;
  gsize n_values;      /* product of the shape */
  int type;            /* AhoyTfliteType, or one that Ahoy does not know */
  const guint8 *data;  /* (nullable): not NULL for a constant; not aligned */
  gsize n_bytes;
} AhoyTfliteTensor;

typedef struct
{
  int code;                              /* AhoyTfliteCode, or one that Ahoy does not know */
  int inputs[AHOY_TFLITE_MAX_INPUTS];    /* indexes of tensors, -1 when left out */
  guint n_inputs;
  int output;
  int stride_width, stride_height;       /* of a convolution */
  gboolean is_padding_same;              /* of a convolution: as big as its input, else only where it fits */
} AhoyTfliteOperation;

/* A model as it stands in a file, in the order in which it is computed. */
typedef struct
{
  GBytes *file;          /* (owned) */
  GArray *tensors;       /* (owned) (element-type AhoyTfliteTensor) */
  GArray *operations;    /* (owned) (element-type AhoyTfliteOperation) */
  int input, output;     /* indexes of tensors */
} AhoyTflite;

/* NULL and @error (G_FILE_ERROR) unless @file is a whole model; what it says is checked, and every index is one that
 * exists. */
AhoyTflite *ahoy_tflite_new  (GBytes      *file,
                              GError     **error);
void        ahoy_tflite_free (AhoyTflite  *self);

const AhoyTfliteTensor *ahoy_tflite_get_tensor (const AhoyTflite *self,
                                                int               index);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (AhoyTflite, ahoy_tflite_free)

G_END_DECLS
