/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "ahoy-enums.h"

G_BEGIN_DECLS

#define AHOY_TYPE_USER (ahoy_user_get_type ())
G_DECLARE_FINAL_TYPE (AhoyUser, ahoy_user, AHOY, USER, GObject)

/* A person, known or not. One object a user id and engine. Properties (r, all notify):
 * "id", "nickname" (nullable), "avatar" (URL or data URI, nullable), "remark" (nullable),
 * "display-name" (remark, else nickname, else id), "is-contact", "is-favourite",
 * "presence" (AhoyPresence). */
const char   *ahoy_user_get_id           (AhoyUser *self);
const char   *ahoy_user_get_nickname     (AhoyUser *self);
const char   *ahoy_user_get_avatar       (AhoyUser *self);
const char   *ahoy_user_get_remark       (AhoyUser *self);
const char   *ahoy_user_get_display_name (AhoyUser *self);
gboolean      ahoy_user_get_is_contact   (AhoyUser *self);
gboolean      ahoy_user_get_is_favourite (AhoyUser *self);
AhoyPresence  ahoy_user_get_presence     (AhoyUser *self);

G_END_DECLS
