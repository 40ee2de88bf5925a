/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* The name of this installation, the same after a restart: kept in the user's data folder. Where that cannot be
 * written the name lasts as long as the process. Never fails. */
void  ahoy_device_id_load_async  (GCancellable        *cancellable,
                                  GAsyncReadyCallback  callback,
                                  gpointer             user_data);
char *ahoy_device_id_load_finish (GAsyncResult        *result);

G_END_DECLS
