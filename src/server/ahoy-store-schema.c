/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ahoy-store-private.h"

#include "ahoy-error.h"

/* One step a version of the schema; a step that was released never changes. */
static const char *const migrations[] = {
  "CREATE TABLE app ("
  "  id INTEGER PRIMARY KEY, secret TEXT NOT NULL, administrator TEXT NOT NULL);"
  "CREATE TABLE call ("
  "  id TEXT PRIMARY KEY, app INTEGER NOT NULL, live INTEGER NOT NULL,"
  "  created INTEGER NOT NULL, body TEXT NOT NULL) WITHOUT ROWID;"
  "CREATE INDEX call_live ON call (live) WHERE live = 1;"
  "CREATE INDEX call_created ON call (created);"
  "CREATE TABLE session ("
  "  sid_hash TEXT PRIMARY KEY, app INTEGER NOT NULL, user TEXT NOT NULL,"
  "  device TEXT NOT NULL, platform TEXT NOT NULL) WITHOUT ROWID;"
  "CREATE TABLE request ("
  "  key TEXT PRIMARY KEY, expires INTEGER NOT NULL, answer TEXT NOT NULL) WITHOUT ROWID;"
  "CREATE INDEX request_expires ON request (expires);"
  "CREATE TABLE profile ("
  "  app INTEGER NOT NULL, user TEXT NOT NULL, nickname TEXT NOT NULL, avatar TEXT NOT NULL,"
  "  PRIMARY KEY (app, user)) WITHOUT ROWID;"
  "CREATE TABLE contact ("
  "  app INTEGER NOT NULL, owner TEXT NOT NULL, user TEXT NOT NULL, remark TEXT NOT NULL,"
  "  favourite INTEGER NOT NULL, PRIMARY KEY (app, owner, user)) WITHOUT ROWID;"
  "CREATE TABLE contacts_version ("
  "  app INTEGER NOT NULL, owner TEXT NOT NULL, version INTEGER NOT NULL,"
  "  PRIMARY KEY (app, owner)) WITHOUT ROWID;"
  "CREATE TABLE record ("
  "  app INTEGER NOT NULL, user TEXT NOT NULL, begin INTEGER NOT NULL, call TEXT NOT NULL,"
  "  result INTEGER NOT NULL, body TEXT NOT NULL,"
  "  PRIMARY KEY (app, user, begin, call)) WITHOUT ROWID;"
  "CREATE UNIQUE INDEX record_call ON record (app, user, call);"
  "CREATE INDEX record_begin ON record (begin);",
  "CREATE TABLE account ("
  "  app INTEGER NOT NULL, user TEXT NOT NULL, several_devices INTEGER NOT NULL,"
  "  PRIMARY KEY (app, user)) WITHOUT ROWID;"
  "CREATE TABLE block ("
  "  app INTEGER NOT NULL, owner TEXT NOT NULL, user TEXT NOT NULL,"
  "  PRIMARY KEY (app, owner, user)) WITHOUT ROWID;"
  "CREATE TABLE user_group ("
  "  app INTEGER NOT NULL, id TEXT NOT NULL, name TEXT NOT NULL, owner TEXT NOT NULL,"
  "  PRIMARY KEY (app, id)) WITHOUT ROWID;"
  "CREATE TABLE group_member ("
  "  app INTEGER NOT NULL, id TEXT NOT NULL, user TEXT NOT NULL, position INTEGER NOT NULL,"
  "  PRIMARY KEY (app, id, user)) WITHOUT ROWID;",
};

static const char *const texts[AHOY_SQL_LAST] = {
  [AHOY_SQL_BEGIN] = "BEGIN IMMEDIATE",
  [AHOY_SQL_COMMIT] = "COMMIT",
  [AHOY_SQL_PUT_APP] = "INSERT OR REPLACE INTO app VALUES (?, ?, ?)",
  [AHOY_SQL_LIST_APPS] = "SELECT id, secret, administrator FROM app ORDER BY id",
  [AHOY_SQL_PUT_CALL] = "INSERT OR REPLACE INTO call VALUES (?, ?, ?, ?, ?)",
  [AHOY_SQL_REMOVE_CALL] = "DELETE FROM call WHERE id = ?",
  [AHOY_SQL_LIVE_CALLS] = "SELECT body FROM call WHERE live = 1",
  [AHOY_SQL_PURGE_CALLS] = "DELETE FROM call WHERE live = 0 AND created < ?",
  [AHOY_SQL_PUT_SESSION] = "INSERT OR REPLACE INTO session VALUES (?, ?, ?, ?, ?)",
  [AHOY_SQL_REMOVE_SESSION] = "DELETE FROM session WHERE sid_hash = ?",
  [AHOY_SQL_SESSIONS] = "SELECT sid_hash, app, user, device, platform FROM session",
  [AHOY_SQL_PUT_REQUEST] = "INSERT OR REPLACE INTO request VALUES (?, ?, ?)",
  [AHOY_SQL_REQUESTS] = "SELECT key, expires, answer FROM request",
  [AHOY_SQL_PURGE_REQUESTS] = "DELETE FROM request WHERE expires < ?",
  [AHOY_SQL_GET_PROFILE] = "SELECT nickname, avatar FROM profile WHERE app = ? AND user = ?",
  [AHOY_SQL_PUT_PROFILE] = "INSERT OR REPLACE INTO profile VALUES (?, ?, ?, ?)",
  [AHOY_SQL_CONTACTS] =
    "SELECT user, remark, favourite FROM contact WHERE app = ? AND owner = ? ORDER BY user",
  [AHOY_SQL_CONTACTS_VERSION] = "SELECT version FROM contacts_version WHERE app = ? AND owner = ?",
  [AHOY_SQL_PUT_CONTACT] = "INSERT OR REPLACE INTO contact VALUES (?, ?, ?, ?, ?)",
  [AHOY_SQL_REMOVE_CONTACT] = "DELETE FROM contact WHERE app = ? AND owner = ? AND user = ?",
  [AHOY_SQL_PUT_CONTACTS_VERSION] = "INSERT OR REPLACE INTO contacts_version VALUES (?, ?, ?)",
  [AHOY_SQL_GET_ACCOUNT] = "SELECT several_devices FROM account WHERE app = ? AND user = ?",
  [AHOY_SQL_PUT_ACCOUNT] = "INSERT OR REPLACE INTO account VALUES (?, ?, ?)",
  [AHOY_SQL_BLOCKS] = "SELECT user FROM block WHERE app = ? AND owner = ? ORDER BY user",
  [AHOY_SQL_PUT_BLOCK] = "INSERT OR REPLACE INTO block VALUES (?, ?, ?)",
  [AHOY_SQL_REMOVE_BLOCK] = "DELETE FROM block WHERE app = ? AND owner = ? AND user = ?",
  [AHOY_SQL_GROUPS] = "SELECT app, id, name, owner FROM user_group",
  [AHOY_SQL_PUT_GROUP] = "INSERT OR REPLACE INTO user_group VALUES (?, ?, ?, ?)",
  [AHOY_SQL_REMOVE_GROUP] = "DELETE FROM user_group WHERE app = ? AND id = ?",
  [AHOY_SQL_GROUP_MEMBERS] = "SELECT app, id, user, position FROM group_member ORDER BY position",
  [AHOY_SQL_PUT_GROUP_MEMBER] = "INSERT OR REPLACE INTO group_member VALUES (?, ?, ?, ?)",
  [AHOY_SQL_REMOVE_GROUP_MEMBER] = "DELETE FROM group_member WHERE app = ? AND id = ? AND user = ?",
  [AHOY_SQL_REMOVE_GROUP_MEMBERS] = "DELETE FROM group_member WHERE app = ? AND id = ?",
  [AHOY_SQL_PUT_RECORD] = "INSERT OR REPLACE INTO record VALUES (?, ?, ?, ?, ?, ?)",
  [AHOY_SQL_UPDATE_RECORD] = "UPDATE record SET body = ?4 WHERE app = ?1 AND user = ?2 AND call = ?3",
  [AHOY_SQL_REMOVE_RECORD] = "DELETE FROM record WHERE app = ? AND user = ? AND call = ?",
  [AHOY_SQL_REMOVE_RECORDS] = "DELETE FROM record WHERE app = ? AND user = ?",
  [AHOY_SQL_PURGE_RECORDS] = "DELETE FROM record WHERE begin < ?",
  [AHOY_SQL_LIST_RECORDS] =
    "SELECT body FROM record WHERE app = ?1 AND user = ?2 AND (begin, call) < (?3, ?4)"
    " AND (?5 = 0 OR result = ?5) AND begin >= ?6 ORDER BY begin DESC, call DESC LIMIT ?7",
  [AHOY_SQL_COUNT_RECORDS] =
    "SELECT count(*) FROM record WHERE app = ?1 AND user = ?2 AND (?3 IS NULL OR call = ?3)",
};

const char *
ahoy_sql_get_text (AhoySql sql)
{
  return texts[sql];
}

static int
get_version (AhoyDatabase *self)
{
  sqlite3_stmt *statement = NULL;
  int version = -1;

  if (sqlite3_prepare_v2 (self->handle, "PRAGMA user_version", -1, &statement, NULL) == SQLITE_OK &&
      sqlite3_step (statement) == SQLITE_ROW)
    version = sqlite3_column_int (statement, 0);
  sqlite3_finalize (statement);

  return version;
}

gboolean
ahoy_schema_migrate (AhoyDatabase *self,
                     GError      **error)
{
  int version = get_version (self);

  if (version < 0 || version > (int) G_N_ELEMENTS (migrations))
    {
      g_set_error (error, AHOY_ERROR, AHOY_ERROR_INTERNAL,
                   "the database is of a newer version (%d) than this program", version);
      return FALSE;
    }

  for (; version < (int) G_N_ELEMENTS (migrations); version++)
    {
      g_autofree char *sql = g_strdup_printf ("BEGIN EXCLUSIVE; %s PRAGMA user_version = %d; COMMIT;",
                                              migrations[version], version + 1);

      if (sqlite3_exec (self->handle, sql, NULL, NULL, NULL) != SQLITE_OK)
        {
          g_set_error (error, AHOY_ERROR, AHOY_ERROR_INTERNAL,
                       "the database cannot be brought to version %d: %s", version + 1,
                       sqlite3_errmsg (self->handle));
          sqlite3_exec (self->handle, "ROLLBACK", NULL, NULL, NULL);
          return FALSE;
        }
    }

  return TRUE;
}
