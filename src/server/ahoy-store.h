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
/* Newest first, older than (@begin_ms, @call_id); @result 0 is all. Texts are bodies. */
GPtrArray *ahoy_store_list_records        (AhoyStore     *self,
                                           guint64        app_id,
                                           const char    *user_id,
                                           gint64         begin_ms,
                                           const char    *call_id,
                                           int            result,
                                           guint          count);
/* How many records this user has of the calls in @call_ids, or of all when NULL. */
guint      ahoy_store_count_records       (AhoyStore     *self,
                                           guint64        app_id,
                                           const char    *user_id,
                                           const char   *const *call_ids);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (AhoyBatch, ahoy_batch_free)

G_END_DECLS
