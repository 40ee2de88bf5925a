/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <gio/gio.h>
#include <gst/gst.h>

G_BEGIN_DECLS

/* Reads a picture file of any kind that the desktop knows, turns it upright and makes it no bigger than a video
 * picture can be. Away from the main thread. */
void       ahoy_background_image_load_async  (GFile                *file,
                                              GCancellable         *cancellable,
                                              GAsyncReadyCallback   callback,
                                              gpointer              user_data);
/* Raw video: one picture. Errors of GdkPixbuf and GIO. */
GstSample *ahoy_background_image_load_finish (GAsyncResult         *result,
                                              GError              **error);

G_END_DECLS
