/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "ahoy-bus-options.h"

#include "ahoy-error.h"

static const AhoyBusOption *
find (const AhoyBusOption *known,
      const char          *name)
{
  for (; known->name; known++)
    {
      if (g_str_equal (known->name, name))
        return known;
    }

  return NULL;
}

gboolean
ahoy_bus_options_check (GVariant             *options,
                        const AhoyBusOption  *known,
                        GError              **error)
{
  GVariantIter iter;
  const char *name;
  GVariant *value;

  g_variant_iter_init (&iter, options);
  while (g_variant_iter_loop (&iter, "{&sv}", &name, &value))
    {
      const AhoyBusOption *option = find (known, name);

      if (option && g_variant_is_of_type (value, G_VARIANT_TYPE (option->type)))
        continue;

      g_set_error (error, AHOY_ERROR, AHOY_ERROR_PARAM_INVALID,
                   option ? "Option “%s” has the wrong type" : "Option “%s” is not known", name);
      g_variant_unref (value);
      return FALSE;
    }

  return TRUE;
}
