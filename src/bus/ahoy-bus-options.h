/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

typedef struct
{
  const char *name;
  const char *type; /* GVariant type string */
} AhoyBusOption;

/* Whether every key of the a{sv} @options is in @known (ended by a NULL name) and has its type. A key that
 * is misspelt would else be dropped in silence. */
gboolean ahoy_bus_options_check (GVariant             *options,
                                 const AhoyBusOption  *known,
                                 GError              **error);

G_END_DECLS
