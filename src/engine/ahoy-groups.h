/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "ahoy-group.h"

#include <gio/gio.h>

G_BEGIN_DECLS

#define AHOY_TYPE_GROUPS (ahoy_groups_get_type ())
G_DECLARE_FINAL_TYPE (AhoyGroups, ahoy_groups, AHOY, GROUPS, GObject)

gboolean   ahoy_groups_get_loaded            (AhoyGroups           *self);
AhoyGroup *ahoy_groups_find                  (AhoyGroups           *self,
                                              const char           *group_id);
void       ahoy_groups_create_async          (AhoyGroups           *self,
                                              const char           *group_id,
                                              const char           *name,
                                              const char *const    *member_ids,
                                              GCancellable         *cancellable,
                                              GAsyncReadyCallback   callback,
                                              gpointer              user_data);
AhoyGroup *ahoy_groups_create_finish         (AhoyGroups           *self,
                                              GAsyncResult         *result,
                                              GError              **error);
void       ahoy_groups_rename_async          (AhoyGroups           *self,
                                              const char           *group_id,
                                              const char           *name,
                                              GCancellable         *cancellable,
                                              GAsyncReadyCallback   callback,
                                              gpointer              user_data);
gboolean   ahoy_groups_rename_finish         (AhoyGroups           *self,
                                              GAsyncResult         *result,
                                              GError              **error);
void       ahoy_groups_add_members_async     (AhoyGroups           *self,
                                              const char           *group_id,
                                              const char *const    *member_ids,
                                              GCancellable         *cancellable,
                                              GAsyncReadyCallback   callback,
                                              gpointer              user_data);
gboolean   ahoy_groups_add_members_finish    (AhoyGroups           *self,
                                              GAsyncResult         *result,
                                              GError              **error);
void       ahoy_groups_remove_members_async  (AhoyGroups           *self,
                                              const char           *group_id,
                                              const char *const    *member_ids,
                                              GCancellable         *cancellable,
                                              GAsyncReadyCallback   callback,
                                              gpointer              user_data);
gboolean   ahoy_groups_remove_members_finish (AhoyGroups           *self,
                                              GAsyncResult         *result,
                                              GError              **error);
void       ahoy_groups_leave_async           (AhoyGroups           *self,
                                              const char           *group_id,
                                              GCancellable         *cancellable,
                                              GAsyncReadyCallback   callback,
                                              gpointer              user_data);
gboolean   ahoy_groups_leave_finish          (AhoyGroups           *self,
                                              GAsyncResult         *result,
                                              GError              **error);
void       ahoy_groups_delete_async          (AhoyGroups           *self,
                                              const char           *group_id,
                                              GCancellable         *cancellable,
                                              GAsyncReadyCallback   callback,
                                              gpointer              user_data);
gboolean   ahoy_groups_delete_finish         (AhoyGroups           *self,
                                              GAsyncResult         *result,
                                              GError              **error);

G_END_DECLS
