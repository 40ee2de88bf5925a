/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "ahoy-test-client.h"

G_BEGIN_DECLS

/* Calls of test clients, in few words. Everything waits and checks. */

void        ahoy_test_check_string       (JsonObject     *object,
                                          const char     *name,
                                          const char     *expected);
void        ahoy_test_check_int          (JsonObject     *object,
                                          const char     *name,
                                          gint64          expected);
/* @expected: the strings under @name, in their order, with commas between them */
void        ahoy_test_check_strings      (JsonObject     *object,
                                          const char     *name,
                                          const char     *expected);
/* (nullable) */
JsonObject *ahoy_test_call_find_member   (JsonObject     *call,
                                          const char     *user);
/* (nullable) */
const char *ahoy_test_call_get_status    (JsonObject     *call,
                                          const char     *user);
/* Sends a request that has only the id of a call, and drops the answer, which must be ok. */
void        ahoy_test_client_act         (AhoyTestClient *self,
                                          const char     *type,
                                          const char     *call);
/* The number of its error, 0 when it is ok. */
int         ahoy_test_client_try_act     (AhoyTestClient *self,
                                          const char     *type,
                                          const char     *call);
/* Invites @to, with commas between the ids, to a call of sound. Returns the id of the call. */
char       *ahoy_test_client_invite      (AhoyTestClient *self,
                                          const char     *to);
/* (transfer full): takes call.state pushes until @user has @status. */
JsonObject *ahoy_test_client_wait_status (AhoyTestClient *self,
                                          const char     *user,
                                          const char     *status);
/* Waits for call.ended. */
void        ahoy_test_client_check_end   (AhoyTestClient *self,
                                          const char     *call,
                                          int             reason,
                                          const char     *by);
/* Waits for record, which must be the line that records.list has. */
void        ahoy_test_client_check_record (AhoyTestClient *self,
                                           const char     *call,
                                           int             role,
                                           int             result,
                                           int             reason);
/* (transfer full): the one record that there is of @call */
JsonObject *ahoy_test_client_get_record  (AhoyTestClient *self,
                                          const char     *call);

G_END_DECLS
