/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "ahoy-groups.h"
#include "ahoy-session.h"

G_BEGIN_DECLS

AhoyGroups *ahoy_groups_new       (AhoySession *session);
/* The account signed out. */
void        ahoy_groups_close     (AhoyGroups  *self);
/* The session stands; asks for the list when @full or when it was never here. */
void        ahoy_groups_refresh   (AhoyGroups  *self,
                                   gboolean     full);
/* "group" or "group.gone" */
void        ahoy_groups_take_push (AhoyGroups  *self,
                                   const char  *type,
                                   JsonObject  *data);

/* For ahoy-groups-changes.c. Takes a *group* of the wire; NULL when @data is none. (transfer none) (nullable) */
AhoyGroup   *ahoy_groups_learn       (AhoyGroups  *self,
                                      JsonObject  *data);
void         ahoy_groups_drop        (AhoyGroups  *self,
                                      const char  *group_id);
AhoySession *ahoy_groups_get_session (AhoyGroups  *self);

G_END_DECLS
