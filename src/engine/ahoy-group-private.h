/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "ahoy-group.h"

#include <json-glib/json-glib.h>

G_BEGIN_DECLS

AhoyGroup *ahoy_group_new  (const char *id);
/* A *group* of the wire. */
void       ahoy_group_take (AhoyGroup  *self,
                            JsonObject *data);

G_END_DECLS
