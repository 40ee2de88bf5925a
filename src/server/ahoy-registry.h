/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "ahoy-session.h"

G_BEGIN_DECLS

/* Who is signed in, by session and by user, and who watches whom. */
typedef struct _AhoyRegistry AhoyRegistry;

typedef gboolean (*AhoyRegistryBusyFunc) (const char *uid,
                                          gpointer    user_data);
typedef void     (*AhoyRegistryExpired)  (AhoySession *session,
                                          gpointer     user_data);

AhoyRegistry *ahoy_registry_new            (AhoyRegistryBusyFunc is_busy,
                                            AhoyRegistryExpired  on_expired,
                                            AhoyRegistryExpired  on_lapsed,
                                            gpointer             user_data,
                                            guint                session_ttl_s);
void          ahoy_registry_free           (AhoyRegistry   *self);
void          ahoy_registry_add            (AhoyRegistry   *self,
                                            AhoySession    *session);
/* The session hears nothing any more; its connection is left alone. */
void          ahoy_registry_remove         (AhoyRegistry   *self,
                                            AhoySession    *session);
AhoySession  *ahoy_registry_find           (AhoyRegistry   *self,
                                            const char     *sid_hash);
AhoySession  *ahoy_registry_find_device    (AhoyRegistry   *self,
                                            const char     *uid,
                                            const char     *device);
/* (transfer container): safe against changes while it is walked */
GPtrArray    *ahoy_registry_list           (AhoyRegistry   *self,
                                            const char     *uid);
guint         ahoy_registry_get_n          (AhoyRegistry   *self);
/* @device: that one only, or all when NULL; @but: not that one. */
void          ahoy_registry_push           (AhoyRegistry   *self,
                                            const char     *uid,
                                            const char     *device,
                                            const char     *but,
                                            AhoyMessageType type,
                                            JsonObject     *data);
void          ahoy_registry_push_all       (AhoyRegistry   *self,
                                            AhoyMessageType type,
                                            JsonObject     *data);
/* To everybody who watches @uid. */
void          ahoy_registry_push_watchers  (AhoyRegistry   *self,
                                            const char     *uid,
                                            AhoyMessageType type,
                                            JsonObject     *data);
/* Replaces what @session watches; takes @uids. */
void          ahoy_registry_watch          (AhoyRegistry   *self,
                                            AhoySession    *session,
                                            GPtrArray      *uids);
/* online, busy or offline */
const char   *ahoy_registry_get_presence   (AhoyRegistry   *self,
                                            const char     *uid);
/* Tells watchers when the presence is another than they know. */
void          ahoy_registry_update_presence (AhoyRegistry  *self,
                                             const char    *uid);
/* FALSE when @uid has invited more often than it may; @limits lives as long as the registry. */
gboolean      ahoy_registry_take_invite    (AhoyRegistry   *self,
                                            const char     *uid,
                                            const AhoyThrottleLimits *limits);
/* Every second: sessions that are too old or whose userSig has lapsed, users who are really gone, and
 * news of presence that waits. */
void          ahoy_registry_tick           (AhoyRegistry   *self);

G_END_DECLS
