/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "ahoy-call-private.h"

G_BEGIN_DECLS

#define AHOY_TYPE_CALL_LIST (ahoy_call_list_get_type ())
G_DECLARE_FINAL_TYPE (AhoyCallList, ahoy_call_list, AHOY, CALL_LIST, GObject)

/* The calls of an engine: brings what the server says to the call it is about, and makes one when it is new.
 * Signals: "added" (AhoyCall), "incoming" (AhoyCall), "call-ended" (AhoyCall), "before" (AhoyCall, const char *kind),
 * where TRUE vetoes. */
AhoyCallList *ahoy_call_list_new             (AhoySession     *session,
                                              AhoyMedia       *media,
                                              AhoyPeople      *people);
GListModel   *ahoy_call_list_get_model       (AhoyCallList    *self);
/* The one that is not over. (transfer none) (nullable) */
AhoyCall     *ahoy_call_list_get_current     (AhoyCallList    *self);
AhoyCall     *ahoy_call_list_find            (AhoyCallList    *self,
                                              const char      *call_id);
void          ahoy_call_list_set_echo        (AhoyCallList    *self,
                                              gboolean         echo);
gboolean      ahoy_call_list_get_echo        (AhoyCallList    *self);
void          ahoy_call_list_set_preconnect  (AhoyCallList    *self,
                                              gboolean         preconnect);
gboolean      ahoy_call_list_get_preconnect  (AhoyCallList    *self);
/* (transfer full), or NULL with @error. */
AhoyCall     *ahoy_call_list_place           (AhoyCallList    *self,
                                              const char *const *user_ids,
                                              AhoyCallMedia    media,
                                              AhoyCallOptions *options,
                                              GError         **error);
/* @type: "call.join" or "call.move"; @call_id or @group_id, the other is NULL. Finish returns (transfer full). */
void          ahoy_call_list_join_async      (AhoyCallList    *self,
                                              const char      *type,
                                              const char      *call_id,
                                              const char      *group_id,
                                              GCancellable    *cancellable,
                                              GAsyncReadyCallback callback,
                                              gpointer         user_data);
AhoyCall     *ahoy_call_list_join_finish     (AhoyCallList    *self,
                                              GAsyncResult    *result,
                                              GError         **error);
/* See ahoy_call_refresh (). */
void          ahoy_call_list_refresh         (AhoyCallList    *self);
/* FALSE when the push is not about a call. */
gboolean      ahoy_call_list_take_push       (AhoyCallList    *self,
                                              const char      *type,
                                              JsonObject      *data);
/* The calls of a welcome after which nothing else is known. */
void          ahoy_call_list_take_snapshot   (AhoyCallList    *self,
                                              JsonArray       *calls);
void          ahoy_call_list_hang_up_all     (AhoyCallList    *self);
/* Without a word to the server, which has thrown this device out. */
void          ahoy_call_list_end_all         (AhoyCallList    *self,
                                              AhoyEndReason    reason);

G_END_DECLS
