/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "ahoy-config.h"
#include "ahoy-guard.h"
#include "ahoy-hub.h"
#include "ahoy-registry.h"
#include "ahoy-store.h"

#include <json-glib/json-glib.h>

G_BEGIN_DECLS

typedef struct _AhoyAccounts AhoyAccounts;
typedef struct _AhoyCalls AhoyCalls;
typedef struct _AhoyGroups AhoyGroups;
typedef struct _AhoyPeople AhoyPeople;
typedef struct _AhoyRequests AhoyRequests;
typedef struct _AhoyListener AhoyListener;

/* The parts of a running server. Everything but the store's writer lives in the main context. */
typedef struct
{
  AhoyConfig *config;
  AhoyStore *store;
  AhoyHub *hub;
  AhoyGuard *guard;
  AhoyRegistry *registry;
  AhoyRequests *requests;
  AhoyPeople *people;
  AhoyAccounts *accounts;
  AhoyGroups *groups;
  AhoyCalls *calls;
  AhoyListener *listener;
  GPtrArray *apps;       /* of AhoyStoredApp */
  guint tick_id;
  guint ticks;
  gint64 started_us;
  guint max_connections; /* what the limit of open files leaves room for */
  gboolean is_stopping;
} AhoyServer;

typedef struct
{
  const char *data_dir;
  const char *listen;
  const char *tls_cert;  /* (nullable) */
  const char *tls_key;   /* (nullable) */
  const char *port_file; /* (nullable) */
} AhoyServerOptions;

AhoyServer    *ahoy_server_new      (const AhoyServerOptions *options,
                                     GError                 **error);
/* Tells clients to come back later and lets the loop run until they are gone, at most a second. */
void           ahoy_server_stop     (AhoyServer              *self);
void           ahoy_server_free     (AhoyServer              *self);
AhoyStoredApp *ahoy_server_find_app (AhoyServer              *self,
                                     guint64                  app_id);

char          *ahoy_data_get_database (const char            *data_dir);
char          *ahoy_data_get_config   (const char            *data_dir);

static inline gint64
ahoy_now_ms (void)
{
  return g_get_real_time () / 1000;
}

G_END_DECLS
