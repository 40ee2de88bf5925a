/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "ahoy-item-list.h"

typedef struct
{
  GPtrArray *items; /* (owned) of GObject */
  GType type;
} ItemList;

static G_DEFINE_QUARK (ahoy-item-list, item_list)

static void
item_list_free (gpointer data)
{
  ItemList *list = data;

  g_ptr_array_unref (list->items);
  g_free (list);
}

static ItemList *
get_list (gpointer model)
{
  return g_object_get_qdata (model, item_list_quark ());
}

static GType
get_item_type (GListModel *model)
{
  return get_list (model)->type;
}

static guint
get_n_items (GListModel *model)
{
  return get_list (model)->items->len;
}

static gpointer
get_item (GListModel *model,
          guint       position)
{
  GPtrArray *items = get_list (model)->items;

  return position < items->len ? g_object_ref (g_ptr_array_index (items, position)) : NULL;
}

void
ahoy_item_list_init_interface (GListModelInterface *iface)
{
  iface->get_item_type = get_item_type;
  iface->get_n_items = get_n_items;
  iface->get_item = get_item;
}

GPtrArray *
ahoy_item_list_attach (gpointer model,
                       GType    item_type)
{
  ItemList *list = g_new0 (ItemList, 1);

  list->items = g_ptr_array_new_with_free_func (g_object_unref);
  list->type = item_type;
  g_object_set_qdata_full (model, item_list_quark (), list, item_list_free);
  return list->items;
}

void
ahoy_item_list_append (gpointer model,
                       gpointer item)
{
  GPtrArray *items = get_list (model)->items;

  g_ptr_array_add (items, g_object_ref (item));
  g_list_model_items_changed (model, items->len - 1, 0, 1);
}

void
ahoy_item_list_append_all (gpointer   model,
                           GPtrArray *added)
{
  GPtrArray *items = get_list (model)->items;
  guint before = items->len;

  if (added->len == 0)
    return;

  for (guint i = 0; i < added->len; i++)
    g_ptr_array_add (items, g_object_ref (g_ptr_array_index (added, i)));
  g_list_model_items_changed (model, before, 0, added->len);
}

void
ahoy_item_list_remove (gpointer model,
                       guint    position)
{
  g_ptr_array_remove_index (get_list (model)->items, position);
  g_list_model_items_changed (model, position, 1, 0);
}

void
ahoy_item_list_clear (gpointer model)
{
  GPtrArray *items = get_list (model)->items;
  guint n = items->len;

  g_ptr_array_set_size (items, 0);
  if (n > 0)
    g_list_model_items_changed (model, 0, n, 0);
}
