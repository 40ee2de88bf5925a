/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "ahoy-session.h"

G_BEGIN_DECLS

/* The whole list of contacts, however many pages the server makes of it. */
void        ahoy_contacts_fetch_async  (AhoySession          *session,
                                        GCancellable         *cancellable,
                                        GAsyncReadyCallback   callback,
                                        gpointer              user_data);
/* (transfer full): "version" and "contacts" as in the answer of contacts.list */
JsonObject *ahoy_contacts_fetch_finish (AhoySession          *session,
                                        GAsyncResult         *result,
                                        GError              **error);

G_END_DECLS
