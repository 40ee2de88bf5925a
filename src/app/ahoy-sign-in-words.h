/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "ahoy-account.h"

G_BEGIN_DECLS

/* The row of the form that has to be mended. */
typedef enum
{
  AHOY_SIGN_IN_FIELD_NONE,
  AHOY_SIGN_IN_FIELD_SERVER,
  AHOY_SIGN_IN_FIELD_USER,
  AHOY_SIGN_IN_FIELD_TICKET,
  AHOY_SIGN_IN_FIELD_APP,
} AhoySignInField;

/* Why signing in failed, for a person. (transfer full) */
char *ahoy_sign_in_words (const GError      *error,
                          const AhoyAccount *account,
                          AhoySignInField   *field);

G_END_DECLS
