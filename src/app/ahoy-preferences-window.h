/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>
#include "ahoy-identity.h"

G_BEGIN_DECLS

#define AHOY_TYPE_PREFERENCES_WINDOW (ahoy_preferences_window_get_type ())
G_DECLARE_FINAL_TYPE (AhoyPreferencesWindow, ahoy_preferences_window, AHOY, PREFERENCES_WINDOW, AdwPreferencesWindow)

/* Everything applies at once. */
GtkWidget *ahoy_preferences_window_new (AhoyIdentity *identity);

G_END_DECLS
