/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "ahoy-people.h"
#include "ahoy-record.h"

G_BEGIN_DECLS

/* (transfer full) (nullable): NULL when it is no record. @self_id: whose history it is. */
AhoyRecord *ahoy_record_new_from_json (JsonObject *object,
                                       AhoyPeople *people,
                                       const char *self_id);

G_END_DECLS
