/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ahoy-store-private.h"

static const char *
get_text (sqlite3_stmt *statement,
          int           column)
{
  const char *text = (const char *) sqlite3_column_text (statement, column);

  return text ? text : "";
}

/* Applications */

void
ahoy_stored_app_free (AhoyStoredApp *self)
{
  g_free (self->secret);
  g_free (self->administrator);
  g_free (self);
}

void
ahoy_batch_put_app (AhoyBatch  *self,
                    guint64     id,
                    const char *secret,
                    const char *administrator)
{
  ahoy_batch_add (self, AHOY_SQL_PUT_APP, "iss", (gint64) id, secret, administrator);
}

GPtrArray *
ahoy_store_list_apps (AhoyStore *self)
{
  sqlite3_stmt *statement = ahoy_database_prepare (ahoy_store_get_reader (self), AHOY_SQL_LIST_APPS, "");
  GPtrArray *apps = g_ptr_array_new_with_free_func ((GDestroyNotify) ahoy_stored_app_free);

  while (sqlite3_step (statement) == SQLITE_ROW)
    {
      AhoyStoredApp *app = g_new0 (AhoyStoredApp, 1);

      app->id = (guint64) sqlite3_column_int64 (statement, 0);
      app->secret = g_strdup (get_text (statement, 1));
      app->administrator = g_strdup (get_text (statement, 2));
      g_ptr_array_add (apps, app);
    }
  sqlite3_reset (statement);

  return apps;
}

/* Calls */

void
ahoy_batch_put_call (AhoyBatch  *self,
                     const char *id,
                     guint64     app_id,
                     gboolean    is_live,
                     gint64      created_ms,
                     const char *body)
{
  ahoy_batch_add (self, AHOY_SQL_PUT_CALL, "siiis", id, (gint64) app_id, (gint64) is_live,
                  created_ms, body);
}

void
ahoy_batch_remove_call (AhoyBatch  *self,
                        const char *id)
{
  ahoy_batch_add (self, AHOY_SQL_REMOVE_CALL, "s", id);
}

void
ahoy_store_each_live_call (AhoyStore    *self,
                           AhoyStoreText func,
                           gpointer      user_data)
{
  sqlite3_stmt *statement = ahoy_database_prepare (ahoy_store_get_reader (self), AHOY_SQL_LIVE_CALLS, "");

  while (sqlite3_step (statement) == SQLITE_ROW)
    func (get_text (statement, 0), user_data);
  sqlite3_reset (statement);
}

/* Sessions */

void
ahoy_batch_put_session (AhoyBatch  *self,
                        const char *sid_hash,
                        guint64     app_id,
                        const char *user_id,
                        const char *device,
                        const char *platform)
{
  ahoy_batch_add (self, AHOY_SQL_PUT_SESSION, "sisss", sid_hash, (gint64) app_id, user_id, device, platform);
}

void
ahoy_batch_remove_session (AhoyBatch  *self,
                           const char *sid_hash)
{
  ahoy_batch_add (self, AHOY_SQL_REMOVE_SESSION, "s", sid_hash);
}

void
ahoy_store_each_session (AhoyStore           *self,
                         AhoyStoreSessionFunc func,
                         gpointer             user_data)
{
  sqlite3_stmt *statement = ahoy_database_prepare (ahoy_store_get_reader (self), AHOY_SQL_SESSIONS, "");

  while (sqlite3_step (statement) == SQLITE_ROW)
    {
      AhoyStoredSession session = {
        .sid_hash = (char *) get_text (statement, 0),
        .app_id = (guint64) sqlite3_column_int64 (statement, 1),
        .user_id = (char *) get_text (statement, 2),
        .device = (char *) get_text (statement, 3),
        .platform = (char *) get_text (statement, 4),
      };

      func (&session, user_data);
    }
  sqlite3_reset (statement);
}

/* Requests */

void
ahoy_batch_put_request (AhoyBatch  *self,
                        const char *key,
                        gint64      expires_s,
                        const char *answer)
{
  ahoy_batch_add (self, AHOY_SQL_PUT_REQUEST, "sis", key, expires_s, answer);
}

void
ahoy_batch_purge (AhoyBatch *self,
                  gint64     requests_before_s,
                  gint64     calls_before_ms)
{
  ahoy_batch_add (self, AHOY_SQL_PURGE_REQUESTS, "i", requests_before_s);
  ahoy_batch_add (self, AHOY_SQL_PURGE_CALLS, "i", calls_before_ms);
  ahoy_batch_add (self, AHOY_SQL_PURGE_RECORDS, "i", calls_before_ms);
}

void
ahoy_store_each_request (AhoyStore           *self,
                         AhoyStoreRequestFunc func,
                         gpointer             user_data)
{
  sqlite3_stmt *statement = ahoy_database_prepare (ahoy_store_get_reader (self), AHOY_SQL_REQUESTS, "");

  while (sqlite3_step (statement) == SQLITE_ROW)
    func (get_text (statement, 0), sqlite3_column_int64 (statement, 1), get_text (statement, 2), user_data);
  sqlite3_reset (statement);
}

/* People */

gboolean
ahoy_store_get_profile (AhoyStore         *self,
                        guint64            app_id,
                        const char        *user_id,
                        AhoyStoredProfile *profile)
{
  sqlite3_stmt *statement;
  gboolean found;

  statement = ahoy_database_prepare (ahoy_store_get_reader (self), AHOY_SQL_GET_PROFILE, "is",
                                     (gint64) app_id, user_id);
  found = sqlite3_step (statement) == SQLITE_ROW;
  profile->nickname = g_strdup (found ? get_text (statement, 0) : "");
  profile->avatar = g_strdup (found ? get_text (statement, 1) : "");
  sqlite3_reset (statement);

  return found;
}

void
ahoy_batch_put_profile (AhoyBatch  *self,
                        guint64     app_id,
                        const char *user_id,
                        const char *nickname,
                        const char *avatar)
{
  ahoy_batch_add (self, AHOY_SQL_PUT_PROFILE, "isss", (gint64) app_id, user_id, nickname, avatar);
}

gint64
ahoy_store_each_contact (AhoyStore           *self,
                         guint64              app_id,
                         const char          *owner,
                         AhoyStoreContactFunc func,
                         gpointer             user_data)
{
  AhoyDatabase *reader = ahoy_store_get_reader (self);
  sqlite3_stmt *statement;
  gint64 version = 0;

  statement = ahoy_database_prepare (reader, AHOY_SQL_CONTACTS_VERSION, "is", (gint64) app_id, owner);
  if (sqlite3_step (statement) == SQLITE_ROW)
    version = sqlite3_column_int64 (statement, 0);
  sqlite3_reset (statement);

  statement = ahoy_database_prepare (reader, AHOY_SQL_CONTACTS, "is", (gint64) app_id, owner);
  while (sqlite3_step (statement) == SQLITE_ROW)
    func (get_text (statement, 0), get_text (statement, 1), sqlite3_column_int (statement, 2) != 0, user_data);
  sqlite3_reset (statement);

  return version;
}

void
ahoy_batch_put_contact (AhoyBatch  *self,
                        guint64     app_id,
                        const char *owner,
                        const char *user_id,
                        const char *remark,
                        gboolean    is_favourite,
                        gint64      version)
{
  ahoy_batch_add (self, AHOY_SQL_PUT_CONTACT, "isssi", (gint64) app_id, owner, user_id, remark,
                  (gint64) is_favourite);
  ahoy_batch_add (self, AHOY_SQL_PUT_CONTACTS_VERSION, "isi", (gint64) app_id, owner, version);
}

void
ahoy_batch_remove_contact (AhoyBatch  *self,
                           guint64     app_id,
                           const char *owner,
                           const char *user_id,
                           gint64      version)
{
  ahoy_batch_add (self, AHOY_SQL_REMOVE_CONTACT, "iss", (gint64) app_id, owner, user_id);
  ahoy_batch_add (self, AHOY_SQL_PUT_CONTACTS_VERSION, "isi", (gint64) app_id, owner, version);
}

/* Records */

void
ahoy_batch_put_record (AhoyBatch  *self,
                       guint64     app_id,
                       const char *user_id,
                       const char *call_id,
                       gint64      begin_ms,
                       int         result,
                       const char *body)
{
  ahoy_batch_add (self, AHOY_SQL_PUT_RECORD, "isisis", (gint64) app_id, user_id, begin_ms, call_id,
                  (gint64) result, body);
}

void
ahoy_batch_update_record (AhoyBatch  *self,
                          guint64     app_id,
                          const char *user_id,
                          const char *call_id,
                          const char *body)
{
  ahoy_batch_add (self, AHOY_SQL_UPDATE_RECORD, "isss", (gint64) app_id, user_id, call_id, body);
}

void
ahoy_batch_remove_record (AhoyBatch  *self,
                          guint64     app_id,
                          const char *user_id,
                          const char *call_id)
{
  ahoy_batch_add (self, AHOY_SQL_REMOVE_RECORD, "iss", (gint64) app_id, user_id, call_id);
}

void
ahoy_batch_remove_records (AhoyBatch  *self,
                           guint64     app_id,
                           const char *user_id)
{
  ahoy_batch_add (self, AHOY_SQL_REMOVE_RECORDS, "is", (gint64) app_id, user_id);
}

GPtrArray *
ahoy_store_list_records (AhoyStore              *self,
                         guint64                 app_id,
                         const char             *user_id,
                         const AhoyRecordFilter *filter)
{
  GPtrArray *bodies = g_ptr_array_new_with_free_func (g_free);
  sqlite3_stmt *statement;

  statement = ahoy_database_prepare (ahoy_store_get_reader (self), AHOY_SQL_LIST_RECORDS, "isisiii",
                                     (gint64) app_id, user_id, filter->begin_ms, filter->call_id,
                                     (gint64) filter->result, filter->from_ms, (gint64) filter->count);
  while (sqlite3_step (statement) == SQLITE_ROW)
    g_ptr_array_add (bodies, g_strdup (get_text (statement, 0)));
  sqlite3_reset (statement);

  return bodies;
}

guint
ahoy_store_count_records (AhoyStore  *self,
                          guint64     app_id,
                          const char *user_id,
                          const char *call_id)
{
  sqlite3_stmt *statement;
  guint n = 0;

  statement = ahoy_database_prepare (ahoy_store_get_reader (self), AHOY_SQL_COUNT_RECORDS, "iss",
                                     (gint64) app_id, user_id, call_id);
  if (sqlite3_step (statement) == SQLITE_ROW)
    n = (guint) sqlite3_column_int64 (statement, 0);
  sqlite3_reset (statement);

  return n;
}
