/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "ahoy-enums.h"

G_BEGIN_DECLS

#define AHOY_TYPE_GROUP (ahoy_group_get_type ())
G_DECLARE_FINAL_TYPE (AhoyGroup, ahoy_group, AHOY, GROUP, GObject)

const char        *ahoy_group_get_id          (AhoyGroup *self);
const char        *ahoy_group_get_name        (AhoyGroup *self);
const char        *ahoy_group_get_owner       (AhoyGroup *self);
const char *const *ahoy_group_get_member_ids  (AhoyGroup *self);
const char        *ahoy_group_get_call_id     (AhoyGroup *self);
AhoyCallMedia      ahoy_group_get_call_media  (AhoyGroup *self);
const char *const *ahoy_group_get_call_people (AhoyGroup *self);

G_END_DECLS
