/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "ahoy-call-ids.h"

#include "ahoy-limits.h"
#include "ahoy-user-sig.h"

GStrv
ahoy_call_ids_tidy (const char *const *user_ids,
                    const char        *self_id)
{
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  g_autoptr (GHashTable) seen = g_hash_table_new (g_str_hash, g_str_equal);

  for (guint i = 0; user_ids && user_ids[i]; i++)
    {
      if (g_strcmp0 (user_ids[i], self_id) == 0)
        continue;
      if (!ahoy_user_id_is_valid (user_ids[i]))
        return NULL;
      if (g_hash_table_add (seen, (gpointer) user_ids[i]))
        g_strv_builder_add (builder, user_ids[i]);
    }

  if (g_hash_table_size (seen) == 0 || g_hash_table_size (seen) > AHOY_MAX_PEOPLE - 1)
    return NULL;
  return g_strv_builder_end (builder);
}
