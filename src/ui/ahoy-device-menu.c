/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "ahoy-device-menu.h"

#include <glib/gi18n-lib.h>

static void
append (GMenu      *menu,
        const char *label,
        const char *action,
        const char *id)
{
  g_autoptr (GMenuItem) item = g_menu_item_new (NULL, NULL);

  /* Set apart: a name with an underline in it is not a mnemonic, an id may hold any sign. */
  g_menu_item_set_attribute (item, G_MENU_ATTRIBUTE_LABEL, "s", label);
  g_menu_item_set_action_and_target (item, action, "s", id);
  g_menu_append_item (menu, item);
}

static char *
escape_mnemonic (const char *name)
{
  g_auto (GStrv) parts = g_strsplit (name ? name : "", "_", -1);

  return g_strjoinv ("__", parts);
}

void
ahoy_device_menu_fill (GMenu      *menu,
                       GListModel *devices,
                       const char *action)
{
  guint i;

  g_return_if_fail (G_IS_MENU (menu));
  g_return_if_fail (G_IS_LIST_MODEL (devices));

  g_menu_remove_all (menu);
  append (menu, _("Automatic"), action, "");
  for (i = 0; i < g_list_model_get_n_items (devices); i++)
    {
      g_autoptr (AhoyDevice) device = g_list_model_get_item (devices, i);
      g_autofree char *label = escape_mnemonic (ahoy_device_get_name (device));

      append (menu, label, action, ahoy_device_get_id (device));
    }
}
