/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "ahoy-request.h"

G_BEGIN_DECLS

/* Names and pictures, and who is on whose list. What was written counts at once, also while
 * the disk is still busy with it; whoever was asked for is kept in memory for a while. */
AhoyPeople              *ahoy_people_new         (AhoyServer  *server);
void                     ahoy_people_free        (AhoyPeople  *self);
/* (transfer none): until the next turn of the main loop */
const AhoyStoredProfile *ahoy_people_get_profile (AhoyPeople  *self,
                                                  guint64      app_id,
                                                  const char  *user_id);
/* {id, nickname, avatar} */
JsonObject              *ahoy_people_to_wire     (AhoyPeople  *self,
                                                  guint64      app_id,
                                                  const char  *user_id);
/* Every minute: what is not in use is forgotten. */
void                     ahoy_people_trim        (AhoyPeople  *self);

/* Handlers of messages */
void                     ahoy_people_handle_profile_get     (AhoyRequest *request,
                                                             JsonObject  *data);
void                     ahoy_people_handle_profile_set     (AhoyRequest *request,
                                                             JsonObject  *data);
void                     ahoy_people_handle_contacts_list   (AhoyRequest *request,
                                                             JsonObject  *data);
void                     ahoy_people_handle_contacts_set    (AhoyRequest *request,
                                                             JsonObject  *data);
void                     ahoy_people_handle_contacts_remove (AhoyRequest *request,
                                                             JsonObject  *data);
void                     ahoy_people_handle_presence_sub    (AhoyRequest *request,
                                                             JsonObject  *data);
void                     ahoy_records_handle_list           (AhoyRequest *request,
                                                             JsonObject  *data);
void                     ahoy_records_handle_delete         (AhoyRequest *request,
                                                             JsonObject  *data);

G_END_DECLS
