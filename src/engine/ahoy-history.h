/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "ahoy-record-private.h"

G_BEGIN_DECLS

/* Asks for and deletes records; the server keeps them. Plain functions over a session. */
void       ahoy_history_query_async   (AhoySession          *session,
                                       AhoyPeople           *people,
                                       AhoyCallResult        result,
                                       const char           *cursor,
                                       guint                 count,
                                       GCancellable         *cancellable,
                                       GAsyncReadyCallback   callback,
                                       gpointer              user_data);
GPtrArray *ahoy_history_query_finish  (AhoySession          *session,
                                       GAsyncResult         *result,
                                       char                **next_cursor,
                                       GError              **error);
/* @call_ids NULL: all. */
void       ahoy_history_delete_async  (AhoySession          *session,
                                       const char *const    *call_ids,
                                       GCancellable         *cancellable,
                                       GAsyncReadyCallback   callback,
                                       gpointer              user_data);
gboolean   ahoy_history_delete_finish (AhoySession          *session,
                                       GAsyncResult         *result,
                                       GError              **error);

G_END_DECLS
