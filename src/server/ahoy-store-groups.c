/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ahoy-store-private.h"

/* Groups, and what is kept for an account. */

static const char *
get_text (sqlite3_stmt *statement,
          int           column)
{
  const char *text = (const char *) sqlite3_column_text (statement, column);

  return text ? text : "";
}

gboolean
ahoy_store_has_several_devices (AhoyStore  *self,
                                guint64     app_id,
                                const char *user_id)
{
  sqlite3_stmt *statement;
  gboolean has;

  statement = ahoy_database_prepare (ahoy_store_get_reader (self), AHOY_SQL_GET_ACCOUNT, "is", (gint64) app_id,
                                     user_id);
  has = sqlite3_step (statement) == SQLITE_ROW && sqlite3_column_int (statement, 0) != 0;
  sqlite3_reset (statement);

  return has;
}

void
ahoy_batch_put_several_devices (AhoyBatch  *self,
                                guint64     app_id,
                                const char *user_id,
                                gboolean    has_several_devices)
{
  ahoy_batch_add (self, AHOY_SQL_PUT_ACCOUNT, "isi", (gint64) app_id, user_id, (gint64) has_several_devices);
}

GPtrArray *
ahoy_store_list_blocks (AhoyStore  *self,
                        guint64     app_id,
                        const char *owner)
{
  GPtrArray *users = g_ptr_array_new_with_free_func (g_free);
  sqlite3_stmt *statement;

  statement = ahoy_database_prepare (ahoy_store_get_reader (self), AHOY_SQL_BLOCKS, "is", (gint64) app_id, owner);
  while (sqlite3_step (statement) == SQLITE_ROW)
    g_ptr_array_add (users, g_strdup (get_text (statement, 0)));
  sqlite3_reset (statement);

  return users;
}

void
ahoy_batch_put_block (AhoyBatch  *self,
                      guint64     app_id,
                      const char *owner,
                      const char *user_id)
{
  ahoy_batch_add (self, AHOY_SQL_PUT_BLOCK, "iss", (gint64) app_id, owner, user_id);
}

void
ahoy_batch_remove_block (AhoyBatch  *self,
                         guint64     app_id,
                         const char *owner,
                         const char *user_id)
{
  ahoy_batch_add (self, AHOY_SQL_REMOVE_BLOCK, "iss", (gint64) app_id, owner, user_id);
}

void
ahoy_store_each_group (AhoyStore         *self,
                       AhoyStoreGroupFunc func,
                       gpointer           user_data)
{
  sqlite3_stmt *statement = ahoy_database_prepare (ahoy_store_get_reader (self), AHOY_SQL_GROUPS, "");

  while (sqlite3_step (statement) == SQLITE_ROW)
    func ((guint64) sqlite3_column_int64 (statement, 0), get_text (statement, 1), get_text (statement, 2),
          get_text (statement, 3), user_data);
  sqlite3_reset (statement);
}

void
ahoy_store_each_group_member (AhoyStore               *self,
                              AhoyStoreGroupMemberFunc func,
                              gpointer                 user_data)
{
  sqlite3_stmt *statement = ahoy_database_prepare (ahoy_store_get_reader (self), AHOY_SQL_GROUP_MEMBERS, "");

  while (sqlite3_step (statement) == SQLITE_ROW)
    func ((guint64) sqlite3_column_int64 (statement, 0), get_text (statement, 1), get_text (statement, 2),
          sqlite3_column_int64 (statement, 3), user_data);
  sqlite3_reset (statement);
}

void
ahoy_batch_put_group (AhoyBatch  *self,
                      guint64     app_id,
                      const char *id,
                      const char *name,
                      const char *owner)
{
  ahoy_batch_add (self, AHOY_SQL_PUT_GROUP, "isss", (gint64) app_id, id, name, owner);
}

void
ahoy_batch_remove_group (AhoyBatch  *self,
                         guint64     app_id,
                         const char *id)
{
  ahoy_batch_add (self, AHOY_SQL_REMOVE_GROUP, "is", (gint64) app_id, id);
  ahoy_batch_add (self, AHOY_SQL_REMOVE_GROUP_MEMBERS, "is", (gint64) app_id, id);
}

void
ahoy_batch_put_group_member (AhoyBatch  *self,
                             guint64     app_id,
                             const char *id,
                             const char *user_id,
                             gint64      position)
{
  ahoy_batch_add (self, AHOY_SQL_PUT_GROUP_MEMBER, "issi", (gint64) app_id, id, user_id, position);
}

void
ahoy_batch_remove_group_member (AhoyBatch  *self,
                                guint64     app_id,
                                const char *id,
                                const char *user_id)
{
  ahoy_batch_add (self, AHOY_SQL_REMOVE_GROUP_MEMBER, "iss", (gint64) app_id, id, user_id);
}
