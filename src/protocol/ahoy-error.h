/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "ahoy-protocol-tables.h"

G_BEGIN_DECLS

/* The one error domain of Ahoy; its codes are AhoyErrorCode, the documented numbers. */
#define AHOY_ERROR (ahoy_error_quark ())

GQuark  ahoy_error_quark    (void);
/* An error with the developer's text of the table. */
GError *ahoy_error_new_code (AhoyErrorCode code);
void    ahoy_error_set_code (GError      **error,
                             AhoyErrorCode code);

G_END_DECLS
