/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <gio/gio.h>
#include "ahoy-user.h"

G_BEGIN_DECLS

#define AHOY_TYPE_CONTACTS (ahoy_contacts_get_type ())
G_DECLARE_FINAL_TYPE (AhoyContacts, ahoy_contacts, AHOY, CONTACTS, GObject)

/* GListModel of AhoyUser. Kept on the server for all devices of the account, cached on disk for offline.
 * Property "loaded" (r): the list is there, be it from the cache. Changes are shown at once and undone
 * when the server refuses. */
void     ahoy_contacts_set_async     (AhoyContacts        *self,
                                      const char          *user_id,
                                      const char          *remark,     /* NULL: unchanged */
                                      int                  favourite,  /* -1: unchanged */
                                      GCancellable        *cancellable,
                                      GAsyncReadyCallback  callback,
                                      gpointer             user_data);
gboolean ahoy_contacts_set_finish    (AhoyContacts        *self,
                                      GAsyncResult        *result,
                                      GError             **error);
void     ahoy_contacts_remove_async  (AhoyContacts        *self,
                                      const char          *user_id,
                                      GCancellable        *cancellable,
                                      GAsyncReadyCallback  callback,
                                      gpointer             user_data);
gboolean ahoy_contacts_remove_finish (AhoyContacts        *self,
                                      GAsyncResult        *result,
                                      GError             **error);

G_END_DECLS
