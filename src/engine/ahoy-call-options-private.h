/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "ahoy-call.h"

G_BEGIN_DECLS

struct _AhoyCallOptions
{
  guint timeout;       /* s, 0: the server's default */
  char *user_data;     /* (owned) (nullable) */
  gboolean ephemeral;
  gboolean camera_on;
};

G_END_DECLS
