/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* Pictures from strangers: data: and http(s): only, 4 MB and 40 megapixels at most, PNG, JPEG, WebP or GIF by
 * their first bytes (never SVG), decoded off the main thread to at most @size × @size. */
void        ahoy_picture_load_async  (const char           *uri,
                                      int                   size,
                                      GCancellable         *cancellable,
                                      GAsyncReadyCallback   callback,
                                      gpointer              user_data);
GdkTexture *ahoy_picture_load_finish (GAsyncResult         *result,
                                      GError              **error);

G_END_DECLS
