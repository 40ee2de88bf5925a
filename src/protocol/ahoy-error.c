/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "ahoy-error.h"

G_DEFINE_QUARK (ahoy-error-quark, ahoy_error)

GError *
ahoy_error_new_code (AhoyError code)
{
  const char *text = ahoy_error_code_get_message (code);

  return g_error_new_literal (AHOY_ERROR, code, text ? text : "unknown error");
}

void
ahoy_error_set_code (GError  **error,
                     AhoyError code)
{
  if (error)
    *error = ahoy_error_new_code (code);
}
