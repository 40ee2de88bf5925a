/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>
#include "ahoy-account.h"

G_BEGIN_DECLS

/* An account and trust given from outside: options first, then AHOY_SERVER, AHOY_APP_ID, AHOY_USER,
 * AHOY_USER_SIG_FILE and AHOY_TLS_CA. Tickets come from files only: a command line can be read by everybody. */

extern const GOptionEntry ahoy_start_options[];

/* NULL without an error: none was given. @directory (nullable): what relative file names are relative to.
 * @use_environment: also look there. (transfer full) */
AhoyAccount  *ahoy_start_options_read_account (GVariantDict  *options,
                                               const char    *directory,
                                               gboolean       use_environment,
                                               GError       **error);
/* NULL without an error: none was given. (transfer full) */
GTlsDatabase *ahoy_start_options_read_trust   (GVariantDict  *options,
                                               const char    *directory,
                                               gboolean       use_environment,
                                               GError       **error);

G_END_DECLS
