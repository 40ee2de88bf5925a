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

G_END_DECLS
