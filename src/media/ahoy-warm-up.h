/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <gst/gst.h>

G_BEGIN_DECLS

/* Does ahead, in a thread, what the first connection of a process would otherwise wait for. Opens no device and
 * sends nothing. */
typedef struct _AhoyWarmUp AhoyWarmUp;

AhoyWarmUp *ahoy_warm_up_new     (void);
gboolean    ahoy_warm_up_is_done (AhoyWarmUp *self);
/* Waits for the thread, which leaves out what it has not begun. */
void        ahoy_warm_up_free    (AhoyWarmUp *self);

G_END_DECLS
