/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "ahoy-ui.h"
#include "fake.h"

G_BEGIN_DECLS

typedef struct
{
  AhoyEngine *engine;
  AhoyUser *me;
  AhoyUser *other;
  AhoyCall *call;
  GtkWindow *window;
} Scene;

typedef struct
{
  const char *name;
  AhoyCallMedia media;
  AhoyCallRole role;
  void (*act) (Scene *scene);
  guint n_others; /* beside the first */
} Screen;

extern const Screen gallery_screens[];
extern const guint gallery_n_screens;

void gallery_settle        (guint  milliseconds);
void gallery_invite_others (Scene *scene,
                            guint  n);

G_END_DECLS
