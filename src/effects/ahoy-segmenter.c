/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "ahoy-segmenter.h"

#ifdef HAVE_SEGMENTER

#include "ahoy-effects-resources.h"
#include "ahoy-tflite.h"

#include <gio/gio.h>
#include <math.h>
#include <string.h>
#include <xnnpack.h>

#define MODEL_WIDE "/org/ahoycall/Ahoy/effects/selfie_segmentation_landscape.tflite"
#define MODEL_SQUARE "/org/ahoycall/Ahoy/effects/selfie_segmentation.tflite"
#define N_COLOURS 3

struct _AhoySegmenter
{
  xnn_runtime_t runtime;   /* (owned) */
  AhoyTflite *model;       /* (owned) */
  GPtrArray *constants;    /* (owned) (element-type float[]): what the runtime reads */
  float *input;            /* (owned) */
  float *output;           /* (owned) */
  int width, height;
};

/* Used while a model is told to XNNPACK. */
typedef struct
{
  AhoySegmenter *segmenter;
  xnn_subgraph_t graph;
  guint32 *values;         /* (owned): by tensor, XNN_INVALID_VALUE_ID until told */
  float **constants;       /* (owned) (element-type float[], not owned): by tensor, NULL when it is computed */
} Builder;

/* IEEE 754 binary16. */
static float
half_to_float (guint16 half)
{
  int exponent = (half >> 10) & 0x1f;
  int mantissa = half & 0x3ff;
  float value;

  if (exponent == 0)
    value = ldexpf (mantissa, -24);
  else if (exponent == 31)
    value = mantissa ? NAN : INFINITY;
  else
    value = ldexpf (mantissa + 1024, exponent - 25);

  return half & 0x8000 ? -value : value;
}

/* XNNPACK reads a little past the end. */
static float *
new_values (gsize n)
{
  return g_malloc0 (n * sizeof (float) + XNN_EXTRA_BYTES);
}

static float *
add_constant (AhoySegmenter          *self,
              const AhoyTfliteTensor *tensor)
{
  gsize value_size = tensor->type == AHOY_TFLITE_FLOAT16 ? sizeof (guint16) : sizeof (float);
  float *values;

  if (tensor->n_bytes != tensor->n_values * value_size)
    return NULL;

  values = new_values (tensor->n_values);
  g_ptr_array_add (self->constants, values);
  if (tensor->type == AHOY_TFLITE_FLOAT32)
    {
      memcpy (values, tensor->data, tensor->n_bytes);
      return values;
    }

  for (gsize i = 0; i < tensor->n_values; i++)
    {
      guint16 half;

      memcpy (&half, tensor->data + i * sizeof half, sizeof half);
      values[i] = half_to_float (GUINT16_FROM_LE (half));
    }

  return values;
}

/* Constants that are numbers; those that are shapes say nothing that the results do not say. */
static gboolean
collect_constants (Builder *builder)
{
  GArray *tensors = builder->segmenter->model->tensors;

  for (guint i = 0; i < tensors->len; i++)
    {
      const AhoyTfliteTensor *tensor = &g_array_index (tensors, AhoyTfliteTensor, i);

      if (tensor->data == NULL || (tensor->type != AHOY_TFLITE_FLOAT32 && tensor->type != AHOY_TFLITE_FLOAT16))
        continue;

      builder->constants[i] = add_constant (builder->segmenter, tensor);
      if (builder->constants[i] == NULL)
        return FALSE;
    }

  return TRUE;
}

static guint32
get_value (Builder *builder,
           int      index)
{
  AhoyTflite *model = builder->segmenter->model;
  const AhoyTfliteTensor *tensor = ahoy_tflite_get_tensor (model, index);
  guint32 external = XNN_INVALID_VALUE_ID, flags = 0;

  if (builder->values[index] != XNN_INVALID_VALUE_ID)
    return builder->values[index];

  if (index == model->input)
    {
      external = 0;
      flags = XNN_VALUE_FLAG_EXTERNAL_INPUT;
    }
  else if (index == model->output)
    {
      external = 1;
      flags = XNN_VALUE_FLAG_EXTERNAL_OUTPUT;
    }

  if (xnn_define_tensor_value (builder->graph, xnn_datatype_fp32, tensor->n_dimensions, tensor->shape,
                               builder->constants[index], external, flags, &builder->values[index]) != xnn_status_success)
    builder->values[index] = XNN_INVALID_VALUE_ID;

  return builder->values[index];
}

static enum xnn_status
add_convolution (Builder                   *builder,
                 const AhoyTfliteOperation *operation,
                 const AhoyTfliteTensor    *input,
                 guint32                    ids[],
                 guint32                    out)
{
  const AhoyTfliteTensor *filter = ahoy_tflite_get_tensor (builder->segmenter->model, operation->inputs[1]);
  guint32 flags = operation->is_padding_same ? XNN_FLAG_TENSORFLOW_SAME_PADDING : 0;
  const gsize *shape = filter->shape; /* output channels, rows, columns, input channels */

  if (operation->code == AHOY_TFLITE_CUSTOM)
    return xnn_define_deconvolution_2d (builder->graph, 0, 0, 0, 0, 0, 0, shape[1], shape[2], 2, 2, 1, 1, 1,
                                        shape[3], shape[0], -INFINITY, INFINITY, ids[0], ids[1], ids[2], out, 0);

  if (operation->code == AHOY_TFLITE_DEPTHWISE_CONVOLUTION)
    return xnn_define_depthwise_convolution_2d (builder->graph, 0, 0, 0, 0, shape[1], shape[2],
                                                operation->stride_height, operation->stride_width, 1, 1,
                                                shape[3] / input->shape[3], input->shape[3], -INFINITY, INFINITY,
                                                ids[0], ids[1], ids[2], out, flags);

  return xnn_define_convolution_2d (builder->graph, 0, 0, 0, 0, shape[1], shape[2],
                                    operation->stride_height, operation->stride_width, 1, 1, 1,
                                    shape[3], shape[0], -INFINITY, INFINITY, ids[0], ids[1], ids[2], out, flags);
}

/* What XNNPACK does not check of the models but relies on. */
static gboolean
is_sound (Builder                   *builder,
          const AhoyTfliteOperation *operation)
{
  AhoyTflite *model = builder->segmenter->model;
  const AhoyTfliteTensor *input = ahoy_tflite_get_tensor (model, operation->inputs[0]);
  const AhoyTfliteTensor *output = ahoy_tflite_get_tensor (model, operation->output);
  gboolean is_convolution = operation->code == AHOY_TFLITE_CONVOLUTION || operation->code == AHOY_TFLITE_CUSTOM ||
                            operation->code == AHOY_TFLITE_DEPTHWISE_CONVOLUTION;

  if (input->n_dimensions != 4 || output->n_dimensions != 4 || builder->constants[operation->output] != NULL)
    return FALSE;

  if (is_convolution)
    return operation->n_inputs == 3 && operation->inputs[1] >= 0 && operation->inputs[2] >= 0 &&
           builder->constants[operation->inputs[1]] != NULL && builder->constants[operation->inputs[2]] != NULL &&
           ahoy_tflite_get_tensor (model, operation->inputs[1])->n_dimensions == 4;

  if (operation->code == AHOY_TFLITE_ADD || operation->code == AHOY_TFLITE_MULTIPLY)
    return operation->n_inputs == 2 && operation->inputs[1] >= 0;

  return TRUE;
}

static gboolean
add_operation (Builder                   *builder,
               const AhoyTfliteOperation *operation)
{
  AhoyTflite *model = builder->segmenter->model;
  const AhoyTfliteTensor *input = ahoy_tflite_get_tensor (model, operation->inputs[0]);
  const AhoyTfliteTensor *output = ahoy_tflite_get_tensor (model, operation->output);
  guint32 ids[AHOY_TFLITE_MAX_INPUTS];
  enum xnn_status status = xnn_status_unsupported_parameter;
  guint32 out;

  /* 16 bit constants become 32 bit ones once, not with each picture. */
  if (operation->code == AHOY_TFLITE_DEQUANTIZE)
    {
      builder->constants[operation->output] = builder->constants[operation->inputs[0]];
      return builder->constants[operation->output] != NULL && input->n_values == output->n_values;
    }

  if (!is_sound (builder, operation))
    return FALSE;

  for (guint i = 0; i < operation->n_inputs; i++)
    ids[i] = operation->inputs[i] >= 0 ? get_value (builder, operation->inputs[i]) : XNN_INVALID_VALUE_ID;
  out = get_value (builder, operation->output);

  switch (operation->code)
    {
    case AHOY_TFLITE_CONVOLUTION:
    case AHOY_TFLITE_DEPTHWISE_CONVOLUTION:
    case AHOY_TFLITE_CUSTOM:
      status = add_convolution (builder, operation, input, ids, out);
      break;

    case AHOY_TFLITE_ADD:
      status = xnn_define_add2 (builder->graph, -INFINITY, INFINITY, ids[0], ids[1], out, 0);
      break;

    case AHOY_TFLITE_MULTIPLY:
      status = xnn_define_multiply2 (builder->graph, -INFINITY, INFINITY, ids[0], ids[1], out, 0);
      break;

    case AHOY_TFLITE_AVERAGE_POOL:
    case AHOY_TFLITE_MEAN:
      status = xnn_define_global_average_pooling_2d (builder->graph, -INFINITY, INFINITY, ids[0], out, 0);
      break;

    case AHOY_TFLITE_RELU:
      status = xnn_define_clamp (builder->graph, 0, INFINITY, ids[0], out, 0);
      break;

    case AHOY_TFLITE_HARD_SWISH:
      status = xnn_define_hardswish (builder->graph, ids[0], out, 0);
      break;

    case AHOY_TFLITE_SIGMOID:
      status = xnn_define_sigmoid (builder->graph, ids[0], out, 0);
      break;

    case AHOY_TFLITE_RESIZE_BILINEAR:
      status = xnn_define_static_resize_bilinear_2d (builder->graph, output->shape[1], output->shape[2], ids[0], out, 0);
      break;

    default:
      break;
    }

  return status == xnn_status_success;
}

static gboolean
add_operations (Builder *builder)
{
  GArray *operations = builder->segmenter->model->operations;

  if (!collect_constants (builder))
    return FALSE;

  for (guint i = 0; i < operations->len; i++)
    if (!add_operation (builder, &g_array_index (operations, AhoyTfliteOperation, i)))
      return FALSE;

  return TRUE;
}

static gboolean
create_runtime (AhoySegmenter *self)
{
  guint n = self->model->tensors->len;
  Builder builder = { .segmenter = self };
  gboolean is_done = FALSE;

  if (xnn_create_subgraph (2, 0, &builder.graph) != xnn_status_success)
    return FALSE;

  builder.values = g_new (guint32, n);
  builder.constants = g_new0 (float *, n);
  for (guint i = 0; i < n; i++)
    builder.values[i] = XNN_INVALID_VALUE_ID;

  if (add_operations (&builder))
    is_done = xnn_create_runtime_v2 (builder.graph, NULL, 0, &self->runtime) == xnn_status_success;

  xnn_delete_subgraph (builder.graph);
  g_free (builder.values);
  g_free (builder.constants);

  return is_done;
}

static gboolean
set_up (AhoySegmenter *self)
{
  const AhoyTfliteTensor *input = ahoy_tflite_get_tensor (self->model, self->model->input);
  const AhoyTfliteTensor *output = ahoy_tflite_get_tensor (self->model, self->model->output);
  struct xnn_external_value values[2];

  self->height = input->shape[1];
  self->width = input->shape[2];
  if (input->n_values != (gsize) self->width * self->height * N_COLOURS ||
      output->n_values != (gsize) self->width * self->height)
    return FALSE;

  self->input = new_values (input->n_values);
  self->output = new_values (output->n_values);
  values[0] = (struct xnn_external_value) { 0, self->input };
  values[1] = (struct xnn_external_value) { 1, self->output };

  return create_runtime (self) && xnn_setup_runtime (self->runtime, G_N_ELEMENTS (values), values) == xnn_status_success;
}

gboolean
ahoy_segmenter_is_available (void)
{
  static gsize known;

  if (g_once_init_enter (&known))
    g_once_init_leave (&known, xnn_initialize (NULL) == xnn_status_success ? 1 : 2);

  return known == 1;
}

AhoySegmenter *
ahoy_segmenter_new (int       picture_width,
                    int       picture_height,
                    GError  **error)
{
  g_autoptr (AhoySegmenter) self = NULL;
  g_autoptr (GBytes) file = NULL;
  gboolean is_wide = picture_width > picture_height;

  if (!ahoy_segmenter_is_available ())
    {
      g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_NOT_SUPPORTED, "This processor cannot compute the model");
      return NULL;
    }

  file = g_resource_lookup_data (ahoy_effects_get_resource (), is_wide ? MODEL_WIDE : MODEL_SQUARE,
                                 G_RESOURCE_LOOKUP_FLAGS_NONE, error);
  if (file == NULL)
    return NULL;

  self = g_new0 (AhoySegmenter, 1);
  self->constants = g_ptr_array_new_with_free_func (g_free);
  self->model = ahoy_tflite_new (file, error);
  if (self->model == NULL)
    return NULL;

  if (set_up (self))
    return g_steal_pointer (&self);

  g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_NOT_SUPPORTED, "The model has parts that are not known");

  return NULL;
}

void
ahoy_segmenter_free (AhoySegmenter *self)
{
  if (self->runtime)
    xnn_delete_runtime (self->runtime);
  g_clear_pointer (&self->model, ahoy_tflite_free);
  g_ptr_array_unref (self->constants);
  g_free (self->input);
  g_free (self->output);
  g_free (self);
}

const float *
ahoy_segmenter_run (AhoySegmenter *self)
{
  return xnn_invoke_runtime (self->runtime) == xnn_status_success ? self->output : NULL;
}

#else /* !HAVE_SEGMENTER */

#include <gio/gio.h>

struct _AhoySegmenter
{
  float *input; /* (owned) */
  int width, height;
};

gboolean
ahoy_segmenter_is_available (void)
{
  return FALSE;
}

AhoySegmenter *
ahoy_segmenter_new (int       picture_width,
                    int       picture_height,
                    GError  **error)
{
  g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_NOT_SUPPORTED, "Ahoy was built without the models");

  return NULL;
}

void
ahoy_segmenter_free (AhoySegmenter *self)
{
  g_free (self->input);
  g_free (self);
}

const float *
ahoy_segmenter_run (AhoySegmenter *self)
{
  return NULL;
}

#endif

int
ahoy_segmenter_get_width (AhoySegmenter *self)
{
  return self->width;
}

int
ahoy_segmenter_get_height (AhoySegmenter *self)
{
  return self->height;
}

float *
ahoy_segmenter_get_input (AhoySegmenter *self)
{
  return self->input;
}
