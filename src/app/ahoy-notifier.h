/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>
#include "ahoy-call-kit.h"

G_BEGIN_DECLS

#define AHOY_TYPE_NOTIFIER (ahoy_notifier_get_type ())
G_DECLARE_FINAL_TYPE (AhoyNotifier, ahoy_notifier, AHOY, NOTIFIER, GObject)

/* Tells the desktop of calls that come in and of those nobody answered. Buttons activate "app.answer",
 * "app.decline", "app.show-call" (with the id of the call), "app.call" and "app.show-recent". */
AhoyNotifier *ahoy_notifier_new          (GApplication *application,
                                          AhoyCallKit  *kit);
/* The person has seen the list: the notification about missed calls goes. */
void          ahoy_notifier_clear_missed (AhoyNotifier *self);

G_END_DECLS
