/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <gio/gio.h>
#include <json-glib/json-glib.h>

G_BEGIN_DECLS

/* The contacts of one account on disk, for a start without network. Losing it loses nothing: the server has them. */
char       *ahoy_contacts_cache_make_path   (guint64              app_id,
                                             const char          *user_id);
void        ahoy_contacts_cache_load_async  (const char          *path,
                                             GCancellable        *cancellable,
                                             GAsyncReadyCallback  callback,
                                             gpointer             user_data);
/* (nullable): NULL with @error when there is none or it cannot be read. */
JsonObject *ahoy_contacts_cache_load_finish (GAsyncResult        *result,
                                             GError             **error);
/* Atomic; a failure is of no consequence. The newest of several under way wins. */
void        ahoy_contacts_cache_store       (const char          *path,
                                             JsonObject          *contacts);

G_END_DECLS
