/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "ahoy-tflite.h"

#include <string.h>

/* A model is a FlatBuffer: tables that name the place of each of their fields by a table of their own (the vtable) and
 * everything else by the distance to it. Fields are counted as in the schema. */
enum
{
  MODEL_OPERATOR_CODES = 1,
  MODEL_SUBGRAPHS = 2,
  MODEL_BUFFERS = 4,

  OPERATOR_CODE_OLD = 0,
  OPERATOR_CODE_NEW = 3,

  SUBGRAPH_TENSORS = 0,
  SUBGRAPH_INPUTS = 1,
  SUBGRAPH_OUTPUTS = 2,
  SUBGRAPH_OPERATORS = 3,

  TENSOR_SHAPE = 0,
  TENSOR_TYPE = 1,
  TENSOR_BUFFER = 2,

  OPERATOR_CODE_INDEX = 0,
  OPERATOR_INPUTS = 1,
  OPERATOR_OUTPUTS = 2,
  OPERATOR_OPTIONS = 4,

  BUFFER_DATA = 0,

  CONVOLUTION_PADDING = 0,
  CONVOLUTION_STRIDE_WIDTH = 1,
  CONVOLUTION_STRIDE_HEIGHT = 2,
};

#define MAX_ITEMS 4096
#define MAX_DIMENSION 4096
#define MAX_VALUES (1 << 24)

/* Reading past an end gives zeros and is remembered, so that one question at the end is enough. */
typedef struct
{
  const guint8 *data;
  gsize size;
  gboolean is_broken;
} Reader;

/* Things of one kind, one after the other. */
typedef struct
{
  gsize first; /* the place of the first */
  guint n;
} Vector;

static gboolean
has (Reader *reader,
     gsize   at,
     gsize   n)
{
  if (at <= reader->size && n <= reader->size - at)
    return TRUE;

  reader->is_broken = TRUE;

  return FALSE;
}

static guint8
read_u8 (Reader *reader,
         gsize   at)
{
  return has (reader, at, 1) ? reader->data[at] : 0;
}

static guint16
read_u16 (Reader *reader,
          gsize   at)
{
  guint16 value = 0;

  if (has (reader, at, sizeof value))
    memcpy (&value, reader->data + at, sizeof value);

  return GUINT16_FROM_LE (value);
}

static guint32
read_u32 (Reader *reader,
          gsize   at)
{
  guint32 value = 0;

  if (has (reader, at, sizeof value))
    memcpy (&value, reader->data + at, sizeof value);

  return GUINT32_FROM_LE (value);
}

/* The place of a field, 0 when the table leaves it out. */
static gsize
find_field (Reader *reader,
            gsize   table,
            guint   field)
{
  gint64 vtable = (gint64) table - (gint32) read_u32 (reader, table);
  guint16 offset;

  if (vtable < 0)
    {
      reader->is_broken = TRUE;
      return 0;
    }

  if (4 + 2 * field + 2 > read_u16 (reader, vtable))
    return 0;

  offset = read_u16 (reader, vtable + 4 + 2 * field);

  return offset ? table + offset : 0;
}

static gsize
follow (Reader *reader,
        gsize   at)
{
  return at ? at + read_u32 (reader, at) : 0;
}

static gsize
find_table (Reader *reader,
            gsize   table,
            guint   field)
{
  return follow (reader, find_field (reader, table, field));
}

static Vector
find_vector (Reader *reader,
             gsize   table,
             guint   field,
             gsize   item_size)
{
  gsize at = find_table (reader, table, field);
  Vector vector = { 0 };

  if (at == 0)
    return vector;

  vector.n = read_u32 (reader, at);
  vector.first = at + 4;
  if (!has (reader, vector.first, vector.n * item_size))
    vector.n = 0;

  return vector;
}

static gsize
get_item_table (Reader *reader,
                Vector  vector,
                guint   i)
{
  return follow (reader, vector.first + 4 * i);
}

static int
read_int_field (Reader *reader,
                gsize   table,
                guint   field,
                int     otherwise)
{
  gsize at = table ? find_field (reader, table, field) : 0;

  return at ? (int) read_u32 (reader, at) : otherwise;
}

static int
read_byte_field (Reader *reader,
                 gsize   table,
                 guint   field)
{
  gsize at = table ? find_field (reader, table, field) : 0;

  return at ? read_u8 (reader, at) : 0;
}

static void
read_shape (Reader           *reader,
            gsize             table,
            AhoyTfliteTensor *tensor)
{
  Vector shape = find_vector (reader, table, TENSOR_SHAPE, 4);

  tensor->n_values = 1;
  if (shape.n > AHOY_TFLITE_MAX_DIMENSIONS)
    {
      reader->is_broken = TRUE;
      return;
    }

  tensor->n_dimensions = shape.n;
  for (guint i = 0; i < shape.n; i++)
    {
      guint32 length = read_u32 (reader, shape.first + 4 * i);

      if (length == 0 || length > MAX_DIMENSION || tensor->n_values * length > MAX_VALUES)
        {
          reader->is_broken = TRUE;
          return;
        }
      tensor->shape[i] = length;
      tensor->n_values *= length;
    }
}

static void
read_tensor (Reader           *reader,
             gsize             table,
             Vector            buffers,
             AhoyTfliteTensor *tensor)
{
  guint buffer = read_int_field (reader, table, TENSOR_BUFFER, 0);
  Vector data;

  read_shape (reader, table, tensor);
  tensor->type = read_byte_field (reader, table, TENSOR_TYPE);
  if (buffer >= buffers.n)
    {
      reader->is_broken = TRUE;
      return;
    }

  data = find_vector (reader, get_item_table (reader, buffers, buffer), BUFFER_DATA, 1);
  if (data.n > 0)
    {
      tensor->data = reader->data + data.first;
      tensor->n_bytes = data.n;
    }
}

/* Old writers had one byte for it. */
static int
read_operator_code (Reader *reader,
                    Vector  codes,
                    guint   index)
{
  gsize table;

  if (index >= codes.n)
    {
      reader->is_broken = TRUE;
      return -1;
    }

  table = get_item_table (reader, codes, index);

  return MAX (read_int_field (reader, table, OPERATOR_CODE_NEW, 0), read_byte_field (reader, table, OPERATOR_CODE_OLD));
}

static int
read_index (Reader *reader,
            Vector  indexes,
            guint   i,
            guint   n_tensors)
{
  int index = (int) read_u32 (reader, indexes.first + 4 * i);

  if (index >= -1 && index < (int) n_tensors)
    return index;

  reader->is_broken = TRUE;

  return -1;
}

static void
read_operation (Reader              *reader,
                gsize                table,
                Vector               codes,
                guint                n_tensors,
                AhoyTfliteOperation *operation)
{
  Vector inputs = find_vector (reader, table, OPERATOR_INPUTS, 4);
  Vector outputs = find_vector (reader, table, OPERATOR_OUTPUTS, 4);

  operation->code = read_operator_code (reader, codes, read_int_field (reader, table, OPERATOR_CODE_INDEX, 0));
  if (inputs.n < 1 || inputs.n > AHOY_TFLITE_MAX_INPUTS || outputs.n != 1)
    {
      reader->is_broken = TRUE;
      return;
    }

  operation->n_inputs = inputs.n;
  for (guint i = 0; i < AHOY_TFLITE_MAX_INPUTS; i++)
    operation->inputs[i] = i < inputs.n ? read_index (reader, inputs, i, n_tensors) : -1;
  operation->output = read_index (reader, outputs, 0, n_tensors);
  if (operation->output < 0 || operation->inputs[0] < 0)
    reader->is_broken = TRUE;

  if (operation->code == AHOY_TFLITE_CONVOLUTION || operation->code == AHOY_TFLITE_DEPTHWISE_CONVOLUTION)
    {
      gsize options = find_table (reader, table, OPERATOR_OPTIONS);

      operation->is_padding_same = read_byte_field (reader, options, CONVOLUTION_PADDING) == 0;
      operation->stride_width = read_int_field (reader, options, CONVOLUTION_STRIDE_WIDTH, 0);
      operation->stride_height = read_int_field (reader, options, CONVOLUTION_STRIDE_HEIGHT, 0);
    }
}

static int
read_only_index (Reader *reader,
                 gsize   subgraph,
                 guint   field,
                 guint   n_tensors)
{
  Vector indexes = find_vector (reader, subgraph, field, 4);
  int index = indexes.n == 1 ? read_index (reader, indexes, 0, n_tensors) : -1;

  if (index < 0)
    reader->is_broken = TRUE;

  return index;
}

static void
read_model (AhoyTflite *self,
            Reader     *reader)
{
  gsize root = read_u32 (reader, 0);
  Vector codes = find_vector (reader, root, MODEL_OPERATOR_CODES, 4);
  Vector buffers = find_vector (reader, root, MODEL_BUFFERS, 4);
  Vector subgraphs = find_vector (reader, root, MODEL_SUBGRAPHS, 4);
  gsize subgraph = subgraphs.n == 1 ? get_item_table (reader, subgraphs, 0) : 0;
  Vector tensors, operations;

  if (subgraph == 0)
    {
      reader->is_broken = TRUE;
      return;
    }

  tensors = find_vector (reader, subgraph, SUBGRAPH_TENSORS, 4);
  operations = find_vector (reader, subgraph, SUBGRAPH_OPERATORS, 4);
  if (tensors.n > MAX_ITEMS || operations.n > MAX_ITEMS)
    {
      reader->is_broken = TRUE;
      return;
    }

  g_array_set_size (self->tensors, tensors.n);
  for (guint i = 0; i < tensors.n; i++)
    read_tensor (reader, get_item_table (reader, tensors, i), buffers,
                 &g_array_index (self->tensors, AhoyTfliteTensor, i));

  g_array_set_size (self->operations, operations.n);
  for (guint i = 0; i < operations.n; i++)
    read_operation (reader, get_item_table (reader, operations, i), codes, tensors.n,
                    &g_array_index (self->operations, AhoyTfliteOperation, i));

  self->input = read_only_index (reader, subgraph, SUBGRAPH_INPUTS, tensors.n);
  self->output = read_only_index (reader, subgraph, SUBGRAPH_OUTPUTS, tensors.n);
}

AhoyTflite *
ahoy_tflite_new (GBytes  *file,
                 GError **error)
{
  g_autoptr (AhoyTflite) self = g_new0 (AhoyTflite, 1);
  Reader reader = { 0 };

  self->file = g_bytes_ref (file);
  self->tensors = g_array_new (FALSE, TRUE, sizeof (AhoyTfliteTensor));
  self->operations = g_array_new (FALSE, TRUE, sizeof (AhoyTfliteOperation));
  reader.data = g_bytes_get_data (file, &reader.size);
  read_model (self, &reader);
  if (!reader.is_broken)
    return g_steal_pointer (&self);

  g_set_error_literal (error, G_FILE_ERROR, G_FILE_ERROR_INVAL, "The model is broken");

  return NULL;
}

void
ahoy_tflite_free (AhoyTflite *self)
{
  g_bytes_unref (self->file);
  g_array_unref (self->tensors);
  g_array_unref (self->operations);
  g_free (self);
}

const AhoyTfliteTensor *
ahoy_tflite_get_tensor (const AhoyTflite *self,
                        int               index)
{
  g_assert (index >= 0 && index < (int) self->tensors->len);

  return &g_array_index (self->tensors, AhoyTfliteTensor, index);
}
