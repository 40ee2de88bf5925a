/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ahoy-list-diff.h"

void
ahoy_list_diff_emit (GListModel *model,
                     GPtrArray  *old,
                     GPtrArray  *now)
{
  guint shorter;
  guint head = 0;
  guint tail = 0;

  g_return_if_fail (G_IS_LIST_MODEL (model));
  g_return_if_fail (old && now);

  shorter = MIN (old->len, now->len);
  while (head < shorter && old->pdata[head] == now->pdata[head])
    head++;
  while (tail < shorter - head && old->pdata[old->len - 1 - tail] == now->pdata[now->len - 1 - tail])
    tail++;

  if (head + tail < old->len || head + tail < now->len)
    g_list_model_items_changed (model, head, old->len - head - tail, now->len - head - tail);
}
