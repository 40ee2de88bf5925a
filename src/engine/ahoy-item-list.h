/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* The list that an object shows as its own, for classes that implement GListModel by
 * G_IMPLEMENT_INTERFACE (G_TYPE_LIST_MODEL, ahoy_item_list_init_interface). @model is such an object; each change is
 * told at once. */
void       ahoy_item_list_init_interface (GListModelInterface *iface);
/* Once, in the instance's init. The array lives as long as @model and is only read. (transfer none) */
GPtrArray *ahoy_item_list_attach         (gpointer             model,
                                          GType                item_type);
/* @item: (transfer none) */
void       ahoy_item_list_append         (gpointer             model,
                                          gpointer             item);
/* Several, told as one change. */
void       ahoy_item_list_append_all     (gpointer             model,
                                          GPtrArray           *items);
void       ahoy_item_list_remove         (gpointer             model,
                                          guint                position);
void       ahoy_item_list_clear          (gpointer             model);

G_END_DECLS
