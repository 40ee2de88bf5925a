/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "ahoy-throttle.h"

#include <json-glib/json-glib.h>

G_BEGIN_DECLS

/* Whether an account may be on several devices at the same time */
typedef enum
{
  AHOY_SEVERAL_DEVICES_NEVER,
  AHOY_SEVERAL_DEVICES_ASK, /* when it wants to */
  AHOY_SEVERAL_DEVICES_ALWAYS,
} AhoySeveralDevices;

/* What server.conf in the data directory says; a missing key has its default. */
typedef struct
{
  AhoyThrottleLimits messages; /* of a connection */
  AhoyThrottleLimits invites;  /* of a user */
  AhoyThrottleLimits refusals; /* of tickets, of an address and of a user */
  AhoySeveralDevices several_devices;
  guint heartbeat_s;
  guint lost_closed_s;
  guint lost_silent_s;
  guint session_ttl_s;
  guint lapsed_s;
  guint records_days;
  char **ice_urls;             /* (owned) */
  char *turn_secret;           /* (owned) (nullable) */
  guint turn_ttl_s;
} AhoyConfig;

/* A file that does not exist gives the defaults. */
AhoyConfig *ahoy_config_load     (const char       *path,
                                  GError          **error);
void        ahoy_config_free     (AhoyConfig       *self);
/* The text that "init" writes. */
const char *ahoy_config_template (void);
/* "ice" of a welcome; the credentials are made for @user_id. */
JsonArray  *ahoy_config_make_ice (const AhoyConfig *self,
                                  const char       *user_id,
                                  gint64            now_s);

G_END_DECLS
