/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

#define AHOY_TYPE_APPLICATION (ahoy_application_get_type ())
G_DECLARE_FINAL_TYPE (AhoyApplication, ahoy_application, AHOY, APPLICATION, AdwApplication)

/* The desktop application: one account, its windows, its calls. */
AhoyApplication *ahoy_application_new (void);

G_END_DECLS
