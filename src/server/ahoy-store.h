/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/*
 * What must survive the process. Writes are gathered in a batch, which is stored whole or not at
 * all; a thread of its own commits many batches with one sync of the disk and tells the main
 * context in the order in which they were given. Reads are short, indexed, and see what is
 * committed.
 */
typedef struct _AhoyStore AhoyStore;
typedef struct _AhoyBatch AhoyBatch;

typedef void (*AhoyStoreDone) (gpointer user_data);

AhoyStore *ahoy_store_new    (const char   *path,
                              GError      **error);
/* Stores what was given and calls what is still to be called. */
void       ahoy_store_free   (AhoyStore    *self);
/* Takes @batch. @done is called in the main context when it is on the disk. A disk that
 * cannot be written ends the process: what clients are told must be true after a restart. */
void       ahoy_store_commit (AhoyStore    *self,
                              AhoyBatch    *batch,
                              AhoyStoreDone done,
                              gpointer      user_data);

AhoyBatch *ahoy_batch_new    (void);
void       ahoy_batch_free   (AhoyBatch *self);

/* Applications */
typedef struct
{
  guint64 id;
  char *secret;
  char *administrator;
} AhoyStoredApp;

void       ahoy_stored_app_free           (AhoyStoredApp *self);
void       ahoy_batch_put_app             (AhoyBatch     *self,
                                           guint64        id,
                                           const char    *secret,
                                           const char    *administrator);
GPtrArray *ahoy_store_list_apps           (AhoyStore     *self);

/* Calls: @body is JSON of the call's own making. */
typedef void (*AhoyStoreText) (const char *text,
                               gpointer    user_data);

void       ahoy_batch_put_call            (AhoyBatch     *self,
                                           const char    *id,
                                           guint64        app_id,
                                           gboolean       is_live,
                                           gint64         created_ms,
                                           const char    *body);
void       ahoy_batch_remove_call         (AhoyBatch     *self,
                                           const char    *id);
void       ahoy_store_each_live_call      (AhoyStore     *self,
                                           AhoyStoreText  func,
                                           gpointer       user_data);

/* Sessions */
typedef struct
{
  char *sid_hash;
  guint64 app_id;
  char *user_id;
  char *device;
  char *platform;
} AhoyStoredSession;

typedef void (*AhoyStoreSessionFunc) (const AhoyStoredSession *session,
                                      gpointer                 user_data);

void       ahoy_batch_put_session         (AhoyBatch     *self,
                                           const char    *sid_hash,
                                           guint64        app_id,
                                           const char    *user_id,
                                           const char    *device,
                                           const char    *platform);
void       ahoy_batch_remove_session      (AhoyBatch     *self,
                                           const char    *sid_hash);
void       ahoy_store_each_session        (AhoyStore     *self,
                                           AhoyStoreSessionFunc func,
                                           gpointer       user_data);

/* Answers to requests, by user and request id */
typedef void (*AhoyStoreRequestFunc) (const char *key,
                                      gint64      expires_s,
                                      const char *answer,
                                      gpointer    user_data);

void       ahoy_batch_put_request         (AhoyBatch     *self,
                                           const char    *key,
                                           gint64         expires_s,
                                           const char    *answer);
void       ahoy_batch_purge               (AhoyBatch     *self,
                                           gint64         requests_before_s,
                                           gint64         calls_before_ms);
void       ahoy_store_each_request        (AhoyStore     *self,
                                           AhoyStoreRequestFunc func,
                                           gpointer       user_data);

/* People */
typedef struct
{
  char *nickname;
  char *avatar;
} AhoyStoredProfile;

typedef void (*AhoyStoreContactFunc) (const char *user_id,
                                      const char *remark,
                                      gboolean    is_favourite,
                                      gpointer    user_data);

/* FALSE when none is stored; both are then "". */
gboolean   ahoy_store_get_profile         (AhoyStore         *self,
                                           guint64            app_id,
                                           const char        *user_id,
                                           AhoyStoredProfile *profile);
void       ahoy_batch_put_profile         (AhoyBatch     *self,
                                           guint64        app_id,
                                           const char    *user_id,
                                           const char    *nickname,
                                           const char    *avatar);
/* Returns the version of the list. */
gint64     ahoy_store_each_contact        (AhoyStore     *self,
                                           guint64        app_id,
                                           const char    *owner,
                                           AhoyStoreContactFunc func,
                                           gpointer       user_data);
void       ahoy_batch_put_contact         (AhoyBatch     *self,
                                           guint64        app_id,
                                           const char    *owner,
                                           const char    *user_id,
                                           const char    *remark,
                                           gboolean       is_favourite,
                                           gint64         version);
void       ahoy_batch_remove_contact      (AhoyBatch     *self,
                                           guint64        app_id,
                                           const char    *owner,
                                           const char    *user_id,
                                           gint64         version);

/* Accounts: what is not stored is off. */
gboolean   ahoy_store_has_several_devices (AhoyStore     *self,
                                           guint64        app_id,
                                           const char    *user_id);
void       ahoy_batch_put_several_devices (AhoyBatch     *self,
                                           guint64        app_id,
                                           const char    *user_id,
                                           gboolean       has_several_devices);
/* Ids of those whom @owner has blocked */
GPtrArray *ahoy_store_list_blocks         (AhoyStore     *self,
                                           guint64        app_id,
                                           const char    *owner);
void       ahoy_batch_put_block           (AhoyBatch     *self,
                                           guint64        app_id,
                                           const char    *owner,
                                           const char    *user_id);
void       ahoy_batch_remove_block        (AhoyBatch     *self,
                                           guint64        app_id,
                                           const char    *owner,
                                           const char    *user_id);

/* Groups */
typedef void (*AhoyStoreGroupFunc)       (guint64     app_id,
                                          const char *id,
                                          const char *name,
                                          const char *owner,
                                          gpointer    user_data);
typedef void (*AhoyStoreGroupMemberFunc) (guint64     app_id,
                                          const char *id,
                                          const char *user_id,
                                          gint64      position,
                                          gpointer    user_data);

void       ahoy_store_each_group          (AhoyStore     *self,
                                           AhoyStoreGroupFunc func,
                                           gpointer       user_data);
/* By position, which is the order in which they came. */
void       ahoy_store_each_group_member   (AhoyStore     *self,
                                           AhoyStoreGroupMemberFunc func,
                                           gpointer       user_data);
void       ahoy_batch_put_group           (AhoyBatch     *self,
                                           guint64        app_id,
                                           const char    *id,
                                           const char    *name,
                                           const char    *owner);
/* With its members */
void       ahoy_batch_remove_group        (AhoyBatch     *self,
                                           guint64        app_id,
                                           const char    *id);
void       ahoy_batch_put_group_member    (AhoyBatch     *self,
                                           guint64        app_id,
                                           const char    *id,
                                           const char    *user_id,
                                           gint64         position);
void       ahoy_batch_remove_group_member (AhoyBatch     *self,
                                           guint64        app_id,
                                           const char    *id,
                                           const char    *user_id);

/* Call records: @body is the JSON of the record */
void       ahoy_batch_put_record          (AhoyBatch     *self,
                                           guint64        app_id,
                                           const char    *user_id,
                                           const char    *call_id,
                                           gint64         begin_ms,
                                           int            result,
                                           const char    *body);
/* Changes nothing when there is no such record. */
void       ahoy_batch_update_record       (AhoyBatch     *self,
                                           guint64        app_id,
                                           const char    *user_id,
                                           const char    *call_id,
                                           const char    *body);
void       ahoy_batch_remove_record       (AhoyBatch     *self,
                                           guint64        app_id,
                                           const char    *user_id,
                                           const char    *call_id);
void       ahoy_batch_remove_records      (AhoyBatch     *self,
                                           guint64        app_id,
                                           const char    *user_id);
/* Which page of them; @result 0 is all. */
typedef struct
{
  gint64 begin_ms;     /* older than this and call_id */
  const char *call_id;
  gint64 from_ms;      /* not older than this */
  int result;
  guint count;
} AhoyRecordFilter;

/* Newest first. Texts are bodies. */
GPtrArray *ahoy_store_list_records        (AhoyStore     *self,
                                           guint64        app_id,
                                           const char    *user_id,
                                           const AhoyRecordFilter *filter);
/* How many records this user has, of the call @call_id or (NULL) of all. */
guint      ahoy_store_count_records       (AhoyStore     *self,
                                           guint64        app_id,
                                           const char    *user_id,
                                           const char    *call_id);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (AhoyBatch, ahoy_batch_free)

G_END_DECLS
