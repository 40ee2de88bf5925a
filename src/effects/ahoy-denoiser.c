/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "ahoy-denoiser.h"

#ifdef HAVE_DENOISER

#include "ahoy-denoiser-trap.h"
#include "rnn.h"

#include <math.h>
#include <string.h>
#ifdef __x86_64__
#include <immintrin.h>
#endif

#define MAX_INPUTS 2048

struct _AhoyDenoiser
{
  Z_rnn_instance_t rnn; /* with all memory there is: about 20 MB */
  u32 state;            /* address in there */
  u32 samples;          /* address in there */
};

/* As it lies in the memory of the module: addresses and numbers of 32 bits. */
typedef struct
{
  guint32 bias;
  guint32 unused_bias;
  guint32 weights;       /* int8 */
  guint32 float_weights;
  guint32 index;         /* for each 8 outputs the number of its blocks, and of each block the first input */
  guint32 diagonal;
  guint32 scale;
  gint32 n_inputs;
  gint32 n_outputs;
} Layer;

void w2c_f51            (Z_rnn_instance_t *instance,
                         u32               layer,
                         u32               out,
                         u32               in);

static gpointer
at (Z_rnn_instance_t *instance,
    guint32           address)
{
  return address ? instance->w2c_memory.data + address : NULL;
}

/* 8 outputs by 4 inputs: the weights of one output lie side by side. */
typedef void (*AddIntBlocks) (const gint8  *weights,
                              const gint32 *index,
                              const gint16 *in,
                              int           n_inputs,
                              int           n_outputs,
                              const float  *scale,
                              float        *out);

static void
add_int_blocks_plain (const gint8  *weights,
                      const gint32 *index,
                      const gint16 *in,
                      int           n_inputs,
                      int           n_outputs,
                      const float  *scale,
                      float        *out)
{
  for (int i = 0; i < n_outputs; i += 8)
    {
      int n_blocks = index ? *index++ : n_inputs / 4;
      gint32 sums[8] = { 0 };

      for (int j = 0; j < n_blocks; j++, weights += 32)
        {
          const gint16 *x = in + (index ? *index++ : 4 * j);

          for (int k = 0; k < 8; k++)
            sums[k] += weights[4 * k] * x[0] + weights[4 * k + 1] * x[1] + weights[4 * k + 2] * x[2] +
                       weights[4 * k + 3] * x[3];
        }
      for (int k = 0; k < 8; k++)
        out[i + k] = sums[k] * scale[i + k];
    }
}

#ifdef __x86_64__
/* The same sums, exactly: two of the four products of an output are added by one instruction, both halves at the end. */
__attribute__ ((target ("avx2")))
static void
add_int_blocks_avx2 (const gint8  *weights,
                     const gint32 *index,
                     const gint16 *in,
                     int           n_inputs,
                     int           n_outputs,
                     const float  *scale,
                     float        *out)
{
  for (int i = 0; i < n_outputs; i += 8)
    {
      int n_blocks = index ? *index++ : n_inputs / 4;
      __m256i lower = _mm256_setzero_si256 (), upper = _mm256_setzero_si256 (), sums;

      for (int j = 0; j < n_blocks; j++, weights += 32)
        {
          __m128i w0 = _mm_loadu_si128 ((const __m128i *) (gconstpointer) weights);
          __m128i w1 = _mm_loadu_si128 ((const __m128i *) (gconstpointer) (weights + 16));
          gint64 four;
          __m256i x;

          memcpy (&four, in + (index ? *index++ : 4 * j), sizeof four);
          x = _mm256_set1_epi64x (four);
          lower = _mm256_add_epi32 (lower, _mm256_madd_epi16 (_mm256_cvtepi8_epi16 (w0), x));
          upper = _mm256_add_epi32 (upper, _mm256_madd_epi16 (_mm256_cvtepi8_epi16 (w1), x));
        }
      /* hadd works in each half by itself and leaves outputs 0 1 4 5 2 3 6 7. */
      sums = _mm256_permute4x64_epi64 (_mm256_hadd_epi32 (lower, upper), _MM_SHUFFLE (3, 1, 2, 0));
      _mm256_storeu_ps (out + i, _mm256_mul_ps (_mm256_cvtepi32_ps (sums), _mm256_loadu_ps (scale + i)));
    }
}
#endif

static AddIntBlocks
choose_add_int_blocks (void)
{
#ifdef __x86_64__
  if (__builtin_cpu_supports ("avx2"))
    return add_int_blocks_avx2;
#endif

  return add_int_blocks_plain;
}

/* The same with the weights of one input side by side. */
__attribute__ ((target_clones ("avx2", "default")))
static void
add_float_blocks (const float  *weights,
                  const gint32 *index,
                  const float  *in,
                  int           n_outputs,
                  float        *out)
{
  for (int i = 0; i < n_outputs; i += 8)
    {
      int n_blocks = *index++;
      float sums[8] = { 0 };

      for (int j = 0; j < n_blocks; j++, weights += 32)
        {
          const float *x = in + *index++;

          for (int c = 0; c < 4; c++)
            for (int k = 0; k < 8; k++)
              sums[k] += weights[8 * c + k] * x[c];
        }
      memcpy (out + i, sums, sizeof sums);
    }
}

__attribute__ ((target_clones ("avx2", "default")))
static void
add_floats (const float *weights,
            const float *in,
            int          n_inputs,
            int          n_outputs,
            float       *out)
{
  memset (out, 0, n_outputs * sizeof *out);
  for (int j = 0; j < n_inputs; j++)
    for (int i = 0; i < n_outputs; i++)
      out[i] += weights[(gsize) j * n_outputs + i] * in[j];
}

static void
multiply (Z_rnn_instance_t *instance,
          const Layer      *layer,
          const float      *in,
          float            *out)
{
  AddIntBlocks add_int_blocks = choose_add_int_blocks ();
  const gint32 *index = at (instance, layer->index);
  gint16 quantized[MAX_INPUTS];

  if (layer->float_weights && index)
    {
      add_float_blocks (at (instance, layer->float_weights), index, in, layer->n_outputs, out);
    }
  else if (layer->float_weights)
    {
      add_floats (at (instance, layer->float_weights), in, layer->n_inputs, layer->n_outputs, out);
    }
  else if (layer->weights)
    {
      g_assert (layer->n_inputs <= MAX_INPUTS);
      for (int i = 0; i < layer->n_inputs; i++)
        quantized[i] = (gint8) (int) floorf (0.5f + 127 * in[i]);
      add_int_blocks (at (instance, layer->weights), index, quantized, layer->n_inputs, layer->n_outputs,
                      at (instance, layer->scale), out);
    }
  else
    {
      memset (out, 0, layer->n_outputs * sizeof *out);
    }
}

/* RNNoise's compute_linear (): nine tenths of its time, which the machine's own vectors cut to less than a half. */
void
w2c_f51 (Z_rnn_instance_t *instance,
         u32               layer_address,
         u32               out_address,
         u32               in_address)
{
  const Layer *layer = at (instance, layer_address);
  const float *in = at (instance, in_address);
  float *out = at (instance, out_address);
  const float *bias = at (instance, layer->bias);
  const float *diagonal = at (instance, layer->diagonal);

  multiply (instance, layer, in, out);
  for (int i = 0; bias && i < layer->n_outputs; i++)
    out[i] += bias[i];
  for (int i = 0; diagonal && i < layer->n_outputs; i++)
    out[i] += diagonal[i] * in[i % layer->n_inputs];
}

/* What the module asks of the world: nothing that is ever needed. */
void
Z_envZ___assert_fail (struct Z_env_instance_t *env,
                      u32                      expression,
                      u32                      file,
                      u32                      line,
                      u32                      function)
{
  g_error ("RNNoise failed at its line %u", line);
}

u32
Z_envZ_emscripten_resize_heap (struct Z_env_instance_t *env,
                               u32                      size)
{
  return 0;
}

u32
Z_wasi_snapshot_preview1Z_fd_write (struct Z_wasi_snapshot_preview1_instance_t *wasi,
                                    u32                                         file,
                                    u32                                         vectors,
                                    u32                                         n_vectors,
                                    u32                                         written)
{
  return 0;
}

void
ahoy_denoiser_trap (int code)
{
  g_error ("RNNoise left its memory (%d)", code);
}

gboolean
ahoy_denoiser_is_available (void)
{
  return TRUE;
}

AhoyDenoiser *
ahoy_denoiser_new (void)
{
  static gsize is_ready;
  AhoyDenoiser *self = g_new0 (AhoyDenoiser, 1);

  if (g_once_init_enter (&is_ready))
    {
      wasm_rt_init ();
      Z_rnn_init_module ();
      g_once_init_leave (&is_ready, 1);
    }

  Z_rnn_instantiate (&self->rnn, NULL, NULL);
  Z_rnnZ___wasm_call_ctors (&self->rnn);
  self->state = Z_rnnZ_rnnoise_create (&self->rnn, 0);
  self->samples = Z_rnnZ_malloc (&self->rnn, AHOY_DENOISER_FRAME * sizeof (float));

  return self;
}

void
ahoy_denoiser_free (AhoyDenoiser *self)
{
  Z_rnn_free (&self->rnn);
  g_free (self);
}

float
ahoy_denoiser_process (AhoyDenoiser *self,
                       float        *samples)
{
  float likely;

  memcpy (at (&self->rnn, self->samples), samples, AHOY_DENOISER_FRAME * sizeof *samples);
  likely = Z_rnnZ_rnnoise_process_frame (&self->rnn, self->state, self->samples, self->samples);
  memcpy (samples, at (&self->rnn, self->samples), AHOY_DENOISER_FRAME * sizeof *samples);

  return likely;
}

#else /* !HAVE_DENOISER */

struct _AhoyDenoiser
{
  int nothing;
};

gboolean
ahoy_denoiser_is_available (void)
{
  return FALSE;
}

AhoyDenoiser *
ahoy_denoiser_new (void)
{
  return NULL;
}

void
ahoy_denoiser_free (AhoyDenoiser *self)
{
}

float
ahoy_denoiser_process (AhoyDenoiser *self,
                       float        *samples)
{
  return 1;
}

#endif
