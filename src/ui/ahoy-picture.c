/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "ahoy-picture-private.h"

#include <string.h>

#define MAX_BYTES (4 * 1024 * 1024)
#define MAX_PIXELS (40 * 1000 * 1000)

typedef struct
{
  char *uri;
  int size;
} Job;

static void
job_free (gpointer data)
{
  Job *job = data;

  g_free (job->uri);
  g_free (job);
}

static gboolean
is_known_format (const guint8 *data,
                 gsize         length)
{
  if (length < 12)
    return FALSE;
  return memcmp (data, "\x89PNG", 4) == 0 || memcmp (data, "\xff\xd8\xff", 3) == 0 ||
         memcmp (data, "GIF8", 4) == 0 || (memcmp (data, "RIFF", 4) == 0 && memcmp (data + 8, "WEBP", 4) == 0);
}

static GBytes *
decode_data_uri (const char  *uri,
                 GError     **error)
{
  const char *comma = strchr (uri, ',');
  g_autofree char *head = comma ? g_strndup (uri, comma - uri) : NULL;
  gsize length = 0;
  guchar *bytes;

  if (!comma || !g_str_has_suffix (head, ";base64") || strlen (comma) > MAX_BYTES * 4 / 3)
    {
      g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA, "not a usable data URI");
      return NULL;
    }
  bytes = g_base64_decode (comma + 1, &length);
  return g_bytes_new_take (bytes, length);
}

static GBytes *
fetch (const char    *uri,
       GCancellable  *cancellable,
       GError       **error)
{
  g_autoptr (GFile) file = g_file_new_for_uri (uri);
  g_autoptr (GFileInputStream) stream = g_file_read (file, cancellable, error);
  g_autoptr (GByteArray) all = g_byte_array_new ();
  guint8 piece[16384];
  gssize n;

  if (!stream)
    return NULL;
  while ((n = g_input_stream_read (G_INPUT_STREAM (stream), piece, sizeof piece, cancellable, error)) > 0)
    {
      g_byte_array_append (all, piece, n);
      if (all->len > MAX_BYTES)
        {
          g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_NO_SPACE, "the picture is too large");
          return NULL;
        }
    }
  if (n < 0)
    return NULL;
  return g_byte_array_free_to_bytes (g_steal_pointer (&all));
}

static void
on_size_prepared (GdkPixbufLoader *loader,
                  int              width,
                  int              height,
                  gpointer         data)
{
  int size = GPOINTER_TO_INT (data);
  double k = (double) size / MAX (MIN (width, height), 1);

  /* An unreasonable picture is decoded as a dot rather than in full; the caller sees its size and refuses it. */
  if ((gint64) width * height > MAX_PIXELS)
    gdk_pixbuf_loader_set_size (loader, 1, 1);
  else if (k < 1)
    gdk_pixbuf_loader_set_size (loader, MAX ((int) (width * k), 1), MAX ((int) (height * k), 1));
}

static GdkTexture *
decode (GBytes  *bytes,
        int      size,
        GError **error)
{
  g_autoptr (GdkPixbufLoader) loader = NULL;
  g_autoptr (GdkPixbuf) upright = NULL;
  GdkPixbuf *pixbuf;
  gsize length;
  const guint8 *data = g_bytes_get_data (bytes, &length);
  gboolean ok;

  if (!is_known_format (data, length))
    {
      g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA, "not a picture of a known kind");
      return NULL;
    }
  loader = gdk_pixbuf_loader_new ();
  g_signal_connect (loader, "size-prepared", G_CALLBACK (on_size_prepared), GINT_TO_POINTER (size));
  ok = gdk_pixbuf_loader_write (loader, data, length, error);
  /* A loader must be closed also after a failure; its second error says no more than the first. */
  ok = gdk_pixbuf_loader_close (loader, ok ? error : NULL) && ok;
  if (!ok)
    return NULL;
  pixbuf = gdk_pixbuf_loader_get_pixbuf (loader);
  if (!pixbuf || gdk_pixbuf_get_width (pixbuf) < 2)
    {
      g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA, "no usable picture");
      return NULL;
    }
  upright = gdk_pixbuf_apply_embedded_orientation (pixbuf);
  return gdk_texture_new_for_pixbuf (upright);
}

static void
load_in_thread (GTask        *task,
                gpointer      source,
                gpointer      data,
                GCancellable *cancellable)
{
  Job *job = data;
  g_autoptr (GBytes) bytes = NULL;
  GdkTexture *texture = NULL;
  GError *error = NULL;

  if (g_ascii_strncasecmp (job->uri, "data:", 5) == 0)
    bytes = decode_data_uri (job->uri, &error);
  else if (g_ascii_strncasecmp (job->uri, "https://", 8) == 0 || g_ascii_strncasecmp (job->uri, "http://", 7) == 0)
    bytes = fetch (job->uri, cancellable, &error);
  else
    /* A person far away must not make this computer open its own files. */
    g_set_error_literal (&error, G_IO_ERROR, G_IO_ERROR_NOT_SUPPORTED, "not an address for pictures");

  if (bytes)
    texture = decode (bytes, job->size, &error);
  if (texture)
    g_task_return_pointer (task, texture, g_object_unref);
  else
    g_task_return_error (task, error);
}

void
ahoy_picture_load_async (const char          *uri,
                         int                  size,
                         GCancellable        *cancellable,
                         GAsyncReadyCallback  callback,
                         gpointer             user_data)
{
  g_autoptr (GTask) task = g_task_new (NULL, cancellable, callback, user_data);
  Job *job = g_new0 (Job, 1);

  job->uri = g_strdup (uri);
  job->size = size;
  g_task_set_source_tag (task, ahoy_picture_load_async);
  g_task_set_task_data (task, job, job_free);
  g_task_run_in_thread (task, load_in_thread);
}

GdkTexture *
ahoy_picture_load_finish (GAsyncResult  *result,
                          GError       **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}
