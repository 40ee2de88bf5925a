/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "ahoy-test-hooks-private.h"

#include "ahoy-counter-strip.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <unistd.h>

typedef enum
{
  OUTPUT_TRACE,
  OUTPUT_DUMP,
  OUTPUT_STATS,
  N_OUTPUTS,
} Output;

#define DUMP_PERIOD_US (2 * G_USEC_PER_SEC)

static const char *const output_variables[N_OUTPUTS] = { "AHOY_TEST_TRACE", "AHOY_TEST_DUMP", "AHOY_TEST_STATS" };

/* The files are opened once and stay open: they belong to the process, not to an object. */
static int
output_fd (Output output)
{
  static gsize opened[N_OUTPUTS];
  static int fds[N_OUTPUTS];

  if (g_once_init_enter (&opened[output]))
    {
      const char *path = g_getenv (output_variables[output]);

      fds[output] = path && *path ? open (path, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0644) : -1;
      g_once_init_leave (&opened[output], 1);
    }

  return fds[output];
}

/* One write a record: O_APPEND then keeps the records of several threads apart. */
static void
output_write (Output      output,
              const void *data,
              gsize       size)
{
  const char *p = data;
  int fd = output_fd (output);

  while (fd >= 0 && size > 0)
    {
      gssize n = write (fd, p, size);

      if (n < 0 && errno == EINTR)
        continue;
      if (n <= 0)
        return;
      p += n;
      size -= n;
    }
}

static double
now_ms (void)
{
  return g_get_real_time () / 1000.0;
}

void
ahoy_trace_event (const char *name)
{
  char number[G_ASCII_DTOSTR_BUF_SIZE];
  g_autofree char *line = NULL;

  g_debug ("event: %s", name);
  if (!ahoy_trace_is_on ())
    return;

  line = g_strdup_printf ("E %s %s\n", g_ascii_formatd (number, sizeof number, "%.3f", now_ms ()), name);
  output_write (OUTPUT_TRACE, line, strlen (line));
}

gboolean
ahoy_trace_is_on (void)
{
  return output_fd (OUTPUT_TRACE) >= 0;
}

void
ahoy_trace_frame (char  kind,
                  guint counter,
                  int   width,
                  int   height)
{
  char number[G_ASCII_DTOSTR_BUF_SIZE];
  g_autofree char *line = NULL;

  line = g_strdup_printf ("%c %s %u %d %d\n", kind, g_ascii_formatd (number, sizeof number, "%.3f", now_ms ()),
                          counter, width, height);
  output_write (OUTPUT_TRACE, line, strlen (line));
}

static int
pixel_size (AhoyVideoFrame *frame)
{
  return ahoy_video_frame_get_format (frame) == AHOY_PIXEL_FORMAT_RGB ? 3 : 4;
}

/* The luma of a picture in the limited range of BT.601, as the camera delivered it. */
static void
dump_frame (AhoyVideoFrame *frame)
{
  static const guint32 magic = GUINT32_TO_LE (0x314d5246); /* "FRM1" */
  int width = ahoy_video_frame_get_width (frame);
  int height = ahoy_video_frame_get_height (frame);
  int stride = ahoy_video_frame_get_stride (frame);
  int step = pixel_size (frame);
  int red = step == 3 ? 0 : 2;
  const guint8 *pixels = g_bytes_get_data (ahoy_video_frame_get_pixels (frame), NULL);
  g_autoptr (GByteArray) record = g_byte_array_sized_new (20 + width * height);
  guint32 sizes[2] = { GUINT32_TO_LE (width), GUINT32_TO_LE (height) };
  union { double number; guint64 bits; } time = { .number = now_ms () };
  guint64 time_bits = GUINT64_TO_LE (time.bits);

  g_byte_array_append (record, (const guint8 *) &magic, sizeof magic);
  g_byte_array_append (record, (const guint8 *) sizes, sizeof sizes);
  g_byte_array_append (record, (const guint8 *) &time_bits, sizeof time_bits);
  for (int y = 0; y < height; y++)
    for (int x = 0; x < width; x++)
      {
        const guint8 *p = pixels + y * stride + x * step;
        guint8 luma = (66 * p[red] + 129 * p[1] + 25 * p[2 - red] + 128) / 256 + 16;

        g_byte_array_append (record, &luma, 1);
      }

  output_write (OUTPUT_DUMP, record->data, record->len);
}

void
ahoy_trace_frame_shown (AhoyVideoFrame *frame)
{
  static gint64 last_dump_us; /* main context only */
  gsize size;
  const guint8 *pixels;
  guint counter;

  if (ahoy_trace_is_on ())
    {
      pixels = g_bytes_get_data (ahoy_video_frame_get_pixels (frame), &size);
      if (ahoy_counter_strip_read (pixels, size,
                                   ahoy_video_frame_get_width (frame),
                                   ahoy_video_frame_get_height (frame),
                                   ahoy_video_frame_get_stride (frame),
                                   pixel_size (frame), 1, &counter))
        ahoy_trace_frame ('R', counter, ahoy_video_frame_get_width (frame), ahoy_video_frame_get_height (frame));
    }

  if (output_fd (OUTPUT_DUMP) >= 0 && g_get_monotonic_time () - last_dump_us >= DUMP_PERIOD_US)
    {
      last_dump_us = g_get_monotonic_time ();
      dump_frame (frame);
    }
}

gboolean
ahoy_trace_wants_stats (void)
{
  return output_fd (OUTPUT_STATS) >= 0;
}

void
ahoy_trace_stats (const char *json)
{
  g_autofree char *line = g_strconcat (json, "\n", NULL);

  output_write (OUTPUT_STATS, line, strlen (line));
}
