/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "ahoy-error-codes.h"

G_BEGIN_DECLS

/* The one error domain of Ahoy; its codes are AhoyError, the documented numbers. */
#define AHOY_ERROR (ahoy_error_quark ())

/**
 * ahoy_error_quark:
 *
 * Returns: the domain of the documented numbers
 */
GQuark  ahoy_error_quark    (void);
/**
 * ahoy_error_new_code: (skip)
 * @code: a number of the table
 *
 * Returns: (transfer full): an error with the developer's text of the table
 */
GError *ahoy_error_new_code (AhoyError code);
/**
 * ahoy_error_set_code: (skip)
 * @error: (nullable): return location
 * @code: a number of the table
 */
void    ahoy_error_set_code (GError  **error,
                             AhoyError code);

G_END_DECLS
