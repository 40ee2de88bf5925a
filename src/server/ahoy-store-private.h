/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "ahoy-store.h"

#include <sqlite3.h>

G_BEGIN_DECLS

/* Each statement of the program; the texts stand in ahoy-store-schema.c. */
typedef enum
{
  AHOY_SQL_BEGIN,
  AHOY_SQL_COMMIT,
  AHOY_SQL_PUT_APP,
  AHOY_SQL_LIST_APPS,
  AHOY_SQL_PUT_CALL,
  AHOY_SQL_REMOVE_CALL,
  AHOY_SQL_LIVE_CALLS,
  AHOY_SQL_PURGE_CALLS,
  AHOY_SQL_PUT_SESSION,
  AHOY_SQL_REMOVE_SESSION,
  AHOY_SQL_SESSIONS,
  AHOY_SQL_PUT_REQUEST,
  AHOY_SQL_REQUESTS,
  AHOY_SQL_PURGE_REQUESTS,
  AHOY_SQL_GET_PROFILE,
  AHOY_SQL_PUT_PROFILE,
  AHOY_SQL_CONTACTS,
  AHOY_SQL_CONTACTS_VERSION,
  AHOY_SQL_PUT_CONTACT,
  AHOY_SQL_REMOVE_CONTACT,
  AHOY_SQL_PUT_CONTACTS_VERSION,
  AHOY_SQL_GET_ACCOUNT,
  AHOY_SQL_PUT_ACCOUNT,
  AHOY_SQL_BLOCKS,
  AHOY_SQL_PUT_BLOCK,
  AHOY_SQL_REMOVE_BLOCK,
  AHOY_SQL_GROUPS,
  AHOY_SQL_PUT_GROUP,
  AHOY_SQL_REMOVE_GROUP,
  AHOY_SQL_GROUP_MEMBERS,
  AHOY_SQL_PUT_GROUP_MEMBER,
  AHOY_SQL_REMOVE_GROUP_MEMBER,
  AHOY_SQL_REMOVE_GROUP_MEMBERS,
  AHOY_SQL_PUT_RECORD,
  AHOY_SQL_UPDATE_RECORD,
  AHOY_SQL_REMOVE_RECORD,
  AHOY_SQL_REMOVE_RECORDS,
  AHOY_SQL_PURGE_RECORDS,
  AHOY_SQL_LIST_RECORDS,
  AHOY_SQL_COUNT_RECORDS,
  AHOY_SQL_LAST,
} AhoySql;

/* One open database with its prepared statements; used by one thread. */
typedef struct
{
  sqlite3 *handle;
  sqlite3_stmt *statements[AHOY_SQL_LAST];
} AhoyDatabase;

gboolean      ahoy_database_open    (AhoyDatabase *self,
                                     const char   *path,
                                     gboolean      is_writer,
                                     GError      **error);
void          ahoy_database_close   (AhoyDatabase *self);
/* @types has a letter a value: i is gint64, s is text (nullable). Ready to be stepped;
 * sqlite3_reset() it afterwards. */
sqlite3_stmt *ahoy_database_prepare (AhoyDatabase *self,
                                     AhoySql       sql,
                                     const char   *types,
                                     ...);
const char   *ahoy_sql_get_text     (AhoySql       sql);
gboolean      ahoy_schema_migrate   (AhoyDatabase *self,
                                     GError      **error);

/* One statement of a batch with its values */
typedef struct
{
  AhoySql sql;
  guint n_values;
  struct
  {
    gboolean is_text;
    gint64 number;
    char *text; /* (owned) (nullable) */
  } values[8];
} AhoyOperation;

void          ahoy_batch_add        (AhoyBatch    *self,
                                     AhoySql       sql,
                                     const char   *types,
                                     ...);
AhoyDatabase *ahoy_store_get_reader (AhoyStore    *self);

G_END_DECLS
