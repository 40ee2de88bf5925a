/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <gio/gio.h>
#include <gst/gst.h>

G_BEGIN_DECLS

/* Tries in a thread whether an element can open its device. Answers on the main context. */
void     ahoy_device_probe_async  (const char           *factory,
                                   const char           *device,
                                   GCancellable         *cancellable,
                                   GAsyncReadyCallback   callback,
                                   gpointer              user_data);
gboolean ahoy_device_probe_finish (GAsyncResult         *result,
                                   GError              **error);

G_END_DECLS
