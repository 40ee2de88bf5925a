/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ahoy-effects-resources.h"
#include "ahoy-tflite.h"

#include <gio/gio.h>
#include <string.h>

static GBytes *
load (void)
{
  g_autoptr (GError) error = NULL;
  GBytes *file = g_resource_lookup_data (ahoy_effects_get_resource (),
                                         "/org/ahoycall/Ahoy/effects/selfie_segmentation_landscape.tflite",
                                         G_RESOURCE_LOOKUP_FLAGS_NONE, &error);

  g_assert_no_error (error);

  return file;
}

static void
test_model (void)
{
  g_autoptr (GBytes) file = load ();
  g_autoptr (GError) error = NULL;
  g_autoptr (AhoyTflite) model = ahoy_tflite_new (file, &error);
  const AhoyTfliteTensor *input, *output;

  g_assert_no_error (error);
  input = ahoy_tflite_get_tensor (model, model->input);
  output = ahoy_tflite_get_tensor (model, model->output);
  g_assert_cmpuint (input->n_values, ==, 144 * 256 * 3);
  g_assert_cmpuint (output->n_values, ==, 144 * 256);
  g_assert_cmpuint (model->operations->len, >, 100);
}

/* Everything that is read is inside of the file, whatever the file says. */
static void
check_all (const AhoyTflite *model,
           gsize             size)
{
  const guint8 *start = g_bytes_get_data (model->file, NULL);

  g_assert_cmpint (model->input, <, model->tensors->len);
  g_assert_cmpint (model->output, <, model->tensors->len);
  for (guint i = 0; i < model->tensors->len; i++)
    {
      const AhoyTfliteTensor *tensor = ahoy_tflite_get_tensor (model, i);

      if (tensor->data)
        g_assert_true (tensor->data >= start && tensor->data + tensor->n_bytes <= start + size);
    }
  for (guint i = 0; i < model->operations->len; i++)
    {
      const AhoyTfliteOperation *operation = &g_array_index (model->operations, AhoyTfliteOperation, i);

      g_assert_cmpint (operation->output, <, model->tensors->len);
      for (guint k = 0; k < operation->n_inputs; k++)
        g_assert_cmpint (operation->inputs[k], <, (int) model->tensors->len);
    }
}

static void
test_cut_short (void)
{
  g_autoptr (GBytes) file = load ();
  gsize size = g_bytes_get_size (file);
  guint n_refused = 0;

  for (gsize length = 0; length < size; length += MAX (1, length / 16))
    {
      g_autoptr (GBytes) part = g_bytes_new (g_bytes_get_data (file, NULL), length);
      AhoyTflite *model = ahoy_tflite_new (part, NULL);

      n_refused += model == NULL;
      g_clear_pointer (&model, ahoy_tflite_free);
    }
  g_assert_cmpuint (n_refused, >, 50);
}

static void
test_mangled (void)
{
  g_autoptr (GBytes) file = load ();
  GRand *dice = g_rand_new_with_seed (1);
  gsize size;
  const guint8 *data = g_bytes_get_data (file, &size);
  guint n_refused = 0;

  for (guint round = 0; round < 400; round++)
    {
      g_autofree guint8 *copy = g_memdup2 (data, size);
      g_autoptr (GBytes) mangled = NULL;
      AhoyTflite *model;

      /* Most of it is numbers of the model, which say nothing: the ends are what the reader follows. */
      for (guint i = 0; i < 8; i++)
        {
          gsize place = g_rand_int_range (dice, 0, 40000);

          copy[i % 2 ? place : size - 1 - place] = g_rand_int (dice);
        }
      mangled = g_bytes_new (copy, size);
      model = ahoy_tflite_new (mangled, NULL);
      if (model)
        check_all (model, size);
      n_refused += model == NULL;
      g_clear_pointer (&model, ahoy_tflite_free);
    }
  g_rand_free (dice);
  g_assert_cmpuint (n_refused, >, 0);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/tflite/model", test_model);
  g_test_add_func ("/tflite/cut-short", test_cut_short);
  g_test_add_func ("/tflite/mangled", test_mangled);

  return g_test_run ();
}
