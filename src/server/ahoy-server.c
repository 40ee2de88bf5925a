/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ahoy-server.h"

#include "ahoy-accounts.h"
#include "ahoy-auth.h"
#include "ahoy-calls.h"
#include "ahoy-dispatch.h"
#include "ahoy-groups.h"
#include "ahoy-listener.h"
#include "ahoy-people.h"

#include <sys/resource.h>

#define TICK_MS 250
#define TICKS_A_SECOND (1000 / TICK_MS)
/* Two heartbeats missed, and half a one for the way. */
#define MISSED_HEARTBEATS 2.5
#define STOP_TIMEOUT_US G_USEC_PER_SEC
#define CALLS_DAYS 30

char *
ahoy_data_get_database (const char *data_dir)
{
  return g_build_filename (data_dir, "ahoy.sqlite", NULL);
}

char *
ahoy_data_get_config (const char *data_dir)
{
  return g_build_filename (data_dir, "server.conf", NULL);
}

static void
on_text (AhoyConnection *connection,
         const char     *text,
         gsize           length,
         gpointer        user_data)
{
  ahoy_dispatch_text (connection, text, length, user_data);
}

static void
on_gone (AhoyConnection *connection,
         AhoyGone        why,
         gpointer        user_data)
{
  AhoyServer *self = user_data;
  AhoySession *session = connection->session;

  if (!session)
    return;

  ahoy_session_detach (session);
  /* Clients of a server that stops come back and find their calls as they were. */
  if (self->is_stopping)
    return;

  g_message ("event=gone user=%s why=%d", session->user_id, why);
  ahoy_calls_lose (self->calls, session, why);
  ahoy_registry_update_presence (self->registry, session->uid);
}

static gboolean
is_busy (const char *uid,
         gpointer    user_data)
{
  AhoyServer *self = user_data;

  return ahoy_calls_is_busy (self->calls, uid);
}

static void
on_expired (AhoySession *session,
            gpointer     user_data)
{
  ahoy_auth_end_session (user_data, session, AHOY_REASON_OFFLINE);
}

static void
on_lapsed (AhoySession *session,
           gpointer     user_data)
{
  ahoy_auth_lapse (user_data, session);
}

static void
purge (AhoyServer *self)
{
  AhoyChange *change = ahoy_change_new (self);
  gint64 now_ms = ahoy_now_ms ();
  gint64 days = MAX (self->config->records_days, CALLS_DAYS);

  ahoy_requests_purge (self->requests);
  ahoy_people_trim (self->people);
  ahoy_accounts_trim (self->accounts);
  ahoy_guard_trim (self->guard);
  ahoy_batch_purge (change->batch, now_ms / 1000, now_ms - days * 86400 * 1000);
  ahoy_change_commit (change, NULL, NULL);
}

static gboolean
on_tick (gpointer user_data)
{
  AhoyServer *self = user_data;

  ahoy_calls_tick (self->calls);
  self->ticks++;
  if (self->ticks % TICKS_A_SECOND == 0)
    ahoy_registry_tick (self->registry);
  if (self->ticks % (60 * TICKS_A_SECOND) == 0)
    purge (self);

  return G_SOURCE_CONTINUE;
}

static void
restore_session (const AhoyStoredSession *stored,
                 gpointer                 user_data)
{
  AhoyServer *self = user_data;
  g_autoptr (AhoySession) session = NULL;

  session = ahoy_session_new (stored->sid_hash, stored->app_id, stored->user_id, stored->device, stored->platform);
  session->is_restored = TRUE;
  session->lost_us = g_get_monotonic_time ();
  ahoy_registry_add (self->registry, session);
}

static gboolean
write_port_file (AhoyServer *self,
                 const char *path,
                 GError    **error)
{
  g_autofree char *text = g_strdup_printf ("%u\n", ahoy_listener_get_port (self->listener));

  /* Written beside and renamed, so that nobody reads half of it. */
  return g_file_set_contents (path, text, -1, error);
}

static gboolean
open_data (AhoyServer *self,
           const char *data_dir,
           GError    **error)
{
  g_autofree char *config = ahoy_data_get_config (data_dir);
  g_autofree char *database = ahoy_data_get_database (data_dir);

  if (!g_file_test (database, G_FILE_TEST_EXISTS))
    {
      g_set_error (error, G_FILE_ERROR, G_FILE_ERROR_NOENT, "there is no data in %s; make it with: ahoy-server init --data %s",
                   data_dir, data_dir);
      return FALSE;
    }

  self->config = ahoy_config_load (config, error);
  self->store = self->config ? ahoy_store_new (database, error) : NULL;

  return self->store != NULL;
}

/* Returns how many connections there may be: the store and HTTP need some files as well. */
static guint
raise_file_limit (void)
{
  struct rlimit limit;

  if (getrlimit (RLIMIT_NOFILE, &limit) != 0)
    return 500;

  limit.rlim_cur = limit.rlim_max;
  setrlimit (RLIMIT_NOFILE, &limit);
  g_message ("event=limits files=%" G_GUINT64_FORMAT, (guint64) limit.rlim_cur);

  return (guint) (MIN (limit.rlim_cur, 10000000) * 95 / 100);
}

AhoyServer *
ahoy_server_new (const AhoyServerOptions *options,
                 GError                 **error)
{
  static const AhoyHubEvents events = { on_text, on_gone };
  AhoyServer *self = g_new0 (AhoyServer, 1);

  self->started_us = g_get_monotonic_time ();
  self->max_connections = raise_file_limit ();
  if (!open_data (self, options->data_dir, error))
    {
      ahoy_server_free (self);
      return NULL;
    }

  self->apps = ahoy_store_list_apps (self->store);
  self->hub = ahoy_hub_new (&events, self, (guint) (self->config->heartbeat_s * MISSED_HEARTBEATS));
  self->guard = ahoy_guard_new (&self->config->refusals);
  self->registry = ahoy_registry_new (is_busy, on_expired, on_lapsed, self, self->config->session_ttl_s);
  self->requests = ahoy_requests_new (self);
  self->people = ahoy_people_new (self);
  self->accounts = ahoy_accounts_new (self);
  self->calls = ahoy_calls_new (self);
  self->groups = ahoy_groups_new (self);
  ahoy_store_each_session (self->store, restore_session, self);
  self->tick_id = g_timeout_add (TICK_MS, on_tick, self);
  purge (self);

  self->listener = ahoy_listener_new (self, options, error);
  if (!self->listener || (options->port_file && !write_port_file (self, options->port_file, error)))
    {
      ahoy_server_free (self);
      return NULL;
    }
  g_message ("event=listening port=%u tls=%d sessions=%u calls=%u", ahoy_listener_get_port (self->listener),
             options->tls_cert != NULL, ahoy_registry_get_n (self->registry), ahoy_calls_get_n (self->calls));

  return self;
}

static gboolean
on_stop_timeout (gpointer user_data)
{
  gboolean *is_over = user_data;

  *is_over = TRUE;

  return G_SOURCE_REMOVE;
}

void
ahoy_server_stop (AhoyServer *self)
{
  g_autoptr (JsonObject) drain = json_object_new ();
  gboolean is_over = FALSE;
  guint timeout_id;

  g_message ("event=stopping connections=%u", ahoy_hub_get_n (self->hub));
  self->is_stopping = TRUE;
  ahoy_listener_stop (self->listener);
  json_object_set_int_member (drain, "after", 0);
  ahoy_registry_push_all (self->registry, AHOY_MESSAGE_DRAIN, drain);
  ahoy_hub_close_all (self->hub, AHOY_CLOSE_RESTART);

  timeout_id = g_timeout_add (STOP_TIMEOUT_US / 1000, on_stop_timeout, &is_over);
  while (!is_over && ahoy_hub_get_n (self->hub) > 0)
    g_main_context_iteration (NULL, TRUE);
  if (!is_over)
    g_source_remove (timeout_id);
}

void
ahoy_server_free (AhoyServer *self)
{
  self->is_stopping = TRUE;
  g_clear_handle_id (&self->tick_id, g_source_remove);
  g_clear_pointer (&self->listener, ahoy_listener_free);
  /* First, because the answers to what is still being written go through all the others. */
  g_clear_pointer (&self->store, ahoy_store_free);
  g_clear_pointer (&self->hub, ahoy_hub_free);
  g_clear_pointer (&self->groups, ahoy_groups_free);
  g_clear_pointer (&self->calls, ahoy_calls_free);
  g_clear_pointer (&self->accounts, ahoy_accounts_free);
  g_clear_pointer (&self->people, ahoy_people_free);
  g_clear_pointer (&self->requests, ahoy_requests_free);
  g_clear_pointer (&self->registry, ahoy_registry_free);
  g_clear_pointer (&self->guard, ahoy_guard_free);
  g_clear_pointer (&self->apps, g_ptr_array_unref);
  g_clear_pointer (&self->config, ahoy_config_free);
  g_free (self);
}

AhoyStoredApp *
ahoy_server_find_app (AhoyServer *self,
                      guint64     app_id)
{
  for (guint i = 0; i < self->apps->len; i++)
    {
      AhoyStoredApp *app = g_ptr_array_index (self->apps, i);

      if (app->id == app_id)
        return app;
    }

  return NULL;
}
