/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "ahoy-call-options.h"

#include <json-glib/json-glib.h>

G_BEGIN_DECLS

struct _AhoyCallOptions
{
  guint timeout;       /* s, 0: the server's default */
  char *user_data;     /* (owned) (nullable) */
  char *group_id;      /* (owned) (nullable) */
  char *room;          /* (owned) (nullable) */
  char *push_title;    /* (owned) (nullable) */
  char *push_text;     /* (owned) (nullable) */
  char *push_sound;    /* (owned) (nullable) */
  int room_number;     /* 0: none */
  AhoyRecordPolicy record_policy;
  gboolean push_off;
  gboolean ephemeral;
  gboolean camera_on;
};

/* Whether everything is within its limits. @self may be NULL. */
gboolean    ahoy_call_options_are_valid   (AhoyCallOptions *self);
/* What "call.invite" carries. @self may be NULL. */
JsonObject *ahoy_call_options_make_invite (AhoyCallOptions *self,
                                           GStrv            user_ids,
                                           AhoyCallMedia    media);

G_END_DECLS
