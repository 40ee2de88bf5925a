/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "ahoy-call-data.h"
#include "ahoy-request.h"

G_BEGIN_DECLS

/* Who belongs together, and may see and join each other's calls. All groups are in memory; each
 * change goes to the store with the request that made it. */
typedef struct
{
  char *key;          /* "app:id" */
  guint64 app_id;
  const char *id;     /* of key */
  char *name;
  char *owner;
  GPtrArray *members; /* of char *, the one who has been there longest first */
  gint64 position;    /* of the next member */
  char *told;         /* (nullable) what the members know of the running call */
} AhoyGroup;

AhoyGroups   *ahoy_groups_new         (AhoyServer         *server);
void          ahoy_groups_free        (AhoyGroups         *self);
/* (nullable); so may be @id */
AhoyGroup    *ahoy_groups_find        (AhoyGroups         *self,
                                       guint64             app_id,
                                       const char         *id);
/* (transfer container): those that @user_id is in, by id */
GPtrArray    *ahoy_groups_list        (AhoyGroups         *self,
                                       guint64             app_id,
                                       const char         *user_id);
guint         ahoy_groups_count       (AhoyGroups         *self,
                                       guint64             app_id,
                                       const char         *user_id);
gboolean      ahoy_group_has          (const AhoyGroup    *group,
                                       const char         *user_id);
gboolean      ahoy_group_has_all      (const AhoyGroup    *group,
                                       const GPtrArray    *user_ids);

/* Changes, which are put into a batch as well. */
AhoyGroup    *ahoy_groups_create      (AhoyGroups         *self,
                                       AhoyBatch          *batch,
                                       guint64             app_id,
                                       const char         *id,
                                       const char         *name,
                                       const char         *owner);
void          ahoy_groups_set_name    (AhoyGroups         *self,
                                       AhoyBatch          *batch,
                                       AhoyGroup          *group,
                                       const char         *name);
void          ahoy_groups_add         (AhoyGroups         *self,
                                       AhoyBatch          *batch,
                                       AhoyGroup          *group,
                                       const char         *user_id);
/* The next member owns the group when the owner goes. */
void          ahoy_groups_remove      (AhoyGroups         *self,
                                       AhoyBatch          *batch,
                                       AhoyGroup          *group,
                                       const char         *user_id);
/* Frees @group. */
void          ahoy_groups_delete      (AhoyGroups         *self,
                                       AhoyBatch          *batch,
                                       AhoyGroup          *group);

/* *group* */
JsonObject   *ahoy_groups_to_wire     (AhoyGroups         *self,
                                       const AhoyGroup    *group);
/* The push group to all members. */
void          ahoy_groups_push        (AhoyGroups         *self,
                                       AhoyGroup          *group,
                                       AhoyChange         *change);
/* The push group.gone to one of them. */
void          ahoy_groups_push_gone   (AhoyGroups         *self,
                                       const AhoyGroup    *group,
                                       const char         *user_id,
                                       AhoyChange         *change);
/* @call changed: when it is the running call of a group, its members are told. */
void          ahoy_groups_follow_call (AhoyGroups         *self,
                                       const AhoyCallData *call,
                                       AhoyChange         *change);

/* Handlers of messages */
void          ahoy_groups_handle_list   (AhoyRequest *request,
                                         JsonObject  *data);
void          ahoy_groups_handle_create (AhoyRequest *request,
                                         JsonObject  *data);
void          ahoy_groups_handle_set    (AhoyRequest *request,
                                         JsonObject  *data);
void          ahoy_groups_handle_leave  (AhoyRequest *request,
                                         JsonObject  *data);
void          ahoy_groups_handle_delete (AhoyRequest *request,
                                         JsonObject  *data);

G_END_DECLS
