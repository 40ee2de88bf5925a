/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "ahoy-call.h"

#include <json-glib/json-glib.h>

G_BEGIN_DECLS

struct _AhoyCallOptions
{
  guint timeout;       /* s, 0: the server's default */
  char *user_data;     /* (owned) (nullable) */
  gboolean ephemeral;
  gboolean camera_on;
};

/* What "call.invite" carries. @self may be NULL. */
JsonObject *ahoy_call_options_make_invite (AhoyCallOptions *self,
                                           GStrv            user_ids,
                                           AhoyCallMedia    media);

G_END_DECLS
