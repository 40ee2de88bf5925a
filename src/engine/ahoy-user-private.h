/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "ahoy-user.h"

G_BEGIN_DECLS

AhoyUser *ahoy_user_new          (const char   *id);
/* NULL leaves the old value: a server may send half a profile. */
void      ahoy_user_set_profile  (AhoyUser     *self,
                                  const char   *nickname,
                                  const char   *avatar);
void      ahoy_user_set_contact  (AhoyUser     *self,
                                  gboolean      is_contact,
                                  const char   *remark,
                                  gboolean      is_favourite);
void      ahoy_user_set_presence (AhoyUser     *self,
                                  AhoyPresence  presence);

G_END_DECLS
