/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "ahoy-bus-variant.h"

#include "ahoy-bus-errors.h"
#include "ahoy-bus-words.h"

void
ahoy_bus_insert_text (GVariantDict *dict,
                      const char   *key,
                      const char   *text)
{
  g_autofree char *valid = ahoy_bus_text (text);

  g_variant_dict_insert (dict, key, "s", valid);
}

void
ahoy_bus_insert_texts (GVariantDict      *dict,
                       const char        *key,
                       const char *const *texts)
{
  GVariantBuilder builder;

  g_variant_builder_init (&builder, G_VARIANT_TYPE_STRING_ARRAY);
  for (guint i = 0; texts && texts[i]; i++)
    {
      g_autofree char *valid = ahoy_bus_text (texts[i]);

      g_variant_builder_add (&builder, "s", valid);
    }

  g_variant_dict_insert_value (dict, key, g_variant_builder_end (&builder));
}

GVariant *
ahoy_bus_list_to_variant (GListModel  *model,
                          const char  *type,
                          GVariant  *(*make) (gpointer item,
                                              gpointer user_data),
                          gpointer     user_data)
{
  GVariantBuilder builder;

  g_variant_builder_init (&builder, G_VARIANT_TYPE (type));
  for (guint i = 0; i < g_list_model_get_n_items (model); i++)
    {
      g_autoptr (GObject) item = g_list_model_get_item (model, i);

      g_variant_builder_add_value (&builder, make (item, user_data));
    }

  return g_variant_builder_end (&builder);
}

gboolean
ahoy_bus_refuse_when_signed_out (AhoyEngine            *engine,
                                 GDBusMethodInvocation *invocation)
{
  if (ahoy_engine_get_self (engine))
    return FALSE;

  ahoy_bus_refuse (invocation, AHOY_ERROR_INIT_FAILED, "Not signed in");

  return TRUE;
}

gboolean
ahoy_bus_answer_list (AhoyEngine             *engine,
                      GDBusMethodInvocation  *invocation,
                      GListModel             *model,
                      GVariant             *(*make) (gpointer item,
                                                     gpointer user_data))
{
  if (!ahoy_bus_refuse_when_signed_out (engine, invocation))
    g_dbus_method_invocation_return_value (invocation,
                                           g_variant_new ("(@aa{sv})",
                                                          ahoy_bus_list_to_variant (model, "aa{sv}", make, NULL)));

  return G_DBUS_METHOD_INVOCATION_HANDLED;
}
