/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ahoy-store-private.h"

#include "ahoy-error.h"

#include <sysexits.h>
#include <unistd.h>

/* One sync of the disk is shared by at most so many batches, or what came in so long. */
#define MAX_GROUP 256
#define MAX_GROUP_US 5000

struct _AhoyBatch
{
  GArray *operations; /* of AhoyOperation */
  AhoyStoreDone done;
  gpointer user_data;
  gboolean is_last;   /* the writer ends behind it */
};

struct _AhoyStore
{
  AhoyDatabase reader; /* main context */
  AhoyDatabase writer; /* (thread writer) */
  GAsyncQueue *queue;  /* of AhoyBatch */
  GThread *thread;
  GMainContext *context;
  GMutex lock;
  GQueue finished;     /* (mutex lock) batches whose done is to be called */
  gboolean is_waking;  /* (mutex lock) */
};

gboolean
ahoy_database_open (AhoyDatabase *self,
                    const char   *path,
                    gboolean      is_writer,
                    GError      **error)
{
  int flags = SQLITE_OPEN_NOMUTEX | (is_writer ? SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE : SQLITE_OPEN_READONLY);
  const char *setup = is_writer ? "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON;"
                                  "PRAGMA wal_autocheckpoint=1000; PRAGMA journal_size_limit=67108864;"
                                : "PRAGMA query_only=ON;";

  if (sqlite3_open_v2 (path, &self->handle, flags, NULL) != SQLITE_OK ||
      sqlite3_busy_timeout (self->handle, 5000) != SQLITE_OK ||
      sqlite3_exec (self->handle, setup, NULL, NULL, NULL) != SQLITE_OK)
    {
      g_set_error (error, AHOY_ERROR, AHOY_ERROR_INTERNAL, "the database cannot be opened: %s",
                   sqlite3_errmsg (self->handle));
      ahoy_database_close (self);
      return FALSE;
    }

  if (is_writer && !ahoy_schema_migrate (self, error))
    {
      ahoy_database_close (self);
      return FALSE;
    }

  return TRUE;
}

void
ahoy_database_close (AhoyDatabase *self)
{
  for (int i = 0; i < AHOY_SQL_LAST; i++)
    g_clear_pointer (&self->statements[i], sqlite3_finalize);
  g_clear_pointer (&self->handle, sqlite3_close);
}

/* NULL only when the database does not have the schema of this program. */
static sqlite3_stmt *
get_statement (AhoyDatabase *self,
               AhoySql       sql)
{
  if (!self->statements[sql])
    sqlite3_prepare_v3 (self->handle, ahoy_sql_get_text (sql), -1, SQLITE_PREPARE_PERSISTENT,
                        &self->statements[sql], NULL);

  return self->statements[sql];
}

sqlite3_stmt *
ahoy_database_prepare (AhoyDatabase *self,
                       AhoySql       sql,
                       const char   *types,
                       ...)
{
  sqlite3_stmt *statement = get_statement (self, sql);
  va_list args;

  va_start (args, types);
  for (int i = 0; types[i]; i++)
    {
      if (types[i] == 'i')
        sqlite3_bind_int64 (statement, i + 1, va_arg (args, gint64));
      else
        sqlite3_bind_text (statement, i + 1, va_arg (args, const char *), -1, SQLITE_TRANSIENT);
    }
  va_end (args);

  return statement;
}

static void
clear_operation (gpointer data)
{
  AhoyOperation *operation = data;

  for (guint i = 0; i < operation->n_values; i++)
    g_free (operation->values[i].text);
}

AhoyBatch *
ahoy_batch_new (void)
{
  AhoyBatch *self = g_new0 (AhoyBatch, 1);

  self->operations = g_array_new (FALSE, TRUE, sizeof (AhoyOperation));
  g_array_set_clear_func (self->operations, clear_operation);

  return self;
}

void
ahoy_batch_free (AhoyBatch *self)
{
  g_array_unref (self->operations);
  g_free (self);
}

void
ahoy_batch_add (AhoyBatch  *self,
                AhoySql     sql,
                const char *types,
                ...)
{
  AhoyOperation operation = { .sql = sql };
  va_list args;

  va_start (args, types);
  for (; *types; types++)
    {
      guint i = operation.n_values++;

      g_assert (i < G_N_ELEMENTS (operation.values));
      operation.values[i].is_text = *types == 's';
      if (*types == 's')
        operation.values[i].text = g_strdup (va_arg (args, const char *));
      else
        operation.values[i].number = va_arg (args, gint64);
    }
  va_end (args);

  g_array_append_val (self->operations, operation);
}

static gboolean
run_operation (AhoyDatabase        *database,
               const AhoyOperation *operation)
{
  sqlite3_stmt *statement = get_statement (database, operation->sql);
  int result;

  for (guint i = 0; i < operation->n_values; i++)
    {
      if (operation->values[i].is_text)
        sqlite3_bind_text (statement, (int) i + 1, operation->values[i].text, -1, SQLITE_STATIC);
      else
        sqlite3_bind_int64 (statement, (int) i + 1, operation->values[i].number);
    }
  result = sqlite3_step (statement);
  sqlite3_reset (statement);

  return result == SQLITE_DONE || result == SQLITE_ROW;
}

static gboolean
run_batch (AhoyDatabase *database,
           AhoyBatch    *batch)
{
  for (guint i = 0; i < batch->operations->len; i++)
    {
      if (!run_operation (database, &g_array_index (batch->operations, AhoyOperation, i)))
        return FALSE;
    }

  return TRUE;
}

static gboolean
on_finished (gpointer user_data)
{
  AhoyStore *self = user_data;
  GQueue finished;
  AhoyBatch *batch;

  g_mutex_lock (&self->lock);
  finished = self->finished;
  g_queue_init (&self->finished);
  self->is_waking = FALSE;
  g_mutex_unlock (&self->lock);

  while ((batch = g_queue_pop_head (&finished)))
    {
      if (batch->done)
        batch->done (batch->user_data);
      ahoy_batch_free (batch);
    }

  return G_SOURCE_REMOVE;
}

static void
post_finished (AhoyStore *self,
               GPtrArray *group)
{
  g_mutex_lock (&self->lock);
  for (guint i = 0; i < group->len; i++)
    g_queue_push_tail (&self->finished, g_ptr_array_index (group, i));
  if (!self->is_waking)
    {
      g_autoptr (GSource) source = g_idle_source_new ();

      self->is_waking = TRUE;
      g_source_set_priority (source, G_PRIORITY_DEFAULT);
      g_source_set_callback (source, on_finished, self, NULL);
      g_source_attach (source, self->context);
    }
  g_mutex_unlock (&self->lock);
}

static gboolean
write_group (AhoyStore *self,
             AhoyBatch *first,
             GPtrArray *group)
{
  const AhoyOperation begin = { .sql = AHOY_SQL_BEGIN };
  const AhoyOperation commit = { .sql = AHOY_SQL_COMMIT };
  gint64 until_us = g_get_monotonic_time () + MAX_GROUP_US;
  AhoyBatch *batch = first;

  if (!run_operation (&self->writer, &begin))
    return FALSE;

  while (batch)
    {
      g_ptr_array_add (group, batch);
      if (!run_batch (&self->writer, batch))
        return FALSE;

      if (batch->is_last || group->len >= MAX_GROUP || g_get_monotonic_time () > until_us)
        break;
      batch = g_async_queue_try_pop (self->queue);
    }

  return run_operation (&self->writer, &commit);
}

static gpointer
run_writer (gpointer user_data)
{
  AhoyStore *self = user_data;
  gboolean is_last = FALSE;

  while (!is_last)
    {
      g_autoptr (GPtrArray) group = g_ptr_array_new ();
      AhoyBatch *first = g_async_queue_pop (self->queue);

      if (!write_group (self, first, group))
        {
          /* The main thread is ahead of the disk by what failed; only a restart from the disk
           * brings the two together again. */
          g_message ("event=store-failed why=\"%s\"", sqlite3_errmsg (self->writer.handle));
          _exit (EX_IOERR);
        }

      is_last = ((AhoyBatch *) g_ptr_array_index (group, group->len - 1))->is_last;
      post_finished (self, group);
    }

  return NULL;
}

AhoyStore *
ahoy_store_new (const char *path,
                GError    **error)
{
  AhoyStore *self = g_new0 (AhoyStore, 1);

  self->queue = g_async_queue_new ();
  self->context = g_main_context_ref_thread_default ();
  g_mutex_init (&self->lock);
  g_queue_init (&self->finished);
  if (!ahoy_database_open (&self->writer, path, TRUE, error) ||
      !ahoy_database_open (&self->reader, path, FALSE, error))
    {
      ahoy_store_free (self);
      return NULL;
    }
  self->thread = g_thread_new ("store", run_writer, self);

  return self;
}

void
ahoy_store_free (AhoyStore *self)
{
  if (self->thread)
    {
      AhoyBatch *last = ahoy_batch_new ();

      last->is_last = TRUE;
      g_async_queue_push (self->queue, last);
      g_thread_join (self->thread);
    }

  while (g_source_remove_by_user_data (self))
    ;
  on_finished (self);
  ahoy_database_close (&self->reader);
  ahoy_database_close (&self->writer);
  g_async_queue_unref (self->queue);
  g_main_context_unref (self->context);
  g_mutex_clear (&self->lock);
  g_free (self);
}

void
ahoy_store_commit (AhoyStore    *self,
                   AhoyBatch    *batch,
                   AhoyStoreDone done,
                   gpointer      user_data)
{
  batch->done = done;
  batch->user_data = user_data;
  g_async_queue_push (self->queue, batch);
}

AhoyDatabase *
ahoy_store_get_reader (AhoyStore *self)
{
  return &self->reader;
}
